// The blocks of the Terraform language itself, as tables of what may stand in them.
// https://developer.hashicorp.com/terraform/language
#include "validate/tf.h"

typedef enum {
  VALUE,    // any expression
  WORDS,    // one that gives a string
  TEXT,     // a string known without evaluating anything
  TRUTH,    // true or false, likewise
  CONSTANT, // any value, likewise
  ADDRESS,  // the address of something declared, or a list of them
  COUNT,    // how many instances there are
  FOR_EACH, // what there is one instance of each
  NAMED,    // the address of something that need not exist
  FREE      // a word of its own, or checked elsewhere
} Form;

// What else may stand in a block: nothing; arguments and blocks that are checked elsewhere; any expressions.
typedef enum { CLOSED, OPEN, LOOSE, NAMES } Rest; // NAMES: arguments of any name, no blocks

typedef struct Argument {
  const char *name;
  Form form;
  bool required;
} Argument;

typedef struct Shape {
  const char *type;
  size_t labels;
  const char *label_names;
  const Argument *arguments;
  const struct Shape *blocks; // NULL: none
  Rest rest;
} Shape;

#define END                                                                                                            \
  { 0 }
static const Argument no_arguments[] = {END};
static const Argument rule_arguments[] = {{"condition", VALUE, true}, {"error_message", VALUE, true}, END};
#define RULE(name)                                                                                                     \
  { name, 0, "", rule_arguments, NULL, CLOSED }

static const Argument variable_arguments[] = {{"type", FREE, false},
                                              {"default", CONSTANT, false},
                                              {"description", TEXT, false},
                                              {"sensitive", TRUTH, false},
                                              {"nullable", TRUTH, false},
                                              {"ephemeral", TRUTH, false},
                                              END};
static const Shape variable_blocks[] = {RULE("validation"), END};

static const Argument output_arguments[] = {{"value", VALUE, true},         {"description", TEXT, false},
                                            {"sensitive", TRUTH, false},    {"ephemeral", TRUTH, false},
                                            {"depends_on", ADDRESS, false}, END};
static const Shape output_blocks[] = {RULE("precondition"), END};

static const Argument module_arguments[] = {{"source", TEXT, true},
                                            {"version", TEXT, false},
                                            {"providers", FREE, false},
                                            {"count", COUNT, false},
                                            {"for_each", FOR_EACH, false},
                                            {"depends_on", ADDRESS, false},
                                            END};

static const Argument provider_arguments[] = {{"alias", TEXT, false}, {"version", TEXT, false}, END};

static const Argument terraform_arguments[] = {
    {"required_version", TEXT, false}, {"experiments", FREE, false}, {"language", FREE, false}, END};
static const Shape terraform_blocks[] = {{"required_providers", 0, "", no_arguments, NULL, NAMES},
                                         {"backend", 1, "type", no_arguments, NULL, OPEN},
                                         {"cloud", 0, "", no_arguments, NULL, OPEN},
                                         {"provider_meta", 1, "provider", no_arguments, NULL, OPEN},
                                         END};

static const Argument move_arguments[] = {{"from", NAMED, true}, {"to", NAMED, true}, END};
static const Argument import_arguments[] = {
    {"to", FREE, true},        {"id", VALUE, false},          {"identity", VALUE, false},
    {"provider", FREE, false}, {"for_each", FOR_EACH, false}, END};
static const Argument removed_arguments[] = {{"from", NAMED, true}, END};
static const Argument destroy_arguments[] = {{"destroy", TRUTH, false}, END};
static const Shape connection_shape[] = {{"connection", 0, "", no_arguments, NULL, LOOSE}, END};
// A provisioner is of one of three kinds, by its label.
static const Argument any_provisioner[] = {{"when", FREE, false}, {"on_failure", FREE, false}, END};
static const Argument local_exec[] = {{"when", FREE, false},         {"on_failure", FREE, false},
                                      {"command", WORDS, true},      {"working_dir", WORDS, false},
                                      {"interpreter", VALUE, false}, {"environment", VALUE, false},
                                      {"quiet", VALUE, false},       END};
