// What the files share that make flows into state graphs: states and edges, variables, clauses, calls, ways.
#pragma once
#include "check/internal.h"

// A way out of a state that has no target yet.
typedef struct Edge {
  State *from;
  State **to;
  Assignments *assign; // NULL: nothing can be assigned on it
} Edge;
typedef struct Edges {
  Edge *at;
  size_t len, room;
} Edges;

// An enclosing try.
typedef struct Try {
  struct Try *outer;
  Str *errors;  // empty: all
  bool *raised; // of each: a `fail` inside raises it
  size_t count;
  Edges caught;          // edges into the handler
  const uint8_t *before; // statuses before the try
  FlowVariable *variable;
} Try;

// A parameter of a table's type, whose item is still to be loaded where a key was given.
typedef struct ItemLoad {
  FlowVariable *variable;
  const Value *given; // the key or the item
  Entity *table;
  Span span;
} ItemLoad;

typedef struct Loop {
  struct Loop *outer;
  Edges breaks;
  uint8_t *status; // joined statuses of the breaks, NULL: none yet
  size_t known;
} Loop;

typedef struct Captured {
  Str name;
  const Value *value;
} Captured;

enum { UNSET, SET, MAYBE };

// The clauses of a call whose steps are being expanded: what stands outermost wins.
typedef struct ClauseFrame {
  struct ClauseFrame *outer;
  const Clauses *clauses;
  Scope *scope;
  bool awaits;                                         // of `await`
  bool retries, timeout, heartbeat, role, name, needs; // whether a state took it
} ClauseFrame;
// Reports the clauses of a call that no state took (E0325).
void clauses_taken(Checker *c, const ClauseFrame *frame);
// The clauses of an `each` or `parallel`, which is retried as a whole and takes no others.
void container_clauses(Checker *c, Scope *scope, const Stmt *stmt, State *state);

struct FlowBuild {
  Checker *c;
  Flow *flow;
  FlowBuild *outer; // of a nested graph
  Graph *graph;
  Edges frontier;  // where the next state will hang
  uint8_t *status; // of every variable
  size_t status_room;
  struct {
    FlowVariable **at;
    size_t len, room;
  } * variables;                     // shared by all graphs of the flow
  Map *state_names, *variable_names; // shared
  Map *set_names, *all_names;        // shared: what a `set` changes; what a statement names anywhere -> Stmt
  Try *tries;
  VEC(ItemLoad) loads; // of the parameters: done first, inside the handler of the flow
  Loop *loops;
  int depth;
  bool distributed;
  struct {
    Captured *at;
    size_t len, room;
  } captured;         // what a distributed body reads from outside
  const Type *result; // joined type of the returns so far, or NULL
  State *done;        // the Succeed state that ends what nothing else can end, or NULL
  struct {
    Str *at;
    size_t len, room;
  } present;           // paths known not to be missing, as text
  Str step;            // what tasks made now are part of, as tests and states name it
  Span origin;         // the call in the spec that is being expanded, NO_SPAN outside of expansions
  Str label;           // the state name that was asked for, or empty
  ClauseFrame *frames; // clauses in force, innermost first
  CallMode mode;
  int guarded; // inside an operand that may not be evaluated: no calls
};

