// Retry and Catch: error names, their order, and the numbers of a retrier (States Language, "Errors").
#include "validate/asl.h"

static const Str reserved_names[] = {
    STR_INIT("States.ALL"),
    STR_INIT("States.Timeout"),
    STR_INIT("States.TaskFailed"),
    STR_INIT("States.Permissions"),
    STR_INIT("States.Runtime"),
    STR_INIT("States.BranchFailed"),
    STR_INIT("States.HeartbeatTimeout"),
    STR_INIT("States.NoChoiceMatched"),
    STR_INIT("States.IntrinsicFailure"),
    STR_INIT("States.DataLimitExceeded"),
    STR_INIT("States.ItemReaderFailed"),
    STR_INIT("States.ResultWriterFailed"),
    STR_INIT("States.QueryEvaluationError"),
    STR_INIT("States.ParameterPathFailure"),
    STR_INIT("States.ResultPathMatchFailure"),
    STR_INIT("States.ExceedToleratedFailureThreshold"),
    STR_INIT("States.Http.Socket"),
};

static void check_reserved(Asl *asl, const Json *name) {
  Str text = json_str(name);
  if (!str_starts(text, S("States.")) || str_starts(text, S("States.Http.StatusCode."))) return;
  for (size_t i = 0; i < sizeof reserved_names / sizeof *reserved_names; i++) {
    if (str_eq(text, reserved_names[i])) return;
  }
  if (template_is_open(text)) return;
  Nearest nearest = nearest_to(text);
  for (size_t i = 0; i < sizeof reserved_names / sizeof *reserved_names; i++)
    nearest_offer(&nearest, reserved_names[i]);
  Diag *made = asl_report(asl, "V1031", asl_span(asl, name), NULL, "no error is called `%.*s`: this never matches",
                          STR_ARG(text));
  Str best = nearest_best(&nearest);
  if (best.len)
    diag_help(asl->diags, made, "did you mean `%.*s`?", STR_ARG(best));
  else
    diag_help(asl->diags, made, "names that begin with States. are the language's own");
}

// `seen`: the names that earlier rules took.
static void check_names(Asl *asl, const Json *names, bool last, Map *seen, const Crumb *at) {
  if (!asl_check_kind(asl, names, 1 << JSON_ARRAY, at)) return;
  if (!names->count) asl_report(asl, "V1014", asl_span(asl, names), at, "ErrorEquals wants at least one error name");
  for (uint32_t i = 0; i < names->count; i++) {
    const Json *name = names->items[i];
    Crumb here = crumb_index(at, i);
    if (!asl_check_kind(asl, name, 1 << JSON_STRING, &here)) continue;
    if (str_eq(json_str(name), S("States.ALL")) && (names->count > 1 || !last)) {
      Diag *made = asl_report(asl, "V1030", asl_span(asl, name), at, "States.ALL must stand %s",
                              names->count > 1 ? "alone in its ErrorEquals" : "in the last rule");
      diag_help(asl->diags, made, "move it to a rule of its own at the end");
    }
    check_reserved(asl, name);
    if (map_set(seen, json_str(name), (void *)name))
      asl_report(asl, "V1032", asl_span(asl, name), at, "an earlier rule takes `%.*s`: this one is never asked for it",
                 STR_ARG(json_str(name)));
  }
}

static void check_interval(Asl *asl, State *state, const Json *value, const Crumb *at) {
  (void)state;
  asl_check_integer(asl, NULL, value, 1, 99999999, at);
}

static void check_attempts(Asl *asl, State *state, const Json *value, const Crumb *at) {
  (void)state;
  asl_check_integer(asl, NULL, value, 0, 99999999, at);
}

static void check_max_delay(Asl *asl, State *state, const Json *value, const Crumb *at) {
  (void)state;
  asl_check_integer(asl, NULL, value, 1, 31622399, at);
}

static void check_rate(Asl *asl, State *state, const Json *value, const Crumb *at) {
  (void)state;
  if (asl_check_kind(asl, value, 1 << JSON_NUMBER, at) && value->number < 1)
    asl_report(asl, "V1014", asl_span(asl, value), at, "BackoffRate must be at least 1: pauses do not shrink");
}

