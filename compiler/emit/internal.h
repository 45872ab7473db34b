// What the emitters share.
#pragma once
#include "base/map.h"
#include "data/hcl_write.h"
#include "emit/emit.h"
#include "model/make.h"

// A name bound by a for expression or a dynamic block, and how it is written inside.
typedef struct HclLocal {
  Str name;
  HclExpr *as;
  const struct HclLocal *outer;
} HclLocal;

typedef VEC(Str) StrList;

// Texts below one heading of the README.
typedef struct ReadmeSection {
  Str heading;
  VEC(Str) texts;
} ReadmeSection;

typedef struct Emitter {
  Arena *arena;
  const Model *model;
  Diags *diags;
  Emission *emission;
  const HclLocal *locals;
  Sources expressions; // texts of VALUE_TERRAFORM that are parsed
  Map places;          // of declared files: path -> Places
  VEC(Output) outputs; // that commands read, beside those of the model
  VEC(ReadmeSection) sections;
  Str commands; // that start the flows
  Map bodies;   // of terraform/*.tf: name without ending -> HclBody
} Emitter;

// Adds a file; a path that is taken already is an error (E0755).
void emit_file(Emitter *e, EmittedFile file);
// "Generated from SPEC by mlopsc: …", without comment marks.
Str generated_note(Emitter *e);

// --- Values in the tongue of Terraform (hcl_value.c)

// A value of deploy time as an HCL expression; NULL when it is missing.
HclExpr *hcl_value(Emitter *e, const Value *value);
// The same, `null` when it is missing.
HclExpr *hcl_value_or_null(Emitter *e, const Value *value);
// A value as text inside a JSON string (literal false), or as a JSON value inside one (literal true): what fills a
// place of a template so that no character of it can end the string.
HclExpr *hcl_template_variable(Emitter *e, const Value *value, bool literal);

// --- Values as JSON (json_value.c)

// Deploy-time parts of a file's contents: its template variables.
typedef struct Places {
  VEC(TemplateVariable) list;
} Places;
// A value as JSON. Where `places` is given, deploy-time parts become places `${v1}` and every other `${` and `%{` is
// escaped (templates); NULL: all is constant. What is missing is left out.
const Json *json_value(Emitter *e, const Value *value, Places *places);
const Json *item_members(Emitter *e, const Value *object, Places *places);
// Text whose deploy-time parts are places and whose other `${` and `%{` are escaped.
Str template_text(Emitter *e, const Value *value, Places *places);
// Whether a value has parts that are known only at deploy time.
bool has_deploy_parts(const Value *value);

// --- The passes (emit.c has their order)

void emit_declared_files(Emitter *e);
void emit_terraform(Emitter *e); // terraform/*.tf and *.tfvars
void emit_ci(Emitter *e);
void emit_copies(Emitter *e);
void emit_readme(Emitter *e);

// The text of a Makefile (makefile.c).
Str make_contents(Emitter *e, const File *file, Places *places);

// The path of a flow's definition below terraform/.
Str definition_path(Arena *arena, const Flow *flow);
// The expression that gives a declared file's contents, NULL (with a finding) when there is no such file.
HclExpr *hcl_contents(Emitter *e, Str path, Span span);
// Prints the bodies as files.
void emit_terraform_bodies(Emitter *e);
// Resources and data sources, into the bodies (resources.c).
void emit_resources(Emitter *e);
// `moved { from = TYPE.FROM, to = AS.TO }` in a concern's file.
void emit_moved(Emitter *e, Str concern, const Moved *row);
// The body of terraform/CONCERN.tf, made on first use.
HclBody *terraform_body(Emitter *e, Str concern);

// --- Outputs of the Terraform (outputs.c)

// The output that gives a value of deploy time, made on first use; its name.
Str terraform_output(Emitter *e, const Value *value);

// What an attribute of a resource is set to, where the spec says it as text, number or bool: "aws_x.y.name" -> the
// value of its `name`. NULL: only Terraform knows.
const Value *resource_attribute(const Emitter *e, Str reference);

// --- Settings of the pipeline

// A member of the pipeline's settings, or NULL.
const Value *setting(const Emitter *e, const char *name);
bool targets_localstack(const Emitter *e);
// Whether a `param` of that name is declared.
bool has_variable(const Emitter *e, Str name);
// Whether the state of each environment has a workspace of its own; else it is kept apart where it lives.
bool terraform_has_workspaces(const Emitter *e);
// Which Terraform is wanted, as a constraint: what the spec says, else the least that knows what is generated.
Str terraform_version(const Emitter *e);
// The names of the environments, in order.
size_t environments(const Emitter *e, Str **names);
