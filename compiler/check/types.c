// Types: from their expressions, from the shapes of the API, and their members.
#include "check/internal.h"
#include "facts/facts.h"

typedef struct SimpleType {
  Str name;
  const Type *type;
} SimpleType;

static const SimpleType simple_types[] = {
    {STR_INIT("any"), &TYPE_ANY},           {STR_INIT("string"), &TYPE_STRING},   {STR_INIT("number"), &TYPE_NUMBER},
    {STR_INIT("bool"), &TYPE_BOOL},         {STR_INIT("date"), &TYPE_DATE},       {STR_INIT("word"), &TYPE_WORD},
    {STR_INIT("duration"), &TYPE_DURATION}, {STR_INIT("size"), &TYPE_SIZE},       {STR_INIT("percent"), &TYPE_PERCENT},
    {STR_INIT("rate"), &TYPE_RATE},         {STR_INIT("object"), &TYPE_RECORD},   {STR_INIT("type"), &TYPE_OF_TYPE},
    {STR_INIT("list"), &TYPE_ANYTHINGS},    {STR_INIT("account"), &TYPE_ACCOUNT}, {STR_INIT("formula"), &TYPE_FORMULA},
};
enum { SIMPLE_COUNT = sizeof simple_types / sizeof simple_types[0] };

static Type *new_type(Checker *c, TypeTag tag) {
  Type *type = NEW(c->arena, Type);
  type->tag = tag;
  return type;
}

static const Type *instance_type(Checker *c, Str kind) {
  Type *type = new_type(c, T_INSTANCE);
  type->name = kind;
  return type;
}

// The type of a member of a shape, through lists and maps; NULL: there is none of that name.
static const Type *held_by(Checker *c, const Type *type, Str name, Nearest *nearest) {
  bool optional;
  while (type->tag == T_LIST || type->tag == T_MAP) type = type->item;
  return type->tag == T_SHAPE ? type_member(c, type, name, &optional, nearest) : NULL;
}

// `sagemaker.updateEndpoint.DeploymentConfig`: what an action takes there, else what its answer has there.
// `sagemaker.describeTrainingJob`: its answer. NULL when the first word is no service.
static const Type *api_type(Checker *c, const TypeExpr *expr) {
  Str rest, action, service = str_cut(expr->name.text, '.', &rest);
  if (!rest.len || !service_named(c, service)) return NULL;
  action = str_cut(rest, '.', &rest);
  Nearest nearest = nearest_to(action);
  if (!action_named(c, service_named(c, service), action, &nearest)) {
    Diag *d =
        diag(c->diags, DIAG_ERROR, "E0106", expr->span, "%.*s has no action `%.*s`", STR_ARG(service), STR_ARG(action));
    Str best = nearest_best(&nearest);
    if (best.len) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
    return &TYPE_ANY;
  }
  FactsTask task = facts_task(str_fmt(c->arena, "arn:aws:states:::%.*s:%.*s", STR_ARG(service), STR_ARG(action)));
  if (task.kind != FACTS_TASK_OPTIMIZED)
    task = facts_task(str_fmt(c->arena, "arn:aws:states:::aws-sdk:%.*s:%.*s", STR_ARG(service), STR_ARG(action)));
  const Type *answer = type_of_shape(c, facts_task_output(&task)), *found = NULL;
  if (!rest.len) return answer;
  Str first = str_cut(rest, '.', &rest);
  nearest = nearest_to(first);
  found = held_by(c, type_of_shape(c, facts_task_input(&task)), first, &nearest);
  if (!found) found = held_by(c, answer, first, &nearest);
  for (Str name = first; found && rest.len;) {
    name = str_cut(rest, '.', &rest);
    nearest = nearest_to(name);
    found = held_by(c, found, name, &nearest);
  }
  if (found) return found;
  Diag *d = diag(c->diags, DIAG_ERROR, "E0106", expr->span, "`%.*s` has no such member", STR_ARG(expr->name.text));
  Str best = nearest_best(&nearest);
  if (best.len) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
  return &TYPE_ANY;
}

