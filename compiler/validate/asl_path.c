#include "validate/asl_path.h"
#include <stdlib.h>

enum { NESTED_MOST = 10 + 90 }; // the service allows ten nested calls; the rest is for a clear message

typedef struct PathReader {
  Arena *arena;
  Str text;
  size_t at;
  TermError *error;
  int depth;
} PathReader;

static bool fail(PathReader *r, size_t at, const char *what) {
  if (!r->error->what) *r->error = (TermError){(uint32_t)at, what};
  return false;
}

static char peek(const PathReader *r) {
  return r->at < r->text.len ? r->text.at[r->at] : 0;
}

static void skip_blanks(PathReader *r) {
  while (r->at < r->text.len && strchr(" \t\n\r", r->text.at[r->at])) r->at++;
}

static bool is_letter(char c) {
  return ascii_is_letter(c) || c == '_' || (unsigned char)c >= 0x80;
}

// --- Paths

// The offset behind the bracket that closes the one at r->at, minding quotes; 0 when it is never closed.
static size_t closing(const PathReader *r) {
  size_t depth = 0;
  char quote = 0;
  for (size_t i = r->at; i < r->text.len; i++) {
    char c = r->text.at[i];
    if (quote) {
      if (c == '\\')
        i++;
      else if (c == quote)
        quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '[' || c == '(') {
      depth++;
    } else if ((c == ']' || c == ')') && --depth == 0) {
      return i + 1;
    }
  }
  return 0;
}

static void push(PathReader *r, AslPath *path, PathStep step) {
  VEC_PUSH(r->arena, &path->steps, step);
  if (step.kind == STEP_MANY) path->definite = false;
}

// ['name'] or ['a','b']; `inside` begins with a quote.
static bool read_names(PathReader *r, AslPath *path, Str inside) {
  Str name = {0};
  size_t count = 0, i = 0;
  while (i < inside.len) {
    char quote = inside.at[i];
    if (quote != '\'' && quote != '"') return fail(r, r->at, "expected a quoted name in the brackets");
    size_t from = ++i;
    while (i < inside.len && inside.at[i] != quote) i += inside.at[i] == '\\' ? 2 : 1;
    if (i >= inside.len) return fail(r, r->at, "a quote is never closed");
    name = str_slice(inside, from, i++);
    count++;
    Str rest = str_trim(str_slice(inside, i, inside.len));
    if (!rest.len) break;
    if (rest.at[0] != ',') return fail(r, r->at, "expected ',' or ']' behind a name");
    rest = str_trim(str_slice(rest, 1, rest.len));
    if (!rest.len) return fail(r, r->at, "a name is missing behind ','");
    i = (size_t)(rest.at - inside.at);
  }
  push(r, path, count == 1 ? (PathStep){.kind = STEP_NAME, .name = name} : (PathStep){.kind = STEP_MANY});
  return true;
}

// [1], [-1], [1,2], [1:], [:2], [1:2]
static bool read_indexes(PathReader *r, AslPath *path, Str inside) {
  size_t digits = 0, marks = 0;
  for (size_t i = 0; i < inside.len; i++) {
    char c = inside.at[i];
    if (ascii_is_digit(c))
      digits++;
    else if (c == ',' || c == ':')
      marks++;
    else if (c != '-' && c != ' ')
      return fail(r, r->at, "expected an index, a slice, a quoted name, * or a filter in the brackets");
  }
  if (!digits && !marks) return fail(r, r->at, "the brackets are empty");
  char number[24] = {0};
  memcpy(number, inside.at, inside.len < sizeof number ? inside.len : sizeof number - 1);
  PathStep step = {.kind = marks ? STEP_MANY : STEP_INDEX};
  if (!marks) step.index = strtod(number, NULL);
  push(r, path, step);
  return true;
}

static bool read_brackets(PathReader *r, AslPath *path) {
  size_t end = closing(r);
  if (!end || r->text.at[end - 1] != ']') return fail(r, r->at, "a bracket is never closed");
  Str inside = str_trim(str_slice(r->text, r->at + 1, end - 1));
  char first = inside.len ? inside.at[0] : 0;
  bool good = true;
  if (first == '?' || first == '(') {
    good = inside.len > 3 && inside.at[inside.len - 1] == ')' && (first == '(' || inside.at[1] == '(');
    if (!good) fail(r, r->at, "a filter is written [?(…)]");
    push(r, path, (PathStep){.kind = STEP_MANY});
  } else if (first == '*' && inside.len == 1) {
    push(r, path, (PathStep){.kind = STEP_MANY});
  } else if (first == '\'' || first == '"') {
    good = read_names(r, path, inside);
  } else {
    good = read_indexes(r, path, inside);
  }
  r->at = end;
  return good;
}

