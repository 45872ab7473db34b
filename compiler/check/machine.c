// State machines: a flow becomes an instance of the library's kind `machine`, with a policy made from its calls.
#include "check/internal.h"
#include "facts/facts.h"

// The list of policy statements is handed to the kind before the calls are known; it is filled in afterwards.
static Value *open_list(Checker *c, Span span) {
  Value *list = NEW(c->arena, Value);
  *list = (Value){.kind = VALUE_LIST, .time = TIME_DEPLOY, .type = &TYPE_ANYTHINGS, .span = span};
  return list;
}

void machine_expand(Checker *c, Entity *entity) {
  Entity *kind = kind_named(c, NULL, S("machine"));
  if (!kind) return;
  Flow *flow = entity->flow;
  entity->statements = open_list(c, entity->span);
  const Value *flow_name = value_string(c->arena, flow->name, entity->span);
  Value *definition = value_node(c->arena, VALUE_CALL, &flow_name, 1, &TYPE_STRING, entity->span);
  definition->text = S("definition");
  definition->time = TIME_DEPLOY;
  Arguments arguments = {.span = entity->span};
  arguments_add(c, &arguments, S("name"), flow->machine_name);
  arguments_add(c, &arguments, S("definition"), definition);
  arguments_add(c, &arguments, S("statements"), entity->statements);
  const Value *days = value_member(c->model->settings, S("log_days"));
  if (days) arguments_add(c, &arguments, S("log_days"), days);
  Entity *machine = instance_of(c, kind, c->file_scope, entity->name, &arguments);
  entity->members = machine->members;
  entity->grants = machine->grants;
  entity->events = machine->events;
  entity->commands = machine->commands;
  entity->of = kind;
}

// ---------------------------------------------------------------- policies

// Deploy-time values travel through the policy tables as tokens inside text: \x01 NUMBER \x02.
typedef struct Tokens {
  Checker *c;
  VEC(const Value *) values;
  bool raw; // of a raw state, whose texts may be expressions
} Tokens;

enum { PREFIX_ONLY = 1, NOT_KNOWN = 2 };

// An ARN's token looks like one to the tables; untoken takes the mark off again.
static void write_token(Tokens *t, Buf *out, const Value *value) {
  if (value->kind == VALUE_TERRAFORM && str_ends(value->text, S(".arn"))) buf_str(out, S("arn:"));
  size_t number = 0;
  while (number < t->values.len && t->values.at[number] != value) number++;
  buf_fmt(out, "\x01%zu\x02", number);
  if (number == t->values.len) VEC_PUSH(t->c->arena, &t->values, value);
}

// Text of a spec; what the tables would take for a reference or a token travels as a token, too.
static void write_text(Tokens *t, Buf *out, const Value *text) {
  bool plain = !str_has(text->text, S("${")) && !str_has(text->text, S("\x01")) && !str_has(text->text, S("\x02"));
  if (plain || t->raw)
    buf_str(out, text->text);
  else
    write_token(t, out, text);
}

// What a text that is cut, substring(x, 0, n), begins with for sure: the constants that x begins with, as far as n
// goes.
static void write_cut(Buf *out, const Value *cut) {
  bool from_start = cut->kind == VALUE_CALL && str_eq(cut->text, S("substring")) && cut->count == 3 &&
                    cut->items[1]->kind == VALUE_NUMBER && cut->items[1]->number == 0 &&
                    cut->items[2]->kind == VALUE_NUMBER && cut->items[2]->number > 0;
  if (!from_start) return;
  const Value *text = cut->items[0];
  size_t left = (size_t)cut->items[2]->number, count = text->kind == VALUE_TEMPLATE ? text->count : 1;
  for (size_t i = 0; i < count && left > 0; i++) {
    const Value *part = text->kind == VALUE_TEMPLATE ? text->items[i] : text;
    if (part->kind != VALUE_STRING) return;
    Str kept = str_slice(part->text, 0, part->text.len < left ? part->text.len : left);
    buf_str(out, kept);
    left -= kept.len;
  }
}

