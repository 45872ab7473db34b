// The whole of a validation: each file alone, each kind together, all against each other.
#include "validate/validate.h"
#include "validate/allow.h"
#include "validate/cross.h"
#include "validate/learnt.h"

static void check_each(Diags *diags, const FileSet *set, const ValidateOptions *options) {
  for (size_t i = 0; i < set->files.len; i++) {
    const SetFile *file = &set->files.at[i];
    if (file->kind && file->kind->check) file->kind->check(diags, set->sources, file->file, options);
  }
}

static void check_together(Diags *diags, const FileSet *set, const ValidateOptions *options) {
  uint32_t *files = NEW_N(set->arena, uint32_t, set->files.len + 1);
  for (const FileKind *kind = file_kinds; kind->name; kind++) {
    size_t count = 0;
    for (size_t i = 0; kind->check_all && i < set->files.len; i++) {
      if (set->files.at[i].kind == kind) files[count++] = set->files.at[i].file;
    }
    if (count) kind->check_all(diags, set, files, count, options);
  }
}

void validate_set(Diags *diags, const FileSet *given, const ValidateOptions *options) {
  Learnt learnt = {.arena = given->arena, .trees = {.arena = given->arena}};
  FileSet with = *given, *set = &with;
  set->learnt = &learnt;
  check_each(diags, set, options);
  check_together(diags, set, options);
  cross_check(diags, set);
  allow_apply(diags, set->sources);
}
