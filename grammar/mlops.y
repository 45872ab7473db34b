// The grammar of .mlops files. README.md beside it is the reference; tokens are prepared by
// compiler/syntax/classify.c, which has told keywords from words, the kinds of braces apart, and turned the newlines
// that count into separators. Actions call one constructor of compiler/syntax/tree.h each.
%define api.pure full
%define api.prefix {mlops_}
%define api.token.prefix {TOKEN_}
%define api.value.type union
%define api.location.type {Span}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%param { Parse *p }

%code requires {
  #include "syntax/tree.h"
}

%code {
  #define YYLLOC_DEFAULT(Current, Rhs, N)                                                                              \
    ((Current) = (N) ? span_join(YYRHSLOC(Rhs, 1), YYRHSLOC(Rhs, N))                                                   \
                     : (Span){YYRHSLOC(Rhs, 0).file, YYRHSLOC(Rhs, 0).end, YYRHSLOC(Rhs, 0).end})
  static int mlops_lex(MLOPS_STYPE *value, Span *span, Parse *p);
  static void mlops_error(const Span *span, Parse *p, const char *message);
}

%token END 0 "end of the file"
%token SEPARATOR "end of the line"
%token <Word> WORD "name"
%token <Word> DECLARE "declaration"
%token <Word> NUMBER "number"
%token <Word> STRING "string"
%token <Word> TEXT_HEAD "beginning of a string"
%token <Word> TEXT_MIDDLE "middle of a string"
%token <Word> TEXT_TAIL "rest of a string"

%token BLOCK "{ of a block"
%token BODY "{ of a declaration"
%token OBJECT "{ of an object"
%token TYPE_OPEN "{ of a type"
%token ARMS "{ of a match"
%token CASES "{ of a match statement"
%token CLOSE "}"
%token PAREN "("
%token PAREN_CLOSE ")"
%token BRACKET "["
%token BRACKET_CLOSE "]"
%token COMMA ","
%token COLON ":"
%token ASSIGN "="
%token DOT "."
%token RANGE ".."
%token SPREAD "..."
%token PLUS "+"
%token MINUS "-"
%token TIMES "*"
%token DIVIDE "/"
%token EQUAL "=="
%token UNEQUAL "!="
%token LESS "<"
%token LESS_EQUAL "<="
%token GREATER ">"
%token GREATER_EQUAL ">="
%token TEST "?"
%token DEFAULT "??"
%token ASSERT "!"
%token BAR "|"
%token ARROW "->"

// Keywords: words, until the classifier finds one where a statement or clause begins.
%token K_USE "use"
%token K_PARAM "param"
%token K_OUTPUT "output"
%token K_TYPE "type"
%token K_KIND "kind"
%token K_STEP "step"
%token K_FLOW "flow"
%token K_RESOURCE "resource"
%token K_DATA "data"
%token K_FILE "file"
%token K_TERRAFORM "terraform"
%token K_TEST "test"
%token K_ON "on"
%token K_MEMBER "member"
%token K_GRANT "grant"
%token K_ADD "add"
%token K_EVENT "event"
%token K_REQUIRE "require"
%token K_README "readme"
%token K_COMMAND "command"
%token K_LET "let"
%token K_SET "set"
%token K_IF "if"
%token K_ELSE "else"
%token K_MATCH "match"
%token K_FOR "for"
%token K_IN "in"
%token K_EACH "each"
%token K_PARALLEL "parallel"
%token K_BRANCH "branch"
%token K_WAIT "wait"
%token K_UNTIL "until"
%token K_TRY "try"
%token K_CATCH "catch"
%token K_FAIL "fail"
%token K_RETURN "return"
%token K_BREAK "break"
%token K_START "start"
%token K_AWAIT "await"
%token K_RUN "run"
%token K_MOCK "mock"
%token K_EXPECT "expect"
%token K_RETRY "retry"
%token K_NONE "none"
%token K_EVERY "every"
%token K_TIMES "times"
%token K_BACKOFF "backoff"
%token K_UP "up"
%token K_TO "to"
%token K_JITTER "jitter"
%token K_TIMEOUT "timeout"
%token K_HEARTBEAT "heartbeat"
%token K_AS "as"
%token K_NEEDS "needs"
%token K_NAME "name …"
%token K_WITH "with"
%token K_AND "and"
%token K_OR "or"
%token K_NOT "not"
%token K_NULL "null"
%token K_TRUE "true"
%token K_FALSE "false"
%token K_ASL "asl"
%token K_JSONATA "jsonata"
%token K_AFTER "after"
%token K_FAILS "fails"
%token K_NEVER "never"
%token K_ONCE "once"
%token K_TWICE "twice"
%token K_THEN ", then"
%token K_SUCCEEDED "succeeded"
%token K_FAILED "failed"
%token K_TIMED_OUT "timed_out"
%token K_ABORTED "aborted"
%token K_PATH "path"
%token K_VISITED "visited"
%token K_NOT_VISITED "not visited"
%token K_ARGUMENT "argument"

