// Checks a tree of arguments against an input shape, as the service would: the compiler on typed arguments, the
// validators on Parameters and Arguments that people wrote, the dry run on evaluated values.
#pragma once
#include "data/json.h"
#include "facts/once.h"

#define FACTS_DEPTH_MOST 200 // deeper arguments are not looked at

typedef enum {
  FACTS_UNKNOWN_MEMBER, // `nearest` may be what was meant
  FACTS_MISSING_MEMBER, // `value` is the object that lacks it
  FACTS_WRONG_TYPE,
  FACTS_OUT_OF_RANGE, // a number, or the length of a string, list or map
  FACTS_BAD_ENUM,
  FACTS_BAD_PATTERN,
  FACTS_NOT_ONE_OF_UNION, // a union with no or several members set
  FACTS_TOO_DEEP,         // arguments nested too deep to check
} FactsFault;

typedef struct FactsFinding {
  FactsFault fault;
  Str path;          // "TrainingJobName", "InputDataConfig[0].DataSource"
  const Json *value; // where the fault is (an unknown member's value, the object that lacks a required one)
  Str member;        // the key, of FACTS_UNKNOWN_MEMBER and FACTS_MISSING_MEMBER
  uint32_t key_at;   // the key's offset in the source, or JSON_NOWHERE
  FactsShape shape;  // of what stands there
  Str nearest;       // did you mean, or empty
  Str message;       // one sentence: "TrainingJobName is 70 characters long, at most 63 are allowed"
} FactsFinding;

// What the caller knows of a leaf that is no constant.
typedef enum {
  FACTS_LEAF_CONSTANT, // check the JSON value itself
  FACTS_LEAF_UNKNOWN,  // nothing is known: skip
  FACTS_LEAF_TYPED,    // the value is not known, but its kind is
} FactsLeaf;

typedef struct FactsCheck {
  Arena *arena; // of paths and messages
  void *with;   // the caller's own
  // Told of every fault, in source order.
  void (*found)(void *with, const FactsFinding *finding);
  // Asked of every value before it is looked at, with its key as written (empty for an element of a list); NULL: all
  // are constants. FACTS_LEAF_TYPED sets *kind to what it will be (JSON_STRING, …; JSON_TRUE: a boolean).
  FactsLeaf (*leaf)(void *with, Str key, const Json *value, JsonKind *kind);
  // The member that a key stands for ("Name.$" is Name); NULL: keys stand for themselves.
  Str (*name)(void *with, Str key);
} FactsCheck;

// What is constant in a state's Parameters (members "X.$" hold paths) and Arguments ("{% … %}" are expressions): for
// `leaf` and `name` of a check.
FactsLeaf facts_leaf_jsonpath(void *with, Str key, const Json *value, JsonKind *kind);
Str facts_name_jsonpath(void *with, Str key);
FactsLeaf facts_leaf_jsonata(void *with, Str key, const Json *value, JsonKind *kind);

// Checks `arguments` (an object, or NULL for none) against `input`. Returns how many faults were told.
size_t facts_check_arguments(const FactsCheck *check, FactsShape input, const Json *arguments);

// The error and cause with which a task fails that is called with such arguments: the service's own words for what the
// service checks, States.Runtime for what Step Functions refuses itself.
typedef struct FactsRefusal {
  Str error, cause;
} FactsRefusal;

// How a call fails that repeats a name which an earlier one took (not for tokens).
FactsRefusal facts_once_refusal(Arena *arena, const FactsTask *task, const FactsOnce *once, Str value);

// Which texts stand for others that nobody knows yet: those may have any form, and be of any type.
typedef struct FactsUnknown {
  bool (*is)(const void *with, Str text);
  const void *with;
} FactsUnknown;

// Checks evaluated arguments as a dry run does (`unknown` may be NULL): false and *refusal filled when the call would
// be refused.
bool facts_accepts(Arena *arena, const FactsTask *task, const Json *arguments, const FactsUnknown *unknown,
                   FactsRefusal *refusal);
