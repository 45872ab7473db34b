#include "cli/line_diff.h"

// Myers' greedy algorithm finds the shortest script; beyond EDITS_MOST edits the changed middle is shown as one block.
enum { CONTEXT = 3, EDITS_MOST = 1000 };

typedef struct Lines {
  Str *at;
  size_t len;
} Lines;

static Lines lines_of(Arena *arena, Str text) {
  VEC(Str) lines = {0};
  while (text.len) {
    const char *end = memchr(text.at, '\n', text.len);
    size_t length = end ? (size_t)(end - text.at) + 1 : text.len;
    VEC_PUSH(arena, &lines, str_slice(text, 0, length));
    text = str_slice(text, length, text.len);
  }
  return (Lines){lines.at, lines.len};
}

typedef struct Diff {
  Arena *arena;
  Lines a, b;
  bool *gone, *came; // which lines of a are removed, which of b are added
} Diff;

// Walks the saved furthest points back from the end and marks the edits.
static void mark_edits(Diff *d, long **rounds, long edits, long offset, long x, long y) {
  for (long e = edits; e > 0; e--) {
    const long *furthest = rounds[e - 1];
    long k = x - y;
    bool down = k == -e || (k != e && furthest[offset + k - 1] < furthest[offset + k + 1]);
    long from_x = furthest[offset + (down ? k + 1 : k - 1)];
    long from_y = from_x - (down ? k + 1 : k - 1);
    if (down)
      d->came[from_y] = true;
    else
      d->gone[from_x] = true;
    x = from_x;
    y = from_y;
  }
}

static bool shortest_script(Diff *d) {
  long n = (long)d->a.len, m = (long)d->b.len;
  long most = n + m < EDITS_MOST ? n + m : EDITS_MOST, offset = most + 1;
  size_t width = (size_t)(2 * offset + 1);
  long *furthest = NEW_N(d->arena, long, width);
  long **rounds = NEW_N(d->arena, long *, most + 1);
  for (long e = 0; e <= most; e++) {
    for (long k = -e; k <= e; k += 2) {
      bool down = k == -e || (k != e && furthest[offset + k - 1] < furthest[offset + k + 1]);
      long x = e == 0 ? 0 : down ? furthest[offset + k + 1] : furthest[offset + k - 1] + 1;
      long y = x - k;
      while (x < n && y < m && str_eq(d->a.at[x], d->b.at[y])) x++, y++;
      furthest[offset + k] = x;
      if (x >= n && y >= m) {
        mark_edits(d, rounds, e, offset, n, m);
        return true;
      }
    }
    rounds[e] = NEW_N(d->arena, long, width);
    memcpy(rounds[e], furthest, width * sizeof(long));
  }
  return false;
}

static void mark_all(Diff *d) {
  for (size_t i = 0; i < d->a.len; i++) d->gone[i] = true;
  for (size_t i = 0; i < d->b.len; i++) d->came[i] = true;
}

static void write_line(Buf *out, char mark, Str line) {
  buf_char(out, mark);
  buf_str(out, line);
  if (!str_ends(line, S("\n"))) buf_str(out, S("\n\\ No newline at end of file\n"));
}

// One hunk: lines [i, to_i) of a and [j, to_j) of b.
static void write_hunk(Buf *out, const Diff *d, size_t i, size_t to_i, size_t j, size_t to_j) {
  buf_fmt(out, "@@ -%zu,%zu +%zu,%zu @@\n", i + (to_i > i), to_i - i, j + (to_j > j), to_j - j);
  while (i < to_i || j < to_j) {
    if (i < to_i && d->gone[i])
      write_line(out, '-', d->a.at[i++]);
    else if (j < to_j && d->came[j])
      write_line(out, '+', d->b.at[j++]);
    else
      write_line(out, ' ', d->a.at[i++]), j++;
  }
}

static bool edited(const Diff *d, size_t i, size_t j) {
  return (i < d->a.len && d->gone[i]) || (j < d->b.len && d->came[j]);
}

static void write_hunks(Buf *out, const Diff *d) {
  size_t i = 0, j = 0;
  while (i < d->a.len || j < d->b.len) {
    if (!edited(d, i, j)) {
      i++, j++;
      continue;
    }
    size_t lead = i < CONTEXT ? i : CONTEXT, to_i = i, to_j = j, quiet = 0;
    while ((to_i < d->a.len || to_j < d->b.len) && quiet <= 2 * CONTEXT) {
      if (to_i < d->a.len && d->gone[to_i])
        to_i++, quiet = 0;
      else if (to_j < d->b.len && d->came[to_j])
        to_j++, quiet = 0;
      else
        to_i++, to_j++, quiet++;
    }
    size_t back = quiet > CONTEXT ? quiet - CONTEXT : 0;
    write_hunk(out, d, i - lead, to_i - back, j - lead, to_j - back);
    i = to_i - back;
    j = to_j - back;
  }
}

void line_diff(Buf *out, Str path, Str before, Str after) {
  if (str_eq(before, after)) return;
  Arena *arena = out->arena;
  Diff d = {.arena = arena, .a = lines_of(arena, before), .b = lines_of(arena, after)};
  d.gone = NEW_N(arena, bool, d.a.len + 1);
  d.came = NEW_N(arena, bool, d.b.len + 1);
  if (!shortest_script(&d)) mark_all(&d);
  buf_fmt(out, "--- %.*s\n+++ %.*s\n", STR_ARG(path), STR_ARG(path));
  write_hunks(out, &d);
}
