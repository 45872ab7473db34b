// Filters: [?(@.price < 10 && @.kind == 'book')].
#define PCRE2_CODE_UNIT_WIDTH 8
#include "run/jsonpath_parts.h"
#include <pcre2.h>

typedef enum { FILTER_OR, FILTER_AND, FILTER_NOT, FILTER_EXISTS, FILTER_COMPARE } FilterKind;

typedef enum {
  TEST_EQUAL,
  TEST_UNEQUAL,
  TEST_LESS,
  TEST_LESS_EQUAL,
  TEST_GREATER,
  TEST_GREATER_EQUAL,
  TEST_MATCHES,
  TEST_IN,
  TEST_NOT_IN,
  TEST_SUBSET,
  TEST_ANY_OF,
  TEST_NONE_OF,
  TEST_CONTAINS,
  TEST_SIZE,
  TEST_EMPTY,
} FilterTest;

typedef struct Operand {
  const Path *path; // "@…" (its root is the item) or "$…"
  bool of_root;
  const Json *value; // else a constant
  pcre2_code *regex; // or a regular expression
} Operand;

struct PathFilter {
  FilterKind kind;
  FilterTest test;
  const PathFilter *left, *right;
  Operand a, b;
};

// Longer spellings before their beginnings.
static const struct {
  const char *text;
  FilterTest test;
} tests[] = {
    {"==", TEST_EQUAL},           {"!=", TEST_UNEQUAL},       {"<=", TEST_LESS_EQUAL}, {">=", TEST_GREATER_EQUAL},
    {"=~", TEST_MATCHES},         {"<", TEST_LESS},           {">", TEST_GREATER},     {"in ", TEST_IN},
    {"nin ", TEST_NOT_IN},        {"subsetof ", TEST_SUBSET}, {"anyof ", TEST_ANY_OF}, {"noneof ", TEST_NONE_OF},
    {"contains ", TEST_CONTAINS}, {"size ", TEST_SIZE},       {"empty ", TEST_EMPTY},
};

static bool starts(const PathParser *p, const char *text) {
  return str_starts(str_slice(p->s, p->i, p->s.len), str_of(text));
}

static void *regex_memory(size_t size, void *arena) {
  return arena_raw(arena, size);
}
static void regex_release(void *block, void *arena) {
  (void)block, (void)arena; // goes with the arena
}

static bool parse_regex(PathParser *p, Operand *operand) {
  size_t from = ++p->i;
  while (path_peek(p) && path_peek(p) != '/') p->i += path_peek(p) == '\\' ? 2 : 1;
  if (path_peek(p) != '/') return path_fault(p, "'/' is wanted at the end of the regular expression");
  Str pattern = str_slice(p->s, from, p->i++);
  uint32_t flags = PCRE2_UTF;
  for (; ascii_is_lower(path_peek(p)); p->i++) {
    if (path_peek(p) == 'i') flags |= PCRE2_CASELESS;
    if (path_peek(p) == 'm') flags |= PCRE2_MULTILINE;
    if (path_peek(p) == 's') flags |= PCRE2_DOTALL;
    if (path_peek(p) == 'x') flags |= PCRE2_EXTENDED;
  }
  int code;
  PCRE2_SIZE at;
  pcre2_general_context *memory = pcre2_general_context_create(regex_memory, regex_release, p->arena);
  pcre2_compile_context *context = pcre2_compile_context_create(memory);
  operand->regex = pcre2_compile((PCRE2_SPTR)pattern.at, pattern.len, flags, &code, &at, context);
  return operand->regex || path_fault(p, "this is no regular expression");
}

// The end of the JSON value at p->i, which may be an array.
static size_t literal_end(const PathParser *p) {
  size_t i = p->i;
  int open = 0;
  char quote = 0;
  for (; i < p->s.len; i++) {
    char c = p->s.at[i];
    if (quote)
      quote = c == quote ? 0 : quote;
    else if (c == '\'' || c == '"')
      quote = c;
    else if (c == '[')
      open++;
    else if (c == ']' && open)
      open--;
    else if (!open && (c == ' ' || c == ')' || c == '&' || c == '|' || c == '=' || c == '<' || c == '>' || c == '!'))
      break;
  }
  return i;
}

