// Declarations: kinds and their instances, resources, files, modules.
#include "base/embed.h"
#include "check/internal.h"
#include "facts/facts.h"
#include "facts/terraform_schema.h"

// ---------------------------------------------------------------- modules and kinds

static Scope *module_load(Checker *c, Str name, Str text) {
  Scope *scope = map_get(&c->modules, name);
  if (scope) return scope;
  scope = scope_new(c, SCOPE_FILE, c->prelude);
  scope->home = path_name(str_slice(name, 0, name.len > 6 ? name.len - 6 : name.len));
  map_set(&c->modules, name, scope);
  uint32_t file = source_add(c->sources, str_fmt(c->arena, "<%.*s>", STR_ARG(name)), text);
  SyntaxFile *syntax = syntax_parse(c->arena, c->sources, file, c->diags);
  declare_all(c, scope, syntax->items);
  for (const Stmt *stmt = syntax->items; stmt; stmt = stmt->next) {
    if (stmt->kind == STMT_README) VEC_PUSH(c->arena, &c->later, (Later){NULL, stmt, scope});
  }
  for (size_t i = 0; i < scope->names.len; i++) {
    Binding *binding = scope->names.entries[i].value;
    binding->used = true;
    if (binding->entity && binding->entity->kind == ENTITY_KIND) map_set(&c->kinds, binding->name, binding->entity);
    if (binding->entity && binding->entity->kind == ENTITY_FUNCTION)
      map_set(&c->functions, binding->name, binding->entity);
  }
  return scope;
}

const Value *library_value(Checker *c, Str file, Str name) {
  Str text;
  if (!embed_find(file, &text)) return value_missing(NO_SPAN);
  Binding *binding = map_get(&module_load(c, file, text)->names, name);
  return binding ? entity_resolve(c, binding->entity, NO_SPAN) : value_missing(NO_SPAN);
}

static Str library_file_of(Checker *c, Str kind) {
  Str name = str_fmt(c->arena, "std/%.*s.mlops", STR_ARG(kind)), text;
  if (embed_find(name, &text)) return name;
  Str head = str_fmt(c->arena, "\nkind %.*s(", STR_ARG(kind));
  size_t count;
  const EmbeddedFile *files = embed_list(&count);
  for (size_t i = 0; i < count; i++) {
    bool library = str_starts(files[i].name, S("std/"));
    if (library && str_has((Str){files[i].start, (size_t)(files[i].end - files[i].start)}, head)) return files[i].name;
  }
  return (Str){0};
}

Entity *kind_named(Checker *c, Scope *scope, Str name) {
  Binding *binding = scope ? scope_find(scope, name, NULL) : NULL;
  if (binding && binding->entity && binding->entity->kind == ENTITY_KIND) {
    binding->used = true;
    return binding->entity;
  }
  Entity *known = map_get(&c->kinds, name);
  if (known) return known;
  Str file = library_file_of(c, name), text;
  if (!file.len || !embed_find(file, &text)) return NULL;
  module_load(c, file, text);
  return map_get(&c->kinds, name);
}

static void use_file(Checker *c, Scope *scope, const Stmt *stmt) {
  Str base = path_folder(source_file(c->sources, stmt->span.file)->path);
  Str path = path_clean(c->arena, path_join(c->arena, base, stmt->string)), text, why;
  if (map_get(&c->modules, path)) return;
  map_set(&c->modules, path, scope);
  if (!sys_read(c->arena, path, &text, &why)) {
    diag(c->diags, DIAG_ERROR, "E0901", stmt->span, "cannot read %.*s", STR_ARG(why));
    return;
  }
  SyntaxFile *syntax = syntax_parse(c->arena, c->sources, source_add(c->sources, path, text), c->diags);
  VEC_PUSH(c->arena, &c->used, syntax->items);
  declare_all(c, scope, syntax->items);
}

static void use_library(Checker *c, Scope *scope, const Stmt *stmt) {
  Str file = str_fmt(c->arena, "%.*s.mlops", STR_ARG(stmt->string)), text;
  if (!embed_find(file, &text)) {
    Nearest nearest = nearest_to(file);
    size_t count;
    const EmbeddedFile *files = embed_list(&count);
    for (size_t i = 0; i < count; i++) {
      if (str_starts(files[i].name, S("std/"))) nearest_offer(&nearest, files[i].name);
    }
    Str best = nearest_best(&nearest);
    Diag *d = diag(c->diags, DIAG_ERROR, "E0901", stmt->span, "the library has no `%.*s`", STR_ARG(stmt->string));
    if (best.len > 6) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(str_slice(best, 0, best.len - 6)));
    return;
  }
  Entity *entity = entity_new(c, ENTITY_MODULE, (Word){path_name(stmt->string), stmt->span}, stmt, scope);
  entity->module = module_load(c, file, text);
  scope_bind_entity(c, scope, (Word){entity->name, stmt->span}, entity)->used = true;
}

