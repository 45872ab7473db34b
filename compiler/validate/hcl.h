// Validation of HCL files: syntax, and for Terraform what `terraform validate` would say.
#pragma once
#include "validate/validate.h"

// HCL syntax alone (V2001…V2013). `options` are not used.
void validate_hcl(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options);

// The Terraform files of a set, folder by folder as modules: against the language (V2101…V2108, V2119, V2150…V2162),
// the schemas of the providers (V2110…V2118), what is declared (V2120…V2133), the functions (V2140, V2141), and the
// canonical format (V2012, a warning). What was read stays in set->learnt. Where files were given one by one, those
// beside them are read too.
void validate_terraform(Diags *diags, const FileSet *set, const uint32_t *files, size_t count,
                        const ValidateOptions *options);
