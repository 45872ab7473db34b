#include "base/embed.h"

// Written by CMake beside embed.S.
extern const EmbeddedFile embedded_files[];
extern const size_t embedded_count;

const EmbeddedFile *embed_list(size_t *count) {
  *count = embedded_count;
  return embedded_files;
}

static int order_of_file(const void *with, Str name, size_t index) {
  (void)with;
  return str_cmp(name, embedded_files[index].name);
}

bool embed_find(Str name, Str *text) {
  size_t i = str_search(name, embedded_count, order_of_file, NULL);
  if (i == embedded_count) return false;
  *text = (Str){embedded_files[i].start, (size_t)(embedded_files[i].end - embedded_files[i].start)};
  return true;
}
