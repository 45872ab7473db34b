// Jobs and steps: ids, needs, and which keys go together.
#include "validate/github.h"
#include "validate/yaml_rules.h"

static bool is_computed(Str text) {
  return str_has(text, S("${{"));
}

// --- Collecting

static void collect_steps(Github *g, GithubJob *job, const Yaml *steps) {
  for (size_t i = 0; yaml_is(steps, YAML_SEQUENCE) && i < steps->items.len; i++) {
    const Yaml *step = steps->items.at[i], *id = yaml_get(step, S("id"));
    collect_steps(g, job, yaml_get(step, S("parallel")));
    if (!yaml_is_scalar(id) || !id->text.len) continue;
    const Yaml *before = map_set(&job->steps, str_lower(g->arena, id->text), (void *)(uintptr_t)id);
    if (!before || before == id) continue;
    Diag *d =
        diag(g->diags, DIAG_ERROR, "V4011", id->span, "two steps of this job have the id `%.*s`", STR_ARG(id->text));
    diag_note(g->diags, d, before->span, "the first; ids do not know upper from lower case");
  }
}

void github_collect_jobs(Github *g) {
  const Yaml *jobs = yaml_get(g->root, S("jobs"));
  g->jobs = (Map){.arena = g->arena};
  for (size_t i = 0; yaml_is(jobs, YAML_MAPPING) && i < jobs->pairs.len; i++) {
    const YamlPair *pair = &jobs->pairs.at[i];
    if (!yaml_is_scalar(pair->key)) continue;
    GithubJob *job = NEW(g->arena, GithubJob);
    *job = (GithubJob){.id = pair->key->text, .at = pair->key->span, .node = pair->value, .steps = {.arena = g->arena}};
    job->calls = yaml_pair(job->node, S("uses")) != NULL;
    collect_steps(g, job, yaml_get(job->node, S("steps")));
    map_set(&g->jobs, str_lower(g->arena, job->id), job);
  }
}

// --- needs

typedef struct Needs {
  VEC(const Yaml *) names;
} Needs;

static Needs needs_of(Github *g, const GithubJob *job) {
  Needs needs = {0};
  const Yaml *given = yaml_get(job->node, S("needs"));
  if (yaml_is_scalar(given) && given->kind != YAML_NULL) VEC_PUSH(g->arena, &needs.names, given);
  for (size_t i = 0; yaml_is(given, YAML_SEQUENCE) && i < given->items.len; i++) {
    if (yaml_is_scalar(given->items.at[i])) VEC_PUSH(g->arena, &needs.names, given->items.at[i]);
  }
  return needs;
}

static GithubJob *named_job(Github *g, const Yaml *name) {
  return map_get(&g->jobs, str_lower(g->arena, name->text));
}

static void check_needs(Github *g, const GithubJob *job) {
  Needs needs = needs_of(g, job);
  Map seen = {.arena = g->arena};
  for (size_t i = 0; i < needs.names.len; i++) {
    const Yaml *name = needs.names.at[i];
    if (map_set(&seen, str_lower(g->arena, name->text), g)) {
      diag(g->diags, DIAG_ERROR, "V4009", name->span, "needs names `%.*s` twice", STR_ARG(name->text));
    } else if (name->text.len && !is_computed(name->text) && !named_job(g, name)) {
      Nearest near = nearest_to(name->text);
      for (size_t k = 0; worth_a_guess(g->diags) && k < g->jobs.len; k++)
        nearest_offer(&near, ((GithubJob *)g->jobs.entries[k].value)->id);
      Diag *d = diag(g->diags, DIAG_ERROR, "V4008", name->span, "needs: there is no job `%.*s`", STR_ARG(name->text));
      if (nearest_best(&near).len) diag_help(g->diags, d, "did you mean `%.*s`?", STR_ARG(nearest_best(&near)));
    }
  }
}

enum { FRESH, OPEN, DONE };

// Whether following needs from `job` comes back to an open job, which is then reported: it is the first in the file.
static bool find_circle(Github *g, GithubJob *job, int depth) {
  if (job->visit == DONE || depth > 1000) return false;
  job->visit = OPEN;
  Needs needs = needs_of(g, job);
  bool found = false;
  for (size_t i = 0; i < needs.names.len && !found; i++) {
    GithubJob *other = named_job(g, needs.names.at[i]);
    if (other && other->visit == OPEN) {
      Diag *d = diag(g->diags, DIAG_ERROR, "V4010", other->at, "needs go round in a circle: `%.*s` waits for itself",
                     STR_ARG(other->id));
      diag_note(g->diags, d, needs.names.at[i]->span, "`%.*s` needs it", STR_ARG(job->id));
      found = true;
    } else if (other) {
      found = find_circle(g, other, depth + 1);
    }
  }
  job->visit = DONE;
  return found;
}

// --- Steps

