// Building the tree while the grammar reads it.
#include "jsonata/engine.h"
#include "jsonata/syntax.h"
#include "jsonata_parse.h"

Str jsonata_syntax_text(const Parser *parser, const Token *token) {
  return str_slice(parser->source, token->start, token->end);
}

void jsonata_syntax_fail(Parser *parser, const char *code, uint32_t start, uint32_t end, Value token, Str value) {
  if (parser->failed) return;
  parser->failed = true;
  Failure failure = {.code = code, .start = start, .end = end, .shown = token, .text = value};
  if (value.len) failure.value = json_string(parser->arena, value);
  jsonata_failure_tell(parser->arena, parser->source, &failure, parser->error);
}

Node *jsonata_syntax_node(Parser *parser, NodeKind kind, const Token *at) {
  Node *node = NEW(parser->arena, Node);
  node->kind = (uint8_t)kind;
  node->start = at->start;
  node->end = at->end;
  return node;
}

typedef struct Deepest {
  uint16_t depth;
} Deepest;

static void deepen(void *context, Node **child) {
  Deepest *deepest = context;
  if ((*child)->depth > deepest->depth) deepest->depth = (*child)->depth;
}

void jsonata_syntax_done(Parser *parser, Node *node) {
  Deepest deepest = {0};
  jsonata_node_children(node, deepen, &deepest);
  node->depth = (uint16_t)(deepest.depth + 1);
  if (node->depth > SYNTAX_DEPTH_MOST) jsonata_syntax_fail(parser, "U1001", node->start, node->end, NULL, (Str){0});
}

void *jsonata_syntax_room(Parser *parser, void *array, size_t count, size_t size) {
  if (count & (count - 1)) return array;
  return arena_grow(parser->arena, array, count * size, (count ? count * 2 : 1) * size);
}

void jsonata_syntax_nodes_add(Parser *parser, Nodes *nodes, Node *node) {
  nodes->at = jsonata_syntax_room(parser, nodes->at, nodes->count, sizeof(Node *));
  nodes->at[nodes->count++] = node;
}

Node *jsonata_syntax_binary(Parser *parser, NodeKind kind, char op, const Token *at, Node *left, Node *right) {
  Node *node = jsonata_syntax_node(parser, kind, at);
  node->op = (uint8_t)op;
  node->left = left;
  node->right = right;
  return node;
}

Node *jsonata_syntax_constant(Parser *parser, Value value, const Token *at) {
  Node *node = jsonata_syntax_node(parser, NODE_CONSTANT, at);
  node->constant = value;
  return node;
}

Node *jsonata_syntax_string(Parser *parser, const Token *at) {
  return jsonata_syntax_constant(parser, json_string(parser->arena, at->text), at);
}

Node *jsonata_syntax_name(Parser *parser, const Token *at) {
  Node *node = jsonata_syntax_node(parser, NODE_NAME, at);
  node->name = at->text;
  return node;
}

Node *jsonata_syntax_variable(Parser *parser, const Token *at) {
  Node *node = jsonata_syntax_node(parser, at->text.len ? NODE_VARIABLE : NODE_CONTEXT, at);
  node->variable.name = at->text;
  return node;
}

Node *jsonata_syntax_keep_array(Node *node) {
  Node *step = node;
  while (step->kind == NODE_FILTER) step = step->left;
  step->flags |= NODE_KEEP_ARRAY;
  return node;
}

Node *jsonata_syntax_call(Parser *parser, const Token *at, Node *procedure, Nodes arguments) {
  bool partial = false;
  for (uint32_t i = 0; i < arguments.count; i++) partial |= arguments.at[i]->kind == NODE_PLACEHOLDER;
  Node *node = jsonata_syntax_node(parser, partial ? NODE_PARTIAL : NODE_CALL, at);
  node->call.procedure = procedure;
  node->call.arguments = arguments;
  return node;
}

void jsonata_syntax_check_assigned(Parser *parser, const Node *left) {
  if (left->kind == NODE_VARIABLE) return;
  jsonata_syntax_fail(parser, "S0212", left->start, left->end, NULL, (Str){0});
}

void jsonata_syntax_check_parameters(Parser *parser, Nodes arguments) {
  for (uint32_t i = 0; i < arguments.count; i++) {
    const Node *node = arguments.at[i];
    if (node->kind == NODE_VARIABLE || node->kind == NODE_CONTEXT) continue;
    jsonata_syntax_fail(parser, "S0208", node->start, node->end, NULL, str_fmt(parser->arena, "%u", i + 1));
    return;
  }
}

Node *jsonata_syntax_lambda(Parser *parser, const Token *at, Nodes parameters, Signature *signature, Node *body) {
  Node *node = jsonata_syntax_node(parser, NODE_LAMBDA, at);
  Lambda *lambda = node->lambda = NEW(parser->arena, Lambda);
  lambda->parameters = NEW_N(parser->arena, Str, parameters.count);
  lambda->parameter_count = parameters.count;
  lambda->body = body;
  for (uint32_t i = 0; i < parameters.count; i++) lambda->parameters[i] = parameters.at[i]->variable.name;
  lambda->signature = signature;
  return node;
}

