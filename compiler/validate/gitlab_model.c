// The pipeline as GitLab's linter sees it: extends merged first, then !reference carried out.
#include "base/sys.h"
#include "validate/gitlab.h"
#include "validate/yaml_rules.h"

enum {
  COMPARED_MOST = 200, // names that are compared with all others
  EXTENDS_MOST = 11,   // levels of templates
  REFERENCE_MOST = 10  // levels of !reference
};

static bool spend(Gitlab *g, size_t nodes, Span at) {
  if (g->budget >= nodes) {
    g->budget -= nodes;
    return true;
  }
  if (g->budget) {
    diag(g->diags, DIAG_ERROR, "V3013", at, "what is extended and referred to here is too large to be carried out");
  }
  g->budget = 0;
  return false;
}

// What a job extends, as written: a name or a list of names.
static size_t extends(const Yaml *job, const Yaml *names[12]) {
  const Yaml *extends = yaml_get(job, S("extends"));
  size_t count = 0;
  if (yaml_is(extends, YAML_STRING)) names[count++] = extends;
  for (size_t i = 0; yaml_is(extends, YAML_SEQUENCE) && i < extends->items.len && count < 12; i++) {
    if (yaml_is(extends->items.at[i], YAML_STRING)) names[count++] = extends->items.at[i];
  }
  return count;
}

// --- extends

// `over` laid on `base`: maps are merged in depth, anything else is replaced.
static const Yaml *merged(Gitlab *g, const Yaml *base, const Yaml *over) {
  if (!yaml_is(base, YAML_MAPPING) || !yaml_is(over, YAML_MAPPING)) return over;
  if (!spend(g, base->pairs.len + over->pairs.len, over->span)) return over;
  Yaml *made = NEW(g->arena, Yaml);
  *made = *over;
  memset(&made->pairs, 0, sizeof made->pairs);
  for (size_t i = 0; i < over->pairs.len; i++) {
    YamlPair pair = over->pairs.at[i];
    const Yaml *below = yaml_is_scalar(pair.key) ? yaml_get(base, pair.key->text) : NULL;
    if (below) pair.value = merged(g, below, pair.value);
    VEC_PUSH(g->arena, &made->pairs, pair);
  }
  for (size_t i = 0; i < base->pairs.len; i++) {
    YamlPair pair = base->pairs.at[i];
    if (yaml_is_scalar(pair.key) && yaml_pair(over, pair.key->text)) continue;
    pair.merged = true;
    VEC_PUSH(g->arena, &made->pairs, pair);
  }
  return made;
}

static void complain_unknown_template(Gitlab *g, const Yaml *name) {
  if (g->open) return;
  bool guess = worth_a_guess(g->diags);
  Nearest near = nearest_to(name->text);
  for (size_t i = 0; guess && i < g->jobs.len; i++) nearest_offer(&near, g->jobs.entries[i].key);
  Diag *d = diag(g->diags, DIAG_ERROR, "V3010", name->span, "extends `%.*s`, which is nowhere in %s",
                 STR_ARG(name->text), g->assembled ? "this file and those that it includes" : "this file");
  if (nearest_best(&near).len) diag_help(g->diags, d, "did you mean `%.*s`?", STR_ARG(nearest_best(&near)));
}

static void extend(Gitlab *g, GitlabJob *job, int depth) {
  enum { FRESH, OPEN, DONE };
  if (job->visit == DONE) return;
  job->visit = OPEN;
  job->whole = true;
  const Yaml *names[12], *base = NULL;
  size_t count = extends(job->given, names);
  for (size_t i = 0; i < count; i++) {
    GitlabJob *template = map_get(&g->jobs, names[i]->text);
    if (!template) {
      complain_unknown_template(g, names[i]);
      job->whole = false;
    } else if (template->visit == OPEN) {
      const Yaml *into = yaml_get(template->given, S("extends"));
      Diag *d = diag(g->diags, DIAG_ERROR, "V3011", into->span,
                     "extends goes round in a circle: `%.*s` comes back to itself", STR_ARG(template->name));
      diag_note(g->diags, d, names[i]->span, "here it comes back");
      job->whole = false;
    } else if (depth >= EXTENDS_MOST) {
      diag(g->diags, DIAG_ERROR, "V3012", names[i]->span, "extends is nested more than 10 levels deep");
      job->whole = false;
    } else {
      extend(g, template, depth + 1);
      job->whole = job->whole && template->whole;
      base = base ? merged(g, base, template->full) : template->full;
    }
  }
  job->full = base ? merged(g, base, job->given) : job->given;
  job->visit = DONE;
}

// --- !reference

typedef struct Expansion {
  Gitlab *g;
  GitlabJob *job;
  const Yaml *open[REFERENCE_MOST]; // the references being carried out
} Expansion;

static const Yaml *expanded(Expansion *e, const Yaml *node, int depth);

// A list's item, by its number from 0.
static const Yaml *indexed(const Yaml *list, const Yaml *key) {
  double number;
  bool good =
      key->kind == YAML_INT && json_number_parse(key->text, &number) && number >= 0 && number < (double)list->items.len;
  return good ? list->items.at[(size_t)number] : NULL;
}

