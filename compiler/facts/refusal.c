// How a call fails whose arguments the service does not take.
#include "facts/check_arguments.h"
#include "base/planted.h"

// The path as the service spells it: members in camelCase, elements counted from one
// ("inputDataConfig.1.member.channelName").
static Str service_path(Arena *arena, Str path) {
  Buf out = {.arena = arena};
  bool start = true;
  for (size_t i = 0; i < path.len; i++) {
    char c = path.at[i];
    if (c == '[') {
      size_t index = 0;
      for (i++; i < path.len && path.at[i] != ']'; i++) index = index * 10 + (size_t)(path.at[i] - '0');
      buf_fmt(&out, ".%zu.member", index + 1);
      continue;
    }
    buf_char(&out, start ? ascii_lower(c) : c);
    start = c == '.';
  }
  return buf_text(&out);
}

static void write_enum_set(Buf *out, FactsShape shape) {
  buf_char(out, '[');
  for (size_t i = 0; i < facts_shape_enums(shape); i++)
    buf_fmt(out, "%s%.*s", i ? ", " : "", STR_ARG(facts_shape_enum(shape, i)));
  buf_char(out, ']');
}

static double amount_of(const Json *value) {
  return value->kind == JSON_NUMBER ? value->number : (double)value->count;
}

static void write_constraint(Buf *out, const FactsFinding *finding) {
  FactsLimits limits = facts_shape_limits(finding->shape);
  const char *what = json_is(finding->value, JSON_NUMBER) ? "value" : "length";
  bool low = limits.has_min && finding->value && amount_of(finding->value) < limits.min;
  switch (finding->fault) {
  case FACTS_MISSING_MEMBER: buf_str(out, S("not be null")); return;
  case FACTS_BAD_ENUM:
    buf_str(out, S("satisfy enum value set: "));
    write_enum_set(out, finding->shape);
    return;
  case FACTS_BAD_PATTERN: buf_fmt(out, "satisfy regular expression pattern: %.*s", STR_ARG(limits.pattern)); return;
  default:
    buf_fmt(out, "have %s %s than or equal to %.15g", what, low ? "greater" : "less", low ? limits.min : limits.max);
  }
}

static void write_value(Buf *out, const FactsFinding *finding) {
  if (finding->fault == FACTS_MISSING_MEMBER) {
    buf_str(out, S("null"));
    return;
  }
  buf_char(out, '\'');
  if (finding->value->kind == JSON_STRING)
    buf_str(out, json_str(finding->value));
  else
    json_write(out, finding->value, JSON_COMPACT);
  buf_char(out, '\'');
}

// The name under which the older SDK, which optimized integrations use, reports a service: its catch-all error without
// "Exception", but for DynamoDB.
static Str reported_service(const FactsIntegration *integration) {
  if (str_eq(integration->errors_prefix, S("DynamoDB"))) return S("AmazonDynamoDBv2");
  Str name = integration->catch_all;
  return str_slice(name, 0, name.len - (sizeof "Exception" - 1));
}

// An error with the words of the service; `error` empty: its catch-all. `code` is what the API calls it.
static FactsRefusal of_service(Arena *arena, const FactsTask *task, Str words, Str error, Str code) {
  static const char request[] = "00000000-0000-0000-0000-000000000000";
  if (task->kind == FACTS_TASK_SDK) {
    Str prefix = facts_service_errors_prefix(task->sdk_service);
    if (!error.len) error = str_fmt(arena, "%.*s.%.*sException", STR_ARG(prefix), STR_ARG(prefix));
    return (FactsRefusal){error, str_fmt(arena, "%.*s (Service: %.*s, Status Code: 400, Request ID: %s)",
                                         STR_ARG(words), STR_ARG(prefix), request)};
  }
  const FactsIntegration *integration = &task->integration;
  if (!error.len)
    error = str_fmt(arena, "%.*s.%.*s", STR_ARG(integration->errors_prefix), STR_ARG(integration->catch_all));
  Str cause = str_fmt(arena, "%.*s (Service: %.*s; Status Code: 400; Error Code: %.*s; Request ID: %s; Proxy: null)",
                      STR_ARG(words), STR_ARG(reported_service(integration)), STR_ARG(code), request);
  return (FactsRefusal){error, cause};
}

static FactsRefusal by_service(Arena *arena, const FactsTask *task, const FactsFinding *finding) {
  Buf cause = {.arena = arena};
  buf_str(&cause, S("1 validation error detected: Value "));
  write_value(&cause, finding);
  buf_fmt(&cause, " at '%.*s' failed to satisfy constraint: Member must ", STR_ARG(service_path(arena, finding->path)));
  write_constraint(&cause, finding);
  return of_service(arena, task, buf_text(&cause), (Str){0}, S("ValidationException"));
}

