// The set of files that are validated together, gathered from the disk or from a build.
#include "base/sys.h"
#include "validate/validate.h"

enum { DEPTH_MOST = 64 };

void file_set_add(FileSet *set, Str path, Str text, const FileKind *kind) {
  if (!kind) kind = file_kind_of(path, text);
  VEC_PUSH(set->arena, &set->files, (SetFile){path, kind, source_add(set->sources, path, text)});
}

// Folders that hold other people's files or a tool's.
static bool is_foreign(Str name) {
  static const Str names[] = {STR_INIT(".git"),  STR_INIT(".terraform"),  STR_INIT("node_modules"),
                              STR_INIT(".venv"), STR_INIT("__pycache__"), STR_INIT(".aws-sam"),
                              STR_INIT(".tox"),  STR_INIT("cdk.out"),     STR_INIT(".mypy_cache")};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (str_eq(name, names[i])) return true;
  }
  return false;
}

// Whether a file's text may be of a kind at all, by the end of its name.
static bool may_have_kind(Str name) {
  static const Str ends[] = {STR_INIT(".json"), STR_INIT(".asl"),   STR_INIT(".yml"),
                             STR_INIT(".yaml"), STR_INIT(".tf"),    STR_INIT(".hcl"),
                             STR_INIT(".tpl"),  STR_INIT(".tftpl"), STR_INIT(".tfvars")};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    if (str_ends(name, ends[i])) return true;
  }
  return false;
}

static bool add_file(FileSet *set, Str path, const FileKind *kind, Str *why) {
  Str text;
  if (!sys_read(set->arena, path, &text, why)) return false;
  file_set_add(set, str_eq(path, S("-")) ? S("<stdin>") : path, text, kind);
  return true;
}

static bool add_folder(FileSet *set, Str folder, int depth, Str *why) {
  Str *names;
  size_t count;
  if (!sys_list(set->arena, folder, &names, &count, why)) return false;
  for (size_t i = 0; i < count; i++) {
    Str path = str_eq(folder, S(".")) ? names[i] : path_join(set->arena, folder, names[i]);
    SysKind kind = sys_kind_in_walk(path);
    if (kind == SYS_FOLDER && !is_foreign(names[i]) && depth < DEPTH_MOST) {
      if (!add_folder(set, path, depth + 1, why)) return false;
    } else if (kind == SYS_FILE && may_have_kind(names[i])) {
      if (!add_file(set, path, NULL, why)) return false;
    } else if (kind == SYS_FILE) {
      VEC_PUSH(set->arena, &set->files, (SetFile){path, NULL, 0});
    }
  }
  return true;
}

bool file_set_add_path(FileSet *set, Str path, const FileKind *kind, Str *why) {
  set->on_disk = true;
  return sys_kind(path) == SYS_FOLDER ? add_folder(set, path, 0, why) : add_file(set, path, kind, why);
}
