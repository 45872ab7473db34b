// TestState works on one state outside of any execution: nothing is scheduled, nothing waits, and what data becomes on
// its way through the state is shown.
#include "run/teststate.h"
#include "run/data.h"
#include "run/instant.h"
#include "run/teststate_request.h"
#include "run/value.h"
#include <math.h>

typedef struct Test {
  Arena *arena;
  const Json *request;
  const RunOptions *options;
  const State *state;
  const Json *input, *mock, *configuration, *given_context;
  Scope scope;
  uint64_t random;
  JsonBuild seen, error_details; // inspectionData
  JsonBuild answer;
  const Json *exception;
} Test;

static Str text_of(const Json *object, Str key) {
  const Json *value = json_get(object, key);
  return json_is(value, JSON_STRING) ? json_str(value) : (Str){0};
}

// --- Refusals

static bool refuse_request(Test *t, Str code, const char *format, ...) __attribute__((format(printf, 3, 4)));
static bool refuse_request(Test *t, Str code, const char *format, ...) {
  va_list args;
  va_start(args, format);
  if (!t->exception) t->exception = test_exception(t->arena, code, str_vfmt(t->arena, format, args));
  va_end(args);
  return false;
}

// --- Evaluating

static const Json *made_text(Test *t, Str text) {
  return json_string(t->arena, text);
}

// The context object of a state that runs in no execution: names are made up.
static const Json *made_context(Evaluation *e) {
  Test *t = e->with;
  Arena *a = t->arena;
  JsonBuild build = {.arena = a}, execution = {.arena = a}, machine = {.arena = a}, state = {.arena = a};
  Str name = random_uuid(&t->random, a), owner = random_uuid(&t->random, a), role = text_of(t->request, S("roleArn"));
  Buf now = {.arena = a};
  instant_write(&now, t->options->now);
  Str account = S("111111111111");
  for (int i = 0, colons = 0; i < (int)role.len && colons <= 5; i++) {
    if (role.at[i] == ':' && ++colons == 4) account = str_cut(str_slice(role, (size_t)i + 1, role.len), ':', &(Str){0});
  }
  json_put(&execution, S("Id"),
           made_text(t, str_fmt(a, "arn:aws:states:us-east-1:%.*s:express:%.*s:%.*s", STR_ARG(account), STR_ARG(owner),
                                STR_ARG(name))));
  json_put(&execution, S("Input"), t->input);
  json_put(&execution, S("Name"), made_text(t, name));
  json_put(&execution, S("RoleArn"), role.len ? made_text(t, role) : &JSON_THE_NULL);
  json_put(&execution, S("StartTime"), made_text(t, buf_text(&now)));
  json_put(
      &machine, S("Id"),
      made_text(t, str_fmt(a, "arn:aws:states:us-east-1:%.*s:stateMachine:%.*s", STR_ARG(account), STR_ARG(owner))));
  json_put(&machine, S("Name"), made_text(t, owner));
  json_put(&state, S("Name"), made_text(t, S("StateName")));
  json_put(&state, S("EnteredTime"), made_text(t, buf_text(&now)));
  if (test_mockable(t->state->kind)) json_put(&state, S("RetryCount"), json_number(a, 0));
  json_put(&build, S("Execution"), json_made_object(&execution));
  json_put(&build, S("StateMachine"), json_made_object(&machine));
  json_put(&build, S("State"), json_made_object(&state));
  return json_made_object(&build);
}

static Evaluation evaluation(Test *t, const Json *input) {
  return (Evaluation){.arena = t->arena,
                      .input = input,
                      .scope = &t->scope,
                      .make_context = made_context,
                      .with = t,
                      .context = t->given_context,
                      .now_ms = t->options->now * 1000,
                      .random = &t->random};
}

static const Json *see(Test *t, Str name, const Json *value) {
  json_put(&t->seen, name, value);
  return value;
}

// --- Ends

static void end_failed(Test *t, Str status, const Failure *failure) {
  json_put(&t->answer, S("cause"), failure->cause);
  json_put(&t->answer, S("error"), failure->error);
  json_put(&t->answer, S("status"), made_text(t, status));
}

static bool retriable(Test *t, const Failure *failure) {
  const Json *done = json_get(t->configuration, S("retrierRetryCount"));
  double count = json_is(done, JSON_NUMBER) ? done->number : 0;
  for (uint32_t i = 0; i < t->state->retrier_count; i++) {
    const Retrier *r = &t->state->retriers[i];
    if (!failure_matches(r->errors, r->error_count, failure)) continue;
    // The retrier is told also when it has no attempts left.
    json_put(&t->error_details, S("retryIndex"), json_number(t->arena, i));
    if (count >= r->attempts) return false;
    double delay = r->interval * pow(r->backoff, count);
    if (r->max_delay > 0 && delay > r->max_delay) delay = r->max_delay;
    json_put(&t->error_details, S("retryBackoffIntervalSeconds"), json_number(t->arena, floor(delay)));
    end_failed(t, S("RETRIABLE"), failure);
    return true;
  }
  return false;
}

