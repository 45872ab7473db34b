// DynamoDB items against the tables that they are for and the machines that read them.
#include "base/sys.h"
#include "validate/cross.h"
#include "validate/dynamodb.h"
#include "validate/learnt.h"
#include "validate/template.h"

enum { SLIP_MOST = 2, NAMES_MOST = 6, NAME_LONG = 6 };

// --- Keys: aws_dynamodb_table_item puts a file into a table whose keys are declared

static bool key_of(const World *world, const Declared *table, Str attribute, KeyAttribute *key) {
  const HclBody *body = table->block->body;
  if (!cross_text(world, cross_value(body, attribute), table->folder, &key->name)) return false;
  for (size_t i = 0; i < body->items.len; i++) {
    const HclBlock *block = body->items.at[i].block;
    Str name, type;
    if (!block || !str_eq(block->type, S("attribute"))) continue;
    if (!cross_text(world, cross_value(block->body, S("name")), table->folder, &name) || !str_eq(name, key->name))
      continue;
    if (!cross_text(world, cross_value(block->body, S("type")), table->folder, &type) || type.len != 1) return false;
    key->type = type.at[0];
    return true;
  }
  return false;
}

// The folder of file("${path.module}/items/${each.value}"): the literal text up to the last '/' before what varies.
static bool literal_folder(const World *world, const HclExpr *expr, Str folder, Str *text) {
  Str whole, part;
  if (cross_text(world, expr, folder, &whole)) {
    *text = whole;
    return true;
  }
  if (!expr || expr->kind != HCL_TEMPLATE) return false;
  Buf out = {.arena = world->arena};
  for (uint32_t i = 0; i < expr->count && cross_text(world, expr->items[i], folder, &part); i++) buf_str(&out, part);
  *text = path_folder(buf_text(&out));
  return text->len > 0;
}

// The items that a resource puts: the one that stands in it, or those of the folder that its file() reads.
static bool is_put(World *world, const HclExpr *item, const Inside *inside, Str clean, uint32_t file) {
  if (inside) return inside->file == file;
  Str path = path_clean(world->arena, source_file(world->sources, file)->path);
  return item->kind == HCL_CALL && (str_eq(path, clean) || str_eq(path_folder(path), clean));
}

static void check_table_item(World *world, const Declared *put) {
  const HclExpr *item = cross_value(put->block->body, S("item"));
  Str attribute, path;
  const Declared *table =
      cross_reference(world, cross_value(put->block->body, S("table_name")), put->folder, &attribute);
  const Inside *inside = item ? inside_of(world->set->learnt, item) : NULL;
  bool reads = item && item->kind == HCL_CALL && str_eq(item->text, S("file")) && item->count == 1 &&
               literal_folder(world, item->items[0], put->folder, &path);
  if (!table || !(inside || reads)) return;
  KeyAttribute keys[2];
  size_t count = 0;
  if (!key_of(world, table, S("hash_key"), &keys[count++])) return;
  if (key_of(world, table, S("range_key"), &keys[count])) count++;
  Str clean = inside ? (Str){0} : path_clean(world->arena, path);
  for (size_t i = 0; i < world->items.len; i++) {
    const Machine *one = &world->items.at[i];
    if (is_put(world, item, inside, clean, one->file))
      dynamodb_check_keys(world->diags, one->file, one->json, keys, count);
  }
}

// --- Members: what a machine reads of an item

typedef struct Reader {
  World *world;
  const Machine *machine;
  Map written;  // names of members that the machine itself writes
  size_t known; // paths that begin with an attribute of an item
} Reader;

// What {"M": {"a": {"S": "x"}}} holds under a name: the typed value of an attribute, or NULL.
static const Json *attribute_of(const Json *typed, Str name) {
  const Json *map = json_get(typed, S("M"));
  return json_get(map ? map : typed, name);
}

static bool is_type_tag(Str name) {
  static const Str tags[] = {STR_INIT("S"),    STR_INIT("N"), STR_INIT("M"), STR_INIT("L"),
                             STR_INIT("BOOL"), STR_INIT("B"), STR_INIT("SS")};
  for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
    if (str_eq(name, tags[i])) return true;
  }
  return false;
}

// The names of a path "$.a.b[0].c" or "$states.input.a.b", from *at on; white space and brackets end a name.
static Str next_name(Str text, size_t *at) {
  while (*at < text.len && text.at[*at] != '.') {
    if (!strchr("[]0123456789'\"", text.at[*at])) return (Str){0};
    ++*at;
  }
  if (*at >= text.len) return (Str){0};
  size_t from = ++*at;
  while (*at < text.len && !strchr(".[](){} ,;:|&=<>!?+-*/%\"'\n\t", text.at[*at])) ++*at;
  return str_slice(text, from, *at);
}

static const Json *any_item_with(const World *world, Str name, const Json **value) {
  for (size_t i = 0; i < world->items.len; i++) {
    *value = attribute_of(world->items.at[i].json, name);
    if (*value) return world->items.at[i].json;
  }
  return NULL;
}

// A member of `typed` (an item, or the value of an attribute) that is a slip away from `name`, or NULL.
static const JsonMember *slipped(const Json *typed, Str name) {
  const Json *map = json_get(typed, S("M")), *object = map ? map : typed;
  Nearest nearest = nearest_to(name);
  for (uint32_t k = 0; json_is(object, JSON_OBJECT) && k < object->count; k++)
    nearest_offer(&nearest, object->members[k].key);
  Str best = nearest_best(&nearest);
  return best.len && str_distance(name, best, SLIP_MOST) <= SLIP_MOST ? json_member(object, best) : NULL;
}

