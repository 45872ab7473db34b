// What TestState refuses before it looks at the state's data.
#include "run/teststate_request.h"
#include "run/mock_shape.h"

typedef struct Request {
  Arena *arena;
  const Json *request, *mock, *configuration, *context;
  const State *state;
  const Json *exception; // what is wrong
} Request;

static Str text_of(const Json *object, Str key) {
  const Json *value = json_get(object, key);
  return json_is(value, JSON_STRING) ? json_str(value) : (Str){0};
}

const Json *test_exception(Arena *arena, Str code, Str message) {
  JsonBuild inner = {.arena = arena}, outer = {.arena = arena};
  json_put(&inner, S("code"), json_string(arena, code));
  json_put(&inner, S("message"), json_string(arena, message));
  json_put(&outer, S("exception"), json_made_object(&inner));
  return json_made_object(&outer);
}

static bool refuse_request(Request *t, Str code, const char *format, ...) __attribute__((format(printf, 3, 4)));
static bool refuse_request(Request *t, Str code, const char *format, ...) {
  va_list args;
  va_start(args, format);
  t->exception = test_exception(t->arena, code, str_vfmt(t->arena, format, args));
  va_end(args);
  return false;
}

bool test_mockable(StateKind kind) {
  return kind == STATE_TASK || kind == STATE_MAP || kind == STATE_PARALLEL;
}

static bool check_result_shape(Request *t, const Json *result) {
  Str fault;
  Str mode = text_of(t->mock, S("fieldValidationMode"));
  return mock_shape_fits(t->arena, &t->state->resource, result, mode, &fault) ||
         refuse_request(t, TEST_INVALID, "%.*s", STR_ARG(fault));
}

static bool check_mock_result(Request *t, const Json *result) {
  const State *s = t->state;
  if (s->kind == STATE_TASK) return check_result_shape(t, result);
  bool writes = s->kind == STATE_MAP && s->map->writes;
  if (writes && result->kind != JSON_OBJECT)
    return refuse_request(t, TEST_INVALID, "Mocked result must be a JSON object.");
  if (!writes && result->kind != JSON_ARRAY) return refuse_request(t, TEST_INVALID, "Mocked result must be an array.");
  if (s->kind == STATE_PARALLEL && result->count != s->branch_count) {
    return refuse_request(t, TEST_INVALID,
                          "Mocked result must contain the same number of items as number of Parallel branches.");
  }
  return true;
}

static bool check_mock(Request *t) {
  const State *s = t->state;
  const Json *failures = json_get(t->configuration, S("mapIterationFailureCount"));
  if (!t->mock) {
    if (failures) {
      return refuse_request(t, TEST_INVALID,
                            "TestState does not support MapIterationFailureCount when a mock is not "
                            "specified.");
    }
    if (s->kind == STATE_MAP || s->kind == STATE_PARALLEL) {
      return refuse_request(t, TEST_INVALID_DEFINITION,
                            "TestState API does not support Map or Parallel states. Supported state types include: "
                            "[Task, Wait, Pass, Succeed, Fail, Choice]");
    }
    bool role = text_of(t->request, S("roleArn")).len > 0;
    if (s->kind != STATE_TASK || role) return true;
    return refuse_request(t, TEST_INVALID, "RoleArn must be specified when testing a Task state");
  }
  const Json *result = json_get(t->mock, S("result"));
  if (result && json_get(t->mock, S("errorOutput"))) {
    return refuse_request(t, TEST_INVALID,
                          "A test mock should have only one of the following fields: [result, errorOutput].");
  }
  if (!test_mockable(s->kind)) {
    return refuse_request(t, TEST_INVALID, "State type '%s' is not supported when a mock is specified",
                          state_kind_names[s->kind]);
  }
  if (json_is(json_get(t->request, S("revealSecrets")), JSON_TRUE)) {
    return refuse_request(t, TEST_INVALID, "TestState does not support RevealSecrets when a mock is specified.");
  }
  return !result || check_mock_result(t, result);
}

