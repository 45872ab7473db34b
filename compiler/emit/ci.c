#include "emit/ci.h"
#include "base/sys.h"

// ---------------------------------------------------------------- what a CI system knows

static const CiVariable variables[] = {
    {"sha", {"$CI_COMMIT_SHA", "$GITHUB_SHA"}, {"$CI_COMMIT_SHA", "github.sha"}, true},
    {"short_sha", {"$CI_COMMIT_SHORT_SHA", "${GITHUB_SHA:0:8}"}, {"$CI_COMMIT_SHORT_SHA", "github.sha"}, true},
    {"pipeline_id", {"$CI_PIPELINE_ID", "$GITHUB_RUN_ID"}, {"$CI_PIPELINE_ID", "github.run_id"}, true},
    {"run_id", {"$CI_PIPELINE_ID", "$GITHUB_RUN_ID"}, {"$CI_PIPELINE_ID", "github.run_id"}, true},
    {"run_number", {"$CI_PIPELINE_IID", "$GITHUB_RUN_NUMBER"}, {"$CI_PIPELINE_IID", "github.run_number"}, true},
    {"attempt", {"$CI_JOB_ID", "$GITHUB_RUN_ATTEMPT"}, {"$CI_JOB_ID", "github.run_attempt"}, true},
    {"branch", {"$CI_COMMIT_REF_NAME", "$GITHUB_REF_NAME"}, {"$CI_COMMIT_REF_NAME", "github.ref_name"}, false},
    {"ref", {"$CI_COMMIT_REF_NAME", "$GITHUB_REF"}, {"$CI_COMMIT_REF_NAME", "github.ref"}, false},
    {"tag", {"$CI_COMMIT_TAG", "$GITHUB_REF_NAME"}, {"$CI_COMMIT_TAG", "github.ref_name"}, false},
    {"actor", {"$GITLAB_USER_LOGIN", "$GITHUB_ACTOR"}, {"$GITLAB_USER_LOGIN", "github.actor"}, false},
    {"repository", {"$CI_PROJECT_PATH", "$GITHUB_REPOSITORY"}, {"$CI_PROJECT_PATH", "github.repository"}, false},
    {"event", {"$CI_PIPELINE_SOURCE", "$GITHUB_EVENT_NAME"}, {"$CI_PIPELINE_SOURCE", "github.event_name"}, false},
    {"message",
     {"$CI_COMMIT_MESSAGE", "$COMMIT_MESSAGE"},
     {"$CI_COMMIT_MESSAGE", "github.event.head_commit.message"},
     false},
    {"environment", {"$CI_ENVIRONMENT_NAME", "$ENVIRONMENT"}, {"$CI_ENVIRONMENT_NAME", "inputs.environment"}, false},
    {NULL, {NULL, NULL}, {NULL, NULL}, false},
};

const CiVariable *ci_variable(Str name) {
  for (const CiVariable *row = variables; row->name; row++) {
    if (str_eq(name, str_of(row->name))) return row;
  }
  return NULL;
}

static Str capitals(Arena *arena, const char *prefix, Str name) {
  Buf out = {.arena = arena};
  buf_str(&out, str_of(prefix));
  for (size_t i = 0; i < name.len; i++) {
    char c = name.at[i];
    bool word = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    buf_char(&out, c >= 'a' && c <= 'z' ? (char)(c - 32) : word ? c : '_');
  }
  return buf_text(&out);
}

// The parameter of a `manual(…)` rule that a value reads: "input.NAME".
static bool is_parameter(Str name, Str *parameter) {
  if (!str_starts(name, S("input."))) return false;
  *parameter = str_slice(name, 6, name.len);
  return true;
}

// ---------------------------------------------------------------- words of a shell

static bool is_bare(Str text) {
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!word && !strchr("_./:@%+=,-", c)) return false;
    if (c == 0) return false;
  }
  return text.len > 0;
}

static void quoted(Buf *out, Str text) {
  buf_char(out, '\'');
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] == '\'')
      buf_str(out, S("'\\''"));
    else
      buf_char(out, text.at[i]);
  }
  buf_char(out, '\'');
}

void shell_text(Buf *out, Str text) {
  if (is_bare(text))
    buf_str(out, text);
  else
    quoted(out, text);
}

