// What a matrix excludes must be in it.
#include "validate/github.h"

static bool is_computed(const Yaml *node) {
  return node->kind == YAML_STRING && str_has(node->text, S("${{"));
}

// Whether a value of the matrix is what `wanted` (a value of exclude) means: maps need only agree in the members
// wanted.
static bool matches(const Yaml *value, const Yaml *wanted) {
  if (is_computed(value) || is_computed(wanted)) return true;
  if (yaml_is_scalar(value) && yaml_is_scalar(wanted)) return str_eq_ignoring_case(value->text, wanted->text);
  if (value->kind != wanted->kind) return false;
  if (value->kind == YAML_SEQUENCE) {
    if (value->items.len != wanted->items.len) return false;
    for (size_t i = 0; i < value->items.len; i++) {
      if (!matches(value->items.at[i], wanted->items.at[i])) return false;
    }
    return true;
  }
  for (size_t i = 0; i < wanted->pairs.len; i++) {
    const Yaml *member = github_get(value, yaml_str(wanted->pairs.at[i].key));
    if (!member || !matches(member, wanted->pairs.at[i].value)) return false;
  }
  return true;
}

typedef struct Values {
  bool known; // the matrix has the key
  bool any;   // what it holds is computed
  bool found; // a value matches
} Values;

static Values look_up(const Yaml *matrix, const Yaml *include, Str key, const Yaml *wanted) {
  Values values = {0};
  const Yaml *row = github_get(matrix, key);
  if (row) values.known = true;
  if (row && yaml_is_scalar(row)) values.any = true;
  for (size_t i = 0; yaml_is(row, YAML_SEQUENCE) && i < row->items.len; i++)
    values.found = values.found || matches(row->items.at[i], wanted);
  for (size_t i = 0; yaml_is(include, YAML_SEQUENCE) && i < include->items.len; i++) {
    const Yaml *value = github_get(include->items.at[i], key);
    if (is_computed(include->items.at[i])) values.known = values.any = true;
    if (value) values.known = true;
    if (value) values.found = values.found || matches(value, wanted);
  }
  return values;
}

void github_check_matrix(Github *g, const Yaml *matrix) {
  const Yaml *exclude = yaml_get(matrix, S("exclude")), *include = yaml_get(matrix, S("include"));
  if (include && is_computed(include)) return;
  for (size_t i = 0; yaml_is(exclude, YAML_SEQUENCE) && i < exclude->items.len; i++) {
    const Yaml *row = exclude->items.at[i];
    for (size_t k = 0; yaml_is(row, YAML_MAPPING) && k < row->pairs.len; k++) {
      const YamlPair *pair = &row->pairs.at[k];
      Str key = yaml_str(pair->key);
      Values values = look_up(matrix, include, key, pair->value);
      if (!values.known) {
        Nearest near = nearest_to(key);
        for (size_t j = 0; j < matrix->pairs.len; j++) nearest_offer(&near, yaml_str(matrix->pairs.at[j].key));
        Diag *d =
            diag(g->diags, DIAG_ERROR, "V4018", pair->key->span, "exclude: the matrix has no `%.*s`", STR_ARG(key));
        if (nearest_best(&near).len) diag_help(g->diags, d, "did you mean `%.*s`?", STR_ARG(nearest_best(&near)));
      } else if (!values.any && !values.found) {
        diag(g->diags, DIAG_ERROR, "V4018", pair->value->span, "exclude: `%.*s` never has this value", STR_ARG(key));
      }
    }
  }
}
