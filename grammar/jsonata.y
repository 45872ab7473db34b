// The grammar of JSONata. Binding powers are those of the reference implementation; whatever ends in an expression of
// lowest power (conditions, ??, ?:) takes all that follows.
%code requires {
#include "jsonata/syntax.h"
}

%define api.pure full
%define api.prefix {jsonata_}
%define api.token.prefix {TOKEN_}
%define api.value.type union
%define api.location.type {Token}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%param { Parser *parser }

%initial-action { @$ = (Token){0}; }

%code {
#define YYMAXDEPTH 20000
#define YYLLOC_DEFAULT(at, rhs, n) ((at) = (n) ? YYRHSLOC(rhs, 1) : (Token){0})

static int jsonata_lex(JSONATA_STYPE *value, JSONATA_LTYPE *location, Parser *parser) {
  (void)value;
  int kind = jsonata_syntax_lex(parser, location);
  parser->before = parser->last;
  parser->last = *location;
  return kind < 0 ? TOKEN_JSONATA_error : kind;
}

static void jsonata_error(JSONATA_LTYPE *location, Parser *parser, const char *what) {
  (void)what; // only the stack's exhaustion comes here
  jsonata_syntax_fail(parser, "U1001", location->start, location->end, NULL, (Str){0});
}

static void syntax_group_add(Parser *parser, Group *group, Node *key, Node *value);
static void syntax_term_add(Parser *parser, Node *sort, Node *expression, bool descending);

#define CHECK                                                                                                          \
  if (parser->failed) YYABORT
#define DONE(node)                                                                                                     \
  jsonata_syntax_done(parser, (node));                                                                                         \
  CHECK
}

%token END 0 "end of expression"
%token NAME "name" STRING "string" NUMBER "number" VARIABLE "variable" REGEX "regular expression"
%token TRUE "true" FALSE "false" NULL "null" FUNCTION "function" SIGNATURE "signature"
%token WILDCARD "*" DESCENDANT "**" PARENT "%"
%token RANGE ".." ASSIGN ":=" NOT_EQUAL "!=" GREATER_EQUAL ">=" LESS_EQUAL "<=" APPLY "~>" ELVIS "?:" COALESCE "??"
%token TIMES "times" MODULO "modulo" DIVIDE "/" AND "and" OR "or" IN "in"

%precedence TAKES_ALL
%right ":="
%precedence '?'
%left "or"
%left "and"
%left '=' "!=" '<' '>' "<=" ">=" "in" "~>" "?:" "??" '^'
%left '+' '-' '&'
%left "times" "/" "modulo"
%left '{' NEGATE
%left '.'
%precedence '[' '@' '#'
%precedence FUNCTION
%precedence '(' ':'

%type <Node *> start expression item condition_end
%type <Nodes> arguments some_arguments items some_items statements some_statements
%type <Node *> argument removal
%type <Group *> pairs some_pairs
%type <Node *> terms
%type <bool> direction
%type <Signature *> signature

%%

start: expression { parser->result = $1; }
;

expression:
  NAME                         { $$ = jsonata_syntax_name(parser, &@1); }
