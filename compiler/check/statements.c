// Statements of a flow to states: sequences, calls, fail, return. The others are in choices.c, tries.c, loops.c and
// maps.c.
#include "check/flow.h"

// ---------------------------------------------------------------- fail, return, wait

static void lower_fail(Checker *c, Scope *scope, const Stmt *stmt) {
  FlowBuild *f = scope->flow;
  const Value *error = require_present(c, eval_as(c, scope, stmt->value, &TYPE_STRING, S("an error's name")));
  const Value *cause =
      stmt->second ? require_present(c, eval_as(c, scope, stmt->second, &TYPE_STRING, S("a cause"))) : NULL;
  if (is_poison(error) || (cause && is_poison(cause))) {
    f->frontier = (Edges){0};
    return;
  }
  flow_fail(f, error, cause, stmt->span);
}

static void flow_return(FlowBuild *f, const Value *value, Span span) {
  State *state = frontier_state(f);
  value = settle(f, value, state);
  if (state && state->kind != STATE_CHOICE && !reads_varying(value, &state->assign)) {
    state->output = substitute(f->c->arena, value, &state->assign);
  } else {
    value = settle(f, value, NULL);
    State *made = flow_add_state(f, STATE_SUCCEED, S("Return"), span);
    made->output = value;
  }
  f->frontier = (Edges){0};
  f->result = f->result && f->result != value->type ? &TYPE_ANY : value->type;
}

void flow_finish(FlowBuild *f) {
  Checker *c = f->c;
  const Value *nothing = value_object(c->arena, NULL, 0, NO_SPAN);
  Edges left = {0};
  for (size_t i = 0; i < f->frontier.len; i++) {
    Edge edge = f->frontier.at[i];
    bool own = edge.from && edge.to == &edge.from->next && edge.from->kind != STATE_CHOICE;
    if (own)
      edge.from->output = nothing;
    else
      VEC_PUSH(c->arena, &left, edge);
  }
  if (f->frontier.len && !f->result) f->result = nothing->type;
  f->frontier = left;
  if (left.len) {
    State *state = flow_add_state(f, STATE_SUCCEED, S("Done"), f->flow->span);
    state->output = nothing;
  }
  f->frontier = (Edges){0};
}

static void lower_wait(Checker *c, Scope *scope, const Stmt *stmt) {
  FlowBuild *f = scope->flow;
  const Expr *expr = stmt->value ? stmt->value : stmt->second;
  const Value *value = stmt->value ? eval_as(c, scope, expr, &TYPE_DURATION, S("a wait"))
                                   : eval_as(c, scope, expr, &TYPE_STRING, S("the end of a wait"));
  value = settle(f, flow_asserted(f, require_present(c, value)), NULL);
  Str name = str_fmt(c->arena, "Wait %s%.*s", stmt->value ? "" : "until ", STR_ARG(source_of(c, expr->span)));
  State *state = flow_add_state(f, STATE_WAIT, name, stmt->span);
  if (stmt->value)
    state->seconds = value;
  else
    state->until = value;
  if (value->kind == VALUE_NUMBER && (value->number < 0 || value->number > 99999999)) {
    diag(c->diags, DIAG_ERROR, "E0801", value->span, "a wait is from 0 seconds to 99999999 seconds");
  }
}

// ---------------------------------------------------------------- steps, let, set

const Value *unknown_value(Checker *c, Span span) {
  return value_leaf(c->arena, VALUE_INPUT, TIME_RUN, (Str){0}, &TYPE_ANY, span);
}

void bind_step(Checker *c, Scope *scope, const Stmt *stmt, const Value *value) {
  if (is_poison(value)) value = unknown_value(c, stmt->span);
  FlowBuild *f = scope->flow;
  if (!stmt->name.text.len) return;
  if (f->frontier.len == 0) return;
  FlowVariable *variable = flow_named_variable(f, scope, stmt->name, value->type);
  flow_assign(f, variable, value, stmt->span);
  if (value->maybe) *flow_status(f, variable->number) = MAYBE;
}

