// `if` and `match` of a flow: the ways that part, and where they meet again.
#include "check/flow.h"

// ---------------------------------------------------------------- joining ways

Way flow_way(FlowBuild *f, Edges entry) {
  return (Way){entry, f->frontier, flow_statuses(f), f->variables->len};
}

Edges flow_entry(FlowBuild *f) {
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

void lower_if(Checker *c, Scope *scope, const Stmt *stmt) {
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
  Edges entry = flow_entry(f);
  narrow(f, condition, true);
  lower_body(c, scope, stmt->body, before, known, then);
  ways[0] = flow_way(f, entry);
  f->present.len = present;

  frontier_set(f, other);
  entry = flow_entry(f);
  narrow(f, condition, false);
  lower_body(c, scope, stmt->other, before, known, other);
  ways[1] = flow_way(f, entry);
  f->present.len = present;
  flow_join(f, ways, 2, stmt->value->span);
  // Where one way ended, what the other says holds from here on.
  if (ways[0].end.len == 0) narrow(f, condition, false);
  if (ways[1].end.len == 0) narrow(f, condition, true);
}

Str match_left_out(Checker *c, const Type *type, const ArmList *arms, bool *open) {
  Buf out = {.arena = c->arena};
  *open = type->tag != T_UNION;
  for (size_t i = 0; !*open && i < type->count; i++) {
    bool found = false;
    const Value *wanted = type->items[i]->tag == T_LITERAL ? type->items[i]->value : NULL;
    for (size_t a = 0; wanted && a < arms->len && !found; a++) {
      for (size_t p = 0; p < arms->at[a].patterns.len && !found; p++) {
        const Expr *pattern = arms->at[a].patterns.at[p];
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

void lower_match(Checker *c, Scope *scope, const Stmt *stmt) {
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
  Str missing = match_left_out(c, subject->type, &stmt->arms, &open);
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
    Edges entry = flow_entry(f);
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
