// Reads the shapes of current AWS models out of the TypeScript of @distilled.cloud/aws: interfaces, type aliases and
// operations. aws-sdk's own models stand still since the end of 2024; these have what came later.
import fs from 'node:fs';
import path from 'node:path';
import { byBytes } from './table.mjs';

// How many capitals the API's own spelling of a member begins with: 0 of stateMachineArn, 1 of RoleArn, 2 of DBName.
export const capitalsOf = name => name.match(/^[A-Z]*/)[0].length;

const SCALARS = { string: 'string', number: 'double', boolean: 'boolean', Date: 'timestamp', Uint8Array: 'blob' };
const TOKEN = /"(?:[^"\\]|\\.)*"|[\w$]+(?:\.[\w$]+)*|[{}[\]()<>|&:;,?]|=>/g;
const ANY = { kind: 'any' };

const sorted = members => members.sort((a, b) => byBytes(a.name, b.name));
const scalar = kind => ({ kind, min: null, max: null, pattern: '', enums: [] });

// A type expression, by recursive descent over its tokens.
class TypeReader {
  constructor(text, file) {
    this.tokens = text.match(TOKEN) ?? [];
    this.at = 0;
    this.file = file;
  }

  peek() {
    return this.tokens[this.at];
  }

  take(token) {
    if (this.peek() !== token) return false;
    this.at++;
    return true;
  }

  // A | B: texts make an enumeration, objects that exclude each other a union; what is wrapped as secret counts once.
  type() {
    this.take('|');
    const parts = [this.intersection()];
    while (this.take('|')) parts.push(this.intersection());
    const known = parts.filter(part => part);
    const enums = known.flatMap(part => part.enums ?? []);
    if (enums.length) return { ...scalar('string'), enums };
    const objects = known.filter(part => part.kind === 'structure');
    if (objects.length > 1) return unionOf(objects);
    return known[0] ?? null;
  }

  // A & B: the second says only that members of the first are there.
  intersection() {
    const first = this.postfix();
    while (this.take('&')) this.postfix();
    return first;
  }

  postfix() {
    let type = this.primary();
    while (this.peek() === '[' && this.tokens[this.at + 1] === ']') {
      this.at += 2;
      type = { kind: 'list', element: type ?? ANY, min: null, max: null };
    }
    return type;
  }

  primary() {
    const token = this.tokens[this.at++];
    if (token === '(') {
      const inner = this.type();
      this.take(')');
      return inner;
    }
    if (token === '{') return this.braces();
    if (token?.startsWith('"')) return { ...scalar('string'), enums: [JSON.parse(token)] };
    const inside = this.take('<') ? this.genericArguments() : null;
    if (token === 'Array') return { kind: 'list', element: inside[0] ?? ANY, min: null, max: null };
    if (token === 'redacted.Redacted' || token === 'undefined' || token === 'never') return null;
    if (SCALARS[token]) return scalar(SCALARS[token]);
    if (/Stream|Body$/.test(token) && token.includes('.')) return scalar('blob');
    if (token === 'any' || token === 'unknown' || token === undefined) return ANY;
    return this.file.named(token);
  }

  genericArguments() {
    const list = [this.type()];
    while (this.take(',')) list.push(this.type());
    this.take('>');
    return list;
  }

  // { [key: string]: T }, { [key in K]?: T } or members.
  braces() {
    if (this.take('[')) {
      while (!this.take(']')) this.at++;
      this.take('?');
      this.take(':');
      const element = this.type() ?? ANY;
      this.take(';');
      this.take('}');
      return { kind: 'map', key: scalar('string'), element, min: null, max: null };
    }
    return { kind: 'structure', isUnion: false, isOpen: false, members: this.members() };
  }

  members() {
    const members = [];
    while (this.peek() !== undefined && !this.take('}')) {
      const name = this.tokens[this.at++].replace(/"/g, '');
      const optional = this.take('?');
      this.take(':');
      const shape = this.type();
      if (shape) members.push({ name: this.file.spell(name), capitals: capitalsOf(name), required: !optional, shape });
      if (!this.take(';')) this.take(',');
    }
    return sorted(members);
  }
}

function unionOf(objects) {
  const members = new Map();
  for (const { members: list } of objects) for (const member of list) members.set(member.name, { ...member, required: false });
  return { kind: 'structure', isUnion: true, isOpen: false, members: sorted([...members.values()]) };
}

// One service's file.
class ServiceFile {
  constructor(text, constraints, spell) {
    this.spell = spell;
    this.iamPrefix = text.match(/T\.AwsAuthSigv4\(\{ name: "([^"]+)" \}\)/)?.[1];
    this.id = text.match(/^\s*sdkId: "([^"]+)"/m)?.[1];
    this.constraints = constraints.get(this.id);
    this.nodes = new Map();
    this.declared = new Map();
    const bare = text.replace(/^\/\*\*[\s\S]*?\*\//gm, '').replace(/^\s*\/\/.*$/gm, '');
    for (const [, name, body] of bare.matchAll(/^export interface (\w+) (?:extends [^{]*)?\{\n?([\s\S]*?)^\}/gm)) {
      this.declared.set(name, `{${body}}`);
    }
    for (const [, name] of bare.matchAll(/^export interface (\w+) \{\}$/gm)) this.declared.set(name, '{}');
    for (const [, name, body] of bare.matchAll(/^export type (\w+) =\s*([\s\S]*?);\n(?=export |const |\n|type |interface )/gm)) {
      this.declared.set(name, body);
    }
    this.calls = bare.matchAll(
      /input: (\w+),\s+output: (\w+),\s+errors: \[([^\]]*)\],[\s\S]*?operationName: "(\w+)"/g,
    );
  }

  // The node of a named type; nodes are shared and may be cyclic.
  named(name) {
    const known = this.nodes.get(name);
    if (known) return known;
    const node = {};
    this.nodes.set(name, node);
    const text = this.declared.get(name);
    const type = text === undefined ? ANY : new TypeReader(text, this).type() ?? ANY;
    const { min = null, max = null, pattern = '' } = this.constraints?.shapes.get(name) ?? {};
    const limits = 'min' in type ? { min, max, ...('pattern' in type ? { pattern } : {}) } : {};
    return Object.assign(node, type, limits, { key: name });
  }

  payload(name) {
    const node = this.named(name);
    return node.kind === 'structure' ? node : { kind: 'structure', isUnion: false, isOpen: true, members: [] };
  }

  *operations() {
    for (const [, input, output, errors, name] of this.calls) {
      yield { name, input: this.payload(input), output: this.payload(output), errors: errors.match(/\w+/g) ?? [] };
    }
  }
}

// What the package has of each service. `spell` makes the names of members.
export function* readNewer(packageFolder, constraints, spell) {
  const folder = path.join(packageFolder, 'src', 'services');
  for (const name of fs.readdirSync(folder).filter(file => file.endsWith('.ts')).sort()) {
    const file = new ServiceFile(fs.readFileSync(path.join(folder, name), 'utf8'), constraints, spell);
    if (file.id) yield { id: file.id, iamPrefix: file.iamPrefix ?? '', operations: [...file.operations()] };
  }
}
