// `test` blocks: runs with mocks and expectations, as plain data.
#include "check/internal.h"

// A text that is known at compile time; what is not is reported.
static Str text_of(Checker *c, Scope *scope, const Expr *expr, const char *what) {
  const Value *text = eval_as(c, scope, expr, &TYPE_STRING, str_of(what));
  return is_poison(text) || !require_time(c, text, TIME_COMPILE, what) ? (Str){0} : text->text;
}

static Str step_of(Checker *c, Scope *scope, const Expr *expr) {
  if (expr->kind == EXPR_NAME) return expr->name.text;
  if (expr->kind == EXPR_STRING) return text_of(c, scope, expr, "a step's name");
  if (expr->kind == EXPR_MEMBER) {
    Str left = step_of(c, scope, expr->left);
    return str_fmt(c->arena, "%.*s.%.*s", STR_ARG(left), STR_ARG(expr->name.text));
  }
  return (Str){0};
}

static bool step_in(const Graph *graph, Str step, Nearest *nearest) {
  for (size_t i = 0; i < graph->states.len; i++) {
    const State *state = graph->states.at[i];
    Str prefix = state->step.len > step.len ? str_slice(state->step, 0, step.len) : (Str){0};
    bool inside = prefix.len && str_eq(prefix, step) && state->step.at[step.len] == '.';
    if (str_eq(state->step, step) || str_eq(state->name, step) || inside) return true;
    nearest_offer(nearest, state->step);
    if (state->body && step_in(state->body, step, nearest)) return true;
    for (size_t k = 0; k < state->branches.len; k++) {
      if (step_in(state->branches.at[k], step, nearest)) return true;
    }
  }
  return false;
}

// The step that an expression names; reports one that the flow does not have.
static Str known_step(Checker *c, Scope *scope, const Test *test, const Expr *expr) {
  Str step = step_of(c, scope, expr);
  Nearest nearest = nearest_to(step);
  if (!test->flow || c->broken_flows || step_in(&test->flow->graph, step, &nearest)) return step;
  Str key = str_fmt(c->arena, "%.*s.%.*s", STR_ARG(test->flow->name), STR_ARG(step));
  if (told_before(c, "E0701", key, expr->span)) return step;
  Diag *d = diag(c->diags, DIAG_ERROR, "E0701", expr->span, "the flow has no step `%.*s`", STR_ARG(step));
  first_told(c, "E0701", key, d);
  Str best = nearest_best(&nearest), tail = step;
  for (size_t i = 0; i < step.len; i++) { // bodies and branches do not prefix their steps
    if (step.at[i] == '.') tail = str_slice(step, i + 1, step.len);
  }
  if (tail.len < step.len && step_in(&test->flow->graph, tail, &nearest)) best = tail;
  if (best.len) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
  return step;
}

static const Value *constant(Checker *c, Scope *scope, const Expr *expr, const Type *type, const char *what) {
  if (!expr) return NULL;
  const Value *value = eval_as(c, scope, expr, type, str_of(what));
  return is_poison(value) || !require_time(c, value, TIME_DEPLOY, what) ? NULL : value;
}

static void add_mock(Checker *c, Scope *scope, Test *test, const Stmt *stmt) {
  TestMock mock = {.step = known_step(c, scope, test, stmt->value), .span = stmt->span};
  for (size_t i = 0; i < stmt->answers.len; i++) {
    const Answer *a = &stmt->answers.at[i];
    TestAnswer answer = {.never = a->never};
    answer.after = constant(c, scope, a->after, &TYPE_DURATION, "a mock's delay");
    answer.value = constant(c, scope, a->value, &TYPE_ANY, "a mock's answer");
    answer.error = constant(c, scope, a->error, &TYPE_STRING, "an error's name");
    check_mock(c, test, mock.step, &answer);
    answer.cause = constant(c, scope, a->cause, &TYPE_STRING, "an error's cause");
    const Value *times = constant(c, scope, a->times, &TYPE_NUMBER, "how often");
    answer.times = times ? (int)times->number : 0;
    VEC_PUSH(c->arena, &mock.answers, answer);
  }
  VEC_PUSH(c->arena, &test->mocks, mock);
}