static const Json *policy_json(Tokens *t, const Value *value) {
  Arena *arena = t->c->arena;
  Buf text = {.arena = arena};
  Json *json = NEW(arena, Json);
  *json = JSON_THE_NULL;
  json->flags = NOT_KNOWN;
  if (value->kind == VALUE_OBJECT) {
    JsonBuild build = {.arena = arena};
    for (size_t i = 0; i < value->count; i++)
      json_put(&build, value->members[i].name, policy_json(t, value->members[i].value));
    return json_made_object(&build);
  }
  if (value->kind == VALUE_LIST) {
    JsonBuild build = {.arena = arena};
    for (size_t i = 0; i < value->count; i++) json_add(&build, policy_json(t, value->items[i]));
    return json_made_array(&build);
  }
  bool expression = t->raw && value->kind == VALUE_STRING && str_starts(value->text, S("{%"));
  if (value->kind == VALUE_STRING && !expression) {
    write_text(t, &text, value);
    return json_string(arena, buf_text(&text));
  }
  if (value->kind == VALUE_NUMBER) return json_number(arena, value->number);
  if (value->kind == VALUE_BOOL) return json_bool(value->truth);
  if (value->kind == VALUE_OPERATION && value->op == VALUE_ASSERT) return policy_json(t, value->items[0]);
  bool whole = value->time <= TIME_DEPLOY && value->kind != VALUE_MISSING && !expression;
  if (whole && value->kind != VALUE_TEMPLATE) write_token(t, &text, value);
  for (size_t i = 0; value->kind == VALUE_TEMPLATE && i < value->count; i++) {
    const Value *part = value->items[i];
    if (part->time > TIME_DEPLOY) {
      write_cut(&text, part);
      break;
    }
    if (part->kind == VALUE_STRING)
      write_text(t, &text, part);
    else
      write_token(t, &text, part);
  }
  if (!text.len) return json;
  *json = *json_string(arena, buf_text(&text));
  json->flags = whole ? 0 : PREFIX_ONLY;
  return json;
}

static FactsKnown known(void *with, const Json *value, Str *text) {
  (void)with;
  if (!json_is(value, JSON_STRING) || value->flags & NOT_KNOWN) return FACTS_KNOWN_NOT;
  *text = json_str(value);
  return value->flags & PREFIX_ONLY ? FACTS_KNOWN_PREFIX : FACTS_KNOWN_WHOLE;
}

// Another member of the resource whose member a text is: the "arn" of a queue of which it is the URL.
static Str sibling(void *with, Str text, Str member) {
  Tokens *t = with;
  Str token = str_starts(text, S("arn:\x01")) ? str_slice(text, 4, text.len) : text;
  if (!str_starts(token, S("\x01")) || str_find(token, S("\x02"), 0) + 1 != token.len) return (Str){0};
  size_t number = 0;
  for (size_t i = 1; i + 1 < token.len; i++) number = number * 10 + (size_t)(token.at[i] - '0');
  const Value *value = number < t->values.len ? t->values.at[number] : NULL;
  if (!value || value->kind != VALUE_TERRAFORM) return (Str){0};
  size_t dot = value->text.len;
  while (dot > 0 && value->text.at[dot - 1] != '.') dot--;
  Arena *arena = t->c->arena;
  Str reference = str_fmt(arena, "%.*s%.*s", STR_ARG(str_slice(value->text, 0, dot)), STR_ARG(member));
  const Value *other = value_leaf(arena, VALUE_TERRAFORM, TIME_DEPLOY, reference, &TYPE_STRING, value->span);
  for (size_t i = 0; i < t->values.len; i++) // one token for one reference, so that equal resources are equal texts
    if (t->values.at[i]->kind == VALUE_TERRAFORM && str_eq(t->values.at[i]->text, reference)) other = t->values.at[i];
  Buf out = {.arena = arena};
  write_token(t, &out, other);
  return buf_text(&out);
}

