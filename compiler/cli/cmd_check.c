// mlopsc check: parses and checks specs, changes nothing.
#include "base/sys.h"
#include "check/check.h"
#include "cli/specs.h"

static int run(Args *args) {
  SpecList specs = {0};
  int status = find_specs(args, &specs);
  if (status != EXIT_GOOD) return status;
  Sources sources = {.arena = args->arena};
  Diags diags = {.arena = args->arena};
  for (size_t i = 0; i < specs.list.len; i++) {
    Str path = specs.list.at[i].path;
    check_pipeline(args->arena, &sources, source_add(&sources, path, read_or_exit(args->arena, path)), &diags);
  }
  return report_findings(args, &diags, &sources);
}

static const Option options[] = {
    {"--format", "FORMAT", "text, json, sarif, gitlab, github or junit"},
    {0},
};
const Command command_check = {
    "check", "find what is wrong in pipeline specs", "[SPEC…] [--format FORMAT]", options, "mlopsc check train.mlops",
    run,
};
