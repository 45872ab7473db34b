// From the text of a literal to its value: numbers with units, strings with escapes, raw text.
#include "base/utf8.h"
#include "syntax/tree.h"
#include "base/planted.h"
#include <stdlib.h>

// ---------------------------------------------------------------- numbers

typedef struct UnitName {
  Str name;
  Unit unit;
  double factor;
} UnitName;

static const UnitName unit_names[] = {
    {STR_INIT("s"), UNIT_SECONDS, 1},
    {STR_INIT("m"), UNIT_SECONDS, 60},
    {STR_INIT("h"), UNIT_SECONDS, 3600},
    {STR_INIT("d"), UNIT_SECONDS, 86400},
    {STR_INIT("KB"), UNIT_BYTES, 1024},
    {STR_INIT("MB"), UNIT_BYTES, 1024.0 * 1024},
    {STR_INIT("GB"), UNIT_BYTES, 1024.0 * 1024 * 1024},
    {STR_INIT("TB"), UNIT_BYTES, 1024.0 * 1024 * 1024 * 1024},
    {STR_INIT("%"), UNIT_PERCENT, 0.01},
    {STR_INIT("/s"), UNIT_PER_SECOND, 1},
    {STR_INIT("/m"), UNIT_PER_SECOND, 1.0 / 60},
    {STR_INIT("/h"), UNIT_PER_SECOND, 1.0 / 3600},
    {STR_INIT("/d"), UNIT_PER_SECOND, 1.0 / 86400},
};

static bool same_letters(Str a, Str b) {
  for (size_t i = 0; i < a.len && a.len == b.len; i++) {
    if ((a.at[i] | 0x20) != (b.at[i] | 0x20)) return false;
  }
  return a.len == b.len;
}

Str unit_meant(Str word) {
  for (size_t i = 0; i < sizeof unit_names / sizeof unit_names[0]; i++) {
    if (same_letters(word, unit_names[i].name)) return unit_names[i].name;
  }
  return habit_help("unit", word);
}

// The length of the number at the start of a token; what is behind is its unit.
static size_t number_length(Str text) {
  size_t i = 0;
  while (i < text.len && ascii_is_digit(text.at[i])) i++;
  if (i + 1 < text.len && text.at[i] == '.' && ascii_is_digit(text.at[i + 1])) {
    for (i++; i < text.len && ascii_is_digit(text.at[i]);) i++;
  }
  if (i < text.len && (text.at[i] == 'e' || text.at[i] == 'E')) {
    size_t digits = i + 1;
    if (digits < text.len && (text.at[digits] == '+' || text.at[digits] == '-')) digits++;
    if (digits < text.len && ascii_is_digit(text.at[digits])) {
      for (i = digits; i < text.len && ascii_is_digit(text.at[i]);) i++;
    }
  }
  return i;
}

// False: it was reported.
static bool set_unit(Parse *p, Expr *number, Word token, size_t length) {
  Str name = str_slice(token.text, length, token.text.len);
  for (size_t i = 0; i < sizeof unit_names / sizeof unit_names[0]; i++) {
    const UnitName *row = &unit_names[i];
    if (!str_eq(name, row->name)) continue;
    number->unit = row->unit;
    number->number *= row->factor;
    return true;
  }
  PLANTED(true);
  Span span = {token.span.file, token.span.start + (uint32_t)length, token.span.end};
  Diag *d = diag(p->diags, DIAG_ERROR, "E0008", span, "`%.*s` is no unit", STR_ARG(name));
  Str meant = unit_meant(name);
  if (meant.len)
    diag_help(p->diags, d, "did you mean `%.*s%.*s`?", STR_ARG(str_slice(token.text, 0, length)), STR_ARG(meant));
  else
    diag_help(p->diags, d, "units are s m h d (30s), KB MB GB TB (512MB), %% (5%%) and /s /m /h /d (50/s)");
  return false;
}

