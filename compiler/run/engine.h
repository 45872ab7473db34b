// The engine's inside: threads of execution, the queue of what happens next, and the functions that the kinds of states
// are made of.
#pragma once
#include "run/run.h"

typedef struct Engine Engine;
typedef struct Thread Thread;
typedef struct Fork Fork;

// An execution: the one that was started, or a child of a distributed map.
typedef struct Execution {
  Str name, arn;
  const Json *input;
  double started;
  uint64_t last_id; // of its events
  bool child;       // its events are not told
} Execution;

// What a thread has waiting in the queue.
typedef enum { DUE_ENTER, DUE_ATTEMPT, DUE_STARTED, DUE_ANSWER, DUE_TIMEOUT, DUE_WAKE, DUE_ITERATE, DUE_END } Due;

// A line of states: the execution's, a branch's, an iteration's.
struct Thread {
  Thread *next_free;
  Engine *engine;
  Execution *execution;
  Fork *parent;     // what it is a child of, or NULL
  uint32_t index;   // in it
  const Json *item; // of a Map's iteration
  Scope scope;
  const State *state;
  const Json *input;
  uint64_t last;   // the event that the next one follows
  uint64_t before; // what `last` was before the state was entered
  uint64_t entered;
  double entered_at;
  uint32_t attempts;     // of the state: 0 is the first
  VEC(uint32_t) retried; // per retrier
  bool progressed;       // events followed the state's entry
  bool inside;           // the state was entered and not left
  uint32_t stamp;        // what waits in the queue with another stamp is void
  Fork *fork;            // running in a Parallel or Map
  RunAnswer answer;      // of a task's call
  double deadline;       // when the call times out
  bool heartbeat;        // that is for want of a heartbeat
  const Json *error;     // why it ended, told to its fork
  const Json *arguments;
  Str token;
  bool live;
};

// A Parallel or Map that runs.
struct Fork {
  Fork *next_free;
  Thread *owner;
  bool map, distributed;
  uint32_t count;         // of children in all
  uint32_t next;          // the next to start
  uint32_t running, most; // now, and at most
  uint32_t failed;
  VEC(uint32_t) failures;                       // which children failed
  double tolerated_count, tolerated_percentage; // negative: not given
  const Json *items;                            // of a Map
  const Json *selected_from;                    // "$" of its ItemSelector
  const Json **results;                         // by index; NULL: none yet
  VEC(Thread *) children;                       // live ones
  uint64_t last_end;                            // the event of the last child's end
  Str map_run;
  const Json *writer;
  const Json *reader_arguments; // of the ItemReader
  double reader_most;           // items; 0: all
  const Json *batch_input;      // of the ItemBatcher
  double batch_most, batch_bytes;
};

typedef struct QueueEntry {
  double time;
  uint64_t order;
  Thread *thread;
  uint32_t stamp;
  Due due;
} QueueEntry;

typedef struct Queue {
  VEC(QueueEntry) later; // a heap by time and order
  QueueEntry *now;       // a ring of what is due at once
  size_t now_first, now_len, now_room;
  uint64_t order;
} Queue;

struct Engine {
  const RunOptions *options;
  const Machine *machine;
  Arena heap;    // values; collected
  Arena spare;   // the next heap's first block
  Arena objects; // threads, forks, the queue; recycled
  Queue queue;
  double now;
  uint64_t random;
  Thread *free_threads;
  Fork *free_forks;
  VEC(Thread *) threads; // all that were ever made
  VEC(Fork *) forks;
  size_t collect_at;   // bytes of heap
  const Json *text_of; // whose text is in text
  Buf text;
  Arena text_arena;
  Str region, account, partition;
  Thread *main;
  bool done;
  RunResult *result;
  Arena *result_arena;
};

// --- Queue (queue.c)
void queue_add(Engine *g, Thread *t, double time, Due due);
bool queue_take(Engine *g, QueueEntry *entry);

// --- Memory (collect.c)
// Drops the values that nothing holds, when there is enough garbage.
void collect(Engine *g);

