// Paths: steps over sequences, predicates, wildcards.
#include "jsonata/engine.h"
#include <math.h>

// --- One step's value for one item

static void push_member(Engine *engine, Value value) {
  if (!value) return;
  if (value->kind != JSON_ARRAY) {
    stack_push(engine, value);
    return;
  }
  for (uint32_t i = 0; i < value->count; i++) stack_push(engine, value->items[i]);
}

// Pushes the members called `name` of all objects in an array, nested arrays included.
static void push_members(Engine *engine, Value array, Str name) {
  engine_tick(engine);
  for (uint32_t i = 0; i < array->count; i++) {
    Value item = array->items[i];
    if (is_array(item))
      push_members(engine, item, name);
    else
      push_member(engine, json_get(item, name));
  }
}

// A member by the name of a step. Objects that follow each other usually have their members at the same places.
static inline Value member(Engine *engine, Value object, const Node *step) {
  uint32_t *hint = &engine->hints[step->field.hint];
  if (*hint < object->count && str_eq(object->members[*hint].key, step->name)) return object->members[*hint].value;
  const JsonMember *found = json_member(object, step->name);
  if (!found) return NULL;
  *hint = (uint32_t)(found - object->members);
  return found->value;
}

static Value lookup(Engine *engine, Value item, const Node *step) {
  if (!item) return NULL;
  if (item->kind == JSON_OBJECT) return member(engine, item, step);
  if (item->kind != JSON_ARRAY) return NULL;
  size_t base = engine->top;
  push_members(engine, item, step->name);
  if (engine->top == base) return NULL;
  if (engine->top == base + 1) return engine->stack[--engine->top];
  return jsonata_stack_array(engine, base, SEQUENCE);
}

static Value step_value(Engine *engine, const Node *step, Value item, Frame *frame) {
  if (step->kind == NODE_NAME) return lookup(engine, item, step);
  return jsonata_eval(engine, step, item, frame);
}

// --- Predicates

// Whether a predicate gives the same for every item: it looks neither at the item nor at anything that changes.
static bool is_steady(const Node *predicate) {
  if (predicate->extras) return false;
  if (predicate->kind == NODE_VARIABLE || predicate->kind == NODE_CONSTANT) return true;
  if (predicate->kind == NODE_ARITHMETIC) return is_steady(predicate->left) && is_steady(predicate->right);
  return predicate->kind == NODE_NEGATE && is_steady(predicate->left);
}

static bool all_numbers(Engine *engine, Value v) {
  if (!is_array(v)) return false;
  for (uint32_t i = 0; i < v->count; i++) {
    if (!jsonata_is_number(engine, v->items[i])) return false;
  }
  return true;
}

static bool is_position(double number, size_t index, size_t count) {
  double position = floor(number);
  return (position < 0 ? (double)count + position : position) == (double)index;
}

// Pushes `item` as often as the predicate's value asks for it.
static void push_if(Engine *engine, Value verdict, Value item, size_t index, size_t count) {
  if (jsonata_is_number(engine, verdict)) {
    if (is_position(verdict->number, index, count)) stack_push(engine, item);
  } else if (all_numbers(engine, verdict)) {
    for (uint32_t i = 0; i < verdict->count; i++) {
      if (is_position(verdict->items[i]->number, index, count)) stack_push(engine, item);
    }
  } else if (jsonata_truth(engine, verdict)) {
    stack_push(engine, item);
  }
}

static Value pick(Engine *engine, const Value *items, size_t count, double number, bool constant, bool unwrap) {
  double position = floor(number);
  if (position < 0) position += (double)count;
  if (!(position >= 0 && position < (double)count)) return &JSONATA_EMPTY_SEQUENCE;
  Value item = items[(size_t)position];
  if (constant && is_array(item)) return item;
  if (unwrap && !is_array(item)) return item;
  const Json **only;
  Value sequence = jsonata_new_array(engine, 1, SEQUENCE, &only);
  only[0] = item;
  return sequence;
}

static Value filter_tuples(Engine *engine, const Node *predicate, Value stream) {
  size_t base = engine->top;
  for (uint32_t i = 0; i < stream->count; i++) {
    Frame *tuple = (Frame *)(uintptr_t)stream->items[i];
    push_if(engine, jsonata_eval(engine, predicate, tuple->slots[0], tuple), stream->items[i], i, stream->count);
  }
  return jsonata_stack_array(engine, base, SEQUENCE | TUPLES);
}

