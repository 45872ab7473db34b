#include "run/teststate.h"

const Json *test_state(Arena *arena, const Json *request, const RunOptions *options, bool *good) {
  (void)request, (void)options;
  *good = false;
  return json_object(arena, NULL, 0);
}