// --- Events (engine.c)
// Tells of an event that follows t->last (unless `previous` is set already), gives it an id and returns that. Does not
// move t->last.
uint64_t emit(Engine *g, Thread *t, RunEvent event);
// The same, and t->last becomes it.
void emit_next(Engine *g, Thread *t, RunEvent event);
// The JSON text of a value, or a text of length 0 and a refusal when it is nested too deep. Valid until the next call.
Str engine_text(Engine *g, const Json *value);
// Stops the run: something is not simulated or not given.
void refuse(Engine *g, const Thread *t, const char *code, Str why);
// Ends the execution.
void finish(Engine *g, Thread *t, RunStatus status, const Json *output, const Failure *failure);
Thread *thread_new(Engine *g, Execution *execution, Fork *parent, uint32_t index);
// Takes a thread and all below it out of the run.
void thread_end(Engine *g, Thread *t);
Fork *fork_new(Engine *g, Thread *owner);
// The service's limit on a value's JSON text, or 0.
size_t data_limit(const Engine *g);

// --- States (flow.c)
Evaluation evaluation_of(Thread *t, const Json *input);
void enter_state(Engine *g, Thread *t);
// Does what the state does: first, and on every retry.
void attempt_state(Engine *g, Thread *t);
// The state's input as its query language has it. NULL: failed (and handled).
const Json *effective_input(Engine *g, Thread *t);
// What becomes of a state's result: selector, assignments, paths, output; then leaves the state.
void complete(Engine *g, Thread *t, const Json *result);
// Leaves the state with `output` and `assigned`.
void leave(Engine *g, Thread *t, const Json *output, const Json *assigned, const State *next);
// A field's value; NULL: none given (no failure) or failed.
const Json *field_get(Evaluation *e, const Field *field);
const Json *context_make(Evaluation *e);

// --- Failures (failure.c)
// The state failed: retry, catch, or fail what it is part of.
void fail(Engine *g, Thread *t, Failure failure);
Failure failure_of(Arena *arena, Str error, const char *format, ...) __attribute__((format(printf, 3, 4)));

// --- Tasks (task.c)
void task_attempt(Engine *g, Thread *t);
void task_started(Engine *g, Thread *t);
void task_answered(Engine *g, Thread *t);
void task_timed_out(Engine *g, Thread *t);

// --- Wait (wait.c)
void wait_attempt(Engine *g, Thread *t);

// --- Parallel and Map (fork.c, map.c, map_items.c)
void parallel_attempt(Engine *g, Thread *t);
void map_attempt(Engine *g, Thread *t);
void fork_iterate(Engine *g, Thread *t);
void fork_child_done(Engine *g, Thread *child, const Json *output);
void fork_child_failed(Engine *g, Thread *child, const Failure *failure);
// Takes a fork and its children out of the run; tells of what was aborted unless `failing` is NULL.
void fork_end(Engine *g, Fork *fork, const Thread *failing);
// Starts the children that may run now; their first events follow `previous`.
void map_start_children(Engine *g, Fork *fork, uint64_t previous);
void map_finish(Engine *g, Fork *fork);
// Whether more failures than tolerated happened.
bool map_over_tolerance(const Fork *fork);
// The items that the reader of a fork reads, or NULL with a failure in *failure (or the run refused).
const Json *map_read_items(Engine *g, Thread *t, const Fork *fork, Failure *failure);
// A number that a field of a Map holds, as a number or (JSONPath) as a text; unchanged where there is no field. `what`
// is "integer" or "float". False: `e` says why not.
bool map_number(Evaluation *e, const State *s, const Field *field, const char *what, double *number);
// What became of a child execution of a distributed map: its output, or why it failed.
const Json *map_record(Engine *g, const Thread *child, const Json *output, const Failure *failure);
// The result of a distributed map whose children are over: their results, transformed, or where they were written.
// NULL: *failure says why they cannot be written.
const Json *map_results(Engine *g, Fork *fork, Failure *failure);
// What the ItemBatcher of a state says. False: `e` says why it cannot be told.
bool map_batch_limits(Evaluation *e, const State *s, Fork *fork);
// The items in batches, or NULL with a failure in *failure.
const Json *map_batch_items(Engine *g, Thread *t, Evaluation *e, const Fork *fork, const Json *items, Failure *failure);
