// What operators make of their operands.
#include "check/flow.h"

static const Type *result_of(Operator op, const Value *a, const Value *b) {
  switch (op) {
  case OP_DIVIDE:
    if (a->type->unit == b->type->unit) return &TYPE_NUMBER; // of two durations, how often one goes into the other
    return a->type->unit ? a->type : b->type->unit ? b->type : &TYPE_NUMBER;
  case OP_ADD:
  case OP_SUBTRACT:
  case OP_MULTIPLY: return a->type->unit ? a->type : b->type->unit ? b->type : &TYPE_NUMBER;
  case OP_DEFAULT: return a->type == b->type || a->type->tag != T_NOTHING ? a->type : b->type;
  default: return &TYPE_BOOL;
  }
}

const Value *number_operand(Checker *c, const Value *value) {
  value = require_present(c, value);
  bool has_unit = value->type->tag == T_NUMBER && value->type->unit;
  return is_poison(value) ? value : fit(c, value, has_unit ? value->type : &TYPE_NUMBER, S("an operand of arithmetic"));
}

// Numbers have an order among each other, and so have texts (dates are texts).
static bool is_ordered(const Type *a, const Type *b) {
  bool numbers = type_accepts(&TYPE_NUMBER, a) || a->tag == T_NUMBER,
       texts = type_accepts(&TYPE_STRING, a) || a->tag == T_DATE;
  bool number = type_accepts(&TYPE_NUMBER, b) || b->tag == T_NUMBER,
       text = type_accepts(&TYPE_STRING, b) || b->tag == T_DATE;
  bool same_unit = a->tag != T_NUMBER || b->tag != T_NUMBER || a->unit == b->unit || !a->unit || !b->unit;
  return (numbers && number && same_unit) || (texts && text);
}

// Whether a text that was written is none of those that a value may be.
static bool never_that_text(const Checker *c, const Value *value, const Value *text) {
  return text->kind == VALUE_STRING && !value_is_const(value) && value->kind != VALUE_DECLARED &&
         !value_fits(c->arena, text, value->type) && value->type->tag != T_ANY;
}

const Value *eval_operation(Checker *c, Scope *scope, const Expr *expr) {
  FlowBuild *f = scope->flow;
  const Value *a = eval(c, scope, expr->left);
  size_t present = f ? f->present.len : 0;
  bool lazy = expr->op == OP_AND || expr->op == OP_OR || expr->op == OP_DEFAULT;
  if (f && lazy) {
    if (expr->op != OP_DEFAULT) narrow(f, a, expr->op == OP_AND);
    f->guarded++;
  }
  bool skip = (expr->op == OP_AND && a->kind == VALUE_BOOL && !a->truth) ||
              (expr->op == OP_OR && a->kind == VALUE_BOOL && a->truth);
  const Value *b = skip ? a : eval(c, scope, expr->right);
  if (f && lazy) f->guarded--;
  if (f) f->present.len = present;
  if (is_poison(a) || is_poison(b)) return poison(c, expr->span);
  switch (expr->op) {
  case OP_ADD:
  case OP_SUBTRACT:
  case OP_MULTIPLY:
  case OP_DIVIDE:
    if (expr->op == OP_ADD && (type_accepts(&TYPE_STRING, a->type) && a->type->tag != T_ANY)) {
      Diag *d = diag(c->diags, DIAG_ERROR, "E0202", expr->span, "`+` adds numbers; it does not join text");
      diag_help(c->diags, d, "write \"${a}${b}\"");
      return poison(c, expr->span);
    }
    a = number_operand(c, a), b = number_operand(c, b);
    break;
  case OP_LESS:
  case OP_LESS_EQUAL:
  case OP_GREATER:
  case OP_GREATER_EQUAL:
    a = require_present(c, a), b = require_present(c, b);
    type_seen_as(a->type, b->type), type_seen_as(b->type, a->type);
    if (!is_poison(a) && !is_poison(b) && !(is_ordered(a->type, b->type))) {
      diag(c->diags, DIAG_ERROR, "E0201", expr->span, "%.*s has no order with %.*s",
           STR_ARG(type_text(c->arena, a->type)), STR_ARG(type_text(c->arena, b->type)));
      return poison(c, expr->span);
    }
    break;
  case OP_AND:
  case OP_OR:
    a = fit(c, require_present(c, a), &TYPE_BOOL, expr->op == OP_AND ? S("`and`") : S("`or`"));
    b = fit(c, require_present(c, b), &TYPE_BOOL, expr->op == OP_AND ? S("`and`") : S("`or`"));
    break;
  case OP_EQUAL:
  case OP_UNEQUAL: {
    type_seen_like(c, a->type, b), type_seen_like(c, b->type, a);
    bool related = type_accepts(a->type, b->type) || type_accepts(b->type, a->type);
    if (!related && a->kind != VALUE_DECLARED) {
      diag(c->diags, DIAG_WARNING, "E0208", expr->span, "%.*s never equals %.*s", STR_ARG(type_text(c->arena, a->type)),
           STR_ARG(type_text(c->arena, b->type)));
    } else if (never_that_text(c, a, b) || never_that_text(c, b, a)) {
      const Value *text = a->kind == VALUE_STRING ? a : b, *other = text == a ? b : a;
      diag(c->diags, DIAG_WARNING, "E0208", expr->span, "%.*s never equals %.*s",
           STR_ARG(type_text(c->arena, other->type)), STR_ARG(value_text(c->arena, text)));
    }
    break;
  }
  default: break;
  }
  if (is_poison(a) || is_poison(b)) return poison(c, expr->span);
  const Value *value = value_binary(c->arena, expr->op, a, b, result_of(expr->op, a, b), expr->span);
  if (expr->op != OP_DEFAULT) return value;
  return value_maybe(c->arena, value, b->maybe && (a->maybe || a->kind == VALUE_MISSING));
}
