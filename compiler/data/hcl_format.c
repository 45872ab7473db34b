// The canonical format of `terraform fmt` 1.11: what may change is only the space between tokens (and a few spellings,
// see hcl_simplify.c). Each line has three cells, lead, assignment and comment; the last two line up with those of the
// lines above and below.
#include "base/utf8.h"
#include "data/hcl_format.h"

// A run of tokens [from, to) of the whole.
typedef struct Cell {
  uint32_t from, to;
} Cell;

typedef struct Line {
  Cell lead, assign, comment;
} Line;

typedef struct Formatter {
  Arena *arena;
  HclPiece *pieces;
  uint32_t count;
  VEC(Line) lines;
} Formatter;

static bool ends_line(const HclPiece *piece) {
  return piece->kind == HCL_TOKEN_NEWLINE || (piece->kind == HCL_TOKEN_COMMENT && str_ends(piece->text, S("\n")));
}

static int bracket_change(int kind) {
  switch (kind) {
  case HCL_TOKEN_OPEN_BRACE:
  case HCL_TOKEN_OPEN_BRACKET:
  case HCL_TOKEN_OPEN_PAREN:
  case HCL_TOKEN_OPEN_INTERPOLATION:
  case HCL_TOKEN_OPEN_DIRECTIVE: return 1;
  case HCL_TOKEN_CLOSE_BRACE:
  case HCL_TOKEN_CLOSE_BRACKET:
  case HCL_TOKEN_CLOSE_PAREN:
  case HCL_TOKEN_TEMPLATE_END: return -1;
  default: return 0;
  }
}

// --- Lines

static int net_brackets(const Formatter *f, Cell cell) {
  int net = 0;
  for (uint32_t i = cell.from; i < cell.to; i++) net += bracket_change(f->pieces[i].kind);
  return net;
}

// Splits a line into its cells. What follows `=` is a cell of its own only if its brackets close on the line.
static Line split_line(const Formatter *f, uint32_t from, uint32_t to) {
  Line line = {.lead = {from, to}};
  if (to - from > 1 && f->pieces[to - 1].kind == HCL_TOKEN_COMMENT) {
    line.comment = (Cell){to - 1, to};
    line.lead.to = --to;
  }
  for (uint32_t i = from + 1; i < to; i++) {
    if (f->pieces[i].kind != HCL_TOKEN_ASSIGN) continue;
    Cell rest = {i, to};
    if (net_brackets(f, rest) == 0) {
      line.assign = rest;
      line.lead.to = i;
    }
    break;
  }
  return line;
}

static void make_lines(Formatter *f) {
  uint32_t start = 0;
  for (uint32_t i = 0; i < f->count; i++) {
    if (!ends_line(&f->pieces[i])) continue;
    VEC_PUSH(f->arena, &f->lines, split_line(f, start, i + 1));
    start = i + 1;
  }
  if (start < f->count) VEC_PUSH(f->arena, &f->lines, split_line(f, start, f->count));
}

// --- Indentation

typedef struct Indents {
  VEC(int) opened; // how many brackets each level opened
} Indents;

static void close_levels(Indents *indents, int closed) {
  while (closed > 0 && indents->opened.len > 0) {
    int *top = &indents->opened.at[indents->opened.len - 1];
    if (closed < *top) {
      *top -= closed;
      return;
    }
    closed -= *top;
    indents->opened.len--;
  }
}

// The brackets that a line opens (or, negative, closes); those in the text of a heredoc do not count.
static int line_brackets(const Formatter *f, const Line *line) {
  int net = net_brackets(f, line->assign);
  for (uint32_t i = line->lead.from; i < line->lead.to && f->pieces[i].kind != HCL_TOKEN_OPEN_HEREDOC; i++)
    net += bracket_change(f->pieces[i].kind);
  return net;
}

// Two blanks a level; however many brackets a line opens, they are one level.
static void indent_lines(Formatter *f) {
  Indents indents = {0};
  for (size_t i = 0; i < f->lines.len; i++) {
    const Line *line = &f->lines.at[i];
    HclPiece *first = &f->pieces[line->lead.from];
    if (first->kind == HCL_TOKEN_NEWLINE) {
      first->space = 0;
      continue;
    }
    int net = line_brackets(f, line);
    if (net < 0) close_levels(&indents, -net);
    first->space = (uint32_t)indents.opened.len * 2;
    if (net > 0) VEC_PUSH(f->arena, &indents.opened, net);
  }
}

// --- Spaces between tokens

// After these a minus is a sign, not a subtraction.
static bool sign_follows(int before) {
  static const int kinds[] = {
      HCL_TOKEN_OPEN_PAREN, HCL_TOKEN_OPEN_BRACE, HCL_TOKEN_OPEN_BRACKET, HCL_TOKEN_ASSIGN,        HCL_TOKEN_COLON,
      HCL_TOKEN_COMMA,      HCL_TOKEN_QUESTION,   HCL_TOKEN_PLUS,         HCL_TOKEN_STAR,          HCL_TOKEN_SLASH,
      HCL_TOKEN_PERCENT,    HCL_TOKEN_MINUS,      HCL_TOKEN_EQUAL,        HCL_TOKEN_UNEQUAL,       HCL_TOKEN_GREATER,
      HCL_TOKEN_LESS,       HCL_TOKEN_LESS_EQUAL, HCL_TOKEN_AND,          HCL_TOKEN_GREATER_EQUAL, HCL_TOKEN_OR,
      HCL_TOKEN_NOT,
  };
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (kinds[i] == before) return true;
  }
  return before == 0;
}

