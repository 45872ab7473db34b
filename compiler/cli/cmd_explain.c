#include "base/sys.h"
#include "cli/cli.h"
#include "report/explain.h"

static void write_part(Buf *out, const char *title, Str part) {
  if (part.len) buf_fmt(out, "\n%s%.*s\n", title, STR_ARG(part));
}

static void write_all(Buf *out) {
  Explanation section;
  for (size_t file = 0, at = 0; explain_next(&file, &at, &section);)
    buf_fmt(out, "%.*s  %-7.*s  %.*s\n", STR_ARG(section.code), STR_ARG(section.level), STR_ARG(section.title));
}

// Codes are written in capitals; people type them as they like.
static Str upper(Arena *arena, Str code) {
  char *copy = str_z(arena, code);
  for (size_t i = 0; i < code.len; i++) {
    if (copy[i] >= 'a' && copy[i] <= 'z') copy[i] = (char)(copy[i] - 32);
  }
  return (Str){copy, code.len};
}

static int run(Args *args) {
  Buf out = {.arena = args->arena};
  if (args_flag(args, "--all")) {
    write_all(&out);
    sys_out(1, buf_text(&out));
    return EXIT_GOOD;
  }
  if (args->words.len != 1) return usage_error(args, "wants one code, such as V1020");
  Str code = upper(args->arena, args->words.at[0]);
  Explanation section;
  if (!explain_find(code, &section)) {
    Str best = explain_nearest(code);
    if (!best.len) return usage_error(args, "there is no code %.*s; --all lists them", STR_ARG(code));
    return usage_error(args, "there is no code %.*s; did you mean %.*s?", STR_ARG(code), STR_ARG(best));
  }
  buf_fmt(&out, "%.*s[%.*s]: %.*s\n", STR_ARG(section.level), STR_ARG(section.code), STR_ARG(section.title));
  write_part(&out, "", section.text);
  write_part(&out, "wrong:\n", section.wrong);
  write_part(&out, "right:\n", section.right);
  sys_out(1, buf_text(&out));
  return EXIT_GOOD;
}

static const Option options[] = {{"--all", NULL, "list all codes"}, {0}};
const Command command_explain = {
    "explain",
    "say what a finding's code means, with a wrong and a right example",
    "CODE",
    options,
    "mlopsc explain V1020",
    run,
};
