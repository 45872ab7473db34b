// What the library holds: its kinds, steps and events with their parameters and documentation, read from templates/std.
#pragma once
#include "data/json.h"

// All as a list of objects: name, is ("kind", "step", "event", "function"), in (the library's file), doc, parameters
// (name, type, optional, default, doc), members, grants, and the events, steps and kinds inside.
const Json *library_json(Arena *arena);
// The same of one kind or step as text for people ("bucket", "sagemaker.train"); false: there is none, *nearest may be
// what was meant.
bool library_explain(Arena *arena, Str name, Buf *out, Str *nearest);
// A line for each kind: its name and what it is.
void library_list(Arena *arena, Buf *out);
