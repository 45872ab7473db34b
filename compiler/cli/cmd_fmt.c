#include "cli/cli.h"

static int run(Args *args) {
  return usage_error(args, "is being built");
}

static const Option options[] = {{0}};
const Command command_fmt = {"fmt", "-", "…", options, NULL, run};
