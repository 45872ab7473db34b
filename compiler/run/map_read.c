// Where the items of a distributed Map come from: ItemReader.
#include "base/inflate.h"
#include "run/engine.h"

enum { UNPACKED_MOST = 1 << 30 };

typedef struct Reading {
  Engine *g;
  Arena *arena;
  const ItemReader *reader;
  Str bucket, key;
  double most; // items; 0: all
  Failure *failure;
  JsonBuild items;
} Reading;

static bool reader_failed(Reading *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool reader_failed(Reading *r, const char *format, ...) {
  va_list args;
  va_start(args, format);
  *r->failure = (Failure){.error = json_string(r->arena, S("States.ItemReaderFailed")),
                          .cause = json_string(r->arena, str_vfmt(r->arena, format, args)),
                          .bare = true};
  va_end(args);
  return false;
}

// What S3 says of something that is not there.
static bool s3_failed(Reading *r, const char *what) {
  uint64_t *random = &r->g->random;
  Str id = random_uuid(random, r->arena), more = random_uuid(random, r->arena);
  return reader_failed(r, "%s (Service: S3, Status Code: 404, Request ID: %.*s, Extended Request ID: %.*s)", what,
                       STR_ARG(id), STR_ARG(more));
}

static bool full(const Reading *r) {
  return r->most > 0 && (double)r->items.items.len >= r->most;
}

// The text of an object, unpacked where it is compressed.
static bool read_object(Reading *r, Str bucket, Str key, Str *body) {
  const RunWorld *world = &r->g->options->world;
  if (!world->read || !world->read(world->with, r->arena, bucket, key, body)) {
    return s3_failed(r, "The specified key does not exist.");
  }
  if (!gzip_is(*body) || gzip_read(r->arena, *body, UNPACKED_MOST, body)) return true;
  reader_failed(r, "The object %.*s is no valid gzip file", STR_ARG(key));
  return false;
}

// --- JSON and JSON Lines

static bool read_json(Reading *r, Str body) {
  JsonError error;
  const Json *value = json_read(r->arena, body, 0, &error);
  if (!value) return reader_failed(r, "The file is not valid JSON: %s", error.what);
  if (r->reader->pointer.len) value = json_at(value, r->reader->pointer);
  if (!json_is(value, JSON_ARRAY)) return reader_failed(r, "Attempting to map over non-iterable node.");
  for (uint32_t i = 0; i < value->count && !full(r); i++) json_add(&r->items, value->items[i]);
  return true;
}

static bool read_lines(Reading *r, Str body) {
  while (body.len && !full(r)) {
    Str line = str_trim(str_cut(body, '\n', &body));
    JsonError error;
    if (!line.len) continue;
    const Json *value = json_read(r->arena, line, 0, &error);
    if (!value) return reader_failed(r, "A line is not valid JSON: %s", error.what);
    json_add(&r->items, value);
  }
  return true;
}

// --- CSV (RFC 4180)

typedef VEC(Str) Row;

// A row of `body`, which it is cut from. False: there is none.
static bool read_row(Reading *r, Str *body, Row *row) {
  row->len = 0;
  if (!body->len) return false;
  Buf field = {.arena = r->arena};
  bool quoted = false;
  size_t i = 0;
  for (; i < body->len; i++) {
    char c = body->at[i], next = i + 1 < body->len ? body->at[i + 1] : 0;
    if (quoted && c == '"' && next == '"') {
      buf_char(&field, '"');
      i++;
    } else if (c == '"' && (quoted || field.len == 0)) {
      quoted = !quoted;
    } else if (!quoted && c == r->reader->delimiter) {
      VEC_PUSH(r->arena, row, buf_text(&field));
      field = (Buf){.arena = r->arena};
    } else if (!quoted && (c == '\n' || (c == '\r' && next == '\n'))) {
      i += c == '\r';
      break;
    } else {
      buf_char(&field, c);
    }
  }
  *body = str_slice(*body, i + 1, body->len);
  VEC_PUSH(r->arena, row, buf_text(&field));
  return true;
}

static bool is_blank(const Row *row) {
  return row->len == 1 && row->at[0].len == 0;
}

// A row as an object; of columns with the same name the last one stays, missing fields are empty.
static const Json *row_object(Reading *r, const Row *headers, const Row *row) {
  JsonMember *members = arena_raw(r->arena, headers->len * sizeof *members);
  uint32_t count = 0;
  for (size_t i = 0; i < headers->len; i++) {
    Str text = i < row->len ? row->at[i] : S("");
    uint32_t k = 0;
    while (k < count && !str_eq(members[k].key, headers->at[i])) k++;
    members[k] = (JsonMember){headers->at[i], json_string(r->arena, text), JSON_NOWHERE};
    count += k == count;
  }
  return json_object(r->arena, members, count);
}

static bool read_csv(Reading *r, Str body, const Row *given) {
  Row headers = {0}, row = {0};
  if (str_starts(body, S("\xEF\xBB\xBF"))) body = str_slice(body, 3, body.len);
  if (given)
    headers = *given;
  else if (!read_row(r, &body, &headers))
    return reader_failed(r, "The CSV file has no header row.");
  while (!full(r) && read_row(r, &body, &row)) {
    if (!is_blank(&row)) json_add(&r->items, row_object(r, &headers, &row));
  }
  return true;
}

static bool given_headers(Reading *r, Row *headers) {
  const Json *list = r->reader->headers;
  for (uint32_t i = 0; list && i < list->count; i++) {
    if (list->items[i]->kind == JSON_STRING) VEC_PUSH(r->arena, headers, json_str(list->items[i]));
  }
  return r->reader->headers_given;
}

// --- Objects, and what names objects

// The items of one object, as the reader's InputType says.
static bool read_items(Reading *r, Str bucket, Str key) {
  Str body;
  Row headers = {0};
  if (!read_object(r, bucket, key, &body)) return false;
  switch (r->reader->kind) {
  case READ_JSON: return read_json(r, body);
  case READ_JSONL: return read_lines(r, body);
  default: return read_csv(r, body, given_headers(r, &headers) ? &headers : NULL);
  }
}

// An inventory's manifest names CSV files and their columns.
static bool read_inventory(Reading *r) {
  Str body, rest;
  JsonError error;
  if (!read_object(r, r->bucket, r->key, &body)) return false;
  const Json *manifest = json_read(r->arena, body, 0, &error), *files = json_get(manifest, S("files"));
  const Json *schema = json_get(manifest, S("fileSchema")), *format = json_get(manifest, S("fileFormat"));
  if (!json_is(files, JSON_ARRAY)) return reader_failed(r, "The manifest names no files.");
  if (json_is(format, JSON_STRING) && !str_eq(json_str(format), S("CSV"))) {
    Str why = str_fmt(r->arena, "reading inventories in %.*s is not simulated", STR_ARG(json_str(format)));
    refuse(r->g, NULL, "R0206", why);
    return false;
  }
  Row headers = {0};
  rest = json_is(schema, JSON_STRING) ? json_str(schema) : S("");
  while (rest.len) VEC_PUSH(r->arena, &headers, str_trim(str_cut(rest, ',', &rest)));
  for (uint32_t i = 0; i < files->count && !full(r); i++) {
    const Json *key = json_get(files->items[i], S("key"));
    Str text;
    if (!json_is(key, JSON_STRING)) return reader_failed(r, "The manifest names a file without a key.");
    if (!read_object(r, r->bucket, json_str(key), &text)) return false;
    if (!read_csv(r, text, headers.len ? &headers : NULL)) return false;
  }
  return true;
}

// The manifest of an Athena query's UNLOAD: a line for each data file, s3://BUCKET/KEY.
static bool read_athena(Reading *r) {
  Str body, line, key;
  if (!read_object(r, r->bucket, r->key, &body)) return false;
  while (body.len && !full(r)) {
    line = str_trim(str_cut(body, '\n', &body));
    if (line.len > 1 && line.at[0] == '"' && line.at[line.len - 1] == '"') line = str_slice(line, 1, line.len - 1);
    if (!line.len) continue;
    if (!str_starts(line, S("s3://"))) return reader_failed(r, "The manifest names no S3 object: %.*s", STR_ARG(line));
    Str bucket = str_cut(str_slice(line, 5, line.len), '/', &key);
    if (!read_items(r, bucket, key)) return false;
  }
  return true;
}

static const Json *listed_item(Arena *a, const RunObject *object) {
  JsonBuild build = {.arena = a};
  json_put(&build, S("Etag"), json_string(a, object->etag));
  json_put(&build, S("Key"), json_string(a, object->key));
  json_put(&build, S("LastModified"), json_number(a, object->modified));
  json_put(&build, S("Size"), json_number(a, (double)object->size));
  json_put(&build, S("StorageClass"), json_string(a, S("STANDARD")));
  return json_made_object(&build);
}

// The objects under a prefix, or, flattened, what is in them.
static bool read_list(Reading *r, Str prefix) {
  const RunWorld *world = &r->g->options->world;
  const RunObject *objects;
  size_t count;
  if (!world->list || !world->list(world->with, r->arena, r->bucket, prefix, &objects, &count)) {
    return s3_failed(r, "The specified bucket does not exist");
  }
  for (size_t i = 0; i < count && !full(r); i++) {
    if (r->reader->from == FROM_LIST)
      json_add(&r->items, listed_item(r->arena, &objects[i]));
    else if (objects[i].size && !read_items(r, r->bucket, objects[i].key))
      return false;
  }
  return true;
}

// --- The reader

static Str text_member(const Json *object, Str key) {
  const Json *value = json_get(object, key);
  return json_is(value, JSON_STRING) ? json_str(value) : (Str){0};
}

static bool read_all(Reading *r, Str prefix) {
  switch (r->reader->from) {
  case FROM_OBJECT: return read_items(r, r->bucket, r->key);
  case FROM_INVENTORY: return read_inventory(r);
  case FROM_ATHENA: return read_athena(r);
  default: return read_list(r, prefix);
  }
}

const Json *map_read_items(Engine *g, Thread *t, const Fork *fork, Failure *failure) {
  const ItemReader *reader = &t->state->map->reader;
  const Json *arguments = fork->reader_arguments;
  const Json *said =
      g->options->world.items ? g->options->world.items(g->options->world.with, &g->heap, t->state) : NULL;
  if (said) return said;
  if (!g->options->world.read) {
    refuse(g, t, "R0203", S("an ItemReader reads from S3: say with --s3 which folder stands for it"));
    return NULL;
  }
  Reading r = {.g = g, .arena = &g->heap, .reader = reader, .failure = failure, .items.arena = &g->heap};
  r.bucket = text_member(arguments, S("Bucket"));
  r.key = text_member(arguments, S("Key"));
  r.most = fork->reader_most;
  if (r.most < 0) return reader_failed(&r, "field MaxItems must be positive"), NULL;
  return read_all(&r, text_member(arguments, S("Prefix"))) ? json_made_array(&r.items) : NULL;
}
