#include "data/json.h"
#include "base/utf8.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const Json JSON_THE_NULL = {.kind = JSON_NULL, .at = JSON_NOWHERE, .end = JSON_NOWHERE};
const Json JSON_THE_FALSE = {.kind = JSON_FALSE, .at = JSON_NOWHERE, .end = JSON_NOWHERE};
const Json JSON_THE_TRUE = {.kind = JSON_TRUE, .at = JSON_NOWHERE, .end = JSON_NOWHERE};

enum { INDEX_FROM = 17 }; // objects of fewer members are searched from the end

// An index is [mask, slot 0 .. slot mask]; a slot holds a member's number + 1, or 0.
const uint32_t *json_index(Arena *arena, JsonMember *members, uint32_t *count, bool keep) {
  uint32_t given = *count, kept = 0;
  if (given < INDEX_FROM) {
    for (uint32_t i = 0; i < given && !keep; i++) {
      uint32_t k = 0;
      while (k < kept && !str_eq(members[k].key, members[i].key)) k++;
      members[k] = members[i];
      kept += k == kept;
    }
    if (!keep) *count = kept;
    return NULL;
  }
  uint32_t mask = 63;
  while (mask < given * 2ull) mask = mask * 2 + 1;
  uint32_t *index = NEW_N(arena, uint32_t, (size_t)mask + 2);
  index[0] = mask;
  uint32_t *slots = index + 1;
  for (uint32_t i = 0; i < given; i++) {
    size_t slot = str_hash(members[i].key) & mask;
    while (slots[slot] && !str_eq(members[slots[slot] - 1].key, members[i].key)) slot = (slot + 1) & mask;
    if (!slots[slot] || keep) {
      members[kept] = members[i];
      slots[slot] = ++kept;
    } else {
      members[slots[slot] - 1] = members[i];
    }
  }
  *count = kept;
  return index;
}

// Keys differ most often in length or at their first character.
static inline bool same_key(Str a, Str b) {
  return a.len == b.len && (!a.len || (a.at[0] == b.at[0] && memcmp(a.at, b.at, a.len) == 0));
}

const JsonMember *json_member(const Json *object, Str key) {
  if (!json_is(object, JSON_OBJECT)) return NULL;
  if (object->index) {
    const uint32_t mask = object->index[0], *slots = object->index + 1;
    for (size_t slot = str_hash(key) & mask; slots[slot]; slot = (slot + 1) & mask) {
      const JsonMember *member = &object->members[slots[slot] - 1];
      if (same_key(member->key, key)) return member;
    }
    return NULL;
  }
  for (uint32_t i = object->count; i > 0; i--) {
    if (same_key(object->members[i - 1].key, key)) return &object->members[i - 1];
  }
  return NULL;
}

const Json *json_get(const Json *object, Str key) {
  const JsonMember *member = json_member(object, key);
  return member ? member->value : NULL;
}

static const Json *array_at(const Json *array, Str digits) {
  size_t i = 0;
  if (digits.len == 0 || digits.len > 9 || (digits.len > 1 && digits.at[0] == '0')) return NULL;
  for (size_t k = 0; k < digits.len; k++) {
    if (!ascii_is_digit(digits.at[k])) return NULL;
    i = i * 10 + (size_t)(digits.at[k] - '0');
  }
  return i < array->count ? array->items[i] : NULL;
}

// The member named by a pointer's token, whose ~0 and ~1 stand for ~ and /.
static const Json *object_at(const Json *object, Str token) {
  if (token.len == 0 || !memchr(token.at, '~', token.len)) return json_get(object, token);
  Arena arena = {0};
  Buf key = {.arena = &arena};
  for (size_t i = 0; i < token.len; i++) {
    bool escape = token.at[i] == '~' && i + 1 < token.len;
    buf_char(&key, escape ? (token.at[++i] == '1' ? '/' : '~') : token.at[i]);
  }
  const Json *value = json_get(object, buf_text(&key));
  arena_free(&arena);
  return value;
}

const Json *json_at(const Json *value, Str pointer) {
  if (pointer.len == 0) return value;
  if (pointer.at[0] != '/') return NULL;
  for (Str rest = str_slice(pointer, 1, pointer.len); value;) {
    bool more = rest.len && memchr(rest.at, '/', rest.len);
    Str token = str_cut(rest, '/', &rest);
    value = json_is(value, JSON_ARRAY) ? array_at(value, token) : object_at(value, token);
    if (!more) break;
  }
  return value;
}

