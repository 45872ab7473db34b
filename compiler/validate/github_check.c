// Every expression of the workflow: syntax, names of contexts and functions, and whether they are available there.
#include "data/json.h"
#include "validate/github.h"

typedef struct Walk {
  Github *g;
  Buf path; // "jobs.*.steps.*.run"
  GithubJob *job;
} Walk;

// --- Complaints

Diag *github_complain(Github *g, const ExpressionPlace *place, DiagLevel level, const char *code, const Expression *e,
                      const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str text = str_vfmt(g->arena, format, args);
  va_end(args);
  Span span = place->node->span;
  size_t quote = place->node->style == YAML_QUOTED;
  bool verbatim = span.end - span.start == place->node->text.len + 2 * quote; // one line, no escapes
  if (verbatim && e) {
    uint32_t start = span.start + (uint32_t)(quote + place->offset);
    span = (Span){span.file, start + (uint32_t)e->at, start + (uint32_t)e->end};
  } else if (e && place->node->style == YAML_BLOCK) {
    // In a block the same text stands in the source, indented: find the expression's own words there.
    Str source = source_file(g->sources, span.file)->text;
    Str words = str_slice(place->node->text, place->offset + e->at, place->offset + e->end);
    size_t at = str_find(str_slice(source, 0, span.end), words, span.start);
    if (words.len && at < span.end) span = (Span){span.file, (uint32_t)at, (uint32_t)(at + words.len)};
  }
  return diag(g->diags, level, code, span, "%.*s", STR_ARG(text));
}

// --- Functions

typedef struct Function {
  Str name;
  size_t least, most;
  unsigned needs; // what must be available
} Function;

static const Function functions[] = {{STR_INIT("always"), 0, 0, FUNCTION_STATUS},
                                     {STR_INIT("cancelled"), 0, 0, FUNCTION_STATUS},
                                     {STR_INIT("success"), 0, 255, FUNCTION_STATUS},
                                     {STR_INIT("failure"), 0, 255, FUNCTION_STATUS},
                                     {STR_INIT("contains"), 2, 2, 0},
                                     {STR_INIT("startsWith"), 2, 2, 0},
                                     {STR_INIT("endsWith"), 2, 2, 0},
                                     {STR_INIT("format"), 1, 255, 0},
                                     {STR_INIT("join"), 1, 2, 0},
                                     {STR_INIT("toJSON"), 1, 1, 0},
                                     {STR_INIT("fromJSON"), 1, 1, 0},
                                     {STR_INIT("hashFiles"), 1, 255, FUNCTION_FILES},
                                     {STR_INIT("case"), 3, 255, 0}};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

// The highest {N} of a format string plus 1; -1 when it is malformed.
static int placeholders(Str text) {
  int most = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] == '{' && i + 1 < text.len && text.at[i + 1] == '{') {
      i++;
    } else if (text.at[i] == '{') {
      int number = 0;
      size_t from = ++i;
      for (; i < text.len && ascii_is_digit(text.at[i]) && number < 10000; i++) number = number * 10 + text.at[i] - '0';
      if (i == from || i == text.len || text.at[i] != '}') return -1;
      if (number + 1 > most) most = number + 1;
    }
  }
  return most;
}

// Text that ends too early is JSON for nobody; what else JSON does not allow, the runner's reader may.
static void check_json(Walk *w, const ExpressionPlace *place, const Expression *text) {
  Arena scratch = {0};
  JsonError error;
  if (!json_read(&scratch, text->text, 0, &error)) {
    bool ends = error.at >= str_trim(text->text).len || strstr(error.what, "never closed");
    github_complain(w->g, place, ends ? DIAG_ERROR : DIAG_WARNING, "V4022", text, "this is not JSON: %s", error.what);
  }
  arena_free(&scratch);
}

