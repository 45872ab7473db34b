// Liveness: a variable is assigned on an edge only where it is read later on that way, before it is assigned again.
#include "check/flow.h"

typedef struct Live {
  Arena *arena;
  Map numbers; // name -> its number + 1
  size_t words;
  uint64_t *uses, *in;    // of each state: the variables that it reads; those that are live where it begins
  uint64_t *now, *before; // sets for a moment
} Live;

static size_t number_of(Live *l, Str name, bool add) {
  size_t number = (size_t)(uintptr_t)map_get(&l->numbers, name);
  if (number || !add) return number;
  map_set(&l->numbers, name, (void *)(uintptr_t)(l->numbers.len + 1));
  return l->numbers.len;
}

static void add_bit(uint64_t *set, size_t number) {
  if (number) set[(number - 1) / 64] |= 1ull << ((number - 1) % 64);
}

static bool has_bit(const uint64_t *set, size_t number) {
  return number && (set[(number - 1) / 64] >> ((number - 1) % 64) & 1);
}

// Only assigned variables have numbers: others are nobody's concern here.
static void number_assigned(Live *l, const Assignments *assign) {
  for (size_t i = 0; i < assign->len; i++) number_of(l, assign->at[i].name, true);
}

static void add_reads(Live *l, uint64_t *set, const Map *read) {
  for (size_t i = 0; i < read->len; i++) add_bit(set, number_of(l, read->entries[i].key, false));
}

static const uint64_t *begins(const Live *l, const State *state) {
  return state ? l->in + state->order * l->words : NULL;
}

// What is live before an edge: what its target needs, but what the edge assigns, and what that is computed from.
static void add_edge(Live *l, uint64_t *set, const Assignments *assign, const State *target) {
  const uint64_t *after = begins(l, target);
  uint64_t *before = l->before;
  if (!after) return;
  memcpy(before, after, l->words * sizeof *before);
  Map read = {.arena = l->arena};
  for (size_t i = 0; i < assign->len; i++) {
    size_t number = number_of(l, assign->at[i].name, false);
    if (!has_bit(after, number)) continue;
    before[(number - 1) / 64] &= ~(1ull << ((number - 1) % 64));
    value_names(assign->at[i].value, &read);
  }
  add_reads(l, before, &read);
  for (size_t i = 0; i < l->words; i++) set[i] |= before[i];
}

static bool update(Live *l, const State *state) {
  uint64_t *set = l->in + state->order * l->words, *now = l->now;
  memcpy(now, l->uses + state->order * l->words, l->words * sizeof *now);
  if (state->kind != STATE_CHOICE && state->kind != STATE_FAIL) add_edge(l, now, &state->assign, state->next);
  if (state->kind == STATE_CHOICE) add_edge(l, now, &state->otherwise_assign, state->otherwise);
  for (size_t i = 0; i < state->rules.len; i++) add_edge(l, now, &state->rules.at[i].assign, state->rules.at[i].next);
  for (size_t i = 0; i < state->catches.len; i++)
    add_edge(l, now, &state->catches.at[i].assign, state->catches.at[i].next);
  bool changed = memcmp(set, now, l->words * sizeof *now) != 0;
  memcpy(set, now, l->words * sizeof *now);
  return changed;
}

static bool drop_dead(Live *l, Assignments *assign, const State *target) {
  const uint64_t *after = begins(l, target);
  size_t kept = 0;
  for (size_t i = 0; i < assign->len; i++) {
    if (after && has_bit(after, number_of(l, assign->at[i].name, false))) assign->at[kept++] = assign->at[i];
  }
  bool changed = kept != assign->len;
  assign->len = kept;
  return changed;
}

bool graph_drop_dead(Arena *arena, Graph *graph) {
  Live l = {.arena = arena, .numbers = {.arena = arena}};
  size_t count = graph->states.len;
  bool changed = false;
  for (size_t i = 0; i < count; i++) {
    State *state = graph->states.at[i];
    state->order = i;
    number_assigned(&l, &state->assign);
    number_assigned(&l, &state->otherwise_assign);
    for (size_t k = 0; k < state->rules.len; k++) number_assigned(&l, &state->rules.at[k].assign);
    for (size_t k = 0; k < state->catches.len; k++) number_assigned(&l, &state->catches.at[k].assign);
    if (state->body) changed |= graph_drop_dead(arena, state->body);
    for (size_t k = 0; k < state->branches.len; k++) changed |= graph_drop_dead(arena, state->branches.at[k]);
  }
  if (l.numbers.len == 0) return changed;
  l.words = (l.numbers.len + 63) / 64;
  l.uses = NEW_N(arena, uint64_t, count * l.words);
  l.in = NEW_N(arena, uint64_t, count * l.words);
  l.now = NEW_N(arena, uint64_t, l.words);
  l.before = NEW_N(arena, uint64_t, l.words);
  for (size_t i = 0; i < count; i++) {
    Map read = {.arena = arena};
    state_names(graph->states.at[i], &read);
    add_reads(&l, l.uses + i * l.words, &read);
  }
  for (bool more = true; more;) {
    more = false;
    for (size_t i = count; i-- > 0;) more |= update(&l, graph->states.at[i]);
  }
  for (size_t i = 0; i < count; i++) {
    State *state = graph->states.at[i];
    changed |= drop_dead(&l, &state->assign, state->next);
    changed |= drop_dead(&l, &state->otherwise_assign, state->otherwise);
    for (size_t k = 0; k < state->rules.len; k++)
      changed |= drop_dead(&l, &state->rules.at[k].assign, state->rules.at[k].next);
    for (size_t k = 0; k < state->catches.len; k++)
      changed |= drop_dead(&l, &state->catches.at[k].assign, state->catches.at[k].next);
  }
  return changed;
}
