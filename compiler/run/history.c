#include "run/history.h"
#include "run/instant.h"

enum { FLUSH_AT = 64 * 1024 };

// The members of a kind's …EventDetails, in the order in which they are written.
enum {
  HAS_NAME = 1,       // of the state
  HAS_INPUT = 2,      // the value
  HAS_OUTPUT = 4,     // the value
  HAS_ASSIGNED = 8,   // variables
  HAS_ERROR = 16,     // error and cause
  HAS_RESOURCE = 32,  // resource and resourceType
  HAS_CALL = 64,      // region, parameters, time-outs, credentials
  HAS_ARN = 128,      // resource, as an ARN
  HAS_STATE = 256,    // state and location
  HAS_INDEX = 512,    // of an iteration
  HAS_LENGTH = 1024,  // of a Map
  HAS_MAP_RUN = 2048, // its ARN
  HAS_ROLE = 4096,    // roleArn
  HAS_NOTHING = 8192, // an empty object
};

// %s in a type is the kind of the state.
static const struct {
  const char *type, *details;
  unsigned has;
} kinds[EVENT_KINDS] = {
    [EVENT_EXECUTION_STARTED] = {"ExecutionStarted", "executionStarted", HAS_INPUT | HAS_ROLE},
    [EVENT_EXECUTION_SUCCEEDED] = {"ExecutionSucceeded", "executionSucceeded", HAS_OUTPUT},
    [EVENT_EXECUTION_FAILED] = {"ExecutionFailed", "executionFailed", HAS_ERROR | HAS_NOTHING},
    [EVENT_EXECUTION_TIMED_OUT] = {"ExecutionTimedOut", "executionTimedOut", HAS_ERROR | HAS_NOTHING},
    [EVENT_STATE_ENTERED] = {"%sStateEntered", "stateEntered", HAS_NAME | HAS_INPUT},
    [EVENT_STATE_EXITED] = {"%sStateExited", "stateExited", HAS_NAME | HAS_OUTPUT | HAS_ASSIGNED},
    [EVENT_STATE_ABORTED] = {"%sStateAborted", NULL, 0},
    [EVENT_EVALUATION_FAILED] = {"EvaluationFailed", "evaluationFailed", HAS_ERROR | HAS_STATE},
    [EVENT_TASK_SCHEDULED] = {"TaskScheduled", "taskScheduled", HAS_RESOURCE | HAS_CALL},
    [EVENT_TASK_STARTED] = {"TaskStarted", "taskStarted", HAS_RESOURCE},
    [EVENT_TASK_SUBMITTED] = {"TaskSubmitted", "taskSubmitted", HAS_RESOURCE | HAS_OUTPUT},
    [EVENT_TASK_SUCCEEDED] = {"TaskSucceeded", "taskSucceeded", HAS_RESOURCE | HAS_OUTPUT},
    [EVENT_TASK_FAILED] = {"TaskFailed", "taskFailed", HAS_RESOURCE | HAS_ERROR},
    [EVENT_TASK_TIMED_OUT] = {"TaskTimedOut", "taskTimedOut", HAS_RESOURCE | HAS_ERROR},
    [EVENT_LAMBDA_SCHEDULED] = {"LambdaFunctionScheduled", "lambdaFunctionScheduled", HAS_ARN | HAS_INPUT | HAS_CALL},
    [EVENT_LAMBDA_STARTED] = {"LambdaFunctionStarted", NULL, 0},
    [EVENT_LAMBDA_SUCCEEDED] = {"LambdaFunctionSucceeded", "lambdaFunctionSucceeded", HAS_OUTPUT},
    [EVENT_LAMBDA_FAILED] = {"LambdaFunctionFailed", "lambdaFunctionFailed", HAS_ERROR | HAS_NOTHING},
    [EVENT_LAMBDA_TIMED_OUT] = {"LambdaFunctionTimedOut", "lambdaFunctionTimedOut", HAS_ERROR},
    [EVENT_ACTIVITY_SCHEDULED] = {"ActivityScheduled", "activityScheduled", HAS_ARN | HAS_INPUT | HAS_CALL},
    [EVENT_ACTIVITY_STARTED] = {"ActivityStarted", "activityStarted", HAS_NOTHING},
    [EVENT_ACTIVITY_SUCCEEDED] = {"ActivitySucceeded", "activitySucceeded", HAS_OUTPUT},
    [EVENT_ACTIVITY_FAILED] = {"ActivityFailed", "activityFailed", HAS_ERROR | HAS_NOTHING},
    [EVENT_ACTIVITY_TIMED_OUT] = {"ActivityTimedOut", "activityTimedOut", HAS_ERROR},
    [EVENT_PARALLEL_STARTED] = {"ParallelStateStarted", NULL, 0},
    [EVENT_PARALLEL_SUCCEEDED] = {"ParallelStateSucceeded", NULL, 0},
    [EVENT_PARALLEL_FAILED] = {"ParallelStateFailed", NULL, 0},
    [EVENT_MAP_STARTED] = {"MapStateStarted", "mapStateStarted", HAS_LENGTH},
    [EVENT_MAP_SUCCEEDED] = {"MapStateSucceeded", NULL, 0},
    [EVENT_MAP_FAILED] = {"MapStateFailed", NULL, 0},
    [EVENT_ITERATION_STARTED] = {"MapIterationStarted", "mapIterationStarted", HAS_NAME | HAS_INDEX},
    [EVENT_ITERATION_SUCCEEDED] = {"MapIterationSucceeded", "mapIterationSucceeded", HAS_NAME | HAS_INDEX},
    [EVENT_ITERATION_FAILED] = {"MapIterationFailed", "mapIterationFailed", HAS_NAME | HAS_INDEX},
    [EVENT_ITERATION_ABORTED] = {"MapIterationAborted", "mapIterationAborted", HAS_NAME | HAS_INDEX},
    [EVENT_MAP_RUN_STARTED] = {"MapRunStarted", "mapRunStarted", HAS_MAP_RUN},
    [EVENT_MAP_RUN_SUCCEEDED] = {"MapRunSucceeded", NULL, 0},
    [EVENT_MAP_RUN_FAILED] = {"MapRunFailed", "mapRunFailed", HAS_ERROR},
};

