// Holds state machines whose paths come on standard input against asl-validator; prints {path, faults: [text]} a line each. Places of a
// templatefile are filled in, and texts are put on one line: its patterns of them have no line break; the service takes them.
import { readFileSync } from "node:fs";
import validator from "asl-validator";

function filled(value) {
  if (Array.isArray(value)) return value.map(filled);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, filled(v)]));
  if (typeof value !== "string") return value;
  const isExpression = value.startsWith("{%");
  return value.replace(/(?<!\$)\$\{\w+\}/g, isExpression ? '"x"' : "x").replaceAll("\n", " ");
}

for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  let faults;
  try {
    const { isValid, errors, errorsText } = validator(filled(JSON.parse(readFileSync(path, "utf8"))), { checkPaths: true });
    faults = isValid ? [] : [errorsText ? errorsText("\n") : JSON.stringify(errors)];
  } catch (error) {
    faults = [String(error)];
  }
  console.log(JSON.stringify({ path, faults }));
}
