// Reading date/time pictures: "[Y0001]-[M01]-[D01]" (XPath Functions and Operators 3.1, §9.8.4.1).
#include "jsonata/pictures.h"
#include <math.h>
#include <stdlib.h>

static Str default_presentation(char component) {
  if (component == 'm' || component == 's') return S("01");
  if (component == 'Z' || component == 'z') return S("01:01");
  if (component && strchr("FPCE", component)) return S("n");
  return component && strchr("YMDdWwXxHhf", component) ? S("1") : (Str){0};
}

// A width: a number, or -1 for "*" and for none.
static int width(Str text) {
  int value = 0;
  if (text.len == 0 || !ascii_is_digit(text.at[0])) return -1;
  for (size_t i = 0; i < text.len && ascii_is_digit(text.at[i]) && value < 10000; i++) {
    value = value * 10 + (text.at[i] - '0');
  }
  return value;
}

static Str without_space(Arena *arena, Str text) {
  Buf out = {.arena = arena};
  for (size_t i = 0; i < text.len; i++) {
    if (!strchr(" \t\n\r\v\f", text.at[i]) || !text.at[i]) buf_char(&out, text.at[i]);
  }
  return buf_text(&out);
}

static void read_integer(Engine *engine, DatePicture *picture, DatePart *part, Str presentation, int least) {
  part->has_integer = true;
  part->integer = jsonata_integer_picture(engine, presentation);
  if (least >= 0 && part->integer.mandatory < least) part->integer.mandatory = least;
  if (strchr("YMD", part->component)) {
    int digits = part->integer.mandatory + part->integer.optional;
    part->year_digits = digits >= 2 ? digits : -1;
    if (part->width_most >= 0) part->year_digits = part->integer.mandatory = part->width_most;
  }
  // Adjacent integers can be told apart only by their widths.
  DatePart *before = picture->parts.len ? &picture->parts.at[picture->parts.len - 1] : NULL;
  if (before && before->component && before->has_integer) before->integer.parse_width = before->integer.mandatory;
}

// [component, presentation modifiers, "," width]
static void read_marker(Engine *engine, DatePicture *picture, Str marker) {
  marker = without_space(engine->arena, marker);
  DatePart part = {.component = marker.len ? marker.at[0] : 0, .width_most = -1, .year_digits = -1};
  size_t comma = marker.len;
  while (comma > 0 && marker.at[comma - 1] != ',') comma--;
  Str presentation = str_slice(marker, 1, comma ? comma - 1 : marker.len);
  int least = -1;
  if (comma) {
    Str most, widths = str_slice(marker, comma, marker.len);
    bool both = widths.len && memchr(widths.at, '-', widths.len);
    least = width(str_cut(widths, '-', &most));
    if (both) part.width_most = width(most);
  }
  if (presentation.len == 0) presentation = default_presentation(part.component);
  if (presentation.len == 0) FAIL(engine, "D3132", .value = jsonata_copy_string(engine, str_slice(marker, 0, 1)));
  char last = presentation.at[presentation.len - 1];
  Str integer = presentation;
  if (presentation.len > 1 && strchr("atco", last)) {
    presentation.len--;
    part.traditional = last == 't';
    integer = str_fmt(engine->arena, "%.*s;%c", STR_ARG(presentation), last);
  }
  char first = presentation.at[0];
  part.named = first == 'n' || first == 'N';
  part.letters = first == 'n'                                        ? CASE_LOWER
                 : presentation.len > 1 && presentation.at[1] == 'n' ? CASE_TITLE
                                                                     : CASE_UPPER;
  if (!part.named && strchr("YMDdFWwXxHhmsf", part.component)) read_integer(engine, picture, &part, integer, least);
  if (part.component == 'Z' || part.component == 'z') part.integer = jsonata_integer_picture(engine, presentation);
  VEC_PUSH(engine->arena, &picture->parts, part);
}

static void add_literal(Engine *engine, DatePicture *picture, Str text) {
  if (text.len == 0) return;
  Buf out = {.arena = engine->arena};
  for (size_t i = 0; i < text.len; i++) {
    buf_char(&out, text.at[i]);
    if (text.at[i] == ']' && i + 1 < text.len && text.at[i + 1] == ']') i++;
  }
  VEC_PUSH(engine->arena, &picture->parts, (DatePart){.literal = buf_text(&out)});
}

DatePicture jsonata_date_picture(Engine *engine, Str text) {
  DatePicture picture = {0};
  size_t start = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] != '[') continue;
    add_literal(engine, &picture, str_slice(text, start, i));
    if (i + 1 < text.len && text.at[i + 1] == '[') {
      add_literal(engine, &picture, S("["));
      start = ++i + 1;
      continue;
    }
    size_t close = str_find(text, S("]"), i);
    if (close >= text.len) FAIL(engine, "D3135");
    read_marker(engine, &picture, str_slice(text, i + 1, close));
    i = close;
    start = close + 1;
  }
  add_literal(engine, &picture, str_slice(text, start, text.len));
  return picture;
}
