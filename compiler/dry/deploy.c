#include "dry/deploy.h"
#include "base/embed.h"
#include "facts/terraform_schema.h"
#include "model/functions.h"
#include "model/make.h"

enum { DEPTH_MOST = 60 };

typedef struct Deploy {
  Arena *arena;
  const Model *model;
  int depth;
  Guesses *guesses; // NULL: nobody asks
} Deploy;

static const Value *resolve(Deploy *d, const Value *value);

static bool is_local(const Model *model) {
  const Value *target = value_member(model->settings, S("target"));
  return target && target->kind == VALUE_STRING && str_eq(target->text, S("localstack"));
}

Str deploy_region(const Model *model) {
  const Value *region = value_member(model->settings, S("region"));
  return region && region->kind == VALUE_STRING ? region->text : S("us-east-1");
}

Str deploy_account(const Model *model) {
  return is_local(model) ? S("000000000000") : S("123456789012");
}

static const Value *text_value(Deploy *d, Str text) {
  return value_string(d->arena, text, NO_SPAN);
}

// A text that stands for one that nobody knows yet.
static const Value *guess(Deploy *d, Str text) {
  if (d->guesses) VEC_PUSH(d->arena, d->guesses, text);
  return text_value(d, text);
}

// ---------------------------------------------------------------- parameters and resources

// A dry run is of the first environment.
static const Value *parameter(Deploy *d, Str name) {
  const Value *environments = d->model->environments;
  const Value *own = environments && environments->count ? value_member(environments->members[0].value, name) : NULL;
  if (own) return own;
  for (size_t i = 0; i < d->model->variables.len; i++) {
    const Variable *variable = &d->model->variables.at[i];
    if (!str_eq(variable->name, name)) continue;
    if (variable->value) return resolve(d, variable->value);
    if (variable->type == &TYPE_ACCOUNT) { // each its own
      uint64_t number = 100000000000u + str_hash(name) % 900000000000u;
      return text_value(d, str_fmt(d->arena, "%llu", (unsigned long long)number));
    }
    switch (variable->type->tag) {
    case T_NUMBER: return value_number(d->arena, 1, UNIT_NONE, NO_SPAN);
    case T_BOOL: return value_bool(d->arena, false, NO_SPAN);
    case T_LIST: return value_list(d->arena, NULL, 0, NO_SPAN);
    case T_OBJECT:
    case T_MAP: return value_object(d->arena, NULL, 0, NO_SPAN);
    default:
      return guess(d, str_ends(name, S("account")) || str_eq(name, S("account_id")) ? deploy_account(d->model) : name);
    }
  }
  return guess(d, name);
}

static const Resource *resource_named(const Model *model, Str type, Str name, bool data) {
  for (size_t i = 0; i < model->resources.len; i++) {
    const Resource *resource = &model->resources.at[i];
    if (resource->data == data && str_eq(resource->type, type) && str_eq(resource->name, name)) return resource;
  }
  return NULL;
}

static Str plain(Deploy *d, const Value *value) {
  value = resolve(d, value);
  return value->kind <= VALUE_STRING ? value_plain(d->arena, value) : (Str){0};
}

static Str attribute_text(Deploy *d, const Resource *resource, Str attribute) {
  const Value *value = resource && resource->body ? value_member(resource->body, attribute) : NULL;
  Str text = value ? plain(d, value) : (Str){0};
  return text.len ? text : resource ? resource->name : attribute;
}

// The account or region that a resource's provider says, or the pipeline's own.
static Str of_provider(Deploy *d, const Resource *resource, bool account) {
  const Value *provider = resource && resource->body ? value_member(resource->body, S("provider")) : NULL;
  Str name = {0};
  if (provider && provider->kind == VALUE_STRING && str_starts(provider->text, S("aws.")))
    name = str_slice(provider->text, 4, provider->text.len);
  const Value *accounts = value_member(d->model->settings, S("accounts"));
  const Value *regions = value_member(d->model->settings, S("regions"));
  const Value *place = accounts && name.len ? value_member(accounts, name) : NULL;
  const Value *said = place;
  if (place && place->kind == VALUE_OBJECT) said = value_member(place, account ? S("id") : S("region"));
  if (!account && (!place || place->kind != VALUE_OBJECT))
    said = regions && name.len ? value_member(regions, name) : NULL;
  Str text = said ? plain(d, said) : (Str){0};
  return text.len ? text : account ? deploy_account(d->model) : deploy_region(d->model);
}

