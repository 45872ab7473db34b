// What the HCL reader makes of a text: trees, places, and one finding for each fault.
#include "data/hcl_write.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static Arena arena;
static Sources sources;
static Diags diags;

static const HclBody *read_body(const char *text) {
  sources = (Sources){.arena = &arena};
  diags = (Diags){.arena = &arena};
  return hcl_read(&arena, &diags, &sources, source_add(&sources, S("x.tf"), str_of(text)));
}

static const HclExpr *read_expr(const char *text) {
  sources = (Sources){.arena = &arena};
  diags = (Diags){.arena = &arena};
  return hcl_read_expr(&arena, &diags, &sources, source_add(&sources, S("x.tf"), str_of(text)));
}

static uint32_t line_of(size_t finding) {
  return source_line_column(&sources, 1, diags.list.at[finding]->span.start).line;
}

static void reads_blocks(void **state) {
  (void)state;
  const HclBody *body = read_body("# Why.\nresource \"a\" b {\n  c = 1 # d\n\n  e {}\n}\n");
  assert_int_equal(diags.list.len, 0);
  assert_int_equal(body->items.len, 1);
  const HclBlock *block = body->items.at[0].block;
  assert_int_equal(block->label_count, 2);
  assert_true(str_eq(block->labels[0].text, S("a")) && str_eq(block->labels[1].text, S("b")));
  assert_true(str_eq(block->comment, S("Why.")));
  assert_int_equal(block->body->items.len, 2);
  assert_int_equal(hcl_attribute(block->body, S("c"))->name_span.start, 26);
  assert_null(hcl_attribute(block->body, S("e")));
}

static void reads_expressions(void **state) {
  (void)state;
  const HclExpr *expr = read_expr("1 + 2 * -a.b[0].c");
  assert_int_equal(expr->kind, HCL_BINARY);
  assert_int_equal(expr->operation, HCL_ADD);
  assert_int_equal(expr->items[1]->operation, HCL_MULTIPLY);
  const HclExpr *access = expr->items[1]->items[1]->items[0];
  assert_int_equal(access->kind, HCL_ACCESS);
  assert_int_equal(access->count, 3);
  expr = read_expr("{ for k, v in m : k => v... if v != null }");
  assert_int_equal(expr->kind, HCL_FOR);
  assert_true(expr->loop->object && expr->loop->group && expr->loop->condition);
  expr = read_expr("a ? [for x in y : x] : { for = 1 }");
  assert_int_equal(expr->kind, HCL_INVALID); // `{ for` begins a for expression
}

static void decodes_text(void **state) {
  (void)state;
  Str text;
  assert_true(hcl_plain_string(read_expr("\"a\\n$${x} %%{y} \\u00e9\""), &text));
  assert_true(str_eq(text, S("a\n${x} %{y} é")));
  assert_true(hcl_plain_string(read_expr("<<-X\n    a\n      \\n\n    X\n"), &text));
  assert_true(str_eq(text, S("a\n  \\n\n")));
  const HclExpr *template = read_expr("\"a${b}%{ if c }d%{ else }e%{ endif }\"");
  assert_int_equal(template->kind, HCL_TEMPLATE);
  assert_int_equal(template->count, 3);
  assert_int_equal(template->items[2]->kind, HCL_TEMPLATE_IF);
  assert_int_equal(template->items[2]->count, 3);
}

static void finds_each_fault_once(void **state) {
  (void)state;
  read_body("a = [1\nb = 2\nc = +\nd \"x\"\n{\n  e = 1\n}\nf = \"\\q\"\ng = 1\n");
  static const uint32_t lines[] = {2, 3, 4, 8};
  diags_sort(&diags);
  assert_int_equal(diags.list.len, 4);
  for (size_t i = 0; i < 4; i++) assert_int_equal(line_of(i), lines[i]);
}

static void bounds_depth(void **state) {
  (void)state;
  enum { DEEP = 100000 };
  static const char openers[] = "([{!";
  for (size_t i = 0; i + 1 < sizeof openers; i++) {
    Buf text = {.arena = &arena};
    buf_str(&text, S("a = "));
    for (size_t j = 0; j < DEEP; j++) buf_str(&text, openers[i] == '{' ? S("{a=") : (Str){&openers[i], 1});
    buf_char(&text, '\0');
    read_body(buf_text(&text).at);
    assert_int_equal(diags.list.len, 1);
    assert_string_equal(diags.list.at[0]->code, "V2008");
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_blocks),          cmocka_unit_test(reads_expressions), cmocka_unit_test(decodes_text),
      cmocka_unit_test(finds_each_fault_once), cmocka_unit_test(bounds_depth),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  arena_free(&arena);
  return failed;
}
