// The engine's face: sharing, bindings, bounds, seeds, and what an expression says it uses.
#include "jsonata/jsonata.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static Arena arena;

static const Json *read(const char *text) {
  JsonError fault;
  const Json *value = json_read(&arena, str_of(text), 0, &fault);
  assert_non_null(value);
  return value;
}

// Runs `source`; on failure returns NULL and fills *error.
static const Json *run(const char *source, JsonataRun job, JsonataError *error) {
  const Json *result = NULL;
  job.arena = &arena;
  const Jsonata *expression = jsonata_compile(&arena, str_of(source), JSONATA_STEP_FUNCTIONS, error);
  assert_non_null(expression);
  error->code[0] = 0;
  jsonata_run(expression, &job, &result, error);
  return result;
}

static void test_input_is_shared(void **state) {
  (void)state;
  JsonataError error;
  const Json *input = read("{\"model\":{\"tags\":[\"a\",\"b\"]}}");
  assert_ptr_equal(run("$", (JsonataRun){.input = input}, &error), input);
  const Json *tags = json_at(input, S("/model/tags"));
  assert_ptr_equal(run("model.tags", (JsonataRun){.input = input}, &error), tags);
  assert_null(run("model.missing", (JsonataRun){.input = input}, &error));
  assert_string_equal(error.code, "");
}

static void test_bindings_hide_functions(void **state) {
  (void)state;
  JsonataError error;
  JsonataBinding bindings[] = {{S("sum"), read("7")}, {S("none"), NULL}};
  JsonataRun job = {.bindings = bindings, .binding_count = 2};
  assert_true(run("$sum + 1", job, &error)->number == 8);
  assert_null(run("$none", job, &error));
}

// A result may be the input of the next run: nothing of the engine may stick to it.
static void test_results_are_plain(void **state) {
  (void)state;
  JsonataError error;
  const Json *kept = run("{\"list\": [1].($)[]}", (JsonataRun){0}, &error);
  const Json *list = json_get(kept, S("list"));
  assert_int_equal(list->kind, JSON_ARRAY);
  assert_int_equal(list->flags, 0);
  assert_int_equal(kept->flags, 0);
  assert_int_equal(run("list", (JsonataRun){.input = kept}, &error)->kind, JSON_ARRAY);
  assert_int_equal(run("function($x) { $x }", (JsonataRun){0}, &error)->kind, JSON_STRING);
}

static void test_bounds(void **state) {
  (void)state;
  JsonataError error;
  JsonataRun few_steps = {.limits = {.steps = 5000}};
  run("( $f := function($n) { $f($n + 1) }; $f(0) )", few_steps, &error);
  assert_string_equal(error.code, "D1012");
  JsonataRun shallow = {.limits = {.depth = 50}};
  run("( $f := function($n) { 1 + $f($n) }; $f(0) )", shallow, &error);
  assert_string_equal(error.code, "U1001");
  JsonataRun small = {.limits = {.memory = 1 << 20}};
  run("[1..1000000]", small, &error);
  assert_string_equal(error.code, "D2015");
}

static void test_seeds_repeat(void **state) {
  (void)state;
  JsonataError error;
  uint64_t one = 7, two = 7;
  const Json *first = run("[$random(), $uuid(), $shuffle([1..9])]", (JsonataRun){.random = &one}, &error);
  const Json *second = run("[$random(), $uuid(), $shuffle([1..9])]", (JsonataRun){.random = &two}, &error);
  assert_true(json_equal(first, second));
  assert_int_equal(one, two);
}

static void test_place_of_errors(void **state) {
  (void)state;
  JsonataError error;
  const char *source = "\xC3\xA9 & (1 + \"x\")";
  assert_null(run(source, (JsonataRun){0}, &error));
  assert_string_equal(error.code, "T2002");
  assert_int_equal(error.start, 8);    // bytes
  assert_int_equal(error.position, 8); // units up to the end of the operator
  assert_null(jsonata_compile(&arena, S("[1, "), JSONATA_FULL, &error));
  assert_string_equal(error.code, "S0203");
}

static void test_uses(void **state) {
  (void)state;
  JsonataError error;
  Str source = S("( $n := 2; $map($states.input.parts.size[$ > $n], function($s) { $s * $rate }) ~> $summ($n) )");
  const Jsonata *expression = jsonata_compile(&arena, source, JSONATA_STEP_FUNCTIONS, &error);
  size_t count;
  const JsonataUse *uses = jsonata_uses(expression, &arena, &count);
  bool states = false, rate = false, map = false, misspelt = false;
  for (size_t i = 0; i < count; i++) {
    const JsonataUse *use = &uses[i];
    if (use->kind == JSONATA_VARIABLE && str_eq(use->name, S("n"))) assert_true(use->bound);
    if (str_eq(use->name, S("states"))) {
      states = !use->bound && use->path_count == 3 && str_eq(use->path[2], S("size"));
      assert_true(str_eq(str_slice(source, use->start, use->end), S("$states")));
    }
    if (str_eq(use->name, S("rate"))) rate = !use->bound && !use->built_in;
    if (str_eq(use->name, S("map"))) map = use->kind == JSONATA_CALL && use->built_in && use->arguments == 2;
    if (str_eq(use->name, S("summ"))) misspelt = !use->built_in && use->arguments == 2;
  }
  assert_true(states && rate && map && misspelt);
  assert_true(str_eq(jsonata_nearest_function(S("summ"), JSONATA_FULL), S("sum")));
  assert_false(jsonata_has_function(S("eval"), JSONATA_STEP_FUNCTIONS));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_input_is_shared),
      cmocka_unit_test(test_bindings_hide_functions),
      cmocka_unit_test(test_results_are_plain),
      cmocka_unit_test(test_bounds),
      cmocka_unit_test(test_seeds_repeat),
      cmocka_unit_test(test_place_of_errors),
      cmocka_unit_test(test_uses),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  arena_free(&arena);
  return failed;
}
