// Types of Terraform values before a plan, and the conversions that Terraform makes by itself.
#include "validate/tf.h"

const TfType TF_TYPE_ANY = {.kind = TF_ANY}, TF_TYPE_NULL = {.kind = TF_NULL}, TF_TYPE_STRING = {.kind = TF_STRING},
             TF_TYPE_NUMBER = {.kind = TF_NUMBER}, TF_TYPE_BOOL = {.kind = TF_BOOL};

const TfType *tf_type_of(Arena *arena, TfTypeKind kind, const TfType *element) {
  TfType *type = NEW(arena, TfType);
  type->kind = kind;
  type->element = element;
  return type;
}

const TfType *tf_type_schema(Arena *arena, FactsTfBlock block) {
  TfType *type = NEW(arena, TfType);
  type->kind = TF_SCHEMA;
  type->block = block;
  return type;
}

// The schema does not tell which members of an object may be left out, so all may.
static const TfType *object_fact(Arena *arena, FactsTfType fact) {
  size_t count = facts_tf_type_fields(fact);
  bool *optional = NEW_N(arena, bool, count + 1);
  memset(optional, true, count);
  Str *names = NEW_N(arena, Str, count + 1);
  const TfType **items = NEW_N(arena, const TfType *, count + 1);
  for (size_t i = 0; i < count; i++) items[i] = tf_type_fact(arena, facts_tf_type_field(fact, i, &names[i]));
  TfType *type = NEW(arena, TfType);
  *type = (TfType){.kind = TF_OBJECT, .names = names, .items = items, .optional = optional, .count = count};
  return type;
}

const TfType *tf_type_fact(Arena *arena, FactsTfType fact) {
  switch (facts_tf_type_kind(fact)) {
  case FACTS_TF_STRING: return &TF_TYPE_STRING;
  case FACTS_TF_NUMBER: return &TF_TYPE_NUMBER;
  case FACTS_TF_BOOL: return &TF_TYPE_BOOL;
  case FACTS_TF_LIST: return tf_type_of(arena, TF_LIST, tf_type_fact(arena, facts_tf_type_element(fact)));
  case FACTS_TF_SET: return tf_type_of(arena, TF_SET, tf_type_fact(arena, facts_tf_type_element(fact)));
  case FACTS_TF_MAP: return tf_type_of(arena, TF_MAP, tf_type_fact(arena, facts_tf_type_element(fact)));
  case FACTS_TF_OBJECT: return object_fact(arena, fact);
  default: return &TF_TYPE_ANY;
  }
}

const TfType *tf_type_nested(Arena *arena, const FactsTfNested *nested) {
  if (nested->opaque) return &TF_TYPE_ANY;
  const TfType *block = tf_type_schema(arena, nested->block);
  static const TfTypeKind kinds[] = {
      [FACTS_TF_NEST_LIST] = TF_LIST, [FACTS_TF_NEST_SET] = TF_SET, [FACTS_TF_NEST_MAP] = TF_MAP};
  return nested->nesting == FACTS_TF_NEST_SINGLE ? block : tf_type_of(arena, kinds[nested->nesting], block);
}

const TfType *tf_type_common(const TfType *a, const TfType *b) {
  if (a->kind == TF_NULL) return b;
  if (b->kind == TF_NULL || a == b) return a;
  bool collection = a->kind == TF_LIST || a->kind == TF_SET || a->kind == TF_MAP;
  if (a->kind != b->kind || a->kind == TF_OBJECT || a->kind == TF_TUPLE || a->kind == TF_SCHEMA) return &TF_TYPE_ANY;
  if (collection && tf_type_common(a->element, b->element)->kind == TF_ANY) return &TF_TYPE_ANY;
  return a;
}

Str tf_type_name(Arena *arena, const TfType *type) {
  static const char *const names[] = {"any value", "null",    "string", "number", "bool",  "list of ",
                                      "set of ",   "map of ", "tuple",  "object", "object"};
  Str name = str_of(names[type->kind]);
  if (!type->element) return name;
  Str element = tf_type_name(arena, type->element);
  return str_fmt(arena, "%.*s%.*s", STR_ARG(name), STR_ARG(element));
}

// --- Conversions

static const HclExpr *bare(const HclExpr *expr) {
  while (expr && expr->kind == HCL_PAREN) expr = expr->items[0];
  return expr;
}

