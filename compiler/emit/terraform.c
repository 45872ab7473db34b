// The Terraform around the resources: versions, providers, backend, variables, outputs, environments.
#include "emit/modules.h"
#include "base/sys.h"
#include "facts/terraform_schema.h"

HclBody *terraform_body(Emitter *e, Str concern) {
  HclBody *body = map_get(&e->bodies, concern);
  if (!body) map_set(&e->bodies, concern, body = hcl_body(e->arena));
  return body;
}

// ---------------------------------------------------------------- versions and backend

static Str provider_of(Str type) {
  Str rest;
  return str_cut(type, '_', &rest);
}

static bool uses_provider(const Emitter *e, Str name) {
  if (str_eq(name, S("aws"))) return true;
  for (size_t i = 0; i < e->model->resources.len; i++) {
    if (str_eq(provider_of(e->model->resources.at[i].type), name)) return true;
  }
  return false;
}

// "6.25.0" -> "~> 6.25": what the tables know, and later ones that only add to it.
static Str pin(Arena *arena, Str version) {
  size_t dots = 0, end = 0;
  while (end < version.len && !(version.at[end] == '.' && ++dots == 2)) end++;
  return str_fmt(arena, "~> %.*s", STR_ARG(str_slice(version, 0, end)));
}

static void required_providers(Emitter *e, HclBody *terraform) {
  HclBody *body = hcl_add(terraform, S("required_providers"), HCL_NO_LABELS)->body;
  for (size_t i = 0; i < facts_tf_providers(); i++) {
    FactsTfProvider provider = facts_tf_provider(i);
    if (!uses_provider(e, provider.name)) continue;
    HclExpr *row = hcl_object(e->arena);
    hcl_put(e->arena, row, S("source"),
            hcl_string(e->arena, str_fmt(e->arena, "hashicorp/%.*s", STR_ARG(provider.name))));
    hcl_put(e->arena, row, S("version"), hcl_string(e->arena, pin(e->arena, provider.version)));
    hcl_set(body, provider.name, row);
  }
}

static void set_all(Emitter *e, HclBody *body, const Value *object) {
  for (size_t i = 0; i < object->count; i++)
    hcl_set(body, object->members[i].name, hcl_value(e, object->members[i].value));
}

// Terraform reads these before it knows any variable.
static bool is_constant(Emitter *e, const Value *value) {
  if (!has_deploy_parts(value)) return true;
  Diag *fault =
      diag(e->diags, DIAG_ERROR, "E0768", value->span, "where the state is must be known when the spec is built");
  diag_help(e->diags, fault, "each environment has a workspace of its own there: leave it out of names and keys");
  return false;
}

// cloud: { organization, workspace?, hostname?, project? }; without a workspace, each environment has one, found by a
// tag.
static void cloud(Emitter *e, HclBody *terraform, const Value *settings) {
  HclBody *body = hcl_add(terraform, S("cloud"), HCL_NO_LABELS)->body;
  const Value *workspace = value_member(settings, S("workspace"));
  if (!is_constant(e, settings)) return;
  hcl_set(body, S("hostname"), hcl_value(e, value_member(settings, S("hostname"))));
  hcl_set(body, S("organization"), hcl_value(e, value_member(settings, S("organization"))));
  HclBody *workspaces = hcl_add(body, S("workspaces"), HCL_NO_LABELS)->body;
  hcl_set(workspaces, S("project"), hcl_value(e, value_member(settings, S("project"))));
  if (workspace)
    hcl_set(workspaces, S("name"), hcl_value(e, workspace));
  else
    hcl_set(workspaces, S("tags"), hcl_list(e->arena, HCL_ITEMS(hcl_string(e->arena, e->model->name))));
}

static void backend(Emitter *e, HclBody *terraform) {
  const Value *settings = setting(e, "terraform");
  const Value *in_cloud = value_member(settings, S("cloud")), *backends = value_member(settings, S("backend"));
  if (in_cloud && in_cloud->kind == VALUE_OBJECT) cloud(e, terraform, in_cloud);
  for (size_t i = 0; backends && backends->kind == VALUE_OBJECT && i < backends->count; i++) {
    const ValueMember *member = &backends->members[i];
    HclBlock *written = hcl_add(terraform, S("backend"), HCL_LABELS(member->name));
    if (member->value->kind == VALUE_OBJECT && is_constant(e, member->value)) set_all(e, written->body, member->value);
  }
}

