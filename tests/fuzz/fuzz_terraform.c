// Any bytes as the Terraform of a folder with a module in it: checking ends, and every finding lies in the text.
#include "validate/validate.h"
#include <stdlib.h>

static const char module_text[] = "variable \"a\" {\n  type = list(string)\n}\noutput \"b\" {\n  value = var.a[0]\n}\n";

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  Arena arena = {.limit = (size_t)1 << 30};
  Sources sources = {.arena = &arena};
  FileSet set = {.arena = &arena, .sources = &sources};
  Diags diags = {.arena = &arena};
  const FileKind *kind = file_kind_named(S("terraform"));
  file_set_add(&set, S("main.tf"), (Str){(const char *)bytes, size}, kind);
  file_set_add(&set, S("m/main.tf"), S(module_text), kind);
  validate_set(&diags, &set, &(ValidateOptions){0});
  for (size_t i = 0; i < diags.list.len; i++) {
    Span at = diags.list.at[i]->span;
    if (at.start > at.end || at.end > source_file(&sources, at.file)->text.len) abort();
  }
  arena_free(&arena);
  return 0;
}
