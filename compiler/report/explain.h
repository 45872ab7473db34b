// What codes mean: the sections of templates/explain/*.txt, which travel in the program.
#pragma once
#include "base/str.h"

// A section. Examples keep their inner indentation; either may be empty.
typedef struct Explanation {
  Str code, level, title; // "V1020", "error", "Next names a state that does not exist"
  Str text, wrong, right; // as they stand in the file, indented
} Explanation;

// The section of a code (as written: "V1020"); false: there is none.
bool explain_find(Str code, Explanation *found);
// The code nearest to a misspelt one, or an empty Str.
Str explain_nearest(Str code);
// Walks all sections: *file and *at are the place, zero at the beginning. False: no more.
bool explain_next(size_t *file, size_t *at, Explanation *found);
