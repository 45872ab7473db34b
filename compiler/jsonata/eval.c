// The evaluator: one function a kind of node. This file has the small ones; eval_*.c the others.
#include "jsonata/engine.h"

typedef Value Evaluator(Engine *engine, const Node *node, Value input, Frame *frame);

Frame *jsonata_frame_new(Engine *engine, const Scope *scope, Frame *parent) {
  size_t count = scope->names->list.len;
  Frame *frame = arena_raw(engine->arena, sizeof(Frame) + count * sizeof(Value));
  frame->kind = KIND_TUPLE;
  frame->flags = 0;
  frame->count = (uint32_t)count;
  frame->parent = parent;
  frame->scope = scope;
  for (size_t i = 0; i < count; i++) frame->slots[i] = &JSONATA_MARK_UNBOUND;
  return frame;
}

static Value global_lookup(Engine *engine, Str name) {
  if (str_eq(name, S("$"))) return engine->root;
  const JsonataRun *run = engine->run;
  for (size_t i = 0; i < run->binding_count; i++) {
    if (str_eq(run->bindings[i].name, name)) return run->bindings[i].value;
  }
  const Builtin *builtin = jsonata_builtin_find(name, engine->program->dialect);
  return builtin ? jsonata_builtin_value(engine->arena, builtin) : NULL;
}

// The value of a variable that no static slot answers: looked up by name, outwards.
static Value frame_lookup(Engine *engine, Frame *frame, Str name) {
  for (; frame; frame = frame->parent) {
    const Names *names = frame->scope->names;
    for (size_t i = 0; i < names->list.len && i < frame->count; i++) {
      if (frame->slots[i] != &JSONATA_MARK_UNBOUND && str_eq(names->list.at[i], name)) return frame->slots[i];
    }
  }
  return global_lookup(engine, name);
}

static Value eval_variable(Engine *engine, const Node *node, Value input, Frame *frame) {
  (void)input;
  if (node->variable.global != NO_GLOBAL) return engine->globals[node->variable.global];
  for (uint32_t depth = node->variable.depth; depth; depth--) frame = frame->parent;
  Value value = frame->slots[node->variable.slot];
  return value != &JSONATA_MARK_UNBOUND ? value : frame_lookup(engine, frame->parent, node->variable.name);
}

static Value eval_context(Engine *engine, const Node *node, Value input, Frame *frame) {
  (void)engine, (void)node, (void)frame;
  return is_array(input) && (input->flags & OUTER) ? input->items[0] : input;
}

static Value eval_constant(Engine *engine, const Node *node, Value input, Frame *frame) {
  (void)engine, (void)input, (void)frame;
  return node->constant;
}

static Value eval_condition(Engine *engine, const Node *node, Value input, Frame *frame) {
  if (jsonata_truth(engine, jsonata_eval(engine, node->left, input, frame)))
    return jsonata_eval(engine, node->right, input, frame);
  return node->otherwise ? jsonata_eval(engine, node->otherwise, input, frame) : NULL;
}

static Value eval_coalesce(Engine *engine, const Node *node, Value input, Frame *frame) {
  Value value = jsonata_eval(engine, node->left, input, frame);
  return value ? value : jsonata_eval(engine, node->right, input, frame);
}

static Value eval_default(Engine *engine, const Node *node, Value input, Frame *frame) {
  Value value = jsonata_eval(engine, node->left, input, frame);
  return jsonata_truth(engine, value) ? value : jsonata_eval(engine, node->right, input, frame);
}

static Value eval_block(Engine *engine, const Node *node, Value input, Frame *frame) {
  if (node->scope) frame = jsonata_frame_new(engine, node->scope, frame);
  Value value = NULL;
  for (uint32_t i = 0; i < node->items.count; i++) value = jsonata_eval(engine, node->items.at[i], input, frame);
  return value;
}

static Value eval_bind(Engine *engine, const Node *node, Value input, Frame *frame) {
  Value value = jsonata_eval(engine, node->right, input, frame);
  const Node *variable = node->left;
  for (uint32_t depth = variable->variable.depth; depth; depth--) frame = frame->parent;
  frame->slots[variable->variable.slot] = value;
  return value;
}

