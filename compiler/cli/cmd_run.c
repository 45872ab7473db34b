#include "base/sys.h"
#include "cli/cli.h"
#include "cli/specs.h"
#include "dry/input.h"
#include "dry/refuse.h"
#include "dry/spec.h"
#include "dry/trace.h"
#include "facts/check_arguments.h"
#include "run/api_answer.h"
#include "run/exec.h"
#include "run/folder_s3.h"
#include "run/history.h"
#include "run/instant.h"
#include "run/mock_check.h"
#include "run/mocks.h"
#include "run/steps.h"
#include "run/teststate.h"
#include "run/value.h"

// What a run was asked for on the command line, and the world it is given.
typedef struct Asked {
  Args *args;
  Arena *arena;
  RunOptions options;
  Mocks *mocks;
  Str mocks_path, mocks_text;
  Handlers handlers;
  bool exec;
  Str s3;
  HistoryWriter history;
  bool with_history;
  StepPrinter steps;
  bool with_steps;
  DrySpec spec; // of a run of a spec
  bool strict;  // no answers are made up
  size_t made_up;
  Taken taken;
} Asked;

static const Json *read_json_text(Asked *a, Str path, Str text) {
  JsonError error;
  const Json *value = json_read(a->arena, text, 0, &error);
  if (!value) {
    Sources sources = {.arena = a->arena};
    LineColumn at = source_line_column(&sources, source_add(&sources, path, text), error.at);
    fatal("%.*s:%u:%u: %s", STR_ARG(path), at.line, at.column, error.what);
  }
  return value;
}

static const Json *read_json_file(Asked *a, Str path) {
  return read_json_text(a, path, read_or_exit(a->arena, path));
}

// --- The world

// How far a handler came.
static void tell_unknown(Asked *a, const RunCall *call, Str *why) {
  Str name = call->state->name, unknown = a->handlers.unknown;
  if (a->strict || !a->spec.definition.len) {
    *why = str_fmt(a->arena, "the handler that '%.*s' calls asks %.*s, which nobody here knows", STR_ARG(name),
                   STR_ARG(unknown));
  } else {
    sys_out(2, str_fmt(a->arena,
                       "note: the handler of `%.*s` asks %.*s, which nobody here knows: what it gives is made up\n",
                       STR_ARG(name), STR_ARG(unknown)));
  }
  a->handlers.unknown = (Str){0};
}

// What answers are made up from.
static TraceSetup setup_of(const Asked *a) {
  const DryFlow *inside = a->spec.flows.running;
  return (TraceSetup){.defaults = inside ? inside->defaults : a->spec.defaults,
                      .default_count = inside ? inside->default_count : a->spec.default_count,
                      .items = a->spec.items,
                      .item_count = a->spec.item_count,
                      .region = a->spec.region,
                      .account = a->spec.account};
}

// Who answers a call: a mock, a flow or handler of the spec, or nobody, so that an answer is made up.
static bool somebody_answers(Asked *a, Arena *arena, const RunCall *call, RunAnswer *result, Str *why) {
  bool spec = a->spec.definition.len;
  if (spec && dry_refuses(&a->taken, arena, call, result)) return true;
  if (a->mocks && mocks_answer(a->mocks, arena, call, result, why)) return true;
  DryFlow *flow = dry_flow_started(&a->spec.flows, call);
  if (flow) return dry_flow_answer(&a->spec.flows, flow, &a->options, arena, call, result, why);
  bool ran = a->exec && handlers_answer(&a->handlers, arena, call, result, why);
  // Who sends the token back is somebody else, whatever the handler gives.
  bool ends = ran && (result->error || !spec || call->state->resource.pattern != PATTERN_TOKEN);
  if (ends) return true;
  if (a->handlers.unknown.len) tell_unknown(a, call, why);
  if (a->strict) return false;
  // Of a definition alone, the mocks say what its services refuse.
  if (!spec && (a->mocks || why->len)) return !why->len && api_answer(arena, call, &a->options, result);
  if (!spec) return dry_refuses(&a->taken, arena, call, result) || api_answer(arena, call, &a->options, result);
  TraceSetup setup = setup_of(a);
  a->made_up += trace_made_up(&setup, arena, call, result);
  return true;
}

static bool answer(void *with, Arena *arena, const RunCall *call, RunAnswer *result, Str *why) {
  Asked *a = with;
  if (!somebody_answers(a, arena, call, result, why)) return false;
  dry_answered(&a->taken, call, result);
  return true;
}

