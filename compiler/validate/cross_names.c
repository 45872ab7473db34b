// Names of things: what machines and CI files call must be what Terraform declares.
#include "facts/facts.h"
#include "validate/cross.h"
#include "validate/template.h"

// A kind of thing with a name.
typedef struct Named {
  Str type, attribute; // of Terraform
  const char *what;
  Str services;  // of tasks whose `parameter` names it, between blanks
  Str parameter; // "FunctionName"
  Str arn;       // what stands before the name in an ARN or URL; empty: the last ':' or '/'
  Str flag;      // of the AWS command line
} Named;

static const Named kinds[] = {
    {STR_INIT("aws_lambda_function"), STR_INIT("function_name"), "Lambda function", STR_INIT(" lambda "),
     STR_INIT("FunctionName"), STR_INIT(":function:"), STR_INIT("--function-name ")},
    {STR_INIT("aws_dynamodb_table"), STR_INIT("name"), "table", STR_INIT(" dynamodb "), STR_INIT("TableName"),
     STR_INIT(":table/"), STR_INIT("--table-name ")},
    {STR_INIT("aws_sfn_state_machine"), STR_INIT("name"), "state machine", STR_INIT(" states sfn "),
     STR_INIT("StateMachineArn"), STR_INIT(":stateMachine:"), STR_INIT(":stateMachine:")},
    {STR_INIT("aws_sns_topic"), STR_INIT("name"), "topic", STR_INIT(" sns "), STR_INIT("TopicArn"), STR_INIT(""),
     STR_INIT("")},
    {STR_INIT("aws_sqs_queue"), STR_INIT("name"), "queue", STR_INIT(" sqs "), STR_INIT("QueueUrl"), STR_INIT(""),
     STR_INIT("")},
    {STR_INIT("aws_codebuild_project"), STR_INIT("name"), "build project", STR_INIT(" codebuild "),
     STR_INIT("ProjectName"), STR_INIT(":project/"), STR_INIT("--project-name ")},
    {STR_INIT("aws_glue_job"), STR_INIT("name"), "Glue job", STR_INIT(" glue "), STR_INIT("JobName"), STR_INIT(""),
     STR_INIT("--job-name ")},
};
enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

// The names that Terraform gives to things of a kind.
typedef struct Names {
  VEC(Str) list;
  bool open; // some are not known
} Names;

static Names names_of(World *world, const Named *kind) {
  Names names = {.open = world->modules};
  for (size_t i = 0; i < world->declared.len; i++) {
    const Declared *d = &world->declared.at[i];
    if (!str_eq(d->type, kind->type)) continue;
    Str name;
    if (!d->data && cross_text(world, cross_value(d->block->body, kind->attribute), d->folder, &name))
      VEC_PUSH(world->arena, &names.list, name);
    else
      names.open = true;
  }
  return names;
}

// The name in a literal: an ARN, a URL, or the name itself.
static Str bare_name(const Named *kind, Str text) {
  size_t at = kind->arn.len ? str_find(text, kind->arn, 0) : text.len;
  if (at < text.len) {
    Str rest = str_slice(text, at + kind->arn.len, text.len);
    return str_cut(str_cut(rest, ':', &rest), '/', &rest);
  }
  if (str_starts(text, S("arn:")) || str_has(text, S("://"))) {
    size_t from = text.len;
    while (from > 0 && text.at[from - 1] != ':' && text.at[from - 1] != '/') from--;
    return str_slice(text, from, text.len);
  }
  Str rest, name = str_cut(text, ':', &rest);
  return name;
}

static void check_name(World *world, const Named *kind, const Names *names, Str name, Span span) {
  if (!name.len || !names->list.len || template_is_open(name)) return;
  Nearest nearest = nearest_to(name);
  for (size_t i = 0; i < names->list.len; i++) {
    if (str_eq(names->list.at[i], name)) return;
    nearest_offer(&nearest, names->list.at[i]);
  }
  Str best = nearest_best(&nearest);
  if (!best.len && names->open) return;
  Diag *made = diag(world->diags, best.len ? DIAG_ERROR : DIAG_WARNING, best.len ? "V7001" : "V7002", span,
                    "no file here declares a %s `%.*s`", kind->what, STR_ARG(name));
  if (best.len) diag_help(world->diags, made, "did you mean `%.*s`?", STR_ARG(best));
}

