// Variables: which may and which must have been assigned when a state reads them, over all ways (States Language,
// "Workflow variables"). 64 variables at a time, so that every set is one word.
#include "validate/asl.h"

enum { WORK_MOST = 1 << 28 }; // steps; a machine that needs more is not followed

typedef struct Sets {
  uint64_t must, may; // on entry
  bool seen, queued;
} Sets;

typedef struct Flow {
  Asl *asl;
  Map numbers;   // variable -> number + 1
  uint32_t from; // the first of the 64 variables at work
  Sets *sets;    // of all states
  State **queue;
  size_t work;
} Flow;

// Variables by their numbers in all scopes; state n of a scope has sets at scope_first + n.
static Str assigned_name(const State *state, Str key) {
  if (state->language == LANGUAGE_PATH && str_ends(key, S(".$"))) return str_slice(key, 0, key.len - 2);
  return key;
}

static uint64_t bits_of(const Flow *flow, const Assignment *assign) {
  uint64_t bits = 0;
  for (uint32_t i = 0; assign->numbers && i < assign->json->count; i++) {
    uint32_t number = assign->numbers[i];
    if (number > flow->from && number <= flow->from + 64) bits |= 1ull << (number - 1 - flow->from);
  }
  return bits;
}

static void number_variables(Flow *flow, const State *state, Assignment *assign) {
  if (!json_is(assign->json, JSON_OBJECT)) return;
  assign->numbers = NEW_N(flow->asl->arena, uint32_t, assign->json->count + 1);
  for (uint32_t i = 0; i < assign->json->count; i++) {
    Str name = assigned_name(state, assign->json->members[i].key);
    if (!map_get(&flow->numbers, name)) map_set(&flow->numbers, name, (void *)(uintptr_t)(flow->numbers.len + 1));
    assign->numbers[i] = (uint32_t)(uintptr_t)map_get(&flow->numbers, name);
  }
}

static Sets *sets_of(const Flow *flow, const State *state) {
  return &flow->sets[state->scope->first + (uint32_t)(state - state->scope->states)];
}

static void enter(Flow *flow, State *state, uint64_t must, uint64_t may, size_t *to) {
  Sets *sets = sets_of(flow, state);
  uint64_t new_must = sets->seen ? sets->must & must : must, new_may = sets->may | may;
  if (sets->seen && new_must == sets->must && new_may == sets->may) return;
  sets->must = new_must, sets->may = new_may, sets->seen = true;
  if (!sets->queued) sets->queued = true, flow->queue[(*to)++ % (state->scope->count + 1)] = state;
}

// Follows all ways of a scope that is entered with what its owner has.
static void follow(Flow *flow, Scope *scope) {
  size_t from = 0, to = 0;
  const Sets *outer = scope->owner ? sets_of(flow, scope->owner) : NULL;
  if (!scope->start || (outer && !outer->seen)) return;
  bool closed = scope->distributed; // child executions do not see the variables outside
  enter(flow, scope->start, outer && !closed ? outer->must : 0, outer && !closed ? outer->may : 0, &to);
  while (from < to && flow->work < WORK_MOST) {
    State *state = flow->queue[from++ % (scope->count + 1)];
    Sets sets = *sets_of(flow, state);
    sets_of(flow, state)->queued = false;
    for (size_t i = 0; i < state->ways.len; i++, flow->work++) {
      const Transition *way = &state->ways.at[i];
      uint64_t bits = bits_of(flow, &way->assign);
      if (way->to) enter(flow, way->to, sets.must | bits, sets.may | bits, &to);
    }
  }
}

// Whether some way from the start of its scope to `state`, without coming through it, assigns `number`: else it is
// unset there at first in every execution.
static bool set_at_first(Flow *flow, const State *state, uint32_t number) {
  const Scope *scope = state->scope;
  bool *seen = NEW_N(flow->asl->arena, bool, scope->count + 1);
  size_t from = 0, to = 0;
  for (uint32_t i = 0; i < scope->count; i++) { // where someone asks whether it is set, the ways depend on it
    for (size_t k = 0; k < scope->states[i].reads.len; k++) {
      if (scope->states[i].reads.at[k].guarded && scope->states[i].reads.at[k].number == number) return true;
    }
  }
  if (scope->owner && !scope->distributed && sets_of(flow, scope->owner)->may >> (number - 1 - flow->from) & 1)
    return true;
  flow->queue[to++] = scope->start;
  seen[scope->start - scope->states] = true;
  while (from < to) {
    const State *at = flow->queue[from++];
    for (size_t i = 0; at != state && i < at->ways.len; i++, flow->work++) {
      const Transition *way = &at->ways.at[i];
      if (bits_of(flow, &way->assign) >> (number - 1 - flow->from) & 1) return true;
      if (!way->to || seen[way->to - scope->states]) continue;
      seen[way->to - scope->states] = true;
      flow->queue[to++] = way->to;
    }
  }
  return false;
}

