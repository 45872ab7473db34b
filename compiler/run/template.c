#include "run/template.h"
#include "jsonata/jsonata.h"
#include "run/intrinsics.h"
#include "run/value.h"

typedef enum {
  TEMPLATE_CONSTANT,
  TEMPLATE_PATH,
  TEMPLATE_CALL,
  TEMPLATE_JSONATA,
  TEMPLATE_OBJECT,
  TEMPLATE_ARRAY
} Kind;

enum { BINDINGS_MOST = 64 };

struct Template {
  Kind kind;
  Str field; // the member's name as written (JSONPath), the way to it (JSONata)
  const Json *constant;
  Path path;
  const Intrinsic *call;
  const Jsonata *code;
  Str text; // of a JSONata expression, trimmed
  const Str *variables;
  uint32_t variable_count;
  bool needs_states, needs_context;
  uint32_t count;
  const Str *keys;
  const Template **children;
};

typedef struct Compiler {
  Arena *arena;
  bool jsonata;
  TemplateFault *fault;
} Compiler;

static const Template *fail(Compiler *c, const Json *at, Str why) {
  *c->fault = (TemplateFault){at, why};
  return NULL;
}

static bool is_expression(const Json *value) {
  return json_is(value, JSON_STRING) && value->count >= 4 && str_starts(json_str(value), S("{%")) &&
         str_ends(json_str(value), S("%}"));
}

// Notes what an expression reads: which variables, and whether the context object must be made for it.
static void note_uses(Compiler *c, Template *t) {
  size_t count;
  const JsonataUse *uses = jsonata_uses(t->code, c->arena, &count);
  VEC(Str) names = {0};
  for (size_t i = 0; i < count; i++) {
    const JsonataUse *use = &uses[i];
    if (use->kind != JSONATA_VARIABLE || use->bound || use->name.len == 0 || str_eq(use->name, S("$"))) continue;
    if (str_eq(use->name, S("states"))) {
      t->needs_states = true;
      t->needs_context |= use->path_count == 0 || str_eq(use->path[0], S("context"));
      continue;
    }
    size_t k = 0;
    while (k < names.len && !str_eq(names.at[k], use->name)) k++;
    if (k == names.len && k < BINDINGS_MOST) VEC_PUSH(c->arena, &names, use->name);
  }
  t->variables = names.at;
  t->variable_count = (uint32_t)names.len;
}

static const Template *compile_expression(Compiler *c, const Json *value, Template *t) {
  t->kind = TEMPLATE_JSONATA;
  t->text = str_trim(str_slice(json_str(value), 2, value->count - 2));
  JsonataError error;
  t->code = jsonata_compile(c->arena, t->text, JSONATA_STEP_FUNCTIONS, &error);
  if (!t->code) { return fail(c, value, str_fmt(c->arena, "%s: %.*s", error.code, STR_ARG(error.message))); }
  note_uses(c, t);
  return t;
}

static const Template *compile(Compiler *c, const Json *value, Str field);

static const Template *compile_dollar(Compiler *c, const Json *value, Str field) {
  Template *t = NEW(c->arena, Template);
  t->field = field;
  Str why;
  if (value->kind != JSON_STRING) return fail(c, value, S("a field that ends in .$ holds a path or an intrinsic call"));
  if (intrinsic_is_call(json_str(value))) {
    t->kind = TEMPLATE_CALL;
    t->call = intrinsic_compile(c->arena, json_str(value), &why);
    return t->call ? t : fail(c, value, why);
  }
  t->kind = TEMPLATE_PATH;
  return path_compile(c->arena, json_str(value), &t->path, &why) ? t : fail(c, value, why);
}

static const Template *compile_object(Compiler *c, const Json *value, Template *t) {
  t->kind = TEMPLATE_OBJECT;
  t->count = value->count;
  Str *keys = NEW_N(c->arena, Str, value->count);
  t->children = NEW_N(c->arena, const Template *, value->count);
  bool computed = false;
  for (uint32_t i = 0; i < value->count; i++) {
    Str key = value->members[i].key;
    bool dollar = !c->jsonata && str_ends(key, S(".$"));
    keys[i] = dollar ? str_slice(key, 0, key.len - 2) : key;
    Str field = c->jsonata ? str_fmt(c->arena, "%.*s/%.*s", STR_ARG(t->field), STR_ARG(key)) : key;
    const Json *member = value->members[i].value;
    const Template *child = dollar ? compile_dollar(c, member, field) : compile(c, member, field);
    if (!child) return NULL;
    t->children[i] = child;
    computed |= dollar || child->kind != TEMPLATE_CONSTANT;
  }
  t->keys = keys;
  if (!computed) t->kind = TEMPLATE_CONSTANT;
  return t;
}

static const Template *compile_array(Compiler *c, const Json *value, Template *t) {
  t->kind = TEMPLATE_ARRAY;
  t->count = value->count;
  t->children = NEW_N(c->arena, const Template *, value->count);
  bool computed = false;
  for (uint32_t i = 0; i < value->count; i++) {
    Str field = c->jsonata ? str_fmt(c->arena, "%.*s[%u]", STR_ARG(t->field), i) : t->field;
    if (!(t->children[i] = compile(c, value->items[i], field))) return NULL;
    computed |= t->children[i]->kind != TEMPLATE_CONSTANT;
  }
  if (!computed) t->kind = TEMPLATE_CONSTANT;
  return t;
}

