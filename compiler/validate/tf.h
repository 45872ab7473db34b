// Inside the Terraform validator: a folder's files as one module. Not for others.
#pragma once
#include "base/map.h"
#include "data/hcl.h"
#include "facts/terraform_schema.h"
#include "validate/validate.h"

typedef struct TfModule TfModule;

// --- Types of values, as far as they are known before a plan

typedef enum {
  TF_ANY, // not known
  TF_NULL,
  TF_STRING,
  TF_NUMBER,
  TF_BOOL,
  TF_LIST,   // element
  TF_SET,    // element
  TF_MAP,    // element
  TF_TUPLE,  // items
  TF_OBJECT, // names and items
  TF_SCHEMA  // an object as a provider's block describes it
} TfTypeKind;

typedef struct TfType {
  TfTypeKind kind;
  const struct TfType *element;
  const Str *names;
  const bool *optional; // OBJECT: which members may be absent; NULL: none
  const struct TfType **items;
  size_t count;
  FactsTfBlock block;
  const char *what; // SCHEMA: for messages
} TfType;

extern const TfType TF_TYPE_ANY, TF_TYPE_NULL, TF_TYPE_STRING, TF_TYPE_NUMBER, TF_TYPE_BOOL;
const TfType *tf_type_of(Arena *arena, TfTypeKind kind, const TfType *element);
const TfType *tf_type_schema(Arena *arena, FactsTfBlock block);
// The type of an attribute; of the value of a nested block.
const TfType *tf_type_fact(Arena *arena, FactsTfType fact);
const TfType *tf_type_nested(Arena *arena, const FactsTfNested *nested);
// What both sides of a conditional or all elements of a list have in common.
const TfType *tf_type_common(const TfType *a, const TfType *b);
// A type as Terraform's messages name it: "list of string".
Str tf_type_name(Arena *arena, const TfType *type);
// Whether a value of type `got` (written as `expr`, may be NULL) can be used where `want` is wanted. False: *why says
// what is required.
bool tf_type_fits(Arena *arena, const TfType *want, const TfType *got, const HclExpr *expr, Str *why);
// The type that a type constraint (`list(object({ … }))`) names.
const TfType *tf_type_constraint(TfModule *module, const HclExpr *expr);

// --- Declarations

typedef enum {
  TF_VARIABLE,
  TF_LOCAL,
  TF_OUTPUT,
  TF_RESOURCE,
  TF_DATA,
  TF_EPHEMERAL,
  TF_MODULE,
  TF_CHECK,
  TF_DECLARATION_KINDS
} TfKind;

typedef enum { TF_UNVISITED, TF_VISITING, TF_VISITED } TfVisit;

typedef struct TfDeclaration {
  TfKind kind;
  Str type, name; // type: of resources and data
  Str address;    // as a reference writes it
  Span span;
  const HclBlock *block; // NULL for locals
  const HclExpr *value;  // of locals
  bool counted, keyed;   // has count; has for_each
  bool has_schema;
  FactsTfBlock schema;
  TfModule *child;          // TF_MODULE: the folder it calls, when it is known
  const TfType *value_type; // once asked
  TfVisit typing, ordering;
  bool derived; // its value comes from a resource: terraform knows its type at plan time only
  VEC(struct TfDeclaration *) uses;
  const struct Json *constant; // of a local: see tf_constant.h
  TfVisit evaluating;
} TfDeclaration;

typedef struct TfProvider {
  Str source, version; // as required_providers say; empty: not said
  Span source_span, version_span;
  bool handed_in; // has configuration_aliases: its configurations come from the caller
} TfProvider;

struct TfModule {
  Arena *arena;
  Diags *diags;
  Sources *sources;
  struct TfProject *project;
  Str folder;
  VEC(const HclBody *) bodies;
  Map names[TF_DECLARATION_KINDS]; // TfDeclaration by name, or "type.name"
  VEC(TfDeclaration *) declarations;
  const HclBlock *requirements; // required_providers
  Map providers;                // TfProvider by local name
  Map configurations;           // "aws", "aws.west": blocks that configure providers
  bool partial;                 // not all of it can be read: what is missing may be declared there
  bool faulty;                  // a file has syntax faults
  bool checked;
};

typedef VEC(const SetFile *) TfFolder;

typedef struct TfProject {
  Arena *arena;
  Diags *diags;
  const FileSet *set;
  Map modules; // TfModule by folder
  Map folders; // TfFolder: the files of the set by folder
  int chain;   // how many declarations wait for each other's types
} TfProject;

// Reads a file; what is wrong with its syntax or format is told.
const HclBody *tf_read_file(TfProject *project, uint32_t file, bool *faulty);
// Whether a finding is to come with a suggestion: not when there are so many that nobody reads them all.
bool tf_suggests(const TfModule *module);
void tf_index_folders(TfProject *project);
// The module of a folder with its declarations, read when first asked for; NULL: there is no such folder.
TfModule *tf_module(TfProject *project, Str folder);
TfDeclaration *tf_declaration(const TfModule *module, TfKind kind, Str name);

