// States as functions from the form of their input to the form of their output, run to a fixed point over all ways.
#include "validate/asl_flow.h"
#include "facts/facts.h"

enum {
  VISITS_MOST = 4,     // then a state's input counts as unknown
  WORK_MOST = 1 << 20, // visits in all: deep nesting multiplies them
};

// The context object (Developer Guide, "Accessing execution data from the Context object"): its members by name.
#define MEMBERS(name, ...) static FormMember name[] = {__VA_ARGS__}
#define OBJECT(list)                                                                                                   \
  { .kinds = 1 << JSON_OBJECT, .loose = true, .members = list, .count = sizeof list / sizeof *list }
MEMBERS(execution_members, {STR_INIT("Id"), &FORM_TEXT, false}, {STR_INIT("Input"), &FORM_ANY, false},
        {STR_INIT("Name"), &FORM_TEXT, false}, {STR_INIT("RoleArn"), &FORM_TEXT, false},
        {STR_INIT("StartTime"), &FORM_TEXT, false}, {STR_INIT("RedriveCount"), &FORM_COUNT, false},
        {STR_INIT("RedriveTime"), &FORM_TEXT, true});
static const Form execution = OBJECT(execution_members);
MEMBERS(state_members, {STR_INIT("EnteredTime"), &FORM_TEXT, false}, {STR_INIT("Name"), &FORM_TEXT, false},
        {STR_INIT("RetryCount"), &FORM_COUNT, true});
static const Form state_context = OBJECT(state_members);
MEMBERS(machine_members, {STR_INIT("Id"), &FORM_TEXT, false}, {STR_INIT("Name"), &FORM_TEXT, false});
static const Form machine = OBJECT(machine_members);
MEMBERS(task_members, {STR_INIT("Token"), &FORM_TEXT, true});
static const Form task_context = OBJECT(task_members);
MEMBERS(item_members, {STR_INIT("Index"), &FORM_COUNT, false}, {STR_INIT("Value"), &FORM_ANY, false},
        {STR_INIT("Key"), &FORM_TEXT, true}, {STR_INIT("Source"), &FORM_TEXT, true});
static const Form item = OBJECT(item_members);
MEMBERS(map_members, {STR_INIT("Item"), &item, false});
static const Form map_context = OBJECT(map_members);
MEMBERS(context_members, {STR_INIT("Execution"), &execution, false}, {STR_INIT("State"), &state_context, false},
        {STR_INIT("StateMachine"), &machine, false}, {STR_INIT("Task"), &task_context, true},
        {STR_INIT("Map"), &map_context, true});
const Form FORM_CONTEXT = OBJECT(context_members);

MEMBERS(error_members, {STR_INIT("Error"), &FORM_TEXT, false}, {STR_INIT("Cause"), &FORM_TEXT, true});
static const Form error_output = {.kinds = 1 << JSON_OBJECT, .members = error_members, .count = 2};

const Form *flow_variable(Flow *flow, Str name) {
  const Form *form = flow->gathered ? map_get(&flow->variables, name) : NULL; // not all that is assigned is seen
  return form ? form : &FORM_ANY;
}

static const Form *run_scope(Flow *flow, Scope *scope, const Form *entry);

// --- Results

static const Form *task_result(Flow *flow, const State *state) {
  const FactsTask *task = asl_task_of(flow->asl, state);
  if (!task || (task->kind != FACTS_TASK_OPTIMIZED && task->kind != FACTS_TASK_SDK)) return &FORM_ANY;
  Str resource = json_str(json_get(state->json, S("Resource")));
  const Form *known = map_get(&flow->answers, resource);
  if (known) return known;
  known = form_of_facts(flow->arena, facts_task_output(task));
  map_set(&flow->answers, resource, (void *)known);
  return known;
}

static const Form *parallel_result(Flow *flow, const State *state, const Form *input) {
  uint32_t count = 0;
  for (const Scope *scope = state->inner; scope; scope = scope->sibling) count++;
  const Form **items = NEW_N(flow->arena, const Form *, count + 1);
  for (uint32_t i = 0; i < count; i++) items[i] = &FORM_ANY;
  for (Scope *scope = state->inner; scope; scope = scope->sibling) {
    const Form *output = run_scope(flow, scope, input);
    if (scope->index < count) items[scope->index] = output;
  }
  return form_items(flow->arena, items, count);
}

