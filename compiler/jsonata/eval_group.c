// Constructors and what orders: arrays, objects, grouping, order-by.
#include "base/map.h"
#include "jsonata/engine.h"
#include <math.h>

Value jsonata_eval_array(Engine *engine, const Node *node, Value input, Frame *frame) {
  size_t base = engine->top;
  for (uint32_t i = 0; i < node->items.count; i++) {
    const Node *item = node->items.at[i];
    Value value = jsonata_eval(engine, item, input, frame);
    if (!value) continue;
    if (item->kind != NODE_ARRAY && is_array(value))
      for (uint32_t k = 0; k < value->count; k++) stack_push(engine, value->items[k]);
    else
      stack_push(engine, value);
  }
  return jsonata_stack_array(engine, base, node->flags & NODE_CONS ? CONS : 0);
}

// --- Objects and groups

typedef struct Entry {
  Str key;
  uint32_t pair; // which pair made it
  Value data;    // the items: one, or appended
} Entry;

static _Noreturn void fail_group(Engine *engine, const char *code, const Group *group, Value value) {
  jsonata_engine_fail(engine, (Failure){.code = code, .start = group->start, .end = group->end, .value = value});
}

static bool group_key(Engine *engine, const Group *group, uint32_t pair, Value item, Frame *frame, Str *key) {
  Value value = jsonata_eval(engine, group->pairs[pair].key, item, frame);
  if (!value) return false;
  if (value->kind != JSON_STRING) fail_group(engine, "T1003", group, value);
  *key = json_str(value);
  return true;
}

// An object from one context: no grouping needed, only distinct keys.
static Value make_object(Engine *engine, const Group *group, Value item, Frame *frame) {
  Entry few[16], *entries = group->count <= 16 ? few : engine_raw(engine, group->count * sizeof(Entry));
  uint32_t count = 0;
  Map seen = {.arena = engine->arena};
  for (uint32_t i = 0; i < group->count; i++) {
    Entry entry = {.pair = i};
    if (!group_key(engine, group, i, item, frame, &entry.key)) continue;
    bool again = false;
    if (group->count > 16)
      again = map_set(&seen, entry.key, &entries[count]) != NULL;
    else
      for (uint32_t k = 0; k < count; k++) again |= str_eq(entries[k].key, entry.key);
    if (again) fail_group(engine, "D1009", group, jsonata_new_string(engine, entry.key));
    entries[count++] = entry;
  }
  JsonMember *members = engine_raw(engine, count * sizeof *members);
  uint32_t made = 0;
  for (uint32_t i = 0; i < count; i++) {
    Value value = jsonata_eval(engine, group->pairs[entries[i].pair].value, item, frame);
    if (value) members[made++] = (JsonMember){entries[i].key, value, JSON_NOWHERE};
  }
  return jsonata_new_object(engine, members, made);
}

typedef VEC(Entry *) Entries;

static void add_entry(Engine *engine, Map *by_key, Entries *entries, const Group *group, Entry entry) {
  Entry *known = map_get(by_key, entry.key);
  if (!known) {
    known = arena_raw(engine->arena, sizeof *known);
    *known = entry;
    map_set(by_key, entry.key, known);
    VEC_PUSH(engine->arena, entries, known);
    return;
  }
  if (known->pair != entry.pair) fail_group(engine, "D1009", group, jsonata_new_string(engine, entry.key));
  if (entry.data && entry.data->kind == KIND_TUPLE && known->data->kind == KIND_TUPLE) {
    const Json **both;
    Value rows = jsonata_new_array(engine, 1, TUPLES, &both);
    both[0] = known->data;
    known->data = rows;
  }
  known->data = jsonata_append(engine, known->data, entry.data);
}

// All rows of a group in one: what every variable held, appended.
static Frame *reduce_rows(Engine *engine, Value data) {
  if (!is_array(data)) return (Frame *)(uintptr_t)data;
  const Frame *first = (const Frame *)(const void *)data->items[0];
  Frame *reduced = jsonata_frame_new(engine, first->scope, first->parent);
  memcpy(reduced->slots, first->slots, first->count * sizeof(Value));
  for (uint32_t i = 1; i < data->count; i++) {
    const Frame *row = (const Frame *)(const void *)data->items[i];
    engine_tick(engine);
    for (uint32_t k = 0; k < reduced->count && k < row->count; k++) {
      if (row->slots[k] == &JSONATA_MARK_UNBOUND) continue;
      Value before = reduced->slots[k] == &JSONATA_MARK_UNBOUND ? NULL : reduced->slots[k];
      reduced->slots[k] = jsonata_append(engine, before, row->slots[k]);
    }
  }
  return reduced;
}

static Value entry_value(Engine *engine, const Group *group, const Entry *entry, bool rows, Frame *frame) {
  const Node *node = group->pairs[entry->pair].value;
  if (!rows) return jsonata_eval(engine, node, entry->data, frame);
  Frame *reduced = reduce_rows(engine, entry->data);
  return jsonata_eval(engine, node, reduced->slots[0], reduced);
}

