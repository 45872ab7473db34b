#include "base/str.h"
#include <stdio.h>

bool str_eq_ignoring_case(Str a, Str b) {
  if (a.len != b.len) return false;
  for (size_t i = 0; i < a.len; i++)
    if (ascii_lower(a.at[i]) != ascii_lower(b.at[i])) return false;
  return true;
}

Str str_of(const char *text) {
  return (Str){text ? text : "", text ? strlen(text) : 0};
}

int str_cmp(Str a, Str b) {
  size_t n = a.len < b.len ? a.len : b.len;
  int order = n ? memcmp(a.at, b.at, n) : 0;
  return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(Str s, Str prefix) {
  return s.len >= prefix.len && str_eq((Str){s.at, prefix.len}, prefix);
}

bool str_ends(Str s, Str suffix) {
  return s.len >= suffix.len && str_eq((Str){s.at + s.len - suffix.len, suffix.len}, suffix);
}

size_t str_find(Str s, Str part, size_t from) {
  if (part.len == 0) return from < s.len ? from : s.len;
  while (from + part.len <= s.len) {
    const char *hit = memchr(s.at + from, part.at[0], s.len - part.len - from + 1);
    if (!hit) break;
    if (memcmp(hit, part.at, part.len) == 0) return (size_t)(hit - s.at);
    from = (size_t)(hit - s.at) + 1;
  }
  return s.len;
}

Str str_slice(Str s, size_t from, size_t to) {
  if (to > s.len) to = s.len;
  if (from > to) from = to;
  return (Str){s.at ? s.at + from : NULL, to - from};
}

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Str str_trim(Str s) {
  while (s.len && is_space(s.at[0])) s.at++, s.len--;
  while (s.len && is_space(s.at[s.len - 1])) s.len--;
  return s;
}

Str str_cut(Str s, char mark, Str *rest) {
  const char *hit = s.len ? memchr(s.at, mark, s.len) : NULL;
  size_t before = hit ? (size_t)(hit - s.at) : s.len;
  *rest = str_slice(s, hit ? before + 1 : s.len, s.len);
  return (Str){s.at, before};
}

char *str_z(Arena *arena, Str s) {
  char *copy = arena_raw(arena, s.len + 1);
  if (s.len) memcpy(copy, s.at, s.len);
  copy[s.len] = 0;
  return copy;
}

Str str_dup(Arena *arena, Str s) {
  return (Str){str_z(arena, s), s.len};
}

Str str_vfmt(Arena *arena, const char *format, va_list args) {
  char most[256]; // of what is long, only the length is found out first
  va_list again;
  va_copy(again, args);
  int made = vsnprintf(most, sizeof most, format, args);
  size_t len = made > 0 ? (size_t)made : 0;
  char *text = arena_raw(arena, len + 1);
  if (len < sizeof most)
    memcpy(text, most, len + 1);
  else
    vsnprintf(text, len + 1, format, again);
  va_end(again);
  return (Str){text, len};
}

Str str_fmt(Arena *arena, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str text = str_vfmt(arena, format, args);
  va_end(args);
  return text;
}

uint64_t str_hash(Str s) {
  uint64_t hash = 0x9E3779B97F4A7C15u ^ s.len;
  const char *at = s.at;
  size_t left = s.len;
  for (; left >= 8; at += 8, left -= 8) {
    uint64_t word;
    memcpy(&word, at, 8);
    hash = (hash ^ word) * 0xFF51AFD7ED558CCDu;
    hash ^= hash >> 32;
  }
  uint64_t word = 0;
  if (left) memcpy(&word, at, left);
  hash = (hash ^ word) * 0xC4CEB9FE1A85EC53u;
  return hash ^ (hash >> 29);
}

enum { DISTANCE_MAX = 64 };

size_t str_distance(Str a, Str b, size_t most) {
  if (a.len > DISTANCE_MAX || b.len > DISTANCE_MAX) return str_eq(a, b) ? 0 : most + 1;
  size_t row[3][DISTANCE_MAX + 1] = {{0}};
  for (size_t j = 0; j <= b.len; j++) row[0][j] = j;
  for (size_t i = 1; i <= a.len; i++) {
    size_t *now = row[i % 3], *before = row[(i + 2) % 3], *older = row[(i + 1) % 3];
    now[0] = i;
    for (size_t j = 1; j <= b.len; j++) {
      size_t best = before[j - 1] + (a.at[i - 1] != b.at[j - 1]);
      if (before[j] + 1 < best) best = before[j] + 1;
      if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
      bool swapped = i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1];
      if (swapped && older[j - 2] + 1 < best) best = older[j - 2] + 1;
      now[j] = best;
    }
  }
  size_t distance = row[a.len % 3][b.len];
  return distance > most ? most + 1 : distance;
}

Str str_lower(Arena *arena, Str s) {
  char *made = arena_raw(arena, s.len);
  for (size_t i = 0; i < s.len; i++) made[i] = ascii_lower(s.at[i]);
  return (Str){made, s.len};
}

Str str_upper(Arena *arena, Str s) {
  char *made = arena_raw(arena, s.len);
  for (size_t i = 0; i < s.len; i++) made[i] = ascii_upper(s.at[i]);
  return (Str){made, s.len};
}

Nearest nearest_to(Str wanted) {
  return (Nearest){wanted, {NULL, 0}, wanted.len / 3 + 2};
}

static Str lower(Str s, char *buffer) {
  size_t len = s.len < DISTANCE_MAX ? s.len : DISTANCE_MAX;
  for (size_t i = 0; i < len; i++) buffer[i] = ascii_lower(s.at[i]);
  return (Str){buffer, len};
}

void nearest_offer(Nearest *nearest, Str candidate) {
  char a[DISTANCE_MAX], b[DISTANCE_MAX];
  size_t most = nearest->distance ? nearest->distance - 1 : 0;
  if (nearest->distance == 0) return;
  size_t distance = str_distance(lower(nearest->wanted, a), lower(candidate, b), most);
  if (distance <= most && distance < nearest->wanted.len) nearest->best = candidate, nearest->distance = distance;
  // One that it is the beginning of is as near as one that is far off, no nearer.
  bool begins = nearest->wanted.len >= 3 && candidate.len > nearest->wanted.len &&
                str_eq(lower(nearest->wanted, a), lower(str_slice(candidate, 0, nearest->wanted.len), b));
  if (begins && !nearest->best.len) nearest->best = candidate;
}

Str nearest_best(const Nearest *nearest) {
  return nearest->best;
}

size_t str_search(Str name, size_t count, int (*order)(const void *with, Str name, size_t index), const void *with) {
  for (size_t low = 0, high = count; low < high;) {
    size_t middle = (low + high) / 2;
    int is = order(with, name, middle);
    if (is == 0) return middle;
    if (is < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return count;
}

bool str_same_letters(Str a, Str b) {
  size_t i = 0, j = 0;
  for (;;) {
    while (i < a.len && ascii_is_digit(a.at[i])) i++;
    while (j < b.len && ascii_is_digit(b.at[j])) j++;
    if (i == a.len || j == b.len) return i == a.len && j == b.len;
    if (a.at[i++] != b.at[j++]) return false;
  }
}