// ---------------------------------------------------------------- declaring names

static void declare_param(Checker *c, Scope *scope, const Stmt *stmt) {
  Entity *entity = entity_new(c, ENTITY_PARAM, stmt->name, stmt, scope);
  entity->type = type_of(c, scope, stmt->returns);
  scope_bind_entity(c, scope, stmt->name, entity);
  Variable variable = {.name = stmt->name.text, .doc = stmt->string, .type = entity->type, .span = stmt->name.span};
  if (stmt->value) {
    variable.value =
        eval_as(c, scope, stmt->value, entity->type, str_fmt(c->arena, "`%.*s`", STR_ARG(stmt->name.text)));
    if (!is_poison(variable.value)) require_time(c, variable.value, TIME_COMPILE, "a parameter's default");
  }
  VEC_PUSH(c->arena, &c->model->variables, variable);
}

// Services with integrations of their own (sns, dynamodb, …) are called by their names everywhere. Others may give way:
// a call of one that a declaration hides is told (declared_member).
static void hides_service(Checker *c, Word name) {
  bool optimized = false;
  for (size_t i = 0; i < facts_integrations() && !optimized; i++)
    optimized = str_eq(facts_integration_at(i).service, name.text);
  if (!optimized) return;
  Diag *d = diag(c->diags, DIAG_ERROR, "E0109", name.span, "`%.*s` would hide the AWS service of that name",
                 STR_ARG(name.text));
  diag_help(c->diags, d, "use another name");
}

// What a kind declares may not have the name of one of its parameters, which it would hide.
static void hides_parameter(Checker *c, const Scope *scope, Word name) {
  if (!scope->outer || scope->outer->kind != SCOPE_KIND || scope->kind != SCOPE_BLOCK) return;
  Binding *param = map_get(&scope->outer->names, name.text);
  if (!param || str_eq(name.text, S("self"))) return;
  Diag *d =
      diag(c->diags, DIAG_ERROR, "E0103", name.span, "`%.*s` hides the parameter of that name", STR_ARG(name.text));
  if (span_known(param->span)) diag_note(c->diags, d, param->span, "the parameter");
  diag_help(c->diags, d, "use another name");
}

static void declare(Checker *c, Scope *scope, const Stmt *stmt) {
  if (stmt->kind == STMT_RESOURCE || stmt->kind == STMT_DATA || stmt->kind == STMT_LET || stmt->kind == STMT_DECLARE)
    hides_parameter(c, scope, stmt->name);
  switch (stmt->kind) {
  case STMT_USE:
    if (str_ends(stmt->string, S(".mlops")))
      use_file(c, scope, stmt);
    else
      use_library(c, scope, stmt);
    break;
  case STMT_LET: {
    EntityKind kind = stmt->has_params ? ENTITY_FUNCTION : ENTITY_LET;
    scope_bind_entity(c, scope, stmt->name, entity_new(c, kind, stmt->name, stmt, scope));
    break;
  }
  case STMT_TYPE: scope_bind_entity(c, scope, stmt->name, entity_new(c, ENTITY_TYPE, stmt->name, stmt, scope)); break;
  case STMT_KIND: scope_bind_entity(c, scope, stmt->name, entity_new(c, ENTITY_KIND, stmt->name, stmt, scope)); break;
  case STMT_STEP: {
    Entity *step = entity_new(c, ENTITY_STEP, stmt->name, stmt, scope);
    step->progress = 2;
    step->value = entity_value(c, step);
    scope_bind_entity(c, scope, stmt->name, step);
    break;
  }
  case STMT_FLOW:
    hides_service(c, stmt->name);
    scope_bind_entity(c, scope, stmt->name, entity_new(c, ENTITY_FLOW, stmt->name, stmt, scope))->used = true;
    break;
  case STMT_PARAM: declare_param(c, scope, stmt); break;
  case STMT_RESOURCE:
  case STMT_DATA:
    scope_bind_entity(c, scope, stmt->name, entity_new(c, ENTITY_RESOURCE, stmt->name, stmt, scope))->used = true;
    break;
  case STMT_DECLARE: {
    if (stmt->named_by_string || str_eq(stmt->word.text, S("pipeline")) || str_eq(stmt->word.text, S("ci"))) break;
    hides_service(c, stmt->name);
    scope_bind_entity(c, scope, stmt->name, entity_new(c, ENTITY_INSTANCE, stmt->name, stmt, scope))->used = true;
    break;
  }
  default: break;
  }
}