// The form of an attribute with {…} filled in.
static Str formed(Deploy *d, const Resource *resource, Str form) {
  Buf out = {.arena = d->arena};
  while (form.len) {
    Str before = str_cut(form, '{', &form);
    buf_str(&out, before);
    if (!form.len) break;
    Str name = str_cut(form, '}', &form);
    if (str_eq(name, S("region")))
      buf_str(&out, of_provider(d, resource, false));
    else if (str_eq(name, S("account")))
      buf_str(&out, of_provider(d, resource, true));
    else
      buf_str(&out, attribute_text(d, resource, name));
  }
  return buf_text(&out);
}

static bool form_of(Str type, Str attribute, Str *form) {
  Str text;
  if (!embed_find(S("facts/terraform_arns.tsv"), &text)) return false;
  while (text.len) {
    Str line = str_cut(text, '\n', &text), rest;
    if (!str_eq(str_cut(line, '\t', &rest), type) || !str_eq(str_cut(rest, '\t', &rest), attribute)) continue;
    *form = rest;
    return true;
  }
  return false;
}

// What stands for an attribute of which nothing is known but its type.
static const Value *guess_of_type(Deploy *d, Str type, bool data, Str attribute, Str text) {
  FactsTfBlock block;
  FactsTfAttribute known;
  bool found = facts_tf_find(data ? FACTS_TF_DATA : FACTS_TF_RESOURCE, type, &block) &&
               facts_tf_find_attribute(block, attribute, &known);
  switch (found ? facts_tf_type_kind(known.type) : FACTS_TF_DYNAMIC) {
  case FACTS_TF_NUMBER: return value_number(d->arena, 1, UNIT_NONE, NO_SPAN);
  case FACTS_TF_BOOL: return value_bool(d->arena, false, NO_SPAN);
  case FACTS_TF_LIST:
  case FACTS_TF_SET: {
    const Value *item = guess(d, text);
    return value_list(d->arena, &item, 1, NO_SPAN);
  }
  default: return guess(d, text);
  }
}

static const Value *resource_attribute(Deploy *d, Str type, Str name, Str attribute, bool data) {
  const Resource *resource = resource_named(d->model, type, name, data);
  Str form, first = str_cut(attribute, '.', &form);
  const Value *own = resource && resource->body ? value_member(resource->body, first) : NULL;
  if (own && !form.len) return resolve(d, own);
  if (form_of(type, attribute, &form)) return text_value(d, formed(d, resource, form));
  static const char *const names[] = {"name", "bucket", "function_name", "repository_name", "identifier"};
  for (size_t i = 0; str_eq(attribute, S("id")) && resource && i < sizeof names / sizeof names[0]; i++) {
    const Value *named = value_member(resource->body, str_of(names[i]));
    if (named) return guess(d, plain(d, named));
  }
  if (str_eq(attribute, S("arn"))) {
    Str rest, prefix = str_cut(type, '_', &rest), service = str_cut(rest, '_', &rest);
    (void)prefix;
    return guess(d, str_fmt(d->arena, "arn:aws:%.*s:%.*s:%.*s:%.*s/%.*s", STR_ARG(service),
                            STR_ARG(of_provider(d, resource, false)), STR_ARG(of_provider(d, resource, true)),
                            STR_ARG(rest), STR_ARG(attribute_text(d, resource, S("name")))));
  }
  return guess_of_type(d, type, data, first, str_fmt(d->arena, "%.*s-%.*s", STR_ARG(name), STR_ARG(attribute)));
}

static const Value *reference(Deploy *d, Str text) {
  Str rest, first = str_cut(text, '.', &rest);
  if (str_eq(first, S("var"))) return parameter(d, rest);
  if (str_eq(first, S("path"))) return text_value(d, S("."));
  bool data = str_eq(first, S("data"));
  if (data) first = str_cut(rest, '.', &rest);
  if (data && str_eq(first, S("aws_caller_identity"))) return text_value(d, deploy_account(d->model));
  if (data && str_eq(first, S("aws_region"))) return text_value(d, deploy_region(d->model));
  if (data && str_eq(first, S("aws_partition"))) return text_value(d, S("aws"));
  Str name = str_cut(rest, '.', &rest), index;
  name = str_cut(name, '[', &index);
  return rest.len ? resource_attribute(d, first, name, rest, data) : text_value(d, text);
}

// ---------------------------------------------------------------- values

static const Value *resolve_call(Deploy *d, const Value *value, const Value **items) {
  const Function *function = function_named(value->text);
  const Value *folded = function && function->fold ? function->fold(d->arena, items, value->count, value->span) : NULL;
  return folded ? folded : guess(d, value->text);
}

