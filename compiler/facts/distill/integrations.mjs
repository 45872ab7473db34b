// Reads sources/integrations.tsv: the optimized integrations, their shapes as differences from the API's.
import fs from 'node:fs';
import { byBytes } from './table.mjs';

const ANY = { kind: 'any' };
const scalar = (kind, enums = []) => ({ kind, min: null, max: null, pattern: '', enums });
const structure = (members, isOpen) => ({
  kind: 'structure',
  isUnion: false,
  isOpen,
  members: members.sort((a, b) => byBytes(a.name, b.name)),
});
const map = element => ({ kind: 'map', key: scalar('string'), element, min: null, max: null });

// What every answer of an optimized integration carries beside the API's.
const METADATA = [
  { name: 'SdkHttpMetadata', required: false, shape: 'sdk' },
  { name: 'SdkResponseMetadata', required: false, shape: 'response' },
];
const SDK_METADATA = structure(
  [
    { name: 'AllHttpHeaders', required: false, shape: map({ kind: 'list', element: scalar('string'), min: null, max: null }) },
    { name: 'HttpHeaders', required: false, shape: map(scalar('string')) },
    { name: 'HttpStatusCode', required: false, shape: scalar('integer') },
  ],
  false,
);
const RESPONSE_METADATA = structure([{ name: 'RequestId', required: false, shape: scalar('string') }], false);

// The grammar of shapes that the table's head describes, by recursive descent.
class ShapeReader {
  constructor(text, operation) {
    this.text = text;
    this.at = 0;
    this.operation = operation; // (service, action) → {input, output}
  }

  take(token) {
    while (this.text[this.at] === ' ') this.at++;
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  word() {
    this.take('');
    const word = this.text.slice(this.at).match(/^\w+/)?.[0];
    if (!word) throw new Error(`a name is missing in ${this.text} at ${this.at}`);
    this.at += word.length;
    return word;
  }

  expect(token) {
    if (!this.take(token)) throw new Error(`${token} is missing in ${this.text} at ${this.at}`);
  }

  shape() {
    if (this.take('{')) return this.braces();
    if (this.take('[')) {
      const element = this.shape();
      this.expect(']');
      return { kind: 'list', element, min: null, max: null };
    }
    if (this.take('@')) return this.reference();
    const word = this.word();
    if (word === 'any') return ANY;
    if (word !== 'enum') return scalar(word);
    this.expect('(');
    const values = [this.word()];
    while (this.take('|')) values.push(this.word());
    this.expect(')');
    return scalar('string', values);
  }

  braces() {
    if (this.take('*:')) {
      const element = this.shape();
      this.expect('}');
      return map(element);
    }
    const members = [];
    let isOpen = false;
    do {
      if (this.take('...')) isOpen = true;
      else members.push(this.member());
    } while (this.take(','));
    this.expect('}');
    return structure(members, isOpen);
  }

  member() {
    const name = this.word();
    const required = this.take('!');
    this.expect(':');
    return { name, required, shape: this.shape() };
  }

  // service.operation[.input][.Member|.Member[]]…[...]
  reference() {
    const service = this.word();
    this.expect('.');
    const operation = this.operation(service, this.word());
    let shape = this.take('.input') ? operation.input : operation.output;
    while (!this.text.startsWith('...', this.at) && this.take('.')) {
      const name = this.word();
      const member = shape.members.find(one => one.name === name);
      if (!member) throw new Error(`${this.text}: no member ${name}`);
      shape = this.take('[]') ? member.shape.element : member.shape;
    }
    return this.take('...') ? { ...shape, key: undefined, isOpen: true } : shape;
  }

  // `shape` with the edits that follow.
  edited(shape) {
    let { members } = shape;
    for (;;) {
      const adds = this.take('+');
      if (!adds && !this.take('-')) break;
      const edit = adds ? this.member() : { name: this.word() };
      const { capitals } = members.find(one => one.name === edit.name) ?? {};
      members = members.filter(one => one.name !== edit.name);
      if (adds) members = [...members, { ...edit, capitals }];
    }
    return members === shape.members ? shape : { ...structure([...members], shape.isOpen), isUnion: shape.isUnion };
  }
}

// Applies sources/sdk-edits.tsv to the operations of `services`.
export function editOperations(file, services) {
  for (const row of fs.readFileSync(file, 'utf8').split('\n')) {
    if (!row || row.startsWith('#')) continue;
    const [name, edits] = row.split('\t');
    const [service, action] = name.split(':');
    const operation = services.find(one => one.name === service)?.operations.find(one => one.action === action);
    if (!operation) throw new Error(`sdk-edits.tsv: no ${name}`);
    operation.input = new ShapeReader(edits).edited(operation.input);
  }
}

export function readIntegrations(file, services) {
  const operation = (service, action) => {
    const found = services.find(one => one.name === service)?.operations.find(one => one.action === action);
    if (!found) throw new Error(`integrations.tsv: no ${service}.${action} in the models`);
    return found;
  };
  const shapeOf = (text, base) => {
    if (!text) return base;
    const reader = new ShapeReader(text, operation);
    const shape = reader.edited(/^[+-]/.test(text) ? base : reader.shape());
    if (reader.text.slice(reader.at).trim()) throw new Error(`integrations.tsv: ${text}: excess at ${reader.at}`);
    return shape;
  };
  const withMetadata = shape => {
    if (shape.kind !== 'structure') return shape;
    const shapes = { sdk: SDK_METADATA, response: RESPONSE_METADATA };
    const added = METADATA.map(member => ({ ...member, shape: shapes[member.shape] }));
    return structure([...shape.members, ...added], shape.isOpen);
  };
  const rows = fs.readFileSync(file, 'utf8').split('\n').filter(row => row && !row.startsWith('#'));
  return rows
    .map(row => {
      const [name, api, patterns, prefix, catchAll, input, output, sync] = row.split('\t');
      const [service, action] = name.split(':');
      const behind = api ? operation(...api.split(':')) : { input: ANY, output: ANY, errors: [] };
      const [first, second] = sync.split(';').map(text => text.trim());
      const answer = shapeOf(output, behind.output);
      return {
        name,
        service,
        action,
        api: api ? api.split(':') : ['', ''],
        patterns: patterns.split(' '),
        errorsPrefix: prefix,
        catchAll,
        errors: behind.errors,
        input: shapeOf(input, behind.input),
        output: api ? withMetadata(answer) : answer,
        sync: shapeOf(first, ANY),
        sync2: shapeOf(second ?? first, ANY),
      };
    })
    .sort((a, b) => byBytes(a.name, b.name));
}
