// The regular expressions of API models.
#pragma once
#include "base/str.h"

// Whether the whole text matches; true too where the pattern is beyond this engine or too costly. Works in the arena.
bool facts_matches(Arena *arena, Str pattern, Str text);
