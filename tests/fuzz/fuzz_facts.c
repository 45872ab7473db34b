// Arguments of any kind and size: checked, answered, and made into a policy. The first byte picks the call.
#include "facts/facts.h"

static void ignore(void *with, const FactsFinding *finding) {
  (void)with, (void)finding;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!size) return 0;
  Arena arena = {0};
  JsonError error;
  FactsIntegration integration = facts_integration_at(data[0] % facts_integrations());
  Str resource =
      str_fmt(&arena, "arn:aws:states:::%.*s:%.*s", STR_ARG(integration.service), STR_ARG(integration.action));
  FactsTask task = facts_task(resource);
  const Json *arguments = json_read(&arena, (Str){(const char *)data + 1, size - 1}, 0, &error);
  if (arguments) {
    FactsCheck check = {.arena = &arena, .found = ignore, .leaf = facts_leaf_jsonpath, .name = facts_name_jsonpath};
    FactsRefusal refusal;
    FactsPlace place = {.seed = 1};
    facts_check_arguments(&check, facts_task_input(&task), arguments);
    facts_accepts(&arena, &task, arguments, NULL, &refusal);
    facts_default_answer(&arena, &task, arguments, &place);
    FactsCall call = {.task = task, .arguments = arguments, .step = S("Step")};
    FactsPolicyRequest request = {.calls = &call, .call_count = 1, .partition = S("aws")};
    facts_policy(&arena, &request);
  } else { // no JSON: a resource and an error's name
    Str rest, text = {(const char *)data, size}, nearest;
    task = facts_task(str_cut(text, '\n', &rest));
    facts_task_raises(&task, rest, &arena, &nearest);
  }
  arena_free(&arena);
  return 0;
}
