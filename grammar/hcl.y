// The HCL native syntax. Newlines come as tokens only where they mean something (bodies, objects): data/hcl_read.c drops
// the others, turns `for`, `if`, … into keywords where they are ones, and after a fault delivers RESUME at the place where
// reading can go on. Every action calls one constructor of data/hcl_read.h.
%require "3.8"
%define api.pure full
%define api.prefix {hcl_}
%define api.token.prefix {HCL_TOKEN_}
%define api.location.type {Span}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%param {HclReader *r}

%code requires {
#include "data/hcl.h"
#include "data/hcl_lex.h"
typedef struct HclReader HclReader;
}

%code {
#include "data/hcl_read.h"
#define YYLLOC_DEFAULT(whole, parts, n)                                                                                \
  ((whole) = (n) ? span_join(YYRHSLOC(parts, 1), YYRHSLOC(parts, n))                                                   \
                 : (Span){YYRHSLOC(parts, 0).file, YYRHSLOC(parts, 0).end, YYRHSLOC(parts, 0).end})
// The stack is bounded (the reader bounds brackets itself; this is for `!!!!…`) and grows in steps.
static void yyerror(const Span *at, HclReader *r, const char *message);
#define YYINITDEPTH 400
#define YYMAXDEPTH 20000
}

%union {
  Str text;
  HclExpr *expr;
  HclBlock *block;
  HclMember member;
  HclStep step;
  HclLoop *loop;
  HclOperator operation;
}

%token EOF 0 "end of file"
%token START_BODY "start of a body" START_EXPR "start of an expression" RESUME "resumption"
%token NEWLINE "end of line" COMMENT "comment"
%token <text> NAME "name" NUMBER "number" TEXT "text"
%token FOR "for" IN "in" IF "if"
%token DIRECTIVE_IF "%{ if" DIRECTIVE_ELSE "%{ else" DIRECTIVE_ENDIF "%{ endif"
%token DIRECTIVE_FOR "%{ for" DIRECTIVE_ENDFOR "%{ endfor" BAD_DIRECTIVE "unknown directive"
%token OPEN_QUOTE "opening quote" CLOSE_QUOTE "closing quote" OPEN_HEREDOC "heredoc" CLOSE_HEREDOC "end of heredoc"
%token OPEN_INTERPOLATION "${" OPEN_DIRECTIVE "%{" TEMPLATE_END "end of template sequence"
%token OPEN_BRACE "{" CLOSE_BRACE "}" OPEN_BRACKET "[" CLOSE_BRACKET "]" OPEN_PAREN "(" CLOSE_PAREN ")"
%token ASSIGN "=" COLON ":" DOUBLE_COLON "::" QUESTION "?" DOT "." COMMA "," ARROW "=>" ELLIPSIS "..."
%token EQUAL "==" UNEQUAL "!=" LESS "<" LESS_EQUAL "<=" GREATER ">" GREATER_EQUAL ">="
%token AND "&&" OR "||" NOT "!" PLUS "+" MINUS "-" STAR "*" SLASH "/" PERCENT "%"
%token BAD_CHARACTER "character of no meaning" BAD_BYTE "byte that is not UTF-8" BROKEN_QUOTE "end of line in a string"

%right "?" ":"
%left "||"
%left "&&"
%left "==" "!="
%left "<" "<=" ">" ">="
%left "+" "-"
%left "*" "/" "%"

%type <expr> expression unary postfix primary tuple object call items members parts otherwise
%type <block> header
%type <text> label_text function_name
%type <loop> loop loop_head loop_end
%type <member> member
%type <step> step

%%

start:
  START_BODY body
| START_EXPR newlines expression newlines         { hcl_read_whole(r, $3); }
;

// --- Bodies

body:
  %empty
| body NEWLINE
| body attribute NEWLINE
| body block NEWLINE
| body error RESUME                               { hcl_read_resumed(r); yyerrok; }
;

attribute:
  NAME "=" expression                             { hcl_read_attribute(r, $1, @1, $3); }
;

block:
  header "{" { hcl_read_open(r, $1, @2); } block_body "}" { hcl_read_close(r, @5); }
;

block_body:
  %empty
| attribute
| NEWLINE body
;

