// Expressions: what they refer to and call, and what type comes out.
#include "validate/tf.h"

static const TfType *check(const TfScope *scope, const HclExpr *expr) {
  return tf_check_expr(scope, expr);
}

const TfType *tf_check_derived(const TfScope *scope, const HclExpr *expr, bool *derived) {
  TfScope inner = *scope;
  *derived = false;
  inner.derived = derived;
  const TfType *type = tf_check_expr(&inner, expr);
  if (*derived && scope->derived) *scope->derived = true;
  return type;
}

Diag *tf_mismatch(const TfScope *scope, bool derived, const char *code, Span at, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str text = str_vfmt(scope->module->arena, format, args);
  va_end(args);
  DiagLevel level = derived || scope->soft ? DIAG_WARNING : DIAG_ERROR;
  return diag(scope->module->diags, level, code, at, "%.*s", STR_ARG(text));
}

static const TfType *check_tuple(const TfScope *scope, const HclExpr *expr) {
  Arena *arena = scope->module->arena;
  TfType *type = NEW(arena, TfType);
  *type = (TfType){.kind = TF_TUPLE, .items = NEW_N(arena, const TfType *, expr->count + 1), .count = expr->count};
  for (uint32_t i = 0; i < expr->count; i++) type->items[i] = check(scope, expr->items[i]);
  return type;
}

// A bare name as key is that word; other keys are expressions, and make the object's shape unknown.
static const TfType *check_object(const TfScope *scope, const HclExpr *expr) {
  Arena *arena = scope->module->arena;
  TfType *type = NEW(arena, TfType);
  Str *names = NEW_N(arena, Str, expr->count + 1);
  *type = (TfType){.kind = TF_OBJECT, .names = names, .items = NEW_N(arena, const TfType *, expr->count + 1)};
  bool plain = true;
  for (uint32_t i = 0; i < expr->count; i++) {
    const HclMember *member = &expr->members[i];
    if (!member->bare) check(scope, member->key);
    plain &= hcl_plain_string(member->key, &names[i]);
    type->items[i] = check(scope, member->value);
  }
  type->count = expr->count;
  return plain ? type : &TF_TYPE_ANY;
}

static void want(const TfScope *scope, const HclExpr *expr, const TfType *type, const char *what) {
  Str why;
  bool derived;
  const TfType *got = tf_check_derived(scope, expr, &derived);
  if (scope->lenient || tf_type_fits(scope->module->arena, type, got, expr, &why)) return;
  tf_mismatch(scope, derived, "V2118", expr->span, "%s is a %s", what, type->kind == TF_BOOL ? "bool" : "number");
}

typedef enum { PLAIN, SEQUENCE, KEYED, UNKNOWN } Sort;

static Sort sort_of(const TfType *type) {
  static const Sort sorts[] = {UNKNOWN,  UNKNOWN, PLAIN,    PLAIN, PLAIN, SEQUENCE,
                               SEQUENCE, KEYED,   SEQUENCE, KEYED, KEYED};
  return sorts[type->kind];
}

static const TfType *check_conditional(const TfScope *scope, const HclExpr *expr) {
  want(scope, expr->items[0], &TF_TYPE_BOOL, "the condition");
  bool derived[2];
  TfScope branch = *scope;
  branch.perhaps = branch.guarded = true;
  const TfType *then = tf_check_derived(&branch, expr->items[1], &derived[0]);
  const TfType *otherwise = tf_check_derived(&branch, expr->items[2], &derived[1]);
  Sort a = sort_of(then), b = sort_of(otherwise);
  if (a != b && a != UNKNOWN && b != UNKNOWN && !scope->lenient) {
    Str one = tf_type_name(scope->module->arena, then), other = tf_type_name(scope->module->arena, otherwise);
    tf_mismatch(scope, derived[0] || derived[1], "V2118", expr->span,
                "both results of a conditional are of one type; these are %.*s and %.*s", STR_ARG(one), STR_ARG(other));
  }
  return tf_type_common(then, otherwise);
}

