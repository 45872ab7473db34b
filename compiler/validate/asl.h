// What the parts of the ASL validator share: the machine as scopes, states and transitions, and how findings are made.
// Private to compiler/validate/asl*.c.
//
// The passes, in order (asl.c): template placeholders and JSON syntax → fields of every state, which also builds the
// graph and gathers what states read and assign (asl_fields.c and the files it calls) → graph (asl_graph.c) → names
// that are used again (asl_once.c) → variables (asl_variables.c) → shapes of the data between states (asl_flow.c).
#pragma once
#include "base/map.h"
#include "data/json.h"
#include "validate/template.h"
#include "validate/validate.h"

typedef enum {
  STATE_TASK = 1,
  STATE_PASS = 2,
  STATE_CHOICE = 4,
  STATE_WAIT = 8,
  STATE_SUCCEED = 16,
  STATE_FAIL = 32,
  STATE_PARALLEL = 64,
  STATE_MAP = 128,
  STATE_UNKNOWN = 256,
} StateType;

typedef enum { LANGUAGE_PATH = 1, LANGUAGE_JSONATA = 2 } QueryLanguage;

typedef struct State State;

// A state machine, or one nested in a state: a branch of a Parallel, the processor of a Map.
typedef struct Scope {
  State *owner; // NULL for the outermost
  Str field;    // of the owner: "Branches", "ItemProcessor"
  uint32_t index;
  const Json *json;
  State *states; // in source order
  uint32_t count;
  uint32_t first; // the number of its first state among all states
  State *start;
  bool distributed;   // its states run as child executions
  struct Scope *next; // of all scopes, outer ones first
  struct Scope *sibling;
} Scope;

// A variable that an expression reads. `guarded`: only asked for ($exists), so that it may be missing.
typedef struct VariableRead {
  Str name;
  Span span;
  bool guarded;
  uint32_t number; // of the variable (asl_variables.c); 0: nothing assigns it
} VariableRead;

// The members of an Assign; their variables' numbers are set by asl_variables.c.
typedef struct Assignment {
  const Json *json; // NULL: nothing is assigned
  uint32_t *numbers;
} Assignment;

// A way out of a state.
typedef struct Transition {
  State *to;         // NULL: there is no such state
  const Json *name;  // the string that names it
  const char *field; // "Next", "Default"
  const Json *rule;  // the choice rule or catcher it belongs to, or NULL;
  const char *list;  // then "Choices" or "Catch", and its
  uint32_t index;    // place there
  bool caught;       // from a catcher
  Assignment assign; // on this way
} Transition;

struct State {
  Str name;
  const Json *json;
  uint32_t at; // offset of the name's key
  StateType type;
  QueryLanguage language;
  Scope *scope;
  Scope *inner;      // first of the nested scopes
  Assignment assign; // the state's own
  bool terminal, reached;
  VEC(Transition) ways;
  VEC(VariableRead) reads;
};

typedef struct Asl {
  Arena *arena; // scratch: gone when the file is done
  Diags *diags;
  Sources *sources;
  uint32_t file;
  Str text; // as parsed: placeholders outside strings are replaced (template.c)
  const ValidateOptions *options;
  QueryLanguage language; // of the machine
  Scope *top, *last_scope;
  uint32_t states; // in all scopes so far
  size_t depth;
  size_t faults;  // so far that make the service refuse the state at work; the first one stands at
  uint32_t fault; // this offset
  Map tasks;      // by resource
  Map passed;     // constant arguments that a pattern was matched with
  Map raised;     // error name -> the task that is known to raise it
  size_t hints;   // searches for what is near a wrong name: bounded
} Asl;

// A step of the way from the outermost object to a value; lives on the stack of the walk.
typedef struct Crumb {
  const struct Crumb *up;
  const State *state; // the way begins at a state, or
  const Scope *scope; // at a scope
  Str key;            // a member, or, when empty,
  uint32_t index;     // an item
} Crumb;

static inline Crumb crumb_key(const Crumb *up, Str key) {
  return (Crumb){.up = up, .key = key};
}
static inline Crumb crumb_index(const Crumb *up, uint32_t index) {
  return (Crumb){.up = up, .index = index};
}
static inline Crumb crumb_state(const State *state) {
  return (Crumb){.state = state};
}
static inline Crumb crumb_scope(const Scope *scope) {
  return (Crumb){.scope = scope};
}

