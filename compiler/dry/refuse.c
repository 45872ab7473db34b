#include "dry/refuse.h"
#include "facts/check_arguments.h"
#include "facts/once.h"
#include "run/run.h"

enum { GUESS_LEAST = 4 }; // characters that a guess has at least to be looked for within a text

// How the call ended that took a value.
typedef struct Ending {
  bool failed;
  Str error, cause;
} Ending;

// What names the value among all that services took: executions are named within their machine.
static Str key_of(Arena *arena, const FactsTask *task, const FactsOnce *once, const Json *arguments, Str *value) {
  const Json *given = json_get(arguments, once->argument), *machine = json_get(arguments, S("StateMachineArn"));
  if (!json_is(given, JSON_STRING)) return (Str){0};
  *value = json_str(given);
  Str within = json_is(machine, JSON_STRING) ? json_str(machine) : S("");
  return str_fmt(arena, "%.*s:%.*s/%.*s/%.*s", STR_ARG(task->service), STR_ARG(once->argument), STR_ARG(within),
                 STR_ARG(*value));
}

static void fails(Arena *arena, RunAnswer *result, Str error, Str cause) {
  *result = (RunAnswer){.error = json_string(arena, error), .cause = json_string(arena, cause), .delay = 1};
}

// Whether a text is a guess, or holds one.
static bool is_guess(const void *with, Str text) {
  const Guesses *guesses = with;
  for (size_t i = 0; guesses && i < guesses->len; i++) {
    Str guess = guesses->at[i];
    if (guess.len >= GUESS_LEAST ? str_has(text, guess) : str_eq(text, guess)) return true;
  }
  return false;
}

bool dry_refuses(const Taken *taken, Arena *arena, const RunCall *call, RunAnswer *result) {
  FactsTask task = facts_task(call->state->resource.arn);
  FactsRefusal refusal;
  if (!facts_accepts(arena, &task, call->arguments, &(FactsUnknown){is_guess, taken->guesses}, &refusal)) {
    fails(arena, result, refusal.error, refusal.cause);
    return true;
  }
  FactsOnce once;
  Str value = {0}, key = facts_once(arena, &task, &once) ? key_of(arena, &task, &once, call->arguments, &value) : value;
  const Ending *before = key.len ? map_get(&taken->values, key) : NULL;
  if (!before) return false;
  if (once.kind == FACTS_ONCE_TOKEN) {
    if (before->failed) fails(arena, result, before->error, before->cause);
    return before->failed; // the same answer again: as good as another one
  }
  refusal = facts_once_refusal(arena, &task, &once, value);
  fails(arena, result, refusal.error, refusal.cause);
  return true;
}

void dry_answered(Taken *taken, const RunCall *call, const RunAnswer *result) {
  Arena *arena = taken->values.arena;
  FactsTask task = facts_task(call->state->resource.arn);
  FactsOnce once;
  Str value;
  if (!facts_once(arena, &task, &once)) return;
  bool failed = !result->value && !result->never;
  // A call that the service did not take has taken nothing.
  if (failed && !(json_is(result->error, JSON_STRING) && facts_once_used_up(&task, json_str(result->error)))) return;
  Str key = key_of(arena, &task, &once, call->arguments, &value);
  if (!key.len) return;
  Ending *ending = NEW(arena, Ending);
  ending->failed = failed;
  if (failed) ending->error = str_dup(arena, json_str(result->error));
  if (failed && json_is(result->cause, JSON_STRING)) ending->cause = str_dup(arena, json_str(result->cause));
  map_set(&taken->values, key, ending);
}