header:
  NAME                                            { $$ = hcl_read_block(r, $1, @1); }
| header NAME                                     { $$ = hcl_read_label(r, $1, $2, @2); }
| header OPEN_QUOTE label_text CLOSE_QUOTE        { $$ = hcl_read_quoted_label(r, $1, span_join(@2, @4)); }
;

label_text:
  %empty                                          { $$ = (Str){0}; }
| label_text TEXT                                 { $$ = $2; }
;

// --- Expressions

expression:
  unary
| expression "||" expression                      { $$ = hcl_read_binary(r, HCL_OR, $1, $3); }
| expression "&&" expression                      { $$ = hcl_read_binary(r, HCL_AND, $1, $3); }
| expression "==" expression                      { $$ = hcl_read_binary(r, HCL_EQUAL, $1, $3); }
| expression "!=" expression                      { $$ = hcl_read_binary(r, HCL_UNEQUAL, $1, $3); }
| expression "<" expression                       { $$ = hcl_read_binary(r, HCL_LESS, $1, $3); }
| expression "<=" expression                      { $$ = hcl_read_binary(r, HCL_LESS_EQUAL, $1, $3); }
| expression ">" expression                       { $$ = hcl_read_binary(r, HCL_GREATER, $1, $3); }
| expression ">=" expression                      { $$ = hcl_read_binary(r, HCL_GREATER_EQUAL, $1, $3); }
| expression "+" expression                       { $$ = hcl_read_binary(r, HCL_ADD, $1, $3); }
| expression "-" expression                       { $$ = hcl_read_binary(r, HCL_SUBTRACT, $1, $3); }
| expression "*" expression                       { $$ = hcl_read_binary(r, HCL_MULTIPLY, $1, $3); }
| expression "/" expression                       { $$ = hcl_read_binary(r, HCL_DIVIDE, $1, $3); }
| expression "%" expression                       { $$ = hcl_read_binary(r, HCL_REMAINDER, $1, $3); }
| expression "?" expression ":" expression        { $$ = hcl_read_conditional(r, $1, $3, $5); }
;

unary:
  postfix
| "-" unary                                      { $$ = hcl_read_unary(r, HCL_NEGATE, $2, @$); }
| "!" unary                                      { $$ = hcl_read_unary(r, HCL_NOT, $2, @$); }
;

postfix:
  primary
| postfix step                                    { $$ = hcl_read_access(r, $1, $2, @2); }
;

step:
  "." NAME                                        { $$ = (HclStep){.kind = HCL_STEP_NAME, .name = $2}; }
| "." NUMBER                                      { $$ = hcl_read_legacy_index(r, $2, @2); }
| "." "*"                                         { $$ = (HclStep){.kind = HCL_STEP_SPLAT_NAMES}; }
| "[" "*" "]"                                     { $$ = (HclStep){.kind = HCL_STEP_SPLAT}; }
| "[" expression "]"                              { $$ = (HclStep){.kind = HCL_STEP_INDEX, .index = $2}; }
;

primary:
  NUMBER                                          { $$ = hcl_read_number(r, $1, @1); }
| NAME                                            { $$ = hcl_read_name(r, $1, @1); }
| call
| "(" expression ")"                              { $$ = hcl_read_paren(r, $2, @$); }
| tuple
| object
| OPEN_QUOTE parts CLOSE_QUOTE                    { $$ = hcl_read_template(r, $2, @$); }
| OPEN_HEREDOC parts CLOSE_HEREDOC                { $$ = hcl_read_heredoc(r, $2, @1, @$); }
;

call:
  function_name "(" ")"                           { $$ = hcl_read_call(r, $1, NULL, false, @$); }
| function_name "(" items ")"                     { $$ = hcl_read_call(r, $1, $3, false, @$); }
| function_name "(" items "," ")"                 { $$ = hcl_read_call(r, $1, $3, false, @$); }
| function_name "(" items "..." ")"               { $$ = hcl_read_call(r, $1, $3, true, @$); }
;

function_name:
  NAME
| function_name "::" NAME                         { $$ = hcl_read_qualified(r, $1, $3); }
;

items:
  expression                                      { $$ = hcl_read_item(r, NULL, $1); }
