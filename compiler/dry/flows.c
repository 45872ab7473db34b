#include "dry/flows.h"
#include "run/nested.h"

enum { DEEPEST = 20 };

DryFlow *dry_flow_started(const DryFlows *flows, const RunCall *call) {
  Str arn;
  const Json *input;
  if (!flows->len || !nested_wanted(call, &arn, &input)) return NULL;
  bool waits = call->state->resource.pattern != PATTERN_REQUEST;
  if (flows->depth && !waits) return NULL; // started by what was started: nothing here depends on it
  for (size_t i = 0; i < flows->len; i++) {
    Str machine = flows->at[i].machine;
    if (str_ends(arn, machine) && str_ends(str_slice(arn, 0, arn.len - machine.len), S(":stateMachine:"))) {
      return &flows->at[i];
    }
  }
  return NULL;
}

bool dry_flow_answer(DryFlows *flows, DryFlow *flow, const RunOptions *options, Arena *arena, const RunCall *call,
                     RunAnswer *answer, Str *why) {
  JsonError error;
  LoadFault fault = {0};
  if (flows->depth >= DEEPEST) {
    *why = str_fmt(arena, "executions start each other more than %d deep", DEEPEST);
    return false;
  }
  if (!flow->definition.len) dry_flow_prepare(flows, flow);
  const Json *definition = json_read(arena, flow->definition, 0, &error);
  const Machine *machine = definition ? machine_load(arena, definition, &fault) : NULL;
  if (!machine) {
    *why = str_fmt(arena, "the flow %.*s that '%.*s' starts cannot be run: %.*s", STR_ARG(flow->machine),
                   STR_ARG(call->state->name), STR_ARG(fault.message));
    return false;
  }
  const DryFlow *outer = flows->running;
  flows->running = flow;
  flows->depth++;
  bool good = nested_answer(machine, call, options, &flows->random, arena, answer, why);
  flows->running = outer;
  flows->depth--;
  return good;
}