// How a part that the shell fills in is written inside double quotes; *plain: its value needs no escaping in JSON.
static Str reference(CiJob *job, const Value *value, bool *plain) {
  Arena *arena = job->e->arena;
  *plain = false;
  if (value->kind == VALUE_EVENT) {
    Str parameter;
    if (is_parameter(value->text, &parameter)) {
      return str_fmt(arena, "$%.*s", STR_ARG(capitals(arena, job->system == CI_GITHUB ? "INPUT_" : "", parameter)));
    }
    const CiVariable *row = ci_variable(value->text);
    if (row) {
      *plain = row->plain;
      return str_of(row->word[job->system]);
    }
    Nearest nearest = nearest_to(value->text);
    for (row = variables; row->name; row++) nearest_offer(&nearest, str_of(row->name));
    Diag *fault = diag(job->e->diags, DIAG_ERROR, "E0781", value->span, "the CI system does not know `%.*s`",
                       STR_ARG(value->text));
    if (nearest_best(&nearest).len)
      diag_help(job->e->diags, fault, "did you mean `%.*s`?", STR_ARG(nearest_best(&nearest)));
    return (Str){0};
  }
  if (value->time == TIME_DEPLOY) {
    return str_fmt(arena, "$%.*s", STR_ARG(ci_output_variable(arena, terraform_output(job->e, value))));
  }
  diag(job->e->diags, DIAG_ERROR, "E0782", value->span, "a CI job cannot compute this: paths and interpolation only");
  return (Str){0};
}

Str ci_environment_name(CiJob *job, const Value *value) {
  bool plain;
  Str word = reference(job, value, &plain);
  return str_slice(word, 1, word.len);
}

static void word_part(CiJob *job, Buf *out, const Value *value) {
  bool plain;
  if (value->time == TIME_COMPILE) {
    shell_text(out, value_plain(job->e->arena, value));
    return;
  }
  if (value->kind == VALUE_TEMPLATE) {
    for (size_t i = 0; i < value->count; i++) word_part(job, out, value->items[i]);
    return;
  }
  buf_fmt(out, "\"%.*s\"", STR_ARG(reference(job, value, &plain)));
}

void shell_word(CiJob *job, Buf *out, const Value *value) {
  size_t before = out->len;
  word_part(job, out, value);
  if (out->len == before) buf_str(out, S("''"));
}

static bool is_plain(CiJob *job, const Value *value) {
  bool plain = true;
  if (value->time == TIME_COMPILE) return true;
  if (value->kind != VALUE_TEMPLATE) return reference(job, value, &plain), plain;
  for (size_t i = 0; i < value->count && plain; i++) plain = is_plain(job, value->items[i]);
  return plain;
}

void shell_name(CiJob *job, Buf *out, const Value *value) {
  if (is_plain(job, value)) {
    shell_word(job, out, value);
    return;
  }
  buf_str(out, S("\"$(printf %s "));
  shell_word(job, out, value);
  buf_str(out, S(" | tr -c 'A-Za-z0-9_.-' '-' | cut -c 1-80)\""));
}

// JSON as pieces: constant text gathered in `text`, flushed in single quotes before each part the shell fills in.
typedef struct Pieces {
  CiJob *job;
  Buf *out, text;
} Pieces;

static void flush(Pieces *p) {
  if (p->text.len) quoted(p->out, buf_text(&p->text));
  p->text.len = 0;
}

static void json_string_part(Pieces *p, const Value *value) {
  bool plain;
  if (value->kind == VALUE_TEMPLATE) {
    for (size_t i = 0; i < value->count; i++) json_string_part(p, value->items[i]);
    return;
  }
  if (value->time == TIME_COMPILE) {
    Buf text = {.arena = p->job->e->arena};
    json_write_string(&text, value_plain(p->job->e->arena, value), JSON_COMPACT);
    buf_bytes(&p->text, text.at + 1, text.len - 2); // without its quotes
    return;
  }
  Str word = reference(p->job, value, &plain);
  flush(p);
  p->job->needs_json |= !plain;
  buf_fmt(p->out, plain ? "\"%.*s\"" : "\"$(json \"%.*s\")\"", STR_ARG(word));
}

static void json_part(Pieces *p, const Value *value) {
  bool plain;
  switch (value->kind) {
  case VALUE_OBJECT:
    buf_char(&p->text, '{');
    for (size_t i = 0, written = 0; i < value->count; i++) {
      if (value->members[i].value->kind == VALUE_MISSING) continue;
      if (written++) buf_char(&p->text, ',');
      json_write_string(&p->text, value->members[i].name, JSON_COMPACT);
      buf_char(&p->text, ':');
      json_part(p, value->members[i].value);
    }
    buf_char(&p->text, '}');
    return;
  case VALUE_LIST:
    buf_char(&p->text, '[');
    for (size_t i = 0; i < value->count; i++) {
      if (i) buf_char(&p->text, ',');
      json_part(p, value->items[i]);
    }
    buf_char(&p->text, ']');
    return;
  case VALUE_MISSING: buf_str(&p->text, S("null")); return;
  case VALUE_BOOL:
  case VALUE_NUMBER: buf_str(&p->text, value_plain(p->job->e->arena, value)); return;
  default: break;
  }
  if (value->type->tag == T_BOOL || value->type->tag == T_NUMBER) {
    Str word = reference(p->job, value, &plain);
    flush(p);
    buf_fmt(p->out, "\"%.*s\"", STR_ARG(word));
    return;
  }
  buf_char(&p->text, '"');
  json_string_part(p, value);
  buf_char(&p->text, '"');
}

