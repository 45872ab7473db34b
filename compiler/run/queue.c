// What happens next: a ring of what is due at once, a heap of what is due later. Of two things due at the same time the
// one that was added first happens first, so that a run is the same every time.
#include "run/engine.h"

static bool sooner(const QueueEntry *a, const QueueEntry *b) {
  return a->time != b->time ? a->time < b->time : a->order < b->order;
}

static void add_now(Engine *g, QueueEntry entry) {
  Queue *q = &g->queue;
  if (q->now_len == q->now_room) {
    size_t room = q->now_room ? q->now_room * 2 : 64;
    QueueEntry *grown = arena_raw(&g->objects, room * sizeof *grown);
    for (size_t i = 0; i < q->now_len; i++) grown[i] = q->now[(q->now_first + i) % q->now_room];
    q->now = grown, q->now_room = room, q->now_first = 0;
  }
  q->now[(q->now_first + q->now_len++) % q->now_room] = entry;
}

// The end of virtual time: the last second of the year 9999.
static const double latest = 253402300799.0;

void queue_add(Engine *g, Thread *t, double time, Due due) {
  if (!(time < latest)) time = latest;
  QueueEntry entry = {time, g->queue.order++, t, t->stamp, due};
  if (time <= g->now) {
    add_now(g, entry);
    return;
  }
  VEC_PUSH(&g->objects, &g->queue.later, entry);
  QueueEntry *heap = g->queue.later.at;
  for (size_t i = g->queue.later.len - 1; i && sooner(&heap[i], &heap[(i - 1) / 2]); i = (i - 1) / 2) {
    QueueEntry swap = heap[i];
    heap[i] = heap[(i - 1) / 2], heap[(i - 1) / 2] = swap;
  }
}

static QueueEntry take_later(Engine *g) {
  QueueEntry *heap = g->queue.later.at, first = heap[0];
  size_t len = --g->queue.later.len, i = 0;
  QueueEntry last = heap[len];
  for (;;) {
    size_t child = 2 * i + 1;
    if (child >= len) break;
    if (child + 1 < len && sooner(&heap[child + 1], &heap[child])) child++;
    if (!sooner(&heap[child], &last)) break;
    heap[i] = heap[child], i = child;
  }
  heap[i] = last;
  return first;
}

bool queue_take(Engine *g, QueueEntry *entry) {
  Queue *q = &g->queue;
  for (;;) {
    if (q->now_len) {
      *entry = q->now[q->now_first];
      q->now_first = (q->now_first + 1) % q->now_room;
      q->now_len--;
    } else if (q->later.len) {
      *entry = take_later(g);
    } else {
      return false;
    }
    if (!entry->thread->live || entry->stamp != entry->thread->stamp) continue;
    if (entry->time > g->now) g->now = entry->time;
    return true;
  }
}
