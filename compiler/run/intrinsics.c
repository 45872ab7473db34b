#include "run/intrinsics.h"
#include "base/digest.h"
#include "base/utf8.h"
#include "run/value.h"
#include <math.h>

enum { NESTED_MOST = 10, RANGE_MOST = 1000, TEXT_MOST = 10000 };

typedef enum { ARGUMENT_CONSTANT, ARGUMENT_PATH, ARGUMENT_CALL } ArgumentKind;

typedef struct Argument {
  ArgumentKind kind;
  const Json *constant;
  Path path;
  const Intrinsic *call;
} Argument;

typedef struct Function Function;

struct Intrinsic {
  Str source;
  const Function *function;
  const Argument *arguments;
  uint32_t count;
};

// A call being evaluated: its arguments' values and, after a fault, what was wrong.
typedef struct Call {
  Evaluation *e;
  Arena *arena;
  const Json *const *at;
  uint32_t count;
  Str fault;
} Call;

struct Function {
  const char *name; // behind "States."
  uint8_t least, most;
  const Json *(*run)(Call *);
};

static const Json *wrong(Call *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
static const Json *wrong(Call *c, const char *format, ...) {
  va_list args;
  va_start(args, format);
  c->fault = str_vfmt(c->arena, format, args);
  va_end(args);
  return NULL;
}

// An argument of a kind, or NULL with a fault.
static const Json *want(Call *c, uint32_t i, JsonKind kind) {
  static const char *const kinds[] = {"null",     "a boolean", "a boolean", "a number",
                                      "a string", "an array",  "an object"};
  if (c->at[i]->kind == kind) return c->at[i];
  return wrong(c, "Argument %u must be %s but was %s", i + 1, kinds[kind], value_type(c->at[i]));
}

// A number rounded half up to a whole one, as the service rounds.
static bool want_whole(Call *c, uint32_t i, double *whole) {
  const Json *number = want(c, i, JSON_NUMBER);
  if (number) *whole = floor(number->number + 0.5);
  return number != NULL;
}

// --- Arrays

static const Json *f_array(Call *c) {
  const Json **items = arena_raw(c->arena, (c->count + 1) * sizeof *items);
  if (c->count) memcpy(items, c->at, c->count * sizeof *items);
  return json_array(c->arena, items, c->count);
}

static const Json *f_partition(Call *c) {
  const Json *array = want(c, 0, JSON_ARRAY);
  double size;
  if (!array || !want_whole(c, 1, &size)) return NULL;
  if (size < 1) return wrong(c, "The chunk size must be greater than 0");
  JsonBuild build = {.arena = c->arena};
  uint32_t step = size > array->count ? array->count : (uint32_t)size;
  for (uint32_t i = 0; i < array->count; i += step) {
    json_add(&build, json_array(c->arena, array->items + i, array->count - i < step ? array->count - i : step));
  }
  return json_made_array(&build);
}

static const Json *f_contains(Call *c) {
  const Json *array = want(c, 0, JSON_ARRAY);
  if (!array) return NULL;
  for (uint32_t i = 0; i < array->count; i++) {
    if (json_equal(array->items[i], c->at[1])) return json_bool(true);
  }
  return json_bool(false);
}

static const Json *f_range(Call *c) {
  double from, to, step;
  if (!want_whole(c, 0, &from) || !want_whole(c, 1, &to) || !want_whole(c, 2, &step)) return NULL;
  if (step == 0) return wrong(c, "The increment must not be 0");
  if ((to - from) / step >= RANGE_MOST) return wrong(c, "The range must have at most %d items", RANGE_MOST);
  JsonBuild build = {.arena = c->arena};
  for (double x = from; step > 0 ? x <= to : x >= to; x += step) json_add(&build, json_number(c->arena, x));
  return json_made_array(&build);
}

static const Json *f_item(Call *c) {
  const Json *array = want(c, 0, JSON_ARRAY);
  double index;
  if (!array || !want_whole(c, 1, &index)) return NULL;
  if (index < 0 || index >= array->count) {
    return wrong(c, "The index %.0f is out of bounds for an array of length %u", index, array->count);
  }
  return array->items[(uint32_t)index];
}

static const Json *f_length(Call *c) {
  const Json *array = want(c, 0, JSON_ARRAY);
  return array ? json_number(c->arena, array->count) : NULL;
}

static const Json *f_unique(Call *c) {
  const Json *array = want(c, 0, JSON_ARRAY);
  if (!array) return NULL;
  JsonBuild build = {.arena = c->arena};
  for (uint32_t i = 0; i < array->count; i++) {
    size_t k = 0;
    while (k < build.items.len && !json_equal(build.items.at[k], array->items[i])) k++;
    if (k == build.items.len) json_add(&build, array->items[i]);
  }
  return json_made_array(&build);
}

// --- Texts

static const Json *f_base64_encode(Call *c) {
  const Json *text = want(c, 0, JSON_STRING);
  if (!text) return NULL;
  if (text->count > TEXT_MOST) return wrong(c, "The text must have at most %d characters", TEXT_MOST);
  Buf out = {.arena = c->arena};
  buf_base64(&out, json_str(text));
  return json_string(c->arena, buf_text(&out));
}

static const Json *f_base64_decode(Call *c) {
  const Json *text = want(c, 0, JSON_STRING);
  if (!text) return NULL;
  if (text->count > TEXT_MOST) return wrong(c, "The text must have at most %d characters", TEXT_MOST);
  Buf out = {.arena = c->arena};
  if (!buf_unbase64(&out, json_str(text)) || utf8_check(buf_text(&out)) < out.len) {
    return wrong(c, "The argument is not a valid Base64 text");
  }
  return json_string(c->arena, buf_text(&out));
}

static const Json *f_hash(Call *c) {
  const Json *algorithm = want(c, 1, JSON_STRING);
  if (!algorithm) return NULL;
  Str text = json_is(c->at[0], JSON_STRING) ? json_str(c->at[0]) : value_text(c->arena, c->at[0]);
  if (text.len > TEXT_MOST) return wrong(c, "The data must have at most %d characters", TEXT_MOST);
  unsigned char bytes[DIGEST_MOST];
  size_t size = digest(json_str(algorithm), text, bytes);
  if (!size) return wrong(c, "The algorithm must be one of MD5, SHA-1, SHA-256, SHA-384, SHA-512");
  Buf hex = {.arena = c->arena};
  buf_hex(&hex, bytes, size);
  // The service writes the digest as a number: without leading zeros.
  Str digits = buf_text(&hex);
  while (digits.len > 1 && digits.at[0] == '0') digits = str_slice(digits, 1, digits.len);
  return json_string(c->arena, digits);
}

static const Json *f_split(Call *c) {
  const Json *text = want(c, 0, JSON_STRING), *marks = text ? want(c, 1, JSON_STRING) : NULL;
  if (!marks) return NULL;
  JsonBuild build = {.arena = c->arena};
  Str s = json_str(text);
  size_t from = 0;
  for (size_t i = 0, len; i <= s.len; i += len) {
    len = 1;
    if (i < s.len) utf8_decode(s, i, &len, NULL);
    if (i < s.len && !str_has(json_str(marks), str_slice(s, i, i + len))) continue;
    if (i < s.len && !marks->count) continue;
    if (i > from) json_add(&build, json_string(c->arena, str_slice(s, from, i)));
    from = i + len;
  }
  return json_made_array(&build);
}

// {} stands for the next argument; a backslash takes the next brace as it is.
static const Json *f_format(Call *c) {
  const Json *form = want(c, 0, JSON_STRING);
  if (!form) return NULL;
  Buf out = {.arena = c->arena};
  uint32_t used = 1;
  for (uint32_t i = 0; i < form->count; i++) {
    char at = form->text[i], next = i + 1 < form->count ? form->text[i + 1] : 0;
    if (at == '\\' && (next == '{' || next == '}' || next == '\\' || next == '\'')) {
      buf_char(&out, next);
      i++;
    } else if (at == '{' && next == '}') {
      if (used == c->count) return wrong(c, "There are fewer arguments than {} in the format string");
      value_java(&out, c->at[used++]);
      i++;
    } else {
      buf_char(&out, at);
    }
  }
  if (used < c->count) return wrong(c, "There are more arguments than {} in the format string");
  return json_string(c->arena, buf_text(&out));
}

static const Json *f_uuid(Call *c) {
  return json_string(c->arena, random_uuid(c->e->random, c->arena));
}

// --- JSON

static const Json *f_merge(Call *c) {
  const Json *a = want(c, 0, JSON_OBJECT), *b = a ? want(c, 1, JSON_OBJECT) : NULL;
  if (!b) return NULL;
  if (c->at[2]->kind != JSON_FALSE)
    return wrong(c, "Only shallow merging is supported: the third argument must be false");
  JsonBuild build = {.arena = c->arena};
  for (uint32_t i = 0; i < a->count; i++) {
    const Json *other = json_get(b, a->members[i].key);
    json_put(&build, a->members[i].key, other ? other : a->members[i].value);
  }
  for (uint32_t i = 0; i < b->count; i++) {
    if (!json_get(a, b->members[i].key)) json_put(&build, b->members[i].key, b->members[i].value);
  }
  return json_made_object(&build);
}

static const Json *f_parse(Call *c) {
  const Json *text = want(c, 0, JSON_STRING);
  if (!text) return NULL;
  if (!str_trim(json_str(text)).len) return &JSON_THE_NULL;
  JsonError error;
  const Json *value = json_read(c->arena, json_str(text), 0, &error);
  return value ? value : wrong(c, "The argument is not valid JSON: %s", error.what);
}

static const Json *f_to_text(Call *c) {
  return json_string(c->arena, value_text(c->arena, c->at[0]));
}

// --- Numbers

// Whole numbers beyond what a double holds exactly are added exactly, as long as they fit into 64 bits.
static bool exact(const Json *number, int64_t *whole) {
  if (!json_is(number, JSON_NUMBER) || !number->text || number->count > 19) return false;
  int64_t value = 0;
  bool negative = number->text[0] == '-';
  for (uint32_t i = negative; i < number->count; i++) {
    char digit = number->text[i];
    if (!ascii_is_digit(digit)) return false;
    if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, digit - '0', &value)) return false;
  }
  *whole = negative ? -value : value;
  return true;
}