static const Value *untoken(Tokens *t, Str text, Span span) {
  Arena *arena = t->c->arena;
  VEC(const Value *) parts = {0};
  for (size_t at = 0; at < text.len;) {
    size_t mark = str_find(text, S("\x01"), at);
    size_t end = str_find(text, S("\x02"), mark), number = 0;
    for (size_t i = mark + 1; i < end; i++) number = number * 10 + (size_t)(text.at[i] - '0');
    const Value *value = mark < text.len && number < t->values.len ? t->values.at[number] : NULL;
    bool arn = value && value->kind == VALUE_TERRAFORM && str_ends(value->text, S(".arn"));
    Str before = str_slice(text, at, arn ? mark - 4 : mark);
    if (before.len) VEC_PUSH(arena, &parts, value_string(arena, before, span));
    if (mark >= text.len) break;
    if (value) VEC_PUSH(arena, &parts, value);
    at = end + 1;
  }
  return parts.len == 1 ? parts.at[0] : value_template(arena, parts.at, parts.len, span);
}

static const Value *texts(Tokens *t, const Str *list, size_t count, Span span) {
  const Value **items = NEW_N(t->c->arena, const Value *, count + 1);
  for (size_t i = 0; i < count; i++) items[i] = untoken(t, list[i], span);
  return count == 1 ? items[0] : value_list(t->c->arena, items, count, span);
}

static const Value *statement_value(Tokens *t, const FactsStatement *s, Span span) {
  Arena *arena = t->c->arena;
  ValueMember *members = NEW_N(arena, ValueMember, 5);
  size_t count = 0;
  members[count++] = (ValueMember){S("Sid"), value_string(arena, s->sid, span), span};
  members[count++] = (ValueMember){S("Effect"), value_string(arena, S("Allow"), span), span};
  members[count++] = (ValueMember){S("Action"), texts(t, s->actions, s->action_count, span), span};
  members[count++] = (ValueMember){S("Resource"), texts(t, s->resources, s->resource_count, span), span};
  if (s->condition_count) {
    ValueMember *operators = NEW_N(arena, ValueMember, s->condition_count);
    size_t used = 0;
    for (size_t i = 0; i < s->condition_count; i++) {
      ValueMember key = {s->conditions[i].key, texts(t, s->conditions[i].values, s->conditions[i].count, span), span};
      size_t k = 0;
      while (k < used && !str_eq(operators[k].name, s->conditions[i].operator)) k++;
      size_t before = k < used ? operators[k].value->count : 0;
      ValueMember *keys = NEW_N(arena, ValueMember, before + 1);
      if (before) memcpy(keys, operators[k].value->members, before * sizeof *keys);
      keys[before] = key;
      operators[k] = (ValueMember){s->conditions[i].operator, value_object(arena, keys, before + 1, span), span};
      if (k == used) used++;
    }
    members[count++] = (ValueMember){S("Condition"), value_object(arena, operators, used, span), span};
  }
  return value_object(arena, members, count, span);
}

typedef struct Calls {
  Tokens *tokens;
  VEC(FactsCall) list;
  VEC(Span) places; // of each call in the spec
} Calls;

static void add_call(Calls *calls, FactsCall call, Span place) {
  VEC_PUSH(calls->tokens->c->arena, &calls->list, call);
  VEC_PUSH(calls->tokens->c->arena, &calls->places, place);
}

// Calls that another role makes are not this policy's; of those by a role made for the flow, each place has its own.
static bool is_of(const State *state, Str access) {
  return state->credentials ? access.len && str_eq(state->access, access) : !access.len;
}

