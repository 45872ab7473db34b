// syntax_format: the canonical layout. Works on tokens: the author's lines stay, blanks, indentation, commas and blank
// lines become regular.
#include "syntax/layout.h"
#include "syntax/syntax.h"
#include "mlops_parse.h"

enum { INDENT = 2 };

typedef struct OpenFrame {
  uint32_t bracket; // in raw; NO_TOKEN: the file
  FrameKind kind;
  size_t outer, inner; // indentation of the line it opens on, and of lines in it
  bool hangs;          // a brace whose first item stands on its line
  bool event;          // its last item is an `on`
  bool loops;          // it is a list with `for`
} OpenFrame;

typedef struct Formatter {
  Tokens *t;
  Lines lines;
  Line *line; // under way; NULL: the next token begins one
  VEC(OpenFrame) frames;
  uint32_t comment;   // the next one to put out
  int previous;       // kind of the token put out last
  uint32_t last;      // that token, in raw
  bool item;          // an item begins: nothing of it was put out yet
  bool comma_pending; // a separator stands before it
  bool unary;         // the token put out last is a sign
} Formatter;

static OpenFrame *frame_of(const Formatter *f) {
  return &f->frames.at[f->frames.len - 1];
}

// ---------------------------------------------------------------- lines

static void begin_line(Formatter *f, size_t indent, bool blank) {
  Line *line = NEW(f->t->arena, Line);
  line->text.arena = f->t->arena;
  line->indent = indent;
  line->bracket = frame_of(f)->bracket;
  line->blank_before = blank && f->lines.len > 0;
  VEC_PUSH(f->t->arena, &f->lines, line);
  f->line = line;
}

// Marks an alignment point at the end of the line under way; `from` is where the source's blanks before it begin.
static void mark(Formatter *f, PointKind kind, uint32_t from, uint32_t to) {
  Point *point = &f->line->points[kind];
  if (point->there || memchr(f->line->text.at, '\n', f->line->text.len)) return;
  *point = (Point){.there = true, .wide = to >= from + 2, .at = f->line->text.len};
}

static void put_comment(Formatter *f, uint32_t index) {
  const Comment *comment = &f->t->comments.at[index];
  bool first = token_opens(f->previous) && index == f->t->raw.at[f->last].comment;
  bool behind = f->line && comment->newlines == 0;
  if (behind) {
    uint32_t end = f->t->raw.at[f->last].end;
    // A comma that was dropped stands between.
    while (end < comment->start && f->t->text.at[end] == ',') end++;
    buf_char(&f->line->text, ' ');
    mark(f, POINT_COMMENT, end, comment->start);
  } else {
    bool blank = comment->newlines > 1 && !first;
    begin_line(f, frame_of(f)->inner, blank);
  }
  buf_str(&f->line->text, str_slice(f->t->text, comment->start, comment->end));
  f->line = NULL;
}

// ---------------------------------------------------------------- between two tokens of a line

static bool no_blank_behind(const Formatter *f) {
  switch (f->previous) {
  case TOKEN_PAREN:
  case TOKEN_BRACKET:
  case TOKEN_TEXT_HEAD:
  case TOKEN_TEXT_MIDDLE:
  case TOKEN_DOT:
  case TOKEN_RANGE:
  case TOKEN_SPREAD: return true;
  default: return f->unary;
  }
}

static bool no_blank_before(const Formatter *f, const OutToken *out) {
  const Token *raw = &f->t->raw.at[out->raw];
  switch (out->kind) {
  case TOKEN_PAREN_CLOSE:
  case TOKEN_BRACKET_CLOSE:
  case TOKEN_TEXT_MIDDLE:
  case TOKEN_TEXT_TAIL:
  case TOKEN_DOT:
  case TOKEN_RANGE:
  case TOKEN_COMMA:
  case TOKEN_K_THEN:
  case TOKEN_COLON:
  case TOKEN_TEST:
  case TOKEN_ASSERT: return true;
  case TOKEN_PAREN:
    return raw->frame == FRAME_PARAMETERS || (raw->frame == FRAME_ARGUMENTS && f->previous != TOKEN_K_WITH);
  case TOKEN_BRACKET: return raw->frame == FRAME_INDEX;
  case TOKEN_CLOSE: return token_opens(f->previous);
  default: return false;
  }
}

