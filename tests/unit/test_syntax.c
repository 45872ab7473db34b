// The tree that the parser builds: precedence, literals, clauses, comments of declarations, spans.
#include "syntax/syntax.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static Arena arena;

static const Stmt *parse(const char *text) {
  Sources *sources = NEW(&arena, Sources);
  sources->arena = &arena;
  Diags diags = {.arena = &arena};
  uint32_t file = source_add(sources, S("test.mlops"), str_of(text));
  const SyntaxFile *parsed = syntax_parse(&arena, sources, file, &diags);
  if (diags.list.len) fail_msg("%.*s", STR_ARG(diags.list.at[0]->message));
  return parsed->items;
}

// ---------------------------------------------------------------- trees as text

static const char *const operators[] = {"+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "and", "or", "??"};

static void write_expr(Buf *out, const Expr *e);

static void write_fields(Buf *out, const FieldList *fields) {
  for (size_t i = 0; i < fields->len; i++) {
    const Field *field = &fields->at[i];
    buf_fmt(out, " %s%.*s%s", field->spread ? "..." : "", STR_ARG(field->name.text), field->name.text.len ? "=" : "");
    write_expr(out, field->value);
  }
}

static void write_group(Buf *out, const char *head, const Expr *a, const Expr *b, const Expr *c) {
  const Expr *const parts[] = {a, b, c};
  buf_fmt(out, "(%s", head);
  for (int i = 0; i < 3; i++) {
    if (parts[i]) buf_char(out, ' ');
    if (parts[i]) write_expr(out, parts[i]);
  }
  buf_char(out, ')');
}

static void write_string(Buf *out, const Expr *e) {
  buf_char(out, '"');
  for (size_t i = 0; i < e->parts.len; i++) {
    buf_str(out, e->parts.at[i].text);
    if (e->parts.at[i].expr) write_group(out, "$", e->parts.at[i].expr, NULL, NULL);
  }
  buf_char(out, '"');
}

static void write_arms(Buf *out, const Expr *e) {
  buf_str(out, S("(match "));
  write_expr(out, e->left);
  for (size_t i = 0; i < e->arms.len; i++) {
    const Arm *arm = &e->arms.at[i];
    for (size_t k = 0; k < arm->patterns.len; k++) {
      buf_char(out, ' ');
      write_expr(out, arm->patterns.at[k]);
    }
    buf_str(out, arm->patterns.len ? S(" -> ") : S(" else -> "));
    write_expr(out, arm->value);
  }
  buf_char(out, ')');
}

static void write_expr(Buf *out, const Expr *e) {
  switch (e->kind) {
  case EXPR_ERROR: buf_str(out, S("error")); break;
  case EXPR_NULL: buf_str(out, S("null")); break;
  case EXPR_BOOL: buf_str(out, e->number != 0 ? S("true") : S("false")); break;
  case EXPR_NUMBER: buf_fmt(out, "%.*s", STR_ARG(e->text)); break;
  case EXPR_STRING: write_string(out, e); break;
  case EXPR_NAME: buf_str(out, e->name.text); break;
  case EXPR_MEMBER:
    write_expr(out, e->left);
    buf_fmt(out, ".%.*s", STR_ARG(e->name.text));
    break;
  case EXPR_INDEX: write_group(out, "index", e->left, e->right, NULL); break;
  case EXPR_SLICE: write_group(out, e->right ? "slice" : "slice-to", e->left, e->right, e->third); break;
  case EXPR_CALL:
    buf_str(out, S("(call "));
    write_expr(out, e->left);
    write_fields(out, &e->fields);
    buf_char(out, ')');
    break;
  case EXPR_NOT: write_group(out, "not", e->left, NULL, NULL); break;
  case EXPR_NEGATE: write_group(out, "neg", e->left, NULL, NULL); break;
  case EXPR_BINARY: write_group(out, operators[e->op], e->left, e->right, NULL); break;
  case EXPR_TEST: write_group(out, "?", e->left, NULL, NULL); break;
  case EXPR_ASSERT: write_group(out, "!", e->left, NULL, NULL); break;
  case EXPR_LIST:
    buf_str(out, S("(list"));
    for (size_t i = 0; i < e->items.len; i++) {
      buf_char(out, ' ');
      write_expr(out, e->items.at[i]);
    }
    buf_char(out, ')');
    break;
  case EXPR_OBJECT:
    buf_str(out, S("(object"));
    write_fields(out, &e->fields);
    buf_char(out, ')');
    break;
  case EXPR_COMPREHENSION:
    buf_fmt(out, "(for %.*s in ", STR_ARG(e->name.text));
    write_expr(out, e->right);
    write_group(out, "", e->left, e->third, NULL);
    buf_char(out, ')');
    break;
  case EXPR_MATCH: write_arms(out, e); break;
  case EXPR_RANGE: write_group(out, "range", e->left, e->right, NULL); break;
  case EXPR_EITHER: write_group(out, "either", e->left, e->right, NULL); break;
  case EXPR_ASL: write_group(out, "asl", e->left, NULL, NULL); break;
  case EXPR_JSONATA: write_group(out, "jsonata", e->left, NULL, NULL); break;
  case EXPR_EVERYWHERE: write_group(out, "everywhere", e->left, NULL, NULL); break;
  }
}

static const Expr *value_of(const char *source) {
  return parse(str_z(&arena, str_fmt(&arena, "let x = %s\n", source)))->value;
}

static void check(const char *source, const char *tree) {
  Buf out = {.arena = &arena};
  write_expr(&out, value_of(source));
  assert_string_equal(str_z(&arena, buf_text(&out)), tree);
}

// ---------------------------------------------------------------- tests

static void test_precedence(void **state) {
  (void)state;
  check("a or b and c", "(or a (and b c))");
  check("not a == b and c", "(and (not (== a b)) c)");
  check("not not a", "(not (not a))");
  check("a ?? b ?? c == d", "(== (?? a (?? b c)) d)");
  check("a + b * -c - d", "(- (+ a (* b (neg c))) d)");
  check("a / b / c", "(/ (/ a b) c)");
  check("-a.b?", "(neg (? a.b))");
  check("a!.b[0](x)", "(call (index (! a).b 0) x)");
  check("a?? b", "(?? a b)");
  check("(a + b) * c", "(* (+ a b) c)");
  check("a == not b", "(== a (not b))");
}

static void test_forms(void **state) {
  (void)state;
  check("[x * 2 for x in xs if x > 1]", "(for x in xs( (* x 2) (> x 1)))");
  check("xs[1..2]", "(slice xs 1 2)");
  check("xs[..2]", "(slice-to xs 2)");
  check("{ a, \"b c\": 1, d-e: 2, ...f }", "(object a=a b c=1 d-e=2 ...f)");
  check("f(a, b: 1, ...c)", "(call f a b=1 ...c)");
  check("match v {\n  \"a\", 5 -> { x: 1 }\n  else -> match(1)\n}",
        "(match v \"a\" 5 -> (object x=1) else -> (call match 1))");
  check("asl { Type: \"Pass\" }", "(asl (object Type=\"Pass\"))");
  check("jsonata \"$x\"", "(jsonata \"$x\")");
  check("a +\n  b\n  * c\n  .d", "(+ a (* b c.d))");
  check("[true, false, null, [], {}]", "(list true false null (list) (object))");
}

static void test_strings(void **state) {
  (void)state;
  check("\"a${x}b${\"${y}\"}\"", "\"a($ x)b($ \"($ y)\")\"");
  check("\"\\u00e9\\ud83d\\ude00\\n\\${}\"", "\"\xc3\xa9\xf0\x9f\x98\x80\n${}\"");
  check("\"\"\"raw \\n ${x}\"\"\"", "\"raw \\n ${x}\"");
  check("\"\"\"\n    a\n      b\n\n    c\n    \"\"\"", "\"a\n  b\n\nc\n\"");
  assert_int_equal(value_of("\"\"")->parts.len, 0);
}

static void check_number(const char *source, double number, Unit unit) {
  const Expr *e = value_of(source);
  assert_int_equal(e->kind, EXPR_NUMBER);
  assert_int_equal(e->unit, unit);
  assert_true(e->number - number < 1e-9 && number - e->number < 1e-9);
  assert_string_equal(str_z(&arena, e->text), source);
}

static void test_numbers(void **state) {
  (void)state;
  check_number("12.50", 12.5, UNIT_NONE);
  check_number("1e3", 1000, UNIT_NONE);
  check_number("90s", 90, UNIT_SECONDS);
  check_number("1.5h", 5400, UNIT_SECONDS);
  check_number("7d", 604800, UNIT_SECONDS);
  check_number("4KB", 4096, UNIT_BYTES);
  check_number("5%", 0.05, UNIT_PERCENT);
  check_number("60/m", 1, UNIT_PER_SECOND);
  check("50 / s", "(/ 50 s)");
  check("50/seconds", "(/ 50 seconds)");
}

static void test_calls(void **state) {
  (void)state;
  const Stmt *flow = parse("flow f() {\n"
                           "  A \"The label\" = g(1)\n"
                           "    retry \"X\", \"Y\" every 5s times 3 backoff 2 up to 1m jitter\n"
                           "    retry none\n"
                           "    timeout none heartbeat 5m as r\n"
                           "  start h({}) name \"n\"\n"
                           "  B = each x in xs with (concurrency: 2) { return x } timeout 1h\n"
                           "}\n");
  const Stmt *call = flow->body;
  assert_int_equal(call->kind, STMT_CALL);
  assert_string_equal(str_z(&arena, call->label.text), "The label");
  assert_int_equal(call->clauses.retries.len, 2);
  assert_int_equal(call->clauses.retries.at[0].errors.len, 2);
  assert_true(call->clauses.retries.at[0].jitter && call->clauses.retries.at[0].most != NULL);
  assert_true(call->clauses.retries.at[1].none);
  assert_true(str_eq(call->clauses.timeout->name.text, S("none")));
  assert_int_equal(call->next->mode, CALL_START);
  assert_non_null(call->next->clauses.name);
  const Stmt *each = call->next->next;
  assert_int_equal(each->kind, STMT_EACH);
  assert_true(str_eq(each->name.text, S("B")) && str_eq(each->handler.text, S("x")));
  assert_non_null(each->clauses.timeout);
  assert_null(each->next);
}

static void test_flow_catch(void **state) {
  (void)state;
  const Stmt *flow =
      parse("flow f() {\n} catch {\n}\nflow g() {\n}\nflow h() {\n} catch \"A\" as e { fail e.Error }\n");
  assert_true(flow->has_catch && !flow->other);
  assert_false(flow->next->has_catch);
  const Stmt *last = flow->next->next;
  assert_true(last->has_catch && last->items.len == 1 && str_eq(last->handler.text, S("e")));
  assert_int_equal(last->other->kind, STMT_FAIL);
}

static void test_docs(void **state) {
  (void)state;
  const Stmt *s = parse("# The header.\n\n# One.\n#  Two.\nlambda a {} # behind\n# Of b.\nlambda b {}\n\n# Far.\n\n"
                        "kind k() {\n  # A member.\n  member m = 1\n}\n");
  assert_string_equal(str_z(&arena, s->doc), "One.\n Two.");
  assert_string_equal(str_z(&arena, s->next->doc), "Of b.");
  assert_int_equal(s->next->next->doc.len, 0);
  assert_string_equal(str_z(&arena, s->next->next->body->doc), "A member.");
}

static void test_mocks(void **state) {
  (void)state;
  const Stmt *test =
      parse("test \"t\" {\n  mock A.b: fails \"X\", \"c\" twice, then after 2d { a: 1 } 3 times, then never\n"
            "  expect not visited A, \"B c\"\n  expect argument A.x == 1\n}\n");
  const Stmt *mock = test->body;
  assert_int_equal(mock->answers.len, 3);
  assert_true(mock->answers.at[0].error && mock->answers.at[0].cause && mock->answers.at[0].times->number == 2);
  assert_true(mock->answers.at[1].after->number == 172800 && mock->answers.at[1].times->number == 3);
  assert_true(mock->answers.at[2].never && !mock->answers.at[2].times);
  assert_true(mock->next->negated && mock->next->items.len == 2);
  assert_true(mock->next->next->has_argument);
}

static void test_events(void **state) {
  (void)state;
  const Stmt *s = parse("ci github {\n  oidc: { a: 1 }\n  on push main -> apply, f(x: 1) if not y name \"n\"\n}\n"
                        "on manual(a: string = \"\") in [dev] -> plan\n");
  assert_int_equal(s->fields.len, 1);
  assert_int_equal(s->body->kind, STMT_ON);
  assert_true(str_eq(s->body->word.text, S("push")) && s->body->items.len == 1);
  assert_int_equal(s->body->targets.len, 2);
  assert_true(s->body->targets.at[1].condition && s->body->targets.at[1].name);
  assert_true(s->next->has_params && s->next->params.len == 1 && s->next->second);
}

static void test_spans(void **state) {
  (void)state;
  const Expr *e = value_of("f(a, bc + 1)");
  assert_int_equal(e->span.start, 8);
  assert_int_equal(e->span.end, 20);
  const Expr *sum = e->fields.at[1].value;
  assert_int_equal(sum->span.start, 13);
  assert_int_equal(sum->span.end, 19);
}

static int free_arena(void **state) {
  (void)state;
  arena_free(&arena);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_precedence), cmocka_unit_test(test_forms), cmocka_unit_test(test_strings),
      cmocka_unit_test(test_numbers),    cmocka_unit_test(test_calls), cmocka_unit_test(test_flow_catch),
      cmocka_unit_test(test_docs),       cmocka_unit_test(test_mocks), cmocka_unit_test(test_events),
      cmocka_unit_test(test_spans),
  };
  return cmocka_run_group_tests(tests, NULL, free_arena);
}
