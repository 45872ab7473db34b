// Between lexer and parser: which newlines mean something, which names are keywords, and where to go on after a fault.
#include "data/hcl_read.h"

Span hcl_span(const HclReader *r, uint32_t start, uint32_t end) {
  return (Span){r->file, start, end};
}

Str hcl_token_text(const HclReader *r, HclToken token) {
  return str_slice(r->text, token.start, token.end);
}

static HclOpen *top(HclReader *r) {
  return &r->open.at[r->open.len - 1];
}

static bool is_word(const HclReader *r, HclToken token, const char *word) {
  return token.kind == HCL_TOKEN_NAME && str_eq(hcl_token_text(r, token), str_of(word));
}

static bool ends_line(const HclReader *r, HclToken token) {
  if (token.kind == HCL_TOKEN_COMMENT) return r->text.at[token.end - 1] == '\n';
  return token.kind == HCL_TOKEN_NEWLINE || token.kind == HCL_TOKEN_BROKEN_QUOTE;
}

// --- Lines and comments

// Comment lines that follow each other are one run.
static void note_comment(HclReader *r, HclToken comment) {
  bool whole_line = str_trim(str_slice(r->text, r->line_at, comment.start)).len == 0;
  if (!whole_line) return;
  if (r->comment.end != r->line_at) r->comment.start = comment.start;
  r->comment.end = comment.end;
}

static void begin_item(HclReader *r, HclToken token) {
  r->item_at = token.start;
  r->item_column = token.start - r->line_at;
  if (top(r)->column > r->item_column) top(r)->column = r->item_column;
  r->item_comment = r->comment.end == r->line_at ? r->comment : NO_SPAN;
}

// --- Keywords

static int directive_kind(const HclReader *r, HclToken word) {
  static const struct {
    const char *word;
    int kind;
  } directives[] = {
      {"if", HCL_TOKEN_DIRECTIVE_IF},   {"else", HCL_TOKEN_DIRECTIVE_ELSE},     {"endif", HCL_TOKEN_DIRECTIVE_ENDIF},
      {"for", HCL_TOKEN_DIRECTIVE_FOR}, {"endfor", HCL_TOKEN_DIRECTIVE_ENDFOR},
  };
  for (size_t i = 0; i < sizeof directives / sizeof *directives; i++) {
    if (is_word(r, word, directives[i].word)) return directives[i].kind;
  }
  return HCL_TOKEN_BAD_DIRECTIVE;
}

// `%{` and its keyword are one token.
static HclToken read_directive(HclReader *r, HclToken open) {
  HclToken word = hcl_next_token(&r->lexer);
  while (word.kind == HCL_TOKEN_NEWLINE || word.kind == HCL_TOKEN_COMMENT) word = hcl_next_token(&r->lexer);
  return (HclToken){directive_kind(r, word), open.start, word.end};
}

static bool ends_operand(int kind) {
  return kind == HCL_TOKEN_NAME || kind == HCL_TOKEN_NUMBER || kind == HCL_TOKEN_CLOSE_PAREN ||
         kind == HCL_TOKEN_CLOSE_BRACKET || kind == HCL_TOKEN_CLOSE_BRACE || kind == HCL_TOKEN_CLOSE_QUOTE ||
         kind == HCL_TOKEN_CLOSE_HEREDOC || kind == HCL_TOKEN_ELLIPSIS || kind == HCL_TOKEN_STAR;
}

static int word_kind(HclReader *r, HclToken token) {
  HclOpen *in = top(r);
  bool may_loop = in->fresh && ((in->kind == HCL_TOKEN_OPEN_BRACKET && !in->index) || in->place == HCL_IN_OBJECT);
  if (may_loop && is_word(r, token, "for")) {
    in->place = HCL_IN_LOOP;
    return HCL_TOKEN_FOR;
  }
  if (r->loop_names && r->token.kind == HCL_TOKEN_NAME && is_word(r, token, "in")) return HCL_TOKEN_IN;
  if (in->place == HCL_IN_LOOP && ends_operand(r->token.kind) && is_word(r, token, "if")) return HCL_TOKEN_IF;
  return HCL_TOKEN_NAME;
}

// --- Brackets

static int closer_of(int kind) {
  switch (kind) {
  case HCL_TOKEN_OPEN_BRACE: return HCL_TOKEN_CLOSE_BRACE;
  case HCL_TOKEN_OPEN_BRACKET: return HCL_TOKEN_CLOSE_BRACKET;
  case HCL_TOKEN_OPEN_PAREN: return HCL_TOKEN_CLOSE_PAREN;
  default: return kind ? HCL_TOKEN_TEMPLATE_END : 0;
  }
}

