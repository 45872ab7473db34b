#include "run/api_answer.h"
#include "facts/default_answer.h"
#include "run/sdk_answer.h"

bool api_answer(Arena *arena, const RunCall *call, const RunOptions *options, RunAnswer *answer) {
  const TaskResource *r = &call->state->resource;
  FactsTask task = facts_task(r->arn);
  bool known = task.kind == FACTS_TASK_OPTIMIZED || task.kind == FACTS_TASK_SDK;
  bool decided = r->pattern == PATTERN_TOKEN || str_has(r->service, S("lambda"));
  if (!known || decided || facts_shape_kind(facts_task_output(&task)) == FACTS_ANY) return false;
  uint64_t random = options->seed + call->attempt + (uint64_t)(call->now * 1000);
  FactsPlace place = {.now = call->now, .seed = random};
  const Json *value = facts_default_answer(arena, &task, call->arguments, &place);
  if (!value) return false;
  answer->value = sdk_answer(arena, call, value, &random);
  if (r->pattern == PATTERN_SYNC) answer->submitted = sdk_submitted(arena, call, &random);
  return true;
}
