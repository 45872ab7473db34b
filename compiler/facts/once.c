#include "facts/once.h"
#include "facts/policy_parts.h"

static FactsOnceKind kind_of(Str word) {
  return str_eq(word, S("job")) ? FACTS_ONCE_JOB : str_eq(word, S("thing")) ? FACTS_ONCE_THING : FACTS_ONCE_TOKEN;
}

// The service and operation behind a task, as the SDK names them.
static bool api_of(const FactsTask *task, Str *service, Str *action) {
  bool sdk = task->kind == FACTS_TASK_SDK;
  if (!sdk && task->kind != FACTS_TASK_OPTIMIZED) return false;
  *service = sdk ? facts_service_name(task->sdk_service) : task->integration.api_service;
  *action = sdk ? task->operation.action : task->integration.api_action;
  return true;
}

static Str error_of(Arena *arena, const FactsTask *task, Str name) {
  if (str_eq(name, S("-"))) return (Str){0};
  bool sdk = task->kind == FACTS_TASK_SDK;
  Str prefix = sdk ? facts_service_errors_prefix(task->sdk_service) : task->integration.errors_prefix;
  if (!str_eq(name, S("*"))) return str_fmt(arena, "%.*s.%.*s", STR_ARG(prefix), STR_ARG(name));
  if (sdk) return str_fmt(arena, "%.*s.%.*sException", STR_ARG(prefix), STR_ARG(prefix));
  return str_fmt(arena, "%.*s.%.*s", STR_ARG(prefix), STR_ARG(task->integration.catch_all));
}

bool facts_once(Arena *arena, const FactsTask *task, FactsOnce *once) {
  Str service, action, rest = {0};
  if (!api_of(task, &service, &action)) return false;
  PolicyRow row;
  while (policy_row(S("facts/once.tsv"), &rest, &row)) {
    Str row_action, row_service = str_cut(row.column[0], ':', &row_action);
    if (!str_eq(row_service, service) || !str_eq(row_action, action)) continue;
    *once = (FactsOnce){.kind = kind_of(row.column[2]),
                        .argument = row.column[1],
                        .error = error_of(arena, task, row.column[3]),
                        .words = row.column[4]};
    return true;
  }
  return false;
}

bool facts_once_used_up(const FactsTask *task, Str error) {
  if (task->pattern == FACTS_REQUEST) return false;
  static const Str begun[] = {STR_INIT("States.ALL"), STR_INIT("States.TaskFailed"), STR_INIT("States.Timeout"),
                              STR_INIT("States.HeartbeatTimeout")};
  for (size_t i = 0; i < sizeof begun / sizeof *begun; i++)
    if (str_eq(error, begun[i])) return true;
  // Whoever answers with a task's token names the error; what has a dot is a service's.
  return task->pattern == FACTS_WAIT_FOR_TOKEN && !str_has(error, S("."));
}

// --- Texts

// What begins a reference that gives another value each time it is evaluated.
static const Str fresh[] = {
    STR_INIT("$uuid("),           STR_INIT("$random("),     STR_INIT("$now("),
    STR_INIT("$millis("),         STR_INIT("States.UUID("), STR_INIT("States.MathRandom("),
    STR_INIT("State.RetryCount"), STR_INIT("Task.Token"),
};

static bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The reference that begins at a `$`: "$$.Execution.Name", "$states.context.Execution.Id", "$join".
static Str reference_at(Str text, size_t at) {
  size_t end = at;
  while (end < text.len && (text.at[end] == '$' || text.at[end] == '.' || is_name(text.at[end]))) end++;
  return str_slice(text, at, end);
}

static FactsAgain reference_again(Str reference, bool called) {
  static const Str contexts[] = {STR_INIT("$$."), STR_INIT("$states.context.")};
  for (size_t i = 0; i < sizeof contexts / sizeof *contexts; i++) {
    if (!str_starts(reference, contexts[i])) continue;
    Str member = str_slice(reference, contexts[i].len, reference.len);
    if (str_starts(member, S("State.EnteredTime"))) return FACTS_AGAIN_ENTRY;
    bool same = str_starts(member, S("Execution.")) || str_starts(member, S("StateMachine."));
    return same && !str_starts(member, S("Execution.Input")) ? FACTS_AGAIN_SAME : FACTS_AGAIN_UNKNOWN;
  }
  return called ? FACTS_AGAIN_SAME : FACTS_AGAIN_UNKNOWN; // a function gives the same for the same
}

FactsAgain facts_again(Str text) {
  for (size_t i = 0; i < sizeof fresh / sizeof *fresh; i++)
    if (str_has(text, fresh[i])) return FACTS_AGAIN_FRESH;
  FactsAgain all = FACTS_AGAIN_SAME;
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] != '$') continue;
    Str reference = reference_at(text, i);
    size_t end = i + reference.len;
    FactsAgain one = reference_again(reference, end < text.len && text.at[end] == '(');
    if (one < all) all = one;
    i = end - 1;
  }
  return all;
}
