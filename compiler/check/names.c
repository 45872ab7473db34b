// Names and members: what they mean, and what is said of those that mean nothing.
#include "base/embed.h"
#include "check/flow.h"
#include "facts/api.h"

static bool in_run(char c) {
  return ascii_is_alnum(c) || strchr("_./-:@", c);
}

// What stands around a place without a blank, where it is no name but looks like text without its quotes
// (lambda/work.py, us-west-2); else empty.
static Str unquoted_text(Checker *c, Span span) {
  Str text = source_file(c->sources, span.file)->text;
  size_t from = span.start, to = span.end;
  while (from > 0 && in_run(text.at[from - 1])) from--;
  while (to < text.len && in_run(text.at[to])) to++;
  while (from < to && !ascii_is_alnum(text.at[from])) from++; // `name:` of a field before it
  Str run = str_slice(text, from, to);
  while (run.len && strchr(".:-/", run.at[run.len - 1])) run.len--;
  bool quoted = from > 0 && text.at[from - 1] == '"';
  if (quoted || (!memchr(run.at, '-', run.len) && !memchr(run.at, '/', run.len))) return (Str){0};
  lose(c, (Span){span.file, (uint32_t)from, (uint32_t)to}); // its other parts are no news
  return run;
}

// Whether the library named like a service, which the file does not use, has a step of that name.
static bool library_has(Checker *c, Str library, Str step) {
  Str text, line;
  if (!embed_find(str_fmt(c->arena, "std/%.*s.mlops", STR_ARG(library)), &text)) return false;
  Str begins = str_fmt(c->arena, "step %.*s(", STR_ARG(step));
  while (text.len) {
    line = str_cut(text, '\n', &text);
    if (str_starts(line, begins)) return true;
  }
  return false;
}

// How a name is written that a library has, which the file does not use; else empty.
static Str library_of(Checker *c, Str name) {
  Str text;
  if (embed_find(str_fmt(c->arena, "std/%.*s.mlops", STR_ARG(name)), &text) && str_has(text, S("\nstep ")))
    return str_fmt(c->arena, "write `use \"std/%.*s\"` at the top of the file", STR_ARG(name));
  size_t count;
  const EmbeddedFile *files = embed_list(&count);
  for (size_t i = 0; i < count; i++) {
    Str library = files[i].name;
    if (!str_starts(library, S("std/")) || library.len <= 10) continue;
    library = str_slice(library, 4, library.len - 6);
    if (library_has(c, library, name))
      return str_fmt(c->arena, "write `%.*s.%.*s(…)`, and `use \"std/%.*s\"` at the top of the file", STR_ARG(library),
                     STR_ARG(name), STR_ARG(library));
  }
  return (Str){0};
}

static bool named_by_string(const Checker *c, Str name) {
  for (size_t i = 0; i < c->used.len; i++) {
    for (const Stmt *stmt = c->used.at[i]; stmt; stmt = stmt->next) {
      if (stmt->kind == STMT_DECLARE && stmt->named_by_string && str_eq(stmt->name.text, name)) return true;
    }
  }
  return false;
}

