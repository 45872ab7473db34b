// Task states: what a Resource may be, how it is called, and what belongs to the call.
#include "validate/asl.h"

// The parts of arn:PARTITION:SERVICE:REGION:ACCOUNT:REST.
typedef struct Arn {
  Str partition, service, region, account, rest;
} Arn;

static bool split_arn(Str text, Arn *arn) {
  Str rest = text;
  if (!str_eq(str_cut(rest, ':', &rest), S("arn"))) return false;
  // A placeholder in front may hold colons: skip it as a whole.
  if (str_starts(rest, S("${"))) {
    size_t end = str_find(rest, S("}"), 0);
    arn->partition = str_slice(rest, 0, end + 1);
    rest = str_slice(rest, end + 2, rest.len);
  } else {
    arn->partition = str_cut(rest, ':', &rest);
  }
  arn->service = str_cut(rest, ':', &rest);
  arn->region = str_cut(rest, ':', &rest);
  arn->account = str_cut(rest, ':', &arn->rest);
  return true;
}

static bool is_word(Str text, const char *others) {
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    if (!ascii_is_word(c) && c != '-' && !strchr(others, c)) return false;
  }
  return text.len > 0;
}

// function:NAME or function:NAME:QUALIFIER
static const char *wrong_function(Str rest) {
  if (!str_eq(str_cut(rest, ':', &rest), S("function")))
    return "a Lambda function's ARN has `function:` before its name";
  bool qualified = rest.len && memchr(rest.at, ':', rest.len);
  Str name = str_cut(rest, ':', &rest);
  if (!is_word(name, "")) return "a function's name is made of letters, digits, - and _";
  if (!qualified) return NULL;
  return is_word(rest, "$") && !memchr(rest.at, ':', rest.len)
             ? NULL
             : "behind the function's name stands a version or an alias: letters, digits, -, _ and $";
}

static void check_pattern_for_express(Asl *asl, const Json *value, Str resource, const Crumb *at) {
  const char *pattern = str_has(resource, S(".waitForTaskToken")) ? ".waitForTaskToken"
                        : str_has(resource, S(".sync"))           ? ".sync"
                                                                  : NULL;
  if (!pattern || !asl->options->express) return;
  Diag *made = asl_report(asl, "V1073", asl_span(asl, value), at, "an Express workflow cannot use %s", pattern);
  diag_help(asl->diags, made, "make it a Standard workflow, or start the work without waiting for it");
}

void asl_check_resource(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (!asl_check_kind(asl, value, 1 << JSON_STRING, at)) return;
  (void)state;
  Str text = json_str(value);
  Arn arn;
  check_pattern_for_express(asl, value, text, at);
  if (!split_arn(text, &arn)) {
    if (template_is_open(text)) return;
    asl_report(asl, "V1070", asl_span(asl, value), at, "`%.*s` is no ARN: the service takes ARNs only", STR_ARG(text));
    return;
  }
  bool lambda = str_eq(arn.service, S("lambda")), states = str_eq(arn.service, S("states"));
  const char *wrong = lambda && !template_is_open(arn.rest) ? wrong_function(arn.rest) : NULL;
  if (wrong) {
    asl_report(asl, "V1071", asl_span(asl, value), at, "%s", wrong);
  } else if (states && str_starts(arn.rest, S("activity:"))) {
    if (asl->options->express)
      asl_report(asl, "V1073", asl_span(asl, value), at, "an Express workflow cannot use activities");
  } else if (!lambda && !states && !template_is_open(arn.service)) {
    asl_report(asl, "V1070", asl_span(asl, value), at, "a task cannot call `%.*s` by an ARN of its own",
               STR_ARG(arn.service));
  }
}

void asl_check_credentials(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (asl_check_jsonata_text(asl, state, value, at)) return;
  asl_check_template(asl, state, value, at);
  if (!asl_check_kind(asl, value, 1 << JSON_OBJECT, at)) return;
  if (json_get(value, S("RoleArn")) || json_get(value, S("RoleArn.$"))) return;
  asl_report(asl, "V1083", asl_span(asl, value), at,
             "Credentials without RoleArn: the service takes the role from there");
}

// --- Callbacks and time

// Whether something below `value` reads the token: a path in a member whose name ends in .$, or an expression. Text
// that looks like one does not.
static bool reads_token(const Json *value, bool jsonata, bool path) {
  if (value->kind == JSON_STRING) {
    Str text = json_str(value);
    if (template_is_open(text)) return true;
    if (jsonata ? !str_starts(text, S("{%")) : !path) return false;
    Str whole = jsonata ? S("{% $states.context %}") : S("$$"),
        task = jsonata ? S("{% $states.context.Task %}") : S("$$.Task");
    return str_eq(text, whole) || str_eq(text, task) || str_has(text, S("Task.Token")) || str_has(text, S("['Token']"));
  }
  for (uint32_t i = 0; value->kind == JSON_ARRAY && i < value->count; i++) {
    if (reads_token(value->items[i], jsonata, path)) return true;
  }
  for (uint32_t i = 0; value->kind == JSON_OBJECT && i < value->count; i++) {
    const JsonMember *member = &value->members[i];
    if (reads_token(member->value, jsonata, str_ends(member->key, S(".$")) || str_ends(member->key, S("Path"))))
      return true;
  }
  return false;
}

static void check_callback(Asl *asl, const State *state, const Crumb *at) {
  const Json *resource = json_get(state->json, S("Resource"));
  if (!json_is(resource, JSON_STRING) || !str_ends(json_str(resource), S(".waitForTaskToken"))) return;
  bool jsonata = state->language == LANGUAGE_JSONATA;
  const Json *arguments = json_get(state->json, jsonata ? S("Arguments") : S("Parameters"));
  if (arguments && reads_token(arguments, jsonata, false)) return;
  // Read elsewhere in the state it is odd, not hopeless.
  const char *code = reads_token(state->json, jsonata, false) ? "V1082" : "V1074";
  Diag *made = asl_report(asl, code, asl_span(asl, resource), at,
                          "the task waits for its token to come back, but hands it to nobody");
  diag_help(asl->diags, made, "pass %s to whoever is to answer",
            jsonata ? "{%% $states.context.Task.Token %%}" : "\"….$\": \"$$.Task.Token\"");
}

static void check_heartbeat(Asl *asl, const State *state, const Crumb *at) {
  const Json *heartbeat = json_get(state->json, S("HeartbeatSeconds")),
             *timeout = json_get(state->json, S("TimeoutSeconds"));
  if (!json_is(heartbeat, JSON_NUMBER) || !json_is(timeout, JSON_NUMBER) || heartbeat->number < timeout->number) return;
  Crumb here = crumb_key(at, S("HeartbeatSeconds"));
  asl_report(asl, "V1080", asl_span(asl, heartbeat), &here,
             "HeartbeatSeconds (%.0f) must be smaller than TimeoutSeconds (%.0f)", heartbeat->number, timeout->number);
}

void asl_check_task(Asl *asl, State *state, const Crumb *at) {
  asl_check_integration(asl, state, at);
  asl_check_raised(asl, state);
  asl_check_arguments(asl, state, at);
  check_callback(asl, state, at);
  check_heartbeat(asl, state, at);
}