// The node a reference names, or NULL (reported where it must be in this file).
static const Yaml *reference_target(Expansion *e, const Yaml *reference) {
  Gitlab *g = e->g;
  const Yaml *at = g->root;
  for (size_t i = 0; i < reference->items.len; i++) {
    const Yaml *key = reference->items.at[i];
    if (!yaml_is_scalar(key)) {
      diag(g->diags, DIAG_ERROR, "V3014", key->span, "!reference takes a list of keys");
      return NULL;
    }
    GitlabJob *job = i == 0 ? map_get(&g->jobs, key->text) : NULL;
    const Yaml *next = job ? job->full : yaml_is(at, YAML_SEQUENCE) ? indexed(at, key) : yaml_get(at, key->text);
    if (i == 0 && job && !job->whole) e->job->whole = false;
    if (!next) {
      GitlabJob *owner = i ? map_get(&g->jobs, reference->items.at[0]->text) : NULL;
      bool elsewhere = g->open || (owner && !owner->whole);
      e->job->whole = e->job->whole && !elsewhere;
      if (!elsewhere) {
        diag(g->diags, DIAG_ERROR, "V3014", key->span, "!reference: there is no `%.*s`%s", STR_ARG(key->text),
             i              ? " there"
             : g->assembled ? " in this file and those that it includes"
                            : " in this file");
      }
      return NULL;
    }
    at = next;
  }
  return reference->items.len ? at : NULL;
}

static const Yaml *expanded_reference(Expansion *e, const Yaml *reference, int depth) {
  for (int i = 0; i < depth; i++) {
    if (e->open[i] != reference) continue;
    diag(e->g->diags, DIAG_ERROR, "V3015", reference->span, "!reference goes round in a circle");
    return reference;
  }
  if (depth == REFERENCE_MOST) {
    diag(e->g->diags, DIAG_ERROR, "V3015", reference->span, "!reference is nested more than 10 levels deep");
    return reference;
  }
  const Yaml *target = reference_target(e, reference);
  if (!target) return reference;
  e->open[depth] = reference;
  return expanded(e, target, depth + 1);
}

static bool has_reference(const Yaml *node) {
  if (node->kind == YAML_SEQUENCE) {
    if (gitlab_is_reference(node)) return true;
    for (size_t i = 0; i < node->items.len; i++) {
      if (has_reference(node->items.at[i])) return true;
    }
  }
  for (size_t i = 0; node->kind == YAML_MAPPING && i < node->pairs.len; i++) {
    if (has_reference(node->pairs.at[i].value)) return true;
  }
  return false;
}

static const Yaml *expanded(Expansion *e, const Yaml *node, int depth) {
  if (node->kind < YAML_SEQUENCE || !has_reference(node)) return node;
  if (!spend(e->g, node->size, node->span)) return node;
  if (gitlab_is_reference(node)) return expanded_reference(e, node, depth);
  Yaml *made = NEW(e->g->arena, Yaml);
  *made = *node;
  if (node->kind == YAML_SEQUENCE) {
    memset(&made->items, 0, sizeof made->items);
    for (size_t i = 0; i < node->items.len; i++) {
      VEC_PUSH(e->g->arena, &made->items, expanded(e, node->items.at[i], depth));
    }
  } else {
    memset(&made->pairs, 0, sizeof made->pairs);
    for (size_t i = 0; i < node->pairs.len; i++) {
      YamlPair pair = node->pairs.at[i];
      pair.value = expanded(e, pair.value, depth);
      VEC_PUSH(e->g->arena, &made->pairs, pair);
    }
  }
  return made;
}

// --- Jobs and stages

static void collect_jobs(Gitlab *g) {
  for (size_t i = 0; i < g->root->pairs.len; i++) {
    const YamlPair *pair = &g->root->pairs.at[i];
    if (!yaml_is_scalar(pair->key) || shape_member(&g->shapes, S("pipeline"), pair->key->text)) continue;
    GitlabJob *job = NEW(g->arena, GitlabJob);
    *job = (GitlabJob){.name = pair->key->text, .at = pair->key->span, .given = pair->value, .stage = -1};
    job->hidden = str_starts(job->name, S("."));
    map_set(&g->jobs, job->name, job);
  }
}

static void collect_stages(Gitlab *g, const Yaml *stages) {
  for (size_t i = 0; i < stages->items.len; i++) {
    const Yaml *stage = stages->items.at[i];
    if (stage->kind == YAML_SEQUENCE && !gitlab_is_reference(stage)) collect_stages(g, stage);
    if (gitlab_is_reference(stage)) g->open = true;
    if (yaml_is_scalar(stage)) VEC_PUSH(g->arena, &g->stages, stage->text);
  }
}

