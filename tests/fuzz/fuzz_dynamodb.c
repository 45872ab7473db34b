// Any bytes as a DynamoDB item.
#include "report/findings.h"
#include "validate/validate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena arena = {0};
  Sources sources = {.arena = &arena};
  Diags diags = {.arena = &arena};
  ValidateOptions options = {.key = {{S("id"), 'S'}, {S("n"), 'N'}}, .key_count = size % 3};
  uint32_t file = source_add(&sources, S("fuzz.json"), str_dup(&arena, (Str){(const char *)data, size}));
  validate_dynamodb_item(&diags, &sources, file, &options);
  Buf out = {.arena = &arena};
  findings_write(&out, &diags, &sources, size & 2 ? S("gitlab") : S("text"), false);
  arena_free(&arena);
  return 0;
}
