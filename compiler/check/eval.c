// Expressions to values: everything known is computed, the rest stays as a tree.
#include "check/flow.h"
#include "jsonata/jsonata.h"
#include "base/planted.h"

enum { DEPTH_MOST = 200 };

static const Value poisoned = {.kind = VALUE_MISSING, .type = &TYPE_ANY};

const Value *poison(Checker *c, Span span) {
  (void)c, (void)span;
  return &poisoned;
}

bool is_poison(const Value *value) {
  return value == &poisoned;
}

bool holds_poison(const Value *value) {
  if (is_poison(value)) return true;
  for (size_t i = 0; i < value->count; i++) {
    const Value *part = value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i];
    if (part && holds_poison(part)) return true;
  }
  return false;
}

bool require_time(Checker *c, const Value *value, Time needed, const char *what) {
  if (value->time <= needed) return true;
  const Value *part = latest_part(value, needed);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0401", part->span, "`%.*s` is known %s; %s must be known %s",
                 STR_ARG(source_of(c, part->span)), time_name(value->time), what, time_name(needed));
  if (value->time == TIME_DEPLOY) diag_help(c->diags, d, "use a constant here");
  return false;
}

// Whether a source text is a name with members.
static bool is_path(Str text) {
  for (size_t i = 0; i < text.len; i++) {
    if (!ascii_is_word(text.at[i]) && text.at[i] != '.') return false;
  }
  return text.len > 0 && !ascii_is_digit(text.at[0]);
}

const Value *require_present(Checker *c, const Value *value) {
  if (!value->maybe || is_poison(value)) return value;
  Str path = path_text(c->arena, value);
  if (!path.len && is_path(source_of(c, value->span))) path = source_of(c, value->span);
  Str text = path.len ? str_fmt(c->arena, "`%.*s`", STR_ARG(path)) : S("this value");
  Diag *d = diag(c->diags, DIAG_ERROR, "E0312", value->span, "%.*s may be missing here", STR_ARG(text));
  if (span_known(value->missing_because)) diag_note(c->diags, d, value->missing_because, "it is set only there");
  if (span_known(value->missing_unless)) {
    Str decides = source_of(c, value->missing_unless);
    bool brief = decides.len <= 60;
    diag_note(c->diags, d, value->missing_unless,
              brief ? "`%.*s` decides whether it is" : "%.*sthis decides whether it is",
              STR_ARG(brief ? decides : (Str){0}));
  }
  const Value *part = value;
  while (part->kind == VALUE_MEMBER && !span_known(part->missing_because)) part = part->items[0];
  if (part->kind == VALUE_INDEX) diag_note(c->diags, d, part->span, "a list may have no such item");
  if (path.len)
    diag_help(c->diags, d, "guard with `if %.*s? { … }`, give a default with `??`, or assert with `%.*s!`",
              STR_ARG(path), STR_ARG(path));
  else
    diag_help(c->diags, d, "give a default with `??`, or assert with a `!` behind each part that may be missing");
  return poison(c, value->span);
}

Str path_text(Arena *arena, const Value *value) {
  if (value->kind == VALUE_VARIABLE || value->kind == VALUE_LOCAL) return value->text;
  if (value->kind == VALUE_INPUT) return S("input");
  if (value->kind == VALUE_INDEX && value->items[1]->kind == VALUE_NUMBER) {
    Str list = path_text(arena, value->items[0]);
    return list.len ? str_fmt(arena, "%.*s[%g]", STR_ARG(list), value->items[1]->number) : (Str){0};
  }
  // A date's parameter is its day, nowhere anything else (parameter_value).
  bool day = value->kind == VALUE_CALL && value->count == 1 && str_eq(value->text, S("date"));
  if (day && value->items[0]->type == &TYPE_DATE && value->items[0]->kind == VALUE_MEMBER &&
      value->items[0]->items[0]->kind == VALUE_INPUT)
    value = value->items[0];
  if (value->kind != VALUE_MEMBER) return (Str){0};
  if (value->items[0]->kind == VALUE_INPUT) return value->text;
  Str left = path_text(arena, value->items[0]);
  return left.len ? str_fmt(arena, "%.*s.%.*s", STR_ARG(left), STR_ARG(value->text)) : (Str){0};
}

static void note_present(FlowBuild *f, const Value *value) {
  Str path = path_text(f->c->arena, value);
  // What holds for a.b[0].c holds for a, a.b and a.b[0] too.
  for (Str at = path; at.len;) {
    VEC_PUSH(f->c->arena, &f->present, at);
    size_t dot = at.len;
    while (dot > 0 && at.at[dot - 1] != '.' && at.at[dot - 1] != '[') dot--;
    at = dot ? str_slice(at, 0, dot - 1) : (Str){0};
  }
}

