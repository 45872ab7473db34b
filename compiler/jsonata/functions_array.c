// $count, $append, $reverse, $sort, $shuffle, $distinct, $zip.
#include "jsonata/natives.h"
#include <math.h>

NATIVE(count) {
  return jsonata_new_number(engine, ARGUMENT(0) ? ARGUMENT(0)->count : 0);
}

NATIVE(append) {
  return jsonata_append(engine, ARGUMENT(0), ARGUMENT(1));
}

NATIVE(reverse) {
  Value array = ARGUMENT(0);
  if (!array || array->count <= 1) return array;
  const Json **items;
  Value reversed = jsonata_new_array(engine, array->count, 0, &items);
  for (uint32_t i = 0; i < array->count; i++) items[i] = array->items[array->count - 1 - i];
  return reversed;
}

// --- $sort

static bool greater_number(void *context, Value a, Value b) {
  (void)context;
  return a->number > b->number;
}

static bool greater_text(void *context, Value a, Value b) {
  (void)context;
  return jsonata_compare_text(json_str(a), json_str(b)) > 0;
}

typedef struct Comparator {
  Engine *engine;
  Value function;
} Comparator;

// What a comparator answers counts as ECMAScript counts: any object or array is true.
static bool asked(void *context, Value a, Value b) {
  const Comparator *comparator = context;
  Engine *engine = comparator->engine;
  Value both[2] = {a, b};
  Value answer = jsonata_apply(engine, comparator->function, both, 2, &JSON_THE_NULL, engine->frame);
  if (!answer || answer->kind == JSON_NULL || answer->kind == JSON_FALSE) return false;
  if (answer->kind == JSON_NUMBER) return answer->number != 0 && !isnan(answer->number);
  return answer->kind != JSON_STRING || answer->count > 0;
}

static bool all_of(Value array, int kind) {
  for (uint32_t i = 0; i < array->count; i++) {
    if (!array->items[i] || array->items[i]->kind != kind) return false;
  }
  return true;
}

NATIVE(sort) {
  Value array = ARGUMENT(0), function = ARGUMENT(1);
  if (!array || array->count <= 1) return array;
  bool numbers = !function && all_of(array, JSON_NUMBER);
  if (!function && !numbers && !all_of(array, JSON_STRING)) FAIL(engine, "D3070", .index = 1);
  const Json **items;
  Value sorted = jsonata_new_array(engine, array->count, 0, &items);
  memcpy(items, array->items, array->count * sizeof *items);
  Comparator comparator = {engine, function};
  jsonata_merge_sort(engine, items, array->count,
                     function  ? asked
                     : numbers ? greater_number
                               : greater_text,
                     &comparator);
  return sorted;
}

NATIVE(shuffle) {
  Value array = ARGUMENT(0);
  if (!array || array->count <= 1) return array;
  const Json **items;
  Value shuffled = jsonata_new_array(engine, array->count, 0, &items);
  for (uint32_t i = 0; i < array->count; i++) {
    uint32_t k = (uint32_t)(jsonata_random_unit(jsonata_random_bits(engine)) * (i + 1.0));
    items[i] = items[k];
    items[k] = array->items[i];
  }
  return shuffled;
}

// --- $distinct

static uint64_t mix(uint64_t a, uint64_t b) {
  a = (a ^ b) * 0x9E3779B97F4A7C15u;
  return a ^ a >> 29;
}

// Equal values have equal hashes.
static uint64_t deep_hash(Engine *engine, Value v) {
  if (!v) return 0;
  uint64_t hash = v->kind;
  switch (v->kind) {
  case JSON_NUMBER: {
    double number = v->number == 0 ? 0 : v->number;
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return mix(hash, bits);
  }
  case JSON_STRING: return mix(hash, str_hash(json_str(v)));
  case JSON_ARRAY:
    engine_tick(engine);
    for (uint32_t i = 0; i < v->count; i++) hash = mix(hash, deep_hash(engine, v->items[i]));
    return hash;
  case JSON_OBJECT:
    engine_tick(engine);
    for (uint32_t i = 0; i < v->count; i++) {
      hash += mix(str_hash(v->members[i].key), deep_hash(engine, v->members[i].value));
    }
    return hash;
  default: return hash;
  }
}

NATIVE(distinct) {
  Value array = ARGUMENT(0);
  if (!is_array(array) || array->count <= 1) return array;
  size_t base = engine->top, mask = 15;
  while (mask < array->count * 2u) mask = mask * 2 + 1;
  uint32_t *slots = engine_raw(engine, (mask + 1) * sizeof *slots);
  memset(slots, 0, (mask + 1) * sizeof *slots);
  for (uint32_t i = 0; i < array->count; i++) {
    Value item = array->items[i];
    engine_tick(engine);
    size_t slot = deep_hash(engine, item) & mask;
    while (slots[slot] && !jsonata_deep_equal(engine, engine->stack[base + slots[slot] - 1], item))
      slot = (slot + 1) & mask;
    if (slots[slot]) continue;
    stack_push(engine, item);
    slots[slot] = (uint32_t)(engine->top - base);
  }
  return jsonata_stack_array(engine, base, array->flags & SEQUENCE);
}

NATIVE(zip) {
  size_t shortest = count ? SIZE_MAX : 0;
  for (size_t i = 0; i < count; i++) {
    size_t length = is_array(arguments[i]) ? arguments[i]->count : 0;
    if (length < shortest) shortest = length;
  }
  const Json **rows;
  Value zipped = jsonata_new_array(engine, shortest, 0, &rows);
  for (size_t i = 0; i < shortest; i++) {
    const Json **row;
    engine_tick(engine);
    rows[i] = jsonata_new_array(engine, count, 0, &row);
    for (size_t k = 0; k < count; k++) row[k] = arguments[k]->items[i];
  }
  return zipped;
}