void declare_all(Checker *c, Scope *scope, const Stmt *items) {
  for (const Stmt *stmt = items; stmt; stmt = stmt->next) {
    if (stmt->kind == STMT_USE) declare(c, scope, stmt);
  }
  for (const Stmt *stmt = items; stmt; stmt = stmt->next) {
    if (stmt->kind == STMT_TYPE || stmt->kind == STMT_KIND) declare(c, scope, stmt);
  }
  for (const Stmt *stmt = items; stmt; stmt = stmt->next) {
    if (stmt->kind != STMT_USE && stmt->kind != STMT_TYPE && stmt->kind != STMT_KIND) declare(c, scope, stmt);
  }
}

// ---------------------------------------------------------------- resources

static Str terraform_name(Checker *c, Scope *scope, Str name) {
  Buf out = {.arena = c->arena};
  bool own = scope->prefix.len && (str_eq(name, S("this")) || !name.len);
  Str text = own                 ? scope->prefix
             : scope->prefix.len ? str_fmt(c->arena, "%.*s_%.*s", STR_ARG(scope->prefix), STR_ARG(name))
                                 : name;
  for (size_t i = 0; i < text.len; i++) {
    char ch = text.at[i];
    bool good =
        (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '_' || ch == '-';
    buf_char(&out, good ? ch : '_');
  }
  return buf_text(&out);
}

Span written_at(const Checker *c, const Scope *scope, Span span) {
  const Entity *self = scope->self;
  while (in_library(c, span) && self) span = self->span, self = self->scope ? self->scope->self : NULL;
  return span;
}

Resource *resource_add(Checker *c, Entity *entity) {
  const Stmt *stmt = entity->stmt;
  Scope *scope = entity->scope;
  Resource *resource = NEW(c->arena, Resource);
  resource->data = stmt->kind == STMT_DATA;
  resource->type = stmt->word.text;
  resource->name = terraform_name(c, scope, stmt->name.text);
  resource->span = written_at(c, scope, stmt->name.span);
  resource->concern = scope->home.len ? scope->home : S("main");
  Str address =
      str_fmt(c->arena, "%s%.*s.%.*s", resource->data ? "data." : "", STR_ARG(resource->type), STR_ARG(resource->name));
  for (int n = 2; map_get(&c->addresses, address); n++) {
    Str name = str_fmt(c->arena, "%.*s_%d", STR_ARG(resource->name), n);
    address = str_fmt(c->arena, "%s%.*s.%.*s", resource->data ? "data." : "", STR_ARG(resource->type), STR_ARG(name));
    if (!map_get(&c->addresses, address)) resource->name = name;
  }
  map_set(&c->addresses, address, resource);
  Type *type = NEW(c->arena, Type);
  *type = (Type){.tag = T_INSTANCE, .name = resource->type};
  Str reference = scope->condition ? str_fmt(c->arena, "%.*s[0]", STR_ARG(address)) : address;
  entity->value = value_leaf(c->arena, VALUE_TERRAFORM, TIME_DEPLOY, reference, type, stmt->name.span);
  VEC_PUSH(c->arena, &c->resources, resource);
  VEC_PUSH(c->arena, &c->later, (Later){entity, stmt, scope});
  return resource;
}

static void check_block(Checker *c, const Resource *resource, const Value *body, FactsTfBlock block, bool outermost);

static void check_attribute(Checker *c, const Resource *resource, const ValueMember *member, FactsTfBlock block,
                            bool outermost) {
  static const char *const own[] = {"count", "for_each", "provider", "depends_on", "lifecycle"};
  for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
    if (outermost && str_eq(member->name, str_of(own[i]))) return;
  }
  FactsTfAttribute attribute;
  FactsTfNested nested;
  if (facts_tf_find_attribute(block, member->name, &attribute)) return;
  if (facts_tf_find_block(block, member->name, &nested)) {
    const Value *inner = member->value;
    if (inner->kind == VALUE_OBJECT) check_block(c, resource, inner, nested.block, false);
    for (size_t i = 0; inner->kind == VALUE_LIST && i < inner->count; i++) {
      if (inner->items[i]->kind == VALUE_OBJECT) check_block(c, resource, inner->items[i], nested.block, false);
    }
    return;
  }
  Nearest nearest = nearest_to(member->name);
  for (size_t i = 0; i < facts_tf_attributes(block); i++) nearest_offer(&nearest, facts_tf_attribute(block, i).name);
  for (size_t i = 0; i < facts_tf_blocks(block); i++) nearest_offer(&nearest, facts_tf_block(block, i).name);
  Str best = nearest_best(&nearest);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0504", member->span, "%.*s has no `%.*s`", STR_ARG(resource->type),
                 STR_ARG(member->name));
  if (best.len) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
}

