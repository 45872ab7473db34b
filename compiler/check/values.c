// Constants that AWS or the provider refuses: values of resources, names of regions.
#include "check/internal.h"
#include "data/json.h"
#include "facts/pattern.h"
#include "facts/terraform_value.h"
#include "model/functions.h"

// What a part of deploy time will be like: any account's number stands for the account, a param is its default.
static const Value *stand_in(Checker *c, const Value *part) {
  if (part->kind != VALUE_TERRAFORM) return part;
  if (str_eq(part->text, S("data.aws_caller_identity.current.account_id")))
    return value_string(c->arena, S("123456789012"), NO_SPAN);
  for (size_t i = 0; i < c->model->variables.len; i++) {
    const Variable *variable = &c->model->variables.at[i];
    if (str_starts(part->text, S("var.")) && str_eq(variable->name, str_slice(part->text, 4, part->text.len)) &&
        variable->value)
      return variable->value;
  }
  return part;
}

const Value *with_defaults(Checker *c, const Value *value) {
  const Value *known = stand_in(c, value);
  bool empty = known != value && known->kind == VALUE_STRING && !known->text.len; // to be said by who deploys it
  if (!empty) value = known;
  if (value_is_const(value) || value->time > TIME_DEPLOY || !value->count || value->kind == VALUE_OBJECT) return value;
  const Value **items = NEW_N(c->arena, const Value *, value->count);
  for (size_t i = 0; i < value->count; i++) {
    items[i] = with_defaults(c, value->items[i]);
    if (!value_is_const(items[i])) return value;
  }
  const Function *function = value->kind == VALUE_CALL ? function_named(value->text) : NULL;
  const Value *folded = NULL;
  switch (value->kind) {
  case VALUE_LIST: return value_list(c->arena, items, value->count, value->span);
  case VALUE_TEMPLATE: return value_template(c->arena, items, value->count, value->span);
  case VALUE_CHOICE: return value_choice(c->arena, items[0], items[1], items[2], value->span);
  case VALUE_CALL:
    folded = function && function->fold ? function->fold(c->arena, items, value->count, value->span) : NULL;
    return folded ? folded : value;
  case VALUE_INDEX: {
    double at = items[1]->kind == VALUE_NUMBER ? items[1]->number : -1;
    bool inside = items[0]->kind == VALUE_LIST && at >= 0;
    if (!inside) return value;
    return at < (double)items[0]->count ? items[0]->items[(size_t)at] : value_missing(value->span);
  }
  case VALUE_OPERATION:
    if (value->op == VALUE_BINARY)
      return value_binary(c->arena, value->binary, items[0], items[1], value->type, value->span);
    if (value->op == VALUE_NOT) return value_not(c->arena, items[0], value->span);
    return value->op == VALUE_TEST ? value_test(c->arena, items[0], value->span) : value;
  default: return value;
  }
}

static bool constant_text(Checker *c, const Value *value, Str *text) {
  char number[32];
  Buf joined = {.arena = c->arena};
  value = stand_in(c, value);
  switch (value->kind) {
  case VALUE_STRING: *text = value->text; return true;
  case VALUE_NUMBER:
    if (value->unit) return false;
    *text = str_dup(c->arena, (Str){number, json_number_print(value->number, number)});
    return true;
  case VALUE_TEMPLATE:
    for (size_t i = 0; i < value->count; i++) {
      Str part;
      if (value->items[i]->kind == VALUE_TEMPLATE || !constant_text(c, value->items[i], &part)) return false;
      buf_str(&joined, part);
    }
    *text = buf_text(&joined);
    return true;
  default: return false;
  }
}

// Where a person can mend it: the value as written, else what the library made it from.
static Span place_of(const Checker *c, const Resource *resource, const Value *value) {
  return span_known(value->span) && !in_library(c, value->span) ? value->span : resource->span;
}

static void check_constant(Checker *c, const Resource *resource, const FactsTfRule *rule, const Value *value) {
  FactsTfMisfit why;
  Str text;
  if (c->bad_names || !constant_text(c, value, &text) || facts_tf_fits(c->arena, rule, text, &why) || !why.sure) return;
  Diag *d = diag(c->diags, DIAG_ERROR, "E0522", place_of(c, resource, value), "`%.*s` of %.*s cannot be `%.*s`",
                 STR_ARG(rule->path), STR_ARG(resource->type), STR_ARG(text));
  if (why.nearest.len)
    diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(why.nearest));
  else if (why.wants.len)
    diag_help(c->diags, d, "it %.*s", STR_ARG(why.wants));
}

static void check_path(Checker *c, const Resource *resource, const FactsTfRule *rule, const Value *value, Str path) {
  if (value->kind == VALUE_LIST) {
    for (size_t i = 0; i < value->count; i++) check_path(c, resource, rule, value->items[i], path);
    return;
  }
  if (!path.len) {
    check_constant(c, resource, rule, value);
    return;
  }
  Str rest, name = str_cut(path, '.', &rest);
  const Value *member = value->kind == VALUE_OBJECT ? value_member(value, name) : NULL;
  if (member) check_path(c, resource, rule, member, rest);
}

void check_values(Checker *c, const Resource *resource) {
  FactsTfRule rule;
  Str rest = {0}, type = resource->type;
  if (resource->data) type = str_fmt(c->arena, "data.%.*s", STR_ARG(type));
  while (facts_tf_rule(type, &rest, &rule)) {
    if (rule.path.len && !rule.when.len) check_path(c, resource, &rule, resource->body, rule.path);
  }
}

void check_region(Checker *c, const Value *region) {
  FactsTfMisfit why;
  if (!region || region->kind != VALUE_STRING || facts_region_fits(c->arena, region->text, &why)) return;
  bool like_one = facts_matches(c->arena, S("[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}"), region->text); // a new one, perhaps
  Diag *d = diag(c->diags, why.sure || !like_one ? DIAG_ERROR : DIAG_WARNING, "E0523", region->span,
                 "AWS has no region `%.*s`, as far as the tables know", STR_ARG(region->text));
  if (why.nearest.len) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(why.nearest));
}
