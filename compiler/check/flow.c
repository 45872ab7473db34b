// Flows: their parameters, the machine they become, and the finished graph.
#include "check/flow.h"
#include "facts/facts.h"

// ---------------------------------------------------------------- steps

static bool has_calls_left(const Stmt *stmt) {
  return stmt && stmt->kind == STMT_RETURN && stmt->next;
}

// What a step declares to return, its last call gives when a dry run must make an answer up.
static void note_answer(const Value *result, const Type *type) {
  const Value *root = result->kind == VALUE_MEMBER ? result->items[0] : result;
  if (root->kind != VALUE_JSONATA || !root->entity || (type->tag == T_ANY && !type->seen)) return;
  State *state = (State *)(uintptr_t)root->entity;
  state->answer_type = type;
  state->answer_member = result->kind == VALUE_MEMBER ? result->text : (Str){0};
}

const Value *step_expand(Checker *c, Scope *caller, Entity *step, const Arguments *given, Span span) {
  if (c->depth >= 150) {
    if (!c->reported_depth) {
      diag(c->diags, DIAG_ERROR, "E0107", span, "`%.*s` expands without end; does it call itself?",
           STR_ARG(step->name));
    }
    c->reported_depth = true;
    return poison(c, span);
  }
  c->depth += 4;
  FlowBuild *f = caller->flow;
  Scope *inside = scope_new(c, SCOPE_STEP, step->scope);
  inside->flow = f;
  inside->depth = caller->depth;
  inside->self = step->owner ? step->owner : step->scope->self;
  bool outermost = f && !span_known(f->origin);
  if (outermost) f->origin = span;
  if (f) inside->prefix = str_fmt(c->arena, "%.*s.", STR_ARG(f->step.len ? f->step : step->name));
  Arguments arguments = *given;
  Str what = str_fmt(c->arena, "`%.*s`", STR_ARG(step->name));
  bind_parameters(c, inside, step->stmt, &arguments, what);
  bind_once(c, inside, step->stmt);
  const Value *result = value_missing(span);
  size_t errors = c->diags->list.len;
  for (const Stmt *stmt = step->stmt->body; stmt; stmt = stmt->next) {
    if (has_calls_left(stmt)) {
      diag(c->diags, DIAG_ERROR, "E0324", stmt->span, "a step returns once, at its end");
      result = poison(c, span);
      break;
    }
    if (stmt->kind == STMT_RETURN) {
      result = stmt->value ? eval_returned(c, inside, stmt) : value_missing(span);
      break;
    }
    if (!f && stmt->kind == STMT_LET) {
      scope_bind_value(c, inside, stmt->name, eval(c, inside, stmt->value));
      continue;
    }
    if (!f) {
      diag(c->diags, DIAG_ERROR, "E0403", span, "`%.*s` runs at run time; it cannot be called here",
           STR_ARG(step->name));
      result = poison(c, span);
      break;
    }
    Stmt one = *stmt;
    one.next = NULL;
    flow_statements(c, inside, &one);
  }
  blame_use(c, errors, step->stmt, &(Use){span, span, step->name, fields_of(c, &arguments)});
  if (outermost) f->origin = NO_SPAN;
  c->depth -= 4;
  if (step->stmt->returns && !is_poison(result)) {
    const Type *type = type_of(c, inside, step->stmt->returns);
    if (type->tag == T_ANY) type = type_observed(c);
    if (result->time == TIME_RUN && result->type->tag == T_ANY) {
      Value *typed = NEW(c->arena, Value);
      *typed = *result;
      typed->type = type;
      note_answer(result, type);
      type_seen_as(result->type, type);
      return typed;
    }
    return fit(c, result, type, str_fmt(c->arena, "what `%.*s` returns", STR_ARG(step->name)));
  }
  return result;
}

// ---------------------------------------------------------------- parameters

// The day of what a `date` is given: events tell an instant, and names and prefixes are made of days.
static const Value *day_of(Checker *c, const Value *given, Span span) {
  Value *day = value_node(c->arena, VALUE_CALL, &given, 1, &TYPE_DATE, span);
  day->text = S("date");
  day->maybe = given->maybe;
  return day;
}