| FUNCTION                     { $$ = jsonata_syntax_name(parser, &@1); }
| STRING                       { $$ = jsonata_syntax_string(parser, &@1); }
| NUMBER                       { $$ = jsonata_syntax_constant(parser, json_number_text(parser->arena, @1.text), &@1); }
| TRUE                         { $$ = jsonata_syntax_constant(parser, &JSON_THE_TRUE, &@1); }
| FALSE                        { $$ = jsonata_syntax_constant(parser, &JSON_THE_FALSE, &@1); }
| NULL                         { $$ = jsonata_syntax_constant(parser, &JSON_THE_NULL, &@1); }
| VARIABLE                     { $$ = jsonata_syntax_variable(parser, &@1); }
| REGEX                        { $$ = jsonata_syntax_node(parser, NODE_REGEX, &@1); $$->regex = @1.regex; }
| "*"                          { $$ = jsonata_syntax_node(parser, NODE_WILDCARD, &@1); }
| "**"                         { $$ = jsonata_syntax_node(parser, NODE_DESCENDANT, &@1); }
| "%"                          { $$ = jsonata_syntax_node(parser, NODE_PARENT, &@1); }
| expression '.' expression    { $$ = jsonata_syntax_binary(parser, NODE_DOT, '.', &@2, $1, $3); DONE($$); }
| expression '+' expression    { $$ = jsonata_syntax_binary(parser, NODE_ARITHMETIC, '+', &@2, $1, $3); DONE($$); }
| expression '-' expression    { $$ = jsonata_syntax_binary(parser, NODE_ARITHMETIC, '-', &@2, $1, $3); DONE($$); }
| expression "times" expression  { $$ = jsonata_syntax_binary(parser, NODE_ARITHMETIC, '*', &@2, $1, $3); DONE($$); }
| expression "/" expression    { $$ = jsonata_syntax_binary(parser, NODE_ARITHMETIC, '/', &@2, $1, $3); DONE($$); }
| expression "modulo" expression { $$ = jsonata_syntax_binary(parser, NODE_ARITHMETIC, '%', &@2, $1, $3); DONE($$); }
| expression '&' expression    { $$ = jsonata_syntax_concat(parser, &@2, $1, $3); CHECK; }
| expression '=' expression    { $$ = jsonata_syntax_binary(parser, NODE_EQUALITY, '=', &@2, $1, $3); DONE($$); }
| expression "!=" expression   { $$ = jsonata_syntax_binary(parser, NODE_EQUALITY, 'n', &@2, $1, $3); DONE($$); }
| expression '<' expression    { $$ = jsonata_syntax_binary(parser, NODE_COMPARISON, '<', &@2, $1, $3); DONE($$); }
| expression '>' expression    { $$ = jsonata_syntax_binary(parser, NODE_COMPARISON, '>', &@2, $1, $3); DONE($$); }
| expression "<=" expression   { $$ = jsonata_syntax_binary(parser, NODE_COMPARISON, 'l', &@2, $1, $3); DONE($$); }
| expression ">=" expression   { $$ = jsonata_syntax_binary(parser, NODE_COMPARISON, 'g', &@2, $1, $3); DONE($$); }
| expression "and" expression  { $$ = jsonata_syntax_binary(parser, NODE_BOOLEAN, 'a', &@2, $1, $3); DONE($$); }
| expression "or" expression   { $$ = jsonata_syntax_binary(parser, NODE_BOOLEAN, 'o', &@2, $1, $3); DONE($$); }
| expression "in" expression   { $$ = jsonata_syntax_binary(parser, NODE_INCLUDES, 'i', &@2, $1, $3); DONE($$); }
| expression "~>" expression   { $$ = jsonata_syntax_binary(parser, NODE_APPLY, '~', &@2, $1, $3); DONE($$); }
| expression "??" expression %prec TAKES_ALL { $$ = jsonata_syntax_binary(parser, NODE_COALESCE, '?', &@2, $1, $3); DONE($$); }
| expression "?:" expression %prec TAKES_ALL { $$ = jsonata_syntax_binary(parser, NODE_DEFAULT, '?', &@2, $1, $3); DONE($$); }
| expression ":=" { jsonata_syntax_check_assigned(parser, $1); CHECK; } expression %prec ":="
                               { $$ = jsonata_syntax_binary(parser, NODE_BIND, ':', &@2, $1, $4); DONE($$); }
| expression '?' expression condition_end %prec TAKES_ALL
                               {
                                 $$ = jsonata_syntax_binary(parser, NODE_CONDITION, '?', &@2, $1, $3);
                                 $$->otherwise = $4;
                                 DONE($$);
                               }