static const Argument remote_exec[] = {{"when", FREE, false},    {"on_failure", FREE, false}, {"inline", VALUE, false},
                                       {"script", WORDS, false}, {"scripts", VALUE, false},   END};
static const Argument file_copy[] = {{"when", FREE, false},     {"on_failure", FREE, false},  {"source", WORDS, false},
                                     {"content", WORDS, false}, {"destination", WORDS, true}, END};
static const Shape provisioners[] = {{"local-exec", 1, "type", local_exec, connection_shape, CLOSED},
                                     {"remote-exec", 1, "type", remote_exec, connection_shape, CLOSED},
                                     {"file", 1, "type", file_copy, connection_shape, CLOSED},
                                     END};
static const Shape removed_blocks[] = {{"lifecycle", 0, "", destroy_arguments, NULL, CLOSED},
                                       {"provisioner", 1, "type", any_provisioner, connection_shape, LOOSE},
                                       END};
static const Shape check_blocks[] = {RULE("assert"), {"data", 2, "type, name", no_arguments, NULL, OPEN}, END};

static const Argument lifecycle_arguments[] = {{"create_before_destroy", TRUTH, false},
                                               {"prevent_destroy", TRUTH, false},
                                               {"ignore_changes", FREE, false},
                                               {"replace_triggered_by", ADDRESS, false},
                                               END};
static const Shape lifecycle_blocks[] = {RULE("precondition"), RULE("postcondition"), END};
static const Argument meta_arguments[] = {{"count", COUNT, false},
                                          {"for_each", FOR_EACH, false},
                                          {"depends_on", ADDRESS, false},
                                          {"provider", FREE, false},
                                          END};
static const Shape resource_blocks[] = {{"lifecycle", 0, "", lifecycle_arguments, lifecycle_blocks, CLOSED},
                                        {"connection", 0, "", no_arguments, NULL, LOOSE},
                                        {"provisioner", 1, "type", any_provisioner, connection_shape, LOOSE},
                                        END};
static const Shape data_blocks[] = {{"lifecycle", 0, "", no_arguments, lifecycle_blocks, CLOSED}, END};

static const char *const of_every_resource[] = {"count",     "for_each",   "depends_on",  "provider",
                                                "lifecycle", "connection", "provisioner", NULL};
static const char *const of_every_provider[] = {"alias", "version", NULL};

static const Shape shapes[] = {
    {"variable", 1, "name", variable_arguments, variable_blocks, CLOSED},
    {"output", 1, "name", output_arguments, output_blocks, CLOSED},
    {"locals", 0, "", no_arguments, NULL, NAMES},
    {"module", 1, "name", module_arguments, NULL, OPEN},
    {"provider", 1, "name", provider_arguments, NULL, OPEN},
    {"terraform", 0, "", terraform_arguments, terraform_blocks, CLOSED},
    {"moved", 0, "", move_arguments, NULL, CLOSED},
    {"import", 0, "", import_arguments, NULL, CLOSED},
    {"removed", 0, "", removed_arguments, removed_blocks, CLOSED},
    {"check", 1, "name", no_arguments, check_blocks, CLOSED},
    {"resource", 2, "type, name", meta_arguments, resource_blocks, OPEN},
    {"data", 2, "type, name", meta_arguments, data_blocks, OPEN},
    {"ephemeral", 2, "type, name", meta_arguments, data_blocks, OPEN},
    END,
};

static const Shape *shape_of(const Shape *list, Str type) {
  for (const Shape *shape = list; shape && shape->type; shape++) {
    if (str_eq(type, str_of(shape->type))) return shape;
  }
  return NULL;
}

// --- Arguments

