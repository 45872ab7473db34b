// The machine that runs a compiled expression, for the files of this folder alone.
#pragma once
#include "jsonata/node.h"
#include <setjmp.h>

// Names that another phase has too: in the linked program they are the engine's own.
#define eval jsonata_eval
#define eval_call jsonata_eval_call
#define settle jsonata_settle

// --- Values. Beyond JSON's kinds:
enum {
  KIND_FUNCTION = JSON_OBJECT + 1, // a Function
  KIND_TUPLE,                      // a Frame: one row of a tuple stream
  KIND_MARK,                       // UNBOUND and TAIL, never seen by programs
};

// Flags of values the engine made. They do not leave a run (see values_settle).
enum {
  SEQUENCE = 1, // an array that stands for "some values": none is undefined, one is the value itself
  KEEP = 2,     // …but one stays an array
  CONS = 4,     // an array constructor at a path's end
  OUTER = 8,    // the input array in its wrapper
  TUPLES = 16,  // its items are frames
  FRESH = 32,   // an array or object made by this run
  ROOM = 64,    // text or items can grow in place behind it (see values.c)
};
enum { ROOM_FROM = 256 }; // bytes from which on a value gets room to grow

typedef struct Frame Frame;
typedef struct Engine Engine;

struct Frame {
  uint8_t kind, flags; // KIND_TUPLE and 0, at the places of Json's
  uint32_t count;      // slots
  Frame *parent;
  const Scope *scope;
  Value slots[]; // of a tuple, slot 0 is the context
};

typedef Value Native(Engine *engine, const Value *arguments, size_t count);

struct Builtin {
  Str name;
  const char *signature;
  Native *run;
  uint8_t arity;    // how many arguments higher-order functions give it
  uint8_t dialects; // bits 1 << JsonataDialect
};

typedef enum {
  FUNCTION_NATIVE,
  FUNCTION_LAMBDA,
  FUNCTION_PARTIAL,
  FUNCTION_CHAIN,
  FUNCTION_REGEX,
  FUNCTION_NEXT_MATCH,
  FUNCTION_TRANSFORM,
} FunctionKind;

typedef struct Function {
  Json head;
  uint8_t kind;
  uint32_t arity;
  const Node *node; // of a lambda, regex, transform
  Frame *frame;     // where it was made
  Value input;      // the context where it was made
  union {
    struct {
      const Builtin *native;
      const Signature *signature;
    };
    struct {
      Value function;
      const Value *arguments; // PLACEHOLDER where one is to come
      uint32_t count;
    } partial;
    struct {
      Value first, second;
    } chain;
    struct {
      Str text;
      size_t from;
      const Regex *regex;
    } match;
  };
} Function;

extern const Json JSONATA_MARK_UNBOUND, JSONATA_MARK_TAIL, JSONATA_MARK_PLACEHOLDER, JSONATA_EMPTY_SEQUENCE;

// What a program did wrong, until it is told.
typedef struct Failure {
  const char *code;
  uint32_t start, end;
  Str token;   // the function's or operator's name; NULL: unknown
  Value shown; // what messages show as the token instead
  Value value, second;
  uint32_t index;
  Str text; // replaces {message}, {type}, {function}
} Failure;

struct Engine {
  Arena *arena;
  const Jsonata *program;
  JsonataRun *run;
  Value root;
  const Value *globals;
  uint32_t *hints; // where the names of the program were found last
  // items under construction
  Value *stack;
  size_t top, room;
  // a pending tail call
  Value tail_function;
  size_t tail_base, tail_count; // its arguments on the stack
  const Node *tail_node;
  Str tail_called;
  // the native function at work: where it was called
  Frame *frame;
  Value input;
  const Node *call; // the outermost call at work: the place of errors
  Str called;       // the name by which the innermost function was called
  Str junction;     // the outermost and/or whose right side is at work
  uint32_t calls;   // nested applications
  // bounds
  char *floor;
  uint64_t ticks, steps_left;
  size_t memory_most;
  uint32_t depth_most;
  jmp_buf *caught;
  Failure failure;
  void *match_data, *match_context;
  const Regex *match_regex; // that match_data is for
  uint64_t own_random;
  bool random_ready;
};

// --- errors.c

