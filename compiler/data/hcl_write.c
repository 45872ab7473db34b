#include "data/hcl_write.h"
#include <assert.h>

// --- Bodies

HclBody *hcl_body(Arena *arena) {
  HclBody *body = NEW(arena, HclBody);
  body->arena = arena;
  return body;
}

HclAttribute *hcl_set(HclBody *body, Str name, HclExpr *value) {
  if (!value) return NULL;
  assert(hcl_is_name(name));
  HclAttribute *attribute = NEW(body->arena, HclAttribute);
  *attribute = (HclAttribute){.name = name, .value = value};
  VEC_PUSH(body->arena, &body->items, (HclItem){.attribute = attribute});
  return attribute;
}

HclBlock *hcl_add(HclBody *body, Str type, size_t label_count, const Str *labels) {
  HclBlock *block = NEW(body->arena, HclBlock);
  *block = (HclBlock){.type = type, .label_count = label_count, .body = hcl_body(body->arena)};
  block->labels = NEW_N(body->arena, HclLabel, label_count);
  for (size_t i = 0; i < label_count; i++) block->labels[i].text = labels[i];
  VEC_PUSH(body->arena, &body->items, (HclItem){.block = block});
  return block;
}

void hcl_gap(HclBody *body) {
  VEC_PUSH(body->arena, &body->items, (HclItem){0});
}

// --- Values

static HclExpr *node(Arena *arena, HclKind kind) {
  HclExpr *expr = NEW(arena, HclExpr);
  expr->kind = (uint8_t)kind;
  return expr;
}

static HclExpr *with_items(Arena *arena, HclKind kind, size_t count, HclExpr *const *items) {
  HclExpr *expr = node(arena, kind);
  for (size_t i = 0; i < count; i++) hcl_list_add(arena, expr, items[i]);
  return expr;
}

static HclExpr *with_text(Arena *arena, HclKind kind, Str text) {
  HclExpr *expr = node(arena, kind);
  expr->text = text;
  return expr;
}

HclExpr *hcl_null(Arena *arena) {
  return node(arena, HCL_NULL);
}

HclExpr *hcl_bool(Arena *arena, bool truth) {
  HclExpr *expr = node(arena, HCL_BOOL);
  expr->truth = truth;
  return expr;
}

HclExpr *hcl_number(Arena *arena, double number) {
  char digits[32];
  size_t length = json_number_print(number, digits);
  return hcl_number_text(arena, str_dup(arena, (Str){digits, length}));
}

HclExpr *hcl_number_text(Arena *arena, Str text) {
  return with_text(arena, HCL_NUMBER, text);
}

HclExpr *hcl_string(Arena *arena, Str text) {
  return with_text(arena, HCL_STRING, text);
}

HclExpr *hcl_heredoc(Arena *arena, Str text) {
  HclExpr *expr = hcl_string(arena, text);
  expr->heredoc = expr->flush = true;
  return expr;
}

HclExpr *hcl_json(Arena *arena, const Json *value) {
  if (!value) return NULL;
  HclExpr *made;
  switch ((JsonKind)value->kind) {
  case JSON_FALSE:
  case JSON_TRUE: return hcl_bool(arena, value->kind == JSON_TRUE);
  case JSON_STRING: return hcl_string(arena, json_str(value));
  case JSON_NUMBER: return value->text ? hcl_number_text(arena, json_str(value)) : hcl_number(arena, value->number);
  case JSON_ARRAY:
    made = node(arena, HCL_TUPLE);
    for (uint32_t i = 0; i < value->count; i++) hcl_list_add(arena, made, hcl_json(arena, value->items[i]));
    return made;
  case JSON_OBJECT:
    made = hcl_object(arena);
    for (uint32_t i = 0; i < value->count; i++)
      hcl_put(arena, made, value->members[i].key, hcl_json(arena, value->members[i].value));
    return made;
  default: return hcl_null(arena);
  }
}

HclExpr *hcl_list(Arena *arena, size_t count, HclExpr *const *items) {
  return with_items(arena, HCL_TUPLE, count, items);
}

// Room for one more of `count` things: arrays in nodes double at each power of two.
static void *room_for(Arena *arena, void *old, uint32_t count, size_t size) {
  if (count & (count - 1)) return old;
  return arena_grow(arena, old, count * size, (count ? count * 2 : 1) * size);
}

void hcl_list_add(Arena *arena, HclExpr *list, HclExpr *item) {
  list->items = room_for(arena, list->items, list->count, sizeof *list->items);
  list->items[list->count++] = item;
}

HclExpr *hcl_object(Arena *arena) {
  return node(arena, HCL_OBJECT);
}

static void put(Arena *arena, HclExpr *object, HclMember member) {
  if (!member.value) return;
  object->members = room_for(arena, object->members, object->count, sizeof *object->members);
  object->members[object->count++] = member;
}

