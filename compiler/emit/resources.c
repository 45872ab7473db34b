// Resources and data sources as blocks, in the shape that the provider's schema asks for.
#include "emit/internal.h"
#include "facts/terraform_schema.h"

// ---------------------------------------------------------------- bodies by schema

typedef struct Schema {
  bool known;
  FactsTfBlock block;
} Schema;

static void fill(Emitter *e, HclBody *body, const Value *object, Schema schema);

// Terraform's own arguments: those in front of all others, and those behind.
static const char *const first_words[] = {"count", "for_each", "provider", NULL};
static const char *const last_words[] = {"lifecycle", "depends_on", NULL};

// Whether a member is one of them; a block may have an attribute of that name (an action of a delivery has a provider).
static bool is_among(const char *const *words, Schema schema, Str name) {
  FactsTfAttribute attribute;
  if (schema.known && facts_tf_find_attribute(schema.block, name, &attribute)) return false;
  while (*words && !str_eq(name, str_of(*words))) words++;
  return *words != NULL;
}

// Text that is a JSON object is shown as one: jsonencode({ … }) means the same and can be read.
static HclExpr *readable_json(Emitter *e, const Value *value) {
  if (value->kind != VALUE_STRING || !str_starts(value->text, S("{\""))) return NULL;
  JsonError error;
  const Json *json = json_read(e->arena, value->text, 0, &error);
  return json ? hcl_call(e->arena, S("jsonencode"), HCL_ITEMS(hcl_json(e->arena, json))) : NULL;
}

static HclExpr *attribute_value(Emitter *e, const Value *value) {
  HclExpr *json = readable_json(e, value);
  if (json) return json;
  bool is_script =
      value->kind == VALUE_STRING && value->text.len > 1 && memchr(value->text.at, '\n', value->text.len - 1);
  return is_script ? hcl_heredoc(e->arena, value->text) : hcl_value(e, value);
}

static void block(Emitter *e, HclBody *body, Str name, const Value *content, Schema schema) {
  HclBlock *inner = hcl_add(body, name, HCL_NO_LABELS);
  fill(e, inner->body, content, schema);
}

// dynamic "NAME" { for_each = IN, content { … } }
static HclBody *dynamic_block(Emitter *e, HclBody *body, Str name, HclExpr *in) {
  HclBlock *dynamic = hcl_add(body, S("dynamic"), HCL_LABELS(name));
  hcl_set(dynamic->body, S("for_each"), in);
  (void)e;
  return hcl_add(dynamic->body, S("content"), HCL_NO_LABELS)->body;
}

// A block that stands there for each item of a list of deploy time.
static void block_each(Emitter *e, HclBody *body, Str name, const Value *each, Schema schema) {
  HclExpr *in = hcl_value_or_null(e, each->items[0]);
  if (each->count > 2 && each->items[2]->kind != VALUE_MISSING) {
    HclExpr *item = hcl_reference(e->arena, each->text);
    HclLocal inside = {each->text, item, e->locals};
    e->locals = &inside;
    in = hcl_for(e->arena,
                 (HclLoop){.item = each->text, .in = in, .result = item, .condition = hcl_value(e, each->items[2])});
    e->locals = inside.outer;
  }
  HclBody *content = dynamic_block(e, body, name, in);
  HclLocal local = {each->text, hcl_get(e->arena, hcl_reference(e->arena, name), S("value")), e->locals};
  e->locals = &local;
  fill(e, content, each->items[1], schema);
  e->locals = local.outer;
}

// A block that stands there when a condition of deploy time holds.
static void block_choice(Emitter *e, HclBody *body, Str name, const Value *choice, Schema schema) {
  for (size_t side = 1; side <= 2; side++) {
    const Value *content = choice->items[side];
    if (content->kind == VALUE_MISSING) continue;
    HclExpr *there = hcl_list(e->arena, HCL_ITEMS(hcl_number(e->arena, 1))), *none = hcl_list(e->arena, 0, NULL);
    HclExpr *in = hcl_conditional(e->arena, hcl_value_or_null(e, choice->items[0]), side == 1 ? there : none,
                                  side == 1 ? none : there);
    fill(e, dynamic_block(e, body, name, in), content, schema);
  }
}

static void blocks(Emitter *e, HclBody *body, Str name, const Value *value, Schema schema) {
  switch (value->kind) {
  case VALUE_MISSING: return;
  case VALUE_LIST:
    for (size_t i = 0; i < value->count; i++) blocks(e, body, name, value->items[i], schema);
    return;
  case VALUE_OBJECT: block(e, body, name, value, schema); return;
  case VALUE_EACH: block_each(e, body, name, value, schema); return;
  case VALUE_CHOICE: block_choice(e, body, name, value, schema); return;
  default: break;
  }
  Diag *fault = diag(e->diags, DIAG_ERROR, "E0761", value->span,
                     "`%.*s` is a block of Terraform: its fields are to be written out", STR_ARG(name));
  diag_help(e->diags, fault, "write `%.*s: { … }`, or a list of such for several", STR_ARG(name));
}

