// What the parts of the loader share.
#pragma once
#include "run/machine.h"

typedef struct Loader {
  Arena *arena;
  LoadFault *fault;
  bool machine_jsonata; // the query language that states have unless they say otherwise
  bool alone;           // a state without the others: what it names need not be there
} Loader;

// Notes a fault; returns false.
bool load_fault(Loader *l, const char *code, const Json *at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
// A member that must be of a kind if it is there; *value is NULL when it is not.
bool load_member(Loader *l, const Json *object, Str key, JsonKind kind, const Json **value);
// The template of a member; NULL when it is not there.
bool load_template(Loader *l, const Json *object, Str key, bool jsonata, const Template **made);
// The same, told in errors as a field of `within` ("Catch[0]", or nothing).
bool load_template_within(Loader *l, const Json *object, Str within, Str key, bool jsonata, const Template **made);
// The variables that a state, rule or catcher sets.
bool load_assign(Loader *l, const Json *object, Str within, bool jsonata, const Template **made);
// A field that is `key`, or (JSONPath) `key`Path.
bool load_field(Loader *l, const Json *object, const char *key, bool jsonata, Field *field);
bool load_data_path(Loader *l, const Json *object, Str key, const DataPath **path);
bool load_retry(Loader *l, State *s);
bool load_catch(Loader *l, State *s);
bool load_choices(Loader *l, State *s);
bool load_resource(Loader *l, State *s);
bool load_map(Loader *l, State *s);
const Machine *load_machine(Loader *l, const Json *definition);
// The state of that name in the machine of `s`.
bool load_next(Loader *l, const State *s, const Json *name, const State **next);
