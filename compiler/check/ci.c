// `ci SYSTEM { … }`: fields, rules, what each rule runs, and the roles that its jobs take on.
#include "check/internal.h"

// What is known about a run, as `ci.`.
static const Value *ci_space(Checker *c) {
  VEC(ValueMember) members = {0};
  for (const CiVariable *row = ci_variables; row->name; row++) {
    const Value *value = value_leaf(c->arena, VALUE_EVENT, TIME_EVENT, str_of(row->name), &TYPE_STRING, NO_SPAN);
    VEC_PUSH(c->arena, &members, (ValueMember){str_of(row->name), value, NO_SPAN});
  }
  const Value *all = value_member(c->model->settings, S("environments")), *env = value_missing(NO_SPAN);
  if (all && all->count)
    env = value_leaf(c->arena, VALUE_TERRAFORM, TIME_DEPLOY, S("var.environment"), &TYPE_STRING, NO_SPAN);
  VEC_PUSH(c->arena, &members, (ValueMember){S("environment"), env, NO_SPAN});
  return value_object(c->arena, members.at, members.len, NO_SPAN);
}

// ---------------------------------------------------------------- fields and events

static void no_such_field(Checker *c, const Ci *ci, Str system, Word name) {
  Nearest nearest = nearest_to(name.text);
  for (const CiField *row = ci_fields; row->name; row++) {
    if (row->in[ci->system]) nearest_offer(&nearest, str_of(row->name));
  }
  Str best = nearest_best(&nearest);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0780", name.span, "`ci %.*s` has no field `%.*s`", STR_ARG(system),
                 STR_ARG(name.text));
  if (is_setting(name.text))
    diag_help(c->diags, d, "it is said once, of the pipeline: `pipeline \"%.*s\" { %.*s: … }`, and CI goes by it",
              STR_ARG(c->model->name), STR_ARG(name.text));
  else if (best.len)
    diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
}

static void read_fields(Checker *c, Scope *scope, const Stmt *stmt, Ci *ci) {
  VEC(ValueMember) members = {0};
  for (size_t i = 0; i < stmt->fields.len; i++) {
    const Field *field = &stmt->fields.at[i];
    for (size_t k = 0; k < i; k++) {
      if (str_eq(stmt->fields.at[k].name.text, field->name.text))
        diag(c->diags, DIAG_ERROR, "E0203", field->name.span, "`%.*s` is given twice", STR_ARG(field->name.text));
    }
    const CiField *row = ci_field_named(ci->system, field->name.text);
    if (!row) {
      no_such_field(c, ci, stmt->name.text, field->name);
      continue;
    }
    Str what = str_fmt(c->arena, "`%s`", row->name);
    const Value *value = eval_as(c, scope, field->value, &TYPE_WORD_OR_ANY, what);
    if (!is_poison(value)) value = fit(c, value, row->type, what);
    if (!is_poison(value)) VEC_PUSH(c->arena, &members, (ValueMember){field->name.text, value, field->name.span});
  }
  ci->fields = value_object(c->arena, members.at, members.len, stmt->span);
}

static void check_event_name(Checker *c, const Ci *ci, Str system, Word name) {
  if (ci_event_named(ci->system, name.text)) return;
  Nearest nearest = nearest_to(name.text);
  Buf list = {.arena = c->arena};
  for (const CiEvent *row = ci_events; row->name; row++) {
    if (!row->on[ci->system]) continue;
    nearest_offer(&nearest, str_of(row->name));
    buf_fmt(&list, "%s%s", list.len ? ", " : "", row->name);
  }
  Str best = nearest_best(&nearest), all = buf_text(&list);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0784", name.span, "`ci %.*s` has no event `%.*s`", STR_ARG(system),
                 STR_ARG(name.text));
  if (best.len)
    diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
  else
    diag_help(c->diags, d, "it has %.*s", STR_ARG(all));
}

