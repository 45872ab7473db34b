// The emitters on a model made by hand: two functions with a role, a state machine, a table item, a CI pipeline.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "base/sys.h"
#include "data/hcl_write.h"
#include "data/yaml.h"
#include "emit/emit.h"
#include "model/make.h"

static Arena arena;

#define TEXT(literal) value_string(&arena, S(literal), NO_SPAN)
#define REF(literal) value_leaf(&arena, VALUE_TERRAFORM, TIME_DEPLOY, S(literal), &TYPE_STRING, NO_SPAN)
#define EVENT(literal) value_leaf(&arena, VALUE_EVENT, TIME_EVENT, S(literal), &TYPE_STRING, NO_SPAN)
#define NUMBER(n) value_number(&arena, (n), UNIT_NONE, NO_SPAN)
#define MEMBER(name, value) ((ValueMember){S(name), (value), NO_SPAN})
#define OBJECT(...)                                                                                                    \
  object((const ValueMember[]){__VA_ARGS__}, sizeof((const ValueMember[]){__VA_ARGS__}) / sizeof(ValueMember))
#define JOINED(...) joined((const Value *[]){__VA_ARGS__}, sizeof((const Value *[]){__VA_ARGS__}) / sizeof(Value *))

static const Value *object(const ValueMember *members, size_t count) {
  ValueMember *copy = NEW_N(&arena, ValueMember, count);
  memcpy(copy, members, count * sizeof *copy);
  return value_object(&arena, copy, count, NO_SPAN);
}

static const Value *joined(const Value **items, size_t count) {
  return value_template(&arena, items, count, NO_SPAN);
}

static const Value *call(const char *name, const Value *argument) {
  Value *value = value_node(&arena, VALUE_CALL, &argument, 1, &TYPE_STRING, NO_SPAN);
  value->text = str_of(name);
  value->time = TIME_DEPLOY;
  return value;
}

static void add(Model *model, bool data, const char *type, const char *name, const char *concern, const Value *body) {
  Resource resource = {
      .data = data, .type = str_of(type), .name = str_of(name), .body = body, .concern = str_of(concern)};
  VEC_PUSH(&arena, &model->resources, resource);
}

static void add_function(Model *model, const char *name) {
  Str stem = str_of(name);
  const Value *source = value_string(&arena, str_fmt(&arena, "/../lambda/%s.py", name), NO_SPAN);
  const Value *output = value_string(&arena, str_fmt(&arena, "/build/%s.zip", name), NO_SPAN);
  Str archive = str_fmt(&arena, "data.archive_file.%s", name);
  add(model, true, "archive_file", name, "lambda",
      OBJECT(MEMBER("type", TEXT("zip")), MEMBER("source_file", JOINED(REF("path.module"), source)),
             MEMBER("output_path", JOINED(REF("path.module"), output))));
  add(model, false, "aws_lambda_function", name, "lambda",
      OBJECT(MEMBER("environment", OBJECT(MEMBER("variables", OBJECT(MEMBER("PREFIX", REF("var.prefix")))))),
             MEMBER("function_name", value_string(&arena, stem, NO_SPAN)),
             MEMBER("role", REF("aws_iam_role.lambda.arn")), MEMBER("handler", TEXT("index.handler")),
             MEMBER("runtime", TEXT("python3.12")),
             MEMBER("filename",
                    value_leaf(&arena, VALUE_TERRAFORM, TIME_DEPLOY,
                               str_fmt(&arena, "%.*s.output_path", STR_ARG(archive)), &TYPE_STRING, NO_SPAN))));
}

static Flow *add_flow(Model *model) {
  Flow *flow = NEW(&arena, Flow);
  State *one = NEW(&arena, State), *two = NEW(&arena, State);
  *flow = (Flow){.name = S("train"), .machine = S("ml-train-pipeline")};
  Str invoke = S("arn:aws:states:::lambda:invoke");
  *one = (State){.kind = STATE_TASK, .name = S("ValidateData"), .resource = invoke, .next = two};
  *two = (State){.kind = STATE_TASK, .name = S("LogMetrics"), .resource = invoke};
  one->arguments = OBJECT(MEMBER("FunctionName", REF("aws_lambda_function.validate.arn")));
  two->arguments = OBJECT(MEMBER("FunctionName", REF("aws_lambda_function.log_metrics.arn")));
  flow->graph.start = one;
  VEC_PUSH(&arena, &flow->graph.states, one);
  VEC_PUSH(&arena, &flow->graph.states, two);
  VEC_PUSH(&arena, &model->flows, flow);
  return flow;
}

