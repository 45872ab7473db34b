// Choice rules: boolean expressions of comparisons in JSONPath, conditions in JSONata (States Language, "Choice
// State").
#include "validate/asl.h"

enum { NESTED_MOST = 100 };

typedef struct Comparison {
  Str name;
  FieldCheck *check; // of the operand
} Comparison;

static void check_number(Asl *asl, State *state, const Json *value, const Crumb *at) {
  (void)state;
  asl_check_kind(asl, value, 1 << JSON_NUMBER, at);
}

static void check_bool(Asl *asl, State *state, const Json *value, const Crumb *at) {
  (void)state;
  asl_check_kind(asl, value, 1 << JSON_TRUE | 1 << JSON_FALSE, at);
}

static const Comparison comparisons[] = {
    {STR_INIT("StringEquals"), asl_check_text},
    {STR_INIT("StringLessThan"), asl_check_text},
    {STR_INIT("StringGreaterThan"), asl_check_text},
    {STR_INIT("StringLessThanEquals"), asl_check_text},
    {STR_INIT("StringGreaterThanEquals"), asl_check_text},
    {STR_INIT("StringMatches"), asl_check_text},
    {STR_INIT("NumericEquals"), check_number},
    {STR_INIT("NumericLessThan"), check_number},
    {STR_INIT("NumericGreaterThan"), check_number},
    {STR_INIT("NumericLessThanEquals"), check_number},
    {STR_INIT("NumericGreaterThanEquals"), check_number},
    {STR_INIT("BooleanEquals"), check_bool},
    {STR_INIT("TimestampEquals"), asl_check_timestamp},
    {STR_INIT("TimestampLessThan"), asl_check_timestamp},
    {STR_INIT("TimestampGreaterThan"), asl_check_timestamp},
    {STR_INIT("TimestampLessThanEquals"), asl_check_timestamp},
    {STR_INIT("TimestampGreaterThanEquals"), asl_check_timestamp},
    {STR_INIT("IsNull"), check_bool},
    {STR_INIT("IsPresent"), check_bool},
    {STR_INIT("IsNumeric"), check_bool},
    {STR_INIT("IsString"), check_bool},
    {STR_INIT("IsBoolean"), check_bool},
    {STR_INIT("IsTimestamp"), check_bool},
};
enum { COMPARISON_COUNT = sizeof comparisons / sizeof *comparisons };

// The operand's check of a comparison operator, or NULL; every comparison but Is… and StringMatches has a …Path form.
static FieldCheck *operand_check(Str name) {
  bool path = str_ends(name, S("Path"));
  Str base = path ? str_slice(name, 0, name.len - 4) : name;
  for (size_t i = 0; i < COMPARISON_COUNT; i++) {
    if (!str_eq(base, comparisons[i].name)) continue;
    if (!path) return comparisons[i].check;
    return str_starts(base, S("Is")) || str_eq(base, S("StringMatches")) ? NULL : asl_check_reference_path;
  }
  return NULL;
}

static void report_unknown(Asl *asl, const JsonMember *member, bool outer, const Crumb *at) {
  static const Str others[] = {STR_INIT("Variable"), STR_INIT("And"), STR_INIT("Or"), STR_INIT("Not")};
  if (!outer && str_eq(member->key, S("Next"))) {
    asl_report(asl, "V1011", asl_key_span(asl, member), at, "Next stands in the outermost rule only");
    return;
  }
  Nearest nearest = nearest_to(member->key);
  for (size_t i = 0; i < COMPARISON_COUNT; i++) nearest_offer(&nearest, comparisons[i].name);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) nearest_offer(&nearest, others[i]);
  Diag *made = asl_report(asl, "V1011", asl_key_span(asl, member), at, "there is no comparison or field `%.*s`",
                          STR_ARG(member->key));
  Str best = nearest_best(&nearest);
  if (best.len) diag_help(asl->diags, made, "did you mean `%.*s`?", STR_ARG(best));
}

static void check_rule(Asl *asl, State *state, const Json *rule, bool outer, int depth, const Crumb *at);

static void check_combination(Asl *asl, State *state, const JsonMember *member, int depth, const Crumb *at) {
  if (str_eq(member->key, S("Not"))) {
    check_rule(asl, state, member->value, false, depth + 1, at);
    return;
  }
  if (!asl_check_kind(asl, member->value, 1 << JSON_ARRAY, at)) return;
  if (!member->value->count)
    asl_report(asl, "V1014", asl_span(asl, member->value), at, "`%.*s` wants at least one rule", STR_ARG(member->key));
  for (uint32_t i = 0; i < member->value->count; i++) {
    Crumb here = crumb_index(at, i);
    check_rule(asl, state, member->value->items[i], false, depth + 1, &here);
  }
}

static bool is_combination(Str key) {
  return str_eq(key, S("And")) || str_eq(key, S("Or")) || str_eq(key, S("Not"));
}

// Fields that a rule has besides its comparison.
static bool is_side_field(Str key, bool outer) {
  return str_eq(key, S("Variable")) || str_eq(key, S("Comment")) ||
         (outer && (str_eq(key, S("Next")) || str_eq(key, S("Assign"))));
}

