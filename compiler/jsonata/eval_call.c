// Functions: making them, calling them, tail calls.
//
// A call in tail position does not call: it leaves function and arguments in the engine and returns MARK_TAIL; apply,
// from which the lambda's body was evaluated, goes round once more. So loops written as recursion need no stack.
#include "jsonata/engine.h"

Value jsonata_eval_lambda(Engine *engine, const Node *node, Value input, Frame *frame) {
  Function *function = jsonata_new_function(engine, FUNCTION_LAMBDA, node->lambda->parameter_count);
  function->node = node;
  function->frame = frame;
  function->input = input;
  return &function->head;
}

Value jsonata_eval_regex(Engine *engine, const Node *node, Value input, Frame *frame) {
  (void)input, (void)frame;
  Function *function = jsonata_new_function(engine, FUNCTION_REGEX, 2);
  function->node = node;
  return &function->head;
}

uint32_t jsonata_function_arity(Value function) {
  return ((const Function *)(const void *)function)->arity;
}

// --- Applying

static Value apply_native(Engine *engine, const Function *function, const Value *arguments, size_t count, Value input,
                          Frame *frame) {
  const Value *checked = jsonata_signature_apply(engine, function->signature, arguments, &count, input);
  engine->frame = frame;
  engine->input = input;
  return function->native->run(engine, checked, count);
}

static Value apply_lambda(Engine *engine, const Function *function, const Value *arguments, size_t count, Value input) {
  const Lambda *lambda = function->node->lambda;
  if (lambda->signature) arguments = jsonata_signature_apply(engine, lambda->signature, arguments, &count, input);
  Frame *frame = jsonata_frame_new(engine, lambda->scope, function->frame);
  for (uint32_t i = 0; i < lambda->parameter_count; i++) frame->slots[i] = argument(arguments, count, i);
  return jsonata_eval(engine, lambda->body, function->input, frame);
}

static Value apply_partial(Engine *engine, const Function *function, const Value *arguments, size_t count,
                           Frame *frame) {
  size_t base = engine->top, given = 0;
  for (uint32_t i = 0; i < function->partial.count; i++) {
    Value bound = function->partial.arguments[i];
    stack_push(engine, bound == &JSONATA_MARK_PLACEHOLDER ? argument(arguments, count, given++) : bound);
  }
  Value function_ = function->partial.function;
  return jsonata_apply(engine, function_, engine->stack + base, engine->top - base, &JSON_THE_NULL, frame);
}

static Value apply_transform(Engine *engine, const Function *function, const Value *arguments, size_t count) {
  Value object = argument(arguments, count, 0);
  bool fits = count <= 1 && (!object || object->kind == JSON_OBJECT || object->kind == JSON_ARRAY);
  if (!fits) FAIL(engine, "T0410", .index = count > 1 ? 2 : 1, .value = object);
  return jsonata_transform_run(engine, function, object);
}

static Value apply_once(Engine *engine, Value value, const Value *arguments, size_t count, Value input, Frame *frame) {
  if (!is_function(value)) FAIL(engine, "T1006");
  const Function *function = (const Function *)(const void *)value;
  switch ((FunctionKind)function->kind) {
  case FUNCTION_NATIVE: return apply_native(engine, function, arguments, count, input, frame);
  case FUNCTION_LAMBDA: return apply_lambda(engine, function, arguments, count, input);
  case FUNCTION_PARTIAL: return apply_partial(engine, function, arguments, count, frame);
  case FUNCTION_CHAIN: {
    Value inner = jsonata_apply(engine, function->chain.first, arguments, count ? 1 : 0, &JSON_THE_NULL, frame);
    return jsonata_apply(engine, function->chain.second, &inner, 1, &JSON_THE_NULL, frame);
  }
  case FUNCTION_REGEX:
  case FUNCTION_NEXT_MATCH: return jsonata_regex_apply(engine, function, arguments, count);
  case FUNCTION_TRANSFORM: return apply_transform(engine, function, arguments, count);
  }
  return NULL;
}

Value jsonata_apply(Engine *engine, Value function, const Value *arguments, size_t count, Value input, Frame *frame) {
  size_t base = engine->top;
  if (++engine->calls > engine->depth_most || (char *)__builtin_frame_address(0) < engine->floor) {
    FAIL(engine, "U1001");
  }
  engine_tick(engine);
  Value result = apply_once(engine, function, arguments, count, input, frame);
  while (result == &JSONATA_MARK_TAIL) {
    engine_tick(engine);
    size_t given = engine->tail_count;
    memmove(engine->stack + base, engine->stack + engine->tail_base, given * sizeof(Value));
    engine->top = base + given;
    if (engine->calls == 1) engine->call = engine->tail_node->call.procedure;
    engine->called = engine->tail_called;
    result = apply_once(engine, engine->tail_function, engine->stack + base, given, input, frame);
  }
  engine->top = base;
  engine->calls--;
  return result;
}

