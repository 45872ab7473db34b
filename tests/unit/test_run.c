// The run's face as others use it: mocks built by hand, events and calls watched, time that passes without waiting.
#include "run/instant.h"
#include "run/mocks.h"
#include "run/nested.h"
#include "run/value.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

typedef struct Watch {
  Mocks *mocks;
  Arena *arena;
  VEC(Str) visited;
  uint32_t calls;
  double argument; // of the last call
} Watch;

static bool answer(void *with, Arena *arena, const RunCall *call, RunAnswer *result, Str *why) {
  Watch *w = with;
  const Json *n = json_get(call->arguments, S("n"));
  w->calls++;
  w->argument = n ? n->number : -1;
  return mocks_answer(w->mocks, arena, call, result, why);
}

static void event(void *with, const RunEvent *e) {
  Watch *w = with;
  if (e->kind == EVENT_STATE_ENTERED) VEC_PUSH(w->arena, &w->visited, e->state->name);
}

static const Json *read(Arena *arena, const char *text) {
  JsonError error;
  const Json *value = json_read(arena, str_of(text), 0, &error);
  assert_non_null(value);
  return value;
}

static void test_run(void **state) {
  (void)state;
  Arena arena = {0};
  Watch w = {.mocks = mocks_new(&arena, 1), .arena = &arena};
  LoadFault fault;
  const Machine *machine = machine_load(
      &arena,
      read(&arena, "{\"StartAt\":\"Train\",\"States\":{\"Train\":{\"Type\":\"Task\",\"Resource\":"
                   "\"arn:aws:lambda:us-east-1:123456789012:function:train\",\"Parameters\":{\"n.$\":\"$.n\"},"
                   "\"Retry\":[{\"ErrorEquals\":[\"Busy\"],\"IntervalSeconds\":60}],\"Next\":\"Rest\"},"
                   "\"Rest\":{\"Type\":\"Wait\",\"Seconds\":86400,\"End\":true}}}"),
      &fault);
  assert_non_null(machine);
  mocks_add(w.mocks, S("Train"), (Mock){.answer.error = json_string(&arena, S("Busy")), .times = 2});
  mocks_add(w.mocks, S("Train"), (Mock){.answer.value = read(&arena, "{\"ok\":true}"), .answer.delay = 5});
  RunOptions options = {.world = {.with = &w, .answer = answer, .event = event}, .now = 1000, .seed = 1};
  RunResult result;
  run_machine(machine, read(&arena, "{\"n\":3}"), &options, &arena, &result);
  assert_int_equal(result.status, RUN_SUCCEEDED);
  assert_true(json_equal(result.output, read(&arena, "{\"ok\":true}")));
  assert_true(result.elapsed == 60 + 120 + 5 + 86400);
  assert_int_equal(w.calls, 3);
  assert_true(w.argument == 3);
  assert_int_equal(w.visited.len, 2);
  assert_true(str_eq(w.visited.at[1], S("Rest")));
  // Nobody answers: the run is refused, and says where.
  w.mocks = mocks_new(&arena, 1);
  run_machine(machine, read(&arena, "{\"n\":3}"), &options, &arena, &result);
  assert_int_equal(result.status, RUN_REFUSED);
  assert_string_equal(result.refused, "R0201");
  assert_true(result.state && str_eq(result.state->name, S("Train")));
  arena_free(&arena);
}

typedef struct Nest {
  const Machine *child;
  RunOptions options;
  uint64_t random;
} Nest;

static bool answer_nested(void *with, Arena *arena, const RunCall *call, RunAnswer *result, Str *why) {
  Nest *nest = with;
  return nested_answer(nest->child, call, &nest->options, &nest->random, arena, result, why);
}

// A machine that starts another: .sync:2 waits for it and gets its output as JSON, its failure as States.TaskFailed.
static void test_nested(void **state) {
  (void)state;
  Arena arena = {0};
  LoadFault fault;
  Nest nest = {.options = {.world = {.with = &nest, .answer = answer_nested}, .seed = 1}};
  nest.child =
      machine_load(&arena,
                   read(&arena, "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":30,\"Next\":"
                                "\"C\"},\"C\":{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.ok\","
                                "\"BooleanEquals\":true,\"Next\":\"S\"}],\"Default\":\"F\"},\"S\":{\"Type\":"
                                "\"Succeed\"},\"F\":{\"Type\":\"Fail\",\"Error\":\"No\"}}}"),
                   &fault);
  const Machine *parent = machine_load(
      &arena,
      read(&arena, "{\"StartAt\":\"Start\",\"States\":{\"Start\":{\"Type\":\"Task\",\"Resource\":"
                   "\"arn:aws:states:::states:startExecution.sync:2\",\"Parameters\":{\"StateMachineArn\":"
                   "\"arn:aws:states:eu-west-1:123456789012:stateMachine:child\",\"Input.$\":\"$\"},"
                   "\"ResultSelector\":{\"out.$\":\"$.Output\",\"status.$\":\"$.Status\"},\"End\":true}}}"),
      &fault);
  assert_true(nest.child && parent);
  RunResult result;
  run_machine(parent, read(&arena, "{\"ok\":true}"), &nest.options, &arena, &result);
  assert_int_equal(result.status, RUN_SUCCEEDED);
  assert_true(str_eq(value_text(&arena, result.output), S("{\"out\":{\"ok\":true},\"status\":\"SUCCEEDED\"}")));
  assert_true(result.elapsed == 30);
  run_machine(parent, read(&arena, "{\"ok\":false}"), &nest.options, &arena, &result);
  assert_int_equal(result.status, RUN_FAILED);
  assert_true(str_eq(json_str(result.error), S("States.TaskFailed")));
  assert_true(str_has(json_str(result.cause), S("\"Error\":\"No\"")));
  arena_free(&arena);
}

static void test_instants(void **state) {
  (void)state;
  Arena arena = {0};
  double seconds;
  assert_true(instant_read(S("1970-01-01T00:00:01.5Z"), &seconds) && seconds == 1.5);
  assert_true(instant_read(S("2000-02-29T23:59:59-01:30"), &seconds));
  assert_false(instant_read(S("1900-02-29T00:00:00Z"), &seconds));
  assert_false(instant_read(S("2026-01-01T00:00:00"), &seconds));
  assert_false(instant_read(S("2026-01-01 00:00:00Z"), &seconds));
  Buf out = {.arena = &arena};
  instant_write(&out, 951782400.25);
  assert_true(str_eq(buf_text(&out), S("2000-02-29T00:00:00.250Z")));
  arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_run), cmocka_unit_test(test_nested),
                                     cmocka_unit_test(test_instants)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
