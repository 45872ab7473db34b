// The tree: looking into it and making it.
#include "data/yaml.h"

const YamlPair *yaml_pair(const Yaml *node, Str key) {
  if (!yaml_is(node, YAML_MAPPING)) return NULL;
  const YamlPair *merged = NULL;
  for (size_t i = node->pairs.len; i > 0; i--) {
    const YamlPair *pair = &node->pairs.at[i - 1];
    if (!yaml_is_scalar(pair->key) || !str_eq(pair->key->text, key)) continue;
    if (!pair->merged) return pair;
    merged = pair;
  }
  return merged;
}

const Yaml *yaml_get(const Yaml *node, Str key) {
  const YamlPair *pair = yaml_pair(node, key);
  return pair ? pair->value : NULL;
}

static Yaml *scalar(Arena *arena, YamlKind kind, Str text) {
  Yaml *node = NEW(arena, Yaml);
  node->kind = (uint8_t)kind;
  node->text = text;
  node->depth = 1;
  node->size = 1;
  return node;
}

static Yaml *collection(Arena *arena, YamlKind kind) {
  return scalar(arena, kind, (Str){0});
}

Yaml *yaml_map(Arena *arena) {
  return collection(arena, YAML_MAPPING);
}

Yaml *yaml_seq(Arena *arena) {
  return collection(arena, YAML_SEQUENCE);
}

Yaml *yaml_text(Arena *arena, Str text) {
  return scalar(arena, YAML_STRING, text);
}

Yaml *yaml_bool(Arena *arena, bool truth) {
  return scalar(arena, YAML_BOOL, truth ? S("true") : S("false"));
}

Yaml *yaml_int(Arena *arena, long long value) {
  return scalar(arena, YAML_INT, str_fmt(arena, "%lld", value));
}

Yaml *yaml_put(Arena *arena, Yaml *map, Str key, Yaml *value) {
  if (value) VEC_PUSH(arena, &map->pairs, (YamlPair){.key = yaml_text(arena, key), .value = value});
  return value;
}

Yaml *yaml_add(Arena *arena, Yaml *seq, Yaml *value) {
  if (value) VEC_PUSH(arena, &seq->items, value);
  return value;
}

Yaml *yaml_from_json(Arena *arena, const Json *value) {
  switch (value->kind) {
  case JSON_NULL: return scalar(arena, YAML_NULL, S("null"));
  case JSON_FALSE:
  case JSON_TRUE: return yaml_bool(arena, value->kind == JSON_TRUE);
  case JSON_NUMBER: {
    Str text = json_text(arena, value, JSON_COMPACT);
    return scalar(arena, yaml_resolve(text, YAML_1_2) == YAML_INT ? YAML_INT : YAML_FLOAT, text);
  }
  case JSON_STRING: return yaml_text(arena, json_str(value));
  case JSON_ARRAY: {
    Yaml *seq = yaml_seq(arena);
    for (uint32_t i = 0; i < value->count; i++) yaml_add(arena, seq, yaml_from_json(arena, value->items[i]));
    return seq;
  }
  default: {
    Yaml *map = yaml_map(arena);
    for (uint32_t i = 0; i < value->count; i++) {
      yaml_put(arena, map, value->members[i].key, yaml_from_json(arena, value->members[i].value));
    }
    return map;
  }
  }
}
