// .github/workflows/*.yml: one workflow an event. Roles are taken on by the identity token, no key is stored. What an
// event holds reaches the shell through the environment alone.
#include "emit/ci.h"
#include "base/sys.h"

static const char *const fields[] = {"role", "runner", "terraform_version", NULL};

static Yaml *text(Arena *arena, const char *constant) {
  return yaml_text(arena, str_of(constant));
}

static void put(Arena *arena, Yaml *map, const char *key, Str value) {
  yaml_put(arena, map, str_of(key), yaml_text(arena, value));
}

static Yaml *put_map(Arena *arena, Yaml *map, const char *key) {
  return yaml_put(arena, map, str_of(key), yaml_map(arena));
}

// ---------------------------------------------------------------- events

typedef struct Event {
  const char *name, *workflow, *on; // of the language; the file; GitHub's name
  bool branches;                    // its arguments are branches
} Event;

static const Event events[] = {
    {"push", "push", "push", true},
    {"pull_request", "pull-request", "pull_request", true},
    {"merge_request", "pull-request", "pull_request", true},
    {"manual", "manual", "workflow_dispatch", false},
    {"tag", "tag", "push", false},
    {"release", "release", "release", false},
    {"schedule", "schedule", "schedule", false},
    {NULL, NULL, NULL, false},
};

static const Event *event_of(CiJob *job) {
  const Event *event = events;
  while (event->name && !str_eq(job->rule->event, str_of(event->name))) event++;
  if (event->name) return event;
  Diag *fault = diag(job->e->diags, DIAG_ERROR, "E0784", job->rule->span, "GitHub has no event `%.*s`",
                     STR_ARG(job->rule->event));
  diag_help(job->e->diags, fault, "it is push, pull_request, manual, tag, release or schedule");
  return NULL;
}

static Yaml *arguments(CiJob *job) {
  Arena *arena = job->e->arena;
  Yaml *list = yaml_seq(arena);
  for (size_t i = 0; i < job->rule->arguments.len; i++)
    yaml_add(arena, list, yaml_text(arena, value_plain(arena, job->rule->arguments.at[i])));
  return list;
}

static void put_inputs(CiJob *job, Yaml *event) {
  Arena *arena = job->e->arena;
  if (!job->rule->params.len) return;
  Yaml *inputs = put_map(arena, event, "inputs");
  for (size_t i = 0; i < job->rule->params.len; i++) {
    const FlowParameter *param = &job->rule->params.at[i];
    Yaml *input = yaml_put(arena, inputs, param->name, yaml_map(arena));
    TypeTag tag = param->type ? param->type->tag : T_ANY;
    put(arena, input, "type", tag == T_BOOL ? S("boolean") : tag == T_NUMBER ? S("number") : S("string"));
    yaml_put(arena, input, S("required"), yaml_bool(arena, !param->value && !param->optional));
    if (!param->value || param->value->time != TIME_COMPILE) continue;
    bool is_bool = param->value->kind == VALUE_BOOL;
    yaml_put(arena, input, S("default"),
             is_bool ? yaml_bool(arena, param->value->truth) : yaml_text(arena, value_plain(arena, param->value)));
  }
}

static void put_event(CiJob *job, Yaml *root, const Event *event) {
  Arena *arena = job->e->arena;
  Yaml *on = put_map(arena, root, "on"), *what = yaml_map(arena), *list = arguments(job);
  if (str_eq(str_of(event->name), S("schedule"))) {
    Yaml *times = yaml_put(arena, on, S("schedule"), yaml_seq(arena));
    for (size_t i = 0; i < list->items.len; i++) {
      yaml_put(arena, yaml_add(arena, times, yaml_map(arena)), S("cron"), (Yaml *)(uintptr_t)list->items.at[i]);
    }
    return;
  }
  yaml_put(arena, on, str_of(event->on), what);
  if (str_eq(str_of(event->name), S("tag"))) {
    if (!list->items.len) yaml_add(arena, list, text(arena, "*"));
    yaml_put(arena, what, S("tags"), list);
  } else if (list->items.len) {
    yaml_put(arena, what, S("branches"), list);
  }
  put_inputs(job, what);
}

