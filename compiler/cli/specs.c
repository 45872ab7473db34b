#include "cli/specs.h"
#include "base/sys.h"

enum { FOLDER_DEPTH_MOST = 32 };

// A line that begins with the word `pipeline`: everything else that a .mlops file may hold is a module of others.
static bool holds_pipeline(Str text) {
  for (Str rest = text; rest.len;) {
    Str line = str_trim(str_cut(rest, '\n', &rest));
    if (str_starts(line, S("pipeline ")) || str_starts(line, S("pipeline\t")) || str_starts(line, S("pipeline\"")))
      return true;
  }
  return false;
}

static void add(Arena *arena, SpecList *specs, Str path) {
  Str folder = path_folder(path), name = path_name(path);
  if (str_ends(name, S(".mlops"))) name = str_slice(name, 0, name.len - 6);
  VEC_PUSH(arena, &specs->list, (SpecPath){path, folder.len ? folder : S("."), name});
}

static bool is_passed_over(Str name) {
  return str_starts(name, S(".")) || str_eq(name, S("node_modules")) || str_starts(name, S("build"));
}

static void search(Arena *arena, SpecList *specs, Str folder, int depth) {
  Str *names, why;
  size_t count;
  if (depth > FOLDER_DEPTH_MOST) return;
  if (!sys_list(arena, folder, &names, &count, &why)) fatal("cannot read %.*s", STR_ARG(why));
  for (size_t i = 0; i < count; i++) {
    Str path = str_eq(folder, S(".")) ? names[i] : path_join(arena, folder, names[i]);
    SysKind kind = sys_kind_in_walk(path);
    if (kind == SYS_FOLDER && !is_passed_over(names[i])) search(arena, specs, path, depth + 1);
    if (kind != SYS_FILE || !str_ends(names[i], S(".mlops"))) continue;
    if (holds_pipeline(read_or_exit(arena, path))) add(arena, specs, path);
  }
}

int find_specs(const Args *args, SpecList *specs) {
  for (size_t i = 0; i < args->words.len; i++) {
    Str path = path_clean(args->arena, args->words.at[i]);
    if (sys_kind(path) == SYS_FOLDER)
      search(args->arena, specs, path, 0);
    else
      add(args->arena, specs, path);
  }
  if (!args->words.len) search(args->arena, specs, S("."), 0);
  if (specs->list.len) return EXIT_GOOD;
  return usage_error(args, "there is no pipeline spec (a .mlops file with a `pipeline`) here");
}
