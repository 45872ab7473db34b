// Unified diffs of texts by lines, for --diff.
#pragma once
#include "base/buf.h"

// Appends the unified diff (three lines of context) that makes `after` of `before`; nothing when they are the same.
void line_diff(Buf *out, Str path, Str before, Str after);
