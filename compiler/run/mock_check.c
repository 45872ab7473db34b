#include "run/mock_check.h"
#include "facts/check_arguments.h"

typedef struct Check {
  const State *state;
  MockFault *found;
  void *with;
} Check;

// What Step Functions adds to an answer is not in the API's model.
static bool is_added(Str member) {
  return str_starts(member, S("Sdk")) || str_eq(member, S("ResponseMetadata"));
}

static void tell(void *with, const FactsFinding *finding) {
  const Check *check = with;
  bool told =
      finding->fault == FACTS_UNKNOWN_MEMBER || finding->fault == FACTS_WRONG_TYPE || finding->fault == FACTS_BAD_ENUM;
  if (!told || (finding->fault == FACTS_UNKNOWN_MEMBER && is_added(finding->member))) return;
  Json key = {.at = finding->key_at, .end = finding->key_at + (uint32_t)finding->member.len + 2};
  const Json *at = finding->fault == FACTS_UNKNOWN_MEMBER ? &key : finding->value;
  check->found(check->with, check->state, at, finding->message, finding->nearest);
}

void mocks_check(Arena *arena, const Mocks *mocks, const Machine *machine, MockFault *found, void *with) {
  for (size_t i = 0; i < mocks->states.len; i++) {
    const State *state = machine_state(machine, mocks->states.entries[i].key);
    if (!state || state->kind != STATE_TASK) continue;
    FactsTask task = facts_task(state->resource.arn);
    if (task.kind != FACTS_TASK_OPTIMIZED && task.kind != FACTS_TASK_SDK) continue;
    const MockList *list = mocks->states.entries[i].value;
    Check check = {state, found, with};
    FactsCheck facts = {.arena = arena, .with = &check, .found = tell};
    for (size_t k = 0; k < list->mocks.len; k++) {
      const Json *value = list->mocks.at[k].answer.value;
      if (value) facts_check_arguments(&facts, facts_task_output(&task), value);
    }
  }
}
