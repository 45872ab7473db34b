// Modules, and the names that files and kinds declare.
#include "base/embed.h"
#include "check/internal.h"
#include "facts/facts.h"

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
    Diag *d = diag(c->diags, DIAG_ERROR, "E0901", stmt->span, "cannot read %.*s", STR_ARG(why));
    diag_help(c->diags, d, "the path is relative to the folder of this file");
    c->all_lost = true;
    return;
  }
  SyntaxFile *syntax = syntax_parse(c->arena, c->sources, source_add(c->sources, path, text), c->diags);
  for (size_t i = 0; i < syntax->lost.len; i++) map_set(&c->lost, syntax->lost.entries[i].key, c);
  VEC_PUSH(c->arena, &c->used, syntax->items);
  declare_all(c, scope, syntax->items);
}

// Reports a library that is not there; gives the file that may have been meant, which is then taken for it.
static Str no_library(Checker *c, const Stmt *stmt) {
  Str library =
      str_starts(stmt->string, S("std/")) ? stmt->string : str_fmt(c->arena, "std/%.*s", STR_ARG(stmt->string));
  Nearest nearest = nearest_to(library);
  size_t count;
  const EmbeddedFile *files = embed_list(&count);
  for (size_t i = 0; i < count; i++) {
    if (str_starts(files[i].name, S("std/")))
      nearest_offer(&nearest, str_slice(files[i].name, 0, files[i].name.len - 6));
  }
  Str best = nearest_best(&nearest);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0901", stmt->span, "the library has no `%.*s`", STR_ARG(stmt->string));
  if (best.len)
    diag_help(c->diags, d, "did you mean `use \"%.*s\"`?", STR_ARG(best));
  else
    diag_help(c->diags, d, "a file of yours ends in `.mlops`, a library is one of `mlopsc explain --library`");
  if (!best.len) map_set(&c->lost, path_name(stmt->string), c);
  return best.len ? str_fmt(c->arena, "%.*s.mlops", STR_ARG(best)) : (Str){0};
}

static void use_library(Checker *c, Scope *scope, const Stmt *stmt) {
  Str file = str_fmt(c->arena, "%.*s.mlops", STR_ARG(stmt->string)), text;
  if (!embed_find(file, &text)) {
    file = no_library(c, stmt);
    if (!file.len || !embed_find(file, &text)) return;
  }
  Entity *entity =
      entity_new(c, ENTITY_MODULE, (Word){path_name(str_slice(file, 0, file.len - 6)), stmt->span}, stmt, scope);
  entity->module = module_load(c, file, text);
  scope_bind_entity(c, scope, (Word){entity->name, stmt->span}, entity);
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
    if (!is_poison(variable.value))
      require_time(c, variable.value, TIME_COMPILE, "a parameter's default");
    else
      entity->type = &TYPE_ANY; // one of the two is wrong, which was told
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
