// .gitlab-ci.yml: lint, plan with its artifact, apply one at a time, start. The state lives in GitLab unless the
// pipeline says otherwise.
#include "emit/ci.h"
#include "base/sys.h"

// The jobs' stages; each may be renamed by `stages: { start: "train" }`.
static Str stage_name(const CiJob *job, const char *stage) {
  const Value *renamed = value_member(ci_field(job, "stages"), str_of(stage));
  if (renamed && renamed->kind == VALUE_STRING) return renamed->text;
  return str_eq(str_of(stage), S("start")) ? ci_text(job, "stage", stage) : str_of(stage);
}

static Yaml *text(Arena *arena, const char *constant) {
  return yaml_text(arena, str_of(constant));
}

static void put_text(Arena *arena, Yaml *map, const char *key, Str value) {
  yaml_put(arena, map, str_of(key), yaml_text(arena, value));
}

// ---------------------------------------------------------------- when a job runs

static bool is_branch_name(Str name) {
  for (size_t i = 0; i < name.len; i++) {
    char c = name.at[i];
    if (!ascii_is_alnum(c) && (c == 0 || !strchr("_-./+@", c))) return false;
  }
  return name.len > 0;
}

// The condition under which a rule's jobs run: `on push main` -> $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH ==
// "main".
static Str rule_condition(CiJob *job, const CiRule *rule) {
  const CiEvent *event = ci_event_named(CI_GITLAB, rule->event);
  Buf out = {.arena = job->e->arena};
  buf_fmt(&out, "$CI_PIPELINE_SOURCE == \"%s\"", event->on[CI_GITLAB]);
  if (str_eq(rule->event, S("tag"))) buf_str(&out, S(" && $CI_COMMIT_TAG"));
  // When a schedule runs is said in the project, not here.
  const char *what = str_eq(rule->event, S("tag"))        ? "$CI_COMMIT_TAG"
                     : str_eq(rule->event, S("schedule")) ? NULL
                     : str_starts(str_of(event->on[CI_GITLAB]), S("merge_request"))
                         ? "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
                         : "$CI_COMMIT_BRANCH";
  bool several = rule->arguments.len > 1;
  for (size_t i = 0; what && i < rule->arguments.len; i++) {
    Str name;
    if (!value_is_string(rule->arguments.at[i], &name) || !is_branch_name(name)) {
      diag(job->e->diags, DIAG_ERROR, "E0785", rule->span, "the name of a branch is letters, digits and `_-./+@`");
      continue;
    }
    buf_fmt(&out, "%s%s == \"%.*s\"", i ? " || " : several ? " && (" : " && ", what, STR_ARG(name));
  }
  if (what && several) buf_char(&out, ')');
  return buf_text(&out);
}

static void add_rule(Arena *arena, Yaml *rules, Str condition) {
  for (size_t i = 0; i < rules->items.len; i++) {
    if (str_eq(yaml_str(yaml_get(rules->items.at[i], S("if"))), condition)) return;
  }
  Yaml *rule = yaml_add(arena, rules, yaml_map(arena));
  put_text(arena, rule, "if", condition);
}

static bool is_for(CiJob *job, const CiRule *rule, Str environment) {
  Str *names;
  for (size_t i = 0, count = ci_environments(job, rule, &names); i < count; i++) {
    if (str_eq(names[i], environment)) return true;
  }
  return false;
}

// Every event that starts anything in an environment; NULL: in any.
static Yaml *all_rules(CiJob *job, const Str *environment) {
  Yaml *rules = yaml_seq(job->e->arena);
  for (size_t i = 0; i < job->ci->rules.len; i++) {
    const CiRule *rule = &job->ci->rules.at[i];
    if (!environment || is_for(job, rule, *environment)) add_rule(job->e->arena, rules, rule_condition(job, rule));
  }
  if (!rules->items.len) add_rule(job->e->arena, rules, S("$CI_PIPELINE_SOURCE == \"push\""));
  return rules;
}

