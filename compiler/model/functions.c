#include "model/functions.h"
#include "base/digest.h"
#include "data/json.h"
#include "facts/pattern.h"
#include "model/make.h"
#include <math.h>

#define FOLD(name) static const Value *name(Arena *arena, const Value **a, size_t count, Span span)
#define NUMBER(x) value_number(arena, (x), UNIT_NONE, span)
#define TEXT(x) value_string(arena, (x), span)

static bool strings(const Value **a, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (a[i]->kind != VALUE_STRING) return false;
  }
  return true;
}

FOLD(fold_string) {
  (void)count;
  if (a[0]->kind > VALUE_STRING || a[0]->kind == VALUE_MISSING) return NULL;
  return TEXT(value_plain(arena, a[0]));
}

FOLD(fold_number) {
  double number;
  (void)count;
  if (a[0]->kind == VALUE_NUMBER) return NUMBER(a[0]->number);
  return a[0]->kind == VALUE_STRING && json_number_parse(a[0]->text, &number) ? NUMBER(number) : NULL;
}

FOLD(fold_length) {
  (void)count;
  if (a[0]->kind == VALUE_STRING) return NUMBER((double)a[0]->text.len);
  return a[0]->kind == VALUE_LIST || a[0]->kind == VALUE_OBJECT ? NUMBER((double)a[0]->count) : NULL;
}

FOLD(fold_join) {
  (void)count;
  if (a[0]->kind != VALUE_LIST || a[1]->kind != VALUE_STRING) return NULL;
  VEC(const Value *) parts = {0};
  for (size_t i = 0; i < a[0]->count; i++) {
    if (i) VEC_PUSH(arena, &parts, a[1]);
    VEC_PUSH(arena, &parts, a[0]->items[i]);
  }
  return value_template(arena, parts.at, parts.len, span);
}

FOLD(fold_split) {
  VEC(const Value *) parts = {0};
  if (!strings(a, count) || a[1]->text.len == 0) return NULL;
  for (size_t from = 0;;) {
    size_t hit = str_find(a[0]->text, a[1]->text, from);
    VEC_PUSH(arena, &parts, TEXT(str_slice(a[0]->text, from, hit)));
    if (hit >= a[0]->text.len) break;
    from = hit + a[1]->text.len;
  }
  return value_list(arena, parts.at, parts.len, span);
}

FOLD(fold_upper) {
  (void)count;
  return a[0]->kind == VALUE_STRING ? TEXT(str_upper(arena, a[0]->text)) : NULL;
}
FOLD(fold_lower) {
  (void)count;
  return a[0]->kind == VALUE_STRING ? TEXT(str_lower(arena, a[0]->text)) : NULL;
}
FOLD(fold_slug) {
  (void)count;
  if (a[0]->kind != VALUE_STRING) return NULL;
  Buf out = {.arena = arena};
  for (size_t i = 0; i < a[0]->text.len; i++) {
    char c = a[0]->text.at[i];
    buf_char(&out, ascii_is_alnum(c) ? ascii_lower(c) : '-');
  }
  return TEXT(buf_text(&out));
}

FOLD(fold_token) {
  (void)count;
  if (a[0]->kind != VALUE_STRING || a[1]->kind != VALUE_NUMBER || a[1]->number < 0) return NULL;
  Buf out = {.arena = arena};
  for (size_t i = 0; i < a[0]->text.len && (double)i < a[1]->number; i++) {
    char ch = a[0]->text.at[i];
    buf_char(&out, ascii_is_alnum(ch) || (ch && strchr("_.-", ch)) ? ch : '-');
  }
  return TEXT(buf_text(&out));
}

FOLD(fold_replace) {
  if (!strings(a, count) || a[1]->text.len == 0) return NULL;
  Buf out = {.arena = arena};
  Str text = a[0]->text;
  for (size_t from = 0; from <= text.len;) {
    size_t hit = str_find(text, a[1]->text, from);
    buf_str(&out, str_slice(text, from, hit));
    if (hit >= text.len) break;
    buf_str(&out, a[2]->text);
    from = hit + a[1]->text.len;
  }
  return TEXT(buf_text(&out));
}