static const Value *unknown_name(Checker *c, Scope *scope, const Expr *expr) {
  Str name = expr->name.text;
  if (str_eq(name, S("targets")) && scope->self && scope->self->of) {
    Str kind = scope->self->of->name;
    Diag *d =
        diag(c->diags, DIAG_ERROR, "E0108", scope->self->span, "`%.*s` is an event, nothing to declare", STR_ARG(kind));
    diag_help(c->diags, d, "write `on %.*s … -> FLOW(…)`", STR_ARG(kind));
    return poison(c, expr->span);
  }
  const Stmt *elsewhere = scope->flow ? map_get(scope->flow->all_names, name) : NULL;
  if (elsewhere) {
    bool later = elsewhere->span.file != expr->span.file || elsewhere->span.start >= expr->span.start;
    Diag *d = diag(c->diags, DIAG_ERROR, "E0101", expr->span,
                   later ? "`%.*s` is not known yet here" : "`%.*s` is not known here", STR_ARG(name));
    diag_note(c->diags, d, elsewhere->name.span, "it is set there");
    diag_help(c->diags, d, later ? "use it behind that line" : "hand it out of its body with `return`");
    return poison(c, expr->span);
  }
  if (is_lost(c, name)) return poison(c, expr->span);
  Nearest nearest = nearest_to(name);
  scope_nearest(scope, &nearest);
  functions_nearest(&nearest);
  Str best = nearest_best(&nearest);
  if (told_before(c, "E0101", name, expr->span)) return poison(c, expr->span);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0101", expr->span, "there is nothing named `%.*s` here", STR_ARG(name));
  first_told(c, "E0101", name, d);
  Str text = unquoted_text(c, expr->span), library = library_of(c, name);
  Str instead = habit_help("value", name);
  const Entity *function = map_get(&c->functions, name);
  if (!function && kind_named(c, scope, name)) function = map_get(&c->functions, name);
  if (text.len)
    diag_help(c->diags, d, "a text stands in quotes: \"%.*s\"", STR_ARG(text));
  else if (named_by_string(c, name))
    diag_help(c->diags, d, "the declaration of that name has it in quotes: write it there without them");
  else if (function)
    diag_help(c->diags, d, "it is a function: `%.*s(…)`", STR_ARG(name));
  else if (library.len)
    diag_help(c->diags, d, "%.*s", STR_ARG(library));
  else if (kind_named(c, scope, name))
    diag_help(c->diags, d, "it is a kind: declare one, `%.*s name { … }`, and name that", STR_ARG(name));
  else if (instead.len)
    diag_help(c->diags, d, "%.*s", STR_ARG(instead));
  else if (best.len)
    diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
  else
    diag_help(c->diags, d,
              "name it first: `let %.*s = …`, `param %.*s: type`, a step or a declaration; or it is a text: \"%.*s\"",
              STR_ARG(name), STR_ARG(name), STR_ARG(name));
  return poison(c, expr->span);
}

const Value *eval_name(Checker *c, Scope *scope, const Expr *expr) {
  Scope *owner = NULL;
  Binding *binding = scope_find(scope, expr->name.text, &owner);
  if (!binding) {
    Entity *service = service_named(c, expr->name.text);
    return service ? value_at(c->arena, entity_value(c, service), expr->span) : unknown_name(c, scope, expr);
  }
  binding->used = true;
  const Value *value = binding->variable ? flow_read(c, scope, binding, expr->span)
                       : binding->entity ? entity_resolve(c, binding->entity, expr->span)
                                         : binding->value;
  if (!value || is_poison(value)) return poison(c, expr->span);
  if (scope->flow && scope->flow->distributed && !binding->variable && value->time == TIME_RUN &&
      owner->depth < scope->depth) {
    value = flow_capture_value(scope->flow, binding->name, value);
  }
  if (value->kind == VALUE_DECLARED) value = place_nearby(scope, value);
  if (is_poison(value)) return value;
  return present_here(c, scope, value_at(c->arena, value, expr->span));
}

static const Value *no_member(Checker *c, Word name, Nearest *nearest, Str of, const Type *type) {
  Str key = str_fmt(c->arena, "%.*s.%.*s", STR_ARG(of), STR_ARG(name.text));
  if (is_lost(c, name.text) || told_before(c, "E0105", key, name.span)) return poison(c, name.span);
  Diag *d =
      diag(c->diags, DIAG_ERROR, "E0105", name.span, "%.*s has no member `%.*s`", STR_ARG(of), STR_ARG(name.text));
  first_told(c, "E0105", key, d);
  Str best = nearest_best(nearest), text = unquoted_text(c, name.span);
  if (text.len)
    diag_help(c->diags, d, "a text stands in quotes: \"%.*s\"", STR_ARG(text));
  else if (best.len)
    diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
  else if (type && type_members(c, type).len)
    diag_help(c->diags, d, "it has %.*s", STR_ARG(type_members(c, type)));
  return poison(c, name.span);
}

