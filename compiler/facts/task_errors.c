// Which errors a task can raise.
#include "facts/integration.h"

// The errors that come of the machinery between Step Functions and the service; any call may raise them.
static const Str transport_errors[] = {
    STR_INIT("SdkClientException"),
    STR_INIT("Unknown"),
    STR_INIT("TooManyRequestsException"),
    STR_INIT("ThrottlingException"),
};

typedef struct Raised {
  Str prefix, catch_all;
  size_t count;
  const FactsTask *task;
} Raised;

static Raised raised_by(const FactsTask *task, Arena *arena) {
  Raised raised = {.task = task};
  if (task->kind == FACTS_TASK_SDK) {
    raised.prefix = facts_service_errors_prefix(task->sdk_service);
    raised.catch_all = str_fmt(arena, "%.*sException", STR_ARG(raised.prefix));
    raised.count = facts_operation_errors(task->operation);
  } else if (task->kind == FACTS_TASK_OPTIMIZED) {
    raised.prefix = task->integration.errors_prefix;
    raised.catch_all = task->integration.catch_all;
    raised.count = facts_integration_errors(task->integration);
  } else if (task->kind == FACTS_TASK_LAMBDA) {
    raised.prefix = S("Lambda");
  }
  return raised;
}

static Str declared(const Raised *raised, size_t index) {
  return raised->task->kind == FACTS_TASK_SDK ? facts_operation_error(raised->task->operation, index)
                                              : facts_integration_error(raised->task->integration, index);
}

// Whether `prefix` is what some service's errors begin with.
static bool is_services_prefix(Str prefix) {
  for (size_t i = 0; i < facts_integrations(); i++)
    if (str_eq(facts_integration_at(i).errors_prefix, prefix)) return true;
  for (size_t i = 0; i < facts_services(); i++)
    if (str_eq(facts_service_errors_prefix(facts_service_at(i)), prefix)) return true;
  return false;
}

// Whether `prefix` is the SDK's for the API behind an optimized integration (BedrockRuntime behind Bedrock): the guide
// does not say for each integration which of the two it reports.
static bool is_of_api(const FactsTask *task, Str prefix) {
  FactsService service;
  return task->kind == FACTS_TASK_OPTIMIZED && facts_service(task->integration.api_service, &service) &&
         str_eq(prefix, facts_service_errors_prefix(service));
}

static FactsErrorAnswer of_own_prefix(const Raised *raised, Str error, Arena *arena, Str *nearest) {
  if (str_eq(error, raised->catch_all)) return FACTS_ERROR_CAN;
  for (size_t i = 0; i < sizeof transport_errors / sizeof *transport_errors; i++)
    if (str_eq(error, transport_errors[i])) return FACTS_ERROR_CAN;
  for (size_t i = 0; i < raised->count; i++)
    if (str_eq(declared(raised, i), error)) return FACTS_ERROR_CAN;
  Nearest near = nearest_to(error);
  for (size_t i = 0; i < raised->count; i++) nearest_offer(&near, declared(raised, i));
  // Models do not declare every error, so another name may still come; a near one is worth telling.
  Str best = nearest_best(&near);
  if (best.len) *nearest = str_fmt(arena, "%.*s.%.*s", STR_ARG(raised->prefix), STR_ARG(best));
  return FACTS_ERROR_MAYBE;
}

FactsErrorAnswer facts_task_raises(const FactsTask *task, Str name, Arena *arena, Str *nearest) {
  *nearest = (Str){0};
  if (str_starts(name, S("States."))) return FACTS_ERROR_CAN;
  Str error;
  Str prefix = str_cut(name, '.', &error);
  Raised raised = raised_by(task, arena);
  if (!error.len || !raised.prefix.len) return FACTS_ERROR_MAYBE;
  if (str_eq(prefix, raised.prefix)) return of_own_prefix(&raised, error, arena, nearest);
  if (str_eq_ignoring_case(prefix, raised.prefix)) {
    *nearest = str_fmt(arena, "%.*s.%.*s", STR_ARG(raised.prefix), STR_ARG(error));
    return FACTS_ERROR_SPELLING;
  }
  // A function may raise errors of whatever name, a token's sender too.
  bool runs_code =
      task->kind == FACTS_TASK_LAMBDA || task->pattern == FACTS_WAIT_FOR_TOKEN || str_eq(raised.prefix, S("Lambda"));
  if (runs_code) return FACTS_ERROR_MAYBE;
  if (is_of_api(task, prefix)) return FACTS_ERROR_MAYBE;
  return is_services_prefix(prefix) ? FACTS_ERROR_CANNOT : FACTS_ERROR_MAYBE;
}
