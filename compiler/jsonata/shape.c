// From the tree that the grammar reads to the one that runs: paths become flat lists of steps, predicates and groupings
// move to the steps they belong to, and every parent operator finds the step whose input it stands for.
//
// A parent (%) carries a slot with a level. Walking a path backwards from where the slot was met, every step takes one
// level off; the step that takes the last one keeps its input in a variable that % then reads. Slots that find no step
// inside their expression are handed outwards ("seeking").
#include "jsonata/syntax.h"

static Extras *extras(Parser *p, Node *node) {
  if (!node->extras) node->extras = NEW(p->arena, Extras);
  return node->extras;
}

static bool seeks(const Node *node) {
  return node->extras && node->extras->seeking.len;
}

static Node *path_of(Parser *p, Node *step) {
  Token at = {.start = step->start, .end = step->end};
  Node *path = jsonata_syntax_node(p, NODE_PATH, &at);
  jsonata_syntax_nodes_add(p, &path->items, step);
  path->depth = (uint16_t)(step->depth + 1);
  return path;
}

static Node *last_step(const Node *path) {
  return path->items.at[path->items.count - 1];
}

static Ancestor *seek(Parser *p, Node *node, Ancestor *slot);

static Ancestor *seek_path(Parser *p, Node *path, Ancestor *slot) {
  path->flags |= NODE_TUPLE;
  uint32_t i = path->items.count;
  do { slot = seek(p, path->items.at[--i], slot); } while (slot->level > 0 && i > 0);
  return slot;
}

// Offers the slot to one step.
static Ancestor *seek(Parser *p, Node *node, Ancestor *slot) {
  switch (node->kind) {
  case NODE_NAME:
  case NODE_WILDCARD:
    if (--slot->level == 0) {
      Extras *more = extras(p, node);
      if (more->ancestor) slot->label = more->ancestor->label; // one variable is enough for all who ask
      more->ancestor = slot;
      node->flags |= NODE_TUPLE;
    }
    return slot;
  case NODE_PARENT: slot->level++; return slot;
  case NODE_BLOCK:
    if (node->items.count) {
      node->flags |= NODE_TUPLE;
      return seek(p, node->items.at[node->items.count - 1], slot);
    }
    return slot;
  case NODE_PATH: return seek_path(p, node, slot);
  default: jsonata_syntax_fail(p, "S0217", node->start, node->end, NULL, (Str){0}); return slot;
  }
}

// What `inner` seeks is sought by `outer`, too.
static void hand_outwards(Parser *p, Node *outer, Node *inner) {
  if (inner->kind == NODE_PARENT) VEC_PUSH(p->arena, &extras(p, outer)->seeking, inner->ancestor);
  if (!seeks(inner) || inner == outer) return;
  for (size_t i = 0; i < inner->extras->seeking.len; i++) {
    VEC_PUSH(p->arena, &extras(p, outer)->seeking, inner->extras->seeking.at[i]);
  }
}

// Walks back from the last step but one until the slot is at home.
static void resolve_slot(Parser *p, Node *path, Ancestor *slot) {
  Node **steps = path->items.at;
  for (int64_t i = (int64_t)path->items.count - 2; slot->level > 0 && !p->failed;) {
    if (i < 0) {
      VEC_PUSH(p->arena, &extras(p, path)->seeking, slot);
      return;
    }
    Node *step = steps[i--];
    // contiguous steps that bind a focus all stand on one place
    while (i >= 0 && step->extras && step->extras->focus.len && steps[i]->extras && steps[i]->extras->focus.len) {
      step = steps[i--];
    }
    slot = seek(p, step, slot);
  }
}

static void resolve_ancestry(Parser *p, Node *path) {
  Node *last = last_step(path);
  if (seeks(last)) {
    for (size_t i = 0; i < last->extras->seeking.len; i++) resolve_slot(p, path, last->extras->seeking.at[i]);
  }
  if (last->kind == NODE_PARENT) resolve_slot(p, path, last->ancestor);
}

// A step of a path: literals may not stand there, but a string is a name.
static void add_step(Parser *p, Node *path, Node *step) {
  if (step->kind == NODE_CONSTANT) {
    if (step->constant->kind != JSON_STRING) {
      Str text = json_text(p->arena, step->constant, 0);
      jsonata_syntax_fail(p, "S0213", step->start, step->end, NULL, text);
      return;
    }
    Str name = json_str(step->constant);
    step->kind = NODE_NAME;
    step->name = name;
  }
  if (step->flags & NODE_KEEP_ARRAY) path->flags |= NODE_KEEP_SINGLETON;
  if (path) jsonata_syntax_nodes_add(p, &path->items, step);
}

