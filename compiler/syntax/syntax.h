// The syntax tree of .mlops files: what was written, with a span on every node and nothing resolved.
// grammar/README.md is the reference of the language; grammar/mlops.y builds these nodes.
#pragma once
#include "base/map.h"
#include "source/source.h"

typedef struct Expr Expr;
typedef struct TypeExpr TypeExpr;
typedef struct Stmt Stmt;

// A word of the source with its place: names, field names, verbs of events.
typedef struct Word {
  Str text;
  Span span;
} Word;

// ---------------------------------------------------------------- expressions

typedef enum {
  EXPR_ERROR,         // a fault was reported here; it is to be passed over in silence
  EXPR_NULL,          //
  EXPR_BOOL,          // number: 0 or 1
  EXPR_NUMBER,        // number, unit; text: as written
  EXPR_STRING,        // parts: pieces of text and expressions, in order; "" has none
  EXPR_NAME,          // name
  EXPR_MEMBER,        // left.name
  EXPR_INDEX,         // left[right]
  EXPR_SLICE,         // left[right..third]; either bound may be NULL
  EXPR_CALL,          // left(fields)
  EXPR_NOT,           // not left
  EXPR_NEGATE,        // -left
  EXPR_BINARY,        // left op right
  EXPR_TEST,          // left?
  EXPR_ASSERT,        // left!
  EXPR_LIST,          // items
  EXPR_OBJECT,        // fields
  EXPR_COMPREHENSION, // [left for name in right if third]; third may be NULL
  EXPR_MATCH,         // match left { patterns -> value, else -> value }
  EXPR_RANGE,         // left..right: only where `for` takes it
  EXPR_ASL,           // asl { … }: a raw state; left: its object
  EXPR_EVERYWHERE,    // left in all accounts
  EXPR_EITHER,        // left | right: alternatives of a type
  EXPR_JSONATA        // jsonata "…": a raw expression; left: its string
} ExprKind;

typedef enum { UNIT_NONE, UNIT_SECONDS, UNIT_BYTES, UNIT_PERCENT, UNIT_PER_SECOND } Unit;

typedef enum {
  OP_ADD,
  OP_SUBTRACT,
  OP_MULTIPLY,
  OP_DIVIDE,
  OP_EQUAL,
  OP_UNEQUAL,
  OP_LESS,
  OP_LESS_EQUAL,
  OP_GREATER,
  OP_GREATER_EQUAL,
  OP_AND,
  OP_OR,
  OP_DEFAULT // ??
} Operator;

// A piece of a string: text (escapes resolved) or, where `expr` is set, ${expr}.
typedef struct StringPart {
  Str text;
  Expr *expr;
} StringPart;

// `name: value`, `"name": value`, `name` alone (shorthand for name: name) or `...value` (spread; the name is empty).
// As an argument of a call: positional where the name is empty and spread is off.
typedef struct Field {
  Word name;
  Expr *value;
  bool shorthand, spread;
  bool in_type; // only a type has it: `name?: T` (the value is a test), `[string]: T` (map)
  bool map;
} Field;

// An arm of a match: `patterns -> value` or `patterns -> body`; `else` has no patterns.
typedef struct Arm {
  struct {
    Expr **at;
    size_t len;
  } patterns;
  Expr *value; // in an expression
  Stmt *body;  // in a statement: the first of its list (NULL for {})
  Span span;
} Arm;

typedef struct ExprList {
  Expr **at;
  size_t len;
} ExprList;
typedef struct FieldList {
  Field *at;
  size_t len;
} FieldList;
typedef struct ArmList {
  Arm *at;
  size_t len;
} ArmList;

struct Expr {
  ExprKind kind;
  Span span;
  Operator op;
  Unit unit;
  double number; // seconds, bytes, a fraction (5% is 0.05), or per second where there is a unit
  Str text;      // EXPR_NUMBER: as written
  Word name;
  Expr *left, *right, *third;
  struct {
    StringPart *at;
    size_t len;
  } parts;
  ExprList items;
  FieldList fields;
  ArmList arms;
};

// ---------------------------------------------------------------- types

typedef enum {
  TYPE_ERROR,
  TYPE_NAME, // string, number, bool, date, any, duration, …; a `type`; a kind; a table; dotted names keep their dots
  TYPE_LITERAL, // "Y", 5, true: one value as a type
  TYPE_UNION,   // items: A | B
  TYPE_LIST,    // [item]
  TYPE_OBJECT,  // { fields }
  TYPE_MAP      // { [string]: item }
} TypeKind;

// `name: type`, `name?: type`, or `...type` (the name is empty): the fields of another object type.
typedef struct TypeField {
  Word name;
  TypeExpr *type;
  bool optional;
} TypeField;

struct TypeExpr {
  TypeKind kind;
  Span span;
  Word name;
  Expr *value;    // TYPE_LITERAL
  TypeExpr *item; // TYPE_LIST, TYPE_MAP
  struct {
    TypeExpr **at;
    size_t len;
  } items;
  struct {
    TypeField *at;
    size_t len;
  } fields;
};

// A parameter: `name: type`, `name?: type`, `name: type = default`, each with an optional "doc" string behind.
typedef struct Parameter {
  Word name;
  TypeExpr *type; // NULL: any
  bool optional;
  Expr *value; // the default, or NULL
  Str doc;
} Parameter;

// ---------------------------------------------------------------- statements and declarations

