// The TestState API: what one state makes of an input, with what can be seen on the way.
#pragma once
#include "run/run.h"

// Answers a request (the members of the API's: definition, stateName, input, context, variables, mock,
// stateConfiguration, inspectionLevel, …). `options` gives the world and the clock. *good is false for an answer
// {"exception": {"code", "message"}}: the API refuses the request.
const Json *test_state(Arena *arena, const Json *request, const RunOptions *options, bool *good);
