// `environments: { dev: {}, prod: { size: 4 } }`: the names of the environments, and what each sets the params to.
#include "check/internal.h"

static const Variable *variable_named(Checker *c, Word name) {
  Nearest nearest = nearest_to(name.text);
  for (size_t i = 0; i < c->model->variables.len; i++) {
    const Variable *variable = &c->model->variables.at[i];
    if (str_eq(variable->name, name.text)) return variable;
    nearest_offer(&nearest, variable->name);
  }
  if (is_lost(c, name.text)) return NULL;
  Str best = nearest_best(&nearest);
  Diag *d = diag(c->diags, DIAG_ERROR, "E0112", name.span, "there is no param `%.*s` to set", STR_ARG(name.text));
  if (best.len)
    diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
  else
    diag_help(c->diags, d, "declare it: `param %.*s: string = \"…\"`", STR_ARG(name.text));
  return NULL;
}

static const Value *values_of(Checker *c, const Expr *expr) {
  VEC(ValueMember) members = {0};
  for (size_t i = 0; i < expr->fields.len; i++) {
    const Field *field = &expr->fields.at[i];
    if (field->spread) continue; // could not be read
    const Variable *variable = variable_named(c, field->name);
    if (!variable) continue;
    Str what = str_fmt(c->arena, "`%.*s`", STR_ARG(field->name.text));
    const Value *value = eval_as(c, c->file_scope, field->value, variable->type, what);
    if (is_poison(value) || !require_time(c, value, TIME_COMPILE, "what an environment sets a param to")) continue;
    VEC_PUSH(c->arena, &members, (ValueMember){field->name.text, value, field->name.span});
  }
  return value_object(c->arena, members.at, members.len, expr->span);
}

const Value *environments_read(Checker *c, const Field *field) {
  static const Type words = {.tag = T_LIST, .item = &TYPE_WORD};
  const Expr *expr = field->value;
  if (expr->kind != EXPR_OBJECT) return eval_as(c, c->file_scope, expr, &words, S("`environments`"));
  VEC(const Value *) names = {0};
  VEC(ValueMember) members = {0};
  for (size_t i = 0; i < expr->fields.len; i++) {
    const Field *one = &expr->fields.at[i];
    if (one->spread || one->shorthand || one->value->kind != EXPR_OBJECT) {
      Diag *d =
          diag(c->diags, DIAG_ERROR, "E0201", one->name.span, "an environment is an object of what its params are");
      diag_help(c->diags, d, "`environments: { dev: {}, prod: { size: 4 } }`, or only their names: `[dev, prod]`");
      continue;
    }
    VEC_PUSH(c->arena, &names, value_string(c->arena, one->name.text, one->name.span));
    VEC_PUSH(c->arena, &members, (ValueMember){one->name.text, values_of(c, one->value), one->name.span});
  }
  c->model->environments = value_object(c->arena, members.at, members.len, expr->span);
  return value_list(c->arena, names.at, names.len, expr->span);
}
