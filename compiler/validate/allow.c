// What a file allows itself: a comment `mlopsc: allow CODE because REASON`, for the line it stands on or, alone on its
// line, for the next one; in JSON, which has no comments, a "Comment" member, for the object it stands in.
#include "validate/allow.h"

enum { CODES_MOST = 8 };

typedef struct Allowance {
  Span span;         // of the comment
  uint32_t from, to; // what it covers
  Str codes[CODES_MOST];
  size_t count;
  bool used[CODES_MOST];
} Allowance;

static bool is_code_char(char c) {
  return ascii_is_upper(c) || ascii_is_digit(c);
}

// Codes separated by blanks and commas; returns the offset behind them.
static size_t read_codes(Str text, size_t at, Allowance *a) {
  for (;;) {
    while (at < text.len && (text.at[at] == ' ' || text.at[at] == ',')) at++;
    size_t from = at;
    while (at < text.len && is_code_char(text.at[at])) at++;
    if (at == from) return at;
    if (a->count < CODES_MOST) a->codes[a->count++] = str_slice(text, from, at);
  }
}

// The object around offset `at` of a JSON text.
static void enclosing_object(Str text, size_t at, Allowance *a) {
  size_t starts[256], depth = 0;
  bool quoted = false, inside = false;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    if (i == at) inside = true, a->from = depth && depth <= 256 ? (uint32_t)starts[depth - 1] : 0, at = depth;
    if (quoted && c == '\\')
      i++;
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && c == '{' && depth++ < 256)
      starts[depth - 1] = i;
    else if (!quoted && c == '}' && depth && depth-- == at && inside) {
      a->to = (uint32_t)i + 1;
      return;
    }
  }
}

static void next_code_line(Str text, size_t at, Allowance *a) {
  while (at < text.len) {
    size_t end = str_find(text, S("\n"), at);
    Str line = str_trim(str_slice(text, at, end));
    if (line.len && line.at[0] != '#' && !str_starts(line, S("//"))) {
      a->from = (uint32_t)at, a->to = (uint32_t)end + 1;
      return;
    }
    at = end + 1;
  }
}

static void find_range(Str text, size_t at, Allowance *a) {
  size_t line = at, end = str_find(text, S("\n"), at);
  while (line > 0 && text.at[line - 1] != '\n') line--;
  Str before = str_trim(str_slice(text, line, at));
  if (str_has(before, S("\"Comment\""))) {
    enclosing_object(text, at, a);
    return;
  }
  while (before.len && strchr("#/ ", before.at[before.len - 1])) before.len--;
  if (before.len)
    a->from = (uint32_t)line, a->to = (uint32_t)end + 1;
  else
    next_code_line(text, end + 1, a);
}

// A state that is refused for a fault that is allowed (V1005 says which) is allowed with it.
static void drop_refusals(Diags *diags, Span fault) {
  size_t kept = 0;
  for (size_t i = 0; i < diags->list.len; i++) {
    Diag *d = diags->list.at[i];
    bool follows = strcmp(d->code, "V1005") == 0 && d->notes.len && d->notes.at[0].span.file == fault.file &&
                   d->notes.at[0].span.start == fault.start;
    if (follows)
      diags->counts[d->level]--;
    else
      diags->list.at[kept++] = d;
  }
  diags->list.len = kept;
}

static void drop(Diags *diags, Allowance *a) {
  size_t kept = 0;
  VEC(Span) dropped = {0};
  for (size_t i = 0; i < diags->list.len; i++) {
    Diag *d = diags->list.at[i];
    bool hit = false;
    for (size_t k = 0;
         k < a->count && d->span.file == a->span.file && d->span.start >= a->from && d->span.start < a->to; k++) {
      if (!str_eq(a->codes[k], str_of(d->code))) continue;
      hit = a->used[k] = true;
    }
    if (hit) {
      VEC_PUSH(diags->arena, &dropped, d->span);
      diags->counts[d->level]--;
    } else {
      diags->list.at[kept++] = d;
    }
  }
  diags->list.len = kept;
  for (size_t i = 0; i < dropped.len; i++) drop_refusals(diags, dropped.at[i]);
}

static void apply(Diags *diags, Str text, uint32_t file, size_t at) {
  static const Str words = STR_INIT("mlopsc: allow");
  Allowance a = {.span = {file, (uint32_t)at, (uint32_t)(at + words.len)}};
  size_t behind = read_codes(text, at + words.len, &a);
  if (!a.count) return;
  Str rest = str_slice(text, behind, str_find(text, S("\n"), behind));
  if (!str_starts(rest, S("because")) || str_trim(str_slice(rest, 7, rest.len)).len < 3) {
    Diag *made = diag(diags, DIAG_WARNING, "V7090", a.span, "this allows without saying why, and so allows nothing");
    diag_help(diags, made, "write: mlopsc: allow %.*s because …", STR_ARG(a.codes[0]));
    return;
  }
  find_range(text, at, &a);
  drop(diags, &a);
  for (size_t k = 0; k < a.count; k++) {
    if (!a.used[k])
      diag(diags, DIAG_WARNING, "V7091", a.span, "there is no finding %.*s here to allow", STR_ARG(a.codes[k]));
  }
}

void allow_apply(Diags *diags, const Sources *sources) {
  for (uint32_t file = 1; file < sources->files.len; file++) {
    Str text = source_file(sources, file)->text;
    if (source_file(sources, file)->part) continue;
    for (size_t at = 0; (at = str_find(text, S("mlopsc: allow"), at)) < text.len; at++) apply(diags, text, file, at);
  }
}
