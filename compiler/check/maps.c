// `each` and `parallel`: graphs within a graph.
#include "check/flow.h"
#include <math.h>

// A new graph inside `outer` (a branch, an iteration); its variables see those outside.
static FlowBuild *flow_inner(FlowBuild *outer, bool distributed) {
  Checker *c = outer->c;
  FlowBuild *f = NEW(c->arena, FlowBuild);
  *f = (FlowBuild){.c = c, .flow = outer->flow, .outer = outer, .variables = outer->variables};
  f->graph = NEW(c->arena, Graph);
  f->state_names = outer->state_names;
  f->variable_names = outer->variable_names;
  f->set_names = outer->set_names;
  f->all_names = outer->all_names;
  f->status = flow_statuses(outer);
  f->status_room = outer->variables->len + 16;
  f->depth = outer->depth + 1;
  f->distributed = distributed || outer->distributed;
  for (size_t i = 0; i < outer->present.len; i++) VEC_PUSH(c->arena, &f->present, outer->present.at[i]);
  VEC_PUSH(c->arena, &f->frontier, (Edge){NULL, &f->graph->start, NULL});
  return f;
}

static Scope *inner_scope(Checker *c, Scope *outer, FlowBuild *f) {
  Scope *scope = scope_new(c, SCOPE_FLOW, outer);
  scope->flow = f;
  scope->depth = f->depth;
  return scope;
}

static void check_not_empty(Checker *c, FlowBuild *f, Span span, const char *what) {
  if (f->graph->start || c->diags->counts[DIAG_ERROR]) return;
  State *pass = flow_add_state(f, STATE_PASS, str_of(what), span);
  pass->output = value_object(c->arena, NULL, 0, span);
  f->frontier = (Edges){0};
}

void lower_parallel(Checker *c, Scope *scope, const Stmt *stmt) {
  FlowBuild *f = scope->flow;
  Str step = stmt->name.text.len ? str_fmt(c->arena, "%.*s%.*s", STR_ARG(scope->prefix), STR_ARG(stmt->name.text))
                                 : S("Parallel");
  State *state = flow_add_state(f, STATE_PARALLEL, stmt->label.text.len ? stmt->label.text : step, stmt->span);
  state->step = step;
  container_clauses(c, scope, stmt, state);
  ValueMember *members = NULL;
  size_t count = 0;
  for (const Stmt *branch = stmt->body; branch; branch = branch->next) count++;
  members = NEW_N(c->arena, ValueMember, count + 1);
  count = 0;
  Map seen = {.arena = c->arena};
  Value *result = (Value *)(uintptr_t)value_leaf(c->arena, VALUE_JSONATA, TIME_RUN, S("$states.result"),
                                                 &TYPE_ANYTHINGS, stmt->span);
  result->entity = state;
  for (const Stmt *branch = stmt->body; branch; branch = branch->next) {
    if (branch->kind != STMT_BRANCH) continue;
    if (map_set(&seen, branch->name.text, (void *)(uintptr_t)branch)) {
      diag(c->diags, DIAG_ERROR, "E0102", branch->name.span, "there is already a branch `%.*s`",
           STR_ARG(branch->name.text));
    }
    FlowBuild *inner = flow_inner(f, false);
    inner->graph->name = branch->name.text;
    Scope *inside = inner_scope(c, scope, inner);
    flow_statements(c, inside, branch->body);
    flow_finish(inner);
    check_not_empty(c, inner, branch->span, "Nothing");
    VEC_PUSH(c->arena, &state->branches, inner->graph);
    const Value *of[] = {result, value_number(c->arena, (double)count, UNIT_NONE, branch->span)};
    const Value *value =
        value_node(c->arena, VALUE_INDEX, of, 2, inner->result ? inner->result : &TYPE_ANY, branch->span);
    members[count++] = (ValueMember){branch->name.text, value, branch->name.span};
  }
  if (count == 0) diag(c->diags, DIAG_ERROR, "E0322", stmt->span, "a `parallel` has at least one `branch`");
  bind_step(c, scope, stmt, value_object(c->arena, members, count, stmt->span));
}

