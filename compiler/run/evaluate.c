#include "run/evaluate.h"
#include "run/value.h"

const Json *scope_get(const Scope *scope, Str name) {
  for (; scope; scope = scope->outer) {
    for (uint32_t i = 0; i < scope->len; i++) {
      if (str_eq(scope->at[i].name, name)) return scope->at[i].value;
    }
  }
  return NULL;
}

bool failure_matches(const Str *names, uint32_t count, const Failure *failure) {
  const Json *error = failure->error;
  Str own = error ? json_str(error) : S("");
  for (uint32_t i = 0; i < count; i++) {
    if (str_eq(names[i], S("States.ALL")) || (error && str_eq(names[i], own))) return true;
    if (str_eq(names[i], S("States.TaskFailed")) && !str_eq(own, S("States.Timeout"))) return true;
    if (failure->heartbeat && str_eq(names[i], S("States.HeartbeatTimeout"))) return true;
  }
  return false;
}

const Json *failure_text(Arena *arena, const Failure *failure, const Json *text) {
  return text ? text : failure->called ? &JSON_THE_NULL : json_string(arena, S(""));
}

const Json *evaluation_context(Evaluation *e) {
  if (!e->context) e->context = e->make_context ? e->make_context(e) : json_object(e->arena, NULL, 0);
  return e->context;
}

const Json *evaluation_fail(Evaluation *e, Str error, const char *format, ...) {
  if (e->failure.error) return NULL;
  va_list args;
  va_start(args, format);
  e->failure.cause = json_string(e->arena, str_vfmt(e->arena, format, args));
  va_end(args);
  e->failure.error = json_string(e->arena, error);
  e->failure.final = str_eq(error, S("States.Runtime"));
  return NULL;
}

const Json *evaluation_path(Evaluation *e, const Path *path, const Json **root) {
  *root = path->root == PATH_INPUT     ? e->input
          : path->root == PATH_CONTEXT ? evaluation_context(e)
                                       : scope_get(e->scope, path->variable);
  const Json *value = *root ? path_get(path, *root, e->arena, NULL) : NULL;
  // Asked for by name it is there, even where the context as a whole does not show it.
  static const Json none = {.kind = JSON_NUMBER, .at = JSON_NOWHERE, .end = JSON_NOWHERE};
  bool redrives = !value && path->root == PATH_CONTEXT && str_eq(path->source, S("$$.Execution.RedriveCount"));
  return redrives ? &none : value;
}

const Json *evaluation_field(Evaluation *e, const Path *path, Str field) {
  const Json *root, *value = evaluation_path(e, path, &root);
  if (value) return value;
  Str text = root ? value_text(e->arena, root) : S("");
  return evaluation_fail(e, S("States.Runtime"),
                         "The JSONPath '%.*s' specified for the field '%.*s' could not be found in the input '%.*s'",
                         STR_ARG(path->source), STR_ARG(field), STR_ARG(text));
}

// splitmix64
uint64_t evaluation_random(uint64_t *state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

Str random_uuid(uint64_t *state, Arena *arena) {
  uint64_t a = evaluation_random(state), b = evaluation_random(state);
  return str_fmt(arena, "%08x-%04x-4%03x-%04x-%012llx", (unsigned)(a >> 32), (unsigned)(a >> 16 & 0xffff),
                 (unsigned)(a & 0xfff), (unsigned)(0x8000 | (b >> 48 & 0x3fff)),
                 (unsigned long long)(b & 0xffffffffffff));
}