static void check_rule(Asl *asl, State *state, const Json *rule, bool outer, int depth, const Crumb *at) {
  if (!asl_check_kind(asl, rule, 1 << JSON_OBJECT, at)) return;
  if (depth > NESTED_MOST) {
    asl_report(asl, "V1025", (Span){asl->file, rule->at, rule->at + 1}, at, "rules are nested too deeply");
    return;
  }
  const JsonMember *test = NULL, *variable = json_member(rule, S("Variable"));
  for (uint32_t i = 0; i < rule->count; i++) {
    const JsonMember *member = &rule->members[i];
    Crumb here = crumb_key(at, member->key);
    FieldCheck *operand = operand_check(member->key);
    if (is_side_field(member->key, outer)) continue;
    if (outer && (str_eq(member->key, S("Condition")) || str_eq(member->key, S("Output")))) {
      asl_report(asl, "V1012", asl_key_span(asl, member), at,
                 "`%.*s` is a field of JSONata, but this state speaks JSONPath", STR_ARG(member->key));
      test = member, variable = member;
      continue;
    }
    if (!operand && !is_combination(member->key)) {
      report_unknown(asl, member, outer, at);
      continue;
    }
    if (test)
      asl_report(asl, "V1015", asl_key_span(asl, member), at,
                 "a rule has one comparison: `%.*s` and `%.*s` exclude each other", STR_ARG(test->key),
                 STR_ARG(member->key));
    test = member;
    if (operand)
      operand(asl, state, member->value, &here);
    else
      check_combination(asl, state, member, depth, &here);
  }
  Span span = {asl->file, rule->at, rule->at + 1};
  if (!test) asl_report(asl, "V1010", span, at, "a comparison is missing");
  Crumb here = crumb_key(at, S("Variable"));
  size_t before = state ? state->reads.len : 0;
  if (variable && str_eq(variable->key, S("Variable"))) {
    asl_check_reference_path(asl, state, variable->value, &here);
    bool asks = test && str_eq(test->key, S("IsPresent"));
    for (size_t i = before; asks && state && i < state->reads.len; i++) state->reads.at[i].guarded = true;
  } else if (test && !variable && !is_combination(test->key)) {
    asl_report(asl, "V1010", span, at, "`Variable` is missing");
  }
}

static void check_condition(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (asl_check_jsonata_text(asl, state, value, at)) return;
  if (json_is(value, JSON_STRING) && !template_is_open(json_str(value))) {
    Diag *made =
        asl_report(asl, "V1051", asl_span(asl, value), at, "a condition is true, false or a JSONata expression");
    diag_help(asl->diags, made, "write \"{%% … %%}\"");
    return;
  }
  asl_check_kind(asl, value, 1 << JSON_STRING | 1 << JSON_TRUE | 1 << JSON_FALSE, at);
}

static void check_rule_output(Asl *asl, State *state, const Json *value, const Crumb *at) {
  asl_check_jsonata(asl, state, value, IN_STATE, at);
}

static const ObjectField condition_fields[] = {
    {STR_INIT("Condition"), 3, check_condition}, {STR_INIT("Next"), 3, asl_check_text},
    {STR_INIT("Assign"), 3, asl_check_nothing},  {STR_INIT("Output"), 3, check_rule_output},
    {STR_INIT("Comment"), 3, asl_check_text},
};

static bool is_path_rule(const Json *rule) {
  for (uint32_t i = 0; json_is(rule, JSON_OBJECT) && i < rule->count; i++) {
    Str key = rule->members[i].key;
    if (str_eq(key, S("Variable")) || is_combination(key) || operand_check(key)) return true;
  }
  return false;
}

static void check_outer_rule(Asl *asl, State *state, const Json *rule, uint32_t index, const Crumb *at) {
  if (!asl_check_kind(asl, rule, 1 << JSON_OBJECT, at)) return;
  if (state->language == LANGUAGE_PATH) {
    check_rule(asl, state, rule, true, 0, at);
  } else if (is_path_rule(rule)) {
    Diag *made = asl_report(asl, "V1012", (Span){asl->file, rule->at, rule->at + 1}, at,
                            "comparisons belong to JSONPath, but this state speaks JSONata");
    diag_help(asl->diags, made, "write a Condition: \"{%% $states.input.x = 1 %%}\"");
  } else {
    asl_check_object(asl, state, rule, condition_fields, sizeof condition_fields / sizeof *condition_fields, at);
    asl_require(asl, rule, S("Condition"), at);
  }
  const Json *assign = json_get(rule, S("Assign")), *next = asl_require(asl, rule, S("Next"), at);
  Crumb here = crumb_key(at, S("Assign"));
  if (assign) asl_check_assignments(asl, state, assign, IN_STATE, &here);
  if (next && !json_is(next, JSON_STRING)) {
    here = crumb_key(at, S("Next"));
    asl_check_kind(asl, next, 1 << JSON_STRING, &here);
  }
  if (json_is(next, JSON_STRING))
    asl_add_way(
        asl, state,
        (Transition){
            .name = next, .field = "Next", .rule = rule, .list = "Choices", .index = index, .assign = {assign, NULL}});
}

void asl_check_choices(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (!asl_check_kind(asl, value, 1 << JSON_ARRAY, at)) return;
  if (!value->count) asl_report(asl, "V1014", asl_span(asl, value), at, "a Choice state wants at least one rule");
  for (uint32_t i = 0; i < value->count; i++) {
    Crumb here = crumb_index(at, i);
    check_outer_rule(asl, state, value->items[i], i, &here);
  }
}
