// Mending brackets: the indentation of lines is the witness of what was meant, so that a bracket is missing where a
// person would write it, and what stands around it is read as if it were there.
#include "syntax/brackets.h"
#include "mlops_parse.h"

// Of a token that begins a line.
typedef struct LineStart {
  uint32_t indentation;
  uint32_t next;  // the first token of the next line
  uint32_t outer; // that of the next line that is not indented more
} LineStart;

typedef struct OpenBracket {
  uint32_t out;         // its token in `out`
  uint32_t line;        // the first token of its line
  uint32_t indentation; // of that line
  bool ends_line;
} OpenBracket;

typedef struct Mending {
  Tokens *t;
  LineStart *starts; // by token; only those of tokens that begin lines count
  TokenList out;
  VEC(OpenBracket) open;
  uint32_t line; // the first token of the line under way
} Mending;

static bool begins_line(const Tokens *t, uint32_t index) {
  return index == 0 || t->raw.at[index].newlines || t->raw.at[index].kind == TOKEN_END;
}

static uint32_t line_start(const Tokens *t, uint32_t offset) {
  while (offset > 0 && t->text.at[offset - 1] != '\n') offset--;
  return offset;
}

static void measure_lines(Mending *m) {
  Tokens *t = m->t;
  uint32_t end = (uint32_t)t->raw.len - 1, next = end;
  m->starts = NEW_N(t->arena, LineStart, t->raw.len);
  m->starts[end] = (LineStart){0, end, end};
  for (uint32_t i = end; i-- > 0;) {
    if (!begins_line(t, i)) continue;
    uint32_t start = t->raw.at[i].start, outer = next;
    LineStart *here = &m->starts[i];
    *here = (LineStart){.indentation = start - line_start(t, start), .next = next};
    // Lines that are indented more know which line behind them is not.
    while (m->starts[outer].indentation > here->indentation) outer = m->starts[outer].outer;
    here->outer = outer;
    next = i;
  }
}

static OpenBracket *innermost(Mending *m) {
  return m->open.len ? &m->open.at[m->open.len - 1] : NULL;
}

// ---------------------------------------------------------------- reports

// Where a person would write what is missing: behind the last token.
static Span behind_last(const Mending *m) {
  uint32_t at = m->out.len ? m->out.at[m->out.len - 1].end : 0;
  return (Span){m->t->file, at, at < m->t->text.len ? at + 1 : at};
}

// What a '{' belongs to: the words before it on its line; empty where there is more than words.
static Str opener_text(const Tokens *t, const Token *open, uint32_t indentation) {
  enum { LONGEST = 40 };
  uint32_t from = line_start(t, open->start) + indentation, to = from;
  while (to < open->start) {
    char c = t->text.at[to];
    if (!(c == ' ' || ascii_is_word(c))) break;
    to++;
  }
  return to < open->start || to - from > LONGEST ? (Str){0} : str_trim(str_slice(t->text, from, to));
}

static void report_missing(Mending *m, const OpenBracket *bracket) {
  Tokens *t = m->t;
  const Token *open = &m->out.at[bracket->out];
  const BracketKind *kind = bracket_kind(open->kind);
  uint32_t line = source_line_column(t->sources, t->file, open->start).line;
  Str what = open->kind == TOKEN_OBJECT ? opener_text(t, open, bracket->indentation) : (Str){0};
  Span place = behind_last(m);
  Diag *d = what.len ? diag(t->diags, DIAG_ERROR, "E0010", place, "'%s' expected (to close `%.*s {` of line %u)",
                            kind->close_text, STR_ARG(what), line)
                     : diag(t->diags, DIAG_ERROR, "E0010", place, "'%s' expected (to close the '%s' of line %u)",
                            kind->close_text, kind->open_text, line);
  diag_note(t->diags, d, (Span){t->file, open->start, open->end}, "opened here");
}

static void report_unopened(Mending *m, uint32_t close) {
  Tokens *t = m->t;
  Span span = token_span(t, close);
  Diag *d = diag(t->diags, DIAG_ERROR, "E0010", behind_last(m), "'{' expected (for the '}' of line %u)",
                 source_line_column(t->sources, t->file, span.start).line);
  diag_note(t->diags, d, span, "closed here");
}

static void report_stray(Mending *m, uint32_t index) {
  Span span = token_span(m->t, index);
  if (span.start >= m->t->text.len) return; // the end of a string that was reported as open
  span.end = span.start + 1;
  diag(m->t->diags, DIAG_ERROR, "E0011", span, "this '%.*s' closes nothing", 1, m->t->text.at + span.start);
}

// ---------------------------------------------------------------- mending

static void open_one(Mending *m, Token token, bool ends_line) {
  OpenBracket bracket = {.out = (uint32_t)m->out.len,
                         .line = m->line,
                         .indentation = m->starts[m->line].indentation,
                         .ends_line = ends_line};
  VEC_PUSH(m->t->arena, &m->open, bracket);
  VEC_PUSH(m->t->arena, &m->out, token);
}

static Token make_up(const Mending *m, int kind, const Token *before) {
  uint32_t place = behind_last(m).start;
  return (Token){.kind = (uint16_t)kind,
                 .made_up = true,
                 .start = place,
                 .end = place,
                 .comment = before->comment,
                 .match = NO_TOKEN,
                 .inside = NO_TOKEN};
}

