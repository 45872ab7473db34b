// The README of the generated repository: what it is, how it is deployed, run and removed, with nothing but the files
// in it.
#include "emit/ci.h"
#include "emit/readme.h"
#include "report/mermaid.h"

// ---------------------------------------------------------------- what is here

static bool has_folder(const Emitter *e, Str folder) {
  for (size_t i = 0; i < e->emission->files.len; i++) {
    if (str_starts(e->emission->files.at[i].path, folder)) return true;
  }
  return false;
}

typedef struct Row {
  const char *path, *what;
} Row;

static const Row rows[] = {
    {"terraform/", "the infrastructure, one file a concern; `statemachines/` holds the definitions of the flows"},
    {"terraform/modules/", "its modules, one a concern; `main.tf` hands what one gives to those that read it"},
    {"dynamodb_items/", "the items of the tables, which Terraform loads"},
    {".gitlab-ci.yml", "checks, plans, applies and starts on GitLab"},
    {".github/workflows/", "checks, plans, applies and starts on GitHub"},
    {"lambda/", "the code of the Lambda functions; Terraform packs it"},
    {"codebuild/", "the buildspecs of the build projects"},
    {"canary/", "the checks of the APIs"},
    {NULL, NULL},
};

enum { NAMES_MOST = 8 };

// The folders that no row knows, each with the names of the files in it.
static void other_folders(Emitter *e, Buf *out) {
  Str before = {0};
  size_t names = 0;
  for (size_t i = 0; i < e->emission->files.len; i++) {
    Str path = e->emission->files.at[i].path, below, folder = str_cut(path, '/', &below);
    bool known = !below.len || str_starts(path, S("."));
    for (const Row *row = rows; row->path && !known; row++) known = str_starts(path, str_of(row->path));
    if (known) continue;
    if (!str_eq(folder, before)) {
      if (before.len) buf_str(out, S(" |\n"));
      buf_str(out, S("| "));
      markdown_code(out, str_fmt(e->arena, "%.*s/", STR_ARG(folder)));
      buf_str(out, S(" | "));
      before = folder, names = 0;
    }
    if (++names > NAMES_MOST + 1) continue;
    if (names > 1) buf_str(out, S(", "));
    if (names > NAMES_MOST)
      buf_str(out, S("…"));
    else
      markdown_code(out, below);
  }
  if (before.len) buf_str(out, S(" |\n"));
}

static void contents(Emitter *e, Buf *out) {
  buf_str(out, S("| | |\n|---|---|\n"));
  for (const Row *row = rows; row->path; row++) {
    if (has_folder(e, str_of(row->path))) buf_fmt(out, "| `%s` | %s |\n", row->path, row->what);
  }
  other_folders(e, out);
  buf_str(out, S("| `.mlopsc.json` | which files are generated, and the hash of each |\n"));
}

static void parameters(Emitter *e, Buf *out, const Flow *flow) {
  for (size_t i = 0; i < flow->params.len; i++) {
    const FlowParameter *param = &flow->params.at[i];
    buf_str(out, i ? S(", ") : S("Input: "));
    markdown_code(out, param->name);
    if (param->value || param->optional) buf_str(out, S(" (optional)"));
  }
  if (flow->params.len) buf_str(out, S(".\n\n"));
  (void)e;
}

static void flows(Emitter *e, Buf *out) {
  for (size_t i = 0; i < e->model->flows.len; i++) {
    const Flow *flow = e->model->flows.at[i];
    buf_str(out, S("\n## Flow "));
    markdown_text(out, flow->name);
    buf_str(out, S("\n\n"));
    if (flow->doc.len) {
      markdown_text(out, flow->doc);
      buf_str(out, S("\n\n"));
    }
    parameters(e, out, flow);
    buf_str(out, S("```mermaid\n"));
    mermaid_write(out, flow);
    buf_str(out, S("```\n"));
  }
}

// ---------------------------------------------------------------- how to

