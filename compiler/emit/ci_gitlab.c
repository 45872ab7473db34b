// .gitlab-ci.yml: lint, plan with its artifact, apply one at a time, start. The state lives in GitLab unless the
// pipeline says otherwise.
#include "emit/ci.h"
#include "base/sys.h"

static const char *const fields[] = {"image", "terraform_image", "job", "stage", "stages", "tags",
                                     "role",  "terraform",       NULL};

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

typedef struct Event {
  const char *name, *source; // of the language; $CI_PIPELINE_SOURCE
} Event;

static const Event events[] = {
    {"push", "push"},         {"merge_request", "merge_request_event"},
    {"schedule", "schedule"}, {"pull_request", "merge_request_event"},
    {"manual", "web"},        {"trigger", "trigger"},
    {"tag", "push"},          {NULL, NULL},
};

static bool is_branch_name(Str name) {
  for (size_t i = 0; i < name.len; i++) {
    char c = name.at[i];
    bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!word && (c == 0 || !strchr("_-./+@", c))) return false;
  }
  return name.len > 0;
}

// The condition under which a rule's jobs run: `on push main` -> $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH ==
// "main".
static Str rule_condition(CiJob *job, const CiRule *rule) {
  Arena *arena = job->e->arena;
  const Event *event = events;
  while (event->name && !str_eq(rule->event, str_of(event->name))) event++;
  if (!event->name) {
    Diag *fault =
        diag(job->e->diags, DIAG_ERROR, "E0784", rule->span, "GitLab has no event `%.*s`", STR_ARG(rule->event));
    diag_help(job->e->diags, fault, "it is push, tag, merge_request, schedule, trigger or manual");
    return (Str){0};
  }
  Buf out = {.arena = arena};
  buf_fmt(&out, "$CI_PIPELINE_SOURCE == \"%s\"", event->source);
  if (str_eq(rule->event, S("tag"))) buf_str(&out, S(" && $CI_COMMIT_TAG"));
  for (size_t i = 0; i < rule->arguments.len; i++) {
    Str name;
    if (!value_is_string(rule->arguments.at[i], &name) || !is_branch_name(name)) {
      diag(job->e->diags, DIAG_ERROR, "E0785", rule->span, "the name of a branch is letters, digits and `_-./+@`");
      continue;
    }
    buf_fmt(&out, " && $CI_COMMIT_BRANCH == \"%.*s\"", STR_ARG(name));
  }
  return buf_text(&out);
}

static void add_rule(Arena *arena, Yaml *rules, Str condition) {
  for (size_t i = 0; i < rules->items.len; i++) {
    if (str_eq(yaml_str(yaml_get(rules->items.at[i], S("if"))), condition)) return;
  }
  Yaml *rule = yaml_add(arena, rules, yaml_map(arena));
  put_text(arena, rule, "if", condition);
}

static bool has_verb(const CiRule *rule, const char *verb) {
  for (size_t i = 0; i < rule->actions.len; i++) {
    if (str_eq(rule->actions.at[i].verb, str_of(verb))) return true;
  }
  return false;
}

// Every event that starts anything.
static Yaml *all_rules(CiJob *job) {
  Yaml *rules = yaml_seq(job->e->arena);
  for (size_t i = 0; i < job->ci->rules.len; i++)
    add_rule(job->e->arena, rules, rule_condition(job, &job->ci->rules.at[i]));
  if (!rules->items.len) add_rule(job->e->arena, rules, S("$CI_PIPELINE_SOURCE == \"push\""));
  return rules;
}