bool terraform_has_workspaces(const Emitter *e) {
  const Value *settings = setting(e, "terraform"), *backends = value_member(settings, S("backend"));
  const Value *in_cloud = value_member(settings, S("cloud"));
  return !value_member(in_cloud, S("workspace")) && !value_member(backends, S("http"));
}

static void check_cloud(Emitter *e, const Value *settings) {
  static const char *const known[] = {"organization", "workspace", "hostname", "project", NULL};
  for (size_t i = 0; settings && settings->kind == VALUE_OBJECT && i < settings->count; i++) {
    size_t k = 0;
    while (known[k] && !str_eq(settings->members[i].name, str_of(known[k]))) k++;
    if (known[k]) continue;
    Diag *fault = diag(e->diags, DIAG_ERROR, "E0764", settings->members[i].span, "`cloud` has no setting `%.*s`",
                       STR_ARG(settings->members[i].name));
    diag_help(e->diags, fault, "it has organization, workspace, hostname and project");
  }
}

// What the pipeline says of its Terraform is honoured or refused, never passed over.
static void check_settings(Emitter *e) {
  static const char *const known[] = {"version", "cloud", "backend", NULL};
  const Value *settings = setting(e, "terraform");
  for (size_t i = 0; settings && settings->kind == VALUE_OBJECT && i < settings->count; i++) {
    const ValueMember *member = &settings->members[i];
    Nearest nearest = nearest_to(member->name);
    size_t k = 0;
    for (; known[k] && !str_eq(member->name, str_of(known[k])); k++) nearest_offer(&nearest, str_of(known[k]));
    if (known[k]) continue;
    Str best = nearest_best(&nearest);
    Diag *fault =
        diag(e->diags, DIAG_ERROR, "E0764", member->span, "`terraform` has no setting `%.*s`", STR_ARG(member->name));
    diag_help(e->diags, fault, best.len ? "did you mean `%.*s`?" : "it has version, cloud and backend%.*s",
              STR_ARG(best));
  }
  check_cloud(e, value_member(settings, S("cloud")));
  const Value *in_cloud = value_member(settings, S("cloud")), *in_backend = value_member(settings, S("backend"));
  bool several = in_backend && in_backend->kind == VALUE_OBJECT && in_backend->count > 1;
  if (!several && !(in_cloud && in_backend)) return;
  Diag *fault = diag(e->diags, DIAG_ERROR, "E0767", (several ? in_backend : in_cloud)->span,
                     "the state of the Terraform can be in one place only");
  diag_help(e->diags, fault, "keep one of `cloud: { … }` and `backend: { KIND: { … } }`");
}

// https://developer.hashicorp.com/terraform/language/v1.10.x/upgrade-guides: S3 locks by a file since then.
Str terraform_version(const Emitter *e) {
  const Value *settings = setting(e, "terraform"), *wanted = value_member(settings, S("version"));
  const Value *s3 = value_member(value_member(settings, S("backend")), S("s3"));
  const Value *locks = value_member(s3, S("use_lockfile"));
  if (wanted && wanted->kind == VALUE_STRING) return wanted->text;
  return locks && locks->kind == VALUE_BOOL && locks->truth ? S(">= 1.10") : S(">= 1.5");
}

static void versions(Emitter *e) {
  HclBody *terraform = hcl_add(terraform_body(e, S("versions")), S("terraform"), HCL_NO_LABELS)->body;
  hcl_set(terraform, S("required_version"), hcl_string(e->arena, terraform_version(e)));
  required_providers(e, terraform);
  backend(e, terraform);
}

// ---------------------------------------------------------------- providers

