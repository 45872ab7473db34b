// Functions that take functions: $map, $filter, $single, $reduce, $each, $sift.
#include "jsonata/natives.h"

// What the function says of one item, its place and the whole; a number is made only for who asks for the place.
static Value ask(Engine *engine, Value function, Value item, uint32_t index, Value whole) {
  if (jsonata_function_arity(function) < 2) return jsonata_apply_some(engine, function, &item, 1);
  Value three[3] = {item, jsonata_new_number(engine, index), whole};
  return jsonata_apply_some(engine, function, three, 3);
}

NATIVE(map) {
  Value array = ARGUMENT(0), function = ARGUMENT(1);
  if (!array) return NULL;
  size_t base = engine->top;
  for (uint32_t i = 0; i < array->count; i++) {
    Value value = ask(engine, function, array->items[i], i, array);
    if (value) stack_push(engine, value);
  }
  return jsonata_stack_array(engine, base, SEQUENCE);
}

NATIVE(filter) {
  Value array = ARGUMENT(0), function = ARGUMENT(1);
  if (!array) return NULL;
  size_t base = engine->top;
  for (uint32_t i = 0; i < array->count; i++) {
    if (jsonata_truth(engine, ask(engine, function, array->items[i], i, array))) stack_push(engine, array->items[i]);
  }
  return jsonata_stack_array(engine, base, SEQUENCE);
}

NATIVE(single) {
  Value array = ARGUMENT(0), function = ARGUMENT(1), found = NULL;
  if (!array) return NULL;
  bool any = false;
  for (uint32_t i = 0; i < array->count; i++) {
    if (function && !jsonata_truth(engine, ask(engine, function, array->items[i], i, array))) continue;
    if (any) FAIL(engine, "D3138", .index = i);
    any = true;
    found = array->items[i];
  }
  if (!any) FAIL(engine, "D3139");
  return found;
}

NATIVE(reduce) {
  Value array = ARGUMENT(0), function = ARGUMENT(1), result = ARGUMENT(2);
  if (!array) return NULL;
  uint32_t arity = jsonata_function_arity(function), i = 0;
  if (arity < 2) FAIL(engine, "D3050", .index = 1);
  if (!result && array->count) result = array->items[i++];
  for (; i < array->count; i++) {
    Value four[4] = {result, array->items[i], arity >= 3 ? jsonata_new_number(engine, i) : NULL, array};
    size_t given = arity > 4 ? 4 : arity;
    result = jsonata_apply(engine, function, four, given, &JSON_THE_NULL, engine->frame);
  }
  return result;
}

static Value ask_member(Engine *engine, Value function, const JsonMember *member, Value object) {
  Value three[3] = {member->value, NULL, object};
  if (!is_function(function)) FAIL(engine, "T1006");
  if (jsonata_function_arity(function) >= 2) three[1] = jsonata_new_string(engine, member->key);
  return jsonata_apply_some(engine, function, three, 3);
}

NATIVE(each) {
  Value object = ARGUMENT(0), function = ARGUMENT(1);
  if (!object) return NULL;
  size_t base = engine->top;
  const JsonMember *members = jsonata_ordered_members(engine, object);
  for (uint32_t i = 0; i < object->count; i++) {
    Value value = ask_member(engine, function, &members[i], object);
    if (value) stack_push(engine, value);
  }
  return jsonata_stack_array(engine, base, SEQUENCE);
}

NATIVE(sift) {
  Value object = ARGUMENT(0), function = ARGUMENT(1);
  if (!object) return NULL;
  JsonMember *kept = engine_raw(engine, object->count * sizeof *kept);
  uint32_t count_kept = 0;
  const JsonMember *members = jsonata_ordered_members(engine, object);
  for (uint32_t i = 0; i < object->count; i++) {
    if (jsonata_truth(engine, ask_member(engine, function, &members[i], object))) kept[count_kept++] = members[i];
  }
  return count_kept ? jsonata_new_object(engine, kept, count_kept) : NULL;
}
