// What a provider says of values and of arguments that need or exclude each other, beyond its schema.
#pragma once
#include "base/buf.h"

typedef struct FactsTfRule {
  Str type;  // "aws_lambda_function", "data.aws_iam_policy_document"
  Str path;  // "tracing_config.mode"; empty for rules about several arguments
  Str rule;  // a word of terraform-values.tsv
  Str value; // what the rule takes
  Str when;  // "ARGUMENT=TEXT", "ARGUMENT!=TEXT": the rule holds only then; empty: always
} FactsTfRule;

// The next rule of a type; `rest` is zeroed before the first. False: there is none. Nothing allocates.
bool facts_tf_rule(Str type, Str *rest, FactsTfRule *rule);

// Why a value is refused.
typedef struct FactsTfMisfit {
  Str wants;   // "is one of Zip, Image", "is a number of 1 to 900": what the argument is
  Str nearest; // what may be meant, or empty
  bool sure;   // else the list is one that grows, and the value may be newer
} FactsTfMisfit;

// Whether a constant (a string's or a number's text) is what a rule about one value takes; rules about several
// arguments and `json` take anything here.
bool facts_tf_fits(Arena *arena, const FactsTfRule *rule, Str text, FactsTfMisfit *why);
// Whether AWS has the region, as far as the table knows.
bool facts_region_fits(Arena *arena, Str region, FactsTfMisfit *why);