static const Value *parameter_value(Checker *c, const FlowParameter *param, Span span) {
  const Value *input = value_leaf(c->arena, VALUE_INPUT, TIME_RUN, S("input"), &TYPE_RECORD, span);
  Value *value = value_node(c->arena, VALUE_MEMBER, &input, 1, param->type, span);
  value->text = param->name;
  value->maybe = param->optional;
  bool day = param->type == &TYPE_DATE;
  if (!param->value) return day ? day_of(c, value, span) : value;
  value->maybe = true;
  const Value *given = value_binary(c->arena, OP_DEFAULT, value, param->value, param->type, span);
  return day ? day_of(c, given, span) : given;
}

const Value *flow_input(Checker *c, Scope *inside, Entity *entity, Arguments *arguments) {
  Str what = str_fmt(c->arena, "`%.*s`", STR_ARG(entity->name));
  CallArgument *only = arguments->given.len == 1 ? &arguments->given.at[0] : NULL;
  bool names_param = false;
  for (size_t i = 0; only && i < entity->stmt->params.len; i++)
    names_param = names_param || str_eq(only->bare.text, entity->stmt->params.at[i].name.text);
  if (only && !only->name.text.len && !names_param && entity->stmt->params.len != 1) {
    return argument_value(c, &arguments->given.at[0], &TYPE_ANY);
  }
  // Only what is given goes into the input; defaults are applied by the machine.
  Stmt signature = *entity->stmt;
  signature.params.at = NEW_N(c->arena, Parameter, entity->stmt->params.len + 1);
  for (size_t i = 0; i < signature.params.len; i++) {
    signature.params.at[i] = entity->stmt->params.at[i];
    if (signature.params.at[i].value) signature.params.at[i].optional = true;
    signature.params.at[i].value = NULL;
    TypeExpr *type = signature.params.at[i].type;
    bool item = type && type->kind == TYPE_NAME && type_of(c, inside, type)->shape;
    if (item) signature.params.at[i].type = NULL; // an item's key, an item, or the object itself
  }
  const Value *bound = bind_parameters(c, inside, &signature, arguments, what);
  VEC(ValueMember) members = {0};
  for (size_t i = 0; i < bound->count; i++) {
    ValueMember member = bound->members[i];
    if (is_poison(member.value)) return poison(c, arguments->span);
    Entity *item = value_entity(member.value);
    const Value *key = item ? map_get(&item->members, S("key")) : NULL;
    if (item) entity_resolve(c, item, member.span);
    if (item && !key) key = map_get(&item->members, S("key"));
    const Value *whole = item && c->testing ? map_get(&item->members, S("value")) : NULL;
    if (key) member.value = whole ? whole : key;
    if (member.value->kind == VALUE_DECLARED) {
      diag(c->diags, DIAG_ERROR, "E0207", member.value->span, "`%.*s` is a declaration, not a value",
           STR_ARG(item ? item->name : S("this")));
      return poison(c, arguments->span);
    }
    if (member.value->kind != VALUE_MISSING) VEC_PUSH(c->arena, &members, member);
  }
  return value_object(c->arena, members.at, members.len, arguments->span);
}

// ---------------------------------------------------------------- declaring

Flow *flow_declare(Checker *c, Entity *entity) {
  const Stmt *stmt = entity->stmt;
  Flow *flow = NEW(c->arena, Flow);
  entity->flow = flow;
  entity->progress = 2;
  flow->name = entity->name;
  flow->doc = stmt->doc;
  flow->span = stmt->name.span;
  bool only = c->flow_count == 1;
  const Value *dash[] = {c->base_name, value_string(c->arena, S("-"), flow->span),
                         value_string(c->arena, entity->name, flow->span)};
  flow->machine_name = only ? c->base_name : value_template(c->arena, dash, 3, flow->span);
  Buf name = {.arena = c->arena};
  for (size_t i = 0; i < entity->name.len; i++) buf_char(&name, entity->name.at[i] == '_' ? '-' : entity->name.at[i]);
  dash[2] = value_string(c->arena, buf_text(&name), flow->span);
  if (!only) flow->machine_name = value_template(c->arena, dash, 3, flow->span);
  flow->machine = flow->machine_name->kind == VALUE_STRING ? flow->machine_name->text : entity->name;
  for (size_t i = 0; i < stmt->params.len; i++) {
    const Parameter *p = &stmt->params.at[i];
    FlowParameter param = {.name = p->name.text, .type = type_of(c, entity->scope, p->type), .optional = p->optional};
    if (p->value)
      param.value = eval_as(c, entity->scope, p->value, param.type, str_fmt(c->arena, "`%.*s`", STR_ARG(p->name.text)));
    if (param.value && is_poison(param.value)) {
      misfit(c, p); // which of the two is wrong is not known
      param.type = &TYPE_ANY;
      param.value = NULL;
    }
    if (param.value) require_time(c, param.value, TIME_RUN, "a parameter's default");
    VEC_PUSH(c->arena, &flow->params, param);
  }
  if (stmt->returns) entity->type = type_of(c, entity->scope, stmt->returns);
  VEC_PUSH(c->arena, &c->model->flows, flow);
  machine_expand(c, entity);
  return flow;
}