// The rules that say `apply`, or, where none does, pushes to the default branch.
static Yaml *apply_rules(CiJob *job) {
  Yaml *rules = yaml_seq(job->e->arena);
  for (size_t i = 0; i < job->ci->rules.len; i++) {
    if (has_verb(&job->ci->rules.at[i], "apply")) {
      add_rule(job->e->arena, rules, rule_condition(job, &job->ci->rules.at[i]));
    }
  }
  if (!rules->items.len) {
    add_rule(job->e->arena, rules, S("$CI_PIPELINE_SOURCE == \"push\" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"));
  }
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

static bool keeps_state_in_gitlab(const CiJob *job) {
  const Value *settings = setting(job->e, "terraform");
  return !value_member(settings, S("cloud")) && !value_member(settings, S("backend"));
}

static bool is_terraform_cloud(const CiJob *job) {
  return str_eq(ci_text(job, "terraform", ""), S("cloud"));
}

static bool takes_role(const CiJob *job) {
  return ci_text(job, "role", "").len > 0;
}

// The identity token goes where the AWS tools look for it.
static void take_role(CiJob *job, Yaml *script) {
  if (takes_role(job)) {
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

// What every Terraform job has: the image, the state, the providers.
static void terraform_base(CiJob *job, Yaml *root) {
  static const char *const in_gitlab[] = {
      "cd terraform",
      "printf '%s\\n' 'terraform {' '  backend \"http\" {}' '}' > backend_override.tf",
      "terraform init -input=false",
      NULL,
  };
  static const char *const elsewhere[] = {"cd terraform", "terraform init -input=false", NULL};
  Arena *arena = job->e->arena;
  Yaml *base = yaml_put(arena, root, S(".terraform"), yaml_map(arena));
  yaml_put(arena, base, S("image"), image(arena, ci_text(job, "terraform_image", "hashicorp/terraform:1.11.4")));
  Yaml *script = yaml_put(arena, base, S("before_script"), yaml_seq(arena));
  take_role(job, script);
  const char *const *all = keeps_state_in_gitlab(job) ? in_gitlab : elsewhere;
  for (size_t i = 0; all[i]; i++) yaml_add(arena, script, text(arena, all[i]));
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
  if (takes_role(job)) {
    put_text(arena, map, "AWS_ROLE_ARN", unexpanded(arena, ci_text(job, "role", "")));
    put_text(arena, map, "AWS_WEB_IDENTITY_TOKEN_FILE", S("/tmp/aws-identity-token"));
  }
  if (keeps_state_in_gitlab(job)) {
    put_text(arena, map, "TF_STATE_NAME", S("default"));
    for (size_t i = 0; state[i][0]; i++) put_text(arena, map, state[i][0], str_of(state[i][1]));
  }
  yaml_put(arena, root, S("variables"), map);
}

static void lint_job(CiJob *job, Yaml *root) {
  static const char *const script[] = {
      "if command -v mlopsc >/dev/null; then mlopsc validate . --format gitlab > gl-code-quality-report.json; fi",
      "terraform -chdir=terraform fmt -check -recursive",
      "terraform -chdir=terraform init -backend=false -input=false",
      "terraform -chdir=terraform validate",
      NULL,
  };
  Arena *arena = job->e->arena;
  Yaml *lint = new_job(job, root, S("lint"), "lint", all_rules(job));
  yaml_put(arena, lint, S("extends"), text(arena, ".terraform"));
  yaml_put(arena, lint, S("before_script"), yaml_seq(arena));
  yaml_put(arena, lint, S("script"), lines(arena, script));
  Yaml *artifacts = yaml_put(arena, lint, S("artifacts"), yaml_map(arena));
  put_text(arena, artifacts, "when", S("always"));
  Yaml *reports = yaml_put(arena, artifacts, S("reports"), yaml_map(arena));
  put_text(arena, reports, "codequality", S("gl-code-quality-report.json"));
}

// The option that chooses an environment's variables, in front of a blank; empty where there are none.
static Str var_file(CiJob *job, Str environment) {
  Buf out = {.arena = job->e->arena};
  if (!environment.len) return (Str){0};
  buf_str(&out, S(" -var-file="));
  shell_text(&out, str_fmt(job->e->arena, "%.*s.tfvars", STR_ARG(environment)));
  return buf_text(&out);
}

static Str job_name(CiJob *job, const char *verb, Str environment) {
  return environment.len ? str_fmt(job->e->arena, "%s-%.*s", verb, STR_ARG(environment)) : str_of(verb);
}

static void state_name(CiJob *job, Yaml *made, Str environment) {
  if (!environment.len || !keeps_state_in_gitlab(job)) return;
  Yaml *map = yaml_put(job->e->arena, made, S("variables"), yaml_map(job->e->arena));
  put_text(job->e->arena, map, "TF_STATE_NAME", environment);
}

// What the counts of a plan are in the words that GitLab shows in a merge request.
#define PLAN_REPORT                                                                                                    \
  "terraform show -no-color plan.tfplan | sed -n -e 's/^Plan: \\(.* to import, \\)\\{0,1\\}\\([0-9]*\\) to add, "      \
  "\\([0-9]*\\) to "                                                                                                   \
  "change, \\([0-9]*\\) to destroy.*/{\"create\":\\2,\"update\":\\3,\"delete\":\\4}/p' > plan.json"

static void plan_job(CiJob *job, Yaml *root, Str environment) {
  Arena *arena = job->e->arena;
  Yaml *plan = new_job(job, root, job_name(job, "plan", environment), "plan", all_rules(job));
  yaml_put(arena, plan, S("extends"), text(arena, ".terraform"));
  state_name(job, plan, environment);
  Yaml *script = yaml_put(arena, plan, S("script"), yaml_seq(arena));
  yaml_add(arena, script,
           yaml_text(arena, str_fmt(arena, "terraform plan -input=false -out=plan.tfplan%.*s",
                                    STR_ARG(var_file(job, environment)))));
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
  put_text(arena, reports, "terraform", S("terraform/plan.json"));
}

static void apply_job(CiJob *job, Yaml *root, Str environment, bool by_hand) {
  Arena *arena = job->e->arena;
  Yaml *rules = apply_rules(job);
  for (size_t i = 0; by_hand && i < rules->items.len; i++) {
    put_text(arena, (Yaml *)(uintptr_t)rules->items.at[i], "when", S("manual"));
  }
  Yaml *apply = new_job(job, root, job_name(job, "apply", environment), "apply", rules);
  yaml_put(arena, apply, S("extends"), text(arena, ".terraform"));
  state_name(job, apply, environment);
  yaml_put(arena, apply, S("needs"), strings(arena, str_z(arena, job_name(job, "plan", environment)), NULL));
  put_text(arena, apply, "resource_group", environment.len ? environment : S("terraform"));
  if (environment.len) put_text(arena, apply, "environment", environment);
  Yaml *script = yaml_put(arena, apply, S("script"), yaml_seq(arena));
  yaml_add(arena, script, text(arena, "terraform apply -input=false plan.tfplan"));
  for (size_t i = 0; i < job->e->outputs.len; i++) {
    Str name = job->e->outputs.at[i].name, variable = ci_output_variable(arena, name);
    yaml_add(arena, script,
             yaml_text(arena, str_fmt(arena, "echo \"%.*s=$(terraform output -raw %.*s)\" >> ../terraform.env",
                                      STR_ARG(variable), STR_ARG(name))));
  }
  if (!job->e->outputs.len) return;
  Yaml *artifacts = yaml_put(arena, apply, S("artifacts"), yaml_map(arena));
  Yaml *reports = yaml_put(arena, artifacts, S("reports"), yaml_map(arena));
  put_text(arena, reports, "dotenv", S("terraform.env"));
}

// ---------------------------------------------------------------- what the events start

static size_t count_started(const Ci *ci) {
  size_t count = 0;
  for (size_t i = 0; i < ci->rules.len; i++) {
    for (size_t k = 0; k < ci->rules.at[i].actions.len; k++) count += ci->rules.at[i].actions.at[k].callee.len > 0;
  }
  return count;
}

// The name of a start job: `job: "train-model"`, `job: { train: "train-model" }`, or start-train.
static Str started_name(CiJob *job, Yaml *root, const CiAction *action) {
  Arena *arena = job->e->arena;
  const Value *given = ci_field(job, "job"), *of_callee = value_member(given, action->callee);
  Str name = str_fmt(arena, "%.*s-%.*s", STR_ARG(action->verb), STR_ARG(action->callee));
  if (given && given->kind == VALUE_STRING) name = given->text;
  if (of_callee && of_callee->kind == VALUE_STRING) name = of_callee->text;
  for (int number = 2; yaml_get(root, name); number++) {
    name = str_fmt(arena, "%.*s-%.*s-%d", STR_ARG(action->verb), STR_ARG(action->callee), number);
  }
  return name;
}

static void started_job(CiJob *job, Yaml *root, const CiAction *action, Str environment) {
  Arena *arena = job->e->arena;
  Buf condition = {.arena = arena};
  size_t outputs = job->e->outputs.len;
  job->needs_json = false;
  Str script = action->flow ? ci_start_script(job, action) : ci_invoke_script(job, action);
  bool needs_outputs = job->e->outputs.len > outputs || str_has(script, S("_STATE_MACHINE_ARN"));
  buf_str(&condition, rule_condition(job, job->rule));
  if (action->condition && action->condition->kind != VALUE_MISSING) {
    buf_str(&condition, S(" && "));
    ci_condition(job, &condition, action->condition);
  }
  Yaml *rules = yaml_seq(arena);
  add_rule(arena, rules, buf_text(&condition));
  Yaml *start = new_job(job, root, started_name(job, root, action), "start", rules);
  yaml_put(arena, start, S("image"), image(arena, ci_text(job, "image", "amazon/aws-cli:2.15.0")));
  if (!is_terraform_cloud(job)) {
    Yaml *needs = yaml_put(arena, start, S("needs"), yaml_seq(arena)), *need = yaml_add(arena, needs, yaml_map(arena));
    put_text(arena, need, "job", job_name(job, "apply", environment));
    if (!needs_outputs) yaml_put(arena, need, S("optional"), yaml_bool(arena, true));
  }
  Yaml *list = yaml_put(arena, start, S("script"), yaml_seq(arena));
  take_role(job, list);
  yaml_add(arena, list, yaml_text(arena, script));
}

static void started_jobs(CiJob *job, Yaml *root, Str environment) {
  for (size_t i = 0; i < job->ci->rules.len; i++) {
    job->rule = &job->ci->rules.at[i];
    for (size_t k = 0; k < job->rule->actions.len; k++) {
      const CiAction *action = &job->rule->actions.at[k];
      bool is_known = str_eq(action->verb, S("plan")) || str_eq(action->verb, S("apply"));
      if (action->flow || action->function)
        started_job(job, root, action, environment);
      else if (!is_known)
        diag(job->e->diags, DIAG_ERROR, "E0786", job->rule->span, "`ci gitlab` cannot do `%.*s`",
             STR_ARG(action->verb));
    }
  }
}

// ---------------------------------------------------------------- the file

static void stages(CiJob *job, Yaml *root) {
  static const char *const all[] = {"lint", "plan", "apply", "start", NULL};
  Arena *arena = job->e->arena;
  Yaml *list = yaml_put(arena, root, S("stages"), yaml_seq(arena));
  for (size_t i = 0; all[i]; i++) {
    bool is_terraform = i == 1 || i == 2;
    if (is_terraform && is_terraform_cloud(job)) continue;
    if (i == 3 && !count_started(job->ci)) continue;
    yaml_add(arena, list, yaml_text(arena, stage_name(job, all[i])));
  }
}

// Runner tags, and the identity token by which jobs take on a role without stored keys.
static void defaults(CiJob *job, Yaml *root) {
  Arena *arena = job->e->arena;
  const Value *tags = ci_field(job, "tags");
  if (!tags && !takes_role(job)) return;
  Yaml *map = yaml_put(arena, root, S("default"), yaml_map(arena));
  if (tags) {
    Yaml *list = yaml_put(arena, map, S("tags"), yaml_seq(arena));
    for (size_t i = 0; tags->kind == VALUE_LIST && i < tags->count; i++) {
      yaml_add(arena, list, yaml_text(arena, value_plain(arena, tags->items[i])));
    }
  }
  if (takes_role(job)) {
    Yaml *tokens = yaml_put(arena, map, S("id_tokens"), yaml_map(arena));
    put_text(arena, yaml_put(arena, tokens, S("AWS_ID_TOKEN"), yaml_map(arena)), "aud", S("sts.amazonaws.com"));
  }
}

void emit_ci_gitlab(Emitter *e, const Ci *ci) {
  CiJob job = {.e = e, .ci = ci, .system = CI_GITLAB};
  Yaml *root = yaml_map(e->arena), *started = yaml_map(e->arena);
  Str *names;
  size_t count = environments(e, &names);
  ci_check_fields(&job, fields);
  started_jobs(&job, started, count ? names[0] : (Str){0}); // first: they say which outputs `apply` hands on
  stages(&job, root);
  defaults(&job, root);
  variables(&job, root);
  terraform_base(&job, root);
  lint_job(&job, root);
  if (!is_terraform_cloud(&job)) {
    for (size_t i = 0; i < (count ? count : 1); i++) plan_job(&job, root, count ? names[i] : (Str){0});
    for (size_t i = 0; i < (count ? count : 1); i++) apply_job(&job, root, count ? names[i] : (Str){0}, i > 0);
  }
  for (size_t i = 0; i < started->pairs.len; i++) {
    yaml_put(e->arena, root, yaml_str(started->pairs.at[i].key), (Yaml *)(uintptr_t)started->pairs.at[i].value);
  }
  emit_file(e, (EmittedFile){.path = S(".gitlab-ci.yml"),
                             .text = yaml_print(e->arena, root, generated_note(e)),
                             .span = ci->span});
}