// Endpoints whose name is not the second word of the types they serve.
static const struct {
  const char *prefix, *endpoint; // endpoint NULL: none is needed
} endpoint_rows[] = {
    {"aws_caller_identity", "sts"},
    {"aws_cloudwatch_event", "events"},
    {"aws_cloudwatch_log", "logs"},
    {"aws_sfn", "sfn"},
    {"aws_lb", "elbv2"},
    {"aws_alb", "elbv2"},
    {"aws_db", "rds"},
    {"aws_instance", "ec2"},
    {"aws_vpc", "ec2"},
    {"aws_subnet", "ec2"},
    {"aws_security_group", "ec2"},
    {"aws_route53", "route53"},
    {"aws_route", "ec2"},
    {"aws_internet_gateway", "ec2"},
    {"aws_nat_gateway", "ec2"},
    {"aws_eip", "ec2"},
    {"aws_network", "ec2"},
    {"aws_default", "ec2"},
    {"aws_availability_zones", "ec2"},
    {"aws_region", NULL},
    {"aws_partition", NULL},
    {"aws_iam_policy_document", NULL},
    {"aws_api_gateway", "apigateway"},
    {"aws_apigatewayv2", "apigatewayv2"},
    {"aws_appautoscaling", "appautoscaling"},
    {"aws_secretsmanager", "secretsmanager"},
    {NULL, NULL},
};

static Str endpoint_of(Str type, FactsTfBlock endpoints) {
  FactsTfAttribute attribute;
  for (size_t i = 0; endpoint_rows[i].prefix; i++) {
    if (str_starts(type, str_of(endpoint_rows[i].prefix))) return str_of(endpoint_rows[i].endpoint);
  }
  Str rest, word;
  str_cut(type, '_', &rest);
  word = str_cut(rest, '_', &rest);
  return facts_tf_find_attribute(endpoints, word, &attribute) ? word : (Str){0};
}

// The endpoints that the resources' services have.
static void used_endpoints(const Emitter *e, FactsTfBlock endpoints, Map *used) {
  map_set(used, S("sts"), used); // the provider asks it who it is
  Map types = {.arena = e->arena};
  for (size_t i = 0; i < e->model->resources.len; i++) {
    Str type = e->model->resources.at[i].type;
    if (!str_starts(type, S("aws_")) || map_set(&types, type, used)) continue;
    Str name = endpoint_of(type, endpoints);
    if (name.len) map_set(used, name, used);
  }
}

// One edge serves every service; the credentials are what LocalStack takes for account 000000000000.
static void localstack(Emitter *e, HclBody *provider) {
  static const char *const switches[] = {"skip_credentials_validation", "skip_metadata_api_check",
                                         "skip_requesting_account_id", "s3_use_path_style", NULL};
  hcl_set(provider, S("access_key"), hcl_string(e->arena, S("test")));
  hcl_set(provider, S("secret_key"), hcl_string(e->arena, S("test")));
  for (size_t i = 0; switches[i]; i++) hcl_set(provider, str_of(switches[i]), hcl_bool(e->arena, true));
  FactsTfBlock block;
  FactsTfNested endpoints;
  if (!facts_tf_find(FACTS_TF_PROVIDER, S("aws"), &block)) return;
  if (!facts_tf_find_block(block, S("endpoints"), &endpoints)) return;
  Map used = {.arena = e->arena};
  used_endpoints(e, endpoints.block, &used);
  HclBody *body = hcl_add(provider, S("endpoints"), HCL_NO_LABELS)->body;
  for (size_t i = 0; i < facts_tf_attributes(endpoints.block); i++) {
    Str name = facts_tf_attribute(endpoints.block, i).name;
    if (map_get(&used, name)) { hcl_set(body, name, hcl_reference(e->arena, S("var.localstack_endpoint"))); }
  }
}

static void default_tags(Emitter *e, HclBody *provider) {
  hcl_set(hcl_add(provider, S("default_tags"), HCL_NO_LABELS)->body, S("tags"), hcl_value(e, e->model->tags));
}

static HclBody *provider(Emitter *e, Str alias, const Value *region) {
  HclBody *body = hcl_add(terraform_body(e, S("providers")), S("provider"), HCL_LABELS(S("aws")))->body;
  if (alias.len) hcl_set(body, S("alias"), hcl_string(e->arena, alias));
  if (!region) region = setting(e, "region");
  hcl_set(body, S("region"), region ? hcl_value(e, region) : NULL);
  const Value *account = alias.len ? NULL : setting(e, "account");
  if (account) {
    HclExpr *allowed = hcl_list(e->arena, 0, NULL);
    hcl_list_add(e->arena, allowed, hcl_value_or_null(e, account));
    hcl_set(body, S("allowed_account_ids"), allowed);
  }
  if (targets_localstack(e)) localstack(e, body);
  default_tags(e, body);
  return body;
}

