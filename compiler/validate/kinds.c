// The kinds of files, and how they are told apart.
#include "base/sys.h"
#include "data/json.h"
#include "validate/hcl.h"
#include "validate/validate.h"

enum { ITEM_MOST = 4 << 20 }; // a larger JSON file is not looked at as a DynamoDB item (those end at 400 KB)

static bool is_yaml(Str path) {
  return str_ends(path, S(".yml")) || str_ends(path, S(".yaml"));
}

static bool is_json(Str path) {
  return str_ends(path, S(".json")) || str_ends(path, S(".json.tftpl")) || str_ends(path, S(".json.tpl"));
}

// Whether a line of `text` begins with `word`.
static bool has_line(Str text, Str word) {
  for (size_t i = 0; (i = str_find(text, word, i)) < text.len; i += word.len) {
    if (i == 0 || text.at[i - 1] == '\n') return true;
  }
  return false;
}

// Whether the outermost object of a JSON text has a member `key`; the text may be broken elsewhere.
static bool has_top_member(Str text, Str key) {
  size_t depth = 0;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    if (c == '{' || c == '[') depth++;
    if ((c == '}' || c == ']') && depth) depth--;
    if (c != '"') continue;
    size_t from = ++i;
    while (i < text.len && text.at[i] != '"' && text.at[i] != '\n') i += text.at[i] == '\\' ? 2 : 1;
    if (depth != 1 || !str_eq(str_slice(text, from, i), key)) continue;
    size_t next = i + 1;
    while (next < text.len && strchr(" \t\r\n", text.at[next])) next++;
    if (next < text.len && text.at[next] == ':') return true;
  }
  return false;
}

static bool fits_asl(Str path, Str text) {
  Str name = path_name(path);
  if (str_ends(name, S(".asl")) || str_ends(name, S(".asl.json")) || str_has(name, S(".asl.json."))) return true;
  return is_json(name) && str_has(text, S("\"StartAt\"")) && has_top_member(text, S("StartAt")) &&
         has_top_member(text, S("States"));
}

static bool is_typed_value(const Json *value) {
  static const Str types[] = {STR_INIT("S"),  STR_INIT("N"), STR_INIT("B"), STR_INIT("SS"),   STR_INIT("NS"),
                              STR_INIT("BS"), STR_INIT("M"), STR_INIT("L"), STR_INIT("BOOL"), STR_INIT("NULL")};
  if (!json_is(value, JSON_OBJECT) || value->count != 1) return false;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    if (str_eq(value->members[0].key, types[i])) return true;
  }
  return false;
}

// An object most of whose members are typed values, or anything in a folder named for items.
static bool fits_dynamodb_item(Str path, Str text) {
  if (!is_json(path) || text.len > ITEM_MOST) return false;
  if (str_has(path_folder(path), S("dynamodb_items"))) return true;
  Arena scratch = {0};
  JsonError error;
  const Json *item = json_read(&scratch, text, 0, &error);
  uint32_t typed = 0;
  for (uint32_t i = 0; json_is(item, JSON_OBJECT) && i < item->count; i++)
    typed += is_typed_value(item->members[i].value);
  bool fits = json_is(item, JSON_OBJECT) && typed * 2 > item->count;
  arena_free(&scratch);
  return fits;
}

static bool fits_terraform(Str path, Str text) {
  (void)text;
  return str_ends(path, S(".tf")) || str_ends(path, S(".tfvars"));
}

static bool fits_hcl(Str path, Str text) {
  (void)text;
  return str_ends(path, S(".hcl"));
}

static bool fits_gitlab_ci(Str path, Str text) {
  (void)text;
  return str_ends(path, S(".gitlab-ci.yml")) || str_ends(path, S(".gitlab-ci.yaml"));
}

static bool fits_github_actions(Str path, Str text) {
  (void)text;
  Str folder = path_folder(path);
  return is_yaml(path) && (str_eq(folder, S(".github/workflows")) || str_ends(folder, S("/.github/workflows")));
}

static bool fits_buildspec(Str path, Str text) {
  if (!is_yaml(path)) return false;
  return str_has(path_name(path), S("buildspec")) ||
         (has_line(text, S("version: 0.")) && (has_line(text, S("phases:")) || has_line(text, S("batch:"))));
}

const FileKind file_kinds[] = {
    {"asl", fits_asl, validate_asl, NULL},
    {"terraform", fits_terraform, NULL, validate_terraform},
    {"hcl", fits_hcl, validate_hcl, NULL},
    {"gitlab-ci", fits_gitlab_ci, validate_gitlab_ci, validate_gitlab_files},
    {"github-actions", fits_github_actions, validate_github, validate_github_files},
    {"buildspec", fits_buildspec, validate_buildspec, NULL},
    {"dynamodb-item", fits_dynamodb_item, validate_dynamodb_item, NULL},
    {0},
};

const FileKind *file_kind_named(Str name) {
  for (const FileKind *kind = file_kinds; kind->name; kind++) {
    if (str_eq(name, str_of(kind->name))) return kind;
  }
  return NULL;
}

const FileKind *file_kind_of(Str path, Str text) {
  for (const FileKind *kind = file_kinds; kind->name; kind++) {
    if (kind->fits && kind->fits(path, text)) return kind;
  }
  return NULL;
}