// The options of `with (…)`.
static const Value *option(Checker *c, Scope *scope, const Stmt *stmt, const char *name, const Type *type) {
  for (size_t i = 0; i < stmt->fields.len; i++) {
    if (!str_eq(stmt->fields.at[i].name.text, str_of(name))) continue;
    const Value *value = eval_as(c, scope, stmt->fields.at[i].value, type, str_fmt(c->arena, "`%s`", name));
    return is_poison(value) ? NULL : settle(scope->flow, value, NULL);
  }
  return NULL;
}

// Reports options that there are not; true when one of them is of distributed maps alone.
static bool check_options(Checker *c, const Stmt *stmt) {
  static const char *const known[] = {"concurrency", "tolerate", "tolerate_count", "batch", "results", "label"};
  bool distributed = false;
  for (size_t i = 0; i < stmt->fields.len; i++) {
    Str name = stmt->fields.at[i].name.text;
    Nearest nearest = nearest_to(name);
    bool found = false;
    distributed = distributed || !str_eq(name, S("concurrency"));
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
      found = found || str_eq(name, str_of(known[k]));
      nearest_offer(&nearest, str_of(known[k]));
    }
    if (!found) {
      Diag *d = diag(c->diags, DIAG_ERROR, "E0204", stmt->fields.at[i].name.span, "`each` has no option `%.*s`",
                     STR_ARG(name));
      if (nearest_best(&nearest).len) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(nearest_best(&nearest)));
    }
  }
  return distributed;
}

// What may be missing, as null where it is: the body reads it all the same.
static const Value *or_null(Checker *c, const Value *value) {
  Value *made = NEW(c->arena, Value);
  *made = *value_binary(c->arena, OP_DEFAULT, value, value_missing(value->span), value->type, value->span);
  made->maybe = false;
  return made;
}

// Reports a constant option that Step Functions refuses:
// https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
static void check_range(Checker *c, const Value *value, const char *name, double least, double most, const char *says) {
  if (!value || value->kind != VALUE_NUMBER) return;
  bool whole = value->unit == UNIT_PERCENT || value->number == floor(value->number);
  if (whole && value->number >= least && value->number <= most) return;
  diag(c->diags, DIAG_ERROR, "E0803", value->span, "`%s` is %s, not %.*s", name, says,
       STR_ARG(value_text(c->arena, value)));
}

static const Value *selector_of(Checker *c, FlowBuild *inner, const State *state, Span span) {
  ValueMember *members = NEW_N(c->arena, ValueMember, inner->captured.len + 1);
  size_t count = 0;
  if (!state->batch) {
    const Value *item =
        value_leaf(c->arena, VALUE_JSONATA, TIME_RUN, S("$states.context.Map.Item.Value"), &TYPE_ANY, span);
    members[count++] = (ValueMember){S("item"), item, span};
  }
  for (size_t i = 0; i < inner->captured.len; i++) {
    const Value *value = inner->captured.at[i].value;
    if (value->maybe) value = or_null(c, value);
    members[count++] = (ValueMember){inner->captured.at[i].name, value, span};
  }
  return value_object(c->arena, members, count, span);
}

static void give_inputs(Checker *c, FlowBuild *inner, State *state, FlowVariable *item, Span span) {
  GraphInput *inputs = NEW_N(c->arena, GraphInput, inner->captured.len + 1);
  size_t count = 0;
  bool wrapped = state->distributed && (state->batch || inner->captured.len);
  inputs[count++] = (GraphInput){item, state->batch ? S("$states.input.Items")
                                       : wrapped    ? S("$states.input.item")
                                                    : S("$states.input")};
  for (size_t i = 0; i < inner->captured.len; i++) {
    Str name = inner->captured.at[i].name;
    FlowVariable *variable = map_get(inner->variable_names, name);
    Str path = str_fmt(c->arena, "$states.input.%s%.*s", state->batch ? "BatchInput." : "", STR_ARG(name));
    inputs[count++] = (GraphInput){variable, path};
  }
  if (wrapped) state->item_selector = selector_of(c, inner, state, span);
  graph_inputs(c, inner->graph, inputs, count);
}

