// From text to a shaped, resolved tree: what lexer, parser and the passes behind it share.
#pragma once
#include "jsonata/node.h"

enum { SYNTAX_DEPTH_MOST = 3000, SYNTAX_OPEN_MOST = 4096 };

typedef struct Token {
  int kind;            // of the grammar
  uint32_t start, end; // bytes
  Str text;            // decoded name or string
  double number;
  Regex *regex;
} Token;

typedef struct Parser {
  Arena *arena;
  Str source;
  JsonataDialect dialect;
  JsonataError *error; // filled by the first error
  bool failed;
  // the lexer's state
  const char *at, *end;
  bool operand;         // the last token ended an operand, so an operator follows
  bool after_function;  // the last token was `function`
  uint32_t open_count;  // open brackets
  uint32_t open_before; // the same before the last token
  uint32_t lambda_open; // the open count at which a lambda's parameters close; 0: none open
  bool after_lambda;    // the last token closed a lambda's parameters
  char open[SYNTAX_OPEN_MOST];
  bool after_prefix;  // the last token opened an operand: what follows is no regular expression
  Token before, last; // the last two tokens
  Node *result;
  uint32_t labels; // parent operators so far
} Parser;

// grammar/jsonata.re: the next token's kind; 0 at the end; -1 when the text cannot be read further (error filled).
// Whether a token of this kind can be the last one of an operand.
bool jsonata_syntax_ends_operand(int kind);
int jsonata_syntax_lex(Parser *parser, Token *token);

// The text of a token.
Str jsonata_syntax_text(const Parser *parser, const Token *token);

// Notes an error unless there is one already. `position` is a byte offset, told as the reference tells it; token and
// value go into the message and may be empty.
void jsonata_syntax_fail(Parser *parser, const char *code, uint32_t start, uint32_t end, Value token, Str value);

// Tree building; all nodes live in the parser's arena.
Node *jsonata_syntax_node(Parser *parser, NodeKind kind, const Token *at);
Node *jsonata_syntax_binary(Parser *parser, NodeKind kind, char op, const Token *at, Node *left, Node *right);
Node *jsonata_syntax_constant(Parser *parser, Value value, const Token *at);
Node *jsonata_syntax_string(Parser *parser, const Token *at);
Node *jsonata_syntax_name(Parser *parser, const Token *at);
Node *jsonata_syntax_variable(Parser *parser, const Token *at);
Node *jsonata_syntax_keep_array(Node *node);
Node *jsonata_syntax_call(Parser *parser, const Token *at, Node *procedure, Nodes arguments);
Node *jsonata_syntax_lambda(Parser *parser, const Token *at, Nodes parameters, Signature *signature, Node *body);
Signature *jsonata_syntax_signature(Parser *parser, const Token *at);
Node *jsonata_syntax_concat(Parser *parser, const Token *at, Node *left, Node *right);
// @ and #.
Node *jsonata_syntax_bind_item(Parser *parser, NodeKind kind, const Token *at, Node *left, const Token *name);
// Checks before the rest is read, as the reference does.
void jsonata_syntax_check_assigned(Parser *parser, const Node *left);
void jsonata_syntax_check_parameters(Parser *parser, Nodes arguments);
// Checks a finished node: trees deeper than SYNTAX_DEPTH_MOST are refused.
void jsonata_syntax_done(Parser *parser, Node *node);
// Room for one more in an array of `count` elements that grows by doubling.
void *jsonata_syntax_room(Parser *parser, void *array, size_t count, size_t size);
void jsonata_syntax_nodes_add(Parser *parser, Nodes *nodes, Node *node);

// shape.c: flattens paths, attaches predicates and groupings, finds the steps that parents stand for.
Node *jsonata_syntax_shape(Parser *parser, Node *node);
// resolve.c: gives every variable its slot. `outer` is the scope around (of $eval), or NULL.
void jsonata_syntax_resolve(Arena *arena, Jsonata *program, const Scope *outer);
// All of it. NULL: error filled.
Jsonata *jsonata_syntax_compile(Arena *arena, Str source, JsonataDialect dialect, const Scope *outer,
                                JsonataError *error);
