// Map, inline and distributed.
#include "run/engine.h"
#include "run/value.h"
#include <math.h>
#include <stdlib.h>

enum { INLINE_MOST = 40, DISTRIBUTED_MOST = 10000 }; // iterations at a time

static Failure evaluation_failure(Arena *arena, Str location, Str cause) {
  return (Failure){.error = json_string(arena, S("States.QueryEvaluationError")),
                   .cause = json_string(arena, cause),
                   .location = location,
                   .evaluation = true};
}

bool map_number(Evaluation *e, const State *s, const Field *field, const char *what, double *number) {
  if (field->kind == FIELD_NONE) return true;
  const Json *value = s->jsonata ? template_make_kind(e, field->value, JSON_NUMBER) : field_get(e, field);
  if (!value) return false;
  bool whole = what[0] == 'i';
  if (json_is(value, JSON_NUMBER) && (!whole || value_whole(value))) return *number = value->number, true;
  if (json_is(value, JSON_STRING) && json_number_parse(json_str(value), number)) {
    if (!whole || *number == floor(*number)) return true;
  }
  Str text = value->kind == JSON_STRING ? json_str(value) : value_text(e->arena, value);
  if (s->jsonata) {
    e->failure = evaluation_failure(
        e->arena, field->name,
        str_fmt(e->arena, "The %.*s field cannot be parsed as an integer: %.*s", STR_ARG(field->name), STR_ARG(text)));
    return false;
  }
  evaluation_fail(e, S("States.Runtime"), "The %.*s field refers to value \"%.*s\" which is not a valid %s: %.*s",
                  STR_ARG(field->name), STR_ARG(text), what, STR_ARG(field->path.source));
  return false;
}

void map_needs_array(Evaluation *e, const Field *field) {
  Str path = field->kind == FIELD_NONE ? S("$") : field->path.source;
  // A path into the context object is told as one into the data.
  if (field->kind == FIELD_PATH && field->path.root == PATH_CONTEXT) path = str_slice(path, 1, path.len);
  evaluation_fail(e, S("States.Runtime"), "Reference path \"%.*s\" must point to array.", STR_ARG(path));
}

// The array to iterate over, or NULL with a failure.
static const Json *items_of(Engine *g, Thread *t, Evaluation *e, const State *s) {
  const Field *field = &s->map->items;
  const Json *items = e->input;
  if (s->jsonata && field->kind == FIELD_VALUE) {
    if (s->map->distributed) items = template_make(e, field->value);
    bool made = s->map->distributed && (!items || items->kind == JSON_ARRAY || items->kind == JSON_OBJECT);
    if (!made) items = template_make_kind(e, field->value, JSON_ARRAY);
  } else if (field->kind != FIELD_NONE) {
    items = evaluation_field(e, &field->path, field->name);
  }
  if (!items || items->kind == JSON_ARRAY) return items;
  if (s->map->distributed && items->kind == JSON_OBJECT) {
    refuse(g, t, "R0206", S("a distributed Map over the members of an object is not simulated"));
    return NULL;
  }
  Str text = value_text(&g->heap, items);
  if (s->jsonata) {
    e->failure = evaluation_failure(&g->heap, S(""),
                                    str_fmt(&g->heap, "Map state input must be an array but was: %.*s", STR_ARG(text)));
  } else {
    map_needs_array(e, field);
  }
  return NULL;
}

// What is told of tolerances that make no sense.
static bool tolerance_of(Evaluation *e, const State *s, Fork *fork) {
  const MapConfig *m = s->map;
  if (!map_number(e, s, &m->tolerated_count, "integer", &fork->tolerated_count)) return false;
  if (!map_number(e, s, &m->tolerated_percentage, "float", &fork->tolerated_percentage)) return false;
  if (m->tolerated_count.kind != FIELD_NONE && fork->tolerated_count < 0) {
    evaluation_fail(e, S("States.Runtime"), "ToleratedFailureCount cannot be negative.");
    return false;
  }
  double percentage = fork->tolerated_percentage;
  if (m->tolerated_percentage.kind != FIELD_NONE && (percentage < 0 || percentage > 100)) {
    evaluation_fail(e, S("States.Runtime"), "ToleratedFailurePercentage must be between 0 and 100.");
    return false;
  }
  return true;
}