// What a catcher makes of the error, or NULL.
static const Json *caught_output(Test *t, const Catcher *c, const Failure *failure) {
  JsonBuild build = {.arena = t->arena};
  json_put(&build, S("Error"), failure_text(t->arena, failure, failure->error));
  json_put(&build, S("Cause"), failure_text(t->arena, failure, failure->cause));
  const Json *error = json_made_object(&build);
  Evaluation e = evaluation(t, t->state->jsonata ? t->input : error);
  e.error_output = error;
  if (!t->state->jsonata) return data_combine(&e, c->result_path, t->input, error);
  return c->output ? template_make(&e, c->output) : error;
}

static void end_with_failure(Test *t, Failure failure) {
  if (!failure.final && retriable(t, &failure)) return;
  for (uint32_t i = 0; !failure.final && i < t->state->catcher_count; i++) {
    const Catcher *c = &t->state->catchers[i];
    if (!failure_matches(c->errors, c->error_count, &failure)) continue;
    const Json *output = caught_output(t, c, &failure);
    json_put(&t->error_details, S("catchIndex"), json_number(t->arena, i));
    json_put(&t->answer, S("nextState"), made_text(t, c->next->name));
    json_put(&t->answer, S("output"), output);
    end_failed(t, S("CAUGHT_ERROR"), &failure);
    return;
  }
  end_failed(t, S("FAILED"), &failure);
}

static void end_succeeded(Test *t, const Json *output, const State *next) {
  if (next) json_put(&t->answer, S("nextState"), made_text(t, next->name));
  json_put(&t->answer, S("output"), output);
  json_put(&t->answer, S("status"), made_text(t, S("SUCCEEDED")));
}

// --- The way of data

// The result on its way out. `shown`: the state makes a result that the API shows by itself.
static void finish_result(Test *t, const Json *result, bool shown) {
  const State *s = t->state;
  Evaluation e = evaluation(t, s->jsonata ? t->input : result);
  e.result = result;
  const Json *output = result;
  if (shown) see(t, S("result"), result);
  if (s->jsonata) {
    if (s->output) output = template_make(&e, s->output);
  } else {
    if (s->result_selector) output = template_make(&e, s->result_selector);
    if (output) see(t, S("afterResultSelector"), output);
    if (output) output = data_combine(&e, s->result_path, t->input, output);
    if (output) see(t, S("afterResultPath"), output);
    if (output) output = data_select(&e, s->output_path, output);
  }
  if (output)
    end_succeeded(t, output, s->next);
  else
    end_with_failure(t, e.failure);
}

// The state's own input, or NULL (and ended).
static const Json *take_input(Test *t, bool shown) {
  const State *s = t->state;
  if (s->jsonata) return t->input;
  Evaluation e = evaluation(t, t->input);
  const Json *input = data_select(&e, s->input_path, t->input);
  if (!input) end_with_failure(t, e.failure);
  if (input && shown) see(t, S("afterInputPath"), input);
  return input;
}

static const Json *take_parameters(Test *t, const Json *input, bool shown) {
  const State *s = t->state;
  Evaluation e = evaluation(t, input);
  const Json *made = s->parameters ? template_make(&e, s->parameters) : input;
  if (!made) end_with_failure(t, e.failure);
  if (made && shown) see(t, s->jsonata ? S("afterArguments") : S("afterParameters"), made);
  return made;
}

static void test_pass(Test *t) {
  const State *s = t->state;
  if (s->result && !s->jsonata) {
    finish_result(t, s->result, true);
    return;
  }
  const Json *input = take_input(t, true);
  if (input && !s->jsonata) input = take_parameters(t, input, true);
  if (input) finish_result(t, input, false);
}

static void test_fail(Test *t) {
  const State *s = t->state;
  if (!take_input(t, true)) return;
  Evaluation e = evaluation(t, t->input);
  const Field *fields[] = {&s->error, &s->cause};
  const Json *texts[2] = {NULL, NULL};
  for (int i = 0; i < 2; i++) {
    const Field *f = fields[i];
    if (f->kind == FIELD_NONE) continue;
    texts[i] = f->kind == FIELD_VALUE  ? template_make(&e, f->value)
               : f->kind == FIELD_PATH ? evaluation_field(&e, &f->path, f->name)
                                       : intrinsic_call(&e, f->call, f->name);
    if (texts[i]) continue;
    end_with_failure(t, e.failure);
    return;
  }
  end_with_failure(t, (Failure){.error = texts[0], .cause = texts[1], .bare = true});
}

