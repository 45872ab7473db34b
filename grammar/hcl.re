// The HCL lexer: re2c conditions for expressions and quoted text, plain code for comments and heredoc lines.
// Words follow the HCL native syntax specification, "Lexical Elements" and "Templates".
#include "data/hcl_lex.h"
#include "hcl_parse.h"

HclLexer hcl_lexer(Arena *arena, Str text) {
  text = str_dup(arena, text);
  HclLexer lexer = {.arena = arena, .start = text.at, .at = text.at, .end = text.at + text.len};
  if (str_starts(text, S("\xEF\xBB\xBF"))) lexer.at += 3;
  VEC_PUSH(arena, &lexer.frames, (HclLexFrame){.mode = HCL_MODE_NORMAL});
  return lexer;
}

static HclLexFrame *frame(HclLexer *l) {
  return &l->frames.at[l->frames.len - 1];
}

static void push(HclLexer *l, HclLexMode mode) {
  VEC_PUSH(l->arena, &l->frames, (HclLexFrame){.mode = mode, .line_start = true});
}

static void pop(HclLexer *l) {
  if (l->frames.len > 1) l->frames.len--;
}

static HclToken token(HclLexer *l, int kind, const char *from, const char *to) {
  l->at = to;
  return (HclToken){kind, (uint32_t)(from - l->start), (uint32_t)(to - l->start)};
}

static const char *line_end(const HclLexer *l, const char *from) {
  const char *newline = memchr(from, '\n', (size_t)(l->end - from));
  return newline ? newline : l->end;
}

// `# …` and `// …` reach over their newline; only at the end of a file there is none.
static HclToken line_comment(HclLexer *l, const char *from) {
  const char *to = line_end(l, from);
  return token(l, HCL_TOKEN_COMMENT, from, to < l->end ? to + 1 : to);
}

// `/* … */`; without its end it is no comment but a `/`.
static HclToken block_comment(HclLexer *l, const char *from) {
  Str text = {from, (size_t)(l->end - from)};
  size_t close = str_find(text, S("*/"), 2);
  if (close == text.len) return token(l, HCL_TOKEN_SLASH, from, from + 1);
  return token(l, HCL_TOKEN_COMMENT, from, from + close + 2);
}

// `}` closes a brace, or the template sequence that encloses this expression.
static HclToken close_brace(HclLexer *l, const char *from, const char *to) {
  HclLexFrame *f = frame(l);
  bool tilde = to - from == 2;
  if (l->frames.len > 1 && f->braces == 0) {
    pop(l);
    return token(l, HCL_TOKEN_TEMPLATE_END, from, to);
  }
  if (f->braces) f->braces--;
  return token(l, tilde ? HCL_TOKEN_TEMPLATE_END : HCL_TOKEN_CLOSE_BRACE, from, to);
}

// `<<MARK` or `<<-MARK` with its newline.
static HclToken open_heredoc(HclLexer *l, const char *from, const char *to) {
  const char *mark = from + (from[2] == '-' ? 3 : 2), *end = to - 1;
  if (end[-1] == '\r') end--;
  push(l, HCL_MODE_HEREDOC);
  frame(l)->mark_at = (uint32_t)(mark - l->start);
  frame(l)->mark_length = (uint32_t)(end - mark);
  return token(l, HCL_TOKEN_OPEN_HEREDOC, from, to);
}

static HclToken open_sequence(HclLexer *l, int kind, const char *from, const char *to) {
  push(l, HCL_MODE_NORMAL);
  return token(l, kind, from, to);
}

// The line of a heredoc that holds nothing but its mark closes it; a mark on the last line without a newline does not.
static bool at_mark(const HclLexer *l, const HclLexFrame *f, const char *line, const char *end) {
  Str mark = {l->start + f->mark_at, f->mark_length};
  return end < l->end && str_eq(str_trim((Str){line, (size_t)(end - line)}), mark);
}

static HclToken heredoc(HclLexer *l) {
  HclLexFrame *f = frame(l);
  const char *from = l->at, *end = line_end(l, from), *at = from;
  if (f->line_start && at_mark(l, f, from, end)) {
    pop(l);
    return token(l, HCL_TOKEN_CLOSE_HEREDOC, from, end[-1] == '\r' ? end - 1 : end);
  }
  for (; at < end; at++) {
    if ((*at != '$' && *at != '%') || at + 1 == end) continue;
    if (at[1] == *at && at + 2 < end && at[2] == '{') {
      at += 2;
      continue;
    }
    if (at[1] != '{') continue;
    if (at > from) break;
    const char *to = at + 2 < end && at[2] == '~' ? at + 3 : at + 2;
    return open_sequence(l, *at == '$' ? HCL_TOKEN_OPEN_INTERPOLATION : HCL_TOKEN_OPEN_DIRECTIVE, at, to);
  }
  f->line_start = at == end;
  return token(l, HCL_TOKEN_TEXT, from, at < l->end && at == end ? at + 1 : at);
}

