// The compiled form of an expression: a tree of nodes in which paths are flat, variables know their slot, and calls in
// tail position are marked. syntax.c builds it, shape.c gives it its shape, resolve.c finds its variables.
#pragma once
#include "jsonata/jsonata.h"

typedef const Json *Value; // NULL: undefined
typedef struct Node Node;
typedef struct Scope Scope;
typedef struct Signature Signature;
typedef struct Regex Regex;
typedef struct Builtin Builtin;

typedef enum {
  NODE_CONSTANT,    // a string, number, true, false or null
  NODE_NAME,        // a field
  NODE_WILDCARD,    // *
  NODE_DESCENDANT,  // **
  NODE_PARENT,      // %
  NODE_VARIABLE,    // $x
  NODE_CONTEXT,     // $
  NODE_PATH,        // steps
  NODE_ARITHMETIC,  // + - * / %
  NODE_EQUALITY,    // = !=
  NODE_COMPARISON,  // < <= > >=
  NODE_BOOLEAN,     // and or
  NODE_INCLUDES,    // in
  NODE_RANGE,       // ..
  NODE_CONCAT,      // &, of any number of pieces
  NODE_NEGATE,      // - in front
  NODE_ARRAY,       // [ … ]
  NODE_OBJECT,      // { … }
  NODE_CALL,        // f(…)
  NODE_PARTIAL,     // f(?, …)
  NODE_PLACEHOLDER, // the ? of a partial application
  NODE_LAMBDA,      // function(…) { … }
  NODE_CONDITION,   // a ? b : c
  NODE_COALESCE,    // a ?? b
  NODE_DEFAULT,     // a ?: b
  NODE_BLOCK,       // ( … ; … )
  NODE_BIND,        // $x := …
  NODE_APPLY,       // a ~> f
  NODE_TRANSFORM,   // |…|…|
  NODE_REGEX,       // /…/
  NODE_SORT,        // the step made of ^( … )
  // Only between the parser and shape.c:
  NODE_DOT,
  NODE_FILTER,
  NODE_GROUP_BY,
  NODE_ORDER_BY,
  NODE_FOCUS_BIND,
  NODE_INDEX_BIND,
  NODE_KINDS
} NodeKind;

enum {
  NODE_KEEP_ARRAY = 1,     // a[]: one result stays an array
  NODE_KEEP_SINGLETON = 2, // of a path: one of its steps is NODE_KEEP_ARRAY
  NODE_CONS = 4,           // an array constructor at a path's end: it is not flattened
  NODE_TUPLE = 8,          // a step that works on tuples; of a path: its result is a stream of tuples
  NODE_STREAMS = 16,       // of a path: some step works on tuples
  NODE_TAIL = 32,          // a call whose value is the lambda's
  NODE_SIMPLE = 64,        // of a path: only names, perhaps behind a variable; nothing else to do
};

// A list of nodes.
typedef struct Nodes {
  Node **at;
  uint32_t count;
} Nodes;

// The slot of a parent operator while it looks for the step it stands for.
typedef struct Ancestor {
  Str label; // the variable that carries the parent: "!0"
  int level; // how many steps up are still to go
} Ancestor;

// What follows a step: a predicate, or (expression NULL) the binding of the item's position.
typedef struct Stage {
  Node *expression;
  Str index;
  uint32_t slot;
} Stage;

typedef struct Pair {
  Node *key, *value;
} Pair;

// The braces of an object or a grouping.
typedef struct Group {
  Pair *pairs;
  uint32_t count, start, end;
} Group;

// What few nodes have.
typedef struct Extras {
  VEC(Node *) predicates; // of what is no step
  VEC(Stage) stages;      // of a step
  Group *group;
  Str focus, index; // variables bound by @ and #; empty: none
  uint32_t focus_slot, index_slot, ancestor_slot;
  Ancestor *ancestor;
  VEC(Ancestor *) seeking; // parents that look for their step outside of this node (while shaping)
} Extras;

typedef struct SortTerm {
  Node *expression;
  bool descending;
} SortTerm;

typedef struct Lambda {
  Str *parameters;
  uint32_t parameter_count;
  Node *body;
  Signature *signature; // NULL: none
  Scope *scope;
} Lambda;

typedef struct Transform {
  Node *pattern, *update, *remove; // remove may be NULL
  Node *clone;                     // $clone, which the program may hide
} Transform;

#define NO_GLOBAL UINT32_MAX

struct Node {
  uint8_t kind, flags;
  uint8_t op;          // the operator's character; 'l' for <=, 'g' for >=, 'n' for !=, 'a' and 'o' for and, or
  uint16_t depth;      // how deep the tree below is
  uint32_t start, end; // the bytes of the token that names the node
  Extras *extras;
  union {
    Value constant;
    Str name;
    struct {
      Str name;
      uint32_t hint; // the number of the place where the run remembers at which member it was found
    } field;
    struct {
      Node *left, *right, *otherwise; // otherwise: of a condition, may be NULL
    };
    struct {
      Nodes items;  // steps, pieces, array items, block expressions
      Scope *scope; // of blocks and tuple paths; NULL: none
    };
    struct {
      Node *procedure;
      Nodes arguments;
      Node *meant; // $name, when the procedure is the path `name`
    } call;
    struct {
      Str name;
      uint32_t depth, slot; // frames outwards, place in that frame
      uint32_t global;      // or the number of a global
    } variable;
    struct {
      Node *over;
      SortTerm *terms;
      uint32_t count;
    } sort;
    struct {
      Node *over;
      Str name;
    } binding; // @ and #
    struct {
      Node *over;
      Group *group;
    } object;
    Ancestor *ancestor;
    Lambda *lambda;
    Transform *transform;
    Regex *regex;
  };
};

// The names that a frame has slots for.
typedef struct Names {
  Arena *arena;
  VEC(Str) list;
} Names;

struct Scope {
  const Scope *parent;
  Names *names;
};

// A variable that no scope binds: given from outside, or a built-in function.
typedef struct Global {
  Str name;
  Value value; // the built-in function of that name, or NULL
} Global;

struct Jsonata {
  Str source;
  JsonataDialect dialect;
  Node *body;
  Scope *scope;
  VEC(Global) globals;
  uint32_t hint_count;
};

// Calls visit(context, &child) for every direct child; children may be replaced.
void jsonata_node_children(Node *node, void (*visit)(void *context, Node **child), void *context);
