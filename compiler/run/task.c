// Task states: a call is scheduled, started, perhaps submitted, and ends with an answer, a failure or a time-out.
#include "run/engine.h"
#include "run/integration_check.h"
#include "run/value.h"

enum { SECONDS_MOST = 99999999 };

// The events of a call, by the kind of the task.
static const struct {
  EventKind scheduled, started, succeeded, failed, timed_out;
} events_of[] = {
    [TASK_LAMBDA] = {EVENT_LAMBDA_SCHEDULED, EVENT_LAMBDA_STARTED, EVENT_LAMBDA_SUCCEEDED, EVENT_LAMBDA_FAILED,
                     EVENT_LAMBDA_TIMED_OUT},
    [TASK_ACTIVITY] = {EVENT_ACTIVITY_SCHEDULED, EVENT_ACTIVITY_STARTED, EVENT_ACTIVITY_SUCCEEDED,
                       EVENT_ACTIVITY_FAILED, EVENT_ACTIVITY_TIMED_OUT},
    [TASK_SERVICE] = {EVENT_TASK_SCHEDULED, EVENT_TASK_STARTED, EVENT_TASK_SUCCEEDED, EVENT_TASK_FAILED,
                      EVENT_TASK_TIMED_OUT},
};

static const Json *arguments_of(Engine *g, Thread *t) {
  const State *s = t->state;
  const Json *input = effective_input(g, t);
  if (!input || !s->parameters) return input;
  Evaluation e = evaluation_of(t, input);
  const Json *made = template_make(&e, s->parameters);
  if (!made) {
    fail(g, t, e.failure);
    return NULL;
  }
  size_t limit = data_limit(g);
  Str text = limit ? engine_text(g, made) : S("");
  if (g->done) return NULL;
  if (limit == 0 || text.len <= limit) return made;
  // What Parameters make is bounded as a state's output is (Error handling in the developer guide).
  Failure failure = failure_of(&g->heap, S("States.DataLimitExceeded"),
                               "The state/task '%.*s' is given an input with a size exceeding the maximum number of "
                               "bytes service limit.",
                               STR_ARG(s->name));
  failure.bare = failure.final = true;
  fail(g, t, failure);
  return NULL;
}

// A value that is no positive whole number of seconds.
static void wrong_seconds(Evaluation *e, const State *s, const Field *field, const Json *value) {
  Str text = value_text(e->arena, value);
  if (!s->jsonata) {
    evaluation_fail(e, S("States.Runtime"), "The %.*s parameter must be a positive integer: %.*s == %.*s",
                    STR_ARG(field->name), STR_ARG(field->path.source), STR_ARG(text));
    return;
  }
  if (value_whole(value)) {
    evaluation_fail(e, S("States.QueryEvaluationError"), "%.*s must be between 0 and 99999999 but was: %.*s",
                    STR_ARG(field->name), STR_ARG(text));
  } else {
    evaluation_fail(e, S("States.QueryEvaluationError"), "The %.*s field cannot be parsed as an integer: %.*s",
                    STR_ARG(field->name), STR_ARG(text));
  }
  e->failure.evaluation = true;
  e->failure.location = field->name;
}

// TimeoutSeconds or HeartbeatSeconds; 0: none. False: failed.
static bool seconds_of(Engine *g, Thread *t, const Field *field, double *seconds) {
  *seconds = 0;
  if (field->kind == FIELD_NONE) return true;
  const Json *input = effective_input(g, t), *value;
  if (!input) return false;
  Evaluation e = evaluation_of(t, input);
  value = t->state->jsonata ? template_make_kind(&e, field->value, JSON_NUMBER) : field_get(&e, field);
  bool short_enough = value && (!t->state->jsonata || value->number <= SECONDS_MOST);
  if (value && value_whole(value) && value->number > 0 && short_enough) {
    *seconds = value->number;
    return true;
  }
  if (value) wrong_seconds(&e, t->state, field, value);
  fail(g, t, e.failure);
  return false;
}