static const Value *part(const char *name, const Value **parts, size_t count) {
  Value *value = value_node(&arena, VALUE_CALL, parts, count, &TYPE_STRING, NO_SPAN);
  value->text = str_of(name);
  return value;
}

static const Value *word(const Value *value) {
  return part("word", &value, 1);
}

// on push -> train(…), as a command of its flow.
static void add_ci(Model *model, const Flow *flow) {
  Ci ci = {.system = CI_GITLAB, .fields = OBJECT(MEMBER("job", TEXT("train-model")), MEMBER("stage", TEXT("train")))};
  CiRule rule = {.event = S("push")};
  const Value *input = OBJECT(MEMBER("source", TEXT("gitlab-ci")), MEMBER("commit", EVENT("short_sha")),
                              MEMBER("it's", JOINED(TEXT("on \"$x\" "), EVENT("branch"))));
  const Value *parts[] = {TEXT("start --name "), word(JOINED(TEXT("train-"), EVENT("pipeline_id"))), TEXT(" --input "),
                          word(call("json", input))};
  const Value *line = part("line", parts, 4);
  CiAction start = {.verb = S("run"), .callee = flow->name, .command = part("command", &line, 1)};
  VEC_PUSH(&arena, &rule.actions, start);
  VEC_PUSH(&arena, &ci.rules, rule);
  VEC_PUSH(&arena, &model->cis, ci);
}

static Model *fixture(const Value *comment) {
  Model *model = NEW(&arena, Model);
  *model = (Model){.name = S("ml-train-pipeline"), .spec = S("train.mlops"), .folder = S("/nowhere")};
  model->settings = OBJECT(MEMBER("region", TEXT("us-east-1")), MEMBER("target", TEXT("localstack")));
  const Value *trust =
      TEXT("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
           "\"Principal\":{\"Service\":\"lambda.amazonaws.com\"}}]}");
  add(model, false, "aws_iam_role", "lambda", "iam",
      OBJECT(MEMBER("name", JOINED(REF("var.prefix"), TEXT("-lambda"))), MEMBER("assume_role_policy", trust),
             MEMBER("description", comment)));
  add_function(model, "validate");
  add_function(model, "log_metrics");
  Flow *flow = add_flow(model);
  add(model, false, "aws_sfn_state_machine", "train", "flows",
      OBJECT(MEMBER("name", TEXT("ml-train-pipeline")), MEMBER("role_arn", REF("aws_iam_role.lambda.arn")),
             MEMBER("definition", call("definition", TEXT("train")))));
  VEC_PUSH(
      &arena, &model->variables,
      (Variable){.name = S("prefix"), .doc = S("What names begin with"), .type = &TYPE_STRING, .value = TEXT("demo")});
  VEC_PUSH(&arena, &model->files,
           (File){.path = S("dynamodb_items/house.json"),
                  .format = FILE_ITEM,
                  .content = OBJECT(MEMBER("name", comment), MEMBER("n", NUMBER(5)),
                                    MEMBER("uri", JOINED(TEXT("s3://$"), REF("var.prefix"), TEXT("/${x}/%{y}"))))});
  add(model, false, "aws_dynamodb_table_item", "house", "tables",
      OBJECT(MEMBER("table_name", TEXT("items")), MEMBER("hash_key", TEXT("name")),
             MEMBER("item", call("contents", TEXT("dynamodb_items/house.json")))));
  add_ci(model, flow);
  return model;
}

static Emission emitted(const Model *model) {
  Diags diags = {.arena = &arena};
  Sources sources = {.arena = &arena};
  Emission emission;
  emit_pipeline(&arena, model, &diags, &emission);
  Buf out = {.arena = &arena};
  diags_write_text(&out, &diags, &sources, false);
  if (diags_failed(&diags)) print_error("%.*s", STR_ARG(buf_text(&out)));
  assert_false(diags_failed(&diags));
  return emission;
}

