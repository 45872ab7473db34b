// The interpreter: {"definition", "input", "mocks"}. Every call is answered by the mocks or with its own arguments; a
// run that goes on and on is ended by the limits of the service.
#include "run/history.h"
#include "run/mocks.h"

typedef struct World {
  Mocks *mocks;
  HistoryWriter history;
} World;

static bool answer(void *with, Arena *arena, const RunCall *call, RunAnswer *result, Str *why) {
  World *w = with;
  if (mocks_answer(w->mocks, arena, call, result, why)) return true;
  result->value = call->arguments;
  return true;
}

static bool read_object(void *with, Arena *arena, Str bucket, Str key, Str *body) {
  (void)with, (void)arena;
  *body = key; // an object holds its own name
  return bucket.len > 0;
}

static void event(void *with, const RunEvent *e) {
  World *w = with;
  history_event(&w->history, e);
  if (w->history.out.len > 1 << 20) w->history.out.len = 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena arena = {0};
  JsonError error;
  LoadFault fault;
  Str why;
  const Json *request = json_read(&arena, str_dup(&arena, (Str){(const char *)data, size}), 0, &error);
  const Json *definition = json_get(request, S("definition")), *input = json_get(request, S("input"));
  const Machine *machine = definition ? machine_load(&arena, definition, &fault) : NULL;
  if (machine) {
    World w = {.mocks = mocks_new(&arena, 1), .history.out.arena = &arena};
    const Json *mocks = json_get(request, S("mocks"));
    if (mocks) mocks_read(w.mocks, mocks, S("m"), S(""), &why);
    RunOptions options = {.world = {.with = &w, .answer = answer, .read = read_object, .event = event},
                          .now = 1000000000};
    RunResult result;
    run_machine(machine, input ? input : json_object(&arena, NULL, 0), &options, &arena, &result);
    arena_free(&w.history.scratch);
  }
  arena_free(&arena);
  return 0;
}
