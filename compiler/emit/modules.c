#include "emit/modules.h"
#include "facts/terraform_schema.h"

// Something that one module reads of another: an output there, a variable here.
typedef struct Export {
  Str key, name; // the reference as text; the name of the output and variable
  size_t module;
  HclExpr *value, *type;
} Export;

// What becomes of one module, or (the last) of the root.
typedef struct Folder {
  StrList variables; // of the root that it reads
  VEC(const Export *) imports;
  VEC(size_t) copies; // data sources that it reads again
  StrList aliases;    // of the provider
  StrList providers;  // the first word of its types
} Folder;

typedef struct Wiring {
  Modules *m;
  Arena *arena;
  Folder *folders; // the root's is the last
  size_t root;
  Map exports; // key -> Export *
  VEC(Export *) list;
  Map taken; // names of outputs and of the root's variables
} Wiring;

// ---------------------------------------------------------------- exports

static bool is_many(const ModuleNode *node) {
  return hcl_attribute(node->block->body, S("count")) || hcl_attribute(node->block->body, S("for_each"));
}

static bool find_attribute(const ModuleNode *node, Str name, FactsTfAttribute *attribute) {
  FactsTfBlock block;
  bool data = str_starts(node->address, S("data."));
  return facts_tf_find(data ? FACTS_TF_DATA : FACTS_TF_RESOURCE, node->type, &block) &&
         facts_tf_find_attribute(block, name, attribute);
}

static HclExpr *expression(Wiring *w, Str text) {
  Emitter *e = w->m->e;
  Diags faults = {.arena = w->arena};
  e->expressions.arena = w->arena;
  return hcl_read_expr(w->arena, &faults, &e->expressions, source_add(&e->expressions, S("a type"), text));
}

static HclExpr *attribute_type(Wiring *w, const ModuleNode *node, Str name, bool all) {
  FactsTfAttribute attribute;
  Buf out = {.arena = w->arena};
  if (!name.len || !find_attribute(node, name, &attribute)) return hcl_reference(w->arena, S("any"));
  if (all) buf_str(&out, S("list("));
  facts_tf_type_write(&out, attribute.type);
  if (all) buf_char(&out, ')');
  return expression(w, buf_text(&out));
}

// A name that no other output has, nor a variable of the root.
static Str free_name(Wiring *w, const ModuleNode *node, Str tail) {
  Str base = str_fmt(w->arena, "%.*s%s%.*s", STR_ARG(node->name), tail.len ? "_" : "", STR_ARG(tail)), name = base;
  if (map_get(&w->taken, name)) {
    Str rest;
    str_cut(node->type, '_', &rest);
    name = base = str_fmt(w->arena, "%.*s_%.*s", STR_ARG(rest), STR_ARG(base));
  }
  for (int number = 2; map_get(&w->taken, name); number++) name = str_fmt(w->arena, "%.*s_%d", STR_ARG(base), number);
  map_set(&w->taken, name, w);
  return name;
}

static HclExpr *copy(Arena *arena, const HclExpr *expr) {
  HclExpr *made = NEW(arena, HclExpr);
  *made = *expr;
  return made;
}

static bool is_constant_index(const HclStep *step) {
  return step->kind == HCL_STEP_INDEX && (step->index->kind == HCL_NUMBER || step->index->kind == HCL_STRING);
}

// The output that gives the part of an access that its own module has to read; *taken: how many of its steps that is.
static const Export *export_of(Wiring *w, const ModuleNode *node, const HclExpr *access, size_t *taken) {
  size_t at = *taken;
  bool indexed = at < access->count && is_constant_index(&access->steps[at]);
  bool all = at < access->count && access->steps[at].kind == HCL_STEP_SPLAT;
  if (indexed || all) at++;
  Str attribute = {0};
  if (at < access->count && access->steps[at].kind == HCL_STEP_NAME && (indexed || all || !is_many(node)))
    attribute = access->steps[at++].name;
  if (!attribute.len) at = *taken;
  *taken = at;
  HclExpr *value = copy(w->arena, access);
  value->count = (uint32_t)at;
  Str key = hcl_print_expr(w->arena, value);
  Export *known = map_get(&w->exports, key);
  if (known) return known;
  known = NEW(w->arena, Export);
  *known = (Export){.key = key, .module = node->module};
  known->name = free_name(w, node, attribute);
  known->type = attribute_type(w, node, attribute, all && attribute.len);
  known->value = indexed && attribute.len ? hcl_call(w->arena, S("try"), HCL_ITEMS(value, hcl_null(w->arena))) : value;
  map_set(&w->exports, key, known);
  VEC_PUSH(w->arena, &w->list, known);
  return known;
}