static void check_block(Checker *c, const Resource *resource, const Value *body, FactsTfBlock block, bool outermost) {
  for (size_t i = 0; i < body->count; i++) check_attribute(c, resource, &body->members[i], block, outermost);
}

static void check_schema(Checker *c, const Resource *resource, Span span) {
  FactsTfBlock block;
  bool known = facts_tf_find(resource->data ? FACTS_TF_DATA : FACTS_TF_RESOURCE, resource->type, &block);
  if (!known) {
    FactsTfKind kind = resource->data ? FACTS_TF_DATA : FACTS_TF_RESOURCE;
    Nearest nearest = nearest_to(resource->type);
    for (size_t i = 0; i < facts_tf_count(kind); i++) nearest_offer(&nearest, facts_tf_name(kind, i));
    Diag *d = diag(c->diags, DIAG_ERROR, "E0505", span, "no %s `%.*s` is known to the tables",
                   resource->data ? "data source" : "resource", STR_ARG(resource->type));
    if (nearest_best(&nearest).len) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(nearest_best(&nearest)));
    return;
  }
  check_block(c, resource, resource->body, block, true);
  check_values(c, resource);
}

static void resource_body(Checker *c, const Later *later) {
  Resource *resource = later->entity->resource;
  FieldList fields = {.at = NEW_N(c->arena, Field, later->stmt->fields.len + 1)};
  const Expr *in = NULL;
  for (size_t i = 0; i < later->stmt->fields.len; i++) {
    const Field *field = &later->stmt->fields.at[i];
    if (str_eq(field->name.text, S("in")))
      in = field->value;
    else
      fields.at[fields.len++] = *field;
  }
  Scope *scope = in ? resource_place(c, later->scope, in) : later->scope;
  const Value *body = eval_fields(c, scope, &fields, later->stmt->span);
  ValueMember *members = NEW_N(c->arena, ValueMember, body->count + 2);
  size_t count = 0;
  const Place *place = scope->place;
  if (place && str_starts(resource->type, S("aws_")) && !value_member(body, S("provider"))) {
    const Value *provider = value_string(c->arena, str_fmt(c->arena, "aws.%.*s", STR_ARG(place->name)), NO_SPAN);
    members[count++] = (ValueMember){S("provider"), provider, NO_SPAN};
  }
  if (later->scope->condition) {
    const Value *one = value_number(c->arena, 1, UNIT_NONE, NO_SPAN),
                *none = value_number(c->arena, 0, UNIT_NONE, NO_SPAN);
    members[count++] =
        (ValueMember){S("count"), value_choice(c->arena, later->scope->condition, one, none, NO_SPAN), NO_SPAN};
  }
  for (size_t i = 0; body->kind == VALUE_OBJECT && i < body->count; i++) {
    Str what = str_fmt(c->arena, "the %.*s of a resource", STR_ARG(body->members[i].name));
    if (body->members[i].value->time <= TIME_EVENT ||
        require_time(c, body->members[i].value, TIME_DEPLOY, str_z(c->arena, what))) {
      members[count++] = body->members[i];
    }
  }
  resource->body = value_object(c->arena, members, count, later->stmt->span);
  Entity *self = later->scope->self;
  if (self && self->override && str_eq(later->stmt->name.text, S("this"))) {
    const Value *both[] = {resource->body, self->override};
    VEC(ValueMember) merged = {0};
    for (size_t i = 0; i < both[0]->count; i++) {
      if (!value_member(both[1], both[0]->members[i].name)) VEC_PUSH(c->arena, &merged, both[0]->members[i]);
    }
    for (size_t i = 0; i < both[1]->count; i++) VEC_PUSH(c->arena, &merged, both[1]->members[i]);
    resource->body = value_object(c->arena, merged.at, merged.len, later->stmt->span);
  }
  check_schema(c, resource, later->stmt->word.span);
}

static void file_body(Checker *c, const Later *later) {
  const Stmt *stmt = later->stmt;
  static const char *const formats[] = {"text", "json", "yaml", "make", "item"};
  File *file = NEW(c->arena, File);
  const Value *path = eval_as(c, later->scope, stmt->value, &TYPE_STRING, S("a file's path"));
  if (is_poison(path) || !require_time(c, path, TIME_COMPILE, "a file's path")) return;
  file->path = path_clean(c->arena, path->text);
  file->span = stmt->span;
  if (str_starts(file->path, S("/")) || str_starts(file->path, S(".."))) {
    diag(c->diags, DIAG_ERROR, "E0507", stmt->value->span, "a file's path stays inside the output folder");
    return;
  }
  bool known = false;
  for (size_t i = 0; i < 5; i++) {
    if (str_eq(stmt->word.text, str_of(formats[i]))) file->format = (FileFormat)i, known = true;
  }
  if (!known) {
    diag(c->diags, DIAG_ERROR, "E0508", stmt->word.span, "a file is text, json, yaml, make or item, not `%.*s`",
         STR_ARG(stmt->word.text));
    return;
  }
  file->content =
      file->format == FILE_MAKE ? make_targets(c, later->scope, stmt->second) : eval(c, later->scope, stmt->second);
  if (is_poison(file->content)) return;
  for (size_t i = 0; i < c->files.len; i++) {
    if (!str_eq(c->files.at[i]->path, file->path)) continue;
    diag(c->diags, DIAG_ERROR, "E0509", stmt->value->span, "`%.*s` is already written by another declaration",
         STR_ARG(file->path));
    return;
  }
  VEC_PUSH(c->arena, &c->files, file);
}