// What the statements of a flow name, wherever they stand.
static void collect_names(FlowBuild *f, Stmt *stmt) {
  for (; stmt; stmt = stmt->next) {
    bool names =
        stmt->kind == STMT_CALL || stmt->kind == STMT_EACH || stmt->kind == STMT_PARALLEL || stmt->kind == STMT_LET;
    if (stmt->kind == STMT_SET) map_set(f->set_names, stmt->name.text, f);
    if (names && stmt->name.text.len) map_set(f->all_names, stmt->name.text, stmt);
    collect_names(f, stmt->body);
    collect_names(f, stmt->other);
    collect_names(f, stmt->more);
    for (size_t i = 0; i < stmt->arms.len; i++) collect_names(f, stmt->arms.at[i].body);
  }
}

bool name_is_set(Scope *scope, Str name) {
  return map_get(scope->flow->set_names, name) != NULL;
}

// A parameter that a table types may be an item's key: then the item is loaded first.
static const Value *load_later(Checker *c, FlowBuild *f, const Value *value, const FlowParameter *param, Span span) {
  Entity *table = (Entity *)(uintptr_t)param->type->shape;
  if (!table || !map_get(&table->methods, S("load"))) return value;
  ItemLoad load = {.given = value, .table = table, .span = span};
  load.variable = flow_new_variable(f, param->name, param->type, span);
  VEC_PUSH(c->arena, &f->loads, load);
  *flow_status(f, load.variable->number) = SET;
  return value_leaf(c->arena, VALUE_VARIABLE, TIME_RUN, load.variable->name, param->type, span);
}

// What a handler sees of an item that could not be loaded: an object that has its key.
static const Value *only_key(Checker *c, const ItemLoad *load) {
  const Value *key = map_get(&load->table->members, S("key"));
  Str name;
  ValueMember *member = NEW(c->arena, ValueMember);
  if (!key || !value_is_string(key, &name)) return value_object(c->arena, member, 0, load->span);
  *member = (ValueMember){name, load->given, load->span};
  return value_object(c->arena, member, 1, load->span);
}

// Assigns what is known of the parameters whose turn is still to come.
static void assign_given(Checker *c, const FlowBuild *f, size_t from, Assignments *assign) {
  for (size_t i = from; i < f->loads.len; i++)
    VEC_PUSH(c->arena, assign, (Assignment){f->loads.at[i].variable->name, f->loads.at[i].given});
}

static void load_item(Checker *c, Scope *scope, const ItemLoad *load, size_t index) {
  FlowBuild *f = scope->flow;
  Str name = load->variable->name;
  const Value **is_key_of = NEW(c->arena, const Value *);
  *is_key_of = load->given;
  Value *is_key = value_node(c->arena, VALUE_CALL, is_key_of, 1, &TYPE_BOOL, load->span);
  is_key->text = S("is_string");
  State *choice = flow_add_state(f, STATE_CHOICE, str_fmt(c->arena, "If %.*s is a key", STR_ARG(name)), load->span);
  choice->rules.at = NEW_N(c->arena, ChoiceRule, 1);
  choice->rules.len = choice->rules.room = 1;
  ChoiceRule *rule = &choice->rules.at[0];
  *rule = (ChoiceRule){.condition = is_key, .span = load->span};
  if (f->tries) {
    const Value *key = only_key(c, load);
    VEC_PUSH(c->arena, &rule->assign, (Assignment){name, key});
    if (index == 0) assign_given(c, f, 1, &rule->assign);
  }
  frontier_set(f, (Edge){choice, &rule->next, &rule->assign});
  Arguments arguments = {.span = load->span};
  Value *by_key = NEW(c->arena, Value);
  *by_key = *load->given;
  by_key->type = &TYPE_STRING;
  arguments_add(c, &arguments, (Str){0}, by_key);
  Str step = f->step;
  f->step = str_fmt(c->arena, "Load %.*s", STR_ARG(name));
  const Value *loaded = step_expand(c, scope, map_get(&load->table->methods, S("load")), &arguments, load->span);
  f->step = step;
  if (!is_poison(loaded)) flow_assign(f, load->variable, loaded, load->span);
  VEC_PUSH(c->arena, &choice->otherwise_assign, (Assignment){name, load->given});
  if (f->tries && index == 0) assign_given(c, f, 1, &choice->otherwise_assign);
  VEC_PUSH(c->arena, &f->frontier, (Edge){choice, &choice->otherwise, &choice->otherwise_assign});
}

