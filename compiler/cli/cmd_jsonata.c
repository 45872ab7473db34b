// mlopsc jsonata: evaluates one expression.
#include "base/sys.h"
#include "cli/cli.h"
#include "jsonata/jsonata.h"
#include <stdlib.h>

// A JSON file, or exits 2 with a line that says what is wrong with it.
static const Json *read_json(Arena *arena, Str path) {
  Str text = read_or_exit(arena, path);
  JsonError fault;
  const Json *value = json_read(arena, text, 0, &fault);
  if (!value) fatal("%.*s: %s (at byte %u)", STR_ARG(path), fault.what, fault.at);
  return value;
}

static int fail(Arena *arena, const JsonataError *error) {
  sys_out(2, str_fmt(arena, "%s at %u: %.*s\n", error->code, error->position, STR_ARG(error->message)));
  return EXIT_FINDINGS;
}

// The members of an object as bindings.
static void bind(Arena *arena, const Json *members, JsonataRun *run) {
  JsonataBinding *bindings = NEW_N(arena, JsonataBinding, members->count);
  for (uint32_t i = 0; i < members->count; i++) {
    bindings[i] = (JsonataBinding){members->members[i].key, members->members[i].value};
  }
  run->bindings = bindings;
  run->binding_count = members->count;
}

static bool evaluate(const Jsonata *expression, JsonataRun *run, uint64_t times, const Json **result,
                     JsonataError *error) {
  Arena *arena = run->arena;
  for (; times > 1; times--) { // all but the last leave nothing behind
    ArenaMark mark = arena_mark(arena);
    if (!jsonata_run(expression, run, result, error)) return false;
    arena_reset(arena, mark);
  }
  return jsonata_run(expression, run, result, error);
}

static int run(Args *args) {
  Arena *arena = args->arena;
  Str file, path, times = S("1"), source = args->words.len ? args->words.at[0] : (Str){0};
  bool from_file = args_value(args, "--file", &file);
  if (from_file ? args->words.len > 0 : args->words.len != 1) {
    return usage_error(args, "wants one expression, or --file with the name of a file that holds it");
  }
  if (from_file) source = read_or_exit(arena, file);
  JsonataRun job = {.arena = arena, .now_ms = sys_now() * 1000};
  JsonataError error;
  const Json *result;
  if (args_value(args, "--input", &path)) job.input = read_json(arena, path);
  if (args_value(args, "--bindings", &path)) {
    const Json *bindings = read_json(arena, path);
    if (!json_is(bindings, JSON_OBJECT)) return usage_error(args, "--bindings must hold an object");
    bind(arena, bindings, &job);
  }
  args_value(args, "--repeat", &times);
  uint64_t repeat = strtoull(str_z(arena, times), NULL, 10);
  if (repeat < 1) return usage_error(args, "--repeat wants a number of at least 1");
  JsonataDialect dialect = args_flag(args, "--states") ? JSONATA_STEP_FUNCTIONS : JSONATA_FULL;
  const Jsonata *expression = jsonata_compile(arena, source, dialect, &error);
  if (!expression || !evaluate(expression, &job, repeat, &result, &error)) return fail(arena, &error);
  if (!result) return EXIT_GOOD;
  Buf out = {.arena = arena};
  json_write(&out, result, JSON_COMPACT);
  buf_char(&out, '\n');
  sys_out(1, buf_text(&out));
  return EXIT_GOOD;
}

static const Option options[] = {
    {"--file", "FILE", "read the expression from a file"},
    {"--input", "FILE", "the JSON document it is applied to ($)"},
    {"--bindings", "FILE", "a JSON object whose members become variables"},
    {"--states", NULL, "speak the dialect of AWS Step Functions"},
    {"--repeat", "N", "evaluate N times, for measuring"},
    {0},
};
const Command command_jsonata = {"jsonata",
                                 "evaluate a JSONata expression",
                                 "[options] EXPRESSION",
                                 options,
                                 "mlopsc jsonata '$sum(orders.price)' --input orders.json",
                                 run};