// Findings (asl_report.c). `place` is what the service would name as location, NULL for none; a code the service has
// its own code for is cited with it. The level is the code's.
Diag *asl_report(Asl *asl, const char *code, Span span, const Crumb *place, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
Span asl_span(const Asl *asl, const Json *value);
// The span of a member's key.
Span asl_key_span(const Asl *asl, const JsonMember *member);
// Whether there is time to compare a wrong name with `count` others.
bool asl_may_search(Asl *asl, size_t count);
// The span of bytes [from, to) of a string's text, escapes minded.
Span asl_inner_span(const Asl *asl, const Json *string, uint32_t from, uint32_t to);
// The key of the field `name` of an object, or the object itself when there is none.
Span asl_field_span(const Asl *asl, const Json *object, Str name);

// --- The parts

// Builds scopes, states and transitions below `json`, checking every field on the way.
Scope *asl_check_scope(Asl *asl, const Json *json, State *owner, Str field, uint32_t index);

typedef void FieldCheck(Asl *asl, State *state, const Json *value, const Crumb *at);

// Values of fields (asl_values.c).
FieldCheck asl_check_text, asl_check_nothing, asl_check_query_language, asl_check_end, asl_check_seconds,
    asl_check_duration, asl_check_timestamp, asl_check_count, asl_check_percentage, asl_check_error_text,
    asl_check_label;
// Whether `value` has one of `kinds` (bits 1 << JsonKind); reports if not.
bool asl_check_kind(Asl *asl, const Json *value, unsigned kinds, const Crumb *at);
// In a JSONata state: whether `value` is a "{% … %}" string, which it then checks.
bool asl_check_jsonata_text(Asl *asl, State *state, const Json *value, const Crumb *at);
// A whole number of at least `least`, at most `most`.
bool asl_check_integer(Asl *asl, State *state, const Json *value, double least, double most, const Crumb *at);
// A string that is one of `words` (ended by NULL).
void asl_check_word(Asl *asl, const Json *value, const char *const *words, const Crumb *at);

// A field of a fixed object (a retrier, a reader's configuration, …).
typedef struct ObjectField {
  Str name;
  unsigned languages; // QueryLanguage bits
  FieldCheck *check;
} ObjectField;
// Checks the members of an object against its fields; unknown ones are reported.
void asl_check_object(Asl *asl, State *state, const Json *object, const ObjectField *fields, size_t count,
                      const Crumb *at);
// At most one of two fields may stand.
void asl_check_exclusive(Asl *asl, const Json *object, Str a, Str b, const Crumb *at);
// A required field; reports when missing.
const Json *asl_require(Asl *asl, const Json *object, Str name, const Crumb *at);

// Paths, payload templates and expressions (asl_payload.c, asl_expression.c).
FieldCheck asl_check_path, asl_check_path_or_null, asl_check_reference_path, asl_check_result_path,
    asl_check_string_path, asl_check_template, asl_check_static, asl_check_assign, asl_check_items;
// Where an expression stands decides what it may read.
typedef enum { IN_STATE, IN_RESULT, IN_CATCH } ExpressionPlace;
// An object of variables and what is assigned to them.
void asl_check_assignments(Asl *asl, State *state, const Json *value, ExpressionPlace place, const Crumb *at);
// All "{% … %}" strings in a value.
void asl_check_jsonata(Asl *asl, State *state, const Json *value, ExpressionPlace place, const Crumb *at);

// Retry and Catch (asl_retry.c), Choices (asl_choice.c), Map's objects (asl_map.c), Task (asl_task.c).
FieldCheck asl_check_retry, asl_check_catch, asl_check_choices;
FieldCheck asl_check_item_reader, asl_check_item_batcher, asl_check_result_writer;
// Whether a Map that is not distributed has fields of one that is; when its processor is known.
void asl_check_mode(Asl *asl, const State *state);
FieldCheck asl_check_resource, asl_check_credentials;
// What is known of the task's resource, or NULL.
const struct FactsTask *asl_task_of(Asl *asl, const State *state);
// The integration that the resource names, and the errors that Retry and Catch name (asl_integration.c).
void asl_check_integration(Asl *asl, State *state, const Crumb *at);
void asl_check_raised(Asl *asl, State *state);
// Parameters and Arguments against the API (asl_arguments.c).
void asl_check_arguments(Asl *asl, State *state, const Crumb *at);
// After all fields of the state.
void asl_check_task(Asl *asl, State *state, const Crumb *at);

// Adds a way out; its target is found when the scope is complete.
void asl_add_way(Asl *asl, State *state, Transition way);

// The passes over the graph.
void asl_check_graph(Asl *asl);
// Names that a retry or another round would use again (asl_once.c).
void asl_check_once(Asl *asl);
void asl_check_variables(Asl *asl);
void asl_check_flow(Asl *asl);
