// The HCL lexer (grammar/hcl.re): tokens of configuration and of the templates inside it, one at a time.
#pragma once
#include "base/buf.h"

// What the lexer reads at present: expressions, the text of a quoted string, or the lines of a heredoc.
typedef enum { HCL_MODE_NORMAL, HCL_MODE_QUOTED, HCL_MODE_HEREDOC } HclLexMode;

typedef struct HclLexFrame {
  HclLexMode mode;
  uint32_t braces;      // NORMAL: open `{` in this interpolation
  uint32_t mark_at;     // HEREDOC: where its mark stands
  uint32_t mark_length; //
  bool line_start;      // HEREDOC: the next text may be the closing mark
} HclLexFrame;

typedef struct HclToken {
  int kind; // HCL_TOKEN_… of hcl_parse.h
  uint32_t start, end;
} HclToken;

typedef struct HclLexer {
  Arena *arena;
  const char *start, *at, *end;
  VEC(HclLexFrame) frames; // never empty; the last one is current
} HclLexer;

// A lexer on `text` (copied: re2c wants a sentinel), behind a byte order mark if there is one.
HclLexer hcl_lexer(Arena *arena, Str text);
// The next token; HCL_TOKEN_EOF at the end, for ever. Comments that end with their line contain its newline.
HclToken hcl_next_token(HclLexer *lexer);
