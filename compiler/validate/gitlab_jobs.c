// What a schema cannot say about jobs: something to run, stages, needs, dependencies, rules.
#include "base/sys.h"
#include "validate/gitlab.h"
#include "validate/yaml_rules.h"

// A job that another one names.
typedef struct Need {
  const Yaml *name;
  const Yaml *matrix; // of parallel:matrix, or NULL
  bool optional;
} Need;

typedef struct Needs {
  VEC(Need) list;
} Needs;

static bool is_computed(Str text) {
  return str_has(text, S("$"));
}

static void collect_needs(Gitlab *g, Needs *needs, const Yaml *node) {
  if (yaml_is(node, YAML_STRING)) {
    VEC_PUSH(g->arena, &needs->list, (Need){.name = node});
  } else if (yaml_is(node, YAML_SEQUENCE) && !gitlab_is_reference(node)) {
    for (size_t i = 0; i < node->items.len; i++) collect_needs(g, needs, node->items.at[i]);
  } else if (yaml_is(node, YAML_MAPPING) && !yaml_get(node, S("project")) && !yaml_get(node, S("pipeline"))) {
    const Yaml *name = yaml_get(node, S("job")), *matrix = yaml_get(yaml_get(node, S("parallel")), S("matrix"));
    if (yaml_is(name, YAML_STRING))
      VEC_PUSH(g->arena, &needs->list, (Need){name, matrix, yaml_truth(yaml_get(node, S("optional")))});
  }
}

// All that a job needs, by itself or by a rule.
static Needs needs_of(Gitlab *g, const GitlabJob *job) {
  Needs needs = {0};
  const Yaml *given = yaml_get(job->full, S("needs")), *rules = yaml_get(job->full, S("rules"));
  if (yaml_is(given, YAML_SEQUENCE) || yaml_is(given, YAML_MAPPING)) collect_needs(g, &needs, given);
  for (size_t i = 0; yaml_is(rules, YAML_SEQUENCE) && i < rules->items.len; i++) {
    const Yaml *of_rule = yaml_get(rules->items.at[i], S("needs"));
    if (yaml_is(of_rule, YAML_SEQUENCE)) collect_needs(g, &needs, of_rule);
  }
  return needs;
}

static void did_you_mean_job(Gitlab *g, Diag *d, Str name) {
  Nearest near = nearest_to(name);
  for (size_t i = 0; worth_a_guess(g->diags) && i < g->jobs.len; i++) {
    if (!str_starts(g->jobs.entries[i].key, S("."))) nearest_offer(&near, g->jobs.entries[i].key);
  }
  if (nearest_best(&near).len) diag_help(g->diags, d, "did you mean `%.*s`?", STR_ARG(nearest_best(&near)));
}

// --- Something to run

static void check_has_work(Gitlab *g, const GitlabJob *job) {
  if (!job->whole || !yaml_is(job->full, YAML_MAPPING)) return;
  static const Str work[] = {STR_INIT("script"), STR_INIT("run"), STR_INIT("trigger")};
  for (size_t i = 0; i < 3; i++) {
    const Yaml *value = yaml_get(job->full, work[i]);
    if (value && value->kind != YAML_NULL) return;
  }
  if (g->open) return; // an included file may hold the rest of the job
  Diag *d = diag(g->diags, DIAG_ERROR, "V3009", job->at,
                 "job `%.*s` has nothing to run: it needs script, run or trigger", STR_ARG(job->name));
  Nearest near = nearest_to(job->name);
  static const Str keywords[] = {STR_INIT("stages"),  STR_INIT("include"),       STR_INIT("workflow"),
                                 STR_INIT("default"), STR_INIT("variables"),     STR_INIT("image"),
                                 STR_INIT("cache"),   STR_INIT("before_script"), STR_INIT("services")};
  for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) nearest_offer(&near, keywords[i]);
  if (nearest_best(&near).len)
    diag_help(g->diags, d, "if no job is meant: did you mean the keyword `%.*s`?", STR_ARG(nearest_best(&near)));
  else
    diag_help(g->diags, d, "a template that others extend has a name that begins with a dot");
}