static const Json *f_add(Call *c) {
  const double held = 4503599627370496.0; // half of what a double holds exactly
  double a, b;
  int64_t x, y, sum;
  if (!want_whole(c, 0, &a) || !want_whole(c, 1, &b)) return NULL;
  if (fabs(a) < held && fabs(b) < held) return json_number(c->arena, a + b);
  if (exact(c->at[0], &x) && exact(c->at[1], &y) && !__builtin_add_overflow(x, y, &sum)) {
    return json_number_text(c->arena, str_fmt(c->arena, "%lld", (long long)sum));
  }
  return json_number(c->arena, a + b);
}

static const Json *f_random(Call *c) {
  double from, to, seed;
  if (!want_whole(c, 0, &from) || !want_whole(c, 1, &to)) return NULL;
  if (c->count == 3 && !want_whole(c, 2, &seed)) return NULL;
  if (to <= from) return wrong(c, "The end must be greater than the start");
  uint64_t own = c->count == 3 ? (uint64_t)(int64_t)fmod(seed, 9007199254740992.0) : 0;
  double part = (double)(evaluation_random(c->count == 3 ? &own : c->e->random) >> 11) / 9007199254740992.0;
  return json_number(c->arena, from + floor(part * (to - from)));
}

static const Function functions[] = {
    {"Array", 0, UINT8_MAX, f_array},
    {"ArrayContains", 2, 2, f_contains},
    {"ArrayGetItem", 2, 2, f_item},
    {"ArrayLength", 1, 1, f_length},
    {"ArrayPartition", 2, 2, f_partition},
    {"ArrayRange", 3, 3, f_range},
    {"ArrayUnique", 1, 1, f_unique},
    {"Base64Decode", 1, 1, f_base64_decode},
    {"Base64Encode", 1, 1, f_base64_encode},
    {"Format", 1, UINT8_MAX, f_format},
    {"Hash", 2, 2, f_hash},
    {"JsonMerge", 3, 3, f_merge},
    {"JsonToString", 1, 1, f_to_text},
    {"MathAdd", 2, 2, f_add},
    {"MathRandom", 2, 3, f_random},
    {"StringSplit", 2, 2, f_split},
    {"StringToJson", 1, 1, f_parse},
    {"UUID", 0, 0, f_uuid},
};

