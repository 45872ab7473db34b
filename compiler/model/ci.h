// What CI systems have: the words of `ci SYSTEM { … }`, its events, and what they tell of a run.
#pragma once
#include "model/make.h"

typedef enum { CI_GITLAB, CI_GITHUB, CI_SYSTEMS } CiSystem;

// The system of a name; CI_SYSTEMS when there is none.
CiSystem ci_system(Str name);

// A field of the declaration.
typedef struct CiField {
  const char *name;
  bool in[CI_SYSTEMS];
  const Type *type;
} CiField;
// All rows; ends with one without a name.
extern const CiField ci_fields[];
// The row of a name, or NULL when the system has none.
const CiField *ci_field_named(CiSystem system, Str name);

// An event: what the systems call it (NULL: one does not have it), and the name of GitHub's workflow.
typedef struct CiEvent {
  const char *name, *on[CI_SYSTEMS], *workflow;
} CiEvent;
extern const CiEvent ci_events[];
const CiEvent *ci_event_named(CiSystem system, Str name);

// What is known about a run: `ci.short_sha`. `plain`: its values hold letters, digits, `_`, `-` and `.` alone.
typedef struct CiVariable {
  const char *name;
  const char *word[CI_SYSTEMS];       // in a shell of the system, inside double quotes
  const char *expression[CI_SYSTEMS]; // in a condition of the system
  bool plain;
} CiVariable;
extern const CiVariable ci_variables[];
const CiVariable *ci_variable(Str name);

// What a rule can do beside starting what is declared: plan, apply, summary.
bool ci_verb(Str name);