// The rules that say `apply` (where their condition holds), or, where none does, pushes to the default branch.
static Yaml *apply_rules(CiJob *job, Str environment) {
  Yaml *rules = yaml_seq(job->e->arena);
  bool said = false;
  for (size_t i = 0; i < job->ci->rules.len; i++) {
    const CiRule *rule = &job->ci->rules.at[i];
    for (size_t k = 0; k < rule->actions.len; k++) {
      const CiAction *action = &rule->actions.at[k];
      if (!str_eq(action->verb, S("apply"))) continue;
      said = true;
      if (!is_for(job, rule, environment)) continue;
      Buf condition = {.arena = job->e->arena};
      buf_str(&condition, rule_condition(job, rule));
      if (ci_has_condition(action)) {
        buf_str(&condition, S(" && "));
        ci_condition(job, &condition, action->condition);
      }
      add_rule(job->e->arena, rules, buf_text(&condition));
    }
  }
  if (!said)
    add_rule(job->e->arena, rules, S("$CI_PIPELINE_SOURCE == \"push\" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"));
  return rules;
}

// ---------------------------------------------------------------- jobs

static Yaml *image(Arena *arena, Str name) {
  Yaml *map = yaml_map(arena), *entrypoint = yaml_seq(arena);
  put_text(arena, map, "name", name);
  yaml_add(arena, entrypoint, text(arena, ""));
  yaml_put(arena, map, S("entrypoint"), entrypoint);
  return map;
}

static Yaml *lines(Arena *arena, const char *const *all) {
  Yaml *list = yaml_seq(arena);
  for (size_t i = 0; all[i]; i++) yaml_add(arena, list, text(arena, all[i]));
  return list;
}

static Yaml *strings(Arena *arena, const char *first, const char *second) {
  const char *const all[] = {first, second, NULL};
  return lines(arena, all);
}

static Yaml *new_job(CiJob *job, Yaml *root, Str name, const char *stage, Yaml *rules) {
  Yaml *made = yaml_put(job->e->arena, root, name, yaml_map(job->e->arena));
  put_text(job->e->arena, made, "stage", stage_name(job, stage));
  yaml_put(job->e->arena, made, S("rules"), rules);
  return made;
}

static bool has_token(const CiJob *job) {
  return job->ci->roles || ci_field(job, "role");
}

// The lines of a script, each a command of its own.
static void add_lines(CiJob *job, Yaml *script, Str all) {
  while (all.len) {
    Str rest, line = str_cut(all, '\n', &rest);
    if (line.len) yaml_add(job->e->arena, script, yaml_text(job->e->arena, line));
    all = rest;
  }
}

// The identity token goes where the AWS tools look for it.
static void take_role(CiJob *job, Yaml *script) {
  if (has_token(job)) {
    yaml_add(job->e->arena, script,
             text(job->e->arena, "printf '%s' \"$AWS_ID_TOKEN\" > \"$AWS_WEB_IDENTITY_TOKEN_FILE\""));
  }
}

// GitLab itself expands `$` in the values of variables.
static Str unexpanded(Arena *arena, Str value) {
  Buf out = {.arena = arena};
  for (size_t i = 0; i < value.len; i++) {
    if (value.at[i] == '$') buf_char(&out, '$');
    buf_char(&out, value.at[i]);
  }
  return buf_text(&out);
}

// What a job knows beside what all know: its state, its role, parameters of the pipeline that are also the Terraform's.
static void job_variables(CiJob *job, Yaml *made, CiTaskKind kind, Str environment) {
  Arena *arena = job->e->arena;
  Yaml *map = yaml_map(arena);
  if (environment.len && ci_keeps_state(job) && kind != TASK_RUN) put_text(arena, map, "TF_STATE_NAME", environment);
  if (job->ci->roles) put_text(arena, map, "AWS_ROLE_ARN", ci_role(job, kind, environment, "${AWS_ACCOUNT_ID}"));
  for (size_t i = 0; i < job->ci->rules.len && kind != TASK_RUN; i++) {
    const CiRule *rule = &job->ci->rules.at[i];
    for (size_t k = 0; k < rule->params.len; k++) {
      Str name = rule->params.at[k].name;
      if (!has_variable(job->e, name)) continue;
      put_text(arena, map, str_z(arena, str_fmt(arena, "TF_VAR_%.*s", STR_ARG(name))),
               str_fmt(arena, "${%.*s}", STR_ARG(shell_input_name(arena, SHELL_GITLAB, name))));
    }
  }
  if (map->pairs.len) yaml_put(arena, made, S("variables"), map);
}

