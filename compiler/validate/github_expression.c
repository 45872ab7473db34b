// The grammar of expressions ("Evaluate expressions in workflows and actions"):
//
//   or = and { "||" and }    and = equality { "&&" equality }   equality = order { ("==" | "!=") order }
//   order = unary { ("<" | "<=" | ">" | ">=") unary }           unary = "!" unary | postfix
//   postfix = primary { "." (NAME | "*") | "[" or "]" }
//   primary = "(" or ")" | NAME [ "(" [ or { "," or } ] ")" ] | 'text' | number | true | false | null
#include "validate/github.h"

enum { NESTED_MOST = 50 };

typedef struct Parser {
  Arena *arena;
  Str text;
  size_t at;
  int depth;
  ExpressionError *error;
} Parser;

static Expression *fail(Parser *p, size_t at, const char *what) {
  if (!p->error->what) *p->error = (ExpressionError){at, what};
  return NULL;
}

static char peek(Parser *p) {
  while (p->at < p->text.len && strchr(" \t\r\n", p->text.at[p->at])) p->at++;
  return p->at < p->text.len ? p->text.at[p->at] : 0;
}

static bool take(Parser *p, Str token) {
  peek(p);
  if (!str_starts(str_slice(p->text, p->at, p->text.len), token)) return false;
  p->at += token.len;
  return true;
}

static bool starts_name(char c) {
  return ascii_is_letter(c) || c == '_';
}

static Str read_name(Parser *p) {
  size_t from = p->at;
  while (p->at < p->text.len &&
         (starts_name(p->text.at[p->at]) || ascii_is_digit(p->text.at[p->at]) || p->text.at[p->at] == '-'))
    p->at++;
  return str_slice(p->text, from, p->at);
}

static Expression *node(Parser *p, ExpressionKind kind, size_t at, Str text) {
  Expression *e = NEW(p->arena, Expression);
  *e = (Expression){.kind = kind, .text = text, .at = at, .end = p->at};
  return e;
}

static Expression *with_parts(Parser *p, Expression *e, Expression *a, Expression *b) {
  VEC_PUSH(p->arena, &e->parts, a);
  if (b) VEC_PUSH(p->arena, &e->parts, b);
  e->end = p->at;
  return e;
}

static Expression *parse_or(Parser *p);

static Expression *parse_nested(Parser *p) {
  if (p->depth >= NESTED_MOST) return fail(p, p->at, "the expression is nested more than 50 levels deep");
  p->depth++;
  Expression *e = parse_or(p);
  p->depth--;
  return e;
}

static Expression *parse_string(Parser *p) {
  size_t from = p->at++;
  Buf out = {.arena = p->arena};
  while (p->at < p->text.len) {
    char c = p->text.at[p->at++];
    if (c != '\'') {
      buf_char(&out, c);
    } else if (p->at < p->text.len && p->text.at[p->at] == '\'') {
      buf_char(&out, '\'');
      p->at++;
    } else {
      return node(p, EXPRESSION_STRING, from, buf_text(&out));
    }
  }
  return fail(p, from, "this text is never closed");
}

// Is the text made of these characters alone, and not empty?
static bool all_of(Str text, const char *characters) {
  for (size_t i = 0; i < text.len; i++) {
    if (!text.at[i] || !strchr(characters, text.at[i])) return false;
  }
  return text.len > 0;
}

static Expression *parse_number(Parser *p) {
  size_t from = p->at;
  if (strchr("+-", p->text.at[p->at])) p->at++;
  while (p->at < p->text.len &&
         (ascii_is_digit(p->text.at[p->at]) || starts_name(p->text.at[p->at]) || p->text.at[p->at] == '.' ||
          (strchr("+-", p->text.at[p->at]) && strchr("eE", p->text.at[p->at - 1]))))
    p->at++;
  Str text = str_slice(p->text, from, p->at);
  double number;
  Str bare = str_starts(text, S("+")) ? str_slice(text, 1, text.len) : text;
  bool prefixed = all_of(str_slice(text, 2, text.len), str_starts(text, S("0x"))   ? "0123456789abcdefABCDEF"
                                                       : str_starts(text, S("0o")) ? "01234567"
                                                                                   : "");
  if (!prefixed && !str_starts(text, S(".")) && !json_number_parse(bare, &number)) return fail(p, from, "not a number");
  return node(p, EXPRESSION_LITERAL, from, text);
}

static Expression *parse_call(Parser *p, size_t from, Str name) {
  Expression *call = node(p, EXPRESSION_CALL, from, name);
  p->at++;
  while (!take(p, S(")"))) {
    if (call->parts.len && !take(p, S(","))) return fail(p, p->at, "expected , or ) in the call");
    Expression *argument = parse_nested(p);
    if (!argument) return NULL;
    VEC_PUSH(p->arena, &call->parts, argument);
  }
  call->end = p->at;
  return call;
}

