// Expressions, up to the first zero byte, applied to the JSON document behind it (or to one of our own), in both
// dialects and within small bounds. Whatever comes in must end in a value or an error.
#include "jsonata/jsonata.h"

static const char document[] =
    "{\"name\":\"Fred\",\"age\":33.5,\"none\":null,\"yes\":true,\"tags\":[\"a\",\"b\",[\"c\"]],\"1\":\"one\","
    "\"orders\":[{\"id\":1,\"lines\":[{\"sku\":\"x1\",\"price\":3.25,\"count\":2},{\"sku\":\"y2\",\"price\":10}]},"
    "{\"id\":2,\"lines\":{\"sku\":\"x1\",\"price\":0.1}},{\"id\":3,\"lines\":[]}],\"text\":\"h\\u00e9llo w\\u00f6rld "
    "2021-03-04\"}";

static void try_one(Str source, Str input, JsonataDialect dialect) {
  Arena arena = {0};
  JsonataError error;
  JsonError fault;
  uint64_t random = 1;
  const Jsonata *expression = jsonata_compile(&arena, source, dialect, &error);
  if (expression) {
    size_t uses;
    jsonata_uses(expression, &arena, &uses);
    JsonataRun run = {.arena = &arena, .now_ms = 1700000000000, .random = &random};
    run.limits = (JsonataLimits){.steps = 100000, .depth = 500, .memory = 64 << 20};
    run.input = json_read(&arena, input, 0, &fault);
    const Json *result;
    if (jsonata_run(expression, &run, &result, &error) && result) json_text(&arena, result, 0);
  }
  arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > 16384) return 0;
  Str all = {(const char *)data, size}, input;
  Str source = str_cut(all, 0, &input);
  if (input.len == 0) input = S(document);
  try_one(source, input, JSONATA_FULL);
  try_one(source, input, JSONATA_STEP_FUNCTIONS);
  return 0;
}