// The commands that come before plan, apply and destroy, and their options.
static void terraform_commands(Emitter *e, Buf *out, const char *verb) {
  Str *names;
  size_t count = environments(e, &names);
  buf_str(out, S("```\nterraform -chdir=terraform init\n"));
  if (count) {
    Str name = names[0];
    if (terraform_has_workspaces(e)) {
      buf_str(out, S("terraform -chdir=terraform workspace select -or-create "));
      shell_text(out, name);
      buf_char(out, '\n');
    }
    buf_fmt(out, "terraform -chdir=terraform %s -var-file=", verb);
    shell_text(out, str_fmt(e->arena, "%.*s.tfvars", STR_ARG(name)));
    buf_str(out, S("\n```\n"));
    return;
  }
  buf_fmt(out, "terraform -chdir=terraform %s\n```\n", verb);
}

// Where the state is, which has to be there first.
static void state(Emitter *e, Buf *out) {
  bool gitlab = false;
  for (size_t i = 0; i < e->model->cis.len; i++) gitlab = gitlab || e->model->cis.at[i].system == CI_GITLAB;
  if (ci_has_no_state(e) && !gitlab && !targets_localstack(e))
    buf_str(out,
            S("The state is a file, `terraform/terraform.tfstate`, which is not committed: keep it, as Terraform knows "
              "by it "
              "what it made. Several people share it by a backend (`terraform: { backend: … }` in the spec).\n\n"));
  const Value *settings = setting(e, "terraform"), *backends = value_member(settings, S("backend"));
  if (value_member(settings, S("cloud")))
    buf_str(out, S("Terraform Cloud keeps the state: `terraform login` first.\n\n"));
  for (size_t i = 0; backends && backends->kind == VALUE_OBJECT && i < backends->count; i++) {
    const Value *bucket = value_member(backends->members[i].value, S("bucket"));
    buf_str(out, S("The state is kept by the backend "));
    markdown_code(out, backends->members[i].name);
    if (bucket && bucket->kind == VALUE_STRING) {
      buf_str(out, S(", in the bucket "));
      markdown_code(out, bucket->text);
    }
    buf_str(out, S(", which must be there.\n\n"));
  }
}

// Where Terraform Cloud holds all in one workspace, there is one environment in it.
static const Value *only_workspace(Emitter *e) {
  const Value *name = value_member(value_member(setting(e, "terraform"), S("cloud")), S("workspace"));
  return name && name->kind == VALUE_STRING ? name : NULL;
}

// What applies is Terraform Cloud, which sees each push: nobody does it by hand.
static bool is_applied_by_push(Emitter *e) {
  return ci_applies_elsewhere(e) && e->model->cis.len > 0;
}

static void other_environments(Emitter *e, Buf *out, const Str *names, size_t count) {
  if (count < 2) return;
  if (only_workspace(e)) {
    buf_str(out,
            S("\nA workspace holds one environment, the one that its variable `environment` names. Another one needs a "
              "workspace of its own; applied to the same, it would take the place of the first.\n"));
    return;
  }
  buf_str(out, S("\nThe other environments are deployed in the same way:"));
  for (size_t i = 1; i < count; i++) {
    buf_str(out, i > 1 ? S(", ") : S(" "));
    markdown_code(out, names[i]);
  }
  buf_str(out, S(".\n"));
}

static void deploy_by_push(Emitter *e, Buf *out) {
  const Value *cloud = value_member(setting(e, "terraform"), S("cloud")), *name = only_workspace(e);
  const Value *organization = value_member(cloud, S("organization"));
  buf_str(out, S("Terraform Cloud plans and applies each push: connect "));
  buf_str(out, name ? S("the workspace ") : S("the workspace of each environment"));
  if (name) markdown_code(out, name->text);
  if (organization && organization->kind == VALUE_STRING) {
    buf_str(out, S(" of the organization "));
    markdown_code(out, organization->text);
  }
  buf_str(out,
          S(" to this project (Settings, Version Control; its working directory is `terraform`), switch auto-apply on, "
            "and set there the variables below and, as environment variables, AWS credentials (`AWS_ACCESS_KEY_ID` and "
            "`AWS_SECRET_ACCESS_KEY`, or `TFC_AWS_PROVIDER_AUTH` and `TFC_AWS_RUN_ROLE_ARN` for a role).\n"));
}