FOLD(fold_contains) {
  if (a[0]->kind == VALUE_LIST) {
    for (size_t i = 0; i < a[0]->count; i++) {
      if (value_same(a[0]->items[i], a[1])) return value_bool(arena, true, span);
    }
    return value_bool(arena, false, span);
  }
  return strings(a, count) ? value_bool(arena, str_has(a[0]->text, a[1]->text), span) : NULL;
}

FOLD(fold_matches) {
  return strings(a, count) ? value_bool(arena, facts_matches(arena, a[1]->text, a[0]->text), span) : NULL;
}
FOLD(fold_starts) {
  return strings(a, count) ? value_bool(arena, str_starts(a[0]->text, a[1]->text), span) : NULL;
}
FOLD(fold_ends) {
  return strings(a, count) ? value_bool(arena, str_ends(a[0]->text, a[1]->text), span) : NULL;
}

FOLD(fold_substring) {
  if (a[0]->kind != VALUE_STRING || a[1]->kind != VALUE_NUMBER) return NULL;
  size_t from = a[1]->number > 0 ? (size_t)a[1]->number : 0;
  size_t len = count > 2 && a[2]->kind == VALUE_NUMBER && a[2]->number >= 0 ? (size_t)a[2]->number : a[0]->text.len;
  return TEXT(str_slice(a[0]->text, from, len > a[0]->text.len ? a[0]->text.len : from + len));
}

FOLD(fold_concat) {
  VEC(const Value *) items = {0};
  for (size_t i = 0; i < count; i++) {
    if (a[i]->kind != VALUE_LIST) return NULL;
    for (size_t k = 0; k < a[i]->count; k++) VEC_PUSH(arena, &items, a[i]->items[k]);
  }
  return value_list(arena, items.at, items.len, span);
}

FOLD(fold_keys) {
  (void)count;
  const Type *type = a[0]->type;
  if (a[0]->kind != VALUE_OBJECT && type->tag == T_OBJECT && !type->open) { // known by its type
    const Value **known = NEW_N(arena, const Value *, type->count);
    for (size_t i = 0; i < type->count; i++) {
      if (type->fields[i].optional) return NULL;
      known[i] = TEXT(type->fields[i].name);
    }
    return value_list(arena, known, type->count, span);
  }
  if (a[0]->kind != VALUE_OBJECT) return NULL;
  const Value **names = NEW_N(arena, const Value *, a[0]->count);
  for (size_t i = 0; i < a[0]->count; i++) names[i] = TEXT(a[0]->members[i].name);
  return value_list(arena, names, a[0]->count, span);
}

FOLD(fold_indices) {
  (void)count;
  if (a[0]->kind != VALUE_LIST) return NULL;
  const Value **numbers = NEW_N(arena, const Value *, a[0]->count);
  for (size_t i = 0; i < a[0]->count; i++) numbers[i] = NUMBER((double)i);
  return value_list(arena, numbers, a[0]->count, span);
}

FOLD(fold_flatten) {
  (void)count;
  VEC(const Value *) items = {0};
  if (a[0]->kind != VALUE_LIST) return NULL;
  for (size_t i = 0; i < a[0]->count; i++) {
    const Value *inner = a[0]->items[i];
    if (inner->kind != VALUE_LIST) return NULL;
    for (size_t k = 0; k < inner->count; k++) VEC_PUSH(arena, &items, inner->items[k]);
  }
  return value_list(arena, items.at, items.len, span);
}

FOLD(fold_values) {
  (void)count;
  if (a[0]->kind != VALUE_OBJECT) return NULL;
  const Value **values = NEW_N(arena, const Value *, a[0]->count);
  for (size_t i = 0; i < a[0]->count; i++) values[i] = a[0]->members[i].value;
  return value_list(arena, values, a[0]->count, span);
}

FOLD(fold_merge) {
  VEC(ValueMember) members = {0};
  for (size_t i = 0; i < count; i++) {
    if (a[i]->kind == VALUE_MISSING) continue;
    if (a[i]->kind != VALUE_OBJECT) return NULL;
    for (size_t k = 0; k < a[i]->count; k++) {
      size_t m = 0;
      while (m < members.len && !str_eq(members.at[m].name, a[i]->members[k].name)) m++;
      if (m < members.len)
        members.at[m] = a[i]->members[k];
      else
        VEC_PUSH(arena, &members, a[i]->members[k]);
    }
  }
  return value_object(arena, members.at, members.len, span);
}

