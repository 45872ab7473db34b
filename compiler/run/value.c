#include "run/value.h"
#include <math.h>

void value_java(Buf *out, const Json *value) {
  switch (value->kind) {
  case JSON_STRING: buf_str(out, json_str(value)); return;
  case JSON_ARRAY:
    buf_char(out, '[');
    for (uint32_t i = 0; i < value->count; i++) {
      if (i) buf_str(out, S(", "));
      value_java(out, value->items[i]);
    }
    buf_char(out, ']');
    return;
  case JSON_OBJECT:
    buf_char(out, '{');
    for (uint32_t i = 0; i < value->count; i++) {
      if (i) buf_str(out, S(", "));
      buf_str(out, value->members[i].key);
      buf_char(out, '=');
      value_java(out, value->members[i].value);
    }
    buf_char(out, '}');
    return;
  default: json_write(out, value, JSON_COMPACT);
  }
}

const Json *value_with(Arena *arena, const Json *object, Str key, const Json *value) {
  uint32_t count = object->count, at = count;
  for (uint32_t i = 0; i < count && at == count; i++) {
    if (str_eq(object->members[i].key, key)) at = i;
  }
  JsonMember *members = arena_raw(arena, ((size_t)count + 1) * sizeof *members);
  if (count) memcpy(members, object->members, count * sizeof *members);
  members[at] = (JsonMember){key, value, JSON_NOWHERE};
  return json_object(arena, members, at == count ? (size_t)count + 1 : count);
}

const char *value_type(const Json *value) {
  static const char *const names[] = {"null", "boolean", "boolean", "number", "string", "array", "object"};
  return value->kind <= JSON_OBJECT ? names[value->kind] : "unknown";
}

bool value_whole(const Json *value) {
  return json_is(value, JSON_NUMBER) && value->number == floor(value->number) && fabs(value->number) < 9.3e18;
}