bool map_over_tolerance(const Fork *fork) {
  bool by_count = fork->tolerated_count >= 0, by_percentage = fork->tolerated_percentage >= 0;
  if (by_count && fork->failed > fork->tolerated_count) return true;
  if (by_percentage && fork->failed * 100.0 > fork->tolerated_percentage * fork->count) return true;
  return !by_count && !by_percentage && fork->failed > 0;
}

static Str map_run_arn(Engine *g, const State *s) {
  Str label = s->map->label.len ? s->map->label : random_uuid(&g->random, &g->objects);
  Str uuid = random_uuid(&g->random, &g->objects);
  return str_fmt(&g->objects, "arn:%.*s:states:%.*s:%.*s:mapRun:%.*s/%.*s:%.*s", STR_ARG(g->partition),
                 STR_ARG(g->region), STR_ARG(g->account), STR_ARG(g->options->machine_name), STR_ARG(label),
                 STR_ARG(uuid));
}

// The bucket and prefix that results are to be written to.
static bool writer_of(Evaluation *e, const State *s, Fork *fork) {
  if (!s->map->writer_arguments) return true;
  return (fork->writer = template_make(e, s->map->writer_arguments)) != NULL;
}

// What the ItemReader is asked for.
static bool reader_of(Evaluation *e, const State *s, Fork *fork) {
  const ItemReader *reader = &s->map->reader;
  if (!reader->present) return true;
  fork->reader_arguments = reader->arguments ? template_make(e, reader->arguments) : json_object(e->arena, NULL, 0);
  return fork->reader_arguments && map_number(e, s, &reader->max_items, "integer", &fork->reader_most);
}

static void map_fail(Engine *g, Thread *t, Evaluation *e) {
  fail(g, t, e->failure);
}

// Reads and batches the items of a distributed map, once its run has started.
static bool distribute(Engine *g, Thread *t, Evaluation *e, Fork *fork) {
  fork->map_run = map_run_arn(g, t->state);
  emit_next(g, t, (RunEvent){.kind = EVENT_MAP_RUN_STARTED, .state = t->state, .map_run = fork->map_run});
  Failure failure = {0};
  const Json *items = fork->items;
  if (t->state->map->reader.present) items = map_read_items(g, t, fork, &failure);
  if (items && t->state->map->batches) items = map_batch_items(g, t, e, fork, items, &failure);
  if (items) return fork->items = items, true;
  if (g->done) return false;
  if (!failure.evaluation && !failure.final) {
    emit_next(
        g, t,
        (RunEvent){.kind = EVENT_MAP_RUN_FAILED, .state = t->state, .error = failure.error, .cause = failure.cause});
  }
  fail(g, t, failure);
  return false;
}

static void map_begin(Engine *g, Thread *t, Fork *fork) {
  fork->count = fork->items->count;
  fork->results = arena_alloc(&g->heap, fork->count * sizeof *fork->results);
  fork->last_end = t->last;
  if (fork->count == 0)
    map_finish(g, fork);
  else
    map_start_children(g, fork, t->last);
}

void map_attempt(Engine *g, Thread *t) {
  const State *s = t->state;
  const MapConfig *m = s->map;
  const Json *input = effective_input(g, t);
  if (!input) return;
  Evaluation e = evaluation_of(t, input);
  const Json *items = m->reader.present ? json_array(&g->heap, NULL, 0) : items_of(g, t, &e, s);
  double most = 0;
  bool good = items && map_number(&e, s, &m->max_concurrency, "integer", &most);
  if (good && most < 0) {
    evaluation_fail(&e, S("States.Runtime"), "Expected non-negative integer for MaxConcurrency, got '%.0f' instead.",
                    most);
    good = false;
  }
  if (g->done) return;
  if (!good) {
    map_fail(g, t, &e);
    return;
  }
  emit_next(g, t, (RunEvent){.kind = EVENT_MAP_STARTED, .state = s, .length = items->count});
  t->progressed = true;
  if (g->done) return;
  Fork *fork = fork_new(g, t);
  double bound = m->distributed ? DISTRIBUTED_MOST : INLINE_MOST;
  fork->map = true;
  fork->distributed = m->distributed;
  fork->most = most > 0 && most < bound ? (uint32_t)most : (uint32_t)bound;
  fork->items = items;
  fork->selected_from = input;
  if (!tolerance_of(&e, s, fork) || !writer_of(&e, s, fork) || !reader_of(&e, s, fork) ||
      !map_batch_limits(&e, s, fork)) {
    map_fail(g, t, &e);
    return;
  }
  if (m->distributed && !distribute(g, t, &e, fork)) return;
  map_begin(g, t, fork);
}

