// Whether a mocked result has the shape of what the task's API answers.
#pragma once
#include "run/run.h"

// `mode` is STRICT (or empty), PRESENT (what is there must fit, what is missing may be missing) or NONE. False:
// *fault is the API's sentence. Results of tasks without a known shape are good.
bool mock_shape_fits(Arena *arena, const TaskResource *resource, const Json *result, Str mode, Str *fault);
