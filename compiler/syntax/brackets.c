// The bracket pass: pairs every bracket with its partner. A file whose brackets do not pair is read again with its
// indentation as witness, so that a missing bracket is reported where it is missing, and mended there.
#include "syntax/tokens.h"
#include "mlops_parse.h"

enum { DEEPEST = 200 };

typedef struct OpenBracket {
  uint32_t index;       // in out
  uint32_t indentation; // of its line
} OpenBracket;

typedef struct Pairing {
  Tokens *t;
  TokenList out;
  VEC(OpenBracket) open;
  uint32_t line, indentation; // of the line under way: where it starts, and its first token in it
  bool by_indentation, failed;
} Pairing;

bool token_opens(int kind) {
  return kind == TOKEN_OBJECT || kind == TOKEN_PAREN || kind == TOKEN_BRACKET || kind == TOKEN_TEXT_HEAD ||
         kind == TOKEN_TEXT_MIDDLE || kind == TOKEN_BLOCK || kind == TOKEN_BODY || kind == TOKEN_TYPE_OPEN ||
         kind == TOKEN_ARMS || kind == TOKEN_CASES;
}

bool token_closes(int kind) {
  return kind == TOKEN_CLOSE || kind == TOKEN_PAREN_CLOSE || kind == TOKEN_BRACKET_CLOSE || kind == TOKEN_TEXT_TAIL ||
         kind == TOKEN_TEXT_MIDDLE;
}

typedef struct BracketKind {
  int open, close;
  const char *open_text, *close_text;
} BracketKind;

static const BracketKind bracket_kinds[] = {
    {TOKEN_OBJECT, TOKEN_CLOSE, "{", "}"},           {TOKEN_PAREN, TOKEN_PAREN_CLOSE, "(", ")"},
    {TOKEN_BRACKET, TOKEN_BRACKET_CLOSE, "[", "]"},  {TOKEN_TEXT_HEAD, TOKEN_TEXT_TAIL, "${", "}"},
    {TOKEN_TEXT_MIDDLE, TOKEN_TEXT_TAIL, "${", "}"},
};

static const BracketKind *kind_of(int open) {
  for (size_t i = 0; i < sizeof bracket_kinds / sizeof bracket_kinds[0]; i++) {
    if (bracket_kinds[i].open == open) return &bracket_kinds[i];
  }
  return NULL;
}

static bool pairs(int open, int close) {
  return kind_of(open)->close == (close == TOKEN_TEXT_MIDDLE ? TOKEN_TEXT_TAIL : close);
}

static uint32_t line_start(const Tokens *t, uint32_t offset) {
  while (offset > 0 && t->text.at[offset - 1] != '\n') offset--;
  return offset;
}

