// Names and tokens that a service takes once (facts/once.h): tasks that would call with the same one again.
#include "facts/facts.h"
#include "validate/asl.h"

typedef struct Once {
  Asl *asl;
  const State *state;
  const FactsTask *task;
  FactsOnce row;
  const Json *value; // of the argument
  FactsAgain again;
} Once;

static bool names_error(const Json *rule, Str name) {
  const Json *names = json_get(rule, S("ErrorEquals"));
  for (uint32_t i = 0; json_is(names, JSON_ARRAY) && i < names->count; i++)
    if (json_is(names->items[i], JSON_STRING) && str_eq(json_str(names->items[i]), name)) return true;
  return false;
}

// Whether a Catch or Retry has a rule for the error that a repeated name gives: then somebody thought of it.
static bool is_expected(const Once *o) {
  const Json *rules = json_get(o->state->json, S("Catch"));
  for (uint32_t i = 0; json_is(rules, JSON_ARRAY) && i < rules->count; i++) {
    const Json *rule = rules->items[i];
    if (names_error(rule, S("States.ALL")) || names_error(rule, S("States.TaskFailed")) ||
        names_error(rule, o->row.error))
      return true;
  }
  return false;
}

static bool retries(const Json *rule) {
  const Json *most = json_get(rule, S("MaxAttempts"));
  return !json_is(most, JSON_NUMBER) || most->number > 0;
}

// The rule of the state's own Retry that calls again after something was begun.
static const Json *own_retry(const Once *o) {
  const Json *rules = json_get(o->state->json, S("Retry"));
  for (uint32_t i = 0; json_is(rules, JSON_ARRAY) && i < rules->count; i++) {
    const Json *names = json_get(rules->items[i], S("ErrorEquals"));
    for (uint32_t k = 0; json_is(names, JSON_ARRAY) && k < names->count; k++) {
      if (json_is(names->items[k], JSON_STRING) && facts_once_used_up(o->task, json_str(names->items[k])) &&
          retries(rules->items[i]))
        return rules->items[i];
    }
  }
  return NULL;
}

// The nearest state around this one that is retried as a whole, or is a Map.
static const State *around(const Once *o, bool map) {
  for (const State *up = o->state->scope->owner; up; up = up->scope->owner) {
    if (map && up->type == STATE_MAP) return up;
    const Json *rules = map ? NULL : json_get(up->json, S("Retry"));
    for (uint32_t i = 0; json_is(rules, JSON_ARRAY) && i < rules->count; i++)
      if (retries(rules->items[i])) return up;
  }
  return NULL;
}

// Whether what the name is made of is that of a child execution, of which each iteration of a distributed Map has its
// own.
static bool is_of_child(const Once *o) {
  if (!str_has(json_str(o->value), S("$"))) return false;
  for (const Scope *scope = o->state->scope; scope; scope = scope->owner ? scope->owner->scope : NULL)
    if (scope->distributed) return true;
  return false;
}

// Whether the state is entered again on a way that does not begin with its own Catch.
static bool is_in_circle(const Once *o) {
  const Scope *scope = o->state->scope;
  bool *seen = NEW_N(o->asl->arena, bool, scope->count + 1);
  const State **queue = NEW_N(o->asl->arena, const State *, scope->count + 1);
  size_t from = 0, to = 0;
  queue[to++] = o->state;
  while (from < to) {
    const State *state = queue[from++];
    for (size_t i = 0; i < state->ways.len; i++) {
      const State *next = state->ways.at[i].to;
      if (!next || (state == o->state && state->ways.at[i].caught)) continue;
      if (next == o->state) return true;
      if (!seen[next - scope->states]) seen[next - scope->states] = true, queue[to++] = next;
    }
  }
  return false;
}

// Whether some task of the machine deletes things of that service.
static bool is_deleted(const Once *o) {
  for (const Scope *scope = o->asl->top; scope; scope = scope->next) {
    for (uint32_t i = 0; i < scope->count; i++) {
      const State *state = &scope->states[i];
      const FactsTask *task = state->type == STATE_TASK ? asl_task_of(o->asl, state) : NULL;
      if (task && str_eq(task->service, o->task->service) && str_starts(task->action, S("delete"))) return true;
    }
  }
  return false;
}

