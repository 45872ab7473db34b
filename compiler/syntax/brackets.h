// What brackets there are, for the passes that pair and mend them.
#pragma once
#include "syntax/tokens.h"

typedef struct BracketKind {
  int open, close;
  const char *open_text, *close_text;
} BracketKind;

// Of an opening token.
const BracketKind *bracket_kind(int open);
// Whether `close` closes what `open` opens.
bool brackets_pair(int open, int close);

// Reports brackets that lack their partner and makes up or drops what makes t->raw pair.
void tokens_mend(Tokens *t);
