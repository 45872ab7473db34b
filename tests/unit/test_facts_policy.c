#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "facts/facts.h"

// The policy of calls as text: "action action on resource resource [if …]; …", without what the caller does not ask
// for.
static Str text_of(Arena *arena, const FactsPolicyRequest *request) {
  FactsPolicy policy = facts_policy(arena, request);
  Buf out = {.arena = arena};
  for (size_t i = 0; i < policy.count; i++) {
    const FactsStatement *one = &policy.statements[i];
    assert_true(one->sid.len && one->why.len);
    if (i) buf_str(&out, S("; "));
    for (size_t j = 0; j < one->action_count; j++) buf_fmt(&out, "%.*s ", STR_ARG(one->actions[j]));
    buf_str(&out, S("on"));
    for (size_t j = 0; j < one->resource_count; j++) buf_fmt(&out, " %.*s", STR_ARG(one->resources[j]));
  }
  for (size_t i = 0; i < policy.unknown_count; i++) buf_fmt(&out, "; unknown %.*s", STR_ARG(policy.unknown[i]));
  return buf_text(&out);
}

static FactsCall call(Arena *arena, const char *resource, const char *arguments, const char *step) {
  JsonError error;
  FactsCall made = {.task = facts_task(str_of(resource)), .step = str_of(step)};
  made.arguments = json_read(arena, str_of(arguments), 0, &error);
  assert_non_null(made.arguments);
  return made;
}

static FactsPolicyRequest request_of(const FactsCall *calls, size_t count) {
  return (FactsPolicyRequest){
      .calls = calls, .call_count = count, .partition = S("aws"), .region = S("R"), .account = S("A")};
}

#define assert_text(text, want)                                                                                        \
  do {                                                                                                                 \
    Str text_ = (text);                                                                                                \
    if (!str_eq(text_, S(want))) fail_msg("%.*s", STR_ARG(text_));                                                     \
  } while (0)

static void equal_statements_become_one(void **state) {
  (void)state;
  Arena arena = {0};
  FactsCall calls[] = {
      call(&arena, "arn:aws:states:::dynamodb:getItem", "{\"TableName\": \"t\"}", "Read"),
      call(&arena, "arn:aws:states:::dynamodb:putItem", "{\"TableName\": \"t\"}", "Write"),
      call(&arena, "arn:aws:states:::dynamodb:putItem", "{\"TableName\": \"t\"}", "Again"),
  };
  FactsPolicyRequest request = request_of(calls, 3);
  assert_text(text_of(&arena, &request), "dynamodb:GetItem dynamodb:PutItem on arn:aws:dynamodb:R:A:table/t");
  FactsPolicy policy = facts_policy(&arena, &request);
  assert_int_equal(policy.statements[0].step_count, 3);
  arena_free(&arena);
}

static void maps_read_and_write(void **state) {
  (void)state;
  Arena arena = {0};
  FactsCall calls[] = {
      call(&arena, "arn:aws:states:::s3:listObjectsV2", "{\"Bucket\": \"b\", \"Prefix\": \"in/\"}", "Scores"),
      call(&arena, "arn:aws:states:::s3:putObject", "{\"Bucket\": \"b\", \"Prefix\": \"out\"}", "Scores"),
  };
  FactsPolicyRequest request = request_of(calls, 2);
  request.state_machine = S("m");
  assert_text(text_of(&arena, &request),
              "s3:ListBucket on arn:aws:s3:::b; "
              "s3:AbortMultipartUpload s3:GetObject s3:ListMultipartUploadParts s3:PutObject on arn:aws:s3:::b/out/*; "
              "states:StartExecution on arn:aws:states:R:A:stateMachine:m; "
              "states:DescribeExecution states:StopExecution on arn:aws:states:R:A:execution:m/*:* "
              "arn:aws:states:R:A:execution:m:*");
  arena_free(&arena);
}

static Str member_of(void *with, Str text, Str member) {
  (void)text;
  return str_fmt(with, "<%.*s>", STR_ARG(member));
}

// The caller's own templates: here bytes below a blank, which the caller alone understands.
static void templates_are_the_callers(void **state) {
  (void)state;
  Arena arena = {0};
  FactsCall calls[] = {
      call(&arena, "arn:aws:states:::states:startExecution.sync:2", "{\"StateMachineArn\": \"arn:\\u00011\\u0002\"}",
           "A"),
      call(&arena, "arn:aws:states:::sqs:sendMessage", "{\"QueueUrl\": \"\\u00012\\u0002\"}", "B"),
  };
  FactsPolicyRequest request = request_of(calls, 2);
  request.member = member_of;
  request.with = &arena;
  Str text = text_of(&arena, &request);
  assert_true(str_has(text, S("states:StartExecution on arn:\x01"
                              "1\x02;")));
  assert_true(str_has(text, S("execution:<name>:*")));
  assert_true(str_has(text, S("sqs:SendMessage on <arn>")));
  arena_free(&arena);
}

static FactsKnown begins_so(void *with, const Json *value, Str *text) {
  (void)with;
  *text = json_str(value);
  return FACTS_KNOWN_PREFIX;
}

static void an_arn_of_which_the_beginning_is_known(void **state) {
  (void)state;
  Arena arena = {0};
  FactsCall calls[] = {call(&arena, "arn:aws:states:::aws-sdk:sagemaker:describeModelPackage",
                            "{\"ModelPackageName\": \"arn:aws:sagemaker:R:A:model-package/iris/\"}", "A")};
  FactsPolicyRequest request = request_of(calls, 1);
  request.known = begins_so;
  assert_text(text_of(&arena, &request),
              "sagemaker:DescribeModelPackage on arn:aws:sagemaker:R:A:model-package/iris/*");
  arena_free(&arena);
}

static void the_machine_itself(void **state) {
  (void)state;
  Arena arena = {0};
  FactsPolicyRequest request = request_of(NULL, 0);
  request.logs = request.xray = true;
  Str text = text_of(&arena, &request);
  assert_true(str_has(text, S("logs:CreateLogDelivery")) && str_has(text, S("xray:PutTraceSegments")));
  arena_free(&arena);
}

static void what_is_not_known_is_told(void **state) {
  (void)state;
  Arena arena = {0};
  FactsCall calls[] = {
      call(&arena, "arn:aws:states:::aws-sdk:sagemakr:createModel", "{}", "A"),
      call(&arena, "arn:aws:states:us-east-1:123456789012:activity:a", "{}", "B"),
      call(&arena, "arn:aws:lambda:us-east-1:123456789012:function:f", "{}", "C"),
  };
  FactsPolicyRequest request = request_of(calls, 3);
  assert_text(text_of(&arena, &request), "lambda:InvokeFunction on arn:aws:lambda:us-east-1:123456789012:function:f; "
                                         "unknown sagemakr:createModel");
  arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equal_statements_become_one), cmocka_unit_test(maps_read_and_write),
      cmocka_unit_test(templates_are_the_callers),   cmocka_unit_test(an_arn_of_which_the_beginning_is_known),
      cmocka_unit_test(the_machine_itself),          cmocka_unit_test(what_is_not_known_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
