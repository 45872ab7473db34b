// Reads the notation of shapes by recursive descent.
#include "validate/shape.h"
#include <stdlib.h>

typedef struct Reader {
  ShapeSet *set;
  Str text;
  size_t at;
} Reader;

static _Noreturn void broken(const Reader *r, const char *what) {
  unsigned line = 1;
  for (size_t i = 0; i < r->at; i++) line += r->text.at[i] == '\n';
  fatal("shapes, line %u: %s", line, what);
}

static char skip(Reader *r) {
  for (; r->at < r->text.len; r->at++) {
    char c = r->text.at[r->at];
    if (c == '#') {
      while (r->at < r->text.len && r->text.at[r->at] != '\n') r->at++;
    } else if (!strchr(" \t\n,", c)) {
      return c;
    }
  }
  return 0;
}

static bool take(Reader *r, char c) {
  if (skip(r) != c) return false;
  r->at++;
  return true;
}

static void want(Reader *r, char c, const char *what) {
  if (!take(r, c)) broken(r, what);
}

static bool is_word_char(char c) {
  return ascii_is_word(c) || c == '-' || c == '*' || c == '$';
}

// A word or a text in double quotes; empty when neither stands here.
static Str read_word(Reader *r) {
  char c = skip(r);
  size_t from = r->at;
  if (c == '"') {
    from = ++r->at;
    while (r->at < r->text.len && r->text.at[r->at] != '"') r->at++;
    return str_slice(r->text, from, r->at++);
  }
  while (r->at < r->text.len && is_word_char(r->text.at[r->at])) r->at++;
  return str_slice(r->text, from, r->at);
}

static bool take_word(Reader *r, Str word) {
  skip(r);
  size_t before = r->at;
  if (str_eq(read_word(r), word) && (r->at == r->text.len || r->text.at[r->at] != ':')) return true;
  r->at = before;
  return false;
}

static int64_t read_number(Reader *r, int64_t otherwise) {
  skip(r);
  char *end;
  int64_t value = strtoll(r->text.at + r->at, &end, 10); // the embedded text ends in a NUL
  if (end == r->text.at + r->at) return otherwise;
  r->at = (size_t)(end - r->text.at);
  return value;
}

// (1..5), (1..), (..5), (1)
static void read_range(Reader *r, ShapeAlternative *a) {
  a->least = a->kind == SHAPE_INT ? INT64_MIN : 0;
  a->most = INT64_MAX;
  if (r->at >= r->text.len || r->text.at[r->at] != '(') return;
  r->at++;
  a->least = read_number(r, a->least);
  if (take(r, '.')) {
    want(r, '.', "expected ..");
    a->most = read_number(r, INT64_MAX);
  } else {
    a->most = a->least;
  }
  want(r, ')', "expected )");
}

static const Shape *read_shape(Reader *r);

static bool read_keys_rule(Reader *r, ShapeAlternative *a, Str word) {
  static const Str words[] = {STR_INIT("one"), STR_INIT("some"), STR_INIT("apart"), STR_INIT("with")};
  if (r->at >= r->text.len || r->text.at[r->at] != '(') return false;
  size_t rule = 0;
  while (rule < 4 && !str_eq(word, words[rule])) rule++;
  if (rule == 4) broken(r, "expected one, some, apart or with");
  r->at++;
  ShapeKeys keys = {.rule = (KeysRule)rule};
  while (!take(r, ')')) {
    Str key = read_word(r);
    if (!key.len) broken(r, "expected a key");
    VEC_PUSH(r->set->arena, &keys.keys, key);
  }
  VEC_PUSH(r->set->arena, &a->rules, keys);
  return true;
}

static void read_spread(Reader *r, ShapeAlternative *a) {
  r->at += 3;
  const Shape *other = map_get(&r->set->shapes, read_word(r));
  if (!other || other->alternatives.at[0].kind != SHAPE_MAP) broken(r, "... wants a map that stands above");
  const ShapeAlternative *map = &other->alternatives.at[0];
  for (size_t i = 0; i < map->members.len; i++) VEC_PUSH(r->set->arena, &a->members, map->members.at[i]);
  for (size_t i = 0; i < map->rules.len; i++) VEC_PUSH(r->set->arena, &a->rules, map->rules.at[i]);
  a->ignoring |= map->ignoring;
}

