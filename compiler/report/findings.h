// How findings are shown: one function a format, all from the same Diags.
#pragma once
#include "source/source.h"

// Writes the diagnostics in a format by its name: "text", "json", … False: there is no such format.
// text is for people (`colour` for terminals); json is the array [{path, line, column, severity, code, message,
// cite?, help?}].
bool findings_write(Buf *out, Diags *diags, Sources *sources, Str format, bool colour);
