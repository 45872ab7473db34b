// Validation of HCL files: syntax, and for Terraform what `terraform validate` would say.
#pragma once
#include "validate/validate.h"

// HCL syntax alone (V2001…V2013). `options` are not used.
void validate_hcl(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options);