static void read_members(Reader *r, ShapeAlternative *a) {
  while (!take(r, '}')) {
    if (skip(r) == '.') {
      read_spread(r, a);
      continue;
    }
    Str key = read_word(r);
    if (!key.len) broken(r, "expected a key");
    if (read_keys_rule(r, a, key)) continue;
    bool required = take(r, '!');
    want(r, ':', "expected : after the key");
    bool other = str_eq(key, S("*"));
    if (other && take_word(r, S("ignored"))) {
      a->ignoring = true;
      continue;
    }
    const Shape *shape = read_shape(r);
    if (other)
      a->inner = shape;
    else
      VEC_PUSH(r->set->arena, &a->members, (ShapeMember){key, shape, required});
  }
}

static ShapeAlternative read_plain(Reader *r) {
  static const struct {
    Str word;
    ShapeKind kind;
  } kinds[] = {{STR_INIT("string"), SHAPE_STRING}, {STR_INIT("scalar"), SHAPE_SCALAR},  {STR_INIT("int"), SHAPE_INT},
               {STR_INIT("number"), SHAPE_NUMBER}, {STR_INIT("bool"), SHAPE_BOOL},      {STR_INIT("null"), SHAPE_NULL},
               {STR_INIT("any"), SHAPE_ANY},       {STR_INIT("expr"), SHAPE_EXPRESSION}};
  bool quoted = skip(r) == '"';
  ShapeAlternative a = {.kind = quoted ? SHAPE_WORD : SHAPE_NAME, .text = read_word(r)};
  if (!quoted && !a.text.len) broken(r, "expected a shape");
  for (size_t i = 0; !quoted && i < sizeof kinds / sizeof *kinds; i++) {
    if (str_eq(a.text, kinds[i].word)) a.kind = kinds[i].kind;
  }
  read_range(r, &a);
  return a;
}

static ShapeAlternative read_alternative(Reader *r) {
  ShapeAlternative a = {0};
  if (take(r, '[')) {
    a.kind = SHAPE_LIST;
    a.inner = read_shape(r);
    want(r, ']', "expected ]");
    read_range(r, &a);
    a.unique = take_word(r, S("unique"));
  } else if (take(r, '{')) {
    a.kind = SHAPE_MAP;
    read_members(r, &a);
  } else {
    a = read_plain(r);
  }
  a.pinned = take_word(r, S("pinned"));
  if (take(r, '@')) a.hook = read_word(r);
  a.lenient = take_word(r, S("lenient"));
  return a;
}

static const Shape *read_shape(Reader *r) {
  Shape *shape = NEW(r->set->arena, Shape);
  do VEC_PUSH(r->set->arena, &shape->alternatives, read_alternative(r));
  while (take(r, '|'));
  return shape;
}

// Looks up what names stand for, once all are known.
static void resolve(const ShapeSet *set, const Shape *shape) {
  for (size_t i = 0; i < shape->alternatives.len; i++) {
    ShapeAlternative *a = &shape->alternatives.at[i];
    if (a->kind == SHAPE_NAME) {
      if (!(a->inner = map_get(&set->shapes, a->text))) fatal("shapes: %.*s is not there", STR_ARG(a->text));
      continue;
    }
    if (a->inner) resolve(set, a->inner);
    for (size_t k = 0; k < a->members.len; k++) resolve(set, a->members.at[k].shape);
  }
}

ShapeSet shape_read(Arena *arena, Str text) {
  ShapeSet set = {.arena = arena, .shapes = {.arena = arena}};
  Reader r = {&set, text, 0};
  while (skip(&r)) {
    Str name = read_word(&r), title = skip(&r) == '"' ? read_word(&r) : (Str){0};
    want(&r, '=', "expected = after the name");
    Shape *shape = (Shape *)read_shape(&r);
    shape->name = name;
    shape->title = title;
    map_set(&set.shapes, name, shape);
  }
  for (size_t i = 0; i < set.shapes.len; i++) resolve(&set, set.shapes.entries[i].value);
  return set;
}

const ShapeMember *shape_member(const ShapeSet *set, Str name, Str key) {
  const Shape *shape = map_get(&set->shapes, name);
  for (size_t i = 0; shape && i < shape->alternatives.len; i++) {
    const ShapeAlternative *a = &shape->alternatives.at[i];
    for (size_t k = 0; k < a->members.len; k++) {
      if (str_eq(a->members.at[k].key, key)) return &a->members.at[k];
    }
  }
  return NULL;
}
