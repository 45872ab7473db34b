// The lexer of .mlops files: cuts a text into tokens and comments. All identifiers are words; which of them are
// keywords is decided later (compiler/syntax/classify.c).
#include "syntax/tokens.h"
#include "mlops_parse.h"

// The strings that are open around the cursor: a string with ${ is cut into pieces, with tokens between.
typedef struct OpenText {
  uint32_t start;  // of its latest ${
  uint32_t braces; // open between it and the cursor
} OpenText;

typedef struct Lexer {
  Tokens *tokens;
  const char *start, *cursor, *limit;
  VEC(OpenText) open;
  unsigned newlines; // since the last token or comment
  bool strays;       // since the last token
} Lexer;

/*!re2c
  re2c:api:style = free-form;
  re2c:define:YYCTYPE = "unsigned char";
  re2c:define:YYCURSOR = lexer->cursor;
  re2c:define:YYLIMIT = lexer->limit;
  re2c:define:YYMARKER = marker;
  re2c:yyfill:enable = 0;
  re2c:eof = 0;

  blank     = [ \t\r] | "\ufeff"; // with the byte order mark
  digit     = [0-9];
  word      = [A-Za-z_][A-Za-z0-9_]*;
  number    = digit+ ("." digit+)? ([eE][+-]?digit+)?;
  control   = [\x00-\x08\x0b\x0c\x0e-\x1f\x7f];
*/

static uint32_t offset(const Lexer *lexer, const char *at) {
  return (uint32_t)(at - lexer->start);
}

static void add(Lexer *lexer, const char *from, int kind) {
  Tokens *t = lexer->tokens;
  Token token = {.kind = (uint16_t)kind,
                 .newlines = (uint8_t)lexer->newlines,
                 .strays = lexer->strays,
                 .start = offset(lexer, from),
                 .end = offset(lexer, lexer->cursor),
                 .match = NO_TOKEN,
                 .inside = NO_TOKEN,
                 .comment = (uint32_t)t->comments.len};
  VEC_PUSH(t->arena, &t->raw, token);
  lexer->newlines = 0;
  lexer->strays = false;
}