Value jsonata_eval_filter(Engine *engine, const Node *predicate, Value input, Frame *frame, bool unwrap) {
  if (!input) { // the reference asks the predicate of nothing, too: what is wrong with it is told
    if (predicate->kind != NODE_CONSTANT) jsonata_eval(engine, predicate, NULL, frame);
    return &JSONATA_EMPTY_SEQUENCE;
  }
  if (is_array(input) && (input->flags & TUPLES)) return filter_tuples(engine, predicate, input);
  const Value *items = is_array(input) ? input->items : &input;
  size_t count = is_array(input) ? input->count : 1;
  bool constant = predicate->kind == NODE_CONSTANT && predicate->constant->kind == JSON_NUMBER;
  if (constant) return pick(engine, items, count, predicate->constant->number, true, unwrap);
  if (count > 1 && is_steady(predicate)) {
    Value verdict = jsonata_eval(engine, predicate, NULL, frame);
    if (jsonata_is_number(engine, verdict)) return pick(engine, items, count, verdict->number, false, unwrap);
  }
  size_t base = engine->top;
  for (size_t i = 0; i < count; i++) {
    engine_tick(engine);
    push_if(engine, jsonata_eval(engine, predicate, items[i], frame), items[i], i, count);
  }
  if (unwrap && engine->top == base + 1 && !is_array(engine->stack[base])) return engine->stack[--engine->top];
  return jsonata_stack_array(engine, base, SEQUENCE);
}

// --- Steps

static Value filter_stages(Engine *engine, const Node *step, Value value, Frame *frame, bool unwrap) {
  const Extras *more = step->extras;
  for (size_t i = 0; i < more->stages.len; i++) {
    const Node *predicate = more->stages.at[i].expression;
    if (predicate) value = jsonata_eval_filter(engine, predicate, value, frame, unwrap);
  }
  return value;
}

// The result of a step for all items: a flat sequence. The last step's only array stays as it is.
static Value eval_step(Engine *engine, const Node *step, const Value *items, size_t count, Value whole, Frame *frame,
                       bool last) {
  if (step->kind == NODE_SORT) {
    Value sorted = jsonata_eval_sort(engine, step, items, count, whole, frame);
    return step->extras ? filter_stages(engine, step, sorted, frame, false) : sorted;
  }
  bool stages = step->extras && step->extras->stages.len;
  size_t base = engine->top, results = 0;
  Value only = NULL;
  for (size_t i = 0; i < count; i++) {
    engine_tick(engine);
    Value value = step_value(engine, step, items[i], frame);
    if (stages) value = filter_stages(engine, step, value, frame, true);
    if (!value) continue;
    results++;
    only = value;
    if (is_array(value) && !(value->flags & CONS))
      for (uint32_t k = 0; k < value->count; k++) stack_push(engine, value->items[k]);
    else
      stack_push(engine, value);
  }
  if (last && results == 1 && is_array(only) && !(only->flags & SEQUENCE)) {
    engine->top = base;
    return only;
  }
  return jsonata_stack_array(engine, base, SEQUENCE);
}

// --- Tuples: rows that carry the variables bound by @, # and % besides the context (slot 0)

static Frame *tuple_copy(Engine *engine, const Frame *tuple) {
  size_t size = sizeof(Frame) + tuple->count * sizeof(Value);
  Frame *copy = arena_raw(engine->arena, size);
  memcpy(copy, tuple, size);
  return copy;
}

static void push_tuple(Engine *engine, Frame *tuple) {
  stack_push(engine, (Value)(const void *)tuple);
}

static Value tuples_of(Engine *engine, const Scope *scope, Frame *outer, const Value *items, size_t count) {
  size_t base = engine->top;
  for (size_t i = 0; i < count; i++) {
    Frame *tuple = jsonata_frame_new(engine, scope, outer);
    tuple->slots[0] = items[i];
    push_tuple(engine, tuple);
  }
  return jsonata_stack_array(engine, base, SEQUENCE | TUPLES);
}

// A row of an inner path's stream joins the outer row.
static void tuple_join(Frame *tuple, const Frame *inner) {
  bool same = inner->scope->names == tuple->scope->names;
  for (uint32_t i = 0; i < (same ? tuple->count : 1); i++) {
    if (inner->slots[i] != &JSONATA_MARK_UNBOUND) tuple->slots[i] = inner->slots[i];
  }
}

