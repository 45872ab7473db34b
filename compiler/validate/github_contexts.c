// Where which contexts and special functions are available ("Contexts reference", Context availability).
#include "validate/github.h"

enum {
  ALWAYS = CONTEXT_GITHUB | CONTEXT_INPUTS | CONTEXT_VARS,
  JOB_LEVEL = ALWAYS | CONTEXT_NEEDS | CONTEXT_STRATEGY | CONTEXT_MATRIX,
  RUNNING = JOB_LEVEL | CONTEXT_JOB | CONTEXT_RUNNER | CONTEXT_ENV | CONTEXT_SECRETS,
  STEP = RUNNING | CONTEXT_STEPS | FUNCTION_FILES,
  CREDENTIALS = JOB_LEVEL | CONTEXT_ENV | CONTEXT_SECRETS
};

typedef struct Row {
  Str path; // a place is under the longest path that it begins with
  unsigned available;
} Row;

static const Row rows[] = {
    {STR_INIT("run-name"), ALWAYS},
    {STR_INIT("concurrency"), ALWAYS},
    {STR_INIT("env"), ALWAYS | CONTEXT_SECRETS},
    {STR_INIT("on.workflow_call.inputs.*.default"), ALWAYS},
    {STR_INIT("on.workflow_call.outputs.*.value"), ALWAYS | CONTEXT_JOBS},
    {STR_INIT("jobs.*.name"), JOB_LEVEL},
    {STR_INIT("jobs.*.if"), ALWAYS | CONTEXT_NEEDS | FUNCTION_STATUS},
    {STR_INIT("jobs.*.runs-on"), JOB_LEVEL},
    {STR_INIT("jobs.*.concurrency"), JOB_LEVEL},
    {STR_INIT("jobs.*.container"), JOB_LEVEL},
    {STR_INIT("jobs.*.container.credentials"), CREDENTIALS},
    {STR_INIT("jobs.*.container.env"), RUNNING},
    {STR_INIT("jobs.*.continue-on-error"), JOB_LEVEL},
    {STR_INIT("jobs.*.defaults.run"), JOB_LEVEL | CONTEXT_ENV},
    {STR_INIT("jobs.*.env"), JOB_LEVEL | CONTEXT_SECRETS},
    {STR_INIT("jobs.*.environment"), JOB_LEVEL},
    {STR_INIT("jobs.*.environment.url"), (RUNNING & ~(unsigned)CONTEXT_SECRETS) | CONTEXT_STEPS},
    {STR_INIT("jobs.*.outputs"), RUNNING | CONTEXT_STEPS},
    {STR_INIT("jobs.*.secrets"), JOB_LEVEL | CONTEXT_SECRETS},
    {STR_INIT("jobs.*.services"), JOB_LEVEL},
    {STR_INIT("jobs.*.services.*.credentials"), CREDENTIALS},
    {STR_INIT("jobs.*.services.*.env"), RUNNING},
    {STR_INIT("jobs.*.snapshot"), JOB_LEVEL},
    {STR_INIT("jobs.*.strategy"), ALWAYS | CONTEXT_NEEDS},
    {STR_INIT("jobs.*.timeout-minutes"), JOB_LEVEL},
    {STR_INIT("jobs.*.with"), JOB_LEVEL},
    {STR_INIT("jobs.*.steps.*.if"), (STEP & ~(unsigned)CONTEXT_SECRETS) | FUNCTION_STATUS},
    {STR_INIT("jobs.*.steps.*"), STEP},
};

static const struct {
  Str name;
  unsigned bit;
} contexts[] = {{STR_INIT("env"), CONTEXT_ENV},           {STR_INIT("github"), CONTEXT_GITHUB},
                {STR_INIT("inputs"), CONTEXT_INPUTS},     {STR_INIT("job"), CONTEXT_JOB},
                {STR_INIT("jobs"), CONTEXT_JOBS},         {STR_INIT("matrix"), CONTEXT_MATRIX},
                {STR_INIT("needs"), CONTEXT_NEEDS},       {STR_INIT("runner"), CONTEXT_RUNNER},
                {STR_INIT("secrets"), CONTEXT_SECRETS},   {STR_INIT("steps"), CONTEXT_STEPS},
                {STR_INIT("strategy"), CONTEXT_STRATEGY}, {STR_INIT("vars"), CONTEXT_VARS}};
enum { CONTEXTS = sizeof contexts / sizeof *contexts };

unsigned github_context(Str name) {
  for (size_t i = 0; i < CONTEXTS; i++) {
    if (str_eq_ignoring_case(name, contexts[i].name)) return contexts[i].bit;
  }
  return 0;
}

unsigned github_available(Str path) {
  const Row *best = NULL;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const Row *row = &rows[i];
    bool under = str_starts(path, row->path) && (path.len == row->path.len || path.at[row->path.len] == '.');
    if (under && (!best || row->path.len > best->path.len)) best = row;
  }
  return best ? best->available : 0;
}

Str github_context_names(Arena *arena, unsigned mask) {
  Buf out = {.arena = arena};
  for (size_t i = 0; i < CONTEXTS; i++) {
    if (mask & contexts[i].bit) buf_fmt(&out, "%s%.*s", out.len ? ", " : "", STR_ARG(contexts[i].name));
  }
  return buf_text(&out);
}
