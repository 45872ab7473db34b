// The pass list of a compilation, and the `pipeline` declaration.
#include "check/check.h"
#include "check/internal.h"
#include "facts/pattern.h"

static const Stmt *pipeline_of(const Stmt *items) {
  for (; items; items = items->next) {
    if (items->kind == STMT_DECLARE && str_eq(items->word.text, S("pipeline"))) return items;
  }
  return NULL;
}

typedef struct Setting {
  const char *name;
  const Type *type;
} Setting;

static const Type words = {.tag = T_LIST, .item = &TYPE_WORD};
static const Setting settings[] = {
    {"region", &TYPE_STRING},   {"target", &TYPE_WORD},     {"environments", &words},    {"prefix", &TYPE_STRING},
    {"tags", &TYPE_RECORD},     {"accounts", &TYPE_RECORD}, {"terraform", &TYPE_RECORD}, {"layout", &TYPE_WORD_OR_ANY},
    {"log_days", &TYPE_NUMBER}, {"regions", &TYPE_RECORD},  {"account", &TYPE_ACCOUNT},
};
enum { SETTING_COUNT = sizeof settings / sizeof settings[0] };

bool is_setting(Str name) {
  for (size_t i = 0; i < SETTING_COUNT; i++) {
    if (str_eq(str_of(settings[i].name), name)) return true;
  }
  return false;
}

static const Setting *setting_named(Checker *c, Word name) {
  Nearest nearest = nearest_to(name.text);
  for (size_t i = 0; i < SETTING_COUNT; i++) {
    if (str_eq(str_of(settings[i].name), name.text)) return &settings[i];
    nearest_offer(&nearest, str_of(settings[i].name));
  }
  Str best = nearest_best(&nearest);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0204", name.span, "a pipeline has no `%.*s`", STR_ARG(name.text));
  if (best.len) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
  return NULL;
}

// Names of everything that is deployed are made of these; each service takes at least letters, digits and hyphens.
static void check_name(Checker *c, Str text, Span span, const char *what, const char *pattern, const char *say) {
  if (facts_matches(c->arena, str_of(pattern), text)) return;
  c->bad_names = true;
  Diag *d = diag(c->diags, DIAG_ERROR, "E0111", span, "AWS takes no such %s", what);
  diag_help(c->diags, d, "%s", say);
}

static void check_names(Checker *c, const Stmt *pipeline) {
  const char *name = "[A-Za-z0-9][A-Za-z0-9-]{0,62}",
             *say = "it is letters, digits and `-` (buckets take no `_`), at most 63 of them";
  check_name(c, pipeline->name.text, pipeline->name.span, "name", name, say);
  const Value *prefix = value_member(c->model->settings, S("prefix"));
  if (prefix && prefix->kind == VALUE_STRING && prefix->text.len)
    check_name(c, prefix->text, prefix->span, "prefix", name, say);
  const Value *list = value_member(c->model->settings, S("environments"));
  for (size_t i = 0; list && list->kind == VALUE_LIST && i < list->count; i++)
    check_name(c, list->items[i]->text, list->items[i]->span, "environment", name, say);
}

static void read_settings(Checker *c, const Stmt *pipeline) {
  ValueMember *members = NEW_N(c->arena, ValueMember, pipeline->fields.len + 1);
  size_t count = 0;
  for (size_t i = 0; i < pipeline->fields.len; i++) {
    const Field *field = &pipeline->fields.at[i];
    const Setting *setting = setting_named(c, field->name);
    for (size_t k = 0; k < i; k++) {
      if (str_eq(pipeline->fields.at[k].name.text, field->name.text))
        diag(c->diags, DIAG_ERROR, "E0203", field->name.span, "`%.*s` is given twice", STR_ARG(field->name.text));
    }
    if (!setting) lose(c, span_join(field->name.span, field->value->span));
    if (!setting) continue;
    Str what = str_fmt(c->arena, "`%.*s`", STR_ARG(field->name.text));
    const Value *value = setting->type == &words ? environments_read(c, field)
                                                 : eval_as(c, c->file_scope, field->value, setting->type, what);
    if (!is_poison(value) && require_time(c, value, TIME_DEPLOY, "a pipeline's setting"))
      members[count++] = (ValueMember){field->name.text, value, field->name.span};
    else
      lose(c, span_join(field->name.span, field->value->span));
  }
  c->model->settings = value_object(c->arena, members, count, pipeline->span);
  check_names(c, pipeline);
  const Value *target = value_member(c->model->settings, S("target"));
  if (target && !str_eq(target->text, S("localstack")) && !str_eq(target->text, S("aws"))) {
    diag(c->diags, DIAG_ERROR, "E0201", target->span, "`target` is aws or localstack");
  }
}

