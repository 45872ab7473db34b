#include "dry/test.h"
#include "base/sys.h"
#include "dry/deploy.h"
#include "dry/flows.h"
#include "emit/emit.h"
#include "emit/jsonata_text.h"
#include "facts/integration.h"
#include "jsonata/jsonata.h"
#include "model/make.h"

// ---------------------------------------------------------------- states and steps

// The state of a flow by its name, or NULL.
static const State *state_named(const Graph *graph, Str name) {
  for (size_t i = 0; i < graph->states.len; i++) {
    const State *state = graph->states.at[i];
    if (str_eq(state->name, name)) return state;
    const State *found = state->body ? state_named(state->body, name) : NULL;
    for (size_t k = 0; k < state->branches.len && !found; k++) found = state_named(state->branches.at[k], name);
    if (found) return found;
  }
  return NULL;
}

// The step that a state belongs to, "" for helpers; states of graphs within graphs too.
static Str step_of_state(const Graph *graph, Str name) {
  const State *state = state_named(graph, name);
  return state ? state->step : (Str){0};
}

// Whether a step is `wanted` or one of the steps inside it ("Deploy.Create" is inside "Deploy").
static bool is_step(Str step, Str wanted) {
  if (!str_starts(step, wanted)) return false;
  return step.len == wanted.len || step.at[wanted.len] == '.';
}

Str dry_definition(Arena *arena, const Model *model, const Flow *flow, Map *definitions, Diags *diags) {
  Str *known = map_get(definitions, flow->name);
  if (known) return *known;
  Str text = emit_definition(arena, model, (Flow *)(uintptr_t)flow, diags);
  known = NEW(arena, Str);
  *known = deploy_fill(arena, model, flow, text);
  map_set(definitions, flow->name, known);
  return *known;
}

DryFlows dry_flows(Arena *arena, const Model *model, Map *definitions, Diags *diags) {
  DryFlows flows = {.arena = arena, .model = model, .definitions = definitions, .diags = diags, .random = 1};
  flows.at = NEW_N(arena, DryFlow, model->flows.len + 1);
  for (; flows.len < model->flows.len; flows.len++) {
    const Flow *flow = model->flows.at[flows.len];
    flows.at[flows.len] = (DryFlow){.of = flow, .machine = flow->machine};
  }
  return flows;
}

void dry_flow_prepare(DryFlows *flows, DryFlow *flow) {
  TraceDefault *defaults;
  flow->definition = dry_definition(flows->arena, flows->model, flow->of, flows->definitions, flows->diags);
  deploy_guesses(flows->arena, flows->model, flow->of, &flows->guesses);
  flow->default_count = dry_defaults(flows->arena, flow->of, &defaults);
  flow->defaults = defaults;
}

// ---------------------------------------------------------------- mocks

typedef struct StrList {
  Str *at;
  size_t len, room;
} StrList;

typedef struct Runner {
  Arena *arena;
  const Model *model;
  const Test *test;
  TestReport *report;
} Runner;

static const Json *constant(Runner *r, const Value *value) {
  return value ? value_json(r->arena, deploy_resolve(r->arena, r->model, value)) : NULL;
}

static void states_of_step(Arena *arena, const Graph *graph, Str step, StrList *states) {
  for (size_t i = 0; i < graph->states.len; i++) {
    const State *state = graph->states.at[i];
    bool task = state->kind == STATE_TASK || state->kind == STATE_RAW || state->reader;
    if (task && (is_step(state->step, step) || str_eq(state->name, step))) VEC_PUSH(arena, states, state->name);
    if (state->body) states_of_step(arena, state->body, step, states);
    for (size_t k = 0; k < state->branches.len; k++) states_of_step(arena, state->branches.at[k], step, states);
  }
}

