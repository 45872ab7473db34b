// What is left of a graph when only what is read later is assigned: assignments, helper states, inputs of graphs.
#include "check/internal.h"

bool value_reads(const Value *value, Str variable) {
  if (value->kind == VALUE_VARIABLE) return str_eq(value->text, variable);
  for (size_t i = 0; i < value->count; i++) {
    const Value *part = value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i];
    if (part->time == TIME_RUN && value_reads(part, variable)) return true;
  }
  return false;
}

typedef void (*Visit)(void *with, const Value **value);

static void visit(Visit see, void *with, const Value **value) {
  if (*value) see(with, value);
}

static void visit_assignments(Visit see, void *with, Assignments *assign) {
  for (size_t i = 0; i < assign->len; i++) visit(see, with, &assign->at[i].value);
}

// Every value of a state itself, without those of the graphs inside it.
static void visit_state(State *state, Visit see, void *with) {
  const Value **fields[] = {&state->output,         &state->arguments,      &state->credentials,   &state->timeout,
                            &state->heartbeat,      &state->seconds,        &state->until,         &state->error,
                            &state->cause,          &state->list,           &state->item_selector, &state->concurrency,
                            &state->tolerate_share, &state->tolerate_count, &state->batch,         &state->reader,
                            &state->writer};
  for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) visit(see, with, fields[i]);
  visit_assignments(see, with, &state->assign);
  visit_assignments(see, with, &state->otherwise_assign);
  for (size_t i = 0; i < state->catches.len; i++) visit_assignments(see, with, &state->catches.at[i].assign);
  for (size_t i = 0; i < state->rules.len; i++) {
    visit(see, with, &state->rules.at[i].condition);
    visit_assignments(see, with, &state->rules.at[i].assign);
  }
}

static void visit_graph(Graph *graph, Visit see, void *with) {
  for (size_t i = 0; i < graph->states.len; i++) {
    State *state = graph->states.at[i];
    visit_state(state, see, with);
    if (state->body) visit_graph(state->body, see, with);
    for (size_t k = 0; k < state->branches.len; k++) visit_graph(state->branches.at[k], see, with);
  }
}

// ---------------------------------------------------------------- inputs of graphs

typedef struct Reading {
  Str variable;
  bool found;
} Reading;

static void see_reading(void *with, const Value **value) {
  Reading *reading = with;
  reading->found = reading->found || value_reads(*value, reading->variable);
}

typedef struct Replacing {
  Arena *arena;
  Assignments with;
} Replacing;

static void see_replacing(void *with, const Value **value) {
  Replacing *replacing = with;
  *value = substitute(replacing->arena, *value, &replacing->with);
}

static void assign_on_every_way(Checker *c, State *state, Str name, const Value *value) {
  Assignment assignment = {name, value};
  if (state->kind == STATE_FAIL || state->kind == STATE_SUCCEED) return;
  if (state->kind == STATE_CHOICE) {
    for (size_t i = 0; i < state->rules.len; i++) VEC_PUSH(c->arena, &state->rules.at[i].assign, assignment);
    VEC_PUSH(c->arena, &state->otherwise_assign, assignment);
    return;
  }
  if (state->next) VEC_PUSH(c->arena, &state->assign, assignment);
  for (size_t i = 0; i < state->catches.len; i++) VEC_PUSH(c->arena, &state->catches.at[i].assign, assignment);
}

void graph_inputs(Checker *c, Graph *graph, const GraphInput *inputs, size_t count) {
  if (!graph->start) return;
  State *first = graph->start;
  for (size_t i = 0; i < count; i++) {
    Str name = inputs[i].variable->name;
    const Value *path =
        value_leaf(c->arena, VALUE_JSONATA, TIME_RUN, inputs[i].path, inputs[i].variable->type, NO_SPAN);
    Assignment assignment = {name, path};
    Replacing replacing = {c->arena, {&assignment, 1, 1}};
    visit_state(first, see_replacing, &replacing);
    Reading reading = {.variable = name};
    visit_graph(graph, see_reading, &reading);
    if (reading.found) assign_on_every_way(c, first, name, path);
  }
}

// ---------------------------------------------------------------- pruning

static void see_names(void *with, const Value **value) {
  Map *read = with;
  const Value *v = *value;
  if (v->kind == VALUE_VARIABLE) map_set(read, v->text, read);
  for (size_t i = 0; i < v->count; i++) {
    const Value *part = v->kind == VALUE_OBJECT ? v->members[i].value : v->items[i];
    if (part->time == TIME_RUN) see_names(with, &part);
  }
}

static bool drop_unread(Assignments *assign, const Map *read) {
  size_t kept = 0;
  for (size_t i = 0; i < assign->len; i++) {
    if (map_get(read, assign->at[i].name)) assign->at[kept++] = assign->at[i];
  }
  bool changed = kept != assign->len;
  assign->len = kept;
  return changed;
}

static bool drop_in_graph(Graph *graph, const Map *read) {
  bool changed = false;
  for (size_t i = 0; i < graph->states.len; i++) {
    State *state = graph->states.at[i];
    changed |= drop_unread(&state->assign, read);
    changed |= drop_unread(&state->otherwise_assign, read);
    for (size_t k = 0; k < state->rules.len; k++) changed |= drop_unread(&state->rules.at[k].assign, read);
    for (size_t k = 0; k < state->catches.len; k++) changed |= drop_unread(&state->catches.at[k].assign, read);
    if (state->body) changed |= drop_in_graph(state->body, read);
    for (size_t k = 0; k < state->branches.len; k++) changed |= drop_in_graph(state->branches.at[k], read);
  }
  return changed;
}

static State *skipped(State *state) {
  for (int hops = 0; state && hops < 1000; hops++) {
    bool idle = state->kind == STATE_PASS && state->assign.len == 0 && !state->output && state->next;
    if (!idle) return state;
    state = state->next;
  }
  return state;
}

// Takes out Pass states that do nothing.
static void drop_idle(Graph *graph) {
  graph->start = skipped(graph->start);
  size_t kept = 0;
  for (size_t i = 0; i < graph->states.len; i++) {
    State *state = graph->states.at[i];
    if (skipped(state) != state) continue;
    graph->states.at[kept++] = state;
    state->next = skipped(state->next);
    state->otherwise = skipped(state->otherwise);
    for (size_t k = 0; k < state->rules.len; k++) state->rules.at[k].next = skipped(state->rules.at[k].next);
    for (size_t k = 0; k < state->catches.len; k++) state->catches.at[k].next = skipped(state->catches.at[k].next);
    if (state->body) drop_idle(state->body);
    for (size_t k = 0; k < state->branches.len; k++) drop_idle(state->branches.at[k]);
  }
  graph->states.len = kept;
}

void flow_prune(Checker *c, Flow *flow) {
  for (bool changed = true; changed;) {
    Map read = {.arena = c->arena};
    visit_graph(&flow->graph, see_names, &read);
    changed = drop_in_graph(&flow->graph, &read);
  }
  drop_idle(&flow->graph);
}
