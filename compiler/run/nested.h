// Nested executions: a machine that another one's task starts (states:startExecution, .sync, .sync:2).
#pragma once
#include "run/run.h"

// Whether the call starts an execution; *machine_arn is of what, *input what it is given (NULL: nothing).
bool nested_wanted(const RunCall *call, Str *machine_arn, const Json **input);
// Answers such a call by running `machine` from the call's time on, in the same world (whose events it does not tell)
// and under the same limits. A child that is refused refuses the parent: *why says so, and it returns false.
// `random` makes the execution's name.
bool nested_answer(const Machine *machine, const RunCall *call, const RunOptions *options, uint64_t *random,
                   Arena *arena, RunAnswer *answer, Str *why);