// --- Compiling

typedef struct Parser {
  Arena *arena;
  Str s;
  size_t i;
  Str why;
} Parser;

static bool fault(Parser *p, const char *what) {
  if (!p->why.len) p->why = str_fmt(p->arena, "%s at character %zu of '%.*s'", what, p->i + 1, STR_ARG(p->s));
  return false;
}

static char peek(Parser *p) {
  while (p->i < p->s.len && strchr(" \t\r\n", p->s.at[p->i])) p->i++;
  return p->i < p->s.len ? p->s.at[p->i] : 0;
}

// A string in single quotes. \' and \\ are unescaped here, \{ and \} by States.Format.
static bool parse_text(Parser *p, const Json **value) {
  Buf out = {.arena = p->arena};
  for (p->i++;; p->i++) {
    if (p->i >= p->s.len) return fault(p, "a string is not closed");
    char c = p->s.at[p->i], next = p->i + 1 < p->s.len ? p->s.at[p->i + 1] : 0;
    if (c == '\'') break;
    if (c == '\\' && (next == '\'' || next == '{' || next == '}' || next == '\\')) {
      if (next != '\'') buf_char(&out, c);
      c = next, p->i++;
    }
    buf_char(&out, c);
  }
  p->i++;
  *value = json_string(p->arena, buf_text(&out));
  return true;
}

static bool parse_constant(Parser *p, const Json **value) {
  size_t from = p->i;
  while (p->i < p->s.len && !strchr(",) \t\r\n", p->s.at[p->i])) p->i++;
  JsonError error;
  *value = json_read(p->arena, str_slice(p->s, from, p->i), 0, &error);
  return *value || fault(p, "a string in single quotes, a number, a path or a function is wanted");
}

