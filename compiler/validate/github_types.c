// Properties that cannot be there (a job that is not needed, a step without that id, an input nobody declares), and
// values that anyone may choose in scripts that read them as code.
#include "validate/github.h"

// The names along a chain like needs.build.outputs.tag; a computed or starred part ends it.
typedef struct Chain {
  const Expression *parts[8]; // parts[0] is the context's name
  size_t count;
} Chain;

static void collect(Chain *chain, const Expression *e) {
  if (e->kind == EXPRESSION_NAME) {
    chain->parts[0] = e;
    chain->count = 1;
    return;
  }
  if (e->kind != EXPRESSION_PROPERTY && e->kind != EXPRESSION_INDEX && e->kind != EXPRESSION_STAR) return;
  size_t before = chain->count;
  collect(chain, e->parts.at[0]);
  if (chain->count == before || chain->count >= 8 || chain->count == 0) return;
  chain->parts[chain->count++] = e;
}

// The name of a part: of .name or ['name']; "*" for a star; empty when it is computed.
static Str part_name(const Chain *chain, size_t i) {
  if (i >= chain->count) return (Str){0};
  const Expression *e = chain->parts[i];
  if (e->kind != EXPRESSION_INDEX) return e->text;
  return e->parts.at[1]->kind == EXPRESSION_STRING ? e->parts.at[1]->text : (Str){0};
}

static void complain_unknown(Github *g, const ExpressionPlace *place, const Expression *e, const char *what, Str name,
                             const Nearest *near) {
  Diag *d = github_complain(g, place, DIAG_WARNING, "V4025", e, "%s `%.*s`", what, STR_ARG(name));
  if (nearest_best(near).len) diag_help(g->diags, d, "did you mean `%.*s`?", STR_ARG(nearest_best(near)));
}

// --- Fixed properties

typedef struct Fixed {
  Str context;
  const char *names; // blank-separated
} Fixed;

static const Fixed fixed[] = {
    {STR_INIT("github"),
     "action action_path action_ref action_repository action_status actor actor_id api_url artifact_cache_size_limit "
     "base_ref env event event_name event_path graphql_url head_ref job job_workflow_sha output path ref ref_name "
     "ref_protected ref_type repository repository_id repository_owner repository_owner_id repository_visibility "
     "repositoryurl retention_days run_attempt run_id run_number secret_source server_url sha state step_summary token "
     "triggering_actor workflow workflow_ref workflow_sha workspace"},
    {STR_INIT("runner"), "arch debug environment name os temp tool_cache workspace"},
    {STR_INIT("strategy"), "fail-fast job-index job-total max-parallel"},
    {STR_INIT("job"), "check_run_id container services status workflow_file_path workflow_ref workflow_repository "
                      "workflow_sha"},
};

static void check_fixed(Github *g, const ExpressionPlace *place, const Chain *chain, Str context, Str name) {
  for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
    if (!str_eq_ignoring_case(context, fixed[i].context)) continue;
    Nearest near = nearest_to(name);
    bool is_known = false;
    for (Str rest = str_of(fixed[i].names); rest.len && !is_known;) {
      Str known = str_cut(rest, ' ', &rest);
      is_known = str_eq_ignoring_case(known, name);
      nearest_offer(&near, known);
    }
    bool deeper = str_eq_ignoring_case(name, S("event")) || str_eq_ignoring_case(name, S("container")) ||
                  str_eq_ignoring_case(name, S("services"));
    if (is_known && !deeper && part_name(chain, 2).len)
      github_complain(g, place, DIAG_WARNING, "V4025", chain->parts[2], "%.*s.%.*s is text, which has no properties",
                      STR_ARG(context), STR_ARG(name));
    if (!is_known) complain_unknown(g, place, chain->parts[1], "this context has no property", name, &near);
  }
}

// --- needs, jobs

static bool is_needed(Github *g, const GithubJob *job, Str name, Nearest *near) {
  const Yaml *needs = yaml_get(job->node, S("needs"));
  if (yaml_is_scalar(needs)) {
    nearest_offer(near, needs->text);
    return str_eq_ignoring_case(needs->text, name);
  }
  for (size_t i = 0; yaml_is(needs, YAML_SEQUENCE) && i < needs->items.len; i++) {
    Str known = yaml_str(needs->items.at[i]);
    if (str_eq_ignoring_case(known, name)) return true;
    nearest_offer(near, known);
  }
  (void)g;
  return false;
}

