// YAML as a plain-data tree: what validators see of a file (with spans), and what emitters build. libyaml stays behind
// this header. Nodes live in an arena; a node that was read is never changed, and aliases share the node they name.
#pragma once
#include "data/json.h"
#include "source/source.h"

// The first six are scalars.
typedef enum {
  YAML_NULL,
  YAML_BOOL,
  YAML_INT,
  YAML_FLOAT,
  YAML_TIME, // a date or a time (YAML 1.1 only)
  YAML_STRING,
  YAML_SEQUENCE,
  YAML_MAPPING
} YamlKind;

// How a scalar is or shall be written. ANY lets the writer choose.
typedef enum { YAML_ANY, YAML_PLAIN, YAML_QUOTED, YAML_BLOCK } YamlStyle;

// Which plain scalars are no strings. 1.1 is what Ruby's Psych (GitLab) and PyYAML read: yes, no, on, off, 0o17, 1:30,
// 2024-01-01 too; 1.2 core is what GitHub reads.
typedef enum { YAML_1_1, YAML_1_2 } YamlVersion;

typedef struct Yaml Yaml;

typedef struct YamlPair {
  const Yaml *key, *value;
  bool merged; // came through a merge key `<<`
} YamlPair;

struct Yaml {
  uint8_t kind, style;
  uint16_t depth; // 1 + that of the deepest child
  uint32_t size;  // nodes when all aliases are expanded; 0: stands for what could not be read
  Span span;
  Str tag;    // a tag as written ("!reference"), or empty
  Str anchor; // the name behind "&", or empty
  union {
    Str text; // a scalar's text, as the parser decoded it
    VEC(const Yaml *) items;
    VEC(YamlPair) pairs; // in source order; keys may repeat
  };
};

static inline bool yaml_is(const Yaml *node, YamlKind kind) {
  return node && node->kind == (uint8_t)kind;
}
static inline bool yaml_is_scalar(const Yaml *node) {
  return node && node->kind <= YAML_STRING;
}
// The text of any scalar, or an empty Str.
static inline Str yaml_str(const Yaml *node) {
  return yaml_is_scalar(node) ? node->text : (Str){0};
}

// The value of a key (by its text; the last one of that key, own ones before merged ones), or NULL; NULL too when
// `node` is NULL or no mapping.
const Yaml *yaml_get(const Yaml *node, Str key);
const YamlPair *yaml_pair(const Yaml *node, Str key);
// What a plain scalar of that text is.
YamlKind yaml_resolve(Str text, YamlVersion version);
// The value of a scalar that is true or false in the given version; anything else is false.
bool yaml_truth(const Yaml *node);

// --- Reading (yaml_read.c)

enum {
  YAML_DEPTH_MOST = 100,    // deeper nesting is refused, aliases expanded
  YAML_SIZE_MOST = 2000000, // so many nodes may aliases add to those that are written (at most one a byte)
};

typedef struct YamlOptions {
  YamlVersion version;
  bool merge;              // merge keys `<<` are carried out; else they stay as pairs
  const char *syntax_code; // the code of syntax errors
} YamlOptions;

typedef struct YamlAnchor {
  const Yaml *node;
  Span span; // of the name with its "&"
  bool used;
} YamlAnchor;

typedef struct YamlStream {
  VEC(const Yaml *) documents; // empty documents are YAML_NULL nodes
  VEC(YamlAnchor *) anchors;
  bool dangling; // an alias names nothing, or what it stands in
} YamlStream;

// Reads all documents of a registered file into diags->arena. False: there was a syntax error, reported with its place
// and what to do; documents before it are there. An alias of nothing or of itself is reported too, and reading goes on.
bool yaml_read(Diags *diags, Sources *sources, uint32_t file, const YamlOptions *options, YamlStream *stream);

// --- Making. Texts are kept, not copied.

Yaml *yaml_map(Arena *arena);
Yaml *yaml_seq(Arena *arena);
Yaml *yaml_text(Arena *arena, Str text);
Yaml *yaml_bool(Arena *arena, bool truth);
Yaml *yaml_int(Arena *arena, long long value);
// Appends a pair (the key must be new) or an item; a NULL value is left out. Both return `value`.
Yaml *yaml_put(Arena *arena, Yaml *map, Str key, Yaml *value);
Yaml *yaml_add(Arena *arena, Yaml *seq, Yaml *value);
// The same data. Strings and numbers keep their text.
Yaml *yaml_from_json(Arena *arena, const Json *value);

// --- Writing (yaml_write.c)

// The text of a document. A string is plain only where it reads back as the same string in YAML 1.1 and 1.2; several
// lines are written as a literal block; lines are never folded. `header` (may be empty) becomes comment lines at the
// top.
Str yaml_print(Arena *arena, const Yaml *root, Str header);
// Whether `text` is a string when written without quotes, in YAML 1.1 and 1.2 alike.
bool yaml_is_plain(Str text);
