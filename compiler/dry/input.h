// The input of a flow's execution: one made up from its parameters' types, and whether a given one fits them.
#pragma once
#include "data/json.h"

struct Flow; // of model/model.h
struct Model;
struct Type;

// The sample of a type, always the same: for text its name, for a number 1, for alternatives the first, ….
const Json *dry_sample(Arena *arena, const struct Type *type, Str name);
// An input that a flow takes: its parameters without a default, each a sample or the key of a table's first item. In
// the arena. NULL: it takes none.
const Json *dry_input(Arena *arena, const struct Model *model, const struct Flow *flow);
// What of an input does not fit the flow's parameters, in words, or empty: the service takes any input, and the flow
// would fail later, where it uses what is not there.
Str dry_input_misfit(Arena *arena, const struct Flow *flow, const Json *input);
