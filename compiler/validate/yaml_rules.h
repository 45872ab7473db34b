// Rules that all YAML families share.
#pragma once
#include "data/yaml.h"

typedef struct DuplicateRule {
  DiagLevel level;
  const char *code;
  bool fold_case;          // keys that differ in case alone are the same
  const char *consequence; // what the service makes of it
} DuplicateRule;

// Whether one more finding would still be shown. Guessing what was meant compares with every name there is: that is not
// worth it for a finding that nobody sees, and would make large broken files quadratic.
static inline bool worth_a_guess(const Diags *diags) {
  return diags->list.len < 200;
}

// Reports every key that stands twice in a map. Merged pairs don't count.
void yaml_check_duplicates(Diags *diags, const Yaml *node, const DuplicateRule *rule);
