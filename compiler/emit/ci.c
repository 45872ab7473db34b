#include "emit/ci.h"
#include "base/sys.h"

size_t ci_environments(CiJob *job, const CiRule *rule, Str **names) {
  size_t count = environments(job->e, names);
  if (rule && rule->environments && count) {
    count = rule->environments->count;
    for (size_t i = 0; i < count; i++) (*names)[i] = rule->environments->items[i]->text;
  }
  if (count) return count;
  *names = NEW_N(job->e->arena, Str, 1);
  return 1;
}

Str ci_name(CiJob *job, const char *verb, Str environment) {
  return environment.len ? str_fmt(job->e->arena, "%s-%.*s", verb, STR_ARG(environment)) : str_of(verb);
}

bool ci_has_condition(const CiAction *action) {
  return action && action->condition && action->condition->kind != VALUE_MISSING;
}

// Whether a rule says `verb`.
static bool says(const CiRule *rule, const char *verb) {
  for (size_t i = 0; i < rule->actions.len; i++) {
    if (str_eq(rule->actions.at[i].verb, str_of(verb))) return true;
  }
  return false;
}

// ---------------------------------------------------------------- tasks

static CiTaskKind kind_of(const CiAction *action) {
  return str_eq(action->verb, S("plan"))      ? TASK_PLAN
         : str_eq(action->verb, S("apply"))   ? TASK_APPLY
         : str_eq(action->verb, S("summary")) ? TASK_SUMMARY
                                              : TASK_RUN;
}

// The name of a task: of what it runs, or its verb; repetitions get a number.
static Str task_name(CiJob *job, const CiTasks *tasks, const CiAction *action, Str environment) {
  Str base = action->callee.len ? action->callee : action->verb,
      name = ci_name(job, str_z(job->e->arena, base), environment);
  for (size_t i = 0, number = 2; i < tasks->len; i++) {
    if (!str_eq(tasks->at[i].name, name)) continue;
    name = ci_name(job, str_z(job->e->arena, str_fmt(job->e->arena, "%.*s-%zu", STR_ARG(base), number++)), environment);
    i = (size_t)-1;
  }
  return name;
}

void ci_tasks(CiJob *job, const CiRule *rule, CiTasks *tasks) {
  Arena *arena = job->e->arena;
  Str *names;
  size_t count = ci_environments(job, rule, &names);
  bool optional = false;
  for (size_t i = 0; i < count; i++) {
    CiTask task = {.environment = names[i], .rule = rule};
    if (i && says(rule, "apply")) {
      task.kind = TASK_PLAN, task.name = ci_name(job, "plan", names[i]), task.optional = optional;
      if (!says(rule, "plan")) VEC_PUSH(arena, tasks, task);
      task.kind = TASK_GATE, task.name = ci_name(job, "gate", names[i]);
      VEC_PUSH(arena, tasks, task);
    }
    for (size_t k = 0; k < rule->actions.len; k++) {
      task.action = &rule->actions.at[k];
      task.kind = kind_of(task.action);
      task.name = task_name(job, tasks, task.action, names[i]);
      task.optional = optional;
      VEC_PUSH(arena, tasks, task);
      optional = optional || ci_has_condition(task.action);
    }
  }
}

// ---------------------------------------------------------------- fields

const Value *ci_field(const CiJob *job, const char *name) {
  const Value *value = value_member(job->ci->fields, str_of(name));
  return value && value->kind != VALUE_MISSING ? value : NULL;
}

Str ci_text(const CiJob *job, const char *name, const char *otherwise) {
  const Value *value = ci_field(job, name);
  return value && value->kind == VALUE_STRING ? value->text : str_of(otherwise);
}

double ci_wait(const CiJob *job) {
  const Value *value = ci_field(job, "wait");
  return value && value->kind == VALUE_NUMBER ? value->number : 0;
}

// ---------------------------------------------------------------- conditions

static void condition_text(CiSystem system, Buf *out, Str text) {
  char quote = system == CI_GITHUB ? '\'' : '"';
  buf_char(out, quote);
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] == '\'' && system == CI_GITHUB) buf_char(out, '\'');
    if ((text.at[i] == '"' || text.at[i] == '\\') && system == CI_GITLAB) buf_char(out, '\\');
    buf_char(out, text.at[i]);
  }
  buf_char(out, quote);
}

