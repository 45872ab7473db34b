// Choice rules of JSONPath states: data tests and And, Or, Not over them.
#pragma once
#include "run/evaluate.h"

typedef struct Rule Rule;

// Compiles the condition of a rule (a member of Choices, or what stands within And, Or, Not). NULL: *why says why not.
const Rule *rule_compile(Arena *arena, const Json *rule, Str *why);

typedef enum { RULE_HOLDS, RULE_FAILS, RULE_FAULT } RuleResult;
// Tests it; RULE_FAULT: the evaluation has a failure.
RuleResult rule_test(Evaluation *e, const Rule *rule);
