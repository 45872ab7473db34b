// Statements of a flow to states: sequences, conditions, try, fail, return. Loops and maps are in loops.c and maps.c.
#include "check/internal.h"

// The source text of an expression in one line, for state names.
// ---------------------------------------------------------------- joining ways

Way flow_way(FlowBuild *f, Edges entry) {
  return (Way){entry, f->frontier, flow_statuses(f), f->variables->len};
}

static Edges entry_of(FlowBuild *f) {
  Edges copy = {0};
  for (size_t i = 0; i < f->frontier.len; i++) VEC_PUSH(f->c->arena, &copy, f->frontier.at[i]);
  return copy;
}

static uint8_t status_of(const Way *way, size_t variable) {
  return variable < way->known ? way->status[variable] : UNSET;
}

// Nothing can be assigned on the way into the first state of a graph.
static bool all_assign(const Edges *edges) {
  for (size_t i = 0; i < edges->len; i++) {
    if (!edges->at[i].assign) return false;
  }
  return true;
}

void flow_join(FlowBuild *f, const Way *ways, size_t count, Span deciding) {
  Checker *c = f->c;
  Edges joined = {0};
  for (size_t w = 0; w < count; w++) {
    for (size_t i = 0; i < ways[w].end.len; i++) VEC_PUSH(c->arena, &joined, ways[w].end.at[i]);
  }
  for (size_t v = 0; v < f->variables->len; v++) {
    bool set = false, unset = false, maybe = false, any = false;
    for (size_t w = 0; w < count; w++) {
      if (ways[w].end.len == 0) continue; // ended: says nothing about what follows
      uint8_t status = status_of(&ways[w], v);
      any = true;
      set = set || status == SET;
      maybe = maybe || status == MAYBE;
      unset = unset || status == UNSET;
    }
    if (!any) continue;
    *flow_status(f, v) = !set && !maybe ? UNSET : set && !maybe && !unset ? SET : MAYBE;
    if (!unset || (!set && !maybe)) continue;
    if (!maybe) f->variables->at[v]->deciding = deciding;
    for (size_t w = 0; w < count; w++) {
      if (ways[w].end.len == 0 || status_of(&ways[w], v) != UNSET) continue;
      const Edges *edges = all_assign(&ways[w].entry) ? &ways[w].entry : &ways[w].end;
      for (size_t i = 0; i < edges->len; i++) {
        Edge edge = edges->at[i];
        if (edge.assign) edge_assign(f, &edge, f->variables->at[v]->name, value_missing(NO_SPAN));
      }
    }
  }
  f->frontier = joined;
}

// ---------------------------------------------------------------- if and match

static const Value *condition_of(Checker *c, Scope *scope, const Expr *expr) {
  const Value *value = require_present(c, eval(c, scope, expr));
  if (is_poison(value)) return value;
  return settle(scope->flow, flow_asserted(scope->flow, fit(c, value, &TYPE_BOOL, S("a condition"))), NULL);
}

static ChoiceRule *choice_state(FlowBuild *f, Str name, Span span, size_t rules, State **made) {
  State *state = flow_add_state(f, STATE_CHOICE, name, span);
  state->rules.at = NEW_N(f->c->arena, ChoiceRule, rules);
  state->rules.len = state->rules.room = rules;
  *made = state;
  return state->rules.at;
}

static void lower_body(Checker *c, Scope *scope, const Stmt *body, const uint8_t *before, size_t known, Edge edge) {
  FlowBuild *f = scope->flow;
  flow_take_statuses(f, before, known);
  frontier_set(f, edge);
  flow_statements(c, scope, body);
}

static void lower_if(Checker *c, Scope *scope, const Stmt *stmt) {
  FlowBuild *f = scope->flow;
  const Value *condition = condition_of(c, scope, stmt->value);
  if (is_poison(condition)) condition = unknown_value(c, stmt->span);
  if (condition->kind == VALUE_BOOL) { // decided at compile time
    flow_statements(c, scope, condition->truth ? stmt->body : stmt->other);
    return;
  }
  State *state;
  Str name = str_fmt(c->arena, "If %.*s", STR_ARG(source_of(c, stmt->value->span)));
  ChoiceRule *rule = choice_state(f, name, stmt->value->span, 1, &state);
  *rule = (ChoiceRule){.condition = condition, .span = stmt->value->span};
  uint8_t *before = flow_statuses(f);
  size_t known = f->variables->len, present = f->present.len;
  Edge then = {state, &rule->next, &rule->assign}, other = {state, &state->otherwise, &state->otherwise_assign};
  Way ways[2];

  frontier_set(f, then);
  Edges entry = entry_of(f);
  narrow(f, condition, true);
  lower_body(c, scope, stmt->body, before, known, then);
  ways[0] = flow_way(f, entry);
  f->present.len = present;

  frontier_set(f, other);
  entry = entry_of(f);
  narrow(f, condition, false);
  lower_body(c, scope, stmt->other, before, known, other);
  ways[1] = flow_way(f, entry);
  f->present.len = present;
  flow_join(f, ways, 2, stmt->value->span);
  // Where one way ended, what the other says holds from here on.
  if (ways[0].end.len == 0) narrow(f, condition, false);
  if (ways[1].end.len == 0) narrow(f, condition, true);
}