static void report_read(Flow *flow, const State *state, const VariableRead *read, bool assigned) {
  Asl *asl = flow->asl;
  bool outside = false;
  for (const Scope *scope = state->scope; scope; scope = scope->owner ? scope->owner->scope : NULL) {
    if (!scope->distributed || !scope->owner) continue;
    uintptr_t number = (uintptr_t)map_get(&flow->numbers, read->name);
    outside |= number && sets_of(flow, scope->owner)->may >> (number - 1 - flow->from) & 1;
  }
  if (outside) {
    Diag *made = asl_report(asl, "V1064", read->span, NULL,
                            "`$%.*s` is not visible in a distributed Map: its items run as executions of their own",
                            STR_ARG(read->name));
    diag_help(asl->diags, made, "hand the value in with ItemSelector or BatchInput");
    return;
  }
  if (assigned) {
    Diag *made =
        asl_report(asl, "V1061", read->span, NULL, "`$%.*s` may be unset here: not every way to `%.*s` assigns it",
                   STR_ARG(read->name), STR_ARG(state->name));
    diag_help(asl->diags, made, "assign it before the ways part");
    return;
  }
  Nearest nearest = nearest_to(read->name);
  bool hints = asl_may_search(asl, flow->numbers.len);
  for (size_t i = 0; i < flow->numbers.len && hints; i++) nearest_offer(&nearest, flow->numbers.entries[i].key);
  // A JSONPath machine without any variable: a dot is missing, or a fragment is looked at.
  bool foreign = !flow->numbers.len && state->language == LANGUAGE_PATH;
  Diag *made =
      asl_report(asl, foreign ? "V1065" : "V1060", read->span, NULL, "`$%.*s` is never assigned before `%.*s` reads it",
                 STR_ARG(read->name), STR_ARG(state->name));
  Str best = nearest_best(&nearest);
  if (foreign) diag_help(asl->diags, made, "did you mean $.%.*s?", STR_ARG(read->name));
  if (best.len && !str_eq(best, read->name)) diag_help(asl->diags, made, "did you mean $%.*s?", STR_ARG(best));
}

static void check_reads(Flow *flow, const State *state) {
  const Sets *sets = sets_of(flow, state);
  if (!sets->seen) return;
  for (size_t i = 0; i < state->reads.len; i++) {
    const VariableRead *read = &state->reads.at[i];
    uint32_t number = read->number;
    if (read->guarded || template_is_open(read->name)) continue;
    if (!number && flow->from == 0) report_read(flow, state, read, false);
    if (number <= flow->from || number > flow->from + 64) continue;
    uint64_t bit = 1ull << (number - 1 - flow->from);
    if (!(sets->must & bit))
      report_read(flow, state, read,
                  (sets->may & bit) && (flow->work >= WORK_MOST || set_at_first(flow, state, number)));
  }
}

// An inner scope may not assign what an outer one has.
static void check_inner_assign(Flow *flow, const State *state, Assignment *assign) {
  const State *owner = state->scope->owner;
  if (!owner || state->scope->distributed) return;
  uint64_t outer = sets_of(flow, owner)->may;
  for (uint32_t i = 0; assign->numbers && i < assign->json->count; i++) {
    uint32_t number = assign->numbers[i];
    if (number <= flow->from || number > flow->from + 64 || !(outer >> (number - 1 - flow->from) & 1)) continue;
    const JsonMember *member = &assign->json->members[i];
    asl_report(flow->asl, "V1063", asl_key_span(flow->asl, member), NULL,
               "`$%.*s` belongs to the scope outside: it cannot be assigned in here",
               STR_ARG(assigned_name(state, member->key)));
  }
}

static void each_assign(Flow *flow, void (*then)(Flow *, const State *, Assignment *)) {
  for (Scope *scope = flow->asl->top; scope; scope = scope->next) {
    for (uint32_t i = 0; i < scope->count; i++) {
      State *state = &scope->states[i];
      if (state->assign.json) then(flow, state, &state->assign);
      for (size_t k = 0; k < state->ways.len; k++) {
        Assignment *assign = &state->ways.at[k].assign;
        if (!assign->json) continue;
        if (assign->json == state->assign.json)
          *assign = state->assign;
        else
          then(flow, state, assign);
      }
    }
  }
}

static void number_reads(Flow *flow) {
  for (Scope *scope = flow->asl->top; scope; scope = scope->next) {
    for (uint32_t i = 0; i < scope->count; i++) {
      for (size_t k = 0; k < scope->states[i].reads.len; k++) {
        VariableRead *read = &scope->states[i].reads.at[k];
        read->number = (uint32_t)(uintptr_t)map_get(&flow->numbers, read->name);
      }
    }
  }
}

void asl_check_variables(Asl *asl) {
  uint32_t largest = 0;
  bool reads = false;
  for (Scope *scope = asl->top; scope; scope = scope->next) {
    if (scope->count > largest) largest = scope->count;
    for (uint32_t i = 0; i < scope->count; i++) reads |= scope->states[i].reads.len > 0;
  }
  Flow flow = {.asl = asl, .numbers = {.arena = asl->arena}};
  each_assign(&flow, number_variables);
  if (!reads && !flow.numbers.len) return;
  number_reads(&flow);
  flow.sets = NEW_N(asl->arena, Sets, asl->states + 1);
  flow.queue = NEW_N(asl->arena, State *, largest + 1);
  for (flow.from = 0; flow.from == 0 || flow.from < flow.numbers.len; flow.from += 64) {
    memset(flow.sets, 0, sizeof *flow.sets * asl->states);
    for (Scope *scope = asl->top; scope; scope = scope->next) follow(&flow, scope);
    if (flow.work >= WORK_MOST) return;
    for (Scope *scope = asl->top; scope; scope = scope->next) {
      for (uint32_t i = 0; i < scope->count; i++) check_reads(&flow, &scope->states[i]);
    }
    each_assign(&flow, check_inner_assign);
  }
}