static void terraform_image(CiJob *job, Yaml *made) {
  yaml_put(job->e->arena, made, S("image"),
           image(job->e->arena,
                 str_fmt(job->e->arena, "%.*s",
                         STR_ARG(ci_text(
                             job, "terraform_image",
                             str_z(job->e->arena, str_fmt(job->e->arena, "hashicorp/terraform:%.*s",
                                                          STR_ARG(ci_text(job, "terraform_version", "1.11.4")))))))));
}

// A job that works with the Terraform of an environment.
static Yaml *terraform_job(CiJob *job, Yaml *root, const char *verb, Str environment, Yaml *rules) {
  Arena *arena = job->e->arena;
  CiTaskKind kind = str_eq(str_of(verb), S("apply")) ? TASK_APPLY : TASK_PLAN;
  Yaml *made = new_job(job, root, ci_name(job, verb, environment), verb, rules);
  terraform_image(job, made);
  job_variables(job, made, kind, environment);
  Yaml *script = yaml_put(arena, made, S("script"), yaml_seq(arena));
  take_role(job, script);
  add_lines(job, script, ci_init(job, environment));
  return made;
}

static Yaml *script_of(Yaml *made) {
  return (Yaml *)(uintptr_t)yaml_get(made, S("script"));
}

// What a person fills in who starts a pipeline by hand.
static void put_parameters(CiJob *job, Yaml *map) {
  Arena *arena = job->e->arena;
  for (size_t i = 0; i < job->ci->rules.len; i++) {
    const CiRule *rule = &job->ci->rules.at[i];
    for (size_t k = 0; k < rule->params.len; k++) {
      const FlowParameter *param = &rule->params.at[k];
      Yaml *row = yaml_put(arena, map, shell_input_name(arena, SHELL_GITLAB, param->name), yaml_map(arena));
      bool told = param->value && param->value->time == TIME_COMPILE;
      put_text(arena, row, "value", told ? unexpanded(arena, value_plain(arena, param->value)) : (Str){0});
      put_text(arena, row, "description",
               str_fmt(arena, "%.*s, when the pipeline is run by hand", STR_ARG(param->name)));
    }
  }
}

static void variables(CiJob *job, Yaml *root) {
  static const char *const state[][2] = {
      {"TF_HTTP_ADDRESS", "${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/terraform/state/${TF_STATE_NAME}"},
      {"TF_HTTP_LOCK_ADDRESS", "${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/terraform/state/${TF_STATE_NAME}/lock"},
      {"TF_HTTP_UNLOCK_ADDRESS", "${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/terraform/state/${TF_STATE_NAME}/lock"},
      {"TF_HTTP_LOCK_METHOD", "POST"},
      {"TF_HTTP_UNLOCK_METHOD", "DELETE"},
      {"TF_HTTP_RETRY_WAIT_MIN", "5"},
      {"TF_HTTP_USERNAME", "gitlab-ci-token"},
      {"TF_HTTP_PASSWORD", "${CI_JOB_TOKEN}"},
      {NULL, NULL},
  };
  Arena *arena = job->e->arena;
  Yaml *map = yaml_map(arena);
  put_text(arena, map, "TF_IN_AUTOMATION", S("true"));
  if (targets_localstack(job->e)) {
    put_text(arena, map, "AWS_ENDPOINT_URL", S("http://localstack:4566"));
    put_text(arena, map, "TF_VAR_localstack_endpoint", S("${AWS_ENDPOINT_URL}"));
  }
  if (ci_field(job, "role")) { put_text(arena, map, "AWS_ROLE_ARN", unexpanded(arena, ci_text(job, "role", ""))); }
  if (has_token(job)) put_text(arena, map, "AWS_WEB_IDENTITY_TOKEN_FILE", S("/tmp/aws-identity-token"));
  put_parameters(job, map);
  if (ci_keeps_state(job)) {
    put_text(arena, map, "TF_STATE_NAME", S("default"));
    for (size_t i = 0; state[i][0]; i++) put_text(arena, map, state[i][0], str_of(state[i][1]));
  }
  yaml_put(arena, root, S("variables"), map);
}

