#include "facts/table.h"
#include "base/embed.h"
#include <assert.h>

// A length of one byte, or 255 and four bytes; then the text.
Str facts_string(FactsAt place, uint32_t at) {
  const unsigned char *p = place.table + at;
  if (*p < 255) return (Str){(const char *)p + 1, *p};
  uint32_t length = (uint32_t)p[1] | (uint32_t)p[2] << 8 | (uint32_t)p[3] << 16 | (uint32_t)p[4] << 24;
  return (Str){(const char *)p + 5, length};
}

FactsAt facts_table(Str name, const char magic[4]) {
  Str bytes;
  bool found = embed_find(name, &bytes);
  assert(found && bytes.len > 4 && memcmp(bytes.at, magic, 4) == 0);
  if (!found) return (FactsAt){0};
  return (FactsAt){(const unsigned char *)bytes.at, 4};
}

size_t facts_search(FactsAt entries, size_t count, size_t stride, bool packed, Str name) {
  for (size_t low = 0, high = count; low < high;) {
    size_t middle = (low + high) / 2;
    uint32_t word = facts_word(entries, middle * stride);
    int order = str_cmp(name, facts_string(entries, packed ? facts_packed_at(word) : word));
    if (order == 0) return middle;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return count;
}
