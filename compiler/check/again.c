// Names and tokens that a service takes once (facts/once.h): calls that a retry, a loop or a map would make with the
// same one.
#include "check/internal.h"
#include "facts/facts.h"

typedef struct Call {
  Checker *c;
  const State *state;
  FactsTask task;
  FactsOnce row;
  const Value *value; // of the argument
  FactsAgain again;
} Call;

// What stands around a graph: the nearest map, and whether something around is retried as a whole.
typedef struct Around {
  const State *map;
  bool retried;
} Around;

static FactsAgain least(FactsAgain a, FactsAgain b) {
  return a < b ? a : b;
}

static FactsAgain again_of(const Value *value) {
  FactsAgain all = FACTS_AGAIN_SAME;
  if (value->kind == VALUE_VARIABLE || value->kind == VALUE_INPUT) return FACTS_AGAIN_UNKNOWN;
  if (value->kind == VALUE_JSONATA || value->kind == VALUE_RAW) all = facts_again(value->text);
  if (value->kind == VALUE_CALL) {
    static const Str fresh[] = {STR_INIT("now"), STR_INIT("millis"), STR_INIT("uuid"), STR_INIT("short_id")};
    for (size_t i = 0; i < sizeof fresh / sizeof *fresh; i++)
      if (str_eq(value->text, fresh[i])) return FACTS_AGAIN_FRESH;
  }
  for (size_t i = 0; i < value->count; i++)
    all = least(all, again_of(value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i]));
  return all;
}

static bool retries_what_was_begun(const Call *call) {
  for (size_t i = 0; i < call->state->retries.len; i++) {
    const Retry *retry = &call->state->retries.at[i];
    for (size_t k = 0; k < retry->error_count && retry->attempts != 0; k++)
      if (facts_once_used_up(&call->task, retry->errors[k])) return true;
  }
  return false;
}

static bool is_caught(const Call *call) {
  for (size_t i = 0; i < call->state->catches.len; i++) {
    const Catch *rule = &call->state->catches.at[i];
    for (size_t k = 0; k < rule->error_count; k++) {
      Str name = rule->errors[k];
      if (str_eq(name, S("States.ALL")) || str_eq(name, S("States.TaskFailed")) || str_eq(name, call->row.error))
        return true;
    }
  }
  return false;
}

typedef struct Walk {
  const Graph *graph;
  bool *seen;
  const State *wanted;
  bool found;
} Walk;

static void walk(Walk *w, const State *state) {
  if (!state || w->found) return;
  if (state == w->wanted) {
    w->found = true;
    return;
  }
  for (size_t i = 0; i < w->graph->states.len; i++) {
    if (w->graph->states.at[i] != state) continue;
    if (w->seen[i]) return;
    w->seen[i] = true;
  }
  walk(w, state->next);
  walk(w, state->otherwise);
  for (size_t i = 0; i < state->rules.len; i++) walk(w, state->rules.at[i].next);
  for (size_t i = 0; i < state->catches.len; i++) walk(w, state->catches.at[i].next);
}

static bool is_in_circle(const Call *call, const Graph *graph) {
  Walk w = {.graph = graph, .seen = NEW_N(call->c->arena, bool, graph->states.len + 1), .wanted = call->state};
  walk(&w, call->state->next);
  return w.found;
}

static void report(const Call *call, const char *what, const char *help) {
  Checker *c = call->c;
  const char *then = call->row.kind == FACTS_ONCE_TOKEN ? "it is answered as the first call was, and nothing is begun"
                                                        : "it is refused, as the name is taken";
  Diag *d = diag(c->diags, DIAG_WARNING, "E0326", call->state->span, "%s calls with the same %.*s: %s", what,
                 STR_ARG(call->row.argument), then);
  if (call->row.error.len) diag_note(c->diags, d, NO_SPAN, "it fails with %.*s", STR_ARG(call->row.error));
  diag_help(c->diags, d, "put something new into it: %s", help);
}

static void check_call(Call *call, const Graph *graph, Around around) {
  if (retries_what_was_begun(call) && call->again != FACTS_AGAIN_FRESH) {
    report(call, "the retry", "`${short_id()}` or `${task.retries}`");
    return;
  }
  // What is deleted is not followed here: a thing's name may be free again.
  if (call->again != FACTS_AGAIN_SAME || call->row.kind == FACTS_ONCE_THING || is_caught(call)) return;
  bool constant = call->value->time <= TIME_DEPLOY;
  bool child = around.map && around.map->distributed && !constant; // an execution's name is the child's
  if (around.retried && !child)
    report(call, "a retry of what is around it", "`${short_id()}`");
  else if (around.map && !child)
    report(call, "every iteration but the first", "the item's name, or `${short_id()}`");
  else if (is_in_circle(call, graph))
    report(call, "the second time round, it", "`${short_id()}`");
  else if (call->row.kind == FACTS_ONCE_JOB && constant)
    report(call, "every execution but the first", "a parameter of the flow, `${execution.name}` or `${short_id()}`");
}

static bool is_retried(const State *state) {
  for (size_t i = 0; i < state->retries.len; i++)
    if (state->retries.at[i].attempts != 0) return true;
  return false;
}

static void check_graph(Checker *c, const Graph *graph, Around around) {
  for (size_t i = 0; i < graph->states.len; i++) {
    const State *state = graph->states.at[i];
    Around inside = {.map = state->kind == STATE_MAP ? state : around.map,
                     .retried = around.retried || is_retried(state)};
    if (state->body) check_graph(c, state->body, inside);
    for (size_t k = 0; k < state->branches.len; k++) check_graph(c, state->branches.at[k], inside);
    if (state->kind != STATE_TASK || !state->arguments || state->arguments->kind != VALUE_OBJECT) continue;
    Call call = {.c = c, .state = state, .task = facts_task(state->resource)};
    if (!facts_once(c->arena, &call.task, &call.row)) continue;
    call.value = value_member(state->arguments, call.row.argument);
    if (!call.value || call.value->kind == VALUE_MISSING) continue;
    call.again = again_of(call.value);
    check_call(&call, graph, around);
  }
}

void check_used_again(Checker *c, const Flow *flow) {
  check_graph(c, &flow->graph, (Around){0});
}