// --- Stages

static void find_stage(Gitlab *g, GitlabJob *job) {
  const Yaml *given = yaml_get(job->full, S("stage"));
  if (given && given->kind == YAML_NULL) given = NULL;
  Str name = yaml_is(given, YAML_STRING) ? given->text : S("test");
  bool unknown = (given && !yaml_is(given, YAML_STRING)) || (!given && !job->whole) || is_computed(name);
  for (size_t i = 0; i < g->stages.len && !unknown; i++) {
    if (str_eq(g->stages.at[i], name)) job->stage = (int)i;
  }
  if (unknown || job->stage >= 0 || g->open || !yaml_is(job->full, YAML_MAPPING)) return;
  Nearest near = nearest_to(name);
  Buf names = {.arena = g->arena};
  for (size_t i = 0; worth_a_guess(g->diags) && i < g->stages.len; i++) {
    nearest_offer(&near, g->stages.at[i]);
    buf_fmt(&names, "%s%.*s", i ? ", " : "", STR_ARG(g->stages.at[i]));
  }
  Diag *d = diag(g->diags, DIAG_ERROR, "V3020", given ? given->span : job->at,
                 given ? "there is no stage `%.*s`" : "without a stage the job is in `%.*s`, which is not declared",
                 STR_ARG(name));
  if (nearest_best(&near).len)
    diag_help(g->diags, d, "did you mean `%.*s`?", STR_ARG(nearest_best(&near)));
  else
    diag_help(g->diags, d, "the stages are: %.*s", STR_ARG(buf_text(&names)));
}

// --- needs and dependencies

static void check_named_job(Gitlab *g, const GitlabJob *job, const Yaml *name, bool optional, const char *keyword,
                            const char *unknown_code, const char *later_code) {
  if (is_computed(name->text)) return;
  const GitlabJob *other = gitlab_job(g, name->text);
  if (!other || other->hidden) {
    if (optional || (g->open && !other)) return;
    Diag *d = diag(g->diags, DIAG_ERROR, unknown_code, name->span, "%s: there is no job `%.*s`", keyword,
                   STR_ARG(name->text));
    if (other)
      diag_help(g->diags, d, "it is a template (its name begins with a dot), which never runs");
    else
      did_you_mean_job(g, d, name->text);
  } else if (job->stage >= 0 && other->stage > job->stage && !g->open) {
    Diag *d =
        diag(g->diags, DIAG_ERROR, later_code, name->span, "%s: `%.*s` is in stage `%.*s`, which comes after `%.*s`",
             keyword, STR_ARG(name->text), STR_ARG(g->stages.at[other->stage]), STR_ARG(g->stages.at[job->stage]));
    diag_note(g->diags, d, other->at, "the job that comes later");
  }
}

static bool uses_matrix(const Yaml *node) {
  if (yaml_is(node, YAML_STRING)) return str_has(node->text, S("$[[")) && str_has(node->text, S("matrix."));
  for (size_t i = 0; yaml_is(node, YAML_SEQUENCE) && i < node->items.len; i++) {
    if (uses_matrix(node->items.at[i])) return true;
  }
  for (size_t i = 0; yaml_is(node, YAML_MAPPING) && i < node->pairs.len; i++) {
    if (uses_matrix(node->pairs.at[i].value)) return true;
  }
  return false;
}

// A list of needs names a job once, but for different cells of its matrix.
static void check_needed_once(Gitlab *g, const Yaml *given) {
  Needs needs = {0};
  Map seen = {.arena = g->arena};
  if (yaml_is(given, YAML_SEQUENCE)) collect_needs(g, &needs, given);
  for (size_t i = 0; i < needs.list.len; i++) {
    const Need *need = &needs.list.at[i];
    if (need->matrix || !map_set(&seen, need->name->text, (void *)(uintptr_t)need->name)) continue;
    diag(g->diags, DIAG_ERROR, "V3004", need->name->span, "`%.*s` stands twice in `needs`", STR_ARG(need->name->text));
  }
}

