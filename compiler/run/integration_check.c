#include "run/integration_check.h"
#include "run/value.h"

// Members that hold lists of texts by name, as HTTP's headers and queries do.
static const struct {
  const char *service, *member;
} lists_by_name[] = {{"apigateway", "Headers"}, {"apigateway", "QueryParameters"}};

static bool is_lists_by_name(const Json *value) {
  if (value->kind != JSON_OBJECT) return false;
  for (uint32_t i = 0; i < value->count; i++) {
    const Json *list = value->members[i].value;
    if (list->kind != JSON_ARRAY) return false;
    for (uint32_t k = 0; k < list->count; k++) {
      if (list->items[k]->kind != JSON_STRING) return false;
    }
  }
  return true;
}

Str integration_refuses(Arena *arena, const RunCall *call) {
  for (size_t i = 0; i < sizeof lists_by_name / sizeof *lists_by_name; i++) {
    if (!str_eq(call->state->resource.service, str_of(lists_by_name[i].service))) continue;
    const Json *value = json_get(call->arguments, str_of(lists_by_name[i].member));
    if (!value || value->kind == JSON_NULL || is_lists_by_name(value)) continue;
    Str given = value_text(arena, call->arguments);
    return str_fmt(arena,
                   "The %s '%.*s' could not be used to start the Task: [The value of the field '%s' has an invalid "
                   "format]",
                   call->state->jsonata ? "Arguments" : "Parameters", STR_ARG(given), lists_by_name[i].member);
  }
  return S("");
}
