// What those who look at JSONata expressions share. Private to compiler/validate/asl*.c.
#pragma once
#include "jsonata/jsonata.h"
#include "validate/asl.h"

// Whether the expression asks, by $exists(…), if what `what` reads (or something above it) is there at all.
bool asl_asks_for(Str source, const JsonataUse *uses, size_t count, const JsonataUse *what);
