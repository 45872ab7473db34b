// The parts of a compiled path, between its compiler, its evaluator and its filters.
#pragma once
#include "run/jsonpath.h"

typedef enum {
  STEP_NAME,     // one name
  STEP_NAMES,    // several: last, an object of those that are there; else the value of each
  STEP_INDEX,    // one index, negative from the end
  STEP_INDEXES,  // several
  STEP_SLICE,    // [from:to], either may be open
  STEP_ALL,      // every item or member
  STEP_DESCEND,  // the node and all below it
  STEP_FILTER,   // the items that pass
  STEP_FUNCTION, // what is computed of the whole; last
} StepKind;

typedef struct PathFilter PathFilter;

struct PathStep {
  uint8_t kind;
  bool open_from, open_to; // of a slice
  Str name;                // of a name or function
  const Str *names;
  const int64_t *indexes; // of indexes; [0] and [1] of an index and a slice
  uint32_t count;         // of names or indexes
  const PathFilter *filter;
};

// What the compiler and the filter parser share.
typedef struct PathParser {
  Arena *arena;
  Str s;
  size_t i;
  unsigned depth;
  Str why; // the first fault
} PathParser;

bool path_fault(PathParser *p, const char *what);
// A path at p->i ("$…" or "@…").
bool path_parse(PathParser *p, Path *path);
// A filter's expression behind "[?(" up to its ")".
bool path_parse_filter(PathParser *p, const PathFilter **filter);
// Whether an item passes; `root` is the document.
bool path_passes(const PathFilter *filter, const Json *item, const Json *root, Arena *arena);
// A string in single or double quotes at p->i.
bool path_parse_quoted(PathParser *p, Str *text);
static inline void path_skip_blanks(PathParser *p) {
  while (p->i < p->s.len && (p->s.at[p->i] == ' ' || p->s.at[p->i] == '\t')) p->i++;
}
static inline char path_peek(const PathParser *p) {
  return p->i < p->s.len ? p->s.at[p->i] : 0;
}
