// JSONata expressions over forms: what their paths read, and, where all they read is known, what they give.
#include "validate/asl_expression.h"
#include "validate/asl_flow.h"

enum { STEPS_MOST = 100000, DEPTH_MOST = 200, MEMORY_MOST = 8 << 20 };

typedef struct Look {
  Flow *flow;
  const Sight *sight;
  const Json *string; // that holds the expression
  Str source;         // the expression
  const JsonataUse *uses;
  size_t count;
  bool exact; // it is one path and nothing else
} Look;

// The form that a variable's use starts from and how many of its names are taken by that; NULL: nothing is known.
static const Form *root_of(const Look *look, const JsonataUse *use, uint32_t *taken) {
  *taken = 0;
  if (!str_eq(use->name, S("states"))) return flow_variable(look->flow, use->name);
  if (!use->path_count) return &FORM_ANY;
  *taken = 1;
  if (str_eq(use->path[0], S("input"))) return look->sight->data;
  if (str_eq(use->path[0], S("context"))) return &FORM_CONTEXT;
  if (str_eq(use->path[0], S("result")) && look->sight->result) return look->sight->result;
  if (str_eq(use->path[0], S("errorOutput")) && look->sight->error) return look->sight->error;
  return &FORM_ANY;
}

static Str path_text(Arena *arena, const JsonataUse *use) {
  Buf out = {.arena = arena};
  buf_fmt(&out, "$%.*s", STR_ARG(use->name));
  for (uint32_t i = 0; i < use->path_count; i++) buf_fmt(&out, ".%.*s", STR_ARG(use->path[i]));
  return buf_text(&out);
}

// The form of what a use's names lead to. JSONata maps paths over arrays: what lies behind one is not followed.
static const Form *use_form(const Look *look, const JsonataUse *use) {
  uint32_t i;
  const Form *form = root_of(look, use, &i);
  Arena *arena = look->flow->arena;
  for (; i < use->path_count; i++) {
    if (form == &FORM_ANY || form->kinds & 1 << JSON_ARRAY) return &FORM_ANY;
    bool maybe;
    const Form *next = form_member(arena, form, use->path[i], &maybe);
    if (!next) {
      Span span = asl_inner_span(look->flow->asl, look->string, 2 + use->start, 2 + use->end);
      bool asked = asl_asks_for(look->source, look->uses, look->count, use);
      if (!asked) flow_missing(look->flow, span, form, use->path[i], path_text(arena, use), look->exact);
      return NULL;
    }
    form = next;
  }
  return form;
}

static bool is_volatile(Str name) {
  static const Str names[] = {STR_INIT("now"), STR_INIT("millis"), STR_INIT("random"), STR_INIT("uuid"),
                              STR_INIT("shuffle")};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (str_eq(name, names[i])) return true;
  }
  return false;
}

// The $states that a run needs; false when something that the expression reads is not known. Variables never are: they
// may be unset on some way.
static bool gather(const Look *look, JsonBuild *states, bool *settled) {
  *settled = true;
  for (size_t i = 0; i < look->count; i++) {
    const JsonataUse *use = &look->uses[i];
    uint32_t taken;
    *settled &= !is_volatile(use->name);
    if (use->built_in && use->kind == JSONATA_VARIABLE) return false; // a variable may hide the function of its name
    if (use->bound || use->built_in || use->name.len == 0) continue;
    const Form *root = use->kind == JSONATA_CALL ? &FORM_ANY : root_of(look, use, &taken);
    if (!root->constant || !taken) return false;
    bool there = false;
    for (size_t k = 0; k < states->members.len; k++) there |= str_eq(states->members.at[k].key, use->path[0]);
    if (!there) json_put(states, use->path[0], root->constant);
  }
  return true;
}