static bool find_function(void *with, Str name, Handler *handler) {
  Asked *a = with;
  for (size_t i = 0; i < a->spec.functions.len; i++) {
    const DryFunction *function = &a->spec.functions.at[i];
    if (!str_eq(function->name, name)) continue;
    *handler = (Handler){function->path, function->handler, function->arn, function->environment};
    return true;
  }
  return false;
}

// What Step Functions itself refuses; what the service behind it refuses is for mocks to say.
static Str check(void *with, Arena *arena, const RunCall *call) {
  (void)with;
  FactsTask task = facts_task(call->state->resource.arn);
  FactsRefusal refusal;
  if (task.kind != FACTS_TASK_OPTIMIZED || facts_accepts(arena, &task, call->arguments, NULL, &refusal)) return S("");
  if (!str_eq(refusal.error, S("States.Runtime"))) return S("");
  const Str jsonpath = S("The Parameters ");
  if (!call->state->jsonata || !str_starts(refusal.cause, jsonpath)) return refusal.cause;
  return str_fmt(arena, "The Arguments %.*s", STR_ARG(str_slice(refusal.cause, jsonpath.len, refusal.cause.len)));
}

static bool read_object(void *with, Arena *arena, Str bucket, Str key, Str *body) {
  return folder_read(&((Asked *)with)->s3, arena, bucket, key, body);
}
static bool list_objects(void *with, Arena *arena, Str bucket, Str prefix, const RunObject **objects, size_t *count) {
  return folder_list(&((Asked *)with)->s3, arena, bucket, prefix, objects, count);
}
static bool write_object(void *with, Arena *arena, Str bucket, Str key, Str body) {
  return folder_write(&((Asked *)with)->s3, arena, bucket, key, body);
}

static bool read_made_up(void *with, Arena *arena, Str bucket, Str key, Str *body) {
  (void)arena, (void)bucket;
  ((Asked *)with)->made_up++;
  *body = trace_object_body(key);
  return true;
}
static bool list_made_up(void *with, Arena *arena, Str bucket, Str prefix, const RunObject **objects, size_t *count) {
  Asked *a = with;
  (void)bucket;
  a->made_up++;
  trace_objects(arena, prefix, a->options.now, objects, count);
  return true;
}
static bool write_nowhere(void *with, Arena *arena, Str bucket, Str key, Str body) {
  (void)with, (void)arena, (void)bucket, (void)key, (void)body;
  return true;
}

static const Json *items_made_up(void *with, Arena *arena, const State *map) {
  Asked *a = with;
  TraceSetup setup = setup_of(a);
  const Json *made = trace_items(&setup, arena, map);
  a->made_up += made != NULL;
  return made;
}

static void event(void *with, const RunEvent *e) {
  Asked *a = with;
  if (a->with_history) history_event(&a->history, e);
  if (a->with_steps) steps_event(&a->steps, e);
}

static void to_stdout(void *with, Str text) {
  (void)with;
  sys_out(1, text);
}

// --- Options

static void read_context(Asked *a, const Json *context) {
  const struct {
    const char *key;
    Str *into;
  } members[] = {{"stateMachineName", &a->options.machine_name},
                 {"stateMachineArn", &a->options.machine_arn},
                 {"executionName", &a->options.execution_name},
                 {"executionArn", &a->options.execution_arn},
                 {"roleArn", &a->options.role_arn}};
  for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
    const Json *value = json_get(context, str_of(members[i].key));
    if (json_is(value, JSON_STRING)) *members[i].into = json_str(value);
  }
  const Json *type = json_get(context, S("type"));
  a->options.express = json_is(type, JSON_STRING) && str_eq(json_str(type), S("EXPRESS"));
}

static int explain(Asked *a, const char *code, Str path, const Json *at, Str text, Str message) {
  Sources sources = {.arena = a->arena};
  Diags diags = {.arena = a->arena};
  uint32_t file = source_add(&sources, path, text);
  Span span = at && at->at != JSON_NOWHERE ? (Span){file, at->at, at->end} : NO_SPAN;
  // A long value is shown by its first line.
  if (span_known(span) && span.end - span.start > 80) span.end = span.start + 1;
  diag(&diags, DIAG_ERROR, code, span, "%.*s", STR_ARG(message));
  Buf out = {.arena = a->arena};
  diags_write_text(&out, &diags, &sources, use_colour(2));
  sys_out(2, buf_text(&out));
  return EXIT_FINDINGS;
}