// "TaskStateEntered", "LambdaFunctionScheduled", …
static Str event_type(const RunEvent *event, char name[64]) {
  Str type = str_of(kinds[event->kind].type);
  if (type.at[0] != '%') return type;
  Str kind = str_of(state_kind_names[event->state->kind]), ending = str_slice(type, 2, type.len);
  memcpy(name, kind.at, kind.len);
  memcpy(name + kind.len, ending.at, ending.len);
  return (Str){name, kind.len + ending.len};
}

static void number(Buf *out, uint64_t n) {
  char digits[24];
  size_t i = sizeof digits;
  do digits[--i] = (char)('0' + n % 10);
  while (n /= 10);
  buf_bytes(out, digits + i, sizeof digits - i);
}

static void comma(Buf *out) {
  if (out->at[out->len - 1] != '{') buf_char(out, ',');
}

// The name of a member, behind a comma unless it is the first of its object.
static void member(Buf *out, Str name) {
  comma(out);
  buf_char(out, '"');
  buf_str(out, name);
  buf_bytes(out, "\":", 2);
}

static void text_member(Buf *out, Str name, Str text) {
  member(out, name);
  json_write_string(out, text, JSON_COMPACT);
}

// JSON as a text within JSON. Most of it is passed through as it is.
static void json_member_text(Buf *out, Str name, Str text) {
  member(out, name);
  char *to = buf_reserve(out, 2 * text.len + 2), *at = to;
  *at++ = '"';
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] == '"' || text.at[i] == '\\') *at++ = '\\';
    *at++ = text.at[i];
  }
  *at++ = '"';
  out->len += (size_t)(at - to);
}

static void value_member(Buf *out, Arena *scratch, Str name, const Json *value) {
  json_member_text(out, name, json_text(scratch, value, JSON_COMPACT));
}

static void data_members(Buf *out, unsigned has, const RunEvent *e) {
  json_member_text(out, has & HAS_INPUT ? S("input") : S("output"), e->text);
  buf_str(out, has & HAS_INPUT ? S(",\"inputDetails\":{\"truncated\":false}")
                               : S(",\"outputDetails\":{\"truncated\":false}"));
}

