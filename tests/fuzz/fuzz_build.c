// A spec of any bytes: it is compiled and emitted, or refused with findings; nothing is written.
#include "check/check.h"
#include "emit/emit.h"
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena arena = {.limit = 1u << 30};
  Sources sources = {.arena = &arena};
  Diags diags = {.arena = &arena};
  uint32_t file = source_add(&sources, S("fuzz.mlops"), str_dup(&arena, (Str){(const char *)data, size}));
  const Model *model = check_pipeline(&arena, &sources, file, &diags);
  Emission emission;
  if (model) emit_pipeline(&arena, model, &diags, &emission);
  Buf out = {.arena = &arena};
  diags_write_text(&out, &diags, &sources, false);
  arena_free(&arena);
  return 0;
}
