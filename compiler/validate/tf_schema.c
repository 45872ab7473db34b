// Blocks that a provider describes: which arguments and blocks may and must stand in them, how often, with what values.
#include "base/sys.h"
#include "validate/tf.h"

typedef struct Place {
  const TfScope *scope;
  const HclBody *body;
  FactsTfBlock schema;
  Str what;                // "aws_s3_bucket", "versioning"
  bool sure;               // the tables hold the version that the module asks for
  const char *const *skip; // arguments and blocks that are the language's
} Place;

static bool is_skipped(const Place *p, Str name) {
  for (const char *const *skip = p->skip; skip && *skip; skip++) {
    if (str_eq(name, str_of(*skip))) return true;
  }
  return false;
}

// The tables' word against the file's: an error only when they are about the same version.
static Diag *fault(const Place *p, const char *code, Span at, Str message) {
  if (p->sure) return tf_error(p->scope->module, code, at, "%.*s", STR_ARG(message));
  return tf_warning(p->scope->module, code, at,
                    "%.*s, as far as the tables know (they hold another version than is asked for)", STR_ARG(message));
}

static Span opening(const HclBody *body) {
  return (Span){body->span.file, body->span.start, body->span.start + 1};
}

// --- Arguments

static void unknown_argument(const Place *p, const HclAttribute *attribute) {
  Arena *arena = p->scope->module->arena;
  Nearest nearest = nearest_to(attribute->name);
  for (size_t i = 0; tf_suggests(p->scope->module) && i < facts_tf_attributes(p->schema); i++) {
    FactsTfAttribute known = facts_tf_attribute(p->schema, i);
    if (known.required || known.optional) nearest_offer(&nearest, known.name);
  }
  Str best = nearest_best(&nearest);
  Diag *d = fault(p, "V2111", attribute->name_span,
                  str_fmt(arena, "`%.*s` has no argument `%.*s`", STR_ARG(p->what), STR_ARG(attribute->name)));
  if (best.len) tf_help(p->scope->module, d, "did you mean `%.*s`?", STR_ARG(best));
}

static void check_argument(const Place *p, const HclAttribute *attribute) {
  TfModule *module = p->scope->module;
  FactsTfAttribute known;
  FactsTfNested nested;
  Str name = attribute->name;
  if (facts_tf_find_attribute(p->schema, name, &known)) {
    tf_check_value(p->scope, attribute->value, tf_type_fact(module->arena, known.type), name);
    if (!known.required && !known.optional)
      fault(p, "V2113", attribute->name_span,
            str_fmt(module->arena, "`%.*s` is decided by the provider and cannot be set", STR_ARG(name)));
    return;
  }
  tf_check_expr(p->scope, attribute->value);
  if (facts_tf_find_block(p->schema, name, &nested)) {
    Diag *d = fault(p, "V2114", attribute->name_span,
                    str_fmt(module->arena, "`%.*s` is a block, not an argument", STR_ARG(name)));
    tf_help(module, d, "write `%.*s { … }` without `=`", STR_ARG(name));
    return;
  }
  unknown_argument(p, attribute);
}

// --- Nested blocks

// An attribute that is a list of objects may be written as blocks; then its members are the block's arguments.
static bool written_as_blocks(const Place *p, Str name, FactsTfType *object) {
  FactsTfAttribute known;
  if (!facts_tf_find_attribute(p->schema, name, &known)) return false;
  FactsTfTypeKind kind = facts_tf_type_kind(known.type);
  if (kind != FACTS_TF_LIST && kind != FACTS_TF_SET) return false;
  *object = facts_tf_type_element(known.type);
  return facts_tf_type_kind(*object) == FACTS_TF_OBJECT;
}

// A block in such a block: of a member that is a list of objects itself.
static void check_object_inner(const Place *p, const TfScope *scope, const HclBlock *block, FactsTfType object) {
  for (size_t j = 0; j < facts_tf_type_fields(object); j++) {
    Str name;
    facts_tf_type_field(object, j, &name);
    if (str_eq(name, block->type) || str_eq(block->type, S("dynamic"))) return;
  }
  fault(p, "V2115", block->type_span, str_fmt(scope->module->arena, "no block `%.*s` here", STR_ARG(block->type)));
}

static void check_object_block(const Place *p, const TfScope *scope, const HclBody *body, FactsTfType object) {
  Arena *arena = scope->module->arena;
  for (size_t i = 0; i < body->items.len; i++) {
    const HclAttribute *attribute = body->items.at[i].attribute;
    if (!attribute) {
      check_object_inner(p, scope, body->items.at[i].block, object);
      continue;
    }
    bool known = false;
    for (size_t j = 0; j < facts_tf_type_fields(object) && !known; j++) {
      Str name;
      FactsTfType field = facts_tf_type_field(object, j, &name);
      if (!str_eq(name, attribute->name)) continue;
      known = true;
      tf_check_value(scope, attribute->value, tf_type_fact(arena, field), name);
    }
    if (known) continue;
    tf_check_expr(scope, attribute->value);
    fault(p, "V2111", attribute->name_span, str_fmt(arena, "no argument `%.*s` here", STR_ARG(attribute->name)));
  }
}