// The role of Credentials, or an empty text. False: failed.
static bool role_of(Engine *g, Thread *t, Str *role) {
  *role = (Str){0};
  if (!t->state->credentials) return true;
  const Json *input = effective_input(g, t);
  if (!input) return false;
  Evaluation e = evaluation_of(t, input);
  const Json *value = template_make(&e, t->state->credentials), *arn = json_get(value, S("RoleArn"));
  if (!value) {
    fail(g, t, e.failure);
    return false;
  }
  if (json_is(arn, JSON_STRING)) *role = json_str(arn);
  return true;
}

static Str new_token(Engine *g) {
  return str_fmt(&g->objects, "AQCEAAAAKgAAAAMAAAAAAAAAA%016llx%016llx",
                 (unsigned long long)evaluation_random(&g->random), (unsigned long long)evaluation_random(&g->random));
}

// The indexes of the iterations around a thread, outermost first.
static uint32_t iteration_path(Arena *arena, const Thread *t, const uint32_t **path) {
  uint32_t count = 0, k;
  for (const Thread *up = t; up->parent; up = up->parent->owner) count += up->parent->map;
  uint32_t *made = NEW_N(arena, uint32_t, count);
  k = count;
  for (const Thread *up = t; up->parent; up = up->parent->owner) {
    if (up->parent->map) made[--k] = up->index;
  }
  *path = made;
  return count;
}

static RunCall call_of(Engine *g, Thread *t, Str role) {
  RunCall call = {.state = t->state,
                  .arguments = t->arguments,
                  .attempt = t->attempts + 1,
                  .token = t->token,
                  .role = role,
                  .now = g->now};
  call.iteration_count = iteration_path(&g->heap, t, &call.iteration);
  return call;
}

// What the service refuses of the arguments; false: failed.
static bool check(Engine *g, Thread *t, const RunCall *call) {
  const RunWorld *world = &g->options->world;
  Str cause = integration_refuses(&g->heap, call);
  if (!cause.len && world->check) cause = world->check(world->with, &g->heap, call);
  if (!cause.len) return true;
  fail(g, t, failure_of(&g->heap, S("States.Runtime"), "%.*s", STR_ARG(cause)));
  return false;
}

static bool ask(Engine *g, Thread *t, const RunCall *call) {
  const RunWorld *world = &g->options->world;
  Str why = {0};
  t->answer = (RunAnswer){0};
  if (world->answer && world->answer(world->with, &g->heap, call, &t->answer, &why)) return true;
  if (!why.len) {
    why = str_fmt(&g->heap, "nobody answers the call of '%.*s' (%.*s): give it a mock", STR_ARG(t->state->name),
                  STR_ARG(t->state->resource.arn));
  }
  refuse(g, t, "R0201", why);
  return false;
}

// Whether an answer stands for "nothing came in time".
static bool is_time_out(const Json *error) {
  return error &&
         (str_eq(json_str(error), S("States.Timeout")) || str_eq(json_str(error), S("States.HeartbeatTimeout")));
}

static void plan(Engine *g, Thread *t, double timeout, double heartbeat) {
  bool beats = t->state->resource.kind == TASK_ACTIVITY || t->state->resource.pattern == PATTERN_TOKEN;
  bool silent = t->answer.never || (!t->answer.value && is_time_out(t->answer.error));
  t->heartbeat = heartbeat > 0 && (beats || silent) && (timeout == 0 || heartbeat < timeout);
  double within = t->heartbeat ? heartbeat : timeout;
  t->deadline = within > 0 ? g->now + within : 0;
  t->stamp++;
  queue_add(g, t, g->now, DUE_STARTED);
}