void narrow(FlowBuild *f, const Value *condition, bool holds) {
  if (!f || condition->kind != VALUE_OPERATION) return;
  if (condition->op == VALUE_NOT) narrow(f, condition->items[0], !holds);
  if (condition->op == VALUE_TEST && holds) note_present(f, condition->items[0]);
  if (condition->op != VALUE_BINARY) return;
  const Value *a = condition->items[0], *b = condition->items[1];
  bool both = (condition->binary == OP_AND && holds) || (condition->binary == OP_OR && !holds);
  if (both) narrow(f, a, holds), narrow(f, b, holds);
  // x == "Y" holds only for what is there.
  if (condition->binary == OP_EQUAL && holds && b->kind != VALUE_MISSING && !b->maybe) note_present(f, a);
}

const Value *present_here(Checker *c, Scope *scope, const Value *value) {
  FlowBuild *f = scope->flow;
  if (!value->maybe || !f || f->present.len == 0) return value;
  Str path = path_text(c->arena, value);
  for (size_t i = 0; path.len && i < f->present.len; i++) {
    if (str_eq(f->present.at[i], path)) return value_maybe(c->arena, value, false);
  }
  return value;
}

static const Value *eval_index(Checker *c, Scope *scope, const Expr *expr) {
  const Value *list = eval(c, scope, expr->left), *at = eval(c, scope, expr->right);
  if (is_poison(list) || is_poison(at)) return poison(c, expr->span);
  if (list->kind == VALUE_MISSING) return value_missing(expr->span);
  bool named = at->kind == VALUE_STRING &&
               (list->type->tag == T_OBJECT || list->type->tag == T_MAP || list->type->tag == T_SHAPE);
  if (named) return eval_member(c, list, (Word){at->text, at->span}, expr->span);
  if (list->kind == VALUE_LIST && at->kind == VALUE_NUMBER) {
    double i = at->number < 0 ? at->number + (double)list->count : at->number;
    if (i >= 0 && i < (double)list->count) return value_at(c->arena, list->items[(size_t)i], expr->span);
    return value_missing(expr->span);
  }
  const Type *item = type_item(c, list->type);
  if (at->type->tag == T_STRING && list->type->tag != T_LIST && list->kind != VALUE_TERRAFORM) { // a member by name
    const Value *both[] = {list, at};
    Value *value = value_node(c->arena, VALUE_CALL, both, 2, item, expr->span);
    value->text = S("lookup");
    value->maybe = value->time == TIME_RUN || list->maybe;
    return value;
  }
  if (list->kind == VALUE_TERRAFORM && at->kind == VALUE_NUMBER) {
    Str text = str_fmt(c->arena, "%.*s[%.0f]", STR_ARG(list->text), at->number);
    return value_leaf(c->arena, VALUE_TERRAFORM, TIME_DEPLOY, text, &TYPE_ANY, expr->span);
  }
  const Value *of[] = {list, at};
  Value *value = value_node(c->arena, VALUE_INDEX, of, 2, item, expr->span);
  value->maybe = list->maybe || (value->time == TIME_RUN && list->type->tag != T_ANY);
  return value;
}

static const Value *eval_slice(Checker *c, Scope *scope, const Expr *expr) {
  const Value *list = require_present(c, eval(c, scope, expr->left));
  const Value *from = expr->right ? eval(c, scope, expr->right) : value_number(c->arena, 0, UNIT_NONE, expr->span);
  const Value *to = expr->third ? eval(c, scope, expr->third) : value_missing(expr->span);
  if (is_poison(list) || is_poison(from) || is_poison(to)) return poison(c, expr->span);
  if (list->kind == VALUE_LIST && from->kind == VALUE_NUMBER && value_is_const(to)) {
    size_t n = list->count, a = from->number > 0 ? (size_t)from->number : 0;
    size_t b = to->kind == VALUE_NUMBER && to->number < (double)n ? (size_t)to->number : n;
    if (a > n) a = n;
    return value_list(c->arena, list->items + a, b > a ? b - a : 0, expr->span);
  }
  const Value *of[] = {list, from, to};
  return value_node(c->arena, VALUE_SLICE, of, 3, list->type, expr->span);
}

