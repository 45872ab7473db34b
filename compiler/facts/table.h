// The binary tables that travel in the program, read in place (written by distill/table.mjs, which has the format).
#pragma once
#include "base/str.h"

// A place in a table: the table's first byte and an offset. A zeroed place is no place.
typedef struct FactsAt {
  const unsigned char *table;
  uint32_t at;
} FactsAt;

// The 32-bit word number `index` of the record at `place`.
static inline uint32_t facts_word(FactsAt place, size_t index) {
  const unsigned char *p = place.table + place.at + 4 * index;
  return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

// The record at offset `at` of the table that `place` is in.
static inline FactsAt facts_go(FactsAt place, uint32_t at) {
  return (FactsAt){place.table, at};
}

// A word that packs a reference (upper 24 bits) and eight flag bits.
static inline uint32_t facts_packed_at(uint32_t word) {
  return word >> 8;
}
static inline unsigned facts_packed_bits(uint32_t word) {
  return word & 0xff;
}

// The string at offset `at` of the same table.
Str facts_string(FactsAt place, uint32_t at);

// The header of an embedded table ("facts/terraform.bin"); its words begin behind the four bytes of `magic`. A missing
// table or one of another format is our bug.
FactsAt facts_table(Str name, const char magic[4]);

// The index of `name` among `count` entries of `stride` words at `entries`, whose first word refers to their name and
// which are sorted by name; `count` when it is not there. `packed`: the first word carries flag bits.
size_t facts_search(FactsAt entries, size_t count, size_t stride, bool packed, Str name);
