// Which fields a state machine and its states have, who checks their values, and what they build: scopes, states, ways.
// States Language specification, "Top-level fields", "State Types" and the tables of fields per type.
#include "validate/asl.h"
#include "base/planted.h"
#include <stdlib.h>

enum {
  ALL_STATES = 255,
  FLOWING = STATE_TASK | STATE_PASS | STATE_WAIT | STATE_PARALLEL | STATE_MAP, // have Next or End
  WORKING = STATE_TASK | STATE_PARALLEL | STATE_MAP,                           // have a result
  NOT_FAIL = ALL_STATES & ~STATE_FAIL,
  BOTH = LANGUAGE_PATH | LANGUAGE_JSONATA,
  DEPTH_MOST = 200, // nested scopes; the service's own limit is lower
  NAME_MOST = 80    // characters of a state's name
};

typedef struct StateField {
  Str name;
  unsigned states, languages;
  FieldCheck *check;
} StateField;

static FieldCheck check_next, check_default, check_branches, check_processor, check_output;

// Sorted by length, then bytes.
static const StateField state_fields[] = {
    {STR_INIT("End"), FLOWING, BOTH, asl_check_end},
    {STR_INIT("Next"), FLOWING, BOTH, check_next},
    {STR_INIT("Type"), ALL_STATES, BOTH, asl_check_nothing},
    {STR_INIT("Catch"), WORKING, BOTH, asl_check_catch},
    {STR_INIT("Cause"), STATE_FAIL, BOTH, asl_check_error_text},
    {STR_INIT("Error"), STATE_FAIL, BOTH, asl_check_error_text},
    {STR_INIT("Items"), STATE_MAP, LANGUAGE_JSONATA, asl_check_items},
    {STR_INIT("Label"), STATE_MAP, BOTH, asl_check_label},
    {STR_INIT("Retry"), WORKING, BOTH, asl_check_retry},
    {STR_INIT("Assign"), FLOWING | STATE_CHOICE, BOTH, asl_check_assign},
    {STR_INIT("Output"), NOT_FAIL, LANGUAGE_JSONATA, check_output},
    {STR_INIT("Result"), STATE_PASS, LANGUAGE_PATH, asl_check_static},
    {STR_INIT("Choices"), STATE_CHOICE, BOTH, asl_check_choices},
    {STR_INIT("Comment"), ALL_STATES, BOTH, asl_check_text},
    {STR_INIT("Default"), STATE_CHOICE, BOTH, check_default},
    {STR_INIT("Seconds"), STATE_WAIT, BOTH, asl_check_seconds},
    {STR_INIT("Branches"), STATE_PARALLEL, BOTH, check_branches},
    {STR_INIT("Iterator"), STATE_MAP, BOTH, check_processor},
    {STR_INIT("Resource"), STATE_TASK, BOTH, asl_check_resource},
    {STR_INIT("Arguments"), STATE_TASK | STATE_PARALLEL, LANGUAGE_JSONATA, asl_check_template},
    {STR_INIT("CausePath"), STATE_FAIL, LANGUAGE_PATH, asl_check_string_path},
    {STR_INIT("ErrorPath"), STATE_FAIL, LANGUAGE_PATH, asl_check_string_path},
    {STR_INIT("InputPath"), NOT_FAIL, LANGUAGE_PATH, asl_check_path_or_null},
    {STR_INIT("ItemsPath"), STATE_MAP, LANGUAGE_PATH, asl_check_path},
    {STR_INIT("Timestamp"), STATE_WAIT, BOTH, asl_check_timestamp},
    {STR_INIT("ItemReader"), STATE_MAP, BOTH, asl_check_item_reader},
    {STR_INIT("OutputPath"), NOT_FAIL, LANGUAGE_PATH, asl_check_path_or_null},
    {STR_INIT("Parameters"), WORKING | STATE_PASS, LANGUAGE_PATH, asl_check_template},
    {STR_INIT("ResultPath"), WORKING | STATE_PASS, LANGUAGE_PATH, asl_check_result_path},
    {STR_INIT("Credentials"), STATE_TASK, BOTH, asl_check_credentials},
    {STR_INIT("ItemBatcher"), STATE_MAP, BOTH, asl_check_item_batcher},
    {STR_INIT("SecondsPath"), STATE_WAIT, LANGUAGE_PATH, asl_check_reference_path},
    {STR_INIT("ItemSelector"), STATE_MAP, BOTH, asl_check_template},
    {STR_INIT("ResultWriter"), STATE_MAP, BOTH, asl_check_result_writer},
    {STR_INIT("ItemProcessor"), STATE_MAP, BOTH, check_processor},
    {STR_INIT("QueryLanguage"), ALL_STATES, BOTH, asl_check_query_language},
    {STR_INIT("TimestampPath"), STATE_WAIT, LANGUAGE_PATH, asl_check_reference_path},
    {STR_INIT("MaxConcurrency"), STATE_MAP, BOTH, asl_check_count},
    {STR_INIT("ResultSelector"), WORKING, LANGUAGE_PATH, asl_check_template},
    {STR_INIT("TimeoutSeconds"), STATE_TASK, BOTH, asl_check_duration},
    {STR_INIT("HeartbeatSeconds"), STATE_TASK, BOTH, asl_check_duration},
    {STR_INIT("MaxConcurrencyPath"), STATE_MAP, LANGUAGE_PATH, asl_check_reference_path},
    {STR_INIT("TimeoutSecondsPath"), STATE_TASK, LANGUAGE_PATH, asl_check_reference_path},
    {STR_INIT("HeartbeatSecondsPath"), STATE_TASK, LANGUAGE_PATH, asl_check_reference_path},
    {STR_INIT("ToleratedFailureCount"), STATE_MAP, BOTH, asl_check_count},
    {STR_INIT("ToleratedFailureCountPath"), STATE_MAP, LANGUAGE_PATH, asl_check_reference_path},
    {STR_INIT("ToleratedFailurePercentage"), STATE_MAP, BOTH, asl_check_percentage},
    {STR_INIT("ToleratedFailurePercentagePath"), STATE_MAP, LANGUAGE_PATH, asl_check_reference_path},
};
enum { FIELD_COUNT = sizeof state_fields / sizeof *state_fields };