// The role that Terraform takes on in an account: its name, or the whole ARN.
static HclExpr *deploying_role(Emitter *e, const Value *id, const Value *role) {
  if (role && role->kind == VALUE_STRING && str_starts(role->text, S("arn:"))) return hcl_value(e, role);
  HclExpr *name = role ? hcl_value_or_null(e, role) : hcl_string(e->arena, PLACE_ROLE);
  return hcl_template(e->arena, HCL_ITEMS(hcl_string(e->arena, S("arn:aws:iam::")), hcl_value_or_null(e, id),
                                          hcl_string(e->arena, S(":role/")), name));
}

// accounts: { stage: ID, prod: { id: ID, role: "NAME", region: "…" } }: a provider each that takes on a role there;
// regions: { us: "us-east-1" }: a provider each.
static void place_providers(Emitter *e) {
  const Value *accounts = setting(e, "accounts"), *regions = setting(e, "regions");
  for (size_t i = 0; accounts && accounts->kind == VALUE_OBJECT && i < accounts->count; i++) {
    const Value *account = accounts->members[i].value;
    bool spelt = account->kind == VALUE_OBJECT;
    const Value *id = spelt ? value_member(account, S("id")) : account, *role = value_member(account, S("role"));
    HclBody *body = provider(e, accounts->members[i].name, value_member(account, S("region")));
    if (id) hcl_set(hcl_add(body, S("assume_role"), HCL_NO_LABELS)->body, S("role_arn"), deploying_role(e, id, role));
  }
  for (size_t i = 0; regions && regions->kind == VALUE_OBJECT && i < regions->count; i++)
    provider(e, regions->members[i].name, regions->members[i].value);
}

// ---------------------------------------------------------------- variables and outputs

static HclExpr *type_expr(Arena *arena, const Type *type);

static HclExpr *object_type(Arena *arena, const Type *type) {
  HclExpr *fields = hcl_object(arena);
  for (size_t i = 0; i < type->count; i++) {
    HclExpr *of = type_expr(arena, type->fields[i].type);
    hcl_put(arena, fields, type->fields[i].name,
            type->fields[i].optional ? hcl_call(arena, S("optional"), 1, &of) : of);
  }
  return hcl_call(arena, S("object"), 1, &fields);
}

static HclExpr *type_of_literal(Arena *arena, const Value *value) {
  return hcl_reference(arena, value->kind == VALUE_NUMBER ? S("number")
                              : value->kind == VALUE_BOOL ? S("bool")
                                                          : S("string"));
}

static HclExpr *type_expr(Arena *arena, const Type *type) {
  HclExpr *item;
  switch (type ? type->tag : T_ANY) {
  case T_STRING:
  case T_DATE:
  case T_WORD: return hcl_reference(arena, S("string"));
  case T_NUMBER: return hcl_reference(arena, S("number"));
  case T_BOOL: return hcl_reference(arena, S("bool"));
  case T_LITERAL: return type_of_literal(arena, type->value);
  case T_UNION: return type->count ? type_expr(arena, type->items[0]) : hcl_reference(arena, S("any"));
  case T_LIST: return item = type_expr(arena, type->item), hcl_call(arena, S("list"), 1, &item);
  case T_MAP: return item = type_expr(arena, type->item), hcl_call(arena, S("map"), 1, &item);
  case T_OBJECT: return object_type(arena, type);
  default: return hcl_reference(arena, S("any"));
  }
}

