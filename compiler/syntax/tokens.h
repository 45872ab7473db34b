// From text to the tokens that the grammar reads, in three steps: the lexer (grammar/mlops.re) cuts the text, the
// bracket pass pairs brackets and bounds nesting, the classifier decides what each word, brace and newline is.
#pragma once
#include "source/source.h"

// What one bracket holds; decided by the classifier, read by error recovery and the formatter.
typedef enum {
  FRAME_FILE,       // statements, not in brackets
  FRAME_BLOCK,      // { statements }
  FRAME_BODY,       // { fields, nested bodies and `on` statements } of a declaration
  FRAME_OBJECT,     // { fields }
  FRAME_TYPE,       // { fields of a type }
  FRAME_ARMS,       // { patterns -> value } of a match that is a value
  FRAME_CASES,      // { patterns -> statement or block } of a match that is a statement
  FRAME_GROUP,      // ( value )
  FRAME_ARGUMENTS,  // f( arguments )
  FRAME_PARAMETERS, // flow f( parameters )
  FRAME_LIST,       // [ values ]
  FRAME_INDEX,      // x[ value ]
  FRAME_TYPE_LIST,  // [ type ] or ( type )
  FRAME_TEXT        // ${ value } in a string
} FrameKind;

#define NO_TOKEN UINT32_MAX

// A token of the text. `kind` is a TOKEN_… of the grammar.
typedef struct Token {
  uint16_t kind;
  uint8_t frame;    // of an opening bracket: what it holds (FrameKind)
  uint8_t newlines; // before it; 2 stands for more
  bool made_up;     // not in the text: a closing bracket that was missing; or a string without its end
  bool strays;      // characters that mean nothing stand before it
  uint32_t start, end;
  uint32_t match;   // of a bracket: its partner
  uint32_t inside;  // the opening bracket that it stands in, or closes (NO_TOKEN: none)
  uint32_t comment; // index of the first comment at or behind it: those before it are comments[.., comment)
} Token;

typedef struct Comment {
  uint32_t start, end; // from '#' to the line's end, without trailing blanks
  uint8_t newlines;    // before it; 0: it stands behind a token on its line
} Comment;

typedef VEC(Token) TokenList;

// A token as the grammar reads it.
typedef struct OutToken {
  uint16_t kind;
  uint32_t raw;
} OutToken;

typedef struct Tokens {
  Arena *arena;
  Sources *sources;
  Diags *diags;
  uint32_t file;
  Str text;      // NUL behind it
  TokenList raw; // ends with TOKEN_END
  VEC(Comment) comments;
  // What the grammar reads: indices into raw, with separators between. Ends with TOKEN_END.
  VEC(OutToken) out;
} Tokens;

// Reads a file up to `out`. False when it cannot be cut into tokens at all (not UTF-8, too large, too deep): the fault
// is reported then. Other faults are reported and mended, so that parsing may go on.
bool tokens_read(Tokens *tokens);

// The steps, in order.
void tokens_scan(Tokens *tokens);     // grammar/mlops.re
bool tokens_pair(Tokens *tokens);     // brackets.c; false: nested too deeply
bool tokens_classify(Tokens *tokens); // classify.c; false: nested too deeply

static inline Str token_text(const Tokens *tokens, uint32_t raw) {
  const Token *token = &tokens->raw.at[raw];
  return (Str){tokens->text.at + token->start, token->end - token->start};
}
static inline Span token_span(const Tokens *tokens, uint32_t raw) {
  const Token *token = &tokens->raw.at[raw];
  return (Span){tokens->file, token->start, token->end};
}

// The first token (in raw) that starts at or behind an offset.
uint32_t token_from(const Tokens *tokens, uint32_t offset);

// Brackets: a ${ of a string opens, the next piece of the string closes (and opens again, where it ends with ${).
bool token_opens(int kind);
bool token_closes(int kind);

// --- neighbours.c: what tokens are to those beside them

// The token at an index of raw; behind the last, that one.
const Token *token_at(const Tokens *tokens, uint32_t index);
// Whether it is that word.
bool token_is_word(const Tokens *tokens, uint32_t index, Str word);
// What stands behind a word on its line: NEXT_… of keywords.h, or 0.
int token_next(const Tokens *tokens, uint32_t index);
// Whether a value is complete behind a token of this kind.
bool token_ends_value(int kind);
// Operators between two values; a line does not end before or behind one. ('-' may begin a value.)
bool token_joins(int kind);
// The same, and what a line does not end behind besides.
bool token_joins_behind(int kind);