static const TfType *check_operator(const TfScope *scope, const HclExpr *expr) {
  // By HclOperator: of what type the operands are and the result is; NULL: anything.
  static const TfType *const operands[] = {
      [HCL_OR] = &TF_TYPE_BOOL,           [HCL_AND] = &TF_TYPE_BOOL,         [HCL_LESS] = &TF_TYPE_NUMBER,
      [HCL_LESS_EQUAL] = &TF_TYPE_NUMBER, [HCL_GREATER] = &TF_TYPE_NUMBER,   [HCL_GREATER_EQUAL] = &TF_TYPE_NUMBER,
      [HCL_ADD] = &TF_TYPE_NUMBER,        [HCL_SUBTRACT] = &TF_TYPE_NUMBER,  [HCL_MULTIPLY] = &TF_TYPE_NUMBER,
      [HCL_DIVIDE] = &TF_TYPE_NUMBER,     [HCL_REMAINDER] = &TF_TYPE_NUMBER, [HCL_NOT] = &TF_TYPE_BOOL,
      [HCL_NEGATE] = &TF_TYPE_NUMBER};
  HclOperator operation = (HclOperator)expr->operation;
  const TfType *type = operands[operation];
  for (uint32_t i = 0; i < expr->count; i++) want(scope, expr->items[i], type ? type : &TF_TYPE_ANY, "an operand here");
  bool arithmetic = (operation >= HCL_ADD && operation <= HCL_REMAINDER) || operation == HCL_NEGATE;
  return arithmetic ? &TF_TYPE_NUMBER : &TF_TYPE_BOOL;
}

// What a loop over a value gives each time.
static const TfType *element_of(const TfType *in) {
  if (in->element) return in->element;
  if (in->kind != TF_TUPLE || in->count == 0) return &TF_TYPE_ANY;
  const TfType *common = in->items[0];
  for (size_t i = 1; i < in->count; i++) common = tf_type_common(common, in->items[i]);
  return common;
}

static const TfType *check_loop(const TfScope *scope, const HclExpr *expr) {
  const HclLoop *loop = expr->loop;
  bool derived;
  const TfType *in = tf_check_derived(scope, loop->in, &derived);
  if (sort_of(in) == PLAIN && !scope->lenient)
    tf_mismatch(scope, derived, "V2133", loop->in->span, "a plain value cannot be looped over");
  TfLocalName key = {loop->key, &TF_TYPE_ANY, derived, scope->names};
  TfLocalName item = {loop->item, element_of(in), derived, loop->key.len ? &key : scope->names};
  TfScope inner = *scope;
  inner.names = &item;
  inner.perhaps = true;
  // The body of a loop over nothing is never evaluated.
  inner.lenient |= in->kind == TF_TUPLE && in->count == 0;
  if (loop->result_key) check(&inner, loop->result_key);
  const TfType *result = check(&inner, loop->result);
  if (loop->condition) check(&inner, loop->condition);
  if (expr->kind == HCL_TEMPLATE_FOR) return &TF_TYPE_STRING;
  if (!loop->object) return tf_type_of(scope->module->arena, TF_LIST, result);
  if (loop->group) result = tf_type_of(scope->module->arena, TF_LIST, result);
  return tf_type_of(scope->module->arena, TF_MAP, result);
}

static const TfType *check_template(const TfScope *scope, const HclExpr *expr) {
  const TfType *only = &TF_TYPE_STRING;
  for (uint32_t i = 0; i < expr->count; i++) {
    const HclExpr *part = expr->items[i];
    bool derived;
    only = tf_check_derived(scope, part, &derived);
    bool plain = part->kind != HCL_TEMPLATE_IF && part->kind != HCL_TEMPLATE_FOR && part->kind != HCL_STRING;
    bool alone = expr->count == 1 && !expr->heredoc;
    if (!plain || alone || scope->lenient || only->kind == TF_ANY || only->kind == TF_NULL) continue;
    if (only->kind == TF_STRING || only->kind == TF_NUMBER || only->kind == TF_BOOL) continue;
    Str name = tf_type_name(scope->module->arena, only);
    Diag *d = tf_mismatch(scope, derived, "V2118", part->span, "a %.*s cannot be part of a string", STR_ARG(name));
    tf_help(scope->module, d, "convert it: jsonencode(…), join(\", \", …), or take one of its members");
  }
  return expr->count == 1 && !expr->heredoc && expr->items[0]->kind != HCL_STRING ? only : &TF_TYPE_STRING;
}