static void note_import(Wiring *w, size_t folder, const Export *export) {
  Folder *f = &w->folders[folder];
  for (size_t i = 0; i < f->imports.len; i++) {
    if (f->imports.at[i] == export) return;
  }
  VEC_PUSH(w->arena, &f->imports, export);
}

static void note_name(Wiring *w, StrList *list, Str name) {
  for (size_t i = 0; i < list->len; i++) {
    if (str_eq(list->at[i], name)) return;
  }
  VEC_PUSH(w->arena, list, name);
}

static void note_copy(Wiring *w, size_t folder, size_t node) {
  Folder *f = &w->folders[folder];
  for (size_t i = 0; i < f->copies.len; i++) {
    if (f->copies.at[i] == node) return;
  }
  VEC_PUSH(w->arena, &f->copies, node);
}

// ---------------------------------------------------------------- rewriting

static HclExpr *rewrite(Wiring *w, size_t folder, HclExpr *expr);

static HclExpr *followed_by(Wiring *w, size_t folder, HclExpr *base, const HclExpr *access, size_t from) {
  if (from == access->count) return base;
  HclExpr *made = copy(w->arena, base->kind == HCL_ACCESS ? base : access);
  if (base->kind != HCL_ACCESS) {
    made->items = NEW_N(w->arena, HclExpr *, 1);
    made->items[0] = base;
  }
  size_t own = base->kind == HCL_ACCESS ? base->count : 0;
  made->steps = NEW_N(w->arena, HclStep, own + access->count - from);
  for (size_t i = 0; i < own; i++) made->steps[i] = base->steps[i];
  for (size_t i = from; i < access->count; i++) {
    made->steps[own + i - from] = access->steps[i];
    if (access->steps[i].index) made->steps[own + i - from].index = rewrite(w, folder, access->steps[i].index);
  }
  made->count = (uint32_t)(own + access->count - from);
  return made;
}

static HclExpr *imported(Wiring *w, size_t folder, const Export *export) {
  note_import(w, folder, export);
  Str module = w->m->names.at[export->module];
  return hcl_reference(w->arena, folder == w->root
                                     ? str_fmt(w->arena, "module.%.*s.%.*s", STR_ARG(module), STR_ARG(export->name))
                                     : str_fmt(w->arena, "var.%.*s", STR_ARG(export->name)));
}

static HclExpr *rewrite_access(Wiring *w, size_t folder, HclExpr *access) {
  size_t steps = 0, number = module_node(w->m, module_address(w->m, access, &steps));
  Str base = access->items[0]->kind == HCL_NAME ? access->items[0]->text : (Str){0};
  bool inside = folder != w->root;
  if (number != NO_MODULE) {
    const ModuleNode *node = &w->m->nodes.at[number];
    if (node->module == NO_MODULE) note_copy(w, folder, number);
    if (node->module == NO_MODULE || node->module == folder) return followed_by(w, folder, access->items[0], access, 0);
    const Export *export = export_of(w, node, access, &steps);
    return followed_by(w, folder, imported(w, folder, export), access, steps);
  }
  Str first = access->count && access->steps[0].kind == HCL_STEP_NAME ? access->steps[0].name : (Str){0};
  if (inside && str_eq(base, S("var")) && first.len) note_name(w, &w->folders[folder].variables, first);
  if (inside && str_eq(base, S("path")) && str_eq(first, S("module")))
    return hcl_template(w->arena, HCL_ITEMS(access, hcl_string(w->arena, S("/../..")))); // files stay where they are
  if (inside && (str_eq(base, S("local")) || str_eq(base, S("module")))) {
    diag(w->m->e->diags, DIAG_ERROR, "E0766", NO_SPAN,
         "`%.*s.%.*s` of raw Terraform stands in the root, where modules cannot read it", STR_ARG(base),
         STR_ARG(first));
  }
  return followed_by(w, folder, rewrite(w, folder, access->items[0]), access, 0);
}

