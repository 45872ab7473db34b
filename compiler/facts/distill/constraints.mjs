#!/usr/bin/env node
// Writes sources/constraints.tsv from the data folder of an unpacked botocore: what the models of aws-sdk leave out.
//
//   node distill/constraints.mjs BOTOCORE_DATA VERSION
//
// Rows: service id, "shape", shape, min, max, pattern; and: service id, "errors", operation, error names.
import fs from 'node:fs';
import path from 'node:path';
import { exceptionName } from './models.mjs';
import { byBytes } from './table.mjs';

const SCALARS = new Set(['string', 'blob', 'integer', 'long', 'float', 'double', 'list', 'map']);

// Patterns that the service itself does not hold to: a source of a copy needs no leading slash.
const NOT_ENFORCED = new Set(['S3 CopySource']);

function* rowsOfModel({ metadata, operations, shapes }) {
  const service = metadata.serviceId ?? metadata.endpointPrefix;
  for (const name of Object.keys(shapes).sort(byBytes)) {
    const { type, min, max, pattern } = shapes[name];
    if (!SCALARS.has(type) || (min ?? max ?? pattern) === undefined) continue;
    if (pattern && /[\t\n\r]/.test(pattern)) continue;
    if (NOT_ENFORCED.has(`${service} ${name}`)) continue;
    yield [service, 'shape', name, min ?? '', max ?? '', pattern ?? ''];
  }
  for (const name of Object.keys(operations).sort(byBytes)) {
    const errors = (operations[name].errors ?? []).map(error => exceptionName(error.shape));
    if (errors.length) yield [service, 'errors', name, [...new Set(errors)].sort(byBytes).join(' ')];
  }
}

const [dataFolder, version] = process.argv.slice(2);
const rows = [];
for (const service of fs.readdirSync(dataFolder).sort(byBytes)) {
  const folder = path.join(dataFolder, service);
  if (!fs.statSync(folder).isDirectory()) continue;
  const dates = fs.readdirSync(folder).filter(date => fs.existsSync(path.join(folder, date, 'service-2.json')));
  if (!dates.length) continue;
  const model = fs.readFileSync(path.join(folder, dates.sort(byBytes).pop(), 'service-2.json'), 'utf8');
  for (const row of rowsOfModel(JSON.parse(model))) rows.push(row.join('\t').replace(/\t+$/, ''));
}
const head = `# Lengths, ranges and patterns of shapes, and errors of operations; written by distill/constraints.mjs from botocore ${version}.`;
fs.writeFileSync(
  path.join(import.meta.dirname, '..', 'sources', 'constraints.tsv'),
  `${head}\n${rows.join('\n')}\n`,
);
console.log(`constraints.tsv: ${rows.length} rows`);
