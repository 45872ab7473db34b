// Calls: of functions, steps, methods, flows, and AWS actions; the last three make states.
#include "base/embed.h"
#include "check/flow.h"
#include "data/json.h"
#include "facts/facts.h"

// ---------------------------------------------------------------- services and actions

Entity *service_named(Checker *c, Str name) {
  FactsService service;
  bool known = facts_service(name, &service);
  for (size_t i = 0; !known && i < facts_integrations(); i++) known = str_eq(facts_integration_at(i).service, name);
  if (!known) return NULL;
  Entity *entity = entity_new(c, ENTITY_SERVICE, (Word){name, NO_SPAN}, NULL, NULL);
  entity->service = name;
  entity->progress = 2;
  return entity;
}

// The optimized integration; a service's name is spelt without hyphens, as the SDK does (emr-serverless:
// emrserverless).
static bool integration_named(Checker *c, Str service, Str action, FactsIntegration *integration) {
  if (facts_integration(service, action, integration)) return true;
  for (size_t i = 0; i < facts_integrations(); i++) {
    FactsIntegration one = facts_integration_at(i);
    if (!str_eq(one.action, action) || !str_has(one.service, S("-"))) continue;
    Buf plain = {.arena = c->arena};
    for (size_t k = 0; k < one.service.len; k++)
      if (one.service.at[k] != '-') buf_char(&plain, one.service.at[k]);
    *integration = one;
    if (str_eq(buf_text(&plain), service)) return true;
  }
  return false;
}

Entity *action_named(Checker *c, Entity *service, Str name, Nearest *nearest) {
  FactsIntegration integration;
  FactsService sdk;
  FactsOperation operation;
  bool has_sdk = facts_service(service->service, &sdk);
  bool optimized = integration_named(c, service->service, name, &integration);
  if (optimized || (has_sdk && facts_operation(sdk, name, &operation))) {
    Entity *entity = entity_new(c, ENTITY_ACTION, (Word){name, NO_SPAN}, NULL, NULL);
    entity->name = str_fmt(c->arena, "%.*s.%.*s", STR_ARG(service->service), STR_ARG(name));
    entity->service = optimized ? integration.service : service->service;
    entity->action = name;
    entity->progress = 2;
    return entity;
  }
  for (size_t i = 0; i < facts_integrations(); i++) {
    FactsIntegration other = facts_integration_at(i);
    if (str_eq(other.service, service->service)) nearest_offer(nearest, other.action);
  }
  for (size_t i = 0; has_sdk && i < facts_operations(sdk); i++)
    nearest_offer(nearest, facts_operation_at(sdk, i).action);
  return NULL;
}

// ---------------------------------------------------------------- tasks

static bool may_call(Checker *c, Scope *scope, Str what, Span span) {
  FlowBuild *f = scope->flow;
  if (c->calling.len) what = c->calling;
  if (!f) {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0403", span, "`%.*s` runs %s; it cannot be called here", STR_ARG(what),
                   time_name(TIME_RUN));
    diag_help(c->diags, d, "call it in a flow");
    return false;
  }
  if (f->guarded) {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0404", span, "a call cannot stand where it may not be evaluated");
    diag_help(c->diags, d, "make it a step of its own: `Name = %.*s(…)`, inside an `if` where it depends on one",
              STR_ARG(what));
    return false;
  }
  return true;
}

static Str own_name(FlowBuild *f, Str callee) {
  if (f->label.len) return f->label;
  return f->step.len ? f->step : callee;
}

// The value "what this state gave", valid in the state's own Assign and Output; see settle.
static const Value *result_value(Checker *c, State *state, const Type *type, Span span) {
  Value *value = (Value *)(uintptr_t)value_leaf(c->arena, VALUE_JSONATA, TIME_RUN, S("$states.result"), type, span);
  value->entity = state;
  return value;
}

