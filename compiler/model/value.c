#include "model/make.h"
#include "data/json.h"

#define SIMPLE(tag_)                                                                                                   \
  { .tag = tag_ }
const Type TYPE_ANY = SIMPLE(T_ANY), TYPE_STRING = SIMPLE(T_STRING), TYPE_NUMBER = SIMPLE(T_NUMBER),
           TYPE_BOOL = SIMPLE(T_BOOL), TYPE_DATE = SIMPLE(T_DATE), TYPE_WORD = SIMPLE(T_WORD),
           TYPE_OF_TYPE = SIMPLE(T_TYPE), TYPE_NOTHING = SIMPLE(T_NOTHING),
           TYPE_ANYTHINGS = {.tag = T_LIST, .item = &TYPE_ANY}, TYPE_STRINGS = {.tag = T_LIST, .item = &TYPE_STRING},
           TYPE_RECORD = {.tag = T_OBJECT, .open = true}, TYPE_DURATION = {.tag = T_NUMBER, .unit = UNIT_SECONDS},
           TYPE_SIZE = {.tag = T_NUMBER, .unit = UNIT_BYTES}, TYPE_PERCENT = {.tag = T_NUMBER, .unit = UNIT_PERCENT},
           TYPE_FORMULA = SIMPLE(T_FORMULA), TYPE_RATE = {.tag = T_NUMBER, .unit = UNIT_PER_SECOND},
           TYPE_ACCOUNT = {.tag = T_STRING, .name = STR_INIT("account"), .pattern = STR_INIT("^[0-9]{12}$")};

static const Type *const unit_types[] = {&TYPE_NUMBER, &TYPE_DURATION, &TYPE_SIZE, &TYPE_PERCENT, &TYPE_RATE};

static Value *make(Arena *arena, ValueKind kind, const Type *type, Span span) {
  Value *value = NEW(arena, Value);
  value->kind = kind;
  value->type = type;
  value->span = span;
  return value;
}

const Value *value_missing(Span span) {
  static const Value missing = {.kind = VALUE_MISSING, .maybe = true, .type = &TYPE_NOTHING};
  (void)span;
  return &missing;
}

const Value *value_bool(Arena *arena, bool truth, Span span) {
  Value *value = make(arena, VALUE_BOOL, &TYPE_BOOL, span);
  value->truth = truth;
  return value;
}

const Value *value_number(Arena *arena, double number, Unit unit, Span span) {
  Value *value = make(arena, VALUE_NUMBER, unit_types[unit], span);
  value->number = number;
  value->unit = unit;
  return value;
}

const Value *value_string(Arena *arena, Str text, Span span) {
  Value *value = make(arena, VALUE_STRING, &TYPE_STRING, span);
  value->text = text;
  return value;
}

Value *value_node(Arena *arena, ValueKind kind, const Value *const *items, size_t count, const Type *type, Span span) {
  Value *value = make(arena, kind, type, span);
  value->items = NEW_N(arena, const Value *, count);
  value->count = count;
  for (size_t i = 0; i < count; i++) {
    value->items[i] = items[i];
    if (items[i]->time > value->time) value->time = items[i]->time;
  }
  return value;
}

static const Type *common_type(const Value *const *items, size_t count) {
  for (size_t i = 1; i < count; i++) {
    if (items[i]->type != items[0]->type) return &TYPE_ANY;
  }
  return count ? items[0]->type : &TYPE_ANY;
}

const Value *value_list(Arena *arena, const Value **items, size_t count, Span span) {
  Type *type = NEW(arena, Type);
  *type = (Type){.tag = T_LIST, .item = common_type(items, count)};
  return value_node(arena, VALUE_LIST, items, count, type, span);
}

const Value *value_object(Arena *arena, const ValueMember *members, size_t count, Span span) {
  Type *type = NEW(arena, Type);
  TypeMember *fields = NEW_N(arena, TypeMember, count);
  Value *value = make(arena, VALUE_OBJECT, type, span);
  for (size_t i = 0; i < count; i++) {
    fields[i] = (TypeMember){members[i].name, members[i].value->type, members[i].value->maybe};
    if (members[i].value->time > value->time) value->time = members[i].value->time;
  }
  *type = (Type){.tag = T_OBJECT, .fields = fields, .count = count};
  value->members = members;
  value->count = count;
  return value;
}

const Value *value_member(const Value *object, Str name) {
  if (!object || object->kind != VALUE_OBJECT) return NULL;
  for (size_t i = object->count; i > 0; i--) {
    if (str_eq(object->members[i - 1].name, name)) return object->members[i - 1].value;
  }
  return NULL;
}

