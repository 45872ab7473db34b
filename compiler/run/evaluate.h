// What an evaluation sees and how it fails: shared by paths, intrinsic functions, templates, conditions and JSONata.
#pragma once
#include "run/jsonpath.h"

typedef struct Variable {
  Str name;
  const Json *value;
} Variable;

// The variables of an execution, a branch or an iteration; outer ones can be read too.
typedef struct Scope {
  const struct Scope *outer;
  Variable *at;
  uint32_t len, room;
} Scope;

// The value of a variable, or NULL.
const Json *scope_get(const Scope *scope, Str name);

// Why a state failed. `error` and `cause` are strings, NULL where the answer has none.
typedef struct Failure {
  const Json *error, *cause;
  Str location;        // the field whose JSONata failed, for EvaluationFailed
  bool evaluation;     // an EvaluationFailed event tells of it
  bool bare;           // the cause stands alone, without "An error occurred while executing the state …"
  bool heartbeat;      // a States.Timeout for want of a heartbeat: States.HeartbeatTimeout names it, too
  bool final;          // neither Retry nor Catch applies
  bool called;         // a call answered so: what it left out is null to a catcher, else an empty text
  bool entered;        // EvaluationFailed follows the state's entry (else what was before it)
  const char *refused; // a code: what is asked for is not simulated; `cause` says what it is
} Failure;

typedef struct Evaluation {
  Arena *arena;
  const Json *input;        // "$" and $states.input
  const Json *result;       // $states.result, or NULL
  const Json *error_output; // $states.errorOutput, or NULL
  const Scope *scope;
  // The context object, made when first asked for.
  const Json *(*make_context)(struct Evaluation *);
  void *with;
  const Json *context;
  double now_ms;
  uint64_t *random;
  Failure failure;
} Evaluation;

// Whether a retrier or catcher that names these errors is for a failure.
bool failure_matches(const Str *names, uint32_t count, const Failure *failure);
// An error or a cause as a catcher sees it, where it may be missing.
const Json *failure_text(Arena *arena, const Failure *failure, const Json *text);
// The context object.
const Json *evaluation_context(Evaluation *e);
// Notes a failure (printf text as its cause); returns NULL. The first one stays.
const Json *evaluation_fail(Evaluation *e, Str error, const char *format, ...) __attribute__((format(printf, 3, 4)));
// The value a path leads to, or NULL without a failure. *root is what it was looked up in.
const Json *evaluation_path(Evaluation *e, const Path *path, const Json **root);
// The same for a field of that name: a failure where nothing is found.
const Json *evaluation_field(Evaluation *e, const Path *path, Str field);
// A random number of 64 bits.
uint64_t evaluation_random(uint64_t *state);
// A random (version 4) UUID as text.
Str random_uuid(uint64_t *state, Arena *arena);
