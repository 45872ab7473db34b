// Inside the HCL reader: what the grammar's actions call. Not for others.
#pragma once
#include "data/hcl.h"
#include "base/map.h"
#include "data/hcl_lex.h"
#include "hcl_parse.h"

// What an open bracket holds. LINE: newlines mean nothing; LOOP: so too, and `if` is a keyword.
typedef enum { HCL_IN_BODY, HCL_IN_OBJECT, HCL_IN_LINE, HCL_IN_LOOP } HclPlace;

typedef struct HclOpen {
  HclPlace place;
  int kind;        // the token that opened it; 0 for the file
  uint32_t at;     // where
  bool fresh;      // nothing but newlines in it yet
  bool value;      // BODY: behind the `=` of an argument
  bool lines;      // BODY: a newline followed its `{`
  bool index;      // LINE: a `[` behind an operand
  size_t bodies;   // BODY: how many bodies are open with it
  uint32_t column; // BODY: how far from the margin its first item begins; UINT32_MAX: it has none yet
} HclOpen;

struct HclReader {
  Arena *arena;
  Diags *diags;
  uint32_t file;
  Str text;
  HclLexer lexer;
  VEC(HclOpen) open;          // never empty
  VEC(HclBody *) bodies;      // the last one is being filled
  VEC(Map) names;             // the arguments of each of them
  int first;                  // START_…, until it was given
  HclToken token, before;     // the last token given to the parser and the one before it
  bool loop_names;            // between `for` and its `in`
  uint32_t line_at;           // where the present line begins
  uint32_t item_at;           // where the present item of a body begins
  uint32_t item_column;       // and how far from its line's beginning
  Span comment, item_comment; // the last run of comment lines, and the one directly above the item
  bool resuming;              // behind a fault: skip to where reading can go on
  bool said;                  // what is wrong with this token was said already
  bool stopped;               // nested too deeply, or too many faults: the rest is not read
  size_t faults;
  HclExpr *whole; // START_EXPR: the result
};

// What the parser could have used instead.
typedef struct HclWanted {
  bool expression, newline, colon, comma, endif, endfor;
} HclWanted;

// --- Tokens (hcl_read.c)

// The next token for the parser: its kind, its value and where it stands.
int hcl_lex(HCL_STYPE *value, Span *at, HclReader *r);

// Reading goes on behind a fault.
void hcl_read_resumed(HclReader *r);

// --- Faults (hcl_fault.c)

// The place of [start, end) of the text that is read.
Span hcl_span(const HclReader *r, uint32_t start, uint32_t end);
Str hcl_token_text(const HclReader *r, HclToken token);
// The parser cannot use r->token.
void hcl_fault_syntax(HclReader *r, HclWanted wanted);
// A token that no text of HCL may contain.
void hcl_fault_token(HclReader *r, HclToken token);
// Anything else; returns the finding.
Diag *hcl_fault(HclReader *r, const char *code, Span at, const char *format, ...) __attribute__((format(printf, 4, 5)));
// Reports that values are nested too deeply.
void hcl_fault_depth(HclReader *r, Span at);

// --- Bodies (hcl_tree.c)

// What the parser read: a whole expression; an attribute; a block with its type, labels and body.
void hcl_read_whole(HclReader *r, HclExpr *expr);
void hcl_read_attribute(HclReader *r, Str name, Span at, HclExpr *value);
HclBlock *hcl_read_block(HclReader *r, Str type, Span at);
HclBlock *hcl_read_label(HclReader *r, HclBlock *block, Str label, Span at);
// A label in quotes; `at` with them.
HclBlock *hcl_read_quoted_label(HclReader *r, HclBlock *block, Span at);
void hcl_read_open(HclReader *r, HclBlock *block, Span brace);
void hcl_read_close(HclReader *r, Span brace);

// --- Expressions (hcl_tree.c)

HclExpr *hcl_read_number(HclReader *r, Str text, Span at);
HclExpr *hcl_read_name(HclReader *r, Str text, Span at);
HclExpr *hcl_read_paren(HclReader *r, HclExpr *inner, Span at);
HclExpr *hcl_read_unary(HclReader *r, HclOperator operation, HclExpr *operand, Span at);
HclExpr *hcl_read_binary(HclReader *r, HclOperator operation, HclExpr *left, HclExpr *right);
HclExpr *hcl_read_conditional(HclReader *r, HclExpr *condition, HclExpr *then, HclExpr *otherwise);
HclExpr *hcl_read_access(HclReader *r, HclExpr *on, HclStep step, Span at);
HclStep hcl_read_legacy_index(HclReader *r, Str digits, Span at);
Str hcl_read_qualified(HclReader *r, Str space, Str name);
HclExpr *hcl_read_call(HclReader *r, Str name, HclExpr *list, bool spread, Span at);
// Appends to a list (NULL: a new one).
HclExpr *hcl_read_item(HclReader *r, HclExpr *list, HclExpr *item);
HclExpr *hcl_read_tuple(HclReader *r, HclExpr *list, Span at);
HclExpr *hcl_read_member(HclReader *r, HclExpr *object, HclMember member);
HclExpr *hcl_read_object(HclReader *r, HclExpr *object, Span at);
HclLoop *hcl_read_loop(HclReader *r, Str key, Str item, HclExpr *in);
HclLoop *hcl_read_loop_end(HclReader *r, bool group, HclExpr *condition);
HclExpr *hcl_read_for(HclReader *r, HclLoop *loop, HclExpr *result_key, HclExpr *result, const HclLoop *end, Span at);

// --- Templates (hcl_template.c)

// Appends literal text (with its escapes) to the parts of a template.
HclExpr *hcl_read_text(HclReader *r, HclExpr *parts, Str text, Span at);
HclExpr *hcl_read_template_if(HclReader *r, HclExpr *parts, HclExpr *condition, HclExpr *then, HclExpr *otherwise,
                              Span at);
HclExpr *hcl_read_template_for(HclReader *r, HclExpr *parts, HclLoop *loop, HclExpr *body, Span at);
// Parts as a template of their own.
HclExpr *hcl_read_parts(HclReader *r, HclExpr *parts, Span at);
HclExpr *hcl_read_template(HclReader *r, HclExpr *parts, Span at);
HclExpr *hcl_read_heredoc(HclReader *r, HclExpr *parts, Span open, Span at);
// The value of quoted text: escapes decoded; faults reported.
Str hcl_read_unescape(HclReader *r, Str text, uint32_t at);
