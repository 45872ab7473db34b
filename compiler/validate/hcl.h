// Validation of HCL files: syntax, and for Terraform what `terraform validate` would say.
#pragma once
#include "source/source.h"

// HCL syntax alone (V2001…V2013).
void validate_hcl(Diags *diags, Sources *sources, uint32_t file);
