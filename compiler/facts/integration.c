#include "facts/integration.h"
#include "facts/api_layout.h"

enum {
  WORD_NAME,
  WORD_SERVICE,
  WORD_ACTION,
  WORD_ERRORS_PREFIX,
  WORD_CATCH_ALL,
  WORD_API_SERVICE,
  WORD_API_ACTION,
  WORD_PATTERNS,
  WORD_INPUT,
  WORD_OUTPUT,
  WORD_SYNC,
  WORD_SYNC2,
  WORD_ERRORS,
};

// --- The table

static FactsAt integrations(size_t *count) {
  FactsAt header = api_header();
  *count = facts_word(header, API_INTEGRATION_COUNT);
  return facts_go(header, facts_word(header, API_INTEGRATIONS));
}

static Str text_at(FactsAt record, size_t word) {
  return facts_string(record, facts_word(record, word));
}

size_t facts_integrations(void) {
  size_t count;
  integrations(&count);
  return count;
}

FactsIntegration facts_integration_at(size_t index) {
  size_t count;
  FactsAt entries = integrations(&count);
  FactsAt at = facts_go(entries, facts_word(entries, 2 * index + 1));
  return (FactsIntegration){
      .at = at,
      .service = text_at(at, WORD_SERVICE),
      .action = text_at(at, WORD_ACTION),
      .patterns = facts_word(at, WORD_PATTERNS),
      .errors_prefix = text_at(at, WORD_ERRORS_PREFIX),
      .catch_all = text_at(at, WORD_CATCH_ALL),
      .api_service = text_at(at, WORD_API_SERVICE),
      .api_action = text_at(at, WORD_API_ACTION),
      .input = api_shape(at, facts_word(at, WORD_INPUT)),
  };
}

// Few enough to look through.
bool facts_integration(Str service, Str action, FactsIntegration *integration) {
  for (size_t i = 0; i < facts_integrations(); i++) {
    FactsIntegration one = facts_integration_at(i);
    if (!str_eq(one.service, service) || !str_eq(one.action, action)) continue;
    *integration = one;
    return true;
  }
  return false;
}

// What a call under `pattern` gives: the API's answer, for .sync the finished job's description. FACTS_ANY for
// .waitForTaskToken, where the sender of the token decides.
static FactsShape integration_output(FactsIntegration integration, FactsPattern pattern) {
  static const int words[] = {WORD_OUTPUT, WORD_SYNC, WORD_SYNC2};
  if (pattern == FACTS_WAIT_FOR_TOKEN) return facts_shape_any();
  return api_shape(integration.at, facts_word(integration.at, (size_t)words[pattern]));
}

size_t facts_integration_errors(FactsIntegration integration) {
  return api_texts(integration.at, facts_word(integration.at, WORD_ERRORS));
}

Str facts_integration_error(FactsIntegration integration, size_t index) {
  return api_text(integration.at, facts_word(integration.at, WORD_ERRORS), index);
}

// --- A task's resource

static const Str suffixes[] = {
    STR_INIT(""),
    STR_INIT(".sync"),
    STR_INIT(".sync:2"),
    STR_INIT(".waitForTaskToken"),
};

Str facts_pattern_suffix(FactsPattern pattern) {
  return suffixes[pattern];
}

static bool pattern_of(Str suffix, FactsPattern *pattern) {
  for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
    if (!str_eq(suffixes[i], suffix)) continue;
    *pattern = (FactsPattern)i;
    return true;
  }
  return false;
}

static void no_pattern(FactsTask *task) {
  Nearest nearest = nearest_to(task->suffix);
  for (size_t i = 1; i < sizeof suffixes / sizeof *suffixes; i++) {
    bool offered = task->is_sdk ? i == FACTS_WAIT_FOR_TOKEN : (task->integration.patterns >> i & 1) != 0;
    if (offered) nearest_offer(&nearest, suffixes[i]);
  }
  task->kind = FACTS_TASK_NO_PATTERN;
  task->nearest = nearest_best(&nearest);
}

