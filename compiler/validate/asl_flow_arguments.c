// Computed arguments of a task against what its API takes: the forms of paths and expressions have kinds as well.
#include "facts/facts.h"
#include "validate/asl_flow.h"

enum { DEPTH_MOST = 30 };

// The kinds of JSON that a shape takes; a text is made of anything.
static unsigned kinds_of(FactsShape shape) {
  switch (facts_shape_kind(shape)) {
  case FACTS_STRUCTURE:
  case FACTS_MAP: return 1 << JSON_OBJECT;
  case FACTS_LIST: return 1 << JSON_ARRAY;
  case FACTS_INTEGER:
  case FACTS_LONG:
  case FACTS_FLOAT:
  case FACTS_DOUBLE: return 1 << JSON_NUMBER;
  case FACTS_BOOLEAN: return FORM_BOOL;
  default: return FORM_ANY_KINDS;
  }
}

static void check_computed(Flow *flow, const Json *value, const Form *form, FactsShape shape, Str name) {
  enum { CONTAINERS = 1 << JSON_ARRAY | 1 << JSON_OBJECT };
  unsigned kinds = kinds_of(shape);
  if (form->kinds & kinds) return;
  Str wanted = form_kinds_text(flow->arena, kinds), has = form_kinds_text(flow->arena, form->kinds);
  // A number may be read from text: that is a warning.
  asl_report(flow->asl, kinds & CONTAINERS ? "V1092" : "V1086", asl_span(flow->asl, value), NULL,
             "`%.*s` must be %.*s, but it gets %.*s", STR_ARG(name), STR_ARG(wanted), STR_ARG(has));
}

static bool is_computed(const Json *value) {
  return json_is(value, JSON_STRING) && str_starts(json_str(value), S("{%"));
}

static void check_members(Flow *flow, const Json *object, const Form *form, FactsShape shape, bool jsonata, int depth) {
  if (depth > DEPTH_MOST || facts_shape_kind(shape) != FACTS_STRUCTURE) return;
  for (uint32_t i = 0; i < object->count; i++) {
    const JsonMember *member = &object->members[i];
    bool path = !jsonata && str_ends(member->key, S(".$")), maybe;
    Str name = path ? str_slice(member->key, 0, member->key.len - 2) : member->key;
    FactsMember wanted;
    const Form *inner = form_member(flow->arena, form, name, &maybe);
    if (!inner || !facts_shape_find(shape, name, &wanted)) continue;
    if (path || (jsonata && is_computed(member->value)))
      check_computed(flow, member->value, inner, wanted.shape, name);
    else if (json_is(member->value, JSON_OBJECT))
      check_members(flow, member->value, inner, wanted.shape, jsonata, depth + 1);
  }
}

void flow_arguments(Flow *flow, const State *state, const Json *arguments, const Form *form) {
  const FactsTask *task = flow->report ? asl_task_of(flow->asl, state) : NULL;
  if (!task || (task->kind != FACTS_TASK_OPTIMIZED && task->kind != FACTS_TASK_SDK)) return;
  if (!json_is(arguments, JSON_OBJECT)) return;
  check_members(flow, arguments, form, facts_task_input(task), state->language == LANGUAGE_JSONATA, 0);
}
