// A spec made ready for `mlopsc run`: a flow's definition as plain ASL, and what its world looks like.
#pragma once
#include "dry/flows.h"
#include "source/source.h"

typedef struct DryFunction {
  Str name, arn, path, handler; // the function's name and ARN, its file, the function in it
  char *const *environment;     // what it is told: NAME=VALUE, NULL behind the last
} DryFunction;

typedef struct DryPlace {
  Str state;
  Span span; // of the spec
} DryPlace;

typedef struct DrySpec {
  Str flow, machine, definition, region, account;
  const struct Flow *of;
  size_t flow_count; // of the spec
  const Json *input; // one that the flow takes, made up; NULL: it takes none
  const TraceDefault *defaults;
  size_t default_count;
  const TraceItem *items;
  size_t item_count;
  VEC(DryFunction) functions;
  DryFlows flows; // none where no spec is run
  VEC(DryPlace) places;
} DrySpec;

// Compiles a registered spec and picks a flow (empty: the only one). False: the findings say why not.
bool dry_spec(Arena *arena, Sources *sources, Diags *diags, uint32_t file, Str flow, DrySpec *spec);