// What a bracket belongs to, for messages: the words that begin its line, as far as they are words.
static Str opener_text(Tokens *t, const Token *open, uint32_t indentation) {
  uint32_t from = line_start(t, open->start) + indentation, to = from;
  while (to < open->start) {
    char c = t->text.at[to];
    if (!(c == ' ' || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) break;
    to++;
  }
  if (to < open->start) return (Str){0};
  return str_trim(str_slice(t->text, from, to));
}

static void report_missing(Tokens *t, const Token *open, uint32_t indentation, Span place) {
  const BracketKind *kind = kind_of(open->kind);
  uint32_t line = source_line_column(t->sources, t->file, open->start).line;
  Str what = open->kind == TOKEN_OBJECT ? opener_text(t, open, indentation) : (Str){0};
  if (what.len > 40) what.len = 0;
  Diag *d = what.len ? diag(t->diags, DIAG_ERROR, "E0010", place, "'%s' expected (to close `%.*s {` of line %u)",
                            kind->close_text, STR_ARG(what), line)
                     : diag(t->diags, DIAG_ERROR, "E0010", place, "'%s' expected (to close the '%s' of line %u)",
                            kind->close_text, kind->open_text, line);
  diag_note(t->diags, d, (Span){t->file, open->start, open->end}, "opened here");
}

// Makes up the partner of the innermost open bracket, before `at`, and reports that it was missing; not so where a
// string without an end has swallowed it.
static void close_missing(Pairing *p, const Token *at) {
  OpenBracket innermost = p->open.at[p->open.len - 1];
  const Token *open = &p->out.at[innermost.index], *last = &p->out.at[p->out.len - 1];
  // The place is behind the last token before, where a person would write it.
  uint32_t place = last->end;
  bool swallowed = last->made_up && last->kind == TOKEN_STRING;
  Span span = {p->t->file, place, place < p->t->text.len ? place + 1 : place};
  if (!swallowed) report_missing(p->t, open, innermost.indentation, span);
  p->failed = true;
  Token closing = {.kind = (uint16_t)kind_of(open->kind)->close,
                   .made_up = true,
                   .start = place,
                   .end = place,
                   .match = innermost.index,
                   .inside = innermost.index,
                   .comment = at->comment};
  p->out.at[innermost.index].match = (uint32_t)p->out.len;
  VEC_PUSH(p->t->arena, &p->out, closing);
  p->open.len--;
}

// Whether a token at a line's start shows by its indentation that the innermost bracket should be closed by now.
static bool shows_missing(Pairing *p, const Token *token) {
  if (!p->open.len || !token->newlines) return false;
  uint32_t here = p->indentation, there = p->open.at[p->open.len - 1].indentation;
  return here < there || (here == there && !token_closes(token->kind) && token->kind != TOKEN_END);
}

// Whether raw[at] is a '{' at the end of a line whose '(' should be closed before it, as in `flow f(x: string {`: the
// '}' that stands at the line's indentation has no ')' behind it.
static bool shows_missing_before_brace(const Pairing *p, size_t at) {
  const Token *raw = p->t->raw.at;
  if (raw[at].kind != TOKEN_OBJECT || !raw[at + 1].newlines || !p->open.len) return false;
  OpenBracket innermost = p->open.at[p->open.len - 1];
  if (p->out.at[innermost.index].kind != TOKEN_PAREN || p->out.at[innermost.index].start < p->line) return false;
  for (size_t i = at + 1; raw[i].kind != TOKEN_END; i++) {
    if (!raw[i].newlines || raw[i].start - line_start(p->t, raw[i].start) > p->indentation) continue;
    return raw[i].kind == TOKEN_CLOSE && (raw[i + 1].newlines || raw[i + 1].kind == TOKEN_END);
  }
  return false;
}

static bool is_open(const Pairing *p, int close) {
  for (size_t i = p->open.len; i > 0; i--) {
    if (pairs(p->out.at[p->open.at[i - 1].index].kind, close)) return true;
  }
  return false;
}

// Pairs a closing bracket; false: nothing is open that it could close, it is dropped.
static bool close_one(Pairing *p, const Token *token) {
  if (!is_open(p, token->kind)) {
    p->failed = true;
    if (!p->by_indentation) return false;
    Str text = {p->t->text.at + token->start, 1};
    diag(p->t->diags, DIAG_ERROR, "E0011", (Span){p->t->file, token->start, token->start + 1},
         "this '%.*s' closes nothing", STR_ARG(text));
    return false;
  }
  while (!pairs(p->out.at[p->open.at[p->open.len - 1].index].kind, token->kind)) {
    if (!p->by_indentation) {
      p->failed = true;
      return false;
    }
    close_missing(p, token);
  }
  return true;
}

static bool add(Pairing *p, Token token) {
  Tokens *t = p->t;
  uint32_t index = (uint32_t)p->out.len;
  if (token_closes(token.kind)) {
    token.match = token.inside = p->open.at[p->open.len - 1].index;
    p->out.at[token.match].match = index;
    p->open.len--;
  } else if (p->open.len) {
    token.inside = p->open.at[p->open.len - 1].index;
  }
  VEC_PUSH(t->arena, &p->out, token);
  if (!token_opens(token.kind)) return true;
  VEC_PUSH(t->arena, &p->open, (OpenBracket){index, p->indentation});
  if (p->open.len <= DEEPEST) return true;
  diag(t->diags, DIAG_ERROR, "E0012", (Span){t->file, token.start, token.end},
       "brackets are nested more than %d deep here", DEEPEST);
  return false;
}

// One pass over all tokens; false: nested too deeply.
static bool pair_all(Pairing *p) {
  TokenList *raw = &p->t->raw;
  for (size_t i = 0; i < raw->len; i++) {
    Token token = raw->at[i];
    if (token.newlines || i == 0) {
      p->line = line_start(p->t, token.start);
      p->indentation = token.start - p->line;
    }
    while (p->by_indentation && shows_missing(p, &token)) close_missing(p, &token);
    if (p->by_indentation && shows_missing_before_brace(p, i)) close_missing(p, &token);
    if (token.kind == TOKEN_END) {
      if (p->open.len) p->failed = true;
      while (p->by_indentation && p->open.len) close_missing(p, &token);
    }
    if (token_closes(token.kind) && !close_one(p, &token)) continue;
    if (!add(p, token)) return false;
    if (p->failed && !p->by_indentation) return true;
  }
  return true;
}

bool tokens_pair(Tokens *t) {
  Pairing p = {.t = t};
  bool fine = pair_all(&p);
  if (fine && p.failed) {
    p = (Pairing){.t = t, .by_indentation = true};
    fine = pair_all(&p);
  }
  if (!fine) return false;
  t->raw = p.out;
  return true;
}
