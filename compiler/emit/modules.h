// `layout: modules`: resources in folders of their own, by concern.
#pragma once
#include "emit/internal.h"

// A resource, a data source or a `moved` block of the flat layout.
typedef struct ModuleNode {
  Str address;    // "aws_s3_bucket.data", "data.aws_region.current"; of a moved block, what it moves to
  Str type, name; // of the resource
  HclBlock *block;
  bool reads;    // it reads anything: a variable, another node
  size_t module; // its place among the modules; NO_MODULE: copied to where it is read
  struct {
    size_t *at;
    size_t len, room;
  } needs; // nodes that it refers to
} ModuleNode;

#define NO_MODULE SIZE_MAX

typedef struct Modules {
  Emitter *e;
  VEC(Str) names; // of the modules, in the order in which they came up
  VEC(ModuleNode) nodes;
  Map by_address; // address -> ModuleNode's number + 1, as a pointer
} Modules;

// The number of a node, or NO_MODULE.
size_t module_node(const Modules *m, Str address);
// What a reference names: "aws_x.y" or "data.aws_x.y" of aws_x.y.arn[0]; *steps: how many of its steps that takes.
// Empty: no resource.
Str module_address(Modules *m, const HclExpr *access, size_t *steps);
// How many `items` an expression has that are expressions of their own.
size_t module_items(const HclExpr *expr);
// Takes resources and data sources out of the bodies, and finds what each needs.
void modules_take(Modules *m);

// Gives every node its module so that no two modules need each other (modules_assign.c).
void modules_assign(Modules *m);

// Takes the resources out of the bodies of the flat layout, puts them into modules, and wires these up in the root.
void emit_modules(Emitter *e);
