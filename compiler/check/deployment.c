// What Terraform may do with the resources of a spec: the actions of its table, on the resources by their names.
#include "check/internal.h"
#include "facts/iam.h"
#include "facts/policy_parts.h"

typedef struct Statement {
  const Value *resources;
  VEC(const Value *) actions;
} Statement;

typedef struct Deployment {
  Checker *c;
  Span span;
  const Value *partition, *region, *account;
  Map statements; // flat text of the resources -> Statement
  VEC(Statement *) list;
  Map seen; // "ACTION RESOURCES"
} Deployment;

// A value of deploy time as one text: references stand between marks.
static void flatten(Buf *out, const Value *value) {
  if (value->kind == VALUE_STRING) {
    buf_str(out, value->text);
  } else if (value->kind == VALUE_TEMPLATE || value->kind == VALUE_LIST) {
    for (size_t i = 0; i < value->count; i++) {
      flatten(out, value->items[i]);
      if (value->kind == VALUE_LIST) buf_char(out, ' ');
    }
  } else {
    buf_fmt(out, "\x01%.*s\x02", STR_ARG(value->text));
  }
}

static Str flat(Checker *c, const Value *value) {
  Buf out = {.arena = c->arena};
  flatten(&out, value);
  return buf_text(&out);
}

// ---------------------------------------------------------------- names of resources

static const Value *field_of(const Resource *resource, const char *name) {
  return resource->body ? value_member(resource->body, str_of(name)) : NULL;
}

// What names a resource: its own name, or what it belongs to. NULL: nothing of deploy time does.
static const Value *name_of(Checker *c, const Resource *resource, int depth) {
  static const char *const fields[] = {"function_name",
                                       "bucket",
                                       "role",
                                       "table_name",
                                       "topic_arn",
                                       "rule",
                                       "queue_url",
                                       "repository",
                                       "alarm_name",
                                       "secret_id",
                                       "identifier",
                                       "model_package_group_name",
                                       "name_prefix",
                                       "dashboard_name",
                                       "arn",
                                       "cluster_identifier",
                                       "repository_name",
                                       "configuration_name",
                                       "name"};
  const Value *name = NULL;
  for (size_t i = 0; !name && i < sizeof fields / sizeof fields[0]; i++) name = field_of(resource, fields[i]);
  if (!name || name->kind != VALUE_TERRAFORM || depth > 3) return name;
  Str rest, type = str_cut(name->text, '.', &rest), own = str_cut(rest, '.', &rest);
  own = str_slice(own, 0, str_find(own, S("["), 0)); // under a condition it has an index
  const Resource *other = map_get(&c->addresses, str_fmt(c->arena, "%.*s.%.*s", STR_ARG(type), STR_ARG(own)));
  return other && other != resource ? name_of(c, other, depth + 1) : name;
}

// A name that holds the pipeline's stands for all that begin so: one pattern instead of a list of names.
static const Value *pattern_of(Deployment *d, const Resource *resource) {
  Checker *c = d->c;
  const Value *name = name_of(c, resource, 0);
  const Value *any = value_string(c->arena, S("*"), d->span);
  if (!name && !resource->body) { // one that is being made: its name begins as all do
    const Value *parts[] = {c->base_name, any};
    return value_template(c->arena, parts, 2, d->span);
  }
  if (!name || (name->kind != VALUE_STRING && name->kind != VALUE_TEMPLATE && name->kind != VALUE_TERRAFORM))
    return any;
  if (name->kind == VALUE_TERRAFORM && !str_starts(name->text, S("var."))) return any; // what may not be there
  Str text = flat(c, name), base = flat(c, c->base_name);
  size_t at = str_find(text, base, 0);
  if (at >= text.len) return name;
  Str lead = str_slice(text, 0, at);
  if (str_has(lead, S("\x01"))) return any;
  const Value *parts[] = {value_string(c->arena, lead, d->span), c->base_name, any};
  return value_template(c->arena, parts, 3, d->span);
}

// ---------------------------------------------------------------- ARNs

