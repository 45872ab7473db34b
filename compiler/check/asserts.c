// `fail`, and what `!` asserts where nothing is called: such states have no Catch, so inside a `try` a state of its own
// asks first and goes to the handler, as a failing call would.
#include "check/flow.h"

void flow_fail(FlowBuild *f, const Value *error, const Value *cause, Span span) {
  Checker *c = f->c;
  error = settle(f, error, NULL);
  if (cause) cause = settle(f, cause, NULL);
  for (Try *t = f->tries; t; t = t->outer) {
    bool catches = t->count == 0;
    for (size_t i = 0; i < t->count && !catches; i++) {
      catches = t->raised[i] =
          str_eq(t->errors[i], S("States.ALL")) || (error->kind == VALUE_STRING && str_eq(t->errors[i], error->text));
    }
    if (!catches) continue;
    if (t->variable) {
      ValueMember *members = NEW_N(c->arena, ValueMember, 2);
      members[0] = (ValueMember){S("Error"), error, span};
      members[1] = (ValueMember){S("Cause"), cause ? cause : value_string(c->arena, S(""), span), span};
      flow_assign(f, t->variable, value_object(c->arena, members, 2, span), span);
    } else if (f->frontier.len && !f->frontier.at[0].assign) {
      flow_add_state(f, STATE_PASS, S("Begin"), span);
    }
    for (size_t i = 0; i < f->frontier.len; i++) VEC_PUSH(c->arena, &t->caught, f->frontier.at[i]);
    f->frontier = (Edges){0};
    return;
  }
  Str name = error->kind == VALUE_STRING && error->text.len ? error->text : S("Fail");
  State *state = flow_add_state(f, STATE_FAIL, name, span);
  state->error = error;
  state->cause = cause;
  f->frontier = (Edges){0};
}

// ---------------------------------------------------------------- assertions

typedef struct Asserts {
  Checker *c;
  FlowBuild *f;
  VEC(const Value *) asked; // assertions that hold from here on
} Asserts;

static const Value *without_asked(void *with, const Value *value) {
  const Asserts *a = with;
  for (size_t i = 0; i < a->asked.len; i++) {
    if (a->asked.at[i] != value) continue;
    Value *there = NEW(a->c->arena, Value);
    *there = *value_rewrite(a->c->arena, value->items[0], without_asked, with);
    there->maybe = false;
    return there;
  }
  return value;
}

// A state that asks for `condition` and fails where it does not hold.
static void fail_unless(FlowBuild *f, Str name, const Value *condition, Str error, const Value *cause, Span span) {
  Checker *c = f->c;
  State *state = flow_add_state(f, STATE_CHOICE, name, span);
  state->rules.at = NEW_N(c->arena, ChoiceRule, 1);
  state->rules.len = state->rules.room = 1;
  ChoiceRule *rule = &state->rules.at[0];
  *rule = (ChoiceRule){.condition = condition, .span = span};
  frontier_set(f, (Edge){state, &state->otherwise, &state->otherwise_assign});
  flow_fail(f, value_string(c->arena, error, span), cause, span);
  frontier_set(f, (Edge){state, &rule->next, &rule->assign});
}

static void ask(Asserts *a, const Value *value) {
  Checker *c = a->c;
  const Value *asserted = value_rewrite(c->arena, value->items[0], without_asked, a);
  const Value *there = settle(a->f, value_test(c->arena, asserted, value->span), NULL);
  Str source = source_of(c, value->items[0]->span);
  const Value *cause = value_string(c->arena, str_fmt(c->arena, "%.*s is missing", STR_ARG(source)), value->span);
  Str name = str_fmt(c->arena, "If %.*s is there", STR_ARG(source));
  fail_unless(a->f, name, there, S("States.QueryEvaluationError"), cause, value->span);
  VEC_PUSH(c->arena, &a->asked, value);
}

// How many of a value's parts are always evaluated.
static size_t certain_parts(const Value *value) {
  if (value->kind == VALUE_CHOICE || value->kind == VALUE_EACH) return 1;
  bool binary = value->kind == VALUE_OPERATION && value->op == VALUE_BINARY;
  bool short_cut = binary && (value->binary == OP_AND || value->binary == OP_OR || value->binary == OP_DEFAULT);
  return short_cut ? 1 : value->count;
}

static void walk(Asserts *a, const Value *value) {
  if (value->time < TIME_RUN) return;
  size_t parts = certain_parts(value);
  for (size_t i = 0; i < parts; i++) walk(a, value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i]);
  if (value->kind == VALUE_OPERATION && value->op == VALUE_ASSERT) ask(a, value);
}

const Value *flow_asserted(FlowBuild *f, const Value *value) {
  if (!f->tries || f->frontier.len == 0) return value;
  Asserts asserts = {.c = f->c, .f = f};
  walk(&asserts, value);
  return asserts.asked.len ? value_rewrite(f->c->arena, value, without_asked, &asserts) : value;
}

// ---------------------------------------------------------------- requirements

void flow_require(Checker *c, Scope *scope, const Stmt *stmt) {
  FlowBuild *f = scope->flow;
  const Value *condition = require_present(c, eval_as(c, scope, stmt->value, &TYPE_BOOL, S("a requirement")));
  const Value *cause = stmt->second ? require_present(c, eval_as(c, scope, stmt->second, &TYPE_STRING, S("a message")))
                                    : value_string(c->arena, S("a requirement does not hold"), stmt->span);
  if (is_poison(condition) || is_poison(cause)) return;
  if (condition->kind != VALUE_BOOL) {
    condition = settle(f, flow_asserted(f, condition), NULL);
    Str name = str_fmt(c->arena, "Require %.*s", STR_ARG(source_of(c, stmt->value->span)));
    fail_unless(f, name, condition, S("RequirementFailed"), cause, stmt->span);
    narrow(f, condition, true);
    return;
  }
  if (condition->truth) return;
  Str text = cause->kind == VALUE_STRING ? cause->text : S("a requirement does not hold");
  diag(c->diags, DIAG_ERROR, "E0510", stmt->span, "%.*s", STR_ARG(text));
}
