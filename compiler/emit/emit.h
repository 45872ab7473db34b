// From the model to the files of the repository. Each emitter builds trees; the writers of data/ print them, so no
// value of a spec can break out of its place.
#pragma once
#include "model/model.h"

// GENERATED: rewritten by every build. SCAFFOLD: written once, beside the spec, and the user's from then on. COPY:
// source beside the spec that the generated Terraform packs; it is brought along where the output is another folder.
typedef enum { EMITTED_GENERATED, EMITTED_SCAFFOLD, EMITTED_COPY } EmittedKind;

typedef struct EmittedFile {
  Str path; // relative to the output folder
  Str text;
  EmittedKind kind;
  bool executable;
  bool yields; // where a file stands that no build made, it stays (README.md)
  Span span;   // of the spec that caused it
} EmittedFile;

// A Terraform resource of the emission: what a later build compares with to see what was renamed.
typedef struct EmittedResource {
  Str type, name; // type: with its module in front, where it has one: module.s3.aws_s3_bucket
  uint64_t body;  // hash of its body, whatever its name
  Span span;
} EmittedResource;

typedef struct Emission {
  VEC(EmittedFile) files; // sorted by path, no path twice
  VEC(EmittedResource) resources;
} Emission;

// A resource that goes on under another name, or in another module: a `moved` block of the emission.
typedef struct Moved {
  Str type, from; // what it was
  Str as, to;     // what it is
} Moved;
typedef struct MovedList {
  VEC(Moved) list;
} MovedList;

// Emits every file of a pipeline into *emission. Faults go to `diags`; false when there were errors. Flows of the model
// get the variables of their definitions.
bool emit_pipeline(Arena *arena, const Model *model, Diags *diags, Emission *emission);
// Tells the faults that the definitions, declared files and CI of a pipeline have, and makes nothing; those of its
// Terraform, which takes most of the time, are told by a build.
void emit_faults(Arena *arena, const Model *model, Diags *diags);
// Adds terraform/moved.tf for renamings that this and earlier builds found.
void emit_renames(Arena *arena, const Model *model, const MovedList *moved, Diags *diags, Emission *emission);
// The file of that path, or NULL.
const EmittedFile *emission_file(const Emission *emission, Str path);

// The definition of a flow as JSON text (a template where it has variables, which it adds to `flow`).
Str emit_definition(Arena *arena, const Model *model, Flow *flow, Diags *diags);
