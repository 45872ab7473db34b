// Paths, calls, templates and choice rules over forms.
#include "validate/asl_flow.h"

#define TEXTS (1u << JSON_STRING)
#define NUMBERS (1u << JSON_NUMBER)
#define ARRAYS (1u << JSON_ARRAY)
#define OBJECTS (1u << JSON_OBJECT)

// What the intrinsic functions take and give.
static const struct Signature {
  Str name;
  unsigned takes[3], gives;
} signatures[] = {
    {STR_INIT("ArrayContains"), {ARRAYS, 0, 0}, FORM_BOOL},
    {STR_INIT("ArrayGetItem"), {ARRAYS, NUMBERS, 0}, 0},
    {STR_INIT("ArrayLength"), {ARRAYS, 0, 0}, NUMBERS},
    {STR_INIT("ArrayPartition"), {ARRAYS, NUMBERS, 0}, ARRAYS},
    {STR_INIT("ArrayRange"), {NUMBERS, NUMBERS, NUMBERS}, ARRAYS},
    {STR_INIT("ArrayUnique"), {ARRAYS, 0, 0}, ARRAYS},
    {STR_INIT("Array"), {0, 0, 0}, ARRAYS},
    {STR_INIT("Base64Decode"), {TEXTS, 0, 0}, TEXTS},
    {STR_INIT("Base64Encode"), {TEXTS, 0, 0}, TEXTS},
    {STR_INIT("Format"), {TEXTS, 0, 0}, TEXTS},
    {STR_INIT("Hash"), {0, TEXTS, 0}, TEXTS},
    {STR_INIT("JsonMerge"), {OBJECTS, OBJECTS, FORM_BOOL}, OBJECTS},
    {STR_INIT("JsonToString"), {0, 0, 0}, TEXTS},
    {STR_INIT("MathAdd"), {NUMBERS, NUMBERS, 0}, NUMBERS},
    {STR_INIT("MathRandom"), {NUMBERS, NUMBERS, NUMBERS}, NUMBERS},
    {STR_INIT("StringSplit"), {TEXTS, TEXTS, 0}, ARRAYS},
    {STR_INIT("StringToJson"), {TEXTS, 0, 0}, 0},
    {STR_INIT("UUID"), {0, 0, 0}, TEXTS},
};

void flow_missing(Flow *flow, Span span, const Form *of, Str name, Str path, bool certain) {
  if (!flow->report || template_is_open(name)) return;
  Str near = form_nearest(flow->arena, of, name);
  bool object = of->kinds & OBJECTS;
  if (of->loose && !near.len && (str_starts(name, S("Sdk")) || !object)) return;
  Diag *made;
  if (!object) {
    Str kinds = form_kinds_text(flow->arena, of->kinds);
    made = asl_report(flow->asl, certain && !(of->kinds & ARRAYS) ? "V1092" : "V1093", span, NULL,
                      "`%.*s` reads `%.*s` of %.*s", STR_ARG(path), STR_ARG(name), STR_ARG(kinds));
  } else {
    bool sure = certain && (!of->loose || near.len);
    made = asl_report(flow->asl, sure ? "V1090" : "V1091", span, NULL, "`%.*s` reads `%.*s`, %s", STR_ARG(path),
                      STR_ARG(name),
                      of->loose ? "which the tables do not know in it" : "which no way to this state writes");
  }
  if (near.len) diag_help(flow->asl->diags, made, "did you mean `%.*s`?", STR_ARG(near));
}

void flow_want(Flow *flow, const Json *value, const Form *form, unsigned kinds, const char *what) {
  if (!flow->report || form->kinds & kinds || !value) return;
  Str wanted = form_kinds_text(flow->arena, kinds), has = form_kinds_text(flow->arena, form->kinds);
  asl_report(flow->asl, "V1092", asl_span(flow->asl, value), NULL, "%s must be %.*s, but it gets %.*s", what,
             STR_ARG(wanted), STR_ARG(has));
}