FactsRefusal facts_once_refusal(Arena *arena, const FactsTask *task, const FactsOnce *once, Str value) {
  Str words = once->words, code = once->error;
  size_t at = str_find(words, S("{}"), 0), dot = str_find(code, S("."), 0) + 1;
  if (at < words.len)
    words =
        str_fmt(arena, "%.*s%.*s%.*s", (int)at, words.at, STR_ARG(value), STR_ARG(str_slice(words, at + 2, words.len)));
  code = str_slice(code, dot, code.len);
  bool named = !str_eq(code, task->integration.catch_all);
  if (named && str_ends(code, S("Exception"))) code = str_slice(code, 0, code.len - (sizeof "Exception" - 1));
  return of_service(arena, task, words, once->error, named ? code : S("ValidationException"));
}

// Step Functions looks at names and types itself, and at what its optimized integrations require.
static FactsRefusal by_step_functions(Arena *arena, const Json *arguments, const FactsFinding *finding) {
  PLANTED(finding->fault == FACTS_UNKNOWN_MEMBER && finding->member.len < 3);
  static const char *const type_names[] = {
      "ANY",    "an OBJECT", "a LIST",   "an OBJECT", "a STRING",    "an INTEGER",
      "a LONG", "a FLOAT",   "a DOUBLE", "a BOOLEAN", "a TIMESTAMP", "a STRING",
  };
  Str path = finding->path, why;
  if (finding->fault == FACTS_UNKNOWN_MEMBER)
    why = str_fmt(arena, "The field '%.*s' is not supported by Step Functions", STR_ARG(finding->member));
  else if (finding->fault == FACTS_MISSING_MEMBER)
    why = str_fmt(arena, "The field '%.*s' is required but was missing", STR_ARG(finding->member));
  else if (finding->fault == FACTS_WRONG_TYPE)
    why = str_fmt(arena, "The value for the field '%.*s' must be %s", STR_ARG(path),
                  type_names[facts_shape_kind(finding->shape)]);
  else
    why = str_fmt(arena, "The value of the field '%.*s' has an invalid format", STR_ARG(path));
  Str given = arguments ? json_text(arena, arguments, JSON_COMPACT) : S("{}");
  return (FactsRefusal){S("States.Runtime"),
                        str_fmt(arena, "The Parameters '%.*s' could not be used to start the Task: [%.*s]",
                                STR_ARG(given), STR_ARG(why))};
}

static FactsRefusal refusal_of(Arena *arena, const FactsTask *task, const Json *arguments,
                               const FactsFinding *finding) {
  bool optimized = task->kind == FACTS_TASK_OPTIMIZED;
  bool no_api = optimized && !task->integration.catch_all.len;
  switch (finding->fault) {
  case FACTS_UNKNOWN_MEMBER:
  case FACTS_WRONG_TYPE:
  case FACTS_NOT_ONE_OF_UNION:
  case FACTS_TOO_DEEP: return by_step_functions(arena, arguments, finding);
  case FACTS_MISSING_MEMBER:
    return optimized ? by_step_functions(arena, arguments, finding) : by_service(arena, task, finding);
  case FACTS_OUT_OF_RANGE:
  case FACTS_BAD_ENUM:
  case FACTS_BAD_PATTERN: break;
  }
  return no_api ? by_step_functions(arena, arguments, finding) : by_service(arena, task, finding);
}

typedef struct First {
  const FactsUnknown *unknown;
  bool found;
  FactsFinding finding;
} First;

static void keep_first(void *with, const FactsFinding *finding) {
  First *first = with;
  if (first->found) return;
  first->found = true;
  first->finding = *finding;
}

static FactsLeaf known_leaf(void *with, Str key, const Json *value, JsonKind *kind) {
  const FactsUnknown *unknown = ((First *)with)->unknown;
  (void)key;
  (void)kind;
  bool any = json_is(value, JSON_STRING) && unknown->is(unknown->with, json_str(value));
  return any ? FACTS_LEAF_UNKNOWN : FACTS_LEAF_CONSTANT;
}

bool facts_accepts(Arena *arena, const FactsTask *task, const Json *arguments, const FactsUnknown *unknown,
                   FactsRefusal *refusal) {
  First first = {.unknown = unknown};
  FactsCheck check = {.arena = arena, .with = &first, .found = keep_first, .leaf = unknown ? known_leaf : NULL};
  if (!facts_check_arguments(&check, facts_task_input(task), arguments)) return true;
  *refusal = refusal_of(arena, task, arguments, &first.finding);
  return false;
}