static void check_constant(const TfScope *scope, const HclAttribute *attribute, const TfType *want, const char *why) {
  TfScope inner = *scope;
  inner.constant = true;
  inner.constant_why = why;
  tf_check_value(&inner, attribute->value, want, attribute->name);
  if (want->kind != TF_ANY && attribute->value->kind == HCL_NULL)
    tf_error(scope->module, "V2118", attribute->value->span, "`%.*s` may not be null: leave it out",
             STR_ARG(attribute->name));
}

static void check_for_each(const TfScope *scope, const HclAttribute *attribute) {
  bool derived;
  const TfType *type = tf_check_derived(scope, attribute->value, &derived);
  bool fits = type->kind == TF_ANY || type->kind == TF_NULL || type->kind == TF_MAP || type->kind == TF_OBJECT ||
              type->kind == TF_SET || type->kind == TF_SCHEMA;
  if (fits) return;
  Str name = tf_type_name(scope->module->arena, type);
  Diag *d = tf_mismatch(scope, derived, "V2118", attribute->value->span,
                        "for_each wants a map or a set of strings, not a %.*s", STR_ARG(name));
  if (type->kind == TF_LIST || type->kind == TF_TUPLE) tf_help(scope->module, d, "make it a set: toset(…)");
}

static void check_named(const TfScope *scope, const HclExpr *expr) {
  if (expr->kind == HCL_NAME || expr->kind == HCL_ACCESS) return;
  tf_error(scope->module, "V2126", expr->span, "an address is wanted: TYPE.NAME or module.NAME, without quotes");
}

// Checks a reference that stands for an address: depends_on, ignore_changes, moved, …: only its root.
static void check_address(const TfScope *scope, const HclExpr *expr) {
  if (expr->kind != HCL_TUPLE) {
    tf_error(scope->module, "V2118", expr->span, "a list of addresses is wanted: [aws_s3_bucket.data]");
    return;
  }
  for (uint32_t i = 0; i < expr->count; i++) {
    const HclExpr *item = expr->items[i];
    Str text;
    if (hcl_plain_string(item, &text)) continue; // the address in quotes, as before Terraform 0.12
    if (item->kind == HCL_NAME || item->kind == HCL_ACCESS)
      tf_check_reference(scope, item);
    else
      tf_error(scope->module, "V2126", item->span, "an address is wanted: TYPE.NAME or module.NAME");
  }
}

static void check_form(const TfScope *scope, const HclAttribute *attribute, Form form) {
  static const char why[] = "this is read before anything is evaluated";
  TfScope outer = *scope;
  outer.count = outer.each = false;
  switch (form) {
  case VALUE: tf_check_expr(scope, attribute->value); break;
  case WORDS: tf_check_value(scope, attribute->value, &TF_TYPE_STRING, attribute->name); break;
  case COUNT: tf_check_value(&outer, attribute->value, &TF_TYPE_NUMBER, S("count")); break;
  case FOR_EACH: check_for_each(&outer, attribute); break;
  case TEXT: check_constant(scope, attribute, &TF_TYPE_STRING, why); break;
  case TRUTH: check_constant(scope, attribute, &TF_TYPE_BOOL, why); break;
  case CONSTANT: check_constant(scope, attribute, &TF_TYPE_ANY, why); break;
  case ADDRESS: check_address(scope, attribute->value); break;
  case NAMED: check_named(scope, attribute->value); break;
  case FREE: break;
  }
}

static const Argument *argument_of(const Shape *shape, Str name) {
  for (const Argument *argument = shape->arguments; argument->name; argument++) {
    if (str_eq(name, str_of(argument->name))) return argument;
  }
  return NULL;
}

static void unexpected_argument(const TfScope *scope, const Shape *shape, const HclAttribute *attribute) {
  Nearest nearest = nearest_to(attribute->name);
  for (const Argument *known = shape->arguments; known->name; known++) nearest_offer(&nearest, str_of(known->name));
  Str best = nearest_best(&nearest);
  Diag *d = tf_error(scope->module, "V2106", attribute->name_span, "`%s` takes no argument `%.*s`", shape->type,
                     STR_ARG(attribute->name));
  if (best.len) tf_help(scope->module, d, "did you mean `%.*s`?", STR_ARG(best));
}