bool json_equal(const Json *a, const Json *b) {
  if (a == b) return true;
  if (!a || !b || a->kind != b->kind) return false;
  switch (a->kind) {
  case JSON_NUMBER: return a->number == b->number;
  case JSON_STRING: return str_eq(json_str(a), json_str(b));
  case JSON_ARRAY:
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++) {
      if (!json_equal(a->items[i], b->items[i])) return false;
    }
    return true;
  case JSON_OBJECT:
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++) {
      const JsonMember *other = json_member(b, a->members[i].key);
      if (!other || !json_equal(a->members[i].value, other->value)) return false;
    }
    return true;
  default: return true;
  }
}

static Json *made(Arena *arena, JsonKind kind, size_t count) {
  Json *value = arena_raw(arena, sizeof(Json));
  *value = (Json){.kind = (uint8_t)kind, .count = (uint32_t)count, .at = JSON_NOWHERE, .end = JSON_NOWHERE};
  return value;
}

const Json *json_string(Arena *arena, Str text) {
  Json *value = made(arena, JSON_STRING, text.len);
  value->text = text.at;
  return value;
}

const Json *json_number(Arena *arena, double number) {
  Json *value = made(arena, JSON_NUMBER, 0);
  value->number = number;
  return value;
}

const Json *json_number_text(Arena *arena, Str text) {
  Json *value = made(arena, JSON_NUMBER, text.len);
  value->text = text.at;
  if (!json_number_parse(text, &value->number)) value->number = 0, value->text = NULL, value->count = 0;
  return value;
}

const Json *json_array(Arena *arena, const Json **items, size_t count) {
  Json *value = made(arena, JSON_ARRAY, count);
  value->items = items;
  return value;
}

const Json *json_object(Arena *arena, const JsonMember *members, size_t count) {
  Json *value = made(arena, JSON_OBJECT, count);
  value->members = members;
  if (count < INDEX_FROM) return value;
  JsonMember *copy = NEW_N(arena, JsonMember, count);
  memcpy(copy, members, count * sizeof *copy);
  value->members = copy;
  value->index = json_index(arena, copy, &value->count, false);
  return value;
}

void json_put(JsonBuild *build, Str key, const Json *value) {
  if (value) VEC_PUSH(build->arena, &build->members, (JsonMember){key, value, JSON_NOWHERE});
}

void json_add(JsonBuild *build, const Json *item) {
  VEC_PUSH(build->arena, &build->items, item);
}

const Json *json_made_object(const JsonBuild *build) {
  return json_object(build->arena, build->members.at, build->members.len);
}

const Json *json_made_array(const JsonBuild *build) {
  return json_array(build->arena, build->items.at, build->items.len);
}

// --- Writing

// Lays out significant digits and the decimal point's place (value = 0.DIGITS × 10^point) as ECMAScript does.
static size_t lay_out(char *out, bool negative, const char *digits, int n, int point) {
  char *at = out;
  if (negative) *at++ = '-';
  if (point > 0 && point <= 21) {
    for (int i = 0; i < (n > point ? n : point); i++) {
      if (i == point) *at++ = '.';
      *at++ = i < n ? digits[i] : '0';
    }
  } else if (point > -6 && point <= 0) {
    *at++ = '0', *at++ = '.';
    for (int i = point; i < 0; i++) *at++ = '0';
    memcpy(at, digits, (size_t)n), at += n;
  } else {
    *at++ = digits[0];
    if (n > 1) *at++ = '.', memcpy(at, digits + 1, (size_t)n - 1), at += n - 1;
    at += snprintf(at, 8, "e%c%d", point - 1 < 0 ? '-' : '+', abs(point - 1));
  }
  *at = 0;
  return (size_t)(at - out);
}

static size_t print_whole(int64_t number, char *out) {
  char digits[24], *at = out;
  size_t n = 0;
  uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
  do digits[n++] = (char)('0' + rest % 10);
  while (rest /= 10);
  if (number < 0) *at++ = '-';
  while (n) *at++ = digits[--n];
  *at = 0;
  return (size_t)(at - out);
}