static bool parse_literal(PathParser *p, Operand *operand) {
  size_t end = literal_end(p);
  // Strings within an array may stand in single quotes.
  Buf text = {.arena = p->arena};
  for (size_t i = p->i; i < end; i++) buf_char(&text, p->s.at[i] == '\'' ? '"' : p->s.at[i]);
  JsonError error;
  operand->value = json_read(p->arena, buf_text(&text), 0, &error);
  if (!operand->value) return path_fault(p, "a value is wanted");
  p->i = end;
  return true;
}

static bool parse_operand(PathParser *p, Operand *operand) {
  path_skip_blanks(p);
  char c = path_peek(p);
  if (c == '@' || c == '$') {
    Path *path = NEW(p->arena, Path);
    operand->of_root = c == '$';
    operand->path = path;
    return path_parse(p, path);
  }
  if (c == '\'' || c == '"') {
    Str text;
    if (!path_parse_quoted(p, &text)) return false;
    operand->value = json_string(p->arena, text);
    return true;
  }
  if (c == '/') return parse_regex(p, operand);
  return parse_literal(p, operand);
}

static bool parse_or(PathParser *p, const PathFilter **filter);

static bool parse_term(PathParser *p, const PathFilter **filter) {
  PathFilter *made = NEW(p->arena, PathFilter);
  *filter = made;
  path_skip_blanks(p);
  if (path_peek(p) == '!') {
    made->kind = FILTER_NOT;
    p->i++;
    return ++p->depth < 200 ? parse_term(p, &made->left) : path_fault(p, "filters are nested too deep");
  }
  if (path_peek(p) == '(') {
    p->i++;
    if (++p->depth > 200 || !parse_or(p, filter)) return path_fault(p, "filters are nested too deep");
    if (path_peek(p) != ')') return path_fault(p, "')' is wanted");
    p->i++;
    path_skip_blanks(p);
    return true;
  }
  made->kind = FILTER_EXISTS;
  if (!parse_operand(p, &made->a)) return false;
  path_skip_blanks(p);
  for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
    if (!starts(p, tests[i].text)) continue;
    made->kind = FILTER_COMPARE;
    made->test = tests[i].test;
    p->i += strlen(tests[i].text);
    if (!parse_operand(p, &made->b)) return false;
    path_skip_blanks(p);
    return (made->test == TEST_MATCHES) == (made->b.regex != NULL) ||
           path_fault(p, "a regular expression goes with =~");
  }
  return made->a.path != NULL || path_fault(p, "a comparison is wanted");
}

static bool parse_chain(PathParser *p, const PathFilter **filter, const char *sign, FilterKind kind,
                        bool (*part)(PathParser *, const PathFilter **)) {
  if (!part(p, filter)) return false;
  while (starts(p, sign)) {
    PathFilter *made = NEW(p->arena, PathFilter);
    p->i += 2;
    made->kind = kind;
    made->left = *filter;
    if (!part(p, &made->right)) return false;
    *filter = made;
  }
  return true;
}

static bool parse_and(PathParser *p, const PathFilter **filter) {
  return parse_chain(p, filter, "&&", FILTER_AND, parse_term);
}

static bool parse_or(PathParser *p, const PathFilter **filter) {
  return parse_chain(p, filter, "||", FILTER_OR, parse_and);
}

bool path_parse_filter(PathParser *p, const PathFilter **filter) {
  return parse_or(p, filter);
}

static const Json *value_of(const Operand *operand, const Json *item, const Json *root, Arena *arena) {
  return operand->path ? path_get(operand->path, operand->of_root ? root : item, arena, NULL) : operand->value;
}

