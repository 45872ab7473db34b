// DynamoDB items in typed attribute JSON ({"name": {"S": "…"}}): the API Reference's "AttributeValue", the Developer
// Guide's "Supported data types", "Constraints" and "Item sizes and formats".
#include "validate/dynamodb.h"
#include "base/map.h"
#include "validate/dynamodb_number.h"
#include "validate/template.h"
#include "validate/validate.h"

enum {
  DEPTH_MOST = 32,        // levels of M and L
  ITEM_MOST = 400 * 1024, // bytes
  HASH_MOST = 2048,       // bytes of a partition key's value
  RANGE_MOST = 1024,      // bytes of a sort key's value
  NAME_MOST = 65535,      // bytes of an attribute's name
};

typedef struct Item {
  Arena *arena; // scratch
  Diags *diags;
  uint32_t file;
  bool open; // holds placeholders: sizes are not known
} Item;

static Span span_of(const Item *item, const Json *value) {
  return (Span){item->file, value->at, value->end};
}

static Span key_span(const Item *item, const JsonMember *member) {
  return (Span){item->file, member->at, member->at + (uint32_t)member->key.len + 2};
}

// Checks a value without its type tag and returns its size by the service's arithmetic.
typedef size_t TypeCheck(Item *item, const Json *value, int depth);

static size_t check_value(Item *item, const Json *value, Str name, int depth);

static bool is_text(Item *item, const Json *value, const char *tag) {
  if (json_is(value, JSON_STRING)) {
    if (!template_is_open(json_str(value))) return true;
    item->open = true;
    return false;
  }
  Diag *made = diag(item->diags, DIAG_ERROR, "V6004", span_of(item, value), "the value of %s must be a string", tag);
  if (json_is(value, JSON_NUMBER))
    diag_help(item->diags, made, "put the number in quotes: \"%.*s\"", (int)value->count, value->text);
  return false;
}

static size_t check_string(Item *item, const Json *value, int depth) {
  (void)depth;
  return is_text(item, value, "S") ? value->count : 0;
}

static size_t check_number(Item *item, const Json *value, int depth) {
  (void)depth;
  if (!is_text(item, value, "N")) return 0;
  DynamoNumber number;
  const char *wrong = dynamo_number_read(json_str(value), &number);
  if (wrong)
    diag(item->diags, DIAG_ERROR, "V6005", span_of(item, value), "`%.*s`: %s", STR_ARG(json_str(value)), wrong);
  return wrong ? 0 : dynamo_number_size(&number);
}

// The number of bytes that `text` encodes, or SIZE_MAX when it is not base64 (RFC 4648, padded).
static size_t base64_size(Str text) {
  if (text.len % 4) return SIZE_MAX;
  size_t padding = 0;
  while (padding < 2 && padding < text.len && text.at[text.len - 1 - padding] == '=') padding++;
  for (size_t i = 0; i + padding < text.len; i++) {
    char c = text.at[i];
    bool plain = ascii_is_alnum(c) || c == '+' || c == '/';
    if (!plain) return SIZE_MAX;
  }
  return text.len / 4 * 3 - padding;
}

static size_t check_binary(Item *item, const Json *value, int depth) {
  (void)depth;
  if (!is_text(item, value, "B")) return 0;
  size_t size = base64_size(json_str(value));
  if (size != SIZE_MAX) return size;
  diag(item->diags, DIAG_ERROR, "V6006", span_of(item, value), "the value of B must be base64");
  return 0;
}

static size_t check_bool(Item *item, const Json *value, int depth) {
  (void)depth;
  if (!json_is_bool(value) && !(json_is(value, JSON_STRING) && template_is_open(json_str(value))))
    diag(item->diags, DIAG_ERROR, "V6004", span_of(item, value),
         "the value of BOOL must be true or false, without quotes");
  return 1;
}

static size_t check_null(Item *item, const Json *value, int depth) {
  (void)depth;
  if (!json_is(value, JSON_TRUE))
    diag(item->diags, DIAG_ERROR, "V6004", span_of(item, value), "the value of NULL must be true");
  return 1;
}

// What decides whether two elements of a set are the same.
static Str identity(Item *item, Str tag, Str text) {
  DynamoNumber number;
  if (!str_eq(tag, S("NS")) || dynamo_number_read(text, &number)) return text;
  return dynamo_number_text(item->arena, &number);
}

