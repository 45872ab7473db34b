// Where jobs run, and what the steps ask of shells and of well-known actions.
#include "base/embed.h"
#include "validate/github.h"

// --- Labels of runners

// The runners that GitHub hosts, without a version: "GitHub-hosted runners reference". Larger ones end in -xlarge, …
typedef struct Hosted {
  Str system;
  const char *versions; // blank-separated; what has been there once counts too
} Hosted;

static const Hosted hosted[] = {
    {STR_INIT("ubuntu-"), "latest slim 26.04 24.04 22.04 20.04 18.04 16.04 26.04-arm 24.04-arm 22.04-arm"},
    {STR_INIT("windows-"), "latest 2025 2022 2019 2016 11-arm 2025-vs2026"},
    {STR_INIT("macos-"), "latest 26 15 14 13 12 11 11.0 10.15 26-intel 15-intel"},
};
enum { SYSTEMS = sizeof hosted / sizeof *hosted };

static bool is_computed(const Yaml *label) {
  return str_has(label->text, S("${{"));
}

static const Hosted *system_of(Str label) {
  for (size_t i = 0; i < SYSTEMS; i++) {
    if (str_starts(label, hosted[i].system)) return &hosted[i];
  }
  return NULL;
}

// A label that is nearly one of GitHub's own: a job with it waits for a runner that never comes.
static void check_label(Github *g, const Yaml *label) {
  if (!yaml_is_scalar(label) || is_computed(label)) return;
  Str text = str_lower(g->arena, label->text);
  Nearest near = nearest_to(text);
  for (size_t i = 0; i < SYSTEMS; i++) {
    for (Str rest = str_of(hosted[i].versions); rest.len;) {
      Str version = str_cut(rest, ' ', &rest);
      Str known = str_fmt(g->arena, "%.*s%.*s", STR_ARG(hosted[i].system), STR_ARG(version));
      if (str_eq(text, known)) return;
      nearest_offer(&near, known);
    }
  }
  // Versions come and go, and larger runners have names of one's own: only a misspelt word is one.
  Str best = nearest_best(&near);
  const Hosted *system = system_of(text);
  bool digits = false;
  for (size_t i = system ? system->system.len : 0; i < text.len; i++) digits |= ascii_is_digit(text.at[i]);
  if (!best.len || digits) return;
  Diag *d = diag(g->diags, DIAG_WARNING, "V4033", label->span, "no runner that GitHub hosts has the label `%.*s`",
                 STR_ARG(label->text));
  diag_help(g->diags, d, "did you mean `%.*s`?", STR_ARG(best));
}

// A runner has all the labels of the list: no runner is of two systems.
static void check_conflict(Github *g, const Yaml *labels) {
  const Yaml *first = NULL;
  for (size_t i = 0; i < labels->items.len; i++) {
    const Yaml *label = labels->items.at[i];
    if (!yaml_is_scalar(label) || is_computed(label) || !system_of(label->text)) continue;
    if (first && !str_eq(first->text, label->text)) {
      Diag *d = diag(g->diags, DIAG_WARNING, "V4033", label->span, "no runner is both `%.*s` and `%.*s`",
                     STR_ARG(first->text), STR_ARG(label->text));
      diag_help(g->diags, d, "a list names labels of one runner; for several runners use a matrix");
      return;
    }
    first = label;
  }
}

static void check_labels(Github *g, const Yaml *labels) {
  if (yaml_is(labels, YAML_SEQUENCE)) {
    for (size_t i = 0; i < labels->items.len; i++) check_label(g, labels->items.at[i]);
    check_conflict(g, labels);
  } else if (labels) {
    check_label(g, labels);
  }
}

// The rows of the matrix that runs-on: ${{ matrix.NAME }} takes its label from.
static void check_matrix_labels(Github *g, const GithubJob *job, const Yaml *runs_on) {
  Str text = str_trim(runs_on->text), rest;
  if (!str_starts(text, S("${{")) || !str_ends(text, S("}}"))) return;
  Str context = str_cut(str_trim(str_slice(text, 3, text.len - 2)), '.', &rest);
  if (!str_eq_ignoring_case(context, S("matrix"))) return;
  const Yaml *matrix = yaml_get(yaml_get(job->node, S("strategy")), S("matrix"));
  const Yaml *row = yaml_is(matrix, YAML_MAPPING) ? github_get(matrix, rest) : NULL;
  for (size_t i = 0; yaml_is(row, YAML_SEQUENCE) && i < row->items.len; i++) check_labels(g, row->items.at[i]);
}

// --- Shells

