// A plausible answer to a call that nobody mocked: deterministic, in range, and consistent with its arguments.
#pragma once
#include "data/json.h"
#include "facts/integration.h"

// Where and when the execution runs; empty members take the defaults of a test account at the start of 2026.
typedef struct FactsPlace {
  Str partition, region, account; // "aws", "us-east-1", "123456789012"
  double now;                     // seconds since 1970, for timestamps
  uint64_t seed;                  // of ids; the same seed gives the same answer
} FactsPlace;

// The answer of `task` to `arguments` (may be NULL), in the arena. Members that the arguments have too are echoed, ARNs
// name what was asked for, artifacts lie under the output path that was given, a finished job's status says so.
const Json *facts_default_answer(Arena *arena, const FactsTask *task, const Json *arguments, const FactsPlace *place);
