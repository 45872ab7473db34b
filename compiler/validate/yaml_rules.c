#include "validate/yaml_rules.h"
#include "base/map.h"

static void check_pairs(Diags *diags, const Yaml *node, const DuplicateRule *rule) {
  Map seen = {.arena = diags->arena};
  for (size_t i = 0; i < node->pairs.len; i++) {
    const YamlPair *pair = &node->pairs.at[i];
    if (pair->merged) continue;
    if (yaml_is_scalar(pair->key)) {
      Str name = rule->fold_case ? str_lower(diags->arena, pair->key->text) : pair->key->text;
      const Yaml *before = map_set(&seen, name, (void *)(uintptr_t)pair->key);
      if (before) {
        Diag *d = diag(diags, rule->level, rule->code, pair->key->span, "`%.*s` stands twice in this map: %s",
                       STR_ARG(pair->key->text), rule->consequence);
        diag_note(diags, d, before->span, "the first");
      }
    }
    yaml_check_duplicates(diags, pair->value, rule);
  }
}

void yaml_check_duplicates(Diags *diags, const Yaml *node, const DuplicateRule *rule) {
  if (yaml_is(node, YAML_MAPPING)) check_pairs(diags, node, rule);
  for (size_t i = 0; yaml_is(node, YAML_SEQUENCE) && i < node->items.len; i++)
    yaml_check_duplicates(diags, node->items.at[i], rule);
}
