// The expressions of rules:if (GitLab's "CI/CD job rules: variable expressions"):
//
//   or = and { "||" and }   and = comparison { "&&" comparison }   comparison = term { ("==" | "!=" | "=~" | "!~") term
//   } term = "(" or ")" | $VARIABLE | "text" | 'text' | /pattern/flags | null | true | false
#include "validate/gitlab.h"

enum { NESTED_MOST = 100 };

typedef struct Parser {
  Str text;
  size_t at;
  const char *what;
  int depth;
} Parser;

static char peek(Parser *p) {
  while (p->at < p->text.len && strchr(" \t\r\n", p->text.at[p->at])) p->at++;
  return p->at < p->text.len ? p->text.at[p->at] : 0;
}

static bool fail(Parser *p, const char *what) {
  if (!p->what) p->what = what;
  return false;
}

static bool take(Parser *p, Str operator) {
  peek(p);
  if (!str_starts(str_slice(p->text, p->at, p->text.len), operator)) return false;
  p->at += operator.len;
  return true;
}

static bool parse_variable(Parser *p) {
  size_t from = ++p->at;
  if (p->at < p->text.len && p->text.at[p->at] == '{') {
    p->at--;
    return fail(p, "conditions take $NAME, not ${NAME}");
  }
  while (p->at < p->text.len && ascii_is_word(p->text.at[p->at])) p->at++;
  return p->at > from || fail(p, "a name must follow $");
}

static bool parse_text(Parser *p, char quote) {
  size_t from = p->at++;
  while (p->at < p->text.len && p->text.at[p->at] != quote) p->at++;
  if (p->at++ < p->text.len) return true;
  p->at = from;
  return fail(p, "this text is never closed");
}

static bool parse_pattern(Parser *p) {
  size_t from = p->at++;
  while (p->at < p->text.len && p->text.at[p->at] != '/') p->at += p->text.at[p->at] == '\\' ? 2 : 1;
  if (p->at >= p->text.len) {
    p->at = from;
    return fail(p, "this pattern is never closed");
  }
  p->at++;
  while (p->at < p->text.len && strchr("ismU", p->text.at[p->at])) p->at++;
  return true;
}

static bool parse_or(Parser *p);

static bool parse_term(Parser *p) {
  char c = peek(p);
  if (c == '$') return parse_variable(p);
  if (c == '"' || c == '\'') return parse_text(p, c);
  if (c == '/') return parse_pattern(p);
  if (c == '(') {
    if (p->depth == NESTED_MOST) return fail(p, "parentheses are nested too deeply");
    p->at++;
    p->depth++;
    bool good = parse_or(p);
    p->depth--;
    return good && (take(p, S(")")) || fail(p, "expected )"));
  }
  if (take(p, S("null")) || take(p, S("true")) || take(p, S("false"))) return true;
  if (c == 0) return fail(p, "a value is missing at the end");
  if (ascii_is_word(c)) return fail(p, "text must stand in quotes, and a variable begins with $");
  return fail(p, "expected a variable, a text in quotes, a /pattern/ or null");
}

static bool parse_comparison(Parser *p) {
  if (!parse_term(p)) return false;
  while (take(p, S("==")) || take(p, S("!=")) || take(p, S("=~")) || take(p, S("!~"))) {
    if (!parse_term(p)) return false;
  }
  return true;
}

static bool parse_and(Parser *p) {
  do {
    if (!parse_comparison(p)) return false;
  } while (take(p, S("&&")));
  return true;
}

static bool parse_or(Parser *p) {
  do {
    if (!parse_and(p)) return false;
  } while (take(p, S("||")));
  return true;
}

bool gitlab_condition(Str text, size_t *at, const char **what) {
  Parser p = {.text = text};
  bool good = parse_or(&p) && (peek(&p) == 0 || fail(&p, "expected &&, || or a comparison"));
  *at = p.at;
  *what = p.what;
  return good;
}