static void collect_calls(Calls *calls, const Graph *graph, Str access) {
  for (size_t i = 0; i < graph->states.len; i++) {
    const State *state = graph->states.at[i];
    Str step = state->step.len ? state->step : state->name;
    bool raw = state->kind == STATE_RAW && state->resource.len;
    if ((state->kind == STATE_TASK || raw) && is_of(state, access)) {
      const Value *arguments = raw ? value_member(state->arguments, S("Arguments")) : state->arguments;
      calls->tokens->raw = raw;
      FactsCall call = {.task = facts_task(state->resource),
                        .arguments = arguments ? policy_json(calls->tokens, arguments) : NULL,
                        .step = step};
      add_call(calls, call, state->span);
    }
    calls->tokens->raw = false;
    const Value *sources[] = {state->reader, state->writer};
    for (int k = 0; k < 2; k++) {
      Str resource;
      if (access.len || !sources[k] || !value_is_string(value_member(sources[k], S("Resource")), &resource)) continue;
      const Value *arguments = value_member(sources[k], S("Arguments"));
      FactsCall call = {.task = facts_task(resource),
                        .arguments = arguments ? policy_json(calls->tokens, arguments) : NULL,
                        .step = step};
      add_call(calls, call, state->span);
    }
    if (state->body) collect_calls(calls, state->body, access);
    for (size_t k = 0; k < state->branches.len; k++) collect_calls(calls, state->branches.at[k], access);
  }
}

// Whether a map of it runs its iterations as executions of their own.
static bool is_distributed(const Graph *graph) {
  for (size_t i = 0; i < graph->states.len; i++) {
    const State *state = graph->states.at[i];
    if (state->distributed || (state->body && is_distributed(state->body))) return true;
    for (size_t k = 0; k < state->branches.len; k++) {
      if (is_distributed(state->branches.at[k])) return true;
    }
  }
  return false;
}

static void append(Checker *c, Value *list, const Value *item) {
  const Value **items = NEW_N(c->arena, const Value *, list->count + 1);
  if (list->count) memcpy(items, list->items, list->count * sizeof *items);
  items[list->count++] = item;
  list->items = items;
}

// The statements that calls are said to need besides, each once.
static void collect_needs(Checker *c, const Graph *graph, Str access, Value *list) {
  for (size_t i = 0; i < graph->states.len; i++) {
    const State *state = graph->states.at[i];
    for (size_t k = 0; k < state->needs.len && is_of(state, access); k++) {
      bool listed = false;
      for (size_t n = 0; n < list->count && !listed; n++) listed = value_same(list->items[n], state->needs.at[k]);
      if (!listed) append(c, list, state->needs.at[k]);
    }
    if (state->body) collect_needs(c, state->body, access, list);
    for (size_t k = 0; k < state->branches.len; k++) collect_needs(c, state->branches.at[k], access, list);
  }
}

// Notes which calls of the spec a statement is for.
static void add_reasons(Checker *c, const Calls *calls, const FactsStatement *s, const Value *made,
                        const Entity *flow) {
  for (size_t i = 0; i < s->step_count; i++) {
    size_t k = 0;
    while (k < calls->list.len && !str_eq(calls->list.at[k].step, s->steps[i])) k++;
    bool known_place = k < calls->places.len && !in_library(c, calls->places.at[k]);
    Span place = known_place ? calls->places.at[k] : flow->span;
    Str what = str_fmt(c->arena, "%.*s: %.*s", STR_ARG(s->steps[i]), STR_ARG(s->why));
    VEC_PUSH(c->arena, &c->model->reasons, (PolicyReason){made, place, what});
  }
  Str what = str_fmt(c->arena, "the flow itself: %.*s", STR_ARG(s->why));
  if (!s->step_count) VEC_PUSH(c->arena, &c->model->reasons, (PolicyReason){made, flow->span, what});
}

static Str environment_token(Tokens *t, const char *reference) {
  Buf out = {.arena = t->c->arena};
  write_token(t, &out, value_leaf(t->c->arena, VALUE_TERRAFORM, TIME_DEPLOY, str_of(reference), &TYPE_STRING, NO_SPAN));
  return buf_text(&out);
}

static Str machine_name(Tokens *t, const Entity *entity) {
  Str text = {0};
  FactsKnown is = known(t, policy_json(t, entity->flow->machine_name), &text);
  return is == FACTS_KNOWN_WHOLE ? text : (Str){0};
}

