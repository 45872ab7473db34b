// The tokens of JSONata. Whether `*`, `%`, `/` and the words and, or, in are operators depends on what stands before.
#include "base/utf8.h"
#include "jsonata/engine.h"
#include "jsonata/syntax.h"
#include "jsonata_parse.h"
#include <math.h>
#include <stdlib.h>

static int fail(Parser *p, const char *code, const char *from, const char *to, Str token) {
  Value text = token.at ? json_string(p->arena, token) : NULL;
  jsonata_syntax_fail(p, code, (uint32_t)(from - p->source.at), (uint32_t)(to - p->source.at), text, (Str){0});
  return -1;
}

static int hex_value(const char *at, const char *end) {
  if (end - at < 4) return -1;
  int value = 0;
  for (int i = 0; i < 4; i++) {
    char c = at[i];
    int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
    if (digit < 0) return -1;
    value = value << 4 | digit;
  }
  return value;
}

// The \u escape whose digits begin at `at`, joined with a low surrogate's escape behind it; *next is what follows.
static uint32_t read_unit(const char *at, const char *end, const char **next) {
  uint32_t unit = (uint32_t)hex_value(at, end);
  *next = at + 4;
  if (unit >= 0xD800 && unit < 0xDC00 && end - *next >= 6 && (*next)[0] == '\\' && (*next)[1] == 'u') {
    int low = hex_value(*next + 2, end);
    if (low >= 0xDC00 && low < 0xE000) {
      *next += 6;
      return 0x10000 + ((unit - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
    }
  }
  return unit;
}

// A string literal; p->at is behind its opening quote.
static int read_string(Parser *p, Token *token, char quote) {
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  Buf out = {.arena = p->arena};
  for (const char *at = p->at, *run = at;; at++) {
    if (at >= p->end) return fail(p, "S0101", p->at, p->end, (Str){0});
    if (*at != quote && *at != '\\') continue;
    buf_bytes(&out, run, (size_t)(at - run));
    if (*at == quote) {
      p->at = at + 1;
      token->text = buf_text(&out);
      return TOKEN_STRING;
    }
    if (++at >= p->end) return fail(p, "S0103", at, at, S(""));
    const char *hit = *at ? strchr(from, *at) : NULL;
    if (hit) {
      buf_char(&out, to[hit - from]);
    } else if (*at != 'u') {
      size_t len;
      utf8_decode((Str){at, (size_t)(p->end - at)}, 0, &len, NULL);
      return fail(p, "S0103", at, at, (Str){at, len});
    } else {
      if (hex_value(at + 1, p->end) < 0) return fail(p, "S0104", at, at, (Str){0});
      const char *next;
      jsonata_put_point(&out, read_unit(at + 1, p->end, &next));
      at = next - 1;
    }
    run = at + 1;
  }
}

static int read_number(Parser *p, Token *token, const char *from) {
  Str text = {from, (size_t)(p->at - from)};
  if (!json_number_parse(text, &token->number) || !isfinite(token->number)) {
    return fail(p, "S0102", from, from, text);
  }
  token->text = text;
  return TOKEN_NUMBER;
}

static int read_quoted_name(Parser *p, Token *token) {
  const char *close = memchr(p->at, '`', (size_t)(p->end - p->at));
  if (!close) return fail(p, "S0105", p->at, p->end, (Str){0});
  token->text = (Str){p->at, (size_t)(close - p->at)};
  p->at = close + 1;
  return TOKEN_NAME;
}

// Where the regular expression that begins at `from` ends: at a slash that is neither escaped nor within brackets.
static const char *regex_end(const char *from, const char *end) {
  int depth = 0;
  for (const char *at = from; at < end; at++) {
    bool escaped = at[-1] == '\\';
    if (*at == '/' && depth == 0) {
      const char *slash = at;
      while (slash > from && slash[-1] == '\\') slash--;
      if ((at - slash) % 2 == 0) return at;
    }
    if (!escaped && (*at == '(' || *at == '[' || *at == '{')) depth++;
    if (!escaped && (*at == ')' || *at == ']' || *at == '}')) depth--;
  }
  return NULL;
}

static int read_regex(Parser *p, Token *token) {
  const char *from = p->at, *close = regex_end(from, p->end);
  if (!close) return fail(p, "S0302", p->end, p->end, (Str){0});
  if (close == from) return fail(p, "S0301", from, from, (Str){0});
  const char *flags = close + 1;
  p->at = flags;
  while (p->at < p->end && (*p->at == 'i' || *p->at == 'm')) p->at++;
  Str why;
  token->text = (Str){from, (size_t)(close - from)};
  token->regex = jsonata_regex_compile(p->arena, token->text, (Str){flags, (size_t)(p->at - flags)}, &why);
  return token->regex ? TOKEN_REGEX : fail(p, "S0303", from, p->at, why);
}

static int unclosed_signature(Parser *p) {
  uint32_t at = (uint32_t)(p->at - p->source.at);
  bool at_end = p->at >= p->end;
  jsonata_syntax_fail(p, at_end ? "S0203" : "S0202", at, at + !at_end, json_string(p->arena, S("{")), S(">"));
  return -1;
}

// A lambda's signature, from its `<` to the `>` that closes it; white space does not count.
static int read_signature(Parser *p, Token *token) {
  Buf out = {.arena = p->arena};
  buf_char(&out, '<');
  for (int depth = 1; depth > 0; p->at++) {
    if (p->at >= p->end || *p->at == '{') return unclosed_signature(p);
    char c = *p->at;
    depth += (c == '<') - (c == '>');
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') buf_char(&out, c);
  }
  token->text = buf_text(&out);
  return TOKEN_SIGNATURE;
}

static int open_bracket(Parser *p, int kind, char closer) {
  if (p->open_count >= SYNTAX_OPEN_MOST) return fail(p, "U1001", p->at - 1, p->at, (Str){0});
  p->open[p->open_count++] = closer;
  if (kind == '(' && p->after_function) p->lambda_open = p->open_count;
  return kind;
}

static char *innermost(Parser *p) {
  return p->open_count ? &p->open[p->open_count - 1] : NULL;
}

// What is open is written as what must come. In an object that is a colon, then a brace; the brace of a lambda is 'F'.
static int colon(Parser *p) {
  char *open = innermost(p);
  if (open && *open == ':') *open = '}';
  return ':';
}

static int comma(Parser *p) {
  char *open = innermost(p);
  if (open && *open == '}') *open = ':';
  return ',';
}

// The bars of a transform: the first opens, the second (then an 'I' is open) goes on, the third closes.
static int bar(Parser *p, bool operand) {
  char *open = innermost(p);
  if (!operand) return open_bracket(p, '|', '|');
  if (open && *open == '|') *open = 'I';
  else if (open && *open == 'I') p->open_count--;
  return '|';
}

static int close_bracket(Parser *p, int kind) {
  if (kind == ')' && p->lambda_open && p->lambda_open == p->open_count) p->lambda_open = 0, p->after_lambda = true;
  if (p->open_count) p->open_count--;
  return kind;
}

static int read_word(Parser *p, Token *token, bool operand) {
  static const struct {
    Str word;
    int kind;
  } words[] = {
      {STR_INIT("and"), TOKEN_AND},           {STR_INIT("or"), TOKEN_OR},     {STR_INIT("in"), TOKEN_IN},
      {STR_INIT("true"), TOKEN_TRUE},         {STR_INIT("false"), TOKEN_FALSE}, {STR_INIT("null"), TOKEN_NULL},
      {STR_INIT("function"), TOKEN_FUNCTION}, {STR_INIT("λ"), TOKEN_FUNCTION},
  };
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (!str_eq(token->text, words[i].word)) continue;
    bool binary = words[i].kind == TOKEN_AND || words[i].kind == TOKEN_OR || words[i].kind == TOKEN_IN;
    return binary && !operand ? TOKEN_NAME : words[i].kind;
  }
  (void)p;
  return TOKEN_NAME;
}

// Newer operators do not exist in the dialect of Step Functions.
static int newer(Parser *p, int kind) {
  if (p->dialect == JSONATA_FULL) return kind;
  p->at--;
  return '?';
}

static int scan(Parser *p, Token *token, bool operand, bool after_lambda) {
  const char *from, *marker;
  for (;;) {
    from = p->at;
    token->start = (uint32_t)(from - p->source.at);
    /*!re2c
    re2c:define:YYCTYPE = "unsigned char";
    re2c:define:YYCURSOR = "p->at";
    re2c:define:YYLIMIT = "p->end";
    re2c:define:YYMARKER = marker;
    re2c:define:YYPEEK = "(unsigned char)*p->at";
    re2c:flags:input = custom;
    re2c:api:style = free-form;
    re2c:define:YYSKIP = "++p->at;";
    re2c:define:YYBACKUP = "marker = p->at;";
    re2c:define:YYRESTORE = "p->at = marker;";
    re2c:define:YYLESSTHAN = "p->at >= p->end";
    re2c:yyfill:enable = 0;
    re2c:eof = 0;

    space = [ \t\n\r\v];
    stop = [.[\]{}(),@#;:?+*/%|=<>^&!~] | "-" | space;
    letter = [^] \ stop;
    first = letter \ ["'`0-9$];
    digits = [0-9]+;

    *                 { return fail(p, "S0204", from, p->at, (Str){from, 1}); }
    $                 { return 0; }
    space+            { continue; }
    "/*"              { goto comment; }
    ".."              { return TOKEN_RANGE; }
    ":="              { return TOKEN_ASSIGN; }
    "!="              { return TOKEN_NOT_EQUAL; }
    ">="              { return TOKEN_GREATER_EQUAL; }
    "<="              { return TOKEN_LESS_EQUAL; }
    "~>"              { return TOKEN_APPLY; }
    "?:"              { return newer(p, TOKEN_ELVIS); }
    "??"              { return newer(p, TOKEN_COALESCE); }
    "**"              { return TOKEN_DESCENDANT; }
    "*"               { return operand ? TOKEN_TIMES : TOKEN_WILDCARD; }
    "%"               { return operand ? TOKEN_MODULO : TOKEN_PARENT; }
    "/"               { return operand || p->after_prefix ? TOKEN_DIVIDE : read_regex(p, token); }
    "("               { return open_bracket(p, '(', ')'); }
    "["               { return open_bracket(p, '[', ']'); }
    "{"               { return open_bracket(p, '{', after_lambda ? 'F' : ':'); }
    [)\]}]            { return close_bracket(p, *from); }
    "<"               { return after_lambda ? read_signature(p, token) : '<'; }
    "|"               { return bar(p, operand); }
    ":"               { return colon(p); }
    ","               { return comma(p); }
    [.@#;?+=>^&\-]    { return *from; }
    [!~]              { return fail(p, "S0204", from, p->at, (Str){from, 1}); }
    ["']              { return read_string(p, token, *from); }
    "`"               { return read_quoted_name(p, token); }
    ("0" | [1-9][0-9]*) ("." digits)? ([Ee] [-+]? digits)? { return read_number(p, token, from); }
    "$" letter*       { token->text = (Str){from + 1, (size_t)(p->at - from - 1)}; return TOKEN_VARIABLE; }
    first letter*     { token->text = (Str){from, (size_t)(p->at - from)}; return read_word(p, token, operand); }
    */
  comment:;
    size_t close = str_find((Str){p->at, (size_t)(p->end - p->at)}, S("*/"), 0);
    if (close == (size_t)(p->end - p->at)) return fail(p, "S0106", from, from, (Str){0});
    p->at += close + 2;
  }
}

