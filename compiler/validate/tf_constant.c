// Constant expressions of Terraform: literals, templates, operators, local values, and calls of functions with such.
#include "validate/tf_constant.h"
#include <math.h>

enum { DEPTH_MOST = 60, WORK_MOST = 100000 };

typedef struct Evaluation {
  TfModule *module;
  Arena *arena;
  int depth;
  size_t *work; // nodes looked at
} Evaluation;

static const Json *evaluate(const Evaluation *outer, const HclExpr *expr);

bool tf_constant_text(Arena *arena, const Json *value, Str *text) {
  if (!value) return false;
  if (value->kind == JSON_STRING) return *text = json_str(value), true;
  if (json_is_bool(value)) return *text = value->kind == JSON_TRUE ? S("true") : S("false"), true;
  if (value->kind != JSON_NUMBER || !(fabs(value->number) < 1e15)) return false;
  char buffer[32];
  size_t length = json_number_print(value->number, buffer);
  *text = str_dup(arena, (Str){buffer, length});
  return !memchr(text->at, 'e', text->len);
}

static const Json *template_value(const Evaluation *e, const HclExpr *expr) {
  Buf out = {.arena = e->arena};
  for (uint32_t i = 0; i < expr->count; i++) {
    Str text;
    if (!tf_constant_text(e->arena, evaluate(e, expr->items[i]), &text)) return NULL;
    buf_str(&out, text);
  }
  return json_string(e->arena, buf_text(&out));
}

static const Json *tuple_value(const Evaluation *e, const HclExpr *expr) {
  const Json **items = NEW_N(e->arena, const Json *, expr->count + 1);
  for (uint32_t i = 0; i < expr->count; i++) {
    if (!(items[i] = evaluate(e, expr->items[i]))) return NULL;
  }
  return json_array(e->arena, items, expr->count);
}

static const Json *object_value(const Evaluation *e, const HclExpr *expr) {
  JsonMember *members = NEW_N(e->arena, JsonMember, expr->count + 1);
  uint32_t count = expr->count;
  for (uint32_t i = 0; i < count; i++) {
    const Json *value = evaluate(e, expr->members[i].value);
    members[i] = (JsonMember){.value = value, .at = JSON_NOWHERE};
    if (!value || !tf_constant_text(e->arena, evaluate(e, expr->members[i].key), &members[i].key)) return NULL;
  }
  json_index(e->arena, members, &count, false);
  return json_object(e->arena, members, count);
}

static bool is_local(const HclExpr *expr) {
  return expr->items[0]->kind == HCL_NAME && str_eq(expr->items[0]->text, S("local")) &&
         expr->steps[0].kind == HCL_STEP_NAME;
}

// The value of a local, worked out once.
static const Json *local_value(const Evaluation *e, Str name) {
  TfDeclaration *declared = tf_declaration(e->module, TF_LOCAL, name);
  if (!declared || declared->evaluating == TF_VISITING) return NULL;
  if (declared->evaluating == TF_UNVISITED) {
    declared->evaluating = TF_VISITING;
    size_t work = 0;
    Evaluation own = {e->module, e->arena, e->depth, &work};
    declared->constant = evaluate(&own, declared->value);
    declared->evaluating = TF_VISITED;
  }
  return declared->constant;
}

static const Json *step_value(const Evaluation *e, const Json *value, const HclStep *step) {
  const Json *index = step->kind == HCL_STEP_INDEX ? evaluate(e, step->index) : NULL;
  Str name = step->name;
  if (step->kind == HCL_STEP_INDEX && json_is(value, JSON_ARRAY)) {
    bool whole = json_is(index, JSON_NUMBER) && index->number >= 0 && index->number < value->count;
    return whole && index->number == floor(index->number) ? value->items[(uint32_t)index->number] : NULL;
  }
  if (step->kind == HCL_STEP_INDEX && !tf_constant_text(e->arena, index, &name)) return NULL;
  if (step->kind != HCL_STEP_INDEX && step->kind != HCL_STEP_NAME) return NULL;
  return json_is(value, JSON_OBJECT) ? json_get(value, name) : NULL;
}

static const Json *access_value(const Evaluation *e, const HclExpr *expr) {
  uint32_t from = is_local(expr) ? 1 : 0;
  const Json *value = from ? local_value(e, expr->steps[0].name) : evaluate(e, expr->items[0]);
  for (uint32_t i = from; value && i < expr->count; i++) value = step_value(e, value, &expr->steps[i]);
  return value;
}

