// mlopsc completion: what a shell is to offer behind `mlopsc`, made of the table of commands.
#include "base/sys.h"
#include "cli/cli.h"

// Words for a shell stand between single quotes; none of the table's holds one, but helps may.
static void write_quoted(Buf *out, const char *text) {
  buf_char(out, '\'');
  for (; *text; text++) {
    if (*text == '\'')
      buf_str(out, S("'\\''"));
    else
      buf_char(out, *text);
  }
  buf_char(out, '\'');
}

static void write_command_names(Buf *out) {
  size_t count;
  const Command *const *commands = command_table(&count);
  for (size_t i = 0; i < count; i++) buf_fmt(out, "%s%s", i ? " " : "", commands[i]->name);
}

static void write_bash(Buf *out) {
  size_t count;
  const Command *const *commands = command_table(&count);
  buf_str(out,
          S("# mlopsc completion for bash: source it, or put it into /etc/bash_completion.d/\n_mlopsc() {\n"
            "  local word=${COMP_WORDS[COMP_CWORD]}\n  local options=--help\n  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
            "    COMPREPLY=($(compgen -W '"));
  write_command_names(out);
  buf_str(out, S("' -- \"$word\"))\n    return\n  fi\n  case ${COMP_WORDS[1]} in\n"));
  for (size_t i = 0; i < count; i++) {
    if (!commands[i]->options || !commands[i]->options->name) continue;
    buf_fmt(out, "    %s) options='--help", commands[i]->name);
    for (const Option *o = commands[i]->options; o->name; o++) buf_fmt(out, " %s", o->name);
    buf_str(out, S("' ;;\n"));
  }
  buf_str(out,
          S("  esac\n  case $word in\n    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
            "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n  esac\n}\ncomplete -o filenames -F _mlopsc mlopsc\n"));
}

// A description for zsh: brackets and colons are its own.
static void write_zsh_text(Buf *out, const char *text) {
  for (; *text; text++) {
    if (*text == '\'')
      buf_str(out, S("'\\''"));
    else if (*text == '[' || *text == ']' || *text == ':')
      buf_fmt(out, "\\%c", *text);
    else
      buf_char(out, *text);
  }
}

static void write_zsh(Buf *out) {
  size_t count;
  const Command *const *commands = command_table(&count);
  buf_str(out,
          S("#compdef mlopsc\n# mlopsc completion for zsh: put it as _mlopsc into a folder of $fpath\n_mlopsc() {\n"
            "  local -a commands=(\n"));
  for (size_t i = 0; i < count; i++) {
    buf_fmt(out, "    '%s:", commands[i]->name);
    write_zsh_text(out, commands[i]->summary);
    buf_str(out, S("'\n"));
  }
  buf_str(out, S("  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n"
                 "  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n"));
  for (size_t i = 0; i < count; i++) {
    buf_fmt(out, "    %s) _arguments '--help[show this]'", commands[i]->name);
    for (const Option *o = commands[i]->options; o && o->name; o++) {
      buf_fmt(out, " \\\n      '%s[", o->name);
      write_zsh_text(out, o->help);
      buf_char(out, ']');
      if (o->value) {
        buf_char(out, ':');
        write_zsh_text(out, o->value);
        buf_str(out, S(":_files"));
      }
      buf_char(out, '\'');
    }
    buf_str(out, S(" \\\n      '*:file:_files' ;;\n"));
  }
  buf_str(out, S("  esac\n}\ncompdef _mlopsc mlopsc\n"));
}

static void write_fish(Buf *out) {
  size_t count;
  const Command *const *commands = command_table(&count);
  buf_str(out, S("# mlopsc completion for fish: put it into ~/.config/fish/completions/mlopsc.fish\n"));
  for (size_t i = 0; i < count; i++) {
    const Command *command = commands[i];
    buf_fmt(out, "complete -c mlopsc -n __fish_use_subcommand -f -a %s -d ", command->name);
    write_quoted(out, command->summary);
    buf_char(out, '\n');
    for (const Option *o = command->options; o && o->name; o++) {
      buf_fmt(out, "complete -c mlopsc -n '__fish_seen_subcommand_from %s' -l %s%s -d ", command->name, o->name + 2,
              o->value ? " -r" : "");
      write_quoted(out, o->help);
      buf_char(out, '\n');
    }
  }
}

typedef struct Shell {
  Str name;
  void (*write)(Buf *out);
} Shell;

static const Shell shells[] = {
    {STR_INIT("bash"), write_bash}, {STR_INIT("zsh"), write_zsh}, {STR_INIT("fish"), write_fish}};

static int run(Args *args) {
  if (args->words.len != 1) return usage_error(args, "wants one of bash, zsh and fish");
  for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++) {
    if (!str_eq(shells[i].name, args->words.at[0])) continue;
    Buf out = {.arena = args->arena};
    shells[i].write(&out);
    sys_out(1, buf_text(&out));
    return EXIT_GOOD;
  }
  return usage_error(args, "knows bash, zsh and fish, not %.*s", STR_ARG(args->words.at[0]));
}

static const Option options[] = {{0}};
const Command command_completion = {"completion", "print a shell's completion",       "bash|zsh|fish",
                                    options,      "source <(mlopsc completion bash)", run};
