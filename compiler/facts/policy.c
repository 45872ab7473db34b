#include "facts/policy.h"
#include "facts/policy_parts.h"
#include "base/map.h"
#include <stdlib.h>

// A statement while it grows; statements with the same resources and conditions become one.
typedef struct Draft {
  VEC(Str) actions;
  Resources resources;
  VEC(FactsCondition) conditions;
  VEC(Str) steps;
  Str why;
} Draft;

typedef struct Writing {
  Arena *arena;
  const FactsPolicyRequest *request;
  VEC(Draft *) drafts;
  VEC(Str) unknown;
} Writing;

// --- Drafts

static bool same_resources(const Resources *a, const Resources *b) {
  if (a->list.len != b->list.len) return false;
  for (size_t i = 0; i < a->list.len; i++)
    if (!str_eq(a->list.at[i], b->list.at[i])) return false;
  return true;
}

static bool same_conditions(const Draft *draft, const FactsCondition *conditions, size_t count) {
  if (draft->conditions.len != count) return false;
  for (size_t i = 0; i < count; i++) {
    const FactsCondition *a = &draft->conditions.at[i], *b = &conditions[i];
    if (!str_eq(a->key, b->key) || !str_eq(a->operator, b->operator) || a->count != b->count) return false;
    for (size_t j = 0; j < a->count; j++)
      if (!str_eq(a->values[j], b->values[j])) return false;
  }
  return true;
}

#define ADD_ONCE(arena, vec, text)                                                                                     \
  do {                                                                                                                 \
    bool known_ = false;                                                                                               \
    for (size_t i_ = 0; i_ < (vec)->len; i_++) known_ = known_ || str_eq((vec)->at[i_], (text));                       \
    if (!known_) VEC_PUSH((arena), (vec), (text));                                                                     \
  } while (0)

static int by_text(const void *a, const void *b) {
  return str_cmp(*(const Str *)a, *(const Str *)b);
}

static void allow(Writing *writing, Str action, Resources resources, const FactsCondition *conditions, size_t count,
                  Str step, Str why) {
  qsort(resources.list.at, resources.list.len, sizeof *resources.list.at, by_text);
  Draft *draft = NULL;
  for (size_t i = 0; i < writing->drafts.len && !draft; i++) {
    Draft *one = writing->drafts.at[i];
    if (same_resources(&one->resources, &resources) && same_conditions(one, conditions, count)) draft = one;
  }
  if (!draft) {
    draft = NEW(writing->arena, Draft);
    draft->resources = resources;
    draft->why = why;
    for (size_t i = 0; i < count; i++) VEC_PUSH(writing->arena, &draft->conditions, conditions[i]);
    VEC_PUSH(writing->arena, &writing->drafts, draft);
  }
  if (!str_has(draft->why, why)) draft->why = str_fmt(writing->arena, "%.*s, %.*s", STR_ARG(draft->why), STR_ARG(why));
  ADD_ONCE(writing->arena, &draft->actions, action);
  if (step.len) ADD_ONCE(writing->arena, &draft->steps, step);
}

static Resources one_resource(Arena *arena, Str resource) {
  Resources resources = {.arena = arena};
  policy_add_resource(&resources, resource);
  return resources;
}

// --- The call's own action

static FactsIamActions actions_of(const FactsTask *task) {
  if (task->kind == FACTS_TASK_OPTIMIZED)
    return facts_iam_of_operation(task->integration.api_service, task->integration.api_action);
  if (task->kind == FACTS_TASK_SDK)
    return facts_iam_of_operation(facts_service_name(task->sdk_service), task->operation.action);
  return (FactsIamActions){0};
}

// Whether it reads the items of a distributed map or writes its results: resources like integrations, of maps alone.
static bool is_of_map(const FactsTask *task) {
  return task->kind == FACTS_TASK_NO_SERVICE && !task->is_sdk && str_eq(task->service, S("s3"));
}

// The call as the tables name it ("sagemaker:createTrainingJob", "aws-sdk:s3:copyObject"); empty where it is none.
static Str integration_name(Arena *arena, const FactsTask *task) {
  if (task->kind == FACTS_TASK_SDK)
    return str_fmt(arena, "aws-sdk:%.*s:%.*s", STR_ARG(task->service), STR_ARG(task->action));
  if (task->kind != FACTS_TASK_OPTIMIZED && !is_of_map(task)) return (Str){0};
  return str_fmt(arena, "%.*s:%.*s", STR_ARG(task->service), STR_ARG(task->action));
}

static bool has_word(Str words, Str word) {
  while (words.len)
    if (str_eq(str_cut(words, ' ', &words), word)) return true;
  return false;
}

