#!/usr/bin/env node
// Compares the bindings with provider schemas in the format of `terraform providers schema -json`.
//
//   node distill/compare.mjs SCHEMA.json[.gz]…             what differs, the overlay applied
//   node distill/compare.mjs --overlay SCHEMA.json[.gz]…   a new terraform-overlay.tsv on standard output
import fs from 'node:fs';
import zlib from 'node:zlib';
import { applyOverlay, readProviders } from './terraform.mjs';
import { sortedEntries } from './table.mjs';

const GROUPS = { resource: 'resource_schemas', data: 'data_source_schemas', ephemeral: 'ephemeral_resource_schemas' };
const ATTRIBUTE_FACTS = ['type', 'required', 'optional', 'computed', 'sensitive', 'write_only', 'deprecated'];

const read = file => {
  const bytes = fs.readFileSync(file);
  return JSON.parse(file.endsWith('.gz') ? zlib.gunzipSync(bytes) : bytes);
};
const canonical = value =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(sortedEntries(value).map(([key, inner]) => [key, canonical(inner)]))
    : Array.isArray(value)
      ? value.map(canonical)
      : value;
const same = (a, b) => JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));

// The facts to merge into `ours` so that it says what `theirs` says; null where nothing differs.
function difference(ours, theirs, names) {
  const changes = {};
  for (const name of names) if (!same(ours[name], theirs[name])) changes[name] = theirs[name] ?? null;
  return Object.keys(changes).length ? changes : null;
}

const nestedFacts = ({ nesting_mode, min_items, max_items, block }) => ({
  nesting_mode,
  min_items,
  max_items,
  deprecated: block?.deprecated,
});

function* compareBlocks(ours, theirs, at) {
  const [a, b] = [ours.attributes ?? {}, theirs.attributes ?? {}];
  for (const name of Object.keys({ ...a, ...b }).sort()) {
    const changes = b[name] ? difference(a[name] ?? {}, b[name], ATTRIBUTE_FACTS) : null;
    if (changes || !b[name]) yield [at + name, changes];
  }
  const [c, d] = [ours.block_types ?? {}, theirs.block_types ?? {}];
  for (const name of Object.keys({ ...c, ...d }).sort()) {
    if (!d[name]) {
      yield [`${at}${name}[]`, null];
      continue;
    }
    const mine = c[name] ? { ...nestedFacts(c[name]), deprecated: c[name].deprecated } : {};
    const changes = difference(mine, nestedFacts(d[name]), ['nesting_mode', 'min_items', 'max_items', 'deprecated']);
    if (changes || !c[name]) yield [`${at}${name}[]`, changes ?? {}];
    yield* compareBlocks(c[name]?.block ?? {}, d[name].block, `${at}${name}.`);
  }
}

function* compareProvider(ours, theirs, kind) {
  if (kind === 'provider') {
    for (const row of compareBlocks(Object.values(ours.provider)[0]?.block ?? {}, theirs.provider?.block ?? {}, '')) {
      yield [ours.name, kind, ours.name, ...row];
    }
    return;
  }
  for (const [type, schema] of sortedEntries(theirs[GROUPS[kind]] ?? {})) {
    for (const row of compareBlocks(ours[kind][type]?.block ?? {}, schema.block, '')) yield [ours.name, kind, type, ...row];
  }
}

const asOverlay = process.argv[2] === '--overlay';
const files = process.argv.slice(asOverlay ? 3 : 2);
const providers = readProviders();
if (!asOverlay) applyOverlay(providers);
let differences = 0;
for (const file of files) {
  const document = read(file);
  for (const [address, theirs] of sortedEntries(document.provider_schemas)) {
    const name = address.split('/').pop();
    let ours = providers.find(provider => provider.name === name);
    if (!ours) {
      ours = { name, provider: {}, resource: {}, data: {}, ephemeral: {} };
      if (asOverlay) console.log([name, 'version', '', '', document.x_provider_version ?? ''].join('\t'));
    }
    for (const kind of ['provider', 'resource', 'data', 'ephemeral']) {
      for (const [provider, group, type, at, facts] of compareProvider(ours, theirs, kind)) {
        differences++;
        console.log([provider, group, type, at, JSON.stringify(facts)].join('\t'));
      }
    }
  }
}
if (!asOverlay) console.log(`${differences} differences`);
