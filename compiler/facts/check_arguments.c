#include "facts/check_arguments.h"
#include "base/utf8.h"
#include "facts/pattern.h"
#include <math.h>

// A place among the arguments; its path is written out only for a fault.
typedef struct Place {
  const struct Place *outer;
  Str member; // empty: element number `index` of the list `outer`
  size_t index;
} Place;

typedef struct Checking {
  const FactsCheck *check;
  size_t faults;
  unsigned depth;
} Checking;

// --- Telling

static void write_path(Buf *out, const Place *place) {
  if (!place) return;
  write_path(out, place->outer);
  if (place->member.len)
    buf_fmt(out, "%s%.*s", out->len ? "." : "", STR_ARG(place->member));
  else
    buf_fmt(out, "[%zu]", place->index);
}

static Str path_of(Arena *arena, const Place *place) {
  Buf path = {.arena = arena};
  write_path(&path, place);
  return path.len ? buf_text(&path) : S("the arguments");
}

static void tell(Checking *checking, FactsFinding finding, const Place *place) {
  checking->faults++;
  finding.path = path_of(checking->check->arena, place);
  checking->check->found(checking->check->with, &finding);
}

// --- Scalars

static void check_limits(Checking *c, FactsShape shape, const Json *value, const Place *place, double amount,
                         const char *what) {
  FactsLimits limits = facts_shape_limits(shape);
  bool low = limits.has_min && amount < limits.min, high = limits.has_max && amount > limits.max;
  if (!low && !high) return;
  Arena *arena = c->check->arena;
  Str path = path_of(arena, place);
  Str message = str_fmt(arena, "%.*s is %.15g%s, at %s %.15g%s allowed", STR_ARG(path), amount, what,
                        low ? "least" : "most", low ? limits.min : limits.max, *what ? " are" : " is");
  tell(c, (FactsFinding){.fault = FACTS_OUT_OF_RANGE, .value = value, .shape = shape, .message = message}, place);
}

static bool check_enum(Checking *c, FactsShape shape, const Json *value, const Place *place) {
  size_t count = facts_shape_enums(shape);
  if (!count) return true;
  Str text = json_str(value);
  for (size_t i = 0; i < count; i++)
    if (str_eq(facts_shape_enum(shape, i), text)) return true;
  Nearest nearest = nearest_to(text);
  for (size_t i = 0; i < count; i++) nearest_offer(&nearest, facts_shape_enum(shape, i));
  Buf message = {.arena = c->check->arena};
  write_path(&message, place);
  buf_fmt(&message, " is \"%.*s\", which is none of its values: ", STR_ARG(text));
  enum { MOST_NAMED = 12 };
  for (size_t i = 0; i < count && i < MOST_NAMED; i++)
    buf_fmt(&message, "%s%.*s", i ? ", " : "", STR_ARG(facts_shape_enum(shape, i)));
  if (count > MOST_NAMED) buf_fmt(&message, ", … (%zu)", count);
  tell(c,
       (FactsFinding){.fault = FACTS_BAD_ENUM,
                      .value = value,
                      .shape = shape,
                      .nearest = nearest_best(&nearest),
                      .message = buf_text(&message)},
       place);
  return false;
}

static void check_string(Checking *c, FactsShape shape, const Json *value, const Place *place) {
  if (!check_enum(c, shape, value, place)) return;
  size_t before = c->faults;
  check_limits(c, shape, value, place, (double)utf8_count(json_str(value)), " characters long");
  Str pattern = facts_shape_limits(shape).pattern;
  if (c->faults > before || !pattern.len || facts_matches(c->check->arena, pattern, json_str(value))) return;
  Arena *arena = c->check->arena;
  Str message = str_fmt(arena, "%.*s does not match %.*s", STR_ARG(path_of(arena, place)), STR_ARG(pattern));
  tell(c, (FactsFinding){.fault = FACTS_BAD_PATTERN, .value = value, .shape = shape, .message = message}, place);
}

static void check_number(Checking *c, FactsShape shape, const Json *value, const Place *place) {
  check_limits(c, shape, value, place, value->number, "");
}

// --- Types

static bool is_integral(FactsShapeKind kind) {
  return kind == FACTS_INTEGER || kind == FACTS_LONG;
}

