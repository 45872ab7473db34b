// Plausible texts for default answers.
#pragma once
#include "facts/api.h"

// The `index`th id of `seed`, in the form of a UUID.
Str answer_uuid(Arena *arena, uint64_t seed, uint64_t index);
// "TrainingJob" -> "training-job"
Str answer_kebab(Arena *arena, Str name);
// In small letters.
Str answer_lower(Arena *arena, Str text);
// "Containers" -> "Container"
Str answer_singular(Str name);
// A text for a member of that name: a URI for "…S3Uri", an address for "…Url", else the name in small letters.
Str answer_text(Arena *arena, Str member);
// "2026-01-31T00:00:00Z"
Str answer_time(Arena *arena, double seconds);
// The first candidate that the shape takes, cut and stretched to its lengths; of an enumerated one the value that a
// finished, working thing has.
Str answer_fit(Arena *arena, FactsShape shape, const Str *candidates, size_t count);
