// Events of declared things: `on EVENT -> call, call`.
#include "check/internal.h"
#include "data/json.h"

// ---------------------------------------------------------------- what a target gets

// EventBridge fills <name> into a template; a path gets a name once.
typedef struct Transformer {
  Checker *c;
  VEC(ValueMember) paths;
  VEC(const Value *) parts; // of the template, as text
} Transformer;

static Str path_name_of(Transformer *t, Str path) {
  for (size_t i = 0; i < t->paths.len; i++) {
    if (str_eq(t->paths.at[i].value->text, path)) return t->paths.at[i].name;
  }
  Buf name = {.arena = t->c->arena};
  for (size_t i = 2; i < path.len; i++) {
    char ch = path.at[i];
    buf_char(&name, ascii_is_alnum(ch) ? ch : '_');
  }
  if (!name.len) buf_str(&name, S("event"));
  VEC_PUSH(t->c->arena, &t->paths, (ValueMember){buf_text(&name), value_string(t->c->arena, path, NO_SPAN), NO_SPAN});
  return buf_text(&name);
}

static void put_text(Transformer *t, Str text) {
  VEC_PUSH(t->c->arena, &t->parts, value_string(t->c->arena, text, NO_SPAN));
}

static Str json_inside(Arena *arena, Str text) {
  Buf out = {.arena = arena};
  json_write_string(&out, text, 0);
  return str_slice(buf_text(&out), 1, out.len - 1);
}

static void put_value(Transformer *t, const Value *value) {
  Arena *arena = t->c->arena;
  switch (value->kind) {
  case VALUE_OBJECT:
    put_text(t, S("{"));
    for (size_t i = 0; i < value->count; i++) {
      put_text(t, str_fmt(arena, "%s\"%.*s\":", i ? "," : "", STR_ARG(json_inside(arena, value->members[i].name))));
      put_value(t, value->members[i].value);
    }
    put_text(t, S("}"));
    return;
  case VALUE_LIST:
    put_text(t, S("["));
    for (size_t i = 0; i < value->count; i++) {
      if (i) put_text(t, S(","));
      put_value(t, value->items[i]);
    }
    put_text(t, S("]"));
    return;
  case VALUE_EVENT: put_text(t, str_fmt(arena, "<%.*s>", STR_ARG(path_name_of(t, value->text)))); return;
  case VALUE_TEMPLATE:
    put_text(t, S("\""));
    for (size_t i = 0; i < value->count; i++) {
      const Value *part = value->items[i];
      if (part->kind == VALUE_EVENT)
        put_value(t, part);
      else if (part->kind == VALUE_STRING)
        put_text(t, json_inside(arena, part->text));
      else
        VEC_PUSH(arena, &t->parts, part);
    }
    put_text(t, S("\""));
    return;
  case VALUE_STRING: put_text(t, str_fmt(arena, "\"%.*s\"", STR_ARG(json_inside(arena, value->text)))); return;
  case VALUE_NUMBER:
  case VALUE_BOOL: put_text(t, value_plain(arena, value)); return;
  case VALUE_MISSING: put_text(t, S("null")); return;
  default: {
    Value *json = value_node(arena, VALUE_CALL, &value, 1, &TYPE_STRING, value->span);
    json->text = S("json");
    VEC_PUSH(arena, &t->parts, json);
  }
  }
}

// The members that say what a target gets: `input` (text) or `input_paths` and `input_template`; the others are
// missing.
static size_t input_members(Checker *c, const Value *input, ValueMember *members) {
  const Value *none = value_missing(NO_SPAN);
  members[0] = (ValueMember){S("input"), none, NO_SPAN};
  members[1] = (ValueMember){S("input_paths"), none, NO_SPAN};
  members[2] = (ValueMember){S("input_template"), none, NO_SPAN};
  if (!input) return 3;
  Transformer t = {.c = c};
  put_value(&t, input);
  const Value *text = value_template(c->arena, t.parts.at, t.parts.len, input->span);
  if (t.paths.len == 0) {
    members[0].value = text;
    return 3;
  }
  members[1].value = value_object(c->arena, t.paths.at, t.paths.len, input->span);
  members[2].value = text;
  return 3;
}

// ---------------------------------------------------------------- targets

static const Value *target_input(Checker *c, Scope *scope, Entity *callee, const Expr *call, Entity *target) {
  const Value *own = target ? map_get(&target->members, S("input")) : NULL;
  if (own) return own;
  if (call->kind != EXPR_CALL) return NULL;
  Arguments arguments = arguments_of(c, scope, &call->fields, call->span);
  if (callee->kind == ENTITY_FLOW) return flow_input(c, scope_new(c, SCOPE_BLOCK, callee->scope), callee, &arguments);
  return arguments_object(c, &arguments);
}

