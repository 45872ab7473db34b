// Prints trees. What is decided here is where lines break; spacing and alignment are the formatter's, so that both
// agree with `terraform fmt` by construction.
#include "base/utf8.h"
#include "data/hcl_write.h"
#include <stdio.h>

enum { LINE_MOST = 100 }; // a list that would make a longer line gets a line per item

static void print_expr(Buf *out, const HclExpr *expr);
static void print_value(Buf *out, const HclExpr *value);

// --- Strings

static void escape_char(Buf *out, uint32_t c) {
  static const char from[] = "\n\r\t\"\\", to[] = "nrt\"\\";
  const char *hit = c && c < 128 ? strchr(from, (int)c) : NULL;
  if (hit) {
    buf_char(out, '\\');
    buf_char(out, to[hit - from]);
  } else if (c < 0x20 || c == 0x7F) {
    char hex[8];
    buf_bytes(out, hex, (size_t)snprintf(hex, sizeof hex, "\\u%04X", (unsigned)c));
  } else {
    buf_utf8(out, c);
  }
}

void hcl_escape(Buf *out, Str text) {
  for (size_t i = 0, length; i < text.len; i += length) {
    uint32_t c = utf8_decode(text, i, &length, NULL);
    bool opens = (c == '$' || c == '%') && i + 1 < text.len && text.at[i + 1] == '{';
    if (opens) buf_char(out, (char)c);
    escape_char(out, c);
  }
}

static void print_string(Buf *out, Str text) {
  buf_char(out, '"');
  hcl_escape(out, text);
  buf_char(out, '"');
}

// Whether an indented heredoc can hold exactly this text: lines that end, none of them the mark, nothing to escape.
static bool fits_heredoc(Str text) {
  if (!str_ends(text, S("\n"))) return false;
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.at[i];
    if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) return false;
  }
  size_t least = SIZE_MAX; // a common indentation would be taken away
  for (Str rest = text, line; rest.len;) {
    line = str_cut(rest, '\n', &rest);
    if (str_eq(str_trim(line), S("EOT"))) return false;
    if (line.len && line.at[0] == '\t') return false;
    size_t indent = 0;
    while (indent < line.len && line.at[indent] == ' ') indent++;
    if (indent < least) least = indent;
  }
  return least == 0;
}

static void print_heredoc(Buf *out, Str text) {
  buf_str(out, S("<<-EOT\n"));
  for (size_t i = 0; i < text.len; i++) {
    bool opens = (text.at[i] == '$' || text.at[i] == '%') && i + 1 < text.len && text.at[i + 1] == '{';
    if (opens) buf_char(out, text.at[i]);
    buf_char(out, text.at[i]);
  }
  buf_str(out, S("EOT"));
}

static void print_template(Buf *out, const HclExpr *template);

static void print_part(Buf *out, const HclExpr *part) {
  if (part->kind == HCL_STRING) {
    hcl_escape(out, part->text);
  } else if (part->kind == HCL_TEMPLATE) {
    print_template(out, part);
  } else if (part->kind == HCL_TEMPLATE_IF) {
    buf_str(out, S("%{if "));
    print_expr(out, part->items[0]);
    buf_char(out, '}');
    print_part(out, part->items[1]);
    if (part->count > 2) {
      buf_str(out, S("%{else}"));
      print_part(out, part->items[2]);
    }
    buf_str(out, S("%{endif}"));
  } else if (part->kind == HCL_TEMPLATE_FOR) {
    const HclLoop *loop = part->loop;
    buf_fmt(out, "%%{for %.*s%s%.*s in ", STR_ARG(loop->key), loop->key.len ? ", " : "", STR_ARG(loop->item));
    print_expr(out, loop->in);
    buf_char(out, '}');
    print_part(out, loop->result);
    buf_str(out, S("%{endfor}"));
  } else {
    buf_str(out, S("${"));
    print_expr(out, part);
    buf_char(out, '}');
  }
}

static void print_template(Buf *out, const HclExpr *template) {
  for (uint32_t i = 0; i < template->count; i++) print_part(out, template->items[i]);
}

// --- Operators

typedef struct OperatorRow {
  const char *text;
  int binds; // higher binds tighter
} OperatorRow;

