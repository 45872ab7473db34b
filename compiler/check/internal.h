// What the files of check/ share: the checker, scopes, entities, values and types, what flows become.
#pragma once
#include "base/map.h"
#include <stddef.h>
#include "base/sys.h"
#include "check/check.h"
#include "facts/facts.h"
#include "model/make.h"

typedef struct Scope Scope;
typedef struct Entity Entity;
typedef struct FlowBuild FlowBuild;
typedef struct Binding Binding;
typedef struct Arguments Arguments;

// Work that waits until all names are known: the bodies of resources and files, instances inside kinds.
typedef struct Later {
  Entity *entity;
  const Stmt *stmt;
  Scope *scope;
} Later;

// An account or region that things are put in, beside the pipeline's own (NULL).
typedef struct Place {
  Str name;
  const Value *account, *region; // NULL: the pipeline's own
  const Value *role;             // of another account: the ARN of the role that Terraform takes on
} Place;

// What other things add to one: `add NAME: value on thing`.
typedef struct Added {
  VEC(const Value *) values;
  Span span;    // of the first
  Entity *user; // whose kind adds it
} Added;

// A ci whose jobs may take on roles: its place in the model, its system's name, what its commands need.
typedef struct CiIdentity {
  size_t ci;
  Str system;
  const Value *statements;
} CiIdentity;

// What is being resolved, innermost last: who it is, and where it is named.
typedef struct UnderWay {
  Entity *entity;
  Span use;
} UnderWay;

typedef struct Checker {
  Arena *arena;
  Sources *sources;
  Diags *diags;
  Model *model;
  Scope *prelude, *file_scope; // names that are always there; names of the spec
  VEC(Later) later;
  VEC(Resource *) resources;
  VEC(File *) files;
  VEC(Stmt *) used;     // items of files that the spec uses
  Map modules;          // path -> Scope of a parsed file
  Map kinds, functions; // name -> Entity of a library kind, of a function that stands beside one
  Map addresses;        // "type.name" -> Resource, to keep them distinct
  Map deployment_rows;  // type -> PolicyRow of what Terraform calls for it, read on first use
  Map places;           // name -> const Place *
  Map lost;             // words of what was reported already: what they name is not known, which is no news
  Map accesses;         // "FLOW PLACE" -> Value *: the statements of what a flow may do in another account
  VEC(Entity *) instances;
  VEC(CiIdentity) identities;
  const Value *base_name; // what names of deployed things begin with
  size_t flow_count, event_count;
  Map event_names; // "SUBJECT EVENT", to keep the names of rules distinct
  VEC(UnderWay)
  under_way, mentioned; // mentioned: things that a declaration's fields name, to be expanded before its body
  bool binding;         // the fields of a declaration are being evaluated
  VEC(Binding *) lets;  // of the flow that is being built
  int depth;            // of expansions under way
  Str calling;          // what a person calls, while it is expanded
  bool bad_names;       // of the pipeline, which stand in all others
  Map told;             // code and key -> Diag *: what is the same mistake each time
  bool all_lost;        // a file of the spec cannot be read: no unknown name is news
  bool reported_depth, broken_flows,
      bodies,     // all is declared, and bodies of resources and files are evaluated
      in_command, // a command is being made: what CI knows may go through json() and token()
      testing;    // testing: items stand for themselves; broken_flows: their steps are not all known
} Checker;

// ---------------------------------------------------------------- names

typedef enum {
  ENTITY_LET,      // stmt->value in scope
  ENTITY_FUNCTION, // a `let` or member with parameters
  ENTITY_COMMAND,  // a line or lines of a shell, with parameters
  ENTITY_TYPE,     // type
  ENTITY_KIND,     // a resource kind
  ENTITY_INSTANCE, // a declaration of a kind
  ENTITY_STEP,     // a step, or with an owner a method of an instance
  ENTITY_FLOW,
  ENTITY_PARAM,    // a Terraform variable
  ENTITY_RESOURCE, // resource, data
  ENTITY_MODULE,   // a used library: module
  ENTITY_SERVICE,  // an AWS service, as Step Functions spells it
  ENTITY_ACTION,   // service.action
  ENTITY_TARGETS   // the targets of an event, made on first use
} EntityKind;

