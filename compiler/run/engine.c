#include "run/engine.h"
#include "run/value.h"

enum { EVENTS_MOST = 25000, TEXT_MOST = 262144, DEEPEST = 1000, TEXT_KEPT = 1 << 20 };

const char *const run_status_names[] = {"SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "REFUSED"};

// --- Threads and forks: recycled, so that a loop over a Map takes no more memory than one round of it

Thread *thread_new(Engine *g, Execution *execution, Fork *parent, uint32_t index) {
  Thread *t = g->free_threads;
  if (t) {
    g->free_threads = t->next_free;
  } else {
    t = NEW(&g->objects, Thread);
    VEC_PUSH(&g->objects, &g->threads, t);
  }
  // Its arrays and its stamp outlive it.
  Thread fresh = {.engine = g, .execution = execution, .parent = parent, .index = index, .live = true};
  fresh.stamp = t->stamp + 1;
  fresh.scope = (Scope){
      .outer = parent && !parent->distributed ? &parent->owner->scope : NULL, .at = t->scope.at, .room = t->scope.room};
  fresh.retried.at = t->retried.at;
  fresh.retried.room = t->retried.room;
  *t = fresh;
  return t;
}

void thread_end(Engine *g, Thread *t) {
  if (!t->live) return;
  if (t->fork) fork_end(g, t->fork, NULL);
  t->live = false;
  t->stamp++;
  t->next_free = g->free_threads;
  g->free_threads = t;
}

Fork *fork_new(Engine *g, Thread *owner) {
  Fork *fork = g->free_forks;
  if (fork) {
    g->free_forks = fork->next_free;
  } else {
    fork = NEW(&g->objects, Fork);
    VEC_PUSH(&g->objects, &g->forks, fork);
  }
  Fork fresh = {.owner = owner, .most = UINT32_MAX, .tolerated_count = -1, .tolerated_percentage = -1};
  fresh.children.at = fork->children.at;
  fresh.children.room = fork->children.room;
  fresh.failures.at = fork->failures.at;
  fresh.failures.room = fork->failures.room;
  *fork = fresh;
  owner->fork = fork;
  return fork;
}

// --- Events

size_t data_limit(const Engine *g) {
  return g->options->no_limits ? 0 : TEXT_MOST;
}

// Appends the compact text; false: it is nested too deep.
static bool write_bounded(Buf *out, const Json *value, unsigned depth) {
  if (value->kind == JSON_ARRAY) {
    if (depth == 0) return false;
    buf_char(out, '[');
    for (uint32_t i = 0; i < value->count; i++) {
      if (i) buf_char(out, ',');
      if (!write_bounded(out, value->items[i], depth - 1)) return false;
    }
    buf_char(out, ']');
  } else if (value->kind == JSON_OBJECT) {
    if (depth == 0) return false;
    buf_char(out, '{');
    for (uint32_t i = 0; i < value->count; i++) {
      if (i) buf_char(out, ',');
      json_write_string(out, value->members[i].key, JSON_COMPACT);
      buf_char(out, ':');
      if (!write_bounded(out, value->members[i].value, depth - 1)) return false;
    }
    buf_char(out, '}');
  } else {
    json_write(out, value, JSON_COMPACT);
  }
  return true;
}

Str engine_text(Engine *g, const Json *value) {
  if (g->text_of == value) return buf_text(&g->text);
  if (g->text.room > TEXT_KEPT) arena_free(&g->text_arena), g->text = (Buf){.arena = &g->text_arena};
  g->text.len = 0;
  g->text_of = value;
  if (write_bounded(&g->text, value, DEEPEST)) return buf_text(&g->text);
  g->text_of = NULL;
  refuse(g, NULL, "R0209", S("a value is nested deeper than 1,000 levels"));
  return (Str){"", 0};
}

static unsigned depth_of(const Thread *t) {
  unsigned depth = 0;
  for (; t && t->parent; t = t->parent->owner) depth++;
  return depth;
}

static void end_with(Engine *g, RunStatus status, const State *state) {
  RunResult *r = g->result;
  g->done = true;
  r->status = status;
  r->state = state;
  r->elapsed = g->now - g->options->now;
  r->events = g->main->execution->last_id;
}

uint64_t emit(Engine *g, Thread *t, RunEvent event) {
  Execution *x = t->execution;
  if (g->done) return x->last_id;
  event.id = ++x->last_id;
  event.time = g->now;
  if (x->child) return event.id;
  bool full = !g->options->no_limits && !g->options->express && event.id >= EVENTS_MOST;
  if (full && event.kind != EVENT_EXECUTION_FAILED && event.kind != EVENT_EXECUTION_SUCCEEDED) {
    x->last_id--;
    t->last = x->last_id;
    Failure failure = failure_of(&g->heap, S("States.Runtime"),
                                 "The execution reached the maximum number of history events (25000).");
    finish(g, t, RUN_FAILED, NULL, &failure);
    return x->last_id;
  }
  if (!g->options->world.event) return event.id;
  if (event.value) event.text = engine_text(g, event.value);
  event.depth = depth_of(t);
  if (!g->done) g->options->world.event(g->options->world.with, &event);
  return event.id;
}

void emit_next(Engine *g, Thread *t, RunEvent event) {
  event.previous = t->last;
  t->last = emit(g, t, event);
}

void refuse(Engine *g, const Thread *t, const char *code, Str why) {
  if (g->done) return;
  g->result->refused = code;
  g->result->refusal = str_dup(g->result_arena, why);
  end_with(g, RUN_REFUSED, t ? t->state : NULL);
}

static const Json *kept(Engine *g, const Json *value) {
  if (!value) return NULL;
  if (value->kind == JSON_STRING) return json_string(g->result_arena, str_dup(g->result_arena, json_str(value)));
  JsonError error;
  return json_read(g->result_arena, str_dup(g->result_arena, engine_text(g, value)), 0, &error);
}

void finish(Engine *g, Thread *t, RunStatus status, const Json *output, const Failure *failure) {
  if (g->done) return;
  RunEvent event = {.kind = status == RUN_SUCCEEDED   ? EVENT_EXECUTION_SUCCEEDED
                            : status == RUN_TIMED_OUT ? EVENT_EXECUTION_TIMED_OUT
                                                      : EVENT_EXECUTION_FAILED,
                    .value = output};
  if (failure) event.error = failure->error, event.cause = failure->cause;
  emit_next(g, t, event);
  if (g->done) return;
  g->result->output = kept(g, output);
  g->result->error = failure ? kept(g, failure->error) : NULL;
  g->result->cause = failure ? kept(g, failure->cause) : NULL;
  if (!g->done) end_with(g, status, t->state);
}

// --- The run

static Str part_of(Str arn, int part) {
  Str piece = {0};
  for (int i = 0; i <= part; i++) piece = str_cut(arn, ':', &arn);
  return piece;
}

// Fills in the names that were not given.
static void name_all(RunOptions *o, Arena *arena) {
  if (!o->machine_name.len) o->machine_name = S("machine");
  if (!o->machine_arn.len) {
    o->machine_arn =
        str_fmt(arena, "arn:aws:states:us-east-1:123456789012:stateMachine:%.*s", STR_ARG(o->machine_name));
  }
  if (!o->execution_name.len) o->execution_name = S("run");
  Str account = part_of(o->machine_arn, 4), region = part_of(o->machine_arn, 3);
  if (!o->execution_arn.len) {
    o->execution_arn = str_fmt(arena, "arn:aws:states:%.*s:%.*s:execution:%.*s:%.*s", STR_ARG(region), STR_ARG(account),
                               STR_ARG(o->machine_name), STR_ARG(o->execution_name));
  }
  if (!o->role_arn.len)
    o->role_arn = str_fmt(arena, "arn:aws:iam::%.*s:role/%.*s", STR_ARG(account), STR_ARG(o->machine_name));
}

static void time_out_execution(Engine *g) {
  Failure failure = {.error = json_string(&g->heap, S("States.Timeout"))};
  finish(g, g->main, RUN_TIMED_OUT, NULL, &failure);
}

static void dispatch(Engine *g, const QueueEntry *entry) {
  Thread *t = entry->thread;
  switch (entry->due) {
  case DUE_ENTER: enter_state(g, t); return;
  case DUE_ATTEMPT: attempt_state(g, t); return;
  case DUE_STARTED: task_started(g, t); return;
  case DUE_ANSWER: task_answered(g, t); return;
  case DUE_TIMEOUT: task_timed_out(g, t); return;
  case DUE_WAKE: complete(g, t, NULL); return;
  case DUE_ITERATE: fork_iterate(g, t); return;
  case DUE_END: time_out_execution(g); return;
  }
}

// Arms the time-out of the machine: a thread of its own, so that nothing voids it.
static void arm_timeout(Engine *g) {
  double year = 365 * 86400.0, most = g->options->no_limits ? 0 : g->options->express ? 300 : year;
  double after = g->machine->timeout > 0 && (most == 0 || g->machine->timeout < most) ? g->machine->timeout : most;
  if (after == 0) return;
  Thread *clock = thread_new(g, g->main->execution, NULL, 0);
  queue_add(g, clock, g->options->now + after, DUE_END);
}

static void start(Engine *g, const Json *input) {
  Execution *x = NEW(&g->objects, Execution);
  *x = (Execution){
      .name = g->options->execution_name, .arn = g->options->execution_arn, .input = input, .started = g->now};
  g->main = thread_new(g, x, NULL, 0);
  g->main->state = NULL;
  g->main->input = input;
  emit(g, g->main, (RunEvent){.kind = EVENT_EXECUTION_STARTED, .value = input, .role = g->options->role_arn});
  // The first state's entry follows no event.
  g->main->state = g->machine->start;
  queue_add(g, g->main, g->now, DUE_ENTER);
  arm_timeout(g);
}

void run_machine(const Machine *machine, const Json *input, const RunOptions *given, Arena *arena, RunResult *result) {
  RunOptions options = *given;
  name_all(&options, arena);
  *result = (RunResult){0};
  Engine g = {.options = &options, .machine = machine, .now = options.now, .result = result, .result_arena = arena};
  g.random = options.seed;
  g.text.arena = &g.text_arena;
  g.collect_at = 1024 * 1024;
  g.partition = part_of(options.machine_arn, 1);
  g.region = part_of(options.machine_arn, 3);
  g.account = part_of(options.machine_arn, 4);
  start(&g, input);
  QueueEntry entry;
  while (!g.done) {
    collect(&g);
    if (!queue_take(&g, &entry)) {
      refuse(&g, g.main, "R0205", S("nothing can happen any more: a call never ends and has no time-out"));
      break;
    }
    dispatch(&g, &entry);
  }
  arena_free(&g.heap);
  arena_free(&g.spare);
  arena_free(&g.text_arena);
  arena_free(&g.objects);
}
