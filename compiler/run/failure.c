// Failures: Retry, Catch, and what a failure fails.
#include "run/data.h"
#include "run/engine.h"
#include <math.h>

Failure failure_of(Arena *arena, Str error, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Failure failure = {.error = json_string(arena, error), .cause = json_string(arena, str_vfmt(arena, format, args))};
  va_end(args);
  failure.final = str_eq(error, S("States.Runtime"));
  return failure;
}

// Plans another attempt if a retrier has one for the error.
static bool retry(Engine *g, Thread *t, const Failure *failure) {
  const State *s = t->state;
  for (uint32_t i = 0; i < s->retrier_count; i++) {
    const Retrier *r = &s->retriers[i];
    if (!failure_matches(r->errors, r->error_count, failure)) continue;
    while (t->retried.len <= i) VEC_PUSH(&g->objects, &t->retried, 0);
    if (t->retried.at[i] >= r->attempts) return false;
    double delay = r->interval * pow(r->backoff, t->retried.at[i]++);
    if (r->max_delay > 0 && delay > r->max_delay) delay = r->max_delay;
    if (r->jitter) delay *= (double)(evaluation_random(&g->random) >> 11) / 9007199254740992.0;
    t->attempts++;
    t->stamp++;
    queue_add(g, t, g->now + delay, DUE_ATTEMPT);
    return true;
  }
  return false;
}

static const Json *error_output(Arena *arena, const Failure *failure) {
  JsonBuild build = {.arena = arena};
  json_put(&build, S("Error"), failure_text(arena, failure, failure->error));
  json_put(&build, S("Cause"), failure_text(arena, failure, failure->cause));
  return json_made_object(&build);
}

static void caught(Engine *g, Thread *t, const Catcher *c, const Failure *failure) {
  const Json *error = error_output(&g->heap, failure), *output = error, *assigned = NULL;
  Evaluation e = evaluation_of(t, t->state->jsonata ? t->input : error);
  e.error_output = error;
  // A failure of what follows is not caught again.
  if (c->assign && !(assigned = template_make(&e, c->assign))) {
    e.failure.final = true;
    fail(g, t, e.failure);
    return;
  }
  if (t->state->jsonata) {
    if (c->output && !(output = template_make(&e, c->output))) {
      e.failure.final = true;
      fail(g, t, e.failure);
      return;
    }
  } else if (!(output = data_combine(&e, c->result_path, t->input, error))) {
    e.failure.final = true;
    fail(g, t, e.failure);
    return;
  }
  leave(g, t, output, assigned, c->next);
}

static void fail_up(Engine *g, Thread *t, const Failure *failure) {
  if (t->parent)
    fork_child_failed(g, t, failure);
  else
    finish(g, t, RUN_FAILED, NULL, failure);
}

// A Parallel's or Map's own end, unless it never came so far as to be one.
static void tell_fork_failed(Engine *g, Thread *t, const Failure *failure) {
  StateKind kind = t->state->kind;
  if (kind != STATE_PARALLEL && kind != STATE_MAP) return;
  if (failure->final && !failure->bare) return;
  emit_next(g, t, (RunEvent){.kind = kind == STATE_MAP ? EVENT_MAP_FAILED : EVENT_PARALLEL_FAILED, .state = t->state});
}

void fail(Engine *g, Thread *t, Failure failure) {
  if (g->done) return;
  if (failure.refused) {
    refuse(g, t, failure.refused, failure.cause ? json_str(failure.cause) : S(""));
    return;
  }
  if (!failure.bare && failure.cause) {
    failure.cause = json_string(
        &g->heap,
        str_fmt(&g->heap, "An error occurred while executing the state '%.*s' (entered at the event id #%llu). %.*s",
                STR_ARG(t->state->name), (unsigned long long)t->entered, STR_ARG(json_str(failure.cause))));
  }
  if (failure.evaluation) {
    RunEvent event = {.kind = EVENT_EVALUATION_FAILED,
                      .state = t->state,
                      .error = failure.error,
                      .cause = failure.cause,
                      .location = failure.location};
    if (!t->progressed && !failure.entered) t->last = t->before;
    emit_next(g, t, event);
  }
  t->stamp++;
  if (t->fork) fork_end(g, t->fork, NULL);
  if (!failure.final && retry(g, t, &failure)) return;
  tell_fork_failed(g, t, &failure);
  for (uint32_t i = 0; !failure.final && i < t->state->catcher_count; i++) {
    const Catcher *c = &t->state->catchers[i];
    if (!failure_matches(c->errors, c->error_count, &failure)) continue;
    caught(g, t, c, &failure);
    return;
  }
  fail_up(g, t, &failure);
}