// account: twelve digits; said before anything is planned.
static void pattern_validation(Emitter *e, HclBody *body, const Variable *variable) {
  HclBody *rule = hcl_add(body, S("validation"), HCL_NO_LABELS)->body;
  HclExpr *name = hcl_reference(e->arena, str_fmt(e->arena, "var.%.*s", STR_ARG(variable->name)));
  HclExpr *match = hcl_call(e->arena, S("regex"), HCL_ITEMS(hcl_string(e->arena, variable->type->pattern), name));
  hcl_set(rule, S("condition"), hcl_call(e->arena, S("can"), 1, &match));
  Str message = str_fmt(e->arena, "%.*s is no %.*s: it is to match %.*s.", STR_ARG(variable->name),
                        STR_ARG(type_text(e->arena, variable->type)), STR_ARG(variable->type->pattern));
  hcl_set(rule, S("error_message"), hcl_string(e->arena, message));
}

// "a" | "b": Terraform says no to other values before anything is planned.
static void validation(Emitter *e, HclBody *body, const Variable *variable) {
  const Type *type = variable->type;
  if (type && type->pattern.len) pattern_validation(e, body, variable);
  if (!type || type->tag != T_UNION) return;
  HclExpr *words = hcl_list(e->arena, 0, NULL);
  Buf message = {.arena = e->arena};
  buf_fmt(&message, "%.*s is one of:", STR_ARG(variable->name));
  for (size_t i = 0; i < type->count; i++) {
    if (type->items[i]->tag != T_LITERAL) return;
    hcl_list_add(e->arena, words, hcl_value_or_null(e, type->items[i]->value));
    buf_fmt(&message, "%s %.*s", i ? "," : "", STR_ARG(value_plain(e->arena, type->items[i]->value)));
  }
  buf_char(&message, '.');
  HclBody *rule = hcl_add(body, S("validation"), HCL_NO_LABELS)->body;
  HclExpr *name = hcl_reference(e->arena, str_fmt(e->arena, "var.%.*s", STR_ARG(variable->name)));
  hcl_set(rule, S("condition"), hcl_call(e->arena, S("contains"), HCL_ITEMS(words, name)));
  hcl_set(rule, S("error_message"), hcl_string(e->arena, buf_text(&message)));
}

static HclBody *variable_block(Emitter *e, Str name, Str doc, HclExpr *type, HclExpr *value) {
  HclBody *body = hcl_add(terraform_body(e, S("variables")), S("variable"), HCL_LABELS(name))->body;
  if (doc.len) hcl_set(body, S("description"), hcl_string(e->arena, doc));
  hcl_set(body, S("type"), type);
  hcl_set(body, S("default"), value);
  return body;
}

bool has_variable(const Emitter *e, Str name) {
  for (size_t i = 0; i < e->model->variables.len; i++) {
    if (str_eq(e->model->variables.at[i].name, name)) return true;
  }
  return false;
}

static void variables(Emitter *e) {
  Str *names;
  size_t count = environments(e, &names);
  HclExpr *string = hcl_reference(e->arena, S("string"));
  if (count && !has_variable(e, S("environment"))) {
    Type type = {.tag = T_UNION, .count = count};
    const Type **items = NEW_N(e->arena, const Type *, count);
    for (size_t i = 0; i < count; i++) {
      Type *word = NEW(e->arena, Type);
      *word = (Type){.tag = T_LITERAL, .value = value_string(e->arena, names[i], NO_SPAN)};
      items[i] = word;
    }
    type.items = items;
    HclBody *body = variable_block(e, S("environment"), S("Which environment this is"), string, NULL);
    validation(e, body, &(Variable){.name = S("environment"), .type = &type});
  }
  if (targets_localstack(e) && !has_variable(e, S("localstack_endpoint"))) {
    variable_block(e, S("localstack_endpoint"), S("Where LocalStack listens"), string,
                   hcl_string(e->arena, S("http://localhost:4566")));
  }
  for (size_t i = 0; i < e->model->variables.len; i++) {
    const Variable *variable = &e->model->variables.at[i];
    HclBody *body = variable_block(e, variable->name, variable->doc, type_expr(e->arena, variable->type),
                                   hcl_value(e, variable->value));
    if (variable->sensitive) hcl_set(body, S("sensitive"), hcl_bool(e->arena, true));
    validation(e, body, variable);
  }
}

static void output(Emitter *e, const Output *output) {
  HclBody *body = hcl_add(terraform_body(e, S("outputs")), S("output"), HCL_LABELS(output->name))->body;
  if (output->doc.len) hcl_set(body, S("description"), hcl_string(e->arena, output->doc));
  hcl_set(body, S("value"), hcl_value_or_null(e, output->value));
}

