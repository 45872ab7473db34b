// The formatter's lines before they are put out: texts with the points at which neighbouring lines may be aligned.
#pragma once
#include "syntax/tokens.h"

// Where lines are aligned, from left to right. Neighbouring lines of one bracket that have such a point are aligned at
// it when their author did so: when one of them has two blanks or more there. (Lines that would need a very wide gap
// are neighbours no more.)
typedef enum {
  POINT_NAME,    // before the name of a declaration
  POINT_COLON,   // behind the ':' of a field
  POINT_IN,      // before `in`
  POINT_ASSIGN,  // before '='
  POINT_ARROW,   // before '->'
  POINT_BRACE,   // before the '{' of a block or declaration
  POINT_DOC,     // before the documentation of a parameter
  POINT_COMMENT, // before a comment behind the line
  POINT_COUNT
} PointKind;

typedef struct Point {
  bool there, wide; // wide: two blanks or more in the source
  bool done;        // its run was aligned
  size_t at;        // in the line's text, behind one blank
} Point;

typedef struct Line {
  Buf text;
  size_t indent;
  uint32_t bracket; // that the line begins in
  int head;         // the kind of its first token
  bool blank_before;
  bool goes_on; // with the item of the lines before
  Point points[POINT_COUNT];
} Line;

typedef VEC(Line *) Lines;

// Aligns neighbouring lines.
void layout_align(Arena *arena, Lines *lines);
// The lines as one text.
Str layout_text(Arena *arena, const Lines *lines);