static void push_rows(Engine *engine, const Node *step, const Frame *tuple, Value value) {
  const Extras *more = step->extras;
  bool stream = is_array(value) && (value->flags & TUPLES);
  const Value *items = is_array(value) ? value->items : &value;
  size_t count = is_array(value) ? value->count : 1;
  for (size_t i = 0; i < count; i++) {
    engine_tick(engine);
    Frame *row = tuple_copy(engine, tuple);
    if (stream) {
      tuple_join(row, (const Frame *)(const void *)items[i]);
    } else {
      if (more && more->focus.len)
        row->slots[more->focus_slot] = items[i];
      else
        row->slots[0] = items[i];
      if (more && more->index.len) row->slots[more->index_slot] = jsonata_new_number(engine, (double)i);
      if (more && more->ancestor) row->slots[more->ancestor_slot] = tuple->slots[0];
    }
    push_tuple(engine, row);
  }
}

static Value tuple_filter(Engine *engine, const Node *predicate, Value stream) {
  if (predicate->kind != NODE_CONSTANT || predicate->constant->kind != JSON_NUMBER) {
    return filter_tuples(engine, predicate, stream);
  }
  Value one = pick(engine, stream->items, stream->count, predicate->constant->number, true, true);
  size_t base = engine->top;
  if (one != &JSONATA_EMPTY_SEQUENCE) stack_push(engine, one);
  return jsonata_stack_array(engine, base, SEQUENCE | TUPLES);
}

static Value tuple_stages(Engine *engine, const Node *step, Value stream) {
  for (size_t i = 0; step->extras && i < step->extras->stages.len; i++) {
    const Stage *stage = &step->extras->stages.at[i];
    if (stage->expression) {
      stream = tuple_filter(engine, stage->expression, stream);
      continue;
    }
    for (uint32_t k = 0; k < stream->count; k++) {
      Frame *tuple = (Frame *)(uintptr_t)stream->items[k];
      tuple->slots[stage->slot] = jsonata_new_number(engine, (double)k);
    }
  }
  return stream;
}

// One step of a stream. `stream` is NULL before the first tuple step; then the items are its rows.
static Value tuple_step(Engine *engine, const Node *step, Value stream, const Value *items, size_t count, Value whole,
                        Frame *base_frame) {
  const Scope *scope = base_frame->scope;
  if (step->kind == NODE_SORT && !stream) {
    Value sorted = jsonata_eval_sort(engine, step, items, count, whole, base_frame);
    stream = tuples_of(engine, scope, base_frame->parent, sorted->items, sorted->count);
    for (uint32_t i = 0; step->extras && step->extras->index.len && i < stream->count; i++) {
      ((Frame *)(uintptr_t)stream->items[i])->slots[step->extras->index_slot] = jsonata_new_number(engine, (double)i);
    }
    return tuple_stages(engine, step, stream);
  }
  if (!stream) stream = tuples_of(engine, scope, base_frame->parent, items, count);
  if (step->kind == NODE_SORT) {
    return tuple_stages(engine, step, jsonata_eval_sort(engine, step, stream->items, stream->count, stream, NULL));
  }
  size_t base = engine->top;
  for (uint32_t i = 0; i < stream->count; i++) {
    Frame *tuple = (Frame *)(uintptr_t)stream->items[i];
    Value value = step_value(engine, step, tuple->slots[0], tuple);
    if (value) push_rows(engine, step, tuple, value);
  }
  return tuple_stages(engine, step, jsonata_stack_array(engine, base, SEQUENCE | TUPLES));
}

static Value contexts(Engine *engine, Value stream) {
  const Json **items;
  Value result = jsonata_new_array(engine, stream->count, SEQUENCE, &items);
  for (uint32_t i = 0; i < stream->count; i++) { items[i] = ((const Frame *)(const void *)stream->items[i])->slots[0]; }
  return result;
}

// --- Paths

typedef struct Walk {
  const Value *items;
  size_t count;
  Value whole;
} Walk;

static void walk_on(Walk *walk, Value value) {
  walk->whole = value;
  walk->items = is_array(value) ? value->items : NULL;
  walk->count = is_array(value) ? value->count : 0;
}

// a[] and its kin: one result stays an array.
static Value keep_singleton(Engine *engine, Value result) {
  if (!is_array(result)) return result;
  if ((result->flags & CONS) && !(result->flags & SEQUENCE)) {
    const Json **items;
    Value sequence = jsonata_new_array(engine, 1, SEQUENCE | KEEP, &items);
    items[0] = result;
    return sequence;
  }
  if (!(result->flags & SEQUENCE) || (result->flags & KEEP)) return result;
  Json *kept = arena_raw(engine->arena, sizeof(Json));
  *kept = *result;
  kept->flags |= KEEP;
  return kept;
}

