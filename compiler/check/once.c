// Values that are others each time they are worked out (the present instant, new identifiers): what a name stands for
// is worked out once, where it is bound, wherever it is read.
#include "check/flow.h"
#include "model/functions.h"

bool value_varies(const Value *value) {
  if (value->time < TIME_RUN) return false;
  if (value->kind == VALUE_CALL) {
    const Function *function = function_named(value->text);
    if (function && function->most == 0) return true;
  }
  static const char *const varying[] = {"$uuid(", "$now(", "$millis(", "$random("};
  for (size_t i = 0; value->kind == VALUE_JSONATA && i < sizeof varying / sizeof *varying; i++) {
    if (str_has(value->text, str_of(varying[i]))) return true;
  }
  for (size_t i = 0; i < value->count; i++) {
    if (value_varies(value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i])) return true;
  }
  return false;
}

static bool has_local(const Value *value) {
  if (value->kind == VALUE_LOCAL) return true;
  for (size_t i = 0; i < value->count; i++) {
    if (has_local(value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i])) return true;
  }
  return false;
}

bool reads_varying(const Value *value, const Assignments *assign) {
  for (size_t i = 0; value->kind == VALUE_VARIABLE && i < assign->len; i++) {
    if (str_eq(assign->at[i].name, value->text)) return value_varies(assign->at[i].value);
  }
  for (size_t i = 0; i < value->count; i++) {
    if (reads_varying(value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i], assign)) return true;
  }
  return false;
}

// ---------------------------------------------------------------- how often a name is read

static size_t reads_in_list(const Stmt *stmt, Str name);

// At most: of the arms of a match, one is taken.
static size_t reads_of(const Expr *expr, Str name) {
  if (!expr) return 0;
  if (expr->kind == EXPR_NAME) return str_eq(expr->name.text, name);
  size_t count = reads_of(expr->left, name) + reads_of(expr->right, name) + reads_of(expr->third, name), most = 0;
  for (size_t i = 0; i < expr->parts.len; i++) count += reads_of(expr->parts.at[i].expr, name);
  for (size_t i = 0; i < expr->items.len; i++) count += reads_of(expr->items.at[i], name);
  for (size_t i = 0; i < expr->fields.len; i++) count += reads_of(expr->fields.at[i].value, name);
  for (size_t i = 0; i < expr->arms.len; i++) {
    size_t arm = reads_of(expr->arms.at[i].value, name);
    most = arm > most ? arm : most;
  }
  return count + most;
}

static size_t reads_in_clauses(const Clauses *clauses, Str name) {
  return reads_of(clauses->timeout, name) + reads_of(clauses->heartbeat, name) + reads_of(clauses->role, name) +
         reads_of(clauses->name, name);
}

static size_t reads_in(const Stmt *stmt, Str name) {
  size_t count = reads_of(stmt->value, name) + reads_of(stmt->second, name) + reads_in_clauses(&stmt->clauses, name);
  for (size_t i = 0; i < stmt->fields.len; i++) count += reads_of(stmt->fields.at[i].value, name);
  for (size_t i = 0; i < stmt->items.len; i++) count += reads_of(stmt->items.at[i], name);
  size_t body = reads_in_list(stmt->body, name), other = reads_in_list(stmt->other, name), most = 0;
  for (size_t i = 0; i < stmt->arms.len; i++) {
    size_t arm = reads_in_list(stmt->arms.at[i].body, name) + reads_of(stmt->arms.at[i].value, name);
    most = arm > most ? arm : most;
  }
  if (stmt->kind == STMT_IF) return count + (body > other ? body : other);
  if (stmt->kind == STMT_FOR || stmt->kind == STMT_EACH) body *= 2; // each round reads it
  return count + body + other + most;
}

static size_t reads_in_list(const Stmt *stmt, Str name) {
  size_t count = 0;
  for (; stmt; stmt = stmt->next) count += reads_in(stmt, name);
  return count;
}

// ---------------------------------------------------------------- parameters

void bind_once(Checker *c, Scope *inside, const Stmt *signature) {
  FlowBuild *f = inside->flow;
  for (size_t i = 0; f && i < signature->params.len; i++) {
    Word name = signature->params.at[i].name;
    Binding *binding = map_get(&inside->names, name.text);
    const Value *value = binding ? binding->value : NULL;
    if (!value || !value_varies(value) || has_local(value)) continue;
    if (reads_in_list(signature->body, name.text) + reads_of(signature->value, name.text) < 2) continue;
    Str full = str_fmt(c->arena, "%.*s%.*s", STR_ARG(inside->prefix), STR_ARG(name.text));
    FlowVariable *variable = flow_new_variable(f, full, value->type, value->span);
    flow_assign(f, variable, value, value->span);
    variable->read = true;
    binding->value = value_leaf(c->arena, VALUE_VARIABLE, TIME_RUN, variable->name, value->type, value->span);
  }
}
