// Values as JSON, constants or templates whose places Terraform fills in.
#include "emit/internal.h"

bool has_deploy_parts(const Value *value) {
  return value->kind != VALUE_MISSING && value->time != TIME_COMPILE;
}

// Appends text so that templatefile gives it back as it is.
static void escaped(Buf *out, Str text) {
  for (size_t i = 0; i < text.len; i++) {
    bool sign = (text.at[i] == '$' || text.at[i] == '%') && i + 1 < text.len && text.at[i + 1] == '{';
    if (sign) buf_char(out, text.at[i]);
    buf_char(out, text.at[i]);
  }
}

static void place(Emitter *e, Buf *out, Places *places, const Value *value) {
  Str name = str_fmt(e->arena, "v%zu", places->list.len + 1);
  for (size_t i = 0; i < places->list.len; i++) {
    if (places->list.at[i].value == value) name = places->list.at[i].name;
  }
  buf_fmt(out, "${%.*s}", STR_ARG(name));
  if (str_eq(name, str_fmt(e->arena, "v%zu", places->list.len + 1))) {
    VEC_PUSH(e->arena, &places->list, (TemplateVariable){name, value, false});
  }
}

// Constant text in front of a place: a `$` or `%` at its end would make the place's own `${` an escape, so the sign is
// filled in as well.
static void before_place(Emitter *e, Buf *out, Places *places, Str text) {
  bool sign = text.len && (text.at[text.len - 1] == '$' || text.at[text.len - 1] == '%');
  escaped(out, str_slice(text, 0, text.len - (sign ? 1 : 0)));
  if (sign) place(e, out, places, value_string(e->arena, str_slice(text, text.len - 1, text.len), NO_SPAN));
}

Str template_text(Emitter *e, const Value *value, Places *places) {
  Buf out = {.arena = e->arena};
  if (value->kind == VALUE_STRING) {
    escaped(&out, value->text);
  } else if (value->kind == VALUE_TEMPLATE) {
    for (size_t i = 0; i < value->count; i++) {
      const Value *item = value->items[i];
      bool last = i + 1 == value->count;
      if (item->kind == VALUE_STRING && last)
        escaped(&out, item->text);
      else if (item->kind == VALUE_STRING)
        before_place(e, &out, places, item->text);
      else
        place(e, &out, places, item);
    }
  } else {
    place(e, &out, places, value);
  }
  return buf_text(&out);
}

static bool is_structure(const Type *type) {
  return type->tag == T_LIST || type->tag == T_OBJECT || type->tag == T_MAP || type->tag == T_BOOL;
}

const Json *json_value(Emitter *e, const Value *value, Places *places) {
  JsonBuild build = {.arena = e->arena};
  switch (value->kind) {
  case VALUE_MISSING: return &JSON_THE_NULL;
  case VALUE_BOOL: return json_bool(value->truth);
  case VALUE_NUMBER: return json_number_text(e->arena, value_plain(e->arena, value));
  case VALUE_LIST:
    for (size_t i = 0; i < value->count; i++) json_add(&build, json_value(e, value->items[i], places));
    return json_made_array(&build);
  case VALUE_OBJECT:
    for (size_t i = 0; i < value->count; i++) {
      const ValueMember *member = &value->members[i];
      if (member->value->kind == VALUE_MISSING) continue;
      json_put(&build,
               places ? template_text(e, value_string(e->arena, member->name, member->span), places) : member->name,
               json_value(e, member->value, places));
    }
    return json_made_object(&build);
  default: break;
  }
  if (value->kind == VALUE_STRING && !places) return json_string(e->arena, value->text);
  if (value->time <= TIME_DEPLOY && places && !value->maybe &&
      (value->kind == VALUE_STRING || !is_structure(value->type))) {
    return json_string(e->arena, template_text(e, value, places));
  }
  Diag *fault = diag(e->diags, DIAG_ERROR, "E0756", value->span,
                     "this is known %s; a file like this is read as it stands", time_name(value->time));
  diag_help(e->diags, fault, "only text and numbers of deploy time can be filled into a JSON file, none into YAML");
  return &JSON_THE_NULL;
}

static const Json *typed(Arena *arena, const char *type, const Json *value) {
  JsonMember *member = NEW(arena, JsonMember);
  *member = (JsonMember){str_of(type), value, JSON_NOWHERE};
  return json_object(arena, member, 1);
}

// The same as DynamoDB types it: {"S": "text"}; of an object, its members.
static const Json *item_value(Emitter *e, const Value *value, Places *places) {
  JsonBuild build = {.arena = e->arena};
  const Json *plain;
  switch (value->kind) {
  case VALUE_MISSING: return typed(e->arena, "NULL", json_bool(true));
  case VALUE_BOOL: return typed(e->arena, "BOOL", json_bool(value->truth));
  case VALUE_NUMBER: return typed(e->arena, "N", json_string(e->arena, value_plain(e->arena, value)));
  case VALUE_LIST:
    for (size_t i = 0; i < value->count; i++) json_add(&build, item_value(e, value->items[i], places));
    return typed(e->arena, "L", json_made_array(&build));
  case VALUE_OBJECT: return typed(e->arena, "M", item_members(e, value, places));
  default: plain = json_value(e, value, places);
  }
  return typed(e->arena, value->type->tag == T_NUMBER ? "N" : "S", plain);
}

const Json *item_members(Emitter *e, const Value *object, Places *places) {
  JsonBuild build = {.arena = e->arena};
  for (size_t i = 0; i < object->count; i++) {
    const ValueMember *member = &object->members[i];
    if (member->value->kind == VALUE_MISSING) continue;
    json_put(&build, template_text(e, value_string(e->arena, member->name, member->span), places),
             item_value(e, member->value, places));
  }
  return json_made_object(&build);
}