void shell_json(CiJob *job, Buf *out, const Value *value) {
  Pieces p = {job, out, {.arena = job->e->arena}};
  json_part(&p, value);
  flush(&p);
}

Str shell_functions(const CiJob *job) {
  if (!job->needs_json) return (Str){0};
  // The dot keeps a line's end at the end; sed sees the whole text and takes the dot away again.
  return S("# Text with JSON's escapes.\n"
           "json() {\n"
           "  printf '%s.' \"$1\" | tr -d '\\000-\\010\\013\\014\\016-\\037' |\n"
           "    sed -e ':a' -e '$!{' -e 'N' -e 'ba' -e '}' -e 's/.$//' -e 's/\\\\/\\\\\\\\/g' -e 's/\"/\\\\\"/g' \\\n"
           "      -e \"s/$(printf '\\t')/\\\\\\\\t/g\" -e \"s/$(printf '\\r')/\\\\\\\\r/g\" -e 's/\\n/\\\\n/g'\n"
           "}\n");
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
  bool plain;
  Str parameter = {0};
  const CiVariable *row = ci_variable(value->text);
  if (is_parameter(value->text, &parameter) && job->system == CI_GITHUB) {
    buf_fmt(out, "inputs.%.*s", STR_ARG(parameter));
  } else if (row) {
    buf_str(out, str_of(row->expression[job->system]));
  } else {
    buf_str(out, reference(job, value, &plain));
    if (truth) buf_str(out, S(" == \"true\""));
  }
}

void ci_condition(CiJob *job, Buf *out, const Value *value) {
  static const char *const operators[] = {
      [OP_EQUAL] = " == ", [OP_UNEQUAL] = " != ", [OP_AND] = " && ", [OP_OR] = " || "};
  if (value->kind == VALUE_EVENT) {
    condition_name(job, out, value, value->type->tag == T_BOOL);
    return;
  }
  if (value->kind == VALUE_STRING) {
    condition_text(job->system, out, value->text);
    return;
  }
  if (value->kind == VALUE_BOOL || value->kind == VALUE_NUMBER) {
    Str text = value_plain(job->e->arena, value);
    if (job->system == CI_GITHUB)
      buf_str(out, text);
    else
      condition_text(job->system, out, text);
    return;
  }
  bool is_not = value->kind == VALUE_OPERATION && value->op == VALUE_NOT;
  bool is_known = value->kind == VALUE_OPERATION && value->op == VALUE_BINARY && value->binary >= OP_EQUAL &&
                  value->binary <= OP_OR && operators[value->binary];
  if (is_not && job->system == CI_GITHUB) {
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
    diag(job->e->diags, DIAG_ERROR, "E0782", value->span, "a CI system cannot compute this condition");
  }
}

// ---------------------------------------------------------------- outputs of the Terraform

static const Resource *machine_of(const Emitter *e, const Flow *flow) {
  for (size_t i = 0; i < e->model->resources.len; i++) {
    const Resource *resource = &e->model->resources.at[i];
    const Value *text = value_member(resource->body, S("definition"));
    if (text && text->kind == VALUE_CALL && str_eq(text->text, S("definition")) &&
        str_eq(text->items[0]->text, flow->name)) {
      return resource;
    }
  }
  return NULL;
}

Str ci_machine_output(Emitter *e, const Flow *flow) {
  const Resource *machine = machine_of(e, flow);
  if (!machine) return (Str){0};
  Str arn = str_fmt(e->arena, "%.*s.%.*s.arn", STR_ARG(machine->type), STR_ARG(machine->name));
  const Value *value = value_leaf(e->arena, VALUE_TERRAFORM, TIME_DEPLOY, arn, &TYPE_STRING, flow->span);
  Str doc = str_fmt(e->arena, "The ARN of the state machine of flow %.*s", STR_ARG(flow->name));
  return terraform_output_as(e, str_fmt(e->arena, "%.*s_state_machine_arn", STR_ARG(flow->name)), doc, value);
}

Str ci_output_variable(Arena *arena, Str output) {
  return capitals(arena, "", output);
}

Str ci_machine_arn(Emitter *e, const Flow *flow, Str account) {
  const Value *region = setting(e, "region");
  bool known = !flow->machine_name || flow->machine_name->time == TIME_COMPILE;
  if (!known || !flow->machine.len || !region || region->kind != VALUE_STRING) return (Str){0};
  const char *partition = str_starts(region->text, S("cn-"))       ? "aws-cn"
                          : str_starts(region->text, S("us-gov-")) ? "aws-us-gov"
                                                                   : "aws";
  return str_fmt(e->arena, "arn:%s:states:%.*s:%.*s:stateMachine:%.*s", partition, STR_ARG(region->text),
                 STR_ARG(account), STR_ARG(flow->machine));
}

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