// cmd and powershell are programs of Windows.
static void check_shell(Github *g, const GithubJob *job, const Yaml *shell) {
  const Yaml *runs_on = yaml_get(job->node, S("runs-on"));
  if (!yaml_is_scalar(shell) || !yaml_is_scalar(runs_on) || yaml_get(job->node, S("container"))) return;
  bool windows = str_eq(shell->text, S("cmd")) || str_eq(shell->text, S("powershell"));
  const Hosted *system = system_of(runs_on->text);
  if (!windows || !system || str_eq(system->system, S("windows-"))) return;
  Diag *d = diag(g->diags, DIAG_ERROR, "V4014", shell->span, "`%.*s` is not there on `%.*s`: the step fails",
                 STR_ARG(shell->text), STR_ARG(runs_on->text));
  diag_help(g->diags, d, "use bash, or pwsh, which is there on every runner");
}

// --- Well-known actions

typedef struct Action {
  Str name, inputs, refused;
} Action;

static bool find_action(Str name, Action *action) {
  Str rest = {0};
  if (!embed_find(S("shapes/github-actions.tsv"), &rest)) return false;
  while (rest.len) {
    Str line = str_cut(rest, '\n', &rest);
    action->name = str_cut(line, '\t', &line);
    action->inputs = str_cut(line, '\t', &line);
    action->refused = line;
    if (str_eq(action->name, name)) return true;
  }
  return false;
}

static void check_given(Github *g, const Action *action, const Yaml *given) {
  for (size_t i = 0; yaml_is(given, YAML_MAPPING) && i < given->pairs.len; i++) {
    const Yaml *key = given->pairs.at[i].key;
    Nearest near = nearest_to(yaml_str(key));
    bool known = false;
    for (Str rest = action->inputs; rest.len && !known;) {
      Str input = str_cut(rest, ' ', &rest);
      if (str_ends(input, S("!"))) input.len--;
      known = str_eq_ignoring_case(input, yaml_str(key));
      nearest_offer(&near, input);
    }
    // An input that is like none may be newer than the table.
    if (known || !nearest_best(&near).len) continue;
    Diag *d = diag(g->diags, DIAG_WARNING, "V4034", key->span, "%.*s has no input `%.*s`", STR_ARG(action->name),
                   STR_ARG(yaml_str(key)));
    diag_help(g->diags, d, "did you mean `%.*s`?", STR_ARG(nearest_best(&near)));
  }
}

static void check_wanted(Github *g, const Action *action, const Yaml *uses, const Yaml *given) {
  for (Str rest = action->inputs; rest.len;) {
    Str input = str_cut(rest, ' ', &rest);
    if (!str_ends(input, S("!"))) continue;
    input.len--;
    if (given && (!yaml_is(given, YAML_MAPPING) || github_get(given, input))) continue;
    diag(g->diags, DIAG_WARNING, "V4034", uses->span, "%.*s wants the input `%.*s`", STR_ARG(action->name),
         STR_ARG(input));
  }
}

static void check_action(Github *g, const Yaml *step) {
  const Yaml *uses = github_get(step, S("uses")), *given = github_get(step, S("with"));
  Str version, name = str_cut(yaml_str(uses), '@', &version);
  Action action;
  if (!yaml_is_scalar(uses) || !find_action(name, &action)) return;
  check_given(g, &action, given);
  check_wanted(g, &action, uses, given);
  Str major = str_slice(version, 0, str_find(version, S("."), 0));
  for (Str rest = action.refused; rest.len;) {
    if (!str_eq(str_cut(rest, ' ', &rest), major)) continue;
    Diag *d = diag(g->diags, DIAG_WARNING, "V4035", uses->span, "GitHub no longer runs %.*s", STR_ARG(yaml_str(uses)));
    diag_help(g->diags, d, "the job fails at this step; use v4 or newer");
  }
}

void github_check_runners(Github *g) {
  for (size_t i = 0; i < g->jobs.len; i++) {
    const GithubJob *job = g->jobs.entries[i].value;
    const Yaml *runs_on = github_get(job->node, S("runs-on")), *steps = github_get(job->node, S("steps"));
    bool group = yaml_is(runs_on, YAML_MAPPING);
    check_labels(g, group ? github_get(runs_on, S("labels")) : runs_on);
    if (yaml_is_scalar(runs_on)) check_matrix_labels(g, job, runs_on);
    for (size_t k = 0; yaml_is(steps, YAML_SEQUENCE) && k < steps->items.len; k++) {
      const Yaml *step = steps->items.at[k];
      if (!yaml_is(step, YAML_MAPPING)) continue;
      check_shell(g, job, github_get(step, S("shell")));
      check_action(g, step);
    }
  }
}
