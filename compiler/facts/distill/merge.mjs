// Adds what newer models have to the shapes of older ones, in place: members, operations, values of enumerations.
import { byBytes } from './table.mjs';

// What is required stays as it was: the newer models are lax about it.
function mergeShape(older, newer, done) {
  if (older === newer || !newer || done.get(older) === newer || older.kind !== newer.kind) return;
  done.set(older, newer);
  if (older.kind === 'structure') mergeStructure(older, newer, done);
  else if (older.element) mergeShape(older.element, newer.element, done);
  else if (older.enums?.length) older.enums = [...new Set([...older.enums, ...newer.enums])];
}

function mergeStructure(older, newer, done) {
  const byName = new Map(older.members.map(member => [member.name, member]));
  for (const member of newer.members) {
    const mine = byName.get(member.name);
    if (!mine) older.members.push(member);
    else mergeShape(mine.shape, member.shape, done);
  }
  older.members.sort((a, b) => byBytes(a.name, b.name));
}

// `make` gives an operation in the form of the older ones.
export function mergeOperations(older, newer, make) {
  const done = new Map();
  const byName = new Map(older.map(operation => [operation.name, operation]));
  for (const operation of newer) {
    const mine = byName.get(operation.name);
    if (!mine) {
      older.push(make(operation));
      continue;
    }
    mergeShape(mine.input, operation.input, done);
    mergeShape(mine.output, operation.output, done);
    mine.errors = [...new Set([...mine.errors, ...operation.errors])].sort(byBytes);
  }
  return older.sort((a, b) => byBytes(a.action, b.action));
}
