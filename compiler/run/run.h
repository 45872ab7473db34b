// The dry run: executes a state machine in virtual time, as the service would.
//
//   LoadFault fault;
//   const Machine *machine = machine_load(&arena, definition, &fault);
//   run_machine(machine, input, &options, &arena, &result);
//
// The outside world (answers of tasks, S3, who listens to the history) is behind RunWorld. Memory stays flat however
// long a run is: events stream out, values that nothing holds any more are dropped.
#pragma once
#include "run/machine.h"

// --- The history

typedef enum {
  EVENT_EXECUTION_STARTED,
  EVENT_EXECUTION_SUCCEEDED,
  EVENT_EXECUTION_FAILED,
  EVENT_EXECUTION_TIMED_OUT,
  EVENT_STATE_ENTERED, // of any kind but those that need no entering
  EVENT_STATE_EXITED,
  EVENT_STATE_ABORTED,
  EVENT_EVALUATION_FAILED,
  EVENT_TASK_SCHEDULED,
  EVENT_TASK_STARTED,
  EVENT_TASK_SUBMITTED,
  EVENT_TASK_SUCCEEDED,
  EVENT_TASK_FAILED,
  EVENT_TASK_TIMED_OUT,
  EVENT_LAMBDA_SCHEDULED,
  EVENT_LAMBDA_STARTED,
  EVENT_LAMBDA_SUCCEEDED,
  EVENT_LAMBDA_FAILED,
  EVENT_LAMBDA_TIMED_OUT,
  EVENT_ACTIVITY_SCHEDULED,
  EVENT_ACTIVITY_STARTED,
  EVENT_ACTIVITY_SUCCEEDED,
  EVENT_ACTIVITY_FAILED,
  EVENT_ACTIVITY_TIMED_OUT,
  EVENT_PARALLEL_STARTED,
  EVENT_PARALLEL_SUCCEEDED,
  EVENT_PARALLEL_FAILED,
  EVENT_MAP_STARTED,
  EVENT_MAP_SUCCEEDED,
  EVENT_MAP_FAILED,
  EVENT_ITERATION_STARTED,
  EVENT_ITERATION_SUCCEEDED,
  EVENT_ITERATION_FAILED,
  EVENT_ITERATION_ABORTED,
  EVENT_MAP_RUN_STARTED,
  EVENT_MAP_RUN_SUCCEEDED,
  EVENT_MAP_RUN_FAILED,
  EVENT_KINDS
} EventKind;

// An event as it happens. Everything is valid during the call only. Members that the kind has no use for are zero.
typedef struct RunEvent {
  EventKind kind;
  uint64_t id, previous;
  double time;
  const State *state; // whose event it is; NULL for the execution's own
  const Json *value;  // input or output
  Str text;           // its JSON text
  const Variable *assigned;
  uint32_t assigned_count;
  const Json *error, *cause; // strings, or NULL
  Str location;              // of EVENT_EVALUATION_FAILED
  const Json *parameters;    // of EVENT_TASK_SCHEDULED
  Str region, role, map_run;
  double timeout, heartbeat; // 0: none
  uint32_t index, length;
  unsigned depth; // how many Parallel and Map states it is inside of
} RunEvent;

// --- The outside world

// A task's call.
typedef struct RunCall {
  const State *state;
  const Json *arguments;
  uint32_t attempt;          // 1 for the first
  const uint32_t *iteration; // indexes of the enclosing Map iterations, outermost first
  uint32_t iteration_count;
  Str token; // of a call that waits for one
  Str role;  // Credentials, or empty
  double now;
} RunCall;

// The answer to it.
typedef struct RunAnswer {
  bool never;                // it never ends
  const Json *value;         // what it returned, or NULL:
  const Json *error, *cause; // it failed with these (strings or NULL)
  const Json *submitted;     // what TaskSubmitted tells (.sync and .waitForTaskToken)
  double delay;              // seconds until it ends
} RunAnswer;

typedef struct RunObject {
  Str key, etag;
  uint64_t size;
  double modified;
} RunObject;

// Who stands for the world. Any member may be NULL, which is "there is none".
typedef struct RunWorld {
  void *with;
  // Answers a call. False: nobody answers; *why may say more. The run then stops with R0201.
  bool (*answer)(void *with, Arena *arena, const RunCall *call, RunAnswer *answer, Str *why);
  // Whether the service itself refuses the arguments before it calls: the cause then, or an empty text. States.Runtime.
  Str (*check)(void *with, Arena *arena, const RunCall *call);
  // S3: an object's text; the objects of a bucket under a prefix, sorted by key; writing an object.
  bool (*read)(void *with, Arena *arena, Str bucket, Str key, Str *body);
  bool (*list)(void *with, Arena *arena, Str bucket, Str prefix, const RunObject **objects, size_t *count);
  bool (*write)(void *with, Arena *arena, Str bucket, Str key, Str body);
  // The items (an array) that a distributed Map's reader is to give, where somebody says them; NULL: S3 is read.
  const Json *(*items)(void *with, Arena *arena, const State *map);
  // Told of every event of the execution, in order.
  void (*event)(void *with, const RunEvent *event);
} RunWorld;

// --- Running

typedef struct RunOptions {
  RunWorld world;
  Str machine_name, machine_arn, execution_name, execution_arn, role_arn; // empty: made up
  bool express;
  bool no_limits; // lifts what the service limits: 25,000 events, 256 KiB, a year
  double now;     // when it starts: seconds since 1970
  uint64_t seed;  // of everything random
} RunOptions;

typedef enum { RUN_SUCCEEDED, RUN_FAILED, RUN_TIMED_OUT, RUN_ABORTED, RUN_REFUSED } RunStatus;
// "SUCCEEDED", …
extern const char *const run_status_names[];

typedef struct RunResult {
  RunStatus status;
  const Json *output;        // of RUN_SUCCEEDED
  const Json *error, *cause; // strings, or NULL
  const char *refused;       // the code, of RUN_REFUSED: something is not simulated or not given
  Str refusal;
  const State *state;       // where it failed or was refused, or NULL
  double elapsed;           // virtual seconds
  uint64_t events, entered; // events in the history; states entered, children of distributed maps included
} RunResult;

// Runs a machine. The result lives in `arena`; `input` must outlive the run. `options` may hold empty names: they are
// filled in.
void run_machine(const Machine *machine, const Json *input, const RunOptions *options, Arena *arena, RunResult *result);
