// What is wrong with a request of TestState, apart from the state's own data.
#pragma once
#include "run/machine.h"

#define TEST_INVALID S("ValidationException")
#define TEST_INVALID_DEFINITION S("InvalidDefinition")

// Whether a state of this kind may be given a mock.
bool test_mockable(StateKind kind);
// What TestState answers to a request that it refuses: {"exception": {code, message}}.
const Json *test_exception(Arena *arena, Str code, Str message);
// What it answers to `request` for `state`, or NULL when nothing is wrong. The words are the service's.
const Json *test_request_fault(Arena *arena, const Json *request, const State *state);