// A row that says the resources of the call's own action, where the reference is no help.
static bool own_row(Str integration, Str action, PolicyRow *row) {
  for (Str rest = {0}; policy_row(S("facts/policies.tsv"), &rest, row);) {
    bool named = str_eq(row->column[0], S("@action")) || (integration.len && str_eq(row->column[0], integration));
    if (named && str_eq(row->column[1], S("own")) && has_word(row->column[2], action)) return true;
  }
  return false;
}

// --- Resources of templates

static Resources template_resources(Writing *writing, const FactsCall *call, Str templates, Str action) {
  Resources resources = {.arena = writing->arena};
  while (templates.len) {
    Str one = policy_template(writing->arena, writing->request, call, str_cut(templates, ' ', &templates));
    if (one.len) policy_add_resource(&resources, one);
  }
  FactsIamAction found;
  if (!resources.list.len && facts_iam_action(action, &found))
    policy_own_resources(&resources, writing->request, call, found);
  return resources;
}

static Resources own_resources(Writing *writing, const FactsCall *call, FactsIamAction action) {
  Resources resources = {.arena = writing->arena};
  PolicyRow row;
  if (own_row(integration_name(writing->arena, &call->task), action.name, &row))
    return template_resources(writing, call, row.column[3], action.name);
  policy_own_resources(&resources, writing->request, call, action);
  return resources;
}

// A role that the call's own action is bound to by a condition, instead of being handed on.
static size_t own_conditions(Writing *writing, const FactsCall *call, Str action, FactsCondition *condition) {
  Str rest;
  Str prefix = str_cut(action, ':', &rest);
  PolicyRow row;
  for (Str more = {0}; policy_row(S("facts/policy-principals.tsv"), &more, &row);) {
    if (!str_eq(row.column[0], prefix) || !str_starts(row.column[2], S("="))) continue;
    Argument role = policy_argument(writing->request, call->arguments, row.column[1]);
    if (role.state != ARGUMENT_WHOLE) return 0;
    Str *values = NEW_N(writing->arena, Str, 1);
    values[0] = role.text;
    *condition = (FactsCondition){S("StringEquals"), str_slice(row.column[2], 1, row.column[2].len), values, 1};
    return 1;
  }
  return 0;
}

// --- What it needs besides

static void allow_row(Writing *writing, const FactsCall *call, const PolicyRow *row, const Resources *own) {
  for (Str actions = row->column[2]; actions.len;) {
    Str action = str_cut(actions, ' ', &actions);
    Resources resources = {.arena = writing->arena};
    if (own && str_eq(row->column[3], S("=")))
      for (size_t i = 0; i < own->list.len; i++) policy_add_resource(&resources, own->list.at[i]);
    else
      resources = template_resources(writing, call, row->column[3], action);
    allow(writing, action, resources, NULL, 0, call->step, row->column[5]);
  }
}

static bool makes_call(Writing *writing, Str integration) {
  for (size_t i = 0; i < writing->request->call_count; i++)
    if (str_eq(integration_name(writing->arena, &writing->request->calls[i].task), integration)) return true;
  return false;
}

static void allow_rows(Writing *writing, const FactsCall *call, Str name, const Resources *own) {
  bool waits = call->task.pattern == FACTS_SYNC || call->task.pattern == FACTS_SYNC2;
  PolicyRow row;
  for (Str rest = {0}; policy_row(S("facts/policies.tsv"), &rest, &row);) {
    if (!str_eq(row.column[0], name)) continue;
    if (!str_eq(row.column[1], S("all")) && !(waits && str_eq(row.column[1], S("sync")))) continue;
    Str when = row.column[4];
    if (str_starts(when, S("!"))) { // when no such call is made
      if (makes_call(writing, str_slice(when, 1, when.len))) continue;
      when = (Str){0};
    }
    if (when.len && policy_argument(writing->request, call->arguments, when).state == ARGUMENT_ABSENT) continue;
    allow_row(writing, call, &row, own);
  }
}

// --- Roles and keys among the arguments

typedef struct Passing {
  Writing *writing;
  const FactsCall *call;
  Str prefix; // of the IAM action
} Passing;

// The service that a role is passed to which the argument `member` names; empty: none is passed.
static Str principal_of(Arena *arena, Str prefix, Str member) {
  PolicyRow row;
  for (Str rest = {0}; policy_row(S("facts/policy-principals.tsv"), &rest, &row);) {
    if (!str_eq(row.column[0], prefix)) continue;
    if (!str_eq(row.column[1], S("*")) && !str_eq(row.column[1], member)) continue;
    bool none = str_eq(row.column[2], S("-")) || str_starts(row.column[2], S("="));
    return none ? (Str){0} : row.column[2];
  }
  return str_fmt(arena, "%.*s.amazonaws.com", STR_ARG(prefix));
}