%left BAR
%left K_OR
%left K_AND
%precedence K_NOT
%nonassoc EQUAL UNEQUAL LESS LESS_EQUAL GREATER GREATER_EQUAL
%right DEFAULT
%left PLUS MINUS
%left TIMES DIVIDE
%precedence NEGATE
%precedence DOT BRACKET PAREN TEST ASSERT K_IN

%type <StmtList> statements statement_list block
%type <Stmt *> statement declaration head_item kind_item flow_statement test_statement on_statement
%type <Stmt *> call_statement call_body if_statement else else_block catch catches catch_opt
%type <Expr *> expr string text label_opt in_opt range every_opt default_opt dotted name_or_dotted
%type <Expr *> step_name
%type <Exprs> exprs list_items on_args patterns names strings retry_errors
%type <Arm> arm case
%type <Arms> arms cases
%type <Field> field argument
%type <Fields> fields field_list arguments argument_list object with_opt
%type <Members> members member_list body body_opt
%type <Member> member
%type <TypeExpr *> type type_item returns_opt
%type <TypeExprs> union_items
%type <TypeField> type_field
%type <TypeFields> type_fields type_field_list
%type <Parameter> parameter
%type <Parameters> parameter_list
%type <ParametersOpt> parameters_opt parameters
%type <Clauses> clauses clause
%type <RetryClause> retry_options retry_option retry
%type <Target> target
%type <Targets> targets
%type <Answer> answer answer_what
%type <Answers> answers
%type <Word> field_name string_opt path_name

%%

file: statements { p->items = $1.first; }

statements: %empty { $$ = (StmtList){0}; } | statement_list
statement_list: statement { $$ = stmts_one($1); }
  | statement_list SEPARATOR statement { $$ = stmts_add($1, $3); }
block: BLOCK statements CLOSE { $$ = $2; }

statement: declaration | head_item | kind_item | flow_statement | test_statement | on_statement
  | fault { $$ = make_stmt(p, STMT_ERROR, @1); }

// What was not understood: passed over up to the next place where it is clear how to go on.
fault: error { yyclearin; yyerrok; if (!parse_resume(p, @1)) YYABORT; }

// ---- declarations

declaration: DECLARE path_name parameters_opt returns_opt in_opt body_opt
    { $$ = make_declare(p, @$, $1, $2, false, $3, $4, $5, $6); }
  | DECLARE STRING parameters_opt returns_opt in_opt body_opt
    { $$ = make_declare(p, @$, $1, $2, true, $3, $4, $5, $6); }
  | DECLARE path_name parameters_opt returns_opt in_opt block // of a statement that begins with a word of its own
    { $$ = make_declare(p, @$, $1, $2, false, $3, $4, $5, (Members){0}); $$->other = $6.first; }
  | DECLARE STRING parameters_opt returns_opt in_opt block
    { $$ = make_declare(p, @$, $1, $2, true, $3, $4, $5, (Members){0}); $$->other = $6.first; }
in_opt: %empty { $$ = NULL; } | K_IN expr { $$ = $2; }
returns_opt: %empty { $$ = NULL; } | ARROW type { $$ = $2; }
body_opt: %empty { $$ = (Members){0}; } | body
body: BODY members CLOSE { $$ = $2; }
members: %empty { $$ = (Members){0}; } | member_list
member_list: member { $$ = members_add(p, (Members){0}, $1); }
  | member_list SEPARATOR member { $$ = members_add(p, $1, $3); }
