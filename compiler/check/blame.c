// Where a fault is shown: at what a person wrote, not at the line of the library where it came out.
#include "check/internal.h"

bool in_library(const Checker *c, Span span) {
  return span_known(span) && str_starts(source_file(c->sources, span.file)->path, S("<"));
}

static bool within(Span span, Span whole) {
  return span.file == whole.file && span.start >= whole.start && span.end <= whole.end;
}

// The `let` or `for` of that name in a body, or NULL.
static const Stmt *let_named(const Stmt *stmt, Str name) {
  for (; stmt; stmt = stmt->next) {
    if ((stmt->kind == STMT_LET || stmt->kind == STMT_FOR) && str_eq(stmt->name.text, name)) return stmt;
    const Stmt *inside = let_named(stmt->body, name);
    if (!inside) inside = let_named(stmt->other, name);
    if (inside) return inside;
  }
  return NULL;
}

// The field of a use that is for a parameter, or NULL.
static const Field *field_of(const Stmt *expanded, const Use *use, Str name) {
  for (size_t k = 0; use->fields && k < use->fields->len; k++) {
    const Field *field = &use->fields->at[k];
    bool positional =
        !field->name.text.len && k < expanded->params.len && str_eq(expanded->params.at[k].name.text, name);
    if (field->value && (positional || str_eq(field->name.text, name))) return field;
  }
  return NULL;
}

// What was given for the first parameter that is named at a place of what is expanded, or else by way of its constants;
// NO_SPAN where there is none. `depth`: of such ways.
static Span given_for(const Checker *c, const Stmt *expanded, const Use *use, Span place, int depth) {
  Str text = source_file(c->sources, place.file)->text;
  for (int by_way = 0; by_way < 2; by_way++) {
    for (size_t i = place.start, to; i < place.end; i = to + (to == i)) {
      for (to = i; to < place.end && ascii_is_word(text.at[to]);) to++;
      Str word = str_slice(text, i, to);
      if (!word.len || (i > 0 && text.at[i - 1] == '.')) continue;
      const Field *field = by_way ? NULL : field_of(expanded, use, word);
      if (field) return field->value->span;
      const Stmt *let = by_way && depth < 4 ? let_named(expanded->body, word) : NULL;
      bool inside = let && within(place, let->value->span);
      Span found = let && !inside ? given_for(c, expanded, use, let->value->span, depth + 1) : NO_SPAN;
      if (span_known(found)) return found;
    }
  }
  return NO_SPAN;
}

void blame_use(Checker *c, size_t from, const Stmt *expanded, const Use *use) {
  for (size_t i = from; span_known(use->span) && i < c->diags->list.len; i++) {
    Diag *d = c->diags->list.at[i];
    if (within(d->span, use->whole)) continue;
    bool chained = d->notes.len && expanded && within(d->notes.at[d->notes.len - 1].span, expanded->span);
    bool inside = expanded && within(d->span, expanded->span);
    Span given = inside && in_library(c, d->span) ? given_for(c, expanded, use, d->span, 0) : NO_SPAN;
    if (in_library(c, d->span) && !in_library(c, use->span)) {
      if (!span_known(given))
        diag_note(c->diags, d, d->span, "it comes out in the library's `%.*s`", STR_ARG(use->what));
      d->span = span_known(given) ? given : use->span;
    } else if (span_known(given)) {
      d->span = given; // in a declaration of the library, which has it from one around it
    } else if (expanded && (inside || chained)) {
      diag_note(c->diags, d, use->span, "in the expansion of `%.*s`, used here", STR_ARG(use->what));
    }
  }
}

static Use use_of(const Entity *instance) {
  const Stmt *stmt = instance->stmt;
  Str what = instance->of ? instance->of->name : instance->name;
  Use use = {stmt ? stmt->span : instance->span, instance->span, what, stmt ? &stmt->fields : instance->given};
  for (size_t i = 0; !stmt && use.fields && i < use.fields->len; i++) {
    const Expr *value = use.fields->at[i].value;
    if (value && value->span.file == use.whole.file && value->span.end > use.whole.end) use.whole.end = value->span.end;
  }
  return use;
}

Span field_for(const Checker *c, const Entity *instance, Span place) {
  Use use = use_of(instance);
  Span given = instance->of ? given_for(c, instance->of->stmt, &use, place, 0) : NO_SPAN;
  return span_known(given) ? given : instance->span;
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

// A fault over a parameter of the thing that an item is of is shown at that thing's field.
static void blame_owner(Checker *c, size_t from, const Entity *instance) {
  const Entity *owner = instance->of ? instance->of->owner : NULL;
  if (!owner || !owner->of) return;
  Use use = use_of(owner);
  for (size_t i = from; i < c->diags->list.len; i++) {
    Diag *d = c->diags->list.at[i];
    const DiagNote *note = d->notes.len ? &d->notes.at[d->notes.len - 1] : NULL;
    bool moved = note && in_library(c, note->span) && within(d->span, instance->span);
    Span given = moved ? given_for(c, owner->of->stmt, &use, note->span, 0) : NO_SPAN;
    if (span_known(given)) d->span = given, d->notes.len--;
  }
}

void blame_instance(Checker *c, size_t from, const Entity *instance) {
  drop_followers(c, from, instance);
  for (; instance && from < c->diags->list.len; instance = instance->scope ? instance->scope->self : NULL) {
    Use use = use_of(instance);
    blame_use(c, from, instance->of ? instance->of->stmt : NULL, &use);
    blame_owner(c, from, instance);
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
