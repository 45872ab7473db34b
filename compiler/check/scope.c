// Names: scopes, what is bound in them, and what a name means.
#include "check/internal.h"

Scope *scope_new(Checker *c, ScopeKind kind, Scope *outer) {
  Scope *scope = NEW(c->arena, Scope);
  scope->kind = kind;
  scope->outer = outer;
  scope->names.arena = c->arena;
  if (outer) {
    scope->flow = outer->flow;
    scope->prefix = outer->prefix;
    scope->depth = outer->depth;
    scope->self = outer->self;
    scope->home = outer->home;
    scope->condition = outer->condition;
    scope->place = outer->place;
  }
  return scope;
}

Binding *scope_find(Scope *scope, Str name, Scope **owner) {
  for (; scope; scope = scope->outer) {
    Binding *binding = map_get(&scope->names, name);
    if (!binding) continue;
    if (owner) *owner = scope;
    return binding;
  }
  return NULL;
}

bool is_lost(const Checker *c, Str name) {
  return c->all_lost || map_get(&c->lost, name);
}

bool told_inside(const Checker *c, Span span) {
  for (size_t i = 0; i < c->diags->list.len; i++) {
    const Diag *d = c->diags->list.at[i];
    bool inside = d->span.file == span.file && d->span.start >= span.start && d->span.end <= span.end;
    if (inside && d->level == DIAG_ERROR) return true;
  }
  return false;
}

static Str told_key(Checker *c, const char *code, Str key) {
  return str_fmt(c->arena, "%s %.*s", code, STR_ARG(key));
}

Diag *told_before(Checker *c, const char *code, Str key, Span span) {
  enum { NOTES_MOST = 3 };
  Diag *d = map_get(&c->told, told_key(c, code, key));
  if (!d) return NULL;
  bool again = d->span.file == span.file && d->span.start == span.start;
  for (size_t i = 0; i < d->notes.len; i++)
    again = again || (d->notes.at[i].span.file == span.file && d->notes.at[i].span.start == span.start);
  if (!again && d->notes.len < NOTES_MOST) diag_note(c->diags, d, span, "here, too");
  return d;
}

void first_told(Checker *c, const char *code, Str key, Diag *d) {
  map_set(&c->told, told_key(c, code, key), d);
}

void lose(Checker *c, Span span) {
  Str text = str_slice(source_file(c->sources, span.file)->text, span.start, span.end);
  for (size_t i = 0; i < text.len;) {
    size_t from = i;
    while (i < text.len && ascii_is_word(text.at[i])) i++;
    if (i > from) map_set(&c->lost, str_slice(text, from, i), c);
    if (i == from) i++;
  }
}

void scope_nearest(Scope *scope, Nearest *nearest) {
  for (; scope; scope = scope->outer) {
    for (size_t i = 0; i < scope->names.len; i++) nearest_offer(nearest, scope->names.entries[i].key);
  }
}

Binding *scope_add(Checker *c, Scope *scope, Word name) {
  Binding *before = map_get(&scope->names, name.text);
  if (before) {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0102", name.span, "`%.*s` is already declared here", STR_ARG(name.text));
    if (span_known(before->span)) diag_note(c->diags, d, before->span, "first declared");
    diag_help(c->diags, d, "give one of the two another name");
  }
  Binding *binding = NEW(c->arena, Binding);
  binding->name = name.text;
  binding->span = name.span;
  map_set(&scope->names, name.text, binding);
  return binding;
}

Binding *scope_bind_value(Checker *c, Scope *scope, Word name, const Value *value) {
  Binding *binding = scope_add(c, scope, name);
  binding->value = value;
  return binding;
}

Binding *scope_bind_entity(Checker *c, Scope *scope, Word name, Entity *entity) {
  Binding *binding = scope_add(c, scope, name);
  binding->entity = entity;
  return binding;
}

Entity *entity_new(Checker *c, EntityKind kind, Word name, const Stmt *stmt, Scope *scope) {
  Entity *entity = NEW(c->arena, Entity);
  entity->kind = kind;
  entity->name = name.text;
  entity->span = name.span;
  entity->stmt = stmt;
  entity->scope = scope;
  entity->home = scope ? scope->home : (Str){0};
  entity->members.arena = entity->methods.arena = entity->commands.arena = entity->grants.arena = entity->events.arena =
      c->arena;
  entity->each.arena = entity->added.arena = entity->taken.arena = c->arena;
  return entity;
}

const Value *entity_value(Checker *c, Entity *entity) {
  static const Type instance = {.tag = T_INSTANCE};
  const Type *type = &instance;
  if (entity->kind == ENTITY_TYPE) type = &TYPE_OF_TYPE;
  if (entity->kind == ENTITY_INSTANCE && entity->of) {
    Type *named = NEW(c->arena, Type);
    *named = (Type){.tag = T_INSTANCE, .name = entity->of->name};
    type = named;
  }
  Value *value =
      (Value *)(uintptr_t)value_leaf(c->arena, VALUE_DECLARED, TIME_COMPILE, entity->name, type, entity->span);
  value->entity = entity;
  return value;
}

