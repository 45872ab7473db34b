// $string, $substring…, $lowercase, $uppercase, $length, $trim, $pad, $join.
#include "jsonata/natives.h"
#include <math.h>

NATIVE(string) {
  Value value = ARGUMENT(0);
  if (!value || value->kind == JSON_STRING) return value;
  Buf out = {.arena = engine->arena};
  bool pretty = json_is(ARGUMENT(1), JSON_TRUE);
  bool plain = value->kind == JSON_NUMBER || value->kind == KIND_FUNCTION || !pretty;
  if (plain)
    jsonata_put_text(engine, &out, value);
  else
    jsonata_put_value(engine, &out, value->flags & OUTER && value->count ? value->items[0] : value, 2, 0);
  return jsonata_finish_string(engine, &out);
}

static bool ascii(Str s) {
  size_t i = 0;
  for (uint64_t word; i + 8 <= s.len; i += 8) {
    memcpy(&word, s.at + i, 8);
    if (word & 0x8080808080808080u) return false;
  }
  for (; i < s.len; i++) {
    if ((unsigned char)s.at[i] >= 0x80) return false;
  }
  return true;
}

// ECMAScript's slice bounds: truncated, negative ones count from the end.
static size_t slice_bound(double bound, size_t length) {
  if (isnan(bound)) return 0;
  bound = trunc(bound);
  if (bound < 0) bound += (double)length;
  if (bound < 0) return 0;
  return bound > (double)length ? length : (size_t)bound;
}

static Value slice(Engine *engine, Value text, double from, double to) {
  Str s = json_str(text);
  bool plain = ascii(s);
  size_t length = plain ? s.len : jsonata_text_length(s);
  size_t start = slice_bound(from, length), end = slice_bound(to, length);
  if (end < start) end = start;
  if (!plain) start = jsonata_text_offset(s, start), end = jsonata_text_offset(s, end);
  return jsonata_new_string(engine, str_slice(s, start, end));
}

NATIVE(substring) {
  Value text = ARGUMENT(0), from = ARGUMENT(1), length = ARGUMENT(2);
  if (!text) return NULL;
  double all = (double)jsonata_text_length(json_str(text)), start = from ? from->number : 0;
  if (all + start < 0) start = 0;
  if (!length) return slice(engine, text, start, all);
  if (length->number <= 0) return jsonata_new_string(engine, S(""));
  return slice(engine, text, start, start >= 0 ? start + length->number : all + start + length->number);
}

NATIVE(substring_before) {
  Value text = ARGUMENT(0), mark = ARGUMENT(1);
  if (!text || !mark) return text;
  size_t at = str_find(json_str(text), json_str(mark), 0);
  bool found = str_has(json_str(text), json_str(mark));
  return found ? jsonata_new_string(engine, str_slice(json_str(text), 0, at)) : text;
}

NATIVE(substring_after) {
  Value text = ARGUMENT(0), mark = ARGUMENT(1);
  if (!text || !mark || !str_has(json_str(text), json_str(mark))) return text;
  size_t at = str_find(json_str(text), json_str(mark), 0) + mark->count;
  return jsonata_new_string(engine, str_slice(json_str(text), at, text->count));
}

static Value with_case(Engine *engine, Value text, bool upper) {
  if (!text) return NULL;
  if (!ascii(json_str(text))) return jsonata_new_string(engine, jsonata_change_case(engine, json_str(text), upper));
  char *out = engine_raw(engine, text->count);
  for (uint32_t i = 0; i < text->count; i++) {
    char c = text->text[i];
    bool changes = upper ? ascii_is_lower(c) : ascii_is_upper(c);
    out[i] = changes ? (char)(c ^ 0x20) : c;
  }
  return jsonata_new_string(engine, (Str){out, text->count});
}

NATIVE(lowercase) {
  return with_case(engine, ARGUMENT(0), false);
}

NATIVE(uppercase) {
  return with_case(engine, ARGUMENT(0), true);
}

NATIVE(length) {
  Value text = ARGUMENT(0);
  return text ? jsonata_new_number(engine, (double)jsonata_text_length(json_str(text))) : NULL;
}

static bool blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

NATIVE(trim) {
  Value text = ARGUMENT(0);
  if (!text) return NULL;
  char *out = engine_raw(engine, text->count);
  size_t len = 0;
  for (uint32_t i = 0; i < text->count; i++) {
    if (!blank(text->text[i]))
      out[len++] = text->text[i];
    else if (len && out[len - 1] != ' ')
      out[len++] = ' ';
  }
  if (len && out[len - 1] == ' ') len--;
  return jsonata_new_string(engine, (Str){out, len});
}

NATIVE(pad) {
  Value text = ARGUMENT(0), width = ARGUMENT(1), with = ARGUMENT(2);
  if (!text) return NULL;
  bool filled = with && jsonata_text_length(json_str(with)) > 0; // bytes that begin no character fill nothing
  Str fill = filled ? json_str(with) : S(" ");
  double wanted = width ? trunc(width->number) : 0;
  double missing = fabs(wanted) - (double)jsonata_text_length(json_str(text));
  if (!(missing > 0)) return text;
  size_t points = jsonata_text_length(fill), times = (size_t)(missing < 4e9 ? missing : 4e9);
  size_t len = times / points * fill.len + jsonata_text_offset(fill, times % points);
  if (len + text->count >= UINT32_MAX) FAIL(engine, "D2015");
  char *out = engine_raw(engine, len + text->count), *at = wanted > 0 ? out + text->count : out;
  if (text->count) memcpy(wanted > 0 ? out : out + len, text->text, text->count);
  for (size_t i = 0; i < len; i++) at[i] = fill.at[i % fill.len];
  return jsonata_new_string(engine, (Str){out, len + text->count});
}

NATIVE(join) {
  Value texts = ARGUMENT(0), with = ARGUMENT(1);
  if (!texts) return NULL;
  size_t len = 0, between = with ? with->count : 0;
  for (uint32_t i = 0; i < texts->count; i++) len += texts->items[i]->count + (i ? between : 0);
  char *out = engine_raw(engine, len), *at = out;
  for (uint32_t i = 0; i < texts->count; i++) {
    if (i && between) memcpy(at, with->text, between), at += between;
    Str text = json_str(texts->items[i]);
    if (text.len) memcpy(at, text.at, text.len), at += text.len;
  }
  return jsonata_new_string(engine, (Str){out, len});
}
