// The pipeline as plain data: what check/ makes of a spec and what emit/, run/ and report/ read. Everything is
// resolved: kinds and steps are expanded, names are final, times are checked.
#pragma once
#include "model/ci.h"
#include "model/value.h"

// ---------------------------------------------------------------- state graphs

typedef enum {
  STATE_TASK,
  STATE_PASS,
  STATE_CHOICE,
  STATE_WAIT,
  STATE_MAP,
  STATE_PARALLEL,
  STATE_FAIL,
  STATE_SUCCEED,
  STATE_RAW // as written: arguments holds its fields (Type included)
} StateKind;

typedef struct State State;

// `Assign`: a variable and what it is set to. In the value, VALUE_JSONATA "$states.result" stands for the result.
typedef struct Assignment {
  Str name;
  const Value *value;
} Assignment;
typedef struct Assignments {
  Assignment *at;
  size_t len, room;
} Assignments;

typedef struct Retry {
  Str *errors;
  size_t error_count;
  double interval, backoff, most; // seconds, rate, seconds; 0: left out
  int attempts;                   // -1: left out
  bool jitter;
} Retry;

typedef struct Catch {
  Str *errors;
  size_t error_count;
  Assignments assign;
  State *next;
} Catch;

typedef struct ChoiceRule {
  const Value *condition;
  Assignments assign;
  State *next;
  Span span;
} ChoiceRule;

// A graph of states: a flow, an iteration, a branch.
typedef struct Graph {
  State *start;
  struct {
    State **at;
    size_t len, room;
  } states; // in source order, `start` first
  Str name; // of a branch
} Graph;

struct State {
  StateKind kind;
  Str name; // unique in its machine
  Str step; // the step it belongs to, as tests name it; empty for helpers
  Span span;
  size_t order; // its place among the states of its graph, for passes over it
  State *next;  // NULL: ends its graph (not for choice, fail, succeed)
  Assignments assign;
  const Value *output; // NULL: as it comes ({} where the graph's result is not used)
  // STATE_TASK
  Str resource;                 // "arn:aws:states:::lambda:invoke"; the service and action it stands for:
  Str service, action, pattern; // pattern: "", "sync", "sync:2", "waitForTaskToken"
  const Value *arguments;
  const Type *answer_type; // what the spec declares of its answer (or of that member of it), or NULL
  Str answer_member;
  const Value *credentials; // a role's ARN, or NULL
  Str access;               // in another account by a role made for this flow: which one; else empty
  const Value *timeout, *heartbeat;
  struct {
    const Value **at; // policy statements that its role needs besides those of the call
    size_t len, room;
  } needs;
  struct {
    Retry *at;
    size_t len, room;
  } retries;
  struct {
    Catch *at;
    size_t len, room;
  } catches;
  // STATE_CHOICE
  struct {
    ChoiceRule *at;
    size_t len, room;
  } rules;
  State *otherwise; // Default
  Assignments otherwise_assign;
  // STATE_WAIT: one of
  const Value *seconds, *until;
  // STATE_FAIL
  const Value *error, *cause;
  // STATE_MAP
  const Value *list;          // Items (inline)
  const Value *item_selector; // what an iteration gets as its input; NULL: the item
  Graph *body;
  const Value *concurrency, *tolerate_share, *tolerate_count, *batch;
  bool distributed;
  const Value *reader; // distributed: an object {Resource, ReaderConfig, Arguments}
  const Value *writer; // distributed: an object {Resource, Arguments}, or NULL
  Str map_label;       // distributed: what its map runs are labelled with, or empty
  // STATE_PARALLEL
  struct {
    Graph **at;
    size_t len, room;
  } branches;
};

// ---------------------------------------------------------------- flows

typedef struct FlowParameter {
  Str name;
  const Type *type;
  const Value *value;  // default, or NULL
  const Value *sample; // the key of an item of its table, or NULL
  bool optional;
} FlowParameter;

// A value known at deploy time that the definition needs: a variable of the templatefile.
// literal: it stands inside a JSONata expression, so it is filled in as a JSONata literal within JSON text;
// else it stands inside a JSON string as plain text.
typedef struct TemplateVariable {
  Str name;
  const Value *value;
  bool literal;
} TemplateVariable;

typedef struct Flow {
  Str name;    // in the spec
  Str machine; // the state machine's name; with deploy-time parts it is in machine_name
  const Value *machine_name;
  Str doc;
  Span span;
  struct {
    FlowParameter *at;
    size_t len, room;
  } params;
  Graph graph;
  const Value *timeout; // of the whole, or NULL
  const Value *start;   // the command that starts it with an input like those it takes (see check/internal.h), or NULL
  struct {
    TemplateVariable *at;
    size_t len, room;
  } variables; // filled when its definition is emitted
} Flow;

// ---------------------------------------------------------------- resources and files

typedef struct Resource {
  bool data; // a data source
  Str type, name;
  const Value *body; // VALUE_OBJECT. A member that the provider has as a block becomes blocks (a list: one each).
                     // Members count, for_each, provider, depends_on, lifecycle are Terraform's own.
                     // VALUE_CALL definition("FLOW") is the text of a flow's definition, contents("PATH") that of a
                     // File of the model, both with their deploy-time values filled in.
  Str concern;       // the .tf file it goes to, without ending: "lambda", "main", …
  Str was;           // the name it had before, where it was renamed: a `moved` block
  Span span;
} Resource;