static void deploy(Emitter *e, Buf *out) {
  Str *names;
  size_t count = environments(e, &names);
  const Value *region = setting(e, "region");
  Str version = terraform_version(e);
  buf_str(out, S("\nTerraform "));
  if (str_starts(version, S(">= ")) && !str_has(version, S(",")))
    buf_fmt(out, "%.*s or newer", STR_ARG(str_slice(version, 3, version.len)));
  else
    markdown_code(out, version);
  buf_str(out, S(" is needed"));
  if (targets_localstack(e)) {
    buf_str(out, S("; LocalStack listens on port 4566 (`-var localstack_endpoint=…` names another place).\n\n"));
  } else {
    buf_str(out, S(", and AWS credentials (`aws sts get-caller-identity` says whose)."));
    if (region && region->kind == VALUE_STRING) {
      buf_str(out, S(" Commands of this page are for one region: "));
      markdown_code(out, str_fmt(e->arena, "export AWS_REGION=%.*s", STR_ARG(region->text)));
      buf_str(out, S("."));
    }
    buf_str(out, S("\n\n"));
  }
  if (is_applied_by_push(e)) {
    deploy_by_push(e, out);
  } else {
    state(e, out);
    terraform_commands(e, out, "apply");
  }
  other_environments(e, out, names, count);
  if (!e->model->variables.len) return;
  buf_str(out, S("\nVariables, given with `-var` or in a `.tfvars` file:\n\n| | | |\n|---|---|---|\n"));
  for (size_t i = 0; i < e->model->variables.len; i++) {
    const Variable *variable = &e->model->variables.at[i];
    buf_str(out, S("| "));
    markdown_code(out, variable->name);
    buf_str(out, variable->value ? S(" | has a default | ") : S(" | required | "));
    markdown_text(out, variable->doc);
    buf_str(out, S(" |\n"));
  }
}

static void run_by_hand(Emitter *e, Buf *out) {
  if (!e->model->flows.len) return;
  buf_fmt(out, "\nEach flow is a state machine; its input is JSON:\n\n```\n%.*s```\n", STR_ARG(e->commands));
}

static void roll_back(Emitter *e, Buf *out) {
  (void)e;
  buf_str(out, S("\nAll that is deployed is declared in this repository: go back to the commit that was good (`git "
                 "revert`, or `git checkout COMMIT -- .`) and apply it again.\n"));
}

static void clean_up(Emitter *e, Buf *out) {
  buf_str(out, out->len ? S("\nThen, and this takes everything away that Terraform made:\n\n") : S("\n"));
  if (is_applied_by_push(e)) {
    buf_str(out, S("Destroy from the workspace (Settings, Destruction and Deletion).\n"));
    return;
  }
  terraform_commands(e, out, "destroy");
}

static void costs(Emitter *e, Buf *out) {
  (void)e;
  buf_str(out, S("\nWhat is billed, and what is not while nothing runs (<https://aws.amazon.com/pricing/> has the "
                 "prices of each region):\n"));
}

// ---------------------------------------------------------------- CI

// What has to be set where the CI system runs.
typedef struct Need {
  const char *name, *what;
  bool needed;
} Need;

