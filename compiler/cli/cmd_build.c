// mlopsc build: compiles, emits, validates; only then files are replaced, all of them or none.
#include "base/sys.h"
#include "check/check.h"
#include "cli/line_diff.h"
#include "cli/specs.h"
#include "emit/write.h"
#include "validate/validate.h"
#include <string.h>

typedef struct Build {
  const Args *args;
  Arena *arena;
  Sources sources;
  Diags diags;
  bool check, diff, force;
} Build;

// ---------------------------------------------------------------- one spec

static bool was_told(const Diags *diags, const char *code) {
  for (size_t i = 0; i < diags->list.len; i++)
    if (strcmp(diags->list.at[i]->code, code) == 0) return true;
  return false;
}

static void validate_emission(Build *b, const Emission *emission, Str folder) {
  FileSet set = {.arena = b->arena, .sources = &b->sources};
  Diags found = {.arena = b->arena};
  for (size_t i = 0; i < emission->files.len; i++) {
    const EmittedFile *file = &emission->files.at[i];
    Str path = str_eq(folder, S(".")) ? file->path : path_join(b->arena, folder, file->path);
    file_set_add(&set, path, file->text, NULL);
  }
  validate_set(&found, &set, &(ValidateOptions){0});
  for (size_t i = 0; i < found.list.len; i++) { // notes on what was generated are nothing for the user to act on
    Diag *one = found.list.at[i];
    if (one->level == DIAG_NOTE) continue;
    // Names that are used again were told where the spec says them; here only raw states may have more.
    if (strcmp(one->code, "V1094") == 0 && was_told(&b->diags, "E0326")) continue;
    VEC_PUSH(b->arena, &b->diags.list, one);
    b->diags.counts[one->level]++;
  }
}

static bool plan_spec(Build *b, const SpecPath *spec, Str folder, BuildPlan *plan) {
  uint32_t file = source_add(&b->sources, spec->path, read_or_exit(b->arena, spec->path));
  const Model *model = check_pipeline(b->arena, &b->sources, file, &b->diags);
  Emission emission;
  Manifest old;
  MovedList moved = {0};
  if (!model || !emit_pipeline(b->arena, model, &b->diags, &emission)) return false;
  manifest_read(b->arena, folder, &old);
  manifest_renames(b->arena, &old, &emission, &b->diags, &moved);
  emit_renames(b->arena, model, &moved, &b->diags, &emission);
  validate_emission(b, &emission, folder);
  plan_build(b->arena, model, &emission, &old, &moved, spec->folder, folder, plan);
  return !diags_failed(&b->diags);
}

// Says which files a person changed; without --force nothing is written then.
static void report_conflicts(Build *b, const BuildPlan *plan) {
  for (size_t i = 0; i < plan->conflicts.len; i++) {
    const Conflict *conflict = &plan->conflicts.at[i];
    Str path = path_join(b->arena, plan->folder, conflict->path);
    Buf text = {.arena = b->arena};
    line_diff(&text, path, conflict->before, conflict->after);
    Diag *fault = diag(&b->diags, DIAG_ERROR, conflict->foreign ? "E0772" : "E0771", NO_SPAN,
                       conflict->foreign ? "%.*s stands where a generated file is to be, and no build made it"
                                         : "%.*s was changed by hand since it was generated",
                       STR_ARG(path));
    diag_help(&b->diags, fault,
              "take the change over into the spec, or move the file away; --force replaces it. The build would do "
              "this:\n%.*s",
              STR_ARG(buf_text(&text)));
  }
}

static void report_kept(Build *b, const BuildPlan *plan) {
  for (size_t i = 0; i < plan->kept.len; i++) {
    Diag *fault =
        diag(&b->diags, DIAG_WARNING, "E0773", NO_SPAN, "%.*s is generated no longer, but was changed by hand",
             STR_ARG(path_join(b->arena, plan->folder, plan->kept.at[i])));
    diag_help(&b->diags, fault, "it stays where it is; remove it if nothing needs it");
  }
}

// ---------------------------------------------------------------- saying what happens

static bool is_shown(const Change *change) {
  return !str_eq(change->path, S(".mlopsc.json"));
}

static void show_changes(const Build *b, const BuildPlan *plan) {
  static const char *const verbs[] = {"create", "update", "remove"};
  Buf out = {.arena = b->arena};
  for (size_t i = 0; i < plan->changes.len; i++) {
    const Change *change = &plan->changes.at[i];
    Str path = path_clean(b->arena, path_join(b->arena, change->folder, change->path));
    if (b->diff && is_shown(change))
      line_diff(&out, path, change->before, change->after);
    else if (!b->diff)
      buf_fmt(&out, "would %s %.*s\n", verbs[change->kind], STR_ARG(path));
  }
  sys_out(1, buf_text(&out));
}