static bool is_text_edge(int kind, bool opening) {
  return kind == HCL_TOKEN_TEXT || kind == (opening ? HCL_TOKEN_OPEN_QUOTE : HCL_TOKEN_CLOSE_QUOTE) ||
         kind == (opening ? HCL_TOKEN_OPEN_HEREDOC : HCL_TOKEN_CLOSE_HEREDOC);
}

// Whether a space stands between `piece` and `after`; `before` is what precedes `piece` in its cell (0: nothing).
static bool space_between(int before, const HclPiece *piece, int after) {
  int kind = piece->kind;
  if (after == HCL_TOKEN_NEWLINE) return false;
  if (kind == HCL_TOKEN_NAME && (after == HCL_TOKEN_OPEN_PAREN || after == HCL_TOKEN_DOUBLE_COLON)) return false;
  if (kind == HCL_TOKEN_DOUBLE_COLON && after == HCL_TOKEN_NAME) return false;
  if (kind == HCL_TOKEN_DOT || after == HCL_TOKEN_DOT) return false;
  if (after == HCL_TOKEN_COMMA || after == HCL_TOKEN_ELLIPSIS) return false;
  if (kind == HCL_TOKEN_COMMA) return true;
  if (is_text_edge(kind, true) || is_text_edge(after, false)) return false;
  if (before == HCL_TOKEN_NAME && kind == HCL_TOKEN_NAME && str_eq(piece->text, S("in"))) return true;
  if (after == HCL_TOKEN_OPEN_BRACKET &&
      (kind == HCL_TOKEN_NAME || kind == HCL_TOKEN_NUMBER || bracket_change(kind) < 0))
    return false;
  if (kind == HCL_TOKEN_NOT) return false;
  if (kind == HCL_TOKEN_MINUS) return !sign_follows(before);
  if (kind == HCL_TOKEN_OPEN_BRACE) return after != HCL_TOKEN_CLOSE_BRACE;
  if (after == HCL_TOKEN_CLOSE_BRACE) return true;
  bool opens = kind == HCL_TOKEN_OPEN_INTERPOLATION || kind == HCL_TOKEN_OPEN_DIRECTIVE;
  if (opens && after == HCL_TOKEN_OPEN_BRACE) return true;
  if (kind == HCL_TOKEN_CLOSE_BRACE && after == HCL_TOKEN_TEMPLATE_END) return true;
  bool reopens = after == HCL_TOKEN_OPEN_INTERPOLATION || after == HCL_TOKEN_OPEN_DIRECTIVE;
  if (kind == HCL_TOKEN_TEMPLATE_END && reopens) return false;
  return bracket_change(kind) <= 0 && bracket_change(after) >= 0;
}

static void space_cell(Formatter *f, Cell cell) {
  for (uint32_t i = cell.from; i + 1 < cell.to; i++) {
    int before = i > cell.from ? f->pieces[i - 1].kind : 0;
    f->pieces[i + 1].space = space_between(before, &f->pieces[i], f->pieces[i + 1].kind);
  }
}

// --- Columns

static size_t columns(const Formatter *f, Cell cell) {
  size_t sum = 0;
  for (uint32_t i = cell.from; i < cell.to; i++) sum += f->pieces[i].space + hcl_columns(f->arena, f->pieces[i].text);
  return sum;
}

// Where a cell's neighbours to the left end: in a chain of lines that all have the cell, it stands one blank behind the
// longest of them.
static size_t width_before(const Formatter *f, const Line *line, bool comment) {
  return columns(f, line->lead) + (comment ? columns(f, line->assign) : 0);
}

static void align_cells(Formatter *f, bool comment) {
  size_t *widths = NEW_N(f->arena, size_t, f->lines.len);
  for (size_t start = 0; start < f->lines.len;) {
    size_t end = start, most = 0;
    for (; end < f->lines.len; end++) {
      const Line *line = &f->lines.at[end];
      Cell cell = comment ? line->comment : line->assign;
      if (cell.from == cell.to) break;
      widths[end] = width_before(f, line, comment);
      if (widths[end] > most) most = widths[end];
    }
    for (size_t i = start; i < end; i++) {
      Cell cell = comment ? f->lines.at[i].comment : f->lines.at[i].assign;
      f->pieces[cell.from].space = (uint32_t)(most - widths[i]) + 1;
    }
    start = end + 1;
  }
}

void hcl_format_pieces(Arena *arena, HclPiece *pieces, uint32_t count) {
  Formatter f = {.arena = arena, .pieces = pieces, .count = count};
  make_lines(&f);
  indent_lines(&f);
  for (size_t i = 0; i < f.lines.len; i++) {
    space_cell(&f, f.lines.at[i].lead);
    space_cell(&f, f.lines.at[i].assign);
  }
  align_cells(&f, false);
  align_cells(&f, true);
}
