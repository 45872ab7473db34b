// What the tables know of the API of a service, as JSON for programs (tests/python is one).
#pragma once
#include "data/json.h"
#include "facts/facts.h"

// {"service", "operations": {"CreateModel": "createModel", …}, "errors": {"CreateModel": ["…"], …}}: the API's names,
// those of `SERVICE.ACTION`, and what each can raise.
const Json *facts_service_json(Arena *arena, FactsService service);

// {"operation", "input", "output", "shapes"}: the operation as the SDKs have it. `input` and `output` are
// indexes into `shapes`, as are the members ({"NAME": {"shape", "required"}}, spelt as the API spells them), `element`
// and `key` of a shape.
const Json *facts_operation_json(Arena *arena, FactsOperation operation);
