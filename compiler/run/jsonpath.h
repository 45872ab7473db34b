// JSONPath as Amazon States Language speaks it: a path is compiled once and followed as often as wanted.
//
// `$` is the input, `$$` the context object, `$name` a variable. Behind it stand names (.name, ['name']), indexes ([0],
// [-1], [0,2]), slices ([1:3]), wildcards ([*], .*), recursive descent (..name), filters ([?(@.x > 1)]) and, last, a
// function (.length()). A path of names and single indexes is definite: it gives one value or none. Every other path
// gives an array, empty when nothing is there.
#pragma once
#include "data/json.h"

typedef enum { PATH_INPUT, PATH_CONTEXT, PATH_VARIABLE } PathRoot;

typedef struct PathStep PathStep;

typedef struct Path {
  Str source;
  PathRoot root;
  Str variable; // of PATH_VARIABLE, without "$"
  const PathStep *steps;
  uint32_t count;
  bool definite;
} Path;

// Compiles `source`, which must outlive the path. False: *why is a sentence that says why not.
bool path_compile(Arena *arena, Str source, Path *path, Str *why);
// The end of the path that begins at s[from] within a longer text (an intrinsic function's argument).
size_t path_extent(Str s, size_t from);
// Whether the path may be written to: definite, from the input.
bool path_is_reference(const Path *path);

// Follows the path from `root` (the value of its root). Returns NULL when there is nothing: *missing (unless NULL) is
// then the index of the step that failed.
const Json *path_get(const Path *path, const Json *root, Arena *arena, uint32_t *missing);
// Why path_get found nothing, in the service's words: "No results for path: $['a']['b']", "Missing property in path
// $['a']".
Str path_miss(Arena *arena, const Path *path, uint32_t missing);

// `base` with `value` put where the reference path leads; missing objects on the way are made. NULL: a step does not
// fit what is there; *missing is its index.
const Json *path_put(const Path *path, const Json *base, const Json *value, Arena *arena, uint32_t *missing);
// The step as a message names it: the bare name or index.
Str path_step_name(Arena *arena, const Path *path, uint32_t step);
