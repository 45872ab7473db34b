// The graph of states: names, targets, reachability, terminal states, cycles without a way out.
#include "validate/asl.h"

// Names must be unique in the whole machine, nested scopes included.
static void check_unique_names(Asl *asl) {
  if (!asl->top->next) return;
  Map names = {.arena = asl->arena};
  for (const Scope *scope = asl->top; scope; scope = scope->next) {
    for (uint32_t i = 0; i < scope->count; i++) {
      const State *state = &scope->states[i], *other = map_set(&names, state->name, &scope->states[i]);
      if (!other || other->scope == scope) continue; // a repeated key is reported as such
      if (other->at > state->at) {
        const State *swap = other;
        other = state, state = swap;
      }
      Crumb at = crumb_state(state);
      Span span = {asl->file, state->at, state->at + (uint32_t)state->name.len + 2};
      Diag *made = asl_report(asl, "V1019", span, &at, "there is another state called `%.*s`", STR_ARG(state->name));
      diag_note(asl->diags, made, (Span){asl->file, other->at, other->at + (uint32_t)other->name.len + 2},
                "the other one");
      diag_help(asl->diags, made, "names must be unique in the whole machine, branches and item processors included");
    }
  }
}

static const State *find_anywhere(const Asl *asl, Str name) {
  for (const Scope *scope = asl->top; scope; scope = scope->next) {
    for (uint32_t i = 0; i < scope->count; i++) {
      if (str_eq(scope->states[i].name, name)) return &scope->states[i];
    }
  }
  return NULL;
}

static Crumb way_place(const Transition *way, const Crumb *state, Crumb *list, Crumb *item) {
  if (!way->list) return crumb_key(state, str_of(way->field));
  *list = crumb_key(state, str_of(way->list));
  *item = crumb_index(list, way->index);
  return crumb_key(item, str_of(way->field));
}

static void report_target(Asl *asl, const State *state, const Transition *way) {
  Str name = json_str(way->name);
  if (template_is_open(name)) return;
  Crumb root = crumb_state(state), list, item, at = way_place(way, &root, &list, &item);
  bool hints = asl_may_search(asl, state->scope->count);
  const State *elsewhere = hints ? find_anywhere(asl, name) : NULL;
  if (elsewhere) {
    Diag *made =
        asl_report(asl, "V1024", asl_span(asl, way->name), &at,
                   "`%.*s` stands in another scope: no transition leads into or out of a branch or an item processor",
                   STR_ARG(name));
    diag_note(asl->diags, made, (Span){asl->file, elsewhere->at, elsewhere->at + 1}, "it is declared here");
    return;
  }
  Nearest nearest = nearest_to(name);
  for (uint32_t i = 0; hints && i < state->scope->count; i++) nearest_offer(&nearest, state->scope->states[i].name);
  Diag *made = asl_report(asl, "V1020", asl_span(asl, way->name), &at, "%s names `%.*s`, but there is no such state",
                          way->field, STR_ARG(name));
  Str best = nearest_best(&nearest);
  if (best.len) diag_help(asl->diags, made, "did you mean `%.*s`?", STR_ARG(best));
}

// Marks what can be reached from the start; `queue` has room for all states of the scope.
static void mark_reached(Scope *scope, State **queue) {
  size_t from = 0, to = 0;
  if (scope->start) scope->start->reached = true, queue[to++] = scope->start;
  while (from < to) {
    const State *state = queue[from++];
    for (size_t i = 0; i < state->ways.len; i++) {
      State *next = state->ways.at[i].to;
      if (next && !next->reached) next->reached = true, queue[to++] = next;
    }
  }
}

// Whether the execution may end in `state`.
static bool may_end(const State *state) {
  if (state->terminal || state->type == STATE_UNKNOWN) return true;
  for (size_t i = 0; i < state->ways.len; i++) {
    if (!state->ways.at[i].to) return true; // already reported, or not known before substitution
  }
  return state->ways.len == 0;
}