static void open_bracket(HclReader *r, HclToken token, bool skipping) {
  HclPlace place = HCL_IN_LINE;
  if (token.kind == HCL_TOKEN_OPEN_BRACE && !skipping) {
    bool block = top(r)->place == HCL_IN_BODY && !top(r)->value;
    place = block ? HCL_IN_BODY : HCL_IN_OBJECT;
  }
  HclOpen open = {.place = place, .kind = token.kind, .at = token.start, .fresh = true};
  open.bodies = r->bodies.len + 1;
  open.column = UINT32_MAX;
  bool operand = ends_operand(r->token.kind) && (r->token.kind != HCL_TOKEN_STAR || r->before.kind == HCL_TOKEN_DOT);
  open.index = token.kind == HCL_TOKEN_OPEN_BRACKET && operand;
  VEC_PUSH(r->arena, &r->open, open);
  if (r->open.len <= HCL_DEPTH_MOST) return;
  hcl_fault_depth(r, hcl_span(r, token.start, token.end));
}

// Keeps the stack of open brackets; one that closes another kind is left to the parser to refuse, and a body ends when
// the parser says so (hcl_read_close).
static void track_brackets(HclReader *r, HclToken token, bool skipping) {
  switch (token.kind) {
  case HCL_TOKEN_OPEN_BRACE:
  case HCL_TOKEN_OPEN_BRACKET:
  case HCL_TOKEN_OPEN_PAREN:
  case HCL_TOKEN_OPEN_INTERPOLATION:
  case HCL_TOKEN_OPEN_DIRECTIVE:
  case HCL_TOKEN_DIRECTIVE_IF:
  case HCL_TOKEN_DIRECTIVE_ELSE:
  case HCL_TOKEN_DIRECTIVE_ENDIF:
  case HCL_TOKEN_DIRECTIVE_FOR:
  case HCL_TOKEN_DIRECTIVE_ENDFOR: open_bracket(r, token, skipping); break;
  case HCL_TOKEN_CLOSE_BRACE:
  case HCL_TOKEN_CLOSE_BRACKET:
  case HCL_TOKEN_CLOSE_PAREN:
  case HCL_TOKEN_TEMPLATE_END:
    if (top(r)->place != HCL_IN_BODY && closer_of(top(r)->kind) == token.kind) r->open.len--;
    break;
  default: break;
  }
}

// --- Going on after a fault

// The innermost body whose items the parser can resume: one of several lines.
static size_t resumable(const HclReader *r) {
  size_t i = r->open.len - 1;
  while (i > 0 && !(r->open.at[i].place == HCL_IN_BODY && r->open.at[i].lines)) i--;
  return i;
}

// A fault inside a heredoc's expression ends with its line: what follows is text again.
static void back_to_heredoc(HclReader *r) {
  for (size_t i = r->lexer.frames.len; i-- > 1;) {
    if (r->lexer.frames.at[i].mode != HCL_MODE_HEREDOC) continue;
    r->lexer.frames.len = i + 1;
    r->lexer.frames.at[i].line_start = true;
    return;
  }
}

static void unread(HclReader *r, HclToken token) {
  r->lexer.at = r->lexer.start + token.start;
  r->lexer.frames.len = 1;
}

// Whether the first token of a line begins an item beside the faulty one, or ends the body around it. While brackets
// are open only layout can tell.
static bool begins_next_item(const HclReader *r, HclToken token, size_t level) {
  uint32_t margin = r->open.at[level].column, column = token.start - r->line_at;
  if (margin > r->item_column) margin = r->item_column;
  if (token.kind == HCL_TOKEN_CLOSE_BRACE) return column < margin && level > 0;
  return token.kind == HCL_TOKEN_NAME && column <= margin;
}

// Skips to the end of the faulty item, which ends before a line that begins no deeper than it.
static HclToken resume(HclReader *r) {
  size_t level = resumable(r);
  for (size_t i = level + 1; i < r->open.len; i++) r->open.at[i].place = HCL_IN_LINE;
  bool line_new = ends_line(r, r->token);
  for (;;) {
    HclToken token = hcl_next_token(&r->lexer);
    if (token.kind == HCL_TOKEN_EOF) return token;
    if (ends_line(r, token)) {
      r->line_at = token.end;
      line_new = true;
      back_to_heredoc(r);
      continue;
    }
    bool closes = token.kind == HCL_TOKEN_CLOSE_BRACE && r->open.len == level + 1 && level > 0;
    if (closes || (line_new && begins_next_item(r, token, level))) {
      unread(r, token);
      break;
    }
    line_new = false;
    track_brackets(r, token, true);
  }
  r->open.len = level + 1;
  return (HclToken){HCL_TOKEN_RESUME, r->token.end, r->token.end};
}

void hcl_read_resumed(HclReader *r) {
  r->bodies.len = r->names.len = top(r)->bodies;
  top(r)->value = false;
}

// --- The token pump

