// Reads the schema of a Terraform provider out of its generated CDKTF bindings.
//
// Each compiled file carries its TypeScript source in an inline source map. There the generator left, for every
// attribute, a note of its flags ("name - computed: true, optional: true, required: false"), a getter that tells the
// type of what is read, and an emitter entry (value, isBlock, type, storageClassType) that tells the type of what is
// written and blocks from attributes. Only names, types and flags are taken.
//
// The result has the form of `terraform providers schema -json`: {attributes: {name: {type, required…}},
// block_types: {name: {nesting_mode, min_items, max_items, block}}}.
import fs from 'node:fs';
import path from 'node:path';

const WRITTEN_TYPES = {
  string: 'string',
  number: 'number',
  boolean: 'bool',
  any: 'dynamic',
  stringList: ['list', 'string'],
  numberList: ['list', 'number'],
  booleanList: ['list', 'bool'],
  stringMap: ['map', 'string'],
  numberMap: ['map', 'number'],
  booleanMap: ['map', 'bool'],
  stringListList: ['list', ['list', 'string']],
  stringMapList: ['list', ['map', 'string']],
  stringMapMap: ['map', ['map', 'string']],
  stringListMap: ['map', ['list', 'string']],
};

// What a getter calls, and the type that means. The first match counts.
const GETTERS = [
  ['getStringAttribute(', 'string'],
  ['getNumberAttribute(', 'number'],
  ['getBooleanAttribute(', 'bool'],
  ['getStringMapAttribute(', ['map', 'string']],
  ['getNumberMapAttribute(', ['map', 'number']],
  ['getBooleanMapAttribute(', ['map', 'bool']],
  ['getAnyMapAttribute(', ['map', 'dynamic']],
  ['getNumberListAttribute(', ['list', 'number']],
  ['getListAttribute(', ['list', 'string']],
];

const HELPER_CLASSES = {
  StringMap: ['map', 'string'],
  NumberMap: ['map', 'number'],
  BooleanMap: ['map', 'bool'],
  AnyMap: ['map', 'dynamic'],
  StringMapList: ['list', ['map', 'string']],
};

const withKind = (type, kind) => [kind, type[1]];
const lowerFirst = name => name[0].toLowerCase() + name.slice(1);
const upperFirst = name => name[0].toUpperCase() + name.slice(1);

function sourceTexts(folder) {
  const texts = [];
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) texts.push(...sourceTexts(at));
    else if (entry.name.endsWith('.js')) {
      const map = fs.readFileSync(at, 'utf8').match(/sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)/);
      if (map) texts.push(JSON.parse(Buffer.from(map[1], 'base64').toString('utf8')).sourcesContent[0]);
    }
  }
  return texts;
}

// The notes of a class: name → {computed, optional, required, code: what follows the note}.
function readNotes(body) {
  const notes = new Map();
  const parts = body.split(/^  \/\/ (\S+) - computed: (\w+), optional: (\w+), required: (\w+)\n/m);
  for (let i = 1; i < parts.length; i += 5) {
    const [name, computed, optional, required, code] = parts.slice(i, i + 5);
    notes.set(name, {
      computed: computed === 'true',
      optional: optional === 'true',
      required: required === 'true',
      code: code.split(/^  \/\/ =====/m)[0],
    });
  }
  return notes;
}

// The emitter entries of a function or class: name → {value, isBlock, type, storage}.
function readEmitters(body) {
  const entry =
    /^\s+"?([\w-]+)"?: \{\n\s+value: ([^\n]*),\n\s+isBlock: (\w+),\n\s+type: "(\w+)",\n\s+storageClassType: "([^"]*)"/gm;
  const emitters = new Map();
  for (const [, name, value, isBlock, type, storage] of body.matchAll(entry)) {
    emitters.set(name, { value, isBlock: isBlock === 'true', type, storage });
  }
  return emitters;
}