static void check_call(Walk *w, const ExpressionPlace *place, const Expression *e, unsigned available) {
  const Function *function = NULL;
  Nearest near = nearest_to(e->text);
  for (size_t i = 0; i < FUNCTIONS; i++) {
    if (str_eq_ignoring_case(e->text, functions[i].name)) function = &functions[i];
    nearest_offer(&near, functions[i].name);
  }
  if (!function) {
    Diag *d = github_complain(w->g, place, DIAG_ERROR, "V4021", e, "there is no function %.*s", STR_ARG(e->text));
    if (nearest_best(&near).len) diag_help(w->g->diags, d, "did you mean %.*s?", STR_ARG(nearest_best(&near)));
    return;
  }
  if (e->parts.len < function->least || e->parts.len > function->most) {
    github_complain(w->g, place, DIAG_ERROR, "V4022", e, "%.*s takes %s%zu argument%s, not %zu",
                    STR_ARG(function->name), function->most > function->least ? "at least " : "", function->least,
                    function->least == 1 ? "" : "s", e->parts.len);
  }
  if (available && function->needs && !(available & function->needs)) {
    github_complain(w->g, place, DIAG_ERROR, "V4024", e, "%.*s() is not available here", STR_ARG(function->name));
  }
  bool reads = str_eq(function->name, S("fromJSON")) && e->parts.len == 1;
  if (reads && e->parts.at[0]->kind == EXPRESSION_STRING) check_json(w, place, e->parts.at[0]);
  if (str_eq(function->name, S("format")) && e->parts.len && e->parts.at[0]->kind == EXPRESSION_STRING) {
    int count = placeholders(e->parts.at[0]->text);
    if (count > (int)e->parts.len - 1)
      github_complain(w->g, place, DIAG_ERROR, "V4022", e, "the format names argument {%d}, but only %zu follow it",
                      count - 1, e->parts.len - 1);
    else if (count >= 0 && count < (int)e->parts.len - 1)
      github_complain(w->g, place, DIAG_WARNING, "V4022", e, "the format does not use its argument {%zu}",
                      e->parts.len - 2);
  }
}

// --- Names

static void check_name(Walk *w, const ExpressionPlace *place, const Expression *e, unsigned available) {
  unsigned bit = github_context(e->text);
  if (!bit) {
    Diag *d = github_complain(w->g, place, DIAG_ERROR, "V4020", e, "there is no context `%.*s`", STR_ARG(e->text));
    Str all = github_context_names(w->g->arena, available ? available : ~0u);
    Nearest near = nearest_to(e->text);
    for (Str rest = all; rest.len;) nearest_offer(&near, str_trim(str_cut(rest, ',', &rest)));
    if (nearest_best(&near).len)
      diag_help(w->g->diags, d, "did you mean %.*s? Text stands in single quotes: '%.*s'", STR_ARG(nearest_best(&near)),
                STR_ARG(e->text));
    else
      diag_help(w->g->diags, d, "text stands in single quotes: '%.*s'; the contexts here are %.*s", STR_ARG(e->text),
                STR_ARG(all));
  } else if (available && !(available & bit)) {
    Diag *d = github_complain(w->g, place, DIAG_ERROR, "V4023", e, "the context `%.*s` is not available here",
                              STR_ARG(e->text));
    diag_help(w->g->diags, d, "available are %.*s", STR_ARG(github_context_names(w->g->arena, available)));
  }
}

static void check_parts(Walk *w, const ExpressionPlace *place, const Expression *e, unsigned available) {
  if (e->kind == EXPRESSION_NAME) check_name(w, place, e, available);
  if (e->kind == EXPRESSION_CALL) check_call(w, place, e, available);
  for (size_t i = 0; i < e->parts.len; i++) check_parts(w, place, e->parts.at[i], available);
}

// labels.*.name: a list, unless an index picks one of it.
static bool is_list(const Expression *e) {
  while (e->kind == EXPRESSION_PROPERTY) e = e->parts.at[0];
  return e->kind == EXPRESSION_STAR;
}

static void check_expression(Walk *w, ExpressionPlace *place, Str text) {
  ExpressionError error;
  Expression *e = github_parse_expression(w->g->arena, text, &error);
  if (!e) {
    Expression at = {.at = error.at, .end = error.at < text.len ? error.at + 1 : text.len};
    github_complain(w->g, place, DIAG_ERROR, "V4019", &at, "in this expression: %s", error.what);
    return;
  }
  check_parts(w, place, e, github_available(place->path));
  bool whole = e->kind == EXPRESSION_NAME && github_context(e->text);
  if (place->script && (whole || is_list(e))) {
    Diag *d = github_complain(w->g, place, DIAG_WARNING, "V4025", e, "this puts the word `%s` into the script",
                              whole ? "Object" : "Array");
    diag_help(w->g->diags, d, "toJSON(%.*s) writes what it holds", STR_ARG(str_slice(text, e->at, e->end)));
  }
  github_check_properties(w->g, place, e);
}