Expr *make_number(Parse *p, Word token) {
  Expr *made = make_expr(p, EXPR_NUMBER, token.span);
  size_t length = number_length(token.text);
  made->text = token.text;
  made->number = strtod(str_z(p->arena, str_slice(token.text, 0, length)), NULL);
  if (token.text.len > 1 && token.text.at[0] == '0' && ascii_is_digit(token.text.at[1])) {
    made->kind = EXPR_ERROR;
    Diag *d = diag(p->diags, DIAG_ERROR, "E0007", token.span, "a number does not begin with a needless 0");
    diag_help(p->diags, d, "an identifier made of digits, such as an account's, is a string: \"%.*s\"",
              STR_ARG(token.text));
  } else if (made->number > 1e308) {
    made->kind = EXPR_ERROR;
    diag(p->diags, DIAG_ERROR, "E0007", token.span, "this number is too large");
  }
  if (length < token.text.len && !set_unit(p, made, token, length)) made->kind = EXPR_ERROR;
  return made;
}

// ---------------------------------------------------------------- strings

static int hex_digits(Str text, size_t at) {
  int value = 0;
  for (size_t i = at; i < at + 4; i++) {
    char c = i < text.len ? text.at[i] : 0;
    int digit = ascii_is_digit(c)      ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// Reads the \u escape at text[i] (its backslash), a pair of surrogates as one. Returns its length, 0: it is faulty.
static size_t unicode_escape(Buf *out, Str text, size_t i) {
  int unit = hex_digits(text, i + 2);
  if (unit < 0 || (unit >= 0xdc00 && unit <= 0xdfff)) return 0;
  if (unit < 0xd800 || unit > 0xdbff) return buf_utf8(out, (uint32_t)unit), 6;
  bool pair = i + 7 < text.len && text.at[i + 6] == '\\' && text.at[i + 7] == 'u';
  int low = pair ? hex_digits(text, i + 8) : -1;
  if (low < 0xdc00 || low > 0xdfff) return 0;
  buf_utf8(out, (uint32_t)(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)));
  return 12;
}

// Resolves the escapes of a piece of string that stands at `start` of the file.
static Str unescape(Parse *p, Str text, uint32_t file, uint32_t start) {
  static const char marks[] = "\"\\/bfnrt$", values[] = "\"\\/\b\f\n\r\t$";
  if (!text.len || !memchr(text.at, '\\', text.len)) return text;
  Buf out = {.arena = p->arena};
  for (size_t i = 0; i < text.len;) {
    if (text.at[i] != '\\') {
      buf_char(&out, text.at[i++]);
      continue;
    }
    char mark = i + 1 < text.len ? text.at[i + 1] : 0;
    const char *known = mark ? strchr(marks, mark) : NULL;
    size_t length = known ? 2 : mark == 'u' ? unicode_escape(&out, text, i) : 0;
    if (known) buf_char(&out, values[known - marks]);
    if (!length) {
      size_t shown = 1;
      if (i + 1 < text.len) utf8_decode(text, i + 1, &shown, NULL);
      Span span = {file, start + (uint32_t)i, start + (uint32_t)(i + 1 + shown)};
      Diag *d = diag(p->diags, DIAG_ERROR, "E0009", span, "`\\%.*s` is no escape", (int)shown, text.at + i + 1);
      diag_help(p->diags, d,
                "escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\$ and \\uXXXX (above U+FFFF as a pair); a "
                "backslash is \\\\");
      length = 1 + shown;
    }
    i += length;
  }
  return buf_text(&out);
}

static size_t indentation(Str line) {
  size_t blanks = 0;
  while (blanks < line.len && (line.at[blanks] == ' ' || line.at[blanks] == '\t')) blanks++;
  return blanks;
}

static bool is_blank(Str line) {
  return str_trim(line).len == 0;
}

// The text between two """: the newline behind the first and the blanks before the last are dropped, and so is the
// indentation that all lines share.
static Str raw_text(Parse *p, Str text) {
  if (!str_has(text, S("\n"))) return text;
  size_t common = SIZE_MAX;
  Str rest = text;
  for (bool first = true; rest.len; first = false) {
    Str line = str_cut(rest, '\n', &rest);
    if (!first && !is_blank(line) && indentation(line) < common) common = indentation(line);
  }
  Buf out = {.arena = p->arena};
  size_t begin = 0, end = text.len;
  size_t newline = str_find(text, S("\n"), 0);
  if (is_blank(str_slice(text, 0, newline))) begin = newline + 1;
  while (end > begin && (text.at[end - 1] == ' ' || text.at[end - 1] == '\t')) end--;
  if (end > begin && text.at[end - 1] != '\n') end = text.len;
  rest = str_slice(text, begin, end);
  for (bool first = begin == 0; rest.len; first = false) {
    size_t length = str_find(rest, S("\n"), 0);
    bool ends = length < rest.len;
    Str line = str_slice(rest, 0, length);
    if (str_ends(line, S("\r"))) line.len--;
    buf_str(&out, is_blank(line) && ends ? (Str){0} : str_slice(line, first ? 0 : common, line.len));
    if (ends) buf_char(&out, '\n');
    rest = str_slice(rest, length + ends, rest.len);
  }
  return buf_text(&out);
}

// The value of a string token without ${…}. A token that lacks its end (it was reported) is taken as it is.
Str literal_string(Parse *p, Word token) {
  Str text = token.text;
  if (str_starts(text, S("\"\"\""))) {
    bool closed = text.len >= 6 && str_ends(text, S("\"\"\""));
    return raw_text(p, str_slice(text, 3, closed ? text.len - 3 : text.len));
  }
  bool foreign = text.len >= 2 && (text.at[0] == '\'' || text.at[0] == '`'); // told; its text is what was meant
  if (foreign) return str_slice(text, 1, text.len - 1);
  bool closed = text.len >= 2 && text.at[text.len - 1] == '"';
  return unescape(p, str_slice(text, 1, closed ? text.len - 1 : text.len), token.span.file, token.span.start + 1);
}

// ---------------------------------------------------------------- strings with ${…}

static void add_part(Parse *p, Expr *text, StringPart part) {
  if (!part.expr && !part.text.len) return;
  size_t len = text->parts.len;
  // Room doubles whenever the length is a power of two.
  if ((len & (len - 1)) == 0) {
    size_t room = len ? len * 2 : 1;
    text->parts.at = arena_grow(p->arena, text->parts.at, len * sizeof part, room * sizeof part);
  }
  text->parts.at[text->parts.len++] = part;
}

// Adds the text of a piece: its first character is '"' or '}', its last two are "${" or its last is '"'.
static void add_piece(Parse *p, Expr *text, Word piece, bool last) {
  Str inner = str_slice(piece.text, 1, piece.text.len);
  if (last) {
    if (str_ends(inner, S("\""))) inner.len--;
  } else {
    inner.len -= 2;
  }
  add_part(p, text, (StringPart){.text = unescape(p, inner, piece.span.file, piece.span.start + 1)});
}

// Whether a string, or its last piece, was not closed as strings are: its text is not known.
static bool is_made_up(const Parse *p, Word token) {
  uint32_t at = token_from(p->tokens, token.span.start);
  return p->tokens->raw.at[at].made_up && p->tokens->raw.at[at].start == token.span.start;
}

Expr *make_string(Parse *p, Span span, Word token) {
  if (is_made_up(p, token)) return make_expr(p, EXPR_ERROR, span);
  Expr *made = make_expr(p, EXPR_STRING, span);
  add_part(p, made, (StringPart){.text = literal_string(p, token)});
  return made;
}

Expr *text_begin(Parse *p, Span span, Word head, Expr *value) {
  Expr *made = make_expr(p, EXPR_STRING, span);
  add_piece(p, made, head, false);
  add_part(p, made, (StringPart){.expr = value});
  return made;
}

Expr *text_go_on(Parse *p, Expr *text, Word middle, Expr *value) {
  add_piece(p, text, middle, false);
  add_part(p, text, (StringPart){.expr = value});
  return text;
}

Expr *text_end(Parse *p, Span span, Expr *text, Word tail) {
  add_piece(p, text, tail, true);
  text->span = span;
  if (is_made_up(p, tail)) text->kind = EXPR_ERROR;
  return text;
}
