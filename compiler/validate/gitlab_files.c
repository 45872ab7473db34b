// The local files that a pipeline includes.
#include "base/sys.h"
#include "validate/local_files.h"

static void check_include(Diags *diags, const FileSet *set, Str beside, const Yaml *node, bool conditional) {
  if (!yaml_is(node, YAML_STRING) || str_has(node->text, S("$")) || str_has(node->text, S("*")) ||
      str_has(node->text, S("://")) || local_file_is_there(set, beside, node->text))
    return;
  diag(diags, conditional ? DIAG_WARNING : DIAG_ERROR, "V3034", node->span, "there is no file `%.*s` to include",
       STR_ARG(node->text));
}

static void check_includes(Diags *diags, const FileSet *set, Str beside, const Yaml *include) {
  for (size_t i = 0; yaml_is(include, YAML_SEQUENCE) && i < include->items.len; i++)
    check_includes(diags, set, beside, include->items.at[i]);
  check_include(diags, set, beside, include, false);
  check_include(diags, set, beside, yaml_get(include, S("local")), yaml_get(include, S("rules")) != NULL);
}

void validate_gitlab_files(Diags *diags, const FileSet *set, const uint32_t *files, size_t count,
                           const ValidateOptions *options) {
  (void)options;
  YamlOptions how = {.version = YAML_1_1, .merge = true, .syntax_code = "V3001"};
  for (size_t i = 0; i < count; i++) {
    Str path = source_file(set->sources, files[i])->path;
    if (!str_eq(path_name(path), S(".gitlab-ci.yml"))) continue; // else the repository is not here
    check_includes(diags, set, path, yaml_get(read_again(set, files[i], &how), S("include")));
  }
}
