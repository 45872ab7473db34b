// The messages of syntax errors: from the tokens that the parser could have gone on with to a line that a person
// understands at once.
#include "syntax/tree.h"
#include "mlops_parse.h"

enum { SHOWN_MOST = 4, SHOWN_BYTES = 30 };

typedef struct Expected {
  const char *const *names;
  int count;
} Expected;

static bool expects(Expected e, const char *name) {
  for (int i = 0; i < e.count; i++) {
    if (strcmp(e.names[i], name) == 0) return true;
  }
  return false;
}

// Tokens that may begin a value; where "number" and "-" are expected, all of them are.
static const char *const value_starts[] = {"name",
                                           "number",
                                           "string",
                                           "beginning of a string",
                                           "{ of an object",
                                           "(",
                                           "[",
                                           "-",
                                           "not",
                                           "match",
                                           "null",
                                           "true",
                                           "false",
                                           "asl",
                                           "jsonata"};
// Tokens that go on with a complete value: not worth naming.
static const char *const value_goes_on[] = {
    "+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "??", "?", "!", ".", "(", "[", "and", "or", "|", "in"};
// Clauses may stand behind any call.
static const char *const clauses[] = {"retry",   "timeout", "heartbeat", "as",    "name …", "needs",
                                      "backoff", "jitter",  "up",        "times", "every"};

// Where too much is expected to name it all: what is missing most likely.
static const char *const likely[] = {"{ of a declaration", "->", "=", ":", "end of the line", "}"};

static bool one_of(const char *name, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(name, list[i]) == 0) return true;
  }
  return false;
}
#define ONE_OF(name, list) one_of(name, list, sizeof list / sizeof list[0])

// What separates the items of the bracket that a fault stands in.
static Str separator_name(Parse *p) {
  switch (parse_frame(p)) {
  case FRAME_OBJECT:
  case FRAME_BODY:
  case FRAME_TYPE:
  case FRAME_ARMS: return S("','");
  default: return S("the end of the line");
  }
}

static bool is_letter(char c) {
  return ascii_is_lower(c) || c == '_';
}

static Str token_name(Parse *p, const char *name) {
  static const char *const plain[][2] = {
      {"name", "a name"},          {"number", "a number"},        {"string", "a string"},
      {"name …", "`name`"},        {", then", "`, then`"},        {"beginning of a string", "a string"},
      {"rest of a string", "'}'"}, {"middle of a string", "'}'"}, {"end of the file", "the end of the file"},
  };
  if (strcmp(name, "end of the line") == 0) return separator_name(p);
  for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
    if (strcmp(name, plain[i][0]) == 0) return str_of(plain[i][1]);
  }
  if (str_starts(str_of(name), S("{ of"))) return S("'{'");
  return str_fmt(p->arena, is_letter(name[0]) ? "`%s`" : "'%s'", name);
}

typedef struct Shown {
  VEC(Str) names;
} Shown;

static void show(Parse *p, Shown *shown, Str name) {
  for (size_t i = 0; i < shown->names.len; i++) {
    if (str_eq(shown->names.at[i], name)) return;
  }
  VEC_PUSH(p->arena, &shown->names, name);
}

// Whether to name an expected token, given what else was expected and what was found.
static bool is_worth_naming(Expected e, const char *name, const char *found) {
  bool value = expects(e, "number") && expects(e, "-") && !expects(e, "+");
  bool type = expects(e, "{ of a type");
  if ((value || type) && ONE_OF(name, value_starts)) return false;
  if (type && strcmp(name, "{ of a type") == 0) return false;
  if (expects(e, "+") && ONE_OF(name, value_goes_on)) return false;
  if (expects(e, "end of the line") && ONE_OF(name, clauses)) return false;
  if (strcmp(name, "end of the file") == 0 && expects(e, "end of the line")) return false;
  if (ONE_OF(found, value_starts) && expects(e, ":") && strcmp(name, "{ of a declaration") == 0) return false;
  if (strcmp(name, ".") == 0 && e.count > 1) return false;
  if (strcmp(name, "(") == 0 && expects(e, "=")) return false; // of a function, which a `let` seldom is
  if (strcmp(name, "?") == 0 && expects(e, ":")) return false; // of an optional member
  // Before a value a ':' or ',' is missing, not a closing bracket.
  bool missing = ONE_OF(found, value_starts) && (expects(e, ":") || expects(e, ","));
  return !(missing && (one_of(name, (const char *const[]){")", "]", "}", "=", "?"}, 5)));
}

