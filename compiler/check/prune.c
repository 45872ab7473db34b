// What is left of a graph when only what is read later is assigned: assignments, helper states, inputs of graphs.
#include "check/flow.h"
#include "facts/facts.h"

static bool value_reads(const Value *value, Str variable) {
  if (value->kind == VALUE_VARIABLE) return str_eq(value->text, variable);
  for (size_t i = 0; i < value->count; i++) {
    const Value *part = value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i];
    if (part->time == TIME_RUN && value_reads(part, variable)) return true;
  }
  return false;
}

static void visit(Visit see, void *with, const Value **value) {
  if (*value) see(with, value);
}

static void visit_assignments(Visit see, void *with, Assignments *assign) {
  for (size_t i = 0; i < assign->len; i++) visit(see, with, &assign->at[i].value);
}

// Every value that a state reads where it begins, without those of its edges and of the graphs inside it.
static void visit_beginning(State *state, Visit see, void *with) {
  const Value **fields[] = {&state->output,         &state->arguments,      &state->credentials,   &state->timeout,
                            &state->heartbeat,      &state->seconds,        &state->until,         &state->error,
                            &state->cause,          &state->list,           &state->item_selector, &state->concurrency,
                            &state->tolerate_share, &state->tolerate_count, &state->batch,         &state->reader,
                            &state->writer};
  for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) visit(see, with, fields[i]);
  for (size_t i = 0; i < state->rules.len; i++) visit(see, with, &state->rules.at[i].condition);
}

// Every value of a state itself, without those of the graphs inside it.
static void visit_state(State *state, Visit see, void *with) {
  visit_beginning(state, see, with);
  visit_assignments(see, with, &state->assign);
  visit_assignments(see, with, &state->otherwise_assign);
  for (size_t i = 0; i < state->catches.len; i++) visit_assignments(see, with, &state->catches.at[i].assign);
  for (size_t i = 0; i < state->rules.len; i++) visit_assignments(see, with, &state->rules.at[i].assign);
}

void visit_graph(Graph *graph, Visit see, void *with) {
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

void value_names(const Value *value, Map *names) {
  see_names(names, &value);
}

// The variables that the expressions of a raw state name.
static void raw_names(const Value *value, Map *names) {
  for (size_t i = 0; i < value->count; i++)
    raw_names(value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i], names);
  if (value->kind != VALUE_STRING || !str_starts(value->text, S("{%"))) return;
  for (size_t at = 0; at < value->text.len; at++) {
    size_t end = at + 1;
    while (end < value->text.len && ascii_is_word(value->text.at[end])) end++;
    if (value->text.at[at] == '$' && end > at + 1) map_set(names, str_slice(value->text, at + 1, end), names);
  }
}

static void graph_names(Graph *graph, Map *names) {
  visit_graph(graph, see_names, names);
  for (size_t i = 0; i < graph->states.len; i++) {
    State *state = graph->states.at[i];
    if (state->kind == STATE_RAW && state->arguments) raw_names(state->arguments, names);
    if (state->body) graph_names(state->body, names);
    for (size_t k = 0; k < state->branches.len; k++) graph_names(state->branches.at[k], names);
  }
}

void state_names(State *state, Map *names) {
  visit_beginning(state, see_names, names);
  if (state->kind == STATE_RAW && state->arguments) raw_names(state->arguments, names);
  if (state->body) graph_names(state->body, names);
  for (size_t k = 0; k < state->branches.len; k++) graph_names(state->branches.at[k], names);
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

// A handler's names go to every call inside its `try`; each call keeps those that it may raise.
static void drop_foreign_errors(Arena *arena, Graph *graph) {
  for (size_t i = 0; i < graph->states.len; i++) {
    State *state = graph->states.at[i];
    FactsTask task = facts_task(state->resource);
    size_t rows = 0;
    for (size_t k = 0; state->kind == STATE_TASK && k < state->catches.len; k++) {
      Catch row = state->catches.at[k];
      Str *kept = NEW_N(arena, Str, row.error_count), nearest;
      size_t count = 0;
      for (size_t e = 0; e < row.error_count; e++) {
        if (facts_task_raises(&task, row.errors[e], arena, &nearest) != FACTS_ERROR_CANNOT)
          kept[count++] = row.errors[e];
      }
      row.errors = kept, row.error_count = count;
      if (count) state->catches.at[rows++] = row;
    }
    if (state->kind == STATE_TASK) state->catches.len = rows;
    if (state->body) drop_foreign_errors(arena, state->body);
    for (size_t k = 0; k < state->branches.len; k++) drop_foreign_errors(arena, state->branches.at[k]);
  }
}

void flow_prune(Checker *c, Flow *flow) {
  drop_foreign_errors(c->arena, &flow->graph);
  while (graph_drop_dead(c->arena, &flow->graph)) {}
  drop_idle(&flow->graph);
}