static void unknown_block(const Place *p, Str name, Span at) {
  TfModule *module = p->scope->module;
  FactsTfAttribute attribute;
  if (facts_tf_find_attribute(p->schema, name, &attribute)) {
    Diag *d = fault(p, "V2114", at, str_fmt(module->arena, "`%.*s` is an argument, not a block", STR_ARG(name)));
    tf_help(module, d, "write `%.*s = …`", STR_ARG(name));
    return;
  }
  Nearest nearest = nearest_to(name);
  for (size_t i = 0; i < facts_tf_blocks(p->schema); i++) nearest_offer(&nearest, facts_tf_block(p->schema, i).name);
  Str best = nearest_best(&nearest);
  Diag *d =
      fault(p, "V2115", at, str_fmt(module->arena, "`%.*s` has no block `%.*s`", STR_ARG(p->what), STR_ARG(name)));
  if (best.len) tf_help(module, d, "did you mean `%.*s`?", STR_ARG(best));
}

// The content of a block named `name`, wherever it stands (itself, or the content of a dynamic block).
static void check_content(const Place *p, const TfScope *scope, Str name, Span at, const HclBody *content) {
  FactsTfNested nested;
  FactsTfType object;
  if (facts_tf_find_block(p->schema, name, &nested)) {
    if (!nested.opaque) tf_check_schema(scope, content, nested.block, name, p->sure, NULL);
  } else if (written_as_blocks(p, name, &object)) {
    check_object_block(p, scope, content, object);
  } else {
    unknown_block(p, name, at);
  }
}

static const TfType *iterator_type(Arena *arena) {
  static const Str names[] = {STR_INIT("key"), STR_INIT("value")};
  TfType *type = NEW(arena, TfType);
  *type = (TfType){.kind = TF_OBJECT, .names = names, .items = NEW_N(arena, const TfType *, 2), .count = 2};
  type->items[0] = type->items[1] = &TF_TYPE_ANY;
  return type;
}

static Diag *dynamic_fault(const Place *p, Span at, const char *message) {
  Diag *d = tf_error(p->scope->module, "V2119", at, "%s", message);
  tf_help(p->scope->module, d, "dynamic \"NAME\" { for_each = LIST, content { … } }");
  return d;
}

// dynamic "setting" { for_each = …  iterator = …  content { … } }
static void check_dynamic(const Place *p, const HclBlock *block) {
  if (block->label_count != 1) {
    dynamic_fault(p, block->type_span, "a dynamic block has one label: the name of the blocks it makes");
    return;
  }
  Str name = block->labels[0].text, iterator = name;
  const HclBlock *content = NULL;
  bool repeated = false, idle = false; // idle: over nothing, so that the content is never looked at
  for (size_t i = 0; i < block->body->items.len; i++) {
    const HclItem *item = &block->body->items.at[i];
    if (item->block && str_eq(item->block->type, S("content"))) {
      content = item->block;
    } else if (item->block) {
      dynamic_fault(p, item->block->type_span, "a dynamic block holds one block, `content`");
    } else if (str_eq(item->attribute->name, S("for_each"))) {
      repeated = true;
      const TfType *over = tf_check_expr(p->scope, item->attribute->value);
      idle = over->kind == TF_TUPLE && over->count == 0;
    } else if (str_eq(item->attribute->name, S("iterator"))) {
      if (item->attribute->value->kind == HCL_NAME) iterator = item->attribute->value->text;
    } else if (!str_eq(item->attribute->name, S("labels"))) {
      dynamic_fault(p, item->attribute->name_span, "a dynamic block takes for_each, iterator and labels");
    }
  }
  if (!repeated) dynamic_fault(p, opening(block->body), "a dynamic block wants for_each");
  if (!content) {
    dynamic_fault(p, opening(block->body), "a dynamic block wants a `content` block");
    return;
  }
  if (idle) return;
  TfLocalName made = {.name = iterator, .type = iterator_type(p->scope->module->arena), .outer = p->scope->names};
  TfScope inner = *p->scope;
  inner.names = &made;
  inner.perhaps = true;
  check_content(p, &inner, name, block->labels[0].span, content->body);
}

static void check_block(const Place *p, const HclBlock *block) {
  if (str_eq(block->type, S("dynamic"))) {
    check_dynamic(p, block);
    return;
  }
  check_content(p, p->scope, block->type, block->type_span, block->body);
}

// --- What must be there, and how often

static bool is_dynamic_of(const HclBlock *block, Str name) {
  return str_eq(block->type, S("dynamic")) && block->label_count == 1 && str_eq(block->labels[0].text, name);
}

// How many blocks `name` there are; *dynamic: more may come. `last` is the one behind the `most`-th.
static size_t count_blocks(const HclBody *body, Str name, size_t most, bool *dynamic, const HclBlock **beyond) {
  size_t count = 0;
  *dynamic = false;
  for (size_t i = 0; i < body->items.len; i++) {
    const HclBlock *block = body->items.at[i].block;
    if (!block) continue;
    *dynamic |= is_dynamic_of(block, name);
    if (!str_eq(block->type, name)) continue;
    if (++count == most + 1) *beyond = block;
  }
  return count;
}

