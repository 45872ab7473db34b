// Kinds: their bodies, and the instances that declarations make of them.
#include "base/embed.h"
#include "check/internal.h"
#include "facts/facts.h"
#include "facts/terraform_schema.h"

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
  ValueMember *members = NEW_N(c->arena, ValueMember, 4);
  members[0] = (ValueMember){S("Effect"), value_string(c->arena, S("Allow"), stmt->span), stmt->span};
  members[1] = (ValueMember){S("Action"), value_list(c->arena, actions, stmt->items.len, stmt->span), stmt->span};
  members[2] = (ValueMember){S("Resource"), value_list(c->arena, resources.at, resources.len, stmt->span), stmt->span};
  const Value *condition = stmt->value ? eval_as(c, scope, stmt->value, &TYPE_RECORD, S("a grant's condition")) : NULL;
  if (condition) members[3] = (ValueMember){S("Condition"), condition, condition->span};
  const Value *statement = value_object(c->arena, members, condition ? 4 : 3, stmt->span);
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

static void run_kind_body(Checker *c, Scope *scope, const Stmt *body);

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

const Value *unrolled_list(Checker *c, Scope *scope, const Stmt *stmt, const char *where) {
  const Value *list = eval(c, scope, stmt->value);
  if (list->kind == VALUE_LIST) return list;
  if (list->kind != VALUE_MISSING && !is_poison(list)) {
    diag(c->diags, DIAG_ERROR, "E0401", stmt->value->span, "`for` in %s needs a list that is known at compile time",
         where);
  }
  return value_list(c->arena, NULL, 0, stmt->span);
}

static void kind_for(Checker *c, Scope *scope, const Stmt *stmt) {
  const Value *list = unrolled_list(c, scope, stmt, "a kind");
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
  bool by_default = !is_poison(condition) && condition->kind != VALUE_BOOL;
  if (by_default) condition = with_defaults(c, condition);
  if (condition->kind != VALUE_BOOL || condition->truth) return true;
  const Value *message = stmt->second ? with_defaults(c, eval(c, scope, stmt->second)) : NULL;
  Str text = message && message->kind == VALUE_STRING ? message->text : S("a requirement of its kind does not hold");
  Entity *self = scope->self;
  Str who = self->stmt ? self->name : self->of->name;
  Diag *d = diag(c->diags, by_default ? DIAG_WARNING : DIAG_ERROR, "E0510", field_for(c, self, stmt->value->span),
                 "`%.*s`: %.*s", STR_ARG(who), STR_ARG(text));
  if (by_default) diag_note(c->diags, d, NO_SPAN, "so it is where every param has its default");
  diag_note(c->diags, d, stmt->span, "required here");
  if (by_default) return true;
  self->refused = true;
  self->value = poison(c, self->span);
  return false;
}