static void lint_job(CiJob *job, Yaml *root) {
  Arena *arena = job->e->arena;
  Yaml *lint = new_job(job, root, S("lint"), "lint", all_rules(job, NULL));
  terraform_image(job, lint);
  Yaml *script = yaml_put(arena, lint, S("script"), yaml_seq(arena));
  add_lines(job, script, ci_lint(job, "--format gitlab > gl-code-quality-report.json"));
  Yaml *artifacts = yaml_put(arena, lint, S("artifacts"), yaml_map(arena));
  put_text(arena, artifacts, "when", S("always"));
  Yaml *reports = yaml_put(arena, artifacts, S("reports"), yaml_map(arena));
  put_text(arena, reports, "codequality", S("gl-code-quality-report.json"));
}

// What the counts of a plan are in the words that GitLab shows in a merge request.
#define PLAN_REPORT                                                                                                    \
  "terraform -chdir=terraform show -no-color plan.tfplan | sed -n -e 's/^Plan: \\(.* to import, "                      \
  "\\)\\{0,1\\}\\([0-9]*\\) "                                                                                          \
  "to add, \\([0-9]*\\) to "                                                                                           \
  "change, \\([0-9]*\\) to destroy.*/{\"create\":\\2,\"update\":\\3,\"delete\":\\4}/p' > plan.json"

static void plan_job(CiJob *job, Yaml *root, Str environment) {
  Arena *arena = job->e->arena;
  Yaml *plan = terraform_job(job, root, "plan", environment, all_rules(job, &environment)), *script = script_of(plan);
  add_lines(job, script, ci_plan(job, environment, ci_keeps_state(job)));
  yaml_add(arena, script, text(arena, PLAN_REPORT));
  yaml_add(arena, script,
           text(arena, "[ -s plan.json ] || echo '{\"create\":0,\"update\":0,\"delete\":0}' > plan.json"));
  Yaml *artifacts = yaml_put(arena, plan, S("artifacts"), yaml_map(arena));
  put_text(arena, artifacts, "access", S("developer")); // a plan may hold secrets
  put_text(arena, artifacts, "expire_in", S("1 week"));
  Yaml *paths =
      yaml_put(arena, artifacts, S("paths"), strings(arena, "terraform/plan.tfplan", "terraform/.terraform.lock.hcl"));
  Str archives = ci_archive_folder(job->e);
  if (archives.len) yaml_add(arena, paths, yaml_text(arena, str_fmt(arena, "terraform/%.*s/", STR_ARG(archives))));
  Yaml *reports = yaml_put(arena, artifacts, S("reports"), yaml_map(arena));
  put_text(arena, reports, "terraform", S("plan.json"));
}