static const Form *walk(Flow *flow, const Form *form, const AslPath *path, Span span, Str text) {
  for (size_t i = 0; i < path->steps.len; i++) {
    const PathStep *step = &path->steps.at[i];
    if (step->kind == STEP_MANY || form == &FORM_ANY) return &FORM_ANY;
    bool maybe;
    const Form *next = step->kind == STEP_NAME ? form_member(flow->arena, form, step->name, &maybe)
                                               : form_item(flow->arena, form, step->index);
    if (!next && step->kind == STEP_NAME) flow_missing(flow, span, form, step->name, text, true);
    if (!next && step->kind == STEP_INDEX && flow->report)
      asl_report(flow->asl, form->kinds & ARRAYS ? "V1090" : "V1092", span, NULL,
                 form->kinds & ARRAYS ? "`%.*s` reads an item that the array does not have"
                                      : "`%.*s` reads an item of what is no array",
                 STR_ARG(text));
    if (!next) return &FORM_ANY;
    form = next;
  }
  return form;
}

static const Form *term_form(Flow *flow, const Sight *sight, const Json *value, const AslTerm *term);

static const Form *call_form(Flow *flow, const Sight *sight, const Json *value, const AslTerm *term) {
  const struct Signature *signature = NULL;
  for (size_t i = 0; i < sizeof signatures / sizeof *signatures && !signature; i++) {
    if (str_eq(signatures[i].name, term->text)) signature = &signatures[i];
  }
  for (uint32_t i = 0; i < term->count; i++) {
    const Form *argument = term_form(flow, sight, value, term->arguments[i]);
    unsigned takes = signature && i < 3 ? signature->takes[i] : 0;
    if (!takes || argument->kinds & takes || !flow->report) continue;
    Span span = asl_inner_span(flow->asl, value, term->arguments[i]->start, term->arguments[i]->end);
    Str wanted = form_kinds_text(flow->arena, takes), has = form_kinds_text(flow->arena, argument->kinds);
    asl_report(flow->asl, "V1092", span, NULL, "States.%.*s wants %.*s here, but gets %.*s", STR_ARG(term->text),
               STR_ARG(wanted), STR_ARG(has));
  }
  if (!signature || !signature->gives) return &FORM_ANY;
  Form *made = NEW(flow->arena, Form);
  *made = (Form){.kinds = signature->gives, .open = true};
  return made;
}

static const Form *term_form(Flow *flow, const Sight *sight, const Json *value, const AslTerm *term) {
  Str text = str_slice(json_str(value), term->start, term->end);
  const Form *root = sight->data;
  switch (term->kind) {
  case TERM_STRING: return &FORM_TEXT;
  case TERM_NUMBER: return &FORM_COUNT;
  case TERM_BOOL: return &FORM_TRUTH;
  case TERM_NULL: return form_constant(flow->arena, &JSON_THE_NULL);
  case TERM_CALL: return call_form(flow, sight, value, term);
  default: break;
  }
  if (term->path.root == PATH_CONTEXT) root = &FORM_CONTEXT;
  if (term->path.root == PATH_VARIABLE) root = flow_variable(flow, term->path.variable);
  return walk(flow, root, &term->path, asl_inner_span(flow->asl, value, term->start, term->end), text);
}

const Form *flow_path(Flow *flow, const Sight *sight, const Json *value) {
  if (!json_is(value, JSON_STRING)) return &FORM_ANY;
  TermError error;
  const AslTerm *term = asl_read_term(flow->arena, json_str(value), &error);
  if (!term || template_is_open(json_str(value))) return &FORM_ANY;
  const Form *form = term_form(flow, sight, value, term);
  // Of what stands outside of the data the members count; whether its text may stand for a number, the service decides.
  bool outside = term->kind == TERM_PATH && term->path.root != PATH_INPUT;
  return outside && form->kinds != OBJECTS ? &FORM_ANY : form;
}

const Form *flow_template(Flow *flow, const Sight *sight, const Json *value) {
  if (value->kind == JSON_ARRAY) {
    const Form **items = NEW_N(flow->arena, const Form *, value->count + 1);
    for (uint32_t i = 0; i < value->count; i++) items[i] = flow_template(flow, sight, value->items[i]);
    return form_items(flow->arena, items, value->count);
  }
  if (value->kind == JSON_STRING && template_is_open(json_str(value))) return &FORM_ANY;
  if (value->kind != JSON_OBJECT) return form_constant(flow->arena, value);
  FormMember *members = NEW_N(flow->arena, FormMember, value->count + 1);
  bool open = false;
  for (uint32_t i = 0; i < value->count; i++) {
    const JsonMember *member = &value->members[i];
    bool dynamic = str_ends(member->key, S(".$"));
    members[i].name = dynamic ? str_slice(member->key, 0, member->key.len - 2) : member->key;
    members[i].form = dynamic ? flow_path(flow, sight, member->value) : flow_template(flow, sight, member->value);
    open |= template_is_open(member->key);
  }
  return form_object(flow->arena, members, value->count, open);
}