// An ARN format with its places filled in: the first that is no id with `name`, the others with *.
static const Value *filled(Deployment *d, Str format, const Value *name) {
  Arena *arena = d->c->arena;
  VEC(const Value *) parts = {0};
  while (format.len) {
    size_t open = str_find(format, S("${"), 0);
    if (open) VEC_PUSH(arena, &parts, value_string(arena, str_slice(format, 0, open), d->span));
    if (open >= format.len) break;
    size_t close = str_find(format, S("}"), open);
    Str place = str_slice(format, open + 2, close);
    const Value *value = value_string(arena, S("*"), d->span);
    if (str_eq(place, S("Partition")))
      value = d->partition;
    else if (str_eq(place, S("Region")))
      value = d->region;
    else if (str_eq(place, S("Account")))
      value = d->account;
    else if (name && !str_ends(place, S("Id")))
      value = name, name = NULL;
    VEC_PUSH(arena, &parts, value);
    format = str_slice(format, close + 1, format.len);
  }
  return value_template(arena, parts.at, parts.len, d->span);
}

// What all resource types of an action have in common, and behind it the name, where each has one there, else *.
static const Value *common(Deployment *d, FactsIamAction action, const Value *name) {
  Str prefix = facts_iam_resource(action, 0).arn;
  for (size_t i = 1; i < facts_iam_resources(action); i++) {
    Str other = facts_iam_resource(action, i).arn;
    size_t same = 0;
    while (same < prefix.len && same < other.len && prefix.at[same] == other.at[same]) same++;
    prefix = str_slice(prefix, 0, same);
  }
  size_t end = prefix.len;
  while (end > 0 && prefix.at[end - 1] != ':' && prefix.at[end - 1] != '/') end--;
  bool named = name != NULL;
  for (size_t i = 0; i < facts_iam_resources(action) && named; i++) {
    Str arn = facts_iam_resource(action, i).arn, rest = str_slice(arn, end, arn.len);
    named = str_starts(rest, S("${")) && !str_has(str_slice(rest, 0, str_find(rest, S("}"), 0) + 1), S("Id}"));
  }
  const char *place = named ? "${Name}" : "*";
  return filled(d, str_fmt(d->c->arena, "%.*s%s", STR_ARG(str_slice(prefix, 0, end)), place), name);
}

// Whether a resource type of the reference ("log-group", "rule-on-default-event-bus") is a type of Terraform's
// ("aws_cloudwatch_log_group", "aws_cloudwatch_event_rule"): its end, or what its last word begins.
static bool is_type(Str reference, Str type) {
  char spelt[64], whole[128];
  size_t len = 0, all = 0, own = type.len;
  for (size_t i = 0; i < reference.len && len < sizeof spelt; i++) {
    char ch = reference.at[i];
    if (ch != '-' && ch != ' ') spelt[len++] = ascii_lower(ch);
  }
  for (size_t i = 0; i < type.len && all < sizeof whole; i++) {
    if (type.at[i] != '_') whole[all++] = type.at[i];
  }
  while (own > 0 && type.at[own - 1] != '_') own--;
  Str last = str_slice(type, own, type.len);
  bool begins = str_starts(reference, last) && reference.len > last.len && reference.at[last.len] == '-';
  return begins || str_ends((Str){whole, all}, (Str){spelt, len});
}

// Whether a name stands straight behind the account, as in the ARNs of buckets and their objects.
static bool begins_with_name(Str arn) {
  size_t colons = 0, at = 0;
  while (at < arn.len && colons < 5) colons += arn.at[at++] == ':';
  return str_starts(str_slice(arn, at, arn.len), S("${"));
}

// The resource types of an action that are meant where a resource of a type is deployed: what it must cover; else what
// the resource is, or belongs to; else nothing.
static const Value *resources_of(Deployment *d, FactsIamAction action, Str type, const Value *name) {
  Arena *arena = d->c->arena;
  VEC(const Value *) list = {0};
  for (int pass = 0; pass < 3 && !list.len; pass++) {
    for (size_t i = 0; i < facts_iam_resources(action); i++) {
      FactsIamResource resource = facts_iam_resource(action, i);
      bool meant = pass == 0   ? resource.required
                   : pass == 1 ? is_type(resource.name, type)
                               : begins_with_name(resource.arn);
      if (meant) VEC_PUSH(arena, &list, filled(d, resource.arn, name));
    }
  }
  if (!list.len && facts_iam_resources(action)) VEC_PUSH(arena, &list, common(d, action, name));
  if (!list.len) VEC_PUSH(arena, &list, value_string(arena, S("*"), d->span));
  return value_list(arena, list.at, list.len, d->span);
}

// ---------------------------------------------------------------- statements