static void lower_raw_state(Checker *c, Scope *scope, const Stmt *stmt) {
  FlowBuild *f = scope->flow;
  const Value *fields = eval(c, scope, stmt->value->left);
  if (fields->kind != VALUE_OBJECT) return;
  State *state = flow_add_state(f, STATE_RAW, f->label.len ? f->label : f->step.len ? f->step : S("asl"), stmt->span);
  state->step = f->step;
  state->arguments = settle(f, fields, NULL);
  const Value *type = value_member(fields, S("Type"));
  Str kind = {0};
  bool gives =
      !value_is_string(type, &kind) || str_eq(kind, S("Task")) || str_eq(kind, S("Map")) || str_eq(kind, S("Parallel"));
  const Value *resource = value_member(fields, S("Resource"));
  if (resource) value_is_string(resource, &state->resource);
  Value *result =
      (Value *)(uintptr_t)value_leaf(c->arena, VALUE_JSONATA, TIME_RUN, S("$states.result"), &TYPE_ANY, stmt->span);
  result->entity = state;
  if (gives) bind_step(c, scope, stmt, result); // of another kind of state, the name is no more than its name
}

static bool has_clauses(const Stmt *stmt) {
  const Clauses *clauses = &stmt->clauses;
  return clauses->retries.len || clauses->timeout || clauses->heartbeat || clauses->role || clauses->name ||
         clauses->needs;
}

const Value *eval_returned(Checker *c, Scope *scope, const Stmt *stmt) {
  FlowBuild *f = scope->flow;
  if (!f || !has_clauses(stmt)) return eval(c, scope, stmt->value);
  ClauseFrame frame = {.outer = f->frames, .clauses = &stmt->clauses, .scope = scope};
  f->frames = &frame;
  size_t before = f->graph->states.len;
  const Value *value = eval(c, scope, stmt->value);
  f->frames = frame.outer;
  if (is_poison(value)) return value;
  if (f->graph->states.len > before)
    clauses_taken(c, &frame);
  else
    diag(c->diags, DIAG_ERROR, "E0318", stmt->value->span, "this calls nothing");
  return value;
}

static void lower_call(Checker *c, Scope *scope, const Stmt *stmt) {
  FlowBuild *f = scope->flow;
  Str step = f->step, label = f->label;
  if (stmt->name.text.len) f->step = str_fmt(c->arena, "%.*s%.*s", STR_ARG(scope->prefix), STR_ARG(stmt->name.text));
  if (stmt->label.text.len) f->label = stmt->label.text;
  if (stmt->value->kind == EXPR_ASL) {
    lower_raw_state(c, scope, stmt);
  } else {
    bool waits = stmt->mode == CALL_AWAIT;
    ClauseFrame frame = {.outer = f->frames, .clauses = &stmt->clauses, .scope = scope, .awaits = waits};
    f->frames = &frame;
    CallMode mode = f->mode;
    if (stmt->mode != CALL_PLAIN) f->mode = stmt->mode;
    bool awaited = f->mode == CALL_AWAIT;
    size_t before = f->graph->states.len;
    const Value *value = eval(c, scope, stmt->value);
    f->frames = frame.outer;
    f->mode = mode;
    bool called = f->graph->states.len > before;
    if (called && !is_poison(value)) clauses_taken(c, &frame);
    if (!called && !is_poison(value) && (has_clauses(stmt) || stmt->mode != CALL_PLAIN || !stmt->name.text.len)) {
      Diag *d = diag(c->diags, DIAG_ERROR, "E0318", stmt->value->span, "this calls nothing");
      diag_help(c->diags, d, "name a value with `let name = …`");
    }
    if (awaited && called && !is_poison(value)) {
      State *last = f->graph->states.at[f->graph->states.len - 1];
      last->answer_type = type_observed(c);
      last->answer_member = (Str){0}; // who answers the token answers for the whole
      Value *answer = (Value *)(uintptr_t)value_leaf(c->arena, VALUE_JSONATA, TIME_RUN, S("$states.result"),
                                                     last->answer_type, stmt->span);
      answer->entity = last;
      value = answer;
    }
    if (stmt->name.text.len && !called && !is_poison(value)) {
      Diag *d = diag(c->diags, DIAG_ERROR, "E0318", stmt->name.span, "`%.*s` is not the result of a call",
                     STR_ARG(stmt->name.text));
      diag_help(c->diags, d, "write `let %.*s = …`", STR_ARG(stmt->name.text));
    }
    bind_step(c, scope, stmt, value);
  }
  f->step = step;
  f->label = label;
}