static void condition_name(CiJob *job, Buf *out, const Value *value, bool truth) {
  CiSystem system = job->ci->system;
  Str parameter = shell_parameter(value);
  const CiVariable *row = ci_variable(value->text);
  if (parameter.len && system == CI_GITHUB) {
    buf_fmt(out, "inputs.%.*s", STR_ARG(parameter));
  } else if (row) {
    buf_str(out, str_of(row->expression[system]));
  } else if (parameter.len) {
    buf_fmt(out, "$%.*s", STR_ARG(shell_input_name(job->e->arena, (ShellPlace)system, parameter)));
    if (truth) buf_str(out, S(" == \"true\""));
  }
}

void ci_condition(CiJob *job, Buf *out, const Value *value) {
  static const char *const operators[] = {
      [OP_EQUAL] = " == ", [OP_UNEQUAL] = " != ", [OP_AND] = " && ", [OP_OR] = " || "};
  CiSystem system = job->ci->system;
  if (value->kind == VALUE_EVENT) {
    condition_name(job, out, value, value->type->tag == T_BOOL);
    return;
  }
  if (value->kind == VALUE_STRING) {
    condition_text(system, out, value->text);
    return;
  }
  if (value->kind == VALUE_BOOL || value->kind == VALUE_NUMBER) {
    Str text = value_plain(job->e->arena, value);
    if (system == CI_GITHUB)
      buf_str(out, text);
    else
      condition_text(system, out, text);
    return;
  }
  bool is_not = value->kind == VALUE_OPERATION && value->op == VALUE_NOT;
  bool is_known = value->kind == VALUE_OPERATION && value->op == VALUE_BINARY && value->binary >= OP_EQUAL &&
                  value->binary <= OP_OR && operators[value->binary];
  if (is_not && system == CI_GITHUB) {
    buf_str(out, S("!("));
    ci_condition(job, out, value->items[0]);
    buf_char(out, ')');
  } else if (is_not && value->items[0]->kind == VALUE_EVENT) { // GitLab has no `!`
    condition_name(job, out, value->items[0], false);
    buf_str(out, S(" != \"true\""));
  } else if (is_known) {
    bool group = value->binary == OP_AND || value->binary == OP_OR;
    if (group) buf_char(out, '(');
    for (size_t i = 0; i < 2; i++) {
      if (i) buf_str(out, str_of(operators[value->binary]));
      const Value *side = value->items[i];
      if (!group && side->kind == VALUE_EVENT)
        condition_name(job, out, side, false);
      else
        ci_condition(job, out, side);
    }
    if (group) buf_char(out, ')');
  } else {
    Diag *d = diag(job->e->diags, DIAG_ERROR, "E0782", value->span, "a CI system cannot compute this condition");
    if (value->kind == VALUE_TERRAFORM && str_eq(value->text, S("var.environment")))
      diag_help(
          job->e->diags, d,
          "`in [NAME]` behind the rule's event says in which environments it is; a rule may be repeated for others");
    else
      diag_help(job->e->diags, d,
                "what it can: `==`, `!=`, `and`, `or` and `not` over `ci.…`, parameters and constants");
  }
}

// ---------------------------------------------------------------- the Terraform

static const Value *terraform_setting(const Emitter *e, const char *name) {
  return value_member(setting(e, "terraform"), str_of(name));
}

bool ci_applies_elsewhere(const Emitter *e) {
  return terraform_setting(e, "cloud") != NULL;
}

bool ci_has_no_state(const Emitter *e) {
  return !terraform_setting(e, "cloud") && !terraform_setting(e, "backend");
}

bool ci_keeps_state(const CiJob *job) {
  const Value *http = value_member(terraform_setting(job->e, "backend"), S("http"));
  return job->ci->system == CI_GITLAB && (ci_has_no_state(job->e) || (http && !value_member(http, S("address"))));
}

// Without a backend, GitLab keeps the state; anywhere else each environment has a workspace.
Str ci_init(CiJob *job, Str environment) {
  Buf out = {.arena = job->e->arena};
  if (ci_keeps_state(job) && ci_has_no_state(job->e))
    buf_str(&out, S("printf '%s\\n' 'terraform {' '  backend \"http\" {}' '}' > terraform/backend_override.tf\n"));
  buf_str(&out, S("terraform -chdir=terraform init -input=false\n"));
  if (environment.len && !ci_keeps_state(job) && terraform_has_workspaces(job->e)) {
    buf_str(&out, S("terraform -chdir=terraform workspace select -or-create "));
    shell_text(&out, environment);
    buf_char(&out, '\n');
  }
  return buf_text(&out);
}

