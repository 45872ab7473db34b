// Gives every variable a place. A scope is what makes a frame at run time: the whole program, a lambda's call, a block
// that assigns something, a path that works on tuples. Which of two frames answers is known here, except where a
// variable may be read before it is assigned; then the run looks further outwards (frame_lookup).
#include "jsonata/engine.h"
#include "jsonata/syntax.h"

typedef struct Resolver {
  Arena *arena;
  Jsonata *program;
  const Scope *scope;
  Names *stream; // the names of the tuple path whose steps are being resolved; NULL: none around
} Resolver;

static uint32_t name_slot(const Names *names, Str name) {
  for (size_t i = 0; i < names->list.len; i++) {
    if (str_eq(names->list.at[i], name)) return (uint32_t)i;
  }
  return UINT32_MAX;
}

static uint32_t name_add(Names *names, Str name) {
  uint32_t slot = name_slot(names, name);
  if (slot != UINT32_MAX) return slot;
  VEC_PUSH(names->arena, &names->list, name);
  return (uint32_t)names->list.len - 1;
}

static Names *names_new(Arena *arena) {
  Names *names = NEW(arena, Names);
  names->arena = arena;
  return names;
}

static Scope *scope_new(Resolver *r, Names *names) {
  Scope *scope = NEW(r->arena, Scope);
  *scope = (Scope){r->scope, names};
  return scope;
}

static bool streams(const Node *path) {
  for (uint32_t i = 0; i < path->items.count; i++) {
    if (path->items.at[i]->flags & NODE_TUPLE) return true;
  }
  return false;
}

// Collects the names that are assigned below, not crossing what has a scope of its own.
static void collect(void *context, Node **child) {
  Names *names = context;
  Node *node = *child;
  if (node->kind == NODE_BLOCK || node->kind == NODE_LAMBDA) {
    if (node->extras) { // predicates and groupings run outside of the block
      for (size_t i = 0; i < node->extras->predicates.len; i++) collect(context, &node->extras->predicates.at[i]);
    }
    return;
  }
  if (node->kind == NODE_PATH && streams(node)) return;
  if (node->kind == NODE_BIND) name_add(names, node->left->variable.name);
  jsonata_node_children(node, collect, context);
}

static void resolve(Resolver *r, Node *node);

static void resolve_child(void *context, Node **child) {
  resolve(context, *child);
}

static uint32_t global_number(Resolver *r, Str name) {
  for (size_t i = 0; i < r->program->globals.len; i++) {
    if (str_eq(r->program->globals.at[i].name, name)) return (uint32_t)i;
  }
  const Builtin *builtin = jsonata_builtin_find(name, r->program->dialect);
  Global global = {name, builtin ? jsonata_builtin_value(r->arena, builtin) : NULL};
  VEC_PUSH(r->arena, &r->program->globals, global);
  return (uint32_t)r->program->globals.len - 1;
}

static void resolve_variable(Resolver *r, Node *node, Str name) {
  uint32_t depth = 0;
  node->variable.name = name;
  node->variable.global = NO_GLOBAL;
  for (const Scope *scope = r->scope; scope; scope = scope->parent, depth++) {
    uint32_t slot = name_slot(scope->names, name);
    if (slot == UINT32_MAX) continue;
    node->variable.depth = depth;
    node->variable.slot = slot;
    return;
  }
  node->variable.global = global_number(r, name);
}

// Resolves the children of `node` in a scope with `names`, which may be NULL for none.
static Scope *resolve_inside(Resolver *r, Node *node, Names *names) {
  const Scope *outer = r->scope;
  Names *stream = r->stream;
  Scope *scope = names ? scope_new(r, names) : NULL;
  if (scope) r->scope = scope;
  jsonata_node_children(node, resolve_child, r);
  r->scope = outer;
  r->stream = stream;
  return scope;
}

static void resolve_extras(Resolver *r, Extras *extras) {
  for (size_t i = 0; i < extras->predicates.len; i++) resolve(r, extras->predicates.at[i]);
  for (size_t i = 0; i < extras->stages.len; i++) {
    if (extras->stages.at[i].expression) resolve(r, extras->stages.at[i].expression);
  }
  for (uint32_t i = 0; extras->group && i < extras->group->count; i++) {
    resolve(r, extras->group->pairs[i].key);
    resolve(r, extras->group->pairs[i].value);
  }
}