static Entity *target_callee(Checker *c, Scope *scope, const Target *target) {
  const Expr *expr = target->call->kind == EXPR_CALL ? target->call->left : target->call;
  const Value *value = eval(c, scope, expr);
  Entity *callee = value_entity(value);
  if (callee) entity_resolve(c, callee, expr->span);
  if (callee && map_get(&callee->events, S("target"))) return callee;
  if (!is_poison(value) && !(callee && is_faulty(callee))) {
    diag(c->diags, DIAG_ERROR, "E0602", expr->span, "`%.*s` cannot be the target of an event",
         STR_ARG(callee ? callee->name : S("this")));
  }
  return NULL;
}

// Rules reach what is in their own account and region.
static bool within_reach(Checker *c, const Scope *scope, const Entity *callee, Span span) {
  const Place *place = callee->kind == ENTITY_FLOW ? NULL : entity_place(callee);
  if (place == scope->place) return true;
  Diag *d = diag(c->diags, DIAG_ERROR, "E0606", span, "this event happens in `%.*s`, out of reach of `%.*s` in `%.*s`",
                 STR_ARG(place_name(scope->place)), STR_ARG(callee->name), STR_ARG(place_name(place)));
  diag_help(c->diags, d, "let it start what is in `%.*s`", STR_ARG(place_name(scope->place)));
  return false;
}

static const Value *event_space(Checker *c, Entity *event) {
  VEC(ValueMember) members = {0};
  for (size_t i = 0; i < event->members.len; i++) {
    MapEntry *entry = &event->members.entries[i];
    VEC_PUSH(c->arena, &members, (ValueMember){entry->key, entry->value, NO_SPAN});
  }
  return value_object(c->arena, members.at, members.len, event->span);
}

// The targets of a rule, made when the event's kind asks for them: by then its resource `this` has its name.
const Value *targets_resolve(Checker *c, Entity *entity, Span use) {
  Entity *event = entity->owner;
  const Stmt *stmt = entity->stmt;
  Scope *scope = scope_new(c, SCOPE_BLOCK, c->file_scope);
  scope->condition = event->inside->condition;
  scope->place = event->inside->place;
  scope_bind_value(c, scope, (Word){S("event"), NO_SPAN}, event_space(c, event))->used = true;
  Binding *rule = scope_find(event->body, S("this"), NULL);
  const Value *source =
      rule && rule->entity ? eval_member(c, entity_resolve(c, rule->entity, use), (Word){S("arn"), use}, use) : NULL;
  const Value **targets = NEW_N(c->arena, const Value *, stmt->targets.len + 1);
  size_t count = 0;
  for (size_t i = 0; i < stmt->targets.len; i++) {
    const Target *target = &stmt->targets.at[i];
    const Expr *extra = target->condition ? target->condition : target->name;
    if (extra) {
      Diag *d =
          diag(c->diags, DIAG_ERROR, "E0607", extra->span, "an event has no `%s`", target->condition ? "if" : "name");
      diag_help(c->diags, d,
                target->condition ? "`in [prod]` says in which environments it is, and a flow begins with `if`"
                                  : "who starts an execution by an event does not name it");
    }
    Entity *callee = target_callee(c, scope, target);
    if (!callee || !within_reach(c, scope, callee, target->span)) continue;
    Entity *kind = map_get(&callee->events, S("target"));
    Arguments arguments = {.span = target->span};
    if (source && kind->stmt->params.len) arguments_add(c, &arguments, S("source"), source);
    Str name =
        str_fmt(c->arena, "%.*s%s", STR_ARG(event->name), i ? str_z(c->arena, str_fmt(c->arena, "_%zu", i + 1)) : "");
    if (target->call->kind == EXPR_CALL && kind->stmt->params.len > 1) {
      Arguments given = arguments_of(c, scope, &target->call->fields, target->span);
      for (size_t k = 0; k < given.given.len; k++) {
        if (!given.given.at[k].name.text.len && k + 1 < kind->stmt->params.len)
          given.given.at[k].name = kind->stmt->params.at[k + 1].name;
        VEC_PUSH(c->arena, &arguments.given, given.given.at[k]);
      }
    }
    Entity *made = instance_of(c, kind, scope, name, &arguments);
    ValueMember *members = NEW_N(c->arena, ValueMember, made->members.len + 5);
    size_t n = 0;
    for (size_t k = 0; k < made->members.len; k++) {
      members[n++] = (ValueMember){made->members.entries[k].key, made->members.entries[k].value, target->span};
    }
    const Value *input = target_input(c, scope, callee, target->call, made);
    if (input && is_poison(input)) continue;
    n += input_members(c, input, members + n);
    if (!map_get(&made->members, S("role_arn")))
      members[n++] = (ValueMember){S("role_arn"), value_missing(NO_SPAN), NO_SPAN};
    targets[count++] = value_object(c->arena, members, n, target->span);
  }
  return value_list(c->arena, targets, count, stmt->span);
}