static HclExpr *rewrite(Wiring *w, size_t folder, HclExpr *expr) {
  if (!expr) return NULL;
  if (expr->kind == HCL_ACCESS) return rewrite_access(w, folder, expr);
  HclExpr *made = copy(w->arena, expr);
  size_t count = module_items(expr);
  if (count) made->items = NEW_N(w->arena, HclExpr *, count);
  for (size_t i = 0; i < count; i++) made->items[i] = rewrite(w, folder, expr->items[i]);
  if (expr->kind == HCL_TEMPLATE && !expr->heredoc) return hcl_template(w->arena, count, made->items);
  if (expr->kind == HCL_OBJECT) {
    made->members = NEW_N(w->arena, HclMember, expr->count + 1);
    for (size_t i = 0; i < expr->count; i++) {
      made->members[i] = expr->members[i];
      made->members[i].key = rewrite(w, folder, expr->members[i].key);
      made->members[i].value = rewrite(w, folder, expr->members[i].value);
    }
  }
  if (expr->kind == HCL_FOR || expr->kind == HCL_TEMPLATE_FOR) {
    made->loop = NEW(w->arena, HclLoop);
    *made->loop = *expr->loop;
    made->loop->in = rewrite(w, folder, expr->loop->in);
    made->loop->result_key = rewrite(w, folder, expr->loop->result_key);
    made->loop->result = rewrite(w, folder, expr->loop->result);
    made->loop->condition = rewrite(w, folder, expr->loop->condition);
  }
  return made;
}

// What `depends_on` names of another module is waited for by way of its id.
static HclExpr *rewrite_depends(Wiring *w, size_t folder, const HclExpr *list) {
  HclExpr *made = hcl_list(w->arena, 0, NULL);
  for (size_t i = 0; i < list->count; i++) {
    HclExpr *item = list->items[i];
    size_t steps = 0, number = module_node(w->m, module_address(w->m, item, &steps));
    const ModuleNode *node = number == NO_MODULE ? NULL : &w->m->nodes.at[number];
    FactsTfAttribute attribute;
    bool other = node && node->module != NO_MODULE && node->module != folder;
    if (other && steps == item->count && is_many(node)) {
      item = hcl_get(w->arena, hcl_splat(w->arena, copy(w->arena, item)), S("id"));
      if (hcl_attribute(node->block->body, S("for_each"))) item = list->items[i];
    } else if (other && steps == item->count && find_attribute(node, S("id"), &attribute)) {
      item = hcl_get(w->arena, copy(w->arena, item), S("id"));
    }
    hcl_list_add(w->arena, made, rewrite(w, folder, item));
  }
  return made;
}

static void rewrite_body(Wiring *w, size_t folder, HclBody *body) {
  for (size_t i = 0; i < body->items.len; i++) {
    HclItem *item = &body->items.at[i];
    if (item->block) rewrite_body(w, folder, item->block->body);
    if (!item->attribute) continue;
    HclExpr *value = item->attribute->value;
    bool depends = str_eq(item->attribute->name, S("depends_on")) && value->kind == HCL_TUPLE;
    if (str_eq(item->attribute->name, S("provider")) && value->kind == HCL_ACCESS && folder != w->root)
      note_name(w, &w->folders[folder].aliases, value->steps[0].name);
    item->attribute->value = depends ? rewrite_depends(w, folder, value) : rewrite(w, folder, value);
  }
}

// ---------------------------------------------------------------- the files of a module

static HclBody *module_body(Wiring *w, size_t module, const char *file) {
  return terraform_body(w->m->e, str_fmt(w->arena, "modules/%.*s/%s", STR_ARG(w->m->names.at[module]), file));
}

static void append(Wiring *w, HclBody *body, HclBlock *block) {
  VEC_PUSH(w->arena, &body->items, (HclItem){.block = block});
}

// A block of the frame by its type and label, or NULL.
static const HclBody *frame_block(const Wiring *w, const char *file, const char *type, Str label) {
  const HclBody *body = map_get(&w->m->e->bodies, str_of(file));
  for (size_t i = 0; body && i < body->items.len; i++) {
    const HclBlock *block = body->items.at[i].block;
    bool same = block && str_eq(block->type, str_of(type)) && (!label.len || str_eq(block->labels[0].text, label));
    if (same) return block->body;
  }
  return NULL;
}