// Ends the run with an error; further fields of Failure as initialisers: FAIL(engine, "T2001", .value = v).
#define FAIL(engine, ...) jsonata_engine_fail((engine), (Failure){.code = __VA_ARGS__})
#define FAIL_AT(engine, node, ...)                                                                                     \
  jsonata_engine_fail((engine), (Failure){.start = (node)->start, .end = (node)->end, .code = __VA_ARGS__})
_Noreturn void jsonata_engine_fail(Engine *engine, Failure failure);
// The sentence for a failure.
Str jsonata_failure_message(Arena *arena, const Failure *failure);
// Fills a public error.
void jsonata_failure_tell(Arena *arena, Str source, const Failure *failure, JsonataError *error);
// UTF-16 units in the first `bytes` of `text`.
uint32_t jsonata_units_before(Str text, size_t bytes);

// --- Bounds

void jsonata_engine_tick_slow(Engine *engine);
static inline void engine_tick(Engine *engine) {
  if (--engine->ticks == 0) jsonata_engine_tick_slow(engine);
}
// Memory in the run's arena; not zeroed.
void *jsonata_engine_large(Engine *engine, size_t size);
static inline void *engine_raw(Engine *engine, size_t size) {
  return size > 65536 ? jsonata_engine_large(engine, size) : arena_raw(engine->arena, size);
}

// --- eval*.c