// Letters beyond ASCII are letters too; which ones is not looked at.
static bool is_name(Str label) {
  for (size_t i = 0; i < label.len; i++) {
    if ((unsigned char)label.at[i] >= 0x80) return true;
  }
  return hcl_is_name(label);
}

static void check_labels(TfModule *module, const Shape *shape, const HclBlock *block) {
  if (block->label_count != shape->labels) {
    Diag *d = tf_error(module, "V2103", block->type_span, "`%s` wants %zu label%s, not %zu", shape->type, shape->labels,
                       shape->labels == 1 ? "" : "s", block->label_count);
    if (shape->labels) tf_help(module, d, "they are its %s", shape->label_names);
    return;
  }
  for (size_t i = 0; i < block->label_count; i++) {
    Str label = block->labels[i].text;
    if (is_name(label)) continue;
    Diag *d = tf_error(module, "V2104", block->labels[i].span, "`%.*s` is no name", STR_ARG(label));
    tf_help(module, d, "a name begins with a letter or `_` and holds letters, digits, `_` and `-`");
  }
}

// A condition that refers to nothing would check nothing.
static void check_condition(const TfScope *scope, const HclBody *body) {
  const HclAttribute *condition = hcl_attribute(body, S("condition"));
  size_t references = 0;
  if (!condition) return;
  TfScope counting = *scope;
  counting.references = &references;
  tf_check_value(&counting, condition->value, &TF_TYPE_BOOL, S("condition"));
  if (references == 0)
    tf_error(scope->module, "V2108", condition->value->span, "the condition refers to nothing, so it checks nothing");
}

// What stands in a block against its shape; inner blocks in the scope that `inside` gives.
static void check_shape(const TfScope *scope, const Shape *shape, const HclBlock *block) {
  const HclBody *body = block->body;
  check_labels(scope->module, shape, block);
  for (size_t i = 0; i < body->items.len; i++) {
    const HclItem *item = &body->items.at[i];
    if (item->attribute) {
      const Argument *known = argument_of(shape, item->attribute->name);
      if (known)
        check_form(scope, item->attribute, known->form);
      else if (shape->rest == CLOSED)
        unexpected_argument(scope, shape, item->attribute);
      else if (shape->rest == LOOSE)
        tf_check_expr(scope, item->attribute->value);
      continue;
    }
    const Shape *inner = shape_of(shape->blocks, item->block->type);
    if (inner && str_eq(item->block->type, S("provisioner")) && item->block->label_count == 1) {
      const Shape *kind = shape_of(provisioners, item->block->labels[0].text);
      if (kind) inner = kind;
    }
    if (inner) {
      TfScope within = *scope;
      bool self = str_eq(item->block->type, S("postcondition")) || str_eq(item->block->type, S("provisioner")) ||
                  str_eq(item->block->type, S("connection"));
      within.self |= self;
      check_shape(&within, inner, item->block);
    } else if (shape->rest == CLOSED || shape->rest == NAMES) {
      tf_error(scope->module, "V2102", item->block->type_span, "`%s` holds no block `%.*s`", shape->type,
               STR_ARG(item->block->type));
    }
  }
  if (shape->arguments == rule_arguments) check_condition(scope, body);
  for (const Argument *known = shape->arguments; known->name; known++) {
    if (!known->required || hcl_attribute(body, str_of(known->name))) continue;
    Span at = {body->span.file, body->span.start, body->span.start + 1};
    tf_error(scope->module, "V2107", at, "`%s` wants the argument `%s`", shape->type, known->name);
  }
}

// --- What shapes cannot say