static const Value *best(Arena *arena, const Value **a, size_t count, Span span, int sign) {
  double found = 0;
  for (size_t i = 0; i < count; i++) {
    if (a[i]->kind != VALUE_NUMBER) return NULL;
    if (i == 0 || (a[i]->number - found) * sign > 0) found = a[i]->number;
  }
  return value_number(arena, found, count ? a[0]->unit : UNIT_NONE, span);
}
FOLD(fold_min) {
  return best(arena, a, count, span, -1);
}
FOLD(fold_max) {
  return best(arena, a, count, span, 1);
}

FOLD(fold_floor) {
  return (void)count, a[0]->kind == VALUE_NUMBER ? NUMBER(floor(a[0]->number)) : NULL;
}
FOLD(fold_ceil) {
  return (void)count, a[0]->kind == VALUE_NUMBER ? NUMBER(ceil(a[0]->number)) : NULL;
}

static Str file_name(Str path) {
  size_t at = path.len;
  while (at > 0 && path.at[at - 1] != '/') at--;
  return str_slice(path, at, path.len);
}

FOLD(fold_hash) {
  (void)count;
  if (a[0]->kind != VALUE_STRING) return NULL;
  unsigned char bytes[DIGEST_MOST];
  Buf out = {.arena = arena};
  buf_hex(&out, bytes, digest(S("SHA-256"), a[0]->text, bytes));
  return value_string(arena, buf_text(&out), span);
}

FOLD(fold_base64) {
  (void)count;
  if (a[0]->kind != VALUE_STRING) return NULL;
  Buf out = {.arena = arena};
  buf_base64(&out, a[0]->text);
  return value_string(arena, buf_text(&out), span);
}

FOLD(fold_basename) {
  return (void)count, a[0]->kind == VALUE_STRING ? TEXT(file_name(a[0]->text)) : NULL;
}

FOLD(fold_stem) {
  (void)count;
  if (a[0]->kind != VALUE_STRING) return NULL;
  Str name = file_name(a[0]->text);
  size_t dot = name.len;
  while (dot > 0 && name.at[dot - 1] != '.') dot--;
  return TEXT(dot > 1 ? str_slice(name, 0, dot - 1) : name);
}

FOLD(fold_dirname) {
  (void)count;
  if (a[0]->kind != VALUE_STRING) return NULL;
  Str path = a[0]->text, name = file_name(path);
  return TEXT(name.len == path.len ? S(".") : str_slice(path, 0, path.len - name.len - 1));
}

const Json *value_json(Arena *arena, const Value *value) {
  switch (value->kind) {
  case VALUE_BOOL: return json_bool(value->truth);
  case VALUE_NUMBER: return json_number(arena, value->number);
  case VALUE_STRING: return json_string(arena, value->text);
  case VALUE_LIST: {
    JsonBuild build = {.arena = arena};
    for (size_t i = 0; i < value->count; i++) json_add(&build, value_json(arena, value->items[i]));
    return json_made_array(&build);
  }
  case VALUE_OBJECT: {
    JsonBuild build = {.arena = arena};
    for (size_t i = 0; i < value->count; i++)
      json_put(&build, value->members[i].name, value_json(arena, value->members[i].value));
    return json_made_object(&build);
  }
  default: return &JSON_THE_NULL;
  }
}

FOLD(fold_json) {
  (void)count;
  if (a[0]->time != TIME_COMPILE) return NULL;
  return TEXT(json_text(arena, value_json(arena, a[0]), JSON_COMPACT));
}

