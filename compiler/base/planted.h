// Faults that a build flag (MLOPSC_PLANTED) plants, one for each fuzz target, to see that fuzzing finds them. Without
// the flag nothing is left of them. Each stands where bad input comes that no seed holds.
#pragma once

#ifdef MLOPSC_PLANTED
#define PLANTED(condition)                                                                                             \
  do {                                                                                                                 \
    if (condition) __builtin_trap();                                                                                   \
  } while (0)
#else
#define PLANTED(condition)                                                                                             \
  do {                                                                                                                 \
  } while (0)
#endif