Value jsonata_eval(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_path(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_filter(Engine *engine, const Node *predicate, Value input, Frame *frame, bool unwrap);
Value jsonata_eval_wildcard(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_descendants(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_arithmetic(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_equality(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_comparison(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_boolean(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_includes(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_range(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_concat(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_negate(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_array(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_object(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_group(Engine *engine, const Group *group, Value input, Frame *frame);
Value jsonata_eval_sort(Engine *engine, const Node *node, const Value *items, size_t count, Value whole, Frame *frame);
Value jsonata_eval_call(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_partial(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_lambda(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_apply(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_transform(Engine *engine, const Node *node, Value input, Frame *frame);
Value jsonata_eval_regex(Engine *engine, const Node *node, Value input, Frame *frame);

// A frame with all slots unbound.
Frame *jsonata_frame_new(Engine *engine, const Scope *scope, Frame *parent);

// Applies a function (T1006 when it is none). `input` is what "-" parameters default to.
Value jsonata_apply(Engine *engine, Value function, const Value *arguments, size_t count, Value input, Frame *frame);
// For higher-order functions: gives as many of the `count` arguments as the function takes, at least one.
Value jsonata_apply_some(Engine *engine, Value function, const Value *arguments, size_t count);
uint32_t jsonata_function_arity(Value function);
Value jsonata_transform_run(Engine *engine, const Function *transform, Value object);

// --- signature.c

// Parses "<s-nn?:s>". NULL: *code and *offset say what is wrong.
Signature *jsonata_signature_parse(Arena *arena, Str text, const char **code, uint32_t *offset);
// Checks and completes arguments; the result has at most `*count` values, on the engine's stack (from `base`).
const Value *jsonata_signature_apply(Engine *engine, const Signature *signature, const Value *arguments, size_t *count,
                                     Value context);

// --- values.c

static inline bool is_array(Value v) {
  return v && v->kind == JSON_ARRAY;
}
static inline bool is_sequence(Value v) {
  return v && v->kind == JSON_ARRAY && (v->flags & SEQUENCE);
}
static inline bool is_string(Value v) {
  return v && v->kind == JSON_STRING;
}
static inline bool is_function(Value v) {
  return v && v->kind == KIND_FUNCTION;
}
// A finite number; infinity is D1001, as every operator of the reference says.
bool jsonata_is_number(Engine *engine, Value v);

Value jsonata_new_number(Engine *engine, double number);
Value jsonata_new_string(Engine *engine, Str text); // text is kept
Value jsonata_copy_string(Engine *engine, Str text);
// Array of `count` items; *items is where to put them.
Value jsonata_new_array(Engine *engine, size_t count, unsigned flags, const Json ***items);
Value jsonata_new_object(Engine *engine, const JsonMember *members, size_t count);
// The items pushed since `base` as an array; the stack falls back to `base`.
Value jsonata_stack_array(Engine *engine, size_t base, unsigned flags);
void jsonata_stack_grow(Engine *engine, size_t more);
static inline void stack_push(Engine *engine, Value value) {
  if (engine->top == engine->room) jsonata_stack_grow(engine, 1);
  engine->stack[engine->top++] = value;
}
// A sequence as a value: undefined, the one value, or itself.
Value jsonata_settle(Value sequence);
// $append and the rule behind it.
Value jsonata_append(Engine *engine, Value a, Value b);
Value jsonata_concat_text(Engine *engine, Value left, Str right);
bool jsonata_deep_equal(Engine *engine, Value a, Value b);
// The effective boolean value; undefined is false.
bool jsonata_truth(Engine *engine, Value v);
// An object's members in the order in which programs see them: integer keys first, ascending.
const JsonMember *jsonata_ordered_members(Engine *engine, Value object);
// Takes the engine's flags off a result; functions become "".
Value jsonata_values_settle(Engine *engine, Value result);
Function *jsonata_new_function(Engine *engine, FunctionKind kind, uint32_t arity);

// --- text.c: strings as programs see them

int jsonata_compare_text(Str a, Str b);                    // by UTF-16 units
size_t jsonata_text_length(Str s);                         // code points
size_t jsonata_text_offset(Str s, size_t points);          // the byte where the code point of that number begins
uint32_t jsonata_text_point(Str s, size_t i, size_t *len); // decodes, lone surrogates too
void jsonata_put_point(Buf *out, uint32_t point);          // encodes, lone surrogates too
void jsonata_put_quoted(Buf *out, Str text);               // as JSON, lone surrogates as escapes
double jsonata_round_to_15(double number);
void jsonata_put_value(Engine *engine, Buf *out, Value value, int indent, int depth);
// $string, appended.
void jsonata_put_text(Engine *engine, Buf *out, Value value);
// What was built, as a string; memory that was reserved and not used is given back.
Value jsonata_finish_string(Engine *engine, Buf *text);

// --- regex.c

// Compiles; NULL: *why says why not.
Regex *jsonata_regex_compile(Arena *arena, Str pattern, Str flags, Str *why);

enum { MATCH_GROUPS = 99 };

typedef struct Match {
  const Regex *regex; // NULL: a function of the program
  Str subject;
  Str text;          // what matched
  size_t start, end; // bytes
  uint32_t group_count;
  Str groups[MATCH_GROUPS];         // of a regex; no text (NULL) where a group did not take part
  Value answer, groups_value, next; // of a program's matcher
} Match;
// The first match of a regex or of a program's matcher function; false: none.
bool jsonata_match_first(Engine *engine, Value matcher, Value text, Match *match);
bool jsonata_match_next(Engine *engine, Match *match);
// The same for a regex that is no value of the program.
bool jsonata_match_regex(Engine *engine, const Regex *regex, Str text, Match *match);
Value jsonata_match_groups(Engine *engine, const Match *match);
// The object that a matcher answers, with all that a replacing function may want to know.
Value jsonata_match_answer(Engine *engine, const Match *match);
// Unicode's simple case mappings, for text that is not all ASCII.
Str jsonata_change_case(Engine *engine, Str text, bool upper);
Value jsonata_regex_apply(Engine *engine, const Function *function, const Value *arguments, size_t count);

// The values of a program's globals for this run (functions_eval.c).
const Value *jsonata_engine_globals(Engine *engine, const Jsonata *program);

// --- functions.c

const Builtin *jsonata_builtin_find(Str name, JsonataDialect dialect);
Value jsonata_builtin_value(Arena *arena, const Builtin *builtin);
// The n-th argument, undefined when there are fewer.
static inline Value argument(const Value *arguments, size_t count, size_t n) {
  return n < count ? arguments[n] : NULL;
}
uint64_t jsonata_random_bits(Engine *engine);
uint64_t jsonata_random_next(uint64_t *state); // SplitMix64
double jsonata_random_unit(uint64_t bits);     // in [0, 1)
void jsonata_merge_sort(Engine *engine, const Json **items, size_t count, bool (*after)(void *, Value, Value),
                        void *context);

// --- calendar (datetime*.c) and integers (integer_picture.c) are in pictures.h