// FILE_ITEM: JSON as DynamoDB types it ({"S": …}). Text, JSON and items may hold values of deploy time: the file is
// then a template, and who needs its contents says `contents("PATH")` (see Resource).
typedef enum { FILE_TEXT, FILE_JSON, FILE_YAML, FILE_MAKE, FILE_ITEM } FileFormat;

typedef struct File {
  Str path; // relative to the output folder
  FileFormat format;
  const Value *content;
  bool scaffold; // written once, the user's from then on
  bool executable;
  Span span;
} File;

// A Terraform variable (`param`) or output.
typedef struct Variable {
  Str name, doc;
  const Type *type;
  const Value *value; // default, or NULL
  bool sensitive;
  Span span;
} Variable;

typedef struct Output {
  Str name, doc;
  const Value *value;
} Output;

// ---------------------------------------------------------------- continuous integration

// `on push main -> apply, train(run_id: ci.run_id) name "…"`.
typedef struct CiAction {
  Str verb;             // "plan", "apply", "summary", or "run"
  Str callee;           // run: the declared name of what is run
  const Value *command; // run: VALUE_CALL "command" of VALUE_CALL "line"s (see check/internal.h)
  bool waits;           // run: until what it starts has ended
  const Value *condition;
} CiAction;

typedef struct CiRule {
  Str event; // "push", "pull_request", "manual", …
  struct {
    const Value **at;
    size_t len, room;
  } arguments; // "main", …
  struct {
    FlowParameter *at;
    size_t len, room;
  } params; // of `manual(…)`
  struct {
    CiAction *at;
    size_t len, room;
  } actions;
  const Value *environments; // `in [dev]`, a list of words; NULL: all
  Span span;
} CiRule;

typedef struct Ci {
  CiSystem system;
  const Value *fields; // an object of what is set
  const Value *roles;  // the names of the roles that jobs take on: `plan`, `apply`, `run`; NULL: none were made
  struct {
    CiRule *at;
    size_t len, room;
  } rules;
  Span span;
} Ci;

// ---------------------------------------------------------------- tests

typedef struct TestAnswer {
  const Value *after, *value, *error, *cause;
  bool never;
  int times; // 0: once, or for ever when it is the last
} TestAnswer;

typedef struct TestMock {
  Str step;
  struct {
    TestAnswer *at;
    size_t len, room;
  } answers;
  Span span;
} TestMock;

typedef struct TestExpectation {
  ExpectKind kind;
  bool negated;
  struct {
    Str *at;
    size_t len, room;
  } steps;                     // path, visited; of a condition: the step whose arguments it reads
  const Value *value, *second; // a condition reads VALUE_LOCAL "output", "elapsed" and "argument"
  Span span;
} TestExpectation;

typedef struct Test {
  Str name;
  const Flow *flow;
  const Value *input; // what the execution gets
  const Value *now;   // or NULL
  struct {
    TestMock *at;
    size_t len, room;
  } mocks;
  struct {
    TestExpectation *at;
    size_t len, room;
  } expectations;
  Span span;
} Test;

// ---------------------------------------------------------------- the README

// A piece of text: Markdown, or (markdown false) a value that stands in it as data.
typedef struct ReadmePart {
  bool markdown;
  const Value *value;
} ReadmePart;

// What a kind or the spec adds to the README below a heading.
typedef struct ReadmeText {
  Str heading;
  struct {
    ReadmePart *at;
    size_t len, room;
  } parts;
  Span span;
} ReadmeText;

// ---------------------------------------------------------------- permissions

// Why a statement of a policy is there: a call, or a thing that someone uses. Statements without one are their kind's.
typedef struct PolicyReason {
  const Value *statement; // as it stands in a resource's body
  Span span;              // where the spec says so
  Str what;               // "Train: the call itself"
} PolicyReason;

// ---------------------------------------------------------------- the pipeline

// The role that Terraform takes on in another account where `accounts` names none: AWS Organizations makes it.
#define PLACE_ROLE S("OrganizationAccountAccessRole")

typedef struct Model {
  Str name;
  Str spec;                  // the path of the spec, as the generated files name it
  Str folder;                // where the spec stands
  Str doc;                   // the comment above the pipeline, or at the head of the file
  const Value *environments; // name -> an object of what it sets the variables to; NULL: nothing
  const Value *modules;      // `layout: modules`: name -> prefixes of types; NULL: all in one folder
  const Value *settings;     // the pipeline's fields: region, target, tags, environments, terraform, layout, …
  const Value *tags;         // an object: what everything is tagged with
  struct {
    Flow **at;
    size_t len, room;
  } flows;
  struct {
    Resource *at;
    size_t len, room;
  } resources;
  struct {
    File *at;
    size_t len, room;
  } files;
  struct {
    Variable *at;
    size_t len, room;
  } variables;
  struct {
    Output *at;
    size_t len, room;
  } outputs;
  struct {
    const Value **at;
    size_t len, room;
  } raw; // terraform """…"""
  struct {
    Ci *at;
    size_t len, room;
  } cis;
  struct {
    Test *at;
    size_t len, room;
  } tests;
  struct {
    ReadmeText *at;
    size_t len, room;
  } readme;
  struct {
    PolicyReason *at;
    size_t len, room;
  } reasons;
  struct {
    Str *at;
    size_t len, room;
  } copies; // files beside the spec that the Terraform packs or uploads
} Model;
