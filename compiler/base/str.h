// Strings: pointer and length into the source or an arena; never NUL-terminated by contract.
#pragma once
#include "base/arena.h"
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

typedef struct Str {
  const char *at;
  size_t len;
} Str;

// A literal as a Str, usable in expressions and (STR_INIT) in static tables.
#define S(literal) ((Str){(literal), sizeof(literal) - 1})
#define STR_INIT(literal)                                                                                              \
  { (literal), sizeof(literal) - 1 }
// For printf: printf("%.*s", STR_ARG(s)).
#define STR_ARG(s) (int)(s).len, (s).at

static inline bool str_eq(Str a, Str b) {
  return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

// Characters of ASCII, whatever the locale.
static inline bool ascii_is_digit(char c) {
  return c >= '0' && c <= '9';
}
static inline bool ascii_is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
static inline bool ascii_is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
static inline bool ascii_is_letter(char c) {
  return ascii_is_upper(c) || ascii_is_lower(c);
}
static inline bool ascii_is_alnum(char c) {
  return ascii_is_letter(c) || ascii_is_digit(c);
}
// What names are made of: letters, digits and _.
static inline bool ascii_is_word(char c) {
  return ascii_is_alnum(c) || c == '_';
}
static inline char ascii_lower(char c) {
  return ascii_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}
static inline char ascii_upper(char c) {
  return ascii_is_lower(c) ? (char)(c - 'a' + 'A') : c;
}
// Equal but for the case of ASCII letters.
bool str_eq_ignoring_case(Str a, Str b);
// The Str of a NUL-terminated string (not copied); NULL gives the empty one.
Str str_of(const char *text);
// <0, 0, >0 by bytes.
int str_cmp(Str a, Str b);
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
// The index of the first `part` in `s` at or after `from`, or s.len when there is none.
size_t str_find(Str s, Str part, size_t from);
static inline bool str_has(Str s, Str part) {
  return part.len == 0 || str_find(s, part, 0) < s.len;
}
// s[from..to), clamped.
Str str_slice(Str s, size_t from, size_t to);
// Without white space at both ends.
Str str_trim(Str s);
// Cuts `s` at the first `mark`: returns what is before it and leaves in *rest what is behind (both whole/empty if
// absent).
Str str_cut(Str s, char mark, Str *rest);
// Copies with ASCII letters in lower or upper case.
Str str_lower(Arena *arena, Str s);
Str str_upper(Arena *arena, Str s);
// Copies into the arena (with a NUL behind, not counted).
Str str_dup(Arena *arena, Str s);
// A NUL-terminated copy.
char *str_z(Arena *arena, Str s);
// printf into the arena.
Str str_fmt(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
Str str_vfmt(Arena *arena, const char *format, va_list args);
// 64-bit hash.
uint64_t str_hash(Str s);
// Damerau-Levenshtein distance, at most `most` (greater distances give most + 1).
size_t str_distance(Str a, Str b, size_t most);

// Whether two names differ in digits alone: another version of the same, no slip of the pen.
bool str_same_letters(Str a, Str b);

// "Did you mean": offers candidates one by one and keeps the nearest that is near enough.
typedef struct Nearest {
  Str wanted, best;
  size_t distance; // of best
} Nearest;
// Begins with no candidate; one that is offered is kept (not copied) if it is nearer than all before.
Nearest nearest_to(Str wanted);
void nearest_offer(Nearest *nearest, Str candidate);
// The best candidate, or an empty Str.
Str nearest_best(const Nearest *nearest);

// The index of `name` among `count` entries in order; `count` when it is not there. `order` compares `name` with the
// entry `index` as str_cmp does; `with` is handed on to it.
size_t str_search(Str name, size_t count, int (*order)(const void *with, Str name, size_t index), const void *with);