static const Yaml *first_key(const Yaml *map, Str a, Str b) {
  for (size_t i = 0; i < map->pairs.len; i++) {
    Str key = yaml_str(map->pairs.at[i].key);
    if (str_eq(key, a) || str_eq(key, b)) return map->pairs.at[i].key;
  }
  return NULL;
}

// Does a line of the script that is no comment print this?
static bool script_prints(Str script, Str command) {
  while (script.len) {
    Str line = str_trim(str_cut(script, '\n', &script));
    if (!str_starts(line, S("#")) && str_has(line, command)) return true;
  }
  return false;
}

// Commands that scripts used to print and that the runner no longer carries out, or soon won't.
static void check_commands(Github *g, const Yaml *run) {
  static const struct {
    Str command, instead;
    DiagLevel level;
  } commands[] = {{STR_INIT("::set-output "), STR_INIT("echo \"name=value\" >> $GITHUB_OUTPUT"), DIAG_WARNING},
                  {STR_INIT("::save-state "), STR_INIT("echo \"name=value\" >> $GITHUB_STATE"), DIAG_WARNING},
                  {STR_INIT("::set-env "), STR_INIT("echo \"name=value\" >> $GITHUB_ENV"), DIAG_ERROR},
                  {STR_INIT("::add-path::"), STR_INIT("echo \"path\" >> $GITHUB_PATH"), DIAG_ERROR}};
  for (size_t i = 0; yaml_is(run, YAML_STRING) && i < sizeof commands / sizeof *commands; i++) {
    if (!script_prints(run->text, commands[i].command)) continue;
    DiagLevel level = g->unsecure ? DIAG_WARNING : commands[i].level;
    Str name = str_trim(commands[i].command);
    Diag *d = diag(g->diags, level, "V4029", run->span, "the command %.*s is %s", STR_ARG(name),
                   level == DIAG_ERROR ? "disabled: the step fails" : "deprecated");
    diag_help(g->diags, d, "%.*s", STR_ARG(commands[i].instead));
  }
}

static void check_steps(Github *g, ShapeCheck *check, const Yaml *steps) {
  for (size_t i = 0; yaml_is(steps, YAML_SEQUENCE) && i < steps->items.len; i++) {
    const Yaml *step = steps->items.at[i];
    Span at = span_known(step->span) && step->span.end > step->span.start ? step->span : steps->span;
    if (!yaml_is(step, YAML_MAPPING) || !step->pairs.len) {
      diag(g->diags, DIAG_ERROR, "V4003", at, "a step is a map with run or uses");
      continue;
    }
    at = step->pairs.at[0].key->span;
    const Yaml *kind = first_key(step, S("run"), S("uses"));
    bool other = first_key(step, S("wait"), S("wait-all")) || first_key(step, S("cancel"), S("parallel"));
    if (kind) {
      shape_check(check, str_eq(kind->text, S("run")) ? S("step_run") : S("step_uses"), step, S("steps"), at);
      check_commands(g, yaml_get(step, S("run")));
    } else if (other) {
      shape_check(check, S("step_other"), step, S("steps"), at);
      check_steps(g, check, yaml_get(step, S("parallel")));
    } else {
      diag(g->diags, DIAG_ERROR, "V4005", at, "a step needs `run` (a command) or `uses` (an action)");
    }
  }
}

// --- Jobs

static void check_id(Github *g, const GithubJob *job) {
  Str id = job->id;
  bool good = id.len > 0;
  for (size_t i = 0; i < id.len && good; i++) {
    char c = id.at[i];
    bool letter = ascii_is_letter(c) || c == '_';
    good = letter || (i && (ascii_is_digit(c) || c == '-'));
  }
  if (!good)
    diag(g->diags, DIAG_ERROR, "V4012", job->at,
         "\"%.*s\" is no id of a job: it begins with a letter or _ and holds letters, digits, - and _", STR_ARG(id));
}

void github_check_jobs(Github *g, ShapeCheck *check) {
  const Yaml *jobs = yaml_get(g->root, S("jobs"));
  if (yaml_is(jobs, YAML_MAPPING) && !jobs->pairs.len)
    diag(g->diags, DIAG_ERROR, "V4005", jobs->span, "`jobs` needs at least one job");
  for (size_t i = 0; i < g->jobs.len; i++) {
    GithubJob *job = g->jobs.entries[i].value;
    check_id(g, job);
    shape_check(check, job->calls ? S("call") : S("job"), job->node, job->id, job->at);
    if (!yaml_is(job->node, YAML_MAPPING)) continue;
    check_needs(g, job);
    check_steps(g, check, yaml_get(job->node, S("steps")));
    github_check_matrix(g, yaml_get(yaml_get(job->node, S("strategy")), S("matrix")));
  }
  for (size_t i = 0; i < g->jobs.len; i++) {
    if (find_circle(g, g->jobs.entries[i].value, 0)) break;
  }
}
