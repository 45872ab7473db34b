// The constructors of statements.
#include "syntax/tree.h"

StmtList stmts_one(Stmt *statement) {
  return (StmtList){statement, statement};
}

StmtList stmts_add(StmtList list, Stmt *statement) {
  list.last->next = statement;
  list.last = statement;
  return list;
}

Members members_add(Parse *p, Members members, Member member) {
  if (!member.statement) {
    fields_add(p, &members.fields, member.field);
  } else if (members.statements.first) {
    members.statements = stmts_add(members.statements, member.statement);
  } else {
    members.statements = stmts_one(member.statement);
  }
  return members;
}

Stmt *make_stmt(Parse *p, StmtKind kind, Span span) {
  Stmt *made = NEW(p->arena, Stmt);
  made->kind = kind;
  made->span = span;
  return made;
}

Stmt *make_value(Parse *p, StmtKind kind, Span span, Expr *value, Expr *second) {
  Stmt *made = make_stmt(p, kind, span);
  made->value = value;
  made->second = second;
  return made;
}

Stmt *make_named(Parse *p, StmtKind kind, Span span, Word name, Expr *value) {
  Stmt *made = make_value(p, kind, span, value, NULL);
  made->name = name;
  return made;
}

// ---------------------------------------------------------------- declarations

static void set_parameters(Stmt *statement, ParametersOpt parameters) {
  statement->params.at = parameters.list.at;
  statement->params.len = parameters.list.len;
  statement->has_params = parameters.written;
}

static void set_members(Stmt *statement, Members members) {
  statement->fields = (FieldList){members.fields.at, members.fields.len};
  statement->body = members.statements.first;
}

Stmt *make_declare(Parse *p, Span span, Word word, Word name, bool by_string, ParametersOpt parameters,
                   TypeExpr *returns, Expr *in, Members members) {
  Stmt *made = make_named(p, STMT_DECLARE, span, by_string ? word_of_string(p, name) : name, in);
  made->word = word;
  made->named_by_string = by_string;
  made->returns = returns;
  set_parameters(made, parameters);
  set_members(made, members);
  for (const Stmt *s = made->body; s; s = s->next) made->faulty = made->faulty || s->kind == STMT_ERROR;
  return made;
}

Stmt *make_use(Parse *p, Span span, Word path) {
  Stmt *made = make_stmt(p, STMT_USE, span);
  made->string = literal_string(p, path);
  return made;
}

Stmt *make_param(Parse *p, Span span, Word name, TypeExpr *type, Expr *value, Word doc) {
  Stmt *made = make_named(p, STMT_PARAM, span, name, value);
  made->returns = type;
  if (doc.text.len) made->string = literal_string(p, doc);
  return made;
}

Stmt *make_output(Parse *p, Span span, Word name, Expr *value, Word doc) {
  Stmt *made = make_named(p, STMT_OUTPUT, span, name, value);
  if (doc.text.len) made->string = literal_string(p, doc);
  return made;
}

Stmt *make_type(Parse *p, Span span, Word name, TypeExpr *type) {
  Stmt *made = make_named(p, STMT_TYPE, span, name, NULL);
  made->returns = type;
  return made;
}

Stmt *make_function(Parse *p, StmtKind kind, Span span, Word name, ParametersOpt parameters, Expr *value) {
  Stmt *made = make_named(p, kind, span, name, value);
  set_parameters(made, parameters);
  return made;
}

Stmt *make_routine(Parse *p, StmtKind kind, Span span, Word name, ParametersOpt parameters, TypeExpr *returns,
                   StmtList body, Stmt *caught) {
  Stmt *made = make_named(p, kind, span, name, NULL);
  set_parameters(made, parameters);
  made->returns = returns;
  made->body = body.first;
  if (caught) {
    made->items = caught->items;
    made->handler = caught->handler;
    made->other = caught->other;
    made->more = caught->more;
    made->has_catch = true;
  }
  return made;
}

Stmt *make_resource(Parse *p, StmtKind kind, Span span, Word type, Word name, Members members) {
  Stmt *made = make_named(p, kind, span, name, NULL);
  made->word = type;
  set_members(made, members);
  return made;
}

Stmt *make_file(Parse *p, Span span, Expr *path, Word format, Expr *content) {
  Stmt *made = make_value(p, STMT_FILE, span, path, content);
  made->word = format;
  return made;
}

