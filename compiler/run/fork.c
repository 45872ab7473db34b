// Parallel, and what Parallel and Map have in common: children that run at the same time.
#include "run/engine.h"

static bool was_inside(const Thread *t) {
  StateKind kind = t->state->kind;
  return t->inside && (kind == STATE_TASK || kind == STATE_WAIT || kind == STATE_PARALLEL || kind == STATE_MAP);
}

static void tell_aborted(Engine *g, Fork *fork, Thread *child, const Thread *failing) {
  uint64_t after = failing->last;
  if (fork->map) {
    bool failed = child == failing;
    emit(g, child,
         (RunEvent){.kind = failed ? EVENT_ITERATION_FAILED : EVENT_ITERATION_ABORTED,
                    .state = fork->owner->state,
                    .previous = after,
                    .index = child->index});
  }
  if (was_inside(child)) {
    emit(g, child, (RunEvent){.kind = EVENT_STATE_ABORTED, .state = child->state, .previous = after});
  }
}

void fork_end(Engine *g, Fork *fork, const Thread *failing) {
  for (size_t i = 0; failing && i < fork->children.len; i++) {
    if (!fork->distributed) tell_aborted(g, fork, fork->children.at[i], failing);
  }
  fork->owner->fork = NULL;
  for (size_t i = 0; i < fork->children.len; i++) thread_end(g, fork->children.at[i]);
  fork->owner = NULL;
  fork->next_free = g->free_forks;
  g->free_forks = fork;
}

static void remove_child(Fork *fork, const Thread *child) {
  size_t i = 0;
  while (i < fork->children.len && fork->children.at[i] != child) i++;
  memmove(fork->children.at + i, fork->children.at + i + 1, (fork->children.len - i - 1) * sizeof(Thread *));
  fork->children.len--;
}

void parallel_attempt(Engine *g, Thread *t) {
  const State *s = t->state;
  const Json *input = effective_input(g, t);
  if (!input) return;
  Evaluation e = evaluation_of(t, input);
  if (s->parameters && !(input = template_make(&e, s->parameters))) {
    fail(g, t, e.failure);
    return;
  }
  emit_next(g, t, (RunEvent){.kind = EVENT_PARALLEL_STARTED, .state = s});
  t->progressed = true;
  if (g->done) return;
  Fork *fork = fork_new(g, t);
  fork->count = fork->next = fork->running = s->branch_count;
  fork->results = arena_alloc(&g->heap, s->branch_count * sizeof *fork->results);
  for (uint32_t i = 0; i < s->branch_count; i++) {
    Thread *child = thread_new(g, t->execution, fork, i);
    child->state = s->branches[i]->start;
    child->input = input;
    child->last = t->last;
    VEC_PUSH(&g->objects, &fork->children, child);
    queue_add(g, child, g->now, DUE_ENTER);
  }
}

static void parallel_finish(Engine *g, Fork *fork) {
  Thread *t = fork->owner;
  const Json *result = json_array(&g->heap, fork->results, fork->count);
  t->last = fork->last_end;
  fork_end(g, fork, NULL);
  emit(g, t, (RunEvent){.kind = EVENT_PARALLEL_SUCCEEDED, .state = t->state, .previous = t->last});
  if (!g->done) complete(g, t, result);
}

// A child is over, its result is known.
static void child_over(Engine *g, Thread *child, const Json *result) {
  Fork *fork = child->parent;
  uint64_t last = child->last;
  fork->results[child->index] = result;
  fork->running--;
  remove_child(fork, child);
  fork->last_end = last;
  if (fork->map && !fork->distributed) {
    fork->last_end = emit(
        g, child,
        (RunEvent){
            .kind = EVENT_ITERATION_SUCCEEDED, .state = fork->owner->state, .previous = last, .index = child->index});
  }
  thread_end(g, child);
  if (g->done) return;
  bool all = fork->running == 0 && fork->next == fork->count;
  if (!fork->map) {
    if (all) parallel_finish(g, fork);
  } else if (all) {
    map_finish(g, fork);
  } else {
    map_start_children(g, fork, last);
  }
}

void fork_child_done(Engine *g, Thread *child, const Json *output) {
  bool told = child->parent->distributed && child->parent->owner->state->map->transformation == TRANSFORMATION_NONE;
  child_over(g, child, told ? map_record(g, child, output, NULL) : output);
}

// A child of a distributed map that failed is counted; the map goes on while the failures are tolerated. Whatever the
// transformation of results, one that failed is told as it was.
static bool tolerated(Engine *g, Fork *fork, Thread *child, const Failure *failure) {
  if (!fork->distributed) return false;
  fork->failed++;
  VEC_PUSH(&g->objects, &fork->failures, child->index);
  if (map_over_tolerance(fork)) return false;
  child_over(g, child, map_record(g, child, NULL, failure));
  return true;
}

static void map_run_failed(Engine *g, Thread *t, const Failure *failure) {
  emit_next(
      g, t,
      (RunEvent){.kind = EVENT_MAP_RUN_FAILED, .state = t->state, .error = failure->error, .cause = failure->cause});
}

void fork_child_failed(Engine *g, Thread *child, const Failure *given) {
  Fork *fork = child->parent;
  Thread *t = fork->owner;
  if (tolerated(g, fork, child, given)) return;
  Failure failure = {
      .error = given->error, .cause = given->cause, .bare = true, .final = given->final, .called = given->called};
  if (fork->distributed) {
    failure = failure_of(&g->heap, S("States.ExceedToleratedFailureThreshold"),
                         "The specified tolerated failure threshold was exceeded");
    failure.bare = true;
    fork_end(g, fork, NULL);
    map_run_failed(g, t, &failure);
  } else {
    t->last = child->last;
    fork_end(g, fork, child);
  }
  fail(g, t, failure);
}