// Of a file that is written once beside the spec, and kept in no record.
static bool is_begun(const BuildPlan *plan, const Change *change) {
  bool recorded = change->kind != CHANGE_CREATE;
  for (size_t i = 0; i < plan->manifest.files.len && !recorded; i++)
    recorded = str_eq(plan->manifest.files.at[i].path, change->path);
  return !recorded;
}

static void show_summary(const Build *b, const SpecPath *spec, const BuildPlan *plan) {
  size_t counts[3] = {0}, begun = 0;
  for (size_t i = 0; i < plan->changes.len; i++) {
    const Change *change = &plan->changes.at[i];
    if (!is_shown(change)) continue;
    if (is_begun(plan, change))
      begun++;
    else
      counts[change->kind]++;
  }
  Buf out = {.arena = b->arena};
  buf_fmt(&out, "%.*s: %zu files in %.*s", STR_ARG(spec->path), plan->manifest.files.len, STR_ARG(plan->folder));
  if (counts[0] + counts[1] + counts[2] + begun == 0) buf_str(&out, S(", nothing to change"));
  if (counts[CHANGE_CREATE]) buf_fmt(&out, ", %zu created", counts[CHANGE_CREATE]);
  if (counts[CHANGE_UPDATE]) buf_fmt(&out, ", %zu updated", counts[CHANGE_UPDATE]);
  if (counts[CHANGE_REMOVE]) buf_fmt(&out, ", %zu removed", counts[CHANGE_REMOVE]);
  if (begun) buf_fmt(&out, "; %zu begun beside the spec, yours from now on", begun);
  buf_char(&out, '\n');
  sys_out(1, buf_text(&out));
}

// ---------------------------------------------------------------- the command

// The folder that a spec builds into: beside it, or -o; of several specs each gets one of its own there.
static Str output_folder(const Args *args, const SpecList *specs, size_t i) {
  Str folder;
  if (!args_value(args, "-o", &folder)) return specs->list.at[i].folder;
  folder = path_clean(args->arena, folder);
  return specs->list.len == 1 ? folder : path_join(args->arena, folder, specs->list.at[i].name);
}

static bool are_distinct(const Args *args, const SpecList *specs, Str *both) {
  for (size_t i = 0; i < specs->list.len; i++) {
    for (size_t k = 0; k < i; k++) {
      *both = output_folder(args, specs, i);
      if (str_eq(*both, output_folder(args, specs, k))) return false;
    }
  }
  return true;
}

static int finish(Build *b, const SpecList *specs, const BuildPlan *plans) {
  int status = report_findings(b->args, &b->diags, &b->sources);
  bool differs = false;
  Str why;
  for (size_t i = 0; i < specs->list.len; i++) differs |= plans[i].changes.len > 0;
  if (b->check || b->diff) {
    for (size_t i = 0; i < specs->list.len; i++) show_changes(b, &plans[i]);
    return differs ? EXIT_FINDINGS : status;
  }
  if (status != EXIT_GOOD) return status;
  if (!carry_out(b->arena, plans, specs->list.len, &why)) fatal("cannot write %.*s", STR_ARG(why));
  for (size_t i = 0; i < specs->list.len; i++) show_summary(b, &specs->list.at[i], &plans[i]);
  return EXIT_GOOD;
}

static int run(Args *args) {
  Build b = {.args = args, .arena = args->arena, .sources = {.arena = args->arena}, .diags = {.arena = args->arena}};
  b.check = args_flag(args, "--check");
  b.diff = args_flag(args, "--diff");
  b.force = args_flag(args, "--force");
  SpecList specs = {0};
  Str folder;
  int status = find_specs(args, &specs);
  if (status != EXIT_GOOD) return status;
  if (!are_distinct(args, &specs, &folder)) {
    return usage_error(args, "two pipelines would be written to %.*s: give them folders with -o", STR_ARG(folder));
  }
  BuildPlan *plans = NEW_N(args->arena, BuildPlan, specs.list.len);
  bool good = true;
  for (size_t i = 0; i < specs.list.len; i++) {
    good = plan_spec(&b, &specs.list.at[i], output_folder(args, &specs, i), &plans[i]) && good;
  }
  if (!good) return report_findings(args, &b.diags, &b.sources);
  for (size_t i = 0; i < specs.list.len; i++) {
    if (!b.force && !b.check && !b.diff) report_conflicts(&b, &plans[i]);
    report_kept(&b, &plans[i]);
  }
  return finish(&b, &specs, plans);
}

static const Option options[] = {
    {"-o", "DIR", "where the files go (default: beside the spec); of several specs each gets a folder there"},
    {"--check", NULL, "change nothing; exit 1 if the files differ from what would be written"},
    {"--diff", NULL, "change nothing; show what would change"},
    {"--force", NULL, "replace files that were changed by hand"},
    {"--format", "FORMAT", "of findings: text, json, sarif, gitlab, github or junit"},
    {0},
};
const Command command_build = {
    "build", "turn pipeline specs into deployable repositories", "[SPEC…] [-o DIR] [--check] [--diff] [--force]",
    options, "mlopsc build train.mlops -o generated/train",      run,
};
