// What the emitters of CI systems share: which jobs there are, what they run, which roles they take on.
#pragma once
#include "data/yaml.h"
#include "emit/shell.h"

// The jobs of a CI system, in order.
typedef enum {
  TASK_LINT,    // checks the files
  TASK_PLAN,    // shows what apply would do
  TASK_GATE,    // waits for a person
  TASK_APPLY,   // changes what is deployed
  TASK_RUN,     // a command of what is declared
  TASK_SUMMARY, // tells what is deployed
} CiTaskKind;

typedef struct CiTask {
  CiTaskKind kind;
  Str name;
  Str environment; // or empty
  const CiRule *rule;
  const CiAction *action; // TASK_LINT, TASK_GATE: NULL
  bool optional;          // one of the tasks before it may be left out
} CiTask;

typedef VEC(CiTask) CiTasks;

// A CI configuration being emitted.
typedef struct CiJob {
  Emitter *e;
  const Ci *ci;
  const CiRule *rule; // whose conditions are being written
} CiJob;

// The environments of a rule (one, empty, where there are none); how many.
size_t ci_environments(CiJob *job, const CiRule *rule, Str **names);
// The tasks of a rule behind lint, each environment's after those of the one before: from the second on, what apply
// would do is shown, and a person lets it go on.
void ci_tasks(CiJob *job, const CiRule *rule, CiTasks *tasks);
// The name of a job: VERB, or VERB-ENVIRONMENT.
Str ci_name(CiJob *job, const char *verb, Str environment);
// A condition of event time in the expressions of the system.
void ci_condition(CiJob *job, Buf *out, const Value *value);
// Whether a person may have left the task out.
bool ci_has_condition(const CiAction *action);

// Whether Terraform Cloud plans and applies, not CI; whether nobody says where the state is.
bool ci_applies_elsewhere(const Emitter *e);
bool ci_has_no_state(const Emitter *e);
// Whether GitLab keeps the state: nothing else is said, or its backend without an address.
bool ci_keeps_state(const CiJob *job);
// The script of a task: `terraform init` and so on, or the command's; the outputs of the Terraform that it reads are
// added to `outputs`.
Str ci_init(CiJob *job, Str environment);
Str ci_plan(CiJob *job, Str environment, bool locks); // locks: what is planned is applied at once
Str ci_command(CiJob *job, const CiTask *task, StrList *outputs);
// The text of a summary, as the lines of a shell that print Markdown.
Str ci_summary(CiJob *job);
// mlopsc's own checks, where it is there, and Terraform's; `report`: what becomes of the findings.
Str ci_lint(CiJob *job, const char *report);

// The ARN of the role that a task takes on, with `account` where its account's number stands; empty: none.
Str ci_role(CiJob *job, CiTaskKind kind, Str environment, const char *account);

// A field of the declaration, or NULL; its constant text, or `otherwise`; its seconds, or 0.
const Value *ci_field(const CiJob *job, const char *name);
Str ci_text(const CiJob *job, const char *name, const char *otherwise);
double ci_wait(const CiJob *job);

// The folder below terraform/ that data sources write archives to, or empty.
Str ci_archive_folder(const Emitter *e);

void emit_ci_gitlab(Emitter *e, const Ci *ci);
void emit_ci_github(Emitter *e, const Ci *ci);
