// The flows of a spec as machines that other ones start: a call that starts one runs it.
#pragma once
#include "base/map.h"
#include "dry/refuse.h"
#include "dry/trace.h"
#include "source/source.h"

typedef struct DryFlow {
  const struct Flow *of;
  Str machine;    // its name as a state machine
  Str definition; // empty before it is first started
  const TraceDefault *defaults;
  size_t default_count;
} DryFlow;

typedef struct DryFlows {
  DryFlow *at;
  size_t len;
  Arena *arena; // of definitions
  const struct Model *model;
  Map *definitions;       // flow name -> Str, those emitted so far
  Diags *diags;           // what emitting them says
  const DryFlow *running; // that another one started; NULL: the one that was asked for runs
  unsigned depth;         // executions that started each other
  Guesses guesses;        // in the definitions of those that run
  uint64_t random;        // of the executions' names
} DryFlows;

// The flows of a model.
DryFlows dry_flows(Arena *arena, const struct Model *model, Map *definitions, Diags *diags);
// Emits what running a flow needs.
void dry_flow_prepare(DryFlows *flows, DryFlow *flow);

struct RunCall;
struct RunAnswer;
struct RunOptions;
// The flow that a call starts and that is to be run, or NULL.
DryFlow *dry_flow_started(const DryFlows *flows, const struct RunCall *call);
// Answers such a call by running the flow's definition in the world of `options`. False: *why says why it cannot be
// run.
bool dry_flow_answer(DryFlows *flows, DryFlow *flow, const struct RunOptions *options, Arena *arena,
                     const struct RunCall *call, struct RunAnswer *answer, Str *why);
