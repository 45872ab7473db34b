// Mocks: answers to task calls by state name, in the order of the calls; the last one repeats.
#pragma once
#include "base/map.h"
#include "run/run.h"

typedef struct Mock {
  RunAnswer answer;
  uint32_t times;        // how often it answers before the next one does; 0: once
  const Json *iteration; // the Map iterations it is for (an array of indexes), or NULL
  bool api;              // the answer is the API's own: what the integration adds to it is added
  uint32_t used;
} Mock;

typedef struct MockList {
  VEC(Mock) mocks;
} MockList;

typedef struct Mocks {
  Arena *arena; // where it lives
  Map states;   // name -> MockList
  uint64_t random;
} Mocks;

Mocks *mocks_new(Arena *arena, uint64_t seed);
// Adds an answer to the calls of a state.
void mocks_add(Mocks *mocks, Str state, Mock mock);
// Reads a mocks file: the short form {"<state>": [{"return": …} | {"error": …, "cause": …}, …]} with "submitted",
// "delay" (seconds), "times" and "never", or, when `test_case` is not empty, a mock configuration file of Step
// Functions Local (`machine` picks among its StateMachines; the only one is taken when it has no such). False: *why
// says why not.
bool mocks_read(Mocks *mocks, const Json *file, Str machine, Str test_case, Str *why);
// A RunWorld's answer function; `mocks` is the Mocks.
bool mocks_answer(void *mocks, Arena *arena, const RunCall *call, RunAnswer *answer, Str *why);
