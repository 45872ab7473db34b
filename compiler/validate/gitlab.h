// The inside of the GitLab validator: the pipeline as its linter sees it, and the groups of rules. Codes V3xxx.
#pragma once
#include "validate/shape.h"
#include "validate/validate.h"

typedef struct GitlabJob {
  Str name;
  Span at;           // of its key
  const Yaml *given; // as written
  const Yaml *full;  // with what it extends, !reference carried out; NULL while being made
  bool hidden;       // begins with a dot: a template
  bool whole;        // everything it extends and refers to is in this file
  int stage;         // index into stages, -1 when not known
  uint8_t visit;     // of the walks over needs and extends
} GitlabJob;

typedef struct Gitlab {
  Arena *arena;
  Diags *diags;
  Sources *sources;
  uint32_t file;
  const Yaml *root, *spec; // the pipeline; the value of the header's `spec`, or NULL
  Map jobs;                // name -> GitlabJob, hidden ones too
  VEC(Str) stages;
  bool assembled;  // root holds all that is included: nothing is defined elsewhere
  bool open;       // other files take part (include, or this one is a part): names may be defined elsewhere
  size_t compared; // names that were compared with all others
  size_t budget;   // nodes that extends and !reference may still make
  ShapeSet shapes;
} Gitlab;

static inline bool gitlab_is_reference(const Yaml *node) {
  return node->kind == YAML_SEQUENCE && str_eq(node->tag, S("!reference"));
}

// --- gitlab_model.c
// Fills jobs and stages from root and makes every job full; reports unknown and circular extends and !reference.
void gitlab_model(Gitlab *g);
// The job of a name as needs and dependencies write it (also "job 1/3" and "job: [a, b]"), or NULL.
GitlabJob *gitlab_job(const Gitlab *g, Str name);

// --- gitlab_jobs.c: what a job needs to run, its stage, needs, dependencies, rules
void gitlab_check_jobs(Gitlab *g);
// --- gitlab_spec.c: the header's inputs and their use
void gitlab_check_spec(Gitlab *g);
void gitlab_check_input(ShapeCheck *check, const Yaml *node, Str name);
// Why a value cannot be that of an input ("is no number"), or NULL.
const char *gitlab_input_misfit(Arena *arena, const Yaml *input, const Yaml *value);
// --- gitlab.c: a pipeline that was put together from the file and those that it includes
void gitlab_check_assembled(Diags *diags, Sources *sources, uint32_t file, const Yaml *root);
// --- gitlab_variables.c: misspelt predefined variables
void gitlab_check_variables(Gitlab *g);
// --- gitlab_values.c: the hooks of the shapes
extern const ShapeHook gitlab_hooks[];
// --- gitlab_condition.c
// Parses the condition of a rule. False: *at is the offset of the fault and *what says it.
bool gitlab_condition(Str text, size_t *at, const char **what);
