// The resources of the flat layout as nodes, and what each refers to.
#include "emit/modules.h"

// ---------------------------------------------------------------- references

size_t module_node(const Modules *m, Str address) {
  void *found = map_get(&m->by_address, address);
  return found ? (size_t)(uintptr_t)found - 1 : NO_MODULE;
}

Str module_address(Modules *m, const HclExpr *access, size_t *steps) {
  if (access->kind != HCL_ACCESS || access->items[0]->kind != HCL_NAME) return (Str){0};
  Str base = access->items[0]->text;
  size_t wanted = str_eq(base, S("data")) ? 2 : 1;
  if (access->count < wanted) return (Str){0};
  Buf out = {.arena = m->e->arena};
  buf_str(&out, base);
  for (size_t i = 0; i < wanted; i++) {
    if (access->steps[i].kind != HCL_STEP_NAME) return (Str){0};
    buf_fmt(&out, ".%.*s", STR_ARG(access->steps[i].name));
  }
  *steps = wanted;
  return module_node(m, buf_text(&out)) == NO_MODULE ? (Str){0} : buf_text(&out);
}

size_t module_items(const HclExpr *expr) {
  switch (expr->kind) {
  case HCL_ACCESS: return 1;
  case HCL_OBJECT: return 0;
  case HCL_TEMPLATE:
  case HCL_TEMPLATE_IF:
  case HCL_TUPLE:
  case HCL_CALL:
  case HCL_UNARY:
  case HCL_BINARY:
  case HCL_CONDITIONAL:
  case HCL_PAREN:
    return expr->kind == HCL_UNARY || expr->kind == HCL_PAREN ? 1 : expr->kind == HCL_BINARY ? 2 : expr->count;
  default: return 0;
  }
}

// Calls `visit` on every access within an expression.
typedef void Visit(void *with, const HclExpr *access);
static void visit_expr(const HclExpr *expr, Visit *visit, void *with) {
  if (!expr) return;
  if (expr->kind == HCL_ACCESS) {
    visit(with, expr);
    for (size_t i = 0; i < expr->count; i++) visit_expr(expr->steps[i].index, visit, with);
  }
  for (size_t i = 0, count = module_items(expr); i < count; i++) visit_expr(expr->items[i], visit, with);
  for (size_t i = 0; expr->kind == HCL_OBJECT && i < expr->count; i++) {
    visit_expr(expr->members[i].key, visit, with);
    visit_expr(expr->members[i].value, visit, with);
  }
  if (expr->kind == HCL_FOR || expr->kind == HCL_TEMPLATE_FOR) {
    visit_expr(expr->loop->in, visit, with);
    visit_expr(expr->loop->result_key, visit, with);
    visit_expr(expr->loop->result, visit, with);
    visit_expr(expr->loop->condition, visit, with);
  }
}

static void visit_body(const HclBody *body, Visit *visit, void *with) {
  for (size_t i = 0; i < body->items.len; i++) {
    const HclItem *item = &body->items.at[i];
    if (item->attribute) visit_expr(item->attribute->value, visit, with);
    if (item->block) visit_body(item->block->body, visit, with);
  }
}

typedef struct Needing {
  Modules *m;
  size_t node;
} Needing;

static void note_need(void *with, const HclExpr *access) {
  Needing *n = with;
  n->m->nodes.at[n->node].reads = true;
  size_t steps, other = module_node(n->m, module_address(n->m, access, &steps));
  if (other == NO_MODULE || other == n->node) return;
  ModuleNode *node = &n->m->nodes.at[n->node];
  for (size_t i = 0; i < node->needs.len; i++) {
    if (node->needs.at[i] == other) return;
  }
  VEC_PUSH(n->m->e->arena, &node->needs, other);
}

// ---------------------------------------------------------------- the nodes

static bool is_frame(Str body) {
  static const char *const names[] = {"versions", "providers", "variables", "outputs", NULL};
  for (size_t i = 0; names[i]; i++) {
    if (str_eq(body, str_of(names[i]))) return true;
  }
  return false;
}

// Takes resources, data sources and moved blocks out of a body.
static void take_nodes(Modules *m, HclBody *body) {
  Arena *arena = m->e->arena;
  size_t kept = 0;
  for (size_t i = 0; i < body->items.len; i++) {
    HclBlock *block = body->items.at[i].block;
    bool data = hcl_is_block(block, "data", 2), resource = hcl_is_block(block, "resource", 2);
    if (!data && !resource) {
      body->items.at[kept++] = body->items.at[i];
      continue;
    }
    ModuleNode node = {.type = block->labels[0].text, .name = block->labels[1].text, .block = block};
    node.address = str_fmt(arena, "%s%.*s.%.*s", data ? "data." : "", STR_ARG(node.type), STR_ARG(node.name));
    VEC_PUSH(arena, &m->nodes, node);
    map_set(&m->by_address, node.address, (void *)(uintptr_t)m->nodes.len);
  }
  body->items.len = kept;
}

static void find_needs(Modules *m) {
  for (size_t i = 0; i < m->nodes.len; i++) {
    Needing n = {m, i};
    visit_body(m->nodes.at[i].block->body, note_need, &n);
  }
}

void modules_take(Modules *m) {
  for (size_t i = 0; i < m->e->bodies.len; i++) {
    if (!is_frame(m->e->bodies.entries[i].key)) take_nodes(m, m->e->bodies.entries[i].value);
  }
  find_needs(m);
}