member: field { $$ = (Member){.field = $1}; }
  | WORD body { $$ = (Member){.field = make_nested(p, @$, $1, $2)}; }
  | on_statement { $$ = (Member){.statement = $1}; }
  | fault { $$ = (Member){.statement = make_stmt(p, STMT_ERROR, @1)}; }
path_name: WORD | path_name DOT WORD { $$ = word_join(p, $1, $3); }

head_item: K_USE STRING { $$ = make_use(p, @$, $2); }
  | K_PARAM WORD COLON type default_opt string_opt { $$ = make_param(p, @$, $2, $4, $5, $6); }
  | K_OUTPUT WORD ASSIGN expr string_opt { $$ = make_output(p, @$, $2, $4, $5); }
  | K_TYPE WORD ASSIGN type { $$ = make_type(p, @$, $2, $4); }
  | K_KIND WORD parameters_opt block { $$ = make_routine(p, STMT_KIND, @$, $2, $3, NULL, $4, NULL); }
  | K_STEP WORD parameters_opt returns_opt block { $$ = make_routine(p, STMT_STEP, @$, $2, $3, $4, $5, NULL); }
  | K_FLOW WORD parameters_opt returns_opt block catch_opt
    { $$ = make_routine(p, STMT_FLOW, @$, $2, $3, $4, $5, $6); }
  | K_RESOURCE WORD WORD body_opt { $$ = make_resource(p, STMT_RESOURCE, @$, $2, $3, $4); }
  | K_DATA WORD WORD body_opt { $$ = make_resource(p, STMT_DATA, @$, $2, $3, $4); }
  | K_FILE expr WORD expr { $$ = make_file(p, @$, $2, $3, $4); }
  | K_TERRAFORM string { $$ = make_value(p, STMT_TERRAFORM, @$, $2, NULL); }
  | K_TEST string block { $$ = make_test(p, @$, $2, $3); }
default_opt: %empty { $$ = NULL; } | ASSIGN expr { $$ = $2; }
string_opt: %empty { $$ = (Word){0}; } | STRING

kind_item: K_MEMBER WORD parameters_opt ASSIGN expr { $$ = make_function(p, STMT_MEMBER, @$, $2, $3, $5); }
  | K_MEMBER string ASSIGN expr { $$ = make_value(p, STMT_MEMBER, @$, $4, $2); }
  | K_GRANT WORD COLON exprs K_ON exprs { $$ = make_grant(p, @$, $2, $4, $6, NULL); }
  | K_GRANT WORD COLON exprs K_ON exprs K_IF expr { $$ = make_grant(p, @$, $2, $4, $6, $8); }
  | K_ADD WORD COLON expr K_ON expr { $$ = make_add(p, @$, $2, $4, $6); }
  | K_EVENT WORD parameters_opt block { $$ = make_routine(p, STMT_EVENT, @$, $2, $3, NULL, $4, NULL); }
  | K_REQUIRE expr { $$ = make_value(p, STMT_REQUIRE, @$, $2, NULL); }
  | K_COMMAND WORD parameters_opt ASSIGN expr { $$ = make_function(p, STMT_COMMAND, @$, $2, $3, $5); }
  | K_README string string { $$ = make_value(p, STMT_README, @$, $2, $3); }
  | K_REQUIRE expr COMMA expr { $$ = make_value(p, STMT_REQUIRE, @$, $2, $4); }

// ---- parameters and types

parameters_opt: %empty { $$ = (ParametersOpt){0}; } | parameters
parameters: PAREN PAREN_CLOSE { $$ = (ParametersOpt){.written = true}; }
  | PAREN parameter_list PAREN_CLOSE { $$ = (ParametersOpt){.list = $2, .written = true}; }
parameter_list: parameter { $$ = (Parameters){0}; parameters_add(p, &$$, $1); }
  | parameter_list COMMA parameter { $$ = $1; parameters_add(p, &$$, $3); }
parameter: WORD COLON type default_opt string_opt { $$ = make_parameter(p, $1, false, $3, $4, $5); }
  | WORD TEST COLON type default_opt string_opt { $$ = make_parameter(p, $1, true, $4, $5, $6); }
  | WORD default_opt { $$ = make_parameter(p, $1, false, NULL, $2, (Word){0}); }
  | fault { $$ = (Parameter){0}; }