static void check_repetition(TfModule *module, const HclBlock *block) {
  const HclAttribute *count = hcl_attribute(block->body, S("count"));
  const HclAttribute *for_each = hcl_attribute(block->body, S("for_each"));
  if (!count || !for_each) return;
  tf_error(module, "V2105", for_each->name_span, "`count` and `for_each` exclude each other");
}

// Everything in a resource whose schema is not known: expressions are checked, names are not.
static void check_freely(const TfScope *scope, const HclBody *body, bool top) {
  for (size_t i = 0; i < body->items.len; i++) {
    const HclItem *item = &body->items.at[i];
    if (item->attribute) {
      if (!top || !argument_of(shape_of(shapes, S("resource")), item->attribute->name))
        tf_check_expr(scope, item->attribute->value);
      continue;
    }
    const HclBlock *block = item->block;
    if (top && shape_of(resource_blocks, block->type)) continue;
    TfScope inner = *scope;
    TfLocalName iterator = {.type = &TF_TYPE_ANY, .outer = scope->names};
    if (str_eq(block->type, S("dynamic")) && block->label_count == 1) {
      const HclAttribute *given = hcl_attribute(block->body, S("iterator"));
      iterator.name = given && given->value->kind == HCL_NAME ? given->value->text : block->labels[0].text;
      inner.names = &iterator;
      if (given) inner.names = &(TfLocalName){.name = given->name, .type = &TF_TYPE_ANY, .outer = &iterator};
    }
    check_freely(&inner, block->body, false);
  }
}

static void unknown_type(TfModule *module, const TfDeclaration *declaration, bool sure) {
  static const FactsTfKind kinds[] = {
      [TF_RESOURCE] = FACTS_TF_RESOURCE, [TF_DATA] = FACTS_TF_DATA, [TF_EPHEMERAL] = FACTS_TF_EPHEMERAL};
  FactsTfKind kind = kinds[declaration->kind];
  Nearest nearest = nearest_to(declaration->type);
  for (size_t i = 0; tf_suggests(module) && i < facts_tf_count(kind); i++)
    nearest_offer(&nearest, facts_tf_name(kind, i));
  Str best = nearest_best(&nearest);
  const HclBlock *block = declaration->block;
  Diag *d = diag(module->diags, sure ? DIAG_ERROR : DIAG_WARNING, "V2110", block->labels[0].span,
                 "the provider has no %.*s `%.*s`%s", STR_ARG(block->type), STR_ARG(declaration->type),
                 sure ? "" : ", as far as the tables know (they hold another version than is asked for)");
  if (best.len) tf_help(module, d, "did you mean `%.*s`?", STR_ARG(best));
}

// provider = aws.west: somebody configures it in this module, or hands it in.
void tf_check_configuration(TfModule *module, const HclExpr *value) {
  if (value->kind != HCL_ACCESS || value->items[0]->kind != HCL_NAME) return;
  if (value->count != 1 || value->steps[0].kind != HCL_STEP_NAME || module->partial) return;
  Str name = value->items[0]->text, alias = value->steps[0].name;
  Str key = str_fmt(module->arena, "%.*s.%.*s", STR_ARG(name), STR_ARG(alias));
  const TfProvider *provider = map_get(&module->providers, name);
  if (map_get(&module->configurations, key) || (provider && provider->handed_in)) return;
  Diag *d = tf_error(module, "V2151", value->span, "provider configuration `%.*s` is not declared in this module",
                     STR_ARG(key));
  tf_help(module, d, "declare provider \"%.*s\" { alias = \"%.*s\" }", STR_ARG(name), STR_ARG(alias));
}