// The next token that means something, comments and idle newlines dropped.
static HclToken next_meaningful(HclReader *r) {
  for (;;) {
    HclToken token = hcl_next_token(&r->lexer);
    if (token.kind == HCL_TOKEN_COMMENT) note_comment(r, token);
    bool newline = ends_line(r, token);
    if (newline) r->line_at = token.end;
    if (token.kind == HCL_TOKEN_BROKEN_QUOTE) return token;
    if (newline && (top(r)->place == HCL_IN_BODY || top(r)->place == HCL_IN_OBJECT)) {
      token.kind = HCL_TOKEN_NEWLINE;
      return token;
    }
    if (!newline && token.kind != HCL_TOKEN_COMMENT) return token;
  }
}

static HclToken pump(HclReader *r) {
  if (r->resuming) {
    r->resuming = false;
    return resume(r);
  }
  HclToken token = next_meaningful(r);
  // A last line without its newline has one for the parser.
  bool unfinished = r->token.kind != HCL_TOKEN_NEWLINE && r->token.kind != HCL_TOKEN_EOF && r->lexer.frames.len == 1;
  if (token.kind == HCL_TOKEN_EOF && top(r)->place == HCL_IN_BODY && unfinished) token.kind = HCL_TOKEN_NEWLINE;
  if (token.kind == HCL_TOKEN_OPEN_DIRECTIVE) token = read_directive(r, token);
  if (token.kind == HCL_TOKEN_NAME) token.kind = word_kind(r, token);
  if (token.kind == HCL_TOKEN_FOR || token.kind == HCL_TOKEN_DIRECTIVE_FOR) r->loop_names = true;
  if (token.kind == HCL_TOKEN_IN) r->loop_names = false;

  HclOpen *in = top(r);
  if (token.kind == HCL_TOKEN_NEWLINE) {
    in->lines |= in->place == HCL_IN_BODY && in->fresh;
    in->value = false;
  } else if (in->place == HCL_IN_BODY && !in->value &&
             (in->fresh || r->token.kind == HCL_TOKEN_NEWLINE || r->token.kind == HCL_TOKEN_RESUME)) {
    begin_item(r, token);
  }
  in->fresh &= token.kind == HCL_TOKEN_NEWLINE && in->place == HCL_IN_OBJECT;
  if (token.kind == HCL_TOKEN_ASSIGN && in->place == HCL_IN_BODY) in->value = true;
  track_brackets(r, token, false);
  return token;
}

static bool never_allowed(int kind) {
  return kind == HCL_TOKEN_BAD_CHARACTER || kind == HCL_TOKEN_BAD_BYTE || kind == HCL_TOKEN_BROKEN_QUOTE ||
         kind == HCL_TOKEN_BAD_DIRECTIVE;
}

int hcl_lex(HCL_STYPE *value, Span *at, HclReader *r) {
  if (r->first) {
    int first = r->first;
    r->first = 0;
    *at = hcl_span(r, 0, 0);
    return first;
  }
  if (r->stopped) {
    *at = hcl_span(r, r->token.end, r->token.end);
    return HCL_TOKEN_EOF;
  }
  HclToken token = pump(r);
  r->before = r->token;
  r->token = token;
  *at = hcl_span(r, token.start, token.end);
  value->text = hcl_token_text(r, token);
  if (never_allowed(token.kind)) hcl_fault_token(r, token);
  return token.kind;
}

// --- Entry points

static HclReader reader(Arena *arena, Diags *diags, const Sources *sources, uint32_t file, HclPlace place) {
  Str text = source_file(sources, file)->text;
  HclReader r = {.arena = arena, .diags = diags, .file = file, .text = text, .lexer = hcl_lexer(arena, text)};
  r.line_at = (uint32_t)(r.lexer.at - r.lexer.start);
  r.token.kind = HCL_TOKEN_NEWLINE;
  r.comment.end = UINT32_MAX;
  VEC_PUSH(arena, &r.open, (HclOpen){.place = place, .bodies = 1, .column = UINT32_MAX});
  HclBody *body = NEW(arena, HclBody);
  *body = (HclBody){.arena = arena, .span = {file, 0, (uint32_t)text.len}};
  VEC_PUSH(arena, &r.bodies, body);
  VEC_PUSH(arena, &r.names, (Map){.arena = arena});
  return r;
}

HclBody *hcl_read(Arena *arena, Diags *diags, const Sources *sources, uint32_t file) {
  HclReader r = reader(arena, diags, sources, file, HCL_IN_BODY);
  HclBody *body = r.bodies.at[0];
  r.first = HCL_TOKEN_START_BODY;
  hcl_parse(&r);
  return body;
}

HclExpr *hcl_read_expr(Arena *arena, Diags *diags, const Sources *sources, uint32_t file) {
  HclReader r = reader(arena, diags, sources, file, HCL_IN_LINE);
  r.first = HCL_TOKEN_START_EXPR;
  hcl_parse(&r);
  if (r.whole && !r.faults) return r.whole;
  HclExpr *invalid = NEW(arena, HclExpr);
  invalid->span = hcl_span(&r, 0, (uint32_t)r.text.len);
  return invalid;
}
