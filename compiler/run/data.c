#include "run/data.h"
#include "run/value.h"

static const Json empty_object = {.kind = JSON_OBJECT, .at = JSON_NOWHERE, .end = JSON_NOWHERE};

const Json *data_select(Evaluation *e, const DataPath *path, const Json *value) {
  if (path->use == DATA_WHOLE) return value;
  if (path->use == DATA_NONE) return &empty_object;
  e->input = value;
  const Path *p = &path->path;
  const Json *root = p->root == PATH_INPUT     ? value
                     : p->root == PATH_CONTEXT ? evaluation_context(e)
                                               : scope_get(e->scope, p->variable);
  uint32_t missing = 0;
  const Json *found = root ? path_get(p, root, e->arena, &missing) : NULL;
  if (found) return found;
  Str why = root ? path_miss(e->arena, p, missing) : S("there is no such variable");
  return evaluation_fail(e, S("States.Runtime"), "Invalid path '%.*s' : %.*s", STR_ARG(p->source), STR_ARG(why));
}

const Json *data_combine(Evaluation *e, const DataPath *path, const Json *input, const Json *result) {
  if (path->use == DATA_WHOLE) return result;
  if (path->use == DATA_NONE) return input;
  uint32_t missing = 0;
  const Json *output = path_put(&path->path, input, result, e->arena, &missing);
  if (output) return output;
  Str step = path_step_name(e->arena, &path->path, missing), text = value_text(e->arena, input);
  return evaluation_fail(e, S("States.ResultPathMatchFailure"), "Unable to apply step \"%.*s\" to input %.*s",
                         STR_ARG(step), STR_ARG(text));
}
