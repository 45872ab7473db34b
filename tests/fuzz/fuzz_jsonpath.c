// JSONPath: the input's first line is the path, the rest the document. Whatever compiles is followed and, where it is a
// reference path, written to.
#include "run/intrinsics.h"
#include "run/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena arena = {0};
  Str rest, source = str_cut(str_dup(&arena, (Str){(const char *)data, size}), '\n', &rest), why;
  JsonError error;
  const Json *document = json_read(&arena, rest, 0, &error);
  if (!document) document = json_object(&arena, NULL, 0);
  Path path;
  uint32_t missing = 0;
  if (path_compile(&arena, source, &path, &why)) {
    const Json *found = path_get(&path, document, &arena, &missing);
    if (found) value_text(&arena, found);
    if (!found) path_miss(&arena, &path, missing);
    if (path_is_reference(&path)) path_put(&path, document, document, &arena, &missing);
  }
  const Intrinsic *call = intrinsic_compile(&arena, source, &why);
  uint64_t random = 1;
  Evaluation e = {.arena = &arena, .input = document, .random = &random};
  if (call) intrinsic_call(&e, call, S("f.$"));
  arena_free(&arena);
  return 0;
}