static const Value *eval_string(Checker *c, Scope *scope, const Expr *expr) {
  VEC(const Value *) parts = {0};
  for (size_t i = 0; i < expr->parts.len; i++) {
    const StringPart *part = &expr->parts.at[i];
    if (!part->expr) {
      VEC_PUSH(c->arena, &parts, value_string(c->arena, part->text, expr->span));
      continue;
    }
    const Value *value = require_present(c, eval(c, scope, part->expr));
    if (is_poison(value)) return value;
    bool thing = value->kind == VALUE_DECLARED || value->type->tag == T_INSTANCE;
    bool has_parts = value->kind == VALUE_OBJECT || value->kind == VALUE_LIST || value->type->tag == T_OBJECT ||
                     value->type->tag == T_LIST || value->type->tag == T_MAP || value->type->tag == T_SHAPE;
    if (thing || has_parts) {
      Diag *d = diag(c->diags, DIAG_ERROR, "E0207", part->expr->span, "%s has no text of its own",
                     thing ? "a declaration" : "an object or list");
      diag_help(c->diags, d, thing ? "say which member: `.name`, `.arn`, `.uri`, …" : "write it as JSON with json(…)");
      return poison(c, expr->span);
    }
    type_seen_as(value->type, &TYPE_STRING);
    VEC_PUSH(c->arena, &parts, value);
  }
  return value_template(c->arena, parts.at, parts.len, expr->span);
}

static void put_member(Checker *c, ValueMember **members, size_t *len, size_t *room, ValueMember member) {
  struct {
    ValueMember *at;
    size_t len, room;
  } vec = {*members, *len, *room};
  for (size_t i = 0; i < vec.len; i++) {
    if (!str_eq(vec.at[i].name, member.name)) continue;
    vec.at[i] = member;
    return;
  }
  VEC_PUSH(c->arena, &vec, member);
  *members = vec.at, *len = vec.len, *room = vec.room;
}

// What `...` spreads: an object, or a thing's `value`.
static const Value *spread_of(Checker *c, const Value *value) {
  Entity *thing = value_entity(value);
  if (!thing) return fit(c, value, &TYPE_RECORD, S("`...`"));
  entity_resolve(c, thing, value->span);
  const Value *whole = map_get(&thing->members, S("value"));
  if (whole) return whole;
  diag(c->diags, DIAG_ERROR, "E0207", value->span, "`%.*s` is a declaration, not a value to spread",
       STR_ARG(thing->name));
  return poison(c, value->span);
}

const Value *eval_fields(Checker *c, Scope *scope, const FieldList *fields, Span span) {
  ValueMember *members = NULL;
  size_t len = 0, room = 0;
  VEC(const Value *) merged = {0}; // spreads of unknown objects, in order with what stands between
  Map seen = {.arena = c->arena};
  bool lost = false; // some of its members are not known
  for (size_t i = 0; i < fields->len; i++) {
    const Field *field = &fields->at[i];
    if (field->in_type) {
      diag(c->diags, DIAG_ERROR, "E0106", field->name.span, "this is a member of a type, and a value is wanted");
      return poison(c, span);
    }
    const Value *value = eval(c, scope, field->value);
    if (field->spread) value = spread_of(c, value);
    lost = lost || (is_poison(value) && field->spread);
    if (is_poison(value) && field->spread) continue;
    if (!field->spread) {
      if (map_set(&seen, field->name.text, (void *)(uintptr_t)field)) {
        PLANTED(true);
        diag(c->diags, DIAG_ERROR, "E0102", field->name.span, "`%.*s` is already a member of this object",
             STR_ARG(field->name.text));
      }
      if (value->kind != VALUE_MISSING || is_poison(value)) {
        put_member(c, &members, &len, &room, (ValueMember){field->name.text, value, field->name.span});
      }
    } else if (value->kind == VALUE_OBJECT) {
      for (size_t k = 0; k < value->count; k++) put_member(c, &members, &len, &room, value->members[k]);
    } else if (value->kind != VALUE_MISSING) {
      if (len) VEC_PUSH(c->arena, &merged, value_object(c->arena, members, len, span));
      VEC_PUSH(c->arena, &merged, value);
      members = NULL, len = room = 0;
    }
  }
  if (lost) return poison(c, span);
  if (merged.len == 0) return value_object(c->arena, members, len, span);
  if (len) VEC_PUSH(c->arena, &merged, value_object(c->arena, members, len, span));
  Value *call = value_node(c->arena, VALUE_CALL, merged.at, merged.len, &TYPE_RECORD, span);
  call->text = S("merge");
  return call;
}

