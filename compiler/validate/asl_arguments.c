// The Parameters or Arguments of a task against what its API takes.
#include "facts/facts.h"
#include "validate/asl.h"

typedef struct Call {
  Asl *asl;
  const FactsTask *task;
  const Json *arguments;
  const Crumb *at;
  bool jsonata;
  VEC(Str) fresh; // constants that were not yet checked for this task, as KEY=VALUE
} Call;

// Whether this constant passed for this task before: patterns are dear to compile, and machines repeat themselves.
static bool passed(Call *call, Str key, Str value) {
  Str id = str_fmt(call->asl->arena, "%.*s=%.*s", STR_ARG(key), STR_ARG(value));
  if (map_get(&call->asl->passed, id) == call->task) return true;
  VEC_PUSH(call->asl->arena, &call->fresh, id);
  return false;
}

// TEXTRACT_ROLE where an ARN is wanted: a script fills it in before anyone deploys it.
static bool is_stand_in(Str key, Str text) {
  if (!str_ends(key, S("Arn")) && !str_ends(key, S("Url"))) return false;
  bool letters = text.len > 2;
  for (size_t i = 0; i < text.len && letters; i++) letters = ascii_is_upper(text.at[i]) || text.at[i] == '_';
  return letters && str_has(text, S("_"));
}

static FactsLeaf leaf(void *with, Str key, const Json *value, JsonKind *kind) {
  Call *call = with;
  if (json_is(value, JSON_STRING) && (template_is_open(json_str(value)) || is_stand_in(key, json_str(value))))
    return FACTS_LEAF_UNKNOWN;
  if (json_is(value, JSON_STRING) && passed(call, key, json_str(value))) return FACTS_LEAF_UNKNOWN;
  return call->jsonata ? facts_leaf_jsonata(NULL, key, value, kind) : facts_leaf_jsonpath(NULL, key, value, kind);
}

static bool takes_scalar(FactsShape shape) {
  FactsShapeKind kind = facts_shape_kind(shape);
  return kind != FACTS_STRUCTURE && kind != FACTS_LIST && kind != FACTS_MAP;
}

// A text may be made of anything on the way (objects are written as JSON), a bound may have moved, a member may be
// newer than the tables: those are warnings.
static const char *code_of(const Call *call, const FactsFinding *finding) {
  switch (finding->fault) {
  case FACTS_UNKNOWN_MEMBER: return finding->nearest.len || !call->task->is_sdk ? "V1076" : "V1085";
  case FACTS_MISSING_MEMBER: return "V1077";
  case FACTS_WRONG_TYPE: return takes_scalar(finding->shape) ? "V1086" : "V1078";
  default: return "V1087";
  }
}

static void report(void *with, const FactsFinding *finding) {
  const Call *call = with;
  // What stands for absent arguments has no place: then the resource is it.
  const Json *value = finding->value && finding->value->at != JSON_NOWHERE ? finding->value : call->arguments;
  Span span = asl_span(call->asl, value);
  if (finding->fault == FACTS_MISSING_MEMBER) span.end = span.start + 1;
  if (finding->fault == FACTS_UNKNOWN_MEMBER && finding->key_at != JSON_NOWHERE)
    span = (Span){call->asl->file, finding->key_at, finding->key_at + (uint32_t)finding->member.len + 2};
  Diag *made = asl_report(call->asl, code_of(call, finding), span, call->at, "%.*s", STR_ARG(finding->message));
  if (finding->nearest.len) diag_help(call->asl->diags, made, "did you mean `%.*s`?", STR_ARG(finding->nearest));
}

void asl_check_arguments(Asl *asl, State *state, const Crumb *up) {
  const FactsTask *task = asl_task_of(asl, state);
  if (!task || (task->kind != FACTS_TASK_OPTIMIZED && task->kind != FACTS_TASK_SDK)) return;
  bool jsonata = state->language == LANGUAGE_JSONATA;
  Str name = jsonata ? S("Arguments") : S("Parameters");
  const Json *arguments = json_get(state->json, name);
  if (arguments && !json_is(arguments, JSON_OBJECT)) return; // made while it runs
  if (!arguments && !jsonata) return;                        // JSONPath: the input is the arguments
  static const Json none = {.kind = JSON_OBJECT, .at = JSON_NOWHERE, .end = JSON_NOWHERE};
  Crumb at = crumb_key(up, name);
  Call call = {.asl = asl, .task = task, .at = &at, .jsonata = jsonata};
  call.arguments = arguments ? arguments : json_get(state->json, S("Resource"));
  FactsCheck check = {
      .arena = asl->arena, .with = &call, .found = report, .leaf = leaf, .name = jsonata ? NULL : facts_name_jsonpath};
  size_t faults = facts_check_arguments(&check, facts_task_input(task), arguments ? arguments : &none);
  for (size_t i = 0; i < call.fresh.len && !faults; i++) map_set(&asl->passed, call.fresh.at[i], (void *)task);
}