struct Entity {
  EntityKind kind;
  Str name;
  Span span;
  const Stmt *stmt;
  Scope *scope;       // where it was declared
  Str home;           // the file stem of its library module, empty for the spec's own
  int progress;       // 0: not begun, 1: under way, 2: done
  const Value *value; // what its name means, once done
  Entity *owner;      // of a method, a nested kind, an item
  // ENTITY_INSTANCE
  Entity *of;             // its kind
  Scope *inside, *body;   // the names of its parameters, and of what its kind declares
  Entity *targets;        // of an event
  Map members;            // name -> const Value *
  Map methods;            // name -> Entity (ENTITY_STEP)
  Map commands;           // name -> Entity (ENTITY_COMMAND)
  Value *statements;      // ENTITY_FLOW: of its policy
  const Value *override;  // attributes that replace those of its main resource, or NULL
  Map grants;             // name -> const Value * (a list of statements)
  Map events;             // name -> Entity (ENTITY_KIND)
  const Value *arguments; // its parameters as an object
  Map each;               // place name -> Entity, of what is in several places
  const FieldList *given; // where it has no statement of its own: what was given to its kind
  size_t mentioned;       // from where on things that its fields name wait in `mentioned`
  Str early;              // the member that is worked out before its turn
  Map added, taken;       // what others add: name -> Added *; names that its kind reads
  const Place *place;     // where `in` puts it
  Entity *whole;          // of one of several of its name: what is all of them
  int depth;              // how many kinds are expanded around it
  bool refused;           // a requirement of its kind does not hold
  // others
  const Type *type;
  Flow *flow;
  Scope *module;
  Str service, action;
  Resource *resource;
};

// A variable of a flow under construction.
typedef struct FlowVariable {
  Str name; // in the definition
  const Type *type;
  size_t number;       // index of its status
  int depth;           // of the scope that owns it
  Span span, deciding; // deciding: what says whether it is set, where it may not be
  Span later;          // where the body of a loop sets it, while that has not been read
  bool read, counter;
} FlowVariable;

struct Binding {
  Str name;
  Span span;
  Entity *entity; // one of the three
  const Value *value;
  FlowVariable *variable;
  bool used, quiet; // quiet: not to be reported when unused
};

typedef enum { SCOPE_FILE, SCOPE_KIND, SCOPE_STEP, SCOPE_FLOW, SCOPE_BLOCK } ScopeKind;

struct Scope {
  ScopeKind kind;
  Scope *outer;
  Map names;              // name -> Binding
  FlowBuild *flow;        // of the flow being built here, or NULL
  Str prefix;             // of names made here: the instance's name, "Deploy."
  int depth;              // of nested graphs (0: the flow itself, 1: a branch or an iteration, …)
  Entity *self;           // the instance whose kind is being expanded
  const Place *place;     // where what is declared here is put
  const Value *condition; // of deploy time, under which what is declared here exists, or NULL
  Str home;               // the library module the code stands in
};

// A scope without names; from `outer` (NULL: none) it takes the flow, the instance and the place.
Scope *scope_new(Checker *c, ScopeKind kind, Scope *outer);
// Adds a name; reports E0102 when it is taken in this scope (or, for flows, shadows an outer one: E0103).
Binding *scope_add(Checker *c, Scope *scope, Word name);
Binding *scope_bind_value(Checker *c, Scope *scope, Word name, const Value *value);
Binding *scope_bind_entity(Checker *c, Scope *scope, Word name, Entity *entity);
// The nearest binding of a name, or NULL. *owner gets the scope that holds it.
Binding *scope_find(Scope *scope, Str name, Scope **owner);
// Whether a name that means nothing belongs to what was reported already, so that it is no news.
bool is_lost(const Checker *c, Str name);
// The words in the source of what was reported are no news where they mean nothing.
void lose(Checker *c, Span span);
// Whether an error was told at a place inside of this one.
bool told_inside(const Checker *c, Span span);
// A fault of the same kind over the same thing, told before: the place is noted there, and it is no news. NULL: it is
// news, and to be handed to first_told.
Diag *told_before(Checker *c, const char *code, Str key, Span span);
void first_told(Checker *c, const char *code, Str key, Diag *d);
// Offers every visible name.
void scope_nearest(Scope *scope, Nearest *nearest);
Entity *entity_new(Checker *c, EntityKind kind, Word name, const Stmt *stmt, Scope *scope);
const Value *entity_value(Checker *c, Entity *entity); // VALUE_DECLARED
// Whether a thing, or one of several of its name, could not be made: what is wrong with it was told.
bool is_faulty(const Entity *entity);
// What a name bound to an entity means; resolves it on first use and reports cycles (E0104).
const Value *entity_resolve(Checker *c, Entity *entity, Span use);
// Reports that something under way is defined by means of itself (E0104): shows the way round.
const Value *report_circle(Checker *c, const Entity *entity, Span use);
// Expands the things that were mentioned since `from`.
void expand_mentioned(Checker *c, size_t from);
// The entity behind a VALUE_DECLARED, or NULL.
Entity *value_entity(const Value *value);

