#include "run/jsonpath_parts.h"
#include "base/planted.h"
#include <stdlib.h>

enum { DEEPEST = 64 };

bool path_fault(PathParser *p, const char *what) {
  if (!p->why.len) p->why = str_fmt(p->arena, "%s at character %zu of '%.*s'", what, p->i + 1, STR_ARG(p->s));
  return false;
}

bool path_parse_quoted(PathParser *p, Str *text) {
  char quote = p->s.at[p->i++];
  Buf out = {.arena = p->arena};
  for (;; p->i++) {
    PLANTED(p->i >= p->s.len);
    if (p->i >= p->s.len) return path_fault(p, "a quote is not closed");
    char c = p->s.at[p->i];
    if (c == quote) break;
    char next = p->i + 1 < p->s.len ? p->s.at[p->i + 1] : 0;
    if (c == '\\' && (next == quote || next == '\\')) c = next, p->i++;
    buf_char(&out, c);
  }
  p->i++;
  *text = buf_text(&out);
  return true;
}

static bool parse_index(PathParser *p, int64_t *index) {
  path_skip_blanks(p);
  size_t from = p->i;
  if (path_peek(p) == '-') p->i++;
  size_t digits = p->i;
  while (ascii_is_digit(path_peek(p))) p->i++;
  if (p->i == digits || p->i - digits > 9) return path_fault(p, "an index is wanted");
  *index = strtol(str_z(p->arena, str_slice(p->s, from, p->i)), NULL, 10);
  path_skip_blanks(p);
  return true;
}

static bool parse_names(PathParser *p, PathStep *step) {
  VEC(Str) names = {0};
  for (;;) {
    path_skip_blanks(p);
    Str name;
    if (path_peek(p) != '\'' && path_peek(p) != '"') return path_fault(p, "a quoted name is wanted");
    if (!path_parse_quoted(p, &name)) return false;
    VEC_PUSH(p->arena, &names, name);
    path_skip_blanks(p);
    if (path_peek(p) != ',') break;
    p->i++;
  }
  step->kind = names.len == 1 ? STEP_NAME : STEP_NAMES;
  step->name = names.at[0];
  step->names = names.at;
  step->count = (uint32_t)names.len;
  return true;
}

static bool parse_indexes(PathParser *p, PathStep *step) {
  VEC(int64_t) indexes = {0};
  int64_t index = 0;
  step->open_from = path_peek(p) == ':';
  if (!step->open_from && !parse_index(p, &index)) return false;
  VEC_PUSH(p->arena, &indexes, index);
  step->kind = STEP_INDEX;
  if (path_peek(p) == ':') {
    p->i++;
    path_skip_blanks(p);
    step->kind = STEP_SLICE;
    step->open_to = path_peek(p) == ']';
    index = 0;
    if (!step->open_to && !parse_index(p, &index)) return false;
    VEC_PUSH(p->arena, &indexes, index);
  }
  while (path_peek(p) == ',' && step->kind != STEP_SLICE) {
    p->i++;
    step->kind = STEP_INDEXES;
    if (!parse_index(p, &index)) return false;
    VEC_PUSH(p->arena, &indexes, index);
  }
  step->indexes = indexes.at;
  step->count = (uint32_t)indexes.len;
  return true;
}

// What stands between brackets; p->i is behind "[".
static bool parse_bracket(PathParser *p, PathStep *step) {
  path_skip_blanks(p);
  char c = path_peek(p);
  bool good = true;
  if (c == '*') {
    p->i++;
    step->kind = STEP_ALL;
  } else if (c == '?') {
    step->kind = STEP_FILTER;
    p->i++;
    path_skip_blanks(p);
    if (path_peek(p) != '(') return path_fault(p, "'(' is wanted behind '?'");
    p->i++;
    good = path_parse_filter(p, &step->filter);
    if (good && path_peek(p) != ')') return path_fault(p, "')' is wanted");
    p->i++;
  } else if (c == '\'' || c == '"') {
    good = parse_names(p, step);
  } else {
    good = parse_indexes(p, step);
  }
  path_skip_blanks(p);
  if (good && path_peek(p) != ']') return path_fault(p, "']' is wanted");
  p->i++;
  return good;
}

static bool ends_name(char c) {
  return c == 0 || strchr(".[]()= <>!&|,\t\n\"'*", c) != NULL;
}

// What stands behind a dot.
static bool parse_dotted(PathParser *p, PathStep *step) {
  if (path_peek(p) == '*') {
    p->i++;
    step->kind = STEP_ALL;
    return true;
  }
  size_t from = p->i;
  while (!ends_name(path_peek(p))) p->i++;
  if (p->i == from) return path_fault(p, "a name is wanted");
  step->kind = STEP_NAME;
  step->name = str_slice(p->s, from, p->i);
  if (path_peek(p) != '(') return true;
  static const char *const functions[] = {"length", "size", "min", "max", "avg", "sum", "stddev", "keys"};
  step->kind = STEP_FUNCTION;
  p->i++;
  if (path_peek(p) != ')') return path_fault(p, "')' is wanted");
  p->i++;
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    if (str_eq(step->name, str_of(functions[i]))) return true;
  }
  return path_fault(p, "no such function");
}