// A Map's items: `items` is the form of what it goes over.
static const Form *map_result(Flow *flow, const Sight *sight, const Form *items) {
  const Json *json = sight->state->json, *selector = json_get(json, S("ItemSelector"));
  bool path = sight->state->language == LANGUAGE_PATH;
  if (!selector && path) selector = json_get(json, S("Parameters"));
  const Form *entry = json_get(json, S("ItemReader")) ? &FORM_ANY : form_element(flow->arena, items);
  if (selector) entry = path ? flow_template(flow, sight, selector) : flow_jsonata(flow, sight, selector);
  if (json_get(json, S("ItemBatcher"))) entry = &FORM_ANY;
  const Form *output = sight->state->inner ? run_scope(flow, sight->state->inner, entry) : &FORM_ANY;
  return json_get(json, S("ResultWriter")) ? &FORM_ANY : form_array(flow->arena, output);
}

// --- JSONPath

static const Form *at_path(Flow *flow, const Form *form, const AslPath *path, size_t from, const Form *value) {
  if (from == path->steps.len) return value;
  const PathStep *step = &path->steps.at[from];
  if (step->kind != STEP_NAME || !(form->kinds & 1 << JSON_OBJECT)) return &FORM_ANY;
  bool maybe;
  const Form *inner = form_member(flow->arena, form, step->name, &maybe);
  return form_with(flow->arena, form, step->name, at_path(flow, inner ? inner : &FORM_EMPTY, path, from + 1, value));
}

// The input with the result put where `result_path` says.
static const Form *put_result(Flow *flow, const Form *input, const Json *result_path, const Form *result) {
  if (!result_path) return result;
  if (result_path->kind == JSON_NULL) return input;
  TermError error;
  const AslTerm *term =
      json_is(result_path, JSON_STRING) ? asl_read_term(flow->arena, json_str(result_path), &error) : NULL;
  if (!term || term->kind != TERM_PATH || template_is_open(json_str(result_path))) return &FORM_ANY;
  return at_path(flow, input, &term->path, 0, result);
}

static const Form *through(Flow *flow, const State *state, const Form *data, Str field) {
  const Json *path = json_get(state->json, field);
  Sight sight = {.state = state, .data = data};
  if (!path) return data;
  return path->kind == JSON_NULL ? &FORM_EMPTY : flow_path(flow, &sight, path);
}

// Fields that hold the path of a number or a text.
static void check_path_fields(Flow *flow, const Sight *sight) {
  static const struct {
    Str name;
    unsigned kinds;
  } fields[] = {{STR_INIT("SecondsPath"), 1 << JSON_NUMBER},
                {STR_INIT("TimestampPath"), 1 << JSON_STRING},
                {STR_INIT("TimeoutSecondsPath"), 1 << JSON_NUMBER},
                {STR_INIT("HeartbeatSecondsPath"), 1 << JSON_NUMBER},
                {STR_INIT("MaxConcurrencyPath"), 1 << JSON_NUMBER},
                {STR_INIT("ToleratedFailureCountPath"), 1 << JSON_NUMBER},
                {STR_INIT("ToleratedFailurePercentagePath"), 1 << JSON_NUMBER},
                {STR_INIT("ErrorPath"), 1 << JSON_STRING},
                {STR_INIT("CausePath"), 1 << JSON_STRING}};
  for (size_t i = 0; flow->report && i < sizeof fields / sizeof *fields; i++) {
    const Json *value = json_get(sight->state->json, fields[i].name);
    if (value) flow_want(flow, value, flow_path(flow, sight, value), fields[i].kinds, fields[i].name.at);
  }
}

static const Form *path_result(Flow *flow, const Sight *sight) {
  const State *state = sight->state;
  const Json *parameters = json_get(state->json, S("Parameters")), *fixed = json_get(state->json, S("Result"));
  const Form *data = parameters && state->type != STATE_MAP ? flow_template(flow, sight, parameters) : sight->data;
  switch (state->type) {
  case STATE_TASK: flow_arguments(flow, state, parameters, data); return task_result(flow, state);
  case STATE_PASS: return fixed ? form_constant(flow->arena, fixed) : data;
  case STATE_PARALLEL: return parallel_result(flow, state, data);
  case STATE_MAP: {
    bool reads = json_get(state->json, S("ItemReader")); // then ItemsPath is about what it reads
    const Json *path = json_get(state->json, S("ItemsPath"));
    const Form *items = reads ? &FORM_ANY : path ? flow_path(flow, sight, path) : data;
    if (!reads) {
      unsigned kinds = 1 << JSON_ARRAY | (state->inner && state->inner->distributed ? 1 << JSON_OBJECT : 0);
      flow_want(flow, path ? path : json_get(state->json, S("Type")), items, kinds, "what a Map goes over");
    }
    return map_result(flow, sight, items);
  }
  default: return data;
  }
}

