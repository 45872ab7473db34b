// The constructors that the grammar's actions call: each makes one node of the syntax tree, or grows a list. Everything
// lives in the parse's arena.
#pragma once
#include "syntax/syntax.h"
#include "syntax/tokens.h"

// A parse under way.
typedef struct Parse {
  Arena *arena;
  Diags *diags;
  Tokens *tokens;
  uint32_t next, stop;   // tokens of tokens->out: the one that the parser gets next, and where it is told of the end
  uint32_t resume;       // where to go on after the latest fault; NO_TOKEN: there was none
  uint32_t tries;        // how many resume points in a row did not help
  VEC(uint32_t) skipped; // blocks that were passed over (their brackets in `out`), to be parsed on their own
  Map *lost;             // words of what was passed over
  Stmt *items;
} Parse;

typedef VEC(Expr *) Exprs;
typedef VEC(TypeExpr *) TypeExprs;
typedef VEC(Field) Fields;
typedef VEC(TypeField) TypeFields;
typedef VEC(Parameter) Parameters;
typedef VEC(Arm) Arms;
typedef VEC(Target) Targets;
typedef VEC(Answer) Answers;

typedef struct StmtList {
  Stmt *first, *last;
} StmtList;
typedef struct ParametersOpt {
  Parameters list;
  bool written;
} ParametersOpt;
// What stands in a declaration: fields and statements.
typedef struct Members {
  Fields fields;
  StmtList statements;
} Members;
typedef struct Member {
  Field field;
  Stmt *statement; // or this
} Member;

// What the generated parser needs of parse.c: the next token; to report that token `found` stands where only the
// `count` tokens `expected` may (by their names in the grammar); and after that, to go on at the resume point (false:
// there is none left): what stands between the beginning of `dropped` and that point is lost.
int parse_next(Parse *p, Word *word, Span *span);
void parse_fault(Parse *p, Span span, const char *found, const char *const *expected, int count);
bool parse_resume(Parse *p, Span dropped);
// What the bracket holds that the token stands in which the parser got last.
FrameKind parse_frame(const Parse *p);
// The text of the token before that one; empty at the beginning of a line.
Str parse_previous(const Parse *p);
// The first word of the statement that the token stands in which the parser got last, where it begins with one.
Str parse_begin(const Parse *p);
// faults.c: reports what the parser met instead of what it could have gone on with.
// echoes.c: of the faults told since `from`, keeps those that do not follow from another one on their line.
void echoes_drop(Parse *p, size_t from);
void fault_report(Parse *p, Span span, const char *found, const char *const *expected, int count);

// Words. word_join: `a.b` as one word; word_of_string: a field's name from a name or a string.
Word word_join(Parse *p, Word left, Word right);
Word word_of_string(Parse *p, Word word);

// Literals: the tokens' texts become values; faults in them (escapes, units) are reported.
Expr *make_number(Parse *p, Word token);
Expr *make_string(Parse *p, Span span, Word token);
Expr *text_begin(Parse *p, Span span, Word head, Expr *value);
Expr *text_go_on(Parse *p, Expr *text, Word middle, Expr *value);
Expr *text_end(Parse *p, Span span, Expr *text, Word tail);
// The unit that a word may have been meant for ("hours", "Gb"); empty: none.
Str unit_meant(Str word);
Str literal_string(Parse *p, Word token);

// Expressions.
Expr *make_expr(Parse *p, ExprKind kind, Span span);
Expr *make_bool(Parse *p, Span span, bool value);
Expr *make_count(Parse *p, Span span, int count);
Expr *make_name(Parse *p, Word name);
Expr *make_member(Parse *p, Span span, Expr *left, Word name);
Expr *make_wrap(Parse *p, ExprKind kind, Span span, Expr *left);
Expr *make_binary(Parse *p, ExprKind kind, Span span, Expr *left, Expr *right);
Expr *make_operation(Parse *p, Operator op, Span span, Expr *left, Expr *right);
Expr *make_slice(Parse *p, Span span, Expr *left, Expr *from, Expr *to);
Expr *make_call_expr(Parse *p, Span span, Expr *callee, Fields arguments);
Expr *make_list(Parse *p, Span span, Exprs items);
Expr *make_object(Parse *p, Span span, Fields fields);
// `POST "/predict" -> infer`: an object of `verb`, `path` and `to`.
Expr *make_arrow(Parse *p, Span span, Word verb, Word path, Expr *to);
// `x in all accounts`: x wherever it is.
Expr *make_everywhere(Parse *p, Span span, Expr *of, Word all, Word places);
Expr *make_comprehension(Parse *p, Span span, Expr *value, Word name, Expr *list, Expr *condition);
Expr *make_match(Parse *p, Span span, Expr *value, Arms arms);
Arm make_arm(Span span, Exprs patterns, Expr *value);
Arm make_case(Span span, Exprs patterns, Stmt *body);
Field make_shorthand(Parse *p, Word name);
Field make_nested(Parse *p, Span span, Word name, Members members);
// What stands for fields that could not be read: the object is not known as a whole.
Field lost_field(Parse *p, Span span);
void fields_add(Parse *p, Fields *fields, Field field);