| '-' expression %prec NEGATE  { $$ = jsonata_syntax_binary(parser, NODE_NEGATE, '-', &@1, $2, NULL); DONE($$); }
| expression '[' expression ']' { $$ = jsonata_syntax_binary(parser, NODE_FILTER, '[', &@2, $1, $3); DONE($$); }
| expression '[' ']'           { $$ = jsonata_syntax_keep_array($1); }
| expression '@' VARIABLE      { $$ = jsonata_syntax_bind_item(parser, NODE_FOCUS_BIND, &@2, $1, &@3); DONE($$); }
| expression '#' VARIABLE      { $$ = jsonata_syntax_bind_item(parser, NODE_INDEX_BIND, &@2, $1, &@3); DONE($$); }
| expression '{' pairs '}'     {
                                 $$ = jsonata_syntax_node(parser, NODE_GROUP_BY, &@2);
                                 $$->object.over = $1;
                                 $$->object.group = $3;
                                 $3->start = @2.start, $3->end = @2.end;
                                 DONE($$);
                               }
| expression '^' '(' terms ')' { $$ = $4; $$->sort.over = $1; $$->start = @2.start, $$->end = @2.end; DONE($$); }
| expression '(' arguments ')' { $$ = jsonata_syntax_call(parser, &@2, $1, $3); DONE($$); }
| FUNCTION '(' arguments ')' { jsonata_syntax_check_parameters(parser, $3); CHECK; } signature '{' expression '}'
                               { $$ = jsonata_syntax_lambda(parser, &@2, $3, $6, $8); DONE($$); }
| '(' statements ')'           { $$ = jsonata_syntax_node(parser, NODE_BLOCK, &@1); $$->items = $2; DONE($$); }
| '[' items ']'                { $$ = jsonata_syntax_node(parser, NODE_ARRAY, &@1); $$->items = $2; DONE($$); }
| '{' pairs '}'                {
                                 $$ = jsonata_syntax_node(parser, NODE_OBJECT, &@1);
                                 $$->object.group = $2;
                                 $2->start = @1.start, $2->end = @1.end;
                                 DONE($$);
                               }
| '|' expression '|' expression removal '|'
                               {
                                 $$ = jsonata_syntax_node(parser, NODE_TRANSFORM, &@1);
                                 $$->transform = NEW(parser->arena, Transform);
                                 *$$->transform = (Transform){.pattern = $2, .update = $4, .remove = $5};
                                 DONE($$);
                               }
;

condition_end:
  %empty %prec TAKES_ALL       { $$ = NULL; }
| ':' expression %prec TAKES_ALL { $$ = $2; }
;

removal:
  %empty                       { $$ = NULL; }
| ',' expression               { $$ = $2; }
;

signature:
  %empty                       { $$ = NULL; }
| SIGNATURE                    { $$ = jsonata_syntax_signature(parser, &@1); CHECK; }
;

arguments:
  %empty                       { $$ = (Nodes){0}; }
| some_arguments
;

some_arguments:
  argument                     { $$ = (Nodes){0}; jsonata_syntax_nodes_add(parser, &$$, $1); }
| some_arguments ',' argument  { $$ = $1; jsonata_syntax_nodes_add(parser, &$$, $3); }
;

argument:
  expression
| '?'                          { $$ = jsonata_syntax_node(parser, NODE_PLACEHOLDER, &@1); }
;

statements:
  %empty                       { $$ = (Nodes){0}; }
| some_statements
| some_statements ';'
;

some_statements:
  expression                   { $$ = (Nodes){0}; jsonata_syntax_nodes_add(parser, &$$, $1); }
| some_statements ';' expression { $$ = $1; jsonata_syntax_nodes_add(parser, &$$, $3); }
;

items:
  %empty                       { $$ = (Nodes){0}; }
| some_items
;

some_items:
  item                         { $$ = (Nodes){0}; jsonata_syntax_nodes_add(parser, &$$, $1); }
| some_items ',' item          { $$ = $1; jsonata_syntax_nodes_add(parser, &$$, $3); }
;

item:
  expression
| expression ".." expression   { $$ = jsonata_syntax_binary(parser, NODE_RANGE, '.', &@2, $1, $3); DONE($$); }
;

pairs:
  %empty                       { $$ = NEW(parser->arena, Group); }
| some_pairs
;