// ---------------------------------------------------------------- steps

static Yaml *step(Arena *arena, Yaml *steps, const char *name) {
  Yaml *made = yaml_add(arena, steps, yaml_map(arena));
  put(arena, made, "name", str_of(name));
  return made;
}

static Yaml *use(Arena *arena, Yaml *steps, const char *name, const char *action) {
  Yaml *made = step(arena, steps, name);
  put(arena, made, "uses", str_of(action));
  return made;
}

static Yaml *script(Arena *arena, Yaml *steps, const char *name, Str lines) {
  Yaml *made = step(arena, steps, name);
  put(arena, made, "run", lines);
  return made;
}

static void put_condition(CiJob *job, Yaml *made, const CiAction *action) {
  if (!action->condition || action->condition->kind == VALUE_MISSING) return;
  Buf out = {.arena = job->e->arena};
  buf_str(&out, S("${{ "));
  ci_condition(job, &out, action->condition);
  buf_str(&out, S(" }}"));
  put(job->e->arena, made, "if", buf_text(&out));
}

static void set_up(CiJob *job, Yaml *steps) {
  Arena *arena = job->e->arena;
  const Value *region = setting(job->e, "region");
  use(arena, steps, "Check out", "actions/checkout@v4");
  if (!targets_localstack(job->e)) {
    Yaml *with =
        put_map(arena, use(arena, steps, "Take on the role", "aws-actions/configure-aws-credentials@v4"), "with");
    put(arena, with, "role-to-assume", ci_text(job, "role", "${{ vars.AWS_ROLE_ARN }}"));
    put(arena, with, "aws-region", region && region->kind == VALUE_STRING ? region->text : S("${{ vars.AWS_REGION }}"));
  }
  Yaml *with = put_map(arena, use(arena, steps, "Terraform", "hashicorp/setup-terraform@v3"), "with");
  put(arena, with, "terraform_version", ci_text(job, "terraform_version", "1.11.4"));
  yaml_put(arena, with, S("terraform_wrapper"), yaml_bool(arena, false));
}

static void check_steps(CiJob *job, Yaml *steps) {
  script(job->e->arena, steps, "Check",
         S("if command -v mlopsc >/dev/null; then mlopsc validate . --format github; fi\n"
           "terraform -chdir=terraform fmt -check -recursive\n"
           "terraform -chdir=terraform init -input=false\n"
           "terraform -chdir=terraform validate\n"));
}

static Str var_file(CiJob *job) {
  Str *names;
  if (!environments(job->e, &names)) return (Str){0};
  Buf out = {.arena = job->e->arena};
  buf_str(&out, S(" -var-file="));
  shell_text(&out, str_fmt(job->e->arena, "%.*s.tfvars", STR_ARG(names[0])));
  return buf_text(&out);
}

static void plan_step(CiJob *job, Yaml *steps, const CiAction *action) {
  Str lines = str_fmt(job->e->arena,
                      "terraform -chdir=terraform plan -input=false -no-color -out=plan.tfplan%.*s\n"
                      "{\n"
                      "  echo '## Plan'\n"
                      "  echo '```'\n"
                      "  terraform -chdir=terraform show -no-color plan.tfplan | head -c 900000\n"
                      "  echo '```'\n"
                      "} >> \"$GITHUB_STEP_SUMMARY\"\n",
                      STR_ARG(var_file(job)));
  put_condition(job, script(job->e->arena, steps, "Plan", lines), action);
}

