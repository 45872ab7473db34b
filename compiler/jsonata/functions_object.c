// Objects and types: $keys, $lookup, $spread, $merge, $exists, $type, $boolean, $not, $error, $assert, $clone.
#include "base/map.h"
#include "jsonata/natives.h"
#include <math.h>

static void collect_keys(Engine *engine, Value value, Map *seen, bool merge) {
  if (is_array(value)) {
    engine_tick(engine);
    for (uint32_t i = 0; i < value->count; i++) collect_keys(engine, value->items[i], seen, true);
    return;
  }
  if (!json_is(value, JSON_OBJECT)) return;
  const JsonMember *members = jsonata_ordered_members(engine, value);
  for (uint32_t i = 0; i < value->count; i++) {
    if (merge && map_set(seen, members[i].key, seen)) continue;
    stack_push(engine, jsonata_new_string(engine, members[i].key));
  }
}

NATIVE(keys) {
  size_t base = engine->top;
  Map seen = {.arena = engine->arena};
  collect_keys(engine, ARGUMENT(0), &seen, false);
  return jsonata_stack_array(engine, base, SEQUENCE);
}

static Value look_up(Engine *engine, Value value, Str key) {
  if (!is_array(value)) return json_get(value, key);
  size_t base = engine->top;
  engine_tick(engine);
  for (uint32_t i = 0; i < value->count; i++) {
    Value found = look_up(engine, value->items[i], key);
    if (is_array(found))
      for (uint32_t k = 0; k < found->count; k++) stack_push(engine, found->items[k]);
    else if (found)
      stack_push(engine, found);
  }
  return jsonata_stack_array(engine, base, SEQUENCE);
}

NATIVE(lookup) {
  Value key = ARGUMENT(1);
  return key ? look_up(engine, ARGUMENT(0), json_str(key)) : NULL;
}

static void spread(Engine *engine, Value value) {
  if (is_array(value)) {
    engine_tick(engine);
    for (uint32_t i = 0; i < value->count; i++) spread(engine, value->items[i]);
    return;
  }
  if (!json_is(value, JSON_OBJECT)) {
    if (value) stack_push(engine, value);
    return;
  }
  const JsonMember *members = jsonata_ordered_members(engine, value);
  for (uint32_t i = 0; i < value->count; i++) stack_push(engine, jsonata_new_object(engine, &members[i], 1));
}

NATIVE(spread) {
  Value value = ARGUMENT(0);
  if (!is_array(value) && !json_is(value, JSON_OBJECT)) return value;
  size_t base = engine->top;
  spread(engine, value);
  bool some = is_array(value) && value->count; // what is put together of an array's items is an array
  return jsonata_stack_array(engine, base, some ? 0 : SEQUENCE);
}

NATIVE(merge) {
  Value objects = ARGUMENT(0);
  if (!objects) return NULL;
  size_t room = 0, made = 0;
  for (uint32_t i = 0; i < objects->count; i++) room += objects->items[i]->count;
  JsonMember *members = engine_raw(engine, room * sizeof *members);
  Map places = {.arena = engine->arena};
  for (uint32_t i = 0; i < objects->count; i++) {
    Value object = objects->items[i];
    for (uint32_t k = 0; k < object->count; k++) {
      const JsonMember *member = &object->members[k];
      JsonMember *known = map_get(&places, member->key);
      if (!known) {
        map_set(&places, member->key, &members[made]);
        known = &members[made++];
      }
      *known = (JsonMember){member->key, member->value, JSON_NOWHERE};
    }
  }
  return jsonata_new_object(engine, members, made);
}

NATIVE(exists) {
  (void)engine;
  return json_bool(ARGUMENT(0) != NULL);
}

NATIVE(type) {
  static const Str names[] = {
      [JSON_NULL] = STR_INIT("null"),     [JSON_FALSE] = STR_INIT("boolean"),     [JSON_TRUE] = STR_INIT("boolean"),
      [JSON_NUMBER] = STR_INIT("number"), [JSON_STRING] = STR_INIT("string"),     [JSON_ARRAY] = STR_INIT("array"),
      [JSON_OBJECT] = STR_INIT("object"), [KIND_FUNCTION] = STR_INIT("function"),
  };
  Value value = ARGUMENT(0);
  if (!value) return NULL;
  return jsonata_new_string(engine, value->kind <= KIND_FUNCTION ? names[value->kind] : S("object"));
}

NATIVE(boolean) {
  return ARGUMENT(0) ? json_bool(jsonata_truth(engine, ARGUMENT(0))) : NULL;
}

NATIVE(negation) {
  return ARGUMENT(0) ? json_bool(!jsonata_truth(engine, ARGUMENT(0))) : NULL;
}

NATIVE(error) {
  Value text = ARGUMENT(0);
  FAIL(engine, "D3137", .text = text && text->count ? json_str(text) : S("$error() function evaluated"));
}

NATIVE(assert) {
  Value text = ARGUMENT(1);
  if (json_is(ARGUMENT(0), JSON_TRUE)) return NULL;
  FAIL(engine, "D3141", .text = text && text->count ? json_str(text) : S("$assert() statement failed"));
}

// --- $clone: the value as JSON would carry it (functions become "", numbers have 15 digits)

static Value clone(Engine *engine, Value value) {
  if ((char *)__builtin_frame_address(0) < engine->floor) FAIL(engine, "U1001");
  engine_tick(engine);
  switch (value ? value->kind : JSON_NULL) {
  case JSON_FALSE:
  case JSON_TRUE:
  case JSON_STRING: return value;
  case JSON_NUMBER: {
    if (!jsonata_is_number(engine, value)) return &JSON_THE_NULL;
    double rounded = value->number == floor(value->number) ? value->number : jsonata_round_to_15(value->number);
    return rounded == value->number ? value : jsonata_new_number(engine, rounded);
  }
  case JSON_ARRAY: {
    const Json **items;
    Value copy = jsonata_new_array(engine, value->count, 0, &items);
    for (uint32_t i = 0; i < value->count; i++) items[i] = clone(engine, value->items[i]);
    return copy;
  }
  case JSON_OBJECT: {
    JsonMember *members = engine_raw(engine, value->count * sizeof *members);
    for (uint32_t i = 0; i < value->count; i++) {
      members[i] = (JsonMember){value->members[i].key, clone(engine, value->members[i].value), JSON_NOWHERE};
    }
    return jsonata_new_object(engine, members, value->count);
  }
  case KIND_FUNCTION: return jsonata_new_string(engine, S(""));
  default: return &JSON_THE_NULL;
  }
}

NATIVE(clone) {
  Value value = ARGUMENT(0);
  if (is_array(value) && (value->flags & OUTER) && value->count) value = value->items[0];
  return value ? clone(engine, value) : NULL;
}
