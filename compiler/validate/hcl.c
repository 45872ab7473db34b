#include "validate/hcl.h"
#include "data/hcl.h"

void validate_hcl(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options) {
  (void)options;
  hcl_read(diags->arena, diags, sources, file);
}