static int by_length(const void *key, const void *row) {
  Str name = *(const Str *)key, other = ((const StateField *)row)->name;
  if (name.len != other.len) return name.len < other.len ? -1 : 1;
  return memcmp(name.at, other.at, name.len);
}

static const StateField *field_of(Str name) {
  return bsearch(&name, state_fields, FIELD_COUNT, sizeof *state_fields, by_length);
}

// What is required of a state, by type: one of the fields `any` must stand, and no two of them together.
typedef struct Requirement {
  unsigned states;
  bool needed; // else none may stand too
  Str any[5];
} Requirement;

static const Requirement requirements[] = {
    {FLOWING, true, {STR_INIT("Next"), STR_INIT("End")}},
    {STATE_TASK, true, {STR_INIT("Resource")}},
    {STATE_CHOICE, true, {STR_INIT("Choices")}},
    {STATE_PARALLEL, true, {STR_INIT("Branches")}},
    {STATE_MAP, true, {STR_INIT("ItemProcessor"), STR_INIT("Iterator")}},
    {STATE_WAIT,
     true,
     {STR_INIT("Seconds"), STR_INIT("SecondsPath"), STR_INIT("Timestamp"), STR_INIT("TimestampPath")}},
    {STATE_TASK, false, {STR_INIT("TimeoutSeconds"), STR_INIT("TimeoutSecondsPath")}},
    {STATE_TASK, false, {STR_INIT("HeartbeatSeconds"), STR_INIT("HeartbeatSecondsPath")}},
    {STATE_FAIL, false, {STR_INIT("Error"), STR_INIT("ErrorPath")}},
    {STATE_FAIL, false, {STR_INIT("Cause"), STR_INIT("CausePath")}},
    {STATE_MAP, false, {STR_INIT("MaxConcurrency"), STR_INIT("MaxConcurrencyPath")}},
    {STATE_MAP, false, {STR_INIT("ToleratedFailureCount"), STR_INIT("ToleratedFailureCountPath")}},
    {STATE_MAP, false, {STR_INIT("ToleratedFailurePercentage"), STR_INIT("ToleratedFailurePercentagePath")}},
    {STATE_MAP, false, {STR_INIT("ItemSelector"), STR_INIT("Parameters")}},
    {STATE_MAP, false, {STR_INIT("Items"), STR_INIT("ItemsPath")}},
};

