// What the emitters of CI systems share: values of event time as words of a shell, and outputs of the Terraform.
#pragma once
#include "data/yaml.h"
#include "emit/internal.h"

typedef enum { CI_GITLAB, CI_GITHUB } CiSystem;

// What a CI system knows about the run: `ci.short_sha`. `plain`: its values hold letters, digits, `_`, `-` and `.`
// alone.
typedef struct CiVariable {
  const char *name;
  const char *word[2];       // in a shell of the system, inside double quotes
  const char *expression[2]; // in a condition of the system
  bool plain;
} CiVariable;

// The row of a name, or NULL.
const CiVariable *ci_variable(Str name);

// A CI configuration being emitted.
typedef struct CiJob {
  Emitter *e;
  const Ci *ci;
  CiSystem system;
  const CiRule *rule; // whose actions are being written
  bool needs_json;    // its script calls json()
} CiJob;

// A value of event time as one word of a shell: whatever the values hold, the word is exactly that text. Values of
// deploy time are read from the environment, where outputs of the Terraform are put under their names.
void shell_word(CiJob *job, Buf *out, const Value *value);
// The same for JSON: an object whose strings may hold anything.
void shell_json(CiJob *job, Buf *out, const Value *value);
// Constant text as one word.
void shell_text(Buf *out, Str text);
// The name of an execution: 80 letters, digits, `-`, `_` and `.` at most.
void shell_name(CiJob *job, Buf *out, const Value *value);
// The environment variable that holds a value of event time.
Str ci_environment_name(CiJob *job, const Value *value);
// The functions that the words use, as lines of a shell.
Str shell_functions(const CiJob *job);
// A condition of event time in the expressions of the system.
void ci_condition(CiJob *job, Buf *out, const Value *value);

// The Terraform output that gives the ARN of a flow's state machine; empty when no resource holds its definition.
Str ci_machine_output(Emitter *e, const Flow *flow);
// The environment variable an output is put in.
Str ci_output_variable(Arena *arena, Str output);
// The ARN of a flow's machine where it is known without asking Terraform; else an empty Str. `account` is a shell word.
Str ci_machine_arn(Emitter *e, const Flow *flow, Str account);
// The folder below terraform/ that data sources write archives to, or empty.
Str ci_archive_folder(const Emitter *e);

// A field of the declaration, or NULL; its constant text, or `otherwise`.
const Value *ci_field(const CiJob *job, const char *name);
Str ci_text(const CiJob *job, const char *name, const char *otherwise);
// Reports fields that the system does not know (E0780). `known` ends with NULL.
void ci_check_fields(CiJob *job, const char *const *known);

// The commands that an action runs with the AWS command line: start-execution, invoke. `endpoint`: --endpoint-url too.
Str ci_start_script(CiJob *job, const CiAction *action);
Str ci_invoke_script(CiJob *job, const CiAction *action);

void emit_ci_gitlab(Emitter *e, const Ci *ci);
void emit_ci_github(Emitter *e, const Ci *ci);