| items "," expression                            { $$ = hcl_read_item(r, $1, $3); }
;

tuple:
  "[" "]"                                         { $$ = hcl_read_tuple(r, NULL, @$); }
| "[" items "]"                                   { $$ = hcl_read_tuple(r, $2, @$); }
| "[" items "," "]"                               { $$ = hcl_read_tuple(r, $2, @$); }
| "[" loop ":" expression loop_end "]"            { $$ = hcl_read_for(r, $2, NULL, $4, $5, @$); }
;

object:
  "{" newlines "}"                                { $$ = hcl_read_object(r, NULL, @$); }
| "{" newlines members "}"                        { $$ = hcl_read_object(r, $3, @$); }
| "{" newlines members separator "}"              { $$ = hcl_read_object(r, $3, @$); }
| "{" newlines loop ":" expression "=>" expression loop_end "}"
                                                  { $$ = hcl_read_for(r, $3, $5, $7, $8, @$); }
;

members:
  member                                          { $$ = hcl_read_member(r, NULL, $1); }
| members separator member                        { $$ = hcl_read_member(r, $1, $3); }
;

member:
  expression "=" expression                       { $$ = (HclMember){.key = $1, .value = $3}; }
| expression ":" expression                       { $$ = (HclMember){.key = $1, .value = $3}; }
;

separator:
  "," newlines
| NEWLINE newlines
;

newlines:
  %empty
| newlines NEWLINE
;

// --- for

loop:
  FOR loop_head                                   { $$ = $2; }
;

loop_head:
  NAME IN expression                              { $$ = hcl_read_loop(r, (Str){0}, $1, $3); }
| NAME "," NAME IN expression                     { $$ = hcl_read_loop(r, $1, $3, $5); }
;

loop_end:
  %empty                                          { $$ = NULL; }
| "..."                                           { $$ = hcl_read_loop_end(r, true, NULL); }
| IF expression                                   { $$ = hcl_read_loop_end(r, false, $2); }
| "..." IF expression                             { $$ = hcl_read_loop_end(r, true, $3); }
;

// --- Templates

parts:
  %empty                                          { $$ = NULL; }
| parts TEXT                                      { $$ = hcl_read_text(r, $1, $2, @2); }
| parts "${" expression TEMPLATE_END              { $$ = hcl_read_item(r, $1, $3); }
| parts DIRECTIVE_IF expression TEMPLATE_END parts otherwise DIRECTIVE_ENDIF TEMPLATE_END
                                                  { $$ = hcl_read_template_if(r, $1, $3, $5, $6, span_join(@2, @8)); }
| parts DIRECTIVE_FOR loop_head TEMPLATE_END parts DIRECTIVE_ENDFOR TEMPLATE_END
                                                  { $$ = hcl_read_template_for(r, $1, $3, $5, span_join(@2, @7)); }
;

otherwise:
  %empty                                          { $$ = NULL; }
| DIRECTIVE_ELSE TEMPLATE_END parts               { $$ = hcl_read_parts(r, $3, @$); }
;

%%

// A syntax error: the reader says it in its own words.
static int yyreport_syntax_error(const yypcontext_t *context, HclReader *r) {
  enum { EXPECTED_MOST = 60 };
  yysymbol_kind_t expected[EXPECTED_MOST];
  int count = yypcontext_expected_tokens(context, expected, EXPECTED_MOST);
  HclWanted wanted = {0};
  for (int i = 0; i < count; i++) {
    wanted.expression |= expected[i] == YYSYMBOL_NUMBER;
    wanted.newline |= expected[i] == YYSYMBOL_NEWLINE;
    wanted.colon |= expected[i] == YYSYMBOL_COLON;
    wanted.comma |= expected[i] == YYSYMBOL_COMMA;
    wanted.endif |= expected[i] == YYSYMBOL_DIRECTIVE_ENDIF;
    wanted.endfor |= expected[i] == YYSYMBOL_DIRECTIVE_ENDFOR;
  }
  hcl_fault_syntax(r, wanted);
  return 0;
}

// Only when the parser's stack is full.
static void yyerror(const Span *at, HclReader *r, const char *message) {
  (void)message;
  hcl_fault_depth(r, *at);
}
