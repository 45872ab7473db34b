// What AWS Step Functions adds: $parse, $partition, $range, $hash, $random(seed), $uuid.
#include "base/digest.h"
#include "jsonata/natives.h"
#include <math.h>
#include <stdio.h>

// A JSON value in its own right: computed, so that numbers are written as JSONata writes them.
static Value without_text(Engine *engine, Value value) {
  engine_tick(engine);
  if (value->kind == JSON_NUMBER) return jsonata_new_number(engine, value->number == 0 ? 0 : value->number);
  for (uint32_t i = 0; value->kind == JSON_ARRAY && i < value->count; i++) {
    value->items[i] = without_text(engine, value->items[i]);
  }
  JsonMember *members = value->kind == JSON_OBJECT ? (JsonMember *)(uintptr_t)value->members : NULL;
  for (uint32_t i = 0; members && i < value->count; i++) members[i].value = without_text(engine, members[i].value);
  return value;
}

NATIVE(parse) {
  Value text = ARGUMENT(0);
  if (!text) return NULL;
  JsonError error;
  Value value = json_read(engine->arena, json_str(text), 0, &error);
  if (!value) FAIL(engine, "D3137", .text = str_fmt(engine->arena, "$parse(): %s at offset %u", error.what, error.at));
  return without_text(engine, value);
}

NATIVE(partition) {
  Value array = ARGUMENT(0), size = ARGUMENT(1);
  if (!array) return NULL;
  if (!size || !(size->number >= 1)) FAIL(engine, "D3137", .text = S("$partition(): the chunk size must be positive"));
  double most = floor(size->number);
  uint32_t step = most < array->count ? (uint32_t)most : array->count;
  size_t chunks = step ? (array->count + step - 1) / step : 0;
  const Json **list;
  Value result = jsonata_new_array(engine, chunks, 0, &list);
  for (size_t i = 0; i < chunks; i++) {
    size_t from = i * step, length = array->count - from < step ? array->count - from : step;
    const Json **items;
    list[i] = jsonata_new_array(engine, length, 0, &items);
    memcpy(items, array->items + from, length * sizeof *items);
  }
  return result;
}

NATIVE(range) {
  Value first = ARGUMENT(0), last = ARGUMENT(1), step = ARGUMENT(2);
  if (!first || !last || !step) return NULL;
  if (step->number == 0) FAIL(engine, "D3137", .text = S("$range(): the step must not be zero"));
  double size = floor((last->number - first->number) / step->number) + 1;
  if (!(size <= 1e7)) FAIL(engine, "D2014", .value = jsonata_new_number(engine, size));
  if (!(size >= 1)) return &JSONATA_EMPTY_SEQUENCE;
  const Json **items;
  Value result = jsonata_new_array(engine, (size_t)size, SEQUENCE, &items);
  for (size_t i = 0; i < result->count; i++)
    items[i] = jsonata_new_number(engine, first->number + (double)i * step->number);
  return result;
}

NATIVE(hash) {
  Value text = ARGUMENT(0), algorithm = ARGUMENT(1);
  if (!text) return NULL;
  unsigned char bytes[DIGEST_MOST];
  size_t length = algorithm ? digest(json_str(algorithm), json_str(text), bytes) : 0;
  if (!length)
    FAIL(engine, "D3137", .text = S("$hash(): the algorithm must be MD5, SHA-1, SHA-256, SHA-384 or SHA-512"));
  Buf out = {.arena = engine->arena};
  buf_hex(&out, bytes, length);
  return jsonata_finish_string(engine, &out);
}

// With a seed always the same number for the same seed.
NATIVE(random_seeded) {
  Value seed = ARGUMENT(0);
  if (!seed) return jsonata_native_random(engine, arguments, count);
  uint64_t state;
  memcpy(&state, &seed->number, sizeof state);
  return jsonata_new_number(engine, jsonata_random_unit(jsonata_random_next(&state)));
}

// RFC 9562, version 4.
NATIVE(uuid) {
  (void)arguments, (void)count;
  uint64_t high = jsonata_random_bits(engine), low = jsonata_random_bits(engine);
  high = (high & ~0xF000ull) | 0x4000;
  low = (low & ~(3ull << 62)) | 2ull << 62;
  Str text =
      str_fmt(engine->arena, "%08x-%04x-%04x-%04x-%012llx", (unsigned)(high >> 32), (unsigned)(high >> 16 & 0xFFFF),
              (unsigned)(high & 0xFFFF), (unsigned)(low >> 48), (unsigned long long)(low & 0xFFFFFFFFFFFFull));
  return jsonata_new_string(engine, text);
}
