// Values of deploy time as HCL expressions.
#include "emit/internal.h"
#include "model/functions.h"
#include <assert.h>

typedef HclExpr *Render(Emitter *e, const Value *value);

HclExpr *hcl_value_or_null(Emitter *e, const Value *value) {
  HclExpr *expr = hcl_value(e, value);
  return expr ? expr : hcl_null(e->arena);
}

static HclExpr *part(Emitter *e, const Value *value, size_t i) {
  return hcl_value_or_null(e, value->items[i]);
}

static HclExpr *call(Emitter *e, const char *name, HclExpr *only) {
  return hcl_call(e->arena, str_of(name), 1, &only);
}

// A value that may be missing is null in Terraform; what looks into it must not fail there.
static HclExpr *guarded(Emitter *e, const Value *inside, HclExpr *expr) {
  return inside->maybe ? hcl_call(e->arena, S("try"), HCL_ITEMS(expr, hcl_null(e->arena))) : expr;
}

// ---------------------------------------------------------------- constants and structures

static HclExpr *render_bool(Emitter *e, const Value *value) {
  return hcl_bool(e->arena, value->truth);
}

static HclExpr *render_number(Emitter *e, const Value *value) {
  return hcl_number_text(e->arena, value_plain(e->arena, value));
}

static HclExpr *render_string(Emitter *e, const Value *value) {
  return hcl_string(e->arena, value->text);
}

static HclExpr *render_list(Emitter *e, const Value *value) {
  HclExpr *list = hcl_list(e->arena, 0, NULL);
  for (size_t i = 0; i < value->count; i++) hcl_list_add(e->arena, list, part(e, value, i));
  return list;
}

// {for k, v in OBJECT : k => v if v != null}: a member that turns out to be missing is left out.
static HclExpr *without_missing(Emitter *e, HclExpr *object) {
  HclExpr *key = hcl_reference(e->arena, S("k")), *member = hcl_reference(e->arena, S("v"));
  return hcl_for(e->arena, (HclLoop){.key = S("k"),
                                     .item = S("v"),
                                     .in = object,
                                     .result_key = key,
                                     .result = member,
                                     .condition = hcl_binary(e->arena, HCL_UNEQUAL, member, hcl_null(e->arena)),
                                     .object = true});
}

static HclExpr *render_object(Emitter *e, const Value *value) {
  HclExpr *object = hcl_object(e->arena);
  bool maybe = false;
  for (size_t i = 0; i < value->count; i++) {
    const Value *member = value->members[i].value;
    maybe |= member->maybe && member->kind != VALUE_MISSING;
    hcl_put(e->arena, object, value->members[i].name, hcl_value(e, member));
  }
  return maybe ? without_missing(e, object) : object;
}

static HclExpr *render_template(Emitter *e, const Value *value) {
  HclExpr **parts = NEW_N(e->arena, HclExpr *, value->count);
  for (size_t i = 0; i < value->count; i++) parts[i] = part(e, value, i);
  if (value->count == 1 && value->items[0]->kind != VALUE_STRING) return call(e, "tostring", parts[0]);
  return hcl_template(e->arena, value->count, parts);
}

// ---------------------------------------------------------------- operations

static const HclOperator operators[] = {[OP_ADD] = HCL_ADD,           [OP_SUBTRACT] = HCL_SUBTRACT,
                                        [OP_MULTIPLY] = HCL_MULTIPLY, [OP_DIVIDE] = HCL_DIVIDE,
                                        [OP_EQUAL] = HCL_EQUAL,       [OP_UNEQUAL] = HCL_UNEQUAL,
                                        [OP_LESS] = HCL_LESS,         [OP_LESS_EQUAL] = HCL_LESS_EQUAL,
                                        [OP_GREATER] = HCL_GREATER,   [OP_GREATER_EQUAL] = HCL_GREATER_EQUAL};

static HclExpr *is_there(Emitter *e, HclExpr *expr) {
  return hcl_binary(e->arena, HCL_UNEQUAL, expr, hcl_null(e->arena));
}

// `==` with missing is false and `!=` is true, also between two that are missing, where Terraform says null == null.
static HclExpr *comparison(Emitter *e, const Value *value, HclExpr *a, HclExpr *b) {
  HclExpr *compared = hcl_binary(e->arena, operators[value->binary], a, b);
  if (!value->items[0]->maybe) return compared;
  if (value->binary == OP_EQUAL && !value->items[1]->maybe) return compared;
  if (value->binary == OP_UNEQUAL && !value->items[1]->maybe) return compared;
  return hcl_conditional(e->arena, is_there(e, a), compared, hcl_bool(e->arena, value->binary == OP_UNEQUAL));
}

