// DynamoDB items in typed attribute JSON.
#include "data/json.h"
#include "validate/validate.h"

void validate_dynamodb_item(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options) {
  (void)options;
  JsonError error;
  if (json_read(diags->arena, source_file(sources, file)->text, JSON_KEEP_DUPLICATES, &error)) return;
  diag(diags, DIAG_ERROR, "V6001", (Span){file, error.at, error.at + 1}, "not JSON: %s", error.what);
}
