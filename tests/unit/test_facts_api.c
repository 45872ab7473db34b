#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "facts/facts.h"

#define assert_str(is, want) assert_true(str_eq((is), S(want)))

static FactsOperation operation(const char *service, const char *action) {
  FactsService found;
  assert_true(facts_service(str_of(service), &found));
  FactsOperation result;
  assert_true(facts_operation(found, str_of(action), &result));
  return result;
}

static void shapes_have_members_and_limits(void **state) {
  (void)state;
  FactsOperation train = operation("sagemaker", "createTrainingJob");
  assert_str(train.name, "CreateTrainingJob");
  FactsMember name;
  assert_true(facts_shape_find(train.input, S("TrainingJobName"), &name));
  assert_true(name.required);
  assert_int_equal(facts_shape_kind(name.shape), FACTS_STRING);
  FactsLimits limits = facts_shape_limits(name.shape);
  assert_true(limits.has_max && limits.max == 63 && limits.min == 1 && limits.pattern.len);
  assert_false(facts_shape_find(train.input, S("TrainingJobNames"), &name));
  FactsMember artifacts;
  FactsOperation describe = operation("sagemaker", "describeTrainingJob");
  assert_true(facts_shape_find(describe.output, S("ModelArtifacts"), &artifacts));
  assert_true(facts_shape_find(artifacts.shape, S("S3ModelArtifacts"), &name));
  assert_true(facts_shape_find(describe.output, S("TrainingJobStatus"), &name));
  assert_true(facts_shape_enums(name.shape) >= 5);
  assert_str(facts_shape_enum(name.shape, 1), "Completed");
}

static void recursive_shapes_end_in_themselves(void **state) {
  (void)state;
  FactsMember item, map;
  assert_true(facts_shape_find(operation("dynamodb", "putItem").input, S("Item"), &item));
  FactsShape value = facts_shape_element(item.shape);
  assert_true(facts_shape_find(value, S("M"), &map));
  assert_int_equal(facts_shape_element(map.shape).at.at, value.at.at);
}

// The words of Step Functions: Java's naming, where a leading run of capitals is one word.
static void names_are_spelt_as_step_functions_spells(void **state) {
  (void)state;
  FactsMember member;
  assert_true(facts_shape_find(operation("rds", "describeDBInstances").input, S("DbInstanceIdentifier"), &member));
  assert_true(facts_shape_find(operation("s3", "putObject").input, S("SsekmsKeyId"), &member));
  assert_true(facts_shape_find(operation("s3", "putObject").output, S("ETag"), &member));
  assert_true(facts_shape_find(operation("batch", "submitJob").input, S("JobName"), &member));
  FactsService service;
  assert_true(facts_service(S("dynamodb"), &service));
  assert_str(facts_service_errors_prefix(service), "DynamoDb");
  assert_true(facts_service(S("sfn"), &service));
  assert_str(facts_service_errors_prefix(service), "Sfn");
  assert_true(facts_service(S("cloudwatchlogs"), &service));
}

static void tasks_are_taken_apart(void **state) {
  (void)state;
  FactsTask task = facts_task(S("arn:aws:states:::sagemaker:createTrainingJob.sync"));
  assert_int_equal(task.kind, FACTS_TASK_OPTIMIZED);
  FactsMember member;
  assert_true(facts_shape_find(facts_task_output(&task), S("ModelArtifacts"), &member));
  task = facts_task(S("arn:aws-cn:states:::aws-sdk:s3:getObject"));
  assert_int_equal(task.kind, FACTS_TASK_SDK);
  task = facts_task(S("arn:aws:states:::aws-sdk:s3:getObjects"));
  assert_int_equal(task.kind, FACTS_TASK_NO_ACTION);
  assert_str(task.nearest, "getObject");
  task = facts_task(S("arn:aws:states:::sagemakr:createModel"));
  assert_int_equal(task.kind, FACTS_TASK_NO_SERVICE);
  assert_str(task.nearest, "sagemaker");
  task = facts_task(S("arn:aws:states:::sqs:sendMessage.sync"));
  assert_int_equal(task.kind, FACTS_TASK_NO_PATTERN);
  task = facts_task(S("arn:aws:states:::aws-sdk:sagemaker:createTrainingJob.sync"));
  assert_int_equal(task.kind, FACTS_TASK_NO_PATTERN);
  assert_int_equal(facts_task(S("arn:aws:lambda:us-east-1:123456789012:function:f")).kind, FACTS_TASK_LAMBDA);
  assert_int_equal(facts_task(S("arn:aws:states:us-east-1:123456789012:activity:a")).kind, FACTS_TASK_ACTIVITY);
  assert_int_equal(facts_task(S("${lambda_arn}")).kind, FACTS_TASK_UNKNOWN);
  assert_int_equal(facts_task(S("arn")).kind, FACTS_TASK_UNKNOWN);
}

