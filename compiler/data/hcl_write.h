// Building HCL trees and printing them. Emitters say what is meant; quoting, layout and alignment are decided here, so
// that no value can break out of its place and `terraform fmt` has nothing to say.
#pragma once
#include "data/hcl.h"
#include "data/json.h"

// All nodes live in the arena given; strings are kept, not copied. Nodes may be shared between places.

// --- Bodies

// An empty body.
HclBody *hcl_body(Arena *arena);
// Appends `name = value`; a NULL value adds nothing and returns NULL.
HclAttribute *hcl_set(HclBody *body, Str name, HclExpr *value);
// Appends a block and returns it; fill block->body. hcl_add(body, S("resource"), HCL_LABELS(S("aws_s3_bucket"),
// S("data"))). Labels are data: they are quoted as strings are.
HclBlock *hcl_add(HclBody *body, Str type, size_t label_count, const Str *labels);
// Appends an empty line (several are one; blocks are set apart without it).
void hcl_gap(HclBody *body);
// A comment above an attribute or block is set in its `comment` member: lines of plain text without `#`.

#define HCL_LABELS(...)                                                                                                \
  (sizeof((Str[]){__VA_ARGS__}) / sizeof(Str)), (const Str[]) {                                                        \
    __VA_ARGS__                                                                                                        \
  }
#define HCL_NO_LABELS 0, NULL
#define HCL_ITEMS(...)                                                                                                 \
  (sizeof((HclExpr *[]){__VA_ARGS__}) / sizeof(HclExpr *)), (HclExpr *[]) {                                            \
    __VA_ARGS__                                                                                                        \
  }

// --- Values

// Literals.
HclExpr *hcl_null(Arena *arena);
HclExpr *hcl_bool(Arena *arena, bool truth);
HclExpr *hcl_number(Arena *arena, double number);
// A number by its text.
HclExpr *hcl_number_text(Arena *arena, Str text);
// A string that is data: every character comes out of Terraform as it went in (`${`, `%{`, quotes, newlines, …).
HclExpr *hcl_string(Arena *arena, Str text);
// The same value, written as an indented heredoc (<<-MARK) where that gives exactly this text: it ends in a newline,
// has no control character and no line like the mark. Else as hcl_string. For scripts and documents that people read.
HclExpr *hcl_heredoc(Arena *arena, Str text);
// A JSON value as HCL; its strings are data. NULL gives NULL.
HclExpr *hcl_json(Arena *arena, const Json *value);

// A list of `count` items (the array is copied), and one more; an object without members.
HclExpr *hcl_list(Arena *arena, size_t count, HclExpr *const *items);
void hcl_list_add(Arena *arena, HclExpr *list, HclExpr *item);
HclExpr *hcl_object(Arena *arena);
// Appends a member with a key that is data (bare where it is an identifier); a NULL value adds nothing.
void hcl_put(Arena *arena, HclExpr *object, Str key, HclExpr *value);

// --- References and operations. Parentheses are put where precedence asks for them.

// A traversal by its text: "aws_sns_topic.this.arn", "var.x", "module.a.b[0].c", "x[\"k\"]", "aws_subnet.a[*].id". The
// text is the program's own, never a user's: a text of another form is an assertion.
HclExpr *hcl_reference(Arena *arena, Str text);
// `on`.name, `on`[index], `on`[*].
HclExpr *hcl_get(Arena *arena, HclExpr *on, Str name);
HclExpr *hcl_index(Arena *arena, HclExpr *on, HclExpr *index);
HclExpr *hcl_splat(Arena *arena, HclExpr *on);
// name(arguments): hcl_call(arena, S("jsonencode"), HCL_ITEMS(object)).
HclExpr *hcl_call(Arena *arena, Str name, size_t count, HclExpr *const *arguments);
// A string that mixes text (HCL_STRING parts, data) and references: hcl_template(arena, HCL_ITEMS(hcl_string(arena,
// S("proc-")), hcl_reference(arena, S("var.env")))). Nested templates are flattened; no part gives the empty string,
// one part that is a reference gives that reference itself, so wrap it in tostring() where its type matters.
HclExpr *hcl_template(Arena *arena, size_t count, HclExpr *const *parts);
HclExpr *hcl_conditional(Arena *arena, HclExpr *condition, HclExpr *then, HclExpr *otherwise);
HclExpr *hcl_unary(Arena *arena, HclOperator operation, HclExpr *operand);
HclExpr *hcl_binary(Arena *arena, HclOperator operation, HclExpr *left, HclExpr *right);
// [for key, item in in : result if condition], or with `result_key` {for … : result_key => result …}. `key` may be
// empty, `condition` and `result_key` NULL.
HclExpr *hcl_for(Arena *arena, HclLoop loop);

// --- Printing

// The text of a body in canonical format.
Str hcl_print(Arena *arena, const HclBody *body);
// The text of one expression on its own, in canonical format, without a final newline.
Str hcl_print_expr(Arena *arena, const HclExpr *expr);
// Appends `text` with the escapes of a quoted HCL template, without the quotes.
void hcl_escape(Buf *out, Str text);