static HclExpr *render_binary(Emitter *e, const Value *value) {
  HclExpr *a = part(e, value, 0), *b = part(e, value, 1);
  switch (value->binary) {
  case OP_DEFAULT: return hcl_conditional(e->arena, is_there(e, a), a, b);
  // The right side counts only where the left one lets it; Terraform's && and || look at both.
  case OP_AND: return hcl_conditional(e->arena, a, b, hcl_bool(e->arena, false));
  case OP_OR: return hcl_conditional(e->arena, a, hcl_bool(e->arena, true), b);
  case OP_ADD:
    if (value->type->tag == T_STRING) return hcl_template(e->arena, HCL_ITEMS(a, b));
    return hcl_binary(e->arena, HCL_ADD, a, b);
  default: return comparison(e, value, a, b);
  }
}

static HclExpr *render_operation(Emitter *e, const Value *value) {
  switch ((ValueOp)value->op) {
  case VALUE_NOT: return hcl_unary(e->arena, HCL_NOT, part(e, value, 0));
  case VALUE_NEGATE: return hcl_unary(e->arena, HCL_NEGATE, part(e, value, 0));
  case VALUE_TEST: return is_there(e, part(e, value, 0));
  case VALUE_ASSERT: return part(e, value, 0);
  default: return render_binary(e, value);
  }
}

static HclExpr *render_choice(Emitter *e, const Value *value) {
  return hcl_conditional(e->arena, part(e, value, 0), part(e, value, 1), part(e, value, 2));
}

// ---------------------------------------------------------------- functions

// Reads a function's spelling, as in model/functions.c: NAME(ARGUMENT, …) where an argument is such a call again, $1,
// $* (all of them) or a string.
typedef struct Spelling {
  const char *at;
  const Value *value;
} Spelling;

static HclExpr *spell(Emitter *e, Spelling *s);

static HclExpr *spell_call(Emitter *e, Spelling *s) {
  const char *name = s->at;
  VEC(HclExpr *) arguments = {0};
  while (*s->at != '(') s->at++;
  Str function = {name, (size_t)(s->at - name)};
  for (s->at++; *s->at != ')';) {
    if (s->at[0] == '$' && s->at[1] == '*') {
      for (size_t i = 0; i < s->value->count; i++) VEC_PUSH(e->arena, &arguments, part(e, s->value, i));
      s->at += 2;
    } else {
      VEC_PUSH(e->arena, &arguments, spell(e, s));
    }
    while (*s->at == ',' || *s->at == ' ') s->at++;
  }
  s->at++;
  return hcl_call(e->arena, function, arguments.len, arguments.at);
}

static HclExpr *spell(Emitter *e, Spelling *s) {
  if (*s->at == '$') {
    size_t number = (size_t)(s->at[1] - '1');
    s->at += 2;
    return number < s->value->count ? part(e, s->value, number) : hcl_null(e->arena);
  }
  if (*s->at != '"') return spell_call(e, s);
  const char *text = ++s->at;
  while (*s->at != '"') s->at++;
  return hcl_string(e->arena, (Str){text, (size_t)(s->at++ - text)});
}

static HclExpr *encoded(Emitter *e, HclExpr *expr) {
  return call(e, "jsonencode", expr);
}

HclExpr *hcl_template_variable(Emitter *e, const Value *value, bool literal) {
  HclExpr *quote = hcl_string(e->arena, S("\"")), *text = encoded(e, hcl_value_or_null(e, value));
  if (literal) text = encoded(e, text);
  HclExpr *begun = hcl_call(e->arena, S("trimprefix"), HCL_ITEMS(text, quote));
  return hcl_call(e->arena, S("trimsuffix"), HCL_ITEMS(begun, quote));
}

Str definition_path(Arena *arena, const Flow *flow) {
  return str_fmt(arena, "statemachines/%.*s.asl.json", STR_ARG(flow->name));
}

// definition("FLOW"): the file of its definition, with its places filled in.
static HclExpr *render_definition(Emitter *e, const Value *value) {
  const Flow *flow = NULL;
  for (size_t i = 0; i < e->model->flows.len; i++) {
    if (str_eq(e->model->flows.at[i]->name, value->items[0]->text)) flow = e->model->flows.at[i];
  }
  assert(flow); // the checker writes the name
  Str below = str_fmt(e->arena, "/%.*s", STR_ARG(definition_path(e->arena, flow)));
  HclExpr *path =
      hcl_template(e->arena, HCL_ITEMS(hcl_reference(e->arena, S("path.module")), hcl_string(e->arena, below)));
  if (!flow->variables.len) return call(e, "file", path);
  HclExpr *variables = hcl_object(e->arena);
  for (size_t i = 0; i < flow->variables.len; i++) {
    const TemplateVariable *variable = &flow->variables.at[i];
    hcl_put(e->arena, variables, variable->name, hcl_template_variable(e, variable->value, variable->literal));
  }
  return hcl_call(e->arena, S("templatefile"), HCL_ITEMS(path, variables));
}