static void module_variables(Wiring *w, size_t module) {
  const Folder *f = &w->folders[module];
  for (size_t i = 0; i < f->variables.len; i++) {
    const HclBody *given = frame_block(w, "variables", "variable", f->variables.at[i]);
    HclBody *body = hcl_add(module_body(w, module, "variables"), S("variable"), HCL_LABELS(f->variables.at[i]))->body;
    const HclAttribute *doc = given ? hcl_attribute(given, S("description")) : NULL;
    const HclAttribute *type = given ? hcl_attribute(given, S("type")) : NULL;
    if (doc) hcl_set(body, S("description"), doc->value);
    hcl_set(body, S("type"), type ? type->value : hcl_reference(w->arena, S("any")));
  }
  for (size_t i = 0; i < f->imports.len; i++) {
    const Export *export = f->imports.at[i];
    HclBody *body = hcl_add(module_body(w, module, "variables"), S("variable"), HCL_LABELS(export->name))->body;
    Str doc = str_fmt(w->arena, "%.*s of module %.*s", STR_ARG(export->key), STR_ARG(w->m->names.at[export->module]));
    hcl_set(body, S("description"), hcl_string(w->arena, doc));
    hcl_set(body, S("type"), export->type);
  }
}

static void module_outputs(Wiring *w, const Export *export) {
  HclBody *body = hcl_add(module_body(w, export->module, "outputs"), S("output"), HCL_LABELS(export->name))->body;
  hcl_set(body, S("description"), hcl_string(w->arena, export->key));
  hcl_set(body, S("value"), export->value);
}

// required_providers of the root, as far as the module has resources of them.
static void module_versions(Wiring *w, size_t module) {
  const Folder *f = &w->folders[module];
  const HclBody *root = frame_block(w, "versions", "terraform", (Str){0});
  HclBody *terraform = hcl_add(module_body(w, module, "versions"), S("terraform"), HCL_NO_LABELS)->body;
  HclBody *wanted = hcl_add(terraform, S("required_providers"), HCL_NO_LABELS)->body;
  for (size_t i = 0; i < root->items.len; i++) {
    const HclBlock *block = root->items.at[i].block;
    if (!hcl_is_block(block, "required_providers", 0)) continue;
    for (size_t k = 0; k < block->body->items.len; k++) {
      const HclAttribute *row = block->body->items.at[k].attribute;
      bool used = false;
      for (size_t n = 0; n < f->providers.len; n++) used = used || str_eq(f->providers.at[n], row->name);
      if (!used) continue;
      HclExpr *value = hcl_object(w->arena);
      for (size_t n = 0; n < row->value->count; n++)
        hcl_put(w->arena, value, row->value->members[n].key->text, row->value->members[n].value);
      if (str_eq(row->name, S("aws")) && f->aliases.len) {
        HclExpr *list = hcl_list(w->arena, 0, NULL);
        for (size_t n = 0; n < f->aliases.len; n++)
          hcl_list_add(w->arena, list,
                       hcl_reference(w->arena, str_fmt(w->arena, "aws.%.*s", STR_ARG(f->aliases.at[n]))));
        hcl_put(w->arena, value, S("configuration_aliases"), list);
      }
      hcl_set(wanted, row->name, value);
    }
  }
}

// ---------------------------------------------------------------- the root

static void module_call(Wiring *w, size_t module) {
  const Folder *f = &w->folders[module];
  Str name = w->m->names.at[module];
  HclBody *body = hcl_add(terraform_body(w->m->e, S("main")), S("module"), HCL_LABELS(name))->body;
  hcl_set(body, S("source"), hcl_string(w->arena, str_fmt(w->arena, "./modules/%.*s", STR_ARG(name))));
  if (f->aliases.len) {
    HclExpr *providers = hcl_object(w->arena);
    hcl_put(w->arena, providers, S("aws"), hcl_reference(w->arena, S("aws")));
    for (size_t i = 0; i < f->aliases.len; i++) {
      HclExpr *alias = hcl_reference(w->arena, str_fmt(w->arena, "aws.%.*s", STR_ARG(f->aliases.at[i])));
      VEC(HclMember) members = {0};
      for (size_t k = 0; k < providers->count; k++) VEC_PUSH(w->arena, &members, providers->members[k]);
      VEC_PUSH(w->arena, &members, (HclMember){.key = alias, .value = alias});
      providers->members = members.at;
      providers->count = (uint32_t)members.len;
    }
    hcl_set(body, S("providers"), providers);
  }
  if (f->variables.len || f->imports.len) hcl_gap(body);
  for (size_t i = 0; i < f->variables.len; i++) {
    Str variable = f->variables.at[i];
    hcl_set(body, variable, hcl_reference(w->arena, str_fmt(w->arena, "var.%.*s", STR_ARG(variable))));
  }
  for (size_t i = 0; i < f->imports.len; i++) {
    const Export *export = f->imports.at[i];
    Str from = str_fmt(w->arena, "module.%.*s.%.*s", STR_ARG(w->m->names.at[export->module]), STR_ARG(export->name));
    hcl_set(body, export->name, hcl_reference(w->arena, from));
  }
}