static void put_gap(Formatter *f, const OutToken *out) {
  if (f->comma_pending) buf_char(&f->line->text, ',');
  bool none = !f->comma_pending && (no_blank_behind(f) || no_blank_before(f, out));
  if (!none) buf_char(&f->line->text, ' ');
}

// Whether a value may end with a token of this kind.
static bool ends_value(int kind) {
  static const uint16_t ends[] = {TOKEN_WORD,        TOKEN_NUMBER,        TOKEN_STRING, TOKEN_TEXT_TAIL,
                                  TOKEN_PAREN_CLOSE, TOKEN_BRACKET_CLOSE, TOKEN_CLOSE,  TOKEN_TEST,
                                  TOKEN_ASSERT,      TOKEN_K_NULL,        TOKEN_K_TRUE, TOKEN_K_FALSE};
  for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
    if (ends[i] == kind) return true;
  }
  return false;
}

// Whether a string here documents a parameter: it stands behind a type or value.
static bool documents(const Formatter *f) {
  const OpenFrame *frame = frame_of(f);
  return (frame->kind == FRAME_PARAMETERS || frame->kind == FRAME_FILE) && ends_value(f->previous) && !f->item;
}

// The alignment point before (for a colon: behind) a token, or POINT_COUNT.
static PointKind point_before(const Formatter *f, const OutToken *out) {
  if (f->previous == TOKEN_COLON) return POINT_COLON;
  if (f->previous == TOKEN_DECLARE) return POINT_NAME;
  switch (out->kind) {
  case TOKEN_K_IN: return POINT_IN;
  case TOKEN_ASSIGN: return POINT_ASSIGN;
  case TOKEN_ARROW: return POINT_ARROW;
  case TOKEN_STRING: return documents(f) ? POINT_DOC : POINT_COUNT;
  case TOKEN_BLOCK:
  case TOKEN_BODY: return POINT_BRACE;
  default: return POINT_COUNT;
  }
}

// ---------------------------------------------------------------- tokens

// Whether items stand on lines of their own in a bracket of this kind.
static bool holds_items(FrameKind kind) {
  return kind <= FRAME_CASES;
}

// A brace whose first item stands on a line of its own closes on one, too.
static bool closes_on_own_line(const Formatter *f, const OutToken *out) {
  const Token *raw = &f->t->raw.at[out->raw];
  if (out->kind != TOKEN_CLOSE) return false;
  return out->raw != raw->match + 1 && !frame_of(f)->hangs;
}

static bool begins_line(const Formatter *f, const OutToken *out, bool after_comment) {
  const Token *raw = &f->t->raw.at[out->raw];
  if (after_comment || !f->line) return true;
  if ((out->kind == TOKEN_K_ELSE || out->kind == TOKEN_K_CATCH) && f->previous == TOKEN_CLOSE && !f->item) return false;
  if (out->kind == TOKEN_BLOCK || out->kind == TOKEN_BODY || out->kind == TOKEN_CASES) return false;
  if (raw->newlines && out->kind == TOKEN_CLOSE && token_opens(f->previous)) return false; // {}
  return raw->newlines > 0 || closes_on_own_line(f, out);
}

static size_t indent_of(const Formatter *f, const OutToken *out) {
  const OpenFrame *frame = frame_of(f);
  if (token_closes(out->kind)) return frame->outer;
  bool clause = out->kind == TOKEN_K_ELSE || out->kind == TOKEN_K_CATCH;
  return holds_items(frame->kind) && !f->item && !clause ? frame->inner + INDENT : frame->inner;
}

static void put_text(Formatter *f, const OutToken *out) {
  Buf *text = &f->line->text;
  switch (out->kind) {
  case TOKEN_K_THEN: buf_str(text, S(", then")); break;
  case TOKEN_K_NOT_VISITED: buf_str(text, S("not visited")); break;
  default: buf_str(text, token_text(f->t, out->raw));
  }
}

// Whether the token (of raw) begins a line of its own in the source.
static bool is_first(const Formatter *f, uint32_t raw) {
  const Token *token = &f->t->raw.at[raw];
  return token->newlines > 0 || (raw > 0 && token->comment > token[-1].comment);
}

static void open_frame(Formatter *f, const OutToken *out) {
  size_t indent = f->line->indent;
  OpenFrame frame = {.bracket = out->raw,
                     .kind = (FrameKind)f->t->raw.at[out->raw].frame,
                     .outer = indent,
                     .inner = indent + INDENT,
                     .hangs = !is_first(f, out->raw + 1)};
  VEC_PUSH(f->t->arena, &f->frames, frame);
}

