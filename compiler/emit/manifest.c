// The record of a build: which files are generated and the hash of each, and which resources there are.
#include "base/digest.h"
#include "base/sys.h"
#include "data/json.h"
#include "emit/manifest.h"
#include "emit/write.h"

Str manifest_hash(Arena *arena, Str text) {
  unsigned char bytes[DIGEST_MOST];
  Buf out = {.arena = arena};
  buf_str(&out, S("sha256:"));
  buf_hex(&out, bytes, digest(S("SHA-256"), text, bytes));
  return buf_text(&out);
}

// ---------------------------------------------------------------- reading and writing

static Str text_of(const Json *object, const char *key) {
  const Json *value = json_get(object, str_of(key));
  return json_is(value, JSON_STRING) ? json_str(value) : (Str){0};
}

static void read_files(Arena *arena, const Json *files, Manifest *manifest) {
  for (uint32_t i = 0; json_is(files, JSON_OBJECT) && i < files->count; i++) {
    const Json *value = files->members[i].value;
    ManifestFile file = {.path = files->members[i].key};
    if (json_is(value, JSON_STRING)) file.hash = json_str(value);
    if (json_is(value, JSON_ARRAY) && value->count == 2) {
      file.before = json_str(value->items[0]);
      file.hash = json_str(value->items[1]);
    }
    VEC_PUSH(arena, &manifest->files, file);
  }
}

static uint64_t hex_number(Str text) {
  uint64_t number = 0;
  for (size_t i = 0; i < text.len && i < 16; i++) {
    char c = text.at[i];
    number = number * 16 + (uint64_t)(c >= 'a' ? c - 'a' + 10 : c - '0');
  }
  return number;
}

static void read_resources(Arena *arena, const Json *resources, Manifest *manifest) {
  for (uint32_t i = 0; json_is(resources, JSON_OBJECT) && i < resources->count; i++) {
    const Json *value = resources->members[i].value;
    if (!json_is(value, JSON_STRING)) continue;
    Str key = resources->members[i].key;
    size_t dot = key.len;
    while (dot > 0 && key.at[dot - 1] != '.') dot--;
    if (!dot) continue;
    Str type = str_slice(key, 0, dot - 1), name = str_slice(key, dot, key.len);
    VEC_PUSH(arena, &manifest->resources, (EmittedResource){type, name, hex_number(json_str(value)), NO_SPAN});
  }
}

static void read_moved(Arena *arena, const Json *moved, Manifest *manifest) {
  for (uint32_t i = 0; json_is(moved, JSON_ARRAY) && i < moved->count; i++) {
    const Json *row = moved->items[i];
    Str type = text_of(row, "type"), as = text_of(row, "as");
    VEC_PUSH(arena, &manifest->moved.list, (Moved){type, text_of(row, "from"), as.len ? as : type, text_of(row, "to")});
  }
}

void manifest_read(Arena *arena, Str folder, Manifest *manifest) {
  Str text, why;
  JsonError error;
  *manifest = (Manifest){0};
  if (!sys_read(arena, path_join(arena, folder, S(".mlopsc.json")), &text, &why)) return;
  const Json *root = json_read(arena, text, 0, &error);
  manifest->spec = text_of(root, "spec");
  manifest->unfinished = json_is(json_get(root, S("unfinished")), JSON_TRUE);
  read_files(arena, json_get(root, S("files")), manifest);
  read_resources(arena, json_get(root, S("resources")), manifest);
  read_moved(arena, json_get(root, S("moved")), manifest);
}

static const Json *files_json(Arena *arena, const Manifest *manifest) {
  JsonBuild files = {.arena = arena};
  for (size_t i = 0; i < manifest->files.len; i++) {
    const ManifestFile *file = &manifest->files.at[i];
    JsonBuild both = {.arena = arena};
    json_add(&both, json_string(arena, file->before));
    json_add(&both, json_string(arena, file->hash));
    json_put(&files, file->path, file->before.len ? json_made_array(&both) : json_string(arena, file->hash));
  }
  return json_made_object(&files);
}