// ---------------------------------------------------------------- expressions and types

// Evaluates an expression. Never NULL; a fault gives a poisoned value (any, not maybe) after its report.
const Value *eval(Checker *c, Scope *scope, const Expr *expr);
// The same where a type is wanted: bare words stand for themselves where a word is wanted, and the value must fit
// (`what` is what it is for: "`memory`").
const Value *eval_as(Checker *c, Scope *scope, const Expr *expr, const Type *type, Str what);
const Value *eval_fields(Checker *c, Scope *scope, const FieldList *fields, Span span);
const Value *poison(Checker *c, Span span);
bool is_poison(const Value *value);
// Whether a part of it is.
bool holds_poison(const Value *value);
// A member of a value: `value.name`.
const Value *eval_member(Checker *c, const Value *left, Word name, Span span);
const Value *eval_call(Checker *c, Scope *scope, const Expr *expr);
// What a name means; reports one that means nothing (E0101).
const Value *eval_name(Checker *c, Scope *scope, const Expr *expr);
// The value, known not to be missing where a condition around says so.
const Value *present_here(Checker *c, Scope *scope, const Value *value);
// An arithmetic expression as a `formula`: its text over m1, m2, … and what these stand for.
const Value *eval_formula(Checker *c, Scope *scope, const Expr *expr);
// The values of a union that no arm of a match takes, in words; *open: the type has others, too.
Str match_left_out(Checker *c, const Type *type, const ArmList *arms, bool *open);
const Value *pattern_condition(Checker *c, const Value *subject, const Value *pattern, Span span);
// A call of a function of the language's table; NULL if there is none of that name.
const Value *eval_function(Checker *c, Scope *scope, const Expr *call);
void functions_nearest(Nearest *nearest);
// Notes what a condition that holds (or does not) says about missing values; eval of a place where it no longer says so
// goes back to the length before.
void narrow(FlowBuild *f, const Value *condition, bool holds);
bool in_library(const Checker *c, Span span);
// Where a person wrote what makes this: the declaration that a library's kind is expanded for.
Span written_at(const Checker *c, const Scope *scope, Span span);
// Reports constants of a resource that its provider refuses; a region that AWS does not have.
void check_values(Checker *c, const Resource *resource);
void check_region(Checker *c, const Value *region);
// What a value of deploy time is where every param has its default, as far as it can be told.
const Value *with_defaults(Checker *c, const Value *value);
// Where what is expanded was written.
typedef struct Use {
  Span whole, span;        // the use with its arguments; the place that stands for it
  Str what;                // what is expanded
  const FieldList *fields; // what it gives to parameters: a fault over one of them is shown there
} Use;
// Faults reported since `from` that lie in the library are moved to the use; those inside of what is expanded get a
// note of it. What lies in the whole use is left as it is.
void blame_use(Checker *c, size_t from, const Stmt *expanded, const Use *use);
// The value of the first field of a declaration that is named at a place of its kind, else the declaration's name.
Span field_for(const Checker *c, const Entity *instance, Span place);
// The same for the declaration whose kind was expanded, and those around it.
void blame_instance(Checker *c, size_t from, const Entity *instance);
// The innermost part of a value that is known later than `needed`.
const Value *latest_part(const Value *value, Time needed);
// The source of a place, on one line.
Str source_of(Checker *c, Span span);
// Reports an error's name that nothing in the graph from its state `from` on raises (E0321).
void check_caught(FlowBuild *f, size_t from, Str name, Span span);
// Whether a word stands in the text of `inside` once more than where it is declared.
bool occurs_again(const Checker *c, Str name, Span inside, Span declared);
// A parameter whose default does not fit its type: what is given for it is not held against that.
void misfit(Checker *c, const Parameter *param);
// Reports E0401 when `value` is known later than `needed`. `what`: "a bucket's name".
bool require_time(Checker *c, const Value *value, Time needed, const char *what);
// Reports E0312 when the value may be missing.
const Value *require_present(Checker *c, const Value *value);
// A number, where arithmetic wants one (E0201, E0312).
const Value *number_operand(Checker *c, const Value *value);
// `a OP b`, folded where both are known.
const Value *eval_operation(Checker *c, Scope *scope, const Expr *expr);

