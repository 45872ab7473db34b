// `for`: a choice at the head, the body, and back.
#include "check/flow.h"

static void each_name(Scope *scope, const Stmt *body, void (*found)(Scope *scope, const Stmt *stmt)) {
  for (; body; body = body->next) {
    bool binds =
        body->kind == STMT_CALL || body->kind == STMT_LET || body->kind == STMT_EACH || body->kind == STMT_PARALLEL;
    if (binds && body->name.text.len) found(scope, body);
    bool nested = body->kind == STMT_IF || body->kind == STMT_FOR || body->kind == STMT_TRY;
    if (nested) each_name(scope, body->body, found), each_name(scope, body->other, found);
    if (nested) each_name(scope, body->more, found);
    for (size_t i = 0; body->kind == STMT_MATCH && i < body->arms.len; i++)
      each_name(scope, body->arms.at[i].body, found);
  }
}

// A variable that the body sets may be read at its top in the next round, so it is there, missing, from the first.
static void predeclare(Scope *scope, const Stmt *stmt) {
  FlowBuild *f = scope->flow;
  if (stmt->kind == STMT_LET && !name_is_set(scope, stmt->name.text)) return;
  Binding *binding = map_get(&scope->names, stmt->name.text);
  if (binding && !binding->variable) return;
  FlowVariable *variable = binding ? binding->variable : NULL;
  if (!variable) {
    variable = flow_named_variable(f, scope, stmt->name, &TYPE_ANY);
    variable->span = NO_SPAN;
    variable->later = stmt->name.span;
  }
  if (*flow_status(f, variable->number) != UNSET) return;
  flow_assign(f, variable, value_missing(NO_SPAN), stmt->span);
  *flow_status(f, variable->number) = MAYBE;
  variable->counter = true; // may be declared by the body
}

void loop_break(FlowBuild *f) {
  Loop *loop = f->loops;
  Way now = flow_way(f, (Edges){0});
  for (size_t i = 0; i < f->frontier.len; i++) VEC_PUSH(f->c->arena, &loop->breaks, f->frontier.at[i]);
  if (!loop->status) {
    loop->status = now.status;
    loop->known = now.known;
  }
  for (size_t v = 0; v < loop->known; v++) {
    if (loop->status[v] != (v < now.known ? now.status[v] : UNSET)) loop->status[v] = MAYBE;
  }
  f->frontier = (Edges){0};
}

typedef struct Rounds {
  FlowVariable *counter;
  const Value *first, *last; // of the counter, both inclusive
  const Value *item;         // what the name means in the body
} Rounds;

static const Value *read_variable(Checker *c, FlowVariable *variable, Span span) {
  variable->read = true;
  return value_leaf(c->arena, VALUE_VARIABLE, TIME_RUN, variable->name, variable->type, span);
}

static const Value *plus(Checker *c, const Value *a, double n) {
  const Value *b = value_number(c->arena, n < 0 ? -n : n, UNIT_NONE, a->span);
  return value_binary(c->arena, n < 0 ? OP_SUBTRACT : OP_ADD, a, b, &TYPE_NUMBER, a->span);
}

static bool rounds_of_range(Checker *c, Scope *scope, const Stmt *stmt, Rounds *rounds) {
  FlowBuild *f = scope->flow;
  const Value *first = require_present(c, eval_as(c, scope, stmt->value->left, &TYPE_NUMBER, S("a range's start")));
  const Value *last = require_present(c, eval_as(c, scope, stmt->value->right, &TYPE_NUMBER, S("a range's end")));
  if (is_poison(first) || is_poison(last)) return false;
  rounds->first = settle(f, first, NULL);
  rounds->last = settle(f, last, NULL);
  rounds->counter = flow_named_variable(f, scope, stmt->name, &TYPE_NUMBER);
  rounds->item = NULL;
  return true;
}

static bool rounds_of_list(Checker *c, Scope *scope, const Stmt *stmt, Rounds *rounds) {
  FlowBuild *f = scope->flow;
  const Value *list = require_present(c, eval(c, scope, stmt->value));
  if (is_poison(list)) return false;
  list = settle(f, flow_asserted(f, fit(c, list, &TYPE_ANYTHINGS, S("`for … in`"))), NULL);
  if (is_poison(list)) return false;
  if (list->kind != VALUE_VARIABLE && !value_is_const(list)) {
    Str name = str_fmt(c->arena, "%.*s_list", STR_ARG(stmt->name.text));
    FlowVariable *kept = flow_new_variable(f, name, list->type, stmt->value->span);
    flow_assign(f, kept, list, stmt->value->span);
    list = read_variable(c, kept, stmt->value->span);
  }
  Str name = str_fmt(c->arena, "%.*s_index", STR_ARG(stmt->name.text));
  rounds->counter = flow_new_variable(f, name, &TYPE_NUMBER, stmt->name.span);
  rounds->first = value_number(c->arena, 0, UNIT_NONE, stmt->span);
  Value *count = value_node(c->arena, VALUE_CALL, &list, 1, &TYPE_NUMBER, stmt->span);
  count->text = S("length");
  count->time = TIME_RUN;
  rounds->last = plus(c, count, -1);
  const Value *of[] = {list, read_variable(c, rounds->counter, stmt->span)};
  rounds->item = value_node(c->arena, VALUE_INDEX, of, 2, list->type->tag == T_LIST ? list->type->item : &TYPE_ANY,
                            stmt->name.span);
  return true;
}

