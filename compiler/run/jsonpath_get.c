// Following a compiled path.
#include "run/jsonpath_parts.h"
#include "run/value.h"
#include <math.h>

enum { VISITS_MOST = 5000000 }; // nodes looked at by one path; beyond it the path gives what it found so far

typedef struct Walk {
  const Path *path;
  const Json *root;
  Arena *arena;
  VEC(const Json *) found;
  uint32_t visits;
} Walk;

static const Json *item_at(const Json *node, int64_t index) {
  if (!json_is(node, JSON_ARRAY)) return NULL;
  if (index < 0) index += node->count;
  return index >= 0 && index < node->count ? node->items[index] : NULL;
}

static const Json *some_members(Arena *arena, const Json *node, const PathStep *step) {
  JsonBuild build = {.arena = arena};
  for (uint32_t i = 0; i < step->count; i++) json_put(&build, step->names[i], json_get(node, step->names[i]));
  return json_made_object(&build);
}

static void walk(Walk *w, const Json *node, uint32_t at);

static void walk_slice(Walk *w, const Json *node, const PathStep *step, uint32_t at) {
  int64_t from = step->open_from ? 0 : step->indexes[0], to = step->open_to ? node->count : step->indexes[1];
  if (from < 0) from = from + node->count < 0 ? 0 : from + node->count;
  if (to < 0) to += node->count;
  for (int64_t i = from; i < to && i < node->count; i++) walk(w, node->items[i], at + 1);
}

static void walk_children(Walk *w, const Json *node, uint32_t at) {
  for (uint32_t i = 0; i < node->count && node->kind == JSON_ARRAY; i++) walk(w, node->items[i], at);
  for (uint32_t i = 0; i < node->count && node->kind == JSON_OBJECT; i++) walk(w, node->members[i].value, at);
}

static void walk_filter(Walk *w, const Json *node, const PathStep *step, uint32_t at) {
  if (node->kind == JSON_OBJECT && path_passes(step->filter, node, w->root, w->arena)) walk(w, node, at + 1);
  if (node->kind != JSON_ARRAY) return;
  for (uint32_t i = 0; i < node->count; i++) {
    if (path_passes(step->filter, node->items[i], w->root, w->arena)) walk(w, node->items[i], at + 1);
  }
}

// Follows the steps from `at` on from one node and collects what they lead to.
static void walk(Walk *w, const Json *node, uint32_t at) {
  if (!node || ++w->visits > VISITS_MOST) return;
  if (at == w->path->count) {
    VEC_PUSH(w->arena, &w->found, node);
    return;
  }
  const PathStep *step = &w->path->steps[at];
  switch (step->kind) {
  case STEP_NAME: walk(w, json_get(node, step->name), at + 1); return;
  case STEP_NAMES:
    if (node->kind != JSON_OBJECT) return;
    if (at + 1 == w->path->count) {
      walk(w, some_members(w->arena, node, step), at + 1);
      return;
    }
    for (uint32_t i = 0; i < step->count; i++) walk(w, json_get(node, step->names[i]), at + 1);
    return;
  case STEP_INDEX: walk(w, item_at(node, step->indexes[0]), at + 1); return;
  case STEP_INDEXES:
    for (uint32_t i = 0; i < step->count; i++) walk(w, item_at(node, step->indexes[i]), at + 1);
    return;
  case STEP_SLICE:
    if (node->kind == JSON_ARRAY) walk_slice(w, node, step, at);
    return;
  case STEP_ALL: walk_children(w, node, at + 1); return;
  case STEP_DESCEND:
    if (node->kind != JSON_ARRAY && node->kind != JSON_OBJECT) return;
    walk(w, node, at + 1);
    walk_children(w, node, at);
    return;
  case STEP_FILTER: walk_filter(w, node, step, at); return;
  default: VEC_PUSH(w->arena, &w->found, node); return; // a function: applied to the whole afterwards
  }
}

