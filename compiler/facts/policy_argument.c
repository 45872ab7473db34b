#include "facts/policy_parts.h"

// What is known of a value.
static Argument known_of(const FactsPolicyRequest *request, const Json *value) {
  Str text = {0};
  FactsKnown known = FACTS_KNOWN_NOT;
  if (request->known) {
    known = request->known(request->with, value, &text);
  } else if (json_is(value, JSON_STRING) && !str_starts(json_str(value), S("{%"))) {
    known = FACTS_KNOWN_WHOLE;
    text = json_str(value);
  }
  static const ArgumentState states[] = {ARGUMENT_UNKNOWN, ARGUMENT_WHOLE, ARGUMENT_PREFIX};
  return (Argument){text.len ? states[known] : ARGUMENT_UNKNOWN, text};
}

// The value of a member, also where its key says that a path gives it ("Name.$").
static const Json *member_of(const Json *object, Str name, bool *dynamic) {
  const Json *value = json_get(object, name);
  for (uint32_t i = 0; !value && i < object->count; i++) {
    Str key = object->members[i].key;
    *dynamic = str_ends(key, S(".$")) && str_eq(str_slice(key, 0, key.len - 2), name);
    if (*dynamic) value = object->members[i].value;
  }
  return value;
}

Argument policy_argument(const FactsPolicyRequest *request, const Json *arguments, Str path) {
  static const Argument unknown = {.state = ARGUMENT_UNKNOWN}, absent = {.state = ARGUMENT_ABSENT};
  const Json *at = arguments;
  while (path.len) {
    if (!json_is(at, JSON_OBJECT)) return unknown;
    Str name = str_cut(path, '.', &path);
    bool list = str_ends(name, S("[]"));
    if (list) name = str_slice(name, 0, name.len - 2);
    bool dynamic = false;
    at = member_of(at, name, &dynamic);
    if (!at) return absent;
    if (dynamic) return unknown;
    if (!list) continue;
    if (!json_is(at, JSON_ARRAY) || at->count != 1) return unknown;
    at = at->items[0];
  }
  return at ? known_of(request, at) : unknown;
}

bool policy_is_arn(Str text) {
  return str_starts(text, S("arn:")) || str_has(text, S(".arn}"));
}