static const OperatorRow operators[] = {
    [HCL_OR] = {"||", 2},       [HCL_AND] = {"&&", 3},
    [HCL_EQUAL] = {"==", 4},    [HCL_UNEQUAL] = {"!=", 4},
    [HCL_LESS] = {"<", 5},      [HCL_LESS_EQUAL] = {"<=", 5},
    [HCL_GREATER] = {">", 5},   [HCL_GREATER_EQUAL] = {">=", 5},
    [HCL_ADD] = {"+", 6},       [HCL_SUBTRACT] = {"-", 6},
    [HCL_MULTIPLY] = {"*", 7},  [HCL_DIVIDE] = {"/", 7},
    [HCL_REMAINDER] = {"%", 7}, [HCL_NOT] = {"!", 8},
    [HCL_NEGATE] = {"-", 8},
};

enum { BINDS_CONDITIONAL = 1, BINDS_UNARY = 8, BINDS_ACCESS = 9, BINDS_FIRMLY = 10 };

static int binding(const HclExpr *expr) {
  switch ((HclKind)expr->kind) {
  case HCL_CONDITIONAL: return BINDS_CONDITIONAL;
  case HCL_BINARY:
  case HCL_UNARY: return operators[expr->operation].binds;
  case HCL_NUMBER: return expr->text.len && expr->text.at[0] == '-' ? BINDS_UNARY : BINDS_FIRMLY;
  case HCL_ACCESS: return BINDS_ACCESS;
  default: return BINDS_FIRMLY;
  }
}

static void print_operand(Buf *out, const HclExpr *expr, int least) {
  bool parens = binding(expr) < least;
  if (parens) buf_char(out, '(');
  print_expr(out, expr);
  if (parens) buf_char(out, ')');
}

static void print_access(Buf *out, const HclExpr *expr) {
  print_operand(out, expr->items[0], BINDS_ACCESS);
  for (uint32_t i = 0; i < expr->count; i++) {
    const HclStep *step = &expr->steps[i];
    switch (step->kind) {
    case HCL_STEP_NAME: buf_fmt(out, ".%.*s", STR_ARG(step->name)); break;
    case HCL_STEP_SPLAT_NAMES: buf_str(out, S(".*")); break;
    case HCL_STEP_SPLAT: buf_str(out, S("[*]")); break;
    case HCL_STEP_INDEX:
      buf_char(out, '[');
      print_expr(out, step->index);
      buf_char(out, ']');
      break;
    }
  }
}

// --- Brackets

static void print_items(Buf *out, const HclExpr *expr, const char *between) {
  for (uint32_t i = 0; i < expr->count; i++) {
    if (i) buf_str(out, str_of(between));
    print_expr(out, expr->items[i]);
  }
}

// On one line where it fits and nothing in it breaks, else a line per item.
static void print_list(Buf *out, const HclExpr *expr) {
  if (expr->count == 0) {
    buf_str(out, S("[]"));
    return;
  }
  Buf flat = {.arena = out->arena};
  print_items(&flat, expr, ", ");
  if (flat.len <= LINE_MOST && !memchr(flat.at, '\n', flat.len)) {
    buf_char(out, '[');
    buf_str(out, buf_text(&flat));
    buf_char(out, ']');
    return;
  }
  bool braces = expr->items[0]->kind == HCL_OBJECT && expr->count == 1;
  buf_str(out, braces ? S("[") : S("[\n"));
  for (uint32_t i = 0; i < expr->count; i++) {
    print_expr(out, expr->items[i]);
    buf_str(out, braces ? S("") : S(",\n"));
  }
  buf_char(out, ']');
}

static void print_object(Buf *out, const HclExpr *expr) {
  if (expr->count == 0) {
    buf_str(out, S("{}"));
    return;
  }
  buf_str(out, S("{\n"));
  for (uint32_t i = 0; i < expr->count; i++) {
    const HclMember *member = &expr->members[i];
    if (member->bare)
      buf_str(out, member->key->text);
    else
      print_expr(out, member->key);
    print_value(out, member->value);
  }
  buf_char(out, '}');
}

static void print_for(Buf *out, const HclLoop *loop) {
  buf_fmt(out, "%cfor %.*s%s%.*s in ", loop->object ? '{' : '[', STR_ARG(loop->key), loop->key.len ? ", " : "",
          STR_ARG(loop->item));
  print_expr(out, loop->in);
  buf_str(out, S(" : "));
  if (loop->result_key) {
    print_expr(out, loop->result_key);
    buf_str(out, S(" => "));
  }
  print_expr(out, loop->result);
  if (loop->group) buf_str(out, S("..."));
  if (loop->condition) {
    buf_str(out, S(" if "));
    print_expr(out, loop->condition);
  }
  buf_char(out, loop->object ? '}' : ']');
}

