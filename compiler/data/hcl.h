// HCL 2 (the language of Terraform) as a plain-data tree: bodies of attributes and blocks, expressions with templates.
// The reader gives every node its place; emitters build the same tree with data/hcl_write.h.
#pragma once
#include "source/source.h"

typedef struct HclExpr HclExpr;
typedef struct HclBody HclBody;

// --- Expressions

typedef enum {
  HCL_INVALID,      // a faulty expression was here; a finding says what was wrong
  HCL_NULL,         //
  HCL_BOOL,         // truth
  HCL_NUMBER,       // text: the source text of the number
  HCL_STRING,       // text: the decoded string, without any interpolation
  HCL_TEMPLATE,     // items: HCL_STRING literals and interpolated expressions, HCL_TEMPLATE_IF and _FOR
  HCL_TEMPLATE_IF,  // items: condition, then (a template), else (a template; may be absent)
  HCL_TEMPLATE_FOR, // loop; its value is a template
  HCL_TUPLE,        // items
  HCL_OBJECT,       // members
  HCL_NAME,         // text: the first name of a reference: aws_sns_topic, var, each, …
  HCL_ACCESS,       // items[0] followed by steps: .name [index] .* [*]
  HCL_CALL,         // text: the function's name; items: its arguments; spread: the last one stands before `...`
  HCL_UNARY,        // operator and items[0]
  HCL_BINARY,       // operator and two items
  HCL_CONDITIONAL,  // items: condition, then, else
  HCL_FOR,          // loop: [for …] or {for …}
  HCL_PAREN         // items[0] in parentheses
} HclKind;

typedef enum {
  HCL_OR,
  HCL_AND,
  HCL_EQUAL,
  HCL_UNEQUAL,
  HCL_LESS,
  HCL_LESS_EQUAL,
  HCL_GREATER,
  HCL_GREATER_EQUAL,
  HCL_ADD,
  HCL_SUBTRACT,
  HCL_MULTIPLY,
  HCL_DIVIDE,
  HCL_REMAINDER,
  HCL_NOT,   // unary
  HCL_NEGATE // unary
} HclOperator;

typedef enum { HCL_STEP_NAME, HCL_STEP_INDEX, HCL_STEP_SPLAT_NAMES, HCL_STEP_SPLAT } HclStepKind;

// One step of an access: .name, [index] (also the old .0, then `index` is a number), .* (splat over names), [*].
typedef struct HclStep {
  HclStepKind kind;
  Span span;
  Str name;
  HclExpr *index;
} HclStep;

// A member of an object. A bare name or plain string as key is an HCL_STRING (`bare` tells them apart); any other
// expression stands as it is.
typedef struct HclMember {
  HclExpr *key, *value;
  bool bare;
} HclMember;

// A for expression or a %{ for } directive: for key, item in in : [result_key =>] result [...] [if condition].
typedef struct HclLoop {
  Str key, item; // key is empty when only one name is given
  HclExpr *in, *result_key, *result, *condition;
  bool object, group; // {for …}; with `...` behind the result
} HclLoop;

struct HclExpr {
  uint8_t kind, operation; // HclKind, HclOperator
  bool truth;              // of HCL_BOOL
  bool spread;             // HCL_CALL: the last argument is expanded
  bool heredoc, flush;     // HCL_STRING, HCL_TEMPLATE: written as <<MARK, as <<-MARK
  uint16_t depth;          // how deep the tree below is: bounded by HCL_DEPTH_MOST
  uint32_t count;          // of items, members or steps
  Span span;
  Str text;
  HclExpr **items;
  union {
    HclMember *members;
    HclStep *steps;
    HclLoop *loop;
  };
};

// --- Bodies

typedef struct HclAttribute {
  Str name, comment; // comment: the lines above it, without their marks; empty when there are none
  Span name_span;
  HclExpr *value;
} HclAttribute;

typedef struct HclLabel {
  Str text; // decoded
  Span span;
} HclLabel;

typedef struct HclBlock {
  Str type, comment;
  Span type_span;
  HclLabel *labels;
  size_t label_count;
  HclBody *body;
} HclBlock;

// What stands in a body: an attribute, a block, or (both NULL, only in trees for writing) an empty line.
typedef struct HclItem {
  HclAttribute *attribute;
  HclBlock *block;
} HclItem;

struct HclBody {
  Arena *arena;
  VEC(HclItem) items; // in source order
  Span span;          // with its braces; of a file: all of it
};

enum { HCL_DEPTH_MOST = 500 }; // deeper nesting of brackets or operators is refused

// --- Reading

// Reads a registered file as an HCL body. What is wrong goes to `diags` (codes V2001…V2099) and reading goes on behind
// it; the tree holds what could be understood, never NULL. Text is shared with the source. Linear in time.
HclBody *hcl_read(Arena *arena, Diags *diags, const Sources *sources, uint32_t file);

// The same for a text that is one expression; HCL_INVALID (with findings) when it is none.
HclExpr *hcl_read_expr(Arena *arena, Diags *diags, const Sources *sources, uint32_t file);

// --- Looking

// The last attribute of that name in a body, or NULL.
const HclAttribute *hcl_attribute(const HclBody *body, Str name);
// Whether a block (NULL: no) is of a type and has so many labels.
bool hcl_is_block(const HclBlock *block, const char *type, size_t labels);
// The text of a plain string expression; false when `expr` is no such thing (NULL, a reference, a template, …).
bool hcl_plain_string(const HclExpr *expr, Str *text);
// Whether `name` is an ASCII identifier of HCL (letters, digits, `_`, `-`, not beginning with a digit or `-`).
bool hcl_is_name(Str name);

// --- Formatting

// Formats a text byte for byte as `terraform fmt` 1.11 does. False: it is not HCL, *out is the text as it was.
bool hcl_format(Arena *arena, Str text, Str *out);
// The same for a text that was read without a fault: `body` is what hcl_read gave.
Str hcl_format_read(Arena *arena, Str text, const HclBody *body);