static bool is_sign(const Formatter *f, const OutToken *out) {
  return out->kind == TOKEN_MINUS && (f->item || !ends_value(f->previous));
}

// Whether the token is the last of arguments, parameters or a list whose closing bracket stands on a line of its own:
// then a comma stands behind it.
static bool ends_own_line(const Formatter *f, const OutToken *out) {
  const OpenFrame *frame = frame_of(f);
  bool items =
      frame->kind == FRAME_ARGUMENTS || frame->kind == FRAME_PARAMETERS || (frame->kind == FRAME_LIST && !frame->loops);
  return items && !token_opens(out->kind) && token_closes(out[1].kind) && is_first(f, out[1].raw);
}

// Whether a '{' or '[' stands at its line's end: the line is then not straightened with its neighbours.
static bool opens_lines(const Formatter *f, const OutToken *out) {
  return token_opens(out->kind) && out->kind != TOKEN_PAREN && is_first(f, out[1].raw);
}

static void put_token(Formatter *f, const OutToken *out) {
  const Token *raw = &f->t->raw.at[out->raw];
  bool commented = f->comment < raw->comment;
  while (f->comment < raw->comment) put_comment(f, f->comment++);
  if (out->kind == TOKEN_END) return;
  bool sign = is_sign(f, out);
  if (begins_line(f, out, commented)) {
    bool blank = raw->newlines > 1 && !token_closes(out->kind) && (commented || !token_opens(f->previous));
    begin_line(f, indent_of(f, out), blank);
    f->line->head = out->kind;
    f->line->goes_on = !f->item || !holds_items(frame_of(f)->kind);
  } else {
    put_gap(f, out);
    PointKind point = point_before(f, out);
    if (point != POINT_COUNT && f->line->bracket == frame_of(f)->bracket) {
      mark(f, point, f->t->raw.at[f->last].end, raw->start);
    }
  }
  if (token_closes(out->kind)) f->frames.len--;
  put_text(f, out);
  if (token_opens(out->kind)) open_frame(f, out);
  if (f->item && out->kind == TOKEN_K_ON) frame_of(f)->event = true;
  if (out->kind == TOKEN_K_FOR) frame_of(f)->loops = true;
  if (ends_own_line(f, out)) buf_char(&f->line->text, ',');
  if (opens_lines(f, out))
    f->line->points[POINT_COLON] = f->line->points[POINT_ASSIGN] = f->line->points[POINT_BRACE] = (Point){0};
  f->previous = out->kind;
  f->last = out->raw;
  f->unary = sign;
  f->comma_pending = false;
  f->item = token_opens(out->kind) || (out->kind == TOKEN_ARROW && frame_of(f)->kind == FRAME_CASES);
}

// In a brace that hangs, commas end lines; else lines do without. Behind an event a comma would begin another target.
static void put_separator(Formatter *f, const OutToken *next) {
  OpenFrame *frame = frame_of(f);
  bool commas = frame->kind != FRAME_FILE && frame->kind != FRAME_BLOCK && frame->kind != FRAME_CASES && !frame->event;
  bool line_ends = f->t->raw.at[next->raw].newlines > 0 || f->comment < f->t->raw.at[next->raw].comment;
  if (commas && line_ends && frame->hangs) buf_char(&f->line->text, ',');
  f->comma_pending = commas && !line_ends;
  f->item = true;
  frame->event = false;
}

bool syntax_format(Arena *arena, Sources *sources, uint32_t file, Diags *diags, Str *formatted) {
  size_t faults = diags->counts[DIAG_ERROR];
  syntax_parse(arena, sources, file, diags);
  if (diags->counts[DIAG_ERROR] > faults) return false;
  Tokens tokens = {.arena = arena, .sources = sources, .diags = diags, .file = file};
  if (!tokens_read(&tokens)) return false;
  Formatter f = {.t = &tokens, .previous = TOKEN_SEPARATOR, .item = true};
  VEC_PUSH(arena, &f.frames, (OpenFrame){.bracket = NO_TOKEN, .kind = FRAME_FILE});
  for (size_t i = 0; i < tokens.out.len; i++) {
    const OutToken *out = &tokens.out.at[i];
    if (out->kind == TOKEN_SEPARATOR)
      put_separator(&f, out + 1);
    else
      put_token(&f, out);
  }
  layout_align(arena, &f.lines);
  *formatted = layout_text(arena, &f.lines);
  return true;
}