static const Value *leaf(Checker *c, Str name, const Type *type) {
  return value_leaf(c->arena, VALUE_LOCAL, TIME_RUN, name, type, NO_SPAN);
}

// What begins a condition on a step's arguments: the longest of `Step`, `Step.Inner`, … on its left that is a step.
static const Expr *step_on_left(Checker *c, Scope *scope, const Test *test, const Expr *expr) {
  const Expr *found = NULL;
  for (;; expr = expr->left) {
    bool named = expr->kind == EXPR_MEMBER || expr->kind == EXPR_NAME || expr->kind == EXPR_STRING;
    Str step = named ? step_of(c, scope, expr) : (Str){0};
    Nearest nearest = nearest_to(step);
    if (!found && expr->kind == EXPR_MEMBER && step_in(&test->flow->graph, step, &nearest)) found = expr;
    bool deeper = expr->kind == EXPR_MEMBER || expr->kind == EXPR_INDEX || expr->kind == EXPR_BINARY ||
                  expr->kind == EXPR_NOT || expr->kind == EXPR_TEST || expr->kind == EXPR_CALL;
    if (!deeper || expr == found) return found ? found : expr;
  }
}

// A condition with the name `argument` in place of the step.
static Expr *with_argument(Checker *c, const Expr *expr, const Expr *step) {
  Expr *copy = NEW(c->arena, Expr);
  *copy = *expr;
  if (expr == step)
    *copy = (Expr){.kind = EXPR_NAME, .span = expr->span, .name = {S("argument"), expr->span}};
  else
    copy->left = with_argument(c, expr->left, step);
  return copy;
}

static void add_expectation(Checker *c, Scope *scope, Test *test, const Stmt *stmt) {
  TestExpectation expectation = {.kind = stmt->expect, .negated = stmt->negated, .span = stmt->span};
  for (size_t i = 0; i < stmt->items.len; i++)
    VEC_PUSH(c->arena, &expectation.steps, known_step(c, scope, test, stmt->items.at[i]));
  if (stmt->expect != EXPECT_TRUE) {
    expectation.value = constant(c, scope, stmt->value, &TYPE_STRING, "an error's name");
    expectation.second = constant(c, scope, stmt->second, &TYPE_STRING, "an error's cause");
  } else {
    Scope *inside = scope_new(c, SCOPE_BLOCK, scope);
    scope_bind_value(c, inside, (Word){S("output"), NO_SPAN}, leaf(c, S("output"), &TYPE_ANY))->used = true;
    scope_bind_value(c, inside, (Word){S("elapsed"), NO_SPAN}, leaf(c, S("elapsed"), &TYPE_DURATION))->used = true;
    const Expr *condition = stmt->value;
    if (stmt->has_argument) {
      const Expr *step = step_on_left(c, scope, test, condition);
      VEC_PUSH(c->arena, &expectation.steps, known_step(c, scope, test, step));
      condition = with_argument(c, condition, step);
      scope_bind_value(c, inside, (Word){S("argument"), NO_SPAN}, leaf(c, S("argument"), &TYPE_ANY))->used = true;
    }
    expectation.value = eval(c, inside, condition);
    if (is_poison(expectation.value)) return;
    expectation.value = fit(c, expectation.value, &TYPE_BOOL, S("`expect`"));
    if (is_poison(expectation.value)) return;
  }
  VEC_PUSH(c->arena, &test->expectations, expectation);
}

// An item or key in a test's input becomes the item itself: nothing is loaded from a table.
static const Value *test_input(Checker *c, Scope *scope, Entity *entity, const Expr *call) {
  Arguments arguments = arguments_of(c, scope, &call->fields, call->span);
  c->testing = true;
  const Value *input = flow_input(c, scope_new(c, SCOPE_BLOCK, entity->scope), entity, &arguments);
  c->testing = false;
  return input;
}

