// Values that are constant: what terraform knows of them before a plan. Private to compiler/validate/tf_constant*.c and
// those who ask.
#pragma once
#include "data/json.h"
#include "validate/tf.h"

// A call of a function with constant arguments. One that fails says why.
typedef struct TfConstantCall {
  Arena *arena;
  Str name;
  const Json **arguments;
  uint32_t count;
  Str fault; // empty: it did not fail
} TfConstantCall;

// The value of an expression that depends on nothing outside of the files, or NULL: it does, or is of a form whose
// value is not worked out here. Lists, sets and tuples are arrays, maps and objects are objects.
const Json *tf_constant(TfModule *module, const HclExpr *expr);
// The result of a call; NULL: not worked out, or call->fault says why terraform refuses it.
const Json *tf_constant_call(TfConstantCall *call);
// Why a call whose arguments are constant fails, or empty.
Str tf_constant_fault(TfModule *module, const HclExpr *call);
// The text of a value where a string is wanted. False: it is none.
bool tf_constant_text(Arena *arena, const Json *value, Str *text);