static void apply_job(CiJob *job, Yaml *root, Str environment, bool by_hand, const StrList *outputs) {
  Arena *arena = job->e->arena;
  Yaml *rules = apply_rules(job, environment);
  if (!rules->items.len) return;
  for (size_t i = 0; by_hand && i < rules->items.len; i++) {
    put_text(arena, (Yaml *)(uintptr_t)rules->items.at[i], "when", S("manual"));
  }
  Yaml *apply = terraform_job(job, root, "apply", environment, rules), *script = script_of(apply);
  yaml_put(arena, apply, S("needs"), strings(arena, str_z(arena, ci_name(job, "plan", environment)), NULL));
  put_text(arena, apply, "resource_group", environment.len ? environment : S("terraform"));
  if (environment.len) put_text(arena, apply, "environment", environment);
  yaml_add(arena, script, text(arena, "terraform -chdir=terraform apply -input=false plan.tfplan"));
  for (size_t i = 0; i < outputs->len; i++) {
    Str name = outputs->at[i], variable = shell_output_name(arena, name);
    yaml_add(
        arena, script,
        yaml_text(arena, str_fmt(arena, "echo \"%.*s=$(terraform -chdir=terraform output -raw %.*s)\" >> terraform.env",
                                 STR_ARG(variable), STR_ARG(name))));
  }
  if (!outputs->len) return;
  Yaml *artifacts = yaml_put(arena, apply, S("artifacts"), yaml_map(arena));
  Yaml *reports = yaml_put(arena, artifacts, S("reports"), yaml_map(arena));
  put_text(arena, reports, "dotenv", S("terraform.env"));
}

// ---------------------------------------------------------------- what the events start

// The name of a start job: `job: "train-model"`, `job: { train: "train-model" }`, or the task's.
static Str started_name(CiJob *job, Yaml *root, const CiTask *task) {
  Arena *arena = job->e->arena;
  const Value *given = ci_field(job, "job"), *of_callee = value_member(given, task->action->callee);
  Str base = task->name;
  if (given && given->kind == VALUE_STRING) base = given->text;
  if (of_callee && of_callee->kind == VALUE_STRING) base = of_callee->text;
  Str name = base;
  for (int number = 2; yaml_get(root, name) || str_eq(name, S("lint")); number++)
    name = str_fmt(arena, "%.*s-%d", STR_ARG(base), number);
  return name;
}

static void need(Arena *arena, Yaml *needs, Str name, bool optional) {
  Yaml *row = yaml_add(arena, needs, yaml_map(arena));
  put_text(arena, row, "job", name);
  if (optional) yaml_put(arena, row, S("optional"), yaml_bool(arena, true));
}

// A command or a summary, behind the job `before` (empty: behind the stage before).
static Str task_job(CiJob *job, Yaml *root, const CiTask *task, Str before, StrList *outputs) {
  Arena *arena = job->e->arena;
  Buf condition = {.arena = arena};
  bool runs = task->kind == TASK_RUN;
  StrList read = {0};
  Str script = runs ? ci_command(job, task, &read) : (Str){0};
  buf_str(&condition, rule_condition(job, job->rule));
  if (ci_has_condition(task->action)) {
    buf_str(&condition, S(" && "));
    ci_condition(job, &condition, task->action->condition);
  }
  Yaml *rules = yaml_seq(arena);
  add_rule(arena, rules, buf_text(&condition));
  Str name = started_name(job, root, task);
  Yaml *made = new_job(job, root, name, "start", rules);
  if (runs)
    yaml_put(arena, made, S("image"), image(arena, ci_text(job, "image", "amazon/aws-cli:2.15.0")));
  else
    terraform_image(job, made);
  job_variables(job, made, task->kind, task->environment);
  if (before.len) {
    Yaml *needs = yaml_put(arena, made, S("needs"), yaml_seq(arena));
    Str apply = ci_name(job, "apply", task->environment); // hands on the outputs
    need(arena, needs, before, !(read.len && str_eq(before, apply)));
    if (read.len && !str_eq(before, apply)) need(arena, needs, apply, false);
  }
  if (task->action->waits) {
    long long minutes = (long long)(ci_wait(job) / 60) + 15;
    put_text(arena, made, "timeout", str_fmt(arena, "%lld minutes", minutes));
  }
  Yaml *list = yaml_put(arena, made, S("script"), yaml_seq(arena));
  take_role(job, list);
  if (runs) {
    yaml_add(arena, list, yaml_text(arena, script));
  } else {
    add_lines(job, list, ci_init(job, task->environment));
    add_lines(job, list, ci_summary(job));
  }
  for (size_t i = 0; i < read.len; i++) {
    bool seen = false;
    for (size_t k = 0; k < outputs->len; k++) seen = seen || str_eq(outputs->at[k], read.at[i]);
    if (!seen) VEC_PUSH(arena, outputs, read.at[i]);
  }
  return name;
}

