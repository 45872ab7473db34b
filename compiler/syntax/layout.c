#include "syntax/layout.h"
#include "base/utf8.h"

static bool fits(const Line *line, const Line *first, PointKind kind) {
  return line->points[kind].there && line->bracket == first->bracket && line->indent == first->indent;
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

static void align_run(Arena *arena, Line **lines, size_t count, PointKind kind) {
  size_t most = 0;
  bool wanted = false;
  for (size_t i = 0; i < count; i++) {
    size_t width = width_before(lines[i], kind);
    if (width > most) most = width;
    wanted |= lines[i]->points[kind].wide;
  }
  for (size_t i = 0; wanted && i < count; i++) {
    size_t width = width_before(lines[i], kind);
    if (width < most) insert_blanks(arena, lines[i], kind, most - width);
  }
}

void layout_align(Arena *arena, Lines *lines) {
  for (PointKind kind = 0; kind < POINT_COUNT; kind++) {
    for (size_t from = 0; from < lines->len;) {
      size_t to = from + 1;
      Line *first = lines->at[from];
      if (first->points[kind].there) {
        while (to < lines->len && !lines->at[to]->blank_before && fits(lines->at[to], first, kind)) to++;
        align_run(arena, &lines->at[from], to - from, kind);
      }
      from = to;
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
