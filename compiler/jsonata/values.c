// Values the engine makes: numbers, strings, arrays, objects, functions; sequences; equality and truth.
//
// Text and arrays that are built up one piece after another ($acc & "x", $append($acc, $x)) grow in place: such a value
// carries the flag ROOM and has a Room in front of its bytes. Whoever holds the value sees only its own length; the
// next piece goes behind it if nobody else has put something there.
#include "jsonata/engine.h"
#include <math.h>
#include <stdlib.h>

typedef struct Room {
  size_t used, room; // bytes
} Room;

const Json JSONATA_MARK_UNBOUND = {.kind = KIND_MARK}, JSONATA_MARK_TAIL = {.kind = KIND_MARK},
           JSONATA_MARK_PLACEHOLDER = {.kind = KIND_MARK};
const Json JSONATA_EMPTY_SEQUENCE = {.kind = JSON_ARRAY, .flags = SEQUENCE, .at = JSON_NOWHERE, .end = JSON_NOWHERE};

void *jsonata_engine_large(Engine *engine, size_t size) {
  if (size > engine->memory_most || engine->arena->total + size > engine->memory_most) FAIL(engine, "D2015");
  return arena_raw(engine->arena, size);
}

void jsonata_engine_tick_slow(Engine *engine) {
  enum { TICKS = 1024 };
  engine->ticks = TICKS;
  if (engine->steps_left < TICKS) FAIL(engine, "D1012");
  engine->steps_left -= TICKS;
  if (engine->arena->total > engine->memory_most) FAIL(engine, "D2015");
}

static Json *made(Engine *engine, int kind, unsigned flags, size_t count) {
  Json *value = arena_raw(engine->arena, sizeof(Json));
  value->kind = (uint8_t)kind;
  value->flags = (uint8_t)flags;
  value->count = (uint32_t)count;
  value->at = value->end = JSON_NOWHERE;
  return value;
}

Value jsonata_new_number(Engine *engine, double number) {
  Json *value = made(engine, JSON_NUMBER, 0, 0);
  value->text = NULL;
  value->number = number;
  return value;
}

Value jsonata_new_string(Engine *engine, Str text) {
  if (text.len >= UINT32_MAX) FAIL(engine, "D2015");
  Json *value = made(engine, JSON_STRING, 0, text.len);
  value->text = text.at;
  return value;
}

Value jsonata_copy_string(Engine *engine, Str text) {
  char *at = engine_raw(engine, text.len);
  if (text.len) memcpy(at, text.at, text.len);
  return jsonata_new_string(engine, (Str){at, text.len});
}

Value jsonata_new_array(Engine *engine, size_t count, unsigned flags, const Json ***items) {
  if (count >= UINT32_MAX) FAIL(engine, "D2015");
  Json *value = engine_raw(engine, sizeof(Json) + count * sizeof(Json *));
  *value = (Json){.kind = JSON_ARRAY, .flags = (uint8_t)(flags | FRESH), .count = (uint32_t)count};
  value->at = value->end = JSON_NOWHERE;
  value->items = (const Json **)(void *)(value + 1);
  if (items) *items = value->items;
  return value;
}

Value jsonata_new_object(Engine *engine, const JsonMember *members, size_t count) {
  enum { INDEX_FROM = 17 };
  Json *value = made(engine, JSON_OBJECT, FRESH, count);
  value->members = members;
  value->index = NULL;
  if (count >= INDEX_FROM) {
    JsonMember *own = engine_raw(engine, count * sizeof *own);
    memcpy(own, members, count * sizeof *own);
    value->index = json_index(engine->arena, own, &value->count, false);
    value->members = own;
  }
  return value;
}

Function *jsonata_new_function(Engine *engine, FunctionKind kind, uint32_t arity) {
  Function *function = arena_alloc(engine->arena, sizeof(Function));
  function->head.kind = KIND_FUNCTION;
  function->kind = (uint8_t)kind;
  function->arity = arity;
  return function;
}

// --- Sequences

void jsonata_stack_grow(Engine *engine, size_t more) {
  size_t room = engine->room * 2;
  while (room < engine->top + more) room *= 2;
  if (room * sizeof(Value) > 65536 && engine->arena->total + room * sizeof(Value) > engine->memory_most) {
    FAIL(engine, "D2015");
  }
  engine->stack = arena_grow(engine->arena, engine->stack, engine->room * sizeof(Value), room * sizeof(Value));
  engine->room = room;
}