Stmt *make_test(Parse *p, Span span, Expr *name, StmtList body) {
  Stmt *made = make_value(p, STMT_TEST, span, name, NULL);
  bool plain = name->kind == EXPR_STRING && name->parts.len == 1 && !name->parts.at[0].expr;
  Str written = str_slice(p->tokens->text, name->span.start, name->span.end);
  made->name = (Word){plain ? name->parts.at[0].text : written, name->span};
  made->named_by_string = true;
  made->body = body.first;
  return made;
}

Stmt *make_grant(Parse *p, Span span, Word name, Exprs actions, Exprs resources, Expr *condition) {
  Stmt *made = make_named(p, STMT_GRANT, span, name, condition);
  made->items = (ExprList){actions.at, actions.len};
  made->others = (ExprList){resources.at, resources.len};
  return made;
}

Stmt *make_add(Parse *p, Span span, Word name, Expr *value, Expr *to) {
  Stmt *made = make_named(p, STMT_ADD, span, name, value);
  made->second = to;
  return made;
}

Stmt *make_on(Parse *p, Span span, Exprs items, ParametersOpt parameters, Expr *in, Targets targets) {
  Stmt *made = make_value(p, STMT_ON, span, NULL, in);
  bool named = items.len && items.at[0]->kind == EXPR_NAME;
  if (named) made->word = items.at[0]->name;
  made->items = (ExprList){items.at + named, items.len - named};
  set_parameters(made, parameters);
  made->targets.at = targets.at;
  made->targets.len = targets.len;
  return made;
}

// ---------------------------------------------------------------- control flow

Stmt *make_if(Parse *p, Span span, Expr *condition, StmtList body, Stmt *other) {
  Stmt *made = make_value(p, STMT_IF, span, condition, NULL);
  made->body = body.first;
  made->other = other;
  return made;
}

Stmt *make_cases(Parse *p, Span span, Expr *value, Arms arms) {
  Stmt *made = make_value(p, STMT_MATCH, span, value, NULL);
  made->arms = (ArmList){arms.at, arms.len};
  return made;
}

Stmt *make_for(Parse *p, Span span, Word name, Expr *range, Expr *every, StmtList body, Stmt *other) {
  Stmt *made = make_named(p, STMT_FOR, span, name, range);
  made->second = every;
  made->body = body.first;
  made->other = other;
  return made;
}

Stmt *make_branch(Parse *p, Span span, Word name, StmtList body) {
  Stmt *made = make_named(p, STMT_BRANCH, span, name, NULL);
  made->body = body.first;
  return made;
}

Stmt *make_catch(Parse *p, Span span, Exprs errors, Word handler, StmtList body) {
  Stmt *made = make_stmt(p, STMT_TRY, span);
  made->items = (ExprList){errors.at, errors.len};
  made->handler = handler;
  made->other = body.first;
  return made;
}

Stmt *make_try(Parse *p, Span span, StmtList body, Stmt *caught) {
  (void)p;
  caught->span = span;
  caught->body = body.first;
  return caught;
}

// ---------------------------------------------------------------- calls

Stmt *make_call(Parse *p, Span span, CallMode mode, Expr *value, Clauses clauses) {
  Stmt *made = make_value(p, STMT_CALL, span, value, NULL);
  made->mode = mode;
  made->clauses = clauses;
  return made;
}

Stmt *make_each(Parse *p, Span span, Word name, Expr *source, Fields with, StmtList body, Clauses clauses) {
  Stmt *made = make_value(p, STMT_EACH, span, source, NULL);
  made->handler = name;
  made->fields = (FieldList){with.at, with.len};
  made->body = body.first;
  made->clauses = clauses;
  return made;
}

Stmt *make_parallel(Parse *p, Span span, StmtList body, Clauses clauses) {
  Stmt *made = make_stmt(p, STMT_PARALLEL, span);
  made->body = body.first;
  made->clauses = clauses;
  return made;
}

static bool is_call(const Expr *value) {
  switch (value->kind) {
  case EXPR_CALL:
  case EXPR_ASL:
  case EXPR_ERROR: return true;
  default: return false;
  }
}