static void lower_let(Checker *c, Scope *scope, const Stmt *stmt) {
  FlowBuild *f = scope->flow;
  size_t before = f->graph->states.len;
  const Value *value = eval(c, scope, stmt->value);
  if (is_poison(value)) value = unknown_value(c, stmt->span);
  bool variable = value->time == TIME_RUN || f->graph->states.len > before || name_is_set(scope, stmt->name.text);
  if (!variable) {
    VEC_PUSH(c->arena, &c->lets, NULL);
    c->lets.at[c->lets.len - 1] = scope_bind_value(c, scope, stmt->name, value);
    return;
  }
  value = flow_asserted(f, value);
  FlowVariable *made = flow_named_variable(f, scope, stmt->name, value->type);
  flow_assign(f, made, value, stmt->span);
  if (value->maybe) *flow_status(f, made->number) = MAYBE;
  Binding *binding = map_get(&scope->names, stmt->name.text);
  VEC_PUSH(c->arena, &c->lets, binding);
}

static void lower_set(Checker *c, Scope *scope, const Stmt *stmt) {
  FlowBuild *f = scope->flow;
  const Value *value = eval(c, scope, stmt->value);
  Binding *binding = scope_find(scope, stmt->name.text, NULL);
  if (!binding && is_lost(c, stmt->name.text)) return;
  if (!binding || !binding->variable) {
    Diag *d = diag(c->diags, DIAG_ERROR, binding ? "E0319" : "E0101", stmt->name.span,
                   binding ? "`%.*s` cannot be set" : "there is nothing named `%.*s` here", STR_ARG(stmt->name.text));
    diag_help(c->diags, d, "only a `let` of this flow can be set");
    return;
  }
  if (binding->variable->depth < f->depth) {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0319", stmt->name.span,
                   "`%.*s` belongs to the outer flow and can only be read here", STR_ARG(stmt->name.text));
    diag_help(c->diags, d, "return a value from this body and use it outside");
    return;
  }
  if (is_poison(value)) return;
  value = flow_asserted(f, value);
  flow_assign(f, binding->variable,
              fit(c, value, binding->variable->type, str_fmt(c->arena, "`%.*s`", STR_ARG(stmt->name.text))),
              stmt->span);
  if (value->maybe) *flow_status(f, binding->variable->number) = MAYBE;
}

// ---------------------------------------------------------------- lists of statements

static void lower(Checker *c, Scope *scope, const Stmt *stmt) {
  FlowBuild *f = scope->flow;
  check_state_name(c, stmt->label.text.len ? stmt->label : stmt->name);
  switch (stmt->kind) {
  case STMT_LET: lower_let(c, scope, stmt); break;
  case STMT_SET: lower_set(c, scope, stmt); break;
  case STMT_CALL: lower_call(c, scope, stmt); break;
  case STMT_IF: lower_if(c, scope, stmt); break;
  case STMT_MATCH: lower_match(c, scope, stmt); break;
  case STMT_FOR: lower_for(c, scope, stmt); break;
  case STMT_EACH: lower_each(c, scope, stmt); break;
  case STMT_PARALLEL: lower_parallel(c, scope, stmt); break;
  case STMT_WAIT: lower_wait(c, scope, stmt); break;
  case STMT_TRY: lower_try(c, scope, stmt, stmt->span); break;
  case STMT_REQUIRE: flow_require(c, scope, stmt); break;
  case STMT_FAIL: lower_fail(c, scope, stmt); break;
  case STMT_RETURN: {
    const Value *value = stmt->value ? eval_returned(c, scope, stmt) : value_object(c->arena, NULL, 0, stmt->span);
    if (is_poison(value))
      f->frontier = (Edges){0};
    else
      flow_return(f, flow_asserted(f, value), stmt->span);
    break;
  }
  case STMT_BREAK:
    if (!f->loops) {
      diag(c->diags, DIAG_ERROR, "E0320", stmt->span, "`break` stands only in a `for`");
      break;
    }
    loop_break(f);
    break;
  case STMT_ERROR: break;
  default: break; // the parser has said that it cannot stand in a flow
  }
}

void flow_statements(Checker *c, Scope *scope, const Stmt *first) {
  FlowBuild *f = scope->flow;
  for (const Stmt *stmt = first; stmt; stmt = stmt->next) {
    if (f->frontier.len == 0 && stmt->kind != STMT_ERROR) {
      diag(c->diags, c->diags->counts[DIAG_ERROR] ? DIAG_WARNING : DIAG_ERROR, "E0310", stmt->span,
           "this is never reached");
      return;
    }
    lower(c, scope, stmt);
  }
}
