// What emitters build comes out as canonical HCL that says exactly what was meant.
#include "data/hcl_write.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static Arena arena;

#define assert_text(text, expected)                                                                                    \
  do {                                                                                                                 \
    Str text_ = (text);                                                                                                \
    assert_string_equal(str_z(&arena, text_), (expected));                                                             \
  } while (0)

static void prints_blocks(void **state) {
  (void)state;
  HclBody *body = hcl_body(&arena);
  HclBlock *topic = hcl_add(body, S("resource"), HCL_LABELS(S("aws_sns_topic"), S("alerts")));
  topic->comment = S("Where failures go.\nSecond line.");
  hcl_set(topic->body, S("name"), hcl_string(&arena, S("al\"erts ${x}")));
  hcl_set(topic->body, S("kms_master_key_id"), hcl_reference(&arena, S("aws_kms_key.this[0].arn")));
  hcl_set(topic->body, S("nothing"), NULL);
  HclBlock *lifecycle = hcl_add(topic->body, S("lifecycle"), HCL_NO_LABELS);
  hcl_set(lifecycle->body, S("ignore_changes"), hcl_list(&arena, HCL_ITEMS(hcl_reference(&arena, S("tags")))));
  HclExpr *tags = hcl_object(&arena);
  hcl_put(&arena, tags, S("Name"), hcl_string(&arena, S("x")));
  hcl_put(&arena, tags, S("a.b"), hcl_number(&arena, 1.5));
  hcl_put(&arena, tags, S("for"), hcl_bool(&arena, true));
  hcl_gap(topic->body);
  hcl_set(topic->body, S("tags"), tags);
  hcl_add(body, S("data"), HCL_LABELS(S("aws_region"), S("now")));
  assert_text(hcl_print(&arena, body), "# Where failures go.\n"
                                       "# Second line.\n"
                                       "resource \"aws_sns_topic\" \"alerts\" {\n"
                                       "  name              = \"al\\\"erts $${x}\"\n"
                                       "  kms_master_key_id = aws_kms_key.this[0].arn\n"
                                       "\n"
                                       "  lifecycle {\n"
                                       "    ignore_changes = [tags]\n"
                                       "  }\n"
                                       "\n"
                                       "  tags = {\n"
                                       "    Name  = \"x\"\n"
                                       "    \"a.b\" = 1.5\n"
                                       "    \"for\" = true\n"
                                       "  }\n"
                                       "}\n"
                                       "\n"
                                       "data \"aws_region\" \"now\" {}\n");
}

static void escapes_every_character(void **state) {
  (void)state;
  assert_text(hcl_print_expr(&arena, hcl_string(&arena, S("$${ %{ $ % ${${ \\ \" \n\t\r\x01 é"))),
              "\"$$${ %%{ $ % $${$${ \\\\ \\\" \\n\\t\\r\\u0001 é\"");
  for (unsigned c = 0; c < 128; c++) {
    char text[5] = {'$', (char)c, '{', '%', (char)c};
    HclExpr *expr = hcl_string(&arena, str_dup(&arena, (Str){text, 5}));
    Sources sources = {.arena = &arena};
    Diags diags = {.arena = &arena};
    uint32_t file = source_add(&sources, S("x"), hcl_print_expr(&arena, expr));
    Str back;
    assert_true(hcl_plain_string(hcl_read_expr(&arena, &diags, &sources, file), &back));
    assert_true(str_eq(back, (Str){text, 5}));
  }
}

static void prints_expressions(void **state) {
  (void)state;
  HclExpr *a = hcl_reference(&arena, S("var.a")), *one = hcl_number(&arena, 1);
  HclExpr *sum = hcl_binary(&arena, HCL_ADD, a, one);
  assert_text(hcl_print_expr(&arena, hcl_binary(&arena, HCL_MULTIPLY, sum, one)), "(var.a + 1) * 1");
  assert_text(hcl_print_expr(&arena, hcl_binary(&arena, HCL_SUBTRACT, one, sum)), "1 - (var.a + 1)");
  assert_text(hcl_print_expr(&arena, hcl_get(&arena, sum, S("x"))), "(var.a + 1).x");
  assert_text(hcl_print_expr(&arena, hcl_unary(&arena, HCL_NOT, sum)), "!(var.a + 1)");
  assert_text(hcl_print_expr(&arena, hcl_index(&arena, hcl_splat(&arena, a), one)), "var.a[*][1]");
  HclExpr *parts = hcl_template(&arena, HCL_ITEMS(hcl_string(&arena, S("p-${")), a, hcl_string(&arena, S("-x"))));
  assert_text(hcl_print_expr(&arena, parts), "\"p-$${${var.a}-x\"");
  assert_text(hcl_print_expr(&arena, hcl_template(&arena, HCL_ITEMS(a))), "var.a");
  assert_text(hcl_print_expr(&arena, hcl_conditional(&arena, a, parts, hcl_null(&arena))),
              "var.a ? \"p-$${${var.a}-x\" : null");
  HclLoop loop = {.item = S("x"), .in = a, .result = hcl_reference(&arena, S("x.y")), .condition = a};
  assert_text(hcl_print_expr(&arena, hcl_for(&arena, loop)), "[for x in var.a : x.y if var.a]");
  loop.result_key = hcl_reference(&arena, S("x.k"));
  loop.key = S("i");
  assert_text(hcl_print_expr(&arena, hcl_for(&arena, loop)), "{ for i, x in var.a : x.k => x.y if var.a }");
  HclExpr *object = hcl_object(&arena);
  hcl_put(&arena, object, S("a"), one);
  assert_text(hcl_print_expr(&arena, hcl_call(&arena, S("jsonencode"), HCL_ITEMS(object))),
              "jsonencode({\n  a = 1\n})");
  assert_text(hcl_print_expr(&arena, hcl_list(&arena, HCL_ITEMS(object))), "[{\n  a = 1\n}]");
  assert_text(hcl_print_expr(&arena, hcl_list(&arena, HCL_ITEMS(object, one))), "[\n  {\n    a = 1\n  },\n  1,\n]");
}

static void prints_heredocs(void **state) {
  (void)state;
  HclBody *body = hcl_body(&arena);
  hcl_set(body, S("script"), hcl_heredoc(&arena, S("#!/bin/sh\n  echo ${HOME}\n")));
  hcl_set(body, S("no_end"), hcl_heredoc(&arena, S("x")));
  assert_text(hcl_print(&arena, body), "script = <<-EOT\n#!/bin/sh\n  echo $${HOME}\nEOT\nno_end = \"x\"\n");
}

// A text that the formatter would change was not canonical.
static void printing_is_canonical(void **state) {
  (void)state;
  JsonError error;
  const Json *value = json_read(&arena, S("{\"a\":[1,[],{}],\"b c\":{\"x\":null,\"yy\":\"\\u0000${\"}}"), 0, &error);
  Str once = hcl_print_expr(&arena, hcl_json(&arena, value)), twice;
  Str text = str_fmt(&arena, "x = %.*s\n", STR_ARG(once));
  assert_true(hcl_format(&arena, text, &twice));
  assert_true(str_eq(text, twice));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(prints_blocks),         cmocka_unit_test(escapes_every_character),
      cmocka_unit_test(prints_expressions),    cmocka_unit_test(prints_heredocs),
      cmocka_unit_test(printing_is_canonical),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  arena_free(&arena);
  return failed;
}