// A name that is no simple type: a declared type, a kind (its instances), or an instance with a member `type`.
static const Type *named_type(Checker *c, Scope *scope, const TypeExpr *expr) {
  Str name = expr->name.text;
  Binding *binding = scope_find(scope, name, NULL);
  if (binding && binding->entity) {
    Entity *entity = binding->entity;
    binding->used = true;
    if (entity->kind == ENTITY_TYPE) {
      entity_resolve(c, entity, expr->span);
      return entity->type ? entity->type : &TYPE_ANY;
    }
    if (entity->kind == ENTITY_KIND) return instance_type(c, name);
    if (entity->kind == ENTITY_INSTANCE) {
      if (is_poison(entity_resolve(c, entity, expr->span))) return &TYPE_ANY;
      const Value *type = map_get(&entity->members, S("type"));
      Entity *of = value_entity(type);
      if (of && of->type) {
        Type *loaded = NEW(c->arena, Type);
        *loaded = *of->type;
        loaded->shape = loaded->tag == T_OBJECT ? entity : NULL; // who loads it by its key
        return loaded;
      }
    }
  }
  if (binding && binding->value && binding->value->kind == VALUE_MISSING) return &TYPE_ANY;
  if (binding && binding->value && binding->value->type->tag == T_TYPE) {
    Entity *of = value_entity(binding->value);
    return of && of->type ? of->type : &TYPE_ANY;
  }
  if (kind_named(c, scope, name)) return instance_type(c, name);
  const Type *api = api_type(c, expr);
  if (api) return api;
  if (is_lost(c, name) || told_before(c, "E0106", name, expr->span)) return &TYPE_ANY;
  Nearest nearest = nearest_to(name);
  for (size_t i = 0; i < SIMPLE_COUNT; i++) nearest_offer(&nearest, simple_types[i].name);
  scope_nearest(scope, &nearest);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0106", expr->span, "there is no type `%.*s`", STR_ARG(name));
  first_told(c, "E0106", name, d);
  Str best = nearest_best(&nearest);
  Str instead = habit_help("type", name);
  if (instead.len)
    diag_help(c->diags, d, "%.*s", STR_ARG(instead));
  else if (best.len)
    diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
  else
    diag_help(c->diags, d, "types are string, number, bool, date, any, duration, size, `[type]`, `{ name: type }`");
  return &TYPE_ANY;
}

typedef VEC(TypeMember) TypeMembers;

// A later member replaces an earlier one, as in values.
static void set_member(Checker *c, TypeMembers *members, TypeMember member) {
  for (size_t i = 0; i < members->len; i++) {
    if (!str_eq(members->at[i].name, member.name)) continue;
    members->at[i] = member;
    return;
  }
  VEC_PUSH(c->arena, members, member);
}

// `...type`
static void take_over(Checker *c, TypeMembers *members, const Type *type, Span span) {
  if (type->tag != T_OBJECT && type->tag != T_ANY)
    diag(c->diags, DIAG_ERROR, "E0201", span, "only the fields of an object type can be taken over");
  for (size_t i = 0; type->tag == T_OBJECT && i < type->count; i++) set_member(c, members, type->fields[i]);
}

static const Type *object_type(Checker *c, Scope *scope, const TypeExpr *expr) {
  Type *type = new_type(c, T_OBJECT);
  TypeMembers members = {0};
  Map seen = {.arena = c->arena};
  for (size_t i = 0; i < expr->fields.len; i++) {
    const TypeField *field = &expr->fields.at[i];
    const Type *of = type_of(c, scope, field->type);
    if (!field->name.text.len) {
      take_over(c, &members, of, field->type->span);
      continue;
    }
    if (map_set(&seen, field->name.text, (void *)(uintptr_t)field)) {
      diag(c->diags, DIAG_ERROR, "E0102", field->name.span, "`%.*s` is already a member of this type",
           STR_ARG(field->name.text));
    }
    set_member(c, &members, (TypeMember){field->name.text, of, field->optional});
  }
  type->fields = members.at;
  type->count = members.len;
  return type;
}

const Type *type_of(Checker *c, Scope *scope, const TypeExpr *expr) {
  if (!expr) return &TYPE_ANY;
  switch (expr->kind) {
  case TYPE_NAME:
    for (size_t i = 0; i < SIMPLE_COUNT; i++) {
      if (str_eq(expr->name.text, simple_types[i].name)) return simple_types[i].type;
    }
    return named_type(c, scope, expr);
  case TYPE_LITERAL: {
    Type *type = new_type(c, T_LITERAL);
    type->value = eval(c, scope, expr->value);
    return type;
  }
  case TYPE_LIST: {
    Type *type = new_type(c, T_LIST);
    type->item = type_of(c, scope, expr->item);
    return type;
  }
  case TYPE_MAP: {
    Type *type = new_type(c, T_MAP);
    type->item = type_of(c, scope, expr->item);
    return type;
  }
  case TYPE_UNION: {
    Type *type = new_type(c, T_UNION);
    type->items = NEW_N(c->arena, const Type *, expr->items.len);
    type->count = expr->items.len;
    for (size_t i = 0; i < expr->items.len; i++) type->items[i] = type_of(c, scope, expr->items.at[i]);
    return type;
  }
  case TYPE_OBJECT: return object_type(c, scope, expr);
  default: return &TYPE_ANY;
  }
}