static bool parse_step(PathParser *p, PathStep *step) {
  *step = (PathStep){0};
  if (path_peek(p) == '[') {
    p->i++;
    return parse_bracket(p, step);
  }
  p->i++;
  if (path_peek(p) == '[') { // "$.[…]" is "$[…]"
    p->i++;
    return parse_bracket(p, step);
  }
  if (path_peek(p) != '.') return parse_dotted(p, step);
  step->kind = STEP_DESCEND;
  if (p->i + 1 < p->s.len && p->s.at[p->i + 1] == '[') p->i++;
  return true;
}

static void parse_root(PathParser *p, Path *path) {
  path->root = PATH_INPUT;
  p->i++;
  if (path_peek(p) == '$') {
    path->root = PATH_CONTEXT;
    p->i++;
    return;
  }
  size_t from = p->i;
  if (ends_name(path_peek(p))) return;
  while (!ends_name(path_peek(p))) p->i++;
  path->root = PATH_VARIABLE;
  path->variable = str_slice(p->s, from, p->i);
}

bool path_parse(PathParser *p, Path *path) {
  if (++p->depth > DEEPEST) return path_fault(p, "filters are nested too deep");
  size_t from = p->i;
  VEC(PathStep) steps = {0};
  parse_root(p, path);
  path->definite = true;
  while (path_peek(p) == '.' || path_peek(p) == '[') {
    PathStep step;
    if (!parse_step(p, &step)) return false;
    if (steps.len && steps.at[steps.len - 1].kind == STEP_FUNCTION) return path_fault(p, "a function must stand last");
    // Several names give one object where they stand last, else several values.
    if (steps.len && steps.at[steps.len - 1].kind == STEP_NAMES) path->definite = false;
    bool one = step.kind == STEP_NAME || step.kind == STEP_NAMES || step.kind == STEP_INDEX;
    if (!one && step.kind != STEP_FUNCTION) path->definite = false;
    VEC_PUSH(p->arena, &steps, step);
  }
  if (steps.len && steps.at[steps.len - 1].kind == STEP_DESCEND) return path_fault(p, "a name is wanted");
  if (steps.len && steps.at[steps.len - 1].kind == STEP_FUNCTION) path->definite = true;
  path->source = str_slice(p->s, from, p->i);
  path->steps = steps.at;
  path->count = (uint32_t)steps.len;
  p->depth--;
  return true;
}

bool path_compile(Arena *arena, Str source, Path *path, Str *why) {
  PathParser p = {.arena = arena, .s = source};
  *path = (Path){0};
  bool good = path_peek(&p) == '$' ? path_parse(&p, path) : path_fault(&p, "a path begins with '$'");
  if (good && p.i != source.len) good = path_fault(&p, "this does not belong to a path");
  *why = p.why;
  return good;
}

size_t path_extent(Str s, size_t from) {
  int open = 0;
  char quote = 0;
  size_t i = from;
  for (; i < s.len; i++) {
    char c = s.at[i];
    if (quote) {
      if (c == '\\')
        i++;
      else if (c == quote)
        quote = 0;
    } else if (open && (c == '\'' || c == '"')) {
      quote = c;
    } else if (c == '[' || c == '(') {
      open++;
    } else if (c == ']' || (c == ')' && open)) {
      open--;
    } else if (!open && (c == ',' || c == ')' || c == ' ')) {
      break;
    }
  }
  return i < s.len ? i : s.len;
}

bool path_is_reference(const Path *path) {
  StepKind last = path->count ? path->steps[path->count - 1].kind : STEP_NAME;
  return path->definite && path->root == PATH_INPUT && last != STEP_FUNCTION && last != STEP_NAMES;
}

Str path_step_name(Arena *arena, const Path *path, uint32_t step) {
  const PathStep *s = &path->steps[step];
  return s->kind == STEP_INDEX ? str_fmt(arena, "%lld", (long long)s->indexes[0]) : s->name;
}

Str path_miss(Arena *arena, const Path *path, uint32_t missing) {
  Buf out = {.arena = arena};
  bool last = missing + 1 >= path->count;
  buf_str(&out, last ? S("No results for path: $") : S("Missing property in path $"));
  for (uint32_t i = 0; i < path->count && i <= missing; i++) {
    const PathStep *step = &path->steps[i];
    if (step->kind == STEP_INDEX)
      buf_fmt(&out, "[%lld]", (long long)step->indexes[0]);
    else
      buf_fmt(&out, "['%.*s']", STR_ARG(step->name));
  }
  return buf_text(&out);
}