// ---------------------------------------------------------------- what a rule runs

// Verbs are the Terraform's; a name that means nothing else must be one.
static bool is_verb(Checker *c, Scope *scope, const Expr *call, CiAction *action, bool *fault) {
  *fault = false;
  if (call->kind != EXPR_NAME || scope_find(scope, call->name.text, NULL)) return false;
  action->verb = call->name.text;
  if (ci_verb(call->name.text)) return true;
  Nearest nearest = nearest_to(call->name.text);
  scope_nearest(scope, &nearest);
  for (size_t i = 0; i < 3; i++) nearest_offer(&nearest, str_of((const char *[]){"plan", "apply", "summary"}[i]));
  Str best = nearest_best(&nearest);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0786", call->span, "a ci cannot do `%.*s`", STR_ARG(call->name.text));
  if (best.len)
    diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
  else
    diag_help(c->diags, d, "it can plan, apply, summary, and run what is declared");
  *fault = true;
  return true;
}

static Entity *thing_of(Checker *c, Scope *scope, const Expr *name) {
  const Value *value = eval(c, scope, name);
  Entity *thing = value_entity(value);
  if (thing) entity_resolve(c, thing, name->span);
  if (thing && (map_get(&thing->commands, S("call")) || map_get(&thing->commands, S("start")))) return thing;
  if (is_poison(value) || (thing && is_poison(thing->value))) return NULL;
  Diag *d = diag(c->diags, DIAG_ERROR, "E0604", name->span, "CI cannot run this");
  diag_help(c->diags, d, "it runs flows and things whose kind says how by `command call(…) = \"…\"`");
  return NULL;
}

static bool takes(const Entity *command, const char *name) {
  for (size_t i = 0; i < command->stmt->params.len; i++) {
    if (str_eq(command->stmt->params.at[i].name.text, str_of(name))) return true;
  }
  return false;
}

// The policy statements that whoever runs a command needs: the grant of the command's name, else `use`.
static void add_permission(Checker *c, Entity *thing, Str command, const Value **statements) {
  const Value *granted = map_get(&thing->grants, command), *before = *statements;
  if (!granted) granted = map_get(&thing->grants, S("use"));
  VEC(const Value *) list = {0};
  for (size_t i = 0; before && i < before->count; i++) VEC_PUSH(c->arena, &list, before->items[i]);
  for (size_t i = 0; granted && i < granted->count; i++) {
    bool known = false;
    for (size_t k = 0; k < list.len && !known; k++) known = list.at[k] == granted->items[i];
    if (!known) VEC_PUSH(c->arena, &list, granted->items[i]);
  }
  *statements = value_list(c->arena, list.at, list.len, NO_SPAN);
}

static bool read_action(Checker *c, Scope *scope, const Ci *ci, const Target *target, CiAction *action,
                        const Value **statements) {
  const Expr *call = target->call, *name = call->kind == EXPR_CALL ? call->left : call;
  bool fault;
  if (target->condition) action->condition = eval(c, scope, target->condition);
  if (is_verb(c, scope, call, action, &fault)) {
    if (target->name && !fault)
      diag(c->diags, DIAG_ERROR, "E0604", target->name->span, "`%.*s` starts nothing that has a name",
           STR_ARG(action->verb));
    return !fault;
  }
  Entity *thing = thing_of(c, scope, name);
  if (!thing) return false;
  const Value *wait = value_member(ci->fields, S("wait"));
  Entity *start = map_get(&thing->commands, S("start")), *whole = map_get(&thing->commands, S("call"));
  Entity *command = start && (!wait || !whole) ? start : whole;
  static const FieldList none;
  Arguments given = arguments_of(c, scope, call->kind == EXPR_CALL ? &call->fields : &none, call->span);
  if (thing->kind == ENTITY_FLOW) {
    const Value *input = flow_input(c, scope_new(c, SCOPE_BLOCK, thing->scope), thing, &given);
    if (is_poison(input) || !require_time(c, input, TIME_EVENT, "what CI hands over")) return false;
    given = (Arguments){.span = call->span};
    arguments_add(c, &given, S("input"), input);
  }
  if (target->name) {
    const Value *text = eval_as(c, scope, target->name, &TYPE_STRING, S("the execution's name"));
    if (is_poison(text)) return false;
    if (takes(command, "name"))
      arguments_add(c, &given, S("name"), text);
    else
      diag(c->diags, DIAG_ERROR, "E0604", text->span, "what `%.*s` starts has no name of its own",
           STR_ARG(thing->name));
  }
  if (wait && takes(command, "limit"))
    arguments_add(c, &given, S("limit"), value_number(c->arena, wait->number, UNIT_NONE, wait->span));
  action->verb = S("run");
  action->callee = thing->name;
  action->waits = wait && takes(command, "limit");
  action->command = command_call(c, thing, command, &given);
  add_permission(c, thing, command->name, statements);
  return !is_poison(action->command);
}

