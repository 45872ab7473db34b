// Whether values fit types, and what is said of those that do not.
#include "check/internal.h"
#include "facts/pattern.h"

static bool object_accepts(const Type *wanted, const Type *given) {
  for (size_t i = 0; i < wanted->count; i++) {
    const TypeMember *field = type_field(given, wanted->fields[i].name);
    if (field ? !type_accepts(wanted->fields[i].type, field->type) : !wanted->fields[i].optional && !given->open) {
      return false;
    }
  }
  for (size_t i = 0; !wanted->open && i < given->count; i++) {
    if (!type_field(wanted, given->fields[i].name)) return false;
  }
  return true;
}

static bool is_text(const Type *type) {
  return type->tag == T_STRING || type->tag == T_DATE || type->tag == T_WORD ||
         (type->tag == T_LITERAL && type->value->kind == VALUE_STRING);
}

bool type_accepts(const Type *wanted, const Type *given) {
  if (wanted == given || wanted->tag == T_ANY || given->tag == T_ANY || given->tag == T_NOTHING) return true;
  if (given->tag == T_UNION) {
    for (size_t i = 0; i < given->count; i++) {
      if (!type_accepts(wanted, given->items[i])) return false;
    }
    return true;
  }
  switch (wanted->tag) {
  case T_STRING:
  case T_DATE:
  case T_WORD: return is_text(given);
  case T_NUMBER:
    if (given->tag == T_LITERAL) return given->value->kind == VALUE_NUMBER;
    return given->tag == T_NUMBER && (given->unit == wanted->unit || given->unit == UNIT_NONE);
  case T_BOOL: return given->tag == T_BOOL || (given->tag == T_LITERAL && given->value->kind == VALUE_BOOL);
  case T_LITERAL: return given->tag == T_LITERAL && value_same(wanted->value, given->value);
  case T_UNION:
    for (size_t i = 0; i < wanted->count; i++) {
      if (type_accepts(wanted->items[i], given)) return true;
    }
    return false;
  case T_LIST: return given->tag == T_LIST && type_accepts(wanted->item, given->item);
  case T_MAP:
    if (given->tag == T_MAP) return type_accepts(wanted->item, given->item);
    for (size_t i = 0; given->tag == T_OBJECT && i < given->count; i++) {
      if (!type_accepts(wanted->item, given->fields[i].type)) return false;
    }
    return given->tag == T_OBJECT;
  case T_OBJECT:
    if (given->tag == T_MAP || given->tag == T_SHAPE) return wanted->open;
    return given->tag == T_OBJECT && object_accepts(wanted, given);
  case T_INSTANCE: return given->tag == T_INSTANCE && (!wanted->name.len || str_eq(wanted->name, given->name));
  case T_TYPE: return given->tag == T_TYPE;
  case T_SHAPE: return given->tag == T_OBJECT || given->tag == T_MAP || given->tag == T_SHAPE;
  default: return false;
  }
}

bool value_fits(Arena *arena, const Value *value, const Type *type) {
  if (value->kind == VALUE_MISSING) return true;
  switch (type->tag) {
  case T_STRING:
    if (!type->pattern.len || value->kind != VALUE_STRING) return type_accepts(type, value->type);
    return facts_matches(arena, type->pattern, value->text);
  case T_LITERAL:
    return value->time > TIME_COMPILE ? type_accepts(&TYPE_STRING, value->type) : value_same(type->value, value);
  case T_UNION:
    for (size_t i = 0; i < type->count; i++) {
      if (value_fits(arena, value, type->items[i])) return true;
    }
    return false;
  case T_LIST:
    if (value->kind != VALUE_LIST) return type_accepts(type, value->type);
    for (size_t i = 0; i < value->count; i++) {
      if (!value_fits(arena, value->items[i], type->item)) return false;
    }
    return true;
  case T_MAP:
    if (value->kind != VALUE_OBJECT) return type_accepts(type, value->type);
    for (size_t i = 0; i < value->count; i++) {
      if (!value_fits(arena, value->members[i].value, type->item)) return false;
    }
    return true;
  case T_OBJECT:
    if (value->kind != VALUE_OBJECT) return type_accepts(type, value->type);
    for (size_t i = 0; i < type->count; i++) {
      const Value *member = value_member(value, type->fields[i].name);
      if (member ? !value_fits(arena, member, type->fields[i].type) : !type->fields[i].optional) return false;
    }
    for (size_t i = 0; !type->open && i < value->count; i++) {
      if (!type_field(type, value->members[i].name)) return false;
    }
    return true;
  default: return type_accepts(type, value->type);
  }
}

// The first alternative of a type that is a text to choose from: "a", "b".
static Str choices_text(Checker *c, const Type *type) {
  Buf out = {.arena = c->arena};
  for (size_t i = 0; type->tag == T_UNION && i < type->count; i++) {
    const Type *item = type->items[i];
    if (item->tag != T_LITERAL || item->value->kind != VALUE_STRING) return (Str){0};
    buf_fmt(&out, "%s%.*s", i ? ", " : "", STR_ARG(item->value->text));
  }
  return buf_text(&out);
}