// ignore_changes = all, or a list of the resource's own attributes.
static void check_ignored(const TfScope *scope, const HclBody *body, FactsTfBlock schema) {
  for (size_t i = 0; i < body->items.len; i++) {
    const HclBlock *block = body->items.at[i].block;
    const HclAttribute *ignored =
        block && str_eq(block->type, S("lifecycle")) ? hcl_attribute(block->body, S("ignore_changes")) : NULL;
    if (!ignored || ignored->value->kind != HCL_TUPLE) continue;
    for (uint32_t j = 0; j < ignored->value->count; j++) {
      const HclExpr *item = ignored->value->items[j];
      const HclExpr *root = item->kind == HCL_ACCESS ? item->items[0] : item;
      if (root->kind != HCL_NAME || str_eq(root->text, S("all"))) continue;
      HclStep step = {.kind = HCL_STEP_NAME, .name = root->text, .span = root->span};
      tf_check_steps(scope, tf_type_schema(scope->module->arena, schema), &step, 1);
    }
  }
}

// A provider that nobody requires is looked for at hashicorp/NAME; one that is a slip away from one that is known is
// hardly there.
static void check_unknown_provider(TfModule *module, const TfDeclaration *declaration) {
  Str name = str_slice(declaration->type, 0, str_find(declaration->type, S("_"), 0));
  if (hcl_attribute(declaration->block->body, S("provider")) || map_get(&module->providers, name) || module->partial)
    return;
  Nearest nearest = nearest_to(name);
  for (size_t i = 0; i < facts_tf_providers(); i++) nearest_offer(&nearest, facts_tf_provider(i).name);
  for (size_t i = 0; i < module->providers.len; i++) nearest_offer(&nearest, module->providers.entries[i].key);
  Str best = nearest_best(&nearest);
  if (!best.len || str_distance(name, best, 1) > 1 || best.len < 3) return;
  Diag *d = tf_warning(module, "V2156", declaration->block->labels[0].span, "no provider `%.*s` is required here",
                       STR_ARG(name));
  tf_help(module, d, "did you mean `%.*s`? terraform looks for hashicorp/%.*s", STR_ARG(best), STR_ARG(name));
}

void tf_check_resource(TfModule *module, TfDeclaration *declaration) {
  const HclBlock *block = declaration->block;
  TfScope scope = {.module = module, .owner = declaration};
  scope.count = declaration->counted;
  scope.each = declaration->keyed;
  check_shape(&scope, shape_of(shapes, block->type), block);
  check_repetition(module, block);
  const HclAttribute *chosen = hcl_attribute(block->body, S("provider"));
  if (chosen) tf_check_configuration(module, chosen->value);
  FactsTfBlock schema;
  bool sure;
  TfSchemaAnswer answer = tf_find_schema(module, declaration, &schema, &sure);
  if (answer == TF_SCHEMA_FOUND && sure) check_ignored(&scope, block->body, schema);
  if (answer == TF_SCHEMA_MISSING) unknown_type(module, declaration, sure);
  if (answer == TF_SCHEMA_UNKNOWN_PROVIDER) check_unknown_provider(module, declaration);
  if (answer == TF_SCHEMA_FOUND)
    tf_check_schema(&scope, block->body, schema, declaration->type, sure, of_every_resource);
  else
    check_freely(&scope, block->body, true);
  if (answer == TF_SCHEMA_FOUND) tf_check_rules(module, declaration, sure);
}

// --- Variables

// A rule that does not look at its variable would check nothing.
static void check_validations(TfModule *module, const HclBlock *block, TfDeclaration *variable) {
  for (size_t i = 0; i < block->body->items.len; i++) {
    const HclBlock *rule = block->body->items.at[i].block;
    const HclAttribute *condition = rule ? hcl_attribute(rule->body, S("condition")) : NULL;
    if (!condition) continue;
    TfDeclaration uses = {0};
    TfScope scope = {.module = module, .owner = &uses};
    tf_check_expr(&scope, condition->value);
    bool looks = false;
    for (size_t j = 0; j < uses.uses.len; j++) looks |= uses.uses.at[j] == variable;
    if (!looks)
      tf_error(module, "V2108", condition->value->span, "the condition does not look at `%.*s`",
               STR_ARG(variable->address));
  }
}