static void require_argument(const Place *p, FactsTfAttribute attribute) {
  bool dynamic;
  const HclBlock *beyond = NULL;
  if (hcl_attribute(p->body, attribute.name)) return;
  if (count_blocks(p->body, attribute.name, 0, &dynamic, &beyond) || dynamic) return;
  fault(
      p, "V2112", opening(p->body),
      str_fmt(p->scope->module->arena, "`%.*s` wants the argument `%.*s`", STR_ARG(p->what), STR_ARG(attribute.name)));
}

static void check_occurrences(const Place *p, const FactsTfNested *nested) {
  Arena *arena = p->scope->module->arena;
  bool dynamic;
  const HclBlock *beyond = NULL;
  size_t most = nested->nesting == FACTS_TF_NEST_SINGLE ? 1 : nested->max_items;
  size_t count = count_blocks(p->body, nested->name, most, &dynamic, &beyond);
  if (count < nested->min_items && !dynamic && !hcl_attribute(p->body, nested->name)) {
    fault(p, "V2116", opening(p->body),
          str_fmt(arena, "`%.*s` wants at least %u block%s `%.*s`", STR_ARG(p->what), nested->min_items,
                  nested->min_items == 1 ? "" : "s", STR_ARG(nested->name)));
  }
  if (most && count > most) {
    fault(p, "V2117", beyond->type_span,
          str_fmt(arena, "`%.*s` takes at most %zu block%s `%.*s`", STR_ARG(p->what), most, most == 1 ? "" : "s",
                  STR_ARG(nested->name)));
  }
}

void tf_check_schema(const TfScope *scope, const HclBody *body, FactsTfBlock schema, Str what, bool sure,
                     const char *const *skip) {
  Place p = {scope, body, schema, what, sure, skip};
  for (size_t i = 0; i < body->items.len; i++) {
    const HclItem *item = &body->items.at[i];
    Str name = item->block ? item->block->type : item->attribute->name;
    if (is_skipped(&p, name)) continue;
    if (item->block)
      check_block(&p, item->block);
    else
      check_argument(&p, item->attribute);
  }
  for (size_t i = 0; i < facts_tf_attributes(schema); i++) {
    FactsTfAttribute attribute = facts_tf_attribute(schema, i);
    if (attribute.required) require_argument(&p, attribute);
  }
  for (size_t i = 0; i < facts_tf_blocks(schema); i++) {
    FactsTfNested nested = facts_tf_block(schema, i);
    if (nested.min_items || nested.max_items || nested.nesting == FACTS_TF_NEST_SINGLE) check_occurrences(&p, &nested);
  }
}

// --- Which schema

// Which provider a type belongs to: the `provider` argument's, else what stands before the first `_`.
static Str provider_name(const TfDeclaration *declaration) {
  const HclAttribute *given = hcl_attribute(declaration->block->body, S("provider"));
  const HclExpr *value = given ? given->value : NULL;
  Str text;
  if (value && value->kind == HCL_ACCESS) value = value->items[0];
  if (value && value->kind == HCL_NAME) return value->text;
  if (hcl_plain_string(value, &text)) return str_slice(text, 0, str_find(text, S("."), 0));
  return str_slice(declaration->type, 0, str_find(declaration->type, S("_"), 0));
}

FactsTfProvider tf_provider_named(Str name) {
  for (size_t i = 0; i < facts_tf_providers(); i++) {
    if (str_eq(facts_tf_provider(i).name, name)) return facts_tf_provider(i);
  }
  return (FactsTfProvider){0};
}

TfSchemaAnswer tf_find_schema(const TfModule *module, const TfDeclaration *declaration, FactsTfBlock *schema,
                              bool *sure) {
  static const FactsTfKind kinds[] = {
      [TF_RESOURCE] = FACTS_TF_RESOURCE, [TF_DATA] = FACTS_TF_DATA, [TF_EPHEMERAL] = FACTS_TF_EPHEMERAL};
  Str name = provider_name(declaration), package = name;
  const TfProvider *required = map_get(&module->providers, name);
  *sure = false;
  if (required && required->source.len) {
    package = path_name(required->source);
    Str owner = path_name(path_folder(required->source));
    if (!str_eq(owner, S("hashicorp"))) return TF_SCHEMA_UNKNOWN_PROVIDER;
  }
  FactsTfProvider known = tf_provider_named(package);
  if (str_eq(name, S("terraform")) || !known.name.len) return TF_SCHEMA_UNKNOWN_PROVIDER;
  bool valid = true;
  *sure = !required || !required->version.len || tf_version_fits(required->version, known.version, &valid);
  return facts_tf_find(kinds[declaration->kind], declaration->type, schema) ? TF_SCHEMA_FOUND : TF_SCHEMA_MISSING;
}