// A literal string is converted when its text says a value of the wanted kind.
static bool string_becomes(TfTypeKind kind, const HclExpr *expr) {
  Str text;
  if (!hcl_plain_string(expr, &text)) return true;
  if (kind == TF_BOOL)
    return str_eq(text, S("true")) || str_eq(text, S("false")) || str_eq(text, S("1")) || str_eq(text, S("0"));
  size_t digits = 0;
  for (size_t i = 0; i < text.len; i++) {
    bool digit = ascii_is_digit(text.at[i]);
    digits += digit;
    if (!digit && !strchr("+-.eE", text.at[i])) return false;
  }
  return digits > 0;
}

static bool no(Arena *arena, const TfType *want, Str *why) {
  Str name = tf_type_name(arena, want);
  *why = str_fmt(arena, "%.*s required", STR_ARG(name));
  return false;
}

static bool primitive_fits(Arena *arena, const TfType *want, const TfType *got, const HclExpr *expr, Str *why) {
  bool primitive = got->kind == TF_STRING || got->kind == TF_NUMBER || got->kind == TF_BOOL;
  bool fits = want->kind == got->kind || (want->kind == TF_STRING && primitive) ||
              (got->kind == TF_STRING && string_becomes(want->kind, expr));
  return fits || no(arena, want, why);
}

static Str within(Arena *arena, Str where, Str why) {
  return str_fmt(arena, "element %.*s: %.*s", STR_ARG(where), STR_ARG(why));
}

// Every element of a tuple or object (the literal ones with their expressions) against one type.
static bool elements_fit(Arena *arena, const TfType *element, const TfType *got, const HclExpr *expr, Str *why) {
  const HclExpr *literal = bare(expr);
  for (size_t i = 0; i < got->count; i++) {
    const HclExpr *item = NULL;
    if (!literal && i > 0 && got->items[i] == got->items[i - 1]) continue; // fits as the one before
    if (literal && literal->kind == HCL_TUPLE && literal->count == got->count) item = literal->items[i];
    if (literal && literal->kind == HCL_OBJECT && literal->count == got->count) item = literal->members[i].value;
    if (tf_type_fits(arena, element, got->items[i], item, why)) continue;
    Str where = got->names ? str_fmt(arena, "\"%.*s\"", STR_ARG(got->names[i])) : str_fmt(arena, "%zu", i);
    *why = within(arena, where, *why);
    return false;
  }
  return true;
}

static const TfType *member(const TfType *object, Str name) {
  for (size_t i = 0; i < object->count; i++) {
    if (str_eq(object->names[i], name)) return object->items[i];
  }
  return NULL;
}

static bool object_fits(Arena *arena, const TfType *want, const TfType *got, const HclExpr *expr, Str *why) {
  if (got->kind == TF_MAP || got->kind == TF_SCHEMA) return true;
  if (got->kind != TF_OBJECT) return no(arena, want, why);
  const HclExpr *literal = bare(expr);
  for (size_t i = 0; i < want->count; i++) {
    const TfType *given = member(got, want->names[i]);
    if (!given && want->optional && want->optional[i]) continue;
    if (!given) {
      *why = str_fmt(arena, "attribute \"%.*s\" is required", STR_ARG(want->names[i]));
      return false;
    }
    const HclExpr *item = NULL;
    for (uint32_t j = 0; literal && literal->kind == HCL_OBJECT && j < literal->count; j++) {
      Str key;
      if (hcl_plain_string(literal->members[j].key, &key) && str_eq(key, want->names[i]))
        item = literal->members[j].value;
    }
    if (tf_type_fits(arena, want->items[i], given, item, why)) continue;
    *why = str_fmt(arena, "attribute \"%.*s\": %.*s", STR_ARG(want->names[i]), STR_ARG(*why));
    return false;
  }
  return true;
}

bool tf_type_fits(Arena *arena, const TfType *want, const TfType *got, const HclExpr *expr, Str *why) {
  if (want->kind == TF_ANY || got->kind == TF_ANY || got->kind == TF_NULL) return true;
  bool sequence = got->kind == TF_LIST || got->kind == TF_SET;
  switch (want->kind) {
  case TF_STRING:
  case TF_NUMBER:
  case TF_BOOL: return primitive_fits(arena, want, got, expr, why);
  case TF_LIST:
  case TF_SET:
    if (got->kind == TF_TUPLE) return elements_fit(arena, want->element, got, expr, why);
    if (!sequence) return no(arena, want, why);
    return tf_type_fits(arena, want->element, got->element, NULL, why) || no(arena, want, why);
  case TF_MAP:
    if (got->kind == TF_OBJECT) return elements_fit(arena, want->element, got, expr, why);
    if (got->kind == TF_SCHEMA) return true;
    if (got->kind != TF_MAP) return no(arena, want, why);
    return tf_type_fits(arena, want->element, got->element, NULL, why) || no(arena, want, why);
  case TF_OBJECT: return object_fits(arena, want, got, expr, why);
  default: return true;
  }
}

