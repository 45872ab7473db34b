// Formulas: arithmetic over things that are no numbers (metrics, say), handed to a kind as text and terms.
#include "check/internal.h"

typedef struct Formula {
  Checker *c;
  Scope *scope;
  Buf text;
  VEC(const Value *) terms;
} Formula;

// The place of a value among the terms, from 1 on; the same thing is one term.
static size_t term_of(Formula *f, const Value *value) {
  for (size_t i = 0; i < f->terms.len; i++) {
    if (value_same(f->terms.at[i], value)) return i + 1;
  }
  VEC_PUSH(f->c->arena, &f->terms, value);
  return f->terms.len;
}

// A formula within a formula: its text in parentheses, its terms among ours.
static void splice(Formula *f, const Value *inner) {
  const Value *text = value_member(inner, S("text")), *terms = value_member(inner, S("terms"));
  bool alone = terms->count == 1 && str_eq(text->text, S("m1"));
  if (!alone) buf_char(&f->text, '(');
  for (size_t i = 0; i < text->text.len; i++) {
    if (text->text.at[i] != 'm') {
      buf_char(&f->text, text->text.at[i]);
      continue;
    }
    size_t number = 0;
    while (i + 1 < text->text.len && ascii_is_digit(text->text.at[i + 1])) {
      number = number * 10 + (size_t)(text->text.at[++i] - '0');
    }
    buf_fmt(&f->text, "m%zu", term_of(f, terms->items[number - 1]));
  }
  if (!alone) buf_char(&f->text, ')');
}

static bool put_operand(Formula *f, const Expr *expr);

static bool put_formula(Formula *f, const Expr *expr) {
  bool arithmetic = expr->kind == EXPR_BINARY &&
                    (expr->op == OP_ADD || expr->op == OP_SUBTRACT || expr->op == OP_MULTIPLY || expr->op == OP_DIVIDE);
  if (!arithmetic) return put_operand(f, expr);
  const char *sign = expr->op == OP_ADD        ? " + "
                     : expr->op == OP_SUBTRACT ? " - "
                     : expr->op == OP_MULTIPLY ? " * "
                                               : " / ";
  const Expr *sides[] = {expr->left, expr->right};
  for (int i = 0; i < 2; i++) {
    bool nested = sides[i]->kind == EXPR_BINARY;
    if (i) buf_str(&f->text, str_of(sign));
    if (nested) buf_char(&f->text, '(');
    if (!put_formula(f, sides[i])) return false;
    if (nested) buf_char(&f->text, ')');
  }
  return true;
}

static bool put_operand(Formula *f, const Expr *expr) {
  const Value *value = require_present(f->c, eval(f->c, f->scope, expr));
  if (is_poison(value)) return false;
  if (value->type->tag == T_FORMULA) {
    splice(f, value);
  } else if (value->kind == VALUE_NUMBER) {
    buf_fmt(&f->text, "%g", value->number);
  } else if (value->kind == VALUE_OBJECT || value->kind == VALUE_DECLARED) {
    buf_fmt(&f->text, "m%zu", term_of(f, value));
  } else {
    Diag *d =
        diag(f->c->diags, DIAG_ERROR, "E0201", expr->span, "a formula takes things and constant numbers, not %.*s",
             STR_ARG(type_text(f->c->arena, value->type)));
    diag_help(f->c->diags, d, "say what is measured, like `endpoint.Invocations`");
    return false;
  }
  return true;
}

const Value *eval_formula(Checker *c, Scope *scope, const Expr *expr) {
  Formula f = {.c = c, .scope = scope, .text = {.arena = c->arena}};
  if (!put_formula(&f, expr)) return poison(c, expr->span);
  ValueMember *members = NEW_N(c->arena, ValueMember, 2);
  members[0] = (ValueMember){S("text"), value_string(c->arena, buf_text(&f.text), expr->span), expr->span};
  members[1] = (ValueMember){S("terms"), value_list(c->arena, f.terms.at, f.terms.len, expr->span), expr->span};
  Value *made = (Value *)(uintptr_t)value_object(c->arena, members, 2, expr->span);
  made->type = &TYPE_FORMULA;
  return made;
}
