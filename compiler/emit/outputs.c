// Outputs of the Terraform that commands read: of the CI pipeline, of the README, of the Makefile.
#include "emit/internal.h"

// The same under a name of its own.
static Str terraform_output_as(Emitter *e, Str name, Str doc, const Value *value) {
  for (size_t i = 0; i < e->outputs.len; i++) {
    if (str_eq(e->outputs.at[i].name, name)) return name;
  }
  VEC_PUSH(e->arena, &e->outputs, (Output){.name = name, .doc = doc, .value = value});
  return name;
}

// What stands under a condition may not be there: then the output has no value, and nothing fails.
static const Value *guarded(Emitter *e, const Value *value) {
  if (value->kind != VALUE_TERRAFORM || !str_has(value->text, S("[0]"))) return value;
  Str text = str_fmt(e->arena, "try(%.*s, null)", STR_ARG(value->text));
  return value_leaf(e->arena, VALUE_TERRAFORM, TIME_DEPLOY, text, value->type, value->span);
}

Str terraform_output(Emitter *e, const Value *value) {
  Str doc = S("Read by commands");
  Buf name = {.arena = e->arena};
  if (value->kind == VALUE_TERRAFORM) {
    for (size_t i = 0; i < value->text.len; i++) {
      char c = value->text.at[i];
      if (ascii_is_word(c) || c == '.') buf_char(&name, c == '.' ? '_' : c);
    }
    return terraform_output_as(e, buf_text(&name), doc, guarded(e, value));
  }
  for (size_t i = 0; i < e->outputs.len; i++) {
    if (e->outputs.at[i].value == value) return e->outputs.at[i].name;
  }
  return terraform_output_as(e, str_fmt(e->arena, "value_%zu", e->outputs.len + 1), doc, value);
}

const Value *resource_attribute(const Emitter *e, Str reference) {
  Str rest, name, type = str_cut(reference, '.', &rest);
  name = str_cut(rest, '.', &rest);
  for (size_t i = 0; i < e->model->resources.len; i++) {
    const Resource *resource = &e->model->resources.at[i];
    if (resource->data || !str_eq(resource->type, type) || !str_eq(resource->name, name)) continue;
    const Value *value = value_member(resource->body, rest);
    bool simple = value && (value->kind == VALUE_STRING || value->kind == VALUE_NUMBER || value->kind == VALUE_BOOL ||
                            value->kind == VALUE_TEMPLATE || value->kind == VALUE_TERRAFORM);
    return simple ? value : NULL;
  }
  return NULL;
}
