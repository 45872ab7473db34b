// What the interpreter needs of JSON values beyond data/json.h.
#pragma once
#include "data/json.h"

// The compact JSON text.
static inline Str value_text(Arena *arena, const Json *value) {
  return json_text(arena, value, JSON_COMPACT);
}
// Appends a value as Java's toString writes it, which is how States.Format shows what is no string:
// {Arg1=1, Arg2=[a, b]}.
void value_java(Buf *out, const Json *value);
// `object` with the member `key` set to `value` (in its old place, or last).
const Json *value_with(Arena *arena, const Json *object, Str key, const Json *value);
// "array", "object", "string", "number", "boolean" or "null", as messages name types.
const char *value_type(const Json *value);
// Whether a number is whole.
bool value_whole(const Json *value);
