// Puts items into tables of dynalite, in memory. On standard input: {"name", "text": the item's JSON, "key": ["id:S", …]}, a line each;
// prints {name, refused: the exception's name ("crash": no verdict) or null, message} a line each.
import dynalite from "dynalite";
import { readFileSync } from "node:fs";

let crashed; // dynalite throws outside of its answer: there is none then
process.on("uncaughtException", (fault) => crashed.abort(fault));
const server = dynalite({ createTableMs: 0 });
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const address = `http://127.0.0.1:${server.address().port}/`;

async function call(operation, body) {
  crashed = new AbortController();
  const answer = await fetch(address, {
    signal: crashed.signal,
    method: "POST",
    body,
    headers: {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": `DynamoDB_20120810.${operation}`,
      "X-Amz-Date": "20260101T000000Z",
      Authorization: "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    },
  });
  const said = await answer.json().catch(() => ({}));
  return answer.ok ? null : { refused: String(said.__type ?? answer.status).split("#").pop(), message: said.message ?? said.Message ?? "" };
}

const tables = new Map();
async function table(key) {
  const [names, wanted] = [key.map((one) => one.split(":")), key.join()];
  if (tables.has(wanted)) return tables.get(wanted);
  const name = `table-${tables.size}`;
  const fault = await call("CreateTable", JSON.stringify({
    TableName: name,
    AttributeDefinitions: names.map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    KeySchema: names.map(([AttributeName], i) => ({ AttributeName, KeyType: i ? "RANGE" : "HASH" })),
    BillingMode: "PAY_PER_REQUEST",
  }));
  if (fault) throw new Error(`${wanted}: ${fault.message}`);
  while ((await call("PutItem", JSON.stringify({ TableName: name, Item: {} })))?.refused === "ResourceNotFoundException");
  tables.set(wanted, name);
  return name;
}

for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const { name, text, key } = JSON.parse(line);
  const put = `{"TableName": ${JSON.stringify(await table(key))}, "Item": ${text}}`;
  const fault = await call("PutItem", put).catch((thrown) => ({ refused: "crash", message: String(thrown) }));
  if (fault?.refused === "crash") await new Promise((rest) => setTimeout(rest, 100)); // it may throw once more
  console.log(JSON.stringify({ name, refused: null, message: "", ...fault }));
}
process.exit(0);
