// Resources, files and raw Terraform: their bodies, evaluated when all names are known.
#include "check/internal.h"
#include "facts/terraform_schema.h"

static Str terraform_name(Checker *c, Scope *scope, Str name) {
  Buf out = {.arena = c->arena};
  bool own = scope->prefix.len && (str_eq(name, S("this")) || !name.len);
  Str text = own                 ? scope->prefix
             : scope->prefix.len ? str_fmt(c->arena, "%.*s_%.*s", STR_ARG(scope->prefix), STR_ARG(name))
                                 : name;
  for (size_t i = 0; i < text.len; i++) {
    char ch = text.at[i];
    buf_char(&out, ascii_is_word(ch) || ch == '-' ? ch : '_');
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

// What every resource takes.
static bool is_meta(Str name) {
  static const char *const own[] = {"count", "for_each", "provider", "depends_on", "lifecycle"};
  for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
    if (str_eq(name, str_of(own[i]))) return true;
  }
  return false;
}

static void check_block(Checker *c, const Resource *resource, const Value *body, FactsTfBlock block, bool outermost);

static void check_attribute(Checker *c, const Resource *resource, const ValueMember *member, FactsTfBlock block,
                            bool outermost) {
  if (outermost && is_meta(member->name)) return;
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

// What Terraform has of its own, without a provider:
// https://developer.hashicorp.com/terraform/language/state/remote-state-data and …/resources/terraform-data.
typedef struct OwnType {
  bool data;
  Str type;
  const char *fields[4];
} OwnType;
static const OwnType own_types[] = {
    {true, STR_INIT("terraform_remote_state"), {"backend", "config", "defaults", "workspace"}},
    {false, STR_INIT("terraform_data"), {"input", "triggers_replace"}},
};

static bool check_own_type(Checker *c, const Resource *resource) {
  for (size_t i = 0; i < sizeof own_types / sizeof *own_types; i++) {
    const OwnType *own = &own_types[i];
    if (own->data != resource->data || !str_eq(own->type, resource->type)) continue;
    for (size_t k = 0; k < resource->body->count; k++) {
      const ValueMember *member = &resource->body->members[k];
      bool found = is_meta(member->name);
      for (size_t f = 0; f < 4 && own->fields[f]; f++) found = found || str_eq(member->name, str_of(own->fields[f]));
      if (!found)
        diag(c->diags, DIAG_ERROR, "E0504", member->span, "%.*s has no `%.*s`", STR_ARG(resource->type),
             STR_ARG(member->name));
    }
    return true;
  }
  return false;
}

static void check_schema(Checker *c, const Resource *resource, Span span) {
  FactsTfBlock block;
  if (check_own_type(c, resource)) return;
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