static const Value *resolve_inner(Deploy *d, const Value *value) {
  if (value->kind == VALUE_TERRAFORM) return reference(d, value->text);
  if (value->kind == VALUE_OBJECT) {
    ValueMember *members = NEW_N(d->arena, ValueMember, value->count);
    for (size_t i = 0; i < value->count; i++) {
      members[i] = value->members[i];
      members[i].value = resolve(d, value->members[i].value);
    }
    return value_object(d->arena, members, value->count, value->span);
  }
  const Value **items = NEW_N(d->arena, const Value *, value->count + 1);
  for (size_t i = 0; i < value->count; i++) items[i] = resolve(d, value->items[i]);
  switch (value->kind) {
  case VALUE_LIST: return value_list(d->arena, items, value->count, value->span);
  case VALUE_TEMPLATE: return value_template(d->arena, items, value->count, value->span);
  case VALUE_CHOICE: return value_choice(d->arena, items[0], items[1], items[2], value->span);
  case VALUE_CALL:
    if (value->time < TIME_RUN) return resolve_call(d, value, items);
    break;
  case VALUE_MEMBER:
    if (items[0]->kind == VALUE_OBJECT) {
      const Value *member = value_member(items[0], value->text);
      return member ? member : value_missing(value->span);
    }
    if (value->time < TIME_RUN) return guess(d, value->text); // of what only AWS knows
    break;
  case VALUE_OPERATION:
    if (value->time == TIME_RUN) break;
    if (value->op == VALUE_NOT) return value_not(d->arena, items[0], value->span);
    if (value->op == VALUE_TEST) return value_test(d->arena, items[0], value->span);
    if (value->op == VALUE_ASSERT) return items[0];
    return value_binary(d->arena, value->binary, items[0], items[1], value->type, value->span);
  default: break;
  }
  Value *copy = NEW(d->arena, Value);
  *copy = *value;
  copy->items = items;
  return copy;
}

static const Value *resolve(Deploy *d, const Value *value) {
  if (value->time == TIME_COMPILE || value->kind <= VALUE_STRING) return value;
  if (++d->depth > DEPTH_MOST) {
    d->depth--;
    return text_value(d, S("…"));
  }
  const Value *made = resolve_inner(d, value);
  d->depth--;
  return made;
}

const Value *deploy_resolve(Arena *arena, const Model *model, const Value *value) {
  return resolve(&(Deploy){.arena = arena, .model = model}, value);
}

void deploy_guesses(Arena *arena, const Model *model, const Flow *flow, Guesses *guesses) {
  Deploy d = {.arena = arena, .model = model, .guesses = guesses};
  for (size_t i = 0; i < flow->variables.len; i++) resolve(&d, flow->variables.at[i].value);
}

// ---------------------------------------------------------------- definitions

static void fill_place(Deploy *d, Buf *out, const TemplateVariable *variable) {
  const Value *value = resolve(d, variable->value);
  Buf text = {.arena = d->arena};
  if (variable->literal)
    json_write(&text, value_json(d->arena, value), JSON_COMPACT);
  else
    buf_str(&text, value->kind <= VALUE_STRING ? value_plain(d->arena, value)
                                               : json_text(d->arena, value_json(d->arena, value), JSON_COMPACT));
  Buf quoted = {.arena = d->arena};
  json_write_string(&quoted, buf_text(&text), 0);
  buf_bytes(out, quoted.at + 1, quoted.len - 2);
}

Str deploy_fill(Arena *arena, const Model *model, const Flow *flow, Str definition) {
  Deploy d = {.arena = arena, .model = model};
  Buf out = {.arena = arena};
  for (size_t i = 0; i < definition.len; i++) {
    Str rest = str_slice(definition, i, definition.len);
    if (str_starts(rest, S("$${")) || str_starts(rest, S("%%{"))) {
      buf_bytes(&out, rest.at, 1);
      buf_char(&out, '{');
      i += 2;
    } else if (str_starts(rest, S("${"))) {
      size_t end = str_find(rest, S("}"), 2);
      Str name = str_slice(rest, 2, end);
      for (size_t v = 0; v < flow->variables.len; v++) {
        if (str_eq(flow->variables.at[v].name, name)) fill_place(&d, &out, &flow->variables.at[v]);
      }
      i += end;
    } else {
      buf_char(&out, definition.at[i]);
    }
  }
  return buf_text(&out);
}
