// What a test says that calls answer, held against what they can answer.
#include "check/internal.h"
#include "facts/facts.h"

typedef struct States {
  const State **at;
  size_t len, room;
} States;

// The calls that a step makes: its own, and those of the steps inside it.
static void calls_of(Checker *c, const Graph *graph, Str step, States *calls) {
  for (size_t i = 0; i < graph->states.len; i++) {
    const State *state = graph->states.at[i];
    bool inside = str_starts(state->step, step) && state->step.len > step.len && state->step.at[step.len] == '.';
    bool call = state->kind == STATE_TASK || state->kind == STATE_RAW;
    if (call && (inside || str_eq(state->step, step) || str_eq(state->name, step))) VEC_PUSH(c->arena, calls, state);
    if (state->body) calls_of(c, state->body, step, calls);
    for (size_t k = 0; k < state->branches.len; k++) calls_of(c, state->branches.at[k], step, calls);
  }
}

// Reports an error that none of the calls can raise.
static void check_error(Checker *c, const States *calls, Str step, const Value *error) {
  Str name, nearest = {0};
  if (!error || !calls->len || !value_is_string(error, &name)) return;
  for (size_t i = 0; i < calls->len; i++) {
    FactsTask task = facts_task(calls->at[i]->resource);
    FactsErrorAnswer answer = facts_task_raises(&task, name, c->arena, &nearest);
    if (calls->at[i]->kind == STATE_RAW || answer == FACTS_ERROR_CAN || answer == FACTS_ERROR_MAYBE) return;
  }
  Diag *d =
      diag(c->diags, DIAG_ERROR, "E0321", error->span, "`%.*s` never raises `%.*s`", STR_ARG(step), STR_ARG(name));
  if (nearest.len) diag_help(c->diags, d, "it is spelt `%.*s`", STR_ARG(nearest));
}

void mock_misfit(Checker *c, Span span, Str step, Str what, Str nearest) {
  Diag *d = diag(c->diags, DIAG_ERROR, "E0706", span, "`%.*s` never answers this: %.*s", STR_ARG(step), STR_ARG(what));
  if (nearest.len) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(nearest));
}

// Members that a declared type does not have, and values of another type; what is left out may be left out on purpose.
static void check_declared(Checker *c, Str step, Str name, const Value *value, const Type *type) {
  if (is_poison(value) || value->kind == VALUE_MISSING || type->tag == T_ANY) return;
  bool object = type->tag == T_OBJECT || type->tag == T_MAP || type->tag == T_SHAPE;
  for (size_t i = 0; object && value->kind == VALUE_OBJECT && i < value->count; i++) {
    const ValueMember *member = &value->members[i];
    bool optional;
    Nearest nearest = nearest_to(member->name);
    const Type *inner = type_member(c, type, member->name, &optional, &nearest);
    if (inner)
      check_declared(c, step, member->name, member->value, inner);
    else
      mock_misfit(c, member->span, step, str_fmt(c->arena, "there is no %.*s", STR_ARG(member->name)),
                  nearest_best(&nearest));
  }
  if (object && value->kind == VALUE_OBJECT) return;
  if (type->tag == T_LIST && value->kind == VALUE_LIST) {
    for (size_t i = 0; i < value->count; i++) check_declared(c, step, name, value->items[i], type->item);
    return;
  }
  if (value_fits(c->arena, value, type)) return;
  Str wanted = type_text(c->arena, type), given = type_text(c->arena, value->type);
  mock_misfit(c, value->span, step,
              str_fmt(c->arena, "%.*s is %.*s, not %.*s", STR_ARG(name), STR_ARG(wanted), STR_ARG(given)), (Str){0});
}

// Several calls do not answer alike: the mock has to say which one it means.
static bool check_several(Checker *c, const States *calls, Str step, const Value *value) {
  bool several = false;
  for (size_t i = 1; i < calls->len; i++) several = several || !str_eq(calls->at[i]->step, calls->at[0]->step);
  if (!several) return false;
  Diag *d = diag(c->diags, DIAG_ERROR, "E0707", value->span, "`%.*s` makes several calls, which do not all answer this",
                 STR_ARG(step));
  Buf names = {.arena = c->arena};
  for (size_t i = 0; i < calls->len; i++) {
    bool said = false;
    for (size_t k = 0; k < i && !said; k++) said = str_eq(calls->at[k]->step, calls->at[i]->step);
    if (!said) buf_fmt(&names, "%s`%.*s`", names.len ? ", " : "", STR_ARG(calls->at[i]->step));
  }
  diag_help(c->diags, d, "mock one of %.*s", STR_ARG(buf_text(&names)));
  return true;
}

static void check_value(Checker *c, const State *state, const Value *value) {
  FactsTask task = facts_task(state->resource);
  if (state->kind != STATE_TASK || task.pattern == FACTS_WAIT_FOR_TOKEN) return;
  // A test says what the spec sees of a function or flow, not the envelope that its answer comes in.
  bool enveloped = str_eq(state->action, S("invoke")) && str_eq(state->service, S("lambda"));
  enveloped = enveloped || task.pattern == FACTS_SYNC2;
  if (!enveloped)
    check_answer(c, &task, state->step, value);
  else if (state->answer_type && state->answer_member.len)
    check_declared(c, state->step, S("it"), value, state->answer_type);
}

void check_mock(Checker *c, const Test *test, Str step, const TestAnswer *answer) {
  if (!test->flow || c->broken_flows || !step.len) return;
  States calls = {0};
  calls_of(c, &test->flow->graph, step, &calls);
  check_error(c, &calls, step, answer->error);
  if (!answer->value || is_poison(answer->value) || check_several(c, &calls, step, answer->value)) return;
  for (size_t i = 0; i < calls.len; i++) check_value(c, calls.at[i], answer->value);
}