// The plan as a comment of the pull request; text of the plan reaches the API as a file.
static void comment_step(CiJob *job, Yaml *steps) {
  Yaml *made = script(job->e->arena, steps, "Comment",
                      S("{\n"
                        "  echo '```'\n"
                        "  terraform -chdir=terraform show -no-color plan.tfplan | head -c 60000\n"
                        "  echo '```'\n"
                        "} > comment.md\n"
                        "gh pr comment \"$PULL_REQUEST\" --edit-last --body-file comment.md ||\n"
                        "  gh pr comment \"$PULL_REQUEST\" --body-file comment.md\n"));
  Yaml *env = put_map(job->e->arena, made, "env");
  put(job->e->arena, env, "GH_TOKEN", S("${{ github.token }}"));
  put(job->e->arena, env, "PULL_REQUEST", S("${{ github.event.pull_request.number }}"));
}

static void apply_step(CiJob *job, Yaml *steps, const CiAction *action) {
  Str lines = str_fmt(job->e->arena, "terraform -chdir=terraform apply -input=false -auto-approve%.*s\n",
                      STR_ARG(var_file(job)));
  put_condition(job, script(job->e->arena, steps, "Apply", lines), action);
}

static void summary_step(CiJob *job, Yaml *steps, const CiAction *action) {
  Str lines = S("{\n"
                "  echo '## Resources'\n"
                "  echo '```'\n"
                "  terraform -chdir=terraform output -no-color\n"
                "  terraform -chdir=terraform state list\n"
                "  echo '```'\n"
                "} >> \"$GITHUB_STEP_SUMMARY\"\n");
  put_condition(job, script(job->e->arena, steps, "Summary", lines), action);
}

// Outputs that the script reads are fetched in front of it.
static Str with_outputs(CiJob *job, Str lines) {
  Buf out = {.arena = job->e->arena};
  for (size_t i = 0; i < job->e->outputs.len; i++) {
    Str name = job->e->outputs.at[i].name, variable = ci_output_variable(job->e->arena, name);
    if (!str_has(lines, str_fmt(job->e->arena, "$%.*s\"", STR_ARG(variable)))) continue;
    buf_fmt(&out, "%.*s=$(terraform -chdir=terraform output -raw %.*s)\n", STR_ARG(variable), STR_ARG(name));
  }
  buf_str(&out, lines);
  return buf_text(&out);
}

static void started_step(CiJob *job, Yaml *steps, const CiAction *action) {
  job->needs_json = false;
  Str lines = action->flow ? ci_start_script(job, action) : ci_invoke_script(job, action);
  Str name = str_fmt(job->e->arena, "%s %.*s", action->flow ? "Start" : "Invoke", STR_ARG(action->callee));
  put_condition(job, script(job->e->arena, steps, str_z(job->e->arena, name), with_outputs(job, lines)), action);
}

static void action_step(CiJob *job, Yaml *steps, const CiAction *action) {
  if (action->flow || action->function)
    started_step(job, steps, action);
  else if (str_eq(action->verb, S("plan")))
    plan_step(job, steps, action);
  else if (str_eq(action->verb, S("apply")))
    apply_step(job, steps, action);
  else if (str_eq(action->verb, S("summary")))
    summary_step(job, steps, action);
  else {
    Diag *fault = diag(job->e->diags, DIAG_ERROR, "E0786", job->rule->span, "`ci github` cannot do `%.*s`",
                       STR_ARG(action->verb));
    diag_help(job->e->diags, fault, "it can plan, apply, summary, start a flow and invoke a function");
  }
}

// ---------------------------------------------------------------- the file

