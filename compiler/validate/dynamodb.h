#pragma once
#include "data/json.h"
#include "validate/validate.h"

// Whether an item has the key attributes of its table, of the right types and sizes (V6010 to V6012).
void dynamodb_check_keys(Diags *diags, uint32_t file, const Json *item, const KeyAttribute *keys, size_t count);