static size_t check_set(Item *item, Str tag, const Json *value, TypeCheck *check) {
  if (!json_is(value, JSON_ARRAY)) {
    diag(item->diags, DIAG_ERROR, "V6004", span_of(item, value), "the value of %.*s must be an array", STR_ARG(tag));
    return 0;
  }
  if (!value->count) diag(item->diags, DIAG_ERROR, "V6007", span_of(item, value), "a set may not be empty");
  Map seen = {.arena = item->arena};
  size_t size = 0;
  for (uint32_t i = 0; i < value->count; i++) {
    const Json *element = value->items[i];
    size += check(item, element, 0);
    if (!json_is(element, JSON_STRING)) continue;
    const Json *first = map_set(&seen, identity(item, tag, json_str(element)), (void *)element);
    if (!first) continue;
    Diag *made = diag(item->diags, DIAG_ERROR, "V6008", span_of(item, element), "the set holds this value twice");
    diag_note(item->diags, made, span_of(item, first), "the first one");
  }
  return size;
}

static size_t check_string_set(Item *item, const Json *value, int depth) {
  (void)depth;
  return check_set(item, S("SS"), value, check_string);
}

static size_t check_number_set(Item *item, const Json *value, int depth) {
  (void)depth;
  return check_set(item, S("NS"), value, check_number);
}

static size_t check_binary_set(Item *item, const Json *value, int depth) {
  (void)depth;
  return check_set(item, S("BS"), value, check_binary);
}

// Lists and maps take 3 bytes, and one for each element.
static size_t check_list(Item *item, const Json *value, int depth) {
  if (!json_is(value, JSON_ARRAY)) {
    diag(item->diags, DIAG_ERROR, "V6004", span_of(item, value), "the value of L must be an array");
    return 0;
  }
  size_t size = 3;
  for (uint32_t i = 0; i < value->count; i++) size += 1 + check_value(item, value->items[i], S(""), depth + 1);
  return size;
}

static size_t check_members(Item *item, const Json *object, int depth) {
  size_t size = 0;
  Map seen = {.arena = item->arena};
  for (uint32_t i = 0; i < object->count; i++) {
    const JsonMember *member = &object->members[i];
    const JsonMember *first = map_set(&seen, member->key, (void *)member);
    if (first) {
      Diag *made = diag(item->diags, DIAG_ERROR, "V6002", key_span(item, member), "`%.*s` stands here a second time",
                        STR_ARG(member->key));
      diag_note(item->diags, made, key_span(item, first), "the first one, which is lost");
    }
    size += member->key.len + check_value(item, member->value, member->key, depth);
  }
  return size;
}

static size_t check_map(Item *item, const Json *value, int depth) {
  if (json_is(value, JSON_OBJECT)) return 3 + value->count + check_members(item, value, depth + 1);
  diag(item->diags, DIAG_ERROR, "V6004", span_of(item, value), "the value of M must be an object of typed values");
  return 0;
}

static const struct Type {
  Str tag;
  TypeCheck *check;
} types[] = {
    {STR_INIT("S"), check_string},      {STR_INIT("N"), check_number},      {STR_INIT("B"), check_binary},
    {STR_INIT("SS"), check_string_set}, {STR_INIT("NS"), check_number_set}, {STR_INIT("BS"), check_binary_set},
    {STR_INIT("M"), check_map},         {STR_INIT("L"), check_list},        {STR_INIT("BOOL"), check_bool},
    {STR_INIT("NULL"), check_null},
};

static const struct Type *type_of(Str tag) {
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    if (str_eq(types[i].tag, tag)) return &types[i];
  }
  return NULL;
}

// How a value without its tag is to be written.
static void help_tag(Item *item, Diag *made, const Json *value) {
  static const char *const hints[] = {"{\"NULL\": true}", "{\"BOOL\": false}", "{\"BOOL\": true}", "{\"N\": \"…\"}",
                                      "{\"S\": \"…\"}",   "{\"L\": […]}",      "{\"M\": {…}}"};
  diag_help(item->diags, made, "write %s", hints[value->kind]);
}