// `- push to main: apply, train, summary`.
static void ci_rules(Emitter *e, Buf *out, const Ci *ci) {
  for (size_t i = 0; i < ci->rules.len; i++) {
    const CiRule *rule = &ci->rules.at[i];
    buf_fmt(out, "- `%.*s`", STR_ARG(rule->event));
    for (size_t k = 0; k < rule->arguments.len; k++) {
      buf_char(out, ' ');
      markdown_code(out, value_plain(e->arena, rule->arguments.at[k]));
    }
    for (size_t k = 0; rule->environments && k < rule->environments->count; k++) {
      buf_str(out, k ? S(", ") : S(" in "));
      markdown_code(out, rule->environments->items[k]->text);
    }
    buf_char(out, ':');
    for (size_t k = 0; k < rule->actions.len; k++) {
      const CiAction *action = &rule->actions.at[k];
      Str name = action->callee.len ? action->callee : action->verb;
      buf_fmt(out, "%s `%.*s`", k ? "," : "", STR_ARG(name));
    }
    buf_char(out, '\n');
  }
  if (ci->rules.len) buf_char(out, '\n');
}

static void ci_section(Emitter *e, Buf *out, const Ci *ci) {
  CiJob job = {.e = e, .ci = ci};
  bool gitlab = ci->system == CI_GITLAB, local = targets_localstack(e);
  bool role = ci_text(&job, "role", "").len > 0, account = value_member(ci_field(&job, "oidc"), S("account"));
  bool calls = !ci_applies_elsewhere(e) || ci->rules.len > 0; // else it looks at files alone
  bool keys = gitlab && !role && !ci->roles && calls, region = setting(e, "region") != NULL;
  const Need needs[] = {
      {"AWS_ACCESS_KEY_ID", "of the user or role that deploys; masked and protected", keys},
      {"AWS_SECRET_ACCESS_KEY", "its secret; masked and protected", keys},
      {"AWS_DEFAULT_REGION", "the region, for the AWS command line", gitlab && calls},
      {"AWS_ROLE_ARN", "the role that the jobs take on", !gitlab && !role && !ci->roles && !local},
      {"AWS_ACCOUNT_ID", "the number of the account, which is in the names of the roles", ci->roles && !account},
      {"AWS_REGION", "the region", !gitlab && !region && !local},
      {"AWS_ENDPOINT_URL", "where the runner finds LocalStack, if not at `http://localstack:4566`", gitlab && local},
  };
  bool any = false;
  for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++) any = any || needs[i].needed;
  buf_fmt(out, "\n## %s\n\n", gitlab ? "GitLab CI" : "GitHub Actions");
  ci_rules(e, out, ci);
  if (!keys && !local && calls) buf_str(out, S("No keys are stored: jobs take on roles by their identity tokens.\n\n"));
  if (ci->roles)
    buf_str(out, S("Terraform makes these roles, so deploy by hand the first time, with the rights to make them.\n\n"));
  if (any) {
    buf_str(out, gitlab
                     ? S("Variables to set in the project (Settings, CI/CD, Variables); their values stand in no file:")
                     : S("Variables of the repository (Settings, Secrets and variables, Actions, Variables):"));
    buf_str(out, S("\n\n| | |\n|---|---|\n"));
  }
  for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++) {
    if (needs[i].needed) buf_fmt(out, "| `%s` | %s |\n", needs[i].name, needs[i].what);
  }
  Str *names;
  size_t count = environments(e, &names);
  if (!gitlab && count > 1) {
    buf_str(out,
            S("\nWho may let a later environment be deployed is said by its protection rules (Settings, Environments, "
              "Required reviewers)."));
    buf_char(out, '\n');
  }
  for (size_t i = 0; gitlab && i < ci->rules.len; i++) {
    const CiRule *rule = &ci->rules.at[i];
    if (!str_eq(rule->event, S("schedule"))) continue;
    buf_str(out, S("\nAdd a pipeline schedule to the project (Build, Pipeline schedules)"));
    for (size_t k = 0; k < rule->arguments.len; k++) {
      buf_str(out, k ? S(", ") : S(": "));
      markdown_code(out, value_plain(e->arena, rule->arguments.at[k]));
    }
    buf_str(out, S(".\n"));
  }
  if (ci_keeps_state(&job))
    buf_str(out, S("\nThe Terraform state of the pipeline lives in the project (Operate, Terraform states, which tells "
                   "how to reach "
                   "it from elsewhere). Deploying by hand without it begins a state of its own: do either.\n"));
  if (ci_applies_elsewhere(e)) buf_str(out, S("\nTerraform Cloud plans and applies; the pipeline checks the files.\n"));
}