type: type_item | type_item BAR union_items { $$ = make_union(p, @$, $1, $3); }
union_items: type_item { $$ = (TypeExprs){0}; VEC_PUSH(p->arena, &$$, $1); }
  | union_items BAR type_item { $$ = $1; VEC_PUSH(p->arena, &$$, $3); }
type_item: path_name { $$ = make_type_name(p, @$, $1); }
  | STRING { $$ = make_type_literal(p, make_string(p, @1, $1)); }
  | NUMBER { $$ = make_type_literal(p, make_number(p, $1)); }
  | K_TRUE { $$ = make_type_literal(p, make_bool(p, @1, true)); }
  | K_FALSE { $$ = make_type_literal(p, make_bool(p, @1, false)); }
  | K_NULL { $$ = make_type_literal(p, make_expr(p, EXPR_NULL, @1)); }
  | BRACKET type BRACKET_CLOSE { $$ = make_type_of(p, TYPE_LIST, @$, $2); }
  | TYPE_OPEN BRACKET type BRACKET_CLOSE COLON type CLOSE { $$ = make_type_map(p, @$, $3, $6); }
  | TYPE_OPEN type_fields CLOSE { $$ = make_type_object(p, @$, $2); }
  | PAREN type PAREN_CLOSE { $$ = $2; }
  | BRACKET fault BRACKET_CLOSE { $$ = make_type_of(p, TYPE_ERROR, @$, NULL); }
  | PAREN fault PAREN_CLOSE { $$ = make_type_of(p, TYPE_ERROR, @$, NULL); }
type_fields: %empty { $$ = (TypeFields){0}; } | type_field_list
type_field_list: type_field { $$ = (TypeFields){0}; type_fields_add(p, &$$, $1); }
  | type_field_list SEPARATOR type_field { $$ = $1; type_fields_add(p, &$$, $3); }
type_field: field_name COLON type { $$ = (TypeField){$1, $3, false}; }
  | field_name TEST COLON type { $$ = (TypeField){$1, $4, true}; }
  | SPREAD type { $$ = (TypeField){.type = $2}; }
  | fault { $$ = (TypeField){0}; }
field_name: WORD | STRING { $$ = word_of_string(p, $1); }

// ---- flow statements

flow_statement: K_LET WORD parameters_opt ASSIGN expr { $$ = make_function(p, STMT_LET, @$, $2, $3, $5); }
  | K_SET WORD ASSIGN expr { $$ = make_named(p, STMT_SET, @$, $2, $4); }
  | call_statement
  | if_statement
  | K_MATCH expr CASES cases CLOSE { $$ = make_cases(p, @$, $2, $4); }
  | K_FOR WORD K_IN range every_opt block else_block { $$ = make_for(p, @$, $2, $4, $5, $6, $7); }
  | K_BRANCH WORD block { $$ = make_branch(p, @$, $2, $3); }
  | K_WAIT expr { $$ = make_value(p, STMT_WAIT, @$, $2, NULL); }
  | K_WAIT K_UNTIL expr { $$ = make_value(p, STMT_WAIT, @$, NULL, $3); }
  | K_TRY block catches { $$ = make_try(p, @$, $2, $3); }
  | K_FAIL expr { $$ = make_value(p, STMT_FAIL, @$, $2, NULL); }
  | K_FAIL expr COMMA expr { $$ = make_value(p, STMT_FAIL, @$, $2, $4); }
  | K_RETURN expr clauses { $$ = make_value(p, STMT_RETURN, @$, $2, NULL); $$->clauses = $3; }
  | K_RETURN { $$ = make_value(p, STMT_RETURN, @$, make_expr(p, EXPR_OBJECT, @1), NULL); }
  | K_BREAK { $$ = make_stmt(p, STMT_BREAK, @$); }

call_statement: call_body { $$ = make_step(p, @$, (Word){0}, NULL, $1); }
  | WORD label_opt ASSIGN call_body { $$ = make_step(p, @$, $1, $2, $4); }
label_opt: %empty { $$ = NULL; } | STRING { $$ = make_string(p, @1, $1); }
call_body: expr clauses { $$ = make_call(p, @$, CALL_PLAIN, $1, $2); }
  | K_START expr clauses { $$ = make_call(p, @$, CALL_START, $2, $3); }
  | K_AWAIT expr clauses { $$ = make_call(p, @$, CALL_AWAIT, $2, $3); }
  | K_EACH WORD K_IN expr with_opt block clauses { $$ = make_each(p, @$, $2, $4, $5, $6, $7); }
  | K_PARALLEL block clauses { $$ = make_parallel(p, @$, $2, $3); }
