#!/usr/bin/env node
// Distils api.bin: every service and operation with its shapes, and the optimized integrations.
//
//   node distill/api.mjs
import fs from 'node:fs';
import path from 'node:path';
import { editOperations, readIntegrations } from './integrations.mjs';
import { pascalCase, readConstraints, readServices } from './models.mjs';
import { Table } from './table.mjs';

const here = path.resolve(import.meta.dirname, '..');
const modules = path.join(here, 'node_modules');
const KINDS = 'any structure list map string integer long float double boolean timestamp blob'.split(' ');
const PATTERNS = ['request', 'sync', 'sync2', 'token'];
const MOST_CAPITALS = 127;
const FLAGS = { union: 1, open: 2, min: 4, max: 8 };
const HEADER = ['services', 'serviceCount', 'integrations', 'integrationCount', 'shapes', 'any', 'version'];

const table = new Table('MLA1', HEADER.length);
const header = (name, value) => table.setHeader(HEADER.indexOf(name), value);

// Shapes are referred to by index, as they may contain themselves; equal ones get one index.
class Shapes {
  constructor() {
    this.offsets = [];
    this.indexes = new Map(); // node → index
    this.byContent = new Map();
    this.open = new Map(); // nodes being written → their index, once someone inside asked for it
  }

  index(node) {
    const known = this.indexes.get(node);
    if (known !== undefined) return known;
    if (this.open.has(node)) { // inside itself: it needs an index before it has a record
      if (this.open.get(node) === null) this.open.set(node, this.offsets.push(0) - 1);
      return this.open.get(node);
    }
    this.open.set(node, null);
    const offset = this.record(node);
    const reserved = this.open.get(node);
    this.open.delete(node);
    const index = reserved ?? this.byContent.get(offset) ?? this.offsets.push(offset) - 1;
    this.offsets[index] = offset;
    if (reserved === null) this.byContent.set(offset, index);
    this.indexes.set(node, index);
    return index;
  }

  record(node) {
    const kind = KINDS.indexOf(node.kind);
    if (kind < 0) throw new Error(`unknown kind ${node.kind}`);
    if (node.kind === 'any') return table.record([kind]);
    if (node.kind === 'structure') {
      const flags = (node.isUnion ? FLAGS.union : 0) | (node.isOpen ? FLAGS.open : 0);
      const members = node.members.flatMap(({ name, capitals = 1, required, shape }) => [
        Table.packed(table.string(name), (required ? 1 : 0) | (Math.min(capitals, MOST_CAPITALS) << 1)),
        this.index(shape),
      ]);
      return table.record([kind | (flags << 8), members.length / 2, ...members]);
    }
    const flags = (node.min === null ? 0 : FLAGS.min) | (node.max === null ? 0 : FLAGS.max);
    const limits = new Uint32Array(new Float64Array([node.min ?? 0, node.max ?? 0]).buffer);
    const rest =
      node.kind === 'list' || node.kind === 'map'
        ? [node.key ? this.index(node.key) : 0, this.index(node.element)]
        : [node.pattern ? table.string(node.pattern) : 0, this.strings(node.enums ?? [])];
    return table.record([kind | (flags << 8), ...limits, ...rest]);
  }

  strings(list) {
    return list.length ? table.record([list.length, ...list.map(text => table.string(text))]) : 0;
  }
}

const shapes = new Shapes();

function writeService({ name, errorsPrefix, iamPrefix, operations }) {
  const entries = operations.flatMap(({ action, name: apiName, input, output, errors }) => {
    const words = [action, apiName].map(text => table.string(text));
    const record = table.record([...words, shapes.index(input), shapes.index(output), shapes.strings(errors)]);
    return [table.string(action), record];
  });
  const names = [name, errorsPrefix, iamPrefix].map(text => table.string(text));
  return table.record([...names, operations.length, ...entries]);
}

function writeIntegration(one) {
  const names = [one.name, one.service, one.action, one.errorsPrefix, one.catchAll, ...one.api].map(text => table.string(text));
  const patterns = one.patterns.reduce((bits, pattern) => bits | (1 << PATTERNS.indexOf(pattern)), 0);
  const indexes = [one.input, one.output, one.sync, one.sync2].map(shape => shapes.index(shape));
  return table.record([...names, patterns, ...indexes, shapes.strings(one.errors)]);
}

const constraints = readConstraints(path.join(here, 'sources', 'constraints.tsv'));
header('any', shapes.index({ kind: 'any' }));
const services = readServices(modules, constraints, pascalCase);
editOperations(path.join(here, 'sources', 'sdk-edits.tsv'), services);
const serviceIndex = services.flatMap(service => [table.string(service.name), writeService(service)]);
// Optimized integrations keep the API's own capitals: MD5OfMessageBody, where SDK integrations have Md5OfMessageBody.
const asInApi = readServices(modules, constraints, name => name[0].toUpperCase() + name.slice(1));
const integrations = readIntegrations(path.join(here, 'sources', 'integrations.tsv'), asInApi);
const integrationIndex = integrations.flatMap(one => [table.string(one.name), writeIntegration(one)]);
header('services', table.record(serviceIndex));
header('serviceCount', services.length);
header('integrations', table.record(integrationIndex));
header('integrationCount', integrations.length);
header('shapes', table.record(shapes.offsets));
const versionOf = name => JSON.parse(fs.readFileSync(path.join(modules, name, 'package.json'), 'utf8')).version;
const sources = ['aws-sdk', '@distilled.cloud/aws'].map(name => `${name} ${versionOf(name)}`);
header('version', table.string(sources.join('\n')));
const size = table.write(path.join(here, 'api.bin'));
const count = services.reduce((sum, service) => sum + service.operations.length, 0);
console.log(`api.bin: ${size} bytes, ${services.length} services, ${count} operations, ${integrations.length} integrations`);
console.log(`${shapes.offsets.length} shapes, ${table.strings.size} strings`);