static const struct TypeName {
  Str name;
  StateType type;
} type_names[] = {
    {STR_INIT("Task"), STATE_TASK}, {STR_INIT("Pass"), STATE_PASS},         {STR_INIT("Choice"), STATE_CHOICE},
    {STR_INIT("Wait"), STATE_WAIT}, {STR_INIT("Succeed"), STATE_SUCCEED},   {STR_INIT("Fail"), STATE_FAIL},
    {STR_INIT("Map"), STATE_MAP},   {STR_INIT("Parallel"), STATE_PARALLEL},
};

static StateType read_type(Asl *asl, const Json *json, const Crumb *at) {
  const Json *type = asl_require(asl, json, S("Type"), at);
  if (!type) return STATE_UNKNOWN;
  if (!asl_check_kind(asl, type, 1 << JSON_STRING, at)) return STATE_UNKNOWN;
  for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++) {
    if (str_eq(json_str(type), type_names[i].name)) return type_names[i].type;
  }
  if (template_is_open(json_str(type))) return STATE_UNKNOWN;
  Nearest nearest = nearest_to(json_str(type));
  for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++) nearest_offer(&nearest, type_names[i].name);
  Crumb here = crumb_key(at, S("Type"));
  PLANTED(json_str(type).len < 4);
  Diag *made =
      asl_report(asl, "V1016", asl_span(asl, type), &here, "there is no state type `%.*s`", STR_ARG(json_str(type)));
  Str best = nearest_best(&nearest);
  if (best.len) diag_help(asl->diags, made, "did you mean `%.*s`?", STR_ARG(best));
  return STATE_UNKNOWN;
}

// The language of a state: its own, else the machine's (never that of the state around it).
static QueryLanguage read_language(Asl *asl, const Json *json, const Crumb *at) {
  const Json *language = json_get(json, S("QueryLanguage"));
  if (!json_is(language, JSON_STRING)) return asl->language;
  if (str_eq(json_str(language), S("JSONata"))) return LANGUAGE_JSONATA;
  if (str_eq(json_str(language), S("JSONPath")) && asl->language == LANGUAGE_JSONATA) {
    Diag *made = asl_report(asl, "V1017", asl_span(asl, language), at,
                            "a state cannot go back to JSONPath when the whole machine speaks JSONata");
    diag_help(asl->diags, made, "set QueryLanguage on the states that use JSONata, not on the machine");
  }
  return LANGUAGE_PATH;
}

static Str type_name(StateType type) {
  for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++) {
    if (type_names[i].type == type) return type_names[i].name;
  }
  return S("this");
}

static void report_unknown_field(Asl *asl, const State *state, const JsonMember *member, const StateField *field,
                                 const Crumb *at) {
  Diag *made = asl_report(asl, "V1011", asl_key_span(asl, member), at, "a %.*s state has no field `%.*s`",
                          STR_ARG(type_name(state->type)), STR_ARG(member->key));
  if (field) return;
  Nearest nearest = nearest_to(member->key);
  for (size_t i = 0; i < FIELD_COUNT; i++) {
    if (state_fields[i].states & state->type) nearest_offer(&nearest, state_fields[i].name);
  }
  Str best = nearest_best(&nearest);
  if (best.len) diag_help(asl->diags, made, "did you mean `%.*s`?", STR_ARG(best));
}

static void report_language(Asl *asl, const State *state, const JsonMember *member, const Crumb *at) {
  bool jsonata = state->language == LANGUAGE_JSONATA;
  Diag *made =
      asl_report(asl, "V1012", asl_key_span(asl, member), at, "`%.*s` is a field of %s, but this state speaks %s",
                 STR_ARG(member->key), jsonata ? "JSONPath" : "JSONata", jsonata ? "JSONata" : "JSONPath");
  if (jsonata)
    diag_help(asl->diags, made, "JSONata states use Arguments and Output, with {%% … %%} where a value is computed");
  else
    diag_help(asl->diags, made, "set \"QueryLanguage\": \"JSONata\" on the state or the machine");
}

static void check_state_fields(Asl *asl, State *state, const Crumb *at) {
  for (uint32_t i = 0; i < state->json->count; i++) {
    const JsonMember *member = &state->json->members[i];
    const StateField *field = field_of(member->key);
    if (state->type == STATE_UNKNOWN && !field) continue;
    if (!field || !(field->states & state->type)) {
      if (state->type != STATE_UNKNOWN) report_unknown_field(asl, state, member, field, at);
      if (!field || state->type != STATE_UNKNOWN) continue;
    }
    if (!(field->languages & state->language)) {
      report_language(asl, state, member, at);
      continue;
    }
    Crumb here = crumb_key(at, member->key);
    field->check(asl, state, member->value, &here);
  }
}