// Names only: as long as no array is met there is nothing to iterate over. UNBOUND: one was met.
static Value simple_path(Engine *engine, const Node *node, Value input, Frame *frame) {
  const Nodes steps = node->items;
  uint32_t i = steps.at[0]->kind != NODE_NAME;
  Value value = i ? jsonata_eval(engine, steps.at[0], input, frame) : input;
  for (; i < steps.count && value; i++) {
    if (value->kind == JSON_ARRAY) return &JSONATA_MARK_UNBOUND;
    value = value->kind == JSON_OBJECT ? member(engine, value, steps.at[i]) : NULL;
  }
  return value && value->kind == JSON_ARRAY && (value->flags & (SEQUENCE | CONS)) ? &JSONATA_MARK_UNBOUND : value;
}

Value jsonata_eval_path(Engine *engine, const Node *node, Value input, Frame *frame) {
  if (node->flags & NODE_SIMPLE) {
    Value simple = simple_path(engine, node, input, frame);
    if (simple != &JSONATA_MARK_UNBOUND) return simple;
  }
  const Nodes steps = node->items;
  const bool streams = node->flags & NODE_STREAMS;
  Walk walk = {&input, 1, NULL};
  bool absolute = steps.at[0]->kind == NODE_VARIABLE || steps.at[0]->kind == NODE_CONTEXT;
  if (is_array(input) && !absolute) walk_on(&walk, input);
  Frame *inner = streams ? jsonata_frame_new(engine, node->scope, frame) : frame;
  Value result = NULL, stream = NULL;
  bool tuples = false;
  for (uint32_t i = 0; i < steps.count; i++) {
    const Node *step = steps.at[i];
    if (step->flags & NODE_TUPLE) tuples = streams;
    if (i == 0 && (step->flags & NODE_CONS))
      result = jsonata_eval(engine, step, input, inner);
    else if (tuples)
      stream = tuple_step(engine, step, stream, walk.items, walk.count, walk.whole, inner);
    else
      result = eval_step(engine, step, walk.items, walk.count, walk.whole, inner, i + 1 == steps.count);
    if (!tuples && (!result || (is_array(result) && result->count == 0))) break;
    if (!stream) walk_on(&walk, result);
  }
  if (tuples && !stream) stream = tuples_of(engine, node->scope, frame, walk.items, walk.count);
  if (stream) result = node->flags & NODE_TUPLE ? stream : contexts(engine, stream);
  if (node->flags & NODE_KEEP_SINGLETON) result = keep_singleton(engine, result);
  if (!node->extras || !node->extras->group) return result;
  return jsonata_eval_group(engine, node->extras->group, stream ? stream : result, inner);
}

// --- Wildcards

// Pushes a value, an array by its items. True: it was an array.
static bool push_flat(Engine *engine, Value value) {
  if (!is_array(value)) {
    stack_push(engine, value);
    return false;
  }
  engine_tick(engine);
  for (uint32_t i = 0; i < value->count; i++) push_flat(engine, value->items[i]);
  return true;
}

Value jsonata_eval_wildcard(Engine *engine, const Node *node, Value input, Frame *frame) {
  (void)node, (void)frame;
  if (is_array(input) && (input->flags & OUTER) && input->count) input = input->items[0];
  if (!input) return &JSONATA_EMPTY_SEQUENCE;
  size_t base = engine->top;
  bool joined = false; // what an array was joined to is an array
  if (is_array(input)) {
    for (uint32_t i = 0; i < input->count; i++) joined |= push_flat(engine, input->items[i]);
  } else if (input->kind == JSON_OBJECT) {
    const JsonMember *members = jsonata_ordered_members(engine, input);
    for (uint32_t i = 0; i < input->count; i++) joined |= push_flat(engine, members[i].value);
  }
  return jsonata_stack_array(engine, base, joined ? 0 : SEQUENCE);
}

static void push_descendants(Engine *engine, Value value) {
  if (!value) return;
  engine_tick(engine);
  if ((char *)__builtin_frame_address(0) < engine->floor) FAIL(engine, "U1001");
  if (value->kind == JSON_ARRAY) {
    for (uint32_t i = 0; i < value->count; i++) push_descendants(engine, value->items[i]);
    return;
  }
  stack_push(engine, value);
  if (value->kind != JSON_OBJECT) return;
  const JsonMember *members = jsonata_ordered_members(engine, value);
  for (uint32_t i = 0; i < value->count; i++) push_descendants(engine, members[i].value);
}

Value jsonata_eval_descendants(Engine *engine, const Node *node, Value input, Frame *frame) {
  (void)node, (void)frame;
  if (!input) return NULL;
  size_t base = engine->top;
  push_descendants(engine, input);
  if (engine->top == base + 1) return engine->stack[--engine->top];
  return jsonata_stack_array(engine, base, SEQUENCE);
}