static void test_choice(Test *t) {
  const State *s = t->state;
  const Json *input = take_input(t, true);
  if (!input) return;
  Evaluation e = evaluation(t, input);
  const ChoiceRule *hit = NULL;
  for (uint32_t i = 0; i < s->rule_count && !hit; i++) {
    const ChoiceRule *rule = &s->rules[i];
    const Json *truth = rule->condition ? template_make_kind(&e, rule->condition, JSON_TRUE) : NULL;
    RuleResult result = rule->rule ? rule_test(&e, rule->rule)
                        : !truth   ? RULE_FAULT
                                   : (truth->kind == JSON_TRUE ? RULE_HOLDS : RULE_FAILS);
    if (result == RULE_FAULT) {
      end_with_failure(t, e.failure);
      return;
    }
    if (result == RULE_HOLDS) hit = rule;
  }
  if (!hit && !s->otherwise) {
    evaluation_fail(&e, S("States.Runtime"),
                    "Failed to transition out of the state. The state does not point to a next state.");
    end_with_failure(t, e.failure);
    return;
  }
  const Template *output = hit ? hit->output : s->output;
  const Json *out = s->jsonata ? (output ? template_make(&e, output) : input) : data_select(&e, s->output_path, input);
  if (out)
    end_succeeded(t, out, hit ? hit->next : s->otherwise);
  else
    end_with_failure(t, e.failure);
}

static void test_through(Test *t) {
  const State *s = t->state;
  const Json *input = take_input(t, true);
  if (!input) return;
  Evaluation e = evaluation(t, input);
  const Json *out =
      s->jsonata ? (s->output ? template_make(&e, s->output) : input) : data_select(&e, s->output_path, input);
  if (out)
    end_succeeded(t, out, s->next);
  else
    end_with_failure(t, e.failure);
}

// --- Task, Map, Parallel

static Failure mocked_failure(const Json *output) {
  Failure failure = {.bare = true};
  const Json *error = json_get(output, S("error")), *cause = json_get(output, S("cause"));
  failure.error = json_is(error, JSON_STRING) ? error : NULL;
  failure.cause = json_is(cause, JSON_STRING) ? cause : NULL;
  return failure;
}

static void test_task(Test *t) {
  const Json *input = take_input(t, true);
  if (input) input = take_parameters(t, input, true);
  if (!input) return;
  const Json *result = json_get(t->mock, S("result"));
  if (!t->mock) {
    RunCall call = {.state = t->state, .arguments = input, .attempt = 1, .now = t->options->now};
    RunAnswer answer = {0};
    Str why = {0};
    const RunWorld *world = &t->options->world;
    if (!world->answer || !world->answer(world->with, t->arena, &call, &answer, &why)) {
      refuse_request(t, TEST_INVALID, "nobody answers the call of the task: %.*s [R0201]", STR_ARG(why));
      return;
    }
    if (!answer.value) {
      end_with_failure(t, (Failure){.error = answer.error, .cause = answer.cause, .bare = true});
      return;
    }
    result = answer.value;
  }
  if (result)
    finish_result(t, result, true);
  else
    end_with_failure(t, mocked_failure(json_get(t->mock, S("errorOutput"))));
}

// A number that a field of a Map state holds, shown by name; false: none is given.
static bool map_number(Test *t, const Field *field, const Json *input, Str name, double *number) {
  Evaluation e = evaluation(t, input);
  const Json *value = NULL;
  if (field->kind == FIELD_VALUE) value = template_make(&e, field->value);
  if (field->kind == FIELD_PATH) value = evaluation_field(&e, &field->path, field->name);
  if (!value) return false;
  if (json_is(value, JSON_STRING)) value = json_number_text(t->arena, json_str(value));
  *number = value->number;
  see(t, name, value);
  return true;
}

// The items that the Map state would go through; false: ended.
static bool take_items(Test *t, const Json *input, uint32_t *count) {
  const MapConfig *m = t->state->map;
  Evaluation e = evaluation(t, input);
  const Json *items = input;
  *count = 0;
  if (m->reader.present) {
    items = json_get(t->configuration, S("mapItemReaderData"));
  } else if (m->items.kind == FIELD_VALUE) {
    items = template_make_kind(&e, m->items.value, JSON_ARRAY);
  } else if (m->items.kind == FIELD_PATH) {
    items = evaluation_field(&e, &m->items.path, m->items.name);
    if (items && items->kind != JSON_ARRAY) map_needs_array(&e, &m->items);
    if (json_is(items, JSON_ARRAY)) see(t, S("afterItemsPath"), items);
  }
  if (e.failure.error) {
    end_with_failure(t, e.failure);
    return false;
  }
  if (json_is(items, JSON_ARRAY)) *count = items->count;
  return true;
}