static void read_parameters(Checker *c, Scope *scope, const Stmt *stmt, CiRule *rule) {
  for (size_t i = 0; i < stmt->params.len; i++) {
    const Parameter *p = &stmt->params.at[i];
    FlowParameter param = {.name = p->name.text, .type = type_of(c, scope, p->type), .optional = p->optional};
    if (p->value) param.value = eval_as(c, scope, p->value, param.type, p->name.text);
    VEC_PUSH(c->arena, &rule->params, param);
    Str text = str_fmt(c->arena, "input.%.*s", STR_ARG(p->name.text));
    const Value *value = value_leaf(c->arena, VALUE_EVENT, TIME_EVENT, text, param.type, p->name.span);
    Binding *binding = NEW(c->arena, Binding);
    *binding = (Binding){.name = p->name.text, .span = p->name.span, .value = value};
    map_set(&scope->names, p->name.text, binding);
  }
}

static void read_rule(Checker *c, Scope *outer, const Stmt *stmt, Str system, Ci *ci, const Value **statements) {
  Scope *scope = scope_new(c, SCOPE_BLOCK, outer);
  CiRule rule = {.event = stmt->word.text, .span = stmt->span};
  check_event_name(c, ci, system, stmt->word);
  if (stmt->second) rule.environments = environments_named(c, scope, stmt->second);
  for (size_t i = 0; i < stmt->items.len; i++)
    VEC_PUSH(c->arena, &rule.arguments, eval_as(c, scope, stmt->items.at[i], &TYPE_WORD, S("an argument of an event")));
  read_parameters(c, scope, stmt, &rule);
  for (size_t i = 0; i < stmt->targets.len; i++) {
    CiAction action = {0};
    if (read_action(c, scope, ci, &stmt->targets.at[i], &action, statements)) VEC_PUSH(c->arena, &rule.actions, action);
  }
  for (size_t i = 0; i < stmt->params.len; i++) {
    Binding *binding = map_get(&scope->names, stmt->params.at[i].name.text);
    Binding *variable = map_get(&c->file_scope->names, stmt->params.at[i].name.text);
    bool sets = variable && variable->entity && variable->entity->kind == ENTITY_PARAM; // it is the param's value
    if (binding->used || sets) continue;
    diag(c->diags, DIAG_WARNING, "E0331", binding->span, "`%.*s` is never used", STR_ARG(binding->name));
  }
  VEC_PUSH(c->arena, &ci->rules, rule);
}

// ---------------------------------------------------------------- the declaration