Value jsonata_eval_group(Engine *engine, const Group *group, Value input, Frame *frame) {
  bool rows = is_array(input) && (input->flags & TUPLES);
  if (!rows && !is_array(input)) return make_object(engine, group, input, frame);
  if (!rows && input->count <= 1) { return make_object(engine, group, input->count ? input->items[0] : NULL, frame); }
  Map by_key = {.arena = engine->arena};
  Entries entries = {0};
  for (uint32_t i = 0; i < input->count; i++) {
    engine_tick(engine);
    Frame *row = rows ? (Frame *)(uintptr_t)input->items[i] : frame;
    Value item = rows ? row->slots[0] : input->items[i];
    for (uint32_t k = 0; k < group->count; k++) {
      Entry entry = {.pair = k, .data = input->items[i]};
      if (group_key(engine, group, k, item, row, &entry.key)) { add_entry(engine, &by_key, &entries, group, entry); }
    }
  }
  JsonMember *members = engine_raw(engine, entries.len * sizeof *members);
  size_t made = 0;
  for (size_t i = 0; i < entries.len; i++) {
    Value value = entry_value(engine, group, entries.at[i], rows, frame);
    if (value) members[made++] = (JsonMember){entries.at[i]->key, value, JSON_NOWHERE};
  }
  return jsonata_new_object(engine, members, made);
}

Value jsonata_eval_object(Engine *engine, const Node *node, Value input, Frame *frame) {
  return jsonata_eval_group(engine, node->object.group, input, frame);
}

// --- Order-by

// A stable merge sort that keeps the left of two items unless `after` says that it belongs behind the right one.
void jsonata_merge_sort(Engine *engine, const Json **items, size_t count, bool (*after)(void *, Value, Value),
                        void *context) {
  if (count < 2) return;
  size_t left = count / 2;
  jsonata_merge_sort(engine, items, left, after, context);
  jsonata_merge_sort(engine, items + left, count - left, after, context);
  const Json **merged = engine_raw(engine, count * sizeof *merged);
  size_t i = 0, k = left, n = 0;
  while (i < left && k < count) {
    engine_tick(engine);
    merged[n++] = after(context, items[i], items[k]) ? items[k++] : items[i++];
  }
  while (i < left) merged[n++] = items[i++];
  memcpy(items, merged, n * sizeof *items);
}

typedef struct Ordering {
  Engine *engine;
  const Node *node;
  Frame *frame;
} Ordering;

// An item being sorted, with the values of the terms as far as they were needed.
typedef struct Sorted {
  Json head; // KIND_MARK
  Value item;
  Value keys[];
} Sorted;

static Value sort_key(const Ordering *ordering, Sorted *sorted, uint32_t term) {
  if (sorted->keys[term] != &JSONATA_MARK_UNBOUND) return sorted->keys[term];
  Value context = sorted->item;
  Frame *frame = ordering->frame;
  if (context && context->kind == KIND_TUPLE) {
    frame = (Frame *)(uintptr_t)context;
    context = frame->slots[0];
  }
  const Node *expression = ordering->node->sort.terms[term].expression;
  return sorted->keys[term] = jsonata_eval(ordering->engine, expression, context, frame);
}

static bool orders(Value key) {
  return key && (key->kind == JSON_STRING || key->kind == JSON_NUMBER);
}

// -1, 0, 1; absent keys come last whatever the direction.
static int compare_keys(const Ordering *ordering, Value a, Value b, bool descending) {
  if (!a || !b) return a ? -1 : b ? 1 : 0;
  if (!orders(a) || !orders(b)) FAIL_AT(ordering->engine, ordering->node, "T2008", .value = orders(a) ? b : a);
  if (a->kind != b->kind) FAIL_AT(ordering->engine, ordering->node, "T2007", .value = a, .second = b);
  int order = a->kind == JSON_STRING ? jsonata_compare_text(json_str(a), json_str(b))
                                     : (a->number > b->number) - (a->number < b->number);
  return descending ? -order : order;
}

static bool comes_after(void *context, Value a, Value b) {
  const Ordering *ordering = context;
  Sorted *left = (Sorted *)(uintptr_t)a, *right = (Sorted *)(uintptr_t)b;
  for (uint32_t i = 0; i < ordering->node->sort.count; i++) {
    Value x = sort_key(ordering, left, i), y = sort_key(ordering, right, i);
    int order = compare_keys(ordering, x, y, ordering->node->sort.terms[i].descending);
    if (order) return order > 0;
  }
  return false;
}

Value jsonata_eval_sort(Engine *engine, const Node *node, const Value *items, size_t count, Value whole, Frame *frame) {
  if (count <= 1) {
    if (is_array(whole)) return whole;
    const Json **only;
    Value sequence = jsonata_new_array(engine, count, SEQUENCE, &only);
    if (count) only[0] = items[0];
    return sequence;
  }
  Ordering ordering = {engine, node, frame};
  const Json **list;
  unsigned flags = is_array(whole) && (whole->flags & TUPLES) ? SEQUENCE | TUPLES : 0;
  Value result = jsonata_new_array(engine, count, flags, &list);
  size_t size = sizeof(Sorted) + node->sort.count * sizeof(Value);
  for (size_t i = 0; i < count; i++) {
    Sorted *sorted = arena_raw(engine->arena, size);
    *sorted = (Sorted){.head = {.kind = KIND_MARK}, .item = items[i]};
    for (uint32_t k = 0; k < node->sort.count; k++) sorted->keys[k] = &JSONATA_MARK_UNBOUND;
    list[i] = &sorted->head;
  }
  jsonata_merge_sort(engine, list, count, comes_after, &ordering);
  for (size_t i = 0; i < count; i++) list[i] = ((const Sorted *)(const void *)list[i])->item;
  return result;
}
