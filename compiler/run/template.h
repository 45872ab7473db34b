// Payload templates: JSON in which parts are computed. JSONPath: a member "name.$" holds a path or an intrinsic call.
// JSONata: a string "{% … %}" is an expression.
#pragma once
#include "run/evaluate.h"

typedef struct Template Template;

typedef struct TemplateFault {
  const Json *at; // the value that is wrong
  Str why;
} TemplateFault;

// Compiles `value`, which must outlive the result. `field` names it in messages ("Output"). NULL: *fault says why not.
const Template *template_compile(Arena *arena, const Json *value, bool jsonata, Str field, TemplateFault *fault);
// Computes it, or NULL with a failure.
const Json *template_make(Evaluation *e, const Template *t);
// The same, and the result must be of this kind (JSON_TRUE: a boolean), else a failure that says what was expected.
const Json *template_make_kind(Evaluation *e, const Template *t, JsonKind kind);