// What each kind of statement uses of Stmt stands behind it.
typedef enum {
  STMT_ERROR,
  // Declarations.
  STMT_USE,       // use "string"
  STMT_DECLARE,   // WORD NAME(params) -> returns { fields; body: `on` statements inside }   (name may be a string)
  STMT_PARAM,     // param NAME: returns = value "string"
  STMT_OUTPUT,    // output NAME = value "string"
  STMT_TYPE,      // type NAME = returns
  STMT_KIND,      // kind NAME(params) { body }
  STMT_STEP,      // step NAME(params) -> returns { body }
  STMT_FLOW,      // flow NAME(params) -> returns { body } catch handler { other }
  STMT_RESOURCE,  // resource WORD NAME { fields }
  STMT_DATA,      // data WORD NAME { fields }
  STMT_FILE,      // file value WORD second: `file "path" yaml { … }`, `file "path" text "…"`
  STMT_TERRAFORM, // terraform """value"""
  STMT_TEST,      // test value { body }   (value: a string; name: its text as far as it is written)
  STMT_ON, // on WORD items… in second -> targets; items: the event's words (as names), strings, other arguments;
           // params where the event has (name: type = default, …)
  // Inside kinds.
  STMT_MEMBER,  // member NAME = value
  STMT_GRANT,   // grant NAME: items (actions) on others (resources) if value
  STMT_ADD,     // add NAME: value on second (the declaration that gets it)
  STMT_EVENT,   // event NAME(params) { body }
  STMT_REQUIRE, // require value, second
  STMT_README,  // readme value second
  STMT_COMMAND, // command NAME(params) = value
  // Flow statements (let, if, for and match also inside kinds; let, if and for inside tests; for around them).
  STMT_LET,      // let NAME = value
  STMT_SET,      // set NAME = value
  STMT_CALL,     // [NAME "label" =] value clauses; mode
  STMT_IF,       // if value { body } else { other }   (else if: other is one STMT_IF)
  STMT_MATCH,    // match value { arms }
  STMT_FOR,      // for NAME in value every second { body } else { other }
  STMT_EACH,     // [NAME "label" =] each HANDLER in value with (fields) { body } clauses
  STMT_PARALLEL, // [NAME "label" =] parallel { body: STMT_BRANCH… } clauses
  STMT_BRANCH,   // branch NAME { body }
  STMT_WAIT,     // wait value | wait until second
  STMT_TRY,      // try { body } catch items as handler { other }
  STMT_FAIL,     // fail value, second
  STMT_RETURN,   // return value
  STMT_BREAK,
  // Test statements.
  STMT_RUN,   // run value clauses
  STMT_MOCK,  // mock value: answers   (value: the step's name, dotted perhaps)
  STMT_EXPECT // expect …
} StmtKind;

typedef enum { CALL_PLAIN, CALL_START, CALL_AWAIT } CallMode;

// retry "A", "B" every D times N backoff X up to D jitter | retry none
typedef struct RetryClause {
  ExprList errors; // empty: every transient error of the call
  Expr *every, *times, *backoff, *most;
  bool jitter, none;
  Span span;
} RetryClause;

// The clauses behind a call. `timeout none` is the name `none`.
typedef struct Clauses {
  struct {
    RetryClause *at;
    size_t len;
  } retries;
  Expr *timeout, *heartbeat, *role, *name, *needs;
} Clauses;

// A target of an event: `callee(args) if condition name "…"`.
typedef struct Target {
  Expr *call; // a name, a member or a call
  Expr *condition, *name;
  Span span;
} Target;

// One answer of a mock: [after D] (value | fails error, cause | never) [N times | once | twice] [, then …].
typedef struct Answer {
  Expr *after, *value, *error, *cause;
  bool never;
  Expr *times; // NULL: once, or for ever when it is the last
  Span span;
} Answer;

typedef enum {
  EXPECT_SUCCEEDED,
  EXPECT_FAILED, // value: error name, second: cause; both may be NULL
  EXPECT_TIMED_OUT,
  EXPECT_ABORTED,
  EXPECT_PATH,    // items: names in order
  EXPECT_VISITED, // items; negated: not visited
  EXPECT_TRUE     // value: a condition over `output`, `elapsed`, `calls(STEP)` and, where has_argument, `argument
                  // STEP.path`
} ExpectKind;

struct Stmt {
  StmtKind kind;
  Span span;
  Stmt *next;                      // in its list
  Word word, name, label, handler; // empty text: not written
  bool named_by_string, has_params, has_argument, negated;
  bool faulty;     // STMT_DECLARE: some of its fields could not be read
  bool has_catch;  // STMT_FLOW: `catch` was written; its error names are in items
  Str string, doc; // doc: the comment lines straight above a declaration, without "# "
  struct {
    Parameter *at;
    size_t len;
  } params;
  TypeExpr *returns;
  Expr *value, *second;
  FieldList fields;
  ExprList items, others;
  ArmList arms;
  struct {
    Target *at;
    size_t len;
  } targets;
  struct {
    Answer *at;
    size_t len;
  } answers;
  Stmt *more;         // STMT_TRY, STMT_FLOW: the next `catch` of the same body, a STMT_TRY without one
  Stmt *body, *other; // the first of each list; STMT_DECLARE: `other` is what stands where fields should
  CallMode mode;
  Clauses clauses;
  ExpectKind expect;
};

// A parsed file.
typedef struct SyntaxFile {
  uint32_t file;
  Stmt *items; // the first
  Map lost;    // words of what could not be read (Str -> itself): what they name is not known, which is no news
} SyntaxFile;

// Parses a registered file. Reports every fault it can find (E00xx) without echoes and returns what it understood,
// never NULL; nodes live in `arena`. Nesting is bounded.
SyntaxFile *syntax_parse(Arena *arena, Sources *sources, uint32_t file, Diags *diags);

// Rewrites a text in the canonical layout, comments kept. False when it does not parse (the faults are reported).
// Formatting a formatted text changes nothing.
bool syntax_format(Arena *arena, Sources *sources, uint32_t file, Diags *diags, Str *formatted);