Value jsonata_stack_array(Engine *engine, size_t base, unsigned flags) {
  size_t count = engine->top - base;
  if (count == 0 && flags == SEQUENCE) return &JSONATA_EMPTY_SEQUENCE;
  const Json **items;
  Value array = jsonata_new_array(engine, count, flags, &items);
  memcpy(items, engine->stack + base, count * sizeof(Value));
  engine->top = base;
  return array;
}

Value jsonata_settle(Value v) {
  if (!is_sequence(v) || (v->flags & TUPLES)) return v;
  if (v->count == 0) return NULL;
  return v->count == 1 && !(v->flags & KEEP) ? v->items[0] : v;
}

// --- Growing in place

static void *with_room(Engine *engine, size_t used) {
  size_t room = used * 2;
  Room *head = engine_raw(engine, sizeof(Room) + room);
  *head = (Room){used, room};
  return head + 1;
}

static Room *room_of(const void *at) {
  return (Room *)((uintptr_t)at - sizeof(Room));
}

Value jsonata_append(Engine *engine, Value a, Value b) {
  if (!a) return b;
  if (!b) return a;
  size_t left = is_array(a) ? a->count : 1, right = is_array(b) ? b->count : 1, count = left + right;
  const Json *const *from = is_array(b) ? b->items : &b;
  const Json *const *before = is_array(a) ? a->items : &a;
  if (count >= UINT32_MAX / 2) FAIL(engine, "D2015");
  Json *value = made(engine, JSON_ARRAY, FRESH, count);
  value->index = NULL;
  size_t used = left * sizeof(Value), more = right * sizeof(Value);
  if (is_array(a) && (a->flags & ROOM) && room_of(a->items)->used == used && room_of(a->items)->room - used >= more) {
    value->items = a->items;
    room_of(a->items)->used += more;
  } else if (count * sizeof(Value) < ROOM_FROM) {
    value->items = engine_raw(engine, count * sizeof(Value));
    if (used) memcpy(value->items, before, used);
    if (more) memcpy(value->items + left, from, more);
    return value;
  } else {
    value->items = with_room(engine, used + more);
    if (used) memcpy(value->items, before, used);
  }
  if (more) memcpy(value->items + left, from, more);
  value->flags |= ROOM;
  return value;
}

Value jsonata_concat_text(Engine *engine, Value left, Str right) {
  size_t used = left->count, len = used + right.len;
  if (right.len == 0) return left;
  if ((left->flags & ROOM) && room_of(left->text)->used == used && room_of(left->text)->room - used >= right.len) {
    room_of(left->text)->used += right.len;
    memcpy((char *)(uintptr_t)left->text + used, right.at, right.len);
    Value grown = jsonata_new_string(engine, (Str){left->text, len});
    ((Json *)(uintptr_t)grown)->flags = ROOM;
    return grown;
  }
  char *at = len < ROOM_FROM ? engine_raw(engine, len) : with_room(engine, len);
  if (used) memcpy(at, left->text, used);
  memcpy(at + used, right.at, right.len);
  Value joined = jsonata_new_string(engine, (Str){at, len});
  if (len >= ROOM_FROM) ((Json *)(uintptr_t)joined)->flags = ROOM;
  return joined;
}

// --- Questions

bool jsonata_is_number(Engine *engine, Value v) {
  if (!v || v->kind != JSON_NUMBER || isnan(v->number)) return false;
  if (isinf(v->number)) FAIL(engine, "D1001", .value = v);
  return true;
}

bool jsonata_truth(Engine *engine, Value v) {
  if (!v) return false;
  switch (v->kind) {
  case JSON_TRUE: return true;
  case JSON_NUMBER: return jsonata_is_number(engine, v) && v->number != 0;
  case JSON_STRING:
  case JSON_OBJECT: return v->count > 0;
  case JSON_ARRAY:
    if (v->flags & TUPLES) return v->count > 0;
    engine_tick(engine);
    for (uint32_t i = 0; i < v->count; i++) {
      if (jsonata_truth(engine, v->items[i])) return true;
    }
    return false;
  default: return false;
  }
}