// Types and parameters.
TypeExpr *make_type_of(Parse *p, TypeKind kind, Span span, TypeExpr *item);
TypeExpr *make_type_name(Parse *p, Span span, Word name);
TypeExpr *make_type_literal(Parse *p, Expr *value);
TypeExpr *make_type_map(Parse *p, Span span, TypeExpr *key, TypeExpr *item);
TypeExpr *make_type_object(Parse *p, Span span, TypeFields fields);
TypeExpr *make_union(Parse *p, Span span, TypeExpr *first, TypeExprs more);
void type_fields_add(Parse *p, TypeFields *fields, TypeField field);
Parameter make_parameter(Parse *p, Word name, bool optional, TypeExpr *type, Expr *value, Word doc);
void parameters_add(Parse *p, Parameters *parameters, Parameter parameter);

// Statements.
StmtList stmts_one(Stmt *statement);
StmtList stmts_add(StmtList list, Stmt *statement);
Members members_add(Parse *p, Members members, Member member);
Stmt *make_stmt(Parse *p, StmtKind kind, Span span);
Stmt *make_value(Parse *p, StmtKind kind, Span span, Expr *value, Expr *second);
Stmt *make_named(Parse *p, StmtKind kind, Span span, Word name, Expr *value);
// A `let` or `member`, with parameters where it is a function.
Stmt *make_function(Parse *p, StmtKind kind, Span span, Word name, ParametersOpt parameters, Expr *value);
Stmt *make_declare(Parse *p, Span span, Word word, Word name, bool by_string, ParametersOpt parameters,
                   TypeExpr *returns, Expr *in, Members members);
Stmt *make_use(Parse *p, Span span, Word path);
Stmt *make_param(Parse *p, Span span, Word name, TypeExpr *type, Expr *value, Word doc);
Stmt *make_output(Parse *p, Span span, Word name, Expr *value, Word doc);
Stmt *make_type(Parse *p, Span span, Word name, TypeExpr *type);
// kind, step, flow, event. `caught` is a flow's catch (a STMT_TRY without body), or NULL.
Stmt *make_routine(Parse *p, StmtKind kind, Span span, Word name, ParametersOpt parameters, TypeExpr *returns,
                   StmtList body, Stmt *caught);
Stmt *make_resource(Parse *p, StmtKind kind, Span span, Word type, Word name, Members members);
Stmt *make_file(Parse *p, Span span, Expr *path, Word format, Expr *content);
Stmt *make_test(Parse *p, Span span, Expr *name, StmtList body);
Stmt *make_grant(Parse *p, Span span, Word name, Exprs actions, Exprs resources, Expr *condition);
Stmt *make_add(Parse *p, Span span, Word name, Expr *value, Expr *to);
Stmt *make_on(Parse *p, Span span, Exprs items, ParametersOpt parameters, Expr *in, Targets targets);

Stmt *make_if(Parse *p, Span span, Expr *condition, StmtList body, Stmt *other);
Stmt *make_cases(Parse *p, Span span, Expr *value, Arms arms);
Stmt *make_for(Parse *p, Span span, Word name, Expr *range, Expr *every, StmtList body, Stmt *other);
Stmt *make_branch(Parse *p, Span span, Word name, StmtList body);
Stmt *make_catch(Parse *p, Span span, Exprs errors, Word handler, StmtList body);
Stmt *make_try(Parse *p, Span span, StmtList body, Stmt *caught);
Stmt *make_call(Parse *p, Span span, CallMode mode, Expr *value, Clauses clauses);
Stmt *make_each(Parse *p, Span span, Word name, Expr *source, Fields with, StmtList body, Clauses clauses);
Stmt *make_parallel(Parse *p, Span span, StmtList body, Clauses clauses);
// A call, each or parallel with its name and label before it; both may be missing.
Stmt *make_step(Parse *p, Span span, Word name, Expr *label, Stmt *call);

Clauses clauses_merge(Parse *p, Clauses all, Clauses one);
Clauses clause_retry(Parse *p, RetryClause retry);
RetryClause retry_with(Parse *p, Span span, Exprs errors, RetryClause options);
RetryClause retry_merge(Parse *p, RetryClause all, RetryClause one, Span span);

Stmt *make_run(Parse *p, Span span, Expr *call, Clauses clauses);
Stmt *make_mock(Parse *p, Span span, Expr *step, Answers answers);
Answer answer_times(Answer answer, Span span, Expr *times);
Stmt *make_expect(Parse *p, Span span, ExpectKind kind, Expr *value, Expr *second);
Stmt *make_expect_steps(Parse *p, Span span, ExpectKind kind, bool negated, Exprs names);
Stmt *make_expect_argument(Parse *p, Span span, Expr *value);
