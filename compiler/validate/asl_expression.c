// JSONata expressions: syntax, functions, and what they may read where they stand.
#include "validate/asl_expression.h"

typedef struct Expression {
  const Json *string; // that holds it
  Str source;         // between {% and %}
  uint32_t at;        // its offset in the string
  ExpressionPlace place;
  const Crumb *crumb;
} Expression;

static Span use_span(const Asl *asl, const Expression *e, uint32_t start, uint32_t end) {
  return asl_inner_span(asl, e->string, e->at + start, e->at + end);
}

static void check_function(Asl *asl, const Expression *e, const JsonataUse *use) {
  if (use->bound || use->built_in) return;
  Span span = use_span(asl, e, use->start, use->end);
  if (str_eq(use->name, S("eval"))) {
    Diag *made = asl_report(asl, "V1053", span, e->crumb, "Step Functions has no $eval");
    diag_help(asl->diags, made, "$parse reads JSON text");
    return;
  }
  Diag *made = asl_report(asl, "V1052", span, e->crumb, "there is no function $%.*s", STR_ARG(use->name));
  Str best = jsonata_nearest_function(use->name, JSONATA_STEP_FUNCTIONS);
  if (jsonata_has_function(use->name, JSONATA_FULL))
    diag_help(asl->diags, made, "JSONata has it, but Step Functions runs version 2.0.6, which does not");
  else if (best.len)
    diag_help(asl->diags, made, "did you mean $%.*s?", STR_ARG(best));
}

static void check_states(Asl *asl, const Expression *e, const JsonataUse *use) {
  static const Str members[] = {STR_INIT("input"), STR_INIT("result"), STR_INIT("errorOutput"), STR_INIT("context")};
  if (!use->path_count) return;
  Str member = use->path[0];
  Span span = use_span(asl, e, use->start, use->end);
  bool known = false;
  for (size_t i = 0; i < sizeof members / sizeof *members; i++) known |= str_eq(member, members[i]);
  if (!known) {
    Nearest nearest = nearest_to(member);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) nearest_offer(&nearest, members[i]);
    Str best = nearest_best(&nearest);
    const char *code = best.len ? "V1057" : "V1058";
    Diag *made = asl_report(asl, code, span, e->crumb, "$states has no member `%.*s`", STR_ARG(member));
    if (best.len) diag_help(asl->diags, made, "did you mean $states.%.*s?", STR_ARG(best));
  } else if (str_eq(member, S("result")) && e->place != IN_RESULT) {
    const char *code = e->place == IN_CATCH ? "V1059" : "V1054";
    Diag *made = asl_report(asl, code, span, e->crumb, "there is no $states.result here");
    diag_help(asl->diags, made,
              "only Output and Assign of a Task, Map or Parallel state have one; $states.input is what the state got");
  } else if (str_eq(member, S("errorOutput")) && e->place != IN_CATCH) {
    Diag *made = asl_report(asl, "V1055", span, e->crumb, "there is no $states.errorOutput here");
    diag_help(asl->diags, made, "only Output and Assign of a catcher have one");
  }
}

bool asl_asks_for(Str source, const JsonataUse *uses, size_t count, const JsonataUse *what) {
  for (size_t i = 0; i < count; i++) {
    const JsonataUse *use = &uses[i];
    if (use->kind != JSONATA_VARIABLE || !str_eq(use->name, what->name) || use->path_count > what->path_count) continue;
    bool same = true;
    for (uint32_t k = 0; k < use->path_count; k++) same &= str_eq(use->path[k], what->path[k]);
    Str before = str_trim(str_slice(source, 0, use->start));
    if (same && str_ends(before, S("(")) && str_ends(str_trim(str_slice(before, 0, before.len - 1)), S("$exists")))
      return true;
  }
  return false;
}

static void check_variable(Asl *asl, State *state, const Expression *e, const JsonataUse *use, bool guarded) {
  if (use->bound || use->built_in || use->name.len == 0) return;
  Span span = use_span(asl, e, use->start, use->end);
  if (str_eq(use->name, S("$"))) {
    Diag *made = asl_report(asl, "V1056", span, e->crumb,
                            "$$ has no value in Step Functions: an expression has no input of its own");
    diag_help(asl->diags, made, "use $states.input or $states.context");
  } else if (str_eq(use->name, S("states"))) {
    check_states(asl, e, use);
  } else {
    VEC_PUSH(asl->arena, &state->reads, (VariableRead){.name = use->name, .span = span, .guarded = guarded});
  }
}

static void check_field(Asl *asl, const Expression *e, const JsonataUse *use) {
  Str name = use->name;
  Diag *made =
      asl_report(asl, "V1048", use_span(asl, e, use->start, use->end), e->crumb,
                 "`%.*s` is a field of an input that expressions in Step Functions do not have", STR_ARG(name));
  diag_help(asl->diags, made, "write $states.input.%.*s, or quote it if the text is meant", STR_ARG(name));
}

static void check_expression(Asl *asl, State *state, const Expression *e) {
  JsonataError error = {0};
  const Jsonata *compiled = jsonata_compile(asl->arena, e->source, JSONATA_STEP_FUNCTIONS, &error);
  if (!compiled) {
    if (template_is_open(e->source)) return;
    asl_report(asl, "V1050", use_span(asl, e, error.start, error.end), e->crumb, "not JSONata: %.*s (%s)",
               STR_ARG(error.message), error.code);
    return;
  }
  size_t count = 0;
  const JsonataUse *uses = jsonata_uses(compiled, asl->arena, &count);
  for (size_t i = 0; i < count; i++) {
    if (uses[i].kind == JSONATA_CALL)
      check_function(asl, e, &uses[i]);
    else if (uses[i].kind == JSONATA_FIELD)
      check_field(asl, e, &uses[i]);
    else
      check_variable(asl, state, e, &uses[i], asl_asks_for(e->source, uses, count, &uses[i]));
  }
}

static void check_string(Asl *asl, State *state, const Json *string, ExpressionPlace place, const Crumb *at) {
  Str text = json_str(string);
  bool opens = str_starts(text, S("{%")), closes = str_ends(text, S("%}"));
  if (opens && closes && text.len >= 4) {
    Expression e = {string, str_slice(text, 2, text.len - 2), 2, place, at};
    check_expression(asl, state, &e);
  } else if (opens || closes) {
    Diag *made = asl_report(asl, "V1051", asl_span(asl, string), at,
                            "an expression begins with {%% and ends with %%}; here the %s is missing",
                            opens ? "end" : "beginning");
    diag_help(asl->diags, made, "nothing, not even a blank, may stand outside of {%% … %%}");
  }
}

void asl_check_jsonata(Asl *asl, State *state, const Json *value, ExpressionPlace place, const Crumb *at) {
  if (value->kind == JSON_STRING) check_string(asl, state, value, place, at);
  for (uint32_t i = 0; i < value->count && value->kind == JSON_ARRAY; i++) {
    Crumb here = crumb_index(at, i);
    asl_check_jsonata(asl, state, value->items[i], place, &here);
  }
  for (uint32_t i = 0; i < value->count && value->kind == JSON_OBJECT; i++) {
    Crumb here = crumb_key(at, value->members[i].key);
    asl_check_jsonata(asl, state, value->members[i].value, place, &here);
  }
}
