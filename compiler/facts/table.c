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

// Tables are asked for thousands of times, by the same few literals: each is found once.
FactsAt facts_table(Str name, const char magic[4]) {
  enum { MOST = 8 };
  static struct {
    const char *name;
    FactsAt at;
  } found[MOST];
  size_t i = 0;
  while (i < MOST && found[i].name && found[i].name != name.at) i++;
  if (i < MOST && found[i].name) return found[i].at;
  Str bytes;
  bool known = embed_find(name, &bytes);
  assert(known && bytes.len > 4 && memcmp(bytes.at, magic, 4) == 0);
  FactsAt at = known ? (FactsAt){(const unsigned char *)bytes.at, 4} : (FactsAt){0};
  if (i < MOST) found[i].name = name.at, found[i].at = at;
  return at;
}

typedef struct Entries {
  FactsAt at;
  size_t stride;
  bool packed;
} Entries;

static int order_of_entry(const void *with, Str name, size_t index) {
  const Entries *entries = with;
  uint32_t word = facts_word(entries->at, index * entries->stride);
  return str_cmp(name, facts_string(entries->at, entries->packed ? facts_packed_at(word) : word));
}

size_t facts_search(FactsAt entries, size_t count, size_t stride, bool packed, Str name) {
  Entries sorted = {entries, stride, packed};
  return str_search(name, count, order_of_entry, &sorted);
}