// Whether a JSON value of `json` may stand for a shape of `kind`.
static bool fits(FactsShapeKind kind, JsonKind json) {
  switch (kind) {
  case FACTS_ANY:
  case FACTS_BLOB: return true; // bytes are given as text or, by some integrations, as JSON
  case FACTS_STRUCTURE:
  case FACTS_MAP: return json == JSON_OBJECT;
  case FACTS_LIST: return json == JSON_ARRAY;
  case FACTS_STRING: return json == JSON_STRING;
  case FACTS_TIMESTAMP: return json == JSON_STRING || json == JSON_NUMBER;
  case FACTS_BOOLEAN: return json == JSON_TRUE || json == JSON_FALSE;
  case FACTS_INTEGER:
  case FACTS_LONG:
  case FACTS_FLOAT:
  case FACTS_DOUBLE: return json == JSON_NUMBER;
  }
  return true;
}

static const char *json_kind_name(JsonKind kind) {
  static const char *const names[] = {"null", "a boolean", "a boolean", "a number", "a string", "a list", "an object"};
  return names[kind];
}

static const char *wanted(FactsShapeKind kind) {
  static const char *const names[] = {
      "any value",  "an object", "a list",   "an object", "a string",    "an integer",
      "an integer", "a number",  "a number", "a boolean", "a timestamp", "a string",
  };
  return names[kind];
}

static void wrong_type(Checking *c, FactsShape shape, const Json *value, const Place *place, JsonKind is) {
  Arena *arena = c->check->arena;
  Str message = str_fmt(arena, "%.*s must be %s, not %s", STR_ARG(path_of(arena, place)),
                        wanted(facts_shape_kind(shape)), json_kind_name(is));
  tell(c, (FactsFinding){.fault = FACTS_WRONG_TYPE, .value = value, .shape = shape, .message = message}, place);
}

// --- Containers

static void check_value(Checking *c, FactsShape shape, Str key, const Json *value, const Place *place);

static Str name_of(const Checking *c, Str key) {
  return c->check->name ? c->check->name(c->check->with, key) : key;
}

static void unknown_member(Checking *c, FactsShape shape, const JsonMember *member, Str name, const Place *place) {
  Nearest nearest = nearest_to(name);
  Str best = {0};
  for (size_t i = 0; i < facts_shape_members(shape); i++) {
    Str one = facts_shape_member(shape, i).name;
    nearest_offer(&nearest, one);
    if (str_eq_ignoring_case(one, name)) best = one;
  }
  Place here = {.outer = place, .member = name};
  Str message = str_fmt(c->check->arena, "there is no %.*s", STR_ARG(path_of(c->check->arena, &here)));
  tell(c,
       (FactsFinding){.fault = FACTS_UNKNOWN_MEMBER,
                      .value = member->value,
                      .member = name,
                      .key_at = member->at,
                      .shape = shape,
                      .nearest = best.len ? best : nearest_best(&nearest),
                      .message = message},
       &here);
}

static void missing_member(Checking *c, FactsShape shape, const Json *object, Str name, const Place *place) {
  Place here = {.outer = place, .member = name};
  FactsMember member;
  facts_shape_find(shape, name, &member);
  Str message = str_fmt(c->check->arena, "%.*s is missing", STR_ARG(path_of(c->check->arena, &here)));
  tell(c,
       (FactsFinding){.fault = FACTS_MISSING_MEMBER,
                      .value = object,
                      .member = name,
                      .key_at = JSON_NOWHERE,
                      .shape = member.shape,
                      .message = message},
       &here);
}

static bool is_given(const Checking *c, const Json *object, Str name) {
  for (uint32_t i = 0; object && i < object->count; i++)
    if (str_eq(name_of(c, object->members[i].key), name)) return object->members[i].value->kind != JSON_NULL;
  return false;
}

static void check_union(Checking *c, FactsShape shape, const Json *object, const Place *place, size_t given) {
  if (!facts_shape_is_union(shape) || given == 1) return;
  Arena *arena = c->check->arena;
  Str message = str_fmt(arena, "%.*s must have exactly one member, not %zu", STR_ARG(path_of(arena, place)), given);
  tell(c, (FactsFinding){.fault = FACTS_NOT_ONE_OF_UNION, .value = object, .shape = shape, .message = message}, place);
}

