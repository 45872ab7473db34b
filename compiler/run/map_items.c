// Where the items of a distributed Map come from: ItemReader, and ItemBatcher behind it.
#include "run/engine.h"
#include "run/value.h"

typedef struct Reading {
  Engine *g;
  Arena *arena;
  const ItemReader *reader;
  Str bucket, key;
  double most; // items; 0: all
  Failure *failure;
  JsonBuild items;
} Reading;

static const Json *reader_failed(Reading *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
static const Json *reader_failed(Reading *r, const char *format, ...) {
  va_list args;
  va_start(args, format);
  *r->failure = (Failure){.error = json_string(r->arena, S("States.ItemReaderFailed")),
                          .cause = json_string(r->arena, str_vfmt(r->arena, format, args)),
                          .bare = true};
  va_end(args);
  return NULL;
}

static bool full(const Reading *r) {
  return r->most > 0 && (double)r->items.items.len >= r->most;
}

static bool read_object(Reading *r, Str key, Str *body) {
  const RunWorld *world = &r->g->options->world;
  if (world->read && world->read(world->with, r->arena, r->bucket, key, body)) return true;
  reader_failed(r, "The specified key does not exist. (Service: S3, Status Code: 404)");
  return false;
}

// --- JSON and JSON Lines

static const Json *read_json(Reading *r, Str body) {
  JsonError error;
  const Json *value = json_read(r->arena, body, 0, &error);
  if (!value) return reader_failed(r, "The file is not valid JSON: %s", error.what);
  if (r->reader->pointer.len) value = json_at(value, r->reader->pointer);
  if (!json_is(value, JSON_ARRAY)) return reader_failed(r, "Attempting to map over non-iterable node.");
  size_t count = r->most > 0 && r->most < value->count ? (size_t)r->most : value->count;
  return json_array(r->arena, value->items, count);
}

static const Json *read_lines(Reading *r, Str body) {
  while (body.len && !full(r)) {
    Str line = str_trim(str_cut(body, '\n', &body));
    JsonError error;
    if (!line.len) continue;
    const Json *value = json_read(r->arena, line, 0, &error);
    if (!value) return reader_failed(r, "A line is not valid JSON: %s", error.what);
    json_add(&r->items, value);
  }
  return json_made_array(&r->items);
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

static const Json *read_csv(Reading *r, Str body, const Row *given) {
  Row headers = {0}, row = {0};
  if (str_starts(body, S("\xEF\xBB\xBF"))) body = str_slice(body, 3, body.len);
  if (given)
    headers = *given;
  else if (!read_row(r, &body, &headers))
    return reader_failed(r, "The CSV file has no header row.");
  while (!full(r) && read_row(r, &body, &row)) {
    if (!is_blank(&row)) json_add(&r->items, row_object(r, &headers, &row));
  }
  return json_made_array(&r->items);
}

static bool given_headers(Reading *r, Row *headers) {
  const Json *list = r->reader->headers;
  for (uint32_t i = 0; list && i < list->count; i++) {
    if (list->items[i]->kind == JSON_STRING) VEC_PUSH(r->arena, headers, json_str(list->items[i]));
  }
  return r->reader->headers_given;
}

// --- Inventories

// An inventory's manifest names CSV files and their columns.
static const Json *read_manifest(Reading *r, Str body) {
  JsonError error;
  const Json *manifest = json_read(r->arena, body, 0, &error), *files = json_get(manifest, S("files"));
  const Json *schema = json_get(manifest, S("fileSchema"));
  if (!json_is(files, JSON_ARRAY)) return reader_failed(r, "The manifest names no files.");
  Row headers = {0};
  Str rest = json_is(schema, JSON_STRING) ? json_str(schema) : S("");
  while (rest.len) VEC_PUSH(r->arena, &headers, str_trim(str_cut(rest, ',', &rest)));
  for (uint32_t i = 0; i < files->count && !full(r); i++) {
    const Json *key = json_get(files->items[i], S("key"));
    Str text;
    if (!json_is(key, JSON_STRING)) return reader_failed(r, "The manifest names a file without a key.");
    if (str_ends(json_str(key), S(".gz"))) {
      refuse(r->g, NULL, "R0206", S("reading compressed inventory files is not simulated"));
      return NULL;
    }
    if (!read_object(r, json_str(key), &text) || !read_csv(r, text, headers.len ? &headers : NULL)) return NULL;
  }
  return json_made_array(&r->items);
}

static const Json *read_list(Reading *r, Str prefix) {
  const RunWorld *world = &r->g->options->world;
  const RunObject *objects;
  size_t count;
  Arena *a = r->arena;
  if (!world->list || !world->list(world->with, a, r->bucket, prefix, &objects, &count)) {
    return reader_failed(r, "The specified bucket does not exist (Service: S3, Status Code: 404)");
  }
  for (size_t i = 0; i < count && !full(r); i++) {
    JsonBuild object = {.arena = a};
    json_put(&object, S("Etag"), json_string(a, objects[i].etag));
    json_put(&object, S("Key"), json_string(a, objects[i].key));
    json_put(&object, S("LastModified"), json_number(a, objects[i].modified));
    json_put(&object, S("Size"), json_number(a, (double)objects[i].size));
    json_put(&object, S("StorageClass"), json_string(a, S("STANDARD")));
    json_add(&r->items, json_made_object(&object));
  }
  return json_made_array(&r->items);
}

// --- The reader

static Str text_member(const Json *object, Str key) {
  const Json *value = json_get(object, key);
  return json_is(value, JSON_STRING) ? json_str(value) : (Str){0};
}

static const Json *read_file(Reading *r) {
  Str body;
  Row headers = {0};
  if (!read_object(r, r->key, &body)) return NULL;
  switch (r->reader->kind) {
  case READ_JSON: return read_json(r, body);
  case READ_JSONL: return read_lines(r, body);
  case READ_MANIFEST: return read_manifest(r, body);
  default: return read_csv(r, body, given_headers(r, &headers) ? &headers : NULL);
  }
}

const Json *map_read_items(Engine *g, Thread *t, Evaluation *e, Failure *failure) {
  const State *s = t->state;
  const ItemReader *reader = &s->map->reader;
  const Json *arguments = reader->arguments ? template_make(e, reader->arguments) : json_object(e->arena, NULL, 0);
  const Json *most = NULL;
  if (arguments && reader->max_items.kind != FIELD_NONE) {
    most = s->jsonata ? template_make_kind(e, reader->max_items.value, JSON_NUMBER) : field_get(e, &reader->max_items);
    if (!most) arguments = NULL;
  }
  if (!arguments) {
    *failure = e->failure;
    return NULL;
  }
  if (!g->options->world.read) {
    refuse(g, t, "R0203", S("an ItemReader reads from S3: say with --s3 which folder stands for it"));
    return NULL;
  }
  Reading r = {.g = g, .arena = &g->heap, .reader = reader, .failure = failure, .items.arena = &g->heap};
  r.bucket = text_member(arguments, S("Bucket"));
  r.key = text_member(arguments, S("Key"));
  r.most = json_is(most, JSON_NUMBER) ? most->number : 0;
  return reader->kind == READ_LIST ? read_list(&r, text_member(arguments, S("Prefix"))) : read_file(&r);
}

// --- Batches

static bool batch_limit(Evaluation *e, const State *s, const Field *field, double *most) {
  *most = 0;
  if (field->kind == FIELD_NONE) return true;
  const Json *value = s->jsonata ? template_make_kind(e, field->value, JSON_NUMBER) : field_get(e, field);
  if (!value) return false;
  if (value_whole(value) && value->number >= 0) return *most = value->number, true;
  Str text = value_text(e->arena, value);
  evaluation_fail(e, S("States.Runtime"), "The %.*s field refers to value \"%.*s\" which is not a valid integer",
                  STR_ARG(field->name), STR_ARG(text));
  return false;
}

// The item as it goes into a batch: what the ItemSelector makes of it.
static const Json *selected(Thread *t, Evaluation *e, const Json *item, uint32_t index) {
  const Template *selector = t->state->map->item_selector;
  if (!selector) return item;
  Thread seer = *t;
  seer.item = item;
  seer.index = index;
  e->with = &seer;
  e->context = NULL;
  const Json *made = template_make(e, selector);
  e->with = t;
  e->context = NULL;
  return made;
}

const Json *map_batch_items(Engine *g, Thread *t, Evaluation *e, const Json *items, Failure *failure) {
  const State *s = t->state;
  const MapConfig *m = s->map;
  Arena *a = &g->heap;
  double most, bytes;
  const Json *extra = NULL;
  bool good = batch_limit(e, s, &m->batch_items, &most) && batch_limit(e, s, &m->batch_bytes, &bytes);
  if (good && m->batch_input) good = (extra = template_make(e, m->batch_input)) != NULL;
  JsonBuild batches = {.arena = a};
  for (uint32_t i = 0; good && i < items->count;) {
    JsonBuild batch = {.arena = a}, build = {.arena = a};
    size_t size = 0;
    while (i < items->count && (most == 0 || (double)batch.items.len < most)) {
      const Json *item = selected(t, e, items->items[i], i);
      if (!(good = item != NULL)) break;
      size += bytes > 0 ? value_text(a, item).len + 1 : 0;
      if (bytes > 0 && batch.items.len && (double)size > bytes) break;
      json_add(&batch, item);
      i++;
    }
    json_put(&build, S("BatchInput"), extra);
    json_put(&build, S("Items"), json_made_array(&batch));
    json_add(&batches, json_made_object(&build));
  }
  if (!good) *failure = e->failure;
  return good ? json_made_array(&batches) : NULL;
}
