// What a provider says of values and of arguments that need or exclude each other, beyond its schema.
#pragma once
#include "base/str.h"

typedef struct FactsTfRule {
  Str type;  // "aws_lambda_function", "data.aws_iam_policy_document"
  Str path;  // "tracing_config.mode"; empty for rules about several arguments
  Str rule;  // a word of terraform-values.tsv
  Str value; // what the rule takes
  Str when;  // "ARGUMENT=TEXT", "ARGUMENT!=TEXT": the rule holds only then; empty: always
} FactsTfRule;

// The next rule of a type; `rest` is zeroed before the first. False: there is none. Nothing allocates.
bool facts_tf_rule(Str type, Str *rest, FactsTfRule *rule);
