// Templates: the text between quotes or heredoc marks, its escapes, and what is inserted into it.
#include "base/utf8.h"
#include "data/hcl_read.h"
#include "data/hcl_write.h"

static HclExpr *node(HclReader *r, HclKind kind, Span at) {
  HclExpr *expr = NEW(r->arena, HclExpr);
  expr->kind = (uint8_t)kind;
  expr->span = at;
  return expr;
}

// --- Escapes

static int64_t hex_value(Str digits, size_t want) {
  if (digits.len < want) return -1;
  int64_t value = 0;
  for (size_t i = 0; i < want; i++) {
    char c = digits.at[i];
    int digit = ascii_is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
    if (digit < 0) return -1;
    value = value << 4 | digit;
  }
  return value;
}

// The escape at text[i] (a backslash); appends what it stands for and returns its length.
static size_t unescape_one(HclReader *r, Buf *out, Str text, size_t i, uint32_t at) {
  static const char from[] = "nrt\"\\", to[] = "\n\r\t\"\\";
  char c = i + 1 < text.len ? text.at[i + 1] : 0;
  const char *hit = c ? strchr(from, c) : NULL;
  if (hit) {
    buf_char(out, to[hit - from]);
    return 2;
  }
  size_t digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
  int64_t code = digits ? hex_value(str_slice(text, i + 2, text.len), digits) : -1;
  if (code >= 0 && code <= 0x10FFFF) {
    buf_utf8(out, (uint32_t)code);
    return digits + 2;
  }
  size_t length = 1;
  if (c) utf8_decode(text, i + 1, &length, NULL);
  Span span = hcl_span(r, at + (uint32_t)i, at + (uint32_t)(i + 1 + length));
  Diag *d = hcl_fault(r, "V2005", span, digits ? "\\%c wants %zu hexadecimal digits of a code point" : "unknown escape",
                      c, digits);
  diag_help(r->diags, d, "the escapes are \\n \\r \\t \\\" \\\\ \\uNNNN \\UNNNNNNNN; a literal backslash is \\\\");
  return 1 + length;
}

// Whether `$${` or `%%{` stands at text[i].
static bool is_doubled(Str text, size_t i) {
  return i + 2 < text.len && (text.at[i] == '$' || text.at[i] == '%') && text.at[i + 1] == text.at[i] &&
         text.at[i + 2] == '{';
}

static Str decode(HclReader *r, Str text, uint32_t at, bool backslashes) {
  bool plain = true;
  for (size_t i = 0; i < text.len && plain; i++)
    plain = text.at[i] != '$' && text.at[i] != '%' && (!backslashes || text.at[i] != '\\');
  if (plain) return text;
  Buf out = {.arena = r->arena};
  for (size_t i = 0; i < text.len;) {
    if (backslashes && text.at[i] == '\\') {
      i += unescape_one(r, &out, text, i, at);
    } else if (is_doubled(text, i)) {
      buf_bytes(&out, text.at + i + 1, 2);
      i += 3;
    } else {
      buf_char(&out, text.at[i++]);
    }
  }
  return buf_text(&out);
}

Str hcl_read_unescape(HclReader *r, Str text, uint32_t at) {
  return decode(r, text, at, true);
}

// --- Parts

HclExpr *hcl_read_text(HclReader *r, HclExpr *parts, Str text, Span at) {
  HclExpr *literal = node(r, HCL_STRING, at);
  const HclLexer *l = &r->lexer;
  // The grammar reduces text without looking ahead, so the lexer still stands in this template.
  bool quoted = l->frames.at[l->frames.len - 1].mode != HCL_MODE_HEREDOC;
  literal->text = decode(r, text, at.start, quoted);
  return hcl_read_item(r, parts, literal);
}

HclExpr *hcl_read_parts(HclReader *r, HclExpr *parts, Span at) {
  if (!parts) parts = node(r, HCL_TEMPLATE, at);
  parts->kind = HCL_TEMPLATE;
  parts->span = at;
  return parts;
}

static HclExpr *or_empty(HclReader *r, HclExpr *parts, Span at) {
  return hcl_read_parts(r, parts, parts ? parts->span : at);
}

HclExpr *hcl_read_template_if(HclReader *r, HclExpr *parts, HclExpr *condition, HclExpr *then, HclExpr *otherwise,
                              Span at) {
  HclExpr *branch = hcl_read_item(r, NULL, condition);
  hcl_read_item(r, branch, or_empty(r, then, at));
  if (otherwise) hcl_read_item(r, branch, otherwise);
  branch->kind = HCL_TEMPLATE_IF;
  branch->span = at;
  return hcl_read_item(r, parts, branch);
}

HclExpr *hcl_read_template_for(HclReader *r, HclExpr *parts, HclLoop *loop, HclExpr *body, Span at) {
  HclExpr *expr = hcl_read_for(r, loop, NULL, or_empty(r, body, at), NULL, at);
  expr->kind = HCL_TEMPLATE_FOR;
  return hcl_read_item(r, parts, expr);
}

// Text alone is a string.
HclExpr *hcl_read_template(HclReader *r, HclExpr *parts, Span at) {
  Buf joined = {.arena = r->arena};
  for (uint32_t i = 0; parts && i < parts->count; i++) {
    if (parts->items[i]->kind != HCL_STRING) return hcl_read_parts(r, parts, at);
    buf_str(&joined, parts->items[i]->text);
  }
  HclExpr *string = node(r, HCL_STRING, at);
  string->text = parts && parts->count == 1 ? parts->items[0]->text : buf_text(&joined);
  return string;
}

// --- Heredocs

static size_t indent_of(Str line) {
  size_t i = 0;
  while (i < line.len && line.at[i] == ' ') i++;
  return i;
}

// <<- takes away the blanks that all lines have in common.
static Str without_indent(HclReader *r, Str text) {
  size_t least = SIZE_MAX;
  for (Str rest = text; rest.len;) {
    Str line = str_cut(rest, '\n', &rest);
    if (line.len && indent_of(line) < least) least = indent_of(line);
  }
  Buf out = {.arena = r->arena};
  for (Str rest = text; rest.len;) {
    Str line = str_cut(rest, '\n', &rest);
    buf_str(&out, str_slice(line, least < line.len ? least : line.len, line.len));
    buf_char(&out, '\n');
  }
  return buf_text(&out);
}

HclExpr *hcl_read_heredoc(HclReader *r, HclExpr *parts, Span open, Span at) {
  HclExpr *expr = hcl_read_template(r, parts, at);
  expr->heredoc = true;
  expr->flush = r->text.at[open.start + 2] == '-';
  if (expr->flush && expr->kind == HCL_STRING) expr->text = without_indent(r, expr->text);
  return expr;
}
