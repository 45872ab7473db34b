// What the validators of a set learn for those that run after them: the trees of files that were read, and documents
// that stand inside of files (a state machine in a heredoc of Terraform), as sources of their own.
#pragma once
#include "base/map.h"
#include "data/hcl.h"
#include "validate/validate.h"

// From `offset` on a document is written as `span` of the file that holds it.
typedef struct Written {
  size_t offset, length;
  Span span;
} Written;

typedef struct Inside {
  const FileKind *kind; // NULL: of none of the table
  uint32_t file;        // the document's own number
  Span whole;           // the expression that holds it
  bool shifted;         // it is a piece of the file as it stands, which begins at `start`
  uint32_t start;
  uint32_t skip; // bytes of it that do not stand in the file, at its beginning
  VEC(Written) written;
} Inside;

typedef struct Learnt {
  Arena *arena;
  Map trees; // of HCL files, by the bytes of their numbers -> HclBody
  VEC(Inside *) inside;
} Learnt;

// The tree of an HCL file, or NULL when none was read so far.
const HclBody *learnt_tree(const Learnt *learnt, uint32_t file);
void learnt_keep(Learnt *learnt, uint32_t file, const HclBody *body);

// What stands behind an expression (parentheses, a local value), or the expression.
typedef const HclExpr *Resolver(const void *with, const HclExpr *expr);

// The document that a heredoc or jsonencode({ … }) holds; what only a plan knows stands in it as a placeholder. It is
// registered as a source, and again at another call for the same expression. NULL: `given` is neither.
const Inside *inside_read(Learnt *learnt, Sources *sources, const HclExpr *given, const FileKind *kind,
                          Resolver *resolve, const void *with);
// A whole file as a template (of templatefile()): what is wrong with its syntax goes to `diags`, with places in a
// source of its own, as those of the expression are. HCL_INVALID when it is none.
const HclExpr *inside_template(Learnt *learnt, Diags *diags, Sources *sources, uint32_t file);
// The document that an expression holds, or NULL when it was not read.
const Inside *inside_of(const Learnt *learnt, const HclExpr *given);
// Moves findings from number `from` on, and their notes, out of the documents to the files that hold these.
void inside_place(const Learnt *learnt, Diags *diags, size_t from);