bool jsonata_syntax_ends_operand(int kind) {
  switch (kind) {
  case TOKEN_NAME:
  case TOKEN_FUNCTION:
  case TOKEN_STRING:
  case TOKEN_NUMBER:
  case TOKEN_TRUE:
  case TOKEN_FALSE:
  case TOKEN_NULL:
  case TOKEN_VARIABLE:
  case TOKEN_REGEX:
  case TOKEN_WILDCARD:
  case TOKEN_DESCENDANT:
  case TOKEN_PARENT:
  case ')':
  case ']':
  case '}': return true;
  default: return false;
  }
}

int jsonata_syntax_lex(Parser *parser, Token *token) {
  bool operand = parser->operand, after_lambda = parser->after_lambda;
  uint32_t open = parser->open_count;
  *token = (Token){0};
  parser->after_lambda = false;
  parser->open_before = open;
  int kind = scan(parser, token, operand, after_lambda);
  parser->operand = jsonata_syntax_ends_operand(kind) || (kind == '|' && parser->open_count < open);
  parser->after_prefix = !operand && (kind == '[' || kind == '(' || kind == '{' || kind == '-' || kind == '|');
  if (kind == TOKEN_SIGNATURE) parser->after_lambda = true;
  parser->after_function = kind == TOKEN_FUNCTION;
  token->kind = kind;
  token->end = (uint32_t)(parser->at - parser->source.at);
  return kind;
}