with_opt: %empty { $$ = (Fields){0}; } | K_WITH PAREN arguments PAREN_CLOSE { $$ = $3; }

clauses: %empty { $$ = (Clauses){0}; } | clauses clause { $$ = clauses_merge(p, $1, $2); }
clause: retry { $$ = clause_retry(p, $1); }
  | K_TIMEOUT expr { $$ = (Clauses){.timeout = $2}; }
  | K_HEARTBEAT expr { $$ = (Clauses){.heartbeat = $2}; }
  | K_AS expr { $$ = (Clauses){.role = $2}; }
  | K_NAME expr { $$ = (Clauses){.name = $2}; }
  | K_NEEDS expr { $$ = (Clauses){.needs = $2}; }
retry: K_RETRY K_NONE { $$ = (RetryClause){.none = true, .span = @$}; }
  | K_RETRY retry_errors retry_options { $$ = retry_with(p, @$, $2, $3); }
retry_errors: %empty { $$ = (Exprs){0}; } | exprs
retry_options: %empty { $$ = (RetryClause){0}; } | retry_options retry_option { $$ = retry_merge(p, $1, $2, @2); }
retry_option: K_EVERY expr { $$ = (RetryClause){.every = $2}; }
  | K_TIMES expr { $$ = (RetryClause){.times = $2}; }
  | K_BACKOFF expr { $$ = (RetryClause){.backoff = $2}; }
  | K_UP K_TO expr { $$ = (RetryClause){.most = $3}; }
  | K_JITTER { $$ = (RetryClause){.jitter = true}; }

if_statement: K_IF expr block else { $$ = make_if(p, @$, $2, $3, $4); }
else: else_block | K_ELSE if_statement { $$ = $2; }
else_block: %empty { $$ = NULL; } | K_ELSE block { $$ = $2.first; }
range: expr | expr RANGE expr { $$ = make_binary(p, EXPR_RANGE, @$, $1, $3); }
every_opt: %empty { $$ = NULL; } | K_EVERY expr { $$ = $2; }
catch_opt: %empty { $$ = NULL; } | catches
catches: catch | catch catches { $$ = $1; $$->more = $2; }
catch: K_CATCH block { $$ = make_catch(p, @$, (Exprs){0}, (Word){0}, $2); }
  | K_CATCH WORD block { $$ = make_catch(p, @$, (Exprs){0}, $2, $3); }
  | K_CATCH strings block { $$ = make_catch(p, @$, $2, (Word){0}, $3); }
  | K_CATCH strings K_AS WORD block { $$ = make_catch(p, @$, $2, $4, $5); }
strings: string { $$ = (Exprs){0}; VEC_PUSH(p->arena, &$$, $1); }
  | strings COMMA string { $$ = $1; VEC_PUSH(p->arena, &$$, $3); }

cases: case { $$ = (Arms){0}; VEC_PUSH(p->arena, &$$, $1); }
  | cases SEPARATOR case { $$ = $1; VEC_PUSH(p->arena, &$$, $3); }
case: patterns ARROW block { $$ = make_case(@$, $1, $3.first); }
  | patterns ARROW statement { $$ = make_case(@$, $1, $3); }
  | K_ELSE ARROW block { $$ = make_case(@$, (Exprs){0}, $3.first); }
  | K_ELSE ARROW statement { $$ = make_case(@$, (Exprs){0}, $3); }
  | fault { $$ = (Arm){.span = @1}; }
patterns: exprs

// ---- events

on_statement: K_ON on_args in_opt ARROW targets { $$ = make_on(p, @$, $2, (ParametersOpt){0}, $3, $5); }
  | K_ON on_args parameters in_opt ARROW targets { $$ = make_on(p, @$, $2, $3, $4, $6); }
on_args: dotted { $$ = (Exprs){0}; VEC_PUSH(p->arena, &$$, $1); }
  | on_args name_or_dotted { $$ = $1; VEC_PUSH(p->arena, &$$, $2); }