static void var_file(CiJob *job, Buf *out, Str environment) {
  if (!environment.len) return;
  buf_str(out, S(" -var-file="));
  shell_text(out, str_fmt(job->e->arena, "%.*s.tfvars", STR_ARG(environment)));
}

Str ci_plan(CiJob *job, Str environment, bool locks) {
  Buf out = {.arena = job->e->arena};
  buf_str(&out, S("terraform -chdir=terraform plan -input=false -out=plan.tfplan"));
  if (!locks && job->ci->roles) buf_str(&out, S(" -lock=false")); // who plans may only read the state
  var_file(job, &out, environment);
  buf_char(&out, '\n');
  return buf_text(&out);
}

Str ci_lint(CiJob *job, const char *report) {
  return str_fmt(job->e->arena,
                 "if command -v mlopsc >/dev/null; then mlopsc validate . %s; fi\n"
                 "terraform -chdir=terraform fmt -check -recursive\n"
                 "terraform -chdir=terraform init -backend=false -input=false\n"
                 "terraform -chdir=terraform validate\n",
                 report);
}

Str ci_summary(CiJob *job) {
  (void)job;
  return S("echo '## Resources'\n"
           "echo '```'\n"
           "terraform -chdir=terraform output -no-color\n"
           "terraform -chdir=terraform state list\n"
           "echo '```'\n");
}

// ---------------------------------------------------------------- commands

Str ci_command(CiJob *job, const CiTask *task, StrList *outputs) {
  Shell sh = {.e = job->e, .place = (ShellPlace)job->ci->system, .environment = task->environment};
  Str script = shell_script(&sh, task->action->command);
  for (size_t i = 0; i < sh.outputs.len; i++) {
    bool seen = false;
    for (size_t k = 0; k < outputs->len; k++) seen = seen || str_eq(outputs->at[k], sh.outputs.at[i]);
    if (!seen) VEC_PUSH(job->e->arena, outputs, sh.outputs.at[i]);
  }
  return script;
}

// ---------------------------------------------------------------- roles

Str ci_role(CiJob *job, CiTaskKind kind, Str environment, const char *account) {
  static const char *const names[] = {
      [TASK_PLAN] = "plan", [TASK_APPLY] = "apply", [TASK_RUN] = "run", [TASK_SUMMARY] = "plan"};
  Emitter *e = job->e;
  Str given = ci_text(job, "role", "");
  if (given.len || kind == TASK_LINT || kind == TASK_GATE) return given;
  const Value *name = value_member(job->ci->roles, str_of(names[kind]));
  if (!name) return (Str){0};
  Shell sh = {.e = e, .place = (ShellPlace)job->ci->system, .environment = environment};
  Buf text = {.arena = e->arena};
  shell_word(&sh, &text, name);
  const Value *number = value_member(ci_field(job, "oidc"), S("account"));
  Str id = number && number->kind == VALUE_STRING ? number->text : str_of(account);
  return str_fmt(e->arena, "arn:aws:iam::%.*s:role/%.*s", STR_ARG(id), STR_ARG(buf_text(&text)));
}

// ---------------------------------------------------------------- files

Str ci_archive_folder(const Emitter *e) {
  for (size_t i = 0; i < e->model->resources.len; i++) {
    const Resource *resource = &e->model->resources.at[i];
    const Value *path = value_member(resource->body, S("output_path"));
    if (!resource->data || !path || path->kind != VALUE_TEMPLATE || path->count < 2) continue;
    const Value *tail = path->items[1];
    if (tail->kind != VALUE_STRING || !str_starts(tail->text, S("/"))) continue;
    Str rest = str_slice(tail->text, 1, tail->text.len), folder = str_cut(rest, '/', &rest);
    if (rest.len) return folder;
  }
  return (Str){0};
}

void emit_ci(Emitter *e) {
  for (size_t i = 0; i < e->model->cis.len; i++) {
    const Ci *ci = &e->model->cis.at[i];
    if (ci->system == CI_GITLAB)
      emit_ci_gitlab(e, ci);
    else
      emit_ci_github(e, ci);
  }
}
