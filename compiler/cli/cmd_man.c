// mlopsc man: the manual page, made of the table of commands.
#include "base/sys.h"
#include "cli/cli.h"

// Text for troff: backslashes and hyphens are escaped, and so is a control character at a line's start.
static void write_text(Buf *out, const char *text) {
  if (*text == '.' || *text == '\'') buf_str(out, S("\\&"));
  for (; *text; text++) {
    if (*text == '\\')
      buf_str(out, S("\\e"));
    else if (*text == '-')
      buf_str(out, S("\\-"));
    else
      buf_char(out, *text);
  }
}

static void write_line(Buf *out, const char *macro, const char *text) {
  buf_fmt(out, "%s ", macro);
  write_text(out, text);
  buf_char(out, '\n');
}

static void write_option(Buf *out, const Option *option) {
  buf_str(out, S(".TP\n\\fB"));
  write_text(out, option->name);
  buf_str(out, S("\\fR"));
  if (option->value) {
    buf_str(out, S(" \\fI"));
    write_text(out, option->value);
    buf_str(out, S("\\fR"));
  }
  buf_char(out, '\n');
  write_text(out, option->help);
  buf_char(out, '\n');
}

static void write_command(Buf *out, const Command *command) {
  buf_fmt(out, ".SS \\fBmlopsc %s\\fR ", command->name);
  write_text(out, command->usage);
  buf_char(out, '\n');
  write_text(out, command->summary);
  buf_str(out, S(".\n"));
  for (const Option *option = command->options; option && option->name; option++) write_option(out, option);
  if (!command->example) return;
  buf_str(out, S(".PP\nExample:\n.PP\n.in +4\n.nf\n"));
  write_text(out, command->example);
  buf_str(out, S("\n.fi\n.in\n"));
}

static int run(Args *args) {
  Buf out = {.arena = args->arena};
  buf_str(&out, S(".TH MLOPSC 1\n.SH NAME\nmlopsc \\- one spec in, a deployable AWS MLOps repository out\n"
                  ".SH SYNOPSIS\n.B mlopsc\n\\fICOMMAND\\fR [\\fIOPTION\\fR \\(bu \\fIFILE\\fR]...\n.SH COMMANDS\n"));
  size_t count;
  const Command *const *commands = command_table(&count);
  for (size_t i = 0; i < count; i++) write_command(&out, commands[i]);
  write_line(&out, ".SH", "EXIT STATUS");
  buf_str(&out,
          S(".TP\n0\nAll is well.\n.TP\n1\nThere are errors, a run failed, or files differ.\n.TP\n2\nWrong usage, or a "
            "file that cannot be read.\n"));
  write_line(&out, ".SH", "ENVIRONMENT");
  buf_str(&out, S(".TP\n\\fBNO_COLOR\\fR\nNo colours, whatever its value.\n"));
  sys_out(1, buf_text(&out));
  return EXIT_GOOD;
}

static const Option options[] = {{0}};
const Command command_man = {"man", "print the manual page", "", options, "mlopsc man | man -l -", run};
