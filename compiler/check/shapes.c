// Arguments of AWS actions held against the shapes of their API.
#include "check/internal.h"
#include "data/json.h"
#include "facts/facts.h"

typedef struct Checking {
  Checker *c;
  VEC(const Value *) values; // by the offsets put into the JSON tree
  Str action;
  const Arguments *arguments;
  VEC(Str) meant;               // the places of what misspelt members were meant to be
  bool any_maybe, present_only; // present_only: the tree is without what may be missing
} Checking;

static const Json *as_json(Checking *k, const Value *value) {
  Arena *arena = k->c->arena;
  Json *json = NEW(arena, Json);
  uint32_t at = (uint32_t)k->values.len;
  VEC_PUSH(arena, &k->values, value);
  switch (value->kind) {
  case VALUE_BOOL: *json = *json_bool(value->truth); break;
  case VALUE_NUMBER: *json = *json_number(arena, value->number); break;
  case VALUE_STRING: *json = *json_string(arena, value->text); break;
  case VALUE_LIST: {
    JsonBuild build = {.arena = arena};
    for (size_t i = 0; i < value->count; i++) json_add(&build, as_json(k, value->items[i]));
    *json = *json_made_array(&build);
    break;
  }
  case VALUE_OBJECT: {
    JsonBuild build = {.arena = arena};
    for (size_t i = 0; i < value->count; i++) {
      bool maybe = value->members[i].value->maybe;
      k->any_maybe = k->any_maybe || maybe;
      if (maybe && k->present_only) continue;
      uint32_t key = (uint32_t)k->values.len;
      Value *name = (Value *)(uintptr_t)value_string(arena, value->members[i].name, value->members[i].span);
      VEC_PUSH(arena, &k->values, name);
      VEC_PUSH(arena, &build.members, (JsonMember){value->members[i].name, as_json(k, value->members[i].value), key});
    }
    *json = *json_made_object(&build);
    break;
  }
  case VALUE_MISSING: *json = is_poison(value) ? *json_string(arena, S("")) : JSON_THE_NULL; break;
  default: *json = *json_string(arena, S("")); break; // what it is, leaf_of says
  }
  json->at = at;
  return json;
}

static FactsLeaf leaf_of(void *with, Str path, const Json *json, JsonKind *kind) {
  (void)path;
  Checking *k = with;
  if (json->at >= k->values.len) return FACTS_LEAF_CONSTANT;
  const Value *value = k->values.at[json->at];
  if (value->kind == VALUE_LIST || value->kind == VALUE_OBJECT) return FACTS_LEAF_CONSTANT;
  if (value->time == TIME_COMPILE && !is_poison(value)) return FACTS_LEAF_CONSTANT;
  switch (value->type->tag) {
  case T_STRING:
  case T_DATE: *kind = JSON_STRING; return FACTS_LEAF_TYPED;
  case T_NUMBER: *kind = JSON_NUMBER; return FACTS_LEAF_TYPED;
  case T_BOOL: *kind = JSON_TRUE; return FACTS_LEAF_TYPED;
  case T_LIST: *kind = JSON_ARRAY; return FACTS_LEAF_TYPED;
  case T_OBJECT:
  case T_MAP: *kind = JSON_OBJECT; return FACTS_LEAF_TYPED;
  default: return FACTS_LEAF_UNKNOWN;
  }
}

// Whether a needed argument is given by what is never set on the way here; says so.
static bool never_set(Checking *k, Str member) {
  Checker *c = k->c;
  for (size_t i = 0; i < k->arguments->left_out.len; i++) {
    const CallArgument *argument = &k->arguments->left_out.at[i];
    if (!str_eq(argument->name.text, member)) continue;
    const Expr *root = argument->expr;
    while (root->kind == EXPR_MEMBER || root->kind == EXPR_INDEX) root = root->left;
    Binding *binding = root->kind == EXPR_NAME ? scope_find(argument->scope, root->name.text, NULL) : NULL;
    Diag *d = diag(c->diags, DIAG_ERROR, "E0312", argument->expr->span, "`%.*s` is never set on the way here",
                   STR_ARG(source_of(c, argument->expr->span)));
    if (binding && binding->variable) diag_note(c->diags, d, binding->variable->span, "it is set only there");
    diag_help(c->diags, d, "`%.*s` must be given; use what is set on this way, too", STR_ARG(member));
    return true;
  }
  return false;
}

// Notes what a misspelt member was meant to be: it is told once, not as missing besides.
static void note_meant(Checking *k, const FactsFinding *finding) {
  Str outer = str_slice(finding->path, 0, finding->path.len - finding->member.len);
  Str meant = str_fmt(k->c->arena, "%.*s%.*s", STR_ARG(outer), STR_ARG(finding->nearest));
  VEC_PUSH(k->c->arena, &k->meant, meant);
}