// --- Machines

typedef struct Search {
  World *world;
  const Named *kind;
  const Names *names;
  uint32_t file;
} Search;

static void check_literal(const Search *search, const Json *value) {
  if (!json_is(value, JSON_STRING) || str_starts(json_str(value), S("{%")) || str_starts(json_str(value), S("$")))
    return;
  check_name(search->world, search->kind, search->names, bare_name(search->kind, json_str(value)),
             (Span){search->file, value->at, value->end});
}

static void check_task(const Search *search, const Json *state) {
  const Json *resource = json_get(state, S("Resource"));
  if (!json_is(resource, JSON_STRING)) return;
  Str text = json_str(resource);
  if (str_has(text, S(":function:")) && str_eq(search->kind->type, S("aws_lambda_function")))
    check_literal(search, resource);
  FactsTask task = facts_task(text);
  if (task.kind != FACTS_TASK_OPTIMIZED && task.kind != FACTS_TASK_SDK) return;
  Str service = str_fmt(search->world->arena, " %.*s ", STR_ARG(task.service));
  if (!str_has(search->kind->services, service)) return;
  check_literal(search, json_get(json_get(state, S("Parameters")), search->kind->parameter));
  check_literal(search, json_get(json_get(state, S("Arguments")), search->kind->parameter));
}

static void check_states(const Search *search, const Json *value) {
  for (uint32_t i = 0; value->kind == JSON_ARRAY && i < value->count; i++) check_states(search, value->items[i]);
  if (value->kind != JSON_OBJECT) return;
  const Json *type = json_get(value, S("Type"));
  if (json_is(type, JSON_STRING) && str_eq(json_str(type), S("Task"))) check_task(search, value);
  for (uint32_t i = 0; i < value->count; i++) {
    if (value->members[i].value->kind >= JSON_ARRAY) check_states(search, value->members[i].value);
  }
}

// --- CI files: command lines

static bool is_name_char(char c) {
  return ascii_is_word(c) || c == '-';
}

static void check_commands(World *world, const Named *kind, const Names *names, uint32_t file) {
  Str text = source_file(world->sources, file)->text;
  for (size_t i = 0; kind->flag.len && (i = str_find(text, kind->flag, i)) < text.len; i++) {
    size_t from = i + kind->flag.len, to;
    while (from < text.len && (text.at[from] == '"' || text.at[from] == '\'' || text.at[from] == ' ')) from++;
    for (to = from; to < text.len && is_name_char(text.at[to]);) to++;
    bool whole = to == text.len || strchr(" \n\r\t\"'\\", text.at[to]);
    if (whole) check_name(world, kind, names, str_slice(text, from, to), (Span){file, (uint32_t)from, (uint32_t)to});
  }
}

static bool is_ci(const SetFile *file) {
  static const char *const ci[] = {"gitlab-ci", "github-actions", "buildspec"};
  for (size_t i = 0; file->kind && i < sizeof ci / sizeof *ci; i++) {
    if (strcmp(file->kind->name, ci[i]) == 0) return true;
  }
  return false;
}

void cross_check_names(World *world) {
  for (size_t k = 0; k < KIND_COUNT; k++) {
    Names names = names_of(world, &kinds[k]);
    if (!names.list.len) continue;
    for (size_t i = 0; i < world->machines.len; i++) {
      Search search = {world, &kinds[k], &names, world->machines.at[i].file};
      check_states(&search, world->machines.at[i].json);
    }
    for (size_t i = 0; i < world->set->files.len; i++) {
      if (is_ci(&world->set->files.at[i])) check_commands(world, &kinds[k], &names, world->set->files.at[i].file);
    }
  }
}
