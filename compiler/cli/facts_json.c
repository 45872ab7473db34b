#include "cli/facts_json.h"

typedef struct Writer {
  Arena *arena;
  VEC(FactsShape) shapes;    // by index
  VEC(const Json *) written; // by index; NULL while it is being written
} Writer;

static const Json *number(Writer *w, double value) {
  return json_number(w->arena, value);
}

static const Json *index_of(Writer *w, FactsShape shape);

static Str api_name(Arena *arena, FactsMember member) {
  char *text = arena_alloc(arena, member.name.len);
  for (size_t i = 0; i < member.name.len; i++) {
    char c = member.name.at[i];
    bool lower = i == 0 && member.capitals == 0, upper = i < member.capitals;
    if (lower) c = ascii_lower(c);
    if (upper) c = ascii_upper(c);
    text[i] = c;
  }
  return (Str){text, member.name.len};
}

static const Json *members_json(Writer *w, FactsShape shape) {
  JsonBuild build = {.arena = w->arena};
  for (size_t i = 0; i < facts_shape_members(shape); i++) {
    FactsMember member = facts_shape_member(shape, i);
    JsonBuild one = {.arena = w->arena};
    json_put(&one, S("shape"), index_of(w, member.shape));
    if (member.required) json_put(&one, S("required"), &JSON_THE_TRUE);
    json_put(&build, api_name(w->arena, member), json_made_object(&one));
  }
  return json_made_object(&build);
}

static const Json *shape_json(Writer *w, FactsShape shape) {
  FactsShapeKind kind = facts_shape_kind(shape);
  FactsLimits limits = facts_shape_limits(shape);
  JsonBuild build = {.arena = w->arena};
  json_put(&build, S("kind"),
           json_string(w->arena, kind == FACTS_ANY ? S("any") : str_of(facts_shape_kind_name(kind))));
  if (kind == FACTS_STRUCTURE) json_put(&build, S("members"), members_json(w, shape));
  if (facts_shape_is_union(shape)) json_put(&build, S("union"), &JSON_THE_TRUE);
  if (facts_shape_is_open(shape)) json_put(&build, S("open"), &JSON_THE_TRUE);
  if (kind == FACTS_MAP) json_put(&build, S("key"), index_of(w, facts_shape_key(shape)));
  if (kind == FACTS_MAP || kind == FACTS_LIST) json_put(&build, S("element"), index_of(w, facts_shape_element(shape)));
  if (limits.has_min) json_put(&build, S("min"), number(w, limits.min));
  if (limits.has_max) json_put(&build, S("max"), number(w, limits.max));
  if (limits.pattern.len) json_put(&build, S("pattern"), json_string(w->arena, limits.pattern));
  JsonBuild enums = {.arena = w->arena};
  for (size_t i = 0; i < facts_shape_enums(shape); i++)
    json_add(&enums, json_string(w->arena, facts_shape_enum(shape, i)));
  if (enums.items.len) json_put(&build, S("enum"), json_made_array(&enums));
  return json_made_object(&build);
}

static const Json *index_of(Writer *w, FactsShape shape) {
  for (size_t i = 0; i < w->shapes.len; i++) {
    if (w->shapes.at[i].at.at == shape.at.at) return number(w, (double)i);
  }
  size_t index = w->shapes.len;
  VEC_PUSH(w->arena, &w->shapes, shape);
  VEC_PUSH(w->arena, &w->written, NULL);
  const Json *json = shape_json(w, shape);
  w->written.at[index] = json;
  return number(w, (double)index);
}

static const Json *errors_json(Arena *arena, FactsOperation operation) {
  JsonBuild build = {.arena = arena};
  for (size_t i = 0; i < facts_operation_errors(operation); i++)
    json_add(&build, json_string(arena, facts_operation_error(operation, i)));
  return json_made_array(&build);
}

const Json *facts_service_json(Arena *arena, FactsService service) {
  JsonBuild build = {.arena = arena}, names = {.arena = arena}, errors = {.arena = arena};
  for (size_t i = 0; i < facts_operations(service); i++) {
    FactsOperation operation = facts_operation_at(service, i);
    json_put(&names, operation.name, json_string(arena, operation.action));
    json_put(&errors, operation.name, errors_json(arena, operation));
  }
  json_put(&build, S("service"), json_string(arena, facts_service_name(service)));
  json_put(&build, S("operations"), json_made_object(&names));
  json_put(&build, S("errors"), json_made_object(&errors));
  return json_made_object(&build);
}

const Json *facts_operation_json(Arena *arena, FactsOperation operation) {
  Writer writer = {.arena = arena};
  JsonBuild build = {.arena = arena};
  json_put(&build, S("operation"), json_string(arena, operation.name));
  json_put(&build, S("input"), index_of(&writer, operation.input));
  json_put(&build, S("output"), index_of(&writer, operation.output));
  json_put(&build, S("shapes"), json_array(arena, writer.written.at, writer.written.len));
  return json_made_object(&build);
}