// `layout: modules` takes the library's grouping, an object of lists comes in front of it.
static void read_layout(Checker *c) {
  const Value *layout = value_member(c->model->settings, S("layout"));
  bool word = layout && layout->kind == VALUE_STRING;
  if (!layout || (word && str_eq(layout->text, S("flat")))) return;
  if (layout->kind != VALUE_OBJECT && !(word && str_eq(layout->text, S("modules")))) {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0765", layout->span, "there is no such layout of the Terraform");
    diag_help(c->diags, d,
              "it is `flat`, `modules`, or your own modules: `{ storage: [\"aws_s3_\", \"aws_dynamodb_\"] }`");
    return;
  }
  const Value *known = library_value(c, S("std/layout.mlops"), S("modules"));
  VEC(ValueMember) members = {0};
  for (size_t i = 0; layout->kind == VALUE_OBJECT && i < layout->count; i++) {
    static const Type strings = {.tag = T_LIST, .item = &TYPE_STRING};
    ValueMember own = layout->members[i];
    own.value = fit(c, own.value, &strings, str_fmt(c->arena, "`%.*s`", STR_ARG(own.name)));
    if (!is_poison(own.value)) VEC_PUSH(c->arena, &members, own);
  }
  for (size_t i = 0; i < known->count; i++) VEC_PUSH(c->arena, &members, known->members[i]);
  c->model->modules = value_object(c->arena, members.at, members.len, layout->span);
}

static const Value *terraform(Checker *c, const char *text) {
  return value_leaf(c->arena, VALUE_TERRAFORM, TIME_DEPLOY, str_of(text), &TYPE_STRING, NO_SPAN);
}

static const Value *run_time(Checker *c, const char *text, const Type *type) {
  return value_leaf(c->arena, VALUE_JSONATA, TIME_RUN, str_of(text), type, NO_SPAN);
}

static void add_variable(Checker *c, const char *name, const char *doc, const Value *value) {
  for (size_t i = 0; i < c->model->variables.len; i++) {
    if (str_eq(c->model->variables.at[i].name, str_of(name))) return;
  }
  Variable variable = {.name = str_of(name), .doc = str_of(doc), .type = &TYPE_STRING, .value = value};
  VEC_PUSH(c->arena, &c->model->variables, variable);
}

static void bind_object(Checker *c, const char *name, const ValueMember *members, size_t count) {
  ValueMember *kept = NEW_N(c->arena, ValueMember, count);
  memcpy(kept, members, count * sizeof *kept);
  scope_bind_value(c, c->prelude, (Word){str_of(name), NO_SPAN}, value_object(c->arena, kept, count, NO_SPAN))->used =
      true;
}

static void bind_prelude(Checker *c) {
  bind_object(c, "task",
              (ValueMember[]){{S("token"), run_time(c, "$states.context.Task.Token", &TYPE_STRING), NO_SPAN},
                              {S("retries"), run_time(c, "$states.context.State.RetryCount", &TYPE_NUMBER), NO_SPAN}},
              2);
  bind_object(c, "execution",
              (ValueMember[]){{S("id"), run_time(c, "$states.context.Execution.Id", &TYPE_STRING), NO_SPAN},
                              {S("name"), run_time(c, "$states.context.Execution.Name", &TYPE_STRING), NO_SPAN},
                              {S("started"), run_time(c, "$states.context.Execution.StartTime", &TYPE_DATE), NO_SPAN},
                              {S("input"), run_time(c, "$states.context.Execution.Input", &TYPE_ANY), NO_SPAN}},
              4);
}

// What everything that the pipeline makes is tagged with: the tags that it names, its name, and the environment.
static const Value *tags_of(Checker *c) {
  const Value *given = value_member(c->model->settings, S("tags"));
  const Value *environments = value_member(c->model->settings, S("environments"));
  size_t count = 0, own = given && given->kind == VALUE_OBJECT ? given->count : 0;
  ValueMember *members = NEW_N(c->arena, ValueMember, own + 2);
  if (!value_member(given, S("pipeline")))
    members[count++] = (ValueMember){S("pipeline"), value_string(c->arena, c->model->name, NO_SPAN), NO_SPAN};
  if (environments && environments->count && !value_member(given, S("environment")))
    members[count++] = (ValueMember){S("environment"), terraform(c, "var.environment"), NO_SPAN};
  for (size_t i = 0; i < own; i++) members[count++] = given->members[i];
  return value_object(c->arena, members, count, NO_SPAN);
}