// sts:AssumeRole on the roles that calls are made with; what a role's ARN holds of run time may be anything.
static void collect_roles(Checker *c, const Graph *graph, const Value **roles, size_t most, size_t *count) {
  for (size_t i = 0; i < graph->states.len; i++) {
    const State *state = graph->states.at[i];
    const Value *role = state->credentials;
    if (role && role->time > TIME_DEPLOY) {
      size_t parts = role->kind == VALUE_TEMPLATE ? role->count : 0;
      const Value **known = NEW_N(c->arena, const Value *, parts + 1);
      const Value *any = value_string(c->arena, parts ? S("*") : S("arn:*:iam::*:role/*"), role->span);
      for (size_t k = 0; k < parts; k++) known[k] = role->items[k]->time > TIME_DEPLOY ? any : role->items[k];
      role = parts ? value_template(c->arena, known, parts, role->span) : any;
    }
    bool listed = !role;
    for (size_t k = 0; k < *count && !listed; k++) listed = value_same(roles[k], role);
    if (!listed && *count < most) roles[(*count)++] = role;
    if (state->body) collect_roles(c, state->body, roles, most, count);
    for (size_t k = 0; k < state->branches.len; k++) collect_roles(c, state->branches.at[k], roles, most, count);
  }
}

static const Value *assume_roles(Checker *c, const Graph *graph, Span span) {
  enum { ROLES_MOST = 256 };
  const Value **roles = NEW_N(c->arena, const Value *, ROLES_MOST);
  size_t count = 0;
  collect_roles(c, graph, roles, ROLES_MOST, &count);
  if (!count) return NULL;
  return allow(c, "Roles", value_string(c->arena, S("sts:AssumeRole"), span), roles, count, span);
}

// The statements of what a flow's own role may do, or (access: a place) its role in another account.
static void machine_policy(Checker *c, Entity *entity, Str access, Value *list) {
  Tokens tokens = {.c = c};
  Calls calls = {.tokens = &tokens};
  collect_calls(&calls, &entity->flow->graph, access);
  const Place *place = map_get(&c->places, access);
  const Value *there = place ? place->account : NULL;
  Buf account = {.arena = c->arena};
  if (there) write_token(&tokens, &account, there);
  FactsPolicyRequest request = {
      .calls = calls.list.at,
      .call_count = calls.list.len,
      .partition = environment_token(&tokens, "data.aws_partition.current.partition"),
      .region = environment_token(&tokens, "data.aws_region.current.region"),
      .account = there ? buf_text(&account) : environment_token(&tokens, "data.aws_caller_identity.current.account_id"),
      .known = known,
      .member = sibling,
      .with = &tokens,
      .state_machine = machine_name(&tokens, entity),
      .distributed = !access.len && is_distributed(&entity->flow->graph),
      .logs = !access.len,
      .xray = !access.len};
  FactsPolicy policy = facts_policy(c->arena, &request);
  const Value *roles = access.len ? NULL : assume_roles(c, &entity->flow->graph, entity->span);
  list->items = NEW_N(c->arena, const Value *, policy.count + 1);
  for (size_t i = 0; i < policy.count; i++) {
    list->items[i] = statement_value(&tokens, &policy.statements[i], entity->span);
    add_reasons(c, &calls, &policy.statements[i], list->items[i], entity);
  }
  list->count = policy.count;
  if (roles) list->items[list->count++] = roles;
  collect_needs(c, &entity->flow->graph, access, list);
  const Value *keys = use_of_keys(c, list, entity->span);
  if (keys) append(c, list, keys);
  for (size_t i = 0; i < policy.unknown_count; i++) {
    diag(c->diags, DIAG_WARNING, "E0511", entity->span,
         "the permissions for %.*s are not known to the tables; add them by hand", STR_ARG(policy.unknown[i]));
  }
}

static const Value *access_name(Checker *c, const Flow *flow) {
  const Value *parts[] = {flow->machine_name, value_string(c->arena, S("-access"), NO_SPAN)};
  return value_template(c->arena, parts, 2, NO_SPAN);
}

