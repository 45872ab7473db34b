// Makefiles: text as it is, and commands of what is declared.
#include "emit/shell.h"

typedef struct Recipe {
  Emitter *e;
  Buf out;
  bool asks_environment, asks_terraform;
} Recipe;

// `$` is make's own.
static void put_line(Recipe *r, Str line, const char *behind) {
  buf_char(&r->out, '\t');
  for (size_t i = 0; i < line.len; i++) {
    if (line.at[i] == '$') buf_char(&r->out, '$');
    buf_char(&r->out, line.at[i]);
  }
  buf_fmt(&r->out, "%s\n", behind);
}

static bool is_among(const char *const *words, Str text, bool at_end) {
  for (; *words; words++) {
    Str word = str_of(*words);
    if (at_end ? str_ends(text, word) : str_starts(text, word)) return true;
  }
  return false;
}

// A line of a recipe is a shell of its own, so those of a command are joined: by && where one ends and the next begins.
static void command(Recipe *r, const Value *value) {
  static const char *const open[] = {" do", " then", "{", "(", "|", "&&", ";", "else", NULL};
  static const char *const close[] = {"done", "fi", "}", ")", "else", NULL};
  Shell sh = {.e = r->e, .place = SHELL_MAKE};
  Str rest = shell_script(&sh, value);
  r->asks_terraform = r->asks_terraform || str_has(rest, S("terraform output"));
  r->asks_environment = r->asks_environment || str_has(rest, S("$ENVIRONMENT"));
  while (rest.len) {
    Str line = str_cut(rest, '\n', &rest), next = str_trim(rest);
    bool last = !next.len, goes_on = str_ends(line, S("\\"));
    const char *behind = last || goes_on                                                      ? ""
                         : is_among(open, line, true) || is_among(open, str_trim(line), true) ? " \\"
                         : is_among(close, next, false)                                       ? "; \\"
                                                                                              : " && \\";
    put_line(r, line, behind);
  }
}

static void recipe(Recipe *r, const Value *line) {
  if (line->kind == VALUE_CALL && str_eq(line->text, S("command"))) {
    command(r, line);
    return;
  }
  if (line->kind != VALUE_STRING) {
    Diag *fault = diag(r->e->diags, DIAG_ERROR, "E0757", line->span,
                       "a target of a Makefile is a command, something declared, or a list of them");
    diag_help(r->e->diags, fault, "write it as text: \"python3 -m unittest\"");
    return;
  }
  for (Str rest = line->text; rest.len;) put_line(r, str_cut(rest, '\n', &rest), "");
}

Str make_contents(Emitter *e, const File *file, Places *places) {
  Recipe r = {.e = e, .out = {.arena = e->arena}};
  Buf phony = {.arena = e->arena}, head = {.arena = e->arena};
  (void)places;
  for (size_t i = 0; i < file->content->count; i++) {
    const ValueMember *target = &file->content->members[i];
    buf_fmt(&phony, " %.*s", STR_ARG(target->name));
    buf_fmt(&r.out, "\n%.*s:\n", STR_ARG(target->name));
    if (target->value->kind != VALUE_LIST) recipe(&r, target->value);
    for (size_t k = 0; target->value->kind == VALUE_LIST && k < target->value->count; k++) {
      recipe(&r, target->value->items[k]);
    }
  }
  Str *names;
  if ((r.asks_environment || r.asks_terraform) && environments(e, &names)) {
    buf_fmt(&head, "\nexport ENVIRONMENT ?= %.*s\n", STR_ARG(names[0]));
    if (r.asks_terraform && terraform_has_workspaces(e)) buf_str(&head, S("export TF_WORKSPACE ?= $(ENVIRONMENT)\n"));
  }
  return str_fmt(e->arena, "# %.*s\n.PHONY:%.*s\n%.*s%.*s", STR_ARG(generated_note(e)), STR_ARG(buf_text(&phony)),
                 STR_ARG(buf_text(&head)), STR_ARG(buf_text(&r.out)));
}
