// The parts of the validators that have contracts of their own: forms, terms, DynamoDB's numbers, allowances, formats.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "report/explain.h"
#include "report/findings.h"
#include "validate/asl_path.h"
#include "validate/dynamodb_number.h"
#include "validate/form.h"
#include "validate/template.h"
#include "validate/validate.h"

static Arena arena;

static const Form *form(const char *text) {
  JsonError error;
  return form_constant(&arena, json_read(&arena, str_of(text), 0, &error));
}

static void merged_forms_keep_what_both_have(void **state) {
  (void)state;
  bool maybe;
  const Form *both = form_merge(&arena, form("{\"a\": 1, \"b\": 2}"), form("{\"a\": \"x\"}"));
  const Form *a = form_member(&arena, both, S("a"), &maybe);
  assert_int_equal(a->kinds, 1 << JSON_NUMBER | 1 << JSON_STRING);
  assert_false(maybe);
  assert_non_null(form_member(&arena, both, S("b"), &maybe));
  assert_true(maybe);
  assert_null(form_member(&arena, both, S("c"), &maybe));
  assert_true(form_same(form_merge(&arena, both, both), both));
  assert_ptr_equal(form_merge(&arena, both, &FORM_ANY), &FORM_ANY);
}

static void forms_of_constants_are_constants(void **state) {
  (void)state;
  FormMember members[] = {{S("a"), form("1"), false}, {S("b"), form("[2]"), false}};
  const Form *made = form_object(&arena, members, 2, false);
  assert_non_null(made->constant);
  assert_true(form_same(made, form("{\"b\": [2], \"a\": 1}")));
  const Form *with = form_with(&arena, made, S("c"), &FORM_TEXT);
  bool maybe;
  assert_ptr_equal(form_member(&arena, with, S("c"), &maybe), &FORM_TEXT);
  assert_null(form_item(&arena, form("[1, 2]"), 2));
  assert_int_equal(form_item(&arena, form("[1, \"x\"]"), -1)->kinds, 1 << JSON_STRING);
}

static bool is_term(const char *text) {
  TermError error;
  return asl_read_term(&arena, str_of(text), &error) != NULL;
}

static void terms(void **state) {
  (void)state;
  static const char *const good[] = {"$",
                                     "$.a",
                                     "$$.Task.Token",
                                     "$x.y",
                                     "$.a[0].b",
                                     "$.a[-1]",
                                     "$.a[1:3]",
                                     "$..b",
                                     "$[?(@.a > 1)].b",
                                     "$['a b']",
                                     "$.[0]",
                                     "$.a-b",
                                     "States.UUID()",
                                     "States.Format('{} \\{\\}', $.a)",
                                     "States.Array(1, -2.5, null, 'x')  "};
  static const char *const bad[] = {"",
                                    "a",
                                    "$.",
                                    "$.a.",
                                    "$.a[",
                                    "$.a[]",
                                    "$.a b",
                                    " States.UUID()",
                                    "States.UUID",
                                    "States.Array(1,)",
                                    "States.Format('x)",
                                    "States.Format('\\\"')",
                                    "$.a[x]"};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    if (!is_term(good[i])) fail_msg("%s is a term", good[i]);
  }
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    if (is_term(bad[i])) fail_msg("%s is no term", bad[i]);
  }
}

static void numbers(void **state) {
  (void)state;
  DynamoNumber number;
  static const char *const good[] = {"0",
                                     "-0.0",
                                     "+5",
                                     ".5",
                                     "1e125",
                                     "1E-130",
                                     "12345678901234567890123456789012345678",
                                     "1000000000000000000000000000000000000000000"};
  static const char *const bad[] = {
      "", "x", "1e126", "1e-131", "1e", "--1", "1.2.3", " 1", "123456789012345678901234567890123456789", "NaN", "0x10"};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_null(dynamo_number_read(str_of(good[i]), &number));
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_non_null(dynamo_number_read(str_of(bad[i]), &number));
  dynamo_number_read(S("100.0"), &number);
  Str a = dynamo_number_text(&arena, &number);
  dynamo_number_read(S("1e2"), &number);
  assert_true(str_eq(a, dynamo_number_text(&arena, &number)));
}

