// Base64 and percent encoding.
#include "base/utf8.h"
#include "jsonata/natives.h"

static const char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// The low bytes of a string's UTF-16 units.
static Str unit_bytes(Engine *engine, Str text) {
  char *out = engine_raw(engine, text.len);
  size_t n = 0;
  for (size_t i = 0, len; i < text.len; i += len) {
    uint32_t point = jsonata_text_point(text, i, &len);
    if (point >= 0x10000) {
      out[n++] = (char)(((point - 0x10000) >> 10) & 0xFF);
      point = 0xDC00 + ((point - 0x10000) & 0x3FF);
    }
    out[n++] = (char)(point & 0xFF);
  }
  return (Str){out, n};
}

NATIVE(base64encode) {
  Value text = ARGUMENT(0);
  if (!text) return NULL;
  Str bytes = unit_bytes(engine, json_str(text));
  size_t len = (bytes.len + 2) / 3 * 4, n = 0;
  char *out = engine_raw(engine, len);
  for (size_t i = 0; i < bytes.len; i += 3) {
    uint32_t group = 0;
    for (size_t k = 0; k < 3; k++) group = group << 8 | (i + k < bytes.len ? (unsigned char)bytes.at[i + k] : 0u);
    for (size_t k = 0; k < 4; k++) out[n++] = base64_digits[group >> (18 - 6 * k) & 63];
  }
  for (size_t pad = (3 - bytes.len % 3) % 3; pad > 0; pad--) out[len - pad] = '=';
  return jsonata_new_string(engine, (Str){out, len});
}

static int base64_value(char c) {
  if (c == '-') c = '+';
  if (c == '_') c = '/';
  const char *hit = c ? strchr(base64_digits, c) : NULL;
  return hit ? (int)(hit - base64_digits) : -1;
}

NATIVE(base64decode) {
  Value text = ARGUMENT(0);
  if (!text) return NULL;
  Buf out = {.arena = engine->arena};
  uint32_t bits = 0;
  int held = 0;
  for (uint32_t i = 0; i < text->count && text->text[i] != '='; i++) {
    int digit = base64_value(text->text[i]);
    if (digit < 0) continue;
    bits = (bits << 6 | (uint32_t)digit) & 0xFFFF;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    buf_utf8(&out, bits >> held & 0xFF);
  }
  return jsonata_finish_string(engine, &out);
}

// --- Percent encoding (ECMA-262 19.2.6)

static const char unreserved[] = "-_.!~*'()", reserved[] = ";/?:@&=+$,#";

static bool stands(char c, bool component) {
  bool word = ascii_is_alnum(c);
  return word || (c && (strchr(unreserved, c) || (!component && strchr(reserved, c))));
}

static _Noreturn void malformed(Engine *engine, Value text, Str name) {
  FAIL(engine, "D3140", .value = text, .text = name);
}

static Value encode(Engine *engine, Value text, bool component, Str name) {
  static const char hex[] = "0123456789ABCDEF";
  if (!text) return NULL;
  Str s = json_str(text);
  if (utf8_check(s) < s.len) malformed(engine, text, name);
  Buf out = {.arena = engine->arena};
  for (size_t i = 0; i < s.len; i++) {
    unsigned char c = (unsigned char)s.at[i];
    if (stands(s.at[i], component)) {
      buf_char(&out, s.at[i]);
      continue;
    }
    char escape[3] = {'%', hex[c >> 4], hex[c & 15]};
    buf_bytes(&out, escape, 3);
  }
  return jsonata_finish_string(engine, &out);
}

static int hex_digit(char c) {
  if (ascii_is_digit(c)) return c - '0';
  c = (char)(c | 32);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The byte of the escape at s[i], or -1.
static int escaped_byte(Str s, size_t i) {
  if (i + 3 > s.len || s.at[i] != '%') return -1;
  int high = hex_digit(s.at[i + 1]), low = hex_digit(s.at[i + 2]);
  return high < 0 || low < 0 ? -1 : high << 4 | low;
}

static Value decode(Engine *engine, Value text, bool component, Str name) {
  if (!text) return NULL;
  Str s = json_str(text);
  Buf out = {.arena = engine->arena};
  for (size_t i = 0; i < s.len;) {
    if (s.at[i] != '%') {
      buf_char(&out, s.at[i++]);
      continue;
    }
    int first = escaped_byte(s, i);
    if (first < 0) malformed(engine, text, name);
    size_t need = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    char bytes[4];
    for (size_t k = 0; k < need; k++) {
      int byte = escaped_byte(s, i + 3 * k);
      if (byte < 0) malformed(engine, text, name);
      bytes[k] = (char)byte;
    }
    if (utf8_check((Str){bytes, need}) < need) malformed(engine, text, name);
    bool kept = need == 1 && !component && bytes[0] && strchr(reserved, bytes[0]);
    if (kept)
      buf_bytes(&out, s.at + i, 3);
    else
      buf_bytes(&out, bytes, need);
    i += 3 * need;
  }
  return jsonata_finish_string(engine, &out);
}

NATIVE(encode_url_component) {
  return encode(engine, ARGUMENT(0), true, S("encodeUrlComponent"));
}

NATIVE(encode_url) {
  return encode(engine, ARGUMENT(0), false, S("encodeUrl"));
}

NATIVE(decode_url_component) {
  return decode(engine, ARGUMENT(0), true, S("decodeUrlComponent"));
}

NATIVE(decode_url) {
  return decode(engine, ARGUMENT(0), false, S("decodeUrl"));
}
