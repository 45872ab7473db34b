#include "base/utf8.h"
#include "base/sys.h"
#include "cli/cli.h"
#include <stdio.h>
#include <stdlib.h>

#ifndef MLOPSC_VERSION
#define MLOPSC_VERSION "0.0.0"
#endif

// The commands, in the order of the manual. Each lives in cmd_NAME.c.
#define COMMANDS(X)                                                                                                    \
  X(build)                                                                                                             \
  X(check)                                                                                                             \
  X(test)                                                                                                              \
  X(validate)                                                                                                          \
  X(run)                                                                                                               \
  X(graph)                                                                                                             \
  X(init)                                                                                                              \
  X(fmt)                                                                                                               \
  X(facts)                                                                                                             \
  X(explain)                                                                                                           \
  X(jsonata)                                                                                                           \
  X(lsp)                                                                                                               \
  X(completion)                                                                                                        \
  X(man)

#define DECLARE(name) extern const Command command_##name;
COMMANDS(DECLARE)
#define ADDRESS(name) &command_##name,
static const Command *const commands[] = {COMMANDS(ADDRESS)};
enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

const Command *const *command_table(size_t *count) {
  *count = COMMAND_COUNT;
  return commands;
}

static const Option help_option = {"--help", NULL, "show this"};

static const Option *option_of(const Command *command, Str name) {
  if (str_eq(name, S("--help")) || str_eq(name, S("-h"))) return &help_option;
  for (const Option *option = command->options; option && option->name; option++) {
    if (str_eq(name, str_of(option->name))) return option;
  }
  return NULL;
}

bool args_flag(const Args *args, const char *name) {
  Str value;
  return args_value(args, name, &value);
}

bool args_value(const Args *args, const char *name, Str *value) {
  for (size_t i = args->options.len; i > 0; i--) {
    if (strcmp(args->options.at[i - 1].name, name) == 0) {
      *value = args->options.at[i - 1].value;
      return true;
    }
  }
  return false;
}

int usage_error(const Args *args, const char *format, ...) {
  va_list list;
  va_start(list, format);
  Str text = str_vfmt(args->arena, format, list);
  va_end(list);
  const char *name = args->command ? args->command->name : "";
  sys_out(2, str_fmt(args->arena, "mlopsc %s: %.*s\nTry: mlopsc %s --help\n", name, STR_ARG(text), name));
  return EXIT_USAGE;
}

Str read_or_exit(Arena *arena, Str path) {
  Str text, why;
  if (!sys_read(arena, path, &text, &why)) fatal("cannot read %.*s", STR_ARG(why));
  return text;
}

bool use_colour(int to) {
  return sys_env("NO_COLOR").len == 0 && sys_is_terminal(to) && !str_eq(sys_env("TERM"), S("dumb"));
}

static int unknown_option(Args *args, Str name) {
  Nearest nearest = nearest_to(name);
  for (const Option *option = args->command->options; option && option->name; option++) {
    nearest_offer(&nearest, str_of(option->name));
  }
  Str best = nearest_best(&nearest);
  if (!best.len) return usage_error(args, "there is no option %.*s", STR_ARG(name));
  return usage_error(args, "there is no option %.*s; did you mean %.*s?", STR_ARG(name), STR_ARG(best));
}

// Sorts argv into words and options. Returns EXIT_GOOD or the status to end with.
static int parse_args(Args *args, int argc, char **argv) {
  bool options_end = false;
  for (int i = 0; i < argc; i++) {
    Str word = str_of(argv[i]), value = {0};
    if (options_end || word.len < 2 || word.at[0] != '-') {
      VEC_PUSH(args->arena, &args->words, word);
      continue;
    }
    if (str_eq(word, S("--"))) {
      options_end = true;
      continue;
    }
    bool joined = str_starts(word, S("--")) && memchr(word.at, '=', word.len);
    Str name = joined ? str_cut(word, '=', &value) : word;
    const Option *option = option_of(args->command, name);
    if (!option) return unknown_option(args, name);
    if (!option->value && joined) return usage_error(args, "%s takes no value", option->name);
    if (option->value && !joined) {
      if (i + 1 == argc) return usage_error(args, "%s wants %s behind it", option->name, option->value);
      value = str_of(argv[++i]);
    }
    VEC_PUSH(args->arena, &args->options, (GivenOption){option->name, value});
  }
  return EXIT_GOOD;
}