static State *add_task(FlowBuild *f, Str callee, Str resource, Span span, double default_timeout) {
  State *state = flow_add_state(f, STATE_TASK, own_name(f, callee), span);
  state->step = f->step.len ? f->step : callee;
  state->resource = resource;
  Scope *scope = NULL;
  const Expr *timeout = CLAUSE(f, timeout, &scope);
  state->timeout = duration_clause(f, timeout, scope, S("a timeout"), default_timeout);
  const Expr *heartbeat = f->mode == CALL_AWAIT ? CLAUSE(f, heartbeat, &scope) : NULL;
  state->heartbeat = duration_clause(f, heartbeat, scope, S("a heartbeat"), 0);
  const Expr *role = CLAUSE(f, role, &scope);
  if (role) call_as(f, state, scope, role);
  add_needs(f, state);
  return state;
}

static FactsPattern pattern_for(FlowBuild *f, unsigned patterns, Str name, Span span) {
  if (f->mode == CALL_AWAIT) {
    if (patterns & 1u << FACTS_WAIT_FOR_TOKEN) return FACTS_WAIT_FOR_TOKEN;
    Diag *d =
        diag(f->c->diags, DIAG_ERROR, "E0502", span, "`%.*s` cannot be awaited: it takes no task token", STR_ARG(name));
    diag_help(f->c->diags, d, "await a call that hands `task.token` to who answers: a lambda, a queue, a topic, …");
  }
  if (f->mode == CALL_START) return FACTS_REQUEST;
  if (patterns & 1u << FACTS_SYNC2) return FACTS_SYNC2;
  return patterns & 1u << FACTS_SYNC ? FACTS_SYNC : FACTS_REQUEST;
}

// Seconds that a call may take when its spec says nothing, by pattern.
static const double default_timeouts[] = {
    [FACTS_REQUEST] = 300, [FACTS_SYNC] = 86400, [FACTS_SYNC2] = 86400, [FACTS_WAIT_FOR_TOKEN] = 604800};

static const Value *call_action(Checker *c, Scope *scope, Entity *action, const Arguments *given, Span span) {
  FlowBuild *f = scope->flow;
  if (!may_call(c, scope, action->name, span)) return poison(c, span);
  Arguments arguments = *given;
  const Value *value = arguments_object(c, &arguments);
  if (is_poison(value)) return value;
  FactsIntegration integration;
  bool optimized = facts_integration(action->service, action->action, &integration);
  FactsPattern pattern =
      pattern_for(f, optimized ? integration.patterns : 1u << FACTS_WAIT_FOR_TOKEN | 1, action->name, span);
  Str suffix = facts_pattern_suffix(pattern);
  Str resource =
      str_fmt(c->arena, "arn:aws:states:::%s%.*s:%.*s%.*s", optimized ? "" : "aws-sdk:", STR_ARG(action->service),
              STR_ARG(action->action), STR_ARG(suffix));
  FactsTask task = facts_task(resource);
  value = settle_arguments(f, value, pattern == FACTS_WAIT_FOR_TOKEN, span);
  State *state = add_task(f, action->name, resource, span, default_timeouts[pattern]);
  state->service = action->service;
  state->action = action->action;
  state->pattern = suffix.len ? str_slice(suffix, 1, suffix.len) : suffix;
  state->arguments = value;
  call_there(f, state, scope->place, span);
  check_arguments(c, &task, action->name, &arguments, value);
  seen_as_arguments(c, value, facts_task_input(&task));
  add_retries(f, state);
  f->mode = CALL_PLAIN;
  state->answer_type = type_answer(c, facts_task_output(&task));
  return result_value(c, state, state->answer_type, span);
}

