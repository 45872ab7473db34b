// ItemBatcher: the items of a distributed Map in batches.
#include "run/engine.h"
#include "run/value.h"

// The item as it goes into a batch: what the ItemSelector makes of it.
static const Json *selected(Thread *t, Evaluation *e, const Json *item, uint32_t index) {
  const Template *selector = t->state->map->item_selector;
  if (!selector) return item;
  Thread seer = *t;
  seer.item = item;
  seer.index = index;
  e->with = &seer;
  e->context = NULL;
  const Json *made = template_make(e, selector);
  e->with = t;
  e->context = NULL;
  return made;
}

// How many items, or bytes of them, a batch may have; 0: any number.
static bool batch_limit(Evaluation *e, const State *s, const Field *field, double *most) {
  if (!map_number(e, s, field, "integer", most)) return false;
  if (*most >= 0) return true;
  evaluation_fail(e, S("States.Runtime"), "%.*s cannot be negative.", STR_ARG(field->name));
  return false;
}

bool map_batch_limits(Evaluation *e, const State *s, Fork *fork) {
  const MapConfig *m = s->map;
  if (!batch_limit(e, s, &m->batch_items, &fork->batch_most)) return false;
  if (!batch_limit(e, s, &m->batch_bytes, &fork->batch_bytes)) return false;
  return !m->batch_input || (fork->batch_input = template_make(e, m->batch_input)) != NULL;
}

const Json *map_batch_items(Engine *g, Thread *t, Evaluation *e, const Fork *fork, const Json *items,
                            Failure *failure) {
  Arena *a = &g->heap;
  double most = fork->batch_most, bytes = fork->batch_bytes;
  bool good = true;
  JsonBuild batches = {.arena = a};
  for (uint32_t i = 0; good && i < items->count;) {
    JsonBuild batch = {.arena = a}, build = {.arena = a};
    size_t size = 0;
    while (i < items->count && (most == 0 || (double)batch.items.len < most)) {
      const Json *item = selected(t, e, items->items[i], i);
      if (!(good = item != NULL)) break;
      size += bytes > 0 ? value_text(a, item).len + 1 : 0;
      if (bytes > 0 && batch.items.len && (double)size > bytes) break;
      json_add(&batch, item);
      i++;
    }
    json_put(&build, S("BatchInput"), fork->batch_input);
    json_put(&build, S("Items"), json_made_array(&batch));
    json_add(&batches, json_made_object(&build));
  }
  if (!good) *failure = e->failure;
  return good ? json_made_array(&batches) : NULL;
}