size_t json_number_print(double number, char out[32]) {
  if (fabs(number) < 1e15 && number == (double)(int64_t)number) return print_whole((int64_t)number, out);
  if (!isfinite(number)) return (size_t)snprintf(out, 32, "null");
  char text[40];
  // Numbers below the normal ones have fewer digits.
  for (int precision = fabs(number) < 0x1p-1022 ? 1 : 15; precision <= 17; precision++) {
    snprintf(text, sizeof text, "%.*e", precision - 1, number);
    if (precision == 17 || strtod(text, NULL) == number) break;
  }
  char digits[24];
  int n = 0;
  const char *at = text + (text[0] == '-');
  for (; *at && *at != 'e'; at++) {
    if (*at != '.') digits[n++] = *at;
  }
  while (n > 1 && digits[n - 1] == '0') n--;
  return lay_out(out, number < 0, digits, n, atoi(at + 1) + 1);
}

static void write_escape(Buf *out, uint32_t unit) {
  static const char hex[] = "0123456789abcdef";
  char text[6] = {'\\', 'u', hex[unit >> 12 & 15], hex[unit >> 8 & 15], hex[unit >> 4 & 15], hex[unit & 15]};
  buf_bytes(out, text, 6);
}

void json_write_string(Buf *out, Str text, unsigned flags) {
  if (!text.len) text.at = "";
  buf_char(out, '"');
  size_t run = 0;
  for (size_t i = 0, len; i < text.len; i += len) {
    unsigned char c = (unsigned char)text.at[i];
    len = 1;
    if (c >= 0x20 && c != '"' && c != '\\' && c < 0x80) continue;
    bool bad = false;
    uint32_t code_point = c < 0x80 ? c : utf8_decode(text, i, &len, &bad);
    if (c >= 0x80 && !bad && !(flags & JSON_ASCII)) continue;
    buf_bytes(out, text.at + run, i - run);
    run = i + len;
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
    const char *hit = c ? strchr(from, c) : NULL;
    if (hit)
      buf_char(out, '\\'), buf_char(out, to[hit - from]);
    else if (code_point >= 0x10000) {
      write_escape(out, 0xD800 + ((code_point - 0x10000) >> 10));
      write_escape(out, 0xDC00 + ((code_point - 0x10000) & 0x3FF));
    } else
      write_escape(out, code_point);
  }
  if (run < text.len) buf_bytes(out, text.at + run, text.len - run);
  buf_char(out, '"');
}

static void new_line(Buf *out, unsigned flags, size_t depth) {
  if (!(flags & JSON_INDENT)) return;
  buf_char(out, '\n');
  buf_repeat(out, ' ', depth * 2);
}

static void write_value(Buf *out, const Json *value, unsigned flags, size_t depth) {
  switch (value->kind) {
  case JSON_FALSE: buf_str(out, S("false")); return;
  case JSON_TRUE: buf_str(out, S("true")); return;
  case JSON_NUMBER:
    if (value->text)
      buf_bytes(out, value->text, value->count);
    else {
      char text[32];
      buf_bytes(out, text, json_number_print(value->number, text));
    }
    return;
  case JSON_STRING: json_write_string(out, json_str(value), flags); return;
  case JSON_ARRAY:
    buf_char(out, '[');
    for (uint32_t i = 0; i < value->count; i++) {
      if (i) buf_char(out, ',');
      new_line(out, flags, depth + 1);
      write_value(out, value->items[i], flags, depth + 1);
    }
    if (value->count) new_line(out, flags, depth);
    buf_char(out, ']');
    return;
  case JSON_OBJECT:
    buf_char(out, '{');
    for (uint32_t i = 0; i < value->count; i++) {
      if (i) buf_char(out, ',');
      new_line(out, flags, depth + 1);
      json_write_string(out, value->members[i].key, flags);
      buf_str(out, flags & JSON_INDENT ? S(": ") : S(":"));
      write_value(out, value->members[i].value, flags, depth + 1);
    }
    if (value->count) new_line(out, flags, depth);
    buf_char(out, '}');
    return;
  default: buf_str(out, S("null")); return;
  }
}

void json_write(Buf *out, const Json *value, unsigned flags) {
  write_value(out, value, flags, 0);
}

Str json_text(Arena *arena, const Json *value, unsigned flags) {
  Buf out = {.arena = arena};
  json_write(&out, value, flags);
  return buf_text(&out);
}