static HclExpr *render_call(Emitter *e, const Value *value) {
  if (str_eq(value->text, S("definition"))) return render_definition(e, value);
  if (str_eq(value->text, S("contents"))) return hcl_contents(e, value->items[0]->text, value->span);
  const Function *function = function_named(value->text);
  assert(function && function->hcl); // the checker lets no other come so far
  return spell(e, &(Spelling){function->hcl, value});
}

// ---------------------------------------------------------------- looking into values

static HclExpr *render_member(Emitter *e, const Value *value) {
  return guarded(e, value->items[0], hcl_get(e->arena, part(e, value, 0), value->text));
}

static HclExpr *render_index(Emitter *e, const Value *value) {
  return guarded(e, value->items[0], hcl_index(e->arena, part(e, value, 0), part(e, value, 1)));
}

static HclExpr *render_slice(Emitter *e, const Value *value) {
  HclExpr *of = part(e, value, 0), *from = hcl_value(e, value->items[1]), *to = hcl_value(e, value->items[2]);
  if (!from) from = hcl_number(e->arena, 0);
  if (!to) to = call(e, "length", of);
  if (value->items[0]->type->tag != T_STRING) return hcl_call(e->arena, S("slice"), HCL_ITEMS(of, from, to));
  return hcl_call(e->arena, S("substr"), HCL_ITEMS(of, from, hcl_binary(e->arena, HCL_SUBTRACT, to, from)));
}

static HclExpr *render_each(Emitter *e, const Value *value) {
  HclExpr *in = part(e, value, 0);
  HclLocal local = {value->text, hcl_reference(e->arena, value->text), e->locals};
  e->locals = &local;
  HclLoop loop = {.item = value->text, .in = in, .result = part(e, value, 1)};
  if (value->count > 2) loop.condition = hcl_value(e, value->items[2]);
  e->locals = local.outer;
  return hcl_for(e->arena, loop);
}

static HclExpr *render_local(Emitter *e, const Value *value) {
  for (const HclLocal *local = e->locals; local; local = local->outer) {
    if (str_eq(local->name, value->text)) return local->as;
  }
  return hcl_reference(e->arena, value->text);
}

static bool is_traversal(Str text) {
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    bool word = ascii_is_word(c) || c == '.';
    if (!word) return false;
  }
  return true;
}

static HclExpr *render_terraform(Emitter *e, const Value *value) {
  if (is_traversal(value->text)) return hcl_reference(e->arena, value->text);
  e->expressions.arena = e->arena;
  uint32_t file = source_add(&e->expressions, S("a Terraform expression"), value->text);
  Diags faults = {.arena = e->arena};
  HclExpr *expr = hcl_read_expr(e->arena, &faults, &e->expressions, file);
  if (!diags_failed(&faults)) return expr;
  diag(e->diags, DIAG_ERROR, "E0753", value->span, "this is no expression of Terraform: %.*s",
       STR_ARG(faults.list.at[0]->message));
  return hcl_null(e->arena);
}

static Render *const renderers[] = {
    [VALUE_BOOL] = render_bool,           [VALUE_NUMBER] = render_number,
    [VALUE_STRING] = render_string,       [VALUE_LIST] = render_list,
    [VALUE_OBJECT] = render_object,       [VALUE_TEMPLATE] = render_template,
    [VALUE_OPERATION] = render_operation, [VALUE_CHOICE] = render_choice,
    [VALUE_CALL] = render_call,           [VALUE_MEMBER] = render_member,
    [VALUE_INDEX] = render_index,         [VALUE_SLICE] = render_slice,
    [VALUE_EACH] = render_each,           [VALUE_LOCAL] = render_local,
    [VALUE_TERRAFORM] = render_terraform, [VALUE_DECLARED] = NULL,
};

HclExpr *hcl_value(Emitter *e, const Value *value) {
  if (!value || value->kind == VALUE_MISSING) return NULL;
  Render *render = renderers[value->kind];
  if (render) return render(e, value);
  if (value->kind == VALUE_DECLARED) {
    Diag *fault = diag(e->diags, DIAG_ERROR, "E0754", value->span, "a declaration is no value here");
    diag_help(e->diags, fault, "name one of its members, such as its `arn` or `name`");
  } else {
    diag(e->diags, DIAG_ERROR, "E0401", value->span, "this is known %s, and is needed at deploy time",
         time_name(value->time));
  }
  return NULL;
}
