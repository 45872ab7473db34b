// What a state machine's role may do against what the machine calls.
#include "facts/facts.h"
#include "validate/cross.h"
#include "validate/learnt.h"
#include "validate/template.h"

typedef struct Granted {
  Str action; // may hold wildcards
  Span span;
  bool used;
} Granted;

// The role of a machine and what is known of its policies.
typedef struct Role {
  World *world;
  const Declared *role;
  VEC(Granted) granted;
  bool open; // something of it is not known
} Role;

// IAM's wildcards, ignoring case.
static bool matches(Str pattern, Str action) {
  size_t p = 0, a = 0, star = SIZE_MAX, mark = 0;
  while (a < action.len) {
    char x = p < pattern.len ? pattern.at[p] : 0, y = action.at[a];
    bool same = x == '?' || x == y || ((x | 32) == (y | 32) && (x | 32) >= 'a' && (x | 32) <= 'z');
    if (x == '*' && p < pattern.len) {
      star = p++, mark = a;
    } else if (p < pattern.len && same) {
      p++, a++;
    } else if (star != SIZE_MAX) {
      p = star + 1, a = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.len && pattern.at[p] == '*') p++;
  return p == pattern.len;
}

// --- Policies in Terraform

static const HclExpr *member_of(const HclExpr *object, Str name) {
  for (uint32_t i = 0; object && object->kind == HCL_OBJECT && i < object->count; i++) {
    const HclExpr *key = object->members[i].key;
    if ((key->kind == HCL_STRING || key->kind == HCL_NAME) && str_eq(key->text, name)) return object->members[i].value;
  }
  return NULL;
}

static void add_actions(Role *role, const HclExpr *value) {
  Str text;
  if (!value) {
    role->open = true;
  } else if (hcl_plain_string(value, &text)) {
    VEC_PUSH(role->world->arena, &role->granted, (Granted){text, value->span, false});
  } else if (value->kind == HCL_TUPLE) {
    for (uint32_t i = 0; i < value->count; i++) add_actions(role, value->items[i]);
  } else {
    role->open = true;
  }
}

static bool allows(const HclExpr *effect) {
  Str text;
  return !effect || !hcl_plain_string(effect, &text) || str_eq(text, S("Allow"));
}

// jsonencode({ Statement = [{ Effect, Action, … }] })
static void add_object(Role *role, const HclExpr *policy) {
  const HclExpr *statements = member_of(policy, S("Statement"));
  if (!statements) {
    role->open = true;
    return;
  }
  uint32_t count = statements->kind == HCL_TUPLE ? statements->count : 1;
  for (uint32_t i = 0; i < count; i++) {
    const HclExpr *one = statements->kind == HCL_TUPLE ? statements->items[i] : statements;
    if (one->kind != HCL_OBJECT)
      role->open = true;
    else if (allows(member_of(one, S("Effect"))))
      add_actions(role, member_of(one, S("Action")));
  }
}

// data "aws_iam_policy_document"
static void add_document(Role *role, const Declared *document) {
  const HclBody *body = document->block->body;
  for (size_t i = 0; i < body->items.len; i++) {
    const HclBlock *block = body->items.at[i].block;
    if (body->items.at[i].attribute) role->open |= str_has(body->items.at[i].attribute->name, S("policy_documents"));
    if (!block) continue;
    if (!str_eq(block->type, S("statement")))
      role->open = true; // dynamic blocks
    else if (allows(cross_value(block->body, S("effect"))))
      add_actions(role, cross_value(block->body, S("actions")));
  }
}

static void add_json_actions(Role *role, const Json *value, uint32_t file) {
  if (json_is(value, JSON_STRING)) {
    Granted granted = {json_str(value), {file, value->at, value->end}, false};
    VEC_PUSH(role->world->arena, &role->granted, granted);
    role->open |= template_is_open(json_str(value));
  } else if (json_is(value, JSON_ARRAY)) {
    for (uint32_t i = 0; i < value->count; i++) add_json_actions(role, value->items[i], file);
  } else {
    role->open = true;
  }
}

// A policy as JSON text, with placeholders where a plan fills in.
static void add_json(Role *role, Str text, uint32_t file) {
  World *world = role->world;
  JsonError error;
  Str filled;
  bool directives = false;
  const Json *policy = json_read(world->arena, text, 0, &error);
  if (!policy && template_fill(world->arena, text, &filled, &directives))
    policy = json_read(world->arena, filled, 0, &error);
  const Json *statements = json_get(policy, S("Statement"));
  if (!statements || directives) role->open = true;
  uint32_t count = json_is(statements, JSON_ARRAY) ? statements->count : statements ? 1 : 0;
  for (uint32_t i = 0; i < count; i++) {
    const Json *one = json_is(statements, JSON_ARRAY) ? statements->items[i] : statements;
    const Json *effect = json_get(one, S("Effect"));
    if (!json_is(effect, JSON_STRING) || str_eq(json_str(effect), S("Allow")))
      add_json_actions(role, json_get(one, S("Action")), file);
  }
}

static const HclExpr *as_it_is(const void *with, const HclExpr *expr) {
  (void)with;
  return expr;
}

static void add_policy(Role *role, const HclExpr *policy, Str folder) {
  World *world = role->world;
  Str attribute, path, text;
  uint32_t file;
  const Declared *document = cross_reference(world, policy, folder, &attribute);
  bool call = policy && policy->kind == HCL_CALL && policy->count >= 1;
  bool reads = call && (str_eq(policy->text, S("file")) || str_eq(policy->text, S("templatefile")));
  const Inside *inside =
      policy && policy->heredoc ? inside_read(world->set->learnt, world->sources, policy, NULL, as_it_is, NULL) : NULL;
  if (document && str_eq(document->type, S("aws_iam_policy_document")))
    add_document(role, document);
  else if (call && str_eq(policy->text, S("jsonencode")))
    add_object(role, policy->items[0]);
  else if (inside)
    add_json(role, source_file(world->sources, inside->file)->text, inside->file);
  else if (reads && cross_text(world, policy->items[0], folder, &path) && cross_read(world, path, &text, &file))
    add_json(role, text, file);
  else
    role->open = true;
}

static void add_attachment(Role *role, const Declared *attachment) {
  Str attribute;
  const Declared *policy = cross_reference(role->world, cross_value(attachment->block->body, S("policy_arn")),
                                           attachment->folder, &attribute);
  if (policy && str_eq(policy->type, S("aws_iam_policy")))
    add_policy(role, cross_value(policy->block->body, S("policy")), policy->folder);
  else
    role->open = true; // a policy that AWS manages, or one from elsewhere
}

static void read_role(Role *role) {
  World *world = role->world;
  Str attribute;
  const HclBody *body = role->role->block->body;
  if (hcl_attribute(body, S("managed_policy_arns"))) role->open = true;
  for (size_t i = 0; i < body->items.len; i++) {
    const HclBlock *block = body->items.at[i].block;
    if (block && str_eq(block->type, S("inline_policy")))
      add_policy(role, cross_value(block->body, S("policy")), role->role->folder);
  }
  for (size_t i = 0; i < world->declared.len; i++) {
    const Declared *d = &world->declared.at[i];
    bool policy = str_eq(d->type, S("aws_iam_role_policy")),
         attachment = str_eq(d->type, S("aws_iam_role_policy_attachment"));
    if (d->data || (!policy && !attachment)) {
      role->open |= str_eq(d->type, S("aws_iam_policy_attachment"));
      continue;
    }
    const Declared *of = cross_reference(world, cross_value(d->block->body, S("role")), d->folder, &attribute);
    if (of != role->role) continue;
    if (policy)
      add_policy(role, cross_value(d->block->body, S("policy")), d->folder);
    else
      add_attachment(role, d);
  }
}

// --- Calls of a machine

typedef struct Calls {
  World *world;
  VEC(FactsCall) list;
  VEC(const Json *) resources; // the string of each
  VEC(bool) lent;              // of each: it is made with another role, by Credentials
  bool open;                   // some are not known
} Calls;

static void add_calls(Calls *calls, const Json *value) {
  for (uint32_t i = 0; value->kind == JSON_ARRAY && i < value->count; i++) add_calls(calls, value->items[i]);
  if (value->kind != JSON_OBJECT) return;
  const Json *type = json_get(value, S("Type")), *resource = json_get(value, S("Resource"));
  if (json_is(type, JSON_STRING) && str_eq(json_str(type), S("Task")) && json_is(resource, JSON_STRING)) {
    FactsTask task = facts_task(json_str(resource));
    bool known = task.kind == FACTS_TASK_OPTIMIZED || task.kind == FACTS_TASK_SDK || task.kind == FACTS_TASK_LAMBDA;
    const Json *arguments = json_get(value, S("Arguments"));
    if (!arguments) arguments = json_get(value, S("Parameters"));
    if (known) {
      VEC_PUSH(calls->world->arena, &calls->list, (FactsCall){.task = task, .arguments = arguments, .step = S("")});
      VEC_PUSH(calls->world->arena, &calls->resources, resource);
      VEC_PUSH(calls->world->arena, &calls->lent, json_get(value, S("Credentials")) != NULL);
    } else if (task.kind != FACTS_TASK_ACTIVITY) {
      calls->open = true;
    }
  }
  const Json *mode = json_get(json_get(value, S("ProcessorConfig")), S("Mode"));
  if (json_is(mode, JSON_STRING)) calls->open |= str_eq(json_str(mode), S("DISTRIBUTED")); // reads and starts more
  for (uint32_t i = 0; i < value->count; i++) {
    if (value->members[i].value->kind >= JSON_ARRAY) add_calls(calls, value->members[i].value);
  }
}

static bool is_granted(Role *role, Str action) {
  bool found = false;
  for (size_t i = 0; i < role->granted.len; i++) {
    if (!matches(role->granted.at[i].action, action)) continue;
    role->granted.at[i].used = found = true;
  }
  return found;
}

static void check_action(Role *role, const Machine *machine, Str action, const Json *resource) {
  World *world = role->world;
  if (is_granted(role, action) || role->open) return;
  Diag *made = diag(world->diags, DIAG_ERROR, "V7009", (Span){machine->file, resource->at, resource->end},
                    "the machine's role `%.*s` may not do %.*s, which this call needs", STR_ARG(role->role->label),
                    STR_ARG(action));
  diag_note(world->diags, made, role->role->block->labels[1].span, "the role");
}

static void check_call(Role *role, const Machine *machine, const FactsCall *call, const Json *resource) {
  FactsPolicyRequest request = {
      .calls = call, .call_count = 1, .partition = S("aws"), .region = S("*"), .account = S("*")};
  FactsPolicy policy = facts_policy(role->world->arena, &request);
  for (size_t i = 0; i < policy.count; i++) {
    for (size_t k = 0; k < policy.statements[i].action_count; k++) {
      check_action(role, machine, policy.statements[i].actions[k], resource);
    }
  }
}

static const Machine *machine_of(World *world, const Declared *declared) {
  const HclExpr *definition = cross_value(declared->block->body, S("definition"));
  Str path;
  bool call = definition && definition->kind == HCL_CALL && definition->count >= 1 &&
              (str_eq(definition->text, S("templatefile")) || str_eq(definition->text, S("file")));
  const Inside *inside = definition ? inside_of(world->set->learnt, definition) : NULL;
  const SetFile *set =
      call && cross_text(world, definition->items[0], declared->folder, &path) ? cross_file(world, path) : NULL;
  uint32_t file = inside ? inside->file : set ? set->file : 0;
  for (size_t i = 0; file && i < world->machines.len; i++) {
    if (world->machines.at[i].file == file) return &world->machines.at[i];
  }
  return NULL;
}

// Whether another machine has the same role.
static bool is_shared(World *world, const Role *role) {
  size_t users = 0;
  for (size_t i = 0; i < world->declared.len; i++) {
    const Declared *d = &world->declared.at[i];
    Str attribute;
    if (d->data || !hcl_attribute(d->block->body, S("role_arn"))) continue;
    users += cross_reference(world, cross_value(d->block->body, S("role_arn")), d->folder, &attribute) == role->role;
  }
  return users > 1;
}

// What the machinery around the machine needs, called or not.
static bool is_machinery(Str action) {
  return str_starts(action, S("logs:")) || str_starts(action, S("xray:")) || str_starts(action, S("kms:")) ||
         str_starts(action, S("events:")) || str_starts(action, S("iam:"));
}

static void check_machine(World *world, const Declared *declared) {
  const Machine *machine = machine_of(world, declared);
  Str attribute;
  Role role = {
      .world = world,
      .role = cross_reference(world, cross_value(declared->block->body, S("role_arn")), declared->folder, &attribute)};
  if (!machine || !role.role || !str_eq(role.role->type, S("aws_iam_role"))) return;
  read_role(&role);
  if (!role.granted.len) return; // nothing of its policies is in sight
  Calls calls = {.world = world};
  add_calls(&calls, machine->json);
  for (size_t i = 0; i < calls.list.len; i++) {
    if (calls.lent.at[i])
      check_action(&role, machine, S("sts:AssumeRole"), calls.resources.at[i]);
    else
      check_call(&role, machine, &calls.list.at[i], calls.resources.at[i]);
  }
  bool complete = !calls.open && !role.open && !is_shared(world, &role);
  for (size_t i = 0; i < role.granted.len && complete; i++) {
    const Granted *granted = &role.granted.at[i];
    bool shared = memchr(granted->action.at, '*', granted->action.len) != NULL || is_machinery(granted->action);
    if (granted->used || shared || !granted->action.len) continue;
    diag(world->diags, DIAG_NOTE, "V7010", granted->span, "the machine `%.*s` makes no call that needs %.*s",
         STR_ARG(declared->label), STR_ARG(granted->action));
  }
}

void cross_check_policies(World *world) {
  for (size_t i = 0; i < world->declared.len; i++) {
    if (!world->declared.at[i].data && str_eq(world->declared.at[i].type, S("aws_sfn_state_machine")))
      check_machine(world, &world->declared.at[i]);
  }
}
