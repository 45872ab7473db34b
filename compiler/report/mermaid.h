// Pictures of flows.
#pragma once
#include "model/model.h"

// Appends the graph of a flow in Mermaid's flowchart language: steps in order, conditions on the edges, errors dotted,
// iterations and branches as boxes. Labels are data: nothing in them can end a label.
void mermaid_write(Buf *out, const Flow *flow);
// The same in Graphviz' language.
void dot_write(Buf *out, const Flow *flow);