// Marks, walking backwards, the states from which some end can be reached. Edges are turned round by counting sort.
static void mark_ending(const Scope *scope, Arena *arena, bool *ending, State **queue) {
  uint32_t count = scope->count, *first = NEW_N(arena, uint32_t, count + 2);
  size_t ways = 0, from = 0, to = 0;
  for (uint32_t i = 0; i < count; i++) ways += scope->states[i].ways.len;
  uint32_t *before = NEW_N(arena, uint32_t, ways + 1);
#define EACH_WAY(action)                                                                                               \
  for (uint32_t i = 0; i < count; i++) {                                                                               \
    for (size_t k = 0; k < scope->states[i].ways.len; k++) {                                                           \
      const State *target = scope->states[i].ways.at[k].to;                                                            \
      if (target) action;                                                                                              \
    }                                                                                                                  \
  }
  EACH_WAY(first[target - scope->states + 2]++)
  for (uint32_t i = 2; i < count + 2; i++) first[i] += first[i - 1];
  EACH_WAY(before[first[target - scope->states + 1]++] = i)
#undef EACH_WAY
  for (uint32_t i = 0; i < count; i++) {
    if (may_end(&scope->states[i])) ending[i] = true, queue[to++] = &scope->states[i];
  }
  while (from < to) {
    size_t state = (size_t)(queue[from++] - scope->states);
    for (uint32_t k = first[state]; k < first[state + 1]; k++) {
      if (!ending[before[k]]) ending[before[k]] = true, queue[to++] = &scope->states[before[k]];
    }
  }
}

static void report_endless(Asl *asl, const Scope *scope, const bool *ending) {
  for (uint32_t i = 0; i < scope->count; i++) {
    const State *state = &scope->states[i];
    if (ending[i] || !state->reached) continue;
    Span span = {asl->file, state->at, state->at + (uint32_t)state->name.len + 2};
    Diag *made =
        asl_report(asl, "V1023", span, NULL,
                   "once in `%.*s`, an execution never ends: every way leads round in a circle", STR_ARG(state->name));
    diag_help(asl->diags, made, "give the circle a Choice that leaves it, or an end");
    return; // one finding a circle is enough
  }
}

static void check_scope(Asl *asl, Scope *scope) {
  State **queue = NEW_N(asl->arena, State *, scope->count + 1);
  bool *ending = NEW_N(asl->arena, bool, scope->count + 1), terminal = scope->count == 0, unknown = false;
  for (uint32_t i = 0; i < scope->count; i++) {
    const State *state = &scope->states[i];
    terminal |= state->terminal || state->type == STATE_UNKNOWN;
    unknown |= !state->terminal && !state->ways.len; // where it was to lead is told as missing
    for (size_t k = 0; k < state->ways.len; k++) {
      if (state->ways.at[k].to) continue;
      report_target(asl, state, &state->ways.at[k]);
      unknown |= template_is_open(json_str(state->ways.at[k].name));
    }
  }
  mark_reached(scope, queue);
  mark_ending(scope, asl->arena, ending, queue);
  if (!terminal) {
    Diag *made =
        asl_report(asl, "V1022", asl_field_span(asl, scope->json, S("States")), NULL, "no state ends the execution");
    diag_help(asl->diags, made, "give the last state \"End\": true, or add a Succeed or Fail state");
    return;
  }
  if (!scope->start || unknown) return;
  for (uint32_t i = 0; i < scope->count; i++) {
    const State *state = &scope->states[i];
    if (state->reached) continue;
    Crumb at = crumb_state(state);
    Span span = {asl->file, state->at, state->at + (uint32_t)state->name.len + 2};
    asl_report(asl, "V1021", span, &at, "no way leads to `%.*s`", STR_ARG(state->name));
  }
  report_endless(asl, scope, ending);
}

void asl_check_graph(Asl *asl) {
  if (!asl->top) return;
  check_unique_names(asl);
  for (Scope *scope = asl->top; scope; scope = scope->next) check_scope(asl, scope);
}
