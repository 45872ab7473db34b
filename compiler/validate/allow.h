#pragma once
#include "source/source.h"

// Drops the findings that the files allow themselves with a reason (`mlopsc: allow CODE because …`), and reports
// allowances without a reason (V7090) or without a finding (V7091).
void allow_apply(Diags *diags, const Sources *sources);