// .outputs.NAME or .result of a job, from parts[2] on.
static void check_job_member(Github *g, const ExpressionPlace *place, const Chain *chain, Str job_name) {
  GithubJob *job = map_get(&g->jobs, str_lower(g->arena, job_name));
  Str member = part_name(chain, 2), output = part_name(chain, 3);
  if (!job || !member.len) return;
  Nearest near = nearest_to(member);
  nearest_offer(&near, S("outputs"));
  nearest_offer(&near, S("result"));
  if (!str_eq_ignoring_case(member, S("outputs")) && !str_eq_ignoring_case(member, S("result")) &&
      !str_eq(member, S("*"))) {
    complain_unknown(g, place, chain->parts[2], "a job has outputs and a result, no", member, &near);
    return;
  }
  const Yaml *outputs = yaml_get(job->node, S("outputs"));
  if (!output.len || !str_eq_ignoring_case(member, S("outputs")) || job->calls || str_eq(output, S("*"))) return;
  if (outputs && !yaml_is(outputs, YAML_MAPPING)) return;
  if (github_get(outputs, output)) return;
  near = nearest_to(output);
  for (size_t i = 0; outputs && i < outputs->pairs.len; i++) nearest_offer(&near, yaml_str(outputs->pairs.at[i].key));
  complain_unknown(g, place, chain->parts[3], str_fmt(g->arena, "job `%.*s` has no output", STR_ARG(job->id)).at,
                   output, &near);
}

static void check_needs(Github *g, const ExpressionPlace *place, const Chain *chain, Str name) {
  if (!place->job) return;
  Nearest near = nearest_to(name);
  if (!is_needed(g, place->job, name, &near)) {
    complain_unknown(g, place, chain->parts[1], "this job does not need a job", name, &near);
    return;
  }
  check_job_member(g, place, chain, name);
}

static void check_jobs(Github *g, const ExpressionPlace *place, const Chain *chain, Str name) {
  if (map_get(&g->jobs, str_lower(g->arena, name))) {
    check_job_member(g, place, chain, name);
    return;
  }
  Nearest near = nearest_to(name);
  for (size_t i = 0; i < g->jobs.len; i++) nearest_offer(&near, ((GithubJob *)g->jobs.entries[i].value)->id);
  complain_unknown(g, place, chain->parts[1], "there is no job", name, &near);
}

// --- steps, matrix, inputs

static void check_step_member(Github *g, const ExpressionPlace *place, const Chain *chain) {
  static const Str members[] = {STR_INIT("outputs"), STR_INIT("outcome"), STR_INIT("conclusion")};
  Str member = part_name(chain, 2);
  Nearest near = nearest_to(member);
  if (!member.len || str_eq(member, S("*"))) return;
  for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
    if (str_eq_ignoring_case(member, members[i])) return;
    nearest_offer(&near, members[i]);
  }
  complain_unknown(g, place, chain->parts[2], "a step has outputs, an outcome and a conclusion, no", member, &near);
}

static void check_steps(Github *g, const ExpressionPlace *place, const Chain *chain, Str name) {
  if (!place->job) return;
  const Yaml *id = map_get(&place->job->steps, str_lower(g->arena, name));
  bool in_step = str_starts(place->path, S("jobs.*.steps."));
  if (id && in_step && id->span.start > place->node->span.start)
    github_complain(g, place, DIAG_WARNING, "V4025", chain->parts[1], "the step `%.*s` has not run yet here",
                    STR_ARG(name));
  if (id) {
    check_step_member(g, place, chain);
    return;
  }
  Nearest near = nearest_to(name);
  for (size_t i = 0; i < place->job->steps.len; i++) nearest_offer(&near, place->job->steps.entries[i].key);
  complain_unknown(g, place, chain->parts[1], "no step of this job has the id", name, &near);
}

static bool is_computed(const Yaml *node) {
  if (yaml_is_scalar(node)) return str_has(node->text, S("${{"));
  return false;
}

static void check_matrix(Github *g, const ExpressionPlace *place, const Chain *chain, Str name) {
  const Yaml *strategy = place->job ? yaml_get(place->job->node, S("strategy")) : NULL;
  const Yaml *matrix = yaml_get(strategy, S("matrix")), *include = yaml_get(matrix, S("include"));
  if (!place->job || is_computed(strategy) || is_computed(matrix) || is_computed(include)) return;
  Nearest near = nearest_to(name);
  for (size_t i = 0; yaml_is(matrix, YAML_MAPPING) && i < matrix->pairs.len; i++) {
    Str key = yaml_str(matrix->pairs.at[i].key);
    if (str_eq(key, S("include")) || str_eq(key, S("exclude"))) continue;
    if (str_eq_ignoring_case(key, name)) return;
    nearest_offer(&near, key);
  }
  for (size_t i = 0; yaml_is(include, YAML_SEQUENCE) && i < include->items.len; i++) {
    const Yaml *row = include->items.at[i];
    if (is_computed(row) || github_get(row, name)) return;
    for (size_t k = 0; yaml_is(row, YAML_MAPPING) && k < row->pairs.len; k++)
      nearest_offer(&near, yaml_str(row->pairs.at[k].key));
  }
  complain_unknown(g, place, chain->parts[1], "the matrix of this job has no", name, &near);
}

