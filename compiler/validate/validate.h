// Validation of files that anyone wrote: each alone, then all of a set against each other. Generated files pass through
// the same door. Validators share nothing with the emitters but the trees of JSON, HCL and YAML.
#pragma once
#include "source/source.h"

// An attribute of a DynamoDB table's key.
typedef struct KeyAttribute {
  Str name;
  char type; // 'S', 'N' or 'B'
} KeyAttribute;

typedef struct ValidateOptions {
  bool express;        // --type EXPRESS: state machines are checked as Express workflows
  KeyAttribute key[2]; // --key: of the table that items are for
  size_t key_count;
} ValidateOptions;

struct FileSet;

// A kind of file: one row of the table in kinds.c.
typedef struct FileKind {
  const char *name; // of --as
  // Whether a file is of this kind, by its path and its text; NULL: only when --as says so.
  bool (*fits)(Str path, Str text);
  // Checks one file alone; adds what is wrong to `diags`.
  void (*check)(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options);
  // Checks all files of the kind together (where a folder is one unit, as in Terraform); NULL: there is nothing to
  // check together. Runs after `check` had each file. `set` knows what else there is.
  void (*check_all)(Diags *diags, const struct FileSet *set, const uint32_t *files, size_t count,
                    const ValidateOptions *options);
} FileKind;

// The kinds in the order in which `fits` is asked; ends with a row whose name is NULL.
extern const FileKind file_kinds[];
// The kind of that name, or NULL.
const FileKind *file_kind_named(Str name);
// What kind a file is by name and content, or NULL.
const FileKind *file_kind_of(Str path, Str text);

// A file of a set. `file` is its number in the sources, 0 as long as its text was not needed.
typedef struct SetFile {
  Str path; // as shown
  const FileKind *kind;
  uint32_t file;
} SetFile;

// The files that are validated together. Zero-initialise with arena and sources. Paths are relative to one folder (the
// current one, or the one a build writes to); those that are of no kind count too, as files that others may name.
typedef struct FileSet {
  Arena *arena;
  Sources *sources;
  VEC(SetFile) files;
  struct Learnt *learnt; // what its validators learn for those behind them (learnt.h); validate_set makes it
  bool on_disk;          // some were read from the disk: what stands beside them may be read too
  bool alone;            // a file was named with its kind: what it names may stand elsewhere, where it is used
} FileSet;

// Adds a file whose text is known. `kind` NULL: it is told by name and content.
void file_set_add(FileSet *set, Str path, Str text, const FileKind *kind);
// Adds a file or, walking it, everything in a folder of the disk; texts are read only where a kind may fit, and not of
// what the folder's .mlopscignore names (patterns as of .gitignore, without `!`). False: *why
// says what cannot be read.
bool file_set_add_path(FileSet *set, Str path, const FileKind *kind, Str *why);

// Validates the set: every file alone, every kind together, all against each other; then drops what the files
// themselves allow (`mlopsc: allow CODE because …`).
void validate_set(Diags *diags, const FileSet *set, const ValidateOptions *options);

// --- The validators, one a kind (see FileKind.check)

void validate_asl(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options);
void validate_dynamodb_item(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options);
void validate_buildspec(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options);
void validate_github(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options);
// Files that pipelines include and workflows call (see FileKind.check_all).
void validate_gitlab_files(Diags *diags, const struct FileSet *set, const uint32_t *files, size_t count,
                           const ValidateOptions *options);
void validate_github_files(Diags *diags, const struct FileSet *set, const uint32_t *files, size_t count,
                           const ValidateOptions *options);
void validate_gitlab_ci(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options);