// --- Choice rules

static bool asks_presence(const Json *rule, Str variable) {
  if (json_is(rule, JSON_ARRAY)) {
    for (uint32_t i = 0; i < rule->count; i++) {
      if (asks_presence(rule->items[i], variable)) return true;
    }
    return false;
  }
  if (!json_is(rule, JSON_OBJECT)) return false;
  const Json *own = json_get(rule, S("Variable"));
  if (json_get(rule, S("IsPresent")) && json_is(own, JSON_STRING)) {
    // Asking for a parent guards what is below it as well.
    if (str_starts(variable, json_str(own))) return true;
  }
  for (uint32_t i = 0; i < rule->count; i++) {
    if (rule->members[i].value->kind >= JSON_ARRAY && asks_presence(rule->members[i].value, variable)) return true;
  }
  return false;
}

static unsigned compared_kinds(Str operator) {
  if (str_starts(operator, S("String")) || str_starts(operator, S("Timestamp"))) return TEXTS;
  if (str_starts(operator, S("Numeric"))) return NUMBERS;
  return str_starts(operator, S("Boolean")) ? FORM_BOOL : 0;
}

static void check_rule(Flow *flow, const Sight *sight, const Json *all, const Json *rule) {
  if (json_is(rule, JSON_ARRAY)) {
    for (uint32_t i = 0; i < rule->count; i++) check_rule(flow, sight, all, rule->items[i]);
    return;
  }
  if (!json_is(rule, JSON_OBJECT)) return;
  const Json *variable = json_get(rule, S("Variable"));
  bool guarded = !json_is(variable, JSON_STRING) || asks_presence(all, json_str(variable));
  const Form *form = guarded ? &FORM_ANY : flow_path(flow, sight, variable);
  for (uint32_t i = 0; i < rule->count; i++) {
    const JsonMember *member = &rule->members[i];
    unsigned kinds = compared_kinds(member->key);
    if (member->value->kind >= JSON_ARRAY) check_rule(flow, sight, all, member->value);
    if (!kinds || form->kinds & kinds || !flow->report) continue;
    Str wanted = form_kinds_text(flow->arena, kinds), has = form_kinds_text(flow->arena, form->kinds);
    asl_report(flow->asl, "V1093", asl_key_span(flow->asl, member), NULL,
               "`%.*s` is %.*s here, never %.*s: the comparison is never true", STR_ARG(json_str(variable)),
               STR_ARG(has), STR_ARG(wanted));
  }
}

void flow_choices(Flow *flow, const Sight *sight) {
  const Json *rules = json_get(sight->state->json, S("Choices"));
  if (rules) check_rule(flow, sight, rules, rules);
}

static const Form *with_path(Flow *flow, const Form *form, const AslPath *path, size_t from) {
  const PathStep *step = &path->steps.at[from];
  if (step->kind != STEP_NAME || !(form->kinds & OBJECTS)) return form;
  bool maybe;
  const Form *inner = form_member(flow->arena, form, step->name, &maybe);
  if (from + 1 == path->steps.len) {
    if (inner && !maybe) return form;
    return form_with(flow->arena, form, step->name, inner ? inner : &FORM_ANY);
  }
  return form_with(flow->arena, form, step->name, inner ? with_path(flow, inner, path, from + 1) : &FORM_ANY);
}

const Form *flow_choice_input(Flow *flow, const Json *rule, const Form *data) {
  const Json *all = json_get(rule, S("And"));
  for (uint32_t i = 0; json_is(all, JSON_ARRAY) && i < all->count; i++)
    data = flow_choice_input(flow, all->items[i], data);
  const Json *variable = json_get(rule, S("Variable")), *present = json_get(rule, S("IsPresent"));
  if (!json_is(variable, JSON_STRING) || json_is(present, JSON_FALSE) || data == &FORM_ANY) return data;
  TermError error;
  const AslTerm *term = asl_read_term(flow->arena, json_str(variable), &error);
  if (!term || term->kind != TERM_PATH || term->path.root != PATH_INPUT || !term->path.steps.len) return data;
  return with_path(flow, data, &term->path, 0);
}