static FactsErrorAnswer raises(const char *resource, const char *name, Arena *arena, Str *nearest) {
  FactsTask task = facts_task(str_of(resource));
  return facts_task_raises(&task, str_of(name), arena, nearest);
}

static void errors_are_known_by_prefix(void **state) {
  (void)state;
  Arena arena = {0};
  Str nearest;
  const char *run = "arn:aws:states:::ecs:runTask.sync", *invoke = "arn:aws:states:::lambda:invoke";
  const char *put = "arn:aws:states:::dynamodb:putItem", *train = "arn:aws:states:::sagemaker:createTrainingJob.sync";
  assert_int_equal(raises(run, "States.TaskFailed", &arena, &nearest), FACTS_ERROR_CAN);
  assert_int_equal(raises(run, "ECS.AmazonECSException", &arena, &nearest), FACTS_ERROR_CAN);
  assert_int_equal(raises(run, "Ecs.AmazonECSException", &arena, &nearest), FACTS_ERROR_SPELLING);
  assert_str(nearest, "ECS.AmazonECSException");
  assert_int_equal(raises(put, "DynamoDB.ConditionalCheckFailedException", &arena, &nearest), FACTS_ERROR_CAN);
  assert_int_equal(
      raises("arn:aws:states:::aws-sdk:dynamodb:putItem", "DynamoDB.ConditionalCheckFailedException", &arena, &nearest),
      FACTS_ERROR_SPELLING);
  assert_int_equal(raises(put, "SageMaker.ResourceInUseException", &arena, &nearest), FACTS_ERROR_CANNOT);
  assert_int_equal(
      raises("arn:aws:states:::bedrock:invokeModel", "BedrockRuntime.ThrottlingException", &arena, &nearest),
      FACTS_ERROR_MAYBE);
  assert_int_equal(raises(invoke, "Lambda.TooManyRequestsException", &arena, &nearest), FACTS_ERROR_CAN);
  assert_int_equal(raises(invoke, "OrderRejected", &arena, &nearest), FACTS_ERROR_MAYBE);
  assert_int_equal(raises(train, "SageMaker.ResourceInUseExeption", &arena, &nearest), FACTS_ERROR_MAYBE);
  assert_str(nearest, "SageMaker.ResourceInUseException");
  arena_free(&arena);
}

static void every_operation_can_be_found_by_its_name(void **state) {
  (void)state;
  for (size_t i = 0; i < facts_services(); i++) {
    FactsService service = facts_service_at(i), found;
    assert_true(facts_service(facts_service_name(service), &found));
    assert_int_equal(found.at.at, service.at.at);
    for (size_t j = 0; j < facts_operations(service); j++) {
      FactsOperation one = facts_operation_at(service, j), other;
      assert_true(facts_operation(service, one.action, &other));
      assert_int_equal(one.at.at, other.at.at);
      assert_int_equal(facts_shape_kind(one.input), FACTS_STRUCTURE);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shapes_have_members_and_limits),
      cmocka_unit_test(recursive_shapes_end_in_themselves),
      cmocka_unit_test(names_are_spelt_as_step_functions_spells),
      cmocka_unit_test(tasks_are_taken_apart),
      cmocka_unit_test(errors_are_known_by_prefix),
      cmocka_unit_test(every_operation_can_be_found_by_its_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