// An AWS service and its actions, spelt as Step Functions spells them; NULL when the tables do not know them.
Entity *service_named(Checker *c, Str name);
Entity *action_named(Checker *c, Entity *service, Str name, Nearest *nearest);

const Type *type_of(Checker *c, Scope *scope, const TypeExpr *expr);
// `any`, of which is kept what is read: type_member, type_item and type_seen_as add to it.
const Type *type_observed(Checker *c);
// The answer of an API; of members that it leaves open is kept what is read.
const Type *type_answer(Checker *c, FactsShape shape);
// A list of such items.
const Type *type_list(Checker *c, const Type *item);
// The type of the items of a list.
const Type *type_item(Checker *c, const Type *type);
// Notes that a value of an observed type is used as another type; nothing for other types.
void type_seen_as(const Type *type, const Type *as);
// Notes that it is compared with a value: with a text, it may be that text.
void type_seen_like(Checker *c, const Type *type, const Value *value);
const Type *type_of_shape(Checker *c, FactsShape shape);
// A type written as an expression (`returns: { ok: bool }`), as a value.
const Value *type_from_expr(Checker *c, Scope *scope, const Expr *expr);
// A member that an object type names, or NULL.
const TypeMember *type_field(const Type *type, Str name);

// fit.c: gives the value back where it fits a type; else reports E0201 (E0204, E0205 for a member of it) with `what`
// (“`memory`”) and gives poison.
const Value *fit(Checker *c, const Value *value, const Type *type, Str what);
// Whether every value of the type `given` is one of `wanted`.
bool type_accepts(const Type *wanted, const Type *given);
// Whether a value fits, looking at the value itself where it is constant (literals, members).
bool value_fits(Arena *arena, const Value *value, const Type *type);

// The names of a type's members, the first of them: "`a`, `b`".
Str type_members(Checker *c, const Type *type);
// The members of a type by name: the type of `.name`. NULL: the type is known not to have it.
const Type *type_member(Checker *c, const Type *type, Str name, bool *optional, Nearest *nearest);

// ---------------------------------------------------------------- declarations

// Reads a file's declarations into a scope.
void declare_all(Checker *c, Scope *scope, const Stmt *items);
// The library kind of a name, or NULL.
Entity *kind_named(Checker *c, Scope *scope, Str name);
// What a `let` of a library's file means.
const Value *library_value(Checker *c, Str file, Str name);
// Expands an instance: runs the body of its kind. Fills members, grants, events, methods.
void instance_expand(Checker *c, Entity *instance);
void instance_begin(Checker *c, Entity *instance, Entity *kind, Arguments *arguments);
// An instance of `kind` under `name` with ready arguments (for events, targets, state machines).
Entity *instance_of(Checker *c, Entity *kind, Scope *scope, Str name, Arguments *arguments);
// Runs what was put off.
void run_later(Checker *c);
// An argument of a call or a field of a declaration: an expression in its scope, or a ready value.
typedef struct Argument_ {
  Word name; // empty: positional
  Word bare; // of a positional argument that is a bare name: f(x) means x: x where x is a parameter
  const Expr *expr;
  Scope *scope;
  const Value *value;
} CallArgument;
struct Arguments {
  struct CallArguments {
    CallArgument *at;
    size_t len, room;
  } given, left_out; // left_out: what arguments_object left out, as it is never set
  bool lost;         // some could not be read
  Span span;
};
// The arguments of a call as they are written, not evaluated; what is spread stands there member by member.
Arguments arguments_of(Checker *c, Scope *scope, const FieldList *fields, Span span);
// The arguments as they were written, for places in them.
const FieldList *fields_of(Checker *c, const Arguments *arguments);
// Adds an argument whose value is known already.
void arguments_add(Checker *c, Arguments *arguments, Str name, const Value *value);
// The value of an argument, evaluated on first use where a value of the type `wanted` is to stand.
const Value *argument_value(Checker *c, CallArgument *argument, const Type *wanted);
// All arguments as one object (named) for calls without a signature.
const Value *arguments_object(Checker *c, Arguments *arguments);
// Binds every parameter into `inside` (the argument, its default, or missing) and reports unknown, missing, doubled and
// ill-typed ones (E0203 to E0206). `what` names the callee. Returns the bound parameters as an object.
const Value *bind_parameters(Checker *c, Scope *inside, const Stmt *signature, Arguments *given, Str what);
Resource *resource_add(Checker *c, Entity *entity);
// What a `for` of a kind or test goes through at compile time, a list; another value is reported (E0401) and is an
// empty one, as what is missing is.
const Value *unrolled_list(Checker *c, Scope *scope, const Stmt *stmt, const char *where);
void check_events(Checker *c, const Stmt *items);
// Whether the spec has `on THING EVENT`.
bool event_is_heard(const Checker *c, Str thing, Str event);
// check.c: whether a pipeline has a setting of that name.
bool is_setting(Str name);
// ci.c: `ci SYSTEM { … }` into the model.
void check_ci(Checker *c, const Stmt *stmt);
// The roles that jobs take on, made by the library's kind of the system once all resources are known.
void ci_identities(Checker *c);
// The environments that `in […]` names, a list of words; reports E0603. NULL: it is no such list.
const Value *environments_named(Checker *c, Scope *scope, const Expr *expr);
// command.c: a command of a thing with its arguments bound: VALUE_CALL "command" of VALUE_CALL "line"s, whose parts are
// VALUE_STRINGs of shell and VALUE_CALL "word"s of data. A line with a missing word is left out.
const Value *command_call(Checker *c, Entity *thing, Entity *command, Arguments *arguments);
// The content of a Makefile: each target is text, what is run, or a list of such.
const Value *make_targets(Checker *c, Scope *scope, const Expr *expr);
// `output NAME = value "text"` into the model; reports a second one of the name (E0102).
void output_add(Checker *c, Scope *scope, const Stmt *stmt);
// The names of the environments, a list of words; what each sets the params to goes into the model.
const Value *environments_read(Checker *c, const Field *field);
// `readme "HEADING" "text"` into the model.
void readme_add(Checker *c, Scope *scope, const Stmt *stmt);
// The list of targets of an event, as objects.
const Value *targets_resolve(Checker *c, Entity *targets, Span use);
extern const Type TYPE_WORD_OR_ANY; // any value; a bare word that names nothing stands for itself
// Reports what the Python of a package (a file or a folder) imports and does not hold (E0904).
void check_python(Checker *c, Str path, Span span);
void check_tests(Checker *c, const Stmt *items);