name_or_dotted: dotted | string | object { $$ = make_object(p, @1, $1); }
dotted: WORD { $$ = make_name(p, $1); } | dotted DOT WORD { $$ = make_member(p, @$, $1, $3); }
targets: target { $$ = (Targets){0}; VEC_PUSH(p->arena, &$$, $1); }
  | targets COMMA target { $$ = $1; VEC_PUSH(p->arena, &$$, $3); }
target: expr { $$ = (Target){.call = $1, .span = @$}; }
  | expr K_IF expr { $$ = (Target){.call = $1, .condition = $3, .span = @$}; }
  | expr K_NAME expr { $$ = (Target){.call = $1, .name = $3, .span = @$}; }
  | expr K_IF expr K_NAME expr { $$ = (Target){.call = $1, .condition = $3, .name = $5, .span = @$}; }

// ---- tests

test_statement: K_RUN expr clauses { $$ = make_run(p, @$, $2, $3); }
  | K_MOCK step_name COLON answers { $$ = make_mock(p, @$, $2, $4); }
  | K_EXPECT K_SUCCEEDED { $$ = make_expect(p, @$, EXPECT_SUCCEEDED, NULL, NULL); }
  | K_EXPECT K_FAILED { $$ = make_expect(p, @$, EXPECT_FAILED, NULL, NULL); }
  | K_EXPECT K_FAILED expr { $$ = make_expect(p, @$, EXPECT_FAILED, $3, NULL); }
  | K_EXPECT K_FAILED expr COMMA expr { $$ = make_expect(p, @$, EXPECT_FAILED, $3, $5); }
  | K_EXPECT K_TIMED_OUT { $$ = make_expect(p, @$, EXPECT_TIMED_OUT, NULL, NULL); }
  | K_EXPECT K_ABORTED { $$ = make_expect(p, @$, EXPECT_ABORTED, NULL, NULL); }
  | K_EXPECT K_PATH BRACKET names BRACKET_CLOSE { $$ = make_expect_steps(p, @$, EXPECT_PATH, false, $4); }
  | K_EXPECT K_PATH BRACKET BRACKET_CLOSE { $$ = make_expect_steps(p, @$, EXPECT_PATH, false, (Exprs){0}); }
  | K_EXPECT K_VISITED names { $$ = make_expect_steps(p, @$, EXPECT_VISITED, false, $3); }
  | K_EXPECT K_NOT_VISITED names { $$ = make_expect_steps(p, @$, EXPECT_VISITED, true, $3); }
  | K_EXPECT expr { $$ = make_expect(p, @$, EXPECT_TRUE, $2, NULL); }
  | K_EXPECT K_ARGUMENT expr { $$ = make_expect_argument(p, @$, $3); }
step_name: dotted | string
names: step_name { $$ = (Exprs){0}; VEC_PUSH(p->arena, &$$, $1); }
  | names COMMA step_name { $$ = $1; VEC_PUSH(p->arena, &$$, $3); }
answers: answer { $$ = (Answers){0}; VEC_PUSH(p->arena, &$$, $1); }
  | answers K_THEN answer { $$ = $1; VEC_PUSH(p->arena, &$$, $3); }
answer: answer_what { $$ = $1; $$.span = @$; }
  | answer_what NUMBER K_TIMES { $$ = answer_times($1, @$, make_number(p, $2)); }
  | answer_what K_ONCE { $$ = answer_times($1, @$, make_count(p, @2, 1)); }
  | answer_what K_TWICE { $$ = answer_times($1, @$, make_count(p, @2, 2)); }
answer_what: expr { $$ = (Answer){.value = $1}; }
  | K_FAILS expr { $$ = (Answer){.error = $2}; }
  | K_FAILS expr COMMA expr { $$ = (Answer){.error = $2, .cause = $4}; }
  | K_NEVER { $$ = (Answer){.never = true}; }
  | K_AFTER NUMBER answer_what { $$ = $3; $$.after = make_number(p, $2); }

// ---- values

exprs: expr { $$ = (Exprs){0}; VEC_PUSH(p->arena, &$$, $1); }
  | exprs COMMA expr { $$ = $1; VEC_PUSH(p->arena, &$$, $3); }