static int read_mocks(Asked *a, Str value) {
  size_t mark = value.len;
  while (mark > 0 && value.at[mark - 1] != '#') mark--;
  Str path = mark ? str_slice(value, 0, mark - 1) : value, test_case = mark ? str_slice(value, mark, value.len) : S("");
  Str why;
  a->mocks = mocks_new(a->arena, a->options.seed);
  a->mocks_path = path;
  a->mocks_text = read_or_exit(a->arena, path);
  if (mocks_read(a->mocks, read_json_text(a, path, a->mocks_text), a->options.machine_name, test_case, &why))
    return EXIT_GOOD;
  return explain(a, "R0204", path, NULL, S(""), why);
}

static int read_now(Asked *a, Str value) {
  if (instant_read(value, &a->options.now) || json_number_parse(value, &a->options.now)) return EXIT_GOOD;
  return usage_error(a->args, "--now wants an instant (2025-01-01T00:00:00Z) or seconds since 1970, not %.*s",
                     STR_ARG(value));
}

static int read_options(Asked *a) {
  Str value;
  int status = EXIT_GOOD;
  double seed;
  a->options.seed = 1;
  a->options.now = (double)(int64_t)sys_now();
  if (args_value(a->args, "--seed", &value)) {
    if (!json_number_parse(value, &seed)) return usage_error(a->args, "--seed wants a number");
    a->options.seed = (uint64_t)(int64_t)seed;
  }
  a->spec.flows.random = a->options.seed;
  if (args_value(a->args, "--context", &value)) read_context(a, read_json_file(a, value));
  if (args_value(a->args, "--mocks", &value)) status = read_mocks(a, value);
  if (status == EXIT_GOOD && args_value(a->args, "--now", &value)) status = read_now(a, value);
  if (args_value(a->args, "--limits", &value)) {
    a->options.no_limits = str_eq(value, S("none"));
    if (!a->options.no_limits && !str_eq(value, S("aws"))) {
      return usage_error(a->args, "--limits is aws or none, not %.*s", STR_ARG(value));
    }
  }
  a->exec = args_flag(a->args, "--exec");
  a->handlers = (Handlers){.folder = S("."), .machine_arn = a->options.machine_arn, .random = a->options.seed};
  a->handlers.real = args_flag(a->args, "--aws");
  a->handlers.strict = args_flag(a->args, "--strict-mocks");
  args_value(a->args, "--functions", &a->handlers.folder);
  a->options.world = (RunWorld){.with = a, .answer = answer, .check = check};
  if (args_value(a->args, "--s3", &a->s3)) {
    a->handlers.s3 = a->s3;
    a->options.world.read = read_object;
    a->options.world.list = list_objects;
    a->options.world.write = write_object;
  }
  return status;
}

static const Json *read_input(Asked *a) {
  Str value;
  if (!args_value(a->args, "--input", &value)) {
    const Json *made = a->spec.input ? a->spec.input : json_object(a->arena, NULL, 0);
    if (a->spec.input)
      sys_out(2, str_fmt(a->arena, "note: no --input was given; it was made up: %.*s\n",
                         STR_ARG(json_text(a->arena, made, JSON_COMPACT))));
    return made;
  }
  JsonError error;
  const Json *input = str_starts(value, S("@")) ? read_json_file(a, str_slice(value, 1, value.len))
                                                : json_read(a->arena, value, 0, &error);
  if (!input) fatal("--input: %s at character %u (a file is named with @)", error.what, error.at + 1);
  Str misfit = a->spec.of ? dry_input_misfit(a->arena, a->spec.of, input) : (Str){0};
  if (misfit.len)
    sys_out(2, str_fmt(a->arena, "warning: the flow `%.*s` takes another input: %.*s\n", STR_ARG(a->spec.flow),
                       STR_ARG(misfit)));
  return input;
}

// --- Answers

static void print_result(Asked *a, const RunResult *r) {
  Buf out = {.arena = a->arena};
  if (a->with_history) {
    sys_out(1, buf_text(&a->history.out));
    buf_str(&out, S("],\n"));
  } else {
    buf_char(&out, '{');
  }
  buf_fmt(&out, "\"status\":\"%s\"", run_status_names[r->status]);
  const struct {
    const char *key;
    const Json *value;
  } members[] = {{"output", r->output}, {"error", r->error}, {"cause", r->cause}};
  for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
    if (!members[i].value) continue;
    buf_fmt(&out, ",\"%s\":", members[i].key);
    json_write(&out, members[i].value, JSON_COMPACT);
  }
  buf_str(&out, S("}\n"));
  sys_out(1, buf_text(&out));
}

