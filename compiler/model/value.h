// Values of the language: what an expression means once names are resolved and everything known at compile time has
// been computed. What is known later stays as a small typed tree, which each emitter renders in its own tongue: HCL for
// deploy time, paths of an event or variables of a CI system for event time, JSONata for run time.
#pragma once
#include "source/source.h"
#include "syntax/syntax.h"

// When a value is known. A value may be used where its time is not later than the place needs.
typedef enum { TIME_COMPILE, TIME_DEPLOY, TIME_EVENT, TIME_RUN } Time;

typedef struct Value Value;
typedef struct Type Type;

typedef enum {
  VALUE_MISSING,   // nothing: null, an absent field
  VALUE_BOOL,      // truth
  VALUE_NUMBER,    // number, unit; text where it was written
  VALUE_STRING,    // text
  VALUE_LIST,      // items
  VALUE_OBJECT,    // members (a maybe-missing value of a member is left out where it is missing)
  VALUE_TEMPLATE,  // items, joined as text
  VALUE_OPERATION, // op over items (1 or 2): see ValueOp
  VALUE_CHOICE,    // items[0] is a condition: then items[1], else items[2]
  VALUE_CALL,      // function `text` of the language's table over items
  VALUE_MEMBER,    // items[0].text
  VALUE_INDEX,     // items[0][items[1]]
  VALUE_SLICE,     // items[0][items[1]..items[2]]
  VALUE_EACH,      // [items[1] for text in items[0] if items[2]]; inside, VALUE_LOCAL of that name
  VALUE_LOCAL,     // the loop variable of a VALUE_EACH: text
  VALUE_TERRAFORM, // deploy time: a Terraform reference or expression, text ("aws_s3_bucket.data.arn", "var.prefix")
  VALUE_EVENT,     // event time: text is the event's path ("$.time") or the CI system's name for it ("short_sha")
  VALUE_VARIABLE,  // run time: a variable of the flow, text (without "$")
  VALUE_INPUT,     // run time: the execution's input
  VALUE_JSONATA,   // run time: raw JSONata, text
  VALUE_RAW,       // run time: raw JSONata, text; items are the values it reads: a VALUE_VARIABLE as it is, a
                   // VALUE_CALL whose text is the name its one item is bound to
  VALUE_DECLARED   // something declared, which is no data: entity
} ValueKind;

typedef enum { VALUE_NOT, VALUE_NEGATE, VALUE_TEST, VALUE_ASSERT, VALUE_BINARY } ValueOp;

typedef struct ValueMember {
  Str name;
  const Value *value;
  Span span;
} ValueMember;

// Immutable; lives in the compilation's arena; may be shared.
struct Value {
  ValueKind kind;
  Time time;  // the latest of its parts
  bool maybe; // may be missing
  bool truth;
  uint8_t op;      // ValueOp
  Operator binary; // of VALUE_BINARY
  Unit unit;
  double number;
  Str text;
  const Value **items;
  const ValueMember *members;
  size_t count;     // of items or members
  const Type *type; // never NULL
  Span span;
  const void *entity;   // VALUE_DECLARED: what check/ knows of it
  Span missing_because; // where `maybe`: where it is set, if it is
  Span missing_unless;  // and what decides that
};

// ---------------------------------------------------------------- types

typedef enum {
  T_ANY,
  T_STRING,
  T_NUMBER,
  T_BOOL,
  T_DATE,
  T_WORD,
  T_TYPE,
  T_NOTHING,
  T_LITERAL, // value
  T_UNION,   // items
  T_LIST,    // item
  T_MAP,     // item
  T_OBJECT,  // fields; `open`: others may be there
  T_SHAPE,   // an AWS API shape: shape (facts/facts.h)
  T_FORMULA, // arithmetic over things that are no numbers: an object of `text` and `terms`
  T_INSTANCE // an instance of a kind: name (empty: of any)
} TypeTag;

typedef struct TypeMember {
  Str name;
  const Type *type;
  bool optional;
} TypeMember;

// What a spec reads of a value that no type describes: enough to make one up.
typedef struct Seen {
  struct {
    TypeMember *at;
    size_t len, room;
  } members;
  const Type *item; // it is a list of these
  const Type *as;   // it is used as this
  const void *text; // FactsShape: it is used as this text of an API, or NULL
} Seen;

struct Type {
  TypeTag tag;
  bool open;
  Unit unit;   // T_NUMBER: a duration, a size, a percentage
  Str pattern; // T_STRING: what its texts match, whole; empty: anything
  Str name;    // as declared, for messages
  const Value *value;
  const Type *item;
  const Type **items;
  const TypeMember *fields;
  size_t count; // of items or fields
  const void *shape;
  Seen *seen; // T_ANY: kept where an answer may have to be made up
};

// The text of a type for messages: `"Y" | "N"`, `[string]`, `{ name: string }`.
Str type_text(Arena *arena, const Type *type);
// The text of a value for messages: constants as written, others as source-like text.
Str value_text(Arena *arena, const Value *value);
// A member of an object value, or NULL.
const Value *value_member(const Value *object, Str name);
// The same text, in quotes where it is no word.
const char *time_name(Time time); // "at deploy time"