void hcl_put(Arena *arena, HclExpr *object, Str key, HclExpr *value) {
  bool bare = hcl_is_name(key) && !str_eq(key, S("for")); // `{ for …` begins a for expression
  put(arena, object, (HclMember){.key = hcl_string(arena, key), .value = value, .bare = bare});
}

// --- References and operations

// The same access with one more step; a shared prefix stays as it is.
static HclExpr *with_step(Arena *arena, HclExpr *on, HclStep step) {
  HclExpr *expr = node(arena, HCL_ACCESS);
  bool longer = on->kind == HCL_ACCESS;
  expr->count = longer ? on->count + 1 : 1;
  expr->items = longer ? on->items : with_items(arena, HCL_ACCESS, 1, &on)->items;
  expr->steps = NEW_N(arena, HclStep, expr->count);
  if (longer) memcpy(expr->steps, on->steps, on->count * sizeof(HclStep));
  expr->steps[expr->count - 1] = step;
  return expr;
}

HclExpr *hcl_get(Arena *arena, HclExpr *on, Str name) {
  return with_step(arena, on, (HclStep){.kind = HCL_STEP_NAME, .name = name});
}

HclExpr *hcl_index(Arena *arena, HclExpr *on, HclExpr *index) {
  return with_step(arena, on, (HclStep){.kind = HCL_STEP_INDEX, .index = index});
}

HclExpr *hcl_splat(Arena *arena, HclExpr *on) {
  return with_step(arena, on, (HclStep){.kind = HCL_STEP_SPLAT});
}

// The index between [ and ]: a splat, a number or a quoted key.
static HclExpr *bracketed(Arena *arena, HclExpr *on, Str inside) {
  if (str_eq(inside, S("*"))) return hcl_splat(arena, on);
  if (str_starts(inside, S("\""))) return hcl_index(arena, on, hcl_string(arena, str_slice(inside, 1, inside.len - 1)));
  return hcl_index(arena, on, hcl_number_text(arena, inside));
}

HclExpr *hcl_reference(Arena *arena, Str text) {
  size_t at = 0;
  while (at < text.len && text.at[at] != '.' && text.at[at] != '[') at++;
  assert(hcl_is_name(str_slice(text, 0, at)));
  HclExpr *expr = with_text(arena, HCL_NAME, str_slice(text, 0, at));
  while (at < text.len) {
    size_t from = at + 1, to = from;
    bool index = text.at[at] == '[';
    if (index) {
      to = str_find(text, S("]"), from);
      assert(to < text.len && to > from);
      expr = bracketed(arena, expr, str_slice(text, from, to));
      at = to + 1;
      continue;
    }
    while (to < text.len && text.at[to] != '.' && text.at[to] != '[') to++;
    assert(hcl_is_name(str_slice(text, from, to)));
    expr = hcl_get(arena, expr, str_slice(text, from, to));
    at = to;
  }
  return expr;
}

HclExpr *hcl_call(Arena *arena, Str name, size_t count, HclExpr *const *arguments) {
  HclExpr *expr = with_items(arena, HCL_CALL, count, arguments);
  expr->text = name;
  return expr;
}

static void add_part(Arena *arena, HclExpr *template, HclExpr *part) {
  if (part->kind == HCL_TEMPLATE) {
    for (uint32_t i = 0; i < part->count; i++) add_part(arena, template, part->items[i]);
    return;
  }
  if (part->kind == HCL_STRING && part->text.len == 0) return;
  hcl_list_add(arena, template, part);
}

HclExpr *hcl_template(Arena *arena, size_t count, HclExpr *const *parts) {
  HclExpr *template = node(arena, HCL_TEMPLATE);
  for (size_t i = 0; i < count; i++) add_part(arena, template, parts[i]);
  if (template->count == 0) return hcl_string(arena, S(""));
  return template->count == 1 ? template->items[0] : template;
}

HclExpr *hcl_conditional(Arena *arena, HclExpr *condition, HclExpr *then, HclExpr *otherwise) {
  return with_items(arena, HCL_CONDITIONAL, HCL_ITEMS(condition, then, otherwise));
}

HclExpr *hcl_unary(Arena *arena, HclOperator operation, HclExpr *operand) {
  HclExpr *expr = with_items(arena, HCL_UNARY, 1, &operand);
  expr->operation = (uint8_t)operation;
  return expr;
}

HclExpr *hcl_binary(Arena *arena, HclOperator operation, HclExpr *left, HclExpr *right) {
  HclExpr *expr = with_items(arena, HCL_BINARY, HCL_ITEMS(left, right));
  expr->operation = (uint8_t)operation;
  return expr;
}

HclExpr *hcl_for(Arena *arena, HclLoop loop) {
  HclExpr *expr = node(arena, HCL_FOR);
  expr->loop = NEW(arena, HclLoop);
  *expr->loop = loop;
  expr->loop->object = loop.result_key != NULL;
  return expr;
}
