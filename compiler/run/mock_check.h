// The answers of a mocks file held against what the APIs behind the calls answer.
#pragma once
#include "run/mocks.h"

// Told of a value in an answer that the call of `state` never gives; `nearest`: what may have been meant, or empty.
typedef void MockFault(void *with, const State *state, const Json *at, Str message, Str nearest);

// Tells of every such value of the mocks of the machine's states: members that the API's answer does not have, values
// of another type or none of an enumeration's. What is missing may be missing.
void mocks_check(Arena *arena, const Mocks *mocks, const Machine *machine, MockFault *found, void *with);