static Node *shape_dot(Parser *p, Node *node) {
  Node *left = jsonata_syntax_shape(p, node->left);
  Node *path = left;
  if (left->kind != NODE_PATH) {
    path = path_of(p, left);
    path->items.count = 0;
    add_step(p, path, left);
    if (p->failed) return path;
    if (left->kind == NODE_PARENT) VEC_PUSH(p->arena, &extras(p, path)->seeking, left->ancestor);
  }
  Node *rest = jsonata_syntax_shape(p, node->right);
  if (p->failed) return path;
  if (rest->kind == NODE_PATH) {
    for (uint32_t i = 0; i < rest->items.count && !p->failed; i++) add_step(p, path, rest->items.at[i]);
  } else {
    if (rest->extras && rest->extras->predicates.len) {
      for (size_t i = 0; i < rest->extras->predicates.len; i++) {
        VEC_PUSH(p->arena, &rest->extras->stages, (Stage){.expression = rest->extras->predicates.at[i]});
      }
      rest->extras->predicates.len = 0;
    }
    add_step(p, path, rest);
  }
  if (p->failed) return path;
  if (path->items.at[0]->kind == NODE_ARRAY) path->items.at[0]->flags |= NODE_CONS;
  if (last_step(path)->kind == NODE_ARRAY) last_step(path)->flags |= NODE_CONS;
  resolve_ancestry(p, path);
  return path;
}

static Node *shape_filter(Parser *p, Node *node) {
  Node *result = jsonata_syntax_shape(p, node->left);
  if (p->failed) return result;
  Node *step = result->kind == NODE_PATH ? last_step(result) : result;
  Extras *more = extras(p, step);
  if (more->group) {
    jsonata_syntax_fail(p, "S0209", node->start, node->end, NULL, (Str){0});
    return result;
  }
  Node *predicate = jsonata_syntax_shape(p, node->right);
  if (p->failed) return result;
  if (seeks(predicate)) {
    for (size_t i = 0; i < predicate->extras->seeking.len; i++) {
      Ancestor *slot = predicate->extras->seeking.at[i];
      if (slot->level == 1)
        seek(p, step, slot);
      else
        slot->level--;
    }
    hand_outwards(p, step, predicate);
  }
  if (result->kind == NODE_PATH)
    VEC_PUSH(p->arena, &more->stages, (Stage){.expression = predicate});
  else
    VEC_PUSH(p->arena, &more->predicates, predicate);
  return result;
}

static Node *shape_group(Parser *p, Node *node) {
  Node *result = jsonata_syntax_shape(p, node->object.over);
  if (p->failed) return result;
  if (extras(p, result)->group) {
    jsonata_syntax_fail(p, "S0210", node->start, node->end, NULL, (Str){0});
    return result;
  }
  Group *group = node->object.group;
  for (uint32_t i = 0; i < group->count && !p->failed; i++) {
    group->pairs[i].key = jsonata_syntax_shape(p, group->pairs[i].key);
    if (!p->failed) group->pairs[i].value = jsonata_syntax_shape(p, group->pairs[i].value);
  }
  result->extras->group = group;
  return result;
}

static Node *shape_order(Parser *p, Node *node) {
  Node *result = jsonata_syntax_shape(p, node->sort.over);
  if (p->failed) return result;
  if (result->kind != NODE_PATH) result = path_of(p, result);
  node->kind = NODE_SORT;
  node->sort.over = NULL;
  for (uint32_t i = 0; i < node->sort.count && !p->failed; i++) {
    node->sort.terms[i].expression = jsonata_syntax_shape(p, node->sort.terms[i].expression);
    hand_outwards(p, node, node->sort.terms[i].expression);
  }
  jsonata_syntax_nodes_add(p, &result->items, node);
  resolve_ancestry(p, result);
  return result;
}

static Node *shape_focus(Parser *p, Node *node) {
  Node *result = jsonata_syntax_shape(p, node->binding.over);
  if (p->failed) return result;
  Node *step = result->kind == NODE_PATH ? last_step(result) : result;
  Extras *more = extras(p, step);
  if (more->stages.len || more->predicates.len) {
    jsonata_syntax_fail(p, "S0215", node->start, node->end, NULL, (Str){0});
  } else if (step->kind == NODE_SORT) {
    jsonata_syntax_fail(p, "S0216", node->start, node->end, NULL, (Str){0});
  }
  if (node->flags & NODE_KEEP_ARRAY) step->flags |= NODE_KEEP_ARRAY;
  more->focus = node->binding.name;
  step->flags |= NODE_TUPLE;
  return result;
}

static Node *shape_index(Parser *p, Node *node) {
  Node *result = jsonata_syntax_shape(p, node->binding.over);
  if (p->failed) return result;
  Node *step = result;
  if (result->kind == NODE_PATH) {
    step = last_step(result);
  } else {
    result = path_of(p, step);
    if (step->extras) {
      for (size_t i = 0; i < step->extras->predicates.len; i++) {
        VEC_PUSH(p->arena, &step->extras->stages, (Stage){.expression = step->extras->predicates.at[i]});
      }
      step->extras->predicates.len = 0;
    }
  }
  Extras *more = extras(p, step);
  if (more->stages.len)
    VEC_PUSH(p->arena, &more->stages, (Stage){.index = node->binding.name});
  else
    more->index = node->binding.name;
  step->flags |= NODE_TUPLE;
  return result;
}

typedef struct Shaping {
  Parser *parser;
  Node *outer; // whom parents are handed to; NULL: nobody
} Shaping;