Str value_plain(Arena *arena, const Value *value) {
  char number[32];
  switch (value->kind) {
  case VALUE_STRING: return value->text;
  case VALUE_BOOL: return value->truth ? S("true") : S("false");
  case VALUE_NUMBER:
    if (value->text.len && value->unit == UNIT_NONE) return value->text;
    return str_dup(arena, (Str){number, json_number_print(value->number, number)});
  default: return (Str){0};
  }
}

static bool is_scalar(const Value *value) {
  return value->kind == VALUE_STRING || value->kind == VALUE_NUMBER || value->kind == VALUE_BOOL;
}

const Value *value_template(Arena *arena, const Value **parts, size_t count, Span span) {
  VEC(const Value *) kept = {0};
  for (size_t i = 0; i < count; i++) {
    const Value *part = parts[i];
    if (part->kind == VALUE_TEMPLATE) {
      for (size_t k = 0; k < part->count; k++) VEC_PUSH(arena, &kept, part->items[k]);
      continue;
    }
    if (is_scalar(part)) {
      Str text = value_plain(arena, part);
      const Value *before = kept.len ? kept.at[kept.len - 1] : NULL;
      if (text.len == 0) continue;
      if (before && before->kind == VALUE_STRING) {
        text = str_fmt(arena, "%.*s%.*s", STR_ARG(before->text), STR_ARG(text));
        kept.len--;
      }
      part = value_string(arena, text, part->span);
    }
    VEC_PUSH(arena, &kept, part);
  }
  if (kept.len == 0) return value_string(arena, S(""), span);
  if (kept.len == 1 && kept.at[0]->type->tag == T_STRING) return value_at(arena, kept.at[0], span);
  return value_node(arena, VALUE_TEMPLATE, kept.at, kept.len, &TYPE_STRING, span);
}

const Value *value_leaf(Arena *arena, ValueKind kind, Time time, Str text, const Type *type, Span span) {
  Value *value = make(arena, kind, type, span);
  value->time = time;
  value->text = text;
  return value;
}

const Value *value_at(Arena *arena, const Value *value, Span span) {
  Value *copy = NEW(arena, Value);
  *copy = *value;
  copy->span = span;
  return copy;
}

const Value *value_maybe(Arena *arena, const Value *value, bool maybe) {
  if (value->maybe == maybe || value->kind == VALUE_MISSING) return value;
  Value *copy = NEW(arena, Value);
  *copy = *value;
  copy->maybe = maybe;
  return copy;
}

bool value_is_string(const Value *value, Str *text) {
  if (!value || value->kind != VALUE_STRING) return false;
  *text = value->text;
  return true;
}

bool value_same(const Value *a, const Value *b) {
  if (a->kind != b->kind) return false;
  switch (a->kind) {
  case VALUE_MISSING: return false; // == with missing is false
  case VALUE_BOOL: return a->truth == b->truth;
  case VALUE_NUMBER: return a->number == b->number;
  case VALUE_STRING: return str_eq(a->text, b->text);
  case VALUE_DECLARED: return a->entity == b->entity;
  case VALUE_TERRAFORM: return str_eq(a->text, b->text);
  case VALUE_TEMPLATE:
  case VALUE_LIST:
    for (size_t i = 0; i < a->count && a->count == b->count; i++) {
      if (!value_same(a->items[i], b->items[i])) return false;
    }
    return a->count == b->count;
  case VALUE_OBJECT:
    for (size_t i = 0; i < a->count && a->count == b->count; i++) {
      const Value *other = value_member(b, a->members[i].name);
      if (!other || !value_same(a->members[i].value, other)) return false;
    }
    return a->count == b->count;
  default: return false;
  }
}

static const Value *operation(Arena *arena, ValueOp op, const Value **of, size_t count, const Type *type, Span span) {
  Value *value = value_node(arena, VALUE_OPERATION, of, count, type, span);
  value->op = (uint8_t)op;
  return value;
}

const Value *value_not(Arena *arena, const Value *of, Span span) {
  if (of->kind == VALUE_BOOL) return value_bool(arena, !of->truth, span);
  return operation(arena, VALUE_NOT, &of, 1, &TYPE_BOOL, span);
}

const Value *value_test(Arena *arena, const Value *of, Span span) {
  if (value_is_const(of)) return value_bool(arena, of->kind != VALUE_MISSING, span);
  if (of->kind == VALUE_DECLARED || (of->time < TIME_RUN && !of->maybe)) return value_bool(arena, true, span);
  return operation(arena, VALUE_TEST, &of, 1, &TYPE_BOOL, span);
}