void flow_load_items(Checker *c, Scope *scope) {
  FlowBuild *f = scope->flow;
  for (size_t i = 0; i < f->loads.len; i++) load_item(c, scope, &f->loads.at[i], i);
  f->loads.len = 0;
}

static void warn_unused(Checker *c, Scope *scope, const Stmt *stmt) {
  if (diags_failed(c->diags)) return; // what is at fault may be what would use it
  for (size_t i = 0; i < stmt->params.len; i++) {
    Binding *binding = map_get(&scope->names, stmt->params.at[i].name.text);
    if (!binding || binding->used) continue;
    Diag *d = diag(c->diags, DIAG_WARNING, "E0330", binding->span, "the parameter `%.*s` is never used",
                   STR_ARG(binding->name));
    diag_help(c->diags, d, "use it or remove it");
  }
  for (size_t i = 0; i < c->lets.len; i++) {
    Binding *binding = c->lets.at[i];
    if (binding->used || in_library(c, binding->span)) continue;
    diag(c->diags, DIAG_WARNING, "E0331", binding->span, "`%.*s` is never used", STR_ARG(binding->name));
  }
}

// What only a run knows (`now()`) is worked out once, at the start.
static const Value *once(FlowBuild *f, const Value *value, const FlowParameter *param, Span span) {
  FlowVariable *variable = flow_new_variable(f, param->name, param->type, span);
  flow_assign(f, variable, value, span);
  return value_leaf(f->c->arena, VALUE_VARIABLE, TIME_RUN, variable->name, param->type, span);
}

void flow_build(Checker *c, Entity *entity) {
  const Stmt *stmt = entity->stmt;
  entity_resolve(c, entity, stmt->span);
  Flow *flow = entity->flow;
  FlowBuild *f = NEW(c->arena, FlowBuild);
  Map *maps = NEW_N(c->arena, Map, 4);
  for (int i = 0; i < 4; i++) maps[i].arena = c->arena;
  *f = (FlowBuild){.c = c,
                   .flow = flow,
                   .graph = &flow->graph,
                   .state_names = &maps[0],
                   .variable_names = &maps[1],
                   .set_names = &maps[2],
                   .all_names = &maps[3]};
  f->variables = arena_alloc(c->arena, sizeof *f->variables);
  VEC_PUSH(c->arena, &f->frontier, (Edge){NULL, &f->graph->start, NULL});
  collect_names(f, stmt->body);
  c->lets.len = 0;
  Scope *scope = scope_new(c, SCOPE_FLOW, entity->scope);
  scope->flow = f;
  for (size_t i = 0; i < flow->params.len; i++) {
    const FlowParameter *param = &flow->params.at[i];
    Word name = stmt->params.at[i].name;
    const Value *value = parameter_value(c, param, name.span);
    if (param->value && param->value->time == TIME_RUN) value = once(f, value, param, name.span);
    if (param->type->tag == T_OBJECT && param->type->shape) value = load_later(c, f, value, param, name.span);
    scope_bind_value(c, scope, name, value);
  }
  if (!stmt->has_catch) flow_load_items(c, scope);
  size_t loaded = flow->graph.states.len;
  if (stmt->has_catch) {
    lower_try(c, scope, stmt, stmt->name.span);
  } else {
    flow_statements(c, scope, stmt->body);
  }
  warn_unused(c, scope, stmt);
  if (flow->graph.states.len == loaded && !diags_failed(c->diags)) {
    if (f->frontier.len) flow_add_state(f, STATE_PASS, S("Nothing to do"), stmt->span);
  }
  flow_finish(f);
  if (!entity->type) entity->type = f->result ? f->result : &TYPE_ANY;
  if (diags_failed(c->diags)) return;
  flow_prune(c, flow);
  check_used_again(c, flow);
}