// Where a command finds the services: only LocalStack's are elsewhere.
static const Value *endpoint(Checker *c) {
  const Value *target = value_member(c->model->settings, S("target"));
  bool local = target && str_eq(target->text, S("localstack"));
  return local ? value_leaf(c->arena, VALUE_EVENT, TIME_EVENT, S("endpoint"), &TYPE_STRING, NO_SPAN)
               : value_missing(NO_SPAN);
}

static void bind_pipeline(Checker *c) {
  const Value *environments = value_member(c->model->settings, S("environments"));
  const Value *prefix = value_member(c->model->settings, S("prefix"));
  VEC(const Value *) parts = {0};
  const Value *dash = value_string(c->arena, S("-"), NO_SPAN);
  if (prefix) {
    if (prefix->kind == VALUE_STRING)
      add_variable(c, "prefix", "What every name begins with", prefix), prefix = terraform(c, "var.prefix");
    VEC_PUSH(c->arena, &parts, prefix);
    VEC_PUSH(c->arena, &parts, dash);
  }
  if (environments && environments->count) {
    add_variable(c, "environment", "The environment that is deployed", environments->items[0]);
    VEC_PUSH(c->arena, &parts, terraform(c, "var.environment"));
    VEC_PUSH(c->arena, &parts, dash);
    scope_bind_value(c, c->prelude, (Word){S("env"), NO_SPAN}, terraform(c, "var.environment"))->used = true;
  }
  VEC_PUSH(c->arena, &parts, value_string(c->arena, c->model->name, NO_SPAN));
  c->base_name = value_template(c->arena, parts.at, parts.len, NO_SPAN);
  const Value *region = value_member(c->model->settings, S("region"));
  check_region(c, region);
  const Value *id = value_string(c->arena, c->model->name, NO_SPAN);
  c->model->tags = tags_of(c);
  bind_object(
      c, "pipeline",
      (ValueMember[]){{S("name"), c->base_name, NO_SPAN},
                      {S("id"), id, NO_SPAN},
                      {S("region"), region ? region : terraform(c, "data.aws_region.current.region"), NO_SPAN},
                      {S("account"), terraform(c, "data.aws_caller_identity.current.account_id"), NO_SPAN},
                      {S("tags"), c->model->tags, NO_SPAN},
                      {S("partition"), terraform(c, "data.aws_partition.current.partition"), NO_SPAN},
                      {S("local"),
                       value_bool(c->arena,
                                  value_member(c->model->settings, S("target")) &&
                                      str_eq(value_member(c->model->settings, S("target"))->text, S("localstack")),
                                  NO_SPAN),
                       NO_SPAN},
                      {S("endpoint"), endpoint(c), NO_SPAN}},
      8);
  places_read(c);
}

static void resolve_all(Checker *c, const Stmt *items) {
  for (const Stmt *stmt = items; stmt; stmt = stmt->next) {
    bool named = stmt->kind == STMT_DECLARE || stmt->kind == STMT_LET || stmt->kind == STMT_TYPE ||
                 stmt->kind == STMT_RESOURCE || stmt->kind == STMT_DATA || stmt->kind == STMT_FLOW;
    Binding *binding = named ? map_get(&c->file_scope->names, stmt->name.text) : NULL;
    if (binding && binding->entity && binding->entity->stmt == stmt) entity_resolve(c, binding->entity, stmt->span);
    if (stmt->kind == STMT_DECLARE && stmt->named_by_string && !str_eq(stmt->word.text, S("pipeline"))) {
      Entity *entity = entity_new(c, ENTITY_INSTANCE, stmt->name, stmt, c->file_scope);
      entity_resolve(c, entity, stmt->span);
    }
    if (stmt->kind == STMT_FILE || stmt->kind == STMT_TERRAFORM || stmt->kind == STMT_README ||
        stmt->kind == STMT_OUTPUT)
      VEC_PUSH(c->arena, &c->later, (Later){NULL, stmt, c->file_scope});
  }
}

// Which item a parameter that a table types may be tried with.
static void pick_samples(Checker *c, Flow *flow) {
  for (size_t k = 0; k < flow->params.len; k++) {
    FlowParameter *param = &flow->params.at[k];
    for (size_t n = 0; param->type->tag == T_OBJECT && param->type->shape && n < c->file_scope->names.len; n++) {
      const Binding *binding = c->file_scope->names.entries[n].value;
      const Entity *entity = binding->entity;
      bool item = entity && entity->kind == ENTITY_INSTANCE && entity->owner == param->type->shape;
      if (item && !param->sample) param->sample = map_get(&entity->members, S("key"));
    }
  }
}