// Where the spec says what failed, said behind the result.
static void point_at_spec(Asked *a, Sources *sources, const RunResult *r) {
  for (size_t i = 0; r->state && r->status != RUN_SUCCEEDED && i < a->spec.places.len; i++) {
    const DryPlace *place = &a->spec.places.at[i];
    if (!str_eq(place->state, r->state->name) || !span_known(place->span)) continue;
    LineColumn at = source_line_column(sources, place->span.file, place->span.start);
    Str line = str_trim(source_line(sources, place->span.file, at.line));
    Str text =
        str_fmt(a->arena, "%.*s:%u:%u: `%.*s` is this: %.*s\n", STR_ARG(source_file(sources, place->span.file)->path),
                at.line, at.column, STR_ARG(r->state->name), STR_ARG(line));
    sys_out(2, text);
    return;
  }
}

typedef struct MockFaults {
  Sources sources;
  Diags diags;
  uint32_t file;
} MockFaults;

static void mock_fault(void *with, const State *state, const Json *at, Str message, Str nearest) {
  MockFaults *faults = with;
  Diag *made = diag(&faults->diags, DIAG_WARNING, "R0207", (Span){faults->file, at->at, at->end},
                    "`%.*s` never answers this: %.*s", STR_ARG(state->name), STR_ARG(message));
  if (nearest.len) diag_help(&faults->diags, made, "did you mean `%.*s`?", STR_ARG(nearest));
}

// Says which answers of the mocks file the calls can never give.
static void check_mocks(Asked *a, const Machine *machine) {
  if (!a->mocks) return;
  MockFaults faults = {.sources = {.arena = a->arena}, .diags = {.arena = a->arena}};
  faults.file = source_add(&faults.sources, a->mocks_path, a->mocks_text);
  mocks_check(a->arena, a->mocks, machine, mock_fault, &faults);
  Buf out = {.arena = a->arena};
  diags_sort(&faults.diags);
  diags_write_text(&out, &faults.diags, &faults.sources, use_colour(2));
  if (out.len) sys_out(2, buf_text(&out));
}

static int run_definition(Asked *a, Str path, Str text, Sources *sources) {
  Str format = {0};
  JsonError error;
  const Json *definition = json_read(a->arena, text, 0, &error);
  Json place = {.at = error.at, .end = error.at + 1};
  if (!definition) return explain(a, "R0101", path, &place, text, str_of(error.what));
  LoadFault fault;
  const Machine *machine = machine_load(a->arena, definition, &fault);
  if (!machine) return explain(a, fault.code, path, fault.at, text, fault.message);
  check_mocks(a, machine);
  const Json *input = read_input(a);
  args_value(a->args, "--format", &format);
  a->with_history = args_flag(a->args, "--history");
  a->with_steps = !a->with_history && (str_eq(format, S("text")) || (!format.len && sys_is_terminal(1)));
  if (a->with_history || a->with_steps) a->options.world.event = event;
  if (a->with_history) {
    a->history = (HistoryWriter){.out.arena = a->arena, .flush = to_stdout};
    buf_str(&a->history.out, S("{\"events\":[\n"));
  }
  if (a->with_steps) a->steps = (StepPrinter){.arena = a->arena, .colour = use_colour(1)};
  RunResult result;
  run_machine(machine, input, &a->options, a->arena, &result);
  if (sources) point_at_spec(a, sources, &result);
  size_t made_up = a->made_up + a->handlers.made_up;
  if (made_up) {
    const char *some = made_up == 1 ? "1 answer that nobody gave was"
                                    : str_z(a->arena, str_fmt(a->arena, "%zu answers that nobody gave were", made_up));
    sys_out(2, str_fmt(a->arena, "note: %s made up (--strict-mocks refuses that)\n", some));
  }
  if (result.status == RUN_REFUSED) {
    return explain(a, result.refused, path, result.state ? result.state->source : NULL, text, result.refusal);
  }
  if (a->with_steps)
    steps_finish(&a->steps, &result);
  else
    print_result(a, &result);
  return result.status == RUN_SUCCEEDED ? EXIT_GOOD : EXIT_FINDINGS;
}