void run_later(Checker *c) {
  for (size_t i = 0; i < c->later.len; i++) { // what is declared comes first: bodies read what it adds
    Later later = c->later.at[i];
    if (later.entity && later.entity->kind == ENTITY_INSTANCE) entity_resolve(c, later.entity, later.stmt->span);
  }
  c->bodies = true;
  for (size_t i = 0; i < c->later.len; i++) {
    Later later = c->later.at[i];
    if (later.entity && later.entity->kind == ENTITY_INSTANCE) continue;
    size_t errors = c->diags->list.len;
    if (later.entity)
      resource_body(c, &later);
    else if (later.stmt->kind == STMT_FILE)
      file_body(c, &later);
    else if (later.stmt->kind == STMT_README)
      readme_add(c, later.scope, later.stmt);
    else if (later.stmt->kind == STMT_OUTPUT)
      output_add(c, later.scope, later.stmt);
    else if (later.stmt->kind == STMT_TERRAFORM)
      VEC_PUSH(c->arena, &c->model->raw, eval(c, later.scope, later.stmt->value));
    blame_instance(c, errors, later.scope->self);
  }
  c->later.len = 0;
}

// ---------------------------------------------------------------- bodies of kinds

static void add_grant(Checker *c, Scope *scope, const Stmt *stmt) {
  const Value **actions = NEW_N(c->arena, const Value *, stmt->items.len);
  VEC(const Value *) resources = {0};
  for (size_t i = 0; i < stmt->items.len; i++)
    actions[i] = eval_as(c, scope, stmt->items.at[i], &TYPE_STRING, S("an action"));
  for (size_t i = 0; i < stmt->others.len; i++) {
    const Value *on = eval(c, scope, stmt->others.at[i]);
    for (size_t k = 0; on->kind == VALUE_LIST && k < on->count; k++) VEC_PUSH(c->arena, &resources, on->items[k]);
    if (on->kind != VALUE_LIST) VEC_PUSH(c->arena, &resources, fit(c, on, &TYPE_STRING, S("what a grant is on")));
  }
  ValueMember *members = NEW_N(c->arena, ValueMember, 3);
  members[0] = (ValueMember){S("Effect"), value_string(c->arena, S("Allow"), stmt->span), stmt->span};
  members[1] = (ValueMember){S("Action"), value_list(c->arena, actions, stmt->items.len, stmt->span), stmt->span};
  members[2] = (ValueMember){S("Resource"), value_list(c->arena, resources.at, resources.len, stmt->span), stmt->span};
  const Value *statement = value_object(c->arena, members, 3, stmt->span);
  const Value *before = map_get(&scope->self->grants, stmt->name.text);
  const Value **list = NEW_N(c->arena, const Value *, (before ? before->count : 0) + 1);
  size_t count = 0;
  for (size_t i = 0; before && i < before->count; i++) list[count++] = before->items[i];
  list[count++] = statement;
  map_set(&scope->self->grants, stmt->name.text, (void *)(uintptr_t)value_list(c->arena, list, count, stmt->span));
}

static void add_member(Checker *c, Scope *scope, const Stmt *stmt) {
  if (stmt->has_params) {
    map_set(&scope->self->methods, stmt->name.text, entity_new(c, ENTITY_FUNCTION, stmt->name, stmt, scope));
    return;
  }
  Str name = stmt->name.text;
  if (stmt->second) { // named by a string
    const Value *text = eval_as(c, scope, stmt->second, &TYPE_STRING, S("a member's name"));
    if (is_poison(text) || !require_time(c, text, TIME_COMPILE, "a member's name")) return;
    name = text->text;
  }
  const Value *value = eval(c, scope, stmt->value);
  // Under the condition of the whole instance it is there as far as its users are.
  bool is_sometimes = scope->condition && scope->condition != scope->self->inside->condition;
  if (is_sometimes && value->kind != VALUE_MISSING) {
    value = value_choice(c->arena, scope->condition, value, value_missing(stmt->span), stmt->span);
  }
  map_set(&scope->self->members, name, (void *)(uintptr_t)value);
}

