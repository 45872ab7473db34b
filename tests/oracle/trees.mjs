// Reads files by independent readers: paths come on standard input, {path, tree} or {path, fault} goes out a line each. JSON is read by
// node, YAML by js-yaml, HCL by HashiCorp's own reader (@cdktf/hcl2json), anything else as lines.
import { readFileSync } from "node:fs";
import { parse } from "@cdktf/hcl2json";
import yaml from "js-yaml";

async function tree(path) {
  const text = readFileSync(path, "utf8");
  if (path.endsWith(".json")) return JSON.parse(text);
  if (path.endsWith(".yml") || path.endsWith(".yaml")) return yaml.load(text);
  if (path.endsWith(".tf")) return parse(path, text);
  return text.split("\n");
}

for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  try {
    console.log(JSON.stringify({ path, tree: await tree(path) }));
  } catch (error) {
    console.log(JSON.stringify({ path, fault: String(error) }));
  }
}
