// Making values: constants are folded at once, so a value of compile time is always a constant.
#pragma once
#include "model/value.h"

extern const Type TYPE_ANY, TYPE_STRING, TYPE_NUMBER, TYPE_BOOL, TYPE_DATE, TYPE_WORD, TYPE_OF_TYPE, TYPE_NOTHING,
    TYPE_ANYTHINGS /* [any] */, TYPE_STRINGS /* [string] */, TYPE_RECORD /* an open object */, TYPE_DURATION, TYPE_SIZE,
    TYPE_PERCENT, TYPE_RATE, TYPE_FORMULA, TYPE_ACCOUNT /* the id of an AWS account */;

const Value *value_missing(Span span);
const Value *value_bool(Arena *arena, bool truth, Span span);
const Value *value_number(Arena *arena, double number, Unit unit, Span span);
const Value *value_string(Arena *arena, Str text, Span span);
const Value *value_list(Arena *arena, const Value **items, size_t count, Span span);
const Value *value_object(Arena *arena, const ValueMember *members, size_t count, Span span);
// Text made of parts; neighbouring constants are joined, a single string part is returned as it is.
const Value *value_template(Arena *arena, const Value **parts, size_t count, Span span);
// A leaf of a later time.
const Value *value_leaf(Arena *arena, ValueKind kind, Time time, Str text, const Type *type, Span span);
// A node over `count` values; its time is the latest of theirs (at least `least`).
Value *value_node(Arena *arena, ValueKind kind, const Value *const *items, size_t count, const Type *type, Span span);
const Value *value_not(Arena *arena, const Value *of, Span span);
const Value *value_test(Arena *arena, const Value *of, Span span);
const Value *value_binary(Arena *arena, Operator op, const Value *a, const Value *b, const Type *type, Span span);
const Value *value_choice(Arena *arena, const Value *condition, const Value *then, const Value *other, Span span);
// The same value with another place, or no longer (or now) maybe missing.
const Value *value_at(Arena *arena, const Value *value, Span span);
const Value *value_maybe(Arena *arena, const Value *value, bool maybe);
// A plain name in words of Terraform, AWS tags, …: a constant string. False: it is none.
bool value_is_string(const Value *value, Str *text);
static inline bool value_is_const(const Value *value) {
  return value->time == TIME_COMPILE && value->kind != VALUE_DECLARED;
}
// A constant as JSON (what is no constant is null).
const struct Json *value_json(Arena *arena, const Value *value);
// JSON as a value; scalars are their texts.
const Value *value_of_json(Arena *arena, const struct Json *json, Span span);
// Equality of constants, lists and texts of them and of references of deploy time; false where it is not known.
bool value_same(const Value *a, const Value *b);
// The text of a constant scalar as it stands in a string: 5, true, abc.
Str value_plain(Arena *arena, const Value *value);
