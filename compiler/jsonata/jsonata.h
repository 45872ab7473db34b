// JSONata: an expression is compiled once and run as often as wanted.
//
// Values on both sides of this border are `const Json *` (data/json.h): input and bindings are shared, never copied or
// changed, and results may point into them. "Undefined", JSONata's absence of a value, is NULL.
#pragma once
#include "data/json.h"

// Which language is spoken. FULL is the newest JSONata. STEP_FUNCTIONS is what AWS Step Functions runs: version 2.0.6
// without $eval, with $parse, $partition, $range, $hash, $random(seed) and $uuid; newer syntax is a syntax error there
// and newer functions do not exist.
typedef enum { JSONATA_FULL, JSONATA_STEP_FUNCTIONS } JsonataDialect;

// A compiled expression: immutable, may be run by several runs at a time, lives in the arena it was compiled into.
typedef struct Jsonata Jsonata;

// What went wrong. `code` is the reference implementation's ("S0202", "T2001", "D3030", "U1001").
typedef struct JsonataError {
  char code[8];
  uint32_t position;   // as the reference counts: UTF-16 units from the start of the source to the end of the token
  uint32_t start, end; // the bytes of that token in the source; both 0 when no place is known
  Str message;         // one sentence; in the arena of the compilation or run
} JsonataError;

// Compiles `source`, which must outlive the result. NULL: *error says why not.
const Jsonata *jsonata_compile(Arena *arena, Str source, JsonataDialect dialect, JsonataError *error);

// A variable given from outside: $name is `value` (NULL: undefined). Hides a built-in function of that name.
typedef struct JsonataBinding {
  Str name; // without "$"
  const Json *value;
} JsonataBinding;

// The bounds of a run; 0 takes the default. Passing one ends the run with an error.
typedef struct JsonataLimits {
  uint64_t steps; // function calls and evaluated path steps (default 500 million): D1012
  uint32_t depth; // nested function calls, tail calls not counted (default 100,000; the C stack bounds it too): U1001
  size_t memory;  // bytes the run may take from its arena (default 1 GiB): D2015
} JsonataLimits;

// One run of an expression. Zero-initialise and fill in; `arena` is required, everything else may stay zero.
typedef struct JsonataRun {
  Arena *arena;      // results and intermediate values live here
  const Json *input; // "$" and the context of the outermost expression; NULL: undefined
  const JsonataBinding *bindings;
  size_t binding_count;
  double now_ms;    // what $now() and $millis() say: milliseconds since 1970
  uint64_t *random; // state for $random(), $shuffle() and $uuid(), advanced by their use; NULL: taken from the system
  JsonataLimits limits;
} JsonataRun;

// Runs an expression. True: *result is its value (NULL: undefined). False: *error says why.
bool jsonata_run(const Jsonata *expression, JsonataRun *run, const Json **result, JsonataError *error);

// --- Looking at an expression without running it

// JSONATA_FIELD: a field of the outermost context (`phone` in `phone & "x"`), which only the input can give.
typedef enum { JSONATA_VARIABLE, JSONATA_CALL, JSONATA_FIELD } JsonataUseKind;

// A place where a variable or a field of the input is read or a function is called by its name.
typedef struct JsonataUse {
  JsonataUseKind kind;
  Str name;            // without "$"; "" and "$" are the context and the root ("$" and "$$")
  bool bound;          // the expression itself binds it: by :=, as a parameter, or with @ or #
  bool built_in;       // not bound, and a function of the dialect
  uint32_t start, end; // the bytes of "$name" in the source
  uint32_t arguments;  // of a call; partial application's "?" count
  const Str *path;     // of a variable: the literal field names behind it, so that $states.input.a gives input, a
  uint32_t path_count;
} JsonataUse;

// Every use in source order, into `arena`.
const JsonataUse *jsonata_uses(const Jsonata *expression, Arena *arena, size_t *count);

// Whether `name` (without "$") is a built-in function of the dialect.
bool jsonata_has_function(Str name, JsonataDialect dialect);
// The function's name nearest to a misspelt one, or an empty Str.
Str jsonata_nearest_function(Str name, JsonataDialect dialect);
