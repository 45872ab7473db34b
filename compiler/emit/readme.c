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
    {"dynamodb_items/", "the items of the tables, which Terraform loads"},
    {".gitlab-ci.yml", "checks, plans, applies and starts on GitLab"},
    {".github/workflows/", "checks, plans, applies and starts on GitHub"},
    {"lambda/", "the code of the Lambda functions; Terraform packs it"},
    {NULL, NULL},
};

static void contents(Emitter *e, Buf *out) {
  buf_str(out, S("| | |\n|---|---|\n"));
  for (const Row *row = rows; row->path; row++) {
    if (has_folder(e, str_of(row->path))) buf_fmt(out, "| `%s` | %s |\n", row->path, row->what);
  }
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

static void deploy(Emitter *e, Buf *out) {
  Str *names;
  size_t count = environments(e, &names);
  buf_str(out, S("\nTerraform 1.5 or newer is needed"));
  buf_str(out, targets_localstack(e)
                   ? S("; LocalStack listens on port 4566 (`-var localstack_endpoint=…` names another place).\n\n")
                   : S(", and AWS credentials (`aws sts get-caller-identity` says whose).\n\n"));
  terraform_commands(e, out, "apply");
  if (count > 1) {
    buf_str(out, S("\nThe other environments are deployed in the same way:"));
    for (size_t i = 1; i < count; i++) {
      buf_str(out, i > 1 ? S(", ") : S(" "));
      markdown_code(out, names[i]);
    }
    buf_str(out, S(".\n"));
  }
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

static Str sample_value(Arena *arena, const FlowParameter *param) {
  Str name = param->name;
  switch (param->type ? param->type->tag : T_ANY) {
  case T_NUMBER: return S("1");
  case T_BOOL: return S("true");
  case T_DATE: return S("\"2026-01-01\"");
  default: break;
  }
  Buf out = {.arena = arena};
  if (param->type && param->type->tag == T_LIST) return S("[]");
  json_write_string(&out, str_eq(name, S("source")) ? S("manual") : name, JSON_COMPACT);
  return buf_text(&out);
}

static Str sample_input(Emitter *e, const Flow *flow) {
  Buf input = {.arena = e->arena};
  buf_char(&input, '{');
  for (size_t k = 0, written = 0; k < flow->params.len; k++) {
    const FlowParameter *param = &flow->params.at[k];
    if (param->value || param->optional) continue;
    if (written++) buf_str(&input, S(", "));
    json_write_string(&input, param->name, JSON_COMPACT);
    buf_fmt(&input, ": %.*s", STR_ARG(sample_value(e->arena, param)));
  }
  buf_char(&input, '}');
  return buf_text(&input);
}

static void run_by_hand(Emitter *e, Buf *out) {
  if (!e->model->flows.len) return;
  bool local = targets_localstack(e);
  const char *where = local ? " --endpoint-url http://localhost:4566" : "";
  buf_str(out, S("\nEach flow is a state machine; its input is JSON:\n\n```\n"));
  for (size_t i = 0; i < e->model->flows.len; i++) {
    const Flow *flow = e->model->flows.at[i];
    Str arn = local ? ci_machine_arn(e, flow, S("000000000000")) : (Str){0}; // LocalStack has one account
    buf_fmt(out, "aws stepfunctions start-execution%s \\\n  --state-machine-arn ", where);
    if (arn.len)
      shell_text(out, arn);
    else
      buf_fmt(out, "\"$(terraform -chdir=terraform output -raw %.*s)\"", STR_ARG(ci_machine_output(e, flow)));
    buf_str(out, S(" \\\n  --input "));
    shell_text(out, sample_input(e, flow));
    buf_char(out, '\n');
  }
  buf_fmt(out,
          "```\n\nThe answer names the execution; `aws stepfunctions describe-execution%s --execution-arn …` tells its "
          "state and result, `get-execution-history` each step.\n",
          where);
}

static void roll_back(Emitter *e, Buf *out) {
  (void)e;
  buf_str(out, S("\nAll that is deployed is declared in this repository: go back to the commit that was good (`git "
                 "revert`, or `git checkout COMMIT -- .`) and apply it again.\n"));
}

static void clean_up(Emitter *e, Buf *out) {
  buf_char(out, '\n');
  terraform_commands(e, out, "destroy");
}

static void costs(Emitter *e, Buf *out) {
  (void)e;
  buf_str(out, S("\nWhat is billed, and what is not while nothing runs (<https://aws.amazon.com/pricing/> has the "
                 "prices of each region):\n"));
}

// ---------------------------------------------------------------- CI

static void ci_variables(Emitter *e, Buf *out) {
  static const Row keys[] = {
      {"AWS_ACCESS_KEY_ID", "of the user or role that deploys; masked and protected"},
      {"AWS_SECRET_ACCESS_KEY", "its secret; masked and protected"},
      {"AWS_DEFAULT_REGION", "the region, for the AWS command line"},
      {NULL, NULL},
  };
  for (size_t i = 0; i < e->model->cis.len; i++) {
    const Ci *ci = &e->model->cis.at[i];
    bool gitlab = str_eq(ci->system, S("gitlab"));
    buf_fmt(out, "\n## %s\n\n", gitlab ? "GitLab CI" : "GitHub Actions");
    if (!gitlab) {
      buf_str(out, S("No keys are stored: the workflow takes on a role by its identity token. Repository variables:\n\n"
                     "| | |\n|---|---|\n| `AWS_ROLE_ARN` | the role that the workflow takes on |\n"));
      continue;
    }
    bool role = value_member(ci->fields, S("role"));
    buf_str(
        out,
        role ? S("No keys are stored: jobs take on a role by their identity token.\n\n")
             : S("Variables to set in the project (Settings, CI/CD, Variables); their values stand in no file:\n\n"));
    buf_str(out, S("| | |\n|---|---|\n"));
    for (const Row *row = role ? keys + 2 : keys; row->path; row++)
      buf_fmt(out, "| `%s` | %s |\n", row->path, row->what);
    if (targets_localstack(e))
      buf_str(out,
              S("| `AWS_ENDPOINT_URL` | where the runner finds LocalStack, if not at `http://localstack:4566` |\n"));
    buf_str(out, S("\nThe Terraform state of the pipeline lives in the project (Operate, Terraform states), unless a "
                   "backend is set.\n"));
  }
}

// ---------------------------------------------------------------- the sections

// The order of the headings, and what stands below them in every repository. Those that kinds and the spec add come
// before the last ones.
typedef struct Heading {
  const char *name;
  void (*write)(Emitter *e, Buf *out);
  bool always; // even when nobody adds to it
} Heading;

static const Heading first[] = {{"Deploy", deploy, true}, {"Run", run_by_hand, true}, {"Approve", NULL, false}};
static const Heading last[] = {{"Roll back", roll_back, true}, {"Clean up", clean_up, true}, {"Costs", costs, false}};
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
    if (headings[i].write && (headings[i].always || section)) headings[i].write(e, &text);
    if (section) readme_section(&text, section);
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
  ci_variables(e, &out);
  standard(e, &out, last, LAST);
  emit_file(e, (EmittedFile){.path = S("README.md"), .text = buf_text(&out), .yields = true});
}