static void templates_keep_offsets(void **state) {
  (void)state;
  Str filled, text = S("{\"a\": ${jsonencode({x = \"}\"})}, \"b\": \"${y[\"z\"]}\"}");
  bool directives;
  JsonError error;
  assert_true(template_fill(&arena, text, &filled, &directives));
  assert_int_equal(filled.len, text.len);
  const Json *json = json_read(&arena, filled, 0, &error);
  assert_non_null(json);
  assert_true(template_is_open(json_str(json_get(json, S("a")))));
  assert_int_equal(json_member(json, S("b"))->at, str_find(text, S("\"b\""), 0));
}

// What validation of one definition writes in a format.
static Str written(const char *text, const char *format) {
  Sources sources = {.arena = &arena};
  FileSet set = {.arena = &arena, .sources = &sources};
  Diags diags = {.arena = &arena};
  ValidateOptions options = {0};
  file_set_add(&set, S("a.asl.json"), str_of(text), NULL);
  validate_set(&diags, &set, &options);
  Buf out = {.arena = &arena};
  assert_true(findings_write(&out, &diags, &sources, str_of(format), false));
  return buf_text(&out);
}

static const char fine[] = "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", \"End\": true}}}";

static void formats(void **state) {
  (void)state;
  assert_true(str_eq(written(fine, "gitlab"), S("[]\n")));
  assert_true(str_eq(written(fine, "github"), S("")));
  assert_true(str_has(written(fine, "junit"), S("failures=\"0\"")));
  assert_true(str_has(written("{}", "sarif"), S("\"ruleId\": \"V1010\"")));
  assert_true(str_has(written("{}", "github"), S("::error file=a.asl.json,line=1,col=1,title=V1010::")));
}

static void fingerprints_ignore_lines(void **state) {
  (void)state;
  JsonError error;
  const Json *a = json_read(&arena, written("{}", "gitlab"), 0, &error);
  const Json *b = json_read(&arena, written("\n\n{}", "gitlab"), 0, &error);
  assert_true(json_equal(json_at(a, S("/0/fingerprint")), json_at(b, S("/0/fingerprint"))));
  assert_false(json_equal(json_at(a, S("/0/fingerprint")), json_at(a, S("/1/fingerprint"))));
}

#define STATIC_RESULT(comment)                                                                                         \
  "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", \"Comment\": \"" comment                              \
  "\", \"Result\": \"$.x\", \"End\": true}}}"

static void allowances(void **state) {
  (void)state;
  assert_true(str_has(written(STATIC_RESULT("x"), "json"), S("V1046")));
  assert_true(str_eq(written(STATIC_RESULT("mlopsc: allow V1046 because it is meant"), "json"), S("[]\n")));
  Str bare = written(STATIC_RESULT("mlopsc: allow V1046"), "json");
  assert_true(str_has(bare, S("V1046")) && str_has(bare, S("V7090")));
  Str unused = written(STATIC_RESULT("mlopsc: allow V1045 because it is meant"), "json");
  assert_true(str_has(unused, S("V1046")) && str_has(unused, S("V7091")));
}

static void explanations(void **state) {
  (void)state;
  Explanation section;
  assert_true(explain_find(S("V1020"), &section));
  assert_true(str_eq(section.level, S("error")));
  assert_true(section.text.len && section.wrong.len && section.right.len);
  assert_false(explain_find(S("V9999"), &section));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(merged_forms_keep_what_both_have),
      cmocka_unit_test(forms_of_constants_are_constants),
      cmocka_unit_test(terms),
      cmocka_unit_test(numbers),
      cmocka_unit_test(templates_keep_offsets),
      cmocka_unit_test(formats),
      cmocka_unit_test(fingerprints_ignore_lines),
      cmocka_unit_test(allowances),
      cmocka_unit_test(explanations),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  arena_free(&arena);
  return failed;
}