const Function functions[] = {
    {STR_INIT("now"), 0, 0, &TYPE_DATE, "$now()", NULL, NULL, "the present instant, as text"},
    {STR_INIT("millis"), 0, 0, &TYPE_NUMBER, "$millis()", NULL, NULL, "milliseconds since 1970"},
    {STR_INIT("uuid"), 0, 0, &TYPE_STRING, "$uuid()", NULL, NULL, "a new UUID"},
    {STR_INIT("short_id"), 0, 0, &TYPE_STRING, "$substring($uuid(), 0, 8)", NULL, NULL, "eight new random characters"},
    {STR_INIT("number"), 1, 1, &TYPE_NUMBER, "$number($1)", "tonumber($1)", fold_number, "text as a number"},
    {STR_INIT("string"), 1, 1, &TYPE_STRING, "$string($1)", "tostring($1)", fold_string, "a number or bool as text"},
    {STR_INIT("json"), 1, 1, &TYPE_STRING, "$string($1)", "jsonencode($1)", fold_json, "any value as JSON text"},
    {STR_INIT("parse_json"), 1, 1, &TYPE_ANY, "$parse($1)", "jsondecode($1)", NULL, "JSON text as a value"},
    {STR_INIT("length"), 1, 1, &TYPE_NUMBER, "$count($1)", "length($1)", fold_length,
     "of a list, a string or an object"},
    {STR_INIT("join"), 2, 2, &TYPE_STRING, "$join($1, $2)", "join($2, $1)", fold_join,
     "the texts of a list with text between"},
    {STR_INIT("split"), 2, 2, &TYPE_STRINGS, "$split($1, $2)", "split($2, $1)", fold_split, "the parts of a text"},
    {STR_INIT("upper"), 1, 1, &TYPE_STRING, "$uppercase($1)", "upper($1)", fold_upper, "in capitals"},
    {STR_INIT("lower"), 1, 1, &TYPE_STRING, "$lowercase($1)", "lower($1)", fold_lower, "in small letters"},
    {STR_INIT("slug"), 1, 1, &TYPE_STRING, NULL, NULL, fold_slug, "in small letters, all but letters and digits as -"},
    {STR_INIT("token"), 2, 2, &TYPE_STRING, NULL, "substr(replace($1, \"/[^0-9A-Za-z_.-]/\", \"-\"), \"0\", $2)",
     fold_token, "text as a name: all but letters, digits and _.- as -, of a length at most"},
    {STR_INIT("trim"), 1, 1, &TYPE_STRING, "$trim($1)", "trimspace($1)", NULL, "without blanks around"},
    {STR_INIT("replace"), 3, 3, &TYPE_STRING, "$replace($1, $2, $3)", "replace($1, $2, $3)", fold_replace,
     "every $2 in $1 by $3"},
    {STR_INIT("contains"), 2, 2, &TYPE_BOOL, "$contains($1, $2)", "strcontains($1, $2)", fold_contains,
     "whether a text or list has a part"},
    {STR_INIT("matches"), 2, 2, &TYPE_BOOL, NULL, "can(regex(format(\"^(?:%s)$\", $2), $1))", fold_matches,
     "whether a whole text is of the form of a regular expression"},
    {STR_INIT("starts_with"), 2, 2, &TYPE_BOOL, "$substring($1, 0, $length($2)) = $2", "startswith($1, $2)",
     fold_starts, "whether a text begins with another"},
    {STR_INIT("ends_with"), 2, 2, &TYPE_BOOL, "$substring($1, -$length($2)) = $2", "endswith($1, $2)", fold_ends,
     "whether a text ends with another"},
    {STR_INIT("substring"), 2, 3, &TYPE_STRING, "$substring($*)", "substr($*)", fold_substring,
     "from a place, of a length"},
    {STR_INIT("date"), 1, 1, &TYPE_DATE, "$substring($1, 0, 10)", "formatdate(\"YYYY-MM-DD\", $1)", NULL,
     "the YYYY-MM-DD of an instant"},
    {STR_INIT("concat"), 1, 32, &TYPE_ANYTHINGS, "$append($1, $2)", "concat($*)", fold_concat,
     "lists one behind the other"},
    {STR_INIT("flatten"), 1, 1, &TYPE_ANYTHINGS, "[$reduce($1, $append, [])]", "concat([], $1...)", fold_flatten,
     "the items of a list's lists as one list"},
    {STR_INIT("indices"), 1, 1, &TYPE_ANYTHINGS, "[$count($1) = 0 ? [] : [0..$count($1) - 1]]", "range(length($1))",
     fold_indices, "0, 1, 2, … as far as a list goes"},
    {STR_INIT("unique"), 1, 1, &TYPE_ANYTHINGS, "[$distinct($1)]", "distinct($1)", NULL, "without repetitions"},
    {STR_INIT("sort"), 1, 1, &TYPE_ANYTHINGS, "[$sort($1)]", "sort($1)", NULL, "in order"},
    {STR_INIT("keys"), 1, 1, &TYPE_STRINGS, "[$keys($1)]", "keys($1)", fold_keys, "the names of an object's members"},
    {STR_INIT("values"), 1, 1, &TYPE_ANYTHINGS, NULL, "values($1)", fold_values, "the values of an object's members"},
    {STR_INIT("merge"), 1, 32, &TYPE_RECORD, "$merge([$*])", "merge($*)", fold_merge,
     "objects into one; later members win"},
    {STR_INIT("object"), 1, 2, &TYPE_RECORD, "$merge([$map($1, function($p_) { {$p_[0]: $p_[1]} })])", NULL, NULL,
     "an object of a list of names, each with its value"},
    {STR_INIT("lookup"), 2, 2, &TYPE_ANY, "$lookup($1, $2)", "$1[$2]", NULL,
     "the member of an object whose name is computed"},
    {STR_INIT("min"), 1, 9, &TYPE_NUMBER, "$min([$*])", "min($*)", fold_min, "the least"},
    {STR_INIT("max"), 1, 9, &TYPE_NUMBER, "$max([$*])", "max($*)", fold_max, "the greatest"},
    {STR_INIT("sum"), 1, 1, &TYPE_NUMBER, "$sum($1)", "sum($1)", NULL, "of a list of numbers"},
    {STR_INIT("floor"), 1, 1, &TYPE_NUMBER, "$floor($1)", "floor($1)", fold_floor, "rounded down"},
    {STR_INIT("ceil"), 1, 1, &TYPE_NUMBER, "$ceil($1)", "ceil($1)", fold_ceil, "rounded up"},
    {STR_INIT("round"), 1, 2, &TYPE_NUMBER, "$round($*)", NULL, NULL, "rounded half to even, to a number of places"},
    {STR_INIT("hash"), 1, 1, &TYPE_STRING, "$hash($1, \"SHA-256\")", "sha256($1)", fold_hash, "SHA-256 in hexadecimal"},
    {STR_INIT("base64"), 1, 1, &TYPE_STRING, "$base64encode($1)", "base64encode($1)", fold_base64, "in Base64"},
    {STR_INIT("basename"), 1, 1, &TYPE_STRING, NULL, "basename($1)", fold_basename, "the last part of a path"},
    {STR_INIT("dirname"), 1, 1, &TYPE_STRING, NULL, "dirname($1)", fold_dirname, "the folder of a path"},
    {STR_INIT("stem"), 1, 1, &TYPE_STRING, NULL, NULL, fold_stem, "the last part of a path without its ending"},
    {{0}, 0, 0, NULL, NULL, NULL, NULL, NULL},
};

const Function *function_named(Str name) {
  for (const Function *function = functions; function->name.len; function++) {
    if (str_eq(function->name, name)) return function;
  }
  return NULL;
}

const Value *value_of_json(Arena *arena, const Json *json, Span span) {
  if (json->kind == JSON_ARRAY) {
    const Value **items = NEW_N(arena, const Value *, json->count + 1);
    for (uint32_t i = 0; i < json->count; i++) items[i] = value_of_json(arena, json->items[i], span);
    return value_list(arena, items, json->count, span);
  }
  if (json->kind == JSON_OBJECT) {
    ValueMember *members = NEW_N(arena, ValueMember, json->count + 1);
    for (uint32_t i = 0; i < json->count; i++)
      members[i] = (ValueMember){json->members[i].key, value_of_json(arena, json->members[i].value, span), span};
    return value_object(arena, members, json->count, span);
  }
  Str text = json->kind == JSON_STRING ? json_str(json) : json_text(arena, json, JSON_COMPACT);
  return value_string(arena, text, span);
}