static const TfType *check_items(const TfScope *scope, const HclExpr *expr) {
  TfScope inner = *scope;
  inner.perhaps = true;
  for (uint32_t i = 0; i < expr->count; i++) check(&inner, expr->items[i]);
  return &TF_TYPE_STRING;
}

const TfType *tf_check_expr(const TfScope *scope, const HclExpr *expr) {
  switch ((HclKind)expr->kind) {
  case HCL_NULL: return &TF_TYPE_NULL;
  case HCL_BOOL: return &TF_TYPE_BOOL;
  case HCL_NUMBER: return &TF_TYPE_NUMBER;
  case HCL_STRING: return &TF_TYPE_STRING;
  case HCL_TEMPLATE: return check_template(scope, expr);
  case HCL_TEMPLATE_IF: return check_items(scope, expr);
  case HCL_TUPLE: return check_tuple(scope, expr);
  case HCL_OBJECT: return check_object(scope, expr);
  case HCL_NAME:
  case HCL_ACCESS: return tf_check_reference(scope, expr);
  case HCL_CALL: return tf_check_call(scope, expr);
  case HCL_UNARY:
  case HCL_BINARY: return check_operator(scope, expr);
  case HCL_CONDITIONAL: return check_conditional(scope, expr);
  case HCL_TEMPLATE_FOR:
  case HCL_FOR: return check_loop(scope, expr);
  case HCL_PAREN: return check(scope, expr->items[0]);
  default: return &TF_TYPE_ANY;
  }
}

void tf_check_value(const TfScope *scope, const HclExpr *expr, const TfType *want, Str what) {
  Str why;
  bool derived;
  const TfType *got = tf_check_derived(scope, expr, &derived);
  if (tf_type_fits(scope->module->arena, want, got, expr, &why)) return;
  tf_mismatch(scope, derived, "V2118", expr->span, "wrong type for `%.*s`: %.*s", STR_ARG(what), STR_ARG(why));
}

// --- Steps

static void step_error(const TfScope *scope, const HclStep *step, const char *code, const char *message,
                       const char *help) {
  if (scope->lenient) return;
  Diag *d = tf_mismatch(scope, false, code, step->span, "%s", message);
  if (help) tf_help(scope->module, d, "%s", help);
}

static void unknown_member(const TfScope *scope, const HclStep *step, Str name, Nearest *nearest, const char *what,
                           bool guarded) {
  Str best = nearest_best(nearest);
  Diag *d = tf_mismatch(scope, guarded, "V2120", step->span, "%s has no attribute `%.*s`", what, STR_ARG(name));
  if (best.len) tf_help(scope->module, d, "did you mean `%.*s`?", STR_ARG(best));
}

// A member of what a provider describes. This is checked before anything is evaluated, so not even try() catches it.
static const TfType *schema_member(const TfScope *scope, const TfType *type, const HclStep *step, Str name) {
  FactsTfAttribute attribute;
  FactsTfNested nested;
  Arena *arena = scope->module->arena;
  if (facts_tf_find_attribute(type->block, name, &attribute)) return tf_type_fact(arena, attribute.type);
  if (facts_tf_find_block(type->block, name, &nested)) return tf_type_nested(arena, &nested);
  Nearest nearest = nearest_to(name);
  for (size_t i = 0; i < facts_tf_attributes(type->block); i++)
    nearest_offer(&nearest, facts_tf_attribute(type->block, i).name);
  for (size_t i = 0; i < facts_tf_blocks(type->block); i++)
    nearest_offer(&nearest, facts_tf_block(type->block, i).name);
  unknown_member(scope, step, name, &nearest, type->what ? type->what : "this object", false);
  return &TF_TYPE_ANY;
}

static const TfType *object_member(const TfScope *scope, const TfType *type, const HclStep *step, Str name) {
  Nearest nearest = nearest_to(name);
  for (size_t i = 0; i < type->count; i++) {
    if (str_eq(type->names[i], name)) return type->items[i];
    nearest_offer(&nearest, type->names[i]);
  }
  if (!scope->lenient) unknown_member(scope, step, name, &nearest, "this object", scope->guarded);
  return &TF_TYPE_ANY;
}

