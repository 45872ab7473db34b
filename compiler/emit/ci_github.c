// .github/workflows/*.yml: one workflow an event, a job for each thing that it does. Roles are taken on by the identity
// token, no key is stored. What an event holds reaches the shell through the environment alone.
#include "emit/ci.h"
#include "base/sys.h"

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

static void put_event(CiJob *job, Yaml *root, const CiEvent *event) {
  Arena *arena = job->e->arena;
  Yaml *on = put_map(arena, root, "on"), *what = yaml_map(arena), *list = arguments(job);
  if (str_eq(str_of(event->name), S("schedule"))) {
    Yaml *times = yaml_put(arena, on, S("schedule"), yaml_seq(arena));
    for (size_t i = 0; i < list->items.len; i++) {
      yaml_put(arena, yaml_add(arena, times, yaml_map(arena)), S("cron"), (Yaml *)(uintptr_t)list->items.at[i]);
    }
    return;
  }
  yaml_put(arena, on, str_of(event->on[CI_GITHUB]), what);
  if (str_eq(str_of(event->name), S("tag"))) {
    if (!list->items.len) yaml_add(arena, list, text(arena, "*"));
    yaml_put(arena, what, S("tags"), list);
  } else if (list->items.len) {
    yaml_put(arena, what, S("branches"), list);
  }
  put_inputs(job, what);
}