static void resolve_lambda(Resolver *r, Node *node) {
  Lambda *lambda = node->lambda;
  const Scope *outer = r->scope;
  Names *stream = r->stream, *names = names_new(r->arena);
  for (uint32_t i = 0; i < lambda->parameter_count; i++) VEC_PUSH(r->arena, &names->list, lambda->parameters[i]);
  // A block that is the whole body runs once a call, so it shares the call's frame.
  Node *body = lambda->body;
  bool merged = body->kind == NODE_BLOCK && !body->extras;
  if (merged)
    jsonata_node_children(body, collect, names);
  else
    collect(names, &body);
  lambda->scope = scope_new(r, names);
  r->scope = lambda->scope;
  r->stream = NULL;
  if (merged)
    jsonata_node_children(body, resolve_child, r);
  else
    resolve(r, body);
  r->scope = outer;
  r->stream = stream;
  if (node->extras) resolve_extras(r, node->extras);
}

static void resolve_block(Resolver *r, Node *node) {
  Names *names = names_new(r->arena);
  Extras *extras = node->extras;
  node->extras = NULL; // predicates run outside
  Names *stream = node->flags & NODE_TUPLE ? r->stream : NULL, *before = r->stream;
  jsonata_node_children(node, collect, names);
  r->stream = stream;
  node->scope = resolve_inside(r, node, names->list.len ? names : NULL);
  r->stream = before;
  node->extras = extras;
  if (extras) resolve_extras(r, extras);
}

// The variables that the steps of a tuple path bind.
static void name_steps(Names *names, Node *path) {
  for (uint32_t i = 0; i < path->items.count; i++) {
    Extras *more = path->items.at[i]->extras;
    if (!more) continue;
    if (more->focus.len) more->focus_slot = name_add(names, more->focus);
    if (more->index.len) more->index_slot = name_add(names, more->index);
    if (more->ancestor) more->ancestor_slot = name_add(names, more->ancestor->label);
    for (size_t k = 0; k < more->stages.len; k++) {
      Stage *stage = &more->stages.at[k];
      if (stage->index.len) stage->slot = name_add(names, stage->index);
    }
  }
}

// A path whose tuples flow into the path around it shares that path's names.
static void resolve_stream(Resolver *r, Node *node) {
  Names *names = node->flags & NODE_TUPLE ? r->stream : NULL, *before = r->stream;
  if (!names) {
    names = names_new(r->arena);
    VEC_PUSH(r->arena, &names->list, S("@"));
  }
  name_steps(names, node);
  for (uint32_t i = 0; i < node->items.count; i++) jsonata_node_children(node->items.at[i], collect, names);
  node->flags |= NODE_STREAMS;
  r->stream = names;
  node->scope = resolve_inside(r, node, names);
  r->stream = before;
}

static void resolve_plain(Resolver *r, Node *node) {
  Names *before = r->stream;
  r->stream = NULL;
  jsonata_node_children(node, resolve_child, r);
  r->stream = before;
}

static bool is_simple(const Node *path) {
  if (path->extras || (path->flags & NODE_KEEP_SINGLETON)) return false;
  for (uint32_t i = 0; i < path->items.count; i++) {
    const Node *step = path->items.at[i];
    bool opens = i == 0 && path->items.count > 1 && (step->kind == NODE_VARIABLE || step->kind == NODE_CONTEXT);
    if (step->extras || (step->kind != NODE_NAME && !opens)) return false;
  }
  return true;
}

static void resolve(Resolver *r, Node *node) {
  switch (node->kind) {
  case NODE_NAME:
    node->field.hint = r->program->hint_count++;
    resolve_plain(r, node);
    return;
  case NODE_VARIABLE: {
    resolve_variable(r, node, node->variable.name);
    resolve_plain(r, node);
    return;
  }
  case NODE_PARENT: {
    Str label = node->ancestor->label;
    resolve_variable(r, node, label);
    resolve_plain(r, node);
    return;
  }
  case NODE_LAMBDA: resolve_lambda(r, node); return;
  case NODE_BLOCK: resolve_block(r, node); return;
  case NODE_PATH:
    if (is_simple(node)) node->flags |= NODE_SIMPLE;
    if (streams(node)) {
      resolve_stream(r, node);
      return;
    }
    resolve_plain(r, node);
    return;
  default: resolve_plain(r, node);
  }
}

void jsonata_syntax_resolve(Arena *arena, Jsonata *program, const Scope *outer) {
  Resolver r = {.arena = arena, .program = program, .scope = outer};
  Names *names = names_new(arena);
  collect(names, &program->body);
  program->scope = scope_new(&r, names);
  r.scope = program->scope;
  resolve(&r, program->body);
}
