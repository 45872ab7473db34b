// Any bytes: the HCL reader ends, its findings lie in the text, and what it accepts the formatter formats to a fixed
// point that the reader accepts too.
#include "data/hcl_write.h"
#include <stdlib.h>

static void check(bool truth) {
  if (!truth) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  Arena arena = {.limit = (size_t)1 << 30};
  Sources sources = {.arena = &arena};
  Diags diags = {.arena = &arena};
  Str text = {(const char *)bytes, size}, once, twice;
  uint32_t file = source_add(&sources, S("fuzz.tf"), text);
  const HclBody *body = hcl_read(&arena, &diags, &sources, file);
  for (size_t i = 0; i < diags.list.len; i++) {
    Span at = diags.list.at[i]->span;
    check(at.file == file && at.start <= at.end && at.end <= size);
  }
  bool good = hcl_format(&arena, text, &once);
  check(good == !diags_failed(&diags));
  if (good) {
    check(hcl_format(&arena, once, &twice));
    check(hcl_format(&arena, hcl_print(&arena, body), &twice));
  }
  arena_free(&arena);
  return 0;
}