static const Json *binary_value(const Evaluation *e, const HclExpr *expr) {
  const Json *a = evaluate(e, expr->items[0]), *b = a ? evaluate(e, expr->items[1]) : NULL;
  if (!a || !b) return NULL;
  if (expr->operation == HCL_EQUAL || expr->operation == HCL_UNEQUAL) {
    if (a->kind >= JSON_ARRAY || b->kind >= JSON_ARRAY)
      return NULL; // a list and a tuple differ, which is not known here
    return json_bool(json_equal(a, b) == (expr->operation == HCL_EQUAL));
  }
  if (json_is_bool(a) && json_is_bool(b)) {
    bool x = a->kind == JSON_TRUE, y = b->kind == JSON_TRUE;
    return expr->operation == HCL_AND ? json_bool(x && y) : expr->operation == HCL_OR ? json_bool(x || y) : NULL;
  }
  if (a->kind != JSON_NUMBER || b->kind != JSON_NUMBER) return NULL;
  double x = a->number, y = b->number;
  switch (expr->operation) {
  case HCL_LESS: return json_bool(x < y);
  case HCL_LESS_EQUAL: return json_bool(x <= y);
  case HCL_GREATER: return json_bool(x > y);
  case HCL_GREATER_EQUAL: return json_bool(x >= y);
  case HCL_ADD: return json_number(e->arena, x + y);
  case HCL_SUBTRACT: return json_number(e->arena, x - y);
  case HCL_MULTIPLY: return json_number(e->arena, x * y);
  case HCL_DIVIDE: return y != 0 ? json_number(e->arena, x / y) : NULL;
  case HCL_REMAINDER: return y != 0 ? json_number(e->arena, fmod(x, y)) : NULL;
  default: return NULL;
  }
}

// False: an argument is not constant.
static bool call_arguments(const Evaluation *e, const HclExpr *expr, TfConstantCall *call) {
  Str name = str_starts(expr->text, S("core::")) ? str_slice(expr->text, 6, expr->text.len) : expr->text;
  *call = (TfConstantCall){e->arena, name, NEW_N(e->arena, const Json *, expr->count + 1), expr->count, {0}};
  for (uint32_t i = 0; i < expr->count; i++) {
    call->arguments[i] = evaluate(e, expr->items[i]);
    if (!call->arguments[i] || call->arguments[i]->kind == JSON_NULL) return false;
  }
  return !expr->spread;
}

static const Json *evaluate(const Evaluation *outer, const HclExpr *expr) {
  Evaluation inner = *outer, *e = &inner;
  TfConstantCall call;
  if (!expr || ++e->depth > DEPTH_MOST || ++*e->work > WORK_MOST) return NULL;
  switch (expr->kind) {
  case HCL_NULL: return &JSON_THE_NULL;
  case HCL_BOOL: return json_bool(expr->truth);
  case HCL_NUMBER: {
    double number;
    return json_number_parse(expr->text, &number) ? json_number(e->arena, number) : NULL;
  }
  case HCL_STRING: return json_string(e->arena, expr->text);
  case HCL_TEMPLATE: return template_value(e, expr);
  case HCL_TUPLE: return tuple_value(e, expr);
  case HCL_OBJECT: return object_value(e, expr);
  case HCL_PAREN: return evaluate(e, expr->items[0]);
  case HCL_ACCESS: return access_value(e, expr);
  case HCL_BINARY: return binary_value(e, expr);
  case HCL_UNARY: {
    const Json *value = evaluate(e, expr->items[0]);
    if (expr->operation == HCL_NOT) return json_is_bool(value) ? json_bool(value->kind == JSON_FALSE) : NULL;
    return json_is(value, JSON_NUMBER) ? json_number(e->arena, -value->number) : NULL;
  }
  case HCL_CONDITIONAL: {
    const Json *condition = evaluate(e, expr->items[0]);
    if (!json_is_bool(condition)) return NULL;
    return evaluate(e, expr->items[condition->kind == JSON_TRUE ? 1 : 2]);
  }
  case HCL_CALL: return call_arguments(e, expr, &call) ? tf_constant_call(&call) : NULL;
  default: return NULL;
  }
}

const Json *tf_constant(TfModule *module, const HclExpr *expr) {
  size_t work = 0;
  return evaluate(&(Evaluation){module, module->arena, 0, &work}, expr);
}

Str tf_constant_fault(TfModule *module, const HclExpr *expr) {
  size_t work = 0;
  TfConstantCall call;
  if (!call_arguments(&(Evaluation){module, module->arena, 0, &work}, expr, &call)) return (Str){0};
  tf_constant_call(&call);
  return call.fault;
}