static const Value *eval_comprehension(Checker *c, Scope *scope, const Expr *expr) {
  const Value *list = require_present(c, eval(c, scope, expr->right));
  if (is_poison(list)) return list;
  if (list->kind == VALUE_LIST) {
    VEC(const Value *) items = {0};
    for (size_t i = 0; i < list->count; i++) {
      Scope *inside = scope_new(c, SCOPE_BLOCK, scope);
      scope_bind_value(c, inside, expr->name, list->items[i])->used = true;
      const Value *wanted = expr->third ? eval(c, inside, expr->third) : value_bool(c->arena, true, expr->span);
      if (wanted->kind == VALUE_BOOL && !wanted->truth) continue;
      if (wanted->kind != VALUE_BOOL && !is_poison(wanted)) goto later;
      VEC_PUSH(c->arena, &items, eval(c, inside, expr->left));
    }
    return value_list(c->arena, items.at, items.len, expr->span);
  }
later:;
  const Type *item = type_item(c, list->type);
  Scope *inside = scope_new(c, SCOPE_BLOCK, scope);
  const Value *local = value_leaf(c->arena, VALUE_LOCAL, list->time, expr->name.text, item, expr->name.span);
  scope_bind_value(c, inside, expr->name, local)->used = true;
  if (scope->flow) scope->flow->guarded++;
  const Value *condition = expr->third ? eval(c, inside, expr->third) : value_bool(c->arena, true, expr->span);
  const Value *of[] = {list, eval(c, inside, expr->left), condition};
  if (scope->flow) scope->flow->guarded--;
  Type *type = NEW(c->arena, Type);
  *type = (Type){.tag = T_LIST, .item = of[1]->type};
  Value *value = value_node(c->arena, VALUE_EACH, of, 3, type, expr->span);
  value->text = expr->name.text;
  return value;
}

// Whether a value is what a pattern says; `null` is the pattern of what is missing.
const Value *pattern_condition(Checker *c, const Value *subject, const Value *pattern, Span span) {
  type_seen_like(c, subject->type, pattern);
  if (pattern->kind == VALUE_MISSING) return value_not(c->arena, value_test(c->arena, subject, span), span);
  bool is_bool = pattern->kind == VALUE_BOOL && subject->type->tag == T_BOOL && !subject->maybe;
  if (is_bool && subject->time == TIME_DEPLOY) return pattern->truth ? subject : value_not(c->arena, subject, span);
  return value_binary(c->arena, OP_EQUAL, subject, pattern, &TYPE_BOOL, span);
}

static const Value *eval_match(Checker *c, Scope *scope, const Expr *expr) {
  const Value *subject = eval(c, scope, expr->left);
  if (is_poison(subject)) return subject;
  const Value *otherwise = NULL;
  struct {
    const Value *condition, *value;
  } arms[64];
  size_t count = 0;
  if (scope->flow) scope->flow->guarded++;
  for (size_t i = 0; i < expr->arms.len && count < 64; i++) {
    const Arm *arm = &expr->arms.at[i];
    const Value *condition = arm->patterns.len ? value_bool(c->arena, false, arm->span) : NULL;
    for (size_t k = 0; k < arm->patterns.len; k++) {
      const Value *pattern = eval_as(c, scope, arm->patterns.at[k],
                                     subject->type->tag == T_STRING ? &TYPE_WORD : &TYPE_ANY, S("a pattern"));
      const Value *equal = pattern_condition(c, subject, pattern, arm->span);
      condition = value_binary(c->arena, OP_OR, condition, equal, &TYPE_BOOL, arm->span);
    }
    if (condition && condition->kind == VALUE_BOOL && !condition->truth) continue;
    const Value *value = eval(c, scope, arm->value);
    if (!condition || condition->kind == VALUE_BOOL) {
      otherwise = value;
      break;
    }
    arms[count].condition = condition;
    arms[count++].value = value;
  }
  if (scope->flow) scope->flow->guarded--;
  const Value *value = otherwise ? otherwise : value_missing(expr->span);
  bool open = true, all = !subject->maybe && !match_left_out(c, subject->type, &expr->arms, &open).len && !open;
  while (count-- > 0) {
    const Value *other = value;
    value = value_choice(c->arena, arms[count].condition, arms[count].value, other, expr->span);
    // Where the arms take all that there is, an execution that brings something else fails here.
    if (all && other->kind == VALUE_MISSING && value->kind == VALUE_CHOICE)
      ((Value *)(uintptr_t)value)->maybe = arms[count].value->maybe;
  }
  return value;
}

