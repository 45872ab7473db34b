// A run of a definition with what tests and people want to know of it: which states were entered, what was called with
// what, and what was made up because nobody answered.
#pragma once
#include "base/map.h"
#include "data/json.h"
#include "dry/refuse.h"

typedef struct TraceAnswer {
  const Json *value, *error, *cause; // a value, or a failure
  bool never;
  double delay;   // seconds
  uint32_t times; // 0: once, or for ever when it is the last
} TraceAnswer;

typedef struct TraceMock {
  Str state;
  TraceAnswer answer;
} TraceMock;

// What a state's call gives when nobody answers it, where more is known than the API's shape tells.
typedef struct TraceDefault {
  Str state, member; // the member of the answer: "Payload"
  const Json *value;
} TraceDefault;

// An item of a table that the spec declares, as DynamoDB types it.
typedef struct TraceItem {
  Str table;
  const Json *item;
} TraceItem;

typedef struct TraceSetup {
  const TraceMock *mocks; // in the order of the calls of each state
  size_t mock_count;
  const TraceDefault *defaults;
  size_t default_count;
  const TraceItem *items;
  size_t item_count;
  const Guesses *guesses; // NULL: there are none
  Str region, account, machine;
  double now;
  bool strict;            // calls that nobody answers stop the run
  struct DryFlows *flows; // that calls start, see dry/flows.h; NULL: none
} TraceSetup;

typedef struct TraceCall {
  Str state;
  const Json *arguments;
  bool made_up; // its answer is
} TraceCall;

typedef struct Trace {
  const char *refused; // a code, where the run could not go on; `refusal` says why
  Str refusal, state;  // state: where it failed or was refused
  Str status;          // "SUCCEEDED", …
  const Json *output, *error, *cause;
  double elapsed;
  VEC(Str) entered;
  VEC(TraceCall) calls;
  size_t made_up;
} Trace;

// Runs a definition (plain ASL). Everything in *trace lives in `arena`.
void trace_run(Arena *arena, Str definition, const Json *input, const TraceSetup *setup, Trace *trace);

// Makes up the answer to a call of a run (a RunCall and its RunAnswer, see run/run.h) that the service takes
// (refuse.h). Returns whether it is made up, and not what the spec itself says.
struct RunCall;
struct RunAnswer;
bool trace_made_up(const TraceSetup *setup, Arena *arena, const struct RunCall *call, struct RunAnswer *result);

// The items that the reader of a distributed Map (a State of run/machine.h) gives where nobody says them, like those
// that its body reads; NULL: objects are listed.
struct State;
const Json *trace_items(const TraceSetup *setup, Arena *arena, const struct State *map);

// S3 where no folder stands for it: two objects below any prefix, two records in any object.
struct RunObject;
void trace_objects(Arena *arena, Str prefix, double now, struct RunObject const **objects, size_t *count);
Str trace_object_body(Str key);

// The ARN that a machine has where the spec is deployed.
Str trace_machine_arn(Arena *arena, Str region, Str account, Str name);
