// Where a fault is shown: at what a person wrote, not at the line of the library where it came out.
#include "check/internal.h"

bool in_library(const Checker *c, Span span) {
  return span_known(span) && str_starts(source_file(c->sources, span.file)->path, S("<"));
}

static bool within(Span span, Span whole) {
  return span.file == whole.file && span.start >= whole.start && span.end <= whole.end;
}

void blame_use(Checker *c, size_t from, const Stmt *expanded, Span whole, Span use, Str what) {
  for (size_t i = from; span_known(use) && i < c->diags->list.len; i++) {
    Diag *d = c->diags->list.at[i];
    if (within(d->span, whole)) continue;
    bool chained = d->notes.len && expanded && within(d->notes.at[d->notes.len - 1].span, expanded->span);
    if (in_library(c, d->span) && !in_library(c, use)) {
      diag_note(c->diags, d, d->span, "it comes out in the library's `%.*s`", STR_ARG(what));
      d->span = use;
    } else if (expanded && (within(d->span, expanded->span) || chained)) {
      diag_note(c->diags, d, use, "in the expansion of `%.*s`, used here", STR_ARG(what));
    }
  }
}

// Behind a requirement that does not hold, what comes out inside the kind follows from it.
static void drop_followers(Checker *c, size_t from, const Entity *instance) {
  bool refused = false;
  for (; instance; instance = instance->scope ? instance->scope->self : NULL) refused = refused || instance->refused;
  size_t kept = from;
  for (size_t i = from; refused && i < c->diags->list.len; i++) {
    Diag *d = c->diags->list.at[i];
    if (in_library(c, d->span) && strcmp(d->code, "E0510") != 0)
      c->diags->counts[d->level]--;
    else
      c->diags->list.at[kept++] = d;
  }
  if (refused) c->diags->list.len = kept;
}

void blame_instance(Checker *c, size_t from, const Entity *instance) {
  drop_followers(c, from, instance);
  for (; instance && from < c->diags->list.len; instance = instance->scope ? instance->scope->self : NULL) {
    Span whole = instance->stmt ? instance->stmt->span : instance->span;
    const Entity *kind = instance->of;
    blame_use(c, from, kind ? kind->stmt : NULL, whole, instance->span, kind ? kind->name : instance->name);
  }
}

const Value *latest_part(const Value *value, Time needed) {
  for (size_t i = 0; i < value->count; i++) {
    const Value *part = value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i];
    if (part && part->time > needed) return latest_part(part, needed);
  }
  return value;
}

bool occurs_again(const Checker *c, Str name, Span inside, Span declared) {
  Str text = source_file(c->sources, inside.file)->text;
  for (size_t at = inside.start; at + name.len <= inside.end; at++) {
    if (at >= declared.start && at < declared.end) continue;
    bool begins = at == 0 || !ascii_is_word(text.at[at - 1]),
         ends = at + name.len >= text.len || !ascii_is_word(text.at[at + name.len]);
    if (begins && ends && memcmp(text.at + at, name.at, name.len) == 0) return true;
  }
  return false;
}

Str source_of(Checker *c, Span span) {
  if (!span_known(span)) return S("this");
  Str text = str_slice(source_file(c->sources, span.file)->text, span.start, span.end);
  Buf out = {.arena = c->arena};
  for (size_t i = 0; i < text.len; i++) {
    bool space = text.at[i] == ' ' || text.at[i] == '\n' || text.at[i] == '\t' || text.at[i] == '\r';
    if (!space)
      buf_char(&out, text.at[i]);
    else if (out.len && out.at[out.len - 1] != ' ')
      buf_char(&out, ' ');
  }
  return buf_text(&out);
}
