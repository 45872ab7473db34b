// Types and values as a person would write them, for messages.
#include "data/json.h"
#include "model/make.h"

static void write_type(Buf *out, const Type *type, int depth);

static void write_value(Buf *out, const Value *value) {
  Str plain = value_plain(out->arena, value);
  if (value->kind == VALUE_STRING)
    json_write_string(out, value->text, 0);
  else if (value->kind == VALUE_NUMBER && value->text.len)
    buf_str(out, value->text);
  else if (plain.len)
    buf_str(out, plain);
  else if (value->kind == VALUE_MISSING)
    buf_str(out, S("null"));
  else if (value->kind == VALUE_LIST)
    buf_str(out, S("a list"));
  else if (value->kind == VALUE_OBJECT)
    buf_str(out, S("an object"));
  else if (value->text.len)
    buf_str(out, value->text);
  else
    buf_str(out, S("a value"));
}

static void write_fields(Buf *out, const Type *type, int depth) {
  buf_str(out, S("{ "));
  for (size_t i = 0; i < type->count && i < 4; i++) {
    const TypeMember *field = &type->fields[i];
    buf_fmt(out, "%s%.*s%s: ", i ? ", " : "", STR_ARG(field->name), field->optional ? "?" : "");
    write_type(out, field->type, depth + 1);
  }
  buf_str(out, type->count > 4 ? S(", … }") : S(" }"));
}

static void write_type(Buf *out, const Type *type, int depth) {
  static const char *const simple[] = {"any", "string", "number", "bool", "date", "word", "type", "nothing"};
  static const char *const units[] = {"number", "duration", "size", "percentage", "rate"};
  if (type->name.len) {
    buf_str(out, type->name);
    return;
  }
  switch (type->tag) {
  case T_NUMBER: buf_str(out, str_of(units[type->unit])); return;
  case T_LITERAL: write_value(out, type->value); return;
  case T_UNION:
    for (size_t i = 0; i < type->count; i++) {
      if (i) buf_str(out, S(" | "));
      write_type(out, type->items[i], depth);
    }
    return;
  case T_LIST:
    buf_char(out, '[');
    write_type(out, type->item, depth + 1);
    buf_char(out, ']');
    return;
  case T_MAP:
    buf_str(out, S("{ [string]: "));
    write_type(out, type->item, depth + 1);
    buf_str(out, S(" }"));
    return;
  case T_OBJECT:
    if (depth > 2 || (type->open && type->count == 0))
      buf_str(out, S("object"));
    else
      write_fields(out, type, depth);
    return;
  case T_SHAPE: buf_str(out, S("an AWS structure")); return;
  case T_FORMULA: buf_str(out, S("a formula")); return;
  case T_INSTANCE: buf_str(out, S("a declaration")); return;
  default: buf_str(out, str_of(simple[type->tag])); return;
  }
}

Str type_text(Arena *arena, const Type *type) {
  Buf out = {.arena = arena};
  write_type(&out, type, 0);
  return buf_text(&out);
}

Str value_text(Arena *arena, const Value *value) {
  Buf out = {.arena = arena};
  write_value(&out, value);
  return buf_text(&out);
}
