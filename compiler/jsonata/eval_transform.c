// |pattern|update,remove|: a function that copies its argument and changes what the pattern finds in the copy.
#include "jsonata/engine.h"

Value jsonata_eval_transform(Engine *engine, const Node *node, Value input, Frame *frame) {
  Function *function = jsonata_new_function(engine, FUNCTION_TRANSFORM, 1);
  function->node = node;
  function->frame = frame;
  function->input = input;
  return &function->head;
}

// Sets members of an object of the copy, in place.
static void merge_into(Engine *engine, Json *target, Value update) {
  JsonMember *members = engine_raw(engine, ((size_t)target->count + update->count) * sizeof *members);
  if (target->count) memcpy(members, target->members, target->count * sizeof *members);
  size_t count = target->count;
  for (uint32_t i = 0; i < update->count; i++) {
    const JsonMember *known = json_member(target, update->members[i].key);
    size_t at = known ? (size_t)(known - target->members) : count++;
    members[at] = (JsonMember){update->members[i].key, update->members[i].value, JSON_NOWHERE};
  }
  Value merged = jsonata_new_object(engine, members, count);
  target->members = merged->members;
  target->count = merged->count;
  target->index = merged->index;
}

static void remove_from(Engine *engine, Json *target, Value names) {
  JsonMember *members = engine_raw(engine, target->count * sizeof *members);
  size_t count = 0;
  for (uint32_t i = 0; i < target->count; i++) {
    bool removed = false;
    for (uint32_t k = 0; k < names->count && !removed; k++) {
      removed = str_eq(target->members[i].key, json_str(names->items[k]));
    }
    if (!removed) members[count++] = target->members[i];
  }
  Value rest = jsonata_new_object(engine, members, count);
  target->members = rest->members;
  target->count = rest->count;
  target->index = rest->index;
}

static Value names_to_remove(Engine *engine, const Node *node, Value found, Frame *frame) {
  Value names = jsonata_eval(engine, node, found, frame);
  if (!names) return NULL;
  Value list = names;
  if (!is_array(names)) {
    const Json **items;
    list = jsonata_new_array(engine, 1, 0, &items);
    items[0] = names;
  }
  for (uint32_t i = 0; i < list->count; i++) {
    if (!is_string(list->items[i])) FAIL_AT(engine, node, "T2012", .value = names);
  }
  return list;
}

static void change(Engine *engine, const Function *function, Value found) {
  const Transform *transform = function->node->transform;
  bool object = found && found->kind == JSON_OBJECT && (found->flags & FRESH);
  Value update = jsonata_eval(engine, transform->update, found, function->frame);
  if (update && update->kind != JSON_OBJECT) FAIL_AT(engine, transform->update, "T2011", .value = update);
  if (update && object) merge_into(engine, (Json *)(uintptr_t)found, update);
  if (!transform->remove) return;
  Value names = names_to_remove(engine, transform->remove, found, function->frame);
  if (names && object) remove_from(engine, (Json *)(uintptr_t)found, names);
}

Value jsonata_transform_run(Engine *engine, const Function *function, Value object) {
  if (!object) return NULL;
  const Transform *transform = function->node->transform;
  Value clone = jsonata_eval(engine, transform->clone, function->input, function->frame);
  if (!is_function(clone)) FAIL_AT(engine, function->node, "T2013");
  Value copy = jsonata_apply(engine, clone, &object, 1, NULL, function->frame);
  Value found = jsonata_eval(engine, transform->pattern, copy, function->frame);
  if (!is_array(found)) {
    if (found) change(engine, function, found);
    return copy;
  }
  for (uint32_t i = 0; i < found->count; i++) change(engine, function, found->items[i]);
  return copy;
}
