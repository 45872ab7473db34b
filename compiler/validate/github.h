// The inside of the GitHub Actions validator: the workflow's jobs, expressions, and the groups of rules. Codes V4xxx.
#pragma once
#include "validate/shape.h"
#include "validate/validate.h"

typedef struct GithubJob {
  Str id;
  Span at; // of its key
  const Yaml *node;
  bool calls;    // a reusable workflow
  Map steps;     // lower-case id -> the id's node
  uint8_t visit; // of the walk over needs
} GithubJob;

typedef struct Github {
  Arena *arena;
  Diags *diags;
  Sources *sources;
  uint32_t file;
  const Yaml *root;
  Map jobs; // lower-case id -> GithubJob
  ShapeSet shapes;
  bool unsecure; // it allows the runner's old commands
} Github;

// The value of a key whatever its case, or NULL (ids, keys and functions of GitHub do not know upper from lower case).
const Yaml *github_get(const Yaml *node, Str key);

// --- github_jobs.c: ids, needs, steps
void github_collect_jobs(Github *g);
void github_check_jobs(Github *g, ShapeCheck *check);
// --- github_runner.c: labels of runners, shells, inputs of well-known actions
void github_check_runners(Github *g);
// --- github_matrix.c: what a matrix excludes
void github_check_matrix(Github *g, const Yaml *matrix);
// --- github_values.c, github_events.c: the hooks of the shapes
extern const ShapeHook github_hooks[];
void github_check_cron(ShapeCheck *check, const Yaml *node, Str name);
void github_check_timezone(ShapeCheck *check, const Yaml *node, Str name);
void github_check_dispatch_input(ShapeCheck *check, const Yaml *node, Str name);
void github_check_call_input(ShapeCheck *check, const Yaml *node, Str name);
void github_check_input_count(ShapeCheck *check, const Yaml *node, Str name);

// --- github_expression.c: the expressions `${{ … }}`

typedef enum {
  EXPRESSION_LITERAL,  // null, true, false, a number
  EXPRESSION_STRING,   // text is the decoded string
  EXPRESSION_NAME,     // a context
  EXPRESSION_PROPERTY, // parts[0] . text
  EXPRESSION_INDEX,    // parts[0] [ parts[1] ]
  EXPRESSION_STAR,     // parts[0] . *
  EXPRESSION_CALL,     // text ( parts )
  EXPRESSION_OPERATOR  // text: ! && || == != < <= > >=
} ExpressionKind;

typedef struct Expression Expression;
struct Expression {
  ExpressionKind kind;
  Str text;
  size_t at, end; // in the text that was parsed
  VEC(Expression *) parts;
};

typedef struct ExpressionError {
  size_t at;
  const char *what;
} ExpressionError;

// Parses one expression without its `${{ }}`. NULL: *error says what is wrong.
Expression *github_parse_expression(Arena *arena, Str text, ExpressionError *error);
// The end of the expression that begins at `from` (behind `${{`): the offset of its `}}`, or text.len. Quotes are
// respected.
size_t github_expression_end(Str text, size_t from);

// --- github_contexts.c: where which contexts and functions are available
enum {
  CONTEXT_ENV = 1 << 0,
  CONTEXT_GITHUB = 1 << 1,
  CONTEXT_INPUTS = 1 << 2,
  CONTEXT_JOB = 1 << 3,
  CONTEXT_JOBS = 1 << 4,
  CONTEXT_MATRIX = 1 << 5,
  CONTEXT_NEEDS = 1 << 6,
  CONTEXT_RUNNER = 1 << 7,
  CONTEXT_SECRETS = 1 << 8,
  CONTEXT_STEPS = 1 << 9,
  CONTEXT_STRATEGY = 1 << 10,
  CONTEXT_VARS = 1 << 11,
  FUNCTION_STATUS = 1 << 12, // always, cancelled, success, failure
  FUNCTION_FILES = 1 << 13   // hashFiles
};
// The bit of a context's name, or 0.
unsigned github_context(Str name);
// What is available at a path like "jobs.*.steps.*.run", or 0 when the manual does not say.
unsigned github_available(Str path);
// The names of the contexts in a mask.
Str github_context_names(Arena *arena, unsigned mask);

// --- github_check.c: every expression of the workflow
void github_check_expressions(Github *g);

// What an expression may refer to at a place.
typedef struct ExpressionPlace {
  Str path;       // "jobs.*.steps.*.run"
  GithubJob *job; // or NULL
  const Yaml *node;
  size_t offset; // of the expression in the node's text
  bool script;   // a shell or script reads the result as code
} ExpressionPlace;
// --- github_types.c: properties that cannot be there, untrusted values in scripts
void github_check_properties(Github *g, const ExpressionPlace *place, const Expression *e);
// Complains about a part of the expression at a place.
Diag *github_complain(Github *g, const ExpressionPlace *place, DiagLevel level, const char *code, const Expression *e,
                      const char *format, ...) __attribute__((format(printf, 6, 7)));