// What a test says a step gives is what the spec sees of it: a lambda's payload, a flow's output, not the API's
// envelope.
static const Json *enveloped(Runner *r, Str name, const Json *value) {
  const State *state = state_named(&r->test->flow->graph, name);
  bool lambda = state && str_eq(state->service, S("lambda")) && str_eq(state->action, S("invoke"));
  bool flow = state && str_eq(state->service, S("states")) && str_eq(state->pattern, S("sync:2"));
  JsonBuild build = {.arena = r->arena};
  if (flow) {
    json_put(&build, S("Output"), value);
    json_put(&build, S("Status"), json_string(r->arena, S("SUCCEEDED")));
    return json_made_object(&build);
  }
  if (!lambda || str_eq(state->pattern, S("waitForTaskToken"))) return value;
  json_put(&build, S("StatusCode"), json_number(r->arena, 200));
  json_put(&build, S("Payload"), value);
  return json_made_object(&build);
}

// Whether the call can fail with the error that a step of several calls is said to fail with.
static bool may_raise(Runner *r, Str name, const Json *error) {
  const State *state = state_named(&r->test->flow->graph, name);
  if (!json_is(error, JSON_STRING) || !state || state->kind != STATE_TASK) return true;
  FactsTask task = facts_task(state->resource);
  Str nearest;
  FactsErrorAnswer answer = facts_task_raises(&task, json_str(error), r->arena, &nearest);
  return answer == FACTS_ERROR_CAN || answer == FACTS_ERROR_MAYBE;
}

static size_t collect_mocks(Runner *r, TraceMock **mocks) {
  VEC(TraceMock) list = {0};
  for (size_t i = 0; i < r->test->mocks.len; i++) {
    const TestMock *mock = &r->test->mocks.at[i];
    StrList states = {0};
    states_of_step(r->arena, &r->test->flow->graph, mock->step, &states);
    for (size_t s = 0; s < states.len; s++) {
      for (size_t k = 0; k < mock->answers.len; k++) {
        const TestAnswer *a = &mock->answers.at[k];
        TraceAnswer answer = {.never = a->never,
                              .times = (uint32_t)a->times,
                              .error = constant(r, a->error),
                              .cause = constant(r, a->cause)};
        if (answer.error && !may_raise(r, states.at[s], answer.error)) continue;
        // What a service raises has a cause, which handlers read.
        if (answer.error && !answer.cause) answer.cause = json_string(r->arena, S("as the test says"));
        if (a->value) answer.value = enveloped(r, states.at[s], constant(r, a->value));
        if (a->after) answer.delay = deploy_resolve(r->arena, r->model, a->after)->number;
        VEC_PUSH(r->arena, &list, (TraceMock){states.at[s], answer});
      }
    }
  }
  *mocks = list.at;
  return list.len;
}

// ---------------------------------------------------------------- expectations

