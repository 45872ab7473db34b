// `try` of a flow, and its handlers.
#include "check/flow.h"

static const Type *error_type(Checker *c) {
  Type *type = NEW(c->arena, Type);
  TypeMember *fields = NEW_N(c->arena, TypeMember, 2);
  fields[0] = (TypeMember){S("Error"), &TYPE_STRING, false};
  fields[1] = (TypeMember){S("Cause"), &TYPE_STRING, false};
  *type = (Type){.tag = T_OBJECT, .fields = fields, .count = 2, .name = S("a caught error")};
  return type;
}

// One `catch` of a try: its errors, where they are named, and what is done.
typedef struct Handler {
  Try caught;
  Span *places;
  const Stmt *stmt;
} Handler;

static void read_handler(Checker *c, Scope *scope, Handler *h) {
  FlowBuild *f = scope->flow;
  const ExprList *names = &h->stmt->items;
  Try *t = &h->caught;
  t->errors = NEW_N(c->arena, Str, names->len + 1);
  t->raised = NEW_N(c->arena, bool, names->len + 1);
  h->places = NEW_N(c->arena, Span, names->len + 1);
  for (size_t i = 0; i < names->len; i++) {
    const Value *name = eval_as(c, scope, names->at[i], &TYPE_STRING, S("an error's name"));
    if (value_is_string(name, &t->errors[t->count])) {
      check_error_word(c, t->errors[t->count], name->span);
      h->places[t->count++] = name->span;
    } else if (!is_poison(name)) {
      require_time(c, name, TIME_COMPILE, "an error's name");
    }
  }
  Word word = h->stmt->handler;
  if (!word.text.len) return;
  t->variable = flow_named_variable(f, scope, word, error_type(c));
  t->variable->counter = true; // a later handler may use the name again
  *flow_status(f, t->variable->number) = UNSET;
}

// Reports what the handlers before the one at `index` leave nothing to.
static void check_order(Checker *c, const Handler *handlers, size_t index) {
  const Handler *h = &handlers[index];
  for (size_t i = 0; i < index; i++) {
    const Try *before = &handlers[i].caught;
    if (before->count == 0) {
      Diag *d = diag(c->diags, DIAG_ERROR, "E0317", h->stmt->span,
                     "this handler never runs: one before it takes every error");
      diag_help(c->diags, d, "put the `catch` without names last");
      return;
    }
    for (size_t k = 0; k < h->caught.count; k++) {
      for (size_t n = 0; n < before->count; n++) {
        if (!str_eq(h->caught.errors[k], before->errors[n])) continue;
        Diag *d = diag(c->diags, DIAG_ERROR, "E0317", h->places[k], "`%.*s` is caught already by the handler before",
                       STR_ARG(h->caught.errors[k]));
        diag_note(c->diags, d, handlers[i].places[n], "it is caught there");
      }
    }
  }
}

void lower_try(Checker *c, Scope *scope, const Stmt *stmt, Span span) {
  FlowBuild *f = scope->flow;
  size_t count = 0;
  for (const Stmt *at = stmt; at; at = at->more) count++;
  Handler *handlers = NEW_N(c->arena, Handler, count);
  uint8_t *before = flow_statuses(f);
  size_t known = f->variables->len, present = f->present.len;
  const Stmt *at = stmt;
  for (size_t i = 0; i < count; i++, at = at->more) {
    handlers[i].stmt = at;
    read_handler(c, scope, &handlers[i]);
    check_order(c, handlers, i);
  }
  Edges entry = flow_entry(f);
  size_t first = f->graph->states.len;
  Try *outer = f->tries;
  for (size_t i = count; i-- > 0;) { // the first one is asked first
    handlers[i].caught.outer = f->tries;
    f->tries = &handlers[i].caught;
  }
  flow_load_items(c, scope);
  flow_statements(c, scope, stmt->body);
  f->tries = outer;
  size_t caught = 0;
  for (size_t n = 0; n < count; n++) {
    const Try *t = &handlers[n].caught;
    caught += t->caught.len;
    for (size_t i = 0; i < t->count && !diags_failed(c->diags); i++) {
      if (!t->raised[i]) check_caught(f, first, t->errors[i], handlers[n].places[i]);
    }
  }
  Way *ways = NEW_N(c->arena, Way, count + 1);
  ways[0] = flow_way(f, entry);
  f->present.len = present;
  if (caught == 0) {
    if (c->diags->counts[DIAG_ERROR] == 0) {
      Diag *d = diag(c->diags, DIAG_ERROR, "E0317", span, "nothing in this `try` can fail, so its handler never runs");
      diag_help(c->diags, d, "remove the try");
    }
    return;
  }
  size_t made = 1;
  for (size_t i = 0; i < count; i++) {
    Try *t = &handlers[i].caught;
    if (t->caught.len == 0) continue;
    flow_take_statuses(f, before, known);
    if (t->variable) *flow_status(f, t->variable->number) = SET;
    f->frontier = t->caught;
    flow_statements(c, scope, handlers[i].stmt->other);
    ways[made++] = flow_way(f, t->caught);
    f->present.len = present;
  }
  for (size_t i = 0; i < count; i++) {
    const FlowVariable *variable = handlers[i].caught.variable;
    for (size_t k = 0; variable && k < made; k++) {
      if (variable->number < ways[k].known) ways[k].status[variable->number] = UNSET;
    }
  }
  flow_join(f, ways, made, span);
  f->present.len = present;
}