static HclToken normal(HclLexer *l);
static HclToken quoted(HclLexer *l);

HclToken hcl_next_token(HclLexer *l) {
  if (l->at == l->end) return token(l, HCL_TOKEN_EOF, l->end, l->end);
  switch (frame(l)->mode) {
  case HCL_MODE_QUOTED: return quoted(l);
  case HCL_MODE_HEREDOC: return heredoc(l);
  default: return normal(l);
  }
}

/*!re2c
  re2c:api:style = free-form;
  re2c:define:YYCTYPE = "unsigned char";
  re2c:define:YYCURSOR = at;
  re2c:define:YYMARKER = marker;
  re2c:define:YYLIMIT = limit;
  re2c:yyfill:enable = 0;
  re2c:eof = 0;
*/
/*!include:re2c "unicode_categories.re" */

static HclToken normal(HclLexer *l) {
  const unsigned char *at, *marker, *limit = (const unsigned char *)l->end;
  const char *from;
#define HERE (const char *)at
#define TOKEN(kind) return token(l, HCL_TOKEN_##kind, from, HERE)
again:
  from = l->at;
  at = (const unsigned char *)from;
  /*!re2c
    name_start    = L | Nl | [_];
    name_continue = name_start | Mn | Mc | Nd | Pc | [-];
    name          = name_start name_continue*;
    digit         = [0-9];
    number        = digit ("."* (digit | [eE] [+-]? digit))*;
    newline       = "\r"? "\n";

    $             { TOKEN(EOF); }
    [ \t]+        { l->at = HERE; goto again; }
    newline       { TOKEN(NEWLINE); }
    name          { TOKEN(NAME); }
    number        { TOKEN(NUMBER); }
    "#" | "//"    { return line_comment(l, from); }
    "/*"          { return block_comment(l, from); }
    ["]           { push(l, HCL_MODE_QUOTED); TOKEN(OPEN_QUOTE); }
    "<<" "-"? name newline { return open_heredoc(l, from, HERE); }
    "{"           { frame(l)->braces++; TOKEN(OPEN_BRACE); }
    "~"? "}"      { return close_brace(l, from, HERE); }
    "["           { TOKEN(OPEN_BRACKET); }
    "]"           { TOKEN(CLOSE_BRACKET); }
    "("           { TOKEN(OPEN_PAREN); }
    ")"           { TOKEN(CLOSE_PAREN); }
    "="           { TOKEN(ASSIGN); }
    "=="          { TOKEN(EQUAL); }
    "!="          { TOKEN(UNEQUAL); }
    "<"           { TOKEN(LESS); }
    "<="          { TOKEN(LESS_EQUAL); }
    ">"           { TOKEN(GREATER); }
    ">="          { TOKEN(GREATER_EQUAL); }
    "&&"          { TOKEN(AND); }
    "||"          { TOKEN(OR); }
    "!"           { TOKEN(NOT); }
    "+"           { TOKEN(PLUS); }
    "-"           { TOKEN(MINUS); }
    "*"           { TOKEN(STAR); }
    "/"           { TOKEN(SLASH); }
    "%"           { TOKEN(PERCENT); }
    "?"           { TOKEN(QUESTION); }
    ":"           { TOKEN(COLON); }
    "::"          { TOKEN(DOUBLE_COLON); }
    "."           { TOKEN(DOT); }
    ","           { TOKEN(COMMA); }
    "=>"          { TOKEN(ARROW); }
    "..."         { TOKEN(ELLIPSIS); }
    [^]           { TOKEN(BAD_CHARACTER); }
    *             { TOKEN(BAD_BYTE); }
  */
}

static HclToken quoted(HclLexer *l) {
  const char *from = l->at;
  const unsigned char *at = (const unsigned char *)from, *marker, *limit = (const unsigned char *)l->end;
  /*!re2c
    plain         = [^\r\n$%"\\];
    escape        = "\\" [^\r\n];
    doubled       = "$${" | "%%{";

    $                  { TOKEN(EOF); }
    ["]                { pop(l); TOKEN(CLOSE_QUOTE); }
    "${" "~"?          { return open_sequence(l, HCL_TOKEN_OPEN_INTERPOLATION, from, HERE); }
    "%{" "~"?          { return open_sequence(l, HCL_TOKEN_OPEN_DIRECTIVE, from, HERE); }
    (plain | escape)+  { TOKEN(TEXT); }
    doubled | [$%]     { TOKEN(TEXT); }
    newline            { pop(l); TOKEN(BROKEN_QUOTE); }
    [^]                { TOKEN(BAD_CHARACTER); }
    *                  { TOKEN(BAD_BYTE); }
  */
}
