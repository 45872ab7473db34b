// Files that travel inside the binary: templates/ and the fact tables.
#pragma once
#include "base/str.h"

typedef struct EmbeddedFile {
  Str name; // "std/lambda.mlops", "explain/language.txt", "facts/api.bin"
  const char *start, *end;
} EmbeddedFile;

// The text of an embedded file; false when there is none of that name.
bool embed_find(Str name, Str *text);
// All of them, sorted by name.
const EmbeddedFile *embed_list(size_t *count);