// The members of a configuration interface: Terraform's name → {optional, block}.
function readInterface(body) {
  const members = new Map();
  for (const [, doc, , mark] of body.matchAll(/\/\*\*([\s\S]*?)\*\/\s*readonly (\w+)(\??): /g)) {
    const link = doc.match(/\{@link \S*#(\w+) /);
    if (!link) continue;
    const block = doc.match(/^\s*\* (\w+) block\s*$/m);
    members.set(link[1], { optional: mark === '?', block: block?.[1] === link[1] });
  }
  return members;
}

// One folder of bindings: a resource or data source with the classes of its nested blocks.
class Unit {
  constructor(folder) {
    this.classes = new Map();
    this.collections = new Map();
    this.emitters = new Map();
    this.interfaces = new Map();
    this.opaque = new Set(); // blocks that nest too deep for the bindings
    for (const text of sourceTexts(folder)) this.scan(text);
  }

  // Declarations start and end in column 0.
  scan(text) {
    for (const [, kind, name, head, body] of text.matchAll(
      /^export (interface|class|function) (\w+)([^\n]*)\n([\s\S]*?)^\}/gm,
    )) {
      if (kind === 'interface') this.interfaces.set(name, readInterface(body));
      else if (kind === 'function') {
        if (name.endsWith('ToHclTerraform')) this.emitters.set(name, readEmitters(body));
      } else if (/extends cdktf\.Complex(List|Map)\b/.test(head)) {
        const element = body.match(/public get\((?:index: number|key: string)\): (\w+)/);
        if (element) this.collections.set(name, { element: element[1], isMap: head.includes('ComplexMap') });
      } else {
        const emitted = body.slice(Math.max(0, body.indexOf('synthesizeHclAttributes')));
        this.classes.set(name, { head, body, notes: readNotes(body), emitters: readEmitters(emitted) });
      }
    }
  }

  // The schema of the block that `className` reads and `emitters` writes.
  block(className, interfaceName, emitters) {
    const declared = this.interfaces.get(interfaceName) ?? new Map();
    const notes = this.classes.get(className)?.notes ?? this.notesFromEmitters(emitters, declared);
    const attributes = {};
    const blocks = {};
    for (const [name, note] of notes) {
      const emitter = emitters?.get(name);
      const isBlock = declared.get(name)?.block || (name === 'timeouts' && emitter?.isBlock);
      const type = this.memberType(note, emitter);
      if (isBlock) blocks[name] = this.nestedBlock(name, type, emitter, note);
      else attributes[name] = this.attribute(type, emitter, note);
    }
    const block = {};
    if (Object.keys(attributes).length) block.attributes = attributes;
    if (Object.keys(blocks).length) block.block_types = blocks;
    return block;
  }

  notesFromEmitters(emitters, declared) {
    const notes = new Map();
    for (const name of emitters?.keys() ?? []) {
      const optional = declared.get(name)?.optional ?? true;
      notes.set(name, { computed: false, optional, required: !optional, code: '' });
    }
    return notes;
  }

  // A Terraform type, {className, isSet} of what is read, or {emitter} where only the emitter knows.
  memberType(note, emitter) {
    const read = note.code ? this.readType(note.code) : null;
    if (read && !read.declared && read !== 'dynamic') return read;
    if (emitter?.isBlock) return { emitter };
    if (emitter) {
      const written = WRITTEN_TYPES[emitter.storage] ?? 'dynamic';
      return emitter.type === 'set' ? withKind(written, 'set') : written;
    }
    return read?.declared ? this.declaredType(read.declared) : (read ?? 'dynamic');
  }

  readType(code) {
    const returned = code.match(/return ([^\n]*);\n/)?.[1] ?? '';
    const getter = GETTERS.find(([call]) => returned.includes(call));
    if (getter) return returned.includes('Fn.tolist(') ? withKind(getter[1], 'set') : getter[1];
    const made = code.match(/= new (?:cdktf\.)?(\w+)\(this, "[^"]*"(?:, (true|false))?\)/);
    if (made) {
      const helper = HELPER_CLASSES[made[1]];
      const isSet = made[2] === 'true';
      if (helper) return helper[0] === 'list' && isSet ? withKind(helper, 'set') : helper;
      return { className: made[1], isSet };
    }
    const declared = code.match(/private _\w+\?: ([^;]+);/);
    return declared ? { declared: declared[1].trim() } : 'dynamic';
  }

  declaredType(text) {
    const bare = text.replace(/\s*\|\s*cdktf\.IResolvable/g, '').replace(/[()]/g, '').trim();
    if (WRITTEN_TYPES[bare]) return WRITTEN_TYPES[bare];
    if (bare.endsWith('[]')) return ['list', this.declaredType(bare.slice(0, -2))];
    const map = bare.match(/^\{ \[key: string\]: (.*) \}$/);
    return map ? ['map', this.declaredType(map[1])] : 'dynamic';
  }

  // Which class a nested member is of and how many of it there are: mode single | one | many | map.
  resolve(type, emitter) {
    const target = type.className ? this.resolveRead(type, emitter) : this.resolveWritten(type.emitter);
    if (emitter?.type === 'set') target.isSet = true;
    else if (emitter?.type === 'list') target.isSet = false;
    else if (emitter?.type === 'map') target.mode = 'map';
    const interfaceName = target.className.replace(/OutputReference$/, '');
    const emitters = this.emitters.get(`${lowerFirst(interfaceName)}ToHclTerraform`);
    return { ...target, interfaceName, emitters };
  }

  resolveRead({ className, isSet }, emitter) {
    const collection = this.collections.get(className);
    if (collection) return { className: collection.element, mode: collection.isMap ? 'map' : 'many', isSet };
    if (emitter) return { className, mode: emitter.type === 'struct' ? 'single' : 'one', isSet: false };
    const made = this.classes
      .get(className)
      ?.body.match(/super\(terraformResource, terraformAttribute, (true|false)(, 0)?\)/);
    return { className, mode: made && !made[2] ? 'single' : 'one', isSet: made?.[1] === 'true' };
  }

  resolveWritten(emitter) {
    const stem = emitter.value.match(/(\w+)ToHclTerraform/)[1];
    const isMany = /^cdktf\.(listMapperHcl|hashMapperHcl)/.test(emitter.value);
    const mode = emitter.type === 'struct' ? 'single' : isMany ? 'many' : 'one';
    return { className: `${upperFirst(stem)}OutputReference`, mode, isSet: false };
  }

  nestedBlock(name, type, emitter, note) {
    if (typeof type === 'string') {
      this.opaque.add(name);
      return { nesting_mode: 'list', max_items: 1, block: {}, ...(note.required ? { min_items: 1 } : {}) };
    }
    const target = this.resolve(type, emitter);
    const nesting = { single: 'single', map: 'map' }[target.mode] ?? (target.isSet ? 'set' : 'list');
    const nested = {
      nesting_mode: nesting,
      block: this.block(target.className, target.interfaceName, target.emitters),
    };
    if (note.required && nesting !== 'single') nested.min_items = 1;
    if (target.mode === 'one') nested.max_items = 1;
    return nested;
  }

  attribute(type, emitter, note) {
    if (Array.isArray(type) && emitter?.type === 'set' && type[0] === 'list') type = withKind(type, 'set');
    if (Array.isArray(type) && emitter?.type === 'list' && type[0] === 'set') type = withKind(type, 'list');
    const isType = Array.isArray(type) || typeof type === 'string';
    const attribute = { type: isType ? type : this.objectType(type, emitter) };
    for (const flag of ['required', 'optional', 'computed']) if (note[flag]) attribute[flag] = true;
    return attribute;
  }

  objectType(type, emitter) {
    const target = this.resolve(type, emitter);
    const { attributes = {}, block_types = {} } = this.block(
      target.className,
      target.interfaceName,
      target.emitters,
    );
    const fields = {};
    for (const [name, attribute] of Object.entries(attributes)) fields[name] = attribute.type;
    for (const [name, nested] of Object.entries(block_types)) {
      const inner = Object.entries(nested.block.attributes ?? {}).map(([key, value]) => [key, value.type]);
      const kind = nested.nesting_mode === 'single' ? 'list' : nested.nesting_mode;
      fields[name] = [kind, ['object', Object.fromEntries(inner)]];
    }
    const object = ['object', fields];
    if (target.mode === 'single') return object;
    return [target.mode === 'map' ? 'map' : target.isSet ? 'set' : 'list', object];
  }
}

const KINDS = { TerraformResource: 'resource', TerraformDataSource: 'data', TerraformProvider: 'provider' };

// The schema of an unpacked package: {name, version, provider: {type: {block, opaque}}, resource: {…}, data: {…}}.
export function readBindings(packageFolder) {
  const schema = { name: '', version: '', provider: {}, resource: {}, data: {}, ephemeral: {} };
  const lib = path.join(packageFolder, 'lib');
  const folders = fs.readdirSync(lib, { withFileTypes: true }).filter(entry => entry.isDirectory());
  for (const folder of folders.map(entry => entry.name).sort()) {
    const unit = new Unit(path.join(lib, folder));
    for (const [className, { head, body, emitters }] of unit.classes) {
      const kind = KINDS[head.match(/extends cdktf\.(\w+)\b/)?.[1]];
      if (!kind) continue;
      const type = body.match(/static readonly tfResourceType = "(\w+)"/)[1];
      schema.version = body.match(/providerVersion: '([^']+)'/)?.[1] ?? schema.version;
      unit.opaque.clear();
      const block = unit.block(className, `${className}Config`, emitters);
      if (kind === 'provider') {
        schema.name = type;
        delete block.attributes?.alias;
        for (const attribute of Object.values(block.attributes ?? {})) delete attribute.computed;
      }
      schema[kind][type] = { block, opaque: [...unit.opaque] };
    }
  }
  return schema;
}