const TypeMember *type_field(const Type *type, Str name) {
  for (size_t i = 0; i < type->count; i++) {
    if (str_eq(type->fields[i].name, name)) return &type->fields[i];
  }
  return NULL;
}

const Type *type_of_shape(Checker *c, FactsShape shape) {
  switch (facts_shape_kind(shape)) {
  case FACTS_STRUCTURE: {
    Type *type = new_type(c, T_SHAPE);
    FactsShape *kept = NEW(c->arena, FactsShape);
    *kept = shape;
    type->shape = kept;
    return type;
  }
  case FACTS_LIST: {
    Type *type = new_type(c, T_LIST);
    type->item = type_of_shape(c, facts_shape_element(shape));
    return type;
  }
  case FACTS_MAP: {
    Type *type = new_type(c, T_MAP);
    type->item = type_of_shape(c, facts_shape_element(shape));
    return type;
  }
  case FACTS_STRING:
  case FACTS_TIMESTAMP:
  case FACTS_BLOB: return &TYPE_STRING;
  case FACTS_INTEGER:
  case FACTS_LONG:
  case FACTS_FLOAT:
  case FACTS_DOUBLE: return &TYPE_NUMBER;
  case FACTS_BOOLEAN: return &TYPE_BOOL;
  default: return &TYPE_ANY;
  }
}

enum { MEMBERS_SHOWN = 12 };

static const Type *seen_member(Checker *c, const Type *type, Str name) {
  Seen *seen = type->seen;
  for (size_t i = 0; i < seen->members.len; i++) {
    if (str_eq(seen->members.at[i].name, name)) return seen->members.at[i].type;
  }
  TypeMember member = {name, type_observed(c), false};
  VEC_PUSH(c->arena, &seen->members, member);
  return member.type;
}

static const Type *shape_member(Checker *c, const Type *type, Str name, bool *optional, Nearest *nearest) {
  FactsShape shape = *(const FactsShape *)type->shape;
  FactsMember member;
  *optional = false; // nearly all results are optional in the models, and there in the answers
  if (facts_shape_find(shape, name, &member)) {
    bool observed = type->seen && facts_shape_kind(member.shape) == FACTS_ANY;
    return observed ? seen_member(c, type, name) : type_of_shape(c, member.shape);
  }
  for (size_t i = 0; nearest && i < facts_shape_members(shape); i++)
    nearest_offer(nearest, facts_shape_member(shape, i).name);
  return NULL;
}

Str type_members(Checker *c, const Type *type) {
  Buf out = {.arena = c->arena};
  FactsShape shape = {0};
  if (type->tag == T_SHAPE) shape = *(const FactsShape *)type->shape;
  size_t count = type->tag == T_SHAPE ? facts_shape_members(shape) : type->tag == T_OBJECT ? type->count : 0;
  for (size_t i = 0; i < count && i < MEMBERS_SHOWN; i++) {
    Str name = type->tag == T_SHAPE ? facts_shape_member(shape, i).name : type->fields[i].name;
    buf_fmt(&out, "%s`%.*s`", i ? ", " : "", STR_ARG(name));
  }
  if (count > MEMBERS_SHOWN) buf_str(&out, S(", …"));
  return buf_text(&out);
}

const Type *type_answer(Checker *c, FactsShape shape) {
  const Type *type = type_of_shape(c, shape);
  if (type->tag == T_SHAPE) ((Type *)(uintptr_t)type)->seen = NEW(c->arena, Seen);
  return type;
}

const Type *type_list(Checker *c, const Type *item) {
  Type *type = new_type(c, T_LIST);
  type->item = item;
  return type;
}

const Type *type_observed(Checker *c) {
  Type *type = new_type(c, T_ANY);
  type->seen = NEW(c->arena, Seen);
  return type;
}

const Type *type_item(Checker *c, const Type *type) {
  if (type->tag == T_LIST || type->tag == T_MAP) return type->item;
  if (!type->seen) return &TYPE_ANY;
  if (!type->seen->item) type->seen->item = type_observed(c);
  return type->seen->item;
}

void type_seen_as(const Type *type, const Type *as) {
  if (type->seen && !type->seen->as && as->tag != T_ANY) type->seen->as = as;
}