// ---------------------------------------------------------------- accounts and regions (places.c)

// Reads the pipeline's `accounts` and `regions`; binds what `accounts.NAME` and `regions.NAME` mean.
void places_read(Checker *c);
// What is evaluated in `scope` from now on is put in `place`; `pipeline.account` and `.region` are those there.
void place_enter(Checker *c, Scope *scope, const Place *place);
// Expands an instance of `kind` where its field `in` puts it: once, or once in each place.
void expand_in_places(Checker *c, Entity *instance, Entity *kind);
// The scope of a resource's fields where `in: NAME` puts it.
Scope *resource_place(Checker *c, Scope *outer, const Expr *in);
Str place_name(const Place *place);
// Says how to name one of a thing that is in several places; `behind` is what follows: ".url", "(…)".
void help_with_places(Checker *c, Diag *d, const Entity *whole, Str behind);
bool place_same_account(const Place *a, const Place *b);
const Place *entity_place(const Entity *entity);
// A thing that is in several places, seen from inside a declaration in one of them, is the one that is there.
const Value *place_nearby(const Scope *scope, const Value *value);
// The declared things in lists of values, each one of those that are in several places.
typedef struct Thing {
  Entity *entity; // NULL: the value is no declared thing
  const Value *value;
} Thing;
typedef struct Things {
  Thing *at;
  size_t len, room;
} Things;
// `use`: where they are used, for what is said of them.
Things things_of(Checker *c, const Value *const *lists, size_t count, Span use);
// The functions accounts_of(things, …), account_id("PLACE") and added("NAME") of kinds.
const Value *accounts_of(Checker *c, const Scope *scope, const Value *const *lists, size_t count, Span span);
const Value *account_id(Checker *c, const Value *name, Span span);
const Value *added_to(Checker *c, const Scope *scope, const Value *name, Span span);
// Whether a thing is in the account of the place named so.
bool place_holds(Checker *c, const Value *name, const Entity *thing, Span span);
// A call of what is in another account is made by a role there; in another region it cannot be (E0516).
void call_there(FlowBuild *f, State *state, const Place *place, Span span);
// The clause `as ROLE`, or `as PLACE`: the role made there for this flow.
void call_as(FlowBuild *f, State *state, Scope *scope, const Expr *role);
// `add NAME: value on thing`.
void add_to(Checker *c, Scope *scope, const Stmt *stmt);
// Reports resources that need each other in a circle (E0104). All bodies are evaluated.
void check_circles(Checker *c);
// Reports what was added to things whose kind reads nothing of that name (E0514).
void check_added(Checker *c);
// The role that `flow` takes on to call what is in another account: the statements of its policy are filled in later.
const Value *flow_access(Checker *c, const Flow *flow, const Place *place);

