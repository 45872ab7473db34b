// Reads the API models into one graph of shapes, spelt as Step Functions spells them.
//
// The models (apis/*.min.json) give members, types and what is required; the type declarations beside the clients
// (clients/*.d.ts) give the names of shapes and the values of enumerations; sources/constraints.tsv gives lengths, ranges,
// patterns and errors by the names of shapes and operations. aws-sdk stands still since the end of 2024; what came later is merged
// in from @distilled.cloud/aws.
import fs from 'node:fs';
import path from 'node:path';
import { mergeOperations } from './merge.mjs';
import { byBytes } from './table.mjs';
import { capitalsOf, readNewer } from './typescript.mjs';

const KINDS = {
  boolean: 'boolean',
  integer: 'integer',
  long: 'long',
  bigInteger: 'long',
  float: 'float',
  double: 'double',
  bigDecimal: 'double',
  string: 'string',
  character: 'string',
  timestamp: 'timestamp',
  blob: 'blob',
};

// The words of a service id, as the Java SDK finds them ("DynamoDB" is Dynamo and DB), which Step Functions follows.
function words(id) {
  return id
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .replace(/([^a-z]{2,})v([0-9]+)/g, '$1 v$2 ')
    .replace(/([^A-Z]{2,})V([0-9]+)/g, '$1 V$2 ')
    .split(/(?<=[a-z])(?=[A-Z][a-zA-Z0-9])/)
    .join(' ')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([0-9])([a-zA-Z])/g, '$1 $2')
    .split(/\s+/)
    .filter(word => word);
}

const withoutBrand = id => id.replace(/^(Amazon|AWS)\s+/, '').replace(/\s+Service$/, '');
export const serviceName = id => withoutBrand(id).replace(/[^A-Za-z0-9]/g, '').toLowerCase();
export const errorsPrefix = id =>
  words(withoutBrand(id)).map(word => word[0].toUpperCase() + word.slice(1).toLowerCase()).join('');

// "DBInstanceIdentifier" -> "dbInstanceIdentifier": a leading run of capitals is one word.
export function camelCase(name) {
  let i = 0;
  const isUpper = at => at < name.length && /[A-Z]/.test(name[at]);
  const isLower = at => at < name.length && /[a-z]/.test(name[at]);
  do i++;
  while (isUpper(i) && !isLower(i + 1));
  return name.slice(0, i).toLowerCase() + name.slice(i);
}
export const pascalCase = name => {
  const camel = camelCase(name);
  return camel[0].toUpperCase() + camel.slice(1);
};

// Step Functions names errors as the classes of the Java SDK are named: "NoSuchKey" is NoSuchKeyException.
export function exceptionName(shape) {
  if (shape.endsWith('Exception')) return shape;
  return shape.endsWith('Fault') ? `${shape.slice(0, -'Fault'.length)}Exception` : `${shape}Exception`;
}

// The constraints: service id → {shapes: {name: {min, max, pattern}}, errors: {operation: […]}}.
export function readConstraints(file) {
  const services = new Map();
  for (const row of fs.readFileSync(file, 'utf8').split('\n')) {
    if (!row || row.startsWith('#')) continue;
    const [id, what, name, ...rest] = row.split('\t');
    if (!services.has(id)) services.set(id, { shapes: new Map(), errors: new Map() });
    const service = services.get(id);
    if (what === 'errors') service.errors.set(name, rest[0].split(' '));
    else {
      const [min = '', max = '', pattern = ''] = rest;
      service.shapes.set(name, { min: min === '' ? null : +min, max: max === '' ? null : +max, pattern });
    }
  }
  return services;
}

// What a client's declarations tell: {aliases: name → right side, structures: name → member → type name}.
function readDeclarations(text) {
  const aliases = new Map();
  const structures = new Map();
  for (const [, name, body] of text.matchAll(/^  export type (\w+) = ([^\n]*);$/gm)) aliases.set(name, body);
  for (const [, name, body] of text.matchAll(/^  export interface (\w+) \{\n([\s\S]*?)^  \}/gm)) {
    const members = new Map();
    for (const [, member, type] of body.matchAll(/^    "?([\w.:$-]+)"?\??: ([^\n]*);$/gm)) members.set(member, type);
    structures.set(name, members);
  }
  return { aliases, structures };
}

function enumValues(alias) {
  if (!alias?.startsWith('"')) return [];
  return alias.split('|').filter(value => value.startsWith('"')).map(value => JSON.parse(value));
}

class Model {
  constructor(json, declarations, constraints, spell) {
    this.spell = spell;
    this.json = json;
    this.declarations = declarations;
    this.constraints = constraints ?? { shapes: new Map(), errors: new Map() };
    this.nodes = new Map();
  }

  // The constraints of the shape that the declarations call `typeName` ("_String" is the shape String).
  limits(typeName) {
    return this.constraints.shapes.get(typeName) ?? this.constraints.shapes.get(typeName?.replace(/^_/, '')) ?? {};
  }

  // The node of a reference in the model; nodes are shared and may be cyclic.
  shape(reference, typeName) {
    const raw = reference.shape ? { ...this.json.shapes[reference.shape], ...reference } : reference;
    const type = raw.type ?? (raw.members ? 'structure' : 'string');
    const isNamed = typeName && /^\w+$/.test(typeName);
    const key = `${isNamed ? typeName : ''}/${reference.shape ?? ''}/${type}`;
    const isShared = isNamed || reference.shape;
    if (isShared && this.nodes.has(key)) return this.nodes.get(key);
    const node = {};
    if (isShared) this.nodes.set(key, node);
    return Object.assign(node, this.content(raw, type, isNamed ? typeName : null, key));
  }

