#include "run/choice.h"
#include "run/instant.h"
#include "run/value.h"

enum { DEEPEST = 100 };

typedef enum { RULE_AND, RULE_OR, RULE_NOT, RULE_TEST } RuleKind;
typedef enum { ON_BOOLEAN, ON_NUMBER, ON_STRING, ON_TIMESTAMP, ON_PATTERN, ON_TYPE } Subject;
typedef enum { IS_EQUAL, IS_LESS, IS_LESS_EQUAL, IS_GREATER, IS_GREATER_EQUAL, IS_LIKE, IS_OF_TYPE } Relation;
typedef enum { TYPE_NONE, TYPE_PRESENT, TYPE_NULL, TYPE_BOOLEAN, TYPE_NUMERIC, TYPE_STRING, TYPE_TIMESTAMP } Type;

typedef struct Operator {
  const char *name;
  Subject subject;
  Relation relation;
  Type type;
} Operator;

// Each compares with a constant; with "Path" behind its name (not the Is… ones and StringMatches) with a path's value.
static const Operator operators[] = {
    {"BooleanEquals", ON_BOOLEAN, IS_EQUAL, TYPE_NONE},
    {"NumericEquals", ON_NUMBER, IS_EQUAL, TYPE_NONE},
    {"NumericLessThan", ON_NUMBER, IS_LESS, TYPE_NONE},
    {"NumericLessThanEquals", ON_NUMBER, IS_LESS_EQUAL, TYPE_NONE},
    {"NumericGreaterThan", ON_NUMBER, IS_GREATER, TYPE_NONE},
    {"NumericGreaterThanEquals", ON_NUMBER, IS_GREATER_EQUAL, TYPE_NONE},
    {"StringEquals", ON_STRING, IS_EQUAL, TYPE_NONE},
    {"StringLessThan", ON_STRING, IS_LESS, TYPE_NONE},
    {"StringLessThanEquals", ON_STRING, IS_LESS_EQUAL, TYPE_NONE},
    {"StringGreaterThan", ON_STRING, IS_GREATER, TYPE_NONE},
    {"StringGreaterThanEquals", ON_STRING, IS_GREATER_EQUAL, TYPE_NONE},
    {"TimestampEquals", ON_TIMESTAMP, IS_EQUAL, TYPE_NONE},
    {"TimestampLessThan", ON_TIMESTAMP, IS_LESS, TYPE_NONE},
    {"TimestampLessThanEquals", ON_TIMESTAMP, IS_LESS_EQUAL, TYPE_NONE},
    {"TimestampGreaterThan", ON_TIMESTAMP, IS_GREATER, TYPE_NONE},
    {"TimestampGreaterThanEquals", ON_TIMESTAMP, IS_GREATER_EQUAL, TYPE_NONE},
    {"StringMatches", ON_PATTERN, IS_LIKE, TYPE_NONE},
    {"IsPresent", ON_TYPE, IS_OF_TYPE, TYPE_PRESENT},
    {"IsNull", ON_TYPE, IS_OF_TYPE, TYPE_NULL},
    {"IsBoolean", ON_TYPE, IS_OF_TYPE, TYPE_BOOLEAN},
    {"IsNumeric", ON_TYPE, IS_OF_TYPE, TYPE_NUMERIC},
    {"IsString", ON_TYPE, IS_OF_TYPE, TYPE_STRING},
    {"IsTimestamp", ON_TYPE, IS_OF_TYPE, TYPE_TIMESTAMP},
};

struct Rule {
  RuleKind kind;
  const Operator *is;
  Path variable;
  const Json *constant;
  bool by_path;
  Path other;
  const Rule **parts;
  uint32_t count;
};

static const Rule *compile(Arena *arena, const Json *rule, Str *why, int depth);

