// Which words are keywords where. A word is one only where what follows it makes sense behind that keyword, so that
// every word can also be a name.
#pragma once
#include "syntax/tokens.h"

// What stands behind a word on its line.
enum {
  NEXT_WORD = 1,
  NEXT_STRING = 2,
  NEXT_PAREN = 4,
  NEXT_BRACE = 8,
  NEXT_VALUE = 16,   // a number, '[', '-' or `...`
  NEXT_NOTHING = 32, // the line, block or file ends
  NEXT_ARROW = 64
};

typedef struct Keyword {
  Str word;
  int kind;
  int next;  // it is a keyword where one of these stands behind it
  int names; // how many words behind it are names, whatever they are
} Keyword;

// A word at the start of a statement; NULL: no keyword.
const Keyword *keyword_of_statement(Str word, int next);
// Offers every word that begins a statement.
void keywords_nearest(Nearest *nearest);
// A word behind `NAME =` at the start of a statement.
const Keyword *keyword_of_step(Str word, int next);
// A word where a value may begin.
const Keyword *keyword_of_value(Str word, int next);
// A word behind a complete value.
const Keyword *keyword_behind_value(Str word, int next);
// A word where an answer of a mock begins; and behind `expect`.
const Keyword *keyword_of_answer(Str word, int next);
const Keyword *keyword_of_expect(Str word, int next);
// A word at the start of a line that goes on with the statement of the line before.
bool keyword_continues(Str word, int next);
