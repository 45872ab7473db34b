// The README of the generated repository: what it is, how it is deployed, run and removed, with nothing but the files
// in it.
#include "emit/ci.h"
#include "report/mermaid.h"

// Text in Markdown that is data: signs that mean something there are escaped.
static void markdown(Buf *out, Str text) {
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.at[i];
    if (c < 0x20) c = ' ';
    if (strchr("\\`*_[]<>#|&", c)) buf_char(out, '\\');
    buf_char(out, (char)c);
  }
}

// Text as code: a fence longer than any run of backquotes inside.
static void code(Buf *out, Str text) {
  size_t run = 0, most = 0;
  for (size_t i = 0; i < text.len; i++) {
    run = text.at[i] == '`' ? run + 1 : 0;
    if (run > most) most = run;
  }
  buf_repeat(out, '`', most + 1);
  if (most) buf_char(out, ' ');
  for (size_t i = 0; i < text.len; i++) buf_char(out, (unsigned char)text.at[i] < 0x20 ? ' ' : text.at[i]);
  if (most) buf_char(out, ' ');
  buf_repeat(out, '`', most + 1);
}

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
    code(out, param->name);
    if (param->value || param->optional) buf_str(out, S(" (optional)"));
  }
  if (flow->params.len) buf_str(out, S(".\n\n"));
  (void)e;
}

static void flows(Emitter *e, Buf *out) {
  for (size_t i = 0; i < e->model->flows.len; i++) {
    const Flow *flow = e->model->flows.at[i];
    buf_str(out, S("\n## Flow "));
    markdown(out, flow->name);
    buf_str(out, S("\n\n"));
    if (flow->doc.len) {
      markdown(out, flow->doc);
      buf_str(out, S("\n\n"));
    }
    parameters(e, out, flow);
    buf_str(out, S("```mermaid\n"));
    mermaid_write(out, flow);
    buf_str(out, S("```\n"));
  }
}

// ---------------------------------------------------------------- how to

static Str plan_options(Emitter *e) {
  Str *names;
  if (!environments(e, &names)) return (Str){0};
  Buf out = {.arena = e->arena};
  buf_str(&out, S(" -var-file="));
  shell_text(&out, str_fmt(e->arena, "%.*s.tfvars", STR_ARG(names[0])));
  return buf_text(&out);
}

static void deploy(Emitter *e, Buf *out) {
  Str options = plan_options(e);
  buf_str(out, S("\n## Deploy\n\nTerraform 1.5 or newer is all that is needed"));
  buf_str(out, targets_localstack(e)
                   ? S("; LocalStack listens on port 4566 (`-var localstack_endpoint=…` names another place).\n")
                   : S(", and AWS credentials (`aws sts get-caller-identity` says whose).\n"));
  buf_fmt(out, "\n```\ncd terraform\nterraform init\nterraform apply%.*s\n```\n", STR_ARG(options));
  if (!e->model->variables.len) return;
  buf_str(out, S("\nVariables, given with `-var` or in a `.tfvars` file:\n\n| | | |\n|---|---|---|\n"));
  for (size_t i = 0; i < e->model->variables.len; i++) {
    const Variable *variable = &e->model->variables.at[i];
    buf_str(out, S("| "));
    code(out, variable->name);
    buf_str(out, variable->value ? S(" | has a default | ") : S(" | required | "));
    markdown(out, variable->doc);
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

static void run_by_hand(Emitter *e, Buf *out) {
  if (!e->model->flows.len) return;
  buf_str(out, S("\n## Run by hand\n\n```\n"));
  for (size_t i = 0; i < e->model->flows.len; i++) {
    const Flow *flow = e->model->flows.at[i];
    Buf input = {.arena = e->arena};
    buf_char(&input, '{');
    for (size_t k = 0, written = 0; k < flow->params.len; k++) {
      const FlowParameter *param = &flow->params.at[k];
      if (param->value || param->optional) continue;
      if (written++) buf_str(&input, S(", "));
      json_write_string(&input, param->name, JSON_COMPACT);
      Str value = sample_value(e->arena, param);
      buf_fmt(&input, ": %.*s", STR_ARG(value));
    }
    buf_char(&input, '}');
    Str arn = targets_localstack(e) ? ci_machine_arn(e, flow, S("000000000000")) : (Str){0};
    if (!arn.len) arn = ci_machine_arn(e, flow, S("ACCOUNT"));
    buf_str(out, S("aws stepfunctions start-execution"));
    if (targets_localstack(e)) buf_str(out, S(" --endpoint-url http://localhost:4566"));
    buf_str(out, S(" \\\n  --state-machine-arn "));
    shell_text(out, arn.len ? arn : S("ARN"));
    buf_str(out, S(" \\\n  --input "));
    shell_text(out, buf_text(&input));
    buf_char(out, '\n');
  }
  buf_str(out, S("```\n"));
}

static void clean_up(Emitter *e, Buf *out) {
  buf_fmt(out, "\n## Clean up\n\n```\ncd terraform\nterraform destroy%.*s\n```\n", STR_ARG(plan_options(e)));
}

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

void emit_readme(Emitter *e) {
  if (emission_file(e->emission, S("README.md"))) return; // the spec declares its own
  Buf out = {.arena = e->arena};
  buf_fmt(&out, "<!-- %.*s -->\n\n# ", STR_ARG(generated_note(e)));
  markdown(&out, e->model->name);
  buf_str(&out,
          S("\n\nInfrastructure and workflow of this machine-learning pipeline, as files that stand alone. They were "
            "generated from "));
  code(&out, e->model->spec);
  buf_str(&out, S("; to change them, change the spec and run `mlopsc build`. Without that tool, edit them as they are: "
                  "nothing here needs it.\n\n"));
  contents(e, &out);
  flows(e, &out);
  deploy(e, &out);
  run_by_hand(e, &out);
  clean_up(e, &out);
  ci_variables(e, &out);
  emit_file(e, (EmittedFile){.path = S("README.md"), .text = buf_text(&out), .yields = true});
}