static void needed_now(Checker *c, Entity *entity, Span use) {
  bool binding = c->binding;
  c->binding = false;
  entity_resolve(c, entity, use);
  c->binding = binding;
}

// A member of a thing whose kind is being expanded, further down in it: it may be known already.
static const Value *early_member(Checker *c, Entity *entity, Str name) {
  if (entity->progress != 1 || !entity->body || str_eq(entity->early, name)) return NULL;
  for (const Stmt *stmt = entity->of->stmt->body; stmt; stmt = stmt->next) {
    if (stmt->kind != STMT_MEMBER || stmt->second || stmt->has_params || !str_eq(stmt->name.text, name)) continue;
    Str before = entity->early;
    entity->early = name;
    const Value *value = eval(c, entity->body, stmt->value);
    entity->early = before;
    return value;
  }
  return NULL;
}

// Another service that has an action of that name: best one whose name goes on where this one's ends
// (personalizeruntime).
static Str service_with(const Entity *service, Str action) {
  Str found = {0};
  FactsOperation operation;
  for (size_t i = 0; i < facts_services(); i++) {
    Str name = facts_service_name(facts_service_at(i));
    if (!facts_operation(facts_service_at(i), action, &operation)) continue;
    if (str_starts(name, service->service)) return name;
    if (!found.len) found = name;
  }
  return found;
}

static const Value *declared_member(Checker *c, const Value *left, Word name) {
  Entity *entity = value_entity(left);
  Nearest nearest = nearest_to(name.text);
  if (entity->kind == ENTITY_MODULE) {
    Binding *binding = map_get(&entity->module->names, name.text);
    if (binding && binding->entity) return entity_resolve(c, binding->entity, name.span);
    Entity *service = service_named(c, entity->name);
    Entity *action = service ? action_named(c, service, name.text, &nearest) : NULL;
    if (action) return entity_value(c, action);
    for (size_t i = 0; i < entity->module->names.len; i++)
      nearest_offer(&nearest, entity->module->names.entries[i].key);
  }
  if (entity->kind == ENTITY_SERVICE) {
    Entity *action = action_named(c, entity, name.text, &nearest);
    if (action) return entity_value(c, action);
    if (is_lost(c, entity->name)) return poison(c, name.span); // of a `use` that is not right
    if (library_has(c, entity->name, name.text)) {
      Diag *d =
          diag(c->diags, DIAG_ERROR, "E0105", name.span, "the service `%.*s` has no action `%.*s`; its library has",
               STR_ARG(entity->name), STR_ARG(name.text));
      diag_help(c->diags, d, "write `use \"std/%.*s\"` at the top of the file", STR_ARG(entity->name));
      return poison(c, name.span);
    }
  }
  if (entity->kind == ENTITY_KIND) { // a kind may have the name of a service
    Entity *service = service_named(c, entity->name);
    Entity *action = service ? action_named(c, service, name.text, &nearest) : NULL;
    if (action) return entity_value(c, action);
  }
  if (entity->kind == ENTITY_INSTANCE || entity->kind == ENTITY_FLOW) {
    if (entity->progress == 0 && entity->stmt) needed_now(c, entity, name.span);
    const Value *value = map_get(&entity->members, name.text);
    if (!value) value = early_member(c, entity, name.text);
    if (value) return value;
    Entity *elsewhere = entity->whole ? map_get(&entity->whole->each, name.text) : NULL;
    if (elsewhere) return elsewhere->value;
    Entity *method = map_get(&entity->methods, name.text);
    if (method) return entity_value(c, method);
    if (is_poison(entity->value)) return entity->value; // what is wrong with it was told
    for (size_t i = 0; i < entity->members.len; i++) nearest_offer(&nearest, entity->members.entries[i].key);
    for (size_t i = 0; i < entity->methods.len; i++) nearest_offer(&nearest, entity->methods.entries[i].key);
    const Entity *first = entity->each.len ? entity->each.entries[0].value : NULL;
    if (first && (map_get(&first->members, name.text) || map_get(&first->methods, name.text))) {
      Diag *d = diag(c->diags, DIAG_ERROR, "E0105", name.span, "`%.*s` has no one `%.*s`", STR_ARG(entity->name),
                     STR_ARG(name.text));
      help_with_places(c, d, entity, str_fmt(c->arena, ".%.*s", STR_ARG(name.text)));
      return poison(c, name.span);
    }
    if (entity->progress == 1 && entity->kind == ENTITY_INSTANCE) return report_circle(c, entity, name.span);
    Entity *service = service_named(c, entity->name);
    if (service && action_named(c, service, name.text, &nearest)) {
      Diag *d = diag(c->diags, DIAG_ERROR, "E0109", name.span, "`%.*s` is a declaration here, not the AWS service",
                     STR_ARG(entity->name));
      diag_note(c->diags, d, entity->span, "declared here");
      diag_help(c->diags, d, "give the declaration another name");
      return poison(c, name.span);
    }
  }
  Str other =
      entity->kind == ENTITY_SERVICE && !nearest_best(&nearest).len ? service_with(entity, name.text) : (Str){0};
  if (other.len) {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0105", name.span, "`%.*s` has no member `%.*s`", STR_ARG(entity->name),
                   STR_ARG(name.text));
    diag_help(c->diags, d, "it is `%.*s.%.*s`", STR_ARG(other), STR_ARG(name.text));
    return poison(c, name.span);
  }
  return no_member(c, name, &nearest, str_fmt(c->arena, "`%.*s`", STR_ARG(entity->name)), NULL);
}