static void kind_if(Checker *c, Scope *scope, const Stmt *stmt) {
  const Value *condition = eval_as(c, scope, stmt->value, &TYPE_BOOL, S("a condition"));
  if (is_poison(condition)) return;
  if (condition->kind == VALUE_BOOL) {
    run_kind_body(c, scope, condition->truth ? stmt->body : stmt->other);
    return;
  }
  if (!require_time(c, condition, TIME_DEPLOY, "a condition of a kind")) return;
  for (int side = 0; side < 2; side++) {
    Scope *inside = scope_new(c, SCOPE_BLOCK, scope);
    const Value *holds = side == 0 ? condition : value_not(c->arena, condition, stmt->span);
    inside->condition =
        scope->condition ? value_binary(c->arena, OP_AND, scope->condition, holds, &TYPE_BOOL, stmt->span) : holds;
    run_kind_body(c, inside, side == 0 ? stmt->body : stmt->other);
  }
}

static void kind_for(Checker *c, Scope *scope, const Stmt *stmt) {
  const Value *list = eval(c, scope, stmt->value);
  if (list->kind == VALUE_MISSING) return;
  if (list->kind != VALUE_LIST) {
    diag(c->diags, DIAG_ERROR, "E0401", stmt->value->span,
         "`for` in a kind needs a list that is known at compile time");
    return;
  }
  for (size_t i = 0; i < list->count; i++) {
    Scope *inside = scope_new(c, SCOPE_BLOCK, scope);
    const Value *item = list->items[i];
    Str tail = item->kind == VALUE_STRING ? item->text
               : value_entity(item)       ? value_entity(item)->name
                                          : str_fmt(c->arena, "%zu", i + 1);
    inside->prefix = str_fmt(c->arena, "%.*s_%.*s", STR_ARG(scope->prefix), STR_ARG(tail));
    scope_bind_value(c, inside, stmt->name, item)->used = true;
    run_kind_body(c, inside, stmt->body);
  }
}

static void kind_match(Checker *c, Scope *scope, const Stmt *stmt) {
  const Value *subject = eval(c, scope, stmt->value);
  if (is_poison(subject) || !require_time(c, subject, TIME_COMPILE, "what a kind matches")) return;
  for (size_t i = 0; i < stmt->arms.len; i++) {
    const Arm *arm = &stmt->arms.at[i];
    bool taken = arm->patterns.len == 0;
    for (size_t k = 0; k < arm->patterns.len && !taken; k++) {
      const Value *pattern = eval_as(c, scope, arm->patterns.at[k],
                                     subject->kind == VALUE_STRING ? &TYPE_WORD : &TYPE_ANY, S("a pattern"));
      const Value *holds = pattern_condition(c, subject, pattern, arm->span);
      taken = holds->kind == VALUE_BOOL && holds->truth;
    }
    if (!taken) continue;
    run_kind_body(c, scope, arm->body);
    return;
  }
}

// Whether a requirement holds, as far as it can be told.
static bool kind_require(Checker *c, Scope *scope, const Stmt *stmt) {
  const Value *condition = eval_as(c, scope, stmt->value, &TYPE_BOOL, S("a requirement"));
  if (condition->kind != VALUE_BOOL || condition->truth) return true;
  const Value *message = stmt->second ? eval(c, scope, stmt->second) : NULL;
  Str text = message && message->kind == VALUE_STRING ? message->text : S("a requirement of its kind does not hold");
  Entity *self = scope->self;
  Diag *d = diag(c->diags, DIAG_ERROR, "E0510", self->span, "`%.*s`: %.*s", STR_ARG(self->name), STR_ARG(text));
  diag_note(c->diags, d, stmt->span, "required here");
  self->refused = true;
  self->value = poison(c, self->span);
  return false;
}

