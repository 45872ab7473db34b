// Rules that all YAML families share.
#pragma once
#include "data/yaml.h"

typedef struct DuplicateRule {
  DiagLevel level;
  const char *code;
  bool fold_case;          // keys that differ in case alone are the same
  const char *consequence; // what the service makes of it
} DuplicateRule;

// Reports every key that stands twice in a map. Merged pairs don't count.
void yaml_check_duplicates(Diags *diags, const Yaml *node, const DuplicateRule *rule);