static const Form *path_output(Flow *flow, const State *state, const Form *input) {
  Sight sight = {.state = state, .data = through(flow, state, input, S("InputPath"))};
  check_path_fields(flow, &sight);
  if (state->type == STATE_CHOICE) flow_choices(flow, &sight);
  const Json *assign = json_get(state->json, S("Assign")), *selector = json_get(state->json, S("ResultSelector"));
  if (!(state->type & (STATE_TASK | STATE_PASS | STATE_PARALLEL | STATE_MAP))) {
    if (assign) flow_template(flow, &sight, assign);
    return through(flow, state, sight.data, S("OutputPath"));
  }
  const Form *result = path_result(flow, &sight);
  Sight behind = {.state = state, .data = result};
  if (selector) result = flow_template(flow, &behind, selector);
  behind.data = result;
  if (assign && state->type != STATE_PASS) flow_template(flow, &behind, assign);
  return through(flow, state, put_result(flow, input, json_get(state->json, S("ResultPath")), result), S("OutputPath"));
}

// --- JSONata

static void check_field(Flow *flow, const Sight *sight, Str name, unsigned kinds, const char *what) {
  const Json *value = json_get(sight->state->json, name);
  if (json_is(value, JSON_STRING) && flow->report)
    flow_want(flow, value, flow_jsonata(flow, sight, value), kinds, what);
}

static const Form *jsonata_result(Flow *flow, const Sight *sight) {
  const State *state = sight->state;
  const Json *arguments = json_get(state->json, S("Arguments")), *items = json_get(state->json, S("Items"));
  const Form *given = arguments ? flow_jsonata(flow, sight, arguments) : sight->data;
  switch (state->type) {
  case STATE_TASK: flow_arguments(flow, state, arguments, given); return task_result(flow, state);
  case STATE_PARALLEL: return parallel_result(flow, state, given);
  case STATE_MAP: {
    const Form *over = items ? flow_jsonata(flow, sight, items) : sight->data;
    if (!json_get(state->json, S("ItemReader")))
      flow_want(flow, items ? items : json_get(state->json, S("Type")), over, 1 << JSON_ARRAY | 1 << JSON_OBJECT,
                "what a Map goes over");
    return map_result(flow, sight, over);
  }
  default: return sight->data;
  }
}

static void check_conditions(Flow *flow, const Sight *sight) {
  const Json *rules = json_get(sight->state->json, S("Choices"));
  for (uint32_t i = 0; flow->report && json_is(rules, JSON_ARRAY) && i < rules->count; i++) {
    const Json *condition = json_get(rules->items[i], S("Condition"));
    if (json_is(condition, JSON_STRING) && str_starts(json_str(condition), S("{%")))
      flow_want(flow, condition, flow_jsonata(flow, sight, condition), FORM_BOOL, "a condition");
  }
}

static const Form *jsonata_output(Flow *flow, const State *state, const Form *input) {
  Sight sight = {.state = state, .data = input};
  check_field(flow, &sight, S("Seconds"), 1 << JSON_NUMBER, "Seconds");
  check_field(flow, &sight, S("Timestamp"), 1 << JSON_STRING, "Timestamp");
  check_field(flow, &sight, S("TimeoutSeconds"), 1 << JSON_NUMBER, "TimeoutSeconds");
  check_field(flow, &sight, S("HeartbeatSeconds"), 1 << JSON_NUMBER, "HeartbeatSeconds");
  check_field(flow, &sight, S("MaxConcurrency"), 1 << JSON_NUMBER, "MaxConcurrency");
  check_field(flow, &sight, S("Error"), 1 << JSON_STRING, "Error");
  check_field(flow, &sight, S("Cause"), 1 << JSON_STRING, "Cause");
  if (state->type == STATE_CHOICE) check_conditions(flow, &sight);
  const Form *result = jsonata_result(flow, &sight);
  if (state->type & (STATE_TASK | STATE_PARALLEL | STATE_MAP)) sight.result = result;
  const Json *output = json_get(state->json, S("Output")), *assign = json_get(state->json, S("Assign"));
  if (assign && flow->report) flow_jsonata(flow, &sight, assign);
  return output ? flow_jsonata(flow, &sight, output) : result;
}

// --- Ways

static const Form *caught_input(Flow *flow, const State *state, const Transition *way, const Form *input) {
  if (state->language == LANGUAGE_PATH)
    return put_result(flow, input, json_get(way->rule, S("ResultPath")), &error_output);
  Sight sight = {.state = state, .data = input, .error = &error_output};
  const Json *output = json_get(way->rule, S("Output"));
  return output ? flow_jsonata(flow, &sight, output) : &error_output;
}

static const Form *way_input(Flow *flow, const State *state, const Transition *way, const Form *input,
                             const Form *output) {
  if (way->caught) return caught_input(flow, state, way, input);
  if (state->type != STATE_CHOICE || !way->rule) return output;
  if (state->language == LANGUAGE_PATH) return flow_choice_input(flow, way->rule, output);
  Sight sight = {.state = state, .data = input};
  const Json *own = json_get(way->rule, S("Output"));
  return own ? flow_jsonata(flow, &sight, own) : output;
}