static Expression *parse_word(Parser *p) {
  size_t from = p->at;
  Str name = read_name(p);
  size_t behind = p->at;
  if (peek(p) == '(') return parse_call(p, from, name);
  p->at = behind;
  static const Str literals[] = {STR_INIT("true"), STR_INIT("false"), STR_INIT("null"), STR_INIT("NaN"),
                                 STR_INIT("Infinity")};
  for (size_t i = 0; i < sizeof literals / sizeof *literals; i++) {
    if (str_eq_ignoring_case(name, literals[i])) return node(p, EXPRESSION_LITERAL, from, name);
  }
  return node(p, EXPRESSION_NAME, from, name);
}

static Expression *parse_primary(Parser *p) {
  char c = peek(p);
  size_t from = p->at;
  if (c == '(') {
    p->at++;
    Expression *e = parse_nested(p);
    if (!e) return NULL;
    return take(p, S(")")) ? e : fail(p, p->at, "expected )");
  }
  if (c == '\'') return parse_string(p);
  if (c == '"') return fail(p, from, "text stands in single quotes here: 'text'");
  if (ascii_is_digit(c) || c == '-' || c == '+' || c == '.') return parse_number(p);
  if (starts_name(c)) return parse_word(p);
  return fail(p, from, c ? "expected a value" : "the expression ends too early");
}

static Expression *parse_postfix(Parser *p) {
  Expression *e = parse_primary(p);
  for (int length = 0; e && length < 1000; length++) {
    char c = peek(p);
    size_t from = e->at;
    if (c == '.') {
      p->at++;
      c = peek(p);
      if (c == '*') {
        p->at++;
        e = with_parts(p, node(p, EXPRESSION_STAR, from, S("*")), e, NULL);
        continue;
      }
      if (!starts_name(c)) return fail(p, p->at, "a property's name or * must follow the dot");
      Str name = read_name(p);
      e = with_parts(p, node(p, EXPRESSION_PROPERTY, from, name), e, NULL);
    } else if (c == '[') {
      p->at++;
      bool star = peek(p) == '*';
      if (star) p->at++;
      Expression *index = star ? NULL : parse_nested(p);
      if (!star && !index) return NULL;
      if (!take(p, S("]"))) return fail(p, p->at, "expected ]");
      e = with_parts(p, node(p, star ? EXPRESSION_STAR : EXPRESSION_INDEX, from, S("[]")), e, index);
    } else {
      return e;
    }
  }
  return e ? fail(p, p->at, "the expression is too long") : NULL;
}

static Expression *parse_unary(Parser *p) {
  size_t from = (peek(p), p->at);
  if (peek(p) != '!' || str_starts(str_slice(p->text, p->at, p->text.len), S("!="))) return parse_postfix(p);
  if (p->depth >= NESTED_MOST) return fail(p, p->at, "the expression is nested more than 50 levels deep");
  p->at++;
  p->depth++;
  Expression *inner = parse_unary(p);
  p->depth--;
  return inner ? with_parts(p, node(p, EXPRESSION_OPERATOR, from, S("!")), inner, NULL) : NULL;
}

// Operators by binding, the loosest first.
static Expression *parse_binary(Parser *p, size_t level) {
  static const Str operators[4][5] = {{STR_INIT("||")},
                                      {STR_INIT("&&")},
                                      {STR_INIT("=="), STR_INIT("!=")},
                                      {STR_INIT("<="), STR_INIT(">="), STR_INIT("<"), STR_INIT(">")}};
  if (level == 4) return parse_unary(p);
  Expression *left = parse_binary(p, level + 1);
  while (left) {
    size_t i = 0;
    while (operators[level][i].len && !take(p, operators[level][i])) i++;
    if (!operators[level][i].len) return left;
    Expression *right = parse_binary(p, level + 1);
    if (!right) return NULL;
    left = with_parts(p, node(p, EXPRESSION_OPERATOR, left->at, operators[level][i]), left, right);
  }
  return NULL;
}

static Expression *parse_or(Parser *p) {
  return parse_binary(p, 0);
}

Expression *github_parse_expression(Arena *arena, Str text, ExpressionError *error) {
  Parser p = {.arena = arena, .text = text, .error = error};
  *error = (ExpressionError){0};
  Expression *e = parse_or(&p);
  if (!e) return NULL;
  char c = peek(&p);
  if (c == '"') return fail(&p, p.at, "text stands in single quotes here: 'text'");
  return c ? fail(&p, p.at, "expected an operator or the end of the expression") : e;
}

size_t github_expression_end(Str text, size_t from) {
  bool quoted = false;
  for (size_t i = from; i < text.len; i++) {
    if (text.at[i] == '\'') quoted = !quoted;
    if (!quoted && text.at[i] == '}' && i + 1 < text.len && text.at[i + 1] == '}') return i;
  }
  return text.len;
}
