// Shapes: what a YAML file may look like, said as a table (templates/shapes/*.shape), and the one checker for all of
// them. The notation:
//
// - `name "what it is called" = shape`, with a comment from # to the end of the line.
// - A shape is one or more alternatives: `string | [string]`.
// - `string` is text, `string(1..)` text that is not empty, `"word"` that word, `scalar` any text, number or boolean;
//   `int(0..2)`, `number`, `bool`, `null`, `any` are what they say, `expr` is one `${{ … }}`; another shape is used by
//   its name.
// - `[shape](1..5)` is a list, with how many items; `[shape](..) unique` has no item twice.
// - `{ key: shape, key!: shape, *: shape, ...name }` is a map: key! must be there, * is any other key, ...name stands
//   for the members of that map. `*: ignored`: the service does not look at other keys: a warning, or an error where
//   one is nearly a key of the map, for then it is a misspelt one.
// - `one(a b)`, `some(a b)`, `apart(a b)`, `with(a b)` in a map: exactly one, at least one, at most one of the keys; a
//   needs b beside it.
// - `shape @hook`: the validator's own function looks at the value too.
// - `shape lenient`: not in the reference, but taken by the service: a warning.
// - `shape pinned`: what is wrong inside is reported at the key above, where the service reports it.
#pragma once
#include "base/map.h"
#include "data/yaml.h"

typedef enum {
  SHAPE_STRING,
  SHAPE_SCALAR,
  SHAPE_INT,
  SHAPE_NUMBER,
  SHAPE_BOOL,
  SHAPE_NULL,
  SHAPE_ANY,
  SHAPE_EXPRESSION, // one `${{ … }}`
  SHAPE_WORD,       // a given string
  SHAPE_LIST,
  SHAPE_MAP,
  SHAPE_NAME // another shape
} ShapeKind;

typedef struct Shape Shape;

typedef struct ShapeMember {
  Str key;
  const Shape *shape;
  bool required;
} ShapeMember;

typedef enum { KEYS_ONE, KEYS_SOME, KEYS_APART, KEYS_WITH } KeysRule;

typedef struct ShapeKeys {
  KeysRule rule;
  VEC(Str) keys;
} ShapeKeys;

typedef struct ShapeAlternative {
  ShapeKind kind;
  Str text;            // of a word; the name of another shape
  int64_t least, most; // of an int, of a string's bytes, of a list's items
  bool lenient;        // the reference does not list it, the service takes it: a warning
  bool ignoring;       // of a map: other keys are ignored by the service
  bool unique, pinned; // pinned: complaints about what is inside go to the key above, where the service has them
  const Shape *inner;  // of a list: its items; of a map: its other keys, or NULL; of a name: what it names
  VEC(ShapeMember) members;
  VEC(ShapeKeys) rules;
  Str hook;
} ShapeAlternative;

struct Shape {
  Str name, title; // of a named one
  VEC(ShapeAlternative) alternatives;
};

typedef struct ShapeSet {
  Arena *arena;
  Map shapes; // name -> Shape
} ShapeSet;

// Reads the notation. Faults in it are ours: fatal with the line.
ShapeSet shape_read(Arena *arena, Str text);

struct ShapeCheck;

typedef struct ShapeHook {
  const char *name;
  // Looks at a value whose kind fits. `name` is the key it stands under.
  void (*check)(struct ShapeCheck *check, const Yaml *node, Str name);
} ShapeHook;

typedef struct ShapeCodes {
  const char *unknown_key, *wrong_type, *missing_key, *wrong_value, *wrong_keys;
} ShapeCodes;

typedef struct ShapeCheck {
  Diags *diags;
  const ShapeSet *set;
  ShapeCodes codes;
  const ShapeHook *hooks;                   // ends with a row whose name is NULL
  DiagLevel level;                          // of everything the check itself says
  bool partial;                             // more may be added from elsewhere: nothing is missing
  bool null_is_absent;                      // a key without a value counts as not given
  bool (*stands_for_any)(const Yaml *node); // what is computed elsewhere, like `${{ … }}`; may be NULL
  Str other_rule;                           // a key that another rule speaks of: passed over
  Span at;                                  // while a hook runs: the key its value stands under
  Span pin;                                 // inside of what is pinned: where complaints go
} ShapeCheck;

// Complains about a place in what is checked, as the check itself does.
Diag *shape_complain(ShapeCheck *check, const char *code, Span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

// Checks `node` against the shape `shape`. `name` is the key it stands under (for messages), `at` where to report that
// something is missing in it.
void shape_check(ShapeCheck *check, Str shape, const Yaml *node, Str name, Span at);
// A member of the shape's (first) map, or NULL.
const ShapeMember *shape_member(const ShapeSet *set, Str shape, Str key);