static void put_environment(CiJob *job, Yaml *made) {
  Arena *arena = job->e->arena;
  Yaml *env = yaml_map(arena);
  put(arena, env, "TF_IN_AUTOMATION", S("true"));
  if (targets_localstack(job->e)) {
    put(arena, env, "AWS_ENDPOINT_URL", S("http://localhost:4566"));
    put(arena, env, "TF_VAR_localstack_endpoint", S("http://localhost:4566"));
  }
  put(arena, env, "COMMIT_MESSAGE", S("${{ github.event.head_commit.message }}"));
  for (size_t i = 0; i < job->rule->params.len; i++) {
    Str name = job->rule->params.at[i].name;
    Value input = {.kind = VALUE_EVENT, .time = TIME_EVENT, .text = str_fmt(arena, "input.%.*s", STR_ARG(name))};
    put(arena, env, str_z(arena, ci_environment_name(job, &input)),
        str_fmt(arena, "${{ inputs.%.*s }}", STR_ARG(name)));
  }
  yaml_put(arena, made, S("env"), env);
}

static bool says_verb(const CiRule *rule, const char *verb) {
  for (size_t i = 0; i < rule->actions.len; i++) {
    if (str_eq(rule->actions.at[i].verb, str_of(verb))) return true;
  }
  return false;
}

static void put_permissions(CiJob *job, Yaml *root, bool comments) {
  Arena *arena = job->e->arena;
  Yaml *permissions = put_map(arena, root, "permissions");
  put(arena, permissions, "contents", S("read"));
  put(arena, permissions, "id-token", S("write"));
  if (comments) put(arena, permissions, "pull-requests", S("write"));
}

static void workflow(CiJob *job, const Event *event, Str path) {
  Arena *arena = job->e->arena;
  bool is_pull = str_eq(str_of(event->on), S("pull_request"));
  Yaml *root = yaml_map(arena);
  put(arena, root, "name", str_fmt(arena, "%s", event->workflow));
  put_event(job, root, event);
  put_permissions(job, root, is_pull && says_verb(job->rule, "plan"));
  if (!is_pull) { // one run at a time changes what is deployed
    Yaml *concurrency = put_map(arena, root, "concurrency");
    put(arena, concurrency, "group", S("terraform"));
    yaml_put(arena, concurrency, S("cancel-in-progress"), yaml_bool(arena, false));
  }
  Yaml *made = put_map(arena, put_map(arena, root, "jobs"), "pipeline");
  put(arena, made, "runs-on", ci_text(job, "runner", "ubuntu-24.04"));
  put_environment(job, made);
  Yaml *steps = yaml_put(arena, made, S("steps"), yaml_seq(arena));
  set_up(job, steps);
  check_steps(job, steps);
  for (size_t i = 0; i < job->rule->actions.len; i++) {
    action_step(job, steps, &job->rule->actions.at[i]);
    if (is_pull && str_eq(job->rule->actions.at[i].verb, S("plan"))) comment_step(job, steps);
  }
  emit_file(
      job->e,
      (EmittedFile){.path = path, .text = yaml_print(arena, root, generated_note(job->e)), .span = job->rule->span});
}

static void warn_of_state(CiJob *job) {
  const Value *settings = setting(job->e, "terraform");
  if (value_member(settings, S("cloud")) || value_member(settings, S("backend"))) return;
  Diag *fault = diag(job->e->diags, DIAG_WARNING, "E0787", job->ci->span,
                     "the Terraform state is kept nowhere: the second run would begin from nothing");
  diag_help(
      job->e->diags, fault,
      "say where in the pipeline: `terraform: { backend: { s3: { bucket: \"…\", key: \"…\", region: \"…\" } } }`");
}

void emit_ci_github(Emitter *e, const Ci *ci) {
  CiJob job = {.e = e, .ci = ci, .system = CI_GITHUB};
  ci_check_fields(&job, fields);
  if (!targets_localstack(e)) warn_of_state(&job);
  for (size_t i = 0; i < ci->rules.len; i++) {
    job.rule = &ci->rules.at[i];
    const Event *event = event_of(&job);
    if (!event) continue;
    Str path = str_fmt(e->arena, ".github/workflows/%s.yml", event->workflow);
    for (int number = 2; emission_file(e->emission, path); number++) {
      path = str_fmt(e->arena, ".github/workflows/%s-%d.yml", event->workflow, number);
    }
    workflow(&job, event, path);
  }
}
