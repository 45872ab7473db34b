// The GitLab CI/CD validator: reads the file, checks its shape, then what a schema cannot say.
#include "base/embed.h"
#include "validate/gitlab.h"
#include "validate/yaml_rules.h"

enum { SCRIPT_LEVELS = 10, JOB_NAME_MOST = 255 };

static bool stands_for_any(const Yaml *node) {
  return gitlab_is_reference(node) || (node->kind == YAML_STRING && str_has(node->text, S("$[[")));
}

static ShapeCheck checker(const Gitlab *g) {
  return (ShapeCheck){.diags = g->diags,
                      .set = &g->shapes,
                      .codes = {"V3002", "V3003", "V3005", "V3004", "V3007"},
                      .hooks = gitlab_hooks,
                      .null_is_absent = true,
                      .stands_for_any = stands_for_any,
                      .level = DIAG_ERROR};
}

// A script is a list of lists at most 10 levels deep.
static void check_script_depth(Gitlab *g, const Yaml *node, Str name, int level) {
  for (size_t i = 0; yaml_is(node, YAML_SEQUENCE) && i < node->items.len; i++) {
    const Yaml *item = node->items.at[i];
    if (level < SCRIPT_LEVELS) {
      check_script_depth(g, item, name, level + 1);
    } else if (item->kind == YAML_SEQUENCE && !gitlab_is_reference(item)) {
      diag(g->diags, DIAG_ERROR, "V3004", item->span, "`%.*s` is nested more than 10 levels deep", STR_ARG(name));
    }
  }
}

static void check_scripts(Gitlab *g, const Yaml *owner) {
  static const Str names[] = {STR_INIT("script"), STR_INIT("before_script"), STR_INIT("after_script")};
  for (size_t i = 0; i < 3; i++) check_script_depth(g, yaml_get(owner, names[i]), names[i], 1);
}

// Whether a template looks like a job, rather than like data that others refer to.
static bool resembles_job(const Gitlab *g, const Yaml *node) {
  size_t known = 0;
  for (size_t i = 0; yaml_is(node, YAML_MAPPING) && i < node->pairs.len; i++)
    known += shape_member(&g->shapes, S("job"), yaml_str(node->pairs.at[i].key)) != NULL;
  return known && known * 2 >= node->pairs.len;
}

static void check_job_shape(Gitlab *g, const GitlabJob *job) {
  ShapeCheck check = checker(g);
  if (job->hidden) { // GitLab looks at a template only through the jobs that extend it
    if (!resembles_job(g, job->given)) return;
    check.level = DIAG_WARNING;
    check.partial = true;
    shape_check(&check, S("job"), job->given, job->name, job->at);
    return;
  }
  if (job->full->kind == YAML_NULL && g->open) return;
  check.partial = !job->whole;
  shape_check(&check, S("job"), job->full, job->name, job->at);
  check_scripts(g, job->full);
  if (job->name.len > JOB_NAME_MOST)
    diag(g->diags, DIAG_ERROR, "V3004", job->at, "the name of a job has at most %d characters", JOB_NAME_MOST);
}

static bool is_header(const Yaml *document) {
  return yaml_is(document, YAML_MAPPING) && document->pairs.len == 1 && yaml_pair(document, S("spec"));
}

static void check_header(Gitlab *g, const Yaml *header) {
  ShapeCheck check = checker(g);
  g->spec = yaml_get(header, S("spec"));
  shape_check(&check, S("header"), header, S("spec"), header->span);
}

static void check_pipeline(Gitlab *g) {
  ShapeCheck check = checker(g);
  shape_check(&check, S("pipeline"), g->root, (Str){0}, g->root->span);
  static const DuplicateRule duplicates = {DIAG_WARNING, "V3008", false, "only the last counts"};
  yaml_check_duplicates(g->diags, g->root, &duplicates);
  check_scripts(g, g->root);
  check_scripts(g, yaml_get(g->root, S("default")));
  gitlab_model(g);
  if (g->spec) g->open = true; // a file with inputs is made to be included
  for (size_t i = 0; i < g->jobs.len; i++) check_job_shape(g, g->jobs.entries[i].value);
  gitlab_check_jobs(g);
  gitlab_check_variables(g);
}

static ShapeSet gitlab_shapes(Arena *arena) {
  Str shapes = {0};
  embed_find(S("shapes/gitlab.shape"), &shapes);
  return shape_read(arena, shapes);
}

void gitlab_check_assembled(Diags *diags, Sources *sources, uint32_t file, const Yaml *root) {
  Gitlab g = {.arena = diags->arena, .diags = diags, .sources = sources, .file = file, .root = root};
  g.shapes = gitlab_shapes(g.arena);
  g.assembled = true;
  gitlab_model(&g);
  for (size_t i = 0; i < g.jobs.len; i++) check_job_shape(&g, g.jobs.entries[i].value);
  gitlab_check_jobs(&g);
}

void validate_gitlab_ci(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options) {
  (void)options;
  YamlOptions how = {.version = YAML_1_1, .merge = true, .syntax_code = "V3001"};
  YamlStream stream;
  if (!yaml_read(diags, sources, file, &how, &stream)) return;
  Gitlab g = {.arena = diags->arena, .diags = diags, .sources = sources, .file = file};
  g.shapes = gitlab_shapes(g.arena);
  size_t first = stream.documents.len && is_header(stream.documents.at[0]);
  if (first) check_header(&g, stream.documents.at[0]);
  g.root = first < stream.documents.len ? stream.documents.at[first] : NULL;
  if (yaml_is(g.root, YAML_MAPPING)) {
    if (yaml_get(g.root, S("spec"))) g.spec = yaml_get(g.root, S("spec"));
    check_pipeline(&g);
    gitlab_check_spec(&g);
  } else if (g.root || !first) {
    diag(diags, DIAG_ERROR, "V3003", g.root ? g.root->span : (Span){file, 0, 0},
         "a pipeline is a map of jobs and keywords");
  }
}
