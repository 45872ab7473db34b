// Answers of calls that nobody mocked, from the shape of what their API answers.
#pragma once
#include "run/run.h"

// Answers a call of an integration whose API the tables know, plausibly and always the same way. False: they do not
// know it, or somebody else decides (a function's payload, who sends a token back).
bool api_answer(Arena *arena, const RunCall *call, const RunOptions *options, RunAnswer *answer);