Signature *jsonata_syntax_signature(Parser *parser, const Token *at) {
  const char *code;
  uint32_t offset;
  Signature *signature = jsonata_signature_parse(parser->arena, at->text, &code, &offset);
  if (signature) return signature;
  uint32_t position = at->start + 1 + offset;
  jsonata_syntax_fail(parser, code, position, position, NULL, at->text);
  return NULL;
}

// a & b & c is one node of three pieces.
Node *jsonata_syntax_concat(Parser *parser, const Token *at, Node *left, Node *right) {
  if (left->kind == NODE_CONCAT && !left->extras && !(left->flags & NODE_KEEP_ARRAY)) {
    jsonata_syntax_nodes_add(parser, &left->items, right);
    if (left->depth <= right->depth) left->depth = (uint16_t)(right->depth + 1);
    left->start = at->start, left->end = at->end;
    return left;
  }
  Node *node = jsonata_syntax_node(parser, NODE_CONCAT, at);
  jsonata_syntax_nodes_add(parser, &node->items, left);
  jsonata_syntax_nodes_add(parser, &node->items, right);
  jsonata_syntax_done(parser, node);
  return node;
}

Node *jsonata_syntax_bind_item(Parser *parser, NodeKind kind, const Token *at, Node *left, const Token *name) {
  Node *node = jsonata_syntax_node(parser, kind, at);
  node->binding.over = left;
  node->binding.name = name->text;
  return node;
}

static void visit_all(Nodes nodes, void (*visit)(void *, Node **), void *context) {
  for (uint32_t i = 0; i < nodes.count; i++) visit(context, &nodes.at[i]);
}

static void visit_group(Group *group, void (*visit)(void *, Node **), void *context) {
  for (uint32_t i = 0; i < group->count; i++) {
    visit(context, &group->pairs[i].key);
    visit(context, &group->pairs[i].value);
  }
}

static void visit_extras(Extras *extras, void (*visit)(void *, Node **), void *context) {
  for (size_t i = 0; i < extras->predicates.len; i++) visit(context, &extras->predicates.at[i]);
  for (size_t i = 0; i < extras->stages.len; i++) {
    if (extras->stages.at[i].expression) visit(context, &extras->stages.at[i].expression);
  }
  if (extras->group) visit_group(extras->group, visit, context);
}

static void visit_transform(Transform *transform, void (*visit)(void *, Node **), void *context) {
  visit(context, &transform->pattern);
  visit(context, &transform->update);
  if (transform->remove) visit(context, &transform->remove);
  if (transform->clone) visit(context, &transform->clone);
}

void jsonata_node_children(Node *node, void (*visit)(void *context, Node **child), void *context) {
  switch ((NodeKind)node->kind) {
  case NODE_CONSTANT:
  case NODE_NAME:
  case NODE_WILDCARD:
  case NODE_DESCENDANT:
  case NODE_PARENT:
  case NODE_VARIABLE:
  case NODE_CONTEXT:
  case NODE_PLACEHOLDER:
  case NODE_REGEX:
  case NODE_KINDS: break;
  case NODE_PATH:
  case NODE_CONCAT:
  case NODE_ARRAY:
  case NODE_BLOCK: visit_all(node->items, visit, context); break;
  case NODE_CALL:
  case NODE_PARTIAL:
    visit(context, &node->call.procedure);
    visit_all(node->call.arguments, visit, context);
    if (node->call.meant) visit(context, &node->call.meant);
    break;
  case NODE_LAMBDA: visit(context, &node->lambda->body); break;
  case NODE_TRANSFORM: visit_transform(node->transform, visit, context); break;
  case NODE_SORT:
  case NODE_ORDER_BY:
    if (node->sort.over) visit(context, &node->sort.over);
    for (uint32_t i = 0; i < node->sort.count; i++) visit(context, &node->sort.terms[i].expression);
    break;
  case NODE_OBJECT: visit_group(node->object.group, visit, context); break;
  case NODE_GROUP_BY:
    visit(context, &node->object.over);
    visit_group(node->object.group, visit, context);
    break;
  case NODE_FOCUS_BIND:
  case NODE_INDEX_BIND: visit(context, &node->binding.over); break;
  case NODE_ARITHMETIC:
  case NODE_EQUALITY:
  case NODE_COMPARISON:
  case NODE_BOOLEAN:
  case NODE_INCLUDES:
  case NODE_RANGE:
  case NODE_NEGATE:
  case NODE_CONDITION:
  case NODE_COALESCE:
  case NODE_DEFAULT:
  case NODE_BIND:
  case NODE_APPLY:
  case NODE_DOT:
  case NODE_FILTER:
    visit(context, &node->left);
    if (node->right) visit(context, &node->right);
    if (node->otherwise) visit(context, &node->otherwise);
    break;
  }
  if (node->extras) visit_extras(node->extras, visit, context);
}