void run_kind_body(Checker *c, Scope *scope, const Stmt *body) {
  declare_all(c, scope, body);
  for (size_t i = 0; i < scope->names.len; i++) ((Binding *)scope->names.entries[i].value)->used = true;
  for (const Stmt *stmt = body; stmt; stmt = stmt->next) {
    Entity *self = scope->self;
    switch (stmt->kind) {
    case STMT_RESOURCE:
    case STMT_DATA: entity_resolve(c, ((Binding *)map_get(&scope->names, stmt->name.text))->entity, stmt->span); break;
    case STMT_STEP: {
      Entity *method = ((Binding *)map_get(&scope->names, stmt->name.text))->entity;
      method->owner = self;
      map_set(&self->methods, stmt->name.text, method);
      break;
    }
    case STMT_COMMAND:
      map_set(&self->commands, stmt->name.text, entity_new(c, ENTITY_COMMAND, stmt->name, stmt, scope));
      break;
    case STMT_EVENT: {
      Entity *event = entity_new(c, ENTITY_KIND, stmt->name, stmt, scope);
      event->owner = self;
      map_set(&self->events, stmt->name.text, event);
      break;
    }
    case STMT_KIND: {
      Entity *kind = ((Binding *)map_get(&scope->names, stmt->name.text))->entity;
      kind->owner = self;
      map_set(&self->events, stmt->name.text, kind);
      break;
    }
    case STMT_DECLARE: {
      Entity *inner = stmt->named_by_string ? entity_new(c, ENTITY_INSTANCE, stmt->name, stmt, scope)
                                            : ((Binding *)map_get(&scope->names, stmt->name.text))->entity;
      VEC_PUSH(c->arena, &c->later, (Later){inner, stmt, scope});
      break;
    }
    case STMT_FILE:
    case STMT_README:
    case STMT_TERRAFORM: VEC_PUSH(c->arena, &c->later, (Later){NULL, stmt, scope}); break;
    case STMT_IF: kind_if(c, scope, stmt); break;
    case STMT_FOR: kind_for(c, scope, stmt); break;
    case STMT_MATCH: kind_match(c, scope, stmt); break;
    case STMT_MEMBER: add_member(c, scope, stmt); break;
    case STMT_GRANT: add_grant(c, scope, stmt); break;
    case STMT_ADD: add_to(c, scope, stmt); break;
    case STMT_REQUIRE:
      if (!kind_require(c, scope, stmt)) return;
      break;
    default: break;
    }
  }
}

// ---------------------------------------------------------------- instances

enum { KIND_DEPTH_MOST = 32 };

// Of several in one account, each has its region's name behind its own: names of roles and buckets know no regions.
static const Value *default_name(Checker *c, Scope *scope, const Entity *instance) {
  Buf slug = {.arena = c->arena};
  if (scope->prefix.len) buf_fmt(&slug, "%.*s-", STR_ARG(scope->prefix));
  buf_str(&slug, instance->name);
  const Place *place = instance->place;
  if (instance->whole && place && place->region) buf_fmt(&slug, "-%.*s", STR_ARG(place->name));
  for (size_t i = 0; i < slug.len; i++) {
    if (slug.at[i] == '_') slug.at[i] = '-';
  }
  const Value *parts[] = {c->base_name, value_string(c->arena, S("-"), NO_SPAN),
                          value_string(c->arena, buf_text(&slug), NO_SPAN)};
  return value_template(c->arena, parts, 3, NO_SPAN);
}