static void pass_role(const Passing *passing, Str member, Argument role) {
  Writing *writing = passing->writing;
  Str principal = principal_of(writing->arena, passing->prefix, member);
  if (!principal.len) return;
  const FactsPolicyRequest *request = writing->request;
  Str resource = role.text;
  bool whole = role.state == ARGUMENT_WHOLE;
  if (!whole || !policy_is_arn(role.text)) {
    bool prefixed = role.state == ARGUMENT_PREFIX && policy_is_arn(role.text);
    Str name = whole || role.state == ARGUMENT_PREFIX ? role.text : (Str){0};
    resource = prefixed ? str_fmt(writing->arena, "%.*s*", STR_ARG(name))
                        : str_fmt(writing->arena, "arn:%.*s:iam::%.*s:role/%.*s%s", STR_ARG(request->partition),
                                  STR_ARG(request->account), STR_ARG(name), whole ? "" : "*");
  }
  Str *values = NEW_N(writing->arena, Str, 1);
  values[0] = principal;
  FactsCondition to = {S("StringEquals"), S("iam:PassedToService"), values, 1};
  allow(writing, S("iam:PassRole"), one_resource(writing->arena, resource), &to, 1, passing->call->step,
        S("hands the role on"));
}

// A key that the service uses in the caller's name.
static void use_key(const Passing *passing, Argument key) {
  Writing *writing = passing->writing;
  const FactsPolicyRequest *request = writing->request;
  if (key.state == ARGUMENT_WHOLE && str_starts(key.text, S("alias/aws/"))) return; // the service's own key
  bool named = key.state == ARGUMENT_WHOLE && !str_starts(key.text, S("alias/"));
  Str resource = key.text;
  if (!named || !policy_is_arn(key.text))
    resource = str_fmt(writing->arena, "arn:%.*s:kms:%.*s:%.*s:key/%.*s", STR_ARG(request->partition),
                       STR_ARG(request->region), STR_ARG(request->account), STR_ARG(named ? key.text : S("*")));
  Str *values = NEW_N(writing->arena, Str, 1);
  values[0] = str_fmt(writing->arena, "%.*s.%.*s.amazonaws.com", STR_ARG(passing->prefix), STR_ARG(request->region));
  FactsCondition via = {S("StringEquals"), S("kms:ViaService"), values, 1};
  static const Str actions[] = {
      STR_INIT("kms:CreateGrant"),
      STR_INIT("kms:Decrypt"),
      STR_INIT("kms:DescribeKey"),
      STR_INIT("kms:GenerateDataKey"),
  };
  for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
    allow(writing, actions[i], one_resource(writing->arena, resource), &via, 1, passing->call->step, S("uses the key"));
}

// A text of few values is no role's name ("user", "assistant").
static bool names_role(Str member, FactsShape shape) {
  if (facts_shape_enums(shape)) return false;
  return str_ends(member, S("RoleArn")) || str_ends(member, S("Role")) || str_ends(member, S("RoleOverride"));
}

static bool names_key(Str member) {
  return str_ends(member, S("KmsKeyId")) || str_ends(member, S("KmsKeyArn")) || str_ends(member, S("KmsKey"));
}

enum { MOST_LEVELS = 20 };

// Looks for roles and keys in `value`, a value of `shape`; a whole that is not known may hold any that it must hold.
static void look_through(const Passing *passing, FactsShape shape, const Json *value, unsigned level) {
  FactsShapeKind kind = facts_shape_kind(shape);
  if (level == MOST_LEVELS) return;
  if (kind == FACTS_LIST && json_is(value, JSON_ARRAY))
    for (uint32_t i = 0; i < value->count; i++)
      look_through(passing, facts_shape_element(shape), value->items[i], level + 1);
  if (kind != FACTS_STRUCTURE) return;
  bool known = json_is(value, JSON_OBJECT);
  for (size_t i = 0; i < facts_shape_members(shape); i++) {
    FactsMember member = facts_shape_member(shape, i);
    bool scalar = facts_shape_kind(member.shape) == FACTS_STRING;
    Argument argument = {.state = member.required ? ARGUMENT_UNKNOWN : ARGUMENT_ABSENT};
    if (known) argument = policy_argument(passing->writing->request, value, member.name);
    if (argument.state == ARGUMENT_ABSENT) continue;
    if (scalar && names_role(member.name, member.shape))
      pass_role(passing, member.name, argument);
    else if (scalar && names_key(member.name))
      use_key(passing, argument);
    else if (!scalar && known)
      look_through(passing, member.shape, json_get(value, member.name), level + 1);
  }
}

// --- Calls

