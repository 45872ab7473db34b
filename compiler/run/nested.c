#include "run/nested.h"
#include "run/evaluate.h"
#include "run/sdk_answer.h"
#include "run/value.h"

bool nested_wanted(const RunCall *call, Str *machine_arn, const Json **input) {
  const TaskResource *r = &call->state->resource;
  bool starts =
      r->kind == TASK_SERVICE && str_eq(r->service, S("states")) && str_starts(r->action, S("startExecution"));
  const Json *arn = json_get(call->arguments, S("StateMachineArn"));
  if (!starts || !json_is(arn, JSON_STRING) || r->pattern == PATTERN_TOKEN) return false;
  *machine_arn = json_str(arn);
  *input = json_get(call->arguments, S("Input"));
  return true;
}

// A text is the input's JSON; anything else is the input itself; nothing and null are an empty object.
static const Json *input_value(Arena *arena, const Json *given) {
  JsonError error;
  if (json_is(given, JSON_STRING)) given = json_read(arena, json_str(given), 0, &error);
  return given && given->kind != JSON_NULL ? given : json_object(arena, NULL, 0);
}

// .sync tells input and output as texts, .sync:2 as JSON.
static const Json *told(Arena *arena, const Json *value, bool as_json) {
  return as_json ? value : json_string(arena, value_text(arena, value));
}

static const Json *included(Arena *arena) {
  JsonBuild build = {.arena = arena};
  json_put(&build, S("Included"), json_bool(true));
  return json_made_object(&build);
}

// What DescribeExecution says of the ended child, as Step Functions shows it.
static const Json *description(Arena *arena, const RunOptions *child, const Json *input, const RunResult *r,
                               bool as_json) {
  JsonBuild build = {.arena = arena};
  if (r->cause) json_put(&build, S("Cause"), r->cause);
  if (r->error) json_put(&build, S("Error"), r->error);
  json_put(&build, S("ExecutionArn"), json_string(arena, child->execution_arn));
  json_put(&build, S("Input"), told(arena, input, as_json));
  json_put(&build, S("InputDetails"), included(arena));
  json_put(&build, S("Name"), json_string(arena, child->execution_name));
  if (r->output) json_put(&build, S("Output"), told(arena, r->output, as_json));
  if (r->output) json_put(&build, S("OutputDetails"), included(arena));
  json_put(&build, S("StartDate"), json_number(arena, child->now * 1000));
  json_put(&build, S("StateMachineArn"), json_string(arena, child->machine_arn));
  json_put(&build, S("Status"), json_string(arena, str_of(run_status_names[r->status])));
  json_put(&build, S("StopDate"), json_number(arena, (child->now + r->elapsed) * 1000));
  return json_made_object(&build);
}

static RunOptions child_options(const RunCall *call, const RunOptions *options, Str machine_arn, Str execution_arn) {
  RunOptions child = *options;
  size_t at = str_find(machine_arn, S(":stateMachine:"), 0);
  child.world.event = NULL;
  child.machine_arn = machine_arn;
  child.machine_name = at < machine_arn.len ? str_slice(machine_arn, at + 14, machine_arn.len) : machine_arn;
  child.execution_arn = execution_arn;
  child.execution_name = execution_arn;
  for (size_t i = execution_arn.len; i > 0; i--) {
    if (execution_arn.at[i - 1] != ':') continue;
    child.execution_name = str_slice(execution_arn, i, execution_arn.len);
    break;
  }
  child.now = call->now;
  return child;
}

bool nested_answer(const Machine *machine, const RunCall *call, const RunOptions *options, uint64_t *random,
                   Arena *arena, RunAnswer *answer, Str *why) {
  Str machine_arn;
  const Json *given;
  if (!nested_wanted(call, &machine_arn, &given)) return false;
  const Json *input = input_value(arena, given);
  answer->submitted = sdk_submitted(arena, call, random);
  const Json *arn = json_get(answer->submitted, S("ExecutionArn"));
  RunOptions child = child_options(call, options, machine_arn, json_str(arn));
  RunResult result;
  run_machine(machine, input, &child, arena, &result);
  if (result.status == RUN_REFUSED) {
    // Of executions that start each other the innermost is told.
    bool told = str_starts(result.refusal, S("in the execution of "));
    *why = told ? result.refusal
                : str_fmt(arena, "in the execution of %.*s that '%.*s' starts: %.*s [%s]", STR_ARG(child.machine_name),
                          STR_ARG(call->state->name), STR_ARG(result.refusal), result.refused);
    return false;
  }
  if (call->state->resource.pattern == PATTERN_REQUEST) {
    answer->value = answer->submitted;
    answer->submitted = NULL;
    return true;
  }
  answer->delay = result.elapsed;
  bool as_json = str_ends(call->state->resource.action, S(".sync:2"));
  if (result.status == RUN_SUCCEEDED) {
    answer->value = sdk_answer(arena, call, description(arena, &child, input, &result, as_json), random);
    return true;
  }
  answer->error = json_string(arena, S("States.TaskFailed"));
  answer->cause = json_string(arena, value_text(arena, description(arena, &child, input, &result, false)));
  return true;
}