static bool matches(const Operand *regex, const Json *text, Arena *arena) {
  if (!json_is(text, JSON_STRING)) return false;
  pcre2_general_context *memory = pcre2_general_context_create(regex_memory, regex_release, arena);
  pcre2_match_data *data = pcre2_match_data_create_from_pattern(regex->regex, memory);
  pcre2_match_context *context = pcre2_match_context_create(memory);
  pcre2_set_match_limit(context, 1000000);
  int found = pcre2_match(regex->regex, (PCRE2_SPTR)text->text, text->count, 0, PCRE2_ANCHORED | PCRE2_ENDANCHORED,
                          data, context);
  return found > 0;
}

// -1, 0, 1; 2 when the two cannot be ordered.
static int order(const Json *a, const Json *b) {
  if (json_is(a, JSON_NUMBER) && json_is(b, JSON_NUMBER)) return (a->number > b->number) - (a->number < b->number);
  if (!json_is(a, JSON_STRING) || !json_is(b, JSON_STRING)) return 2;
  int by = str_cmp(json_str(a), json_str(b));
  return (by > 0) - (by < 0);
}

static bool holds(const Json *array, const Json *value) {
  for (uint32_t i = 0; json_is(array, JSON_ARRAY) && i < array->count; i++) {
    if (json_equal(array->items[i], value)) return true;
  }
  return false;
}

// How many items of `a` are in `b`.
static uint32_t shared(const Json *a, const Json *b) {
  uint32_t count = 0;
  for (uint32_t i = 0; json_is(a, JSON_ARRAY) && i < a->count; i++) count += holds(b, a->items[i]);
  return count;
}

static bool sized(const Json *v) {
  return json_is(v, JSON_ARRAY) || json_is(v, JSON_OBJECT) || json_is(v, JSON_STRING);
}

static bool compare(const PathFilter *f, const Json *a, const Json *b) {
  switch (f->test) {
  case TEST_EQUAL: return a && b && json_equal(a, b);
  case TEST_UNEQUAL: return !(a && b && json_equal(a, b));
  case TEST_LESS: return order(a, b) == -1;
  case TEST_LESS_EQUAL: return order(a, b) == -1 || order(a, b) == 0;
  case TEST_GREATER: return order(a, b) == 1;
  case TEST_GREATER_EQUAL: return order(a, b) == 1 || order(a, b) == 0;
  case TEST_IN: return a && holds(b, a);
  case TEST_NOT_IN: return a && !holds(b, a);
  case TEST_SUBSET: return json_is(a, JSON_ARRAY) && shared(a, b) == a->count;
  case TEST_ANY_OF: return shared(a, b) > 0;
  case TEST_NONE_OF: return json_is(a, JSON_ARRAY) && shared(a, b) == 0;
  case TEST_CONTAINS:
    if (json_is(a, JSON_STRING)) return json_is(b, JSON_STRING) && str_has(json_str(a), json_str(b));
    return b && holds(a, b);
  case TEST_SIZE: return sized(a) && json_is(b, JSON_NUMBER) && a->count == b->number;
  case TEST_EMPTY: return sized(a) && json_is_bool(b) && (a->count == 0) == (b->kind == JSON_TRUE);
  default: return false;
  }
}

bool path_passes(const PathFilter *f, const Json *item, const Json *root, Arena *arena) {
  switch (f->kind) {
  case FILTER_OR: return path_passes(f->left, item, root, arena) || path_passes(f->right, item, root, arena);
  case FILTER_AND: return path_passes(f->left, item, root, arena) && path_passes(f->right, item, root, arena);
  case FILTER_NOT: return !path_passes(f->left, item, root, arena);
  case FILTER_EXISTS: return value_of(&f->a, item, root, arena) != NULL;
  default: break;
  }
  const Json *a = value_of(&f->a, item, root, arena);
  if (f->test == TEST_MATCHES) return matches(&f->b, a, arena);
  return compare(f, a, value_of(&f->b, item, root, arena));
}
