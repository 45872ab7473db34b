// The files of a set against each other: what Terraform declares, what machines and CI name, what items hold. Private
// to compiler/validate/cross*.c. Nothing here is looked up outside of the set but source files that a declaration
// names.
#pragma once
#include "base/map.h"
#include "data/hcl.h"
#include "data/json.h"
#include "validate/validate.h"

typedef struct TopBody {
  const HclBody *body;
  Str folder;
  uint32_t file;
} TopBody;

// A resource or data block.
typedef struct Declared {
  bool data;
  Str type, label;
  const HclBlock *block;
  Str folder; // of its file, as shown
  uint32_t file;
} Declared;

typedef struct Machine {
  uint32_t file;
  const Json *json;
} Machine;

typedef struct World {
  Arena *arena;
  Diags *diags;
  const FileSet *set;
  Sources *sources;
  VEC(Declared) declared;
  VEC(TopBody) bodies; // of all .tf files
  VEC(Machine) machines;
  VEC(Machine) items; // DynamoDB items
  Map paths;          // of all files, cleaned -> SetFile
  bool modules;       // modules are called: not everything that is declared is seen
} World;

// Runs all checks between files.
void cross_check(Diags *diags, const FileSet *set);

void cross_check_names(World *world);     // cross_names.c
void cross_check_templates(World *world); // cross_template.c
void cross_check_sources(World *world);   // cross_source.c
void cross_check_items(World *world);     // cross_item.c
void cross_check_policies(World *world);  // cross_policy.c

// --- Looking at the world (cross.c)

// The value of an attribute, or NULL.
const HclExpr *cross_value(const HclBody *body, Str name);
// The first block of a type in a body, or NULL.
const HclBody *cross_block(const HclBody *body, Str type);
// The text of an expression that is a literal, or a template of literals and path.module. False: not known.
bool cross_text(const World *world, const HclExpr *expr, Str folder, Str *text);
// What `type.label.attribute` (or data.type.label.attribute) refers to, or NULL.
const Declared *cross_reference(const World *world, const HclExpr *expr, Str folder, Str *attribute);
// The file of a path of the set; NULL: it is not among them.
const SetFile *cross_file(const World *world, Str path);
// The text of a file of the set or of the disk; false: there is none. *file is its number (registered if it was not).
bool cross_read(World *world, Str path, Str *text, uint32_t *file);
// Calls `then` for every call of a function in a body, blocks and nested expressions included.
void cross_each_call(const HclBody *body, Str function, void (*then)(void *with, const HclExpr *call), void *with);