static void check_needs(Gitlab *g, GitlabJob *job) {
  Needs needs = needs_of(g, job);
  const Yaml *own_matrix = yaml_get(yaml_get(job->full, S("parallel")), S("matrix"));
  Map names = {.arena = g->arena};
  for (size_t i = 0; i < needs.list.len; i++) {
    const Need *need = &needs.list.at[i];
    check_named_job(g, job, need->name, need->optional, "needs", "V3021", "V3022");
    map_set(&names, need->name->text, job);
    if (need->matrix && uses_matrix(need->matrix) && !own_matrix && job->whole) {
      diag(g->diags, DIAG_ERROR, "V3025", need->matrix->span,
           "$[[ matrix.… ]] speaks of this job's own parallel: matrix, and it has none");
    }
  }
  const Yaml *given = yaml_get(job->full, S("needs")), *dependencies = yaml_get(job->full, S("dependencies"));
  check_needed_once(g, given);
  for (size_t i = 0; yaml_is(dependencies, YAML_SEQUENCE) && i < dependencies->items.len; i++) {
    const Yaml *name = dependencies->items.at[i];
    if (!yaml_is(name, YAML_STRING)) continue;
    check_named_job(g, job, name, false, "dependencies", "V3023", "V3024");
    if (yaml_is(given, YAML_SEQUENCE) && needs.list.len && job->whole && !map_get(&names, name->text) &&
        gitlab_job(g, name->text)) {
      diag(g->diags, DIAG_ERROR, "V3026", name->span, "dependencies: `%.*s` must be among the needs of this job too",
           STR_ARG(name->text));
    }
  }
}

enum { FRESH, OPEN, DONE };

// Whether following needs from `job` comes back to a job that is still open; reports the need that closes the circle.
static bool find_circle(Gitlab *g, GitlabJob *job, int depth) {
  if (job->visit == DONE || depth > 1000) return false;
  job->visit = OPEN;
  Needs needs = needs_of(g, job);
  for (size_t i = 0; i < needs.list.len; i++) {
    GitlabJob *other = gitlab_job(g, needs.list.at[i].name->text);
    if (!other || other->hidden) continue;
    if (other == job) {
      diag(g->diags, DIAG_WARNING, "V3027", needs.list.at[i].name->span, "`%.*s` needs itself", STR_ARG(job->name));
    } else if (other->visit == OPEN) {
      diag(g->diags, DIAG_ERROR, "V3027", needs.list.at[i].name->span,
           "needs go round in a circle: `%.*s` waits for `%.*s`, which waits for it", STR_ARG(job->name),
           STR_ARG(other->name));
      job->visit = DONE;
      return true;
    } else if (find_circle(g, other, depth + 1)) {
      job->visit = DONE;
      return true;
    }
  }
  job->visit = DONE;
  return false;
}

// --- Rules, delays, environments

static bool is_unconditional(const Yaml *rule) {
  if (!yaml_is(rule, YAML_MAPPING)) return false;
  return !yaml_get(rule, S("if")) && !yaml_get(rule, S("changes")) && !yaml_get(rule, S("exists"));
}

static void check_rules(Gitlab *g, const Yaml *rules) {
  for (size_t i = 0; yaml_is(rules, YAML_SEQUENCE) && i + 1 < rules->items.len; i++) {
    const Yaml *rule = rules->items.at[i];
    if (!is_unconditional(rule)) continue;
    Diag *d = diag(g->diags, DIAG_WARNING, "V3028", rules->items.at[i + 1]->span,
                   "this rule is never reached: the one above always applies");
    diag_note(g->diags, d, rule->span, "it has neither if nor changes nor exists");
    return;
  }
}