static const Value *call_flow(Checker *c, Scope *scope, Entity *entity, const Arguments *given, Span span) {
  FlowBuild *f = scope->flow;
  if (!may_call(c, scope, entity->name, span)) return poison(c, span);
  entity_resolve(c, entity, span);
  Arguments arguments = *given;
  Scope *inside = scope_new(c, SCOPE_STEP, entity->scope);
  const Value *input = flow_input(c, inside, entity, &arguments);
  if (is_poison(input)) return input;
  bool plain = f->mode == CALL_PLAIN;
  Scope *named_in = NULL;
  const Expr *named = CLAUSE(f, name, &named_in);
  // A definition cannot hold what Terraform knows once the machine is there: its own is put together.
  bool itself = str_eq(f->flow->name, entity->name);
  const Value *arn = map_get(&entity->members, itself ? S("where") : S("arn"));
  const Value *mine =
      value_leaf(c->arena, VALUE_JSONATA, TIME_RUN, S("$states.context.Execution.Id"), &TYPE_STRING, span);
  ValueMember *members = NEW_N(c->arena, ValueMember, 3);
  members[0] = (ValueMember){S("StateMachineArn"), arn, span};
  const Value *with[] = {
      input,
      value_object(c->arena, (ValueMember[]){{S("AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID"), mine, span}}, 1, span)};
  ValueMember *link = NEW_N(c->arena, ValueMember, 1);
  link[0] = with[1]->members[0];
  with[1] = value_object(c->arena, link, 1, span);
  if (input->kind == VALUE_OBJECT) {
    ValueMember *all = NEW_N(c->arena, ValueMember, input->count + 1);
    if (input->count) memcpy(all, input->members, input->count * sizeof *all);
    all[input->count] = link[0];
    members[1] = (ValueMember){S("Input"), value_object(c->arena, all, input->count + 1, span), span};
  } else {
    Value *merged = value_node(c->arena, VALUE_CALL, with, 2, &TYPE_RECORD, span);
    merged->text = S("merge");
    members[1] = (ValueMember){S("Input"), merged, span};
  }
  const Value *name = named ? eval_as(c, named_in, named, &TYPE_STRING, S("an execution's name")) : NULL;
  if (name && !is_poison(name)) members[2] = (ValueMember){S("Name"), require_present(c, name), named->span};
  const Value *value = value_object(c->arena, members, members[2].value ? 3 : 2, span);
  FactsPattern pattern = f->mode == CALL_AWAIT ? FACTS_WAIT_FOR_TOKEN : plain ? FACTS_SYNC2 : FACTS_REQUEST;
  Str suffix = facts_pattern_suffix(pattern);
  value = settle_arguments(f, value, pattern == FACTS_WAIT_FOR_TOKEN, span);
  Str resource = str_fmt(c->arena, "arn:aws:states:::states:startExecution%.*s", STR_ARG(suffix));
  State *state = add_task(f, entity->name, resource, span, default_timeouts[pattern]);
  state->service = S("states");
  state->action = S("startExecution");
  state->pattern = suffix.len ? str_slice(suffix, 1, suffix.len) : suffix;
  state->arguments = value;
  add_retries(f, state);
  f->mode = CALL_PLAIN;
  const Value *result = result_value(c, state, &TYPE_ANY, span);
  if (!plain) return result;
  if (entity->type && entity->type->tag != T_ANY) state->answer_type = entity->type, state->answer_member = S("Output");
  Value *output = value_node(c->arena, VALUE_MEMBER, &result, 1, entity->type ? entity->type : &TYPE_ANY, span);
  output->text = S("Output");
  return output;
}

// ---------------------------------------------------------------- any call

// A function stands for its value, with its parameters bound.
static const Value *call_function(Checker *c, Scope *caller, Entity *entity, Arguments *arguments) {
  Scope *inside = scope_new(c, SCOPE_STEP, entity->scope);
  inside->flow = caller->flow;
  inside->depth = caller->depth;
  bind_parameters(c, inside, entity->stmt, arguments, str_fmt(c->arena, "`%.*s`", STR_ARG(entity->name)));
  bind_once(c, inside, entity->stmt);
  if (inside->flow) inside->flow->guarded++;
  const Value *value = eval(c, inside, entity->stmt->value);
  if (inside->flow) inside->flow->guarded--;
  return is_poison(value) ? value : value_at(c->arena, value, arguments->span);
}

