#include "base/sys.h"
#include "cli/cli.h"
#include "cli/library.h"
#include "report/explain.h"

static void write_part(Buf *out, const char *title, Str part) {
  if (part.len) buf_fmt(out, "\n%s%.*s\n", title, STR_ARG(part));
}

static void write_all(Buf *out) {
  Explanation section;
  for (size_t file = 0, at = 0; explain_next(&file, &at, &section);)
    buf_fmt(out, "%.*s  %-7.*s  %.*s\n", STR_ARG(section.code), STR_ARG(section.level), STR_ARG(section.title));
}

static int run(Args *args) {
  Buf out = {.arena = args->arena};
  if (args_flag(args, "--all")) {
    write_all(&out);
    sys_out(1, buf_text(&out));
    return EXIT_GOOD;
  }
  if (args_flag(args, "--kinds")) {
    library_list(args->arena, &out);
    sys_out(1, buf_text(&out));
    return EXIT_GOOD;
  }
  if (args_flag(args, "--library")) {
    json_write(&out, library_json(args->arena), 0);
    buf_char(&out, '\n');
    sys_out(1, buf_text(&out));
    return EXIT_GOOD;
  }
  if (args->words.len != 1) return usage_error(args, "wants one code, such as V1020, or kind, such as bucket");
  Str code = str_upper(args->arena, args->words.at[0]), kind;
  Explanation section;
  if (!explain_find(code, &section)) {
    if (library_explain(args->arena, args->words.at[0], &out, &kind)) {
      sys_out(1, buf_text(&out));
      return EXIT_GOOD;
    }
    Str best = kind.len ? kind : explain_nearest(code);
    if (!best.len)
      return usage_error(args, "there is no code or kind %.*s; --all and --kinds list them",
                         STR_ARG(args->words.at[0]));
    return usage_error(args, "there is no code or kind %.*s; did you mean %.*s?", STR_ARG(args->words.at[0]),
                       STR_ARG(best));
  }
  buf_fmt(&out, "%.*s[%.*s]: %.*s\n", STR_ARG(section.level), STR_ARG(section.code), STR_ARG(section.title));
  write_part(&out, "", section.text);
  write_part(&out, "wrong:\n", section.wrong);
  write_part(&out, "right:\n", section.right);
  sys_out(1, buf_text(&out));
  return EXIT_GOOD;
}

static const Option options[] = {{"--all", NULL, "list all codes"},
                                 {"--kinds", NULL, "list the kinds, steps and events of the library"},
                                 {"--library", NULL, "all of the library with its parameters, as JSON"},
                                 {0}};
const Command command_explain = {
    "explain",
    "say what a finding's code means, or what a kind of the library has",
    "CODE | KIND",
    options,
    "mlopsc explain V1020",
    run,
};
