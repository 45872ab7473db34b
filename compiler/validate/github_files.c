// The local reusable workflows that jobs call.
#include "validate/local_files.h"

static void check_call(Diags *diags, const FileSet *set, Str beside, const Yaml *uses) {
  if (!yaml_is(uses, YAML_STRING) || !str_starts(uses->text, S("./.github/workflows/")) ||
      str_has(uses->text, S("${{")) || local_file_is_there(set, beside, uses->text))
    return;
  diag(diags, set->alone ? DIAG_WARNING : DIAG_ERROR, "V4032", uses->span, "there is no workflow `%.*s`",
       STR_ARG(uses->text));
}

void validate_github_files(Diags *diags, const FileSet *set, const uint32_t *files, size_t count,
                           const ValidateOptions *options) {
  (void)options;
  YamlOptions how = {.version = YAML_1_2, .syntax_code = "V4001"};
  for (size_t i = 0; i < count; i++) {
    Str path = source_file(set->sources, files[i])->path;
    if (!str_has(path, S(".github/workflows/"))) continue; // else the repository is not here
    const Yaml *jobs = yaml_get(read_again(set, files[i], &how), S("jobs"));
    for (size_t k = 0; yaml_is(jobs, YAML_MAPPING) && k < jobs->pairs.len; k++)
      check_call(diags, set, path, yaml_get(jobs->pairs.at[k].value, S("uses")));
  }
}