// The jobs of a rule that are its own: what it runs, and summaries, each behind the one before of its environment.
static void started_jobs(CiJob *job, Yaml *root, StrList *outputs) {
  for (size_t i = 0; i < job->ci->rules.len; i++) {
    job->rule = &job->ci->rules.at[i];
    CiTasks tasks = {0};
    ci_tasks(job, job->rule, &tasks);
    Str before = {0}, environment = {0};
    for (size_t k = 0; k < tasks.len; k++) {
      const CiTask *task = &tasks.at[k];
      if (k == 0 || !str_eq(task->environment, environment))
        before = ci_applies_elsewhere(job->e) ? (Str){0} : ci_name(job, "apply", task->environment);
      environment = task->environment;
      if (task->kind == TASK_RUN || task->kind == TASK_SUMMARY) before = task_job(job, root, task, before, outputs);
    }
  }
}

// ---------------------------------------------------------------- the file

static void stages(CiJob *job, Yaml *root, bool starts) {
  static const char *const all[] = {"lint", "plan", "apply", "start", NULL};
  Arena *arena = job->e->arena;
  Yaml *list = yaml_put(arena, root, S("stages"), yaml_seq(arena));
  for (size_t i = 0; all[i]; i++) {
    bool is_terraform = i == 1 || i == 2;
    if (is_terraform && ci_applies_elsewhere(job->e)) continue;
    if (i == 3 && !starts) continue;
    yaml_add(arena, list, yaml_text(arena, stage_name(job, all[i])));
  }
}

// Runner tags, and the identity token by which jobs take on a role without stored keys.
static void defaults(CiJob *job, Yaml *root) {
  Arena *arena = job->e->arena;
  const Value *tags = ci_field(job, "tags");
  if (!tags && !has_token(job)) return;
  Yaml *map = yaml_put(arena, root, S("default"), yaml_map(arena));
  if (tags) {
    Yaml *list = yaml_put(arena, map, S("tags"), yaml_seq(arena));
    for (size_t i = 0; tags->kind == VALUE_LIST && i < tags->count; i++) {
      yaml_add(arena, list, yaml_text(arena, value_plain(arena, tags->items[i])));
    }
  }
  if (has_token(job)) {
    Yaml *tokens = yaml_put(arena, map, S("id_tokens"), yaml_map(arena));
    put_text(arena, yaml_put(arena, tokens, S("AWS_ID_TOKEN"), yaml_map(arena)), "aud", S("sts.amazonaws.com"));
  }
}

void emit_ci_gitlab(Emitter *e, const Ci *ci) {
  CiJob job = {.e = e, .ci = ci};
  Yaml *root = yaml_map(e->arena), *started = yaml_map(e->arena);
  Str *names;
  size_t count = ci_environments(&job, NULL, &names);
  StrList outputs = {0};
  started_jobs(&job, started, &outputs); // first: they say which outputs `apply` hands on
  stages(&job, root, started->pairs.len > 0);
  defaults(&job, root);
  variables(&job, root);
  lint_job(&job, root);
  for (size_t i = 0; i < count && !ci_applies_elsewhere(e); i++) plan_job(&job, root, names[i]);
  for (size_t i = 0; i < count && !ci_applies_elsewhere(e); i++) apply_job(&job, root, names[i], i > 0, &outputs);
  for (size_t i = 0; i < started->pairs.len; i++) {
    yaml_put(e->arena, root, yaml_str(started->pairs.at[i].key), (Yaml *)(uintptr_t)started->pairs.at[i].value);
  }
  emit_file(e, (EmittedFile){.path = S(".gitlab-ci.yml"),
                             .text = yaml_print(e->arena, root, generated_note(e)),
                             .span = ci->span});
}