static Str text_of(const Emission *emission, const char *path) {
  const EmittedFile *file = emission_file(emission, str_of(path));
  if (!file) print_error("no %s\n", path);
  assert_non_null(file);
  return file->text;
}

#define assert_has(text, part)                                                                                         \
  do {                                                                                                                 \
    if (!str_has((text), S(part))) print_error("not in it: %s\n%.*s\n", part, STR_ARG(text));                          \
    assert_true(str_has((text), S(part)));                                                                             \
  } while (0)

// With MLOPSC_EMIT_TO a folder, the files are left there for a look.
static void keep(const Emission *emission) {
  Str folder = sys_env("MLOPSC_EMIT_TO"), why;
  for (size_t i = 0; folder.len && i < emission->files.len; i++) {
    sys_write(&arena, path_join(&arena, folder, emission->files.at[i].path), emission->files.at[i].text, false, &why);
  }
}

static void writes_a_repository(void **state) {
  (void)state;
  Emission emission = emitted(fixture(TEXT("plain")));
  keep(&emission);
  Str lambda = text_of(&emission, "terraform/lambda.tf");
  assert_has(lambda, "source_file = \"${path.module}/../lambda/validate.py\"");
  assert_has(lambda, "\n  environment {\n    variables = {\n      PREFIX = var.prefix\n    }\n  }\n");
  assert_has(text_of(&emission, "terraform/iam.tf"), "assume_role_policy = jsonencode({\n");
  assert_has(text_of(&emission, "terraform/flows.tf"),
             "templatefile(\"${path.module}/statemachines/train.asl.json\", {\n"
             "    validate_arn    = trimsuffix(trimprefix(jsonencode(aws_lambda_function.validate.arn), \"\\\"\"), "
             "\"\\\"\")\n");
  assert_has(text_of(&emission, "terraform/providers.tf"), "sfn      = var.localstack_endpoint");
  assert_has(text_of(&emission, "terraform/versions.tf"), "required_version = \">= 1.5\"");
  assert_has(text_of(&emission, "README.md"), "s1[\"ValidateData\"]\n  s1 --> s2\n");
}

static void types_items(void **state) {
  (void)state;
  Emission emission = emitted(fixture(TEXT("plain")));
  Str item = text_of(&emission, "dynamodb_items/house.json");
  assert_has(item, "\"n\": {\n    \"N\": \"5\"\n  }");
  // The dollar in front of a place is filled in too: `$${` would be an escape.
  assert_has(item, "\"S\": \"s3://${v1}${v2}/$${x}/%%{y}\"");
  assert_has(text_of(&emission, "terraform/tables.tf"), "v1 = trimsuffix(trimprefix(jsonencode(\"$\")");
}

static void starts_on_push(void **state) {
  (void)state;
  Emission emission = emitted(fixture(TEXT("plain")));
  Str text = text_of(&emission, ".gitlab-ci.yml");
  Sources sources = {.arena = &arena};
  Diags diags = {.arena = &arena};
  YamlStream stream = {0};
  assert_true(yaml_read(&diags, &sources, source_add(&sources, S("ci"), text), &(YamlOptions){0}, &stream));
  const Yaml *job = yaml_get(stream.documents.at[0], S("train-model"));
  assert_true(str_eq(yaml_str(yaml_get(job, S("stage"))), S("train")));
  const Yaml *script = yaml_get(job, S("script"));
  Str last = yaml_str(script->items.at[script->items.len - 1]);
  assert_has(last, "--name train-\"$CI_PIPELINE_ID\"");
  assert_has(last,
             "'{\"source\":\"gitlab-ci\",\"commit\":\"'\"$CI_COMMIT_SHORT_SHA\"'\",\"it'\\''s\":\"on \\\"$x\\\" '");
}

static void same_bytes(void **state) {
  (void)state;
  Emission a = emitted(fixture(TEXT("x"))), b = emitted(fixture(TEXT("x")));
  assert_int_equal(a.files.len, b.files.len);
  for (size_t i = 0; i < a.files.len; i++) assert_true(str_eq(a.files.at[i].text, b.files.at[i].text));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(writes_a_repository),
      cmocka_unit_test(types_items),
      cmocka_unit_test(starts_on_push),
      cmocka_unit_test(same_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