static void note_unknown(Writing *writing, const FactsTask *task) {
  Str name = task->service.len ? str_fmt(writing->arena, "%.*s:%.*s", STR_ARG(task->service), STR_ARG(task->action))
                               : task->resource;
  ADD_ONCE(writing->arena, &writing->unknown, name);
}

static void allow_lambda(Writing *writing, const FactsCall *call) {
  allow(writing, S("lambda:InvokeFunction"), one_resource(writing->arena, call->task.resource), NULL, 0, call->step,
        S("calls the function"));
}

static void allow_call(Writing *writing, const FactsCall *call) {
  const FactsTask *task = &call->task;
  if (task->kind == FACTS_TASK_ACTIVITY) return; // its worker calls, not the state machine
  if (task->kind == FACTS_TASK_LAMBDA) {
    allow_lambda(writing, call);
    return;
  }
  if (is_of_map(task)) {
    allow_rows(writing, call, integration_name(writing->arena, task), NULL);
    return;
  }
  FactsIamActions actions = actions_of(task);
  bool own_api = task->kind == FACTS_TASK_OPTIMIZED && !task->integration.api_service.len;
  if (!actions.known && !own_api) note_unknown(writing, task);
  Resources own = {.arena = writing->arena};
  for (size_t i = 0; i < actions.count; i++) {
    FactsIamAction action = facts_iam_of_operation_at(actions, i);
    Resources resources = own_resources(writing, call, action);
    if (i == 0) own = resources;
    FactsCondition condition;
    size_t conditions = own_conditions(writing, call, action.name, &condition);
    allow(writing, action.name, resources, &condition, conditions, call->step, S("the call itself"));
  }
  Str name = integration_name(writing->arena, task);
  if (name.len) allow_rows(writing, call, name, own.list.len ? &own : NULL);
  if (!actions.count) return;
  Str rest, prefix = str_cut(facts_iam_of_operation_at(actions, 0).name, ':', &rest);
  Passing passing = {writing, call, prefix};
  look_through(&passing, facts_task_input(task), call->arguments, 0);
  for (size_t i = 0; i < call->role_count; i++) pass_role(&passing, S(""), (Argument){ARGUMENT_WHOLE, call->roles[i]});
}

// --- Statements

static Str sid_of(Arena *arena, const Draft *draft, Map *taken) {
  Buf sid = {.arena = arena};
  Str parts[2] = {draft->steps.len ? draft->steps.at[0] : S("StateMachine"), (Str){0}};
  str_cut(draft->actions.at[0], ':', &parts[1]);
  for (size_t part = 0; part < 2; part++)
    for (size_t i = 0; i < parts[part].len; i++) {
      char c = parts[part].at[i];
      if (ascii_is_alnum(c)) buf_char(&sid, c);
    }
  Str name = str_dup(arena, buf_text(&sid));
  for (int i = 2; map_get(taken, name); i++) name = str_fmt(arena, "%.*s%d", STR_ARG(buf_text(&sid)), i);
  map_set(taken, name, taken);
  return name;
}

static FactsStatement statement_of(Writing *writing, Draft *draft, Map *taken) {
  FactsStatement statement = {
      .sid = sid_of(writing->arena, draft, taken),
      .actions = draft->actions.at,
      .action_count = draft->actions.len,
      .resources = draft->resources.list.at,
      .resource_count = draft->resources.list.len,
      .conditions = draft->conditions.at,
      .condition_count = draft->conditions.len,
      .steps = draft->steps.at,
      .step_count = draft->steps.len,
      .why = draft->why,
  };
  qsort(statement.actions, statement.action_count, sizeof *statement.actions, by_text);
  return statement;
}

FactsPolicy facts_policy(Arena *arena, const FactsPolicyRequest *request) {
  Writing writing = {.arena = arena, .request = request};
  bool distributed = request->distributed;
  for (size_t i = 0; i < request->call_count; i++) {
    allow_call(&writing, &request->calls[i]);
    distributed = distributed || is_of_map(&request->calls[i].task);
  }
  FactsCall machine = {0};
  if (distributed) allow_rows(&writing, &machine, S("@distributed"), NULL);
  if (request->logs) allow_rows(&writing, &machine, S("@logs"), NULL);
  if (request->xray) allow_rows(&writing, &machine, S("@xray"), NULL);
  Map taken = {.arena = arena};
  FactsPolicy policy = {.count = writing.drafts.len, .unknown = writing.unknown.at};
  policy.unknown_count = writing.unknown.len;
  policy.statements = NEW_N(arena, FactsStatement, policy.count);
  for (size_t i = 0; i < policy.count; i++) policy.statements[i] = statement_of(&writing, writing.drafts.at[i], &taken);
  return policy;
}