// --- Type constraints

typedef struct NamedType {
  const char *name;
  const TfType *type;
} NamedType;

static const NamedType primitives[] = {
    {"string", &TF_TYPE_STRING}, {"number", &TF_TYPE_NUMBER}, {"bool", &TF_TYPE_BOOL}, {"any", &TF_TYPE_ANY}};

typedef struct NamedCollection {
  const char *name;
  TfTypeKind kind;
} NamedCollection;

static const NamedCollection collections[] = {
    {"list", TF_LIST}, {"set", TF_SET}, {"map", TF_MAP}, {"object", TF_OBJECT}, {"tuple", TF_TUPLE}};

static const TfType *bad_constraint(TfModule *module, const HclExpr *expr, const char *why) {
  Diag *d = tf_error(module, "V2162", expr->span, "not a type: %s", why);
  tf_help(module, d, "types are string, number, bool, any, list(T), set(T), map(T), object({ name = T }), tuple([T])");
  return &TF_TYPE_ANY;
}

static const TfType *object_constraint(TfModule *module, const HclExpr *fields) {
  if (fields->kind != HCL_OBJECT) return bad_constraint(module, fields, "object wants `{ name = type }`");
  Str *names = NEW_N(module->arena, Str, fields->count + 1);
  bool *optional = NEW_N(module->arena, bool, fields->count + 1);
  const TfType **items = NEW_N(module->arena, const TfType *, fields->count + 1);
  for (uint32_t i = 0; i < fields->count; i++) {
    const HclExpr *field = fields->members[i].value;
    if (!hcl_plain_string(fields->members[i].key, &names[i]))
      return bad_constraint(module, fields->members[i].key, "the names of an object's attributes are plain words");
    if (field->kind == HCL_CALL && str_eq(field->text, S("optional"))) {
      optional[i] = true;
      if (field->count < 1 || field->count > 2) return bad_constraint(module, field, "optional wants a type");
      field = field->items[0];
    }
    items[i] = tf_type_constraint(module, field);
  }
  TfType *type = NEW(module->arena, TfType);
  *type = (TfType){.kind = TF_OBJECT, .names = names, .items = items, .optional = optional, .count = fields->count};
  return type;
}

static const TfType *tuple_constraint(TfModule *module, const HclExpr *list) {
  if (list->kind != HCL_TUPLE) return bad_constraint(module, list, "tuple wants `[type, …]`");
  const TfType **items = NEW_N(module->arena, const TfType *, list->count + 1);
  for (uint32_t i = 0; i < list->count; i++) items[i] = tf_type_constraint(module, list->items[i]);
  TfType *type = NEW(module->arena, TfType);
  *type = (TfType){.kind = TF_TUPLE, .items = items, .count = list->count};
  return type;
}

static const TfType *collection_constraint(TfModule *module, const HclExpr *expr) {
  for (size_t i = 0; i < sizeof collections / sizeof *collections; i++) {
    if (!str_eq(expr->text, str_of(collections[i].name))) continue;
    if (expr->count != 1) return bad_constraint(module, expr, "it wants one argument");
    if (collections[i].kind == TF_OBJECT) return object_constraint(module, expr->items[0]);
    if (collections[i].kind == TF_TUPLE) return tuple_constraint(module, expr->items[0]);
    return tf_type_of(module->arena, collections[i].kind, tf_type_constraint(module, expr->items[0]));
  }
  return bad_constraint(module, expr, "there is no such type");
}

const TfType *tf_type_constraint(TfModule *module, const HclExpr *expr) {
  expr = bare(expr);
  if (expr->kind == HCL_CALL) return collection_constraint(module, expr);
  if (expr->kind == HCL_STRING) return bad_constraint(module, expr, "types stand without quotes since Terraform 0.12");
  if (expr->kind != HCL_NAME) return bad_constraint(module, expr, "a type is a word or a call");
  for (size_t i = 0; i < sizeof primitives / sizeof *primitives; i++) {
    if (str_eq(expr->text, str_of(primitives[i].name))) return primitives[i].type;
  }
  for (size_t i = 0; i < 3; i++) {
    if (str_eq(expr->text, str_of(collections[i].name)))
      return tf_type_of(module->arena, collections[i].kind, &TF_TYPE_ANY);
  }
  return bad_constraint(module, expr, "there is no such type");
}
