#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include "facts/facts.h"

// What was found, a line each: fault, path, what was meant.
typedef struct Found {
  Arena arena;
  Buf lines;
} Found;

static void note(void *with, const FactsFinding *finding) {
  static const char *const names[] = {"unknown", "missing", "type", "range", "enum", "pattern", "union", "deep"};
  Found *found = with;
  buf_fmt(&found->lines, "%s%s %.*s", found->lines.len ? "; " : "", names[finding->fault], STR_ARG(finding->path));
  if (finding->nearest.len) buf_fmt(&found->lines, " (%.*s)", STR_ARG(finding->nearest));
  assert_true(finding->message.len > 0);
}

enum Dialect { CONSTANT, JSONPATH, JSONATA };

static bool expect(enum Dialect dialect, const char *resource, const char *arguments, const char *want) {
  Found found = {0};
  found.lines.arena = &found.arena;
  char whole[200];
  snprintf(whole, sizeof whole, "arn:aws:states:::%s", resource);
  FactsTask task = facts_task(str_of(whole));
  assert_true(task.kind == FACTS_TASK_OPTIMIZED || task.kind == FACTS_TASK_SDK);
  JsonError error;
  const Json *json = json_read(&found.arena, str_of(arguments), 0, &error);
  assert_non_null(json);
  FactsCheck check = {.arena = &found.arena, .with = &found, .found = note};
  if (dialect == JSONPATH) check.leaf = facts_leaf_jsonpath, check.name = facts_name_jsonpath;
  if (dialect == JSONATA) check.leaf = facts_leaf_jsonata;
  facts_check_arguments(&check, facts_task_input(&task), json);
  bool good = str_eq(buf_text(&found.lines), str_of(want));
  if (!good)
    print_error("%s %s\n  found: %.*s\n  want:  %s\n", resource, arguments, STR_ARG(buf_text(&found.lines)), want);
  arena_free(&found.arena);
  return good;
}

static const struct Case {
  enum Dialect dialect;
  const char *resource, *arguments, *want;
} cases[] = {
#include "facts_calls.inc"
};

static void calls_are_checked(void **state) {
  (void)state;
  size_t failed = 0;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    if (!expect(cases[i].dialect, cases[i].resource, cases[i].arguments, cases[i].want)) failed++;
  assert_int_equal(failed, 0);
}

static void refused(const char *resource, const char *arguments, const char *error, const char *cause) {
  Arena arena = {0};
  FactsTask task = facts_task(str_of(resource));
  JsonError fault;
  FactsRefusal refusal;
  assert_false(facts_accepts(&arena, &task, json_read(&arena, str_of(arguments), 0, &fault), NULL, &refusal));
  assert_true(str_eq(refusal.error, str_of(error)));
  if (!str_has(refusal.cause, str_of(cause))) fail_msg("%.*s", STR_ARG(refusal.cause));
  arena_free(&arena);
}

static void refusals_have_the_services_words(void **state) {
  (void)state;
  refused("arn:aws:states:::sagemaker:createModel", "{\"ModelName\": \"a_b\"}", "SageMaker.AmazonSageMakerException",
          "1 validation error detected: Value 'a_b' at 'modelName' failed to satisfy constraint: Member must satisfy "
          "regular expression pattern: ^[a-zA-Z0-9](-*[a-zA-Z0-9])* (Service: AmazonSageMaker; Status Code: "
          "400; Error Code: ValidationException; Request ID: ");
  refused("arn:aws:states:::aws-sdk:dynamodb:putItem", "{\"TableName\": \"orders\"}", "DynamoDb.DynamoDbException",
          "1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not be null "
          "(Service: DynamoDb, Status Code: 400, Request ID: ");
  refused("arn:aws:states:::sqs:sendMessage", "{\"QueueUrl\": \"u\", \"Body\": 1, \"MessageBody\": 1}",
          "States.Runtime", "The field 'Body' is not supported by Step Functions");
}

static void deep_arguments_end(void **state) {
  (void)state;
  char text[8000] = "{\"TableName\": \"t\", \"Item\": {\"k\": ";
  size_t length = strlen(text);
  enum { DEPTH = 300 };
  for (int i = 0; i < DEPTH; i++) length += (size_t)snprintf(text + length, sizeof text - length, "{\"M\":{\"a\":");
  length += (size_t)snprintf(text + length, sizeof text - length, "{\"S\":\"\"}");
  for (int i = 0; i < DEPTH; i++) length += (size_t)snprintf(text + length, sizeof text - length, "}}");
  snprintf(text + length, sizeof text - length, "}}");
  Found found = {0};
  found.lines.arena = &found.arena;
  FactsTask task = facts_task(S("arn:aws:states:::dynamodb:putItem"));
  JsonError error;
  const Json *json = json_read(&found.arena, str_of(text), 0, &error);
  FactsCheck check = {.arena = &found.arena, .with = &found, .found = note};
  assert_int_equal(facts_check_arguments(&check, facts_task_input(&task), json), 1);
  assert_true(str_starts(buf_text(&found.lines), S("deep ")));
  arena_free(&found.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(calls_are_checked),
      cmocka_unit_test(refusals_have_the_services_words),
      cmocka_unit_test(deep_arguments_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