some_pairs:
  expression ':' expression    { $$ = NEW(parser->arena, Group); syntax_group_add(parser, $$, $1, $3); }
| some_pairs ',' expression ':' expression { $$ = $1; syntax_group_add(parser, $$, $3, $5); }
;

terms:
  direction expression         { $$ = jsonata_syntax_node(parser, NODE_ORDER_BY, &@2); syntax_term_add(parser, $$, $2, $1); }
| terms ',' direction expression { $$ = $1; syntax_term_add(parser, $$, $4, $3); }
;

direction:
  %empty                       { $$ = false; }
| '<'                          { $$ = false; }
| '>'                          { $$ = true; }
;

%%

static void syntax_group_add(Parser *parser, Group *group, Node *key, Node *value) {
  group->pairs = jsonata_syntax_room(parser, group->pairs, group->count, sizeof(Pair));
  group->pairs[group->count++] = (Pair){key, value};
}

static void syntax_term_add(Parser *parser, Node *sort, Node *expression, bool descending) {
  sort->sort.terms = jsonata_syntax_room(parser, sort->sort.terms, sort->sort.count, sizeof(SortTerm));
  sort->sort.terms[sort->sort.count++] = (SortTerm){expression, descending};
}

static bool expects(const yypcontext_t *context, const char *name) {
  yysymbol_kind_t expected[YYNTOKENS];
  int count = yypcontext_expected_tokens(context, expected, YYNTOKENS);
  for (int i = 0; i < count; i++) {
    if (strcmp(yysymbol_name(expected[i]), name) == 0) return true;
  }
  return false;
}

// What must stand here; empty: nothing in particular.
static Str insisted(const yypcontext_t *context, Parser *parser) {
  if (!expects(context, "name") && expects(context, "'{'") && !expects(context, "'.'")) return S("{");
  uint32_t open = parser->open_before;
  char closer = open ? parser->open[open - 1] : 0;
  if (closer == 'I') closer = '|';
  if (closer == 'F') closer = '}';
  return closer ? str_dup(parser->arena, (Str){&closer, 1}) : (Str){0};
}

// A token as its value, as messages show it.
static Value token_value(Parser *parser, const Token *token) {
  switch (token->kind) {
  case TOKEN_NUMBER: return json_number(parser->arena, token->number);
  case TOKEN_TRUE:
  case TOKEN_FALSE: return json_bool(token->kind == TOKEN_TRUE);
  case TOKEN_NULL: return &JSON_THE_NULL;
  case TOKEN_NAME:
  case TOKEN_STRING:
  case TOKEN_VARIABLE: return json_string(parser->arena, token->text);
  default: return json_string(parser->arena, jsonata_syntax_text(parser, token));
  }
}

// The reference distinguishes by what it was about to do: read an operand (S0211, S0207), close a bracket (S0202,
// S0203), or end (S0201).
static int yyreport_syntax_error(const yypcontext_t *context, Parser *parser) {
  const Token *token = yypcontext_location(context);
  if (parser->failed) return 0;
  bool at_end = yypcontext_token(context) == YYSYMBOL_YYEOF;
  bool operand = expects(context, "name");
  Str want = !operand && expects(context, "'('") && !expects(context, "'['") ? S("(") : insisted(context, parser);
  Value text = at_end ? json_string(parser->arena, S("(end)")) : token_value(parser, token);
  int kind = token->kind;
  bool begins = at_end || (kind < 256 ? strchr("([{|-", kind) != NULL : jsonata_syntax_ends_operand(kind));
  if (expects(context, "variable") && !operand && begins) { // behind @ and #
    Str sign = jsonata_syntax_text(parser, &parser->before);
    jsonata_syntax_fail(parser, "S0214", token->start, token->end, json_string(parser->arena, sign), (Str){0});
    return 0;
  }
  operand |= expects(context, "variable");
  const char *code = at_end ? (want.len ? "S0203" : "S0207") : operand ? "S0211" : want.len ? "S0202" : "S0201";
  jsonata_syntax_fail(parser, code, token->start, token->end, text, want);
  return 0;
}