bool jsonata_deep_equal(Engine *engine, Value a, Value b) {
  if (a == b) return true;
  if (!a || !b || a->kind != b->kind) return false;
  switch (a->kind) {
  case JSON_NULL:
  case JSON_FALSE:
  case JSON_TRUE: return true;
  case JSON_NUMBER: return a->number == b->number;
  case JSON_STRING: return str_eq(json_str(a), json_str(b));
  case JSON_ARRAY:
    if (a->count != b->count) return false;
    engine_tick(engine);
    for (uint32_t i = 0; i < a->count; i++) {
      if (!jsonata_deep_equal(engine, a->items[i], b->items[i])) return false;
    }
    return true;
  case JSON_OBJECT:
    if (a->count != b->count) return false;
    engine_tick(engine);
    for (uint32_t i = 0; i < a->count; i++) {
      const JsonMember *other = json_member(b, a->members[i].key);
      if (!other || !jsonata_deep_equal(engine, a->members[i].value, other->value)) return false;
    }
    return true;
  default: return false;
  }
}

// --- Objects in the order of ECMAScript: keys that are array indexes first, by number; then the others as they came.

static bool array_index(Str key, uint32_t *index) {
  if (key.len == 0 || key.len > 10 || (key.at[0] == '0' && key.len > 1)) return false;
  uint64_t value = 0;
  for (size_t i = 0; i < key.len; i++) {
    if (!ascii_is_digit(key.at[i])) return false;
    value = value * 10 + (uint64_t)(key.at[i] - '0');
  }
  *index = (uint32_t)value;
  return value < UINT32_MAX;
}

static int by_index(const void *a, const void *b) {
  uint32_t left = 0, right = 0;
  array_index(((const JsonMember *)a)->key, &left);
  array_index(((const JsonMember *)b)->key, &right);
  return left < right ? -1 : left > right;
}

const JsonMember *jsonata_ordered_members(Engine *engine, Value object) {
  const JsonMember *members = object->members;
  uint32_t indexes = 0, index, last = 0, sorted = 0;
  for (uint32_t i = 0; i < object->count; i++) {
    if (!array_index(members[i].key, &index)) continue;
    if (indexes == i && (i == 0 || index > last)) sorted++;
    indexes++;
    last = index;
  }
  if (indexes == sorted) return members;
  JsonMember *order = engine_raw(engine, object->count * sizeof *order);
  uint32_t n = 0;
  for (uint32_t i = 0; i < object->count; i++) {
    if (array_index(members[i].key, &index)) order[n++] = members[i];
  }
  qsort(order, n, sizeof *order, by_index);
  for (uint32_t i = 0; i < object->count; i++) {
    if (!array_index(members[i].key, &index)) order[n++] = members[i];
  }
  return order;
}

// --- Leaving the engine

static Value leave(Engine *engine, Value v);

static void leave_items(Engine *engine, const Json **items, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    Value left = leave(engine, items[i]);
    items[i] = left ? left : &JSON_THE_NULL;
  }
}

static Value leave_array(Engine *engine, Value v) {
  if (v->flags & TUPLES) {
    for (uint32_t i = 0; i < v->count; i++) {
      const Frame *tuple = (const Frame *)(const void *)v->items[i];
      v->items[i] = tuple->slots[0];
    }
  }
  if (!(v->flags & FRESH)) return v->flags ? jsonata_new_array(engine, 0, 0, NULL) : v;
  ((Json *)(uintptr_t)v)->flags = 0;
  leave_items(engine, v->items, v->count);
  return v;
}

static Value leave(Engine *engine, Value v) {
  if (!v) return NULL;
  if ((char *)__builtin_frame_address(0) < engine->floor) FAIL(engine, "U1001");
  switch (v->kind) {
  case JSON_STRING:
    if (v->flags) ((Json *)(uintptr_t)v)->flags = 0;
    return v;
  case JSON_ARRAY: {
    Value array = leave_array(engine, v);
    if (array->flags & FRESH) ((Json *)(uintptr_t)array)->flags = 0;
    return array;
  }
  case JSON_OBJECT: {
    if (!(v->flags & FRESH)) return v;
    ((Json *)(uintptr_t)v)->flags = 0;
    JsonMember *members = (JsonMember *)(uintptr_t)v->members;
    for (uint32_t i = 0; i < v->count; i++) {
      Value left = leave(engine, members[i].value);
      members[i].value = left ? left : &JSON_THE_NULL;
    }
    return v;
  }
  case KIND_FUNCTION: return jsonata_new_string(engine, S(""));
  default: return v;
  }
}

Value jsonata_values_settle(Engine *engine, Value result) {
  if (is_array(result) && (result->flags & OUTER) && result->count) return leave(engine, result->items[0]);
  return leave(engine, result);
}