Value jsonata_apply_some(Engine *engine, Value function, const Value *arguments, size_t count) {
  size_t takes = jsonata_function_arity(function);
  if (takes > count) takes = count;
  if (takes < 1) takes = 1;
  return jsonata_apply(engine, function, arguments, takes, &JSON_THE_NULL, engine->frame);
}

// --- Calls

// What a message calls the function: the name it was called by.
static Str called_name(const Node *procedure) {
  if (procedure->kind == NODE_VARIABLE) return procedure->variable.name;
  if (procedure->kind == NODE_PATH && procedure->items.at[0]->kind == NODE_NAME) return procedure->items.at[0]->name;
  return (Str){0};
}

// Someone who writes sum(x) means $sum(x).
static void check_meant(Engine *engine, const Node *node, Value function, Frame *frame, const char *code) {
  const Node *meant = node->call.meant;
  if (function || !meant || !jsonata_eval(engine, meant, NULL, frame)) return;
  FAIL_AT(engine, node, code, .text = meant->variable.name);
}

static Value call(Engine *engine, const Node *node, size_t base, Value input, Frame *frame) {
  Value function = jsonata_eval(engine, node->call.procedure, input, frame);
  check_meant(engine, node, function, frame, "T1005");
  for (uint32_t i = 0; i < node->call.arguments.count; i++) {
    stack_push(engine, jsonata_eval(engine, node->call.arguments.at[i], input, frame));
  }
  size_t count = engine->top - base;
  Str name = called_name(node->call.procedure);
  if (node->flags & NODE_TAIL) {
    engine->tail_function = function;
    engine->tail_base = base;
    engine->tail_count = count;
    engine->tail_node = node;
    engine->tail_called = name;
    return &JSONATA_MARK_TAIL;
  }
  const Node *outermost = engine->call;
  Str called = engine->called;
  if (!outermost) engine->call = node;
  engine->called = name;
  Value result = jsonata_apply(engine, function, engine->stack + base, count, input, frame);
  engine->call = outermost;
  engine->called = called;
  engine->top = base;
  return result;
}

Value jsonata_eval_call(Engine *engine, const Node *node, Value input, Frame *frame) {
  return call(engine, node, engine->top, input, frame);
}

Value jsonata_eval_partial(Engine *engine, const Node *node, Value input, Frame *frame) {
  uint32_t count = node->call.arguments.count, open = 0;
  Value *arguments = engine_raw(engine, count * sizeof(Value));
  for (uint32_t i = 0; i < count; i++) {
    const Node *argument_node = node->call.arguments.at[i];
    bool placeholder = argument_node->kind == NODE_PLACEHOLDER;
    arguments[i] = placeholder ? &JSONATA_MARK_PLACEHOLDER : jsonata_eval(engine, argument_node, input, frame);
    open += placeholder;
  }
  Value target = jsonata_eval(engine, node->call.procedure, input, frame);
  check_meant(engine, node, target, frame, "T1007");
  if (!is_function(target)) FAIL_AT(engine, node, "T1008", .token = called_name(node->call.procedure));
  Function *function = jsonata_new_function(engine, FUNCTION_PARTIAL, open);
  function->partial.function = target;
  function->partial.arguments = arguments;
  function->partial.count = count;
  return &function->head;
}

Value jsonata_eval_apply(Engine *engine, const Node *node, Value input, Frame *frame) {
  Value left = jsonata_eval(engine, node->left, input, frame);
  if (node->right->kind == NODE_CALL) { // x ~> f(y) is f(x, y)
    size_t base = engine->top;
    stack_push(engine, left);
    return call(engine, node->right, base, input, frame);
  }
  Value right = jsonata_eval(engine, node->right, input, frame);
  if (!is_function(right)) FAIL_AT(engine, node, "T2006", .value = right);
  if (is_function(left)) { // f ~> g is the function that does f, then g
    Function *chain = jsonata_new_function(engine, FUNCTION_CHAIN, 1);
    chain->chain.first = left;
    chain->chain.second = right;
    return &chain->head;
  }
  return jsonata_apply(engine, right, &left, 1, &JSON_THE_NULL, frame);
}
