#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "facts/facts.h"

static const Json *answer(Arena *arena, const char *resource, const char *arguments) {
  JsonError error;
  FactsTask task = facts_task(str_of(resource));
  assert_true(task.kind == FACTS_TASK_OPTIMIZED || task.kind == FACTS_TASK_SDK);
  FactsPlace place = {.partition = S("aws-cn"), .region = S("cn-north-1"), .account = S("111122223333"), .seed = 7};
  return facts_default_answer(arena, &task, json_read(arena, str_of(arguments), 0, &error), &place);
}

static void has(const Json *answer, const char *pointer, const char *want) {
  const Json *value = json_at(answer, str_of(pointer));
  if (!json_is(value, JSON_STRING)) fail_msg("no %s", pointer);
  if (!str_eq(json_str(value), str_of(want))) fail_msg("%s is %.*s", pointer, STR_ARG(json_str(value)));
}

static void answers_agree_with_the_arguments(void **state) {
  (void)state;
  Arena arena = {0};
  const Json *train =
      answer(&arena, "arn:aws:states:::sagemaker:createTrainingJob.sync",
             "{\"TrainingJobName\": \"Fit-1\", \"OutputDataConfig\": {\"S3OutputPath\": \"s3://b/o/\"}}");
  has(train, "/TrainingJobName", "Fit-1");
  has(train, "/TrainingJobStatus", "Completed");
  has(train, "/TrainingJobArn", "arn:aws-cn:sagemaker:cn-north-1:111122223333:training-job/fit-1");
  has(train, "/ModelArtifacts/S3ModelArtifacts", "s3://b/o/Fit-1/output/model.tar.gz");
  assert_null(json_get(train, S("FailureReason")));
  assert_null(json_get(train, S("VpcConfig"))); // it was not asked for
  const Json *child = answer(&arena, "arn:aws:states:::states:startExecution.sync:2",
                             "{\"StateMachineArn\": \"arn:aws:states:us-east-1:1:stateMachine:m\", \"Name\": \"n\", "
                             "\"Input\": {\"a\": 1}}");
  has(child, "/ExecutionArn", "arn:aws:states:us-east-1:1:execution:m:n");
  has(child, "/Status", "SUCCEEDED");
  assert_true(json_is(json_get(child, S("Output")), JSON_OBJECT));
  assert_non_null(json_at(child, S("/Input/a")));
  child = answer(&arena, "arn:aws:states:::states:startExecution.sync", "{\"StateMachineArn\": \"x\", \"Input\": {}}");
  has(child, "/Output", "{}");
  has(child, "/Input", "{}");
  const Json *item =
      answer(&arena, "arn:aws:states:::dynamodb:getItem", "{\"TableName\": \"t\", \"Key\": {\"id\": {\"S\": \"x\"}}}");
  has(item, "/Item/id/S", "x");
  const Json *task = answer(&arena, "arn:aws:states:::ecs:runTask.sync", "{\"TaskDefinition\": \"t\"}");
  has(task, "/LastStatus", "STOPPED");
  assert_true(json_at(task, S("/Containers/0/ExitCode"))->number == 0);
  arena_free(&arena);
}

static void the_same_seed_gives_the_same_answer(void **state) {
  (void)state;
  Arena arena = {0};
  const char *resource = "arn:aws:states:::aws-sdk:sagemaker:describeTrainingJob";
  const Json *a = answer(&arena, resource, "{}"), *b = answer(&arena, resource, "{}");
  assert_true(json_equal(a, b));
  arena_free(&arena);
}

typedef struct Faults {
  size_t patterns, others;
  Str first;
} Faults;

static void count(void *with, const FactsFinding *finding) {
  Faults *faults = with;
  if (finding->fault == FACTS_BAD_PATTERN) {
    faults->patterns++;
    return;
  }
  // What ends for depth may lack what it needs.
  if (finding->fault == FACTS_MISSING_MEMBER || finding->fault == FACTS_NOT_ONE_OF_UNION) return;
  if (!faults->others++) faults->first = finding->message;
}

// Of every operation of every service.
static void answers_are_of_their_shape(void **state) {
  (void)state;
  Arena arena = {0};
  Faults faults = {0};
  size_t answers = 0;
  for (size_t i = 0; i < facts_services(); i++) {
    FactsService service = facts_service_at(i);
    for (size_t j = 0; j < facts_operations(service); j++) {
      ArenaMark mark = arena_mark(&arena);
      FactsTask task = {.kind = FACTS_TASK_SDK, .service = facts_service_name(service), .sdk_service = service};
      task.operation = facts_operation_at(service, j);
      task.action = task.operation.action;
      const Json *made = facts_default_answer(&arena, &task, NULL, &(FactsPlace){0});
      FactsCheck check = {.arena = &arena, .with = &faults, .found = count};
      facts_check_arguments(&check, task.operation.output, made);
      if (faults.others) fail_msg("%.*s: %.*s", STR_ARG(task.action), STR_ARG(faults.first));
      arena_reset(&arena, mark);
      answers++;
    }
  }
  assert_true(answers > 10000);
  assert_true(faults.patterns < answers); // most patterns are met
  arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(answers_agree_with_the_arguments),
      cmocka_unit_test(the_same_seed_gives_the_same_answer),
      cmocka_unit_test(answers_are_of_their_shape),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