static void ci_sections(Emitter *e, Buf *out) {
  for (size_t i = 0; i < e->model->cis.len; i++) ci_section(e, out, &e->model->cis.at[i]);
}

// ---------------------------------------------------------------- the sections

// The order of the headings, and what stands below them in every repository. Those that kinds and the spec add come
// before the last ones.
typedef struct Heading {
  const char *name;
  void (*write)(Emitter *e, Buf *out);
  bool always; // even when nobody adds to it
  bool behind; // behind what is added
} Heading;

static const Heading first[] = {
    {"Deploy", deploy, true, false}, {"Run", run_by_hand, true, false}, {"Approve", NULL, false, false}};
static const Heading last[] = {
    {"Roll back", roll_back, true, false}, {"Clean up", clean_up, true, true}, {"Costs", costs, false, false}};
enum { FIRST = sizeof first / sizeof first[0], LAST = sizeof last / sizeof last[0] };

static const ReadmeSection *added(const Emitter *e, const char *heading) {
  for (size_t i = 0; i < e->sections.len; i++) {
    if (str_eq(e->sections.at[i].heading, str_of(heading))) return &e->sections.at[i];
  }
  return NULL;
}

static void standard(Emitter *e, Buf *out, const Heading *headings, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const ReadmeSection *section = added(e, headings[i].name);
    Buf text = {.arena = e->arena};
    bool own = headings[i].write && (headings[i].always || section);
    if (own && !headings[i].behind) headings[i].write(e, &text);
    if (section) readme_section(&text, section);
    if (own && headings[i].behind) headings[i].write(e, &text);
    if (text.len) buf_fmt(out, "\n## %s\n%.*s", headings[i].name, STR_ARG(buf_text(&text)));
  }
}

static bool is_standard(Str heading) {
  for (size_t i = 0; i < FIRST + LAST; i++) {
    if (str_eq(heading, str_of(i < FIRST ? first[i].name : last[i - FIRST].name))) return true;
  }
  return false;
}

static void others(Emitter *e, Buf *out) {
  for (size_t i = 0; i < e->sections.len; i++) {
    const ReadmeSection *section = &e->sections.at[i];
    if (is_standard(section->heading)) continue;
    buf_str(out, S("\n## "));
    markdown_text(out, section->heading);
    buf_char(out, '\n');
    readme_section(out, section);
  }
}

void emit_readme(Emitter *e) {
  if (emission_file(e->emission, S("README.md"))) return; // the spec declares its own
  Buf out = {.arena = e->arena};
  buf_fmt(&out, "<!-- %.*s -->\n\n# ", STR_ARG(generated_note(e)));
  markdown_text(&out, e->model->name);
  if (e->model->doc.len) {
    buf_str(&out, S("\n\n"));
    markdown_text(&out, e->model->doc);
  }
  buf_str(&out,
          S("\n\nInfrastructure and workflow of this machine-learning pipeline, as files that stand alone. They were "
            "generated from "));
  markdown_code(&out, e->model->spec);
  buf_str(&out, S("; to change them, change the spec and run `mlopsc build`. Without that tool, edit them as they are: "
                  "nothing here needs it.\n\n"));
  contents(e, &out);
  flows(e, &out);
  standard(e, &out, first, FIRST);
  others(e, &out);
  ci_sections(e, &out);
  standard(e, &out, last, LAST);
  emit_file(e, (EmittedFile){.path = S("README.md"), .text = buf_text(&out), .yields = true});
}