void check_ci(Checker *c, const Stmt *stmt) {
  Ci ci = {.system = ci_system(stmt->name.text), .span = stmt->span};
  if (ci.system == CI_SYSTEMS) {
    diag(c->diags, DIAG_ERROR, "E0605", stmt->name.span, "a ci is `gitlab` or `github`, not `%.*s`",
         STR_ARG(stmt->name.text));
    return;
  }
  Scope *scope = scope_new(c, SCOPE_BLOCK, c->file_scope);
  scope_bind_value(c, scope, (Word){S("ci"), NO_SPAN}, ci_space(c))->used = true;
  const Value *statements = value_list(c->arena, NULL, 0, stmt->span);
  read_fields(c, scope, stmt, &ci);
  for (const Stmt *rule = stmt->body; rule; rule = rule->next) {
    if (rule->kind == STMT_ON) read_rule(c, scope, rule, stmt->name.text, &ci, &statements);
  }
  VEC_PUSH(c->arena, &c->identities, (CiIdentity){c->model->cis.len, stmt->name.text, statements});
  VEC_PUSH(c->arena, &c->model->cis, ci);
}

// ---------------------------------------------------------------- roles without keys

// The types of all resources there are, each once.
static const Value *resource_types(Checker *c) {
  Map seen = {.arena = c->arena};
  VEC(const Value *) list = {0};
  for (size_t i = 0; i < c->resources.len; i++) {
    Str type = c->resources.at[i]->type;
    if (map_get(&seen, type)) continue;
    map_set(&seen, type, c);
    VEC_PUSH(c->arena, &list, value_string(c->arena, type, NO_SPAN));
  }
  return value_list(c->arena, list.at, list.len, NO_SPAN);
}

static const Value *is_first_environment(Checker *c) {
  const Value *all = value_member(c->model->settings, S("environments"));
  if (!all || all->count < 2) return value_bool(c->arena, true, NO_SPAN);
  const Value *env = value_leaf(c->arena, VALUE_TERRAFORM, TIME_DEPLOY, S("var.environment"), &TYPE_STRING, NO_SPAN);
  return value_binary(c->arena, OP_EQUAL, env, all->items[0], &TYPE_BOOL, NO_SPAN);
}

static void make_identity(Checker *c, const CiIdentity *row) {
  Ci *ci = &c->model->cis.at[row->ci];
  const Value *oidc = value_member(ci->fields, S("oidc"));
  Entity *kind = oidc ? kind_named(c, NULL, str_fmt(c->arena, "%.*s_oidc", STR_ARG(row->system))) : NULL;
  if (!kind) return;
  bool deploys = !value_member(value_member(c->model->settings, S("terraform")), S("cloud"));
  Arguments arguments = {.span = oidc->span};
  for (size_t i = 0; i < oidc->count; i++) {
    VEC_PUSH(c->arena, &arguments.given,
             (CallArgument){.name = {oidc->members[i].name, oidc->members[i].span}, .value = oidc->members[i].value});
  }
  const Value *backend = value_member(value_member(c->model->settings, S("terraform")), S("backend"));
  arguments_add(c, &arguments, S("statements"), row->statements);
  arguments_add(c, &arguments, S("types"), resource_types(c));
  arguments_add(c, &arguments, S("deploys"), value_bool(c->arena, deploys, NO_SPAN));
  arguments_add(c, &arguments, S("first"), is_first_environment(c));
  const Value *wait = value_member(ci->fields, S("wait"));
  if (wait) arguments_add(c, &arguments, S("session"), wait);
  if (backend) arguments_add(c, &arguments, S("backend"), backend);
  Entity *made = instance_of(c, kind, c->file_scope, row->system, &arguments);
  run_later(c);
  VEC(ValueMember) members = {0};
  for (size_t i = 0; i < made->members.len; i++)
    VEC_PUSH(c->arena, &members,
             (ValueMember){made->members.entries[i].key, made->members.entries[i].value, oidc->span});
  ci->roles = value_object(c->arena, members.at, members.len, oidc->span);
}

void ci_identities(Checker *c) {
  for (size_t i = 0; i < c->identities.len; i++) make_identity(c, &c->identities.at[i]);
}