static const Form *run_form(const Look *look, const Jsonata *expression) {
  Flow *flow = look->flow;
  JsonBuild states = {.arena = flow->arena};
  bool settled;
  if (!gather(look, &states, &settled)) return &FORM_ANY;
  JsonataBinding binding = {S("states"), json_made_object(&states)};
  uint64_t random = 1;
  JsonataRun run = {
      .arena = flow->arena, .bindings = &binding, .binding_count = 1, .now_ms = 1.7e12, .random = &random};
  run.limits = (JsonataLimits){.steps = STEPS_MOST, .depth = DEPTH_MOST, .memory = MEMORY_MOST};
  const Json *result;
  JsonataError error = {0};
  Span span = asl_span(flow->asl, look->string);
  if (!jsonata_run(expression, &run, &result, &error)) {
    bool bounded = str_starts(str_of(error.code), S("D1012")) || str_starts(str_of(error.code), S("U10")) ||
                   str_starts(str_of(error.code), S("D2015"));
    if (flow->report && !bounded)
      asl_report(flow->asl, "V1092", span, NULL, "this fails in every execution: %.*s (%s)", STR_ARG(error.message),
                 error.code);
    return &FORM_ANY;
  }
  if (!result) {
    if (flow->report)
      asl_report(flow->asl, "V1090", span, NULL, "this yields nothing in every execution, and that fails the state");
    return &FORM_ANY;
  }
  if (result->kind > JSON_OBJECT) return &FORM_ANY;
  if (settled) return form_constant(flow->arena, result);
  Form *made = NEW(flow->arena, Form);
  *made = (Form){.kinds = json_is_bool(result) ? FORM_BOOL : 1u << result->kind, .open = true};
  return made;
}

static const Form *expression_form(Flow *flow, const Sight *sight, const Json *string) {
  Str text = json_str(string), source = str_slice(text, 2, text.len - 2);
  JsonataError error = {0};
  const Jsonata *expression = jsonata_compile(flow->arena, source, JSONATA_STEP_FUNCTIONS, &error);
  if (!expression || template_is_open(text)) return &FORM_ANY;
  size_t count = 0;
  const JsonataUse *uses = jsonata_uses(expression, flow->arena, &count);
  Look look = {flow, sight, string, source, uses, count, false};
  if (count == 1 && uses[0].kind == JSONATA_VARIABLE && !uses[0].bound && !uses[0].built_in)
    look.exact = str_eq(str_trim(source), path_text(flow->arena, &uses[0]));
  const Form *form = &FORM_ANY;
  bool missing = false;
  for (size_t i = 0; i < count; i++) {
    if (uses[i].kind != JSONATA_VARIABLE || uses[i].bound || uses[i].built_in) continue;
    form = use_form(&look, &uses[i]);
    missing |= !form;
  }
  if (missing) return &FORM_ANY;
  return look.exact ? form : run_form(&look, expression);
}

const Form *flow_jsonata(Flow *flow, const Sight *sight, const Json *value) {
  if (value->kind == JSON_STRING) {
    Str text = json_str(value);
    if (str_starts(text, S("{%")) && str_ends(text, S("%}")) && text.len >= 4)
      return expression_form(flow, sight, value);
    return template_is_open(text) ? &FORM_ANY : form_constant(flow->arena, value);
  }
  if (value->kind == JSON_ARRAY) {
    const Form **items = NEW_N(flow->arena, const Form *, value->count + 1);
    for (uint32_t i = 0; i < value->count; i++) items[i] = flow_jsonata(flow, sight, value->items[i]);
    return form_items(flow->arena, items, value->count);
  }
  if (value->kind != JSON_OBJECT) return form_constant(flow->arena, value);
  FormMember *members = NEW_N(flow->arena, FormMember, value->count + 1);
  for (uint32_t i = 0; i < value->count; i++)
    members[i] = (FormMember){value->members[i].key, flow_jsonata(flow, sight, value->members[i].value), false};
  return form_object(flow->arena, members, value->count, false);
}