static void print_expr(Buf *out, const HclExpr *expr) {
  switch ((HclKind)expr->kind) {
  case HCL_NULL:
  case HCL_INVALID: buf_str(out, S("null")); break;
  case HCL_BOOL: buf_str(out, expr->truth ? S("true") : S("false")); break;
  case HCL_NUMBER:
  case HCL_NAME: buf_str(out, expr->text); break;
  case HCL_STRING: print_string(out, expr->text); break;
  case HCL_TEMPLATE:
  case HCL_TEMPLATE_IF:
  case HCL_TEMPLATE_FOR:
    buf_char(out, '"');
    print_part(out, expr);
    buf_char(out, '"');
    break;
  case HCL_TUPLE: print_list(out, expr); break;
  case HCL_OBJECT: print_object(out, expr); break;
  case HCL_ACCESS: print_access(out, expr); break;
  case HCL_CALL:
    buf_fmt(out, "%.*s(", STR_ARG(expr->text));
    print_items(out, expr, ", ");
    buf_str(out, expr->spread ? S("...)") : S(")"));
    break;
  case HCL_UNARY:
    buf_str(out, str_of(operators[expr->operation].text));
    print_operand(out, expr->items[0], BINDS_ACCESS);
    break;
  case HCL_BINARY:
    print_operand(out, expr->items[0], binding(expr));
    buf_fmt(out, " %s ", operators[expr->operation].text);
    print_operand(out, expr->items[1], binding(expr) + 1);
    break;
  case HCL_CONDITIONAL:
    print_operand(out, expr->items[0], BINDS_CONDITIONAL + 1);
    buf_str(out, S(" ? "));
    print_operand(out, expr->items[1], BINDS_CONDITIONAL + 1);
    buf_str(out, S(" : "));
    print_operand(out, expr->items[2], BINDS_CONDITIONAL);
    break;
  case HCL_FOR: print_for(out, expr->loop); break;
  case HCL_PAREN:
    buf_char(out, '(');
    print_expr(out, expr->items[0]);
    buf_char(out, ')');
    break;
  }
}

// ` = value` and the end of its line: the only place where a heredoc may stand, for its mark must end a line.
static void print_value(Buf *out, const HclExpr *value) {
  buf_str(out, S(" = "));
  if (value->kind == HCL_STRING && value->heredoc && fits_heredoc(value->text))
    print_heredoc(out, value->text);
  else
    print_expr(out, value);
  buf_char(out, '\n');
}

// --- Bodies

static void print_comment(Buf *out, Str comment) {
  while (comment.len) {
    Str line = str_cut(comment, '\n', &comment);
    buf_str(out, line.len ? S("# ") : S("#"));
    for (size_t i = 0; i < line.len; i++) buf_char(out, line.at[i] == '\r' ? ' ' : line.at[i]);
    buf_char(out, '\n');
  }
}

static void print_body(Buf *out, const HclBody *body);

static void print_block(Buf *out, const HclBlock *block) {
  buf_str(out, block->type);
  for (size_t i = 0; i < block->label_count; i++) {
    buf_char(out, ' ');
    print_string(out, block->labels[i].text);
  }
  buf_str(out, S(" {"));
  if (block->body->items.len) {
    buf_char(out, '\n');
    print_body(out, block->body);
  }
  buf_str(out, S("}\n"));
}

// Blocks and commented items stand apart from what is above them; arguments stand together.
static void print_body(Buf *out, const HclBody *body) {
  bool first = true, gap = false, after_block = false;
  for (size_t i = 0; i < body->items.len; i++) {
    const HclItem *item = &body->items.at[i];
    if (!item->attribute && !item->block) {
      gap = true;
      continue;
    }
    Str comment = item->block ? item->block->comment : item->attribute->comment;
    if (!first && (gap || item->block || after_block || comment.len)) buf_char(out, '\n');
    print_comment(out, comment);
    if (item->block) {
      print_block(out, item->block);
    } else {
      buf_str(out, item->attribute->name);
      print_value(out, item->attribute->value);
    }
    after_block = item->block != NULL;
    first = gap = false;
  }
}

Str hcl_print(Arena *arena, const HclBody *body) {
  Buf out = {.arena = arena};
  print_body(&out, body);
  Str text;
  hcl_format(arena, buf_text(&out), &text);
  return text;
}

Str hcl_print_expr(Arena *arena, const HclExpr *expr) {
  Buf out = {.arena = arena};
  buf_str(&out, S("x = "));
  print_expr(&out, expr);
  buf_char(&out, '\n');
  Str text;
  hcl_format(arena, buf_text(&out), &text);
  return str_slice(text, S("x = ").len, text.len - 1);
}
