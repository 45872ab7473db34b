// The intrinsic functions of JSONPath states: States.Format('…{}', $.name).
#pragma once
#include "run/evaluate.h"

typedef struct Intrinsic Intrinsic;

// Whether a text is meant as a call: it begins with "States.".
bool intrinsic_is_call(Str source);
// Compiles a call, which must outlive the result. NULL: *why says why not.
const Intrinsic *intrinsic_compile(Arena *arena, Str source, Str *why);
// Its value, or NULL with a failure. `field` is the name of the field it stands in.
const Json *intrinsic_call(Evaluation *e, const Intrinsic *call, Str field);