static void check_requirements(Asl *asl, const State *state, const Crumb *at) {
  for (size_t i = 0; i < sizeof requirements / sizeof *requirements; i++) {
    const Requirement *r = &requirements[i];
    if (!(r->states & state->type)) continue;
    const JsonMember *found = NULL;
    for (size_t k = 0; r->any[k].len; k++) {
      const JsonMember *member = json_member(state->json, r->any[k]);
      bool off = member && str_eq(member->key, S("End")) && member->value->kind == JSON_FALSE;
      if (!member || off) continue;
      if (found) {
        asl_report(asl, "V1015", asl_key_span(asl, member), at, "`%.*s` and `%.*s` exclude each other",
                   STR_ARG(found->key), STR_ARG(member->key));
      }
      found = member;
    }
    if (found || !r->needed) continue;
    Buf names = {.arena = asl->arena};
    for (size_t k = 0; r->any[k].len; k++) buf_fmt(&names, "%s`%.*s`", k ? " or " : "", STR_ARG(r->any[k]));
    asl_report(asl, "V1010", (Span){asl->file, state->at, state->at + (uint32_t)state->name.len + 2}, at,
               "%.*s is missing", STR_ARG(buf_text(&names)));
  }
}

static void check_state_name(Asl *asl, const State *state, const Crumb *at) {
  size_t characters = state->name.len;
  if (characters > NAME_MOST) {
    characters = 0;
    for (size_t i = 0; i < state->name.len; i++) characters += (state->name.at[i] & 0xC0) != 0x80;
  }
  if (characters && characters <= NAME_MOST) return;
  if (template_is_open(state->name)) return;
  Span span = {asl->file, state->at, state->at + 1};
  asl_report(asl, "V1018", span, at,
             characters ? "a state's name has at most 80 characters, this has %zu"
                        : "a state's name may not be empty (%zu characters)",
             characters);
}

static size_t lines_between(const Asl *asl, uint32_t from, uint32_t to) {
  size_t lines = 0;
  for (uint32_t i = from; i < to; i++) lines += asl->text.at[i] == '\n';
  return lines;
}

// A fault deep in a state is told at its type too: that is where the service says it refuses the state.
static void report_refused(Asl *asl, const State *state, const Crumb *at) {
  const Json *type = json_get(state->json, S("Type"));
  if (!asl->faults || !type || lines_between(asl, type->at, asl->fault) == 0) return;
  Span fault = {asl->file, asl->fault, asl->fault + 1};
  Diag *made = asl_report(asl, "V1005", asl_span(asl, type), at, "the service refuses this %.*s state as it stands",
                          STR_ARG(type_name(state->type)));
  diag_note(asl->diags, made, fault, "the first fault in it");
}

static void check_state(Asl *asl, State *state) {
  Crumb at = crumb_state(state);
  asl->faults = 0;
  check_state_name(asl, state, &at);
  if (!asl_check_kind(asl, state->json, 1 << JSON_OBJECT, &at)) {
    state->type = STATE_UNKNOWN;
    return;
  }
  state->type = read_type(asl, state->json, &at);
  state->language = read_language(asl, state->json, &at);
  state->terminal = (state->type & (STATE_SUCCEED | STATE_FAIL)) != 0;
  state->assign.json = json_get(state->json, S("Assign"));
  check_state_fields(asl, state, &at);
  check_requirements(asl, state, &at);
  if (state->type == STATE_TASK) asl_check_task(asl, state, &at);
  if (state->type == STATE_MAP) asl_check_mode(asl, state);
  report_refused(asl, state, &at);
}

// --- Fields that make the graph

void asl_add_way(Asl *asl, State *state, Transition way) {
  if (!state->ways.room) { // most states have one
    state->ways.at = NEW(asl->arena, Transition);
    state->ways.room = 1;
  }
  VEC_PUSH(asl->arena, &state->ways, way);
}

static void check_next(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (!asl_check_kind(asl, value, 1 << JSON_STRING, at)) return;
  asl_add_way(asl, state,
              (Transition){.name = value, .field = "Next", .assign = {json_get(state->json, S("Assign")), NULL}});
}

static void check_default(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (!asl_check_kind(asl, value, 1 << JSON_STRING, at)) return;
  asl_add_way(asl, state,
              (Transition){.name = value, .field = "Default", .assign = {json_get(state->json, S("Assign")), NULL}});
}

