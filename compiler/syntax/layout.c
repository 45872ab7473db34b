#include "syntax/layout.h"
#include "base/utf8.h"

enum { WIDEST_GAP = 32 };

static bool fits(const Line *line, const Line *first, PointKind kind) {
  bool alike = kind != POINT_BRACE || line->head == first->head;
  return alike && line->points[kind].there && line->bracket == first->bracket && line->indent == first->indent;
}

static size_t width_before(const Line *line, PointKind kind) {
  return utf8_count(str_slice(buf_text(&line->text), 0, line->points[kind].at));
}

static void insert_blanks(Arena *arena, Line *line, PointKind kind, size_t count) {
  size_t at = line->points[kind].at;
  Str old = buf_text(&line->text);
  Buf text = {.arena = arena};
  buf_str(&text, str_slice(old, 0, at));
  buf_repeat(&text, ' ', count);
  buf_str(&text, str_slice(old, at, old.len));
  line->text = text;
  for (int i = 0; i < POINT_COUNT; i++) {
    if (line->points[i].there && line->points[i].at >= at) line->points[i].at += count;
  }
}

typedef VEC(Line *) Run;

static void align_run(Arena *arena, const Run *run, PointKind kind) {
  size_t most = 0;
  bool wanted = false;
  for (size_t i = 0; i < run->len; i++) {
    size_t width = width_before(run->at[i], kind);
    if (width > most) most = width;
    wanted |= run->at[i]->points[kind].wide;
  }
  for (size_t i = 0; wanted && i < run->len; i++) {
    size_t width = width_before(run->at[i], kind);
    if (width < most) insert_blanks(arena, run->at[i], kind, most - width);
  }
}

// Whether a line may stand between two that are aligned: the rest of an item, or a declaration without a body.
static bool is_passed_over(const Line *line, const Line *first, PointKind kind) {
  if (line->goes_on && line->indent > first->indent) return true;
  return kind == POINT_BRACE && line->points[POINT_NAME].there && line->bracket == first->bracket;
}

// Collects the lines from `from` on that are aligned together.
static void collect_run(Arena *arena, const Lines *lines, size_t from, PointKind kind, Run *run) {
  const Line *first = lines->at[from];
  size_t least = SIZE_MAX, most = 0;
  run->len = 0;
  for (size_t i = from; i < lines->len; i++) {
    Line *line = lines->at[i];
    if (i > from && line->blank_before) break;
    if (!fits(line, first, kind)) {
      if (is_passed_over(line, first, kind)) continue;
      break;
    }
    size_t width = width_before(line, kind);
    if (width < least) least = width;
    if (width > most) most = width;
    if (most - least > WIDEST_GAP) break;
    line->points[kind].done = true;
    VEC_PUSH(arena, run, line);
  }
}

void layout_align(Arena *arena, Lines *lines) {
  Run run = {0};
  for (PointKind kind = 0; kind < POINT_COUNT; kind++) {
    for (size_t from = 0; from < lines->len; from++) {
      const Point *point = &lines->at[from]->points[kind];
      if (!point->there || point->done) continue;
      collect_run(arena, lines, from, kind, &run);
      align_run(arena, &run, kind);
    }
  }
}

Str layout_text(Arena *arena, const Lines *lines) {
  Buf out = {.arena = arena};
  for (size_t i = 0; i < lines->len; i++) {
    const Line *line = lines->at[i];
    if (line->blank_before) buf_char(&out, '\n');
    buf_repeat(&out, ' ', line->indent);
    buf_str(&out, buf_text(&line->text));
    buf_char(&out, '\n');
  }
  return buf_text(&out);
}
