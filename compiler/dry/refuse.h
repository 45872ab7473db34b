// What the services behind the calls of a run refuse: arguments that do not fit, names that an earlier call took.
#pragma once
#include "base/map.h"

// Texts that stand for what nobody knows before it is deployed: values of parameters without a default, names and
// identifiers that AWS chooses. A service takes them for good, whatever form it asks for.
typedef struct Guesses {
  Str *at;
  size_t len, room;
} Guesses;

// What earlier calls of the run took, by what it is. Zero-initialise with an arena that outlives the run.
typedef struct Taken {
  Map values;
  const Guesses *guesses; // NULL: there are none
} Taken;

struct RunCall;
struct RunAnswer;

// Whether the service refuses the call (see run/run.h); then *result is how the task fails. A call that repeats a token
// is answered as the first was, where that failed.
bool dry_refuses(const Taken *taken, Arena *arena, const struct RunCall *call, struct RunAnswer *result);
// Keeps what the call took, now that it is answered so.
void dry_answered(Taken *taken, const struct RunCall *call, const struct RunAnswer *result);