static void test_map(Test *t) {
  const MapConfig *m = t->state->map;
  const Json *input = take_input(t, true), *failures = json_get(t->configuration, S("mapIterationFailureCount"));
  uint32_t count;
  if (!input || !take_items(t, input, &count)) return;
  double concurrency, tolerated, percentage, failed = json_is(failures, JSON_NUMBER) ? failures->number : 0;
  if (!map_number(t, &m->max_concurrency, input, S("maxConcurrency"), &concurrency)) {
    see(t, S("maxConcurrency"), json_number(t->arena, 0));
  }
  bool by_count = map_number(t, &m->tolerated_count, input, S("toleratedFailureCount"), &tolerated);
  bool by_part = map_number(t, &m->tolerated_percentage, input, S("toleratedFailurePercentage"), &percentage);
  if (count && failed > count) {
    refuse_request(t, TEST_INVALID,
                   "Map iteration failure count must be less than or equal to the number of Map iterations");
    return;
  }
  const Json *output = json_get(t->mock, S("errorOutput"));
  if (output) {
    end_with_failure(t, mocked_failure(output));
    return;
  }
  if ((by_count && failed > tolerated) || (by_part && count && failed * 100 > percentage * count)) {
    Evaluation e = evaluation(t, input);
    evaluation_fail(&e, S("States.ExceedToleratedFailureThreshold"),
                    "The specified tolerated failure threshold was exceeded");
    e.failure.bare = true;
    end_with_failure(t, e.failure);
    return;
  }
  finish_result(t, json_get(t->mock, S("result")), false);
}

static void test_parallel(Test *t) {
  const Json *result = json_get(t->mock, S("result"));
  if (result)
    finish_result(t, result, false);
  else
    end_with_failure(t, mocked_failure(json_get(t->mock, S("errorOutput"))));
}

// --- The request

static bool load(Test *t) {
  const Json *definition = json_get(t->request, S("definition")), *name = json_get(t->request, S("stateName"));
  LoadFault fault;
  const Machine *machine;
  if (!name) {
    machine = machine_load_state(t->arena, definition, S("StateName"), &fault);
    if (machine) t->state = machine->start;
  } else {
    machine = machine_load(t->arena, definition, &fault);
    if (machine) t->state = json_is(name, JSON_STRING) ? machine_state(machine, json_str(name)) : NULL;
    if (machine && !t->state) return refuse_request(t, TEST_INVALID, "State not found in definition");
  }
  if (machine) return true;
  return refuse_request(t, TEST_INVALID_DEFINITION, "Invalid State Machine Definition: '%.*s'", STR_ARG(fault.message));
}

static void take_variables(Test *t) {
  const Json *variables = json_get(t->request, S("variables"));
  if (!json_is(variables, JSON_OBJECT) || !variables->count) return;
  t->scope.at = NEW_N(t->arena, Variable, variables->count);
  t->scope.len = t->scope.room = variables->count;
  for (uint32_t i = 0; i < variables->count; i++) {
    t->scope.at[i] = (Variable){variables->members[i].key, variables->members[i].value};
  }
  see(t, S("variables"), variables);
}

static void run_state(Test *t) {
  static void (*const kinds[STATE_KINDS])(Test *) = {
      [STATE_TASK] = test_task,         [STATE_PASS] = test_pass,       [STATE_WAIT] = test_through,
      [STATE_CHOICE] = test_choice,     [STATE_SUCCEED] = test_through, [STATE_FAIL] = test_fail,
      [STATE_PARALLEL] = test_parallel, [STATE_MAP] = test_map,
  };
  see(t, S("input"), t->input);
  take_variables(t);
  kinds[t->state->kind](t);
}

const Json *test_state(Arena *arena, const Json *request, const RunOptions *options, bool *good) {
  Test t = {.arena = arena, .request = request, .options = options, .random = options->seed};
  t.seen.arena = t.error_details.arena = t.answer.arena = arena;
  t.mock = json_get(request, S("mock"));
  t.configuration = json_get(request, S("stateConfiguration"));
  t.given_context = json_get(request, S("context"));
  t.input = json_get(request, S("input"));
  if (!t.input) t.input = json_object(arena, NULL, 0);
  if (load(&t)) t.exception = test_request_fault(arena, request, t.state);
  if (!t.exception) run_state(&t);
  *good = t.exception == NULL;
  if (!*good) return t.exception;
  Str level = text_of(request, S("inspectionLevel"));
  if (t.error_details.members.len) see(&t, S("errorDetails"), json_made_object(&t.error_details));
  bool inspects = str_eq(level, S("DEBUG")) || str_eq(level, S("TRACE"));
  if (inspects) json_put(&t.answer, S("inspectionData"), json_made_object(&t.seen));
  return json_made_object(&t.answer);
}