Str manifest_text(Arena *arena, const Manifest *manifest) {
  JsonBuild root = {.arena = arena}, resources = {.arena = arena}, moved = {.arena = arena};
  json_put(&root, S("spec"), json_string(arena, manifest->spec));
  json_put(&root, S("files"), files_json(arena, manifest));
  for (size_t i = 0; i < manifest->resources.len; i++) {
    const EmittedResource *resource = &manifest->resources.at[i];
    Str address = str_fmt(arena, "%.*s.%.*s", STR_ARG(resource->type), STR_ARG(resource->name));
    Str hash = str_fmt(arena, "%016llx", (unsigned long long)resource->body);
    json_put(&resources, address, json_string(arena, hash));
  }
  json_put(&root, S("resources"), json_made_object(&resources));
  for (size_t i = 0; i < manifest->moved.list.len; i++) {
    const Moved *row = &manifest->moved.list.at[i];
    JsonBuild one = {.arena = arena};
    json_put(&one, S("type"), json_string(arena, row->type));
    json_put(&one, S("from"), json_string(arena, row->from));
    if (!str_eq(row->as, row->type)) json_put(&one, S("as"), json_string(arena, row->as));
    json_put(&one, S("to"), json_string(arena, row->to));
    json_add(&moved, json_made_object(&one));
  }
  if (manifest->unfinished) json_put(&root, S("unfinished"), json_bool(true));
  if (moved.items.len) json_put(&root, S("moved"), json_made_array(&moved));
  return str_fmt(arena, "%.*s\n", STR_ARG(json_text(arena, json_made_object(&root), JSON_INDENT)));
}

// ---------------------------------------------------------------- renamings

static bool has_resource(const EmittedResource *list, size_t count, Str type, Str name) {
  for (size_t i = 0; i < count; i++) {
    if (str_eq(list[i].type, type) && str_eq(list[i].name, name)) return true;
  }
  return false;
}

static bool is_new(const Manifest *old, const EmittedResource *resource) {
  return !has_resource(old->resources.at, old->resources.len, resource->type, resource->name);
}

static bool is_target(const MovedList *moved, const EmittedResource *resource) {
  for (size_t i = 0; i < moved->list.len; i++) {
    const Moved *row = &moved->list.at[i];
    if (str_eq(row->as, resource->type) && str_eq(row->to, resource->name)) return true;
  }
  return false;
}

// module.s3.aws_s3_bucket -> aws_s3_bucket.
static Str bare_type(Str type) {
  size_t dot = type.len;
  while (dot > 0 && type.at[dot - 1] != '.') dot--;
  return str_slice(type, dot, type.len);
}

// What became of a resource that is gone: the one of its name in another module; else the new one with the same body,
// if there is just one.
static void follow(Arena *arena, const Manifest *old, const EmittedResource *gone, const Emission *emission,
                   Diags *diags, MovedList *moved) {
  const EmittedResource *same = NULL, *similar = NULL;
  size_t same_count = 0;
  for (size_t i = 0; i < emission->resources.len; i++) {
    const EmittedResource *born = &emission->resources.at[i];
    if (!str_eq(bare_type(born->type), bare_type(gone->type)) || !is_new(old, born) || is_target(moved, born)) continue;
    if (str_eq(born->name, gone->name)) {
      VEC_PUSH(arena, &moved->list, (Moved){gone->type, gone->name, born->type, born->name});
      return;
    }
    similar = born;
    if (born->body == gone->body) same = born, same_count++;
  }
  if (same_count == 1) {
    VEC_PUSH(arena, &moved->list, (Moved){gone->type, gone->name, same->type, same->name});
  } else if (similar) {
    Diag *fault = diag(diags, DIAG_WARNING, "E0770", similar->span,
                       "%.*s.%.*s is gone and %.*s.%.*s is new: the next apply destroys the old one",
                       STR_ARG(gone->type), STR_ARG(gone->name), STR_ARG(similar->type), STR_ARG(similar->name));
    diag_help(diags, fault, "to rename it, rename first and change it in a later build; or keep the old name");
  }
}

void manifest_renames(Arena *arena, const Manifest *old, const Emission *emission, Diags *diags, MovedList *moved) {
  const EmittedResource *now = emission->resources.at;
  size_t count = emission->resources.len;
  for (size_t i = 0; i < old->moved.list.len; i++) {
    const Moved *row = &old->moved.list.at[i];
    bool holds = !has_resource(now, count, row->type, row->from);
    if (holds) VEC_PUSH(arena, &moved->list, *row);
  }
  for (size_t i = 0; i < old->resources.len; i++) {
    const EmittedResource *gone = &old->resources.at[i];
    if (!has_resource(now, count, gone->type, gone->name)) follow(arena, old, gone, emission, diags, moved);
  }
}