// Says how a value is written that fits: as was meant, where that can be told.
static void help_to_fit(Checker *c, Diag *d, const Value *value, const Type *type) {
  bool number = value->kind == VALUE_NUMBER && !value->unit, text = value->kind == VALUE_STRING;
  bool unit = type->tag == T_NUMBER && type->unit;
  Str plain = number ? value_text(c->arena, value) : (Str){0};
  if (text && type->tag == T_NUMBER && value->text.len && value->text.at[0] >= '0' && value->text.at[0] <= '9')
    diag_help(c->diags, d, "without quotes: `%.*s`", STR_ARG(value->text));
  else if (text && type->tag == T_BOOL && (str_eq(value->text, S("true")) || str_eq(value->text, S("false"))))
    diag_help(c->diags, d, "without quotes: `%.*s`", STR_ARG(value->text));
  else if (text && type->tag == T_INSTANCE && map_get(&c->file_scope->names, value->text))
    diag_help(c->diags, d, "without quotes: `%.*s`", STR_ARG(value->text));
  else if (type == &TYPE_ACCOUNT)
    diag_help(c->diags, d, "an account's id is a text of twelve digits%s%.*s%s", plain.len == 12 ? ": \"" : "",
              STR_ARG(plain.len == 12 ? plain : (Str){0}), plain.len == 12 ? "\"" : "");
  else if (unit && type->unit == UNIT_SECONDS)
    diag_help(c->diags, d, "write a duration like %.*s, 5m, 24h or 7d",
              STR_ARG(number ? str_fmt(c->arena, "%.*ss", STR_ARG(plain)) : S("30s")));
  else if (unit && type->unit == UNIT_BYTES)
    diag_help(c->diags, d, "write a size like %.*s or 30GB",
              STR_ARG(number ? str_fmt(c->arena, "%.*sMB", STR_ARG(plain)) : S("256MB")));
  else if (unit && type->unit == UNIT_PERCENT)
    diag_help(c->diags, d, "write a share like 5%%");
  else if (unit && type->unit == UNIT_PER_SECOND)
    diag_help(c->diags, d, "write a rate like 50/s or 10000/d");
  else if (type->tag == T_NUMBER && value->kind == VALUE_NUMBER && value->unit)
    diag_help(c->diags, d, "a number without a unit is wanted");
  else if (type->tag == T_STRING && number)
    diag_help(c->diags, d, "a text stands in quotes: \"%.*s\"", STR_ARG(plain));
  else if (type->tag == T_STRING && value->type->name.len && str_eq(value->type->name, S("a caught error")))
    diag_help(c->diags, d, "`.Error` is its name, `.Cause` what it says: `fail e.Error, e.Cause`");
  else if (type->tag == T_LIST && type_accepts(type->item, value->type))
    diag_help(c->diags, d, "a list stands in brackets: `[%.*s]`", STR_ARG(source_of(c, value->span)));
  else if (type->tag == T_INSTANCE && type->name.len && is_text(value->type))
    diag_help(c->diags, d, "name one that is declared (`%.*s NAME { … }`), not its address", STR_ARG(type->name));
  else if (value->kind == VALUE_DECLARED && type->tag == T_STRING)
    diag_help(c->diags, d, "say which member of it: `.name`, `.arn`, `.uri`, …");
  else if (text && choices_text(c, type).len) {
    Nearest nearest = nearest_to(value->text);
    for (size_t i = 0; i < type->count; i++) nearest_offer(&nearest, type->items[i]->value->text);
    if (nearest_best(&nearest).len) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(nearest_best(&nearest)));
  }
}

// Says which member of an object is at fault, as deep as can be told.
static void explain_misfit(Checker *c, const Value *value, const Type *type, Str what) {
  if (type->tag == T_OBJECT && value->kind == VALUE_OBJECT) {
    for (size_t i = 0; i < value->count; i++) {
      const ValueMember *member = &value->members[i];
      const TypeMember *field = type_field(type, member->name);
      if (!field && !type->open && is_lost(c, member->name)) return;
      if (!field && !type->open) {
        Nearest nearest = nearest_to(member->name);
        for (size_t k = 0; k < type->count; k++) nearest_offer(&nearest, type->fields[k].name);
        Diag *d = diag(c->diags, DIAG_ERROR, "E0204", member->span, "%.*s has no member `%.*s`", STR_ARG(what),
                       STR_ARG(member->name));
        Str best = nearest_best(&nearest);
        if (best.len) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
        return;
      }
      if (field && !value_fits(c->arena, member->value, field->type)) {
        explain_misfit(c, member->value, field->type, str_fmt(c->arena, "`%.*s`", STR_ARG(member->name)));
        return;
      }
    }
    for (size_t i = 0; i < type->count; i++) {
      if (type->fields[i].optional || value_member(value, type->fields[i].name)) continue;
      if (is_lost(c, type->fields[i].name) || holds_poison(value)) return;
      diag(c->diags, DIAG_ERROR, "E0205", value->span, "%.*s lacks the member `%.*s` (%.*s)", STR_ARG(what),
           STR_ARG(type->fields[i].name), STR_ARG(type_text(c->arena, type->fields[i].type)));
      return;
    }
  }
  Str wanted = type_text(c->arena, type);
  Str given = value_is_const(value) ? value_text(c->arena, value) : type_text(c->arena, value->type);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0201", value->span, "%.*s takes %.*s, not %.*s", STR_ARG(what),
                 STR_ARG(wanted), STR_ARG(given));
  help_to_fit(c, d, value, type);
}

const Value *fit(Checker *c, const Value *value, const Type *type, Str what) {
  if (is_poison(value) || type->tag == T_ANY) return value;
  type_seen_as(value->type, type);
  if (value->kind == VALUE_NUMBER && type->tag == T_NUMBER && type->unit && !value->unit) {
    explain_misfit(c, value, type, what);
    return poison(c, value->span);
  }
  if (value_fits(c->arena, value, type)) return value;
  explain_misfit(c, value, type, what);
  return poison(c, value->span);
}