// Names that a call of the module could not give a value.
static const char *const names_of_calls[] = {"source",   "version",    "providers", "count",
                                             "for_each", "depends_on", "lifecycle", "locals"};

static void check_variable(TfModule *module, const HclBlock *block) {
  if (block->label_count != 1) return;
  TfDeclaration *variable = tf_declaration(module, TF_VARIABLE, block->labels[0].text);
  const HclAttribute *initial = hcl_attribute(block->body, S("default"));
  Str why;
  if (!variable || variable->block != block) return;
  for (size_t i = 0; i < sizeof names_of_calls / sizeof *names_of_calls; i++) {
    if (str_eq(variable->name, str_of(names_of_calls[i])))
      tf_error(module, "V2104", block->labels[0].span,
               "no variable can be called `%.*s`: it means something in module blocks", STR_ARG(variable->name));
  }
  tf_declared_type(variable, module);
  check_validations(module, block, variable);
  if (!initial) return;
  TfScope scope = {.module = module, .constant = true, .constant_why = "a default is a constant"};
  const TfType *want = tf_declared_type(variable, module), *got = tf_check_expr(&scope, initial->value);
  const HclAttribute *nullable = hcl_attribute(block->body, S("nullable"));
  if (initial->value->kind == HCL_NULL && nullable && nullable->value->kind == HCL_BOOL && !nullable->value->truth)
    tf_error(module, "V2118", initial->value->span, "the default may not be null where nullable is false");
  if (tf_type_fits(module->arena, want, got, initial->value, &why)) return;
  tf_error(module, "V2118", initial->value->span, "the default does not fit the variable's type: %.*s", STR_ARG(why));
}

// --- Providers

static void check_provider(TfModule *module, const HclBlock *block) {
  FactsTfBlock schema;
  TfScope scope = {.module = module};
  if (block->label_count != 1) return;
  Str name = block->labels[0].text;
  const TfProvider *required = map_get(&module->providers, name);
  bool other = required && required->source.len &&
               !str_ends(required->source, str_fmt(module->arena, "hashicorp/%.*s", STR_ARG(name)));
  if (other || !facts_tf_find(FACTS_TF_PROVIDER, name, &schema)) {
    check_freely(&scope, block->body, false);
    return;
  }
  bool valid;
  bool sure = !required || !required->version.len ||
              tf_version_fits(required->version, tf_provider_named(name).version, &valid);
  tf_check_schema(&scope, block->body, schema, name, sure, of_every_provider);
}

void tf_check_language(TfModule *module, const HclBlock *block) {
  const Shape *shape = shape_of(shapes, block->type);
  if (!shape) {
    Nearest nearest = nearest_to(block->type);
    for (const Shape *known = shapes; known->type; known++) nearest_offer(&nearest, str_of(known->type));
    Str best = nearest_best(&nearest);
    Diag *d =
        tf_error(module, "V2102", block->type_span, "there is no block `%.*s` in Terraform", STR_ARG(block->type));
    if (best.len) tf_help(module, d, "did you mean `%.*s`?", STR_ARG(best));
    return;
  }
  if (shape->rest == OPEN && shape->labels == 2 && block->label_count == 2) return; // tf_check_resource has them
  TfScope scope = {.module = module};
  // The addresses that these name are not values.
  if (str_eq(block->type, S("import"))) scope.each = hcl_attribute(block->body, S("for_each")) != NULL;
  if (str_eq(block->type, S("module"))) {
    scope.count = hcl_attribute(block->body, S("count")) != NULL;
    scope.each = hcl_attribute(block->body, S("for_each")) != NULL;
    check_repetition(module, block);
  }
  check_shape(&scope, shape, block);
  if (str_eq(block->type, S("variable"))) check_variable(module, block);
  if (str_eq(block->type, S("provider"))) check_provider(module, block);
}
