#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "facts/facts.h"

#define assert_str(is, want) assert_true(str_eq((is), S(want)))

static void actions_have_resources(void **state) {
  (void)state;
  FactsIamAction action;
  assert_true(facts_iam_action(S("sagemaker:createtrainingjob"), &action));
  assert_str(action.name, "sagemaker:CreateTrainingJob");
  assert_str(action.access_level, "Write");
  bool found = false;
  for (size_t i = 0; i < facts_iam_resources(action); i++) {
    FactsIamResource resource = facts_iam_resource(action, i);
    if (!str_eq(resource.name, S("training-job"))) continue;
    found = resource.required;
    assert_str(resource.arn, "arn:${Partition}:sagemaker:${Region}:${Account}:training-job/${TrainingJobName}");
  }
  assert_true(found);
  assert_true(facts_iam_conditions(action) > 5);
  assert_false(facts_iam_action(S("sagemaker:CreateTrainingJobs"), &action));
  assert_false(facts_iam_action(S("sagemakr:CreateTrainingJob"), &action));
  assert_false(facts_iam_action(S("sagemaker"), &action));
  assert_true(facts_iam_action(S("s3:ListAllMyBuckets"), &action));
  assert_int_equal(facts_iam_resources(action), 0);
}

static void operations_need_actions(void **state) {
  (void)state;
  static const struct {
    Str service, action, needs;
  } rows[] = {
      {STR_INIT("s3"), STR_INIT("listObjectsV2"), STR_INIT("s3:ListBucket")},
      {STR_INIT("s3"), STR_INIT("getObject"), STR_INIT("s3:GetObject")},
      {STR_INIT("s3"), STR_INIT("copyObject"), STR_INIT("s3:GetObject s3:PutObject")},
      {STR_INIT("cloudwatchlogs"), STR_INIT("putLogEvents"), STR_INIT("logs:PutLogEvents")},
      {STR_INIT("cloudwatch"), STR_INIT("putMetricData"), STR_INIT("cloudwatch:PutMetricData")},
      {STR_INIT("lambda"), STR_INIT("invoke"), STR_INIT("lambda:InvokeFunction")},
      {STR_INIT("sfn"), STR_INIT("startExecution"), STR_INIT("states:StartExecution")},
      {STR_INIT("emr"), STR_INIT("runJobFlow"), STR_INIT("elasticmapreduce:RunJobFlow")},
      {STR_INIT("apigatewayv2"), STR_INIT("createStage"), STR_INIT("apigateway:POST")},
      {STR_INIT("sts"), STR_INIT("getCallerIdentity"), STR_INIT("")},
  };
  Arena arena = {0};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    FactsIamActions actions = facts_iam_of_operation(rows[i].service, rows[i].action);
    assert_true(actions.known);
    Buf names = {.arena = &arena};
    for (size_t j = 0; j < actions.count; j++)
      buf_fmt(&names, "%s%.*s", j ? " " : "", STR_ARG(facts_iam_of_operation_at(actions, j).name));
    if (!str_eq(buf_text(&names), rows[i].needs)) fail_msg("%.*s", STR_ARG(buf_text(&names)));
  }
  assert_false(facts_iam_of_operation(S("s3"), S("getObjects")).known);
  arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(actions_have_resources),
      cmocka_unit_test(operations_need_actions),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
