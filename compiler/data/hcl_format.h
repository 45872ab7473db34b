// Inside the HCL formatter: a text as tokens with the blanks before each. Not for others; see hcl_format in data/hcl.h.
#pragma once
#include "data/hcl_read.h"

typedef struct HclPiece {
  int kind; // HCL_TOKEN_…
  Str text;
  bool heredoc;   // in a heredoc
  uint32_t space; // blanks before it
} HclPiece;

// Sets the blanks before every piece.
void hcl_format_pieces(Arena *arena, HclPiece *pieces, uint32_t count);
// How many columns a text takes: its grapheme clusters (Unicode Standard Annex 29).
size_t hcl_columns(Arena *arena, Str text);