// Makes up the partner of the innermost open bracket, and reports that it was missing; not so where a string without an
// end has swallowed it.
static void close_missing(Mending *m, const Token *before) {
  OpenBracket *bracket = innermost(m);
  size_t last = m->out.len - 1; // behind what was made up before
  while (last > 0 && m->out.at[last].made_up && m->out.at[last].kind != TOKEN_STRING) last--;
  if (!(m->out.at[last].made_up && m->out.at[last].kind == TOKEN_STRING)) report_missing(m, bracket);
  Token closing = make_up(m, bracket_kind(m->out.at[bracket->out].kind)->close, before);
  VEC_PUSH(m->t->arena, &m->out, closing);
  m->open.len--;
}

// Whether the line that begins with `first` shows by its indentation that the innermost bracket should be closed by
// now.
static bool is_overdue(Mending *m, uint32_t first) {
  const OpenBracket *bracket = innermost(m);
  if (!bracket) return false;
  const Token *token = &m->t->raw.at[first];
  uint32_t here = m->starts[first].indentation;
  return here < bracket->indentation ||
         (here == bracket->indentation && !token_closes(token->kind) && token->kind != TOKEN_END);
}

// Whether the line before, from `line` on, lacks a '{' at its end: the next line, from `next` on, is indented more, no
// bracket of the line before is open, and the first line that is indented as little begins with '}'.
static bool lacks_opener(Mending *m, uint32_t line, uint32_t next) {
  const OpenBracket *bracket = innermost(m);
  const LineStart *before = &m->starts[line];
  if (m->starts[next].indentation <= before->indentation || (bracket && bracket->line == line)) return false;
  if (bracket && m->out.at[bracket->out].kind != TOKEN_OBJECT) return false;
  return m->t->raw.at[before->outer].kind == TOKEN_CLOSE && m->starts[before->outer].indentation == before->indentation;
}

// Whether raw[index] is a '{' at the end of a line whose '(' should be closed before it, as in `flow f(x: string {`:
// the
// '}' that stands at the line's indentation has no ')' behind it.
static bool lacks_parenthesis(Mending *m, uint32_t index) {
  const Tokens *t = m->t;
  const OpenBracket *bracket = innermost(m);
  if (t->raw.at[index].kind != TOKEN_OBJECT || !begins_line(t, index + 1) || !bracket) return false;
  if (m->out.at[bracket->out].kind != TOKEN_PAREN || bracket->line != m->line) return false;
  uint32_t close = m->starts[m->line].outer;
  return t->raw.at[close].kind == TOKEN_CLOSE && begins_line(t, close + 1);
}

// The open bracket that a closing one would close, or NULL.
static const OpenBracket *closed_by(const Mending *m, int close) {
  for (size_t i = m->open.len; i > 0; i--) {
    if (brackets_pair(m->out.at[m->open.at[i - 1].out].kind, close)) return &m->open.at[i - 1];
  }
  return NULL;
}

// Whether a '}' inside a line would close a block that goes on in the next line: its own '{' is missing.
static bool closes_too_much(const Mending *m, uint32_t index, const OpenBracket *bracket) {
  if (m->t->raw.at[index].kind != TOKEN_CLOSE || m->line == index || !bracket->ends_line) return false;
  uint32_t next = m->starts[m->line].next, here = m->starts[next].indentation;
  return here > bracket->indentation || (here == bracket->indentation && m->t->raw.at[next].kind == TOKEN_CLOSE);
}

// A closing bracket: closes what is open inside of its partner, too. One that closes nothing is dropped.
static bool close_one(Mending *m, uint32_t index) {
  const Token *token = &m->t->raw.at[index];
  const OpenBracket *bracket = closed_by(m, token->kind);
  if (!bracket || closes_too_much(m, index, bracket)) {
    report_stray(m, index);
    return false;
  }
  while (!brackets_pair(m->out.at[innermost(m)->out].kind, token->kind)) close_missing(m, token);
  m->open.len--;
  return true;
}

static void begin_line(Mending *m, uint32_t index) {
  const Token *token = &m->t->raw.at[index];
  while (is_overdue(m, index)) close_missing(m, token);
  if (index > 0 && token->kind != TOKEN_END && lacks_opener(m, m->line, index)) {
    report_unopened(m, m->starts[m->line].outer);
    open_one(m, make_up(m, TOKEN_OBJECT, token), true);
  }
  m->line = index;
}

void tokens_mend(Tokens *t) {
  Mending m = {.t = t};
  measure_lines(&m);
  for (uint32_t i = 0; i < t->raw.len; i++) {
    const Token *token = &t->raw.at[i];
    if (begins_line(t, i)) begin_line(&m, i);
    if (lacks_parenthesis(&m, i)) close_missing(&m, token);
    while (token->kind == TOKEN_END && m.open.len) close_missing(&m, token);
    if (token_closes(token->kind) && !close_one(&m, i)) continue;
    if (token_opens(token->kind))
      open_one(&m, *token, begins_line(t, i + 1));
    else
      VEC_PUSH(t->arena, &m.out, *token);
  }
  t->raw = m.out;
}