static size_t check_value(Item *item, const Json *value, Str name, int depth) {
  if (depth > DEPTH_MOST) {
    diag(item->diags, DIAG_ERROR, "V6009", (Span){item->file, value->at, value->at + 1},
         "nested more than 32 levels deep");
    return 0;
  }
  if (json_is(value, JSON_STRING) && template_is_open(json_str(value))) return item->open = true, 0;
  if (!json_is(value, JSON_OBJECT)) {
    Diag *made = diag(item->diags, DIAG_ERROR, "V6003", span_of(item, value), "the value%s%.*s%s has no type tag",
                      name.len ? " of `" : "", STR_ARG(name), name.len ? "`" : "");
    help_tag(item, made, value);
    return 0;
  }
  if (value->count != 1) {
    diag(item->diags, DIAG_ERROR, "V6003", (Span){item->file, value->at, value->at + 1},
         value->count ? "a value has one type tag, not %u" : "a value has one type tag: this has %u", value->count);
    return 0;
  }
  const JsonMember *member = &value->members[0];
  const struct Type *type = type_of(member->key);
  if (type) return type->check(item, member->value, depth);
  Diag *made =
      diag(item->diags, DIAG_ERROR, "V6003", key_span(item, member), "there is no type `%.*s`", STR_ARG(member->key));
  diag_help(item->diags, made, "the types are S, N, B, BOOL, NULL, SS, NS, BS, L and M; an object is {\"M\": {…}}");
  return 0;
}

// --- Keys

static void check_key(Item *item, const Json *json, const KeyAttribute *key, bool range) {
  const char *role = range ? "sort" : "partition";
  const JsonMember *member = json_member(json, key->name);
  Span whole = {item->file, json->at, json->at + 1};
  if (!member) {
    diag(item->diags, DIAG_ERROR, "V6010", whole, "the table's %s key `%.*s` is missing", role, STR_ARG(key->name));
    return;
  }
  if (!json_is(member->value, JSON_OBJECT) || member->value->count != 1) return;
  const JsonMember *typed = &member->value->members[0];
  if (!str_eq(typed->key, (Str){&key->type, 1})) {
    diag(item->diags, DIAG_ERROR, "V6011", key_span(item, typed),
         "the %s key `%.*s` is of type %c in the table, not %.*s", role, STR_ARG(key->name), key->type,
         STR_ARG(typed->key));
    return;
  }
  if (!json_is(typed->value, JSON_STRING) || key->type == 'N' || template_is_open(json_str(typed->value))) return;
  size_t size = key->type == 'B' ? base64_size(json_str(typed->value)) : typed->value->count;
  size_t most = range ? RANGE_MOST : HASH_MOST;
  if (size == 0) diag(item->diags, DIAG_ERROR, "V6012", span_of(item, typed->value), "a key may not be empty");
  if (size > most && size != SIZE_MAX)
    diag(item->diags, DIAG_ERROR, "V6012", span_of(item, typed->value), "a %s key has at most %zu bytes, this has %zu",
         role, most, size);
}

void dynamodb_check_keys(Diags *diags, uint32_t file, const Json *json, const KeyAttribute *keys, size_t count) {
  Item item = {.diags = diags, .file = file};
  for (size_t i = 0; i < count; i++) check_key(&item, json, &keys[i], i > 0);
}

void validate_dynamodb_item(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options) {
  Arena scratch = {0};
  Item item = {.arena = &scratch, .diags = diags, .file = file};
  Str text = source_file(sources, file)->text, filled;
  JsonError error;
  bool directives;
  const Json *json = json_read(&scratch, text, JSON_KEEP_DUPLICATES, &error);
  if (!json && template_fill(&scratch, text, &filled, &directives))
    json = json_read(&scratch, filled, JSON_KEEP_DUPLICATES, &error);
  if (!json) {
    diag(diags, DIAG_ERROR, "V6001", (Span){file, error.at, error.at + 1}, "not JSON: %s", error.what);
  } else if (json->kind != JSON_OBJECT) {
    diag(diags, DIAG_ERROR, "V6001", span_of(&item, json), "an item is a JSON object");
  } else {
    size_t size = check_members(&item, json, 0);
    for (uint32_t i = 0; i < json->count; i++) {
      if (!json->members[i].key.len)
        diag(diags, DIAG_ERROR, "V6014", key_span(&item, &json->members[i]), "an attribute's name is not empty");
    }
    dynamodb_check_keys(diags, file, json, options->key, options->key_count);
    if (size > ITEM_MOST && !item.open)
      diag(diags, DIAG_ERROR, "V6013", (Span){file, json->at, json->at + 1},
           "the item takes %zu bytes, at most 409600 (400 KB) are allowed", size);
  }
  arena_free(&scratch);
}