static Entity *callee_of(Checker *c, const Value *callee, CallMode mode, Span span) {
  Entity *entity = value_entity(callee);
  if (entity && entity->kind == ENTITY_INSTANCE) {
    entity_resolve(c, entity, span);
    Entity *method = mode == CALL_START ? map_get(&entity->methods, S("start")) : NULL;
    if (!method) method = map_get(&entity->methods, S("call"));
    if (method || is_faulty(entity)) return method;
    Diag *d = diag(c->diags, DIAG_ERROR, "E0503", span, "`%.*s` cannot be called", STR_ARG(entity->name));
    help_with_places(c, d, entity, S("(…)"));
    if (entity->methods.len)
      diag_help(c->diags, d, "it has `%.*s.%.*s(…)`", STR_ARG(entity->name), STR_ARG(entity->methods.entries[0].key));
    return NULL;
  }
  bool callable = entity && (entity->kind == ENTITY_STEP || entity->kind == ENTITY_FLOW ||
                             entity->kind == ENTITY_ACTION || entity->kind == ENTITY_FUNCTION);
  if (callable) return entity;
  if (!is_poison(callee)) diag(c->diags, DIAG_ERROR, "E0503", span, "this cannot be called");
  return NULL;
}

// How a callee is called in state names: "log_metrics", "notify.publish".
static Str callee_name(Checker *c, const Expr *callee, Entity *entity) {
  if (callee->kind == EXPR_NAME) return callee->name.text;
  if (callee->kind == EXPR_MEMBER && callee->left->kind == EXPR_NAME) {
    return str_fmt(c->arena, "%.*s.%.*s", STR_ARG(callee->left->name.text), STR_ARG(callee->name.text));
  }
  return entity->name;
}

static const Value *expand_call(Checker *c, Scope *scope, const Expr *expr) {
  const Expr *left = expr->left;
  Binding *binding = left->kind == EXPR_NAME ? scope_find(scope, left->name.text, NULL) : NULL;
  bool is_kind =
      binding && binding->entity && binding->entity->kind == ENTITY_KIND; // scaffold(…) beside `kind scaffold`
  if (left->kind == EXPR_NAME && (!binding || !binding->entity || is_kind)) {
    const Value *value = eval_function(c, scope, expr);
    if (value) return value;
  }
  Entity *shared = left->kind == EXPR_NAME && !binding ? map_get(&c->functions, left->name.text) : NULL;
  Entity *entity =
      shared ? shared : callee_of(c, eval(c, scope, left), scope->flow ? scope->flow->mode : CALL_PLAIN, left->span);
  if (!entity) return poison(c, expr->span);
  Arguments arguments = arguments_of(c, scope, &expr->fields, expr->span);
  if (entity->kind == ENTITY_FUNCTION) return call_function(c, scope, entity, &arguments);
  FlowBuild *f = scope->flow;
  Str step = f ? f->step : (Str){0};
  if (f && !step.len && entity->kind == ENTITY_STEP) f->step = callee_name(c, left, entity);
  const Value *value = entity->kind == ENTITY_STEP   ? step_expand(c, scope, entity, &arguments, expr->span)
                       : entity->kind == ENTITY_FLOW ? call_flow(c, scope, entity, &arguments, expr->span)
                                                     : call_action(c, scope, entity, &arguments, expr->span);
  if (f) f->step = step;
  return value;
}

const Value *eval_call(Checker *c, Scope *scope, const Expr *expr) {
  Str calling = c->calling;
  if (!calling.len && !in_library(c, expr->span)) c->calling = source_of(c, expr->left->span);
  const Value *value = expand_call(c, scope, expr);
  c->calling = calling;
  return value;
}
