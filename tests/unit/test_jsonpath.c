// JSONPath and intrinsic functions by themselves: what compiles, what is found, what is said where nothing is.
#include "run/intrinsics.h"
#include "run/jsonpath.h"
#include "run/value.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const char document[] = "{\"a\":{\"b\":[1,2,{\"c\":\"x\"}],\"it's\":true},\"n\":null,\"list\":[[1],[2,3]]}";

static const Json *read(Arena *arena, const char *text) {
  JsonError error;
  const Json *value = json_read(arena, str_of(text), 0, &error);
  assert_non_null(value);
  return value;
}

// The compact text that a path gives, "-" for nothing, "!" where it does not compile.
static const char *found(Arena *arena, const char *source) {
  Path path;
  Str why;
  if (!path_compile(arena, str_of(source), &path, &why)) return "!";
  const Json *value = path_get(&path, read(arena, document), arena, NULL);
  return value ? str_z(arena, value_text(arena, value)) : "-";
}

static void test_paths(void **state) {
  (void)state;
  Arena arena = {0};
  static const char *const rows[][2] = {
      {"$.a.b[0]", "1"},
      {"$.a.b[-1].c", "\"x\""},
      {"$.a.b[7]", "-"},
      {"$['a']['it\\'s']", "true"},
      {"$.n", "null"},
      {"$.n.x", "-"},
      {"$.a.b[:2]", "[1,2]"},
      {"$.a.b[1:]", "[2,{\"c\":\"x\"}]"},
      {"$.list[*][0]", "[1,2]"},
      {"$..c", "[\"x\"]"},
      {"$.list[?(@[0] > 1)]", "[[2,3]]"},
      {"$.list[?(@[1])]", "[[2,3]]"},
      {"$.list[?(!@[1])]", "[[1]]"},
      {"$.list.length()", "2"},
      {"$.a.b.max()", "2"},
      {"$.nowhere[0:2]", "[]"},
      {"$", "{\"a\":{\"b\":[1,2,{\"c\":\"x\"}],\"it's\":true},\"n\":null,\"list\":[[1],[2,3]]}"},
      {"$.", "!"},
      {"$.a[", "!"},
      {"$.a..", "!"},
      {"$.a[?(@.x ==)]", "!"},
      {"$.a.length().b", "!"},
      {"a.b", "!"},
      {"", "!"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) assert_string_equal(found(&arena, rows[i][0]), rows[i][1]);
  arena_free(&arena);
}

static void test_roots_and_misses(void **state) {
  (void)state;
  Arena arena = {0};
  Path path;
  Str why;
  assert_true(path_compile(&arena, S("$$.Execution.Id"), &path, &why) && path.root == PATH_CONTEXT);
  assert_true(path_compile(&arena, S("$total[0]"), &path, &why) && path.root == PATH_VARIABLE);
  assert_true(str_eq(path.variable, S("total")) && path.definite);
  assert_false(path_is_reference(&path));
  assert_true(path_compile(&arena, S("$.x.y.z"), &path, &why) && path_is_reference(&path));
  uint32_t missing;
  assert_null(path_get(&path, read(&arena, "{\"x\":{}}"), &arena, &missing));
  assert_true(str_eq(path_miss(&arena, &path, missing), S("Missing property in path $['x']['y']")));
  assert_null(path_get(&path, read(&arena, "{\"x\":{\"y\":{}}}"), &arena, &missing));
  assert_true(str_eq(path_miss(&arena, &path, missing), S("No results for path: $['x']['y']['z']")));
  arena_free(&arena);
}

static void test_put(void **state) {
  (void)state;
  Arena arena = {0};
  Path path;
  Str why;
  uint32_t missing;
  const Json *base = read(&arena, "{\"a\":1,\"l\":[{},2]}"), *seven = read(&arena, "7");
  assert_true(path_compile(&arena, S("$.new.deep"), &path, &why));
  assert_true(str_eq(value_text(&arena, path_put(&path, base, seven, &arena, &missing)),
                     S("{\"a\":1,\"l\":[{},2],\"new\":{\"deep\":7}}")));
  assert_true(path_compile(&arena, S("$.l[0].x"), &path, &why));
  assert_true(
      str_eq(value_text(&arena, path_put(&path, base, seven, &arena, &missing)), S("{\"a\":1,\"l\":[{\"x\":7},2]}")));
  assert_true(path_compile(&arena, S("$.a.x"), &path, &why));
  assert_null(path_put(&path, base, seven, &arena, &missing));
  assert_true(str_eq(value_text(&arena, base), S("{\"a\":1,\"l\":[{},2]}")));
  arena_free(&arena);
}

// The compact text of a call's value, the cause of its failure, or "!" where it does not compile.
static const char *called(Arena *arena, const char *source) {
  Str why;
  const Intrinsic *call = intrinsic_compile(arena, str_of(source), &why);
  if (!call) return "!";
  uint64_t random = 1;
  Evaluation e = {.arena = arena, .input = read(arena, document), .random = &random};
  const Json *value = intrinsic_call(&e, call, S("x.$"));
  return value ? str_z(arena, value_text(arena, value)) : str_z(arena, json_str(e.failure.error));
}

static void test_calls(void **state) {
  (void)state;
  Arena arena = {0};
  static const char *const rows[][2] = {
      {"States.Array($.n, 'x', 1.50, true)", "[null,\"x\",1.50,true]"},
      {"States.Format('{}-{}', 1, $.a.b)", "\"1-[1, 2, {c=x}]\""},
      {"States.Format('{}')", "States.IntrinsicFailure"},
      {"States.MathAdd(-1.5, 0)", "-1"},
      {"States.MathAdd('1', 0)", "States.IntrinsicFailure"},
      {"States.ArrayLength($.nowhere)", "States.Runtime"},
      {"States.StringSplit('', ',')", "[]"},
      {"States.StringSplit('a,b', '')", "[\"a,b\"]"},
      {"States.Hash('', 'SHA-3')", "States.IntrinsicFailure"},
      {"States.ArrayRange(1, 5000, 1)", "States.IntrinsicFailure"},
      {"States.ArrayPartition($.a.b, 0)", "States.IntrinsicFailure"},
      {"States.Nothing()", "!"},
      {"States.UUID(1)", "!"},
      {"States.Array('open", "!"},
      {"States.Array(1 2)", "!"},
      {"States.Array(1))", "!"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) assert_string_equal(called(&arena, rows[i][0]), rows[i][1]);
  arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_paths), cmocka_unit_test(test_roots_and_misses),
                                     cmocka_unit_test(test_put), cmocka_unit_test(test_calls)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
