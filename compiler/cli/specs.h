// Finding the pipelines that a command line names.
#pragma once
#include "cli/cli.h"
#include "base/buf.h"

typedef struct SpecPath {
  Str path;   // of the .mlops file
  Str folder; // where it stands ("." for the current one)
  Str name;   // the file's name without its ending
} SpecPath;

typedef struct SpecList {
  VEC(SpecPath) list;
} SpecList;

// The specs that the words of the command line name: a .mlops file each, or the files below a folder that hold a
// `pipeline`; without words those below the current folder. Folders that begin with a dot, `node_modules` and `build…`
// are passed over. Returns EXIT_GOOD, or EXIT_USAGE after saying that there is none; a path that is not there ends the
// program.
int find_specs(const Args *args, SpecList *specs);