// --- Texts

// A condition is an expression as a whole; text around `${{ }}` makes it a string, which is always true.
static void check_condition(Walk *w, ExpressionPlace *place) {
  Str text = place->node->text, bare = str_trim(text);
  size_t open = str_find(text, S("${{"), 0);
  if (open == text.len) {
    place->offset = 0;
    if (place->node->kind == YAML_STRING && bare.len) check_expression(w, place, text);
    return;
  }
  size_t end = github_expression_end(text, open + 3);
  bool whole = str_starts(bare, S("${{")) && str_trim(str_slice(text, end + 2, text.len)).len == 0;
  if (!whole)
    github_complain(w->g, place, DIAG_WARNING, "V4026", NULL,
                    "text stands around the expression: the whole is a string, and the condition always true");
}

// Whether GitHub evaluates what stands at a path; in the name and in most of `on` the text stays as it is.
static bool is_evaluated(Str path) {
  if (str_eq(path, S("name"))) return false;
  return !str_starts(path, S("on")) || github_available(path);
}

static void check_text(Walk *w, const Yaml *node, bool is_condition, bool script) {
  if (!is_evaluated(buf_text(&w->path))) return;
  ExpressionPlace place = {.path = buf_text(&w->path), .job = w->job, .node = node, .script = script};
  Str text = node->text;
  if (is_condition) check_condition(w, &place);
  for (size_t i = 0; (i = str_find(text, S("${{"), i)) < text.len;) {
    size_t end = github_expression_end(text, i + 3);
    place.offset = i + 3;
    if (end == text.len) {
      Expression at = {.at = 0, .end = 0};
      github_complain(w->g, &place, DIAG_ERROR, "V4019", &at, "this ${{ is never closed by }}");
      return;
    }
    check_expression(w, &place, str_slice(text, i + 3, end));
    i = end;
  }
}

static void walk(Walk *w, const Yaml *node, Str key);

static void walk_under(Walk *w, Str step, const Yaml *node, Str key) {
  size_t len = w->path.len;
  if (len) buf_char(&w->path, '.');
  buf_str(&w->path, step);
  walk(w, node, key);
  w->path.len = len;
}

// Whether the keys below a path are the user's own names.
static bool has_own_names(Str path) {
  static const Str ends[] = {STR_INIT("jobs"), STR_INIT("services"), STR_INIT("inputs"), STR_INIT("outputs")};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    if (str_ends(path, ends[i])) return true;
  }
  return false;
}

static void walk(Walk *w, const Yaml *node, Str key) {
  if (node->kind == YAML_SEQUENCE) {
    bool steps = str_ends(buf_text(&w->path), S(".steps"));
    for (size_t i = 0; i < node->items.len; i++) {
      if (steps)
        walk_under(w, S("*"), node->items.at[i], key);
      else
        walk(w, node->items.at[i], key);
    }
  } else if (node->kind == YAML_MAPPING) {
    Str path = str_dup(w->g->arena, buf_text(&w->path));
    bool own = has_own_names(path);
    for (size_t i = 0; i < node->pairs.len; i++) {
      const YamlPair *pair = &node->pairs.at[i];
      if (!yaml_is_scalar(pair->key)) continue;
      if (str_eq(path, S("jobs"))) w->job = map_get(&w->g->jobs, str_lower(w->g->arena, pair->key->text));
      check_text(w, pair->key, false, false);
      walk_under(w, own ? S("*") : pair->key->text, pair->value, pair->key->text);
      if (str_eq(path, S("jobs"))) w->job = NULL;
    }
  } else if (yaml_is_scalar(node)) {
    Str path = buf_text(&w->path);
    bool condition =
        str_eq(path, S("jobs.*.if")) || str_eq(path, S("jobs.*.steps.*.if")) || str_eq(path, S("jobs.*.snapshot.if"));
    bool script = str_eq(path, S("jobs.*.steps.*.run")) || str_eq(path, S("jobs.*.steps.*.with.script"));
    check_text(w, node, condition, script);
  }
}

void github_check_expressions(Github *g) {
  Walk w = {.g = g, .path = {.arena = g->arena}};
  walk(&w, g->root, (Str){0});
}
