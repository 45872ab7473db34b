#include "run/folder_s3.h"
#include "base/digest.h"
#include "base/sys.h"
#include <stdlib.h>

enum { DEEPEST = 64 };

// The path of an object, or an empty one when its names would lead out of the folder.
static Str object_path(Arena *arena, Str folder, Str bucket, Str key) {
  Str clean = path_clean(arena, path_join(arena, bucket, key));
  bool outside = str_starts(clean, S("..")) || str_starts(clean, S("/")) || str_starts(key, S("/"));
  return bucket.len && !outside ? path_join(arena, folder, clean) : S("");
}

bool folder_read(void *with, Arena *arena, Str bucket, Str key, Str *body) {
  Str path = object_path(arena, *(Str *)with, bucket, key), why;
  return path.len && sys_kind(path) == SYS_FILE && sys_read(arena, path, body, &why);
}

bool folder_write(void *with, Arena *arena, Str bucket, Str key, Str body) {
  Str path = object_path(arena, *(Str *)with, bucket, key), why;
  return path.len && sys_write(arena, path, body, false, &why);
}

typedef struct Listing {
  Arena *arena;
  Str prefix;
  VEC(RunObject) objects;
} Listing;

static void add_object(Listing *list, Str path, Str key) {
  Str body, why;
  if (!str_starts(key, list->prefix) || !sys_read(list->arena, path, &body, &why)) return;
  unsigned char bytes[DIGEST_MOST];
  Buf etag = {.arena = list->arena};
  buf_char(&etag, '"');
  buf_hex(&etag, bytes, digest(S("MD5"), body, bytes));
  buf_char(&etag, '"');
  VEC_PUSH(list->arena, &list->objects, (RunObject){.key = key, .etag = buf_text(&etag), .size = body.len});
}

static void walk(Listing *list, Str path, Str key, int depth) {
  Str *names, why;
  size_t count;
  if (depth > DEEPEST || !sys_list(list->arena, path, &names, &count, &why)) return;
  for (size_t i = 0; i < count; i++) {
    Str below = path_join(list->arena, path, names[i]);
    Str name = key.len ? str_fmt(list->arena, "%.*s/%.*s", STR_ARG(key), STR_ARG(names[i])) : names[i];
    SysKind kind = sys_kind(below);
    if (kind == SYS_FOLDER) walk(list, below, name, depth + 1);
    if (kind == SYS_FILE) add_object(list, below, name);
  }
}

static int by_key(const void *a, const void *b) {
  return str_cmp(((const RunObject *)a)->key, ((const RunObject *)b)->key);
}

bool folder_list(void *with, Arena *arena, Str bucket, Str prefix, const RunObject **objects, size_t *count) {
  Str path = object_path(arena, *(Str *)with, bucket, S("."));
  if (!path.len || sys_kind(path) != SYS_FOLDER) return false;
  Listing list = {.arena = arena, .prefix = prefix};
  walk(&list, path, S(""), 0);
  if (list.objects.len) qsort(list.objects.at, list.objects.len, sizeof *list.objects.at, by_key);
  *objects = list.objects.at;
  *count = list.objects.len;
  return true;
}
