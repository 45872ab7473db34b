#include "base/utf8.h"
#include "source/source.h"
#include <stdio.h>
#include <stdlib.h>

enum { SHOWN_MOST = 1000, SHOWN_COLUMNS = 200 };

const char *diag_level_name(DiagLevel level) {
  static const char *const names[] = {"error", "warning", "note"};
  return names[level];
}

Diag *diag(Diags *diags, DiagLevel level, const char *code, Span span, const char *format, ...) {
  Diag *made = NEW(diags->arena, Diag);
  va_list args;
  va_start(args, format);
  made->message = str_vfmt(diags->arena, format, args);
  va_end(args);
  made->level = level;
  made->code = code;
  made->span = span;
  diags->counts[level]++;
  if (diags->list.len < (diags->most ? diags->most : SHOWN_MOST)) VEC_PUSH(diags->arena, &diags->list, made);
  return made;
}

void diag_help(Diags *diags, Diag *on, const char *format, ...) {
  va_list args;
  va_start(args, format);
  on->help = str_vfmt(diags->arena, format, args);
  va_end(args);
}

void diag_note(Diags *diags, Diag *on, Span span, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str text = str_vfmt(diags->arena, format, args);
  va_end(args);
  VEC_PUSH(diags->arena, &on->notes, (DiagNote){span, text});
}

static int by_content(const Diag *x, const Diag *y) {
  if (x->span.file != y->span.file) return x->span.file < y->span.file ? -1 : 1;
  if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
  int order = strcmp(x->code, y->code);
  return order ? order : str_cmp(x->message, y->message);
}

// The gravest of repetitions comes first.
static int by_place(const void *a, const void *b) {
  const Diag *x = *(Diag *const *)a, *y = *(Diag *const *)b;
  int order = by_content(x, y);
  return order ? order : (int)x->level - (int)y->level;
}

void diags_sort(Diags *diags) {
  if (diags->list.len < 2) return;
  qsort(diags->list.at, diags->list.len, sizeof(Diag *), by_place);
  size_t kept = 1;
  for (size_t i = 1; i < diags->list.len; i++) {
    if (by_content(diags->list.at[kept - 1], diags->list.at[i]) != 0)
      diags->list.at[kept++] = diags->list.at[i];
    else
      diags->counts[diags->list.at[i]->level]--;
  }
  diags->list.len = kept;
}

typedef struct Painter {
  Buf *out;
  Sources *sources;
  bool colour;
} Painter;

static void paint(Painter *p, const char *style) {
  if (p->colour) buf_str(p->out, str_of(style));
}

// One source line with carets under `span`; what is no text is shown as blanks so that the terminal stays
// sane.
static void write_excerpt(Painter *p, Span span, int gutter) {
  LineColumn from = source_line_column(p->sources, span.file, span.start);
  Str line = source_line(p->sources, span.file, from.line);
  if (utf8_count(line) > SHOWN_COLUMNS) return;
  buf_fmt(p->out, "%*s |\n%*u | ", gutter, "", gutter, from.line);
  for (size_t i = 0, len; i < line.len; i += len) {
    uint32_t c = utf8_decode(line, i, &len, NULL);
    buf_utf8(p->out, c < 0x20 || (c >= 0x7f && c < 0xa0) ? ' ' : c);
  }
  buf_fmt(p->out, "\n%*s | %*s", gutter, "", (int)from.column - 1, "");
  LineColumn to = source_line_column(p->sources, span.file, span.end);
  size_t last = to.line == from.line ? to.column : utf8_count(line) + 1;
  paint(p, "\033[1;31m");
  buf_repeat(p->out, '^', last > from.column ? last - from.column : 1);
  paint(p, "\033[0m");
  buf_char(p->out, '\n');
}

static int gutter_of(Sources *sources, const Diag *d) {
  uint32_t line = span_known(d->span) ? source_line_column(sources, d->span.file, d->span.start).line : 1;
  int width = 1;
  while (line >= 10) line /= 10, width++;
  return width;
}

static void write_place(Painter *p, Span span) {
  LineColumn at = source_line_column(p->sources, span.file, span.start);
  Str path = source_file(p->sources, span.file)->path;
  buf_fmt(p->out, "%.*s:%u:%u", STR_ARG(path), at.line, at.column);
}

// Text of a spec inside a message: what a terminal would obey is written out.
static void write_message(Painter *p, Str text) {
  for (size_t i = 0, len; i < text.len; i += len) {
    uint32_t c = utf8_decode(text, i, &len, NULL);
    if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0))
      buf_fmt(p->out, "\\u%04x", c);
    else
      buf_str(p->out, str_slice(text, i, i + len));
  }
}

static void write_diag(Painter *p, const Diag *d) {
  static const char *const styles[] = {"\033[1;31m", "\033[1;33m", "\033[1;36m"};
  int gutter = gutter_of(p->sources, d);
  paint(p, styles[d->level]);
  buf_fmt(p->out, "%s[%s]", diag_level_name(d->level), d->code);
  paint(p, "\033[0m");
  buf_str(p->out, S(": "));
  write_message(p, d->message);
  buf_char(p->out, '\n');
  if (span_known(d->span)) {
    buf_fmt(p->out, "%*s--> ", gutter, "");
    write_place(p, d->span);
    buf_char(p->out, '\n');
    write_excerpt(p, d->span, gutter);
    buf_fmt(p->out, "%*s |\n", gutter, "");
  }
  for (size_t i = 0; i < d->notes.len; i++) {
    buf_fmt(p->out, "%*snote: ", gutter, "");
    write_message(p, d->notes.at[i].text);
    if (span_known(d->notes.at[i].span)) {
      buf_str(p->out, S(" ("));
      write_place(p, d->notes.at[i].span);
      buf_char(p->out, ')');
    }
    buf_char(p->out, '\n');
  }
  if (d->cite.len) buf_fmt(p->out, "%*snote: the service answers %.*s\n", gutter, "", STR_ARG(d->cite));
  if (!d->help.len) return;
  buf_fmt(p->out, "%*shelp: ", gutter, "");
  write_message(p, d->help);
  buf_char(p->out, '\n');
}

void diags_write_text(Buf *out, Diags *diags, Sources *sources, bool colour) {
  Painter p = {out, sources, colour};
  diags_sort(diags);
  for (size_t i = 0; i < diags->list.len; i++) {
    if (i) buf_char(out, '\n');
    write_diag(&p, diags->list.at[i]);
  }
  size_t all = diags->counts[0] + diags->counts[1] + diags->counts[2];
  if (all > diags->list.len) buf_fmt(out, "\n… and %zu more\n", all - diags->list.len);
}
