#include "base/sys.h"
#include "cli/cli.h"
#include "report/findings.h"

int report_findings(const Args *args, Diags *diags, Sources *sources) {
  Str format = S("text");
  args_value(args, "--format", &format);
  bool text = str_eq(format, S("text"));
  Buf out = {.arena = args->arena};
  if (!findings_write(&out, diags, sources, format, use_colour(2))) {
    return usage_error(args, "there is no format %.*s: it is text, json, sarif, gitlab, github or junit",
                       STR_ARG(format));
  }
  sys_out(text ? 2 : 1, buf_text(&out));
  return diags_failed(diags) ? EXIT_FINDINGS : EXIT_GOOD;
}
