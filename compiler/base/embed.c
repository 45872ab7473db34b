#include "base/embed.h"

// Written by CMake beside embed.S.
extern const EmbeddedFile embedded_files[];
extern const size_t embedded_count;

const EmbeddedFile *embed_list(size_t *count) {
  *count = embedded_count;
  return embedded_files;
}

bool embed_find(Str name, Str *text) {
  for (size_t low = 0, high = embedded_count; low < high;) {
    size_t middle = (low + high) / 2;
    const EmbeddedFile *file = &embedded_files[middle];
    int order = str_cmp(name, file->name);
    if (order == 0) {
      *text = (Str){file->start, (size_t)(file->end - file->start)};
      return true;
    }
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return false;
}