static const Json *keys_of(const Json *value, Arena *arena) {
  JsonBuild build = {.arena = arena};
  for (uint32_t i = 0; i < value->count; i++) json_add(&build, json_string(arena, value->members[i].key));
  return json_made_array(&build);
}

// What a function at the end of a path makes of a value; NULL when it is not for such a value.
static const Json *apply(Str name, const Json *value, Arena *arena) {
  bool container = value->kind == JSON_ARRAY || value->kind == JSON_OBJECT;
  if (str_eq(name, S("length")) || str_eq(name, S("size"))) {
    return container || value->kind == JSON_STRING ? json_number(arena, value->count) : NULL;
  }
  if (str_eq(name, S("keys"))) return value->kind == JSON_OBJECT ? keys_of(value, arena) : NULL;
  if (value->kind != JSON_ARRAY) return NULL;
  double sum = 0, squares = 0, least = INFINITY, most = -INFINITY, n = 0;
  for (uint32_t i = 0; i < value->count; i++) {
    if (value->items[i]->kind != JSON_NUMBER) continue;
    double x = value->items[i]->number;
    sum += x, squares += x * x, n++;
    least = x < least ? x : least;
    most = x > most ? x : most;
  }
  if (n == 0) return NULL;
  double result = str_eq(name, S("sum"))   ? sum
                  : str_eq(name, S("avg")) ? sum / n
                  : str_eq(name, S("min")) ? least
                  : str_eq(name, S("max")) ? most
                                           : sqrt(squares / n - sum * sum / n / n);
  return json_number(arena, result);
}

const Json *path_get(const Path *path, const Json *root, Arena *arena, uint32_t *missing) {
  uint32_t steps = path->count;
  bool function = steps && path->steps[steps - 1].kind == STEP_FUNCTION;
  const Json *node = root;
  uint32_t at = 0;
  for (; at < steps && node; at++) {
    const PathStep *step = &path->steps[at];
    if (step->kind == STEP_NAME)
      node = json_get(node, step->name);
    else if (step->kind == STEP_INDEX)
      node = item_at(node, step->indexes[0]);
    else if (step->kind == STEP_NAMES && at + 1 == steps)
      node = node->kind == JSON_OBJECT ? some_members(arena, node, step) : NULL;
    else
      break;
  }
  if (node && at == steps) return node;
  if (path->definite && !function) {
    if (missing) *missing = at ? at - 1 : 0;
    return NULL;
  }
  bool plain = function && at + 1 == steps; // a function behind a definite path applies to its one value
  if (!plain || !node) {
    Walk w = {.path = path, .root = root, .arena = arena};
    if (node) walk(&w, node, at);
    node = json_array(arena, w.found.at, w.found.len);
  }
  if (function) node = apply(path->steps[steps - 1].name, node, arena);
  if (!node && missing) *missing = steps - 1;
  return node;
}

static const Json *put(const Path *path, uint32_t at, const Json *base, const Json *value, Arena *arena,
                       uint32_t *missing) {
  if (at == path->count) return value;
  const PathStep *step = &path->steps[at];
  *missing = at;
  if (step->kind == STEP_NAME) {
    if (base && base->kind != JSON_OBJECT) return NULL;
    const Json *child = put(path, at + 1, base ? json_get(base, step->name) : NULL, value, arena, missing);
    static const Json empty = {.kind = JSON_OBJECT};
    return child ? value_with(arena, base ? base : &empty, step->name, child) : NULL;
  }
  const Json *there = item_at(base, step->indexes[0]);
  if (!there) return NULL;
  const Json *child = put(path, at + 1, there, value, arena, missing);
  if (!child) return NULL;
  const Json **items = arena_raw(arena, base->count * sizeof *items);
  memcpy(items, base->items, base->count * sizeof *items);
  items[step->indexes[0] < 0 ? step->indexes[0] + base->count : step->indexes[0]] = child;
  return json_array(arena, items, base->count);
}

const Json *path_put(const Path *path, const Json *base, const Json *value, Arena *arena, uint32_t *missing) {
  return put(path, 0, base, value, arena, missing);
}
