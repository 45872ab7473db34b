#!/usr/bin/env node
// Distils terraform.bin: the schema of every provider in package.json, with sources/terraform-overlay.tsv applied.
//
//   node distill/terraform.mjs
//
// sources/terraform-overlay.tsv holds what the bindings do not carry (sensitive, write-only and deprecated flags, item limits other than
// one, ephemeral resources): provider, kind, type, path ("a.b.c"; "[]" behind it: a block), facts as JSON (null: not there).
import fs from 'node:fs';
import path from 'node:path';
import { readBindings } from './bindings.mjs';
import { Table, byBytes, sortedEntries } from './table.mjs';

const here = path.resolve(import.meta.dirname, '..');
export const KINDS = ['provider', 'resource', 'data', 'ephemeral'];
const TYPE_KINDS = ['string', 'number', 'bool', 'dynamic', 'list', 'set', 'map', 'object'];
const ATTRIBUTE_FLAGS = ['required', 'optional', 'computed', 'sensitive', 'write_only', 'deprecated'];
const NESTINGS = ['single', 'list', 'set', 'map'];
const BLOCK_DEPRECATED = 8;
const BLOCK_OPAQUE = 16;
const MOST_ITEMS = 0xffff;

export function readProviders() {
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(here, 'package.json'), 'utf8'));
  const names = Object.keys(dependencies).filter(name => name.startsWith('@cdktf/provider-')).sort();
  return names.map(name => ({
    source: `${name} ${dependencies[name]}`,
    ...readBindings(path.join(here, 'node_modules', name)),
  }));
}

// Finds (and for new resources makes) what a path leads to and merges the facts into it.
function applyRow(providers, [provider, kind, type, at, text]) {
  let schema = providers.find(one => one.name === provider);
  if (!schema) { // a provider without bindings: its first row has kind "version"
    schema = { name: provider, version: text, source: 'overlay' };
    for (const each of KINDS) schema[each] = {};
    schema.provider[provider] = { block: {}, opaque: [] };
    providers.push(schema);
    return;
  }
  let block = (schema[kind][type] ??= { block: {}, opaque: [] }).block;
  const names = at.split('.');
  const last = names.pop();
  for (const name of names) block = ((block.block_types ??= {})[name] ??= { block: {} }).block;
  const facts = JSON.parse(text);
  const group = last.endsWith('[]') ? 'block_types' : 'attributes';
  const name = last.replace('[]', '');
  const members = (block[group] ??= {});
  if (facts === null) {
    delete members[name];
    return;
  }
  const member = (members[name] ??= group === 'block_types' ? { block: {} } : {});
  for (const [fact, value] of Object.entries(facts)) {
    if (value === null) delete member[fact];
    else member[fact] = value;
  }
}

export function applyOverlay(providers) {
  const rows = fs.readFileSync(path.join(here, 'sources/terraform-overlay.tsv'), 'utf8').split('\n');
  for (const row of rows) if (row && !row.startsWith('#')) applyRow(providers, row.split('\t'));
  providers.sort((a, b) => byBytes(a.name, b.name));
}

const table = new Table('MLT1', 2 * (KINDS.length + 1));

function writeType(type) {
  if (typeof type === 'string') return table.record([TYPE_KINDS.indexOf(type)]);
  const [kind, inner] = type;
  const code = TYPE_KINDS.indexOf(kind);
  if (kind !== 'object') return table.record([code, writeType(inner)]);
  const fields = sortedEntries(inner).flatMap(([name, field]) => [table.string(name), writeType(field)]);
  return table.record([code, fields.length / 2, ...fields]);
}

function writeBlock(block, opaque) {
  const attributes = sortedEntries(block.attributes ?? {}).flatMap(([name, attribute]) => {
    const flags = ATTRIBUTE_FLAGS.reduce((bits, flag, i) => bits | (attribute[flag] ? 1 << i : 0), 0);
    return [Table.packed(table.string(name), flags), writeType(attribute.type)];
  });
  const blocks = sortedEntries(block.block_types ?? {}).flatMap(([name, nested]) => {
    const { min_items = 0, max_items = 0, nesting_mode, deprecated } = nested;
    if (min_items > MOST_ITEMS || max_items > MOST_ITEMS) throw new Error(`${name}: item limit too large`);
    const bits =
      NESTINGS.indexOf(nesting_mode) |
      (deprecated ? BLOCK_DEPRECATED : 0) |
      (opaque.includes(name) && !Object.keys(nested.block).length ? BLOCK_OPAQUE : 0);
    return [Table.packed(table.string(name), bits), min_items * 65536 + max_items, writeBlock(nested.block, opaque)];
  });
  return table.record([attributes.length / 2, blocks.length / 3, ...attributes, ...blocks]);
}

function main() {
  const providers = readProviders();
  applyOverlay(providers);
  KINDS.forEach((kind, i) => {
    const all = Object.assign({}, ...providers.map(provider => provider[kind]));
    const index = sortedEntries(all).flatMap(([type, { block, opaque }]) => [
      table.string(type),
      writeBlock(block, opaque),
    ]);
    table.setHeader(2 * i, table.record(index));
    table.setHeader(2 * i + 1, index.length / 2);
  });
  const versions = providers.flatMap(({ name, version, source }) => [name, version, source].map(s => table.string(s)));
  table.setHeader(2 * KINDS.length, table.record(versions));
  table.setHeader(2 * KINDS.length + 1, versions.length / 3);
  const size = table.write(path.join(here, 'terraform.bin'));
  const counts = KINDS.map(kind => `${providers.reduce((n, p) => n + Object.keys(p[kind]).length, 0)} ${kind}`);
  console.log(`terraform.bin: ${size} bytes, ${counts.join(', ')}`);
}

if (process.argv[1] === import.meta.filename) main();
