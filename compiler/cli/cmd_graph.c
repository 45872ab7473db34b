// mlopsc graph: pictures of flows.
#include "base/sys.h"
#include "check/check.h"
#include "cli/specs.h"
#include "report/mermaid.h"

typedef struct Format {
  const char *name;
  void (*write)(Buf *out, const Flow *flow);
} Format;

static const Format formats[] = {{"mermaid", mermaid_write}, {"dot", dot_write}, {NULL, NULL}};

static const Format *format_named(Str name) {
  const Format *format = formats;
  while (format->name && !str_eq(name, str_of(format->name))) format++;
  return format->name ? format : NULL;
}

static const Flow *flow_named(const Model *model, Str name) {
  for (size_t i = 0; i < model->flows.len; i++) {
    if (!name.len || str_eq(model->flows.at[i]->name, name)) return model->flows.at[i];
  }
  return NULL;
}

static int unknown_flow(const Args *args, const Model *model, Str name) {
  Buf names = {.arena = args->arena};
  for (size_t i = 0; i < model->flows.len; i++)
    buf_fmt(&names, "%s%.*s", i ? ", " : "", STR_ARG(model->flows.at[i]->name));
  if (!names.len) return usage_error(args, "the spec holds no flow");
  if (!name.len) return usage_error(args, "name one of its flows with --flow: %.*s", STR_ARG(buf_text(&names)));
  return usage_error(args, "there is no flow %.*s; the spec has %.*s", STR_ARG(name), STR_ARG(buf_text(&names)));
}

static int run(Args *args) {
  Str format_name = S("mermaid"), flow_name = {0};
  args_value(args, "--format", &format_name);
  args_value(args, "--flow", &flow_name);
  const Format *format = format_named(format_name);
  if (!format) return usage_error(args, "--format is mermaid or dot, not %.*s", STR_ARG(format_name));
  SpecList specs = {0};
  int status = find_specs(args, &specs);
  if (status != EXIT_GOOD) return status;
  if (specs.list.len > 1) return usage_error(args, "draws one pipeline at a time; here are %zu", specs.list.len);
  Sources sources = {.arena = args->arena};
  Diags diags = {.arena = args->arena};
  Str path = specs.list.at[0].path;
  uint32_t file = source_add(&sources, path, read_or_exit(args->arena, path));
  const Model *model = check_pipeline(args->arena, &sources, file, &diags);
  Args plain = *args; // --format is the picture's here
  plain.options.len = 0;
  status = report_findings(&plain, &diags, &sources);
  if (!model || status != EXIT_GOOD) return EXIT_FINDINGS;
  const Flow *flow = model->flows.len == 1 || flow_name.len ? flow_named(model, flow_name) : NULL;
  if (!flow) return unknown_flow(args, model, flow_name);
  Buf out = {.arena = args->arena};
  format->write(&out, flow);
  sys_out(1, buf_text(&out));
  return EXIT_GOOD;
}

static const Option options[] = {
    {"--flow", "NAME", "the flow, where the spec has several"},
    {"--format", "FORMAT", "mermaid (default) or dot"},
    {0},
};
const Command command_graph = {
    "graph",
    "draw a flow",
    "[SPEC] [--flow NAME] [--format mermaid|dot]",
    options,
    "mlopsc graph train.mlops --format dot | dot -Tsvg > train.svg",
    run,
};
