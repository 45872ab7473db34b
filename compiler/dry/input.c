#include "dry/input.h"
#include "dry/deploy.h"
#include "facts/answer_text.h"
#include "model/model.h"
#include "model/make.h"

enum { DEPTH_MOST = 8 };

static const Json *sample(Arena *arena, const Type *type, Str name, int depth);

// A text for a name: few services take `_` in the names that are made of it.
static Str text_of(Arena *arena, Str name) {
  char *text = arena_alloc(arena, name.len + 1);
  for (size_t i = 0; i < name.len; i++) text[i] = name.at[i] == '_' ? '-' : name.at[i];
  return name.len ? (Str){text, name.len} : S("value");
}

// What is read of it must be there.
static const Json *sample_seen(Arena *arena, const Seen *seen, Str name, int depth) {
  JsonBuild build = {.arena = arena};
  for (size_t i = 0; i < seen->members.len; i++) {
    const TypeMember *member = &seen->members.at[i];
    json_put(&build, member->name, sample(arena, member->type, member->name, depth + 1));
  }
  if (build.members.len || (depth == 0 && !seen->item && !seen->as)) return json_made_object(&build);
  if (seen->item) json_add(&build, sample(arena, seen->item, name, depth + 1));
  if (seen->item) return json_made_array(&build);
  if (seen->text) {
    Str text = text_of(arena, name), place = str_fmt(arena, "s3://example-bucket/%.*s/", STR_ARG(text));
    Str candidates[] = {text, place, S("https://example.com/"), S("arn:aws:iam::123456789012:role/example"), S("1")};
    return json_string(arena, answer_fit(arena, *(const FactsShape *)seen->text, candidates, 5));
  }
  return seen->as ? sample(arena, seen->as, name, depth + 1) : json_string(arena, text_of(arena, name));
}

static const Json *sample(Arena *arena, const Type *type, Str name, int depth) {
  if (depth > DEPTH_MOST) return &JSON_THE_NULL;
  switch (type->tag) {
  case T_STRING:
  case T_WORD: return json_string(arena, text_of(arena, name));
  case T_DATE: return json_string(arena, S("2026-01-01T00:00:00Z"));
  case T_NUMBER: return json_number(arena, 1);
  case T_BOOL: return &JSON_THE_TRUE;
  case T_LITERAL: return value_json(arena, type->value);
  case T_UNION: return type->count ? sample(arena, type->items[0], name, depth + 1) : &JSON_THE_NULL;
  case T_LIST: {
    JsonBuild build = {.arena = arena};
    json_add(&build, sample(arena, type->item, name, depth + 1));
    return json_made_array(&build);
  }
  case T_OBJECT: {
    JsonBuild build = {.arena = arena};
    for (size_t i = 0; i < type->count; i++) {
      if (type->fields[i].optional) continue;
      json_put(&build, type->fields[i].name, sample(arena, type->fields[i].type, type->fields[i].name, depth + 1));
    }
    return json_made_object(&build);
  }
  case T_ANY: return type->seen ? sample_seen(arena, type->seen, name, depth) : json_object(arena, NULL, 0);
  default: return json_object(arena, NULL, 0);
  }
}

const Json *dry_sample(Arena *arena, const Type *type, Str name) {
  return sample(arena, type, name, 0);
}

const Json *dry_input(Arena *arena, const Model *model, const Flow *flow) {
  JsonBuild build = {.arena = arena};
  for (size_t i = 0; i < flow->params.len; i++) {
    const FlowParameter *param = &flow->params.at[i];
    if (param->value || param->optional) continue;
    const Value *given = param->sample ? deploy_resolve(arena, model, param->sample) : NULL;
    json_put(&build, param->name, given ? value_json(arena, given) : sample(arena, param->type, param->name, 0));
  }
  return build.members.len ? json_made_object(&build) : NULL;
}

// ---------------------------------------------------------------- a given one

// Where `value` does not fit: its path and the type wanted there. Empty: it fits.
static Str misfit(Arena *arena, const Type *type, const Json *value, Str path, int depth) {
  bool fits = true;
  if (depth > DEPTH_MOST) return (Str){0};
  switch (type->tag) {
  case T_STRING:
  case T_DATE:
  case T_WORD: fits = json_is(value, JSON_STRING); break;
  case T_NUMBER: fits = json_is(value, JSON_NUMBER); break;
  case T_BOOL: fits = json_is(value, JSON_TRUE) || json_is(value, JSON_FALSE); break;
  case T_LITERAL: fits = json_equal(value_json(arena, type->value), value); break;
  case T_UNION:
    fits = false;
    for (size_t i = 0; i < type->count && !fits; i++) fits = !misfit(arena, type->items[i], value, path, depth + 1).len;
    break;
  case T_LIST:
    fits = json_is(value, JSON_ARRAY);
    for (size_t i = 0; fits && i < value->count; i++) {
      Str inner = misfit(arena, type->item, value->items[i], str_fmt(arena, "%.*s[%zu]", STR_ARG(path), i), depth + 1);
      if (inner.len) return inner;
    }
    break;
  case T_OBJECT:
    if (type->shape && json_is(value, JSON_STRING)) return (Str){0}; // the key of a table's item
    fits = json_is(value, JSON_OBJECT);
    for (size_t i = 0; fits && i < type->count; i++) {
      Str at = str_fmt(arena, "%.*s.%.*s", STR_ARG(path), STR_ARG(type->fields[i].name));
      const Json *member = json_get(value, type->fields[i].name);
      bool missing = !member || json_is(member, JSON_NULL);
      if (missing && type->fields[i].optional) continue;
      if (missing)
        return str_fmt(arena, "`%.*s` (%.*s) is missing", STR_ARG(at), STR_ARG(type_text(arena, type->fields[i].type)));
      Str inner = misfit(arena, type->fields[i].type, member, at, depth + 1);
      if (inner.len) return inner;
    }
    break;
  default: break;
  }
  if (fits) return (Str){0};
  Str given = json_text(arena, value, JSON_COMPACT);
  return str_fmt(arena, "`%.*s` takes %.*s, not %.*s", STR_ARG(path), STR_ARG(type_text(arena, type)),
                 STR_ARG(str_slice(given, 0, given.len < 60 ? given.len : 60)));
}

Str dry_input_misfit(Arena *arena, const Flow *flow, const Json *input) {
  for (size_t i = 0; i < flow->params.len; i++) {
    const FlowParameter *param = &flow->params.at[i];
    const Json *value = json_is(input, JSON_OBJECT) ? json_get(input, param->name) : NULL;
    bool missing = !value || json_is(value, JSON_NULL);
    if (missing && (param->value || param->optional)) continue;
    if (missing)
      return str_fmt(arena, "`%.*s` (%.*s) is missing", STR_ARG(param->name), STR_ARG(type_text(arena, param->type)));
    Str text = misfit(arena, param->type, value, param->name, 0);
    if (text.len) return text;
  }
  return (Str){0};
}
