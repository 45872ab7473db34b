// syntax_parse: runs the passes, feeds the parser, and leads it on after faults.
#include "base/utf8.h"
#include "syntax/places.h"
#include "mlops_parse.h"

enum { LARGEST_FILE = 64 * 1024 * 1024 };

bool tokens_read(Tokens *t) {
  const SourceFile *file = source_file(t->sources, t->file);
  if (file->text.len > LARGEST_FILE) {
    diag(t->diags, DIAG_ERROR, "E0002", (Span){t->file, 0, 0}, "the file is larger than 64 MB");
    return false;
  }
  size_t bad = utf8_check(file->text);
  if (bad < file->text.len) {
    Span span = {t->file, (uint32_t)bad, (uint32_t)bad + 1};
    diag(t->diags, DIAG_ERROR, "E0001", span, "the byte 0x%02x is not UTF-8", (unsigned char)file->text.at[bad]);
    return false;
  }
  t->text = str_dup(t->arena, file->text);
  tokens_scan(t);
  return tokens_pair(t) && tokens_classify(t);
}

// The place straight behind the token before out[index].
static Span behind(const Parse *p, uint32_t index) {
  const Tokens *t = p->tokens;
  uint32_t at = index > 0 ? t->raw.at[t->out.at[index - 1].raw].end : 0;
  return (Span){t->file, at, at};
}