static void assigned_members(Buf *out, Arena *scratch, const RunEvent *e) {
  member(out, S("assignedVariables"));
  buf_char(out, '{');
  for (uint32_t i = 0; i < e->assigned_count; i++) {
    value_member(out, scratch, e->assigned[i].name, e->assigned[i].value);
  }
  buf_str(out, S("},\"assignedVariablesDetails\":{\"truncated\":false}"));
}

static void call_members(Buf *out, Arena *scratch, const RunEvent *e) {
  if (e->parameters) {
    text_member(out, S("region"), e->region);
    value_member(out, scratch, S("parameters"), e->parameters);
  }
  if (e->timeout > 0) member(out, S("timeoutInSeconds")), number(out, (uint64_t)e->timeout);
  if (e->heartbeat > 0) member(out, S("heartbeatInSeconds")), number(out, (uint64_t)e->heartbeat);
  if (!e->role.len) return;
  member(out, S("taskCredentials"));
  buf_char(out, '{');
  text_member(out, S("roleArn"), e->role);
  buf_char(out, '}');
}

static void details(Buf *out, Arena *scratch, unsigned has, const RunEvent *e) {
  if (has & HAS_NAME) text_member(out, S("name"), e->state->name);
  if (has & HAS_ARN) text_member(out, S("resource"), e->state->resource.arn);
  if (has & HAS_RESOURCE) {
    text_member(out, S("resourceType"), e->state->resource.service);
    text_member(out, S("resource"), e->state->resource.action);
  }
  if (has & (HAS_INPUT | HAS_OUTPUT)) data_members(out, has, e);
  if (has & HAS_ASSIGNED && e->assigned_count) assigned_members(out, scratch, e);
  if (has & HAS_CALL) call_members(out, scratch, e);
  if (has & HAS_ERROR && e->error) text_member(out, S("error"), json_str(e->error));
  if (has & HAS_ERROR && e->cause) text_member(out, S("cause"), json_str(e->cause));
  if (has & HAS_STATE && e->location.len) text_member(out, S("location"), e->location);
  if (has & HAS_STATE) text_member(out, S("state"), e->state->name);
  if (has & HAS_INDEX) member(out, S("index")), number(out, e->index);
  if (has & HAS_LENGTH) member(out, S("length")), number(out, e->length);
  if (has & HAS_MAP_RUN) text_member(out, S("mapRunArn"), e->map_run);
  if (has & HAS_ROLE) text_member(out, S("roleArn"), e->role);
}

static void timestamp(HistoryWriter *w, double time) {
  if (w->stamp[0] == 0 || w->stamp_of != time) {
    Buf text = {.arena = &w->scratch};
    instant_write(&text, time);
    size_t len = text.len < sizeof w->stamp ? text.len : sizeof w->stamp - 1;
    memcpy(w->stamp, text.at, len);
    w->stamp[len] = 0;
    w->stamp_of = time;
  }
  buf_str(&w->out, str_of(w->stamp));
}

void history_event(void *writer, const RunEvent *e) {
  HistoryWriter *w = writer;
  Buf *out = &w->out;
  char name[64];
  if (!w->scratch.block) arena_raw(&w->scratch, 1); // its first block stays
  ArenaMark mark = arena_mark(&w->scratch);
  if (w->flush && out->len > FLUSH_AT) {
    w->flush(w->with, buf_text(out));
    out->len = 0;
  }
  buf_str(out, w->count++ ? S(",\n{\"id\":") : S("{\"id\":"));
  number(out, e->id);
  buf_str(out, S(",\"previousEventId\":"));
  number(out, e->previous);
  buf_str(out, S(",\"timestamp\":\""));
  timestamp(w, e->time);
  buf_str(out, S("\",\"type\":\""));
  buf_str(out, event_type(e, name));
  buf_char(out, '"');
  if (kinds[e->kind].details) {
    buf_str(out, S(",\""));
    buf_str(out, str_of(kinds[e->kind].details));
    buf_str(out, S("EventDetails\":{"));
    details(out, &w->scratch, kinds[e->kind].has, e);
    buf_char(out, '}');
  }
  buf_char(out, '}');
  arena_reset(&w->scratch, mark);
}
