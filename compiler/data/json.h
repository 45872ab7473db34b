// JSON (RFC 8259) as an immutable tree: the values of the interpreter, the validators' view of files with positions,
// and what emitters build. Nodes and text live in arenas and may be shared freely.
#pragma once
#include "base/buf.h"

typedef enum { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT } JsonKind;

#define JSON_NOWHERE UINT32_MAX

typedef struct Json Json;

// A member of an object. `at` is the offset of the key's opening quote in the source, or JSON_NOWHERE.
typedef struct JsonMember {
  Str key;
  const Json *value;
  uint32_t at;
} JsonMember;

// `kind` is a JsonKind (an engine may use values above JSON_OBJECT, and `flags`, for what only it knows).
// `count`: bytes of a string or of a number's source text, items of an array, members of an object.
struct Json {
  uint8_t kind, flags;
  uint32_t count;
  uint32_t at, end; // bytes [at, end) of the source it was read from, or JSON_NOWHERE
  union {
    const char *text; // a string's bytes (decoded); a number's source text, NULL when it was computed
    const Json **items;
    const JsonMember *members; // in source order; keys may repeat only if read with JSON_KEEP_DUPLICATES
  };
  union {
    double number;
    const uint32_t *index; // an object's hash index (see json_index)
  };
};

static inline Str json_str(const Json *string) {
  return (Str){string->text, string->count};
}
static inline bool json_is(const Json *value, JsonKind kind) {
  return value && value->kind == (uint8_t)kind;
}
static inline bool json_is_bool(const Json *v) {
  return v && (v->kind == JSON_TRUE || v->kind == JSON_FALSE);
}

// --- Reading

// What was wrong and where.
typedef struct JsonError {
  uint32_t at;
  const char *what; // a static sentence fragment: "expected ',' or '}'"
} JsonError;

enum {
  JSON_KEEP_DUPLICATES =
      1,                 // keep every member of a repeated key (json_get gives the last); else the last wins in place
  JSON_DEPTH_MOST = 1000 // deeper nesting is refused
};

// Reads one JSON text. Strings without escapes point into `text`, which must outlive the tree. On a fault returns NULL
// and fills *error. Linear in time.
const Json *json_read(Arena *arena, Str text, unsigned flags, JsonError *error);

// --- Looking

// The value of a member (the last one of that key), or NULL; NULL too when `object` is NULL or no object.
const Json *json_get(const Json *object, Str key);
// The same for a member's record.
const JsonMember *json_member(const Json *object, Str key);
// The value at a JSON pointer (RFC 6901), or NULL.
const Json *json_at(const Json *value, Str pointer);
// Equality by value: order of members does not count, numbers by value.
bool json_equal(const Json *a, const Json *b);

// --- Making (computed values have no position). Keys and strings are kept, not copied.

extern const Json JSON_THE_NULL, JSON_THE_FALSE, JSON_THE_TRUE;
static inline const Json *json_bool(bool truth) {
  return truth ? &JSON_THE_TRUE : &JSON_THE_FALSE;
}
const Json *json_string(Arena *arena, Str text);
const Json *json_number(Arena *arena, double number);
// A number with the text it is to be written with.
const Json *json_number_text(Arena *arena, Str text);
// An array of `count` items; `items` is kept.
const Json *json_array(Arena *arena, const Json **items, size_t count);
// An object of `count` members with distinct keys; `members` is kept.
const Json *json_object(Arena *arena, const JsonMember *members, size_t count);

// Merges repeated keys among `count` members (the last value wins, at the first one's place) unless `keep`, and returns
// a hash index over them for objects large enough to need one, else NULL. For those who fill a Json themselves.
const uint32_t *json_index(Arena *arena, JsonMember *members, uint32_t *count, bool keep);

// A builder for objects and arrays of unknown size.
typedef struct JsonBuild {
  Arena *arena;
  VEC(JsonMember) members;
  VEC(const Json *) items;
} JsonBuild;
// Appends a member; a NULL value is left out. The key must be new.
void json_put(JsonBuild *build, Str key, const Json *value);
void json_add(JsonBuild *build, const Json *item);
const Json *json_made_object(const JsonBuild *build);
const Json *json_made_array(const JsonBuild *build);

// --- Writing

enum {
  JSON_COMPACT = 0, // no white space
  JSON_INDENT = 1,  // two blanks a level, "key": value, empty containers closed at once; no final newline
  JSON_ASCII = 2    // \u escapes for all that is not ASCII
};
// Appends the JSON text of `value`. Numbers keep their source text; computed ones are written shortest, as ECMAScript
// does (5, 0.1, 1e+21).
void json_write(Buf *out, const Json *value, unsigned flags);
Str json_text(Arena *arena, const Json *value, unsigned flags);
// Appends a string in quotes with JSON's escapes.
void json_write_string(Buf *out, Str text, unsigned flags);
// The shortest text that reads back as `number`, as ECMAScript's Number::toString (ECMA-262 6.1.6.1.20); returns
// length.
size_t json_number_print(double number, char out[32]);
// Parses a whole text as a JSON number. False: it is none.
bool json_number_parse(Str text, double *number);
