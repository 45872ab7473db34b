// The data between states: what form each state's input has, over all ways, and what is read of it. Private to
// asl_flow*.c. Abstract interpretation with forms (form.h) as the domain: a state is visited anew while its input still
// widens, a few times at most, then its input counts as unknown.
#pragma once
#include "validate/asl.h"
#include "validate/asl_path.h"
#include "validate/form.h"

typedef struct Flow {
  Asl *asl;
  Arena *arena;
  const Form **inputs; // of all states; NULL: not reached yet
  uint8_t *visits;
  Map answers;   // resource -> Form of what the task gives
  Map variables; // name -> Form of all that is assigned to it, once that is
  bool gathered;
  size_t work;
  bool report; // findings are made in the last round only
} Flow;

// What an expression in a state can see.
typedef struct Sight {
  const State *state;
  const Form *data;   // "$" in JSONPath, $states.input in JSONata
  const Form *result; // $states.result, NULL: none
  const Form *error;  // $states.errorOutput, NULL: none
} Sight;

// JSONPath (asl_flow_path.c): the form of what a path or call gives; `value` is the string that holds it.
const Form *flow_path(Flow *flow, const Sight *sight, const Json *value);
// A payload template.
const Form *flow_template(Flow *flow, const Sight *sight, const Json *value);
// Reports that `value` has none of `kinds`.
void flow_want(Flow *flow, const Json *value, const Form *form, unsigned kinds, const char *what);
// What a Choice state's rules read.
void flow_choices(Flow *flow, const Sight *sight);
// The form that a rule leaves behind: what it asks to be present is present.
const Form *flow_choice_input(Flow *flow, const Json *rule, const Form *data);
// Reports a member that nothing wrote.
void flow_missing(Flow *flow, Span span, const Form *of, Str name, Str path, bool certain);

// JSONata (asl_flow_jsonata.c): the form of a value in which "{% … %}" strings are expressions.
const Form *flow_jsonata(Flow *flow, const Sight *sight, const Json *value);

// The kinds of a task's computed arguments against its API (asl_flow_arguments.c).
void flow_arguments(Flow *flow, const State *state, const Json *arguments, const Form *form);

// The form of a variable; FORM_ANY when nothing is known.
const Form *flow_variable(Flow *flow, Str name);
// $$ and $states.context.
extern const Form FORM_CONTEXT;