static void check_jitter(Asl *asl, State *state, const Json *value, const Crumb *at) {
  static const char *const words[] = {"FULL", "NONE", NULL};
  (void)state;
  asl_check_word(asl, value, words, at);
}

static const ObjectField retrier_fields[] = {
    {STR_INIT("ErrorEquals"), 3, asl_check_nothing},   {STR_INIT("IntervalSeconds"), 3, check_interval},
    {STR_INIT("MaxAttempts"), 3, check_attempts},      {STR_INIT("BackoffRate"), 3, check_rate},
    {STR_INIT("MaxDelaySeconds"), 3, check_max_delay}, {STR_INIT("JitterStrategy"), 3, check_jitter},
    {STR_INIT("Comment"), 3, asl_check_text},
};

// The pause never grows to the most it may be.
static void check_delays(Asl *asl, const Json *retrier) {
  const Json *most = json_get(retrier, S("MaxDelaySeconds")), *first = json_get(retrier, S("IntervalSeconds"));
  if (json_is(most, JSON_NUMBER) && json_is(first, JSON_NUMBER) && most->number >= 1 && most->number < first->number)
    asl_report(asl, "V1081", asl_span(asl, most), NULL,
               "MaxDelaySeconds is below IntervalSeconds: the interval is never used");
}

void asl_check_retry(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (!asl_check_kind(asl, value, 1 << JSON_ARRAY, at)) return;
  Map seen = {.arena = asl->arena};
  for (uint32_t i = 0; i < value->count; i++) {
    const Json *retrier = value->items[i];
    Crumb here = crumb_index(at, i);
    asl_check_object(asl, state, retrier, retrier_fields, sizeof retrier_fields / sizeof *retrier_fields, &here);
    const Json *names = asl_require(asl, retrier, S("ErrorEquals"), &here);
    Crumb inner = crumb_key(&here, S("ErrorEquals"));
    if (names) check_names(asl, names, i + 1 == value->count, &seen, &inner);
    check_delays(asl, retrier);
  }
}

static void check_catch_output(Asl *asl, State *state, const Json *value, const Crumb *at) {
  asl_check_jsonata(asl, state, value, IN_CATCH, at);
}

static void check_catch_assign(Asl *asl, State *state, const Json *value, const Crumb *at) {
  asl_check_assignments(asl, state, value, IN_CATCH, at);
}

static const ObjectField catcher_fields[] = {
    {STR_INIT("ErrorEquals"), 3, asl_check_nothing},
    {STR_INIT("Next"), 3, asl_check_text},
    {STR_INIT("ResultPath"), LANGUAGE_PATH, asl_check_result_path},
    {STR_INIT("Assign"), 3, check_catch_assign},
    {STR_INIT("Output"), LANGUAGE_JSONATA, check_catch_output},
    {STR_INIT("Comment"), 3, asl_check_text},
};

void asl_check_catch(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (!asl_check_kind(asl, value, 1 << JSON_ARRAY, at)) return;
  Map seen = {.arena = asl->arena};
  for (uint32_t i = 0; i < value->count; i++) {
    const Json *catcher = value->items[i];
    Crumb here = crumb_index(at, i);
    asl_check_object(asl, state, catcher, catcher_fields, sizeof catcher_fields / sizeof *catcher_fields, &here);
    const Json *names = asl_require(asl, catcher, S("ErrorEquals"), &here);
    Crumb inner = crumb_key(&here, S("ErrorEquals"));
    if (names) check_names(asl, names, i + 1 == value->count, &seen, &inner);
    const Json *next = asl_require(asl, catcher, S("Next"), &here);
    if (!json_is(next, JSON_STRING)) continue;
    asl_add_way(asl, state,
                (Transition){.name = next,
                             .field = "Next",
                             .rule = catcher,
                             .caught = true,
                             .list = "Catch",
                             .index = i,
                             .assign = {json_get(catcher, S("Assign")), NULL}});
  }
}
