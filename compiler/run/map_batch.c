// ItemBatcher: the items of a distributed Map in batches.
#include "run/engine.h"
#include "run/value.h"

static bool batch_limit(Evaluation *e, const State *s, const Field *field, double *most) {
  *most = 0;
  if (field->kind == FIELD_NONE) return true;
  const Json *value = s->jsonata ? template_make_kind(e, field->value, JSON_NUMBER) : field_get(e, field);
  if (!value) return false;
  if (value_whole(value) && value->number >= 0) return *most = value->number, true;
  Str text = value_text(e->arena, value);
  if (s->jsonata) {
    evaluation_fail(e, S("States.QueryEvaluationError"), "The %.*s field cannot be parsed as an integer: %.*s",
                    STR_ARG(field->name), STR_ARG(text));
    e->failure.evaluation = true;
    e->failure.location = field->name;
    return false;
  }
  evaluation_fail(e, S("States.Runtime"), "The %.*s field refers to value \"%.*s\" which is not a valid integer",
                  STR_ARG(field->name), STR_ARG(text));
  return false;
}

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

const Json *map_batch_items(Engine *g, Thread *t, Evaluation *e, const Json *items, Failure *failure) {
  const State *s = t->state;
  const MapConfig *m = s->map;
  Arena *a = &g->heap;
  double most, bytes;
  const Json *extra = NULL;
  bool good = batch_limit(e, s, &m->batch_items, &most) && batch_limit(e, s, &m->batch_bytes, &bytes);
  if (good && m->batch_input) good = (extra = template_make(e, m->batch_input)) != NULL;
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
    json_put(&build, S("BatchInput"), extra);
    json_put(&build, S("Items"), json_made_array(&batch));
    json_add(&batches, json_made_object(&build));
  }
  if (!good) *failure = e->failure;
  return good ? json_made_array(&batches) : NULL;
}