static bool parse_call(Parser *p, const Intrinsic **call, int depth);

// Other functions than States.Format see their texts without the escapes of braces and backslashes.
static const Json *plain_text(Arena *arena, const Json *text) {
  if (!json_is(text, JSON_STRING) || !text->count || !memchr(text->text, '\\', text->count)) return text;
  Buf out = {.arena = arena};
  for (uint32_t i = 0; i < text->count; i++) {
    char next = i + 1 < text->count ? text->text[i + 1] : 0;
    if (text->text[i] == '\\' && (next == '{' || next == '}' || next == '\\')) i++;
    buf_char(&out, text->text[i]);
  }
  return json_string(arena, buf_text(&out));
}

static bool parse_argument(Parser *p, Argument *argument, bool format, int depth) {
  char c = peek(p);
  if (c == '\'') {
    if (!parse_text(p, &argument->constant)) return false;
    if (!format) argument->constant = plain_text(p->arena, argument->constant);
    return true;
  }
  if (c == '$') {
    size_t end = path_extent(p->s, p->i);
    argument->kind = ARGUMENT_PATH;
    if (!path_compile(p->arena, str_slice(p->s, p->i, end), &argument->path, &p->why)) return false;
    p->i = end;
    return true;
  }
  if (!intrinsic_is_call(str_slice(p->s, p->i, p->s.len))) return parse_constant(p, &argument->constant);
  argument->kind = ARGUMENT_CALL;
  return parse_call(p, &argument->call, depth + 1);
}

static const Function *function_named(Str name) {
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    if (str_eq(name, str_of(functions[i].name))) return &functions[i];
  }
  return NULL;
}

static bool parse_call(Parser *p, const Intrinsic **result, int depth) {
  if (depth >= NESTED_MOST) return fault(p, "functions are nested deeper than 10 levels");
  size_t from = p->i, open = p->i;
  while (open < p->s.len && p->s.at[open] != '(') open++;
  Intrinsic *call = NEW(p->arena, Intrinsic);
  *result = call;
  call->function = function_named(str_trim(str_slice(p->s, from + 7, open)));
  if (!call->function) return fault(p, "there is no such function");
  if (open == p->s.len) return fault(p, "'(' is wanted");
  p->i = open + 1;
  VEC(Argument) arguments = {0};
  bool format = strcmp(call->function->name, "Format") == 0;
  while (peek(p) != ')') {
    Argument argument = {0};
    if (arguments.len && peek(p) != ',') return fault(p, "',' or ')' is wanted");
    if (arguments.len) p->i++;
    if (!parse_argument(p, &argument, format && !arguments.len, depth)) return false;
    VEC_PUSH(p->arena, &arguments, argument);
  }
  p->i++;
  call->source = str_slice(p->s, from, p->i);
  call->arguments = arguments.at;
  call->count = (uint32_t)arguments.len;
  if (call->count < call->function->least || call->count > call->function->most) {
    return fault(p, "the function takes another number of arguments");
  }
  return true;
}

bool intrinsic_is_call(Str source) {
  return str_starts(source, S("States."));
}

const Intrinsic *intrinsic_compile(Arena *arena, Str source, Str *why) {
  Parser p = {.arena = arena, .s = str_trim(source)};
  const Intrinsic *call = NULL;
  bool good = parse_call(&p, &call, 0) && (peek(&p) == 0 || fault(&p, "something follows the call"));
  *why = p.why;
  return good ? call : NULL;
}

// --- Calling

static const Json *argument_value(Evaluation *e, const Argument *argument, Str field) {
  if (argument->kind == ARGUMENT_CONSTANT) return argument->constant;
  if (argument->kind == ARGUMENT_CALL) return intrinsic_call(e, argument->call, field);
  const Json *root, *value = evaluation_path(e, &argument->path, &root);
  if (value) return value;
  Str text = root ? value_text(e->arena, root) : S("");
  return evaluation_fail(e, S("States.Runtime"),
                         "The JsonPath argument for the field '%.*s' could not be found in the input '%.*s'",
                         STR_ARG(argument->path.source), STR_ARG(text));
}

const Json *intrinsic_call(Evaluation *e, const Intrinsic *call, Str field) {
  const Json *few[8], **values = few;
  if (call->count > 8) values = arena_raw(e->arena, call->count * sizeof *values);
  for (uint32_t i = 0; i < call->count; i++) {
    if (!(values[i] = argument_value(e, &call->arguments[i], field))) return NULL;
  }
  Call c = {.e = e, .arena = e->arena, .at = values, .count = call->count};
  const Json *result = call->function->run(&c);
  if (result) return result;
  return evaluation_fail(e, S("States.IntrinsicFailure"), "The function '%.*s' had the following error: %.*s",
                         STR_ARG(call->source), STR_ARG(c.fault));
}