static void run_kind_body(Checker *c, Scope *scope, const Stmt *body) {
  size_t mentioned = scope == scope->self->body ? scope->self->mentioned : c->mentioned.len;
  declare_all(c, scope, body);
  for (size_t i = 0; i < scope->names.len; i++) ((Binding *)scope->names.entries[i].value)->used = true;
  expand_mentioned(c, mentioned);
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

// The scope in which the kind's parameters are bound and its body runs.
static Scope *inside_of(Checker *c, Entity *instance, const Entity *kind, const Scope *outer) {
  Scope *inside = scope_new(c, SCOPE_KIND, kind->scope);
  inside->self = instance;
  inside->flow = NULL;
  inside->home = kind->home;
  inside->condition = outer->condition;
  const Entity *owner = kind->owner;
  place_enter(c, inside, owner ? entity_place(owner) : instance->place ? instance->place : outer->place);
  Str base = owner ? owner->inside->prefix : outer->kind == SCOPE_FILE ? (Str){0} : outer->prefix;
  inside->prefix = base.len ? str_fmt(c->arena, "%.*s_%.*s", STR_ARG(base), STR_ARG(instance->name)) : instance->name;
  if (instance->whole)
    inside->prefix = str_fmt(c->arena, "%.*s_%.*s", STR_ARG(inside->prefix), STR_ARG(place_name(inside->place)));
  return inside;
}

// Takes the fields that every kind has, `name` and `override`, out of the arguments where the kind does not name them
// itself. Gives the name, or NULL.
static const Value *take_own_fields(Checker *c, Entity *instance, const Entity *kind, Arguments *arguments) {
  bool takes_name = false, takes_override = false, collects = false;
  for (size_t i = 0; i < kind->stmt->params.len; i++) {
    Str param = kind->stmt->params.at[i].name.text;
    takes_name = takes_name || str_eq(param, S("name"));
    takes_override = takes_override || str_eq(param, S("override"));
    if (str_eq(param, S("body"))) takes_name = takes_override = collects = true;
  }
  const Value *name = NULL;
  size_t kept = 0;
  for (size_t i = 0; i < arguments->given.len; i++) {
    CallArgument argument = arguments->given.at[i];
    bool names = str_eq(argument.name.text, S("name")), overrides = str_eq(argument.name.text, S("override"));
    if (names && !collects) name = argument_value(c, &argument, &TYPE_STRING);
    if (overrides && !takes_override) instance->override = argument_value(c, &argument, &TYPE_RECORD);
    bool taken = (names && !takes_name) || (overrides && !takes_override);
    if (!taken) arguments->given.at[kept++] = argument;
  }
  arguments->given.len = kept;
  return name && !is_poison(name) ? name : NULL;
}

static void bind_self(Checker *c, const Entity *instance, const Value *name) {
  Scope *inside = instance->inside;
  ValueMember members[] = {
      {S("name"), name, NO_SPAN},
      {S("id"), value_string(c->arena, inside->prefix, NO_SPAN), NO_SPAN},
      {S("label"), value_string(c->arena, instance->name, NO_SPAN), NO_SPAN},
      {S("place"), value_string(c->arena, place_name(inside->place), NO_SPAN), NO_SPAN},
      {S("thing"), instance->value, NO_SPAN},
  };
  enum { COUNT = sizeof members / sizeof *members };
  ValueMember *kept = NEW_N(c->arena, ValueMember, COUNT);
  memcpy(kept, members, sizeof members);
  scope_bind_value(c, inside, (Word){S("self"), NO_SPAN}, value_object(c->arena, kept, COUNT, NO_SPAN))->used = true;
}

void instance_begin(Checker *c, Entity *instance, Entity *kind, Arguments *arguments) {
  Scope *outer = instance->scope ? instance->scope : c->file_scope;
  instance->of = kind;
  if (!instance->stmt) instance->given = fields_of(c, arguments);
  instance->depth = outer->self ? outer->self->depth + 1 : 0;
  size_t errors = c->diags->list.len, bad = c->diags->counts[DIAG_ERROR];
  if (instance->depth > KIND_DEPTH_MOST) {
    diag(c->diags, DIAG_ERROR, "E0107", instance->span, "`%.*s` expands without end; does its kind hold itself?",
         STR_ARG(instance->name));
    blame_instance(c, errors, outer->self);
    return;
  }
  Scope *inside = instance->inside = inside_of(c, instance, kind, outer);
  const Value *name = take_own_fields(c, instance, kind, arguments);
  bind_self(c, instance, name ? name : default_name(c, kind->owner ? kind->owner->inside : outer, instance));
  Str what = str_fmt(c->arena, "%.*s `%.*s`", STR_ARG(kind->name), STR_ARG(instance->name));
  bool binding = c->binding;
  instance->mentioned = c->mentioned.len;
  c->binding = true;
  instance->arguments = bind_parameters(c, inside, kind->stmt, arguments, what);
  c->binding = false;
  instance->body = scope_new(c, SCOPE_BLOCK, inside);
  bool faulty = c->diags->counts[DIAG_ERROR] > bad || (instance->stmt && instance->stmt->faulty);
  for (size_t i = 0; i < instance->arguments->count; i++)
    faulty = faulty || is_poison(instance->arguments->members[i].value);
  if (faulty) { // what its kind makes of faulty fields would only repeat the faults
    instance->value = poison(c, instance->span);
    expand_mentioned(c, instance->mentioned);
    c->binding = binding;
    return;
  }
  if (instance->targets) scope_bind_entity(c, inside, (Word){S("targets"), NO_SPAN}, instance->targets)->used = true;
  run_kind_body(c, instance->body, kind->stmt->body);
  c->binding = binding;
  blame_instance(c, errors, instance);
}

static Entity *kind_of(Checker *c, Entity *instance) {
  const Stmt *stmt = instance->stmt;
  if (stmt->value) { // NAME in OWNER: a kind inside the owner's
    Entity *owner = value_entity(eval(c, instance->scope, stmt->value));
    Entity *kind = owner ? map_get(&owner->events, stmt->word.text) : NULL;
    instance->owner = owner;
    if (!kind && owner && !is_poison(owner->value) && !is_lost(c, stmt->word.text)) {
      diag(c->diags, DIAG_ERROR, "E0108", stmt->word.span, "`%.*s` holds no `%.*s`", STR_ARG(owner->name),
           STR_ARG(stmt->word.text));
    }
    return kind;
  }
  Entity *kind = kind_named(c, instance->scope, stmt->word.text);
  if (kind || is_lost(c, stmt->word.text) || told_before(c, "E0108", stmt->word.text, stmt->word.span)) return kind;
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
  Str instead = habit_help("kind", stmt->word.text);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0108", stmt->word.span, "there is no kind `%.*s`", STR_ARG(stmt->word.text));
  first_told(c, "E0108", stmt->word.text, d);
  if (instead.len)
    diag_help(c->diags, d, "%.*s", STR_ARG(instead));
  else if (best.len)
    diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
  else
    diag_help(c->diags, d, "`mlopsc explain --library` lists the kinds; your own is a `kind %.*s(field: type) { … }`",
              STR_ARG(stmt->word.text));
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