static void fail(Runner *r, Span span, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void fail(Runner *r, Span span, const char *format, ...) {
  va_list args;
  va_start(args, format);
  TestFailure failure = {str_vfmt(r->arena, format, args), span};
  va_end(args);
  VEC_PUSH(r->arena, &r->report->failures, failure);
}

static Str text_of(const Json *value) {
  return json_is(value, JSON_STRING) ? json_str(value) : S("-");
}

// How the run ended, in words.
static Str ending(Runner *r) {
  const Trace *t = &r->report->trace;
  if (t->refused)
    return str_fmt(r->arena, "it stopped at `%.*s`: %.*s (%s)", STR_ARG(t->state), STR_ARG(t->refusal), t->refused);
  if (!t->error) return str_fmt(r->arena, "it %.*s", STR_ARG(t->status));
  return str_fmt(r->arena, "it %.*s at `%.*s` with %.*s: %.*s", STR_ARG(t->status), STR_ARG(t->state),
                 STR_ARG(text_of(t->error)), STR_ARG(str_slice(text_of(t->cause), 0, 300)));
}

static void expect_failed(Runner *r, const TestExpectation *e) {
  const Trace *t = &r->report->trace;
  Str error = e->value ? text_of(constant(r, e->value)) : (Str){0};
  bool timed_out = str_eq(t->status, S("TIMED_OUT"));
  if (!str_eq(t->status, S("FAILED")) && !timed_out) {
    fail(r, e->span, "expected it to fail, but %.*s", STR_ARG(ending(r)));
  } else if (error.len && !str_eq(text_of(t->error), error) && !(timed_out && str_eq(error, S("States.Timeout")))) {
    fail(r, e->span, "expected it to fail with %.*s, but %.*s", STR_ARG(error), STR_ARG(ending(r)));
  } else if (e->second && !str_eq(text_of(t->cause), text_of(constant(r, e->second)))) {
    fail(r, e->span, "expected another cause, but %.*s", STR_ARG(ending(r)));
  }
}

static bool visited(Runner *r, Str step) {
  for (size_t i = 0; i < r->report->trace.entered.len; i++) {
    Str state = r->report->trace.entered.at[i];
    if (str_eq(state, step) || is_step(step_of_state(&r->test->flow->graph, state), step)) return true;
  }
  return false;
}

static void expect_path(Runner *r, const TestExpectation *e) {
  StrList walked = {0};
  for (size_t i = 0; i < r->report->trace.entered.len; i++) {
    Str step = step_of_state(&r->test->flow->graph, r->report->trace.entered.at[i]);
    if (!step.len) continue;
    for (size_t k = 0; k < e->steps.len; k++) {
      if (is_step(step, e->steps.at[k])) step = e->steps.at[k];
    }
    if (walked.len == 0 || !str_eq(walked.at[walked.len - 1], step)) VEC_PUSH(r->arena, &walked, step);
  }
  bool same = walked.len == e->steps.len;
  for (size_t i = 0; i < walked.len && same; i++) same = str_eq(walked.at[i], e->steps.at[i]);
  if (same) return;
  Buf out = {.arena = r->arena};
  for (size_t i = 0; i < walked.len; i++) buf_fmt(&out, "%s%.*s", i ? ", " : "", STR_ARG(walked.at[i]));
  fail(r, e->span, "the path was [%.*s]; %.*s", STR_ARG(buf_text(&out)), STR_ARG(ending(r)));
}

static const Json *last_arguments(Runner *r, Str step) {
  const Json *found = NULL;
  for (size_t i = 0; i < r->report->trace.calls.len; i++) {
    const TraceCall *call = &r->report->trace.calls.at[i];
    if (str_eq(call->state, step) || is_step(step_of_state(&r->test->flow->graph, call->state), step))
      found = call->arguments;
  }
  return found;
}

typedef struct Bindings {
  Runner *r;
  const TestExpectation *expectation;
  VEC(JsonataBinding) list;
} Bindings;

static void bind_locals(Bindings *b, const Value *value) {
  const Trace *t = &b->r->report->trace;
  if (value->kind == VALUE_LOCAL) {
    const Json *bound = str_eq(value->text, S("output"))    ? t->output
                        : str_eq(value->text, S("elapsed")) ? json_number(b->r->arena, t->elapsed)
                                                            : last_arguments(b->r, b->expectation->steps.at[0]);
    VEC_PUSH(b->r->arena, &b->list, (JsonataBinding){.name = value->text, .value = bound});
  }
  for (size_t i = 0; i < value->count; i++)
    bind_locals(b, value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i]);
}