static void add_comment(Lexer *lexer, const char *from) {
  Tokens *t = lexer->tokens;
  const char *end = lexer->cursor;
  while (end > from && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r')) end--;
  VEC_PUSH(t->arena, &t->comments, (Comment){offset(lexer, from), offset(lexer, end), (uint8_t)lexer->newlines});
  lexer->newlines = 0;
}

static Diag *fault(Lexer *lexer, const char *code, const char *from, const char *to, const char *message) {
  Tokens *t = lexer->tokens;
  return diag(t->diags, DIAG_ERROR, code, (Span){t->file, offset(lexer, from), offset(lexer, to)}, "%s", message);
}

// A character that begins no token; `help` says what to write.
static void stray(Lexer *lexer, const char *from, const char *help) {
  Tokens *t = lexer->tokens;
  lexer->strays = true;
  Diag *d = diag(t->diags, DIAG_ERROR, "E0004", (Span){t->file, offset(lexer, from), offset(lexer, lexer->cursor)},
                 "`%.*s` means nothing here", (int)(lexer->cursor - from), from);
  if (help) diag_help(t->diags, d, "%s", help);
}

// A string between other quotes stands for one, whose text is not known.
static void foreign_string(Lexer *lexer, const char *from) {
  stray(lexer, from, "a string stands between double quotes");
  bool closed = lexer->cursor - from > 1 && lexer->cursor[-1] == *from;
  if (!closed) return;
  add(lexer, from, TOKEN_STRING);
  lexer->tokens->raw.at[lexer->tokens->raw.len - 1].made_up = true;
}

static void stray_control(Lexer *lexer, const char *from) {
  fault(lexer, "E0003", from, lexer->cursor, "a control character stands here");
}

// The end of a line inside ${…}: closes the string, so that one missing '}' is one fault.
static void close_texts(Lexer *lexer) {
  if (!lexer->open.len) return;
  const char *from = lexer->start + lexer->open.at[0].start;
  Diag *d = fault(lexer, "E0006", from, from + 2, "'}' expected on this line (to close the `${` of this string)");
  diag_help(lexer->tokens->diags, d, "%s", "for a plain `${` in a text write `\\${`");
  for (; lexer->open.len; lexer->open.len--) {
    add(lexer, lexer->cursor, TOKEN_TEXT_TAIL);
    lexer->tokens->raw.at[lexer->tokens->raw.len - 1].made_up = true;
  }
}

// The end of a string that someone wrote over several lines: the position behind a '"' on one of the next lines that
// can only close. NULL: there is none. So a forgotten """ is one fault.
static const char *late_end(const Lexer *lexer, const char *at) {
  enum { LINES = 20 };
  for (int lines = 0; lines < LINES && at < lexer->limit; lines++) {
    const char *line = at + 1, *end = memchr(line, '\n', (size_t)(lexer->limit - line));
    if (!end) end = lexer->limit;
    const char *quote = memchr(line, '"', (size_t)(end - line));
    if (quote) {
      Str before = str_trim((Str){line, (size_t)(quote - line)});
      bool opens = before.len && strchr("=(,:[{?+|>", before.at[before.len - 1]);
      bool last = !memchr(quote + 1, '"', (size_t)(end - quote - 1));
      return last && !opens && memchr(quote, '#', (size_t)(end - quote)) == NULL ? quote + 1 : NULL;
    }
    at = end;
  }
  return NULL;
}

// The end of a line, at `at`, in a piece of a string that began at `from`: the piece ends here. Where ${ is open,
// close_texts will report the whole.
static void end_text(Lexer *lexer, const char *from, const char *at, bool reported) {
  const char *late = lexer->open.len ? NULL : late_end(lexer, at);
  lexer->cursor = late ? late : at;
  if (!lexer->open.len && !reported) {
    const char *end = at > from && at[-1] == '\r' ? at - 1 : at;
    Diag *d = fault(lexer, "E0005", from, end, "'\"' expected on this line (to close the string)");
    diag_help(lexer->tokens->diags, d, "%s", "text of several lines stands between \"\"\" and \"\"\"");
  }
  add(lexer, from, *from == '"' ? TOKEN_STRING : TOKEN_TEXT_TAIL);
  lexer->tokens->raw.at[lexer->tokens->raw.len - 1].made_up = true;
}

// A piece of a string up to its end or to its next ${. `from` is its first character: '"', or '}' after a ${…}.
static void scan_text(Lexer *lexer, const char *from) {
  bool head = *from == '"', bad = false;
  const char *marker, *at;
  for (;;) {
    at = lexer->cursor;
    /*!re2c
      ["] { add(lexer, from, head ? TOKEN_STRING : TOKEN_TEXT_TAIL); break; }
      "${" {
        add(lexer, from, head ? TOKEN_TEXT_HEAD : TOKEN_TEXT_MIDDLE);
        VEC_PUSH(lexer->tokens->arena, &lexer->open, (OpenText){offset(lexer, at), 0});
        return;
      }
      "\\" [^\n\x00] { continue; }
      "\\" { continue; }
      [^"$\\\n\x00-\x1f\x7f]+ { continue; }
      "\n" { end_text(lexer, from, at, bad); break; }
      $ { end_text(lexer, from, at, bad); break; }
      "\r" / "\n" { continue; }
      control | "\t" | "\r" {
        Diag *d = fault(lexer, "E0003", at, lexer->cursor, "a control character stands in this string");
        diag_help(lexer->tokens->diags, d, "%s", "write it as an escape: `\\t`, `\\n`, `\\u001b`");
        bad = true;
        continue;
      }
      * { continue; }
    */
  }
}

// Text between """ and """, the cursor behind the first.
static void scan_raw(Lexer *lexer, const char *from) {
  const char *marker, *at;
  for (;;) {
    at = lexer->cursor;
    /*!re2c
      ["]["]["] { break; }
      [^"\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+ { continue; }
      $ {
        fault(lexer, "E0005", from, from + 3, "'\"\"\"' expected (to close the text that begins here)");
        break;
      }
      control { fault(lexer, "E0003", at, lexer->cursor, "a control character stands in this text"); continue; }
      * { continue; }
    */
  }
  add(lexer, from, TOKEN_STRING);
}

static void open_brace(Lexer *lexer, const char *from) {
  if (lexer->open.len) lexer->open.at[lexer->open.len - 1].braces++;
  add(lexer, from, TOKEN_OBJECT);
}

static void close_brace(Lexer *lexer, const char *from) {
  if (!lexer->open.len) {
    add(lexer, from, TOKEN_CLOSE);
  } else if (lexer->open.at[lexer->open.len - 1].braces > 0) {
    lexer->open.at[lexer->open.len - 1].braces--;
    add(lexer, from, TOKEN_CLOSE);
  } else {
    lexer->open.len--;
    scan_text(lexer, from);
  }
}

// The next token or comment. False at the end.
static bool scan_one(Lexer *lexer) {
  const char *marker, *from = lexer->cursor;
  /*!re2c
    $ { close_texts(lexer); add(lexer, from, TOKEN_END); return false; }
    blank+ { return true; }
    "\n" {
      const char *behind = lexer->cursor;
      lexer->cursor = from;
      close_texts(lexer);
      lexer->cursor = behind;
      if (lexer->newlines < 2) lexer->newlines++;
      return true;
    }
    "#" [^\n\x00]* { add_comment(lexer, from); return true; }
    word { add(lexer, from, TOKEN_WORD); return true; }
    number [A-Za-z_%]? [A-Za-z0-9_]* { add(lexer, from, TOKEN_NUMBER); return true; }
    digit{4} "-" digit{2} "-" digit{2} [0-9A-Za-z:.]* {
      stray(lexer, from, "a date stands in quotes");
      add(lexer, from, TOKEN_STRING);
      lexer->tokens->raw.at[lexer->tokens->raw.len - 1].made_up = true;
      return true;
    }
    number "/" word {
      // `50/s` is a rate, `50/seconds` a division.
      const char *slash = memchr(from, '/', (size_t)(lexer->cursor - from));
      if (lexer->cursor - slash > 2 || !strchr("smhd", slash[1])) lexer->cursor = slash;
      add(lexer, from, TOKEN_NUMBER);
      return true;
    }
    ["]["]["] { scan_raw(lexer, from); return true; }
    ["] { scan_text(lexer, from); return true; }
    "{" { open_brace(lexer, from); return true; }
    "}" { close_brace(lexer, from); return true; }
    "(" { add(lexer, from, TOKEN_PAREN); return true; }
    ")" { add(lexer, from, TOKEN_PAREN_CLOSE); return true; }
    "[" { add(lexer, from, TOKEN_BRACKET); return true; }
    "]" { add(lexer, from, TOKEN_BRACKET_CLOSE); return true; }
    "," { add(lexer, from, TOKEN_COMMA); return true; }
    ":" { add(lexer, from, TOKEN_COLON); return true; }
    "=" { add(lexer, from, TOKEN_ASSIGN); return true; }
    "." { add(lexer, from, TOKEN_DOT); return true; }
    ".." { add(lexer, from, TOKEN_RANGE); return true; }
    "..." { add(lexer, from, TOKEN_SPREAD); return true; }
    "+" { add(lexer, from, TOKEN_PLUS); return true; }
    "-" { add(lexer, from, TOKEN_MINUS); return true; }
    "*" { add(lexer, from, TOKEN_TIMES); return true; }
    "/" { add(lexer, from, TOKEN_DIVIDE); return true; }
    "==" { add(lexer, from, TOKEN_EQUAL); return true; }
    "!=" { add(lexer, from, TOKEN_UNEQUAL); return true; }
    "<" { add(lexer, from, TOKEN_LESS); return true; }
    "<=" { add(lexer, from, TOKEN_LESS_EQUAL); return true; }
    ">" { add(lexer, from, TOKEN_GREATER); return true; }
    ">=" { add(lexer, from, TOKEN_GREATER_EQUAL); return true; }
    "?" { add(lexer, from, TOKEN_TEST); return true; }
    "??" { add(lexer, from, TOKEN_DEFAULT); return true; }
    "!" { add(lexer, from, TOKEN_ASSERT); return true; }
    "|" { add(lexer, from, TOKEN_BAR); return true; }
    "->" { add(lexer, from, TOKEN_ARROW); return true; }
    "&&" { stray(lexer, from, "write `and`"); add(lexer, from, TOKEN_K_AND); return true; }
    "||" { stray(lexer, from, "write `or`"); add(lexer, from, TOKEN_K_OR); return true; }
    "=>" { stray(lexer, from, "write `->`"); add(lexer, from, TOKEN_ARROW); return true; }
    "//" [^\n\x00]* { stray(lexer, from, "a comment begins with `#`"); return true; }
    "/*" { stray(lexer, from, "a comment begins with `#` and ends with its line"); return true; }
    ['] [^'\n\x00]* [']? | "`" [^`\n\x00]* [`]? { foreign_string(lexer, from); return true; }
    ";" { stray(lexer, from, "a line's end is enough"); lexer->newlines = 1; return true; }
    "%" { stray(lexer, from, "a percentage is `5%`, without a blank"); return true; }
    "$" { stray(lexer, from, "`${…}` stands in strings only"); return true; }
    control { stray_control(lexer, from); return true; }
    [^\x00-\x7f]+ { stray(lexer, from, "names are made of the letters A to Z and a to z, digits and `_`; other text "
                                        "stands in strings"); return true; }
    * { stray(lexer, from, NULL); return true; }
  */
}

void tokens_scan(Tokens *tokens) {
  const char *start = tokens->text.at;
  Lexer lexer = {.tokens = tokens, .start = start, .cursor = start, .limit = start + tokens->text.len, .newlines = 0};
  while (scan_one(&lexer)) {
  }
}