// ---------------------------------------------------------------- events of declared things

const Value *environments_named(Checker *c, Scope *scope, const Expr *expr) {
  static const Type words = {.tag = T_LIST, .item = &TYPE_WORD};
  const Value *list = eval_as(c, scope, expr, &words, S("`in`"));
  const Value *all = value_member(c->model->settings, S("environments"));
  if (is_poison(list)) return NULL;
  for (size_t i = 0; i < list->count; i++) {
    bool known = false;
    for (size_t k = 0; all && k < all->count; k++) known = known || value_same(all->items[k], list->items[i]);
    if (known || is_lost(c, list->items[i]->text) || is_lost(c, S("environments"))) continue;
    Diag *d = diag(c->diags, DIAG_ERROR, "E0603", list->items[i]->span, "there is no environment `%.*s`",
                   STR_ARG(list->items[i]->text));
    Buf known_ones = {.arena = c->arena};
    for (size_t k = 0; all && k < all->count; k++)
      buf_fmt(&known_ones, "%s`%.*s`", k ? ", " : "", STR_ARG(all->items[k]->text));
    if (known_ones.len)
      diag_help(c->diags, d, "the pipeline has %.*s", STR_ARG(buf_text(&known_ones)));
    else
      diag_help(c->diags, d, "name it in the pipeline: `environments: [%.*s]`", STR_ARG(list->items[i]->text));
  }
  return list;
}

static const Value *environments_condition(Checker *c, Scope *scope, const Stmt *stmt) {
  const Value *list = stmt->second ? environments_named(c, scope, stmt->second) : NULL;
  if (!list) return NULL;
  const Value *condition = value_bool(c->arena, false, stmt->span);
  const Value *env = value_leaf(c->arena, VALUE_TERRAFORM, TIME_DEPLOY, S("var.environment"), &TYPE_STRING, stmt->span);
  for (size_t i = 0; i < list->count; i++) {
    const Value *equal = value_binary(c->arena, OP_EQUAL, env, list->items[i], &TYPE_BOOL, stmt->span);
    condition = value_binary(c->arena, OP_OR, condition, equal, &TYPE_BOOL, stmt->span);
  }
  return condition;
}

static Entity *kind_of_event(Checker *c, const Stmt *stmt) {
  Entity *kind = kind_named(c, c->file_scope, stmt->word.text);
  if (kind || is_lost(c, stmt->word.text) || told_before(c, "E0101", stmt->word.text, stmt->word.span)) return kind;
  Nearest nearest = nearest_to(stmt->word.text);
  scope_nearest(c->file_scope, &nearest);
  nearest_offer(&nearest, S("schedule"));
  Str best = nearest_best(&nearest);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0601", stmt->word.span, "there is no event `%.*s`", STR_ARG(stmt->word.text));
  first_told(c, "E0101", stmt->word.text, d);
  if (best.len) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
  return NULL;
}

static Entity *subject_of(Checker *c, const Stmt *stmt) {
  Binding *binding = scope_find(c->file_scope, stmt->word.text, NULL);
  Entity *subject = binding ? binding->entity : NULL;
  if (subject && subject->kind == ENTITY_KIND) return NULL; // an event of its own, like `schedule`
  if (subject) entity_resolve(c, subject, stmt->word.span);
  return subject;
}

static Entity *event_of(Checker *c, const Stmt *stmt, Entity *subject) {
  const Expr *verb = stmt->items.len ? stmt->items.at[0] : NULL;
  Entity *kind = verb && verb->kind == EXPR_NAME ? map_get(&subject->events, verb->name.text) : NULL;
  if (kind && kind->stmt->kind == STMT_EVENT) return kind;
  if (is_poison(subject->value) || (verb && verb->kind == EXPR_NAME && is_lost(c, verb->name.text))) return NULL;
  Nearest nearest = nearest_to(verb && verb->kind == EXPR_NAME ? verb->name.text : S("x"));
  Buf list = {.arena = c->arena};
  for (size_t i = 0; i < subject->events.len; i++) {
    const Entity *other = subject->events.entries[i].value;
    if (other->stmt->kind != STMT_EVENT) continue; // a kind of things inside it
    nearest_offer(&nearest, subject->events.entries[i].key);
    buf_fmt(&list, "%s`%.*s`", list.len ? ", " : "", STR_ARG(subject->events.entries[i].key));
  }
  Str best = nearest_best(&nearest);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0601", verb ? verb->span : stmt->word.span, "`%.*s` has no such event",
                 STR_ARG(stmt->word.text));
  if (best.len)
    diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
  else if (list.len)
    diag_help(c->diags, d, "it has %.*s", STR_ARG(buf_text(&list)));
  else
    diag_help(c->diags, d, "it has none; `on event { source: […] }` hears of any that EventBridge knows");
  return NULL;
}