static void expect_true(Runner *r, const TestExpectation *e) {
  const Value *value = deploy_resolve(r->arena, r->model, e->value);
  Flow unused = {0};
  JsonataText text = {r->arena, &unused};
  Buf out = {.arena = r->arena};
  jsonata_text_write(&text, &out, value);
  Bindings bindings = {.r = r, .expectation = e};
  bind_locals(&bindings, value);
  JsonataError error;
  const Jsonata *compiled = jsonata_compile(r->arena, buf_text(&out), JSONATA_STEP_FUNCTIONS, &error);
  JsonataRun run = {.arena = r->arena, .bindings = bindings.list.at, .binding_count = bindings.list.len};
  const Json *result = NULL;
  if (!compiled || !jsonata_run(compiled, &run, &result, &error)) {
    fail(r, e->span, "cannot be told: %.*s", STR_ARG(error.message));
    return;
  }
  if (json_is(result, JSON_TRUE)) return;
  const Trace *t = &r->report->trace;
  Str output = t->output ? json_text(r->arena, t->output, JSON_COMPACT) : S("none");
  Str asked = {0};
  if (e->steps.len) {
    const Json *argument = last_arguments(r, e->steps.at[0]);
    asked = !argument ? str_fmt(r->arena, "`%.*s` was not called; ", STR_ARG(e->steps.at[0]))
                      : str_fmt(r->arena, "`%.*s` was called with %.*s; ", STR_ARG(e->steps.at[0]),
                                STR_ARG(str_slice(json_text(r->arena, argument, JSON_COMPACT), 0, 300)));
  }
  fail(r, e->span, "does not hold; %.*s%.*s, the output was %.*s, after %g s", STR_ARG(asked), STR_ARG(ending(r)),
       STR_ARG(str_slice(output, 0, 300)), t->elapsed);
}

static void expect(Runner *r, const TestExpectation *e) {
  const Trace *t = &r->report->trace;
  switch (e->kind) {
  case EXPECT_SUCCEEDED:
    if (!str_eq(t->status, S("SUCCEEDED"))) fail(r, e->span, "expected it to succeed, but %.*s", STR_ARG(ending(r)));
    break;
  case EXPECT_FAILED: expect_failed(r, e); break;
  case EXPECT_TIMED_OUT:
    if (!str_eq(t->status, S("TIMED_OUT"))) fail(r, e->span, "expected it to time out, but %.*s", STR_ARG(ending(r)));
    break;
  case EXPECT_ABORTED:
    if (!str_eq(t->status, S("ABORTED"))) fail(r, e->span, "expected it to be aborted, but %.*s", STR_ARG(ending(r)));
    break;
  case EXPECT_PATH: expect_path(r, e); break;
  case EXPECT_VISITED:
    for (size_t i = 0; i < e->steps.len; i++) {
      if (visited(r, e->steps.at[i]) == e->negated) {
        fail(r, e->span, "`%.*s` was %svisited; %.*s", STR_ARG(e->steps.at[i]), e->negated ? "" : "not ",
             STR_ARG(ending(r)));
      }
    }
    break;
  case EXPECT_TRUE: expect_true(r, e); break;
  }
}

void test_run(Arena *arena, const Model *model, const Test *test, Map *definitions, Diags *diags, TestReport *report) {
  uint64_t begun = sys_clock();
  *report = (TestReport){.test = test};
  Runner runner = {arena, model, test, report};
  Str definition = dry_definition(arena, model, test->flow, definitions, diags);
  TraceMock *mocks;
  TraceDefault *defaults;
  TraceSetup setup = {.region = deploy_region(model),
                      .account = deploy_account(model),
                      .machine = test->flow->machine,
                      .now = 1767225600};
  setup.mock_count = collect_mocks(&runner, &mocks);
  setup.mocks = mocks;
  setup.default_count = dry_defaults(arena, test->flow, &defaults);
  setup.defaults = defaults;
  DryFlows flows = dry_flows(arena, model, definitions, diags);
  setup.flows = &flows;
  deploy_guesses(arena, model, test->flow, &flows.guesses);
  setup.guesses = &flows.guesses;
  TraceItem *items;
  setup.item_count = dry_items(arena, model, &items);
  setup.items = items;
  const Json *input = test->input ? constant(&runner, test->input) : json_object(arena, NULL, 0);
  trace_run(arena, definition, input, &setup, &report->trace);
  for (size_t i = 0; i < test->expectations.len; i++) expect(&runner, &test->expectations.at[i]);
  report->seconds = (double)(sys_clock() - begun) / 1e9;
}
