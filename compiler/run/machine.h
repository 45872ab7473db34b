// A state machine, compiled: names are resolved, paths, templates and expressions compiled. Immutable; may be run by
// several runs at a time.
#pragma once
#include "run/choice.h"
#include "run/intrinsics.h"
#include "run/template.h"

typedef enum {
  STATE_TASK,
  STATE_PASS,
  STATE_WAIT,
  STATE_CHOICE,
  STATE_SUCCEED,
  STATE_FAIL,
  STATE_PARALLEL,
  STATE_MAP,
  STATE_KINDS
} StateKind;

// "Task", "Pass", …
extern const char *const state_kind_names[STATE_KINDS];

typedef struct State State;
typedef struct Machine Machine;

// A field of a state: a value or template, or a path or an intrinsic call to find the value by.
typedef enum { FIELD_NONE, FIELD_VALUE, FIELD_PATH, FIELD_CALL } FieldKind;
typedef struct Field {
  FieldKind kind;
  Str name; // as written: "SecondsPath"
  const Template *value;
  Path path;
  const Intrinsic *call;
} Field;

// InputPath, ResultPath, OutputPath: left out (the default, "$"), null (nothing), or a path.
typedef enum { DATA_WHOLE, DATA_NONE, DATA_PATH } DataUse;
typedef struct DataPath {
  DataUse use;
  Path path;
} DataPath;

typedef struct Retrier {
  const Str *errors;
  uint32_t error_count;
  double interval, backoff, max_delay; // max_delay 0: no bound
  uint32_t attempts;
  bool jitter;
} Retrier;

typedef struct Catcher {
  const Str *errors;
  uint32_t error_count;
  const State *next;
  const DataPath *result_path;
  const Template *assign, *output;
} Catcher;

typedef struct ChoiceRule {
  const Rule *rule;          // JSONPath
  const Template *condition; // JSONata
  const State *next;
  const Template *assign, *output;
} ChoiceRule;

// How a task calls (the suffix of its resource).
typedef enum { PATTERN_REQUEST, PATTERN_SYNC, PATTERN_TOKEN } TaskPattern;
typedef enum { TASK_LAMBDA, TASK_ACTIVITY, TASK_SERVICE } TaskKind;

typedef struct TaskResource {
  TaskKind kind;
  Str arn;
  Str service; // "lambda", "aws-sdk:dynamodb": resourceType in the history
  Str action;  // "invoke.waitForTaskToken": resource in the history
  TaskPattern pattern;
} TaskResource;

typedef enum { READ_JSON, READ_JSONL, READ_CSV } ReadKind;
// What an ItemReader reads: the items of one object, the objects of a list or what is in them (LOAD_AND_FLATTEN), the
// files that a manifest names.
typedef enum { FROM_OBJECT, FROM_LIST, FROM_LISTED_OBJECTS, FROM_INVENTORY, FROM_ATHENA } ReadFrom;

typedef struct ItemReader {
  bool present;
  ReadFrom from;
  ReadKind kind;
  bool headers_given;
  const Json *headers; // of CSV
  char delimiter;
  const Template *arguments;
  Field max_items;
  Str pointer; // into the JSON
} ItemReader;

// What a distributed map makes of its children's outputs: each with all that is known of its execution, outputs alone,
// or these with arrays among them flattened.
typedef enum { TRANSFORMATION_NONE, TRANSFORMATION_COMPACT, TRANSFORMATION_FLATTEN } Transformation;

typedef struct MapConfig {
  const Machine *processor;
  bool distributed, express;
  Str label;
  Field items, max_concurrency, tolerated_count, tolerated_percentage;
  const Template *item_selector;
  ItemReader reader;
  bool batches;
  Field batch_items, batch_bytes;
  const Template *batch_input;
  bool writes; // the results go to S3
  const Template *writer_arguments;
  Transformation transformation;
  bool lines; // written as JSON Lines
} MapConfig;

struct State {
  Str name;
  StateKind kind;
  bool jsonata, end;
  const Json *source;
  const Machine *machine;
  uint32_t index; // in its machine
  uint32_t retrier_count, catcher_count;
  const State *next;
  const DataPath *input_path, *result_path, *output_path;
  const Template *parameters; // Parameters or Arguments
  const Template *result_selector, *output, *assign;
  const Retrier *retriers;
  const Catcher *catchers;
  union { // by kind
    struct {
      TaskResource resource;
      Field timeout, heartbeat;
      const Template *credentials;
    };
    const Json *result; // of Pass
    struct {
      Field seconds, timestamp;
    };
    struct {
      Field error, cause;
    };
    struct {
      const ChoiceRule *rules;
      const State *otherwise;
      uint32_t rule_count;
    };
    struct {
      const Machine *const *branches;
      uint32_t branch_count;
    };
    const MapConfig *map;
  };
};

struct Machine {
  const State *start;
  State *states;
  uint32_t count;
  bool jsonata;
  double timeout; // 0: none
  const Json *source;
};

// What is wrong with a definition.
typedef struct LoadFault {
  const char *code;
  const Json *at; // the value that is wrong, or what it lacks
  Str message;
} LoadFault;

// Compiles a definition, which must outlive the result. NULL: *fault says why not.
const Machine *machine_load(Arena *arena, const Json *definition, LoadFault *fault);
// The same for a single state under a name; the states it names need not be there.
const Machine *machine_load_state(Arena *arena, const Json *state, Str name, LoadFault *fault);
// The state of that name in the machine or in any branch or processor below it, or NULL.
const State *machine_state(const Machine *machine, Str name);

// Notes the failure of a Map whose items are no array.
void map_needs_array(Evaluation *e, const Field *items);