// `jsonata "…"`: checked, with ${…} filled in.
static const Value *eval_jsonata(Checker *c, Scope *scope, const Expr *expr) {
  const Value *text = eval(c, scope, expr->left);
  if (is_poison(text)) return text;
  if (text->kind != VALUE_STRING) {
    diag(c->diags, DIAG_ERROR, "E0213", expr->span, "a raw expression is a constant string");
    return poison(c, expr->span);
  }
  JsonataError error;
  if (!jsonata_compile(c->arena, text->text, JSONATA_STEP_FUNCTIONS, &error)) {
    diag(c->diags, DIAG_ERROR, "E0214", expr->span, "JSONata: %.*s (%s)", STR_ARG(error.message), error.code);
    return poison(c, expr->span);
  }
  // Names of the language that the expression reads as $name are bound in it.
  const Value **bound = NEW_N(c->arena, const Value *, 64);
  size_t count = 0;
  for (size_t i = 0; i + 1 < text->text.len && count < 63; i++) {
    if (text->text.at[i] != '$') continue;
    size_t end = i + 1;
    while (end < text->text.len && ascii_is_word(text->text.at[end])) end++;
    Str name = str_slice(text->text, i + 1, end);
    Binding *binding = name.len ? scope_find(scope, name, NULL) : NULL;
    if (!binding || (!binding->value && !binding->variable && !binding->entity)) continue;
    Expr named = {.kind = EXPR_NAME, .span = expr->span, .name = {name, expr->span}};
    bool known = false;
    for (size_t k = 0; k < count && !known; k++) known = str_eq(bound[k]->text, name);
    const Value *value = eval(c, scope, &named);
    if (known || value->kind == VALUE_DECLARED || is_poison(value)) continue;
    if (value->kind == VALUE_VARIABLE && str_eq(value->text, name)) {
      bound[count++] = value;
      continue;
    }
    Value *let = value_node(c->arena, VALUE_CALL, &value, 1, &TYPE_ANY, expr->span);
    let->text = name;
    bound[count++] = let;
  }
  Value *made = value_node(c->arena, VALUE_RAW, bound, count, &TYPE_ANY, expr->span);
  made->text = text->text;
  made->time = TIME_RUN;
  return made;
}

static const Value *eval_list(Checker *c, Scope *scope, const Expr *expr) {
  const Value **items = NEW_N(c->arena, const Value *, expr->items.len);
  for (size_t i = 0; i < expr->items.len; i++) items[i] = eval(c, scope, expr->items.at[i]);
  return value_list(c->arena, items, expr->items.len, expr->span);
}

// `x in all accounts`: the declaration as a whole, also where a part of it is.
static const Value *eval_everywhere(Checker *c, Scope *scope, const Expr *of) {
  Binding *binding = of->kind == EXPR_NAME ? scope_find(scope, of->name.text, NULL) : NULL;
  if (!binding || !binding->entity || binding->entity->kind != ENTITY_INSTANCE) {
    const Value *value = eval(c, scope, of);
    if (!is_poison(value))
      diag(c->diags, DIAG_ERROR, "E0513", of->span, "only a declared thing can be in several accounts or regions");
    return poison(c, of->span);
  }
  binding->used = true;
  entity_resolve(c, binding->entity, of->span);
  return value_at(c->arena, entity_value(c, binding->entity), of->span);
}