// What was expected, in as few words as make sense: "a value", "a name or '{'".
static Str expected_text(Parse *p, Expected e, const char *found) {
  if (expects(e, "let")) return S("a statement");
  Shown shown = {0};
  if (expects(e, "{ of a type"))
    show(p, &shown, S("a type"));
  else if (expects(e, "number") && expects(e, "-") && !expects(e, "+"))
    show(p, &shown, S("a value"));
  for (int i = 0; i < e.count; i++) {
    if (is_worth_naming(e, e.names[i], found)) show(p, &shown, token_name(p, e.names[i]));
  }
  size_t count = shown.names.len;
  for (size_t i = 0; count > SHOWN_MOST && i < sizeof likely / sizeof likely[0]; i++) {
    if (expects(e, likely[i])) return token_name(p, likely[i]);
  }
  if (count > SHOWN_MOST) count = SHOWN_MOST;
  Buf out = {.arena = p->arena};
  for (size_t i = 0; i < count; i++) {
    if (i) buf_str(&out, i + 1 == count ? S(" or ") : S(", "));
    buf_str(&out, shown.names.at[i]);
  }
  return buf_text(&out);
}

static Str found_text(Parse *p, Span span, const char *found) {
  if (strcmp(found, "end of the line") == 0) return S("but the line ends");
  if (span.start == span.end) return S("but this ends");
  Str text = str_slice(p->tokens->text, span.start, span.end);
  if (text.len > SHOWN_BYTES || memchr(text.at, '\n', text.len))
    return str_fmt(p->arena, "not %.*s", STR_ARG(token_name(p, found)));
  return str_fmt(p->arena, "not `%.*s`", STR_ARG(text));
}

// Advice for mistakes that many make.
typedef struct Advice {
  int frame;            // the bracket it is in; ANY: whatever
  const char *previous; // the text of the token before; NULL: any
  const char *found;    // the text of the token, or its name in the grammar; NULL: any
  const char *expected; // what else could stand here; NULL: whatever
  const char *help;
} Advice;

enum { ANY = -1 };

// The first row that fits is given.
static const Advice advices[] = {
    {ANY, "case", NULL, NULL, "an arm is written `pattern -> …`"},
    {FRAME_BODY, NULL, NULL, ":", "a field is written `name: value`"},
    {FRAME_OBJECT, NULL, NULL, ":", "a member is written `name: value`"},
    {FRAME_BLOCK, NULL, ";", NULL, "a line's end is enough"},
    {ANY, "fail", "string", NULL, "a mock `fails \"Error\", \"cause\"`"},
    {ANY, "f", "string", NULL, "values stand in strings as `${x}`: \"a ${x} b\""},
    {ANY, "f", "beginning of a string", NULL, "values stand in strings as `${x}`: \"a ${x} b\""},
    {ANY, "catch", "(", NULL, "the error's name stands without parentheses: `catch e { … }`"},
    {ANY, NULL, "end of the line", "{ of a block", "what is done then stands in braces: `{ … }`"},
    {FRAME_FILE, NULL, ":", "{ of a declaration", "its fields stand in braces: `kind name { field: value }`"},
    {FRAME_FILE, NULL, ":", "{ of a block", "what it does stands in braces: `{ … }`"},
    {FRAME_FILE, NULL, "{ of an object", "=", "a declaration has a name: `kind name { field: value }`"},
    {FRAME_OBJECT, NULL, "->", NULL, "a route is written `name: POST \"/path\" -> target`"},
    {FRAME_OBJECT, NULL, NULL, "->", "a route is written `name: POST \"/path\" -> target`"},
    {ANY, NULL, "if", "end of the line", "a choice between values is `match value { pattern -> a, else -> b }`"},
    {ANY, "if", NULL, "end of the line", "a choice between values is `match value { pattern -> a, else -> b }`"},
    {ANY, "?", NULL, "??", "`x?` asks whether x is there; a choice is `match value { true -> a, else -> b }`"},
    {ANY, "==", "=", NULL, "write `==`"},
    {ANY, "<", ">", NULL, "write `!=`"},
    {ANY, "+", "=", NULL, "a value is changed by `set x = x + 1`"},
    {ANY, "-", "=", NULL, "a value is changed by `set x = x - 1`"},
    {ANY, "+", "+", NULL, "a value is changed by `set x = x + 1`"},
    {ANY, ".", "number", NULL, "a text stands in quotes; an item of a list is `xs[0]`"},
    {ANY, "with", NULL, "(", "options stand in parentheses: `with (concurrency: 5)`"},
    {ANY, NULL, "elif", NULL, "write `else if`"},
    {ANY, NULL, "then", NULL, "the block stands straight behind the condition: `if a { … }`"},
    {ANY, "test", "name", "string", "a test's name is a text: `test \"what it shows\" { … }`"},
    {ANY, "use", "name", "string", "what is used stands in quotes: `use \"std/sagemaker\"`"},
    {FRAME_FILE, NULL, "-", "{ of a declaration", "names with hyphens stand in quotes"},
    {ANY, NULL, "string", "- only a name", "names stand without quotes here"},
    {FRAME_PARAMETERS, NULL, NULL, ":", "a parameter is written `name: type`"},
    {FRAME_ARGUMENTS, NULL, "=", NULL, "an argument is written `name: value`"},
    {FRAME_FILE, NULL, ":", "string", "fields stand in declarations: `pipeline \"p\" { name: value }`"},
    {ANY, NULL, "?", "- in a type", "what may be missing is marked at its name: `name?: type`"},
    {ANY, NULL, "[", "- in a type", "the type of a list is `[type]`"},
    {FRAME_TYPE_LIST, NULL, ",", "- in a type",
     "a list's items have one type, perhaps with alternatives: `[string | number]`"},
    {ANY, NULL, ",", "- in a type", "alternatives are written `\"a\" | \"b\"`"},
    {ANY, NULL, ",", ", then", "answers follow each other with `, then`"},
    {ANY, NULL, "[", "- only a name", "steps are listed without brackets: `A, B`"},
    {ANY, NULL, "=", "==", "`==` compares; `=` stands behind the name of a step, `let`, `set` or a parameter"},
    {ANY, NULL, "=", "{ of a declaration", "a field is written `name: value`, a constant `let name = value`"},
    {ANY, NULL, "=", ":", "write `:` here"},
    {ANY, NULL, ":", "->", "an arm is written `pattern -> …`, an event `on EVENT -> call`"},
    {ANY, NULL, ":", "=", "a value of its own is written `let name = value`, a step `Name = call(…)`"},
    {ANY, NULL, "==", "and", "comparisons do not chain: write `a == b and b == c`"},
    {ANY, NULL, "<", "and", "comparisons do not chain: write `a < b and b < c`"},
    {ANY, NULL, "<=", "and", "comparisons do not chain: write `a <= b and b <= c`"},
    {ANY, NULL, ">", "and", "comparisons do not chain: write `a > b and b > c`"},
    {ANY, NULL, ">=", "and", "comparisons do not chain: write `a >= b and b >= c`"},
    {ANY, NULL, "else", NULL, "`else` stands behind the block of an `if` or `for`, or as the last arm of a `match`"},
    {ANY, NULL, "catch", NULL,
     "`catch` stands behind the block of a `try` or a `flow`: `try { … } catch e { … }`; without names it takes all "
     "errors, and `e.Error` says which"},
    {FRAME_BLOCK, NULL, "{ of an object", "(", "what is handed over stands in parentheses: `name({ … })`"},
    {ANY, NULL, "!", NULL, "`not x` negates; `x!` asserts that x is there"},
    {ANY, NULL, NULL, "catch", "a `try` needs a `catch`"},
    {FRAME_BLOCK, NULL, ",", NULL, "statements, and the arms of a `match` statement, stand on lines of their own"},
    {FRAME_CASES, NULL, ",", NULL, "statements, and the arms of a `match` statement, stand on lines of their own"},
    {ANY, NULL, "string", "end of the line", "texts are joined in a string: `\"${a}${b}\"`"},
};