static void shape_child(void *context, Node **child) {
  Shaping *shaping = context;
  if (shaping->parser->failed) return;
  *child = jsonata_syntax_shape(shaping->parser, *child);
  if (shaping->outer && !shaping->parser->failed) hand_outwards(shaping->parser, shaping->outer, *child);
}

// Marks the calls whose value is the value of the lambda itself.
static void mark_tail(Node *node) {
  if (node->extras && (node->extras->predicates.len || node->extras->group)) return;
  if (node->kind == NODE_CALL && !(node->flags & NODE_KEEP_ARRAY)) node->flags |= NODE_TAIL;
  if (node->kind == NODE_BLOCK && node->items.count) mark_tail(node->items.at[node->items.count - 1]);
  if (node->kind != NODE_CONDITION) return;
  mark_tail(node->right);
  if (node->otherwise) mark_tail(node->otherwise);
}

static Node *shape_name(Parser *p, Node *node) {
  Node *path = path_of(p, node);
  if (node->flags & NODE_KEEP_ARRAY) path->flags |= NODE_KEEP_SINGLETON;
  return path;
}

static Node *shape_negate(Parser *p, Node *node) {
  node->left = jsonata_syntax_shape(p, node->left);
  if (p->failed) return node;
  Node *inner = node->left;
  if (inner->kind == NODE_CONSTANT && inner->constant->kind == JSON_NUMBER && !inner->extras) {
    inner->constant = json_number(p->arena, -inner->constant->number);
    return inner;
  }
  hand_outwards(p, node, inner);
  return node;
}

static bool builds_array(const Node *node) {
  if (node->kind == NODE_PATH) node = node->items.at[0];
  return (node->kind == NODE_ARRAY || node->kind == NODE_BLOCK) && (node->flags & NODE_CONS);
}

static Node *shape_block(Parser *p, Node *node) {
  Shaping shaping = {p, node};
  jsonata_node_children(node, shape_child, &shaping);
  for (uint32_t i = 0; i < node->items.count; i++) {
    if (builds_array(node->items.at[i])) node->flags |= NODE_CONS;
  }
  return node;
}

static Node *shape_plain(Parser *p, Node *node) {
  bool closed = node->kind == NODE_LAMBDA || node->kind == NODE_TRANSFORM || node->kind == NODE_APPLY;
  Node *left = node->left; // of ~>
  Shaping shaping = {p, closed ? NULL : node};
  jsonata_node_children(node, shape_child, &shaping);
  if (node->kind == NODE_LAMBDA) mark_tail(node->lambda->body);
  if (node->kind == NODE_APPLY && ((left->flags | node->right->flags) & NODE_KEEP_ARRAY))
    node->flags |= NODE_KEEP_ARRAY;
  return node;
}

static Node *shape_call(Parser *p, Node *node) {
  Shaping shaping = {p, node};
  for (uint32_t i = 0; i < node->call.arguments.count; i++) shape_child(&shaping, &node->call.arguments.at[i]);
  if (p->failed) return node;
  Node *procedure = node->call.procedure = jsonata_syntax_shape(p, node->call.procedure);
  if (!p->failed && procedure->kind == NODE_PATH && procedure->items.at[0]->kind == NODE_NAME) {
    Token at = {.start = procedure->start, .end = procedure->end, .text = procedure->items.at[0]->name};
    if (at.text.len) node->call.meant = jsonata_syntax_variable(p, &at);
  }
  return node;
}

static Node *shape_parent(Parser *p, Node *node) {
  node->ancestor = NEW(p->arena, Ancestor);
  *node->ancestor = (Ancestor){str_fmt(p->arena, "!%u", p->labels++), 1};
  return node;
}

static Node *shape_transform(Parser *p, Node *node) {
  Token at = {.start = node->start, .end = node->end, .text = S("clone")};
  shape_plain(p, node);
  node->transform->clone = jsonata_syntax_variable(p, &at);
  return node;
}

Node *jsonata_syntax_shape(Parser *p, Node *node) {
  uint8_t kept = node->flags & NODE_KEEP_ARRAY;
  Node *result = node;
  if (p->failed) return node;
  switch (node->kind) {
  case NODE_DOT: result = shape_dot(p, node); break;
  case NODE_FILTER: result = shape_filter(p, node); break;
  case NODE_GROUP_BY: result = shape_group(p, node); break;
  case NODE_ORDER_BY: result = shape_order(p, node); break;
  case NODE_FOCUS_BIND: result = shape_focus(p, node); break;
  case NODE_INDEX_BIND: result = shape_index(p, node); break;
  case NODE_NAME: result = shape_name(p, node); break;
  case NODE_NEGATE: result = shape_negate(p, node); break;
  case NODE_BLOCK: result = shape_block(p, node); break;
  case NODE_CALL:
  case NODE_PARTIAL: result = shape_call(p, node); break;
  case NODE_PARENT: result = shape_parent(p, node); break;
  case NODE_TRANSFORM: result = shape_transform(p, node); break;
  default: result = shape_plain(p, node); break;
  }
  result->flags |= kept;
  return result;
}
