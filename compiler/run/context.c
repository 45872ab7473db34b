// The context object: $$ and $states.context.
#include "run/engine.h"
#include "run/instant.h"

static const Json *text(Arena *arena, Str s) {
  return json_string(arena, s);
}

static const Json *instant(Arena *arena, double seconds) {
  Buf out = {.arena = arena};
  instant_write(&out, seconds);
  return json_string(arena, buf_text(&out));
}

static const Json *execution_of(Arena *a, const Thread *t) {
  const RunOptions *o = t->engine->options;
  JsonBuild build = {.arena = a};
  json_put(&build, S("Id"), text(a, t->execution->arn));
  json_put(&build, S("Input"), t->execution->input);
  json_put(&build, S("StartTime"), instant(a, t->execution->started));
  json_put(&build, S("Name"), text(a, t->execution->name));
  json_put(&build, S("RoleArn"), text(a, o->role_arn));
  // In the context that a JSONPath task passes on as a whole the service shows no RedriveCount.
  if (t->state->jsonata || t->state->kind != STATE_TASK) json_put(&build, S("RedriveCount"), json_number(a, 0));
  return json_made_object(&build);
}

static const Json *state_of(Arena *a, const Thread *t) {
  JsonBuild build = {.arena = a};
  json_put(&build, S("Name"), text(a, t->state->name));
  json_put(&build, S("EnteredTime"), instant(a, t->entered_at));
  bool retries = t->state->kind == STATE_TASK || t->state->kind == STATE_PARALLEL || t->state->kind == STATE_MAP;
  if (retries) json_put(&build, S("RetryCount"), json_number(a, t->attempts));
  return json_made_object(&build);
}

static const Json *item_of(Arena *a, const Thread *t) {
  JsonBuild item = {.arena = a}, map = {.arena = a};
  json_put(&item, S("Index"), json_number(a, t->index));
  json_put(&item, S("Value"), t->item);
  json_put(&map, S("Item"), json_made_object(&item));
  return json_made_object(&map);
}

// The iteration that the thread is in, or NULL.
static const Thread *iteration_of(const Thread *t) {
  for (; t; t = t->parent ? t->parent->owner : NULL) {
    if (t->item) return t;
    if (t->parent && t->parent->distributed) return NULL;
  }
  return NULL;
}

const Json *context_make(Evaluation *e) {
  const Thread *t = e->with;
  const RunOptions *o = t->engine->options;
  Arena *a = e->arena;
  JsonBuild build = {.arena = a}, machine = {.arena = a};
  json_put(&build, S("Execution"), execution_of(a, t));
  json_put(&machine, S("Id"), text(a, o->machine_arn));
  json_put(&machine, S("Name"), text(a, o->machine_name));
  json_put(&build, S("StateMachine"), json_made_object(&machine));
  json_put(&build, S("State"), state_of(a, t));
  const Thread *iteration = iteration_of(t);
  if (iteration) json_put(&build, S("Map"), item_of(a, iteration));
  bool token = t->state->kind == STATE_TASK && t->state->resource.pattern != PATTERN_REQUEST;
  if (token) {
    JsonBuild task = {.arena = a};
    json_put(&task, S("Token"), text(a, t->token));
    json_put(&build, S("Task"), json_made_object(&task));
  }
  return json_made_object(&build);
}
