#include "run/mock_shape.h"
#include "facts/check_arguments.h"

enum { DEEPEST = 100 };

typedef struct Shape {
  Arena *arena;
  bool strict;
  Str fault; // the first
} Shape;

static void found(Shape *s, Str member, const char *what) {
  if (s->fault.len) return;
  // A fault is told of the innermost member's name.
  for (size_t i = member.len; i > 0; i--) {
    if (member.at[i - 1] == '.') {
      member = str_slice(member, i, member.len);
      break;
    }
  }
  s->fault = str_fmt(s->arena, "Mock result schema validation error: Field '%.*s' %s", STR_ARG(member), what);
}

static const char *range_fault(const FactsFinding *finding) {
  FactsLimits limits = facts_shape_limits(finding->shape);
  bool number = json_is(finding->value, JSON_NUMBER);
  double amount = number ? finding->value->number : finding->value->count;
  if (limits.has_min && amount < limits.min) {
    return number ? "is less than the minimum value" : "is smaller than the minimum length";
  }
  return number ? "exceeds the maximum value" : "exceeds the maximum length";
}

static const char *type_fault(FactsShape shape) {
  static const char *const sentences[] = {
      [FACTS_STRUCTURE] = "must be an object", [FACTS_LIST] = "must be an array",
      [FACTS_MAP] = "must be an object",       [FACTS_STRING] = "must be a string",
      [FACTS_INTEGER] = "must be a number",    [FACTS_LONG] = "must be a number",
      [FACTS_FLOAT] = "must be a number",      [FACTS_DOUBLE] = "must be a number",
      [FACTS_BOOLEAN] = "must be a boolean",   [FACTS_TIMESTAMP] = "must be a string",
      [FACTS_BLOB] = "must be a string",
  };
  FactsShapeKind kind = facts_shape_kind(shape);
  const char *sentence = kind <= FACTS_BLOB ? sentences[kind] : NULL;
  return sentence ? sentence : "has the wrong type";
}

static void shape_fault(void *with, const FactsFinding *finding) {
  Shape *s = with;
  switch (finding->fault) {
  case FACTS_UNKNOWN_MEMBER: return; // the API may answer more than the tables know
  case FACTS_MISSING_MEMBER:
    if (s->strict && !s->fault.len) {
      s->fault = str_fmt(s->arena, "Mock result schema validation error: Required field '%.*s' is missing",
                         STR_ARG(finding->member));
    }
    return;
  case FACTS_BAD_ENUM: found(s, finding->path, "is not an expected value"); return;
  case FACTS_OUT_OF_RANGE: found(s, finding->path, range_fault(finding)); return;
  case FACTS_WRONG_TYPE: found(s, finding->path, type_fault(finding->shape)); return;
  default: found(s, finding->path, "is not valid");
  }
}

// Times and binary values are texts in an answer, though a call may give a time as a number.
static void walk(Shape *s, FactsShape shape, const Json *value, Str name, int depth) {
  FactsShapeKind kind = facts_shape_kind(shape);
  if (depth > DEEPEST) return;
  if ((kind == FACTS_TIMESTAMP || kind == FACTS_BLOB) && value->kind != JSON_STRING && value->kind != JSON_NULL) {
    found(s, name, "must be a string");
  }
  if (kind == FACTS_BLOB && value->kind == JSON_STRING) {
    FactsLimits limits = facts_shape_limits(shape);
    if (limits.has_min && value->count < limits.min) found(s, name, "is smaller than the minimum length");
  }
  for (uint32_t i = 0; kind == FACTS_LIST && value->kind == JSON_ARRAY && i < value->count; i++) {
    walk(s, facts_shape_element(shape), value->items[i], name, depth + 1);
  }
  for (uint32_t i = 0; kind == FACTS_STRUCTURE && value->kind == JSON_OBJECT && i < value->count; i++) {
    FactsMember member;
    Str key = value->members[i].key;
    if (facts_shape_find(shape, key, &member)) walk(s, member.shape, value->members[i].value, key, depth + 1);
  }
}

bool mock_shape_fits(Arena *arena, const TaskResource *resource, const Json *result, Str mode, Str *fault) {
  FactsTask task = facts_task(resource->arn);
  bool known = task.kind == FACTS_TASK_OPTIMIZED || task.kind == FACTS_TASK_SDK;
  if (!known || task.pattern == FACTS_WAIT_FOR_TOKEN) return true;
  if (result->kind == JSON_STRING) return *fault = S("Mocked result must be valid JSON"), false;
  if (str_eq(mode, S("NONE"))) return true;
  Shape s = {.arena = arena, .strict = !str_eq(mode, S("PRESENT"))};
  FactsCheck check = {.arena = arena, .with = &s, .found = shape_fault};
  FactsShape shape = facts_task_output(&task);
  facts_check_arguments(&check, shape, result);
  walk(&s, shape, result, S(""), 0);
  *fault = s.fault;
  return s.fault.len == 0;
}