uint32_t token_from(const Tokens *t, uint32_t offset) {
  uint32_t low = 0, high = (uint32_t)t->raw.len - 1;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (t->raw.at[middle].start < offset)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

int parse_next(Parse *p, Word *word, Span *span) {
  const Tokens *t = p->tokens;
  if (p->next >= p->stop) {
    uint32_t at = t->raw.at[t->out.at[p->stop].raw].start;
    *span = (Span){t->file, at, at};
    p->next = p->stop + 1;
    return TOKEN_END;
  }
  const OutToken *token = &t->out.at[p->next++];
  *span = token_span(t, token->raw);
  // A separator has no text of its own: it stands behind what is before it.
  if (token->kind == TOKEN_SEPARATOR) *span = behind(p, p->next - 1);
  *word = (Word){token_text(t, token->raw), *span};
  return token->kind;
}

// ---------------------------------------------------------------- after a fault

// The opening bracket (in raw) around the token that the parser got last, or NO_TOKEN.
static uint32_t bracket_around(const Parse *p) {
  const Tokens *t = p->tokens;
  uint32_t at = p->next - 1;
  return at < t->out.len ? t->raw.at[t->out.at[at].raw].inside : NO_TOKEN;
}

FrameKind parse_frame(const Parse *p) {
  uint32_t bracket = bracket_around(p);
  return bracket == NO_TOKEN ? FRAME_FILE : (FrameKind)p->tokens->raw.at[bracket].frame;
}

Str parse_previous(const Parse *p) {
  const Tokens *t = p->tokens;
  if (p->next < 2 || p->next > t->out.len) return (Str){0};
  const OutToken *previous = &t->out.at[p->next - 2];
  return previous->kind == TOKEN_SEPARATOR ? (Str){0} : token_text(t, previous->raw);
}

Str parse_begin(const Parse *p) {
  const Tokens *t = p->tokens;
  uint32_t frame = bracket_around(p), at = p->next - 1;
  while (at > 0 && at < t->out.len) {
    const OutToken *before = &t->out.at[at - 1];
    bool inside = t->raw.at[before->raw].inside == frame;
    if ((before->kind == TOKEN_SEPARATOR && inside) || before->raw == frame) break;
    at--;
  }
  bool word = at < t->out.len && t->raw.at[t->out.at[at].raw].kind == TOKEN_WORD;
  return word ? token_text(t, t->out.at[at].raw) : (Str){0};
}

static bool in_list(const Tokens *t, uint32_t frame) {
  if (frame == NO_TOKEN) return false;
  FrameKind kind = (FrameKind)t->raw.at[frame].frame;
  return kind == FRAME_ARGUMENTS || kind == FRAME_PARAMETERS || kind == FRAME_LIST;
}

// The next place from `from` on where an item of the bracket `frame` ends, or the bracket itself. What opens in between
// is passed over.
static uint32_t resume_point(Parse *p, uint32_t from, uint32_t frame) {
  const Tokens *t = p->tokens;
  bool list = p->tries == 0 && in_list(t, frame);
  for (uint32_t i = from; i < p->stop; i++) {
    const OutToken *out = &t->out.at[i];
    const Token *raw = &t->raw.at[out->raw];
    if (token_closes(out->kind) && raw->inside == frame) return i;
    if (out->kind == TOKEN_SEPARATOR && raw->inside == frame) return i;
    if (list && out->kind == TOKEN_COMMA && raw->inside == frame) return i;
    if (token_opens(out->kind) && raw->match != NO_TOKEN) {
      if (out->kind == TOKEN_BLOCK) VEC_PUSH(p->arena, &p->skipped, i);
      while (i < p->stop && t->out.at[i].raw < raw->match) i++;
      // A piece of a string closes and opens again.
      if (t->out.at[i].kind == TOKEN_TEXT_MIDDLE || t->raw.at[t->out.at[i].raw].inside == frame) i--;
    }
  }
  return p->stop;
}

// Chooses where to go on after the fault at the token that the parser got last: the end of an item; if that did not
// help, that of its bracket; then those around it.
static void choose_resume(Parse *p) {
  const Tokens *t = p->tokens;
  uint32_t at = p->next - 1;
  uint32_t frame = bracket_around(p);
  for (uint32_t i = 1; i < p->tries && frame != NO_TOKEN; i++) frame = t->raw.at[frame].inside;
  p->resume = at >= p->stop ? p->stop : resume_point(p, at + (p->tries > 1), frame);
}

bool parse_resume(Parse *p, Span dropped) {
  const Tokens *t = p->tokens;
  p->next = p->resume;
  bool goes_on = p->resume < p->stop || p->tries < 2;
  uint32_t end = t->out.at[goes_on ? p->resume : p->stop].raw;
  for (uint32_t i = token_from(t, dropped.start); i < end; i++) {
    if (t->raw.at[i].kind == TOKEN_WORD) map_set(p->lost, token_text(t, i), p->lost);
  }
  return goes_on;
}

// Whether the fault is news: neither where the parser was told to go on, nor next to what was reported before the
// parser ran (strays, strings and brackets without their end), nor in a bracket that lacks its end.
static bool is_news(Parse *p) {
  const TokenList *raw = &p->tokens->raw;
  bool again = p->resume != NO_TOKEN && p->next - 1 == p->resume;
  p->tries = again ? p->tries + 1 : 0;
  uint32_t bracket = bracket_around(p);
  bool whole = bracket == NO_TOKEN || raw->at[bracket].frame == FRAME_BLOCK || !raw->at[raw->at[bracket].match].made_up;
  uint32_t at = p->next - 1 < p->stop ? p->next - 1 : p->stop;
  const Token *found = &raw->at[p->tokens->out.at[at].raw];
  bool known = found->strays || found->made_up || (found > raw->at && found[-1].made_up);
  return !again && whole && !known;
}

void parse_fault(Parse *p, Span span, const char *found, const char *const *expected, int count) {
  if (is_news(p)) fault_report(p, span, found, expected, count);
  choose_resume(p);
}

// ---------------------------------------------------------------- the whole

static Stmt *parse_part(Parse *p, uint32_t from, uint32_t to) {
  p->items = NULL;
  p->next = from;
  p->stop = to;
  p->resume = NO_TOKEN;
  p->tries = 0;
  mlops_parse(p);
  return p->items;
}

// Blocks that were passed over as their headers are faulty: for the faults in them.
static void parse_skipped(Parse *p) {
  const Tokens *t = p->tokens;
  for (size_t i = 0; i < p->skipped.len; i++) {
    uint32_t from = p->skipped.at[i], to = from + 1;
    uint32_t close = t->raw.at[t->out.at[from].raw].match;
    while (t->out.at[to].raw < close) to++;
    if (to > from + 1) parse_part(p, from + 1, to);
  }
}

SyntaxFile *syntax_parse(Arena *arena, Sources *sources, uint32_t file, Diags *diags) {
  SyntaxFile *made = NEW(arena, SyntaxFile);
  made->file = file;
  made->lost.arena = arena;
  Tokens tokens = {.arena = arena, .sources = sources, .diags = diags, .file = file};
  size_t told = diags->list.len;
  if (!tokens_read(&tokens)) return made;
  Parse p = {.arena = arena, .diags = diags, .tokens = &tokens, .lost = &made->lost};
  for (size_t i = 1; i < tokens.raw.len; i++) {
    bool stray = tokens.raw.at[i].strays && tokens.raw.at[i - 1].kind == TOKEN_WORD;
    if (stray) map_set(p.lost, token_text(&tokens, (uint32_t)i - 1), p.lost);
  }
  made->items = parse_part(&p, 0, (uint32_t)tokens.out.len - 1);
  parse_skipped(&p);
  places_check(&p, made->items);
  echoes_drop(&p, told);
  return made;
}