void task_attempt(Engine *g, Thread *t) {
  const TaskResource *r = &t->state->resource;
  double timeout, heartbeat;
  Str role;
  t->token = r->pattern == PATTERN_REQUEST ? (Str){0} : new_token(g);
  if (!(t->arguments = arguments_of(g, t))) return;
  if (!seconds_of(g, t, &t->state->timeout, &timeout) || !seconds_of(g, t, &t->state->heartbeat, &heartbeat)) return;
  if (!role_of(g, t, &role)) return;
  RunCall call = call_of(g, t, role);
  if (!check(g, t, &call)) return;
  RunEvent event = {.kind = events_of[r->kind].scheduled,
                    .state = t->state,
                    .region = g->region,
                    .role = role,
                    .timeout = timeout,
                    .heartbeat = heartbeat};
  if (r->kind == TASK_SERVICE)
    event.parameters = t->arguments;
  else
    event.value = t->arguments;
  emit_next(g, t, event);
  t->progressed = true;
  if (!g->done && ask(g, t, &call)) plan(g, t, timeout, heartbeat);
}

void task_started(Engine *g, Thread *t) {
  const TaskResource *r = &t->state->resource;
  emit_next(g, t, (RunEvent){.kind = events_of[r->kind].started, .state = t->state});
  if (t->answer.submitted && r->pattern != PATTERN_REQUEST && r->kind == TASK_SERVICE) {
    emit_next(g, t, (RunEvent){.kind = EVENT_TASK_SUBMITTED, .state = t->state, .value = t->answer.submitted});
  }
  if (g->done) return;
  bool silent = t->answer.never || (!t->answer.value && is_time_out(t->answer.error) && t->answer.delay == 0);
  if (silent && t->deadline == 0 && !t->answer.never) {
    queue_add(g, t, g->now, DUE_TIMEOUT);
    return;
  }
  if (!silent) queue_add(g, t, g->now + t->answer.delay, DUE_ANSWER);
  if (t->deadline > 0) queue_add(g, t, t->deadline, DUE_TIMEOUT);
}

static void call_failed(Engine *g, Thread *t, const Json *error, const Json *cause) {
  RunEvent event = {.kind = events_of[t->state->resource.kind].failed, .state = t->state};
  event.error = error, event.cause = cause;
  emit_next(g, t, event);
  fail(g, t, (Failure){.error = error, .cause = cause, .bare = true, .called = true});
}

// A result that is larger than the service takes fails the task.
static bool too_large(Engine *g, Thread *t, const Json *value) {
  size_t limit = data_limit(g);
  Str text = engine_text(g, value);
  if (g->done || limit == 0 || text.len <= limit) return false;
  const TaskResource *r = &t->state->resource;
  Str name = r->kind == TASK_SERVICE ? r->service : r->arn;
  Failure failure = failure_of(
      &g->heap, S("States.DataLimitExceeded"),
      "The state/task '%.*s' returned a result with a size exceeding the maximum number of bytes service limit.",
      STR_ARG(name));
  call_failed(g, t, failure.error, failure.cause);
  return true;
}

void task_answered(Engine *g, Thread *t) {
  t->stamp++;
  const Json *value = t->answer.value;
  if (!value && is_time_out(t->answer.error)) {
    task_timed_out(g, t);
    return;
  }
  if (!value) {
    call_failed(g, t, t->answer.error, t->answer.cause);
    return;
  }
  if (too_large(g, t, value) || g->done) return;
  emit_next(g, t, (RunEvent){.kind = events_of[t->state->resource.kind].succeeded, .state = t->state, .value = value});
  if (!g->done) complete(g, t, value);
}

void task_timed_out(Engine *g, Thread *t) {
  t->stamp++;
  const Json *error = json_string(&g->heap, S("States.Timeout"));
  emit_next(g, t, (RunEvent){.kind = events_of[t->state->resource.kind].timed_out, .state = t->state, .error = error});
  bool named = t->answer.error && str_eq(json_str(t->answer.error), S("States.HeartbeatTimeout"));
  fail(g, t, (Failure){.error = error, .cause = t->answer.cause, .bare = true, .heartbeat = t->heartbeat || named});
}