Diag *tf_error(TfModule *module, const char *code, Span at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
Diag *tf_warning(TfModule *module, const char *code, Span at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void tf_help(TfModule *module, Diag *on, const char *format, ...) __attribute__((format(printf, 3, 4)));

// --- Expressions

// Names that a for expression or a dynamic block makes.
typedef struct TfLocalName {
  Str name;
  const TfType *type;
  bool derived; // see TfDeclaration
  const struct TfLocalName *outer;
} TfLocalName;

// A template in a file of its own: the names that templatefile() gives it.
typedef struct TfTemplate {
  Map given, used;
  bool open; // it may be given others, too
  Span vars; // what it is given
} TfTemplate;

// Where an expression stands.
typedef struct TfScope {
  TfModule *module;
  TfDeclaration *owner; // whose value depends on it; may be NULL
  const TfLocalName *names;
  bool count, each, self;
  bool lenient;         // inside try() or can(): what fails when evaluated is caught
  bool perhaps;         // in a branch or a loop: not every validation evaluates it
  bool guarded;         // in a branch: its condition may keep away from what is not there
  TfTemplate *template; // NULL: in a module
  bool *derived;        // set when a value comes from a resource; may be NULL
  bool soft;            // what is wrong here shows at plan time only: warnings
  bool constant;        // no references at all
  size_t *references;   // counts the references seen; may be NULL
  const char *constant_why;
} TfScope;

// Checks an expression and gives its type.
const TfType *tf_check_expr(const TfScope *scope, const HclExpr *expr);
// The same; *derived: whether the value comes from a resource, so that `terraform validate` does not know its type.
const TfType *tf_check_derived(const TfScope *scope, const HclExpr *expr, bool *derived);
// A finding about types: an error, or a warning where only a plan can show it.
Diag *tf_mismatch(const TfScope *scope, bool derived, const char *code, Span at, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
// Checks an expression that is to be of a type; `what` names it in messages.
void tf_check_value(const TfScope *scope, const HclExpr *expr, const TfType *want, Str what);
// A name in a template (cross_template.c).
const TfType *tf_check_template_name(const TfScope *scope, Str name, Span at);
const TfType *tf_check_reference(const TfScope *scope, const HclExpr *expr);
const TfType *tf_check_call(const TfScope *scope, const HclExpr *expr);
// Whether the file that a call reads is there.
void tf_check_file(const TfScope *scope, const HclExpr *call);
// The type of what a declaration's reference gives.
const TfType *tf_declared_type(TfDeclaration *declaration, TfModule *module);
// Follows steps from a value's type.
const TfType *tf_check_steps(const TfScope *scope, const TfType *type, const HclStep *steps, size_t count);

// --- Blocks

// A block of a provider's schema: arguments, nested blocks, dynamic blocks. `what` names it; `sure`: see
// tf_find_schema; `skip` (NULL-terminated, or NULL) are names that the language itself has there.
void tf_check_schema(const TfScope *scope, const HclBody *body, FactsTfBlock schema, Str what, bool sure,
                     const char *const *skip);
// Blocks of the language itself.
void tf_check_language(TfModule *module, const HclBlock *block);
void tf_check_resource(TfModule *module, TfDeclaration *declaration);
// A reference to a configuration of a provider: aws.west.
void tf_check_configuration(TfModule *module, const HclExpr *value);
// The expression behind parentheses and local.NAME, followed as long as it is one.
const HclExpr *tf_resolved(const TfModule *module, const HclExpr *expr);
// Checks what a heredoc or jsonencode() holds as a file of that kind ("asl"); `express`: see ValidateOptions.
void tf_check_document(TfModule *module, const HclExpr *expr, Str kind, bool express);
// The provider's rules about values; `sure`: see tf_find_schema.
void tf_check_rules(TfModule *module, const TfDeclaration *declaration, bool sure);
// Finds the folder that a call names.
void tf_find_child(TfModule *module, TfDeclaration *call);
void tf_check_module_call(TfModule *module, TfDeclaration *declaration);
void tf_check_cycles(TfModule *module);
// The schema of a resource or data source type, as the module's providers have it. `sure`: the tables hold the version
// that the module asks for.
typedef enum { TF_SCHEMA_FOUND, TF_SCHEMA_MISSING, TF_SCHEMA_UNKNOWN_PROVIDER } TfSchemaAnswer;
TfSchemaAnswer tf_find_schema(const TfModule *module, const TfDeclaration *declaration, FactsTfBlock *schema,
                              bool *sure);
// The provider of that name in the tables; its name is empty when there is none.
FactsTfProvider tf_provider_named(Str name);
// Whether a version satisfies a constraint ("~> 5.0, != 5.3.1"); *valid: whether it is one.
bool tf_version_fits(Str constraint, Str version, bool *valid);