static void check_output(Asl *asl, State *state, const Json *value, const Crumb *at) {
  asl_check_jsonata(asl, state, value, state->type & WORKING ? IN_RESULT : IN_STATE, at);
}

static void nest(Asl *asl, State *state, const Json *json, Str field, uint32_t index, const Crumb *at) {
  if (++asl->depth > DEPTH_MOST)
    asl_report(asl, "V1025", (Span){asl->file, json->at, json->at + 1}, at, "states are nested too deeply");
  else {
    size_t faults = asl->faults;
    uint32_t fault = asl->fault;
    Scope *scope = asl_check_scope(asl, json, state, field, index);
    asl->faults = faults, asl->fault = fault; // those of the states inside are told there
    scope->sibling = state->inner;
    state->inner = scope;
  }
  asl->depth--;
}

static void check_branches(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (!asl_check_kind(asl, value, 1 << JSON_ARRAY, at)) return;
  if (!value->count) asl_report(asl, "V1014", asl_span(asl, value), at, "a Parallel state wants at least one branch");
  for (uint32_t i = 0; i < value->count; i++) {
    Crumb here = crumb_index(at, i);
    if (asl_check_kind(asl, value->items[i], 1 << JSON_OBJECT, &here))
      nest(asl, state, value->items[i], S("Branches"), i, &here);
  }
}

static void check_processor(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (asl_check_kind(asl, value, 1 << JSON_OBJECT, at)) nest(asl, state, value, at->key, 0, at);
}

// --- Scopes

enum { OUTERMOST = 1, BRANCH = 2, PROCESSOR = 4 };

static const struct ScopeField {
  Str name;
  unsigned where;
} scope_fields[] = {
    {STR_INIT("StartAt"), OUTERMOST | BRANCH | PROCESSOR},
    {STR_INIT("States"), OUTERMOST | BRANCH | PROCESSOR},
    {STR_INIT("Comment"), OUTERMOST | BRANCH | PROCESSOR},
    {STR_INIT("ProcessorConfig"), PROCESSOR},
    {STR_INIT("QueryLanguage"), OUTERMOST},
    {STR_INIT("TimeoutSeconds"), OUTERMOST},
    {STR_INIT("Version"), OUTERMOST},
};

static void check_scope_field(Asl *asl, const JsonMember *member, unsigned where, const Crumb *at) {
  for (size_t i = 0; i < sizeof scope_fields / sizeof *scope_fields; i++) {
    if (scope_fields[i].where & where && str_eq(scope_fields[i].name, member->key)) return;
  }
  Nearest nearest = nearest_to(member->key);
  for (size_t i = 0; i < sizeof scope_fields / sizeof *scope_fields; i++) {
    if (scope_fields[i].where & where) nearest_offer(&nearest, scope_fields[i].name);
  }
  Diag *made = asl_report(asl, "V1011", asl_key_span(asl, member), at, "%s has no field `%.*s`",
                          where == OUTERMOST ? "a state machine"
                          : where == BRANCH  ? "a branch"
                                             : "an item processor",
                          STR_ARG(member->key));
  Str best = nearest_best(&nearest);
  if (best.len) diag_help(asl->diags, made, "did you mean `%.*s`?", STR_ARG(best));
}

static void check_processor_config(Asl *asl, Scope *scope, const Json *config, const Crumb *at) {
  static const char *const modes[] = {"INLINE", "DISTRIBUTED", NULL}, *const types[] = {"STANDARD", "EXPRESS", NULL};
  Crumb here = crumb_key(at, S("ProcessorConfig"));
  if (!asl_check_kind(asl, config, 1 << JSON_OBJECT, &here)) return;
  const Json *mode = json_get(config, S("Mode")), *type = json_get(config, S("ExecutionType"));
  if (mode) asl_check_word(asl, mode, modes, &here);
  if (type) asl_check_word(asl, type, types, &here);
  scope->distributed = json_is(mode, JSON_STRING) && str_eq(json_str(mode), S("DISTRIBUTED"));
  if (scope->distributed && !type) asl_require(asl, config, S("ExecutionType"), &here);
  for (uint32_t i = 0; i < config->count; i++) {
    Str key = config->members[i].key;
    if (!str_eq(key, S("Mode")) && !str_eq(key, S("ExecutionType")))
      asl_report(asl, "V1011", asl_key_span(asl, &config->members[i]), &here, "ProcessorConfig has no field `%.*s`",
                 STR_ARG(key));
  }
  if (scope->distributed && asl->options->express)
    asl_report(asl, "V1073", asl_span(asl, config), &here, "an Express workflow cannot have a distributed Map");
}