// A name where no path is around it (it always is; the parser wraps every name).
static Value eval_name(Engine *engine, const Node *node, Value input, Frame *frame) {
  (void)engine, (void)frame;
  return json_get(input, node->name);
}

static Value eval_nothing(Engine *engine, const Node *node, Value input, Frame *frame) {
  (void)engine, (void)node, (void)input, (void)frame;
  return NULL;
}

static Evaluator *const evaluators[NODE_KINDS] = {
    [NODE_CONSTANT] = eval_constant,
    [NODE_NAME] = eval_name,
    [NODE_WILDCARD] = jsonata_eval_wildcard,
    [NODE_DESCENDANT] = jsonata_eval_descendants,
    [NODE_PARENT] = eval_variable,
    [NODE_VARIABLE] = eval_variable,
    [NODE_CONTEXT] = eval_context,
    [NODE_PATH] = jsonata_eval_path,
    [NODE_ARITHMETIC] = jsonata_eval_arithmetic,
    [NODE_EQUALITY] = jsonata_eval_equality,
    [NODE_COMPARISON] = jsonata_eval_comparison,
    [NODE_BOOLEAN] = jsonata_eval_boolean,
    [NODE_INCLUDES] = jsonata_eval_includes,
    [NODE_RANGE] = jsonata_eval_range,
    [NODE_CONCAT] = jsonata_eval_concat,
    [NODE_NEGATE] = jsonata_eval_negate,
    [NODE_ARRAY] = jsonata_eval_array,
    [NODE_OBJECT] = jsonata_eval_object,
    [NODE_CALL] = jsonata_eval_call,
    [NODE_PARTIAL] = jsonata_eval_partial,
    [NODE_PLACEHOLDER] = eval_nothing,
    [NODE_LAMBDA] = jsonata_eval_lambda,
    [NODE_CONDITION] = eval_condition,
    [NODE_COALESCE] = eval_coalesce,
    [NODE_DEFAULT] = eval_default,
    [NODE_BLOCK] = eval_block,
    [NODE_BIND] = eval_bind,
    [NODE_APPLY] = jsonata_eval_apply,
    [NODE_TRANSFORM] = jsonata_eval_transform,
    [NODE_REGEX] = jsonata_eval_regex,
    [NODE_SORT] = eval_nothing,
    [NODE_DOT] = eval_nothing,
    [NODE_FILTER] = eval_nothing,
    [NODE_GROUP_BY] = eval_nothing,
    [NODE_ORDER_BY] = eval_nothing,
    [NODE_FOCUS_BIND] = eval_nothing,
    [NODE_INDEX_BIND] = eval_nothing,
};

// The predicates and the grouping that follow something that is no path.
static Value eval_extras(Engine *engine, const Node *node, Value value, Frame *frame) {
  const Extras *extras = node->extras;
  for (size_t i = 0; i < extras->predicates.len; i++) {
    value = jsonata_eval_filter(engine, extras->predicates.at[i], value, frame, !(node->flags & NODE_KEEP_ARRAY));
  }
  return extras->group && node->kind != NODE_PATH ? jsonata_eval_group(engine, extras->group, value, frame) : value;
}

static Value keep_array(Engine *engine, Value sequence) {
  if (sequence->flags & KEEP || sequence->count == 0) return sequence;
  Json *kept = arena_raw(engine->arena, sizeof(Json));
  *kept = *sequence;
  kept->flags |= KEEP;
  return kept;
}

Value jsonata_eval(Engine *engine, const Node *node, Value input, Frame *frame) {
  if ((char *)__builtin_frame_address(0) < engine->floor) FAIL(engine, "U1001");
  Value value = evaluators[node->kind](engine, node, input, frame);
  if (node->extras) value = eval_extras(engine, node, value, frame);
  if (!value || value->kind != JSON_ARRAY || (value->flags & (SEQUENCE | TUPLES)) != SEQUENCE) return value;
  if (node->flags & NODE_KEEP_ARRAY) value = keep_array(engine, value);
  return jsonata_settle(value);
}
