// Commands and values as words of a shell: in the jobs of CI systems, in Makefiles, and for people to type.
#pragma once
#include "emit/internal.h"

typedef enum { SHELL_GITLAB = CI_GITLAB, SHELL_GITHUB = CI_GITHUB, SHELL_MAKE, SHELL_HAND } ShellPlace;

// A script being written.
typedef struct Shell {
  Emitter *e;
  ShellPlace place;
  Str environment;                // that it runs in, or empty
  bool needs_json, needs_account; // it uses json() and $account
  bool has_account;               // $account is known from a script before
  bool in_json;                   // what is written stands inside JSON
  VEC(Str) outputs;               // of the Terraform that it reads from variables of their names in capitals
} Shell;

// A value as one word: whatever it holds, the word is exactly that text. Values that only Terraform knows are read from
// variables (CI) or asked for where they stand.
void shell_word(Shell *sh, Buf *out, const Value *value);
// Constant text as one word.
void shell_text(Buf *out, Str text);
// A command's script, with what it needs in front: every line ends in a newline.
Str shell_script(Shell *sh, const Value *command);
// The environment variable that holds a parameter of a rule ("input.NAME"), or an output.
Str shell_input_name(Arena *arena, ShellPlace place, Str parameter);
Str shell_output_name(Arena *arena, Str output);
// The parameter that a value of event time reads, or an empty Str.
Str shell_parameter(const Value *value);
