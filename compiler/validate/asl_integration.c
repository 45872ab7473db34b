// What the tables of AWS say to a task: whether its integration exists, whether the errors it handles can be raised.
#include "facts/facts.h"
#include "validate/asl.h"

enum { SLIP_MOST = 2 }; // a name this near to a known one is a slip; one farther away may be newer than the tables

// The resource as the tables know it: without region and account, in the partition aws.
static Str plain_resource(Asl *asl, Str text) {
  size_t states = str_find(text, S(":states:"), 0);
  if (!str_starts(text, S("arn:")) || states == text.len) return text;
  Str rest = str_slice(text, states + 8, text.len);
  Str region = str_cut(rest, ':', &rest), account = str_cut(rest, ':', &rest);
  bool plain = str_eq(str_slice(text, 4, states), S("aws")) && !region.len && !account.len;
  if (plain || str_starts(rest, S("activity:"))) return text;
  return str_fmt(asl->arena, "arn:aws:states:::%.*s", STR_ARG(rest));
}

const FactsTask *asl_task_of(Asl *asl, const State *state) {
  const Json *resource = json_get(state->json, S("Resource"));
  if (!json_is(resource, JSON_STRING)) return NULL;
  Str text = json_str(resource);
  FactsTask *task = map_get(&asl->tasks, text);
  if (task) return task;
  Str plain = plain_resource(asl, text);
  if (template_is_open(plain)) return NULL;
  task = NEW(asl->arena, FactsTask);
  *task = facts_task(plain);
  map_set(&asl->tasks, text, task);
  return task;
}

static void report_pattern(Asl *asl, const Json *resource, const FactsTask *task, const Crumb *at) {
  Diag *made = asl_report(asl, "V1072", asl_span(asl, resource), at, "%.*s:%.*s cannot be called with `%.*s`",
                          STR_ARG(task->service), STR_ARG(task->action), STR_ARG(task->suffix));
  if (task->nearest.len) {
    diag_help(asl->diags, made, "did you mean %.*s?", STR_ARG(task->nearest));
  } else if (task->is_sdk) {
    diag_help(asl->diags, made, "an SDK integration answers at once, or waits with .waitForTaskToken");
  }
}

// Whether the SDK integration has what an optimized one was asked for.
static bool sdk_has(const FactsTask *task) {
  FactsService service;
  FactsOperation operation;
  return !task->is_sdk && facts_service(task->service, &service) && facts_operation(service, task->action, &operation);
}

static void report_unknown(Asl *asl, const Json *resource, const FactsTask *task, const Crumb *at) {
  Str name = task->kind == FACTS_TASK_NO_SERVICE ? task->service : task->action;
  const char *what = task->kind == FACTS_TASK_NO_SERVICE ? "service" : "action";
  bool slip = task->nearest.len && str_distance(name, task->nearest, SLIP_MOST) <= SLIP_MOST;
  const char *code = !task->is_sdk ? "V1071" : slip ? "V1075" : "V1084";
  Diag *made = asl_report(asl, code, asl_span(asl, resource), at, "the %s `%.*s` of %.*s%.*s:%.*s is not known", what,
                          STR_ARG(name), STR_ARG(task->is_sdk ? S("aws-sdk:") : S("")), STR_ARG(task->service),
                          STR_ARG(task->action));
  if (sdk_has(task))
    diag_help(asl->diags, made, "there is no optimized integration; call arn:aws:states:::aws-sdk:%.*s:%.*s",
              STR_ARG(task->service), STR_ARG(task->action));
  else if (task->nearest.len)
    diag_help(asl->diags, made, "did you mean %.*s?", STR_ARG(task->nearest));
}

void asl_check_integration(Asl *asl, State *state, const Crumb *up) {
  const FactsTask *task = asl_task_of(asl, state);
  if (!task) return;
  const Json *resource = json_get(state->json, S("Resource"));
  Crumb at = crumb_key(up, S("Resource"));
  if (task->kind == FACTS_TASK_NO_PATTERN) report_pattern(asl, resource, task, &at);
  if (task->kind == FACTS_TASK_NO_SERVICE || task->kind == FACTS_TASK_NO_ACTION)
    report_unknown(asl, resource, task, &at);
}

// --- Errors

static void check_names(Asl *asl, const FactsTask *task, const Json *rules) {
  for (uint32_t i = 0; json_is(rules, JSON_ARRAY) && i < rules->count; i++) {
    const Json *names = json_get(rules->items[i], S("ErrorEquals"));
    for (uint32_t k = 0; json_is(names, JSON_ARRAY) && k < names->count; k++) {
      if (!json_is(names->items[k], JSON_STRING)) continue;
      Str name = json_str(names->items[k]), nearest;
      if (template_is_open(name)) continue;
      if (map_get(&asl->raised, name) == task) continue; // nothing to say, as before
      FactsErrorAnswer answer = facts_task_raises(task, name, asl->arena, &nearest);
      bool slip = nearest.len && str_distance(name, nearest, SLIP_MOST) <= SLIP_MOST;
      if (answer == FACTS_ERROR_CAN || (answer == FACTS_ERROR_MAYBE && !slip)) {
        map_set(&asl->raised, name, (void *)task);
        continue;
      }
      Diag *made = asl_report(asl, "V1034", asl_span(asl, names->items[k]), NULL, "this task cannot fail with `%.*s`",
                              STR_ARG(name));
      if (nearest.len) diag_help(asl->diags, made, "it is spelt %.*s", STR_ARG(nearest));
    }
  }
}

void asl_check_raised(Asl *asl, State *state) {
  const FactsTask *task = asl_task_of(asl, state);
  if (!task || (task->kind != FACTS_TASK_OPTIMIZED && task->kind != FACTS_TASK_SDK)) return;
  check_names(asl, task, json_get(state->json, S("Retry")));
  check_names(asl, task, json_get(state->json, S("Catch")));
}
