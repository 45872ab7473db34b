#include "base/utf8.h"
#include "data/json.h"
#include <stdlib.h>

typedef struct Reader {
  Arena *arena;
  const char *start, *at, *end;
  unsigned flags;
  JsonError *error;
  // Items and members of the open containers wait here until their container closes.
  VEC(const Json *) items;
  VEC(JsonMember) members;
} Reader;

static const Json *fault(Reader *r, const char *at, const char *what) {
  if (!r->error->what) *r->error = (JsonError){(uint32_t)(at - r->start), what};
  return NULL;
}

static inline void skip_space(Reader *r) {
  while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r')) r->at++;
}

static Json *node(Reader *r, JsonKind kind, const char *from) {
  Json *value = arena_raw(r->arena, sizeof(Json));
  *value = (Json){.kind = (uint8_t)kind, .at = (uint32_t)(from - r->start), .end = (uint32_t)(r->at - r->start)};
  return value;
}

static int hex4(const char *at) {
  int value = 0;
  for (int i = 0; i < 4; i++) {
    char c = at[i];
    int digit = ascii_is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
    if (digit < 0) return -1;
    value = value << 4 | digit;
  }
  return value;
}

// The escape at r->at (its backslash); appends what it stands for.
static bool read_escape(Reader *r, Buf *out) {
  const char *slash = r->at++;
  char c = r->at < r->end ? *r->at++ : 0;
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  const char *hit = c ? strchr(from, c) : NULL;
  if (hit) {
    buf_char(out, to[hit - from]);
    return true;
  }
  int unit = c == 'u' && r->end - r->at >= 4 ? hex4(r->at) : -1;
  if (unit < 0) {
    fault(r, slash, c == 'u' ? "\\u wants four hexadecimal digits" : "unknown escape in string");
    return false;
  }
  r->at += 4;
  uint32_t code_point = (uint32_t)unit;
  if (unit >= 0xD800 && unit < 0xDC00 && r->end - r->at >= 6 && r->at[0] == '\\' && r->at[1] == 'u') {
    int low = hex4(r->at + 2);
    if (low >= 0xDC00 && low < 0xE000) {
      code_point = 0x10000 + ((uint32_t)(unit - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
      r->at += 6;
    }
  }
  buf_utf8(out, code_point);
  return true;
}

// The string at r->at (its opening quote) into *text.
static bool read_string(Reader *r, Str *text) {
  const char *from = ++r->at;
  const char *at = from;
  while (at < r->end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20) at++;
  r->at = at;
  *text = (Str){from, (size_t)(at - from)};
  if (at < r->end && *at == '\\') {
    Buf out = {.arena = r->arena};
    buf_str(&out, *text);
    while (r->at < r->end && *r->at != '"' && (unsigned char)*r->at >= 0x20) {
      if (*r->at == '\\') {
        if (!read_escape(r, &out)) return false;
        continue;
      }
      const char *run = r->at;
      while (r->at < r->end && *r->at != '"' && *r->at != '\\' && (unsigned char)*r->at >= 0x20) r->at++;
      buf_bytes(&out, run, (size_t)(r->at - run));
    }
    *text = buf_text(&out);
  }
  if (r->at == r->end || *r->at != '"') {
    fault(r, r->at == r->end ? from - 1 : r->at,
          r->at == r->end ? "string is not closed" : "control character in string: write it as an escape");
    return false;
  }
  r->at++;
  return true;
}

static bool digits(const char **at, const char *end) {
  const char *from = *at;
  while (*at < end && ascii_is_digit(**at)) (*at)++;
  return *at > from;
}

// The end of the JSON number that begins at `at`, or NULL.
static const char *number_end(const char *at, const char *end) {
  if (at < end && *at == '-') at++;
  const char *first = at;
  if (!digits(&at, end) || (*first == '0' && at - first > 1)) return NULL;
  if (at < end && *at == '.' && (at++, !digits(&at, end))) return NULL;
  if (at < end && (*at == 'e' || *at == 'E')) {
    at++;
    if (at < end && (*at == '+' || *at == '-')) at++;
    if (!digits(&at, end)) return NULL;
  }
  return at;
}

static double number_value(const char *at, const char *end) {
  uint64_t whole = 0;
  const char *p = at + (*at == '-');
  if (end - p <= 15) {
    for (; p < end && ascii_is_digit(*p); p++) whole = whole * 10 + (uint64_t)(*p - '0');
    double places = 1;
    if (p < end && *p == '.') {
      for (p++; p < end && ascii_is_digit(*p); p++) whole = whole * 10 + (uint64_t)(*p - '0'), places *= 10;
    }
    if (p == end) return (*at == '-' ? -(double)whole : (double)whole) / places; // both exact: one rounding
  }
  char buffer[128], *copy = buffer;
  size_t len = (size_t)(end - at);
  if (len >= sizeof buffer && !(copy = malloc(len + 1))) fatal("out of memory (%zu bytes asked)", len);
  memcpy(copy, at, len);
  copy[len] = 0;
  double value = strtod(copy, NULL);
  if (copy != buffer) free(copy);
  return value;
}

bool json_number_parse(Str text, double *number) {
  if (text.len == 0 || number_end(text.at, text.at + text.len) != text.at + text.len) return false;
  *number = number_value(text.at, text.at + text.len);
  return true;
}

static const Json *read_value(Reader *r, int depth);

static const Json *read_array(Reader *r, int depth) {
  const char *from = r->at++;
  size_t base = r->items.len;
  skip_space(r);
  if (r->at < r->end && *r->at == ']') {
    r->at++;
    return node(r, JSON_ARRAY, from);
  }
  for (;;) {
    const Json *item = read_value(r, depth + 1);
    if (!item) return NULL;
    VEC_PUSH(r->arena, &r->items, item);
    skip_space(r);
    if (r->at == r->end) return fault(r, from, "'[' is never closed");
    char c = *r->at++;
    if (c == ']') break;
    if (c != ',') return fault(r, r->at - 1, "expected ',' or ']'");
    skip_space(r);
    if (r->at < r->end && *r->at == ']') return fault(r, r->at - 1, "a comma may not stand before ']'");
  }
  Json *array = node(r, JSON_ARRAY, from);
  array->count = (uint32_t)(r->items.len - base);
  array->items = arena_raw(r->arena, array->count * sizeof(Json *));
  memcpy(array->items, r->items.at + base, array->count * sizeof(Json *));
  r->items.len = base;
  return array;
}

static const Json *read_object(Reader *r, int depth) {
  const char *from = r->at++;
  size_t base = r->members.len;
  skip_space(r);
  if (r->at < r->end && *r->at == '}') {
    r->at++;
    return node(r, JSON_OBJECT, from);
  }
  for (;;) {
    JsonMember member = {.at = (uint32_t)(r->at - r->start)};
    if (r->at == r->end) return fault(r, from, "'{' is never closed");
    if (*r->at != '"') return fault(r, r->at, "expected a member name in double quotes");
    if (!read_string(r, &member.key)) return NULL;
    skip_space(r);
    if (r->at == r->end || *r->at != ':') return fault(r, r->at, "expected ':' after the member name");
    r->at++;
    if (!(member.value = read_value(r, depth + 1))) return NULL;
    VEC_PUSH(r->arena, &r->members, member);
    skip_space(r);
    if (r->at == r->end) return fault(r, from, "'{' is never closed");
    char c = *r->at++;
    if (c == '}') break;
    if (c != ',') return fault(r, r->at - 1, "expected ',' or '}'");
    skip_space(r);
    if (r->at < r->end && *r->at == '}') return fault(r, r->at - 1, "a comma may not stand before '}'");
  }
  Json *object = node(r, JSON_OBJECT, from);
  uint32_t count = (uint32_t)(r->members.len - base);
  JsonMember *members = arena_raw(r->arena, count * sizeof(JsonMember));
  memcpy(members, r->members.at + base, count * sizeof(JsonMember));
  r->members.len = base;
  object->members = members;
  object->count = count;
  object->index = json_index(r->arena, members, &object->count, r->flags & JSON_KEEP_DUPLICATES);
  return object;
}

static const Json *read_word(Reader *r, Str word, JsonKind kind) {
  const char *from = r->at;
  if ((size_t)(r->end - from) < word.len || memcmp(from, word.at, word.len) != 0) {
    return fault(r, from, "expected a JSON value");
  }
  r->at += word.len;
  return node(r, kind, from);
}

static const Json *read_value(Reader *r, int depth) {
  skip_space(r);
  const char *from = r->at;
  if (from == r->end) return fault(r, from, "expected a JSON value, found the end of the text");
  if (depth > JSON_DEPTH_MOST) return fault(r, from, "nested too deeply (more than 1000 levels)");
  switch (*from) {
  case '{': return read_object(r, depth);
  case '[': return read_array(r, depth);
  case 't': return read_word(r, S("true"), JSON_TRUE);
  case 'f': return read_word(r, S("false"), JSON_FALSE);
  case 'n': return read_word(r, S("null"), JSON_NULL);
  case '"': {
    Str text;
    if (!read_string(r, &text)) return NULL;
    Json *string = node(r, JSON_STRING, from);
    string->text = text.at;
    string->count = (uint32_t)text.len;
    return string;
  }
  default: {
    if (*from != '-' && !ascii_is_digit(*from)) return fault(r, from, "expected a JSON value");
    const char *end = number_end(from, r->end);
    if (!end) return fault(r, from, "not a JSON number");
    r->at = end;
    Json *number = node(r, JSON_NUMBER, from);
    number->text = from;
    number->count = (uint32_t)(end - from);
    number->number = number_value(from, end);
    return number;
  }
  }
}

const Json *json_read(Arena *arena, Str text, unsigned flags, JsonError *error) {
  *error = (JsonError){0};
  if (!text.len) text.at = "";
  Reader r = {
      .arena = arena, .start = text.at, .at = text.at, .end = text.at + text.len, .flags = flags, .error = error};
  if (text.len >= JSON_NOWHERE) return fault(&r, text.at, "the text is larger than 4 GiB");
  if (str_starts(text, S("\xEF\xBB\xBF"))) r.at += 3;
  const Json *value = read_value(&r, 0);
  if (!value) return NULL;
  skip_space(&r);
  if (r.at != r.end) return fault(&r, r.at, "something follows the JSON value");
  size_t bad = utf8_check(text);
  if (bad < text.len) return fault(&r, text.at + bad, "the text is not UTF-8 here");
  return value;
}
