#include "dry/trace.h"
#include "dry/flows.h"
#include "dry/refuse.h"
#include "facts/default_answer.h"
#include "run/mocks.h"
#include "run/sdk_answer.h"

typedef struct Tracer {
  Arena *arena;
  const TraceSetup *setup;
  Mocks *mocks;
  Trace *trace;
  Taken taken;
  const RunOptions *options;
} Tracer;

static const Json *with_default(const TraceSetup *setup, Arena *arena, const RunCall *call, const Json *answer) {
  for (size_t i = 0; i < setup->default_count; i++) {
    const TraceDefault *row = &setup->defaults[i];
    if (!str_eq(row->state, call->state->name)) continue;
    if (!row->member.len || !json_is(answer, JSON_OBJECT)) return row->value;
    JsonBuild build = {.arena = arena};
    for (uint32_t m = 0; m < answer->count; m++) {
      if (!str_eq(answer->members[m].key, row->member))
        json_put(&build, answer->members[m].key, answer->members[m].value);
    }
    json_put(&build, row->member, row->value);
    answer = json_made_object(&build);
  }
  return answer;
}

// The answer of a table that the spec fills: its item of that key, or nothing.
static const Json *item_answer(const TraceSetup *setup, Arena *arena, const FactsTask *task, const Json *arguments) {
  if (!str_eq(task->service, S("dynamodb")) || !str_eq(task->action, S("getItem"))) return NULL;
  const Json *table = json_get(arguments, S("TableName")), *key = json_get(arguments, S("Key"));
  bool known = false;
  for (size_t i = 0; i < setup->item_count; i++) {
    if (!json_is(table, JSON_STRING) || !str_eq(setup->items[i].table, json_str(table))) continue;
    bool same = json_is(key, JSON_OBJECT);
    for (uint32_t k = 0; same && k < key->count; k++) {
      same = json_equal(key->members[k].value, json_get(setup->items[i].item, key->members[k].key));
    }
    known = true;
    if (!same) continue;
    JsonBuild build = {.arena = arena};
    json_put(&build, S("Item"), setup->items[i].item);
    return json_made_object(&build);
  }
  return known ? json_object(arena, NULL, 0) : NULL;
}

bool trace_made_up(const TraceSetup *setup, Arena *arena, const RunCall *call, RunAnswer *result) {
  FactsTask task = facts_task(call->state->resource.arn);
  uint64_t seed = 1 + call->attempt + (uint64_t)(call->now * 1000); // ids are others each time
  FactsPlace place = {.region = setup->region, .account = setup->account, .now = call->now, .seed = seed};
  *result = (RunAnswer){.delay = 1};
  const TaskResource *r = &call->state->resource;
  if (r->kind == TASK_SERVICE && r->pattern != PATTERN_REQUEST) {
    uint64_t random = 1;
    result->submitted = sdk_submitted(arena, call, &random);
  }
  result->value = item_answer(setup, arena, &task, call->arguments);
  if (result->value) return false; // what the spec says is not made up
  result->value = with_default(setup, arena, call, facts_default_answer(arena, &task, call->arguments, &place));
  return true;
}

static bool made_up(Tracer *t, const TraceSetup *setup, Arena *arena, const RunCall *call, RunAnswer *result) {
  bool made = trace_made_up(setup, arena, call, result);
  t->trace->made_up += made;
  return made;
}

// A call of a flow that another one started: mocks and calls are those of the flow that was asked for.
static bool answer_inside(Tracer *t, Arena *arena, const RunCall *call, RunAnswer *result, Str *why) {
  DryFlows *flows = t->setup->flows;
  DryFlow *flow = dry_flow_started(flows, call);
  if (flow) return dry_flow_answer(flows, flow, t->options, arena, call, result, why);
  TraceSetup setup = *t->setup;
  setup.defaults = flows->running->defaults;
  setup.default_count = flows->running->default_count;
  if (!dry_refuses(&t->taken, arena, call, result)) made_up(t, &setup, arena, call, result);
  dry_answered(&t->taken, call, result);
  return true;
}

static bool answer(void *with, Arena *arena, const RunCall *call, RunAnswer *result, Str *why) {
  Tracer *t = with;
  DryFlows *flows = t->setup->flows;
  if (flows && flows->running) return answer_inside(t, arena, call, result, why);
  TraceCall row = {.state = str_dup(t->arena, call->state->name), .arguments = call->arguments};
  if (call->arguments) { // values of the run move; the trace keeps its own
    JsonError error;
    row.arguments =
        json_read(t->arena, str_dup(t->arena, json_text(t->arena, call->arguments, JSON_COMPACT)), 0, &error);
  }
  bool answered = dry_refuses(&t->taken, arena, call, result) || mocks_answer(t->mocks, arena, call, result, why);
  DryFlow *flow = flows && !answered ? dry_flow_started(flows, call) : NULL;
  if (flow) {
    answered = dry_flow_answer(flows, flow, t->options, arena, call, result, why);
  } else if (!answered && !t->setup->strict) {
    row.made_up = made_up(t, t->setup, arena, call, result);
    answered = true;
  }
  if (answered) dry_answered(&t->taken, call, result);
  VEC_PUSH(t->arena, &t->trace->calls, row);
  return answered;
}

// A row of a CSV file has texts.
static const Json *as_row(Arena *arena, const Json *item) {
  JsonBuild build = {.arena = arena};
  for (uint32_t i = 0; json_is(item, JSON_OBJECT) && i < item->count; i++) {
    const Json *value = item->members[i].value;
    bool text = json_is(value, JSON_STRING);
    json_put(&build, item->members[i].key, text ? value : json_string(arena, json_text(arena, value, JSON_COMPACT)));
  }
  return build.members.len ? json_made_object(&build) : item;
}

