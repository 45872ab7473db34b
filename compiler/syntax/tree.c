#include "syntax/tree.h"

// ---------------------------------------------------------------- words

Word word_join(Parse *p, Word left, Word right) {
  Str text = str_fmt(p->arena, "%.*s.%.*s", STR_ARG(left.text), STR_ARG(right.text));
  return (Word){text, span_join(left.span, right.span)};
}

Word word_of_string(Parse *p, Word word) {
  if (word.text.len && strchr("\"'`", word.text.at[0])) word.text = literal_string(p, word);
  return word;
}

// ---------------------------------------------------------------- expressions

Expr *make_expr(Parse *p, ExprKind kind, Span span) {
  Expr *made = NEW(p->arena, Expr);
  made->kind = kind;
  made->span = span;
  return made;
}

Expr *make_bool(Parse *p, Span span, bool value) {
  Expr *made = make_expr(p, EXPR_BOOL, span);
  made->number = value;
  return made;
}

Expr *make_count(Parse *p, Span span, int count) {
  Expr *made = make_expr(p, EXPR_NUMBER, span);
  made->number = count;
  made->text = str_fmt(p->arena, "%d", count);
  return made;
}

Expr *make_name(Parse *p, Word name) {
  Expr *made = make_expr(p, EXPR_NAME, name.span);
  made->name = name;
  return made;
}

Expr *make_member(Parse *p, Span span, Expr *left, Word name) {
  Expr *made = make_wrap(p, EXPR_MEMBER, span, left);
  made->name = name;
  return made;
}

Expr *make_wrap(Parse *p, ExprKind kind, Span span, Expr *left) {
  Expr *made = make_expr(p, kind, span);
  made->left = left;
  return made;
}

Expr *make_binary(Parse *p, ExprKind kind, Span span, Expr *left, Expr *right) {
  Expr *made = make_wrap(p, kind, span, left);
  made->right = right;
  return made;
}

Expr *make_operation(Parse *p, Operator op, Span span, Expr *left, Expr *right) {
  Expr *made = make_binary(p, EXPR_BINARY, span, left, right);
  made->op = op;
  return made;
}

Expr *make_slice(Parse *p, Span span, Expr *left, Expr *from, Expr *to) {
  Expr *made = make_binary(p, EXPR_SLICE, span, left, from);
  made->third = to;
  return made;
}

Expr *make_call_expr(Parse *p, Span span, Expr *callee, Fields arguments) {
  Expr *made = make_wrap(p, EXPR_CALL, span, callee);
  made->fields = (FieldList){arguments.at, arguments.len};
  return made;
}

Expr *make_list(Parse *p, Span span, Exprs items) {
  Expr *made = make_expr(p, EXPR_LIST, span);
  made->items = (ExprList){items.at, items.len};
  return made;
}

Expr *make_object(Parse *p, Span span, Fields fields) {
  Expr *made = make_expr(p, EXPR_OBJECT, span);
  made->fields = (FieldList){fields.at, fields.len};
  return made;
}

static void arrow_field(Parse *p, Fields *fields, Str name, Expr *value) {
  fields_add(p, fields, (Field){.name = {name, value->span}, .value = value});
}

Expr *make_arrow(Parse *p, Span span, Word verb, Word path, Expr *to) {
  Fields fields = {0};
  Expr *word = make_expr(p, EXPR_STRING, verb.span);
  StringPart *part = NEW(p->arena, StringPart);
  part->text = verb.text;
  word->parts.at = part;
  word->parts.len = 1;
  arrow_field(p, &fields, S("verb"), word);
  arrow_field(p, &fields, S("path"), make_string(p, path.span, path));
  arrow_field(p, &fields, S("to"), to);
  return make_object(p, span, fields);
}

Expr *make_everywhere(Parse *p, Span span, Expr *of, Word all, Word places) {
  bool known =
      str_eq(places.text, S("accounts")) || str_eq(places.text, S("regions")) || str_eq(places.text, S("places"));
  if (!str_eq(all.text, S("all")) || !known) {
    Diag *d = diag(p->diags, DIAG_ERROR, "E0014", span_join(all.span, places.span), "this cannot stand here");
    diag_help(p->diags, d, "a thing wherever it is is written `x in all accounts` or `x in all regions`");
  }
  return make_wrap(p, EXPR_EVERYWHERE, span, of);
}