// An SDK integration waits for a token or not at all.
static void find_sdk(FactsTask *task) {
  if (!facts_service(task->service, &task->sdk_service)) {
    Nearest nearest = nearest_to(task->service);
    for (size_t i = 0; i < facts_services(); i++) nearest_offer(&nearest, facts_service_name(facts_service_at(i)));
    task->kind = FACTS_TASK_NO_SERVICE;
    task->nearest = nearest_best(&nearest);
    return;
  }
  if (!facts_operation(task->sdk_service, task->action, &task->operation)) {
    Nearest nearest = nearest_to(task->action);
    for (size_t i = 0; i < facts_operations(task->sdk_service); i++)
      nearest_offer(&nearest, facts_operation_at(task->sdk_service, i).action);
    task->kind = FACTS_TASK_NO_ACTION;
    task->nearest = nearest_best(&nearest);
    return;
  }
  task->kind = FACTS_TASK_SDK;
  if (!pattern_of(task->suffix, &task->pattern) || task->pattern == FACTS_SYNC || task->pattern == FACTS_SYNC2)
    no_pattern(task);
}

static void find_optimized(FactsTask *task) {
  if (facts_integration(task->service, task->action, &task->integration)) {
    task->kind = FACTS_TASK_OPTIMIZED;
    if (!pattern_of(task->suffix, &task->pattern) || !(task->integration.patterns >> task->pattern & 1))
      no_pattern(task);
    return;
  }
  Nearest actions = nearest_to(task->action), names = nearest_to(task->service);
  bool known = false;
  for (size_t i = 0; i < facts_integrations(); i++) {
    FactsIntegration one = facts_integration_at(i);
    nearest_offer(&names, one.service);
    if (!str_eq(one.service, task->service)) continue;
    known = true;
    nearest_offer(&actions, one.action);
  }
  task->kind = known ? FACTS_TASK_NO_ACTION : FACTS_TASK_NO_SERVICE;
  task->nearest = nearest_best(known ? &actions : &names);
}

FactsTask facts_task(Str resource) {
  FactsTask task = {.kind = FACTS_TASK_UNKNOWN, .resource = resource};
  Str rest, partition, service, place;
  if (!str_eq(str_cut(resource, ':', &rest), S("arn"))) return task;
  partition = str_cut(rest, ':', &rest);
  service = str_cut(rest, ':', &rest);
  place = str_cut(rest, ':', &rest); // the region, empty in integrations
  Str account = str_cut(rest, ':', &rest);
  if (!str_starts(partition, S("aws"))) return task;
  if (str_eq(service, S("lambda"))) {
    if (str_starts(rest, S("function:"))) task.kind = FACTS_TASK_LAMBDA;
    return task;
  }
  if (!str_eq(service, S("states"))) return task;
  if (place.len || account.len) {
    if (str_starts(rest, S("activity:"))) task.kind = FACTS_TASK_ACTIVITY;
    return task;
  }
  if (str_starts(rest, S("aws-sdk:"))) {
    task.is_sdk = true;
    str_cut(rest, ':', &rest);
  }
  task.service = str_cut(rest, ':', &rest);
  size_t dot = str_find(rest, S("."), 0);
  task.action = str_slice(rest, 0, dot);
  task.suffix = str_slice(rest, dot, rest.len);
  if (task.is_sdk)
    find_sdk(&task);
  else
    find_optimized(&task);
  return task;
}

FactsShape facts_task_input(const FactsTask *task) {
  if (task->kind == FACTS_TASK_OPTIMIZED) return task->integration.input;
  if (task->kind == FACTS_TASK_SDK) return task->operation.input;
  return facts_shape_any();
}

FactsShape facts_task_output(const FactsTask *task) {
  if (task->kind == FACTS_TASK_OPTIMIZED) return integration_output(task->integration, task->pattern);
  if (task->kind == FACTS_TASK_SDK && task->pattern == FACTS_REQUEST) return task->operation.output;
  return facts_shape_any();
}
