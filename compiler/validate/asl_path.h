// The syntax of JSONPath and of intrinsic functions as the service takes them, with what a checker wants to know of
// them. States Language, "Paths", "Reference Paths", "Intrinsic Functions"; the dialect of paths is Jayway's.
#pragma once
#include "base/buf.h"

typedef enum { PATH_INPUT, PATH_CONTEXT, PATH_VARIABLE } PathRoot;
typedef enum { STEP_NAME, STEP_INDEX, STEP_MANY } PathStepKind; // STEP_MANY: *, .., slices, filters, unions, functions

typedef struct PathStep {
  PathStepKind kind;
  Str name;
  double index;
} PathStep;

typedef struct AslPath {
  PathRoot root;
  Str variable; // of PATH_VARIABLE
  VEC(PathStep) steps;
  bool definite; // names and indexes only: a Reference Path
} AslPath;

typedef enum { TERM_PATH, TERM_CALL, TERM_STRING, TERM_NUMBER, TERM_NULL, TERM_BOOL } TermKind;

// A path, a call of an intrinsic function, or a literal argument.
typedef struct AslTerm {
  TermKind kind;
  uint32_t start, end; // in the text
  AslPath path;
  Str text; // of a call the function's name without "States."; of a literal what stands there (strings undecoded)
  struct AslTerm **arguments;
  uint32_t count;
} AslTerm;

// Where and why a text is no term.
typedef struct TermError {
  uint32_t at;
  const char *what;
} TermError;

// Reads a whole text that begins with "$" as a path or, if it begins with "States.", as a call. NULL: *error says why.
AslTerm *asl_read_term(Arena *arena, Str text, TermError *error);

// An intrinsic function of the language.
typedef struct Intrinsic {
  Str name;            // without "States."
  uint8_t least, most; // arguments; most 255: any number
  bool text;           // its value is a string
} Intrinsic;
const Intrinsic *asl_intrinsic(Str name);
Str asl_nearest_intrinsic(Str name);
