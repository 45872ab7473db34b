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

// --- .mlopscignore of the folder that was asked for: a pattern a line

// `*` and `?` are anything but a slash, `**` is anything. What the last star took grows until the rest fits.
static bool matches(Str pattern, Str path) {
  size_t p = 0, at = 0, star = SIZE_MAX, star_at = 0, any = SIZE_MAX, any_at = 0;
  while (at < path.len) {
    bool is_star = p < pattern.len && pattern.at[p] == '*';
    if (is_star && p + 1 < pattern.len && pattern.at[p + 1] == '*') {
      any = p += 2, any_at = at, star = SIZE_MAX;
    } else if (is_star) {
      star = ++p, star_at = at;
    } else if (p < pattern.len && (pattern.at[p] == path.at[at] || (pattern.at[p] == '?' && path.at[at] != '/'))) {
      p++, at++;
    } else if (star != SIZE_MAX && path.at[star_at] != '/') {
      at = ++star_at, p = star;
    } else if (any != SIZE_MAX) {
      at = ++any_at, p = any, star = SIZE_MAX;
    } else {
      return false;
    }
  }
  while (p < pattern.len && pattern.at[p] == '*') p++;
  return p == pattern.len;
}

// A pattern with a slash inside counts from the folder, one without is a name anywhere. `path` is below the folder.
static bool is_ignored(Str patterns, Str path, bool folder) {
  for (Str line; patterns.len;) {
    line = str_trim(str_cut(patterns, '\n', &patterns));
    if (!line.len || line.at[0] == '#') continue;
    bool folders = str_ends(line, S("/"));
    if (folders) line.len--;
    bool anchored = memchr(line.at, '/', line.len) != NULL;
    if (str_starts(line, S("/"))) line = str_slice(line, 1, line.len);
    if (folders && !folder) continue;
    if (matches(line, anchored ? path : path_name(path))) return true;
  }
  return false;
}

typedef struct Walk {
  FileSet *set;
  Str root, ignore;
} Walk;

static Str below(const Walk *walk, Str path) {
  if (str_eq(walk->root, S("."))) return path;
  Str rest = str_slice(path, walk->root.len, path.len);
  return str_starts(rest, S("/")) ? str_slice(rest, 1, rest.len) : rest;
}

// Files that are ignored still stand there for others that name them.
static bool add_folder(const Walk *walk, Str folder, int depth, bool ignored, Str *why) {
  FileSet *set = walk->set;
  Str *names;
  size_t count;
  if (!sys_list(set->arena, folder, &names, &count, why)) return false;
  for (size_t i = 0; i < count; i++) {
    Str path = str_eq(folder, S(".")) ? names[i] : path_join(set->arena, folder, names[i]);
    SysKind kind = sys_kind_in_walk(path);
    bool skip = ignored || is_ignored(walk->ignore, below(walk, path), kind == SYS_FOLDER);
    if (kind == SYS_FOLDER && !is_foreign(names[i]) && depth < DEPTH_MOST) {
      if (!add_folder(walk, path, depth + 1, skip, why)) return false;
    } else if (kind == SYS_FILE && may_have_kind(names[i]) && !skip) {
      if (!add_file(set, path, NULL, why)) return false;
    } else if (kind == SYS_FILE) {
      VEC_PUSH(set->arena, &set->files, (SetFile){path, NULL, 0});
    }
  }
  return true;
}

bool file_set_add_path(FileSet *set, Str path, const FileKind *kind, Str *why) {
  set->on_disk = true;
  if (sys_kind(path) != SYS_FOLDER) return add_file(set, path, kind, why);
  Walk walk = {.set = set, .root = path};
  Str ignore = path_join(set->arena, path, S(".mlopscignore"));
  if (sys_kind(ignore) == SYS_FILE && !sys_read(set->arena, ignore, &walk.ignore, why)) return false;
  return add_folder(&walk, path, 0, false, why);
}