static bool was_meant(const Checking *k, Str path) {
  for (size_t i = 0; i < k->meant.len; i++)
    if (str_eq(k->meant.at[i], path)) return true;
  return false;
}

static void report_finding(void *with, const FactsFinding *finding) {
  Checking *k = with;
  Checker *c = k->c;
  if (k->present_only) {
    bool of_object = finding->fault == FACTS_MISSING_MEMBER && finding->value && finding->value->at < k->values.len;
    const Value *value = of_object ? value_member(k->values.at[finding->value->at], finding->member) : NULL;
    if (value) require_present(c, value);
    return;
  }
  if (finding->fault == FACTS_MISSING_MEMBER && finding->value && finding->value->at == 0 &&
      never_set(k, finding->member))
    return;
  if (finding->fault == FACTS_MISSING_MEMBER && was_meant(k, finding->path)) return;
  if (finding->fault == FACTS_UNKNOWN_MEMBER && finding->nearest.len) note_meant(k, finding);
  bool key = finding->fault == FACTS_UNKNOWN_MEMBER && finding->key_at < k->values.len;
  uint32_t at = key ? finding->key_at : finding->value ? finding->value->at : 0;
  Span span = at < k->values.len ? k->values.at[at]->span : k->values.at[0]->span;
  static const char *const codes[] = {"E0221", "E0222", "E0223", "E0224", "E0225", "E0226", "E0227", "E0228"};
  Diag *d = diag(c->diags, DIAG_ERROR, codes[finding->fault], span, "%.*s: %.*s", STR_ARG(k->action),
                 STR_ARG(finding->message));
  if (finding->nearest.len)
    diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(finding->nearest));
  else if (finding->fault == FACTS_UNKNOWN_MEMBER)
    diag_help(c->diags, d, "it takes %.*s", STR_ARG(type_members(c, type_of_shape(c, finding->shape))));
}

// Twice where something may be missing: once with all that is given, once to see what the API cannot do without.
void check_arguments(Checker *c, const FactsTask *task, Str action, const Arguments *given, const Value *arguments) {
  if (arguments->kind != VALUE_OBJECT || holds_poison(arguments)) return;
  Checking k = {.c = c, .action = action, .arguments = given};
  for (int pass = 0; pass < 2 && (pass == 0 || k.any_maybe); pass++) {
    k.present_only = pass == 1;
    k.values.len = 0;
    const Json *json = as_json(&k, arguments);
    FactsCheck check = {.arena = c->arena, .with = &k, .found = report_finding, .leaf = leaf_of};
    facts_check_arguments(&check, facts_task_input(task), json);
  }
}

// What the model asks of an answer's members beyond their names, types and values is for the service to keep.
static void report_answer(void *with, const FactsFinding *finding) {
  Checking *k = with;
  bool key = finding->fault == FACTS_UNKNOWN_MEMBER && finding->key_at < k->values.len;
  bool told = key || finding->fault == FACTS_WRONG_TYPE || finding->fault == FACTS_BAD_ENUM;
  uint32_t at = key ? finding->key_at : finding->value ? finding->value->at : 0;
  if (!told || at >= k->values.len) return;
  mock_misfit(k->c, k->values.at[at]->span, k->action, finding->message, finding->nearest);
}

void check_answer(Checker *c, const FactsTask *task, Str step, const Value *answer) {
  Checking k = {.c = c, .action = step};
  const Json *json = as_json(&k, answer);
  FactsCheck check = {.arena = c->arena, .with = &k, .found = report_answer, .leaf = leaf_of};
  facts_check_arguments(&check, facts_task_output(task), json);
}

// Values that nothing describes are what the API takes where they are handed to it.
void seen_as_arguments(Checker *c, const Value *value, FactsShape shape) {
  FactsShapeKind kind = facts_shape_kind(shape);
  FactsMember member;
  for (size_t i = 0; value->kind == VALUE_OBJECT && i < value->count; i++) {
    const ValueMember *given = &value->members[i];
    if (kind == FACTS_STRUCTURE && facts_shape_find(shape, given->name, &member))
      seen_as_arguments(c, given->value, member.shape);
    else if (kind == FACTS_MAP)
      seen_as_arguments(c, given->value, facts_shape_element(shape));
  }
  for (size_t i = 0; value->kind == VALUE_LIST && kind == FACTS_LIST && i < value->count; i++)
    seen_as_arguments(c, value->items[i], facts_shape_element(shape));
  if (!value->type->seen || kind == FACTS_STRUCTURE || kind == FACTS_MAP || kind == FACTS_LIST) return;
  type_seen_as(value->type, type_of_shape(c, shape));
  if (kind != FACTS_STRING || value->type->seen->text) return;
  FactsShape *kept = NEW(c->arena, FactsShape);
  *kept = shape;
  value->type->seen->text = kept;
}