static void bind_item(Checker *c, Scope *scope, const Stmt *stmt, const Rounds *rounds) {
  Binding *binding = map_get(&scope->names, stmt->name.text);
  if (!rounds->item) return;
  if (!binding)
    binding = scope_add(c, scope, stmt->name);
  else if (binding->variable || binding->entity) {
    diag(c->diags, DIAG_ERROR, "E0102", stmt->name.span, "`%.*s` is already declared here", STR_ARG(stmt->name.text));
  }
  binding->value = rounds->item;
}

static const Value *every_of(Checker *c, Scope *scope, const Stmt *stmt) {
  if (!stmt->second) return NULL;
  const Value *value = require_present(c, eval_as(c, scope, stmt->second, &TYPE_DURATION, S("`every`")));
  return is_poison(value) ? NULL : settle(scope->flow, value, NULL);
}

void lower_for(Checker *c, Scope *scope, const Stmt *stmt) {
  FlowBuild *f = scope->flow;
  Rounds rounds = {0};
  bool good = stmt->value->kind == EXPR_RANGE ? rounds_of_range(c, scope, stmt, &rounds)
                                              : rounds_of_list(c, scope, stmt, &rounds);
  if (!good) return;
  const Value *every = every_of(c, scope, stmt);
  flow_assign(f, rounds.counter, rounds.first, stmt->name.span);
  each_name(scope, stmt->body, predeclare);

  Str title = str_fmt(c->arena, "For %.*s", STR_ARG(stmt->name.text));
  State *head = flow_add_state(f, STATE_CHOICE, title, stmt->span);
  const Value *counter = read_variable(c, rounds.counter, stmt->name.span);
  size_t rules = every ? 2 : 1;
  head->rules.at = NEW_N(c->arena, ChoiceRule, rules);
  head->rules.len = head->rules.room = rules;
  const Value *more = value_binary(c->arena, OP_LESS_EQUAL, counter, rounds.last, &TYPE_BOOL, stmt->span);
  head->rules.at[rules - 1] = (ChoiceRule){.condition = more, .span = stmt->span};
  frontier_set(f, (Edge){head, &head->rules.at[rules - 1].next, &head->rules.at[rules - 1].assign});
  if (every) {
    const Value *last = rounds.last;
    const Value *first = value_binary(c->arena, OP_EQUAL, counter, rounds.first, &TYPE_BOOL, stmt->span);
    const Value *some = value_binary(c->arena, OP_LESS_EQUAL, rounds.first, last, &TYPE_BOOL, stmt->span);
    head->rules.at[0] = (ChoiceRule){.condition = value_binary(c->arena, OP_AND, first, some, &TYPE_BOOL, stmt->span),
                                     .span = stmt->span};
    State *wait =
        flow_add_state(f, STATE_WAIT, str_fmt(c->arena, "Wait for %.*s", STR_ARG(stmt->name.text)), stmt->span);
    wait->seconds = every;
    VEC_PUSH(c->arena, &f->frontier, (Edge){head, &head->rules.at[0].next, &head->rules.at[0].assign});
  }

  Loop loop = {.outer = f->loops};
  f->loops = &loop;
  bind_item(c, scope, stmt, &rounds);
  uint8_t *before = flow_statuses(f);
  size_t known = f->variables->len, present = f->present.len;
  flow_statements(c, scope, stmt->body);
  f->loops = loop.outer;
  if (f->frontier.len == 0 && loop.breaks.len == 0 && !diags_failed(c->diags)) {
    Diag *d =
        diag(c->diags, DIAG_WARNING, "E0332", stmt->name.span, "this `for` ends in its first round, whatever happens");
    diag_help(c->diags, d, "to gather what each item gives write `Results = each %.*s in … { … return … }`",
              STR_ARG(stmt->name.text));
  }
  f->present.len = present;
  flow_assign(f, rounds.counter, plus(c, counter, 1), stmt->span);
  for (size_t i = 0; i < f->frontier.len; i++) *f->frontier.at[i].to = head;

  bool once = rounds.first->kind == VALUE_NUMBER && rounds.last->kind == VALUE_NUMBER &&
              rounds.first->number <= rounds.last->number; // what a round sets is set behind it
  if (!once || f->frontier.len == 0) flow_take_statuses(f, before, known);
  frontier_set(f, (Edge){head, &head->otherwise, &head->otherwise_assign});
  Edges entry = {0};
  VEC_PUSH(c->arena, &entry, f->frontier.at[0]);
  flow_statements(c, scope, stmt->other);
  Way ways[2] = {flow_way(f, entry), {.end = loop.breaks, .status = loop.status, .known = loop.known}};
  flow_join(f, ways, loop.status ? 2 : 1, stmt->value->span);
  *flow_status(f, rounds.counter->number) = UNSET;
  Binding *item = map_get(&scope->names, stmt->name.text);
  if (rounds.item && item) item->value = value_missing(stmt->span);
}
