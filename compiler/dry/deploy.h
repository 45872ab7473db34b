// What Terraform would know: plausible values for everything of deploy time, so that a pipeline can run before it
// exists.
#pragma once
#include "data/json.h"
#include "dry/refuse.h"
#include "model/model.h"

// The value with every deploy-time part replaced by a constant: parameters by their defaults, attributes of resources
// by what the spec says of them or what AWS would make of their names. Parts of event and run time stay.
const Value *deploy_resolve(Arena *arena, const Model *model, const Value *value);
// A flow's definition (as emit_definition gives it, its variables in `flow`) with the places filled: plain ASL.
Str deploy_fill(Arena *arena, const Model *model, const Flow *flow, Str definition);
// Adds the texts in a definition's places that stand for what nobody knows yet.
void deploy_guesses(Arena *arena, const Model *model, const Flow *flow, Guesses *guesses);
// The region and account that values are made with.
Str deploy_region(const Model *model);
Str deploy_account(const Model *model);