expr: WORD { $$ = make_name(p, $1); }
  | NUMBER { $$ = make_number(p, $1); }
  | string
  | K_NULL { $$ = make_expr(p, EXPR_NULL, @1); }
  | K_TRUE { $$ = make_bool(p, @1, true); }
  | K_FALSE { $$ = make_bool(p, @1, false); }
  | PAREN expr PAREN_CLOSE { $$ = $2; }
  | PAREN fault PAREN_CLOSE { $$ = make_expr(p, EXPR_ERROR, @$); }
  | object { $$ = make_object(p, @1, $1); }
  | BRACKET BRACKET_CLOSE { $$ = make_expr(p, EXPR_LIST, @$); }
  | BRACKET list_items BRACKET_CLOSE { $$ = make_list(p, @$, $2); }
  | BRACKET expr K_FOR WORD K_IN expr BRACKET_CLOSE { $$ = make_comprehension(p, @$, $2, $4, $6, NULL); }
  | BRACKET expr K_FOR WORD K_IN expr K_IF expr BRACKET_CLOSE { $$ = make_comprehension(p, @$, $2, $4, $6, $8); }
  | K_MATCH expr ARMS arms CLOSE { $$ = make_match(p, @$, $2, $4); }
  | K_ASL object { $$ = make_wrap(p, EXPR_ASL, @$, make_object(p, @2, $2)); }
  | K_JSONATA string { $$ = make_wrap(p, EXPR_JSONATA, @$, $2); }
  | expr DOT WORD { $$ = make_member(p, @$, $1, $3); }
  | expr BRACKET expr BRACKET_CLOSE { $$ = make_binary(p, EXPR_INDEX, @$, $1, $3); }
  | expr BRACKET expr RANGE expr BRACKET_CLOSE { $$ = make_slice(p, @$, $1, $3, $5); }
  | expr BRACKET expr RANGE BRACKET_CLOSE { $$ = make_slice(p, @$, $1, $3, NULL); }
  | expr BRACKET RANGE expr BRACKET_CLOSE { $$ = make_slice(p, @$, $1, NULL, $4); }
  | expr BRACKET fault BRACKET_CLOSE { $$ = make_expr(p, EXPR_ERROR, @$); }
  | expr PAREN arguments PAREN_CLOSE { $$ = make_call_expr(p, @$, $1, $3); }
  | expr TEST { $$ = make_wrap(p, EXPR_TEST, @$, $1); }
  | expr ASSERT { $$ = make_wrap(p, EXPR_ASSERT, @$, $1); }
  | expr K_IN WORD WORD { $$ = make_everywhere(p, @$, $1, $3, $4); }
  | K_NOT expr { $$ = make_wrap(p, EXPR_NOT, @$, $2); }
  | MINUS expr %prec NEGATE { $$ = make_wrap(p, EXPR_NEGATE, @$, $2); }
  | expr BAR expr { $$ = make_binary(p, EXPR_EITHER, @$, $1, $3); }
  | expr K_OR expr { $$ = make_operation(p, OP_OR, @$, $1, $3); }
  | expr K_AND expr { $$ = make_operation(p, OP_AND, @$, $1, $3); }
  | expr EQUAL expr { $$ = make_operation(p, OP_EQUAL, @$, $1, $3); }
  | expr UNEQUAL expr { $$ = make_operation(p, OP_UNEQUAL, @$, $1, $3); }
  | expr LESS expr { $$ = make_operation(p, OP_LESS, @$, $1, $3); }
  | expr LESS_EQUAL expr { $$ = make_operation(p, OP_LESS_EQUAL, @$, $1, $3); }
  | expr GREATER expr { $$ = make_operation(p, OP_GREATER, @$, $1, $3); }
  | expr GREATER_EQUAL expr { $$ = make_operation(p, OP_GREATER_EQUAL, @$, $1, $3); }
  | expr DEFAULT expr { $$ = make_operation(p, OP_DEFAULT, @$, $1, $3); }
  | expr PLUS expr { $$ = make_operation(p, OP_ADD, @$, $1, $3); }
  | expr MINUS expr { $$ = make_operation(p, OP_SUBTRACT, @$, $1, $3); }
  | expr TIMES expr { $$ = make_operation(p, OP_MULTIPLY, @$, $1, $3); }
  | expr DIVIDE expr { $$ = make_operation(p, OP_DIVIDE, @$, $1, $3); }

string: STRING { $$ = make_string(p, @1, $1); }
  | text TEXT_TAIL { $$ = text_end(p, @$, $1, $2); }
