// The way of data through a state: what it takes in, what becomes of its result, how it is left.
#include "run/data.h"
#include "run/engine.h"

Evaluation evaluation_of(Thread *t, const Json *input) {
  Engine *g = t->engine;
  return (Evaluation){.arena = &g->heap,
                      .input = input,
                      .scope = &t->scope,
                      .make_context = context_make,
                      .with = t,
                      .now_ms = g->now * 1000,
                      .random = &g->random};
}

const Json *field_get(Evaluation *e, const Field *field) {
  switch (field->kind) {
  case FIELD_VALUE: return template_make(e, field->value);
  case FIELD_PATH: return evaluation_field(e, &field->path, field->name);
  case FIELD_CALL: return intrinsic_call(e, field->call, field->name);
  default: return NULL;
  }
}

const Json *effective_input(Engine *g, Thread *t) {
  if (t->state->jsonata) return t->input;
  Evaluation e = evaluation_of(t, t->input);
  const Json *input = data_select(&e, t->state->input_path, t->input);
  if (!input) fail(g, t, e.failure);
  return input;
}

static const Json *apply_output_path(Engine *g, Thread *t, Evaluation *e, const Json *output) {
  const Json *found = data_select(e, t->state->output_path, output);
  if (!found) fail(g, t, e->failure);
  return found;
}

static const Json *apply_result_path(Engine *g, Thread *t, Evaluation *e, const DataPath *path, const Json *result) {
  const Json *output = data_combine(e, path, t->input, result);
  if (!output) fail(g, t, e->failure);
  return output;
}

// "Assign" or NULL; false: failed.
static bool make_assigned(Engine *g, Thread *t, Evaluation *e, const Template *assign, const Json **assigned) {
  *assigned = NULL;
  if (!assign) return true;
  if ((*assigned = template_make(e, assign))) return true;
  fail(g, t, e->failure);
  return false;
}

void enter_state(Engine *g, Thread *t) {
  const State *s = t->state;
  t->before = t->last;
  t->attempts = 0;
  t->retried.len = 0;
  t->progressed = false;
  t->inside = true;
  t->entered_at = g->now;
  g->result->entered++;
  emit_next(g, t, (RunEvent){.kind = EVENT_STATE_ENTERED, .state = s, .value = t->input});
  t->entered = t->last;
  if (!g->done) attempt_state(g, t);
}

// The result of a Pass state; NULL: failed.
static const Json *pass_result(Engine *g, Thread *t) {
  const State *s = t->state;
  if (s->jsonata) return t->input;
  const Json *input = effective_input(g, t);
  if (!input || s->result) return input ? s->result : NULL;
  if (!s->parameters) return input;
  Evaluation e = evaluation_of(t, input);
  const Json *made = template_make(&e, s->parameters);
  if (!made) fail(g, t, e.failure);
  return made;
}

// Whether a rule's condition holds.
static RuleResult choose(Evaluation *e, const ChoiceRule *rule) {
  if (rule->rule) return rule_test(e, rule->rule);
  const Json *truth = template_make_kind(e, rule->condition, JSON_TRUE);
  return !truth ? RULE_FAULT : truth->kind == JSON_TRUE ? RULE_HOLDS : RULE_FAILS;
}

// Leaves a Choice state by a rule, or by Default (rule NULL).
static void choice_leave(Engine *g, Thread *t, Evaluation *e, const ChoiceRule *rule) {
  const State *s = t->state;
  const Template *output = rule ? rule->output : s->output;
  const Json *assigned, *out = e->input;
  if (!make_assigned(g, t, e, rule ? rule->assign : s->assign, &assigned)) return;
  if (s->jsonata && output && !(out = template_make(e, output))) {
    fail(g, t, e->failure);
    return;
  }
  if (!s->jsonata && !(out = apply_output_path(g, t, e, out))) return;
  leave(g, t, out, assigned, rule ? rule->next : s->otherwise);
}

static void choice_attempt(Engine *g, Thread *t) {
  const State *s = t->state;
  const Json *input = effective_input(g, t);
  if (!input) return;
  Evaluation e = evaluation_of(t, input);
  for (uint32_t i = 0; i < s->rule_count; i++) {
    RuleResult result = choose(&e, &s->rules[i]);
    if (result == RULE_FAULT) {
      fail(g, t, e.failure);
      return;
    }
    if (result == RULE_HOLDS) {
      choice_leave(g, t, &e, &s->rules[i]);
      return;
    }
  }
  if (s->otherwise) {
    choice_leave(g, t, &e, NULL);
    return;
  }
  fail(g, t,
       failure_of(&g->heap, S("States.Runtime"),
                  "Failed to transition out of the state. The state does not point to a next state."));
}

// Error or Cause of a Fail state, which must be a text; false: failed.
static bool fail_text(Engine *g, Thread *t, Evaluation *e, const Field *field, const Json **text) {
  *text = NULL;
  if (field->kind == FIELD_NONE) return true;
  *text = t->state->jsonata ? template_make_kind(e, field->value, JSON_STRING) : field_get(e, field);
  if (json_is(*text, JSON_STRING)) return true;
  if (*text) {
    evaluation_fail(e, S("States.Runtime"), "The %.*s field refers to value which is not a string",
                    STR_ARG(field->name));
  }
  fail(g, t, e->failure);
  return false;
}

