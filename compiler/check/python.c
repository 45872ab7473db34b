// What a Python file imports that its package does not hold: such a function fails at its first call.
#include "base/embed.h"
#include "check/internal.h"

static bool runtime_has(Str module) {
  Str text;
  if (!embed_find(S("facts/python_modules.tsv"), &text)) return true;
  while (text.len) {
    if (str_eq(str_cut(text, '\n', &text), module)) return true;
  }
  return false;
}

// The top-level module of an import at the start of `line`, or an empty Str.
static Str imported(Str line) {
  Str rest = line;
  if (str_starts(line, S("import ")))
    rest = str_slice(line, 7, line.len);
  else if (str_starts(line, S("from ")))
    rest = str_slice(line, 5, line.len);
  else
    return (Str){0};
  rest = str_trim(rest);
  size_t len = 0;
  while (len < rest.len && ascii_is_word(rest.at[len])) len++;
  return str_slice(rest, 0, len);
}

static bool packed_beside(Checker *c, Str folder, Str module) {
  Str file = path_join(c->arena, folder, str_fmt(c->arena, "%.*s.py", STR_ARG(module)));
  return sys_kind(file) == SYS_FILE || sys_kind(path_join(c->arena, folder, module)) == SYS_FOLDER;
}

static void check_file(Checker *c, Str path, Str folder, Span span) {
  Str text, why;
  if (!sys_read(c->arena, path, &text, &why)) return;
  uint32_t number = 0;
  bool quoted = false; // inside a text of several lines
  while (text.len) {
    Str line = str_cut(text, '\n', &text);
    number++;
    for (size_t at = 0; (at = str_find(line, S("\"\"\""), at)) < line.len; at += 3) quoted = !quoted;
    // Only imports at the left margin run whenever the file is loaded.
    Str module = quoted ? (Str){0} : imported(line);
    if (!module.len || runtime_has(module) || (folder.len && packed_beside(c, folder, module))) continue;
    Diag *d = diag(c->diags, DIAG_ERROR, "E0904", span, "%.*s:%u imports `%.*s`, which its package does not hold",
                   STR_ARG(path), number, STR_ARG(module));
    diag_help(c->diags, d,
              "give a folder that holds it as `source`, name `layers: […]` that hold it, or build an image");
  }
}

void check_python(Checker *c, Str path, Span span) {
  Str *names, why;
  size_t count;
  if (str_ends(path, S(".py"))) {
    check_file(c, path, (Str){0}, span);
  } else if (sys_kind(path) == SYS_FOLDER && sys_list(c->arena, path, &names, &count, &why)) {
    for (size_t i = 0; i < count; i++) {
      if (str_ends(names[i], S(".py"))) check_file(c, path_join(c->arena, path, names[i]), path, span);
    }
  }
}
