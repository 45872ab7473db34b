#pragma once
#include "base/str.h"

// The hash of a file's text as the record of a build has it: "sha256:…".
Str manifest_hash(Arena *arena, Str text);
