// Who may do what in a pipeline, and which lines of the spec are the reason.
#pragma once
#include "model/model.h"

// Appends every statement of every policy that the model holds: the policy, what it allows on what, and the places of
// the spec that need it. As text for people, or (json) as a list of objects {"policy", "sid"?, "effect", "actions",
// "resources", "principal"?, "condition"?, "reasons": [{"path", "line", "column", "what"}]}.
void permissions_write(Buf *out, const Model *model, Sources *sources, bool json);