// What was told of the resources now speaks of their modules, so that renamings are found there.
static void tell_addresses(Modules *m) {
  for (size_t i = 0; i < m->e->emission->resources.len; i++) {
    EmittedResource *resource = &m->e->emission->resources.at[i];
    Str address = str_fmt(m->e->arena, "%.*s.%.*s", STR_ARG(resource->type), STR_ARG(resource->name));
    size_t node = module_node(m, address);
    if (node == NO_MODULE) continue;
    Str module = m->names.at[m->nodes.at[node].module];
    resource->type = str_fmt(m->e->arena, "module.%.*s.%.*s", STR_ARG(module), STR_ARG(resource->type));
  }
}

// A `moved` block stands in the module of what it moves to.
static void place_moved(Wiring *w, HclBody *body) {
  size_t kept = 0;
  for (size_t i = 0; i < body->items.len; i++) {
    HclBlock *block = body->items.at[i].block;
    const HclAttribute *to = hcl_is_block(block, "moved", 0) ? hcl_attribute(block->body, S("to")) : NULL;
    size_t steps, node = to ? module_node(w->m, module_address(w->m, to->value, &steps)) : NO_MODULE;
    if (node == NO_MODULE)
      body->items.at[kept++] = body->items.at[i];
    else
      append(w, module_body(w, w->m->nodes.at[node].module, "main"), block);
  }
  body->items.len = kept;
}

void emit_modules(Emitter *e) {
  Modules m = {.e = e, .by_address = {.arena = e->arena}};
  modules_take(&m);
  modules_assign(&m);
  Wiring w = {.m = &m, .arena = e->arena, .root = m.names.len};
  w.exports.arena = w.taken.arena = e->arena;
  w.folders = NEW_N(e->arena, Folder, m.names.len + 1);
  const HclBody *variables = map_get(&e->bodies, S("variables"));
  for (size_t i = 0; variables && i < variables->items.len; i++) {
    if (variables->items.at[i].block) map_set(&w.taken, variables->items.at[i].block->labels[0].text, &w);
  }
  size_t frames = e->bodies.len;
  for (size_t i = 0; i < m.nodes.len; i++) {
    ModuleNode *node = &m.nodes.at[i];
    if (node->module == NO_MODULE) continue;
    Str rest;
    rewrite_body(&w, node->module, node->block->body);
    note_name(&w, &w.folders[node->module].providers, str_cut(node->type, '_', &rest));
    append(&w, module_body(&w, node->module, "main"), node->block);
  }
  for (size_t i = 0; i < frames; i++) {
    HclBody *body = e->bodies.entries[i].value;
    place_moved(&w, body);
    rewrite_body(&w, w.root, body);
  }
  for (size_t i = 0; i < w.list.len; i++) module_outputs(&w, w.list.at[i]);
  for (size_t module = 0; module <= m.names.len; module++) {
    Folder *f = &w.folders[module];
    bool used = module < m.names.len && f->providers.len;
    HclBody *body = module == w.root ? terraform_body(e, S("main")) : used ? module_body(&w, module, "main") : NULL;
    for (size_t i = 0; body && i < f->copies.len; i++) append(&w, body, m.nodes.at[f->copies.at[i]].block);
    if (!used) continue;
    note_name(&w, &f->providers, S("aws"));
    module_variables(&w, module);
    module_versions(&w, module);
    module_call(&w, module);
  }
  tell_addresses(&m);
}
