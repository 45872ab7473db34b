// Any bytes as a state machine: the validator ends with findings, in both workflow types.
#include "report/findings.h"
#include "validate/validate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena arena = {0};
  Sources sources = {.arena = &arena};
  Diags diags = {.arena = &arena};
  ValidateOptions options = {.express = size & 1};
  uint32_t file = source_add(&sources, S("fuzz.asl.json"), str_dup(&arena, (Str){(const char *)data, size}));
  validate_asl(&diags, &sources, file, &options);
  Buf out = {.arena = &arena};
  findings_write(&out, &diags, &sources, size & 2 ? S("sarif") : S("text"), false);
  arena_free(&arena);
  return 0;
}
