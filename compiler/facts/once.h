// Arguments that a service takes once (once.tsv): names of jobs, tokens of requests. A retry, or another round of a
// loop, that calls with the same value is refused or answered as the first call was.
#pragma once
#include "facts/integration.h"

typedef enum {
  FACTS_ONCE_JOB,   // the name is never free again
  FACTS_ONCE_THING, // the name is free again once the thing is deleted
  FACTS_ONCE_TOKEN, // the second call does nothing
} FactsOnceKind;

typedef struct FactsOnce {
  FactsOnceKind kind;
  Str argument; // "TrainingJobName"
  Str error;    // of the second call, as the task reports it: "SageMaker.ResourceInUseException"; empty for tokens
  Str words;    // of the service, "{}" for the value
} FactsOnce;

// The argument that the call of a task may not repeat; `error` lives in the arena. False: it has none.
bool facts_once(Arena *arena, const FactsTask *task, FactsOnce *once);

// Whether a call that ended with an error of this name may have used its value up: the error is of what was begun, not
// of beginning it. An answer is awaited where the pattern says so; a call without one has begun nothing when it fails.
bool facts_once_used_up(const FactsTask *task, Str error);

// What an expression in the text of a state (a path, an intrinsic, "{% … %}" or constant text) gives when it is
// evaluated again.
typedef enum {
  FACTS_AGAIN_FRESH,   // another value each time
  FACTS_AGAIN_UNKNOWN, // the same for a retry of the state, maybe another one when the state is entered again
  FACTS_AGAIN_ENTRY,   // the same for a retry of the state, another one when the state is entered again
  FACTS_AGAIN_SAME,    // the same throughout the execution
} FactsAgain;
FactsAgain facts_again(Str text);