static const Rule *compile_parts(Arena *arena, Rule *made, const Json *list, RuleKind kind, Str *why, int depth) {
  bool one = kind == RULE_NOT;
  if (list->kind != (one ? JSON_OBJECT : JSON_ARRAY) || list->count == 0) {
    *why = one ? S("Not holds one rule") : S("And and Or hold a list of rules");
    return NULL;
  }
  made->kind = kind;
  made->count = one ? 1 : list->count;
  made->parts = NEW_N(arena, const Rule *, made->count);
  for (uint32_t i = 0; i < made->count; i++) {
    if (!(made->parts[i] = compile(arena, one ? list : list->items[i], why, depth + 1))) return NULL;
  }
  return made;
}

static bool find_operator(Str name, Rule *made) {
  for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
    Str own = str_of(operators[i].name);
    bool comparable = operators[i].relation < IS_LIKE;
    made->by_path = comparable && name.len == own.len + 4 && str_starts(name, own) && str_ends(name, S("Path"));
    made->is = &operators[i];
    if (made->by_path || str_eq(name, own)) return true;
  }
  made->is = NULL;
  return false;
}

static bool constant_fits(const Operator *is, const Json *value) {
  switch (is->subject) {
  case ON_NUMBER: return value->kind == JSON_NUMBER;
  case ON_BOOLEAN:
  case ON_TYPE: return json_is_bool(value);
  default: return value->kind == JSON_STRING;
  }
}

static const Rule *compile_test(Arena *arena, Rule *made, const Json *rule, Str *why) {
  static const char *const known[] = {"Variable", "Next", "Comment", "Assign", "Output"};
  const Json *variable = json_get(rule, S("Variable"));
  made->kind = RULE_TEST;
  if (!json_is(variable, JSON_STRING)) return *why = S("a rule wants a Variable"), NULL;
  if (!path_compile(arena, json_str(variable), &made->variable, why)) return NULL;
  for (uint32_t i = 0; i < rule->count; i++) {
    Str key = rule->members[i].key;
    bool other = false;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) other |= str_eq(key, str_of(known[k]));
    if (other) continue;
    if (made->is) return *why = S("a rule holds one comparison"), NULL;
    const Json *value = rule->members[i].value;
    if (!find_operator(key, made)) return *why = str_fmt(arena, "there is no comparison '%.*s'", STR_ARG(key)), NULL;
    made->constant = value;
    if (made->by_path) {
      if (value->kind != JSON_STRING) return *why = S("a path is wanted"), NULL;
      if (!path_compile(arena, json_str(value), &made->other, why)) return NULL;
    } else if (!constant_fits(made->is, value)) {
      return *why = str_fmt(arena, "%s cannot compare with a %s", made->is->name, value_type(value)), NULL;
    }
  }
  if (!made->is) return *why = S("a rule wants a comparison"), NULL;
  return made;
}

static const Rule *compile(Arena *arena, const Json *rule, Str *why, int depth) {
  if (depth > DEEPEST) return *why = S("rules are nested too deep"), NULL;
  if (!json_is(rule, JSON_OBJECT)) return *why = S("a rule is an object"), NULL;
  Rule *made = NEW(arena, Rule);
  const Json *list;
  if ((list = json_get(rule, S("And")))) return compile_parts(arena, made, list, RULE_AND, why, depth);
  if ((list = json_get(rule, S("Or")))) return compile_parts(arena, made, list, RULE_OR, why, depth);
  if ((list = json_get(rule, S("Not")))) return compile_parts(arena, made, list, RULE_NOT, why, depth);
  return compile_test(arena, made, rule, why);
}

const Rule *rule_compile(Arena *arena, const Json *rule, Str *why) {
  return compile(arena, rule, why, 0);
}

static bool is_type(const Json *value, Type type) {
  double seconds;
  switch (type) {
  case TYPE_PRESENT: return value != NULL;
  case TYPE_NULL: return json_is(value, JSON_NULL);
  case TYPE_BOOLEAN: return json_is_bool(value);
  case TYPE_NUMERIC: return json_is(value, JSON_NUMBER);
  case TYPE_STRING: return json_is(value, JSON_STRING);
  default: return json_is(value, JSON_STRING) && instant_read(json_str(value), &seconds);
  }
}