Stmt *make_step(Parse *p, Span span, Word name, Expr *label, Stmt *call) {
  call->span = span;
  call->name = name;
  if (label && label->kind == EXPR_STRING) {
    call->label = (Word){label->parts.len ? label->parts.at[0].text : (Str){0}, label->span};
  }
  if (call->kind != STMT_CALL || is_call(call->value)) return call;
  if (name.text.len) {
    Diag *d = diag(p->diags, DIAG_ERROR, "E0023", call->value->span, "`%.*s = …` names a step, and this is no call",
                   STR_ARG(name.text));
    diag_help(p->diags, d, "for a value write `let %.*s = …`", STR_ARG(name.text));
  } else {
    Diag *d = diag(p->diags, DIAG_ERROR, "E0023", span,
                   "this does nothing: a statement is a call, or begins with a "
                   "keyword");
    if (call->value->kind == EXPR_NAME)
      diag_help(p->diags, d, "a call is written `%.*s(…)`, a declaration `%.*s name { … }`",
                STR_ARG(call->value->name.text), STR_ARG(call->value->name.text));
    Str instead = call->value->kind == EXPR_NAME ? habit_help("statement", call->value->name.text) : (Str){0};
    if (instead.len) diag_help(p->diags, d, "%.*s", STR_ARG(instead));
    bool equal = call->value->kind == EXPR_BINARY && call->value->op == OP_EQUAL && is_call(call->value->right);
    if (equal) diag_help(p->diags, d, "a step is named by `=`: `Name = call(…)`");
  }
  call->kind = STMT_ERROR;
  if (name.text.len) map_set(p->lost, name.text, p->lost);
  return call;
}

// Sets *all to `one` where that is given; given twice is a fault.
static void merge(Parse *p, Expr **all, Expr *one, const char *what) {
  if (!one) return;
  if (*all) diag(p->diags, DIAG_ERROR, "E0024", one->span, "a second `%s`", what);
  *all = one;
}

Clauses clauses_merge(Parse *p, Clauses all, Clauses one) {
  merge(p, &all.timeout, one.timeout, "timeout");
  merge(p, &all.heartbeat, one.heartbeat, "heartbeat");
  merge(p, &all.role, one.role, "as");
  merge(p, &all.name, one.name, "name");
  merge(p, &all.needs, one.needs, "needs");
  if (!one.retries.len) return all;
  VEC(RetryClause) retries = {all.retries.at, all.retries.len, all.retries.len};
  VEC_PUSH(p->arena, &retries, one.retries.at[0]);
  all.retries.at = retries.at;
  all.retries.len = retries.len;
  return all;
}

Clauses clause_retry(Parse *p, RetryClause retry) {
  Clauses made = {0};
  made.retries.at = NEW(p->arena, RetryClause);
  made.retries.at[0] = retry;
  made.retries.len = 1;
  return made;
}

RetryClause retry_with(Parse *p, Span span, Exprs errors, RetryClause options) {
  (void)p;
  options.span = span;
  options.errors = (ExprList){errors.at, errors.len};
  return options;
}

RetryClause retry_merge(Parse *p, RetryClause all, RetryClause one, Span span) {
  merge(p, &all.every, one.every, "every");
  merge(p, &all.times, one.times, "times");
  merge(p, &all.backoff, one.backoff, "backoff");
  merge(p, &all.most, one.most, "up to");
  if (one.jitter && all.jitter) diag(p->diags, DIAG_ERROR, "E0024", span, "a second `jitter`");
  all.jitter |= one.jitter;
  return all;
}

// ---------------------------------------------------------------- tests

Stmt *make_run(Parse *p, Span span, Expr *call, Clauses clauses) {
  Stmt *made = make_value(p, STMT_RUN, span, call, NULL);
  made->clauses = clauses;
  return made;
}

Stmt *make_mock(Parse *p, Span span, Expr *step, Answers answers) {
  Stmt *made = make_value(p, STMT_MOCK, span, step, NULL);
  made->answers.at = answers.at;
  made->answers.len = answers.len;
  return made;
}

Answer answer_times(Answer answer, Span span, Expr *times) {
  answer.times = times;
  answer.span = span;
  return answer;
}

Stmt *make_expect(Parse *p, Span span, ExpectKind kind, Expr *value, Expr *second) {
  Stmt *made = make_value(p, STMT_EXPECT, span, value, second);
  made->expect = kind;
  return made;
}

Stmt *make_expect_steps(Parse *p, Span span, ExpectKind kind, bool negated, Exprs names) {
  Stmt *made = make_expect(p, span, kind, NULL, NULL);
  made->negated = negated;
  made->items = (ExprList){names.at, names.len};
  return made;
}

Stmt *make_expect_argument(Parse *p, Span span, Expr *value) {
  Stmt *made = make_expect(p, span, EXPECT_TRUE, value, NULL);
  made->has_argument = true;
  return made;
}
