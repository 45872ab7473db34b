// Operators. Each evaluates its left side first; an absent side usually makes the result absent.
#include "jsonata/engine.h"
#include "base/planted.h"
#include <math.h>

static Str operator_text(const Node *node) {
  static const struct {
    char op;
    Str text;
  } texts[] = {{'+', STR_INIT("+")}, {'-', STR_INIT("-")},  {'*', STR_INIT("*")},
               {'/', STR_INIT("/")}, {'%', STR_INIT("%")},  {'<', STR_INIT("<")},
               {'>', STR_INIT(">")}, {'l', STR_INIT("<=")}, {'g', STR_INIT(">=")}};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    if (texts[i].op == (char)node->op) return texts[i].text;
  }
  return (Str){0};
}

// An operand must be a finite number or absent.
static void want_number(Engine *engine, const Node *node, Value v, const char *code) {
  if (v && (v->kind != JSON_NUMBER || isnan(v->number))) {
    FAIL_AT(engine, node, code, .token = operator_text(node), .value = v);
  }
  if (v && isinf(v->number)) FAIL_AT(engine, node, "D1001", .value = v);
}

Value jsonata_eval_arithmetic(Engine *engine, const Node *node, Value input, Frame *frame) {
  Value left = jsonata_eval(engine, node->left, input, frame);
  Value right = jsonata_eval(engine, node->right, input, frame);
  want_number(engine, node, left, "T2001");
  want_number(engine, node, right, "T2002");
  if (!left || !right) return NULL;
  double a = left->number, b = right->number;
  switch (node->op) {
  case '+': return jsonata_new_number(engine, a + b);
  case '-': return jsonata_new_number(engine, a - b);
  case '*': return jsonata_new_number(engine, a * b);
  case '/': return jsonata_new_number(engine, a / b);
  default: return jsonata_new_number(engine, fmod(a, b));
  }
}

Value jsonata_eval_negate(Engine *engine, const Node *node, Value input, Frame *frame) {
  Value value = jsonata_eval(engine, node->left, input, frame);
  if (!value) return NULL;
  PLANTED(!jsonata_is_number(engine, value));
  if (!jsonata_is_number(engine, value)) FAIL_AT(engine, node, "D1002", .value = value);
  return jsonata_new_number(engine, -value->number);
}

Value jsonata_eval_equality(Engine *engine, const Node *node, Value input, Frame *frame) {
  Value left = jsonata_eval(engine, node->left, input, frame);
  Value right = jsonata_eval(engine, node->right, input, frame);
  if (!left || !right) return &JSON_THE_FALSE;
  return json_bool(jsonata_deep_equal(engine, left, right) == (node->op == '='));
}

static bool comparable(Value v) {
  return !v || v->kind == JSON_STRING || v->kind == JSON_NUMBER;
}

Value jsonata_eval_comparison(Engine *engine, const Node *node, Value input, Frame *frame) {
  Value left = jsonata_eval(engine, node->left, input, frame);
  Value right = jsonata_eval(engine, node->right, input, frame);
  if (!comparable(left) || !comparable(right)) {
    FAIL_AT(engine, node, "T2010", .token = operator_text(node), .value = left && comparable(left) ? right : left);
  }
  if (!left || !right) return NULL;
  if (left->kind != right->kind) {
    FAIL_AT(engine, node, "T2009", .token = operator_text(node), .value = left, .second = right);
  }
  double a = left->number, b = right->number;
  if (left->kind == JSON_STRING) a = jsonata_compare_text(json_str(left), json_str(right)), b = 0;
  switch (node->op) {
  case '<': return json_bool(a < b);
  case '>': return json_bool(a > b);
  case 'l': return json_bool(a <= b);
  default: return json_bool(a >= b);
  }
}

Value jsonata_eval_boolean(Engine *engine, const Node *node, Value input, Frame *frame) {
  bool left = jsonata_truth(engine, jsonata_eval(engine, node->left, input, frame));
  if (left == (node->op == 'o')) return json_bool(left);
  // What goes wrong on the right side is told at the operator.
  const Node *call = engine->call;
  Str junction = engine->junction;
  if (!call) engine->call = node;
  if (!junction.at) engine->junction = node->op == 'o' ? S("or") : S("and");
  bool right = jsonata_truth(engine, jsonata_eval(engine, node->right, input, frame));
  engine->call = call;
  engine->junction = junction;
  return json_bool(right);
}

// Scalars by value, arrays, objects and functions by identity.
static bool same(Value a, Value b) {
  if (a == b) return true;
  if (!a || !b || a->kind != b->kind) return false;
  if (a->kind == JSON_NUMBER) return a->number == b->number;
  if (a->kind == JSON_STRING) return str_eq(json_str(a), json_str(b));
  return a->kind <= JSON_TRUE;
}

Value jsonata_eval_includes(Engine *engine, const Node *node, Value input, Frame *frame) {
  Value left = jsonata_eval(engine, node->left, input, frame);
  Value right = jsonata_eval(engine, node->right, input, frame);
  if (!left || !right) return &JSON_THE_FALSE;
  if (!is_array(right)) return json_bool(same(left, right));
  for (uint32_t i = 0; i < right->count; i++) {
    if (same(left, right->items[i])) return &JSON_THE_TRUE;
  }
  return &JSON_THE_FALSE;
}

static bool whole_or_absent(Value v) {
  return !v || (v->kind == JSON_NUMBER && isfinite(v->number) && v->number == floor(v->number));
}

Value jsonata_eval_range(Engine *engine, const Node *node, Value input, Frame *frame) {
  Value left = jsonata_eval(engine, node->left, input, frame);
  Value right = jsonata_eval(engine, node->right, input, frame);
  if (!whole_or_absent(left)) FAIL_AT(engine, node, "T2003", .value = left);
  if (!whole_or_absent(right)) FAIL_AT(engine, node, "T2004", .value = right);
  if (!left || !right || left->number > right->number) return NULL;
  double size = right->number - left->number + 1;
  if (size > 1e7) FAIL_AT(engine, node, "D2014", .value = jsonata_new_number(engine, size));
  size_t count = (size_t)size;
  const Json **items;
  Value range = jsonata_new_array(engine, count, SEQUENCE, &items);
  Json *numbers = engine_raw(engine, count * sizeof(Json));
  for (size_t i = 0; i < count; i++) {
    numbers[i] = (Json){.kind = JSON_NUMBER, .at = JSON_NOWHERE, .end = JSON_NOWHERE};
    numbers[i].number = left->number + (double)i;
    items[i] = &numbers[i];
  }
  return range;
}

Value jsonata_eval_concat(Engine *engine, const Node *node, Value input, Frame *frame) {
  size_t base = engine->top;
  for (uint32_t i = 0; i < node->items.count; i++) {
    Value piece = jsonata_eval(engine, node->items.at[i], input, frame);
    if (piece) stack_push(engine, piece);
  }
  if (engine->top == base) return jsonata_new_string(engine, S(""));
  Value first = engine->stack[base], result;
  if (is_string(first) && engine->top == base + 2 && is_string(engine->stack[base + 1])) {
    result = jsonata_concat_text(engine, first, json_str(engine->stack[base + 1]));
    engine->top = base;
    return result;
  }
  bool grows = is_string(first) && first->count >= ROOM_FROM;
  Buf text = {.arena = engine->arena};
  for (size_t i = base + grows; i < engine->top; i++) jsonata_put_text(engine, &text, engine->stack[i]);
  engine->top = base;
  return grows ? jsonata_concat_text(engine, first, buf_text(&text)) : jsonata_finish_string(engine, &text);
}