// The values of a union that no arm takes, in words; *open: the type has others, too.
static Str left_out(Checker *c, const Type *type, const Stmt *stmt, bool *open) {
  Buf out = {.arena = c->arena};
  *open = type->tag != T_UNION;
  for (size_t i = 0; !*open && i < type->count; i++) {
    bool found = false;
    const Value *wanted = type->items[i]->tag == T_LITERAL ? type->items[i]->value : NULL;
    for (size_t a = 0; wanted && a < stmt->arms.len && !found; a++) {
      for (size_t p = 0; p < stmt->arms.at[a].patterns.len && !found; p++) {
        const Expr *pattern = stmt->arms.at[a].patterns.at[p];
        found = pattern->kind == EXPR_STRING && pattern->parts.len == 1 && wanted->kind == VALUE_STRING &&
                str_eq(pattern->parts.at[0].text, wanted->text);
      }
    }
    if (!found) buf_fmt(&out, "%s%.*s", out.len ? ", " : "", STR_ARG(type_text(c->arena, type->items[i])));
  }
  return buf_text(&out);
}

static const Value *arm_condition(Checker *c, Scope *scope, const Value *subject, const Arm *arm) {
  const Value *condition = value_bool(c->arena, false, arm->span);
  for (size_t k = 0; k < arm->patterns.len; k++) {
    const Value *pattern = eval(c, scope, arm->patterns.at[k]);
    if (is_poison(pattern)) continue;
    if (!type_accepts(subject->type, pattern->type) && !type_accepts(pattern->type, subject->type)) {
      diag(c->diags, DIAG_ERROR, "E0315", pattern->span, "this never matches: the value is %.*s",
           STR_ARG(type_text(c->arena, subject->type)));
    } else if (subject->type->tag == T_UNION && value_is_const(pattern)) {
      fit(c, pattern, subject->type, S("this match"));
    }
    const Value *equal = pattern_condition(c, subject, pattern, pattern->span);
    condition = value_binary(c->arena, OP_OR, condition, equal, &TYPE_BOOL, arm->span);
  }
  return condition;
}

static void lower_match(Checker *c, Scope *scope, const Stmt *stmt) {
  FlowBuild *f = scope->flow;
  const Value *subject = eval(c, scope, stmt->value);
  if (is_poison(subject)) return;
  subject = settle(f, flow_asserted(f, subject), NULL);
  const Arm *otherwise = NULL;
  VEC(const Arm *) arms = {0};
  VEC(const Value *) conditions = {0};
  for (size_t i = 0; i < stmt->arms.len; i++) {
    const Arm *arm = &stmt->arms.at[i];
    if (otherwise) diag(c->diags, DIAG_ERROR, "E0316", arm->span, "this arm is never reached: `else` stands before it");
    if (arm->patterns.len == 0) {
      otherwise = arm;
      continue;
    }
    const Value *condition = arm_condition(c, scope, subject, arm);
    if (condition->kind == VALUE_BOOL && condition->truth && arms.len == 0) { // decided at compile time
      flow_statements(c, scope, arm->body);
      return;
    }
    if (condition->kind == VALUE_BOOL && !condition->truth) continue;
    VEC_PUSH(c->arena, &arms, arm);
    VEC_PUSH(c->arena, &conditions, condition);
  }
  bool open;
  Str missing = left_out(c, subject->type, stmt, &open);
  if (!otherwise && (open || missing.len)) {
    Diag *d =
        diag(c->diags, DIAG_ERROR, "E0314", stmt->value->span,
             open ? "this match does not say what happens to other values%.*s" : "no arm of this match takes %.*s",
             STR_ARG(missing));
    diag_help(c->diags, d, "add an arm for it, or `else -> …` (`else -> {}` does nothing)");
  }
  if (arms.len == 0) {
    if (otherwise) flow_statements(c, scope, otherwise->body);
    return;
  }
  State *state;
  Str name = str_fmt(c->arena, "Match %.*s", STR_ARG(source_of(c, stmt->value->span)));
  ChoiceRule *rules = choice_state(f, name, stmt->value->span, arms.len, &state);
  uint8_t *before = flow_statuses(f);
  size_t known = f->variables->len, present = f->present.len;
  Way *ways = NEW_N(c->arena, Way, arms.len + 1);
  for (size_t i = 0; i <= arms.len; i++) {
    bool last = i == arms.len;
    if (!last) rules[i] = (ChoiceRule){.condition = conditions.at[i], .span = arms.at[i]->span};
    Edge edge = last ? (Edge){state, &state->otherwise, &state->otherwise_assign}
                     : (Edge){state, &rules[i].next, &rules[i].assign};
    frontier_set(f, edge);
    Edges entry = entry_of(f);
    if (!last) narrow(f, conditions.at[i], true);
    if (last && !otherwise) {
      flow_take_statuses(f, before, known);
      State *fail = flow_add_state(f, STATE_FAIL, str_fmt(c->arena, "%.*s: no arm", STR_ARG(name)), stmt->span);
      fail->error = value_string(c->arena, S("MatchFailed"), stmt->span);
      fail->cause = value_string(c->arena, S("no arm of the match takes this value"), stmt->span);
      f->frontier = (Edges){0};
    } else {
      lower_body(c, scope, last ? otherwise->body : arms.at[i]->body, before, known, edge);
    }
    ways[i] = flow_way(f, entry);
    f->present.len = present;
  }
  flow_join(f, ways, arms.len + 1, stmt->value->span);
}

// ---------------------------------------------------------------- try, fail, return, wait

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
  Edges entry = entry_of(f);
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
  if (state && state->kind != STATE_CHOICE) {
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
  return clauses->retries.len || clauses->timeout || clauses->heartbeat || clauses->role || clauses->name;
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