enum { OPTION_COLUMN = 29 }; // of what an option does

static void print_command_help(Arena *arena, const Command *command) {
  Buf out = {.arena = arena};
  buf_fmt(&out, "mlopsc %s: %s\n\nusage: mlopsc %s%s%s\n", command->name, command->summary, command->name,
          *command->usage ? " " : "", command->usage);
  if (command->options && command->options->name) buf_str(&out, S("\n"));
  for (const Option *option = command->options; option && option->name; option++) {
    Str left = str_fmt(arena, "%s%s%s", option->name, option->value ? " " : "", option->value ? option->value : "");
    buf_fmt(&out, "  %.*s", STR_ARG(left));
    size_t width = utf8_count(left);
    buf_repeat(&out, ' ', width < OPTION_COLUMN ? OPTION_COLUMN - width : 1);
    buf_fmt(&out, "%s\n", option->help);
  }
  if (command->example) buf_fmt(&out, "\nexample:\n  %s\n", command->example);
  sys_out(1, buf_text(&out));
}

static void print_help(Arena *arena) {
  Buf out = {.arena = arena};
  buf_str(&out, S("mlopsc: one spec in, a deployable AWS MLOps repository out\n\nusage: mlopsc COMMAND …\n\n"));
  for (size_t i = 0; i < COMMAND_COUNT; i++) buf_fmt(&out, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
  buf_str(&out,
          S("\n`mlopsc COMMAND --help` tells more and shows an example; `mlopsc --version` says which this is.\n"));
  sys_out(1, buf_text(&out));
}

static const Command *command_of(Str name) {
  for (size_t i = 0; i < COMMAND_COUNT; i++) {
    if (str_eq(name, str_of(commands[i]->name))) return commands[i];
  }
  return NULL;
}

static int unknown_command(Str name) {
  Nearest nearest = nearest_to(name);
  for (size_t i = 0; i < COMMAND_COUNT; i++) nearest_offer(&nearest, str_of(commands[i]->name));
  Str best = nearest_best(&nearest);
  fprintf(stderr, "mlopsc: there is no command `%.*s`%s%.*s%s\nTry: mlopsc --help\n", STR_ARG(name),
          best.len ? "; did you mean `" : "", STR_ARG(best), best.len ? "`?" : "");
  return EXIT_USAGE;
}

int main(int argc, char **argv) {
  Arena arena = {0};
  Str name = argc > 1 ? str_of(argv[1]) : (Str){0};
  if (str_eq(name, S("--version")) || str_eq(name, S("version"))) {
    sys_out(1, S("mlopsc " MLOPSC_VERSION "\n"));
    return EXIT_GOOD;
  }
  bool help = str_eq(name, S("--help")) || str_eq(name, S("-h")) || str_eq(name, S("help"));
  const Command *command = help && argc > 2 ? command_of(str_of(argv[2])) : command_of(name);
  if (help && command) return print_command_help(&arena, command), EXIT_GOOD;
  if (argc < 2 || help) return print_help(&arena), argc < 2 ? EXIT_USAGE : EXIT_GOOD;
  if (!command) return unknown_command(name);
  Args args = {.arena = &arena, .command = command};
  int status = parse_args(&args, argc - 2, argv + 2);
  if (args_flag(&args, "--help")) return print_command_help(&arena, command), EXIT_GOOD;
  return status == EXIT_GOOD ? command->run(&args) : status;
}