static const Value *fold_numbers(Arena *arena, Operator op, const Value *a, const Value *b, Span span) {
  double x = a->number, y = b->number;
  Unit unit = a->unit ? a->unit : b->unit;
  if (op == OP_DIVIDE && a->unit == b->unit) unit = UNIT_NONE;
  switch (op) {
  case OP_ADD: return value_number(arena, x + y, unit, span);
  case OP_SUBTRACT: return value_number(arena, x - y, unit, span);
  case OP_MULTIPLY: return value_number(arena, x * y, unit, span);
  case OP_DIVIDE: return y == 0 ? NULL : value_number(arena, x / y, unit, span);
  case OP_LESS: return value_bool(arena, x < y, span);
  case OP_LESS_EQUAL: return value_bool(arena, x <= y, span);
  case OP_GREATER: return value_bool(arena, x > y, span);
  case OP_GREATER_EQUAL: return value_bool(arena, x >= y, span);
  default: return NULL;
  }
}

static const Value *fold_strings(Arena *arena, Operator op, const Value *a, const Value *b, Span span) {
  int order = str_cmp(a->text, b->text);
  switch (op) {
  case OP_LESS: return value_bool(arena, order < 0, span);
  case OP_LESS_EQUAL: return value_bool(arena, order <= 0, span);
  case OP_GREATER: return value_bool(arena, order > 0, span);
  case OP_GREATER_EQUAL: return value_bool(arena, order >= 0, span);
  default: return NULL;
  }
}

static const Value *fold(Arena *arena, Operator op, const Value *a, const Value *b, Span span) {
  if (op == OP_AND && a->kind == VALUE_BOOL) return a->truth ? b : a;
  if (op == OP_OR && a->kind == VALUE_BOOL) return a->truth ? a : b;
  if (op == OP_DEFAULT && a->kind == VALUE_MISSING) return b;
  if (op == OP_DEFAULT && (value_is_const(a) || !a->maybe) && a->time < TIME_RUN) return a;
  bool same_time = (value_is_const(a) || a->kind == VALUE_DECLARED) && (value_is_const(b) || b->kind == VALUE_DECLARED);
  bool missing = (a->kind == VALUE_MISSING && !b->maybe) || (b->kind == VALUE_MISSING && !a->maybe);
  if ((op == OP_EQUAL || op == OP_UNEQUAL) && (same_time || missing)) {
    return value_bool(arena, (!missing && value_same(a, b)) == (op == OP_EQUAL), span);
  }
  if (a->kind == VALUE_NUMBER && b->kind == VALUE_NUMBER) return fold_numbers(arena, op, a, b, span);
  if (a->kind == VALUE_STRING && b->kind == VALUE_STRING) return fold_strings(arena, op, a, b, span);
  return NULL;
}

const Value *value_binary(Arena *arena, Operator op, const Value *a, const Value *b, const Type *type, Span span) {
  const Value *folded = fold(arena, op, a, b, span);
  if (folded) return folded;
  bool of_numbers = a->kind == VALUE_CHOICE && a->items[1]->kind == VALUE_NUMBER && a->items[2]->kind == VALUE_NUMBER;
  if (of_numbers && b->kind == VALUE_NUMBER) { // the choice of 2GB or 512MB, by 1MB, is that of 2048 or 512
    const Value *then = fold(arena, op, a->items[1], b, span), *other = fold(arena, op, a->items[2], b, span);
    if (then && other) return value_choice(arena, a->items[0], then, other, span);
  }
  const Value *of[] = {a, b};
  Value *value = (Value *)(uintptr_t)operation(arena, VALUE_BINARY, of, 2, type, span);
  value->binary = op;
  value->maybe = op == OP_DEFAULT && b->maybe;
  return value;
}

const Value *value_choice(Arena *arena, const Value *condition, const Value *then, const Value *other, Span span) {
  if (condition->kind == VALUE_BOOL) return condition->truth ? then : other;
  const Value *of[] = {condition, then, other};
  const Type *type = then->type == other->type || other->kind == VALUE_MISSING ? then->type
                     : then->kind == VALUE_MISSING                             ? other->type
                                                                               : &TYPE_ANY;
  Value *value = value_node(arena, VALUE_CHOICE, of, 3, type, span);
  value->maybe = then->maybe || other->maybe;
  return value;
}

const char *time_name(Time time) {
  static const char *const names[] = {"at compile time", "at deploy time", "when the event comes", "at run time"};
  return names[time];
}