  content(raw, type, typeName, key) {
    const { min = null, max = null, pattern = '' } = this.limits(typeName);
    if (type === 'structure') return this.structure(raw, typeName, key);
    const alias = this.declarations.aliases.get(typeName);
    if (type === 'list') {
      return { kind: 'list', element: this.shape(raw.member ?? {}, alias?.replace(/\[\]$/, '')), min, max };
    }
    if (type === 'map') {
      const valueType = alias?.match(/^\{\[key: string\]: (.*)\}$/)?.[1];
      return { kind: 'map', key: this.shape(raw.key ?? {}), element: this.shape(raw.value ?? {}, valueType), min, max };
    }
    if (raw.jsonvalue) return { kind: 'any' };
    const kind = KINDS[type];
    if (!kind) throw new Error(`unknown type ${type}`);
    return { kind, min, max, pattern, enums: kind === 'string' ? enumValues(alias) : [] };
  }

  structure(raw, typeName, key) {
    if (raw.document) return { kind: 'any' };
    const types = this.declarations.structures.get(typeName);
    const tokens = new Set(Object.keys(raw.members ?? {}).filter(name => raw.members[name].idempotencyToken));
    const required = new Set((raw.required ?? []).filter(name => !tokens.has(name)));
    const members = Object.entries(raw.members ?? {})
      .map(([name, member]) => ({
        name: this.spell(name),
        capitals: capitalsOf(name),
        required: required.has(name),
        shape: this.shape(member, types?.get(name)),
      }))
      .sort((a, b) => byBytes(a.name, b.name));
    return { kind: 'structure', key, isUnion: !!raw.union, isOpen: false, members };
  }

  operations() {
    const list = Object.entries(this.json.operations).map(([name, operation]) => ({
      name,
      action: camelCase(name),
      method: operation.http?.method ?? 'POST',
      input: this.shape(operation.input ?? { type: 'structure', members: {} }, this.typeOf(name, 'Request')),
      output: this.shape(operation.output ?? { type: 'structure', members: {} }, this.typeOf(name, 'Response')),
      errors: this.constraints.errors.get(name) ?? [],
    }));
    return list.sort((a, b) => byBytes(a.action, b.action));
  }

  // The declared name of an operation's input or output: what its method takes and gives.
  typeOf(operation, side) {
    if (!this.methods) {
      this.methods = new Map();
      const method = /^  (\w+)\(params: \w+\.Types\.(\w+), callback\?: \(err: AWSError, data: (?:\w+\.Types\.)?(\w+|\{\})\)/gm;
      for (const [, name, input, output] of this.declarations.text.matchAll(method)) {
        this.methods.set(name.toLowerCase(), { Request: input, Response: output });
      }
    }
    return this.methods.get(operation.toLowerCase())?.[side];
  }
}

// The services of an unpacked aws-sdk: the newest version of each model.
function* readSdk(sdk, constraints, spell) {
  for (const file of fs.readdirSync(path.join(sdk, 'clients')).filter(name => name.endsWith('.js')).sort()) {
    const client = fs.readFileSync(path.join(sdk, 'clients', file), 'utf8');
    const model = [...client.matchAll(/require\('\.\.\/apis\/([^']+\.min\.json)'\)/g)].pop()?.[1];
    if (!model) continue;
    const json = JSON.parse(fs.readFileSync(path.join(sdk, 'apis', model), 'utf8'));
    const text = fs.readFileSync(path.join(sdk, 'clients', file.replace(/\.js$/, '.d.ts')), 'utf8');
    const { serviceId, endpointPrefix, signingName } = json.metadata;
    const id = serviceId ?? endpointPrefix;
    const declarations = { ...readDeclarations(text), text };
    yield {
      id,
      iamPrefix: signingName ?? endpointPrefix,
      operations: new Model(json, declarations, constraints.get(id), spell).operations(),
    };
  }
}

// The HTTP method of an operation of which only the name is known.
const METHODS = { Get: 'GET', List: 'GET', Put: 'PUT', Update: 'PATCH', Delete: 'DELETE' };

const newOperation = ({ name, input, output, errors }) => ({
  name,
  action: camelCase(name),
  method: METHODS[name.match(/^[A-Z][a-z]+/)?.[0]] ?? 'POST',
  input,
  output,
  errors,
});

// All services that the packages in `modules` know, sorted by name. `spell` makes the names of members.
export function readServices(modules, constraints, spell) {
  const services = new Map();
  for (const service of readSdk(path.join(modules, 'aws-sdk'), constraints, spell)) services.set(service.id, service);
  for (const { id, iamPrefix, operations } of readNewer(path.join(modules, '@distilled.cloud', 'aws'), constraints, spell)) {
    if (!services.has(id)) services.set(id, { id, iamPrefix, operations: [] });
    const newer = operations.map(one => ({ ...one, errors: [...new Set(one.errors.map(exceptionName))].sort(byBytes) }));
    mergeOperations(services.get(id).operations, newer, newOperation);
  }
  return [...services.values()]
    .map(service => ({ ...service, name: serviceName(service.id), errorsPrefix: errorsPrefix(service.id) }))
    .sort((a, b) => byBytes(a.name, b.name));
}