static void build_flows(Checker *c, const Stmt *items) {
  for (const Stmt *stmt = items; stmt; stmt = stmt->next) {
    if (stmt->kind != STMT_FLOW) continue;
    Binding *binding = map_get(&c->file_scope->names, stmt->name.text);
    if (!binding || !binding->entity || binding->entity->stmt != stmt) continue;
    flow_build(c, binding->entity);
    pick_samples(c, binding->entity->flow);
    if (!diags_failed(c->diags)) machine_start(c, binding->entity);
  }
}

static bool mentions(const Value *value, Str text) {
  if (value->kind == VALUE_TERRAFORM) return str_has(value->text, text);
  for (size_t i = 0; i < value->count; i++) {
    if (mentions(value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i], text)) return true;
  }
  return false;
}

// Whether Terraform is asked for it: by an output, a command of CI, or the README.
static bool asked_for(const Checker *c, Str text) {
  const Model *m = c->model;
  bool used = false;
  for (size_t i = 0; i < m->outputs.len && !used; i++) used = mentions(m->outputs.at[i].value, text);
  for (size_t i = 0; i < m->flows.len && !used; i++)
    used = m->flows.at[i]->start && mentions(m->flows.at[i]->start, text);
  for (size_t i = 0; i < m->readme.len && !used; i++) {
    for (size_t k = 0; k < m->readme.at[i].parts.len && !used; k++) {
      const ReadmePart *part = &m->readme.at[i].parts.at[k];
      used = part->value && mentions(part->value, text);
    }
  }
  for (size_t i = 0; i < m->cis.len; i++) {
    for (size_t k = 0; k < m->cis.at[i].rules.len; k++) {
      const CiRule *rule = &m->cis.at[i].rules.at[k];
      for (size_t n = 0; n < rule->actions.len && !used; n++)
        used = rule->actions.at[n].command && mentions(rule->actions.at[n].command, text);
    }
  }
  return used;
}

// Data sources that values of the prelude refer to.
static void add_data(Checker *c, const char *type) {
  Str text = str_fmt(c->arena, "data.%s.current", type);
  const Value *region = value_member(c->model->settings, S("region"));
  bool told =
      region && region->kind == VALUE_STRING && strcmp(type, "aws_partition") == 0; // the region says which it is
  bool used = !told && asked_for(c, text);
  for (size_t i = 0; i < c->resources.len && !used; i++)
    used = c->resources.at[i]->body && mentions(c->resources.at[i]->body, text);
  for (size_t i = 0; i < c->files.len && !used; i++) used = mentions(c->files.at[i]->content, text);
  if (!used || map_get(&c->addresses, text)) return;
  Resource *resource = NEW(c->arena, Resource);
  *resource = (Resource){.data = true, .type = str_of(type), .name = S("current"), .concern = S("main")};
  resource->body = value_object(c->arena, NULL, 0, NO_SPAN);
  VEC_PUSH(c->arena, &c->resources, resource);
}

// Parameters of steps and kinds: whether their names stand anywhere in them, as a body is expanded part by part.
static void unused_parameters(Checker *c, const Stmt *stmt) {
  for (size_t i = 0; i < stmt->params.len; i++) {
    Word name = stmt->params.at[i].name;
    if (occurs_again(c, name.text, stmt->span, name.span)) continue;
    Diag *d =
        diag(c->diags, DIAG_WARNING, "E0330", name.span, "the parameter `%.*s` is never used", STR_ARG(name.text));
    diag_help(c->diags, d, "use it or remove it");
  }
}

static void unused_names(Checker *c, const Stmt *items) {
  for (const Stmt *stmt = items; stmt; stmt = stmt->next) {
    if (stmt->kind == STMT_STEP || stmt->kind == STMT_KIND) unused_parameters(c, stmt);
    bool library = stmt->kind == STMT_USE && !str_ends(stmt->string, S(".mlops"));
    Str name = library ? path_name(stmt->string) : stmt->name.text;
    bool told = library || stmt->kind == STMT_LET || stmt->kind == STMT_PARAM;
    Binding *binding = told ? map_get(&c->file_scope->names, name) : NULL;
    if (!binding || binding->used) continue;
    if (library) {
      Diag *d =
          diag(c->diags, DIAG_WARNING, "E0331", binding->span, "nothing of `%.*s` is used", STR_ARG(stmt->string));
      diag_help(c->diags, d, "remove it: kinds are there without it, it is for `%.*s.NAME(…)`", STR_ARG(name));
      continue;
    }
    diag(c->diags, DIAG_WARNING, "E0331", binding->span, "`%.*s` is never used", STR_ARG(binding->name));
  }
}