void type_seen_like(Checker *c, const Type *type, const Value *value) {
  if (!type->seen) return;
  if (value->kind != VALUE_STRING) {
    type_seen_as(type, value->type);
    return;
  }
  Type *literal = new_type(c, T_LITERAL);
  literal->value = value;
  type_seen_as(type, literal);
}

const Type *type_member(Checker *c, const Type *type, Str name, bool *optional, Nearest *nearest) {
  *optional = false;
  switch (type->tag) {
  case T_ANY: return type->seen ? seen_member(c, type, name) : &TYPE_ANY;
  case T_MAP: *optional = true; return type->item;
  case T_OBJECT: {
    const TypeMember *field = type_field(type, name);
    if (field) {
      *optional = field->optional;
      return field->type;
    }
    for (size_t i = 0; nearest && i < type->count; i++) nearest_offer(nearest, type->fields[i].name);
    return type->open ? &TYPE_ANY : NULL;
  }
  case T_UNION: {
    const Type *found = NULL;
    for (size_t i = 0; i < type->count; i++) {
      bool maybe;
      const Type *member = type_member(c, type->items[i], name, &maybe, nearest);
      *optional = *optional || maybe || !member;
      if (member) found = found && found != member ? &TYPE_ANY : member;
    }
    return found;
  }
  case T_SHAPE: return shape_member(c, type, name, optional, nearest);
  default: return NULL;
  }
}

static const Type *type_in_expr(Checker *c, Scope *scope, const Expr *expr);

static const Type *alternatives_in_expr(Checker *c, Scope *scope, const Expr *expr) {
  VEC(const Type *) items = {0};
  const Type *last = NULL;
  for (const Expr *at = expr; !last; at = at->left) { // from the right, as they nest
    last = at->kind == EXPR_EITHER ? NULL : type_in_expr(c, scope, at);
    const Type *item = last ? last : type_in_expr(c, scope, at->right);
    VEC_PUSH(c->arena, &items, item);
  }
  Type *type = new_type(c, T_UNION);
  type->items = NEW_N(c->arena, const Type *, items.len);
  for (size_t i = 0; i < items.len; i++) type->items[i] = items.at[items.len - 1 - i];
  type->count = items.len;
  return type;
}

static const Type *type_in_expr(Checker *c, Scope *scope, const Expr *expr) {
  TypeExpr type = {.span = expr->span, .name = expr->name};
  switch (expr->kind) {
  case EXPR_NAME: type.kind = TYPE_NAME; return type_of(c, scope, &type);
  case EXPR_MEMBER: // of an API
    type.kind = TYPE_NAME;
    type.name = (Word){source_of(c, expr->span), expr->span};
    return type_of(c, scope, &type);
  case EXPR_STRING:
  case EXPR_BOOL:
  case EXPR_NUMBER: {
    Type *literal = new_type(c, T_LITERAL);
    literal->value = eval(c, scope, expr);
    return literal;
  }
  case EXPR_LIST: {
    Type *list = new_type(c, T_LIST);
    list->item = expr->items.len == 1 ? type_in_expr(c, scope, expr->items.at[0]) : &TYPE_ANY;
    return list;
  }
  case EXPR_EITHER: return alternatives_in_expr(c, scope, expr);
  case EXPR_OBJECT: {
    if (expr->fields.len == 1 && expr->fields.at[0].map) {
      Type *map = new_type(c, T_MAP);
      map->item = type_in_expr(c, scope, expr->fields.at[0].value);
      return map;
    }
    Type *object = new_type(c, T_OBJECT);
    TypeMembers members = {0};
    for (size_t i = 0; i < expr->fields.len; i++) {
      const Field *field = &expr->fields.at[i];
      bool optional = field->value->kind == EXPR_TEST;
      const Type *of = type_in_expr(c, scope, optional ? field->value->left : field->value);
      if (field->spread)
        take_over(c, &members, of, field->value->span);
      else
        set_member(c, &members, (TypeMember){field->name.text, of, optional});
    }
    object->fields = members.at;
    object->count = members.len;
    return object;
  }
  case EXPR_ERROR: return &TYPE_ANY;
  default: diag(c->diags, DIAG_ERROR, "E0106", expr->span, "this is no type"); return &TYPE_ANY;
  }
}

const Value *type_from_expr(Checker *c, Scope *scope, const Expr *expr) {
  Entity *entity = entity_new(c, ENTITY_TYPE, (Word){S("type"), expr->span}, NULL, scope);
  entity->type = type_in_expr(c, scope, expr);
  entity->progress = 2;
  return entity_value(c, entity);
}