// Whether a text is like a pattern in which * stands for any characters and a backslash takes the next one as it is.
static bool is_like(Str text, Str pattern) {
  size_t t = 0, p = 0, star = SIZE_MAX, mark = 0;
  while (t < text.len) {
    bool escape = p + 1 < pattern.len && pattern.at[p] == '\\';
    if (p < pattern.len && pattern.at[p] == '*' && !escape) {
      star = p++, mark = t;
    } else if (p < pattern.len && pattern.at[p + escape] == text.at[t]) {
      p += 1u + escape, t++;
    } else if (star != SIZE_MAX) {
      p = star + 1, t = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.len && pattern.at[p] == '*') p++;
  return p == pattern.len;
}

static bool holds(Relation relation, int order) {
  switch (relation) {
  case IS_EQUAL: return order == 0;
  case IS_LESS: return order < 0;
  case IS_LESS_EQUAL: return order <= 0;
  case IS_GREATER: return order > 0;
  default: return order >= 0;
  }
}

// Values of another type than the comparison's never hold.
static bool compare(const Operator *is, const Json *a, const Json *b) {
  double x, y;
  switch (is->subject) {
  case ON_BOOLEAN: return json_is_bool(a) && json_is_bool(b) && a->kind == b->kind;
  case ON_NUMBER:
    if (!json_is(a, JSON_NUMBER) || !json_is(b, JSON_NUMBER)) return false;
    return holds(is->relation, (a->number > b->number) - (a->number < b->number));
  case ON_STRING:
    if (!json_is(a, JSON_STRING) || !json_is(b, JSON_STRING)) return false;
    return holds(is->relation, str_cmp(json_str(a), json_str(b)));
  case ON_PATTERN: return json_is(a, JSON_STRING) && is_like(json_str(a), json_str(b));
  default:
    if (!json_is(a, JSON_STRING) || !json_is(b, JSON_STRING)) return false;
    if (!instant_read(json_str(a), &x) || !instant_read(json_str(b), &y)) return false;
    return holds(is->relation, (x > y) - (x < y));
  }
}

static RuleResult test(Evaluation *e, const Rule *rule) {
  const Json *root, *a = evaluation_path(e, &rule->variable, &root);
  if (rule->is->type == TYPE_PRESENT)
    return (a != NULL) == (rule->constant->kind == JSON_TRUE) ? RULE_HOLDS : RULE_FAILS;
  const Path *missing = a ? NULL : &rule->variable;
  const Json *b = rule->by_path && a ? evaluation_path(e, &rule->other, &root) : rule->constant;
  if (a && !b) missing = &rule->other;
  if (missing) {
    evaluation_fail(e, S("States.Runtime"),
                    "Invalid path '%.*s': The choice state's condition path references an invalid value.",
                    STR_ARG(missing->source));
    return RULE_FAULT;
  }
  bool yes =
      rule->is->relation == IS_OF_TYPE ? is_type(a, rule->is->type) == (b->kind == JSON_TRUE) : compare(rule->is, a, b);
  return yes ? RULE_HOLDS : RULE_FAILS;
}

RuleResult rule_test(Evaluation *e, const Rule *rule) {
  if (rule->kind == RULE_TEST) return test(e, rule);
  for (uint32_t i = 0; i < rule->count; i++) {
    RuleResult part = rule_test(e, rule->parts[i]);
    if (part == RULE_FAULT) return part;
    if (rule->kind == RULE_NOT) return part == RULE_HOLDS ? RULE_FAILS : RULE_HOLDS;
    if ((part == RULE_HOLDS) == (rule->kind == RULE_OR)) return part;
  }
  return rule->kind == RULE_AND ? RULE_HOLDS : RULE_FAILS;
}