// What may stand in a name behind a dot. Jayway takes nearly everything; blanks, commas and brackets end it.
static bool is_name_char(char c) {
  return c && !strchr(".[](), \t\n\r'\"", c);
}

static bool read_dot(PathReader *r, AslPath *path) {
  size_t dot = r->at++;
  if (peek(r) == '.') {
    r->at++;
    push(r, path, (PathStep){.kind = STEP_MANY});
    if (peek(r) == '[') return read_brackets(r, path);
  }
  if (peek(r) == '[') return read_brackets(r, path);
  if (peek(r) == '*') {
    r->at++;
    push(r, path, (PathStep){.kind = STEP_MANY});
    return true;
  }
  size_t from = r->at;
  if (peek(r) == '$' && r->at + 1 < r->text.len && r->text.at[r->at + 1] == '{') { // a placeholder is a name
    while (r->at < r->text.len && r->text.at[r->at] != '}') r->at++;
    r->at += r->at < r->text.len;
  }
  while (r->at < r->text.len && is_name_char(r->text.at[r->at])) r->at++;
  if (r->at == from) return fail(r, dot, "a name is missing behind the dot");
  Str name = str_slice(r->text, from, r->at);
  if (peek(r) == '(') { // a function of paths: length(), min(), …
    size_t end = closing(r);
    if (!end) return fail(r, r->at, "a bracket is never closed");
    r->at = end;
    push(r, path, (PathStep){.kind = STEP_MANY});
    return true;
  }
  push(r, path, (PathStep){.kind = STEP_NAME, .name = name});
  return true;
}

// The path at r->at, which is a "$".
static bool read_path(PathReader *r, AslPath *path) {
  *path = (AslPath){.definite = true};
  size_t from = ++r->at;
  if (peek(r) == '$') {
    path->root = PATH_CONTEXT;
    r->at++;
  } else if (is_letter(peek(r))) {
    while (is_letter(peek(r)) || ascii_is_digit(peek(r))) r->at++;
    path->root = PATH_VARIABLE;
    path->variable = str_slice(r->text, from, r->at);
  }
  for (;;) {
    char c = peek(r);
    bool good = c == '.' ? read_dot(r, path) : c == '[' ? read_brackets(r, path) : false;
    if (c != '.' && c != '[') return true;
    if (!good) return false;
  }
}

// --- Calls

static AslTerm *read_term(PathReader *r);

// 'text' with \' \{ \} \\ as the only escapes.
static bool read_string(PathReader *r, AslTerm *term) {
  size_t from = r->at++;
  for (; r->at < r->text.len; r->at++) {
    char c = r->text.at[r->at];
    if (c == '\'') {
      term->text = str_slice(r->text, from + 1, r->at++);
      return true;
    }
    if (c != '\\') continue;
    char next = r->at + 1 < r->text.len ? r->text.at[r->at + 1] : 0;
    if (!next || !strchr("'{}\\", next)) return fail(r, r->at, "a backslash stands before ', {, } or \\ only");
    r->at++;
  }
  return fail(r, from, "a quote is never closed");
}

static bool read_number(PathReader *r, AslTerm *term) {
  size_t from = r->at;
  r->at += peek(r) == '-';
  if (!ascii_is_digit(peek(r)))
    return fail(r, from, "expected a path, a call, a number, null or a text in single quotes");
  while (ascii_is_digit(peek(r)) || (peek(r) && strchr(".eE+-", peek(r)))) r->at++;
  term->text = str_slice(r->text, from, r->at);
  return true;
}

static bool read_arguments(PathReader *r, AslTerm *call) {
  VEC(AslTerm *) list = {0};
  skip_blanks(r);
  while (peek(r) != ')') {
    AslTerm *argument = read_term(r);
    if (!argument) return false;
    VEC_PUSH(r->arena, &list, argument);
    skip_blanks(r);
    if (peek(r) == ')') break;
    if (peek(r) != ',') return fail(r, r->at, "expected ',' or ')'");
    r->at++;
    skip_blanks(r);
    if (peek(r) == ')') return fail(r, r->at, "an argument is missing behind ','");
  }
  r->at++;
  call->arguments = list.at;
  call->count = (uint32_t)list.len;
  return true;
}