static void check_delay(Gitlab *g, const Yaml *job, const Yaml *place, Span at) {
  const Yaml *when = yaml_get(place, S("when")), *start = yaml_get(place, S("start_in"));
  bool delayed = yaml_is(when, YAML_STRING) && str_eq(when->text, S("delayed"));
  if (delayed && !start && !yaml_get(job, S("start_in")))
    diag(g->diags, DIAG_ERROR, "V3005", at, "`when: delayed` needs `start_in` beside it");
  if (start && start->kind != YAML_NULL && !delayed && !(job == place && yaml_get(job, S("rules"))))
    diag(g->diags, DIAG_ERROR, "V3007", start->span, "`start_in` stands beside `when: delayed` only");
}

static void check_stop_job(Gitlab *g, const GitlabJob *job) {
  const Yaml *stop = yaml_get(yaml_get(job->full, S("environment")), S("on_stop"));
  if (!yaml_is(stop, YAML_STRING) || is_computed(stop->text) || gitlab_job(g, stop->text) || g->open) return;
  Diag *d = diag(g->diags, DIAG_ERROR, "V3029", stop->span, "on_stop: there is no job `%.*s`", STR_ARG(stop->text));
  did_you_mean_job(g, d, stop->text);
}

// The job whose artifact holds the pipeline that `trigger: include:` begins: GitLab looks for it when the pipeline
// runs.
static void check_artifact_jobs(Gitlab *g, const Yaml *include) {
  for (size_t i = 0; yaml_is(include, YAML_SEQUENCE) && i < include->items.len; i++)
    check_artifact_jobs(g, include->items.at[i]);
  const Yaml *name = yaml_get(include, S("artifact")) ? yaml_get(include, S("job")) : NULL;
  if (!yaml_is(name, YAML_STRING) || is_computed(name->text) || g->open || gitlab_job(g, name->text)) return;
  Diag *d = diag(g->diags, DIAG_WARNING, "V3021", name->span, "trigger: there is no job `%.*s`", STR_ARG(name->text));
  did_you_mean_job(g, d, name->text);
}

// GitLab makes no pipeline without a job. A file of another name, or with a header, may be there to be included.
static void check_visible(Gitlab *g) {
  const SourceFile *file = source_file(g->sources, g->file);
  if (g->open || g->spec || !str_eq(path_name(file->path), S(".gitlab-ci.yml"))) return;
  for (size_t i = 0; i < g->jobs.len; i++) {
    const GitlabJob *job = g->jobs.entries[i].value;
    if (!job->hidden) return;
  }
  diag(g->diags, DIAG_ERROR, "V3009", g->jobs.len ? ((GitlabJob *)g->jobs.entries[0].value)->at : g->root->span,
       "no job of this pipeline is visible: names that begin with a dot are templates");
}

void gitlab_check_jobs(Gitlab *g) {
  check_visible(g);
  check_rules(g, yaml_get(yaml_get(g->root, S("workflow")), S("rules")));
  for (size_t i = 0; i < g->jobs.len; i++) {
    GitlabJob *job = g->jobs.entries[i].value;
    job->visit = FRESH;
    if (!job->hidden) find_stage(g, job);
  }
  for (size_t i = 0; i < g->jobs.len; i++) {
    GitlabJob *job = g->jobs.entries[i].value;
    if (job->hidden || !yaml_is(job->full, YAML_MAPPING)) continue;
    const Yaml *rules = yaml_get(job->full, S("rules"));
    check_has_work(g, job);
    check_needs(g, job);
    check_rules(g, rules);
    check_delay(g, job->full, job->full, job->at);
    for (size_t k = 0; yaml_is(rules, YAML_SEQUENCE) && k < rules->items.len; k++)
      check_delay(g, job->full, rules->items.at[k], rules->items.at[k]->span);
    check_stop_job(g, job);
    check_artifact_jobs(g, yaml_get(yaml_get(job->full, S("trigger")), S("include")));
  }
  for (size_t i = 0; i < g->jobs.len; i++) {
    GitlabJob *job = g->jobs.entries[i].value;
    if (!job->hidden && find_circle(g, job, 0)) break;
  }
}