static bool text_is(const char *wanted, Str text, const char *name) {
  return !wanted || str_eq(str_of(wanted), text) || (name && strcmp(wanted, name) == 0);
}

static bool is_expected(Expected e, const char *wanted) {
  if (!wanted) return true;
  if (strcmp(wanted, "- in a type") == 0) return expects(e, "|") && !expects(e, "or");
  if (strcmp(wanted, "- only a name") != 0) return expects(e, wanted);
  return expects(e, "name") && !expects(e, "number");
}

// What `3 h` was meant to be: a number, behind it a word that is a unit.
static bool advise_unit(Parse *p, Diag *d, Str text, Str previous) {
  Str unit = unit_meant(text);
  if (!unit.len || !previous.len || previous.at[0] < '0' || previous.at[0] > '9') return false;
  diag_help(p->diags, d, "a unit stands straight behind its number: `%.*s%.*s`", STR_ARG(previous), STR_ARG(unit));
  return true;
}

static void advise(Parse *p, Diag *d, Span span, const char *found, Expected e) {
  Str text = str_slice(p->tokens->text, span.start, span.end), previous = parse_previous(p);
  FrameKind frame = parse_frame(p);
  if (advise_unit(p, d, text, previous)) return;
  for (size_t i = 0; i < sizeof advices / sizeof advices[0]; i++) {
    const Advice *row = &advices[i];
    if (row->frame != ANY && row->frame != (int)frame) continue;
    if (!text_is(row->previous, previous, NULL) || !text_is(row->found, text, found)) continue;
    if (!is_expected(e, row->expected)) continue;
    diag_help(p->diags, d, "%s", row->help);
    return;
  }
  Str instead = habit_help("statement", parse_begin(p));
  if (instead.len) diag_help(p->diags, d, "%.*s", STR_ARG(instead));
}

void fault_report(Parse *p, Span span, const char *found, const char *const *expected, int count) {
  Expected e = {expected, count};
  Str wanted = expected_text(p, e, found);
  Str met = found_text(p, span, found);
  Diag *d = wanted.len ? diag(p->diags, DIAG_ERROR, "E0014", span, "%.*s expected, %.*s", STR_ARG(wanted), STR_ARG(met))
                       : diag(p->diags, DIAG_ERROR, "E0014", span, "this cannot stand here");
  advise(p, d, span, found, e);
}
