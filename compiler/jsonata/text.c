// Strings as programs see them: sequences of code points (UTF-16 units where order and positions are asked for), kept
// as UTF-8. A lone surrogate, which a program can write as an escape, is kept as the three bytes it would have.
#include "base/utf8.h"
#include "jsonata/engine.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int jsonata_compare_text(Str a, Str b) {
  size_t shared = a.len < b.len ? a.len : b.len;
  int order = memcmp(a.at ? a.at : "", b.at ? b.at : "", shared);
  if (order == 0) return a.len < b.len ? -1 : a.len > b.len;
  size_t i = 0;
  while (a.at[i] == b.at[i]) i++;
  unsigned char x = (unsigned char)a.at[i], y = (unsigned char)b.at[i];
  // U+E000 to U+FFFF stand behind the surrogates with which UTF-16 writes what is above them
  if (x >= 0xEE && y >= 0xEE && (x >= 0xF0) != (y >= 0xF0)) return x >= 0xF0 ? -1 : 1;
  return x < y ? -1 : 1;
}

size_t jsonata_text_length(Str s) {
  size_t count = 0;
  for (size_t i = 0; i < s.len; i++) count += ((unsigned char)s.at[i] & 0xC0) != 0x80;
  return count;
}

size_t jsonata_text_offset(Str s, size_t points) {
  size_t i = 0;
  while (i < s.len && points > 0) {
    i++;
    while (i < s.len && ((unsigned char)s.at[i] & 0xC0) == 0x80) i++;
    points--;
  }
  return i;
}

uint32_t jsonata_text_point(Str s, size_t i, size_t *len) {
  const unsigned char *at = (const unsigned char *)s.at + i;
  if (at[0] == 0xED && i + 2 < s.len && (at[1] & 0xE0) == 0xA0 && (at[2] & 0xC0) == 0x80) {
    *len = 3;
    return 0xD000u | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);
  }
  return utf8_decode(s, i, len, NULL);
}

void jsonata_put_point(Buf *out, uint32_t point) {
  if (point >= 0xD800 && point < 0xE000) {
    char bytes[3] = {(char)0xED, (char)(0x80 | (point >> 6 & 0x3F)), (char)(0x80 | (point & 0x3F))};
    buf_bytes(out, bytes, 3);
    return;
  }
  buf_utf8(out, point);
}

// --- Numbers

double jsonata_round_to_15(double number) {
  if (fabs(number) < 1e15 && number == floor(number)) return number;
  double scaled = nearbyint(number * 1e6);
  if (fabs(scaled) < 1e15 && scaled / 1e6 == number) return number;
  if (!isfinite(number)) return number;
  char text[40];
  snprintf(text, sizeof text, "%.14e", number);
  return strtod(text, NULL);
}

// With 15 digits; whole numbers with all they have, since version 2.1.
static size_t number_text(const Engine *engine, double number, char out[32]) {
  bool whole = number == floor(number) && engine->program->dialect == JSONATA_FULL;
  return json_number_print(whole ? number : jsonata_round_to_15(number), out);
}

// --- Text of values

static void put_number(Engine *engine, Buf *out, Value value) {
  char text[32];
  if (isnan(value->number)) {
    buf_str(out, S("null"));
    return;
  }
  if (!jsonata_is_number(engine, value)) return;
  buf_bytes(out, text, number_text(engine, value->number, text));
}

void jsonata_put_quoted(Buf *out, Str text) {
  if (text.len < 3 || !memchr(text.at, 0xED, text.len)) {
    json_write_string(out, text, 0);
    return;
  }
  buf_char(out, '"');
  for (size_t i = 0, len; i < text.len; i += len) {
    uint32_t point = jsonata_text_point(text, i, &len);
    if (point >= 0xD800 && point < 0xE000) {
      buf_fmt(out, "\\u%04x", point);
      continue;
    }
    Buf one = {.arena = out->arena};
    json_write_string(&one, str_slice(text, i, i + len), 0);
    buf_bytes(out, one.at + 1, one.len - 2);
  }
  buf_char(out, '"');
}

static void new_line(Buf *out, int indent, int depth) {
  if (!indent) return;
  buf_char(out, '\n');
  buf_repeat(out, ' ', (size_t)(indent * depth));
}

static void put_array(Engine *engine, Buf *out, Value value, int indent, int depth) {
  buf_char(out, '[');
  for (uint32_t i = 0; i < value->count; i++) {
    if (i) buf_char(out, ',');
    new_line(out, indent, depth + 1);
    jsonata_put_value(engine, out, value->items[i], indent, depth + 1);
  }
  if (value->count) new_line(out, indent, depth);
  buf_char(out, ']');
}

static void put_object(Engine *engine, Buf *out, Value value, int indent, int depth) {
  const JsonMember *members = jsonata_ordered_members(engine, value);
  buf_char(out, '{');
  for (uint32_t i = 0; i < value->count; i++) {
    if (i) buf_char(out, ',');
    new_line(out, indent, depth + 1);
    jsonata_put_quoted(out, members[i].key);
    buf_str(out, indent ? S(": ") : S(":"));
    jsonata_put_value(engine, out, members[i].value, indent, depth + 1);
  }
  if (value->count) new_line(out, indent, depth);
  buf_char(out, '}');
}

void jsonata_put_value(Engine *engine, Buf *out, Value value, int indent, int depth) {
  if ((char *)__builtin_frame_address(0) < engine->floor) FAIL(engine, "U1001");
  engine_tick(engine);
  switch (value ? value->kind : JSON_NULL) {
  case JSON_FALSE: buf_str(out, S("false")); return;
  case JSON_TRUE: buf_str(out, S("true")); return;
  case JSON_NUMBER: put_number(engine, out, value); return;
  case JSON_STRING: jsonata_put_quoted(out, json_str(value)); return;
  case JSON_ARRAY: put_array(engine, out, value, indent, depth); return;
  case JSON_OBJECT: put_object(engine, out, value, indent, depth); return;
  case KIND_FUNCTION: buf_str(out, S("\"\"")); return;
  default: buf_str(out, S("null")); return;
  }
}

void jsonata_put_text(Engine *engine, Buf *out, Value value) {
  if (!value || value->kind == KIND_FUNCTION) return;
  if (value->kind == JSON_STRING) {
    if (value->count > 65536 && engine->arena->total + value->count > engine->memory_most) FAIL(engine, "D2015");
    buf_str(out, json_str(value));
    return;
  }
  if (value->kind == JSON_NUMBER && !isfinite(value->number)) FAIL(engine, "D3001", .value = value);
  bool wrapped = value->kind == JSON_ARRAY && (value->flags & OUTER) && value->count;
  jsonata_put_value(engine, out, wrapped ? value->items[0] : value, 0, 0);
}

Value jsonata_finish_string(Engine *engine, Buf *text) {
  enum { ALIGN = 16 };
  size_t used = (text->len + ALIGN - 1) & ~(size_t)(ALIGN - 1), room = (text->room + ALIGN - 1) & ~(size_t)(ALIGN - 1);
  if (text->at && text->at + room == engine->arena->next) engine->arena->next = text->at + used;
  return jsonata_new_string(engine, buf_text(text));
}