// Hangs a state on the frontier.
State *flow_add_state(FlowBuild *f, StateKind kind, Str name, Span span);
void frontier_set(FlowBuild *f, Edge edge);
State *frontier_state(const FlowBuild *f);
void edge_assign(FlowBuild *f, Edge *edge, Str name, const Value *value);
uint8_t *flow_status(FlowBuild *f, size_t number);
// A copy of all statuses, and taking one over (variables from `known` on are unset).
uint8_t *flow_statuses(FlowBuild *f);
void flow_take_statuses(FlowBuild *f, const uint8_t *from, size_t known);
FlowVariable *flow_new_variable(FlowBuild *f, Str name, const Type *type, Span span);
const Value *flow_capture_value(FlowBuild *f, Str name, const Value *value);
FlowVariable *flow_named_variable(FlowBuild *f, Scope *scope, Word name, const Type *type);
const Value *flow_read(Checker *c, Scope *scope, Binding *binding, Span span);
void flow_assign(FlowBuild *f, FlowVariable *variable, const Value *value, Span span);
void flow_statements(Checker *c, Scope *scope, const Stmt *first);
// Expands a step in the caller's graph and gives its result.
const Value *step_expand(Checker *c, Scope *caller, Entity *step, const Arguments *arguments, Span span);
// The outermost clause of a kind that a call in force gives, its scope in *scope; NULL: none does. `offset` is its
// member in Clauses, `taken` the mark in ClauseFrame that something takes it.
const Expr *clause(FlowBuild *f, size_t offset, size_t taken, Scope **scope);
#define CLAUSE(f, name, scope) clause(f, offsetof(Clauses, name), offsetof(ClauseFrame, name), scope)
// A clause that is a duration, in seconds; `otherwise` where there is none (0: NULL), NULL for `none`.
const Value *duration_clause(FlowBuild *f, const Expr *expr, Scope *scope, Str what, double otherwise);
// The retries of a task: those of the clauses in force, else of the errors that pass by themselves.
void add_retries(FlowBuild *f, State *state);
// The policy statements that the clauses in force say a call needs besides its own.
void add_needs(FlowBuild *f, State *state);
// What a graph is given: the variables that its first state reads from its input at a path.
typedef struct GraphInput {
  FlowVariable *variable;
  Str path; // "$states.input", "$states.input.item"
} GraphInput;
// Gives a finished graph its inputs: read in place by the first state, assigned there for the others.
void graph_inputs(Checker *c, Graph *graph, const GraphInput *inputs, size_t count);
// Ends what is still open with {}.
void flow_finish(FlowBuild *f);
void loop_break(FlowBuild *f);
// Copies a run-time value with what `part` makes of each part; what it gives back as it was is gone through.
typedef const Value *(*Rewrite)(void *with, const Value *part);
const Value *value_rewrite(Arena *arena, const Value *value, Rewrite part, void *with);
// A value for a state that has no Catch: inside a `try`, what it asserts for sure with `!` has been asked before.
const Value *flow_asserted(FlowBuild *f, const Value *value);
// What a `return` with its clauses gives.
const Value *eval_returned(Checker *c, Scope *scope, const Stmt *stmt);
// `require`: an error where it is known not to hold, else a state that asks.
void flow_require(Checker *c, Scope *scope, const Stmt *stmt);
// `fail`: to the handler that catches it, or the end.
void flow_fail(FlowBuild *f, const Value *error, const Value *cause, Span span);
// Loads the items of parameters that were given by their key.
void flow_load_items(Checker *c, Scope *scope);
// The body of a `try`, or of a flow with a `catch`, with all its handlers.
void lower_try(Checker *c, Scope *scope, const Stmt *stmt, Span span);
// Whether a later `set` changes the name.
bool name_is_set(Scope *scope, Str name);
void lower_if(Checker *c, Scope *scope, const Stmt *stmt);
void lower_match(Checker *c, Scope *scope, const Stmt *stmt);
void lower_each(Checker *c, Scope *scope, const Stmt *stmt);
void lower_parallel(Checker *c, Scope *scope, const Stmt *stmt);
void lower_for(Checker *c, Scope *scope, const Stmt *stmt);
// One of the ways that part at a choice: the edges at which it began, where it ends and what is set there.
typedef struct Way {
  Edges entry, end;
  uint8_t *status;
  size_t known; // how many variables there were
} Way;
// The edges at which a way begins: a copy of the frontier.
Edges flow_entry(FlowBuild *f);
// The way that ends here.
Way flow_way(FlowBuild *f, Edges entry);
// Goes on where the ways meet; variables that one leaves unset become missing on it. `deciding`: the condition, list or
// try that says which way is taken.
void flow_join(FlowBuild *f, const Way *ways, size_t count, Span deciding);
// Binds a step's name to what it gave.
void bind_step(Checker *c, Scope *scope, const Stmt *stmt, const Value *value);
// Replaces results of states other than `at` by variables that hold them.
const Value *settle(FlowBuild *f, const Value *value, const State *at);
// The same for the arguments of a call, which may have its token where it is awaited, and then must (E0327).
const Value *settle_arguments(FlowBuild *f, const Value *value, bool awaited, Span span);
const Value *substitute(Arena *arena, const Value *value, const Assignments *with);
typedef void (*Visit)(void *with, const Value **value);
// Every value of the states of a graph and of those inside it.
void visit_graph(Graph *graph, Visit see, void *with);
// The variables that a value reads are added to `names`.
void value_names(const Value *value, Map *names);
// Those that a state reads where it begins, and the graphs inside it anywhere.
void state_names(State *state, Map *names);
// Takes out assignments of what is not read later on their way; true when there were some.
bool graph_drop_dead(Arena *arena, Graph *graph);