static void fail_attempt(Engine *g, Thread *t) {
  Evaluation e = evaluation_of(t, t->input);
  Failure failure = {.bare = true};
  if (!fail_text(g, t, &e, &t->state->error, &failure.error)) return;
  if (!fail_text(g, t, &e, &t->state->cause, &failure.cause)) return;
  t->inside = false;
  fail(g, t, failure);
}

void attempt_state(Engine *g, Thread *t) {
  const Json *result;
  switch (t->state->kind) {
  case STATE_TASK: task_attempt(g, t); return;
  case STATE_PASS:
    if ((result = pass_result(g, t))) complete(g, t, result);
    return;
  case STATE_WAIT: wait_attempt(g, t); return;
  case STATE_CHOICE: choice_attempt(g, t); return;
  case STATE_SUCCEED: complete(g, t, NULL); return;
  case STATE_FAIL: fail_attempt(g, t); return;
  case STATE_PARALLEL: parallel_attempt(g, t); return;
  case STATE_MAP: map_attempt(g, t); return;
  default: return;
  }
}

// What a state without a result hands on.
static const Json *passed_on(Engine *g, Thread *t) {
  return effective_input(g, t);
}

static void complete_jsonata(Engine *g, Thread *t, const Json *result) {
  const State *s = t->state;
  Evaluation e = evaluation_of(t, t->input);
  bool has_result = s->kind == STATE_TASK || s->kind == STATE_PARALLEL || s->kind == STATE_MAP;
  e.result = has_result ? result : NULL;
  const Json *assigned, *output = has_result ? result : t->input;
  if (!make_assigned(g, t, &e, s->assign, &assigned)) return;
  if (s->output && !(output = template_make(&e, s->output))) {
    fail(g, t, e.failure);
    return;
  }
  leave(g, t, output, assigned, s->next);
}

void complete(Engine *g, Thread *t, const Json *result) {
  const State *s = t->state;
  if (s->jsonata) {
    complete_jsonata(g, t, result);
    return;
  }
  bool has_result = result != NULL;
  if (!has_result && !(result = passed_on(g, t))) return;
  Evaluation e = evaluation_of(t, result);
  const Json *assigned, *output = result;
  // Assign sees the result as it came, before the selector.
  if (!make_assigned(g, t, &e, s->assign, &assigned)) return;
  if (s->result_selector && !(output = result = template_make(&e, s->result_selector))) {
    fail(g, t, e.failure);
    return;
  }
  if (has_result && !(output = apply_result_path(g, t, &e, s->result_path, result))) return;
  if (!(output = apply_output_path(g, t, &e, output))) return;
  leave(g, t, output, assigned, s->next);
}

// Sets the variables; *list is what the event tells.
static void commit(Engine *g, Thread *t, const Json *assigned) {
  Scope *scope = &t->scope;
  for (uint32_t i = 0; i < assigned->count; i++) {
    uint32_t k = 0;
    while (k < scope->len && !str_eq(scope->at[k].name, assigned->members[i].key)) k++;
    if (k == scope->room) {
      uint32_t room = scope->room ? scope->room * 2 : 8;
      scope->at = arena_grow(&g->objects, scope->at, scope->room * sizeof *scope->at, room * sizeof *scope->at);
      scope->room = room;
    }
    if (k == scope->len) scope->len++;
    scope->at[k] = (Variable){assigned->members[i].key, assigned->members[i].value};
  }
}

static const Variable *told(Engine *g, const Json *assigned) {
  Variable *list = arena_raw(&g->heap, assigned->count * sizeof *list);
  for (uint32_t i = 0; i < assigned->count; i++) {
    list[i] = (Variable){assigned->members[i].key, assigned->members[i].value};
  }
  return list;
}

static bool too_large(Engine *g, Thread *t, const Json *output) {
  size_t limit = data_limit(g);
  Str text = engine_text(g, output);
  if (g->done) return true;
  if (limit == 0 || text.len <= limit) return false;
  Failure failure = failure_of(&g->heap, S("States.DataLimitExceeded"),
                               "The state/task '%.*s' returned a result with a size exceeding the maximum number of "
                               "bytes service limit.",
                               STR_ARG(t->state->name));
  failure.bare = failure.final = true;
  fail(g, t, failure);
  return true;
}

void leave(Engine *g, Thread *t, const Json *output, const Json *assigned, const State *next) {
  if (too_large(g, t, output)) return;
  RunEvent event = {.kind = EVENT_STATE_EXITED, .state = t->state, .value = output};
  if (assigned && assigned->count) {
    event.assigned = told(g, assigned);
    event.assigned_count = assigned->count;
  }
  emit_next(g, t, event);
  if (g->done) return;
  if (assigned) commit(g, t, assigned);
  t->inside = false;
  t->stamp++;
  t->input = output;
  if (next) {
    t->state = next;
    queue_add(g, t, g->now, DUE_ENTER);
  } else if (t->parent) {
    fork_child_done(g, t, output);
  } else {
    finish(g, t, RUN_SUCCEEDED, output, NULL);
  }
}