bool is_faulty(const Entity *entity) {
  if (entity->value && is_poison(entity->value)) return true;
  for (size_t i = 0; i < entity->each.len; i++) {
    if (is_faulty(entity->each.entries[i].value)) return true;
  }
  return false;
}

Entity *value_entity(const Value *value) {
  return value && value->kind == VALUE_DECLARED ? (Entity *)(uintptr_t)value->entity : NULL;
}

static const Value *resolve_param(Checker *c, Entity *entity) {
  Str text = str_fmt(c->arena, "var.%.*s", STR_ARG(entity->name));
  return value_leaf(c->arena, VALUE_TERRAFORM, TIME_DEPLOY, text, entity->type, entity->span);
}

const Value *report_circle(Checker *c, const Entity *entity, Span use) {
  size_t from = c->under_way.len;
  while (from > 0 && c->under_way.at[from - 1].entity != entity) from--;
  Buf way = {.arena = c->arena};
  for (size_t i = from; i > 0 && i < c->under_way.len; i++)
    buf_fmt(&way, "`%.*s` → ", STR_ARG(c->under_way.at[i].entity->name));
  Diag *d =
      way.len ? diag(c->diags, DIAG_ERROR, "E0104", use, "`%.*s` is defined by means of itself: `%.*s` → %.*s`%.*s`",
                     STR_ARG(entity->name), STR_ARG(entity->name), STR_ARG(buf_text(&way)), STR_ARG(entity->name))
              : diag(c->diags, DIAG_ERROR, "E0104", use, "`%.*s` is defined by means of itself", STR_ARG(entity->name));
  for (size_t i = from; i > 0 && i < c->under_way.len; i++) {
    const UnderWay *step = &c->under_way.at[i];
    Span place = in_library(c, step->use) ? step->entity->span : step->use;
    diag_note(c->diags, d, place, "`%.*s` needs `%.*s`", STR_ARG(c->under_way.at[i - 1].entity->name),
              STR_ARG(step->entity->name));
  }
  diag_help(c->diags, d, way.len ? "one of these must do without the next" : "say it by something else");
  return poison(c, use);
}

// Whether a thing that is named need not be expanded at once: one of a file, in one place.
static bool may_wait(const Entity *entity) {
  if (entity->kind != ENTITY_INSTANCE || entity->progress != 0 || !entity->stmt || entity->stmt->value) return false;
  for (size_t i = 0; i < entity->stmt->fields.len; i++) {
    if (str_eq(entity->stmt->fields.at[i].name.text, S("in"))) return false;
  }
  return entity->scope && entity->scope->kind == SCOPE_FILE;
}

void expand_mentioned(Checker *c, size_t from) {
  for (size_t i = from; i < c->mentioned.len; i++) {
    UnderWay mentioned = c->mentioned.at[i];
    entity_resolve(c, mentioned.entity, mentioned.use);
  }
  c->mentioned.len = from;
}

const Value *entity_resolve(Checker *c, Entity *entity, Span use) {
  if (entity->progress == 2) return entity->value;
  bool expands = entity->kind == ENTITY_INSTANCE || entity->kind == ENTITY_FLOW || entity->kind == ENTITY_RESOURCE;
  if (!c->base_name && expands) { // the settings of the pipeline and the defaults of its params come first
    Diag *d = diag(c->diags, DIAG_ERROR, "E0104", use,
                   "`%.*s` needs the pipeline's settings and params, which this is part of", STR_ARG(entity->name));
    diag_help(c->diags, d, "write a text here");
    return poison(c, use);
  }
  if (entity->progress == 1) {
    if (entity->kind == ENTITY_INSTANCE || entity->kind == ENTITY_FLOW) return entity->value;
    return report_circle(c, entity, use);
  }
  if (c->binding && may_wait(entity)) {
    entity->of = kind_named(c, entity->scope, entity->stmt->word.text);
    VEC_PUSH(c->arena, &c->mentioned, ((UnderWay){entity, use}));
    if (entity->of) return entity_value(c, entity);
  }
  entity->progress = 1;
  VEC_PUSH(c->arena, &c->under_way, ((UnderWay){entity, use}));
  entity->value = entity_value(c, entity);
  switch (entity->kind) {
  case ENTITY_LET: entity->value = eval(c, entity->scope, entity->stmt->value); break;
  case ENTITY_TYPE:
    entity->type = type_of(c, entity->scope, entity->stmt->returns);
    if (entity->type->tag == T_OBJECT || entity->type->tag == T_UNION) {
      Type *named = NEW(c->arena, Type);
      *named = *entity->type;
      named->name = entity->name;
      entity->type = named;
    }
    break;
  case ENTITY_PARAM: entity->value = resolve_param(c, entity); break;
  case ENTITY_INSTANCE: instance_expand(c, entity); break;
  case ENTITY_FLOW: flow_declare(c, entity); break;
  case ENTITY_TARGETS: entity->value = targets_resolve(c, entity, use); break;
  case ENTITY_RESOURCE: entity->resource = resource_add(c, entity); break;
  default: break;
  }
  c->under_way.len--;
  entity->progress = 2;
  return entity->value;
}
