// InputPath, OutputPath and ResultPath.
#pragma once
#include "run/machine.h"

// What InputPath or OutputPath makes of a value; NULL: a failure.
const Json *data_select(Evaluation *e, const DataPath *path, const Json *value);
// What ResultPath makes of a state's input and its result; NULL: a failure.
const Json *data_combine(Evaluation *e, const DataPath *path, const Json *input, const Json *result);
