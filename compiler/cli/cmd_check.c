// mlopsc check: parses and checks specs, changes nothing; says on request why each permission is there.
#include "base/sys.h"
#include "check/check.h"
#include "cli/specs.h"
#include "emit/emit.h"
#include "report/permissions.h"

static int explain_iam(const Args *args, const Model *model, Diags *diags, Sources *sources) {
  Str format = S("text");
  args_value(args, "--format", &format);
  bool json = str_eq(format, S("json"));
  if (!json && !str_eq(format, S("text"))) return usage_error(args, "--explain-iam speaks text and json");
  Args plain = *args; // --format is the explanation's here
  plain.options.len = 0;
  int status = report_findings(&plain, diags, sources);
  if (!model) return EXIT_FINDINGS;
  Buf out = {.arena = args->arena};
  permissions_write(&out, model, sources, json);
  sys_out(1, buf_text(&out));
  return status;
}

static int run(Args *args) {
  SpecList specs = {0};
  int status = find_specs(args, &specs);
  if (status != EXIT_GOOD) return status;
  bool explain = args_flag(args, "--explain-iam");
  if (explain && specs.list.len > 1)
    return usage_error(args, "explains one pipeline at a time; here are %zu", specs.list.len);
  Sources sources = {.arena = args->arena};
  Diags diags = {.arena = args->arena};
  const Model *model = NULL;
  for (size_t i = 0; i < specs.list.len; i++) {
    Str path = specs.list.at[i].path;
    uint32_t file = source_add(&sources, path, read_or_exit(args->arena, path));
    model = check_pipeline(args->arena, &sources, file, &diags);
    if (model) emit_faults(args->arena, model, &diags);
  }
  return explain ? explain_iam(args, model, &diags, &sources) : report_findings(args, &diags, &sources);
}

static const Option options[] = {
    {"--format", "FORMAT", "text, json, sarif, gitlab, github or junit"},
    {"--explain-iam", NULL,
     "print every statement of every policy with the lines of the spec that need it (text or json)"},
    {0},
};
const Command command_check = {
    "check",
    "find what is wrong in pipeline specs",
    "[SPEC…] [--explain-iam] [--format FORMAT]",
    options,
    "mlopsc check train.mlops",
    run,
};