text: TEXT_HEAD expr { $$ = text_begin(p, @$, $1, $2); }
  | TEXT_HEAD fault { $$ = text_begin(p, @$, $1, make_expr(p, EXPR_ERROR, @2)); }
  | text TEXT_MIDDLE expr { $$ = text_go_on(p, $1, $2, $3); }
  | text TEXT_MIDDLE fault { $$ = text_go_on(p, $1, $2, make_expr(p, EXPR_ERROR, @3)); }

list_items: expr { $$ = (Exprs){0}; VEC_PUSH(p->arena, &$$, $1); }
  | list_items COMMA expr { $$ = $1; VEC_PUSH(p->arena, &$$, $3); }
  | fault { $$ = (Exprs){0}; VEC_PUSH(p->arena, &$$, make_expr(p, EXPR_ERROR, @1)); }
  | list_items COMMA fault { $$ = $1; VEC_PUSH(p->arena, &$$, make_expr(p, EXPR_ERROR, @3)); }

object: OBJECT fields CLOSE { $$ = $2; }
fields: %empty { $$ = (Fields){0}; } | field_list
field_list: field { $$ = (Fields){0}; fields_add(p, &$$, $1); }
  | fault { $$ = (Fields){0}; fields_add(p, &$$, lost_field(p, @1)); }
  | field_list SEPARATOR field { $$ = $1; fields_add(p, &$$, $3); }
  | field_list SEPARATOR fault { $$ = $1; fields_add(p, &$$, lost_field(p, @3)); }
field: field_name COLON expr { $$ = (Field){.name = $1, .value = $3}; }
  | field_name COLON WORD STRING ARROW expr { $$ = (Field){.name = $1, .value = make_arrow(p, span_join(@3, @6), $3, $4, $6)}; }
  | field_name TEST COLON expr { $$ = (Field){.name = $1, .value = make_wrap(p, EXPR_TEST, @$, $4), .in_type = true}; }
  | BRACKET WORD BRACKET_CLOSE COLON expr { $$ = (Field){.name = $2, .value = $5, .in_type = true, .map = true}; }
  | WORD { $$ = make_shorthand(p, $1); }
  | SPREAD expr { $$ = (Field){.value = $2, .spread = true}; }

arguments: %empty { $$ = (Fields){0}; } | argument_list
argument_list: argument { $$ = (Fields){0}; fields_add(p, &$$, $1); }
  | argument_list COMMA argument { $$ = $1; fields_add(p, &$$, $3); }
argument: expr { $$ = (Field){.value = $1}; }
  | field_name COLON expr { $$ = (Field){.name = $1, .value = $3}; }
  | SPREAD expr { $$ = (Field){.value = $2, .spread = true}; }
  | fault { $$ = (Field){.value = make_expr(p, EXPR_ERROR, @1)}; }

arms: arm { $$ = (Arms){0}; VEC_PUSH(p->arena, &$$, $1); }
  | arms SEPARATOR arm { $$ = $1; VEC_PUSH(p->arena, &$$, $3); }
arm: patterns ARROW expr { $$ = make_arm(@$, $1, $3); }
  | K_ELSE ARROW expr { $$ = make_arm(@$, (Exprs){0}, $3); }
  | fault { $$ = make_arm(@1, (Exprs){0}, make_expr(p, EXPR_ERROR, @1)); }
%%

// All tokens that have a value have a Word: it does not matter through which member of the union it is set.
static int mlops_lex(MLOPS_STYPE *value, Span *span, Parse *p) {
  return parse_next(p, &value->TOKEN_WORD, span);
}

// Only the parser's own stack can end here: brackets and operators are bounded, so it is the memory's fault.
static void mlops_error(const Span *span, Parse *p, const char *message) {
  diag(p->diags, DIAG_ERROR, "E0013", *span, "this cannot be read: %s", message);
}

// Tells what the parser could have gone on with.
static int yyreport_syntax_error(const yypcontext_t *context, Parse *p) {
  enum { ALL = YYNTOKENS };
  yysymbol_kind_t kinds[ALL];
  const char *names[ALL];
  int count = yypcontext_expected_tokens(context, kinds, ALL);
  for (int i = 0; i < count; i++) names[i] = yysymbol_name(kinds[i]);
  parse_fault(p, *yypcontext_location(context), yysymbol_name(yypcontext_token(context)), names, count);
  return 0;
}