static void check_scope_fields(Asl *asl, Scope *scope, const Crumb *at) {
  unsigned where = !scope->owner ? OUTERMOST : scope->owner->type == STATE_MAP ? PROCESSOR : BRANCH;
  for (uint32_t i = 0; i < scope->json->count; i++) {
    const JsonMember *member = &scope->json->members[i];
    check_scope_field(asl, member, where, at);
    Crumb here = crumb_key(at, member->key);
    if (str_eq(member->key, S("Comment")) || str_eq(member->key, S("Version")))
      asl_check_kind(asl, member->value, 1 << JSON_STRING, &here);
    bool other = str_eq(member->key, S("Version")) && json_is(member->value, JSON_STRING) &&
                 !str_eq(json_str(member->value), S("1.0"));
    if (other)
      asl_report(asl, "V1088", asl_span(asl, member->value), &here, "the only version of the language is \"1.0\"");
    if (str_eq(member->key, S("QueryLanguage")) && where == OUTERMOST)
      asl_check_query_language(asl, NULL, member->value, &here);
    if (str_eq(member->key, S("TimeoutSeconds")) && where == OUTERMOST)
      asl_check_integer(asl, NULL, member->value, 1, 99999999, &here);
    if (str_eq(member->key, S("ProcessorConfig")) && where == PROCESSOR)
      check_processor_config(asl, scope, member->value, at);
  }
}

static void find_targets(Scope *scope, Map *names) {
  for (uint32_t i = 0; i < scope->count; i++) {
    State *state = &scope->states[i];
    for (size_t k = 0; k < state->ways.len; k++)
      state->ways.at[k].to = map_get(names, json_str(state->ways.at[k].name));
  }
}

static void check_start(Asl *asl, Scope *scope, Map *names, const Crumb *at) {
  const Json *start = asl_require(asl, scope->json, S("StartAt"), at);
  Crumb here = crumb_key(at, S("StartAt"));
  if (!start || !asl_check_kind(asl, start, 1 << JSON_STRING, &here)) return;
  scope->start = map_get(names, json_str(start));
  if (scope->start || !scope->count || template_is_open(json_str(start))) return;
  Nearest nearest = nearest_to(json_str(start));
  for (uint32_t i = 0; i < scope->count; i++) nearest_offer(&nearest, scope->states[i].name);
  Diag *made = asl_report(asl, "V1020", asl_span(asl, start), &here,
                          "StartAt names `%.*s`, but there is no such state here", STR_ARG(json_str(start)));
  Str best = nearest_best(&nearest);
  if (best.len) diag_help(asl->diags, made, "did you mean `%.*s`?", STR_ARG(best));
}

Scope *asl_check_scope(Asl *asl, const Json *json, State *owner, Str field, uint32_t index) {
  Scope *scope = NEW(asl->arena, Scope);
  *scope = (Scope){.owner = owner, .field = field, .index = index, .json = json};
  if (asl->last_scope)
    asl->last_scope->next = scope;
  else
    asl->top = scope;
  asl->last_scope = scope;
  Crumb at = crumb_scope(scope);
  check_scope_fields(asl, scope, &at);
  const Json *states = asl_require(asl, json, S("States"), &at);
  Crumb here = crumb_key(&at, S("States"));
  Map names = {.arena = asl->arena};
  if (states && asl_check_kind(asl, states, 1 << JSON_OBJECT, &here)) {
    if (!states->count) asl_report(asl, "V1014", asl_span(asl, states), &here, "there must be at least one state");
    scope->states = NEW_N(asl->arena, State, states->count + 1);
    scope->count = states->count;
    scope->first = asl->states;
    asl->states += states->count;
    for (uint32_t i = 0; i < states->count; i++) {
      State *state = &scope->states[i];
      *state = (State){.name = states->members[i].key, .json = states->members[i].value, .at = states->members[i].at};
      state->scope = scope;
      State *lost = map_set(&names, state->name, state);
      if (lost) lost->reached = true; // its loss is told as a repeated key
    }
    for (uint32_t i = 0; i < states->count; i++) check_state(asl, &scope->states[i]);
  }
  find_targets(scope, &names);
  check_start(asl, scope, &names, &at);
  return scope;
}
