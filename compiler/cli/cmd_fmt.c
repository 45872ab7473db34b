// mlopsc fmt: rewrites files in canonical format. A file's ending says which formatter it gets.
#include "base/sys.h"
#include "cli/cli.h"
#include "cli/line_diff.h"
#include "data/hcl.h"
#include "syntax/syntax.h"
#include "validate/hcl.h"

// A formatter gives the canonical text; false: the text is faulty (*out is it, unchanged).
typedef struct Formatter {
  const char *ending;
  bool (*format)(Arena *arena, Str text, Str *out);
  // Says what is wrong with a faulty text.
  void (*validate)(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options);
} Formatter;

static bool format_spec(Arena *arena, Str text, Str *out) {
  Sources sources = {.arena = arena};
  Diags diags = {.arena = arena};
  *out = text;
  return syntax_format(arena, &sources, source_add(&sources, S("spec"), text), &diags, out);
}

static void validate_spec(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options) {
  (void)options;
  syntax_parse(diags->arena, sources, file, diags);
}

static const Formatter formatters[] = {
    {".mlops", format_spec, validate_spec},
    {".tf", hcl_format, validate_hcl},
    {".tfvars", hcl_format, validate_hcl},
    {".hcl", hcl_format, validate_hcl},
};

static const Formatter *formatter_of(Str path) {
  for (size_t i = 0; i < sizeof formatters / sizeof *formatters; i++) {
    if (str_ends(path, str_of(formatters[i].ending))) return &formatters[i];
  }
  return NULL;
}

typedef struct Run {
  Args *args;
  bool check, diff, to_stdout;
  Sources sources;
  Diags diags;
  bool differs;
} Run;

static void put_text(Run *run, Str path, Str old, Str formatted) {
  Arena *arena = run->args->arena;
  bool same = str_eq(old, formatted);
  run->differs |= !same;
  if (run->to_stdout) {
    // What is printed ends its line, as with `terraform fmt -`.
    sys_out(1, formatted);
    if (!str_ends(formatted, S("\n"))) sys_out(1, S("\n"));
    return;
  }
  if (same) return;
  sys_out(1, str_fmt(arena, "%.*s\n", STR_ARG(path)));
  if (run->diff) {
    Buf out = {.arena = arena};
    line_diff(&out, path, old, formatted);
    sys_out(1, buf_text(&out));
  }
  Str why;
  if (!run->check && !run->diff && !sys_write(arena, path, formatted, sys_executable(path), &why))
    fatal("cannot write %.*s", STR_ARG(why));
}

static void format_file(Run *run, Str path, const Formatter *formatter) {
  Arena *arena = run->args->arena;
  Str old = read_or_exit(arena, path), formatted;
  if (formatter->format(arena, old, &formatted))
    put_text(run, path, old, formatted);
  else
    formatter->validate(&run->diags, &run->sources, source_add(&run->sources, path, old), NULL);
}

// Every file below a folder that has a formatter; names that begin with a dot are passed over.
static void format_folder(Run *run, Str folder) {
  Str *names, why;
  size_t count;
  Arena *arena = run->args->arena;
  if (!sys_list(arena, folder, &names, &count, &why)) fatal("cannot read %.*s", STR_ARG(why));
  for (size_t i = 0; i < count; i++) {
    if (str_starts(names[i], S("."))) continue;
    Str path = path_join(arena, folder, names[i]);
    SysKind kind = sys_kind_in_walk(path);
    if (kind == SYS_FOLDER)
      format_folder(run, path);
    else if (kind == SYS_FILE && formatter_of(path))
      format_file(run, path, formatter_of(path));
  }
}

static int run_fmt(Args *args) {
  Run run = {.args = args, .sources = {.arena = args->arena}, .diags = {.arena = args->arena}};
  run.check = args_flag(args, "--check");
  run.diff = args_flag(args, "--diff");
  run.to_stdout = args_flag(args, "--stdout");
  if (args->words.len == 0) VEC_PUSH(args->arena, &args->words, S("."));
  for (size_t i = 0; i < args->words.len; i++) {
    Str path = args->words.at[i];
    bool standard_input = str_eq(path, S("-"));
    if (!standard_input && sys_kind(path) == SYS_FOLDER) {
      format_folder(&run, path);
      continue;
    }
    Str as = standard_input ? S(".tf") : path;
    args_value(args, "--as", &as);
    const Formatter *formatter = formatter_of(as);
    if (!formatter)
      return usage_error(args, "no formatter for %.*s: it does .mlops, .tf, .tfvars and .hcl", STR_ARG(as));
    bool to_stdout = run.to_stdout;
    run.to_stdout |= standard_input && !run.check && !run.diff;
    format_file(&run, path, formatter);
    run.to_stdout = to_stdout;
  }
  int status = report_findings(args, &run.diags, &run.sources);
  return run.check && run.differs ? EXIT_FINDINGS : status;
}

static const Option options[] = {
    {"--check", NULL, "change nothing; exit 1 if a file is not in canonical format"},
    {"--diff", NULL, "change nothing; show what would change"},
    {"--stdout", NULL, "print the formatted text instead of writing it back"},
    {"--as", ".mlops|.tf|.tfvars|.hcl",
     "the kind of a file whose ending does not tell; standard input is .tf unless this says otherwise"},
    {0},
};
const Command command_fmt = {
    "fmt",   "put files into canonical format",      "[--check] [--diff] [--stdout] [FILE|FOLDER|-]…",
    options, "mlopsc fmt --check --diff terraform/", run_fmt};