static const Form *state_output(Flow *flow, const State *state, const Form *input) {
  flow->work++;
  if (state->type == STATE_UNKNOWN) return &FORM_ANY;
  return state->language == LANGUAGE_PATH ? path_output(flow, state, input) : jsonata_output(flow, state, input);
}

// Widens the input of a state; true when that changed it.
static bool widen(Flow *flow, const State *state, const Form *form) {
  uint32_t number = state->scope->first + (uint32_t)(state - state->scope->states);
  const Form *old = flow->inputs[number];
  if (old == &FORM_ANY) return false;
  const Form *new = old ? form_merge(flow->arena, old, form) : form;
  if (old && form_same(old, new)) return false;
  flow->inputs[number] = ++flow->visits[number] > VISITS_MOST ? &FORM_ANY : new;
  return true;
}

static const Form *input_of(const Flow *flow, const State *state) {
  return flow->inputs[state->scope->first + (uint32_t)(state - state->scope->states)];
}

// Runs a scope that is entered with `entry`; what it ends with.
static const Form *run_scope(Flow *flow, Scope *scope, const Form *entry) {
  bool report = flow->report;
  const Form *end = NULL;
  VEC(const State *) queue = {0};
  if (!scope->start || !scope->count) return &FORM_ANY;
  memset(flow->inputs + scope->first, 0, scope->count * sizeof *flow->inputs);
  memset(flow->visits + scope->first, 0, scope->count);
  flow->report = false;
  widen(flow, scope->start, entry);
  VEC_PUSH(flow->arena, &queue, scope->start);
  for (size_t at = 0; at < queue.len && flow->work < WORK_MOST; at++) {
    const State *state = queue.at[at];
    const Form *input = input_of(flow, state), *output = state_output(flow, state, input);
    if (state->terminal) end = end ? form_merge(flow->arena, end, output) : output;
    for (size_t i = 0; i < state->ways.len; i++) {
      const Transition *way = &state->ways.at[i];
      if (way->to && widen(flow, way->to, way_input(flow, state, way, input, output)))
        VEC_PUSH(flow->arena, &queue, way->to);
    }
  }
  flow->report = report;
  for (uint32_t i = 0; report && i < scope->count && flow->work < WORK_MOST; i++) {
    const State *state = &scope->states[i];
    const Form *input = input_of(flow, state);
    if (!input) continue;
    const Form *output = state_output(flow, state, input);
    for (size_t k = 0; k < state->ways.len; k++) way_input(flow, state, &state->ways.at[k], input, output);
  }
  return end ? end : &FORM_ANY;
}

// --- Variables: all that is assigned to a name anywhere

static void add_variables(Flow *flow, const State *state, const Json *assign) {
  for (uint32_t i = 0; json_is(assign, JSON_OBJECT) && i < assign->count; i++) {
    Str name = assign->members[i].key;
    bool dynamic = state->language == LANGUAGE_PATH && str_ends(name, S(".$"));
    if (dynamic) name = str_slice(name, 0, name.len - 2);
    Sight sight = {.state = state, .data = &FORM_ANY, .result = &FORM_ANY, .error = &FORM_ANY};
    const Json *value = assign->members[i].value;
    const Form *form = dynamic                            ? flow_path(flow, &sight, value)
                       : state->language == LANGUAGE_PATH ? flow_template(flow, &sight, value)
                                                          : flow_jsonata(flow, &sight, value);
    const Form *before = map_get(&flow->variables, name);
    map_set(&flow->variables, name, (void *)(before ? form_merge(flow->arena, before, form) : form));
  }
}

static void gather_variables(Flow *flow) {
  for (const Scope *scope = flow->asl->top; scope; scope = scope->next) {
    for (uint32_t i = 0; i < scope->count; i++) {
      const State *state = &scope->states[i];
      if (state->assign.json) add_variables(flow, state, state->assign.json);
      for (size_t k = 0; k < state->ways.len; k++) {
        const Json *assign = state->ways.at[k].assign.json;
        if (assign && assign != state->assign.json) add_variables(flow, state, assign);
      }
    }
  }
}

void asl_check_flow(Asl *asl) {
  if (!asl->states) return;
  Flow flow = {.asl = asl, .arena = asl->arena, .answers = {.arena = asl->arena}, .variables = {.arena = asl->arena}};
  flow.inputs = NEW_N(asl->arena, const Form *, asl->states);
  flow.visits = NEW_N(asl->arena, uint8_t, asl->states);
  gather_variables(&flow);
  flow.gathered = flow.report = true;
  run_scope(&flow, asl->top, &FORM_ANY);
}
