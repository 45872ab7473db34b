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

// What a run of an expression starts from.
typedef struct Start {
  JsonataBinding *bindings;
  size_t count;
  bool known;   // all that it reads is constant
  bool settled; // … and nothing in it depends on time or chance: the result is what every execution gives
  bool certain; // all that it reads is there in every execution
} Start;

// A value of the form, for an expression that asks for its kind alone; NULL: of several kinds. No array: paths take
// those of one item for the item.
static const Json *witness(Arena *arena, const Form *form) {
  if (form->constant) return form->constant;
  switch (form->kinds) {
  case 1 << JSON_STRING: return json_string(arena, S("1"));
  case 1 << JSON_NUMBER: return json_number(arena, 1);
  case 1 << JSON_OBJECT: return json_object(arena, NULL, 0);
  default: return form->kinds == FORM_BOOL ? &JSON_THE_TRUE : NULL;
  }
}

// `object` with `value` where the names lead.
static const Json *with_value(Arena *arena, const Json *object, const Str *names, uint32_t count, const Json *value) {
  if (!count) return value;
  JsonBuild made = {.arena = arena};
  for (uint32_t i = 0; json_is(object, JSON_OBJECT) && i < object->count; i++) {
    if (!str_eq(object->members[i].key, names[0])) json_put(&made, object->members[i].key, object->members[i].value);
  }
  json_put(&made, names[0], with_value(arena, json_get(object, names[0]), names + 1, count - 1, value));
  return json_made_object(&made);
}

static JsonataBinding *binding_of(Start *start, Str name) {
  for (size_t i = 0; i < start->count; i++) {
    if (str_eq(start->bindings[i].name, name)) return &start->bindings[i];
  }
  start->bindings[start->count] = (JsonataBinding){.name = name};
  return &start->bindings[start->count++];
}

// Whether the form of a use is known well enough for a run; then it is bound in `start`.
static bool bind(const Look *look, Start *start, const JsonataUse *use) {
  Arena *arena = look->flow->arena;
  uint32_t taken, i;
  const Form *root = root_of(look, use, &taken), *form = root;
  if (root->constant && taken) {
    binding_of(start, use->name)->value =
        with_value(arena, binding_of(start, use->name)->value, use->path, taken, root->constant);
    return true;
  }
  for (i = taken; i < use->path_count; i++) {
    if (form == &FORM_ANY || form->kinds & 1 << JSON_ARRAY) return false;
    bool maybe = false;
    form = form_member(arena, form, use->path[i], &maybe);
    if (!form) return false;
    if (maybe) start->certain = false;
  }
  const Json *value = witness(arena, form);
  if (!value || (!taken && !use->path_count && str_eq(use->name, S("states")))) return false;
  start->known = start->settled = false;
  JsonataBinding *bound = binding_of(start, use->name);
  bound->value = with_value(arena, bound->value, use->path, use->path_count, value);
  return true;
}

// What a run needs; false when something that the expression reads is not known.
static bool gather(const Look *look, Start *start) {
  *start = (Start){NEW_N(look->flow->arena, JsonataBinding, look->count + 1), 0, true, true, true};
  for (size_t i = 0; i < look->count; i++) {
    const JsonataUse *use = &look->uses[i];
    if (is_volatile(use->name)) start->settled = false;
    if (use->built_in && use->kind == JSONATA_VARIABLE) return false; // a variable may hide the function of its name
    if (use->bound || use->built_in || use->name.len == 0) continue;
    if (use->kind == JSONATA_CALL || !bind(look, start, use)) return false;
  }
  return true;
}

// Whether every run of the expression takes the same way through it.
static bool is_straight(Str source) {
  static const Str forks[] = {STR_INIT("?"),     STR_INIT("["),    STR_INIT("function"), STR_INIT("\u03bb"),
                              STR_INIT(" and "), STR_INIT(" or "), STR_INIT("~>"),       STR_INIT(".*"),
                              STR_INIT("**"),    STR_INIT("^(")};
  for (size_t i = 0; i < sizeof forks / sizeof *forks; i++) {
    if (str_has(source, forks[i])) return false;
  }
  return true;
}

// Whether an error is about the kinds of values, whatever they are.
static bool is_about_kinds(Str code) {
  static const Str codes[] = {STR_INIT("T0410"), STR_INIT("T0411"), STR_INIT("T0412"), STR_INIT("T2001"),
                              STR_INIT("T2002"), STR_INIT("T2009"), STR_INIT("T2010")};
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
    if (str_eq(code, codes[i])) return true;
  }
  return false;
}

static void report_failure(const Look *look, const Start *start, const JsonataError *error, bool straight) {
  Asl *asl = look->flow->asl;
  Str code = str_of(error->code);
  bool bounded = str_eq(code, S("D1012")) || str_starts(code, S("U10")) || str_eq(code, S("D2015"));
  if (!look->flow->report || bounded || !(start->known || is_about_kinds(code))) return;
  Span span =
      error->end ? asl_inner_span(asl, look->string, 2 + error->start, 2 + error->end) : asl_span(asl, look->string);
  if (start->known || (start->certain && straight))
    asl_report(asl, "V1092", span, NULL, "this fails in every execution: %.*s (%s)", STR_ARG(error->message),
               error->code);
  else
    asl_report(asl, "V1096", span, NULL, "this fails when it is reached: %.*s (%s)", STR_ARG(error->message),
               error->code);
}

static const Form *run_form(const Look *look, const Jsonata *expression) {
  Flow *flow = look->flow;
  Start start;
  if (!gather(look, &start)) return &FORM_ANY;
  uint64_t random = 1;
  JsonataRun run = {.arena = flow->arena,
                    .bindings = start.bindings,
                    .binding_count = start.count,
                    .now_ms = 1.7e12,
                    .random = &random};
  run.limits = (JsonataLimits){.steps = STEPS_MOST, .depth = DEPTH_MOST, .memory = MEMORY_MOST};
  const Json *result;
  JsonataError error = {0};
  bool straight = is_straight(look->source);
  if (!jsonata_run(expression, &run, &result, &error)) {
    report_failure(look, &start, &error, straight);
    return &FORM_ANY;
  }
  if (!result) {
    if (flow->report && start.known)
      asl_report(flow->asl, "V1090", asl_span(flow->asl, look->string), NULL,
                 "this yields nothing in every execution, and that fails the state");
    return &FORM_ANY;
  }
  if (result->kind > JSON_OBJECT) return &FORM_ANY;
  if (start.settled) return form_constant(flow->arena, result);
  if (!start.known && (!straight || !start.certain || result->kind == JSON_ARRAY)) return &FORM_ANY;
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