static void check_structure(Checking *c, FactsShape shape, const Json *object, const Place *place) {
  size_t given = 0;
  for (uint32_t i = 0; object && i < object->count; i++) {
    const JsonMember *member = &object->members[i];
    Str name = name_of(c, member->key);
    FactsMember known;
    if (!facts_shape_find(shape, name, &known)) {
      if (!facts_shape_is_open(shape)) unknown_member(c, shape, member, name, place);
      continue;
    }
    if (member->value->kind == JSON_NULL) continue;
    given++;
    Place here = {.outer = place, .member = name};
    check_value(c, known.shape, member->key, member->value, &here);
  }
  for (size_t i = 0; i < facts_shape_members(shape); i++) {
    FactsMember member = facts_shape_member(shape, i);
    if (member.required && !is_given(c, object, member.name)) missing_member(c, shape, object, member.name, place);
  }
  check_union(c, shape, object, place, given);
}

static void check_list(Checking *c, FactsShape shape, const Json *list, const Place *place) {
  check_limits(c, shape, list, place, list->count, " items long");
  for (uint32_t i = 0; i < list->count; i++) {
    Place here = {.outer = place, .index = i};
    check_value(c, facts_shape_element(shape), (Str){0}, list->items[i], &here);
  }
}

static void check_map(Checking *c, FactsShape shape, const Json *object, const Place *place) {
  check_limits(c, shape, object, place, object->count, " items long");
  for (uint32_t i = 0; i < object->count; i++) {
    Place here = {.outer = place, .member = name_of(c, object->members[i].key)};
    check_value(c, facts_shape_element(shape), object->members[i].key, object->members[i].value, &here);
  }
}

static void check_constant(Checking *c, FactsShape shape, const Json *value, const Place *place) {
  FactsShapeKind kind = facts_shape_kind(shape);
  if (kind == FACTS_ANY || kind == FACTS_BLOB) return;
  bool whole = value->kind != JSON_NUMBER || !is_integral(kind) || floor(value->number) == value->number;
  if (!fits(kind, (JsonKind)value->kind) || !whole)
    wrong_type(c, shape, value, place, (JsonKind)value->kind);
  else if (kind == FACTS_STRUCTURE)
    check_structure(c, shape, value, place);
  else if (kind == FACTS_LIST)
    check_list(c, shape, value, place);
  else if (kind == FACTS_MAP)
    check_map(c, shape, value, place);
  else if (kind == FACTS_STRING)
    check_string(c, shape, value, place);
  else if (value->kind == JSON_NUMBER && kind != FACTS_TIMESTAMP)
    check_number(c, shape, value, place);
}

static void check_value(Checking *c, FactsShape shape, Str key, const Json *value, const Place *place) {
  JsonKind kind = JSON_NULL;
  FactsLeaf leaf = c->check->leaf ? c->check->leaf(c->check->with, key, value, &kind) : FACTS_LEAF_CONSTANT;
  if (leaf == FACTS_LEAF_UNKNOWN) return;
  if (leaf == FACTS_LEAF_TYPED) {
    if (!fits(facts_shape_kind(shape), kind)) wrong_type(c, shape, value, place, kind);
    return;
  }
  if (c->depth == FACTS_DEPTH_MOST) {
    Str message = str_fmt(c->check->arena, "the arguments nest deeper than %d levels", FACTS_DEPTH_MOST);
    tell(c, (FactsFinding){.fault = FACTS_TOO_DEEP, .value = value, .shape = shape, .message = message}, place);
    return;
  }
  c->depth++;
  check_constant(c, shape, value, place);
  c->depth--;
}

size_t facts_check_arguments(const FactsCheck *check, FactsShape input, const Json *arguments) {
  Checking checking = {.check = check};
  if (facts_shape_kind(input) == FACTS_ANY) return 0;
  if (arguments)
    check_value(&checking, input, (Str){0}, arguments, NULL);
  else
    check_structure(&checking, input, NULL, NULL);
  return checking.faults;
}

// --- Dialects

FactsLeaf facts_leaf_jsonpath(void *with, Str key, const Json *value, JsonKind *kind) {
  (void)with, (void)value, (void)kind;
  return str_ends(key, S(".$")) ? FACTS_LEAF_UNKNOWN : FACTS_LEAF_CONSTANT;
}

Str facts_name_jsonpath(void *with, Str key) {
  (void)with;
  return str_ends(key, S(".$")) ? str_slice(key, 0, key.len - 2) : key;
}

FactsLeaf facts_leaf_jsonata(void *with, Str key, const Json *value, JsonKind *kind) {
  (void)with, (void)key, (void)kind;
  bool expression = json_is(value, JSON_STRING) && str_starts(str_trim(json_str(value)), S("{%"));
  return expression ? FACTS_LEAF_UNKNOWN : FACTS_LEAF_CONSTANT;
}
