// The command line: one file a subcommand (cmd_NAME.c), one row each in the table of main.c.
#pragma once
#include "data/json.h"
#include "source/source.h"

// Exit statuses: good; findings or a failed run; wrong usage or a file that cannot be read.
enum { EXIT_GOOD = 0, EXIT_FINDINGS = 1, EXIT_USAGE = 2 };

// An option of a subcommand. `value` names its argument in the help, NULL for a flag.
typedef struct Option {
  const char *name;  // "--input"
  const char *value; // "JSON|@FILE"
  const char *help;
} Option;

struct Args;

typedef struct Command {
  const char *name, *summary, *usage; // usage without the program's and the command's name
  const Option *options;              // ends with a row whose name is NULL
  const char *example;
  // Runs it. `args` gives the parsed command line; returns the exit status.
  int (*run)(struct Args *args);
} Command;

// An option as given; value empty for flags.
typedef struct GivenOption {
  const char *name;
  Str value;
} GivenOption;

// A parsed command line. Options may stand anywhere; "--" ends them; "--name=value" and "--name value" are one.
typedef struct Args {
  Arena *arena; // lives as long as the process
  const Command *command;
  VEC(Str) words;           // what is no option
  VEC(GivenOption) options; // in order
} Args;

// All commands, in the order of the manual.
const Command *const *command_table(size_t *count);

// Whether an option was given.
bool args_flag(const Args *args, const char *name);
// The last value given for an option; false when it was not given.
bool args_value(const Args *args, const char *name, Str *value);
// Complains on stderr, points at --help; returns EXIT_USAGE.
int usage_error(const Args *args, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Reads a file or exits 2 with a line that says why not.
Str read_or_exit(Arena *arena, Str path);
// Whether to colour what goes to standard output (1) or error (2).
bool use_colour(int to);
// Prints all diagnostics in the format the user asked for (--format text|json|…; text goes to stderr, the rest to
// stdout) and returns EXIT_FINDINGS if there are errors, else EXIT_GOOD.
int report_findings(const Args *args, Diags *diags, Sources *sources);