// What is unused beside an error may be used once that is mended.
static void drop_unused(Diags *diags) {
  size_t kept = 0;
  for (size_t i = 0; i < diags->list.len; i++) {
    Diag *d = diags->list.at[i];
    bool unused = strcmp(d->code, "E0330") == 0 || strcmp(d->code, "E0331") == 0;
    if (unused)
      diags->counts[d->level]--;
    else
      diags->list.at[kept++] = d;
  }
  diags->list.len = kept;
}

static void finish(Checker *c) {
  add_data(c, "aws_caller_identity");
  add_data(c, "aws_region");
  add_data(c, "aws_partition");
  for (size_t i = 0; i < c->resources.len; i++) {
    if (c->resources.at[i]->body) VEC_PUSH(c->arena, &c->model->resources, *c->resources.at[i]);
  }
  for (size_t i = 0; i < c->files.len; i++) VEC_PUSH(c->arena, &c->model->files, *c->files.at[i]);
}

const Model *check_pipeline(Arena *arena, Sources *sources, uint32_t file, Diags *diags) {
  Checker checker = {.arena = arena, .sources = sources, .diags = diags, .model = NEW(arena, Model)}, *c = &checker;
  c->modules.arena = c->deployment_rows.arena = c->kinds.arena = c->functions.arena = c->addresses.arena =
      c->event_names.arena = arena;
  c->places.arena = c->accesses.arena = c->lost.arena = c->told.arena = arena;
  SyntaxFile *syntax = syntax_parse(arena, sources, file, diags);
  c->lost = syntax->lost;
  const Stmt *pipeline = pipeline_of(syntax->items);
  if (!pipeline && diags_failed(diags)) return NULL; // it may stand where the file could not be read
  if (!pipeline) {
    Diag *d = diag(diags, DIAG_ERROR, "E0110", (Span){file, 0, 0}, "this file declares no pipeline");
    diag_help(diags, d, "begin with `pipeline \"name\" { region: \"…\" }`");
    return NULL;
  }
  for (const Stmt *other = pipeline->next; other; other = other->next) {
    if (other->kind != STMT_DECLARE || !str_eq(other->word.text, S("pipeline"))) continue;
    Diag *d = diag(diags, DIAG_ERROR, "E0110", other->name.span, "a file declares one pipeline; this is another");
    diag_note(diags, d, pipeline->name.span, "the first");
    diag_help(diags, d, "put it into a file of its own, or its fields into the first");
  }
  c->model->name = pipeline->name.text;
  c->model->spec = path_name(source_file(sources, file)->path); // the same wherever the build is called from
  c->model->doc = pipeline->doc.len ? pipeline->doc : syntax->items->doc;
  c->model->folder = path_folder(source_file(sources, file)->path);
  c->model->settings = value_object(arena, NULL, 0, NO_SPAN);
  c->prelude = scope_new(c, SCOPE_FILE, NULL);
  c->file_scope = scope_new(c, SCOPE_FILE, c->prelude);
  bind_prelude(c);
  VEC_PUSH(arena, &c->used, syntax->items);
  for (const Stmt *stmt = syntax->items; stmt; stmt = stmt->next) c->flow_count += stmt->kind == STMT_FLOW;
  declare_all(c, c->file_scope, syntax->items);
  read_settings(c, pipeline);
  bind_pipeline(c);
  read_layout(c);
  for (size_t i = 0; i < c->used.len; i++) resolve_all(c, c->used.at[i]);
  for (size_t i = 0; i < c->used.len; i++) build_flows(c, c->used.at[i]);
  c->broken_flows = diags_failed(diags);
  for (size_t i = 0; i < c->used.len; i++) check_events(c, c->used.at[i]);
  for (size_t i = 0; i < c->used.len; i++) check_tests(c, c->used.at[i]);
  if (!c->broken_flows) machine_policies(c);
  run_later(c);
  ci_identities(c);
  check_added(c);
  if (!diags_failed(diags)) check_policies(c);
  if (!diags_failed(diags)) check_circles(c);
  for (size_t i = 0; i < c->used.len; i++) unused_names(c, c->used.at[i]);
  if (diags_failed(diags)) drop_unused(diags);
  finish(c);
  return diags_failed(diags) ? NULL : c->model;
}
