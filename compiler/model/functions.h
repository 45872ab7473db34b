// The functions of the language: one row each, with its spelling in every tongue a value may be written in.
#pragma once
#include "model/value.h"

typedef struct Function {
  Str name;
  uint8_t least, most; // arguments
  const Type *result;
  // Spellings with $1, $2, … for the arguments and $* for all, separated by commas. NULL: it does not exist at that
  // time.
  const char *jsonata; // run time
  const char *hcl;     // deploy time
  const Value *(*fold)(Arena *arena, const Value **arguments, size_t count,
                       Span span); // compile time; NULL result: cannot
  const char *doc;
} Function;

// The row of a name, or NULL.
const Function *function_named(Str name);
// All rows; ends with one whose name is empty.
extern const Function functions[];