typedef enum { BY_RETRY, BY_ENTRY, BY_ITERATION, BY_EXECUTION } Repetition;

// What makes the value another one, in the languages of states: JSONPath, JSONata.
static const char *const helps[][2] = {
    [BY_RETRY] = {"States.Format('…-{}', $$.State.RetryCount) or States.UUID()",
                  "$states.context.State.RetryCount or $uuid()"},
    [BY_ENTRY] = {"States.UUID()", "$uuid()"},
    [BY_ITERATION] = {"States.Format('…-{}', $$.Map.Item.Index) or States.UUID()",
                      "$states.context.Map.Item.Index or $uuid()"},
    [BY_EXECUTION] = {"$$.Execution.Name or States.UUID()", "$states.context.Execution.Name or $uuid()"},
};

static Diag *report(const Once *o, Repetition by, const char *what) {
  const char *then = o->row.kind == FACTS_ONCE_TOKEN ? "it is answered as the first call was, and nothing is begun"
                                                     : "it is refused, as the name is taken";
  Diag *made = asl_report(o->asl, by == BY_EXECUTION ? "V1095" : "V1094", asl_span(o->asl, o->value), NULL,
                          "%s calls with the same %.*s: %s", what, STR_ARG(o->row.argument), then);
  if (o->row.error.len) diag_note(o->asl->diags, made, NO_SPAN, "it fails with %.*s", STR_ARG(o->row.error));
  diag_help(o->asl->diags, made, "put something new into it: %s", helps[by][o->state->language == LANGUAGE_JSONATA]);
  return made;
}

static void check(const Once *o) {
  const Json *rule = own_retry(o);
  if (rule && o->again != FACTS_AGAIN_FRESH) {
    Diag *made = report(o, BY_RETRY, "the retry");
    diag_note(o->asl->diags, made, asl_span(o->asl, json_get(rule, S("ErrorEquals"))),
              "it calls again when what was begun has failed");
    return;
  }
  if (o->again != FACTS_AGAIN_SAME || is_expected(o)) return;
  bool freed = o->row.kind == FACTS_ONCE_THING && is_deleted(o), child = is_of_child(o);
  if (freed) return;
  if (!child && around(o, false))
    report(o, BY_ENTRY, "a retry of the state around it");
  else if (!child && around(o, true))
    report(o, BY_ITERATION, "every iteration but the first");
  else if (is_in_circle(o))
    report(o, BY_ENTRY, "the second time round, it");
  else if (o->row.kind == FACTS_ONCE_JOB && !str_has(json_str(o->value), S("$")))
    report(o, BY_EXECUTION, "every execution but the first");
}

static void check_state(Asl *asl, const State *state) {
  Once o = {.asl = asl, .state = state};
  o.task = asl_task_of(asl, state);
  if (!o.task || !facts_once(asl->arena, o.task, &o.row)) return;
  const Json *arguments = json_get(state->json, state->language == LANGUAGE_JSONATA ? S("Arguments") : S("Parameters"));
  if (!json_is(arguments, JSON_OBJECT)) return;
  o.value = json_get(arguments, o.row.argument);
  bool path = !o.value && state->language == LANGUAGE_PATH;
  if (path) o.value = json_get(arguments, str_fmt(asl->arena, "%.*s.$", STR_ARG(o.row.argument)));
  if (!json_is(o.value, JSON_STRING)) return;
  bool constant = state->language == LANGUAGE_JSONATA ? !str_starts(json_str(o.value), S("{%")) : !path;
  o.again = constant ? FACTS_AGAIN_SAME : facts_again(json_str(o.value));
  check(&o);
}

void asl_check_once(Asl *asl) {
  for (const Scope *scope = asl->top; scope; scope = scope->next) {
    for (uint32_t i = 0; i < scope->count; i++)
      if (scope->states[i].type == STATE_TASK && scope->states[i].reached) check_state(asl, &scope->states[i]);
  }
}
