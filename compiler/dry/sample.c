// Values of declared types, for answers that nobody gave: plausible and always the same.
#include "dry/deploy.h"
#include "dry/input.h"
#include "dry/test.h"
#include "model/make.h"

typedef struct Samples {
  Arena *arena;
  VEC(TraceDefault) list;
} Samples;

// What is open in an API's answer, as it is read.
static void add_open_members(Samples *s, const State *state) {
  const Seen *seen = state->answer_type->seen;
  for (size_t i = 0; seen && i < seen->members.len; i++) {
    const TypeMember *member = &seen->members.at[i];
    TraceDefault row = {state->name, member->name, dry_sample(s->arena, member->type, member->name)};
    VEC_PUSH(s->arena, &s->list, row);
  }
}

static void collect(Samples *s, const Graph *graph) {
  for (size_t i = 0; i < graph->states.len; i++) {
    const State *state = graph->states.at[i];
    if (state->answer_type && state->answer_type->tag == T_SHAPE) {
      add_open_members(s, state);
    } else if (state->answer_type) {
      TraceDefault row = {state->name, state->answer_member, dry_sample(s->arena, state->answer_type, S("value"))};
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

// A constant as DynamoDB types it (Developer Guide, "DynamoDB low-level API", data type descriptors).
static const Json *typed(Arena *arena, const Value *value) {
  JsonBuild build = {.arena = arena};
  switch (value->kind) {
  case VALUE_STRING: json_put(&build, S("S"), json_string(arena, value->text)); break;
  case VALUE_NUMBER: json_put(&build, S("N"), json_string(arena, value_plain(arena, value))); break;
  case VALUE_BOOL: json_put(&build, S("BOOL"), json_bool(value->truth)); break;
  case VALUE_LIST: {
    JsonBuild list = {.arena = arena};
    for (size_t i = 0; i < value->count; i++) json_add(&list, typed(arena, value->items[i]));
    json_put(&build, S("L"), json_made_array(&list));
    break;
  }
  case VALUE_OBJECT: {
    JsonBuild map = {.arena = arena};
    for (size_t i = 0; i < value->count; i++)
      json_put(&map, value->members[i].name, typed(arena, value->members[i].value));
    json_put(&build, S("M"), json_made_object(&map));
    break;
  }
  default: json_put(&build, S("NULL"), &JSON_THE_TRUE); break;
  }
  return json_made_object(&build);
}

static const File *file_named(const Model *model, const Value *contents) {
  for (size_t i = 0; contents && contents->kind == VALUE_CALL && i < model->files.len; i++) {
    if (str_eq(model->files.at[i].path, contents->items[0]->text)) return &model->files.at[i];
  }
  return NULL;
}

size_t dry_items(Arena *arena, const Model *model, TraceItem **items) {
  VEC(TraceItem) list = {0};
  for (size_t i = 0; i < model->resources.len; i++) {
    const Resource *resource = &model->resources.at[i];
    if (!str_eq(resource->type, S("aws_dynamodb_table_item"))) continue;
    const File *file = file_named(model, value_member(resource->body, S("item")));
    const Value *table = value_member(resource->body, S("table_name"));
    if (!file || file->format != FILE_ITEM || !table) continue;
    const Value *name = deploy_resolve(arena, model, table), *value = deploy_resolve(arena, model, file->content);
    const Json *item = json_get(typed(arena, value), S("M"));
    if (name->kind == VALUE_STRING && item) VEC_PUSH(arena, &list, (TraceItem){name->text, item});
  }
  *items = list.at;
  return list.len;
}
