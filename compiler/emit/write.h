// How the files of an emission replace those of an earlier build: all of them or none, nothing that a person changed.
#pragma once
#include "emit/emit.h"

// --- The record of a build: .mlopsc.json in the output folder

typedef struct ManifestFile {
  Str path, hash;
  Str before; // the hash it had, where a build was cut short; else empty
} ManifestFile;

typedef struct Manifest {
  Str spec;
  VEC(ManifestFile) files;
  VEC(EmittedResource) resources;
  MovedList moved;
  bool unfinished; // files were being replaced
} Manifest;

// Reads the record of a folder; an absent or unreadable one is an empty record.
void manifest_read(Arena *arena, Str folder, Manifest *manifest);
Str manifest_text(Arena *arena, const Manifest *manifest);

// Compares the resources of an emission with those of the record: renamings (the same body under another name) are
// added to `moved`, which starts as those of the record that still hold. Warns (E0770) of resources that may have been
// renamed but changed too, as the next apply destroys them.
void manifest_renames(Arena *arena, const Manifest *old, const Emission *emission, Diags *diags, MovedList *moved);

// --- What a build would do

typedef enum { CHANGE_CREATE, CHANGE_UPDATE, CHANGE_REMOVE } ChangeKind;

typedef struct Change {
  ChangeKind kind;
  Str folder, path;  // path below folder
  Str before, after; // texts
  bool executable;
} Change;

// A file that stands in the way: changed by hand since it was generated, or never generated at all.
typedef struct Conflict {
  Str path;
  Str before, after;
  bool foreign; // it was never generated
} Conflict;

typedef struct BuildPlan {
  Str folder; // the output folder
  Manifest manifest;
  VEC(Change) changes;
  VEC(Conflict) conflicts;
  bool unfinished; // a build before was cut short
  VEC(Str) kept;   // files no longer generated that were changed by hand: they stay
} BuildPlan;

// Compares an emission with the disk. `sources` is the folder of the spec, `folder` the output folder (perhaps the
// same).
void plan_build(Arena *arena, const Model *model, const Emission *emission, const Manifest *old, const MovedList *moved,
                Str sources, Str folder, BuildPlan *plan);
// Carries out the plans of one call together: first every file is staged beside its place, then each replaces the old
// one in one step; a kill at any moment leaves each file old or new. False: *why says what could not be done.
bool carry_out(Arena *arena, const BuildPlan *plans, size_t count, Str *why);