// ---------------------------------------------------------------- fields

const Value *ci_field(const CiJob *job, const char *name) {
  const Value *value = value_member(job->ci->fields, str_of(name));
  return value && value->kind != VALUE_MISSING ? value : NULL;
}

Str ci_text(const CiJob *job, const char *name, const char *otherwise) {
  const Value *value = ci_field(job, name);
  return value && value->kind == VALUE_STRING ? value->text : str_of(otherwise);
}

void ci_check_fields(CiJob *job, const char *const *known) {
  const Value *fields = job->ci->fields;
  for (size_t i = 0; fields && fields->kind == VALUE_OBJECT && i < fields->count; i++) {
    const ValueMember *field = &fields->members[i];
    Nearest nearest = nearest_to(field->name);
    size_t k = 0;
    for (; known[k] && !str_eq(field->name, str_of(known[k])); k++) nearest_offer(&nearest, str_of(known[k]));
    if (known[k]) continue;
    Diag *fault = diag(job->e->diags, DIAG_ERROR, "E0780", field->span, "`ci %.*s` has no field `%.*s`",
                       STR_ARG(job->ci->system), STR_ARG(field->name));
    if (nearest_best(&nearest).len)
      diag_help(job->e->diags, fault, "did you mean `%.*s`?", STR_ARG(nearest_best(&nearest)));
  }
}

// ---------------------------------------------------------------- commands

static void option(Buf *out, const char *name) {
  buf_fmt(out, " \\\n  %s ", name);
}

static void endpoint(CiJob *job, Buf *out) {
  if (!targets_localstack(job->e)) return;
  option(out, "--endpoint-url");
  buf_str(out, S("\"$AWS_ENDPOINT_URL\""));
}

// The word of a machine's ARN: written out, with the account asked for, or an output of the Terraform.
static void machine_word(CiJob *job, Buf *out, const Flow *flow) {
  Emitter *e = job->e;
  Str local = targets_localstack(e) ? ci_machine_arn(e, flow, S("000000000000")) : (Str){0};
  Str asked = ci_machine_arn(e, flow, S("$account"));
  if (local.len) {
    shell_text(out, local);
  } else if (asked.len) {
    buf_fmt(out, "\"%.*s\"", STR_ARG(asked)); // a machine's name holds no character that means something to a shell
  } else {
    Str output = ci_machine_output(e, flow);
    buf_fmt(out, "\"$%.*s\"", STR_ARG(ci_output_variable(e->arena, output)));
  }
}

Str ci_start_script(CiJob *job, const CiAction *action) {
  Buf out = {.arena = job->e->arena}, words = {.arena = job->e->arena};
  endpoint(job, &words);
  option(&words, "--state-machine-arn");
  machine_word(job, &words, action->flow);
  if (action->name && action->name->kind != VALUE_MISSING) {
    option(&words, "--name");
    shell_name(job, &words, action->name);
  }
  option(&words, "--input");
  if (action->input)
    shell_json(job, &words, action->input);
  else
    buf_str(&words, S("'{}'"));
  buf_str(&out, shell_functions(job));
  if (str_has(buf_text(&words), S(":$account:"))) {
    buf_str(&out, S("account=$(aws sts get-caller-identity --query Account --output text)\n"));
  }
  buf_fmt(&out, "aws stepfunctions start-execution%.*s\n", STR_ARG(buf_text(&words)));
  return buf_text(&out);
}

Str ci_invoke_script(CiJob *job, const CiAction *action) {
  Buf out = {.arena = job->e->arena}, words = {.arena = job->e->arena};
  endpoint(job, &words);
  option(&words, "--function-name");
  shell_word(job, &words, action->function);
  option(&words, "--cli-binary-format");
  buf_str(&words, S("raw-in-base64-out"));
  option(&words, "--payload");
  if (action->input)
    shell_json(job, &words, action->input);
  else
    buf_str(&words, S("'{}'"));
  option(&words, "--query");
  buf_str(&words, S("FunctionError --output text answer.json"));
  buf_str(&out, shell_functions(job));
  buf_fmt(&out, "failed=$(aws lambda invoke%.*s)\ncat answer.json\n[ \"$failed\" = None ]\n",
          STR_ARG(buf_text(&words)));
  return buf_text(&out);
}

void emit_ci(Emitter *e) {
  for (size_t i = 0; i < e->model->cis.len; i++) {
    const Ci *ci = &e->model->cis.at[i];
    if (str_eq(ci->system, S("gitlab")))
      emit_ci_gitlab(e, ci);
    else
      emit_ci_github(e, ci);
  }
}
