// The collector: copies the values that are still held into a new heap and drops the old one. Values outside the heap
// (the definition's, the input's) are shared, not copied; what is held twice is copied once.
#include "run/engine.h"
#include <stdlib.h>

enum { LEAST = 1024 * 1024, SPANS_MOST = 65536, FORWARDED = 255 };

typedef struct Collector {
  Arena to;
  ArenaSpan *spans; // the old heap's blocks
  size_t count;
} Collector;

static bool in_heap(const Collector *c, const void *at) {
  size_t low = 0, high = c->count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if ((const char *)at < c->spans[middle].from)
      high = middle;
    else if ((const char *)at >= c->spans[middle].to)
      low = middle + 1;
    else
      return true;
  }
  return false;
}

static Str moved_str(Collector *c, Str s) {
  return s.len && in_heap(c, s.at) ? str_dup(&c->to, s) : s;
}

// A moved value's old place says where it is now.
static const Json *moved(Collector *c, const Json *old) {
  if (!old || !in_heap(c, old)) return old;
  if (old->kind == FORWARDED) return (const Json *)(const void *)old->text;
  Json *copy = arena_raw(&c->to, sizeof *copy);
  Json *was = (Json *)(uintptr_t)old;
  *copy = *old;
  was->kind = FORWARDED;
  was->text = (const char *)copy;
  switch (copy->kind) {
  case JSON_STRING:
  case JSON_NUMBER:
    if (copy->text) copy->text = moved_str(c, (Str){copy->text, copy->count}).at;
    break;
  case JSON_ARRAY: {
    const Json **items = arena_raw(&c->to, copy->count * sizeof *items);
    for (uint32_t i = 0; i < copy->count; i++) items[i] = moved(c, copy->items[i]);
    copy->items = items;
    break;
  }
  case JSON_OBJECT: {
    JsonMember *members = arena_raw(&c->to, copy->count * sizeof *members);
    for (uint32_t i = 0; i < copy->count; i++) {
      members[i] = copy->members[i];
      members[i].key = moved_str(c, members[i].key);
      members[i].value = moved(c, members[i].value);
    }
    uint32_t count = copy->count;
    copy->members = members;
    copy->index = json_index(&c->to, members, &count, true);
    break;
  }
  default: break;
  }
  return copy;
}

static void move_thread(Collector *c, Thread *t) {
  t->item = moved(c, t->item);
  t->input = moved(c, t->input);
  t->error = moved(c, t->error);
  t->arguments = moved(c, t->arguments);
  t->answer.value = moved(c, t->answer.value);
  t->answer.error = moved(c, t->answer.error);
  t->answer.cause = moved(c, t->answer.cause);
  t->answer.submitted = moved(c, t->answer.submitted);
  for (uint32_t i = 0; i < t->scope.len; i++) t->scope.at[i].value = moved(c, t->scope.at[i].value);
  t->execution->input = moved(c, t->execution->input);
}

static void move_fork(Collector *c, Fork *fork) {
  fork->items = moved(c, fork->items);
  fork->selected_from = moved(c, fork->selected_from);
  fork->writer = moved(c, fork->writer);
  fork->batch_input = moved(c, fork->batch_input);
  fork->reader_arguments = moved(c, fork->reader_arguments);
  const Json **results = arena_raw(&c->to, fork->count * sizeof *results);
  for (uint32_t i = 0; i < fork->count; i++) results[i] = moved(c, fork->results[i]);
  fork->results = results;
}

void collect(Engine *g) {
  if (g->heap.total < g->collect_at) return;
  Collector c = {.to = g->spare};
  Arena scratch = {0};
  c.spans = NEW_N(&scratch, ArenaSpan, SPANS_MOST);
  c.count = arena_spans(&g->heap, c.spans, SPANS_MOST);
  if (c.count <= SPANS_MOST) {
    for (size_t i = 0; i < g->threads.len; i++) {
      if (g->threads.at[i]->live) move_thread(&c, g->threads.at[i]);
    }
    for (size_t i = 0; i < g->forks.len; i++) {
      if (g->forks.at[i]->owner) move_fork(&c, g->forks.at[i]);
    }
    arena_clear(&g->heap);
    g->spare = g->heap;
    g->heap = c.to;
    g->text_of = NULL;
  }
  arena_free(&scratch);
  g->collect_at = g->heap.total * 2 > LEAST ? g->heap.total * 2 : LEAST;
}
