// What an expression uses: its variables and calls, for those who check it without running it.
#include "jsonata/engine.h"
#include <stdlib.h>

typedef struct Collector {
  Arena *arena;
  JsonataDialect dialect;
  VEC(JsonataUse) uses;
  int inner; // how many constructs give the present node a context of its own
} Collector;

static void walk(void *context, Node **child);

static void walk_list(Collector *c, Nodes nodes) {
  for (uint32_t i = 0; i < nodes.count; i++) walk(c, &nodes.at[i]);
}

static JsonataUse *use(Collector *c, JsonataUseKind kind, const Node *node, Str name) {
  JsonataUse made = {.kind = kind, .name = name, .start = node->start, .end = node->end};
  made.bound = node->kind == NODE_VARIABLE && node->variable.global == NO_GLOBAL;
  made.built_in = !made.bound && jsonata_has_function(name, c->dialect);
  VEC_PUSH(c->arena, &c->uses, made);
  return &c->uses.at[c->uses.len - 1];
}

// The names behind a variable that opens a path, up to the first step that is more than a name.
static void note_path(Collector *c, JsonataUse *made, const Node *path) {
  const Extras *more = path->items.at[0]->extras;
  Str *names = NEW_N(c->arena, Str, path->items.count);
  uint32_t count = 0;
  for (uint32_t i = 1; i < path->items.count; i++) {
    const Node *step = path->items.at[i];
    if (more && (more->predicates.len || more->stages.len || more->group)) break;
    if (step->kind != NODE_NAME) break;
    names[count++] = step->name;
    more = step->extras;
  }
  made->path = names;
  made->path_count = count;
}

static void walk_call(Collector *c, Node *node, uint32_t applied) {
  Node *procedure = node->call.procedure;
  if (procedure->kind == NODE_VARIABLE) {
    JsonataUse *made = use(c, JSONATA_CALL, procedure, procedure->variable.name);
    made->arguments = node->call.arguments.count + applied;
  } else {
    walk(c, &procedure);
  }
  walk_list(c, node->call.arguments);
}

// Predicates, stages and grouping of a node whose own children were walked by hand.
static void walk_extras(Collector *c, Node *node) {
  Node bare = {.kind = NODE_PLACEHOLDER, .extras = node->extras};
  c->inner++;
  if (node->extras) jsonata_node_children(&bare, walk, c);
  c->inner--;
}

static void walk_path(Collector *c, Node *node) {
  Node *first = node->items.at[0];
  if (first->kind == NODE_VARIABLE) {
    note_path(c, use(c, JSONATA_VARIABLE, first, first->variable.name), node);
    walk_extras(c, first);
  } else {
    walk_list(c, (Nodes){node->items.at, 1});
  }
  c->inner++;
  walk_list(c, (Nodes){node->items.at + 1, node->items.count - 1});
  c->inner--;
  walk_extras(c, node);
}

// The children of a node, which see what it sees but in a function's body.
static void walk_children(Collector *c, Node *node) {
  Node plain = *node;
  plain.extras = NULL;
  c->inner += node->kind == NODE_LAMBDA || node->kind == NODE_SORT;
  jsonata_node_children(&plain, walk, c);
  c->inner -= node->kind == NODE_LAMBDA || node->kind == NODE_SORT;
  walk_extras(c, node);
}

static void walk(void *context, Node **child) {
  Collector *c = context;
  Node *node = *child;
  switch (node->kind) {
  case NODE_VARIABLE:
    use(c, JSONATA_VARIABLE, node, node->variable.name);
    walk_extras(c, node);
    return;
  case NODE_CONTEXT:
    use(c, JSONATA_VARIABLE, node, S(""))->bound = true;
    walk_extras(c, node);
    return;
  case NODE_PATH: walk_path(c, node); return;
  case NODE_CALL:
  case NODE_PARTIAL:
    walk_call(c, node, 0);
    walk_extras(c, node);
    return;
  case NODE_APPLY:
    walk(c, &node->left);
    if (node->right->kind != NODE_CALL) {
      walk(c, &node->right);
    } else {
      walk_call(c, node->right, 1);
      walk_extras(c, node->right);
    }
    walk_extras(c, node);
    return;
  case NODE_BIND:
    walk(c, &node->right);
    walk_extras(c, node);
    return;
  case NODE_TRANSFORM:
    c->inner++;
    walk(c, &node->transform->pattern);
    walk(c, &node->transform->update);
    if (node->transform->remove) walk(c, &node->transform->remove);
    c->inner--;
    walk_extras(c, node);
    return;
  case NODE_NAME:
    if (!c->inner) use(c, JSONATA_FIELD, node, node->name)->built_in = false;
    walk_extras(c, node);
    return;
  default: walk_children(c, node);
  }
}

static int by_place(const void *a, const void *b) {
  uint32_t left = ((const JsonataUse *)a)->start, right = ((const JsonataUse *)b)->start;
  return left < right ? -1 : left > right;
}

const JsonataUse *jsonata_uses(const Jsonata *expression, Arena *arena, size_t *count) {
  Collector c = {.arena = arena, .dialect = expression->dialect};
  Node *body = expression->body;
  walk(&c, &body);
  if (c.uses.len) qsort(c.uses.at, c.uses.len, sizeof *c.uses.at, by_place);
  *count = c.uses.len;
  return c.uses.at;
}