Expr *make_comprehension(Parse *p, Span span, Expr *value, Word name, Expr *list, Expr *condition) {
  Expr *made = make_binary(p, EXPR_COMPREHENSION, span, value, list);
  made->name = name;
  made->third = condition;
  return made;
}

Expr *make_match(Parse *p, Span span, Expr *value, Arms arms) {
  Expr *made = make_wrap(p, EXPR_MATCH, span, value);
  made->arms = (ArmList){arms.at, arms.len};
  return made;
}

static Arm arm_of(Span span, Exprs patterns) {
  Arm arm = {.span = span};
  arm.patterns.at = patterns.at;
  arm.patterns.len = patterns.len;
  return arm;
}

Arm make_arm(Span span, Exprs patterns, Expr *value) {
  Arm arm = arm_of(span, patterns);
  arm.value = value;
  return arm;
}

Arm make_case(Span span, Exprs patterns, Stmt *body) {
  Arm arm = arm_of(span, patterns);
  arm.body = body;
  return arm;
}

Field make_shorthand(Parse *p, Word name) {
  return (Field){.name = name, .value = make_name(p, name), .shorthand = true};
}

Field make_nested(Parse *p, Span span, Word name, Members members) {
  for (Stmt *s = members.statements.first; s; s = s->next) {
    if (s->kind != STMT_ON) continue;
    diag(p->diags, DIAG_ERROR, "E0021", s->span, "`on` stands straight in a declaration, not in its `%.*s`",
         STR_ARG(name.text));
  }
  Span inner = {span.file, name.span.end, span.end};
  return (Field){.name = name, .value = make_object(p, inner, members.fields)};
}

Field lost_field(Parse *p, Span span) {
  return (Field){.value = make_expr(p, EXPR_ERROR, span), .spread = true};
}

void fields_add(Parse *p, Fields *fields, Field field) {
  VEC_PUSH(p->arena, fields, field);
}

// ---------------------------------------------------------------- types and parameters

TypeExpr *make_type_of(Parse *p, TypeKind kind, Span span, TypeExpr *item) {
  TypeExpr *made = NEW(p->arena, TypeExpr);
  made->kind = kind;
  made->span = span;
  made->item = item;
  return made;
}

TypeExpr *make_type_name(Parse *p, Span span, Word name) {
  TypeExpr *made = make_type_of(p, TYPE_NAME, span, NULL);
  made->name = name;
  return made;
}

TypeExpr *make_type_literal(Parse *p, Expr *value) {
  TypeExpr *made = make_type_of(p, TYPE_LITERAL, value->span, NULL);
  made->value = value;
  return made;
}

TypeExpr *make_type_map(Parse *p, Span span, TypeExpr *key, TypeExpr *item) {
  if (key->kind != TYPE_NAME || !str_eq(key->name.text, S("string"))) {
    diag(p->diags, DIAG_ERROR, "E0020", key->span, "the keys of a map are strings: `{ [string]: … }`");
  }
  return make_type_of(p, TYPE_MAP, span, item);
}

TypeExpr *make_type_object(Parse *p, Span span, TypeFields fields) {
  TypeExpr *made = make_type_of(p, TYPE_OBJECT, span, NULL);
  made->fields.at = fields.at;
  made->fields.len = fields.len;
  return made;
}

TypeExpr *make_union(Parse *p, Span span, TypeExpr *first, TypeExprs more) {
  TypeExpr *made = make_type_of(p, TYPE_UNION, span, NULL);
  made->items.len = more.len + 1;
  made->items.at = NEW_N(p->arena, TypeExpr *, made->items.len);
  made->items.at[0] = first;
  memcpy(made->items.at + 1, more.at, more.len * sizeof *more.at);
  return made;
}

void type_fields_add(Parse *p, TypeFields *fields, TypeField field) {
  if (field.type) VEC_PUSH(p->arena, fields, field);
}

Parameter make_parameter(Parse *p, Word name, bool optional, TypeExpr *type, Expr *value, Word doc) {
  if (optional && value) {
    diag(p->diags, DIAG_ERROR, "E0022", value->span, "`%.*s?` has a default: then it is never missing",
         STR_ARG(name.text));
  }
  return (Parameter){name, type, optional, value, doc.text.len ? literal_string(p, doc) : (Str){0}};
}

void parameters_add(Parse *p, Parameters *parameters, Parameter parameter) {
  if (parameter.name.text.len) VEC_PUSH(p->arena, parameters, parameter);
}