// lifecycle { ignore_changes = [a, b] … }: its lists hold names, not texts.
static void lifecycle(Emitter *e, HclBody *body, const Value *value) {
  HclBody *inner = hcl_add(body, S("lifecycle"), HCL_NO_LABELS)->body;
  for (size_t i = 0; i < value->count; i++) {
    const ValueMember *member = &value->members[i];
    if (member->value->kind == VALUE_LIST) {
      HclExpr *names = hcl_list(e->arena, 0, NULL);
      for (size_t k = 0; k < member->value->count; k++) {
        const Value *name = member->value->items[k];
        hcl_list_add(e->arena, names,
                     name->kind == VALUE_STRING ? hcl_reference(e->arena, name->text) : hcl_value_or_null(e, name));
      }
      hcl_set(inner, member->name, names);
    } else if (member->value->kind == VALUE_OBJECT) {
      block(e, inner, member->name, member->value, (Schema){0});
    } else {
      hcl_set(inner, member->name, hcl_value(e, member->value));
    }
  }
}

// depends_on and provider name things instead of reading them.
static HclExpr *names(Emitter *e, const Value *value) {
  if (value->kind == VALUE_STRING) return hcl_reference(e->arena, value->text);
  if (value->kind != VALUE_LIST) return hcl_value(e, value);
  HclExpr *list = hcl_list(e->arena, 0, NULL);
  for (size_t i = 0; i < value->count; i++) hcl_list_add(e->arena, list, names(e, value->items[i]));
  return list;
}

static bool is_naming(Str name) {
  return str_eq(name, S("depends_on")) || str_eq(name, S("provider"));
}

static void own_words(Emitter *e, HclBody *body, const Value *object, Schema schema, const char *const *words) {
  for (size_t i = 0; i < object->count; i++) {
    const ValueMember *member = &object->members[i];
    if (!is_among(words, schema, member->name) || member->value->kind == VALUE_MISSING) continue;
    if (str_eq(member->name, S("lifecycle")))
      lifecycle(e, body, member->value);
    else
      hcl_set(body, member->name, is_naming(member->name) ? names(e, member->value) : hcl_value(e, member->value));
  }
}

// Whether a member is written as a block; what the tables do not know is an attribute.
static bool is_block(Schema schema, Str name, Schema *inner) {
  FactsTfNested nested;
  if (!schema.known || !facts_tf_find_block(schema.block, name, &nested)) return false;
  *inner = (Schema){!nested.opaque, nested.block};
  return true;
}

static void fill(Emitter *e, HclBody *body, const Value *object, Schema schema) {
  Schema inner;
  own_words(e, body, object, schema, first_words);
  for (size_t i = 0; i < object->count; i++) {
    const ValueMember *member = &object->members[i];
    if (is_among(first_words, schema, member->name) || is_among(last_words, schema, member->name)) continue;
    if (!is_block(schema, member->name, &inner)) hcl_set(body, member->name, attribute_value(e, member->value));
  }
  for (size_t i = 0; i < object->count; i++) {
    const ValueMember *member = &object->members[i];
    if (is_block(schema, member->name, &inner)) blocks(e, body, member->name, member->value, inner);
  }
  own_words(e, body, object, schema, last_words);
}

// ---------------------------------------------------------------- resources

// The hash of a body in which the resource's own name does not count: it stays the same when only the name changes.
static uint64_t nameless_hash(Arena *arena, Str text, Str name) {
  Buf out = {.arena = arena};
  for (size_t from = 0; from < text.len;) {
    size_t hit = name.len ? str_find(text, name, from) : text.len;
    buf_str(&out, str_slice(text, from, hit));
    buf_char(&out, '@');
    from = hit + name.len;
  }
  return str_hash(buf_text(&out));
}

static void emit_resource(Emitter *e, const Resource *resource) {
  Schema schema = {0};
  schema.known = facts_tf_find(resource->data ? FACTS_TF_DATA : FACTS_TF_RESOURCE, resource->type, &schema.block);
  Str body_name = resource->concern.len ? resource->concern : S("main");
  HclBody *body = terraform_body(e, body_name);
  HclBlock *written =
      hcl_add(body, resource->data ? S("data") : S("resource"), HCL_LABELS(resource->type, resource->name));
  fill(e, written->body, resource->body, schema);
  if (resource->data) return;
  Str text = hcl_print(e->arena, written->body);
  VEC_PUSH(
      e->arena, &e->emission->resources,
      (EmittedResource){resource->type, resource->name, nameless_hash(e->arena, text, resource->name), resource->span});
  if (resource->was.len)
    emit_moved(e, body_name, &(Moved){resource->type, resource->was, resource->type, resource->name});
}

void emit_moved(Emitter *e, Str concern, const Moved *row) {
  HclBody *moved = hcl_add(terraform_body(e, concern), S("moved"), HCL_NO_LABELS)->body;
  Str from = str_fmt(e->arena, "%.*s.%.*s", STR_ARG(row->type), STR_ARG(row->from));
  Str to = str_fmt(e->arena, "%.*s.%.*s", STR_ARG(row->as), STR_ARG(row->to));
  hcl_set(moved, S("from"), hcl_reference(e->arena, from));
  hcl_set(moved, S("to"), hcl_reference(e->arena, to));
}

void emit_resources(Emitter *e) {
  for (size_t i = 0; i < e->model->resources.len; i++) emit_resource(e, &e->model->resources.at[i]);
}