static bool is_pull(const CiRule *rule) {
  return str_eq(str_of(ci_event_named(CI_GITHUB, rule->event)->on[CI_GITHUB]), S("pull_request"));
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

static void check_out(CiJob *job, Yaml *steps) {
  Arena *arena = job->e->arena;
  use(arena, steps, "Check out", "actions/checkout@v4");
  Yaml *with = put_map(arena, use(arena, steps, "Terraform", "hashicorp/setup-terraform@v3"), "with");
  put(arena, with, "terraform_version", ci_text(job, "terraform_version", "1.11.4"));
  yaml_put(arena, with, S("terraform_wrapper"), yaml_bool(arena, false));
}

// How long a job that waits for an execution may take, beside the waiting.
enum { SPARE_SECONDS = 900, SESSION_SECONDS = 3600, SESSION_MOST = 43200 };

static void take_role(CiJob *job, Yaml *steps, const CiTask *task, CiTaskKind kind) {
  Arena *arena = job->e->arena;
  if (targets_localstack(job->e)) return;
  const Value *region = setting(job->e, "region");
  Str role = ci_role(job, kind, task->environment, "${{ vars.AWS_ACCOUNT_ID }}");
  double seconds = ci_wait(job) + SPARE_SECONDS;
  Yaml *with =
      put_map(arena, use(arena, steps, "Take on the role", "aws-actions/configure-aws-credentials@v4"), "with");
  put(arena, with, "role-to-assume", role.len ? role : S("${{ vars.AWS_ROLE_ARN }}"));
  put(arena, with, "aws-region", region && region->kind == VALUE_STRING ? region->text : S("${{ vars.AWS_REGION }}"));
  if (task->action && task->action->waits && job->ci->roles && seconds > SESSION_SECONDS) {
    double most = seconds < SESSION_MOST ? seconds : SESSION_MOST;
    yaml_put(arena, with, S("role-duration-seconds"), yaml_int(arena, (long long)most));
  }
}

static void plan_steps(CiJob *job, Yaml *steps, const CiTask *task) {
  Str init = ci_init(job, task->environment), plan = ci_plan(job, task->environment, false);
  Str lines = str_fmt(job->e->arena,
                      "%.*s%.*s"
                      "{\n"
                      "  echo '## Plan%s%.*s'\n"
                      "  echo '```'\n"
                      "  terraform -chdir=terraform show -no-color plan.tfplan | head -c 900000\n"
                      "  echo '```'\n"
                      "} >> \"$GITHUB_STEP_SUMMARY\"\n",
                      STR_ARG(init), STR_ARG(plan), task->environment.len ? " of " : "", STR_ARG(task->environment));
  script(job->e->arena, steps, "Plan", lines);
}

// The plan as a comment of the pull request, one for each environment, brought up to date by later runs; text of the
// plan reaches the API as a file.
static void comment_step(CiJob *job, Yaml *steps, const CiTask *task) {
  Arena *arena = job->e->arena;
  Str mark = str_fmt(arena, "<!-- %.*s -->", STR_ARG(ci_name(job, "plan", task->environment)));
  Str lines = str_fmt(
      arena,
      "{\n"
      "  echo '%.*s'\n"
      "  echo '## Plan%s%.*s'\n"
      "  echo '```'\n"
      "  terraform -chdir=terraform show -no-color plan.tfplan | head -c 60000\n"
      "  echo '```'\n"
      "} > comment.md\n"
      "comment=$(gh api --paginate \"repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments\" \\\n"
      "  --jq '.[] | select(.body | startswith(\"%.*s\")) | .id' | head -n 1)\n"
      "if [ -n \"$comment\" ]; then\n"
      "  gh api -X PATCH \"repos/$GITHUB_REPOSITORY/issues/comments/$comment\" -F body=@comment.md > /dev/null\n"
      "else\n"
      "  gh pr comment \"$PULL_REQUEST\" --body-file comment.md\n"
      "fi\n",
      STR_ARG(mark), task->environment.len ? " of " : "", STR_ARG(task->environment), STR_ARG(mark));
  Yaml *env = put_map(arena, script(arena, steps, "Comment", lines), "env");
  put(arena, env, "GH_TOKEN", S("${{ github.token }}"));
  put(arena, env, "PULL_REQUEST", S("${{ github.event.pull_request.number }}"));
}

static void apply_steps(CiJob *job, Yaml *steps, const CiTask *task) {
  Buf lines = {.arena = job->e->arena};
  buf_str(&lines, ci_init(job, task->environment));
  buf_str(&lines, ci_plan(job, task->environment, true));
  buf_str(&lines, S("terraform -chdir=terraform apply -input=false plan.tfplan\n"));
  script(job->e->arena, steps, "Apply", buf_text(&lines));
}

static void summary_steps(CiJob *job, Yaml *steps, const CiTask *task) {
  Str init = ci_init(job, task->environment), lines = ci_summary(job);
  script(job->e->arena, steps, "Summary",
         str_fmt(job->e->arena, "%.*s{\n%.*s} >> \"$GITHUB_STEP_SUMMARY\"\n", STR_ARG(init), STR_ARG(lines)));
}

// Outputs of the Terraform that a command reads are asked for first, by who may read the state.
static void run_steps(CiJob *job, Yaml *steps, const CiTask *task) {
  Arena *arena = job->e->arena;
  StrList outputs = {0};
  Str lines = ci_command(job, task, &outputs);
  if (outputs.len) {
    Buf ask = {.arena = arena};
    check_out(job, steps);
    take_role(job, steps, task, TASK_PLAN);
    buf_str(&ask, ci_init(job, task->environment));
    for (size_t i = 0; i < outputs.len; i++) {
      Str name = outputs.at[i], variable = shell_output_name(arena, name);
      buf_fmt(&ask, "echo \"%.*s=$(terraform -chdir=terraform output -raw %.*s)\" >> \"$GITHUB_ENV\"\n",
              STR_ARG(variable), STR_ARG(name));
    }
    script(arena, steps, "What is deployed", buf_text(&ask));
  }
  take_role(job, steps, task, TASK_RUN);
  script(arena, steps, str_z(arena, str_fmt(arena, "Run %.*s", STR_ARG(task->action->callee))), lines);
}

// ---------------------------------------------------------------- jobs

static void put_environment(CiJob *job, Yaml *made, const CiTask *task) {
  Arena *arena = job->e->arena;
  Yaml *env = yaml_map(arena);
  bool terraform = task->kind == TASK_PLAN || task->kind == TASK_APPLY || task->kind == TASK_SUMMARY;
  if (task->kind != TASK_RUN) put(arena, env, "TF_IN_AUTOMATION", S("true"));
  if (targets_localstack(job->e)) {
    put(arena, env, "AWS_ENDPOINT_URL", S("http://localhost:4566"));
    put(arena, env, "TF_VAR_localstack_endpoint", S("http://localhost:4566"));
  }
  if (task->kind == TASK_RUN) put(arena, env, "COMMIT_MESSAGE", S("${{ github.event.head_commit.message }}"));
  for (size_t i = 0; i < job->rule->params.len; i++) {
    Str name = job->rule->params.at[i].name, input = str_fmt(arena, "${{ inputs.%.*s }}", STR_ARG(name));
    if (task->kind == TASK_RUN) put(arena, env, str_z(arena, shell_input_name(arena, SHELL_GITHUB, name)), input);
    if (terraform && has_variable(job->e, name))
      put(arena, env, str_z(arena, str_fmt(arena, "TF_VAR_%.*s", STR_ARG(name))), input);
  }
  if (env->pairs.len) yaml_put(arena, made, S("env"), env);
}

static void put_permissions(CiJob *job, Yaml *made, const CiTask *task) {
  Arena *arena = job->e->arena;
  if (targets_localstack(job->e) && !is_pull(job->rule)) return;
  Yaml *permissions = put_map(arena, made, "permissions");
  put(arena, permissions, "contents", S("read"));
  put(arena, permissions, "id-token", S("write"));
  if (task->kind == TASK_PLAN && is_pull(job->rule)) put(arena, permissions, "pull-requests", S("write"));
}

// When a job runs: its own condition; although one before it was left out; not for forks, which get no token.
static void put_condition(CiJob *job, Yaml *made, const CiTask *task) {
  Buf out = {.arena = job->e->arena};
  if (task->optional) buf_str(&out, S("!cancelled() && !failure()"));
  if (ci_has_condition(task->action)) {
    buf_str(&out, out.len ? S(" && ") : S(""));
    ci_condition(job, &out, task->action->condition);
  }
  if (is_pull(job->rule)) {
    buf_str(&out, out.len ? S(" && ") : S(""));
    buf_str(&out, S("github.event.pull_request.head.repo.full_name == github.repository"));
  }
  if (!out.len) return;
  Str text = buf_text(&out);
  put(job->e->arena, made, "if", str_fmt(job->e->arena, "${{ %.*s }}", STR_ARG(text)));
}

static Yaml *new_job(CiJob *job, Yaml *jobs, Str name, Str needs) {
  Yaml *made = yaml_put(job->e->arena, jobs, name, yaml_map(job->e->arena));
  if (needs.len) put(job->e->arena, made, "needs", needs);
  put(job->e->arena, made, "runs-on", ci_text(job, "runner", "ubuntu-24.04"));
  return made;
}

static void lint_job(CiJob *job, Yaml *jobs) {
  Arena *arena = job->e->arena;
  Yaml *made = new_job(job, jobs, S("lint"), (Str){0}), *steps = yaml_put(arena, made, S("steps"), yaml_seq(arena));
  check_out(job, steps);
  script(arena, steps, "Check", ci_lint(job, "--format github"));
}

static void task_job(CiJob *job, Yaml *jobs, const CiTask *task, Str needs) {
  Arena *arena = job->e->arena;
  Yaml *made = new_job(job, jobs, task->name, needs);
  put_condition(job, made, task);
  if (task->kind == TASK_GATE) { // apart from the job that applies, whose token then still names the branch
    put(arena, made, "environment", task->environment);
    script(arena, yaml_put(arena, made, S("steps"), yaml_seq(arena)), "Go on",
           S("echo \"$GITHUB_ACTOR lets this go on\"\n"));
    return;
  }
  if (task->kind == TASK_APPLY) { // one run at a time changes what is deployed
    Yaml *concurrency = put_map(arena, made, "concurrency");
    put(arena, concurrency, "group", ci_name(job, "terraform", task->environment));
    yaml_put(arena, concurrency, S("cancel-in-progress"), yaml_bool(arena, false));
  }
  if (task->action && task->action->waits) {
    double minutes = (ci_wait(job) + SPARE_SECONDS + 59) / 60;
    yaml_put(arena, made, S("timeout-minutes"), yaml_int(arena, (long long)minutes));
  }
  put_permissions(job, made, task);
  put_environment(job, made, task);
  Yaml *steps = yaml_put(arena, made, S("steps"), yaml_seq(arena));
  if (task->kind == TASK_RUN) {
    run_steps(job, steps, task);
    return;
  }
  check_out(job, steps);
  take_role(job, steps, task, task->kind);
  if (task->kind == TASK_PLAN) {
    plan_steps(job, steps, task);
    if (is_pull(job->rule)) comment_step(job, steps, task);
  } else if (task->kind == TASK_APPLY) {
    apply_steps(job, steps, task);
  } else {
    summary_steps(job, steps, task);
  }
}

// ---------------------------------------------------------------- the files

static void workflow(CiJob *job, const CiEvent *event, Str path) {
  Arena *arena = job->e->arena;
  Yaml *root = yaml_map(arena);
  CiTasks tasks = {0};
  put(arena, root, "name", str_fmt(arena, "%s", event->workflow));
  put_event(job, root, event);
  put(arena, put_map(arena, root, "permissions"), "contents", S("read"));
  Yaml *jobs = put_map(arena, root, "jobs");
  lint_job(job, jobs);
  ci_tasks(job, job->rule, &tasks);
  Str before = S("lint");
  for (size_t i = 0; i < tasks.len; i++) {
    bool alone = is_pull(job->rule) && tasks.at[i].kind == TASK_PLAN; // plans of environments side by side
    task_job(job, jobs, &tasks.at[i], alone ? S("lint") : before);
    before = tasks.at[i].name;
  }
  emit_file(
      job->e,
      (EmittedFile){.path = path, .text = yaml_print(arena, root, generated_note(job->e)), .span = job->rule->span});
}

static void warn_of_state(CiJob *job) {
  if (!ci_has_no_state(job->e)) return;
  Diag *fault = diag(job->e->diags, DIAG_WARNING, "E0787", job->ci->span,
                     "the Terraform state is kept nowhere: the second run would begin from nothing");
  diag_help(
      job->e->diags, fault,
      "say where in the pipeline: `terraform: { backend: { s3: { bucket: \"…\", key: \"…\", region: \"…\" } } }`");
}

void emit_ci_github(Emitter *e, const Ci *ci) {
  CiJob job = {.e = e, .ci = ci};
  if (!targets_localstack(e)) warn_of_state(&job);
  for (size_t i = 0; i < ci->rules.len; i++) {
    job.rule = &ci->rules.at[i];
    const CiEvent *event = ci_event_named(CI_GITHUB, job.rule->event);
    Str path = str_fmt(e->arena, ".github/workflows/%s.yml", event->workflow);
    for (int number = 2; emission_file(e->emission, path); number++) {
      path = str_fmt(e->arena, ".github/workflows/%s-%d.yml", event->workflow, number);
    }
    workflow(&job, event, path);
  }
}