// What a context object that is given may hold.
static const struct {
  const char *section, *member;
  JsonKind kind;
} CONTEXT_FIELDS[] = {
    {"Execution", NULL, JSON_OBJECT},
    {"Execution", "Id", JSON_STRING},
    {"Execution", "Input", JSON_NULL}, // any value
    {"Execution", "Name", JSON_STRING},
    {"Execution", "RoleArn", JSON_STRING},
    {"Execution", "StartTime", JSON_STRING},
    {"Execution", "RedriveCount", JSON_NUMBER},
    {"Execution", "RedriveTime", JSON_STRING},
    {"State", NULL, JSON_OBJECT},
    {"State", "EnteredTime", JSON_STRING},
    {"State", "Name", JSON_STRING},
    {"State", "RetryCount", JSON_NUMBER},
    {"StateMachine", NULL, JSON_OBJECT},
    {"StateMachine", "Id", JSON_STRING},
    {"StateMachine", "Name", JSON_STRING},
    {"Task", NULL, JSON_OBJECT},
    {"Task", "Token", JSON_STRING},
};

#define CONTEXT_FAULT "Invalid Context object provided: "

// One field of the context object, of its section or (section empty) of the whole.
static bool check_context_field(Request *t, Str section, const JsonMember *field) {
  bool whole = section.len == 0;
  for (size_t i = 0; i < sizeof CONTEXT_FIELDS / sizeof *CONTEXT_FIELDS; i++) {
    Str in = str_of(CONTEXT_FIELDS[i].section);
    const char *member = CONTEXT_FIELDS[i].member;
    bool meant =
        whole ? !member && str_eq(in, field->key) : member && str_eq(in, section) && str_eq(str_of(member), field->key);
    if (!meant) continue;
    JsonKind kind = CONTEXT_FIELDS[i].kind;
    if (kind == JSON_NULL || field->value->kind == kind) return true;
    return refuse_request(t, TEST_INVALID, CONTEXT_FAULT "%.*s%s%.*s must be %s", STR_ARG(section), whole ? "" : ".",
                          STR_ARG(field->key),
                          kind == JSON_STRING   ? "a string"
                          : kind == JSON_NUMBER ? "a number"
                                                : "an object");
  }
  return refuse_request(t, TEST_INVALID, CONTEXT_FAULT "Field '%.*s' is not allowed", STR_ARG(field->key));
}

static bool check_context(Request *t) {
  const Json *given = t->context;
  const State *s = t->state;
  bool token = s->kind == STATE_TASK && s->resource.pattern != PATTERN_REQUEST;
  if (!given) return true;
  if (given->kind != JSON_OBJECT) return refuse_request(t, TEST_INVALID, CONTEXT_FAULT "it must be an object");
  if (json_get(given, S("Map"))) {
    return refuse_request(t, TEST_INVALID, CONTEXT_FAULT "'Map' field is not supported when mocking a Context object");
  }
  for (uint32_t i = 0; i < given->count; i++) {
    const JsonMember *section = &given->members[i];
    if (!check_context_field(t, (Str){0}, section)) return false;
    for (uint32_t j = 0; j < section->value->count; j++) {
      if (!check_context_field(t, section->key, &section->value->members[j])) return false;
    }
  }
  if (json_get(given, S("Task")) && !token) {
    return refuse_request(t, TEST_INVALID,
                          CONTEXT_FAULT "Context object contains 'Task' when state is not a Task "
                                        "state with a '.sync' or '.waitForTaskToken' service integration pattern");
  }
  return true;
}

const Json *test_request_fault(Arena *arena, const Json *request, const State *state) {
  Request r = {.arena = arena, .request = request, .state = state};
  r.mock = json_get(request, S("mock"));
  r.configuration = json_get(request, S("stateConfiguration"));
  r.context = json_get(request, S("context"));
  if (check_mock(&r)) check_context(&r);
  return r.exception;
}
