// Calls of modules: the folder, what it takes, and what it must be given.
#include "base/sys.h"
#include "validate/tf.h"

static bool is_local(Str source) {
  return str_starts(source, S("./")) || str_starts(source, S("../"));
}

static bool is_meta(Str name) {
  static const char *const names[] = {"source", "version", "providers", "count", "for_each", "depends_on"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (str_eq(name, str_of(names[i]))) return true;
  }
  return false;
}

void tf_find_child(TfModule *module, TfDeclaration *call) {
  Str source;
  const HclAttribute *attribute = hcl_attribute(call->block->body, S("source"));
  if (!attribute || !hcl_plain_string(attribute->value, &source) || !is_local(source)) return;
  call->child = tf_module(module->project, path_join(module->arena, module->folder, source));
  if (call->child) return;
  tf_error(module, "V2152", attribute->value->span, "the folder `%.*s` holds no Terraform files", STR_ARG(source));
}

static void unknown_argument(TfModule *module, const TfDeclaration *call, const HclAttribute *attribute) {
  Nearest nearest = nearest_to(attribute->name);
  const Map *variables = &call->child->names[TF_VARIABLE];
  for (size_t i = 0; tf_suggests(module) && i < variables->len; i++) nearest_offer(&nearest, variables->entries[i].key);
  Str best = nearest_best(&nearest);
  Diag *d = tf_error(module, "V2153", attribute->name_span, "module `%.*s` has no variable `%.*s`", STR_ARG(call->name),
                     STR_ARG(attribute->name));
  if (best.len) tf_help(module, d, "did you mean `%.*s`?", STR_ARG(best));
}

static void require_arguments(TfModule *module, const TfDeclaration *call) {
  const Map *variables = &call->child->names[TF_VARIABLE];
  const HclBody *body = call->block->body;
  for (size_t i = 0; i < variables->len; i++) {
    const TfDeclaration *variable = variables->entries[i].value;
    if (hcl_attribute(variable->block->body, S("default")) || hcl_attribute(body, variable->name)) continue;
    Span at = {body->span.file, body->span.start, body->span.start + 1};
    Diag *d = tf_error(module, "V2154", at, "module `%.*s` wants the argument `%.*s`", STR_ARG(call->name),
                       STR_ARG(variable->name));
    diag_note(module->diags, d, variable->span, "the variable has no default");
  }
}

// providers = { aws = aws.west }
static void check_providers(TfModule *module, const HclExpr *given) {
  for (uint32_t i = 0; given->kind == HCL_OBJECT && i < given->count; i++)
    tf_check_configuration(module, given->members[i].value);
}

void tf_check_module_call(TfModule *module, TfDeclaration *call) {
  TfScope scope = {.module = module, .owner = call, .count = call->counted, .each = call->keyed};
  const TfModule *child = call->child;
  bool known = child && !child->faulty && !child->partial;
  const HclBody *body = call->block->body;
  for (size_t i = 0; i < body->items.len; i++) {
    const HclAttribute *attribute = body->items.at[i].attribute;
    if (!attribute) {
      tf_error(module, "V2102", body->items.at[i].block->type_span, "`module` holds no blocks");
      continue;
    }
    if (str_eq(attribute->name, S("providers"))) check_providers(module, attribute->value);
    if (is_meta(attribute->name)) continue;
    TfDeclaration *variable = known ? tf_declaration(child, TF_VARIABLE, attribute->name) : NULL;
    const TfType *want = variable ? tf_declared_type(variable, call->child) : &TF_TYPE_ANY;
    if (known && !variable) unknown_argument(module, call, attribute);
    tf_check_value(&scope, attribute->value, want, attribute->name);
  }
  if (known) require_arguments(module, call);
}
