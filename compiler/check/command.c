// Commands: the lines of a shell by which CI jobs, Makefiles and people run what is declared.
#include "check/internal.h"

static const Value *part_node(Checker *c, const char *what, const Value **items, size_t count, Span span) {
  Value *node = value_node(c->arena, VALUE_CALL, items, count, &TYPE_STRING, span);
  node->text = str_of(what);
  return node;
}

// One line, NULL where a word of it is missing. What is filled in stays apart from the shell's own text.
static const Value *command_line(Checker *c, Scope *scope, const Expr *expr, bool *good) {
  VEC(const Value *) parts = {0};
  if (expr->kind != EXPR_STRING) {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0520", expr->span, "a command is text, or a list of texts: its lines");
    diag_help(c->diags, d, "what `${}` fills in is one word, whatever it holds");
    *good = false;
    return NULL;
  }
  for (size_t i = 0; i < expr->parts.len; i++) {
    const StringPart *part = &expr->parts.at[i];
    if (!part->expr) {
      VEC_PUSH(c->arena, &parts, value_string(c->arena, part->text, expr->span));
      continue;
    }
    const Value *value = eval(c, scope, part->expr);
    if (value->kind == VALUE_MISSING) return NULL;
    if (is_poison(value) || is_poison(require_present(c, value)) ||
        !require_time(c, value, TIME_EVENT, "what a command says")) {
      *good = false;
      return NULL;
    }
    VEC_PUSH(c->arena, &parts, part_node(c, "word", &value, 1, part->expr->span));
  }
  return part_node(c, "line", parts.at, parts.len, expr->span);
}

const Value *command_call(Checker *c, Entity *thing, Entity *command, Arguments *arguments) {
  Scope *inside = scope_new(c, SCOPE_KIND, command->scope);
  inside->flow = NULL;
  bool before = c->in_command, good = true;
  c->in_command = true;
  Str what = str_fmt(c->arena, "`%.*s`", STR_ARG(thing->name));
  size_t faults = c->diags->counts[DIAG_ERROR];
  bind_parameters(c, inside, command->stmt, arguments, what);
  VEC(const Value *) lines = {0};
  const Expr *body = command->stmt->value;
  const ExprList one = {.at = (Expr **)(uintptr_t)&body, .len = 1};
  const ExprList *all = body->kind == EXPR_LIST ? &body->items : &one;
  for (size_t i = 0; i < all->len && c->diags->counts[DIAG_ERROR] == faults; i++) {
    const Value *line = command_line(c, inside, all->at[i], &good);
    if (line) VEC_PUSH(c->arena, &lines, line);
  }
  c->in_command = before;
  if (!good || c->diags->counts[DIAG_ERROR] > faults) return poison(c, arguments->span);
  return part_node(c, "command", lines.at, lines.len, arguments->span);
}

// What `thing` or `thing(…)` means where a command stands: its `call`. NULL: the expression names no thing.
static const Value *command_value(Checker *c, Scope *scope, const Expr *expr) {
  const Expr *name = expr->kind == EXPR_CALL ? expr->left : expr;
  bool plain = name->kind == EXPR_NAME && scope_find(scope, name->name.text, NULL);
  if (!plain && !(name->kind == EXPR_MEMBER && expr->kind != EXPR_CALL)) return NULL;
  Entity *thing = value_entity(eval(c, scope, name));
  if (!thing) return NULL;
  entity_resolve(c, thing, name->span);
  Entity *command = map_get(&thing->commands, S("call"));
  if (!command) command = map_get(&thing->commands, S("start"));
  if (!command) {
    Diag *d =
        diag(c->diags, DIAG_ERROR, "E0521", name->span, "`%.*s` is nothing that a command runs", STR_ARG(thing->name));
    diag_help(c->diags, d, "its kind says how by `command call(…) = \"…\"`");
    return poison(c, expr->span);
  }
  static const FieldList none;
  Arguments given = arguments_of(c, scope, expr->kind == EXPR_CALL ? &expr->fields : &none, expr->span);
  if (thing->kind != ENTITY_FLOW) return command_call(c, thing, command, &given);
  Arguments arguments = {.span = expr->span};
  const Value *input = flow_input(c, scope_new(c, SCOPE_BLOCK, thing->scope), thing, &given);
  if (is_poison(input)) return input;
  arguments_add(c, &arguments, S("input"), input);
  return command_call(c, thing, command, &arguments);
}

static const Value *make_recipe(Checker *c, Scope *scope, const Expr *expr) {
  if (expr->kind == EXPR_LIST) {
    const Value **items = NEW_N(c->arena, const Value *, expr->items.len);
    for (size_t i = 0; i < expr->items.len; i++) items[i] = make_recipe(c, scope, expr->items.at[i]);
    return value_list(c->arena, items, expr->items.len, expr->span);
  }
  const Value *command = command_value(c, scope, expr);
  return command ? command : eval(c, scope, expr);
}

const Value *make_targets(Checker *c, Scope *scope, const Expr *expr) {
  if (expr->kind != EXPR_OBJECT) return eval(c, scope, expr);
  VEC(ValueMember) members = {0};
  bool bad = false;
  for (size_t i = 0; i < expr->fields.len; i++) {
    const Field *field = &expr->fields.at[i];
    if (field->spread) return eval(c, scope, expr);
    const Value *value = make_recipe(c, scope, field->value);
    bad = bad || is_poison(value);
    VEC_PUSH(c->arena, &members, (ValueMember){field->name.text, value, field->name.span});
  }
  return bad ? poison(c, expr->span) : value_object(c->arena, members.at, members.len, expr->span);
}