// ---------------------------------------------------------------- values that are known late, or not at all

// What stands for a value that a fault left unknown: anything, known at run time, so that it is not reported again.
const Value *unknown_value(Checker *c, Span span);
// The text a value has as a path, for narrowing: "config.training"; empty when it is no path.
Str path_text(Arena *arena, const Value *value);
// Whether a value is another each time it is worked out: the present instant, a new identifier.
bool value_varies(const Value *value);
// Whether it reads what these assignments give a value that varies, so that it cannot be worked out beside them.
bool reads_varying(const Value *value, const Assignments *assign);
// Works out, once, what varies of the parameters of a step or function that reads them more than once.
void bind_once(Checker *c, Scope *inside, const Stmt *signature);
// Says what no error's name can hold.
void check_error_word(Checker *c, Str name, Span span);

// ---------------------------------------------------------------- flows as a whole (flow.h has what builds them)

// Makes the flow of an entity, without states: its name, parameters and result. Called once, on first use.
Flow *flow_declare(Checker *c, Entity *entity);
// Makes the states of a flow that was declared.
void flow_build(Checker *c, Entity *entity);
// The input that a call of a flow hands over: its parameters checked, as an object.
const Value *flow_input(Checker *c, Scope *inside, Entity *flow, Arguments *arguments);
// Reports a name of a step, or the one that is given to its state, that Step Functions does not take (E0806).
void check_state_name(Checker *c, Word name);
// Takes out of a finished flow what does nothing: errors that a call cannot raise, assignments that nobody reads, idle
// Pass states.
void flow_prune(Checker *c, Flow *flow);
// Warns of names and tokens that a retry, a loop or a map of the finished flow would use again (again.c).
void check_used_again(Checker *c, const Flow *flow);

// ---------------------------------------------------------------- what is made of flows: machines, roles, policies

// Instantiates the library's kind of state machines for a flow and takes over its members (`arn`, …).
void machine_expand(Checker *c, Entity *flow);
// The command that starts a flow with an input like those it takes, for the README.
void machine_start(Checker *c, Entity *flow);
// Fills in the policy of every flow's machine from its calls.
void machine_policies(Checker *c);
// A policy statement that allows actions (a text or a list) on `count` resources; sid: NULL for none.
const Value *allow(Checker *c, const char *sid, const Value *actions, const Value **on, size_t count, Span span);
// The statement that lets a role use the keys with which the resources of its statements are encrypted (the service
// uses them on the caller's behalf: KMS Developer Guide, "How AWS services use KMS"), or NULL.
const Value *use_of_keys(Checker *c, const Value *statements, Span span);
// Policy statements for Terraform: what it calls to read all resources of the spec, or (writes) to make and destroy
// them, on what bears their names. Resources whose bodies are not evaluated yet count by the pipeline's name.
const Value *deployment_statements(Checker *c, Scope *scope, bool writes, Span span);
// Whether the table of what Terraform calls has a row for a type.
bool deployment_known(Checker *c, Str type);
// Reports statements of policies that IAM refuses (policies.c).
void check_policies(Checker *c);

// ---------------------------------------------------------------- what the API takes and answers

// Reports what the API of an action would refuse in its arguments (E0221 to E0228).
void check_arguments(Checker *c, const FactsTask *task, Str action, const Arguments *given, const Value *arguments);
// Notes what the API takes its arguments as, for answers that may have to be made up.
void seen_as_arguments(Checker *c, const Value *value, FactsShape shape);
// Reports what the API of a step's call never answers in an answer that a test gives it (mock_misfit).
void check_answer(Checker *c, const FactsTask *task, Str step, const Value *answer);
// Reports that a step never answers so (E0706). `nearest`: what may have been meant, or empty.
void mock_misfit(Checker *c, Span span, Str step, Str what, Str nearest);
// Checks one answer of a mock: an error that the step can raise, or a value that it can give (mocks.c).
void check_mock(Checker *c, const Test *test, Str step, const TestAnswer *answer);