static void read_run(Checker *c, Scope *scope, Test *test, const Stmt *stmt) {
  const Expr *call = stmt->value->kind == EXPR_CALL ? stmt->value->left : stmt->value;
  const Value *callee = eval(c, scope, call);
  Entity *entity = value_entity(callee);
  if (is_poison(callee)) {
    test->input = callee;
    return;
  }
  if (!entity || entity->kind != ENTITY_FLOW) {
    diag(c->diags, DIAG_ERROR, "E0702", stmt->value->span, "a test runs a flow");
    return;
  }
  if (test->flow) diag(c->diags, DIAG_ERROR, "E0703", stmt->span, "a test runs one flow, once");
  test->flow = entity->flow;
  if (stmt->value->kind == EXPR_CALL) test->input = test_input(c, scope, entity, stmt->value);
}

static bool holds(Checker *c, Scope *scope, const Stmt *stmt) {
  const Value *condition = eval_as(c, scope, stmt->value, &TYPE_BOOL, S("a condition"));
  return !is_poison(condition) && require_time(c, condition, TIME_COMPILE, "a condition of a test") && condition->truth;
}

static void declare_lets(Checker *c, Scope *scope, const Stmt *body) {
  for (const Stmt *s = body; s; s = s->next) {
    if (s->kind == STMT_LET) scope_bind_value(c, scope, s->name, eval(c, scope, s->value));
  }
}

static Scope *round_of(Checker *c, Scope *scope, const Stmt *stmt, const Value *item) {
  Scope *inside = scope_new(c, SCOPE_BLOCK, scope);
  scope_bind_value(c, inside, stmt->name, item)->used = true;
  return inside;
}

// The statements of a test: what it runs, or (with `runs` off) what it mocks and expects of that.
static void read_body(Checker *c, Scope *scope, Test *test, const Stmt *body, bool runs) {
  declare_lets(c, scope, body);
  for (const Stmt *s = body; s; s = s->next) {
    if (s->kind == STMT_IF) {
      read_body(c, scope_new(c, SCOPE_BLOCK, scope), test, holds(c, scope, s) ? s->body : s->other, runs);
    } else if (s->kind == STMT_FOR) {
      const Value *list = unrolled_list(c, scope, s, "a test");
      for (size_t i = 0; i < list->count; i++) read_body(c, round_of(c, scope, s, list->items[i]), test, s->body, runs);
    } else if (s->kind == STMT_RUN && runs) {
      read_run(c, scope, test, s);
    } else if (s->kind == STMT_MOCK && !runs) {
      add_mock(c, scope, test, s);
    } else if (s->kind == STMT_EXPECT && !runs) {
      add_expectation(c, scope, test, s);
    }
  }
}

static void check_test(Checker *c, Scope *around, const Stmt *stmt) {
  Test test = {.name = text_of(c, around, stmt->value, "a test's name"), .span = stmt->span};
  size_t before = c->diags->counts[DIAG_ERROR];
  read_body(c, scope_new(c, SCOPE_BLOCK, around), &test, stmt->body, true);
  if (c->diags->counts[DIAG_ERROR] > before || (test.input && is_poison(test.input))) return;
  if (!test.flow && told_inside(c, stmt->span)) return;
  if (!test.flow) {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0703", stmt->span, "this test runs nothing");
    diag_help(c->diags, d, "begin with `run FLOW(…)`");
    return;
  }
  read_body(c, scope_new(c, SCOPE_BLOCK, around), &test, stmt->body, false);
  if (test.expectations.len == 0) {
    Diag *d = diag(c->diags, DIAG_WARNING, "E0704", stmt->span, "this test expects nothing");
    diag_help(c->diags, d, "say at least `expect succeeded`");
  }
  VEC_PUSH(c->arena, &c->model->tests, test);
}

static void check_tests_in(Checker *c, Scope *scope, const Stmt *items) {
  for (const Stmt *stmt = items; stmt; stmt = stmt->next) {
    if (stmt->kind == STMT_TEST) check_test(c, scope, stmt);
    if (stmt->kind != STMT_FOR) continue;
    const Value *list = unrolled_list(c, scope, stmt, "a file");
    for (size_t i = 0; i < list->count; i++) {
      Scope *inside = round_of(c, scope, stmt, list->items[i]);
      declare_lets(c, inside, stmt->body);
      check_tests_in(c, inside, stmt->body);
    }
  }
}

void check_tests(Checker *c, const Stmt *items) {
  check_tests_in(c, c->file_scope, items);
}
