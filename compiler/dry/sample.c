// Values of declared types, for answers that nobody gave: plausible and always the same.
#include "dry/test.h"
#include "model/make.h"

enum { DEPTH_MOST = 8 };

static const Json *sample(Arena *arena, const Type *type, Str name, int depth) {
  if (depth > DEPTH_MOST) return &JSON_THE_NULL;
  switch (type->tag) {
  case T_STRING:
  case T_WORD: return json_string(arena, name.len ? name : S("value"));
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
      json_put(&build, type->fields[i].name, sample(arena, type->fields[i].type, type->fields[i].name, depth + 1));
    }
    return json_made_object(&build);
  }
  default: return json_object(arena, NULL, 0);
  }
}

typedef struct Samples {
  Arena *arena;
  VEC(TraceDefault) list;
} Samples;

static void collect(Samples *s, const Graph *graph) {
  for (size_t i = 0; i < graph->states.len; i++) {
    const State *state = graph->states.at[i];
    if (state->answer_type) {
      TraceDefault row = {state->name, state->answer_member, sample(s->arena, state->answer_type, S("value"), 0)};
      VEC_PUSH(s->arena, &s->list, row);
    }
    if (state->body) collect(s, state->body);
    for (size_t k = 0; k < state->branches.len; k++) collect(s, state->branches.at[k]);
  }
}

size_t dry_defaults(Arena *arena, const Flow *flow, TraceDefault **defaults) {
  Samples samples = {.arena = arena};
  collect(&samples, &flow->graph);
  *defaults = samples.list.at;
  return samples.list.len;
}
