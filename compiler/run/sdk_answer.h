// What the optimized integrations add to an API's answer: SdkHttpMetadata and its kin, as the service shows them.
#pragma once
#include "run/run.h"

// The answer of a call as a state sees it, made of what the API itself answered: Lambda's payload for a function's ARN,
// the answer with its HTTP metadata for those integrations that show them. `random` makes ids.
const Json *sdk_answer(Arena *arena, const RunCall *call, const Json *api_answer, uint64_t *random);
// The answer with which a .sync or .waitForTaskToken call is submitted, where nobody gives one.
const Json *sdk_submitted(Arena *arena, const RunCall *call, uint64_t *random);
// lambda:invoke's answer around a payload, whose JSON text was `length` bytes long.
const Json *sdk_lambda_answer(Arena *arena, const Json *payload, size_t length, double now, uint64_t *random);