// `starts`: what the event starts, where it is one of several of its name.
static void event_in_place(Checker *c, const Stmt *stmt, Entity *subject, const Entity *starts) {
  size_t taken = subject ? 1 : 0;
  Entity *kind = subject ? event_of(c, stmt, subject) : kind_of_event(c, stmt);
  if (!kind) return;
  Scope *scope = scope_new(c, SCOPE_BLOCK, c->file_scope);
  scope->condition = environments_condition(c, scope, stmt);
  if (scope->condition && scope->condition->kind == VALUE_BOOL) scope->condition = NULL;
  Arguments arguments = {.span = stmt->span};
  size_t param = 0;
  for (size_t i = taken; i < stmt->items.len; i++, param++) {
    CallArgument argument = {.expr = stmt->items.at[i], .scope = scope};
    if (param < kind->stmt->params.len) argument.name = kind->stmt->params.at[param].name;
    VEC_PUSH(c->arena, &arguments.given, argument);
  }
  Entity *instance = entity_new(c, ENTITY_INSTANCE, stmt->word, NULL, scope);
  const Expr *verb = taken ? stmt->items.at[0] : NULL;
  instance->name = verb ? verb->name.text : str_fmt(c->arena, "%.*s%zu", STR_ARG(stmt->word.text), ++c->event_count);
  if (verb &&
      map_get(&c->event_names, str_fmt(c->arena, "%.*s %.*s", STR_ARG(stmt->word.text), STR_ARG(verb->name.text)))) {
    instance->name = str_fmt(c->arena, "%.*s%zu", STR_ARG(verb->name.text), ++c->event_count);
  }
  if (verb)
    map_set(&c->event_names, str_fmt(c->arena, "%.*s %.*s", STR_ARG(stmt->word.text), STR_ARG(verb->name.text)),
            instance);
  instance->place = entity_place(starts);
  if (starts && starts->whole)
    instance->name = str_fmt(c->arena, "%.*s_%.*s", STR_ARG(instance->name), STR_ARG(place_name(instance->place)));
  instance->progress = 1;
  instance->of = kind;
  instance->value = entity_value(c, instance);
  Entity *targets = entity_new(c, ENTITY_TARGETS, (Word){S("targets"), stmt->span}, stmt, scope);
  targets->owner = instance;
  instance->targets = targets;
  instance_begin(c, instance, kind, &arguments);
  instance->progress = 2;
}

static Entity *first_callee(Checker *c, const Stmt *stmt) {
  const Expr *call = stmt->targets.len ? stmt->targets.at[0].call : NULL;
  Entity *callee = call ? value_entity(eval(c, c->file_scope, call->kind == EXPR_CALL ? call->left : call)) : NULL;
  if (!callee || callee->kind != ENTITY_INSTANCE) return NULL;
  entity_resolve(c, callee, call->span);
  return callee;
}

// What happens to a thing that is in several places happens in each; what happens to none, where it starts something.
static void check_event(Checker *c, const Stmt *stmt) {
  Entity *subject = subject_of(c, stmt), *starts = subject ? NULL : first_callee(c, stmt);
  for (size_t i = 0; subject && i < subject->each.len; i++)
    event_in_place(c, stmt, subject->each.entries[i].value, NULL);
  for (size_t i = 0; starts && i < starts->each.len; i++) event_in_place(c, stmt, NULL, starts->each.entries[i].value);
  if (!(subject && subject->each.len) && !(starts && starts->each.len)) event_in_place(c, stmt, subject, starts);
}

bool event_is_heard(const Checker *c, Str thing, Str event) {
  for (size_t i = 0; i < c->used.len; i++) {
    for (const Stmt *stmt = c->used.at[i]; stmt; stmt = stmt->next) {
      if (stmt->kind != STMT_ON || !str_eq(stmt->word.text, thing)) continue;
      const Expr *verb = stmt->items.len ? stmt->items.at[0] : NULL;
      if (verb && verb->kind == EXPR_NAME && str_eq(verb->name.text, event)) return true;
    }
  }
  return false;
}

void check_events(Checker *c, const Stmt *items) {
  for (const Stmt *stmt = items; stmt; stmt = stmt->next) {
    if (stmt->kind == STMT_ON) check_event(c, stmt);
    if (stmt->kind == STMT_DECLARE && str_eq(stmt->word.text, S("ci"))) check_ci(c, stmt);
  }
}