const Value *eval_member(Checker *c, const Value *left, Word name, Span span) {
  if (is_poison(left)) return left;
  if (left->kind == VALUE_DECLARED) {
    const Value *member = declared_member(c, left, name);
    return is_poison(member) ? member : value_at(c->arena, member, span); // a copy would be no poison
  }
  if (left->kind == VALUE_MISSING) return left;
  if (left->kind == VALUE_OBJECT) {
    const Value *value = value_member(left, name.text);
    if (value) return value_at(c->arena, value, span);
  }
  if (left->kind == VALUE_CHOICE && left->items[1]->kind == VALUE_OBJECT && left->items[2]->kind == VALUE_OBJECT) {
    return value_choice(c->arena, left->items[0], eval_member(c, left->items[1], name, span),
                        eval_member(c, left->items[2], name, span), span);
  }
  Nearest nearest = nearest_to(name.text);
  bool optional = false;
  const Type *type =
      left->kind == VALUE_TERRAFORM ? &TYPE_ANY : type_member(c, left->type, name.text, &optional, &nearest);
  if (!type && str_eq(name.text, S("inner")) && left->kind == VALUE_VARIABLE) type = &TYPE_ANY;
  if (!type) {
    Str of = type_text(c->arena, left->type);
    if (left->type->tag == T_LIST) {
      Diag *d = diag(c->diags, DIAG_ERROR, "E0105", name.span, "a list has no members; `.` does not map over it");
      diag_help(c->diags, d, "take one item with [0], or write [x.%.*s for x in …]", STR_ARG(name.text));
      return poison(c, span);
    }
    return no_member(c, name, &nearest, of, left->type);
  }
  if (left->kind == VALUE_OBJECT) return value_missing(span);
  if (left->kind == VALUE_TERRAFORM || left->kind == VALUE_EVENT) {
    Str text = str_fmt(c->arena, "%.*s.%.*s", STR_ARG(left->text), STR_ARG(name.text));
    return value_leaf(c->arena, left->kind, left->time, text, type, span);
  }
  Value *value = value_node(c->arena, VALUE_MEMBER, &left, 1, type, span);
  value->text = name.text;
  value->maybe = optional || left->maybe;
  value->missing_because = left->missing_because;
  value->missing_unless = left->missing_unless;
  return value;
}
