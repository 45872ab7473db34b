#include "validate/local_files.h"
#include "base/sys.h"

static bool is_there(const FileSet *set, Str path) {
  for (size_t i = 0; i < set->files.len; i++) {
    if (str_eq(set->files.at[i].path, path)) return true;
  }
  return sys_kind(path) != SYS_NONE;
}

bool local_file_is_there(const FileSet *set, Str beside, Str path) {
  while (str_starts(path, S("/"))) path = str_slice(path, 1, path.len);
  for (Str folder = path_folder(beside);; folder = path_folder(folder)) {
    if (is_there(set, path_clean(set->arena, folder.len ? path_join(set->arena, folder, path) : path))) return true;
    if (!folder.len || str_eq(folder, S("/"))) return false;
  }
}

const Yaml *read_again(const FileSet *set, uint32_t file, const YamlOptions *options) {
  Diags unheard = {.arena = set->arena};
  YamlStream stream;
  if (!yaml_read(&unheard, set->sources, file, options, &stream) || !stream.documents.len) return NULL;
  return stream.documents.at[0];
}