// --- Children

// The input of an iteration: the item, or what the selector makes of it.
static const Json *child_input(Engine *g, Thread *owner, Fork *fork, Thread *child, Evaluation *e) {
  const Template *selector = owner->state->map->item_selector;
  const Json *item = fork->items->items[child->index];
  if (!selector || owner->state->map->batches) return item;
  *e = evaluation_of(owner, fork->selected_from);
  // The selector sees $$.Map.Item, so its context is one of the iteration within the Map state.
  Thread seer = *owner;
  seer.item = item;
  seer.index = child->index;
  e->with = &seer;
  const Json *made = template_make(e, selector);
  e->with = owner;
  (void)g;
  return made;
}

static Execution *child_execution(Engine *g, Fork *fork, const Json *input) {
  Execution *x = NEW(&g->objects, Execution);
  Str name = random_uuid(&g->random, &g->objects), run = fork->map_run, rest;
  Str head = str_slice(run, 0, str_find(run, S(":mapRun:"), 0));
  rest = str_slice(run, head.len + 8, run.len);
  rest = str_cut(rest, ':', &(Str){0});
  bool express = fork->owner->state->map->express;
  *x = (Execution){.name = name, .input = input, .started = g->now, .child = true};
  x->arn = str_fmt(&g->objects, "%.*s:%s:%.*s:%.*s", STR_ARG(head), express ? "express" : "execution", STR_ARG(rest),
                   STR_ARG(name));
  if (express) {
    Str own = random_uuid(&g->random, &g->objects);
    x->arn = str_fmt(&g->objects, "%.*s:%.*s", STR_ARG(x->arn), STR_ARG(own));
  }
  return x;
}

void map_start_children(Engine *g, Fork *fork, uint64_t previous) {
  Thread *t = fork->owner;
  while (fork->owner == t && fork->next < fork->count && fork->running < fork->most && !g->done) {
    Thread *child = thread_new(g, t->execution, fork, fork->next++);
    child->item = fork->items->items[child->index];
    child->last = previous;
    child->state = t->state;
    VEC_PUSH(&g->objects, &fork->children, child);
    fork->running++;
    if (!fork->distributed) {
      child->last = emit(
          g, child,
          (RunEvent){.kind = EVENT_ITERATION_STARTED, .state = t->state, .previous = previous, .index = child->index});
    }
    queue_add(g, child, g->now, DUE_ITERATE);
  }
}

void fork_iterate(Engine *g, Thread *child) {
  Fork *fork = child->parent;
  Thread *t = fork->owner;
  Evaluation e = {0};
  const Json *input = child_input(g, t, fork, child, &e);
  if (!input) {
    if (!fork->distributed) t->last = child->last;
    Failure failure = e.failure;
    fork_end(g, fork, NULL);
    fail(g, t, failure);
    return;
  }
  if (fork->distributed) child->execution = child_execution(g, fork, input);
  child->input = input;
  child->state = t->state->map->processor->start;
  enter_state(g, child);
}

// --- The end

void map_finish(Engine *g, Fork *fork) {
  Thread *t = fork->owner;
  Failure failure = {0};
  const Json *result =
      fork->distributed ? map_results(g, fork, &failure) : json_array(&g->heap, fork->results, fork->count);
  uint64_t after = fork->last_end;
  if (fork->distributed) {
    emit_next(g, t,
              (RunEvent){.kind = result ? EVENT_MAP_RUN_SUCCEEDED : EVENT_MAP_RUN_FAILED,
                         .state = t->state,
                         .error = failure.error,
                         .cause = failure.cause});
    after = t->last;
  }
  t->last = after;
  fork_end(g, fork, NULL);
  if (!result) {
    fail(g, t, failure);
    return;
  }
  emit(g, t, (RunEvent){.kind = EVENT_MAP_SUCCEEDED, .state = t->state, .previous = after});
  if (!g->done) complete(g, t, result);
}