static int run_spec(Asked *a) {
  SpecList specs = {0};
  int status = find_specs(a->args, &specs);
  if (status != EXIT_GOOD) return status;
  if (specs.list.len != 1) return usage_error(a->args, "runs one spec, not %zu: name it", specs.list.len);
  Sources sources = {.arena = a->arena};
  Diags diags = {.arena = a->arena};
  Str path = specs.list.at[0].path, flow = {0};
  args_value(a->args, "--flow", &flow);
  uint32_t file = source_add(&sources, path, read_or_exit(a->arena, path));
  bool good = dry_spec(a->arena, &sources, &diags, file, flow, &a->spec);
  Buf out = {.arena = a->arena};
  diags_write_text(&out, &diags, &sources, use_colour(2));
  sys_out(2, buf_text(&out));
  if (!good) return EXIT_FINDINGS;
  if (!a->options.machine_name.len) a->options.machine_name = a->spec.machine;
  if (!a->options.machine_arn.len) {
    a->options.machine_arn = trace_machine_arn(a->arena, a->spec.region, a->spec.account, a->options.machine_name);
    a->handlers.machine_arn = a->options.machine_arn;
  }
  if (a->spec.flow_count > 1 && !flow.len)
    sys_out(2, str_fmt(a->arena, "note: of %zu flows, this is `%.*s` (--flow NAME runs another)\n", a->spec.flow_count,
                       STR_ARG(a->spec.flow)));
  a->handlers.find = find_function;
  a->handlers.with = a;
  a->strict = args_flag(a->args, "--strict-mocks");
  if (!a->strict && !a->options.world.read) {
    a->options.world.read = read_made_up;
    a->options.world.list = list_made_up;
    a->options.world.items = items_made_up;
    a->options.world.write = write_nowhere;
  }
  return run_definition(a, str_fmt(a->arena, "<%.*s.asl.json>", STR_ARG(a->spec.flow)), a->spec.definition, &sources);
}

static int run(Args *args) {
  Asked a = {.args = args, .arena = args->arena, .taken = {.values.arena = args->arena}};
  a.taken.guesses = &a.spec.flows.guesses;
  Str path;
  int status = read_options(&a);
  if (status != EXIT_GOOD) return status;
  if (args_value(args, "--test-state", &path)) {
    bool good;
    const Json *result = test_state(a.arena, read_json_file(&a, path), &a.options, &good);
    sys_out(1, json_text(a.arena, result, JSON_COMPACT));
    sys_out(1, S("\n"));
    return good ? EXIT_GOOD : EXIT_FINDINGS;
  }
  if (args_value(args, "--definition", &path)) return run_definition(&a, path, read_or_exit(args->arena, path), NULL);
  return run_spec(&a);
}

static const Option options[] = {
    {"--flow", "NAME", "which flow of the spec, if not its first"},
    {"--strict-mocks", NULL, "stop at a call that no mock answers instead of making an answer up"},
    {"--definition", "FILE", "the state machine (Amazon States Language)"},
    {"--input", "JSON|@FILE", "the execution's input (default: one that the flow takes; {} with --definition)"},
    {"--mocks", "FILE[#TESTCASE]", "answers of tasks: the short form, or a mock configuration file"},
    {"--history", NULL, "print the execution history too, as GetExecutionHistory gives it"},
    {"--exec", NULL, "run Lambda handlers for real where no mock answers; AWS and the network are not there for them"},
    {"--aws", NULL, "with --exec: they call the real AWS, by your boto3 and credentials"},
    {"--functions", "FOLDER", "where they are: <function name>.py holds `handler` (default .)"},
    {"--s3", "FOLDER", "<bucket>/<key> files stand for S3"},
    {"--now", "TIME", "when the run starts"},
    {"--context", "FILE", "names and ARNs of machine, execution and role; type STANDARD or EXPRESS"},
    {"--limits", "aws|none", "whether the service's limits end the run (default aws)"},
    {"--seed", "NUMBER", "of jitter, random numbers and ids (default 1)"},
    {"--format", "json|text", "the result as JSON, or a line a step (default on a terminal)"},
    {"--test-state", "FILE", "answer a request of the TestState API"},
    {0},
};
const Command command_run = {
    "run",
    "run a state machine in virtual time, with mocks for its tasks",
    "SPEC|--definition FILE [--input JSON|@FILE] [--mocks FILE] [--exec] [--history]",
    options,
    "mlopsc run train.mlops --exec --input '{\"source\": \"manual\"}'",
    run,
};