static void check_inputs(Github *g, const ExpressionPlace *place, const Chain *chain, Str name) {
  static const Str events[] = {STR_INIT("workflow_call"), STR_INIT("workflow_dispatch")};
  const Yaml *on = yaml_get(g->root, S("on"));
  if (!yaml_is(on, YAML_MAPPING)) return;
  Nearest near = nearest_to(name);
  for (size_t i = 0; i < 2; i++) {
    const Yaml *inputs = yaml_get(yaml_get(on, events[i]), S("inputs"));
    if (github_get(inputs, name)) return;
    for (size_t k = 0; yaml_is(inputs, YAML_MAPPING) && k < inputs->pairs.len; k++)
      nearest_offer(&near, yaml_str(inputs->pairs.at[k].key));
  }
  complain_unknown(g, place, chain->parts[1], "no event of this workflow declares an input", name, &near);
}

// --- Untrusted values

// Paths below github that whoever opens an issue or a pull request chooses.
static const Str untrusted[] = {STR_INIT("head_ref"),
                                STR_INIT("event.issue.title"),
                                STR_INIT("event.issue.body"),
                                STR_INIT("event.discussion.title"),
                                STR_INIT("event.discussion.body"),
                                STR_INIT("event.comment.body"),
                                STR_INIT("event.review.body"),
                                STR_INIT("event.review_comment.body"),
                                STR_INIT("event.pull_request.title"),
                                STR_INIT("event.pull_request.body"),
                                STR_INIT("event.pull_request.head.ref"),
                                STR_INIT("event.pull_request.head.label"),
                                STR_INIT("event.pull_request.head.repo.default_branch"),
                                STR_INIT("event.workflow_run.head_branch"),
                                STR_INIT("event.workflow_run.head_commit.message"),
                                STR_INIT("event.workflow_run.head_commit.author.email"),
                                STR_INIT("event.workflow_run.head_commit.author.name"),
                                STR_INIT("event.workflow_run.head_repository.description"),
                                STR_INIT("event.workflow_run.pull_requests.*.head.ref"),
                                STR_INIT("event.head_commit.message"),
                                STR_INIT("event.head_commit.author.email"),
                                STR_INIT("event.head_commit.author.name"),
                                STR_INIT("event.commits.*.message"),
                                STR_INIT("event.commits.*.author.email"),
                                STR_INIT("event.commits.*.author.name"),
                                STR_INIT("event.pages.*.page_name")};

static void check_untrusted(Github *g, const ExpressionPlace *place, const Chain *chain) {
  if (!place->script || !str_eq_ignoring_case(chain->parts[0]->text, S("github"))) return;
  Buf path = {.arena = g->arena};
  for (size_t i = 1; i < chain->count; i++) {
    Str name = part_name(chain, i);
    if (!name.len || str_eq(name, S("[]"))) name = S("*");
    buf_fmt(&path, "%s%.*s", i > 1 ? "." : "", STR_ARG(str_lower(g->arena, name)));
  }
  for (size_t i = 0; i < sizeof untrusted / sizeof *untrusted; i++) {
    if (!str_eq(buf_text(&path), untrusted[i])) continue;
    Diag *d = github_complain(g, place, DIAG_WARNING, "V4027", chain->parts[chain->count - 1],
                              "anyone may choose this value, and the script runs it as code");
    diag_help(g->diags, d, "pass it through env: and use the variable in the script, in quotes");
  }
}

// --- All of an expression

static void check_chain(Github *g, const ExpressionPlace *place, const Chain *chain) {
  static const struct {
    Str context;
    void (*check)(Github *g, const ExpressionPlace *place, const Chain *chain, Str name);
  } checks[] = {{STR_INIT("needs"), check_needs},
                {STR_INIT("jobs"), check_jobs},
                {STR_INIT("steps"), check_steps},
                {STR_INIT("matrix"), check_matrix},
                {STR_INIT("inputs"), check_inputs}};
  Str context = chain->parts[0]->text, name = part_name(chain, 1);
  check_untrusted(g, place, chain);
  if (!name.len || chain->parts[1]->kind == EXPRESSION_STAR) return;
  for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
    if (str_eq_ignoring_case(context, checks[i].context)) checks[i].check(g, place, chain, name);
  }
  check_fixed(g, place, chain, context, name);
}

void github_check_properties(Github *g, const ExpressionPlace *place, const Expression *e) {
  Chain chain = {.count = 0};
  collect(&chain, e);
  if (chain.count > 1) check_chain(g, place, &chain);
  bool in_chain = e->kind == EXPRESSION_PROPERTY || e->kind == EXPRESSION_INDEX || e->kind == EXPRESSION_STAR;
  while (in_chain) { // the chain is judged as a whole; what its indexes compute is looked at for itself
    if (e->kind == EXPRESSION_INDEX) github_check_properties(g, place, e->parts.at[1]);
    const Expression *inner = e->parts.at[0];
    in_chain = inner->kind == EXPRESSION_PROPERTY || inner->kind == EXPRESSION_INDEX || inner->kind == EXPRESSION_STAR;
    e = inner;
  }
  for (size_t i = 0; e->kind != EXPRESSION_NAME && i < e->parts.len; i++)
    github_check_properties(g, place, e->parts.at[i]);
}