static void add_action(Deployment *d, Str action_name, Str type, const Value *name) {
  Checker *c = d->c;
  FactsIamAction action;
  if (!facts_iam_action(action_name, &action)) return;
  const Value *resources = resources_of(d, action, type, name);
  Str key = flat(c, resources);
  Str pair = str_fmt(c->arena, "%.*s %.*s", STR_ARG(action_name), STR_ARG(key));
  if (map_set(&d->seen, pair, d)) return;
  Statement *statement = map_get(&d->statements, key);
  if (!statement) {
    statement = NEW(c->arena, Statement);
    statement->resources = resources;
    map_set(&d->statements, key, statement);
    VEC_PUSH(c->arena, &d->list, statement);
  }
  VEC_PUSH(c->arena, &statement->actions, value_string(c->arena, action_name, d->span));
}

// "service:A,B service:C": each action, on the resources of that name.
static void add_actions(Deployment *d, Str column, Str type, const Value *name) {
  while (column.len && !str_eq(column, S("-"))) {
    Str group = str_cut(column, ' ', &column), actions;
    Str service = str_cut(group, ':', &actions);
    while (actions.len) {
      Str action = str_cut(actions, ',', &actions);
      add_action(d, str_fmt(d->c->arena, "%.*s:%.*s", STR_ARG(service), STR_ARG(action)), type, name);
    }
  }
}

// The table's row of a type, or NULL. The table is read once.
static const PolicyRow *row_of(Checker *c, Str type) {
  PolicyRow row;
  bool read = c->deployment_rows.len > 0;
  for (Str rest = {0}; !read && policy_row(S("facts/deployment.tsv"), &rest, &row);) {
    PolicyRow *kept = NEW(c->arena, PolicyRow);
    *kept = row;
    map_set(&c->deployment_rows, row.column[0], kept);
  }
  return map_get(&c->deployment_rows, type);
}

bool deployment_known(Checker *c, Str type) {
  return row_of(c, type) != NULL;
}

static const Value *statement_of(Deployment *d, const Statement *statement) {
  const Value *on = statement->resources;
  const Value *actions = value_list(d->c->arena, statement->actions.at, statement->actions.len, d->span);
  return allow(d->c, NULL, actions->count == 1 ? actions->items[0] : actions, on->items, on->count, d->span);
}

// In other accounts Terraform works with the roles that it takes on there.
static const Value *roles_elsewhere(Checker *c, Span span) {
  Statement statement = {0};
  VEC_PUSH(c->arena, &statement.actions, value_string(c->arena, S("sts:AssumeRole"), span));
  VEC(const Value *) roles = {0};
  for (size_t i = 0; i < c->places.len; i++) {
    const Place *place = c->places.entries[i].value;
    if (place->role) VEC_PUSH(c->arena, &roles, place->role);
  }
  statement.resources = value_list(c->arena, roles.at, roles.len, span);
  return roles.len ? statement_of(&(Deployment){.c = c, .span = span}, &statement) : NULL;
}

static bool is_elsewhere(Checker *c, const Resource *resource) {
  const Value *provider = resource->body ? value_member(resource->body, S("provider")) : NULL;
  if (!provider || provider->kind != VALUE_STRING || !str_starts(provider->text, S("aws."))) return false;
  const Place *place = map_get(&c->places, str_slice(provider->text, 4, provider->text.len));
  return place && place->account;
}

const Value *deployment_statements(Checker *c, Scope *scope, bool writes, Span span) {
  Deployment d = {.c = c, .span = span};
  d.statements.arena = d.seen.arena = c->arena;
  const Value *pipeline = scope_find(scope, S("pipeline"), NULL)->value;
  d.partition = value_member(pipeline, S("partition"));
  d.region = value_member(pipeline, S("region"));
  d.account = value_member(pipeline, S("account"));
  for (size_t i = 0; i < c->resources.len; i++) {
    const Resource *resource = c->resources.at[i];
    const PolicyRow *row = row_of(c, resource->type);
    if (!row || is_elsewhere(c, resource)) continue;
    const Value *name = pattern_of(&d, resource);
    add_actions(&d, row->column[1], resource->type, name);
    if (writes && !resource->data) add_actions(&d, row->column[2], resource->type, name);
  }
  const Value **items = NEW_N(c->arena, const Value *, d.list.len + 1), *roles = roles_elsewhere(c, span);
  size_t count = d.list.len;
  for (size_t i = 0; i < count; i++) items[i] = statement_of(&d, d.list.at[i]);
  if (roles) items[count++] = roles;
  return value_list(c->arena, items, count, span);
}