static const Template *compile(Compiler *c, const Json *value, Str field) {
  Template *t = NEW(c->arena, Template);
  t->field = field;
  t->constant = value;
  if (c->jsonata && is_expression(value)) return compile_expression(c, value, t);
  if (value->kind == JSON_OBJECT) return compile_object(c, value, t);
  if (value->kind == JSON_ARRAY) return compile_array(c, value, t);
  return t;
}

const Template *template_compile(Arena *arena, const Json *value, bool jsonata, Str field, TemplateFault *fault) {
  Compiler c = {.arena = arena, .jsonata = jsonata, .fault = fault};
  return compile(&c, value, field);
}

// $states with what is there.
static const Json *states_object(Evaluation *e, const Template *t) {
  JsonMember *members = arena_raw(e->arena, 4 * sizeof *members);
  size_t count = 0;
  members[count++] = (JsonMember){S("input"), e->input, JSON_NOWHERE};
  if (e->result) members[count++] = (JsonMember){S("result"), e->result, JSON_NOWHERE};
  if (e->error_output) members[count++] = (JsonMember){S("errorOutput"), e->error_output, JSON_NOWHERE};
  if (t->needs_context) members[count++] = (JsonMember){S("context"), evaluation_context(e), JSON_NOWHERE};
  return json_object(e->arena, members, count);
}

static const Json *evaluation_fault(Evaluation *e, const Template *t, Str text) {
  if (e->failure.error) return NULL;
  e->failure = (Failure){.error = json_string(e->arena, S("States.QueryEvaluationError")),
                         .cause = json_string(e->arena, text),
                         .location = t->field,
                         .evaluation = true};
  return NULL;
}

static const Json *run_expression(Evaluation *e, const Template *t) {
  JsonataBinding bindings[BINDINGS_MOST + 1];
  size_t count = 0;
  if (t->needs_states) bindings[count++] = (JsonataBinding){S("states"), states_object(e, t)};
  for (uint32_t i = 0; i < t->variable_count; i++) {
    const Json *value = scope_get(e->scope, t->variables[i]);
    if (value) bindings[count++] = (JsonataBinding){t->variables[i], value};
  }
  JsonataRun run = {
      .arena = e->arena, .bindings = bindings, .binding_count = count, .now_ms = e->now_ms, .random = e->random};
  const Json *result;
  JsonataError error;
  if (!jsonata_run(t->code, &run, &result, &error)) {
    return evaluation_fault(e, t,
                            str_fmt(e->arena,
                                    "The JSONata expression '%.*s' specified for the field '%.*s' threw an error "
                                    "during evaluation. %s: %.*s",
                                    STR_ARG(t->text), STR_ARG(t->field), error.code, STR_ARG(error.message)));
  }
  if (result) return result;
  return evaluation_fault(
      e, t,
      str_fmt(e->arena, "The JSONata expression '%.*s' specified for the field '%.*s' returned nothing (undefined).",
              STR_ARG(t->text), STR_ARG(t->field)));
}

static const Json *make_object(Evaluation *e, const Template *t) {
  JsonMember *members = arena_raw(e->arena, t->count * sizeof *members);
  for (uint32_t i = 0; i < t->count; i++) {
    const Json *value = template_make(e, t->children[i]);
    if (!value) return NULL;
    members[i] = (JsonMember){t->keys[i], value, JSON_NOWHERE};
  }
  return json_object(e->arena, members, t->count);
}

static const Json *make_array(Evaluation *e, const Template *t) {
  const Json **items = arena_raw(e->arena, t->count * sizeof *items);
  for (uint32_t i = 0; i < t->count; i++) {
    if (!(items[i] = template_make(e, t->children[i]))) return NULL;
  }
  return json_array(e->arena, items, t->count);
}

const Json *template_make(Evaluation *e, const Template *t) {
  switch (t->kind) {
  case TEMPLATE_PATH: return evaluation_field(e, &t->path, t->field);
  case TEMPLATE_CALL: return intrinsic_call(e, t->call, t->field);
  case TEMPLATE_JSONATA: return run_expression(e, t);
  case TEMPLATE_OBJECT: return make_object(e, t);
  case TEMPLATE_ARRAY: return make_array(e, t);
  default: return t->constant;
  }
}

const Json *template_make_kind(Evaluation *e, const Template *t, JsonKind kind) {
  static const char *const names[] = {"null", "boolean", "boolean", "number", "string", "array", "object"};
  const Json *value = template_make(e, t);
  if (!value || value->kind == kind || (kind == JSON_TRUE && json_is_bool(value))) return value;
  Str text = value_text(e->arena, value);
  return evaluation_fault(e, t,
                          str_fmt(e->arena,
                                  "The JSONata expression '%.*s' specified for the field '%.*s' returned an unexpected "
                                  "result type. Expected '%s', but was '%s' for value: %.*s",
                                  STR_ARG(t->text), STR_ARG(t->field), names[kind], value_type(value), STR_ARG(text)));
}