static void find_stages(Gitlab *g) {
  static const Str defaults[] = {STR_INIT("build"), STR_INIT("test"), STR_INIT("deploy")};
  VEC_PUSH(g->arena, &g->stages, S(".pre"));
  const Yaml *stages = yaml_get(g->root, S("stages"));
  if (yaml_is(stages, YAML_SEQUENCE)) {
    collect_stages(g, stages);
  } else {
    for (size_t i = 0; i < 3; i++) VEC_PUSH(g->arena, &g->stages, defaults[i]);
  }
  VEC_PUSH(g->arena, &g->stages, S(".post"));
}

// Whether a name is neither in the file nor nearly in it.
static bool is_foreign(Gitlab *g, Str name) {
  if (gitlab_job(g, name) || g->compared++ > COMPARED_MOST) return false;
  size_t distance = 3;
  for (size_t i = 0; i < g->jobs.len && distance > 2; i++) distance = str_distance(name, g->jobs.entries[i].key, 2);
  return distance > 2;
}

// Whether a node refers to a template that is foreign.
static bool refers_outside(Gitlab *g, const Yaml *node) {
  if (gitlab_is_reference(node)) {
    Str name = node->items.len ? yaml_str(node->items.at[0]) : (Str){0};
    return str_starts(name, S(".")) && is_foreign(g, name);
  }
  for (size_t i = 0; node->kind == YAML_SEQUENCE && i < node->items.len; i++) {
    if (refers_outside(g, node->items.at[i])) return true;
  }
  for (size_t i = 0; node->kind == YAML_MAPPING && i < node->pairs.len; i++) {
    if (refers_outside(g, node->pairs.at[i].value)) return true;
  }
  return false;
}

static bool is_default_stage(Str name) {
  static const Str names[] = {STR_INIT(".pre"), STR_INIT("build"), STR_INIT("test"), STR_INIT("deploy"),
                              STR_INIT(".post")};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (str_eq(name, names[i])) return true;
  }
  return false;
}

// Whether a job says more than what it extends, its stage and its script: a lone `extends` of nothing is a mistake.
static bool says_more(const Yaml *job) {
  for (size_t i = 0; yaml_is(job, YAML_MAPPING) && i < job->pairs.len; i++) {
    Str key = yaml_str(job->pairs.at[i].key);
    if (!str_eq(key, S("extends")) && !str_eq(key, S("stage")) && !str_eq(key, S("script"))) return true;
  }
  return false;
}

// Whether a file's name says that others include it: .gitlab-ci.jobs.yml, .gitlab-build.yml, .gitlab/jobs.yml,
// .gitlab-ci/jobs.yml.
static bool named_as_part(Str path) {
  if (str_has(path, S(".gitlab/")) || str_has(path, S(".gitlab-ci/"))) return true;
  Str name = path_name(path), mark = S(".gitlab");
  size_t at = str_find(name, mark, 0);
  if (at >= name.len) return false;
  Str rest = str_slice(name, at + mark.len, name.len);
  return !str_eq(rest, S("-ci.yml")) && !str_eq(rest, S("-ci.yaml"));
}

// A file without stages is a part of another pipeline when a job of some substance extends a foreign template, or when
// two jobs or more have stages that are no default ones or refer to foreign templates.
static bool is_a_part(Gitlab *g) {
  if (named_as_part(source_file(g->sources, g->file)->path)) return true;
  if (yaml_get(g->root, S("stages"))) return false;
  size_t strange = 0;
  for (size_t i = 0; i < g->jobs.len; i++) {
    const GitlabJob *job = g->jobs.entries[i].value;
    const Yaml *names[12], *stage = yaml_get(job->given, S("stage"));
    size_t count = extends(job->given, names);
    for (size_t k = 0; k < count; k++) {
      if (str_starts(names[k]->text, S(".")) && is_foreign(g, names[k]->text) && says_more(job->given)) return true;
    }
    strange += refers_outside(g, job->given);
    strange += yaml_is(stage, YAML_STRING) && !is_default_stage(stage->text);
  }
  return strange >= 2;
}

void gitlab_model(Gitlab *g) {
  g->jobs = (Map){.arena = g->arena};
  g->budget = 1000000;
  collect_jobs(g);
  g->open = !g->assembled && (yaml_get(g->root, S("include")) || is_a_part(g));
  find_stages(g);
  for (size_t i = 0; i < g->jobs.len; i++) extend(g, g->jobs.entries[i].value, 0);
  for (size_t i = 0; i < g->jobs.len; i++) {
    GitlabJob *job = g->jobs.entries[i].value;
    Expansion e = {.g = g, .job = job};
    if (!job->hidden) job->full = expanded(&e, job->full, 0);
  }
}

GitlabJob *gitlab_job(const Gitlab *g, Str name) {
  GitlabJob *job = map_get(&g->jobs, name);
  if (job) return job;
  size_t values = str_find(name, S(": ["), 0);
  if (values < name.len) return map_get(&g->jobs, str_slice(name, 0, values));
  size_t end = name.len;
  while (end && strchr("0123456789/", name.at[end - 1])) end--;
  if (end == name.len || !end || name.at[end - 1] != ' ') return NULL;
  return map_get(&g->jobs, str_slice(name, 0, end - 1));
}
