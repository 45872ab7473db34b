// From syntax to model: names, types, times, missing values, expansion of kinds and steps, state graphs.
#pragma once
#include "model/model.h"

// Compiles a spec file that is already registered: reads what it uses (`use`, embedded library), resolves and expands
// everything and reports every fault (E01xx and up). Returns the pipeline, NULL if the file holds none or errors were
// found. Everything lives in `arena`.
const Model *check_pipeline(Arena *arena, Sources *sources, uint32_t file, Diags *diags);