const Value *flow_access(Checker *c, const Flow *flow, const Place *place) {
  Str key = str_fmt(c->arena, "%.*s %.*s", STR_ARG(flow->name), STR_ARG(place->name));
  Binding *binding = scope_find(c->file_scope, flow->name, NULL);
  Entity *kind = kind_named(c, NULL, S("access"));
  if (!map_get(&c->accesses, key) && kind && binding && binding->entity) {
    Value *list = open_list(c, flow->span);
    map_set(&c->accesses, key, list);
    Arguments arguments = {.span = flow->span};
    arguments_add(c, &arguments, S("name"), access_name(c, flow));
    arguments_add(c, &arguments, S("by"), map_get(&binding->entity->members, S("role_arn")));
    arguments_add(c, &arguments, S("statements"), list);
    Scope *scope = scope_new(c, SCOPE_BLOCK, c->file_scope);
    place_enter(c, scope, place);
    Str name = str_fmt(c->arena, "%.*s_%.*s", STR_ARG(flow->name), STR_ARG(place->name));
    instance_of(c, kind, scope, name, &arguments);
  }
  const Value *partition = value_leaf(c->arena, VALUE_TERRAFORM, TIME_DEPLOY, S("data.aws_partition.current.partition"),
                                      &TYPE_STRING, NO_SPAN);
  const Value *parts[] = {value_string(c->arena, S("arn:"), NO_SPAN),   partition,
                          value_string(c->arena, S(":iam::"), NO_SPAN), place->account,
                          value_string(c->arena, S(":role/"), NO_SPAN), access_name(c, flow)};
  return value_template(c->arena, parts, 6, NO_SPAN);
}

void machine_policies(Checker *c) {
  for (size_t i = 0; i < c->file_scope->names.len; i++) {
    Binding *binding = c->file_scope->names.entries[i].value;
    Entity *entity = binding->entity;
    if (!entity || entity->kind != ENTITY_FLOW || !entity->flow || !entity->statements) continue;
    machine_policy(c, entity, (Str){0}, entity->statements);
    for (size_t k = 0; k < c->places.len; k++) {
      Str place = c->places.entries[k].key;
      Value *there = map_get(&c->accesses, str_fmt(c->arena, "%.*s %.*s", STR_ARG(entity->flow->name), STR_ARG(place)));
      if (there) machine_policy(c, entity, place, there);
    }
  }
}

// ---------------------------------------------------------------- how it is started by hand

// A value like those that a parameter takes: an item's key, a number, its own name as text.
static const Value *sample(Checker *c, const FlowParameter *param) {
  if (param->sample) return param->sample;
  Arena *arena = c->arena;
  const Type *type = param->type;
  for (size_t depth = 0; type && type->tag == T_UNION && depth < 8; depth++) type = type->items[0];
  switch (type ? type->tag : T_ANY) {
  case T_NUMBER: return value_number(arena, 1, UNIT_NONE, NO_SPAN);
  case T_BOOL: return value_bool(arena, true, NO_SPAN);
  case T_DATE: return value_string(arena, S("2026-01-01"), NO_SPAN);
  case T_LITERAL: return type->value;
  case T_LIST: return value_list(arena, NULL, 0, NO_SPAN);
  default: return value_string(arena, str_eq(param->name, S("source")) ? S("manual") : param->name, NO_SPAN);
  }
}

void machine_start(Checker *c, Entity *entity) {
  Entity *command = map_get(&entity->commands, S("start"));
  Flow *flow = entity->flow;
  if (!command || !flow) return;
  VEC(ValueMember) members = {0};
  for (size_t i = 0; i < flow->params.len; i++) {
    const FlowParameter *param = &flow->params.at[i];
    if (param->value || param->optional) continue;
    VEC_PUSH(c->arena, &members, (ValueMember){param->name, sample(c, param), NO_SPAN});
  }
  Arguments arguments = {.span = entity->span};
  arguments_add(c, &arguments, S("input"), value_object(c->arena, members.at, members.len, NO_SPAN));
  flow->start = command_call(c, entity, command, &arguments);
}