const Json *trace_items(const TraceSetup *setup, Arena *arena, const State *map) {
  if (map->map->reader.from == FROM_LIST) return NULL;
  for (size_t i = 0; i < setup->default_count; i++) {
    if (!str_eq(setup->defaults[i].state, map->name)) continue;
    JsonBuild build = {.arena = arena};
    const Json *item = setup->defaults[i].value;
    if (map->map->reader.kind == READ_CSV) item = as_row(arena, item);
    for (int k = 0; k < 2; k++) json_add(&build, item);
    return json_made_array(&build);
  }
  return NULL;
}

static const Json *items(void *with, Arena *arena, const State *map) {
  Tracer *t = with;
  for (size_t i = 0; i < t->setup->mock_count; i++) {
    const TraceMock *mock = &t->setup->mocks[i];
    if (str_eq(mock->state, map->name) && json_is(mock->answer.value, JSON_ARRAY)) return mock->answer.value;
  }
  const Json *made = t->setup->strict ? NULL : trace_items(t->setup, arena, map);
  t->trace->made_up += made != NULL;
  return made;
}

void trace_objects(Arena *arena, Str prefix, double now, struct RunObject const **objects, size_t *count) {
  RunObject *made = NEW_N(arena, RunObject, 2);
  for (size_t i = 0; i < 2; i++) {
    made[i] = (RunObject){.key = str_fmt(arena, "%.*spart-%zu", STR_ARG(prefix), i + 1), .size = 1024, .modified = now};
    made[i].etag = str_fmt(arena, "\"%032zu\"", i + 1);
  }
  *objects = made;
  *count = 2;
}

Str trace_object_body(Str key) {
  return str_ends(key, S(".csv"))     ? S("id,value\n1,a\n2,b\n")
         : str_ends(key, S(".jsonl")) ? S("{\"id\":1}\n{\"id\":2}\n")
                                      : S("[{\"id\":1},{\"id\":2}]");
}

static bool list_made_up(void *with, Arena *arena, Str bucket, Str prefix, const RunObject **objects, size_t *count) {
  Tracer *t = with;
  (void)bucket;
  if (t->setup->strict) return false;
  trace_objects(arena, prefix, t->setup->now, objects, count);
  t->trace->made_up++;
  return true;
}

static bool read_made_up(void *with, Arena *arena, Str bucket, Str key, Str *body) {
  Tracer *t = with;
  (void)arena, (void)bucket;
  if (t->setup->strict) return false;
  *body = trace_object_body(key);
  t->trace->made_up++;
  return true;
}

static bool write_nowhere(void *with, Arena *arena, Str bucket, Str key, Str body) {
  (void)with, (void)arena, (void)bucket, (void)key, (void)body;
  return true;
}

static void event(void *with, const RunEvent *e) {
  Tracer *t = with;
  if (e->kind == EVENT_STATE_ENTERED && e->state)
    VEC_PUSH(t->arena, &t->trace->entered, str_dup(t->arena, e->state->name));
}

static void refuse(Trace *trace, const char *code, Str why) {
  trace->refused = code;
  trace->refusal = why;
  trace->status = S("REFUSED");
}

Str trace_machine_arn(Arena *arena, Str region, Str account, Str name) {
  return str_fmt(arena, "arn:aws:states:%.*s:%.*s:stateMachine:%.*s", STR_ARG(region), STR_ARG(account), STR_ARG(name));
}

void trace_run(Arena *arena, Str definition, const Json *input, const TraceSetup *setup, Trace *trace) {
  *trace = (Trace){0};
  JsonError error;
  const Json *json = json_read(arena, definition, 0, &error);
  if (!json) {
    refuse(trace, "R0101", str_of(error.what));
    return;
  }
  LoadFault fault;
  const Machine *machine = machine_load(arena, json, &fault);
  if (!machine) {
    refuse(trace, fault.code, fault.message);
    return;
  }
  Tracer tracer = {.arena = arena,
                   .setup = setup,
                   .mocks = mocks_new(arena, 1),
                   .trace = trace,
                   .taken = {{.arena = arena}, setup->guesses}};
  for (size_t i = 0; i < setup->mock_count; i++) {
    const TraceAnswer *a = &setup->mocks[i].answer;
    RunAnswer made = {.never = a->never, .value = a->value, .error = a->error, .cause = a->cause, .delay = a->delay};
    mocks_add(tracer.mocks, setup->mocks[i].state, (Mock){.answer = made, .times = a->times});
  }
  RunOptions options = {.machine_name = setup->machine, .now = setup->now, .seed = 1};
  options.machine_arn = trace_machine_arn(arena, setup->region, setup->account, setup->machine);
  options.world = (RunWorld){.with = &tracer,
                             .answer = answer,
                             .event = event,
                             .read = read_made_up,
                             .list = list_made_up,
                             .write = write_nowhere,
                             .items = items};
  tracer.options = &options;
  RunResult result;
  run_machine(machine, input, &options, arena, &result);
  if (result.status == RUN_REFUSED)
    refuse(trace, result.refused, result.refusal);
  else
    trace->status = str_of(run_status_names[result.status]);
  if (result.state) trace->state = result.state->name;
  trace->output = result.output;
  trace->error = result.error;
  trace->cause = result.cause;
  trace->elapsed = result.elapsed;
}