void instance_begin(Checker *c, Entity *instance, Entity *kind, Arguments *arguments) {
  Scope *outer = instance->scope ? instance->scope : c->file_scope;
  instance->of = kind;
  instance->depth = outer->self ? outer->self->depth + 1 : 0;
  size_t errors = c->diags->list.len;
  if (instance->depth > KIND_DEPTH_MOST) {
    diag(c->diags, DIAG_ERROR, "E0107", instance->span, "`%.*s` expands without end; does its kind hold itself?",
         STR_ARG(instance->name));
    blame_instance(c, errors, outer->self);
    return;
  }
  Scope *inside = scope_new(c, SCOPE_KIND, kind->scope);
  inside->self = instance;
  inside->flow = NULL;
  inside->home = kind->home;
  inside->condition = outer->condition;
  bool nested = kind->owner != NULL;
  place_enter(c, inside, nested ? entity_place(kind->owner) : instance->place ? instance->place : outer->place);
  Str base = outer->kind == SCOPE_FILE && !nested ? (Str){0} : nested ? kind->owner->inside->prefix : outer->prefix;
  inside->prefix = base.len ? str_fmt(c->arena, "%.*s_%.*s", STR_ARG(base), STR_ARG(instance->name)) : instance->name;
  if (instance->whole)
    inside->prefix = str_fmt(c->arena, "%.*s_%.*s", STR_ARG(inside->prefix), STR_ARG(place_name(inside->place)));
  instance->inside = inside;
  const Value *name = NULL;
  size_t kept = 0, bad = c->diags->counts[DIAG_ERROR];
  bool takes_name = false, takes_override = false, collects = false;
  for (size_t i = 0; i < kind->stmt->params.len; i++) {
    takes_name = takes_name || str_eq(kind->stmt->params.at[i].name.text, S("name"));
    takes_override = takes_override || str_eq(kind->stmt->params.at[i].name.text, S("override"));
    if (str_eq(kind->stmt->params.at[i].name.text, S("body"))) takes_name = takes_override = collects = true;
  }
  for (size_t i = 0; i < arguments->given.len; i++) {
    CallArgument argument = arguments->given.at[i];
    if (str_eq(argument.name.text, S("name")) && !collects) name = argument_value(c, &argument, &TYPE_STRING);
    if (str_eq(argument.name.text, S("override")) && !takes_override)
      instance->override = argument_value(c, &argument, &TYPE_RECORD);
    bool taken = (str_eq(argument.name.text, S("name")) && !takes_name) ||
                 (str_eq(argument.name.text, S("override")) && !takes_override);
    if (!taken) arguments->given.at[kept++] = argument;
  }
  arguments->given.len = kept;
  if (name && is_poison(name)) name = NULL;
  ValueMember *self = NEW_N(c->arena, ValueMember, 5);
  self[4] = (ValueMember){S("thing"), instance->value, NO_SPAN};
  self[2] = (ValueMember){S("label"), value_string(c->arena, instance->name, NO_SPAN), NO_SPAN};
  self[0] =
      (ValueMember){S("name"), name ? name : default_name(c, nested ? kind->owner->inside : outer, instance), NO_SPAN};
  self[3] = (ValueMember){S("place"), value_string(c->arena, place_name(inside->place), NO_SPAN), NO_SPAN};
  self[1] = (ValueMember){S("id"), value_string(c->arena, inside->prefix, NO_SPAN), NO_SPAN};
  scope_bind_value(c, inside, (Word){S("self"), NO_SPAN}, value_object(c->arena, self, 5, NO_SPAN))->used = true;
  Str what = str_fmt(c->arena, "%.*s `%.*s`", STR_ARG(kind->name), STR_ARG(instance->name));
  instance->arguments = bind_parameters(c, inside, kind->stmt, arguments, what);
  instance->body = scope_new(c, SCOPE_BLOCK, inside);
  if (c->diags->counts[DIAG_ERROR] > bad) { // what its kind makes of faulty fields would only repeat the faults
    instance->value = poison(c, instance->span);
    return;
  }
  if (instance->targets) scope_bind_entity(c, inside, (Word){S("targets"), NO_SPAN}, instance->targets)->used = true;
  run_kind_body(c, instance->body, kind->stmt->body);
  blame_instance(c, errors, instance);
}

static Entity *kind_of(Checker *c, Entity *instance) {
  const Stmt *stmt = instance->stmt;
  if (stmt->value) { // NAME in OWNER: a kind inside the owner's
    Entity *owner = value_entity(eval(c, instance->scope, stmt->value));
    Entity *kind = owner ? map_get(&owner->events, stmt->word.text) : NULL;
    instance->owner = owner;
    if (!kind && owner) {
      diag(c->diags, DIAG_ERROR, "E0108", stmt->word.span, "`%.*s` holds no `%.*s`", STR_ARG(owner->name),
           STR_ARG(stmt->word.text));
    }
    return kind;
  }
  Entity *kind = kind_named(c, instance->scope, stmt->word.text);
  if (kind) return kind;
  Nearest nearest = nearest_to(stmt->word.text);
  size_t count;
  const EmbeddedFile *files = embed_list(&count);
  for (size_t i = 0; i < count; i++) {
    Str name = files[i].name;
    if (str_starts(name, S("std/")) && name.len > 10) nearest_offer(&nearest, str_slice(name, 4, name.len - 6));
  }
  scope_nearest(instance->scope, &nearest);
  static const char *const core[] = {"pipeline", "flow", "step", "kind", "param", "output",    "type",
                                     "resource", "data", "file", "test", "use",   "terraform", "item"};
  for (size_t i = 0; i < sizeof core / sizeof core[0]; i++) nearest_offer(&nearest, str_of(core[i]));
  Str best = nearest_best(&nearest);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0108", stmt->word.span, "there is no kind `%.*s`", STR_ARG(stmt->word.text));
  if (best.len) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
  return NULL;
}

void instance_expand(Checker *c, Entity *instance) {
  Entity *kind = kind_of(c, instance);
  if (!kind) {
    instance->value = poison(c, instance->span);
    return;
  }
  instance->of = kind;
  instance->value = entity_value(c, instance);
  VEC_PUSH(c->arena, &c->instances, instance);
  expand_in_places(c, instance, kind);
}

Entity *instance_of(Checker *c, Entity *kind, Scope *scope, Str name, Arguments *arguments) {
  Entity *instance = entity_new(c, ENTITY_INSTANCE, (Word){name, arguments->span}, NULL, scope);
  VEC_PUSH(c->arena, &c->instances, instance);
  instance->progress = 1;
  instance->of = kind;
  instance->value = entity_value(c, instance);
  instance_begin(c, instance, kind, arguments);
  instance->progress = 2;
  return instance;
}