static bool read_call(PathReader *r, AslTerm *term) {
  size_t from = r->at += 7; // "States."
  while (is_letter(peek(r)) || ascii_is_digit(peek(r))) r->at++;
  term->text = str_slice(r->text, from, r->at);
  if (!term->text.len) return fail(r, from, "the function's name is missing");
  if (peek(r) != '(') return fail(r, r->at, "expected '(' behind the function's name");
  r->at++;
  return read_arguments(r, term);
}

static bool read_word(PathReader *r, Str word) {
  if (!str_starts(str_slice(r->text, r->at, r->text.len), word)) return false;
  r->at += word.len;
  return true;
}

static AslTerm *read_term(PathReader *r) {
  if (++r->depth > NESTED_MOST) return fail(r, r->at, "calls are nested too deeply"), NULL;
  AslTerm *term = NEW(r->arena, AslTerm);
  term->start = (uint32_t)r->at;
  bool good = true;
  if (peek(r) == '$') {
    term->kind = TERM_PATH;
    good = read_path(r, &term->path);
  } else if (str_starts(str_slice(r->text, r->at, r->text.len), S("States."))) {
    term->kind = TERM_CALL;
    good = read_call(r, term);
  } else if (peek(r) == '\'') {
    term->kind = TERM_STRING;
    good = read_string(r, term);
  } else if (read_word(r, S("null"))) {
    term->kind = TERM_NULL;
  } else if (read_word(r, S("true")) || read_word(r, S("false"))) {
    term->kind = TERM_BOOL;
  } else {
    term->kind = TERM_NUMBER;
    good = read_number(r, term);
  }
  term->end = (uint32_t)r->at;
  r->depth--;
  return good ? term : NULL;
}

AslTerm *asl_read_term(Arena *arena, Str text, TermError *error) {
  PathReader r = {.arena = arena, .text = text, .error = error};
  *error = (TermError){0};
  if (peek(&r) != '$' && !str_starts(text, S("States."))) {
    fail(&r, 0, "a path begins with $, a call with States.");
    return NULL;
  }
  AslTerm *term = read_term(&r);
  if (!term) return NULL;
  if (term->kind == TERM_CALL) skip_blanks(&r);
  if (r.at == text.len) return term;
  fail(&r, r.at, term->kind == TERM_CALL ? "something follows the call" : "this does not belong into a path");
  return NULL;
}

// Sorted by name.
static const Intrinsic intrinsics[] = {
    {STR_INIT("Array"), 0, 255, false},
    {STR_INIT("ArrayContains"), 2, 2, false},
    {STR_INIT("ArrayGetItem"), 2, 2, true},
    {STR_INIT("ArrayLength"), 1, 1, false},
    {STR_INIT("ArrayPartition"), 2, 2, false},
    {STR_INIT("ArrayRange"), 3, 3, false},
    {STR_INIT("ArrayUnique"), 1, 1, false},
    {STR_INIT("Base64Decode"), 1, 1, true},
    {STR_INIT("Base64Encode"), 1, 1, true},
    {STR_INIT("Format"), 1, 255, true},
    {STR_INIT("Hash"), 2, 2, true},
    {STR_INIT("JsonMerge"), 3, 3, false},
    {STR_INIT("JsonToString"), 1, 1, true},
    {STR_INIT("MathAdd"), 2, 2, false},
    {STR_INIT("MathRandom"), 2, 3, false},
    {STR_INIT("StringSplit"), 2, 2, false},
    {STR_INIT("StringToJson"), 1, 1, false},
    {STR_INIT("UUID"), 0, 0, true},
};

const Intrinsic *asl_intrinsic(Str name) {
  for (size_t i = 0; i < sizeof intrinsics / sizeof *intrinsics; i++) {
    if (str_eq(intrinsics[i].name, name)) return &intrinsics[i];
  }
  return NULL;
}

Str asl_nearest_intrinsic(Str name) {
  Nearest nearest = nearest_to(name);
  for (size_t i = 0; i < sizeof intrinsics / sizeof *intrinsics; i++) nearest_offer(&nearest, intrinsics[i].name);
  return nearest_best(&nearest);
}