void lower_each(Checker *c, Scope *scope, const Stmt *stmt) {
  FlowBuild *f = scope->flow;
  const Value *list = require_present(c, eval(c, scope, stmt->value));
  if (is_poison(list)) list = unknown_value(c, stmt->value->span);
  list = settle(f, list, NULL);
  const Value *reader = value_member(list, S("Resource"));
  bool read = list->kind == VALUE_OBJECT && reader != NULL;
  if (!read) list = fit(c, list, &TYPE_ANYTHINGS, S("`each … in`"));
  if (is_poison(list)) list = unknown_value(c, stmt->value->span);
  bool distributed = check_options(c, stmt) || read;
  const Value *concurrency = option(c, scope, stmt, "concurrency", &TYPE_NUMBER);
  const Value *tolerate = option(c, scope, stmt, "tolerate", &TYPE_PERCENT);
  const Value *tolerate_count = option(c, scope, stmt, "tolerate_count", &TYPE_NUMBER);
  const Value *batch = option(c, scope, stmt, "batch", &TYPE_NUMBER);
  const Value *writer = option(c, scope, stmt, "results", &TYPE_RECORD);
  const Value *label = option(c, scope, stmt, "label", &TYPE_STRING);
  check_range(c, concurrency, "concurrency", 0, 1e9, "a whole number (0: as many as there are)");
  if (distributed) check_range(c, tolerate, "tolerate", 0, 1, "a share from 0% to 100%");
  if (distributed) check_range(c, tolerate_count, "tolerate_count", 0, 1e9, "a whole number");
  if (distributed) check_range(c, batch, "batch", 1, 1e9, "a whole number from 1 on");
  if (label && !require_time(c, label, TIME_COMPILE, "the label of a map")) label = NULL;
  Str step = stmt->name.text.len ? str_fmt(c->arena, "%.*s%.*s", STR_ARG(scope->prefix), STR_ARG(stmt->name.text))
                                 : str_fmt(c->arena, "Each %.*s", STR_ARG(stmt->handler.text));
  State *state = flow_add_state(f, STATE_MAP, stmt->label.text.len ? stmt->label.text : step, stmt->span);
  state->step = step;
  state->distributed = distributed;
  state->concurrency = concurrency;
  state->tolerate_share = tolerate;
  state->tolerate_count = tolerate_count;
  state->batch = batch;
  state->writer = writer;
  state->map_label = label && label->kind == VALUE_STRING ? label->text : (Str){0};
  container_clauses(c, scope, stmt, state);
  *(read ? &state->reader : &state->list) = list;

  FlowBuild *inner = flow_inner(f, distributed);
  Scope *inside = inner_scope(c, scope, inner);
  const Type *item_type = read ? type_observed(c) : type_item(c, list->type);
  if (read) state->answer_type = item_type;
  if (batch) item_type = type_list(c, item_type);
  FlowVariable *item = flow_named_variable(inner, inside, stmt->handler, item_type);
  *flow_status(inner, item->number) = SET;
  flow_statements(c, inside, stmt->body);
  flow_finish(inner);
  check_not_empty(c, inner, stmt->span, "Nothing");
  state->body = inner->graph;
  give_inputs(c, inner, state, item, stmt->span);

  const Type *given = writer ? &TYPE_ANY : type_list(c, inner->result ? inner->result : &TYPE_ANY);
  Value *result =
      (Value *)(uintptr_t)value_leaf(c->arena, VALUE_JSONATA, TIME_RUN, S("$states.result"), given, stmt->span);
  result->entity = state;
  bind_step(c, scope, stmt, result);
}