static const Value *eval_inner(Checker *c, Scope *scope, const Expr *expr) {
  switch (expr->kind) {
  case EXPR_NULL: return value_missing(expr->span);
  case EXPR_BOOL: return value_bool(c->arena, expr->number != 0, expr->span);
  case EXPR_NUMBER: {
    Value *value = (Value *)(uintptr_t)value_number(c->arena, expr->number, expr->unit, expr->span);
    value->text = expr->text;
    return value;
  }
  case EXPR_STRING: return eval_string(c, scope, expr);
  case EXPR_NAME: return eval_name(c, scope, expr);
  case EXPR_MEMBER: { // x?.y is x.y: a path through what is missing is missing
    const Expr *left = expr->left->kind == EXPR_TEST ? expr->left->left : expr->left;
    return present_here(c, scope, eval_member(c, eval(c, scope, left), expr->name, expr->span));
  }
  case EXPR_INDEX: return present_here(c, scope, eval_index(c, scope, expr));
  case EXPR_SLICE: return eval_slice(c, scope, expr);
  case EXPR_CALL: return eval_call(c, scope, expr);
  case EXPR_NOT: {
    const Value *of = require_present(c, eval(c, scope, expr->left));
    return is_poison(of) ? of : value_not(c->arena, fit(c, of, &TYPE_BOOL, S("`not`")), expr->span);
  }
  case EXPR_NEGATE: {
    const Value *of = number_operand(c, eval(c, scope, expr->left));
    const Value *zero = value_number(c->arena, 0, UNIT_NONE, expr->span);
    return is_poison(of) ? of : value_binary(c->arena, OP_SUBTRACT, zero, of, of->type, expr->span);
  }
  case EXPR_BINARY: return eval_operation(c, scope, expr);
  case EXPR_TEST: {
    const Value *of = eval(c, scope, expr->left);
    return is_poison(of) ? of : value_test(c->arena, of, expr->span);
  }
  case EXPR_ASSERT: {
    const Value *of = eval(c, scope, expr->left);
    if (is_poison(of) || (!of->maybe && of->time < TIME_RUN)) return of;
    if (of->kind == VALUE_MISSING) {
      diag(c->diags, DIAG_ERROR, "E0313", expr->span, "this is always missing, so `!` always fails");
      return poison(c, expr->span);
    }
    Value *value = value_node(c->arena, VALUE_OPERATION, &of, 1, of->type, expr->span);
    value->op = VALUE_ASSERT;
    return value;
  }
  case EXPR_LIST: return eval_list(c, scope, expr);
  case EXPR_OBJECT: return eval_fields(c, scope, &expr->fields, expr->span);
  case EXPR_COMPREHENSION: return eval_comprehension(c, scope, expr);
  case EXPR_MATCH: return eval_match(c, scope, expr);
  case EXPR_JSONATA: return eval_jsonata(c, scope, expr);
  case EXPR_EVERYWHERE: return eval_everywhere(c, scope, expr->left);
  case EXPR_EITHER: {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0106", expr->span, "`|` stands between types, and a value is wanted");
    diag_help(c->diags, d, "one or the other of two conditions is `a or b`");
    return poison(c, expr->span);
  }
  case EXPR_ASL:
    diag(c->diags, DIAG_ERROR, "E0210", expr->span, "a raw state is a step of its own, not part of an expression");
    return poison(c, expr->span);
  default: return poison(c, expr->span);
  }
}

const Value *eval(Checker *c, Scope *scope, const Expr *expr) {
  if (!expr) return poison(c, NO_SPAN);
  if (c->depth >= DEPTH_MOST) {
    if (!c->reported_depth) {
      diag(c->diags, DIAG_ERROR, "E0107", expr->span, "this expands too deeply; does a step or kind use itself?");
    }
    c->reported_depth = true;
    return poison(c, expr->span);
  }
  c->depth++;
  const Value *value = eval_inner(c, scope, expr);
  c->depth--;
  return value;
}

const Type TYPE_WORD_OR_ANY = {.tag = T_ANY};

static bool wants_word(const Type *type) {
  return type->tag == T_WORD || type == &TYPE_WORD_OR_ANY;
}

const Value *eval_as(Checker *c, Scope *scope, const Expr *expr, const Type *type, Str what) {
  Binding *binding = expr->kind == EXPR_NAME && wants_word(type) ? scope_find(scope, expr->name.text, NULL) : NULL;
  bool value =
      binding && (!binding->entity || binding->entity->kind == ENTITY_LET || binding->entity->kind == ENTITY_PARAM);
  bool word = !binding || (!value && type->tag == T_WORD); // a declaration's name is a word, too, where only words go
  if (expr->kind == EXPR_NAME && wants_word(type) && word) {
    return value_string(c->arena, expr->name.text, expr->span);
  }
  if (type->tag == T_TYPE) return type_from_expr(c, scope, expr);
  if (type->tag == T_FORMULA) return eval_formula(c, scope, expr);
  bool list_of_words =
      type == &TYPE_WORD_OR_ANY || (type->tag == T_LIST && (wants_word(type->item) || type->item->tag == T_FORMULA));
  if (expr->kind == EXPR_LIST && list_of_words) {
    const Type *item = type->tag == T_LIST ? type->item : type;
    const Value **items = NEW_N(c->arena, const Value *, expr->items.len);
    for (size_t i = 0; i < expr->items.len; i++) items[i] = eval_as(c, scope, expr->items.at[i], item, what);
    return value_list(c->arena, items, expr->items.len, expr->span);
  }
  return fit(c, eval(c, scope, expr), type, what);
}
