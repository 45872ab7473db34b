// One mistake is told once: what else does not fit on the line of a fault follows from it.
#include "syntax/tree.h"
#include "mlops_parse.h"

// How much a fault says of what is wrong on its line; 0: it stands for itself.
static int weight(const Diag *d) {
  static const struct {
    const char *code;
    int weight;
  } rows[] = {{"E0005", 4}, {"E0006", 4}, {"E0010", 3}, {"E0011", 2}, {"E0015", 2}, {"E0014", 1}, {"E0023", 1}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    if (strcmp(rows[i].code, d->code) == 0) return rows[i].weight;
  }
  return 0;
}

static bool is_text_left_open(const Parse *p, const Diag *d) {
  Str at = str_slice(p->tokens->text, d->span.start, d->span.end);
  return strcmp(d->code, "E0005") == 0 && str_eq(at, S("\"\"\""));
}

// Whether `d` only repeats what `other`, on its line or before it, says.
static bool is_echo(Parse *p, const Diag *d, const Diag *other) {
  if (is_text_left_open(p, other)) return true; // from some """ on, text and what is between texts are exchanged
  Sources *sources = p->tokens->sources;
  uint32_t line = source_line_column(sources, d->span.file, d->span.start).line;
  if (line != source_line_column(sources, other->span.file, other->span.start).line) return false;
  int mine = weight(d), others = weight(other);
  if (others == 4) return mine < 4 || d->span.start > other->span.start;
  if (!mine || !others || mine == 4) return false;
  return others > mine || (others == mine && other->span.start < d->span.start);
}

// What stands on the line of a fault is not known for sure.
static void lose_line(Parse *p, const Diag *d) {
  const Tokens *t = p->tokens;
  uint32_t at = token_from(t, d->span.start);
  while (at > 0 && !t->raw.at[at].newlines) at--;
  for (uint32_t i = at; i < t->raw.len && (i == at || !t->raw.at[i].newlines); i++) {
    if (t->raw.at[i].kind == TOKEN_WORD) map_set(p->lost, token_text(t, i), p->lost);
  }
}

void echoes_drop(Parse *p, size_t from) {
  Diags *diags = p->diags;
  size_t count = diags->list.len, kept = from;
  Diag **all = NEW_N(p->arena, Diag *, count + 1);
  for (size_t i = from; i < count; i++) {
    all[i] = diags->list.at[i];
    if (weight(all[i])) lose_line(p, all[i]);
  }
  for (size_t i = from; i < count; i++) {
    bool echo = false;
    for (size_t k = from; k < count && !echo; k++) echo = k != i && is_echo(p, all[i], all[k]);
    if (echo)
      diags->counts[all[i]->level]--;
    else
      diags->list.at[kept++] = all[i];
  }
  diags->list.len = kept;
}