static const TfType *name_step(const TfScope *scope, const TfType *type, const HclStep *step) {
  switch (type->kind) {
  case TF_SCHEMA: return schema_member(scope, type, step, step->name);
  case TF_OBJECT: return object_member(scope, type, step, step->name);
  case TF_MAP: return type->element;
  case TF_LIST:
  case TF_TUPLE:
    step_error(scope, step, "V2133", "a list has no attributes", "take one element, [0], or all of them, [*]");
    return &TF_TYPE_ANY;
  case TF_SET:
    step_error(scope, step, "V2133", "a set has no attributes", "take all of them, [*], or the only one, one(…)");
    return &TF_TYPE_ANY;
  case TF_STRING:
  case TF_NUMBER:
  case TF_BOOL:
    step_error(scope, step, "V2133", "this is a plain value: it has no attributes", NULL);
    return &TF_TYPE_ANY;
  default: return &TF_TYPE_ANY;
  }
}

static const TfType *index_step(const TfScope *scope, const TfType *type, const HclStep *step) {
  Str key;
  const TfType *index = tf_check_expr(scope, step->index);
  bool literal = hcl_plain_string(step->index, &key), number = step->index->kind == HCL_NUMBER;
  switch (type->kind) {
  case TF_SCHEMA: return literal ? schema_member(scope, type, step, key) : &TF_TYPE_ANY;
  case TF_OBJECT: return literal ? object_member(scope, type, step, key) : &TF_TYPE_ANY;
  case TF_MAP: return type->element;
  case TF_SET:
    step_error(scope, step, "V2133", "the elements of a set have no index", "make it a list: tolist(…), or one(…)");
    return &TF_TYPE_ANY;
  case TF_TUPLE:
  case TF_LIST: {
    Str why;
    if (!tf_type_fits(scope->module->arena, &TF_TYPE_NUMBER, index, step->index, &why))
      step_error(scope, step, "V2133", "the index of a list is a number", NULL);
    if (type->kind == TF_LIST) return type->element;
    size_t at = 0;
    for (size_t i = 0; number && i < step->index->text.len && at < 100000; i++)
      at = at * 10 + (size_t)(step->index->text.at[i] - '0');
    if (number && at >= type->count && !scope->lenient)
      tf_mismatch(scope, scope->guarded, "V2133", step->span, "the list has no element at that index");
    return number && at < type->count ? type->items[at] : &TF_TYPE_ANY;
  }
  case TF_STRING:
  case TF_NUMBER:
  case TF_BOOL:
    step_error(scope, step, "V2133", "this is a plain value: it has no elements", NULL);
    return &TF_TYPE_ANY;
  default: return &TF_TYPE_ANY;
  }
}

// [*] and .*: what follows applies to each element; a value that is no list is a list of one.
static const TfType *splat_step(const TfScope *scope, const TfType *type, const HclStep *steps, size_t count) {
  bool names_only = steps[0].kind == HCL_STEP_SPLAT_NAMES;
  size_t inside = 1;
  while (inside < count &&
         (steps[inside].kind == HCL_STEP_NAME || (!names_only && steps[inside].kind == HCL_STEP_INDEX)))
    inside++;
  bool sequence = type->kind == TF_LIST || type->kind == TF_SET || type->kind == TF_TUPLE;
  const TfType *element = sequence ? element_of(type) : type;
  TfScope scope_inside = *scope;
  scope_inside.lenient |= type->kind == TF_TUPLE && type->count == 0;
  scope_inside.soft |= scope->derived && *scope->derived; // only what stands before a splat is looked at early
  element = tf_check_steps(&scope_inside, element, steps + 1, inside - 1);
  const TfType *list = tf_type_of(scope->module->arena, TF_LIST, element);
  return tf_check_steps(&scope_inside, list, steps + inside, count - inside);
}

const TfType *tf_check_steps(const TfScope *scope, const TfType *type, const HclStep *steps, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const HclStep *step = &steps[i];
    if (step->kind == HCL_STEP_SPLAT || step->kind == HCL_STEP_SPLAT_NAMES)
      return splat_step(scope, type, step, count - i);
    type = step->kind == HCL_STEP_NAME ? name_step(scope, type, step) : index_step(scope, type, step);
  }
  return type;
}