// A name in a string of the machine; `end` is the offset behind it in the string.
typedef struct Name {
  const Json *string;
  Str text;
  size_t end;
} Name;

static void report_slip(Reader *reader, const Name *name, uint32_t item, const JsonMember *member) {
  uint32_t from = name->string->at + 1 + (uint32_t)(name->end - name->text.len);
  bool plain = name->string->end - name->string->at - 2 == name->string->count; // no escapes: offsets are the file's
  Span span = {reader->machine->file, plain ? from : name->string->at,
               plain ? from + (uint32_t)name->text.len : name->string->end};
  Diag *made = diag(reader->world->diags, DIAG_ERROR, "V7008", span, "`%.*s` is read, but the item has `%.*s`",
                    STR_ARG(name->text), STR_ARG(member->key));
  diag_note(reader->world->diags, made, (Span){item, member->at, member->at + (uint32_t)member->key.len + 2},
            "the item's");
  diag_help(reader->world->diags, made, "write `%.*s` in both", STR_ARG(member->key));
}

// `name` is no attribute of any item; perhaps it is a slip away from one that has `below` in it. That says enough even
// of a machine that reads nothing else of the items, unless the name is short.
static void check_attribute(Reader *reader, const Name *name, Str below) {
  if (!reader->known && name->text.len < NAME_LONG) return;
  for (size_t i = 0; i < reader->world->items.len; i++) {
    const Machine *item = &reader->world->items.at[i];
    const JsonMember *member = slipped(item->json, name->text);
    if (!member || !attribute_of(member->value, below)) continue;
    report_slip(reader, name, item->file, member);
    return;
  }
}

// `name` is read of the attribute `of`; perhaps no item has it there, and one has a name that is a slip away.
static void check_inside(Reader *reader, const Name *name, Str of) {
  const JsonMember *near = NULL;
  uint32_t file = 0;
  for (size_t i = 0; i < reader->world->items.len; i++) {
    const Machine *item = &reader->world->items.at[i];
    const Json *value = attribute_of(item->json, of);
    if (!json_get(value, S("M"))) continue;
    if (attribute_of(value, name->text)) return;
    if (!near && (near = slipped(value, name->text))) file = item->file;
  }
  if (near) report_slip(reader, name, file, near);
}

// Follows a path to the first of its names that is an attribute of an item, or a slip away from one that has the name
// behind it in it.
static void check_path(Reader *reader, const Json *string, size_t at, bool report) {
  Str text = json_str(string), name = next_name(text, &at);
  for (int i = 0; name.len && i < NAMES_MOST; i++) {
    size_t end = at;
    Str below = next_name(text, &at);
    while (below.len && is_type_tag(below)) below = next_name(text, &at);
    const Json *value;
    if (template_is_open(name)) return;
    if (any_item_with(reader->world, name, &value)) {
      reader->known++;
      if (report && below.len && !map_get(&reader->written, name))
        check_inside(reader, &(Name){string, below, at}, name);
      return;
    }
    if (report && below.len && !map_get(&reader->written, name))
      check_attribute(reader, &(Name){string, name, end}, below);
    name = below;
  }
}

static void check_text(Reader *reader, const Json *string, bool report) {
  Str text = json_str(string);
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] != '$') continue;
    Str rest = str_slice(text, i, text.len);
    size_t names = str_starts(rest, S("$states.input")) ? i + 7 : str_starts(rest, S("$.")) ? i + 1 : 0;
    if (!names && rest.len > 1 && rest.at[1] != '$' && rest.at[1] != '{') { // a variable: its members may be the item's
      for (names = i + 1; names < text.len && text.at[names] != '.' && text.at[names] != ' '; names++) {}
    }
    if (names && names < text.len) check_path(reader, string, names, report);
    i = names > i ? names : i;
  }
}

static void walk(Reader *reader, const Json *value, bool report) {
  if (value->kind == JSON_STRING) check_text(reader, value, report);
  for (uint32_t i = 0; value->kind == JSON_ARRAY && i < value->count; i++) walk(reader, value->items[i], report);
  for (uint32_t i = 0; value->kind == JSON_OBJECT && i < value->count; i++) {
    Str key = value->members[i].key;
    if (str_ends(key, S(".$"))) key = str_slice(key, 0, key.len - 2);
    if (!report) map_set(&reader->written, key, (void *)value);
    const Json *inner = value->members[i].value;
    if (!report && str_eq(key, S("ResultPath")) && json_is(inner, JSON_STRING)) {
      size_t at = 1;
      Str name = json_str(inner).len > 2 ? next_name(json_str(inner), &at) : (Str){0};
      if (name.len) map_set(&reader->written, name, (void *)value);
    }
    walk(reader, inner, report);
  }
}

void cross_check_items(World *world) {
  for (size_t i = 0; i < world->declared.len; i++) {
    if (str_eq(world->declared.at[i].type, S("aws_dynamodb_table_item")))
      check_table_item(world, &world->declared.at[i]);
  }
  for (size_t i = 0; i < world->machines.len && world->items.len; i++) {
    Reader reader = {.world = world, .machine = &world->machines.at[i], .written = {.arena = world->arena}};
    walk(&reader, reader.machine->json, false);
    walk(&reader, reader.machine->json, true);
  }
}