static bool is_declared(const Emitter *e, Str name) {
  for (size_t i = 0; i < e->model->outputs.len; i++) {
    if (str_eq(e->model->outputs.at[i].name, name)) return true;
  }
  return false;
}

static void outputs(Emitter *e) {
  for (size_t i = 0; i < e->model->outputs.len; i++) output(e, &e->model->outputs.at[i]);
  for (size_t i = 0; i < e->outputs.len; i++) {
    if (!is_declared(e, e->outputs.at[i].name)) output(e, &e->outputs.at[i]);
  }
}

// ---------------------------------------------------------------- files

static void print(Emitter *e, Str name, Str text) {
  Str path = str_fmt(e->arena, "terraform/%.*s", STR_ARG(name));
  text = str_fmt(e->arena, "# %.*s\n\n%.*s", STR_ARG(generated_note(e)), STR_ARG(text));
  emit_file(e, (EmittedFile){.path = path, .text = text});
}

static void environment_files(Emitter *e) {
  Str *names;
  for (size_t i = 0, count = environments(e, &names); i < count; i++) {
    HclBody *body = hcl_body(e->arena);
    hcl_set(body, S("environment"), hcl_string(e->arena, names[i]));
    const Value *values = value_member(e->model->environments, names[i]);
    if (values) set_all(e, body, values);
    print(e, str_fmt(e->arena, "%.*s.tfvars", STR_ARG(names[i])), hcl_print(e->arena, body));
  }
}

// What people wrote in Terraform's own language stands in a file of its own, formatted.
static void raw_files(Emitter *e) {
  Buf out = {.arena = e->arena};
  for (size_t i = 0; i < e->model->raw.len; i++) {
    const Value *raw = e->model->raw.at[i];
    Str text, formatted;
    if (!value_is_string(raw, &text)) {
      diag(e->diags, DIAG_ERROR, "E0762", raw->span, "raw Terraform is to be constant text");
      continue;
    }
    e->expressions.arena = e->arena;
    uint32_t file = source_add(&e->expressions, S("raw Terraform"), text);
    Diags faults = {.arena = e->arena};
    const HclBody *body = hcl_read(e->arena, &faults, &e->expressions, file);
    if (diags_failed(&faults)) {
      const Diag *fault = faults.list.at[0];
      diag(e->diags, DIAG_ERROR, "E0763", raw->span, "in line %u of this Terraform: %.*s",
           source_line_column(&e->expressions, file, fault->span.start).line, STR_ARG(fault->message));
      continue;
    }
    for (size_t k = 0; e->model->modules && k < body->items.len; k++)
      VEC_PUSH(e->arena, &terraform_body(e, S("raw"))->items, body->items.at[k]);
    if (e->model->modules) continue; // its resources stand in modules, too
    formatted = hcl_format_read(e->arena, text, body);
    buf_fmt(&out, "%s%.*s\n", out.len ? "\n" : "", STR_ARG(str_trim(formatted)));
  }
  if (out.len) print(e, S("raw.tf"), buf_text(&out));
}

void emit_terraform_bodies(Emitter *e) {
  for (size_t i = 0; i < e->bodies.len; i++) {
    const MapEntry *entry = &e->bodies.entries[i];
    if (!((const HclBody *)entry->value)->items.len) continue;
    print(e, str_fmt(e->arena, "%.*s.tf", STR_ARG(entry->key)), hcl_print(e->arena, entry->value));
  }
}

void emit_terraform(Emitter *e) {
  check_settings(e);
  versions(e);
  provider(e, (Str){0}, NULL);
  place_providers(e);
  variables(e);
  emit_resources(e);
  outputs(e);
  raw_files(e);
  if (e->model->modules) emit_modules(e);
  emit_terraform_bodies(e);
  environment_files(e);
  Str ignored =
      S("# What Terraform makes, and no one commits.\n.terraform/\n*.tfstate\n*.tfstate.*\n*.tfplan\nbuild/\n");
  emit_file(e, (EmittedFile){.path = S("terraform/.gitignore"), .text = ignored});
}
