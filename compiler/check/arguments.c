// Arguments of calls and fields of declarations: bound to parameters, gathered into objects.
#include "check/internal.h"

Arguments arguments_of(Checker *c, Scope *scope, const FieldList *fields, Span span) {
  Arguments arguments = {.span = span};
  for (size_t i = 0; i < fields->len; i++) {
    const Field *field = &fields->at[i];
    if (field->spread) {
      const Value *value = eval(c, scope, field->value);
      for (size_t k = 0; value->kind == VALUE_OBJECT && k < value->count; k++) {
        CallArgument argument = {.name = {value->members[k].name, value->span}, .value = value->members[k].value};
        VEC_PUSH(c->arena, &arguments.given, argument);
      }
      continue;
    }
    if (field->value->kind == EXPR_ERROR && !field->name.text.len) { // which one it was is not known
      arguments.lost = true;
      continue;
    }
    CallArgument argument = {.name = field->name, .expr = field->value, .scope = scope};
    if (!field->name.text.len && field->value->kind == EXPR_NAME) argument.bare = field->value->name;
    VEC_PUSH(c->arena, &arguments.given, argument);
  }
  return arguments;
}

const FieldList *fields_of(Checker *c, const Arguments *arguments) {
  FieldList *fields = NEW(c->arena, FieldList);
  *fields = (FieldList){.at = NEW_N(c->arena, Field, arguments->given.len + 1), .len = arguments->given.len};
  for (size_t i = 0; i < fields->len; i++) {
    const CallArgument *argument = &arguments->given.at[i];
    fields->at[i] = (Field){.name = argument->name, .value = (Expr *)(uintptr_t)argument->expr};
  }
  return fields;
}

void arguments_add(Checker *c, Arguments *arguments, Str name, const Value *value) {
  VEC_PUSH(c->arena, &arguments->given, (CallArgument){.name = {name, arguments->span}, .value = value});
}

const Value *argument_value(Checker *c, CallArgument *argument, const Type *wanted) {
  if (argument->value) return argument->value;
  Str what = argument->name.text.len ? str_fmt(c->arena, "`%.*s`", STR_ARG(argument->name.text)) : S("the argument");
  argument->value = eval_as(c, argument->scope, argument->expr, wanted, what);
  return argument->value;
}

// Of several values, each is a member of what the callee is sent.
static void needs_name(Checker *c, const CallArgument *argument, const Value *value) {
  Diag *d = diag(c->diags, DIAG_ERROR, "E0203", value->span, "this argument needs a name");
  const Expr *expr = argument->expr;
  Str name = expr && expr->kind == EXPR_MEMBER ? expr->name.text : S("NAME");
  Str text = expr ? source_of(c, expr->span) : S("…");
  diag_help(c->diags, d, "the callee gets one object: name what it is there, `%.*s: %.*s`", STR_ARG(name),
            STR_ARG(text));
}

const Value *arguments_object(Checker *c, Arguments *arguments) {
  if (arguments->lost) return poison(c, arguments->span);
  ValueMember *members = NEW_N(c->arena, ValueMember, arguments->given.len + 1);
  size_t count = 0;
  for (size_t i = 0; i < arguments->given.len; i++) {
    CallArgument *argument = &arguments->given.at[i];
    const Value *value = argument_value(c, argument, &TYPE_ANY);
    if (arguments->given.len == 1 && !argument->name.text.len) return value;
    if (!argument->name.text.len && argument->bare.text.len) argument->name = argument->bare;
    if (!argument->name.text.len) {
      needs_name(c, argument, value);
      continue;
    }
    if (value->kind != VALUE_MISSING || is_poison(value)) {
      members[count++] = (ValueMember){argument->name.text, value, argument->name.span};
    } else if (argument->expr && argument->expr->kind != EXPR_NULL) {
      VEC_PUSH(c->arena, &arguments->left_out, *argument);
    }
  }
  return value_object(c->arena, members, count, arguments->span);
}

static CallArgument *argument_for(Checker *c, Arguments *given, const Stmt *signature, size_t k) {
  const Parameter *param = &signature->params.at[k];
  CallArgument *found = NULL;
  size_t position = 0;
  for (size_t i = 0; i < given->given.len; i++) {
    CallArgument *argument = &given->given.at[i];
    bool match = argument->name.text.len ? str_eq(argument->name.text, param->name.text) : position++ == k;
    if (!match) continue;
    if (found) {
      Span span = !argument->name.text.len && argument->expr ? argument->expr->span : argument->name.span;
      Str key = str_fmt(c->arena, "twice %u:%u", given->span.file, given->span.start);
      if (!told_before(c, "E0203", key, span))
        first_told(c, "E0203", key,
                   diag(c->diags, DIAG_ERROR, "E0203", span, "`%.*s` is given twice", STR_ARG(param->name.text)));
    }
    found = argument;
  }
  return found;
}

// f(x) means x: x where x is a parameter of f. Only arguments without a name have a position.
static void name_bare_arguments(Arguments *given, const Stmt *signature) {
  size_t position = 0;
  for (size_t i = 0; i < given->given.len; i++) {
    CallArgument *argument = &given->given.at[i];
    bool in_place =
        position < signature->params.len && str_eq(signature->params.at[position].name.text, argument->bare.text);
    for (size_t k = 0; !in_place && !argument->name.text.len && argument->bare.text.len && k < signature->params.len;
         k++) {
      if (str_eq(signature->params.at[k].name.text, argument->bare.text)) argument->name = argument->bare;
    }
    if (!argument->name.text.len) position++;
  }
}

static bool is_collector(const Parameter *param) {
  return str_eq(param->name.text, S("body"));
}

// A parameter named `body` takes, as one object, all fields that no other parameter names.
static const Value *collect_body(Checker *c, Arguments *given, const Stmt *signature, const Type *type, Str what) {
  Arguments rest = {.span = given->span};
  size_t kept = 0;
  for (size_t i = 0; i < given->given.len; i++) {
    bool named = false;
    for (size_t k = 0; k < signature->params.len && !named; k++) {
      named = !is_collector(&signature->params.at[k]) &&
              str_eq(signature->params.at[k].name.text, given->given.at[i].name.text);
    }
    if (named)
      given->given.at[kept++] = given->given.at[i];
    else
      VEC_PUSH(c->arena, &rest.given, given->given.at[i]);
  }
  given->given.len = kept;
  bool whole = rest.given.len == 1 && !rest.given.at[0].name.text.len; // one value is the whole
  if (whole) return fit(c, argument_value(c, &rest.given.at[0], type), type, what);
  ValueMember *members = NEW_N(c->arena, ValueMember, rest.given.len + 1);
  size_t count = 0;
  for (size_t i = 0; i < rest.given.len; i++) {
    CallArgument *argument = &rest.given.at[i];
    const Value *value = argument_value(c, argument, &TYPE_ANY);
    if (is_poison(value)) return value;
    if (!argument->name.text.len) argument->name = argument->bare;
    if (!argument->name.text.len) {
      needs_name(c, argument, value);
      return poison(c, value->span);
    }
    if (value->kind != VALUE_MISSING)
      members[count++] = (ValueMember){rest.given.at[i].name.text, value, rest.given.at[i].name.span};
  }
  return fit(c, value_object(c->arena, members, count, given->span), type, what);
}

// "it takes `a`, `b`, …".
static Str parameters_text(Checker *c, const Stmt *signature) {
  enum { SHOWN_MOST = 12 };
  Buf out = {.arena = c->arena};
  for (size_t i = 0; i < signature->params.len && i < SHOWN_MOST; i++)
    buf_fmt(&out, "%s`%.*s`", i ? ", " : "it takes ", STR_ARG(signature->params.at[i].name.text));
  buf_str(&out, signature->params.len > SHOWN_MOST ? S(", …") : signature->params.len ? S("") : S("it takes nothing"));
  return buf_text(&out);
}

// Gives the first fault of an argument's name: what is missing is told with it.
static Diag *report_unknown_arguments(Checker *c, Arguments *given, const Stmt *signature, Str what) {
  size_t position = 0;
  Diag *first = NULL;
  for (size_t i = 0; i < given->given.len; i++) {
    CallArgument *argument = &given->given.at[i];
    bool known = !argument->name.text.len && position++ < signature->params.len;
    for (size_t k = 0; !known && k < signature->params.len; k++) {
      known = argument->name.text.len && str_eq(signature->params.at[k].name.text, argument->name.text);
    }
    if (known || is_lost(c, argument->name.text)) continue;
    if (!argument->name.text.len) {
      diag(c->diags, DIAG_ERROR, "E0206", argument->expr ? argument->expr->span : given->span,
           "%.*s takes %zu argument%s", STR_ARG(what), signature->params.len, signature->params.len == 1 ? "" : "s");
      continue;
    }
    Str key = str_fmt(c->arena, "%.*s %.*s", STR_ARG(what), STR_ARG(argument->name.text));
    Diag *before = told_before(c, "E0204", key, argument->name.span);
    if (before) {
      first = before;
      continue;
    }
    Nearest nearest = nearest_to(argument->name.text);
    for (size_t k = 0; k < signature->params.len; k++) nearest_offer(&nearest, signature->params.at[k].name.text);
    Str best = nearest_best(&nearest);
    Diag *d = diag(c->diags, DIAG_ERROR, "E0204", argument->name.span, "%.*s has no `%.*s`", STR_ARG(what),
                   STR_ARG(argument->name.text));
    if (best.len)
      diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
    else
      diag_help(c->diags, d, "%.*s", STR_ARG(parameters_text(c, signature)));
    first_told(c, "E0204", key, d);
    if (!first) first = d;
  }
  return first;
}

// Reports a parameter that is not given: all of them at once, in *told.
static void report_missing(Checker *c, Diag **told, const Parameter *param, const Type *type, Span span, Str what) {
  Str name = str_fmt(c->arena, "`%.*s` (%.*s)", STR_ARG(param->name.text), STR_ARG(type_text(c->arena, type)));
  if (*told) {
    Diag *d = *told;
    d->message = str_fmt(c->arena, "%.*s, %.*s", STR_ARG(d->message), STR_ARG(name));
    d->help = (Str){0};
    return;
  }
  *told = diag(c->diags, DIAG_ERROR, "E0205", span, "%.*s needs %.*s", STR_ARG(what), STR_ARG(name));
  if (param->doc.len) diag_help(c->diags, *told, "%.*s", STR_ARG(param->doc));
}

static Str place_key(Checker *c, Span place) {
  return str_fmt(c->arena, "%u:%u", place.file, place.start);
}

void misfit(Checker *c, const Parameter *param) {
  map_set(&c->lost, place_key(c, param->name.span), c);
}

// What is given for a parameter; the second time that it does not fit is told with the first.
static const Value *given_value(Checker *c, CallArgument *argument, const Parameter *param, const Type *type) {
  size_t before = c->diags->list.len;
  const Value *value = argument_value(c, argument, type);
  Diag *d = c->diags->list.len == before + 1 ? c->diags->list.at[before] : NULL;
  if (!d || strcmp(d->code, "E0201") != 0 || !span_known(param->name.span)) return value;
  Str key = place_key(c, param->name.span);
  if (told_before(c, "E0201", key, d->span)) {
    c->diags->list.len--;
    c->diags->counts[d->level]--;
  } else {
    first_told(c, "E0201", key, d);
  }
  return value;
}

const Value *bind_parameters(Checker *c, Scope *inside, const Stmt *signature, Arguments *given, Str what) {
  ValueMember *members = NEW_N(c->arena, ValueMember, signature->params.len + 1);
  size_t count = 0;
  const Value *body = NULL;
  Diag *missing = NULL;
  name_bare_arguments(given, signature);
  for (size_t k = 0; k < signature->params.len; k++) {
    const Parameter *param = &signature->params.at[k];
    bool given_whole = false;
    for (size_t i = 0; i < given->given.len; i++)
      given_whole = given_whole || str_eq(given->given.at[i].name.text, S("body"));
    if (given_whole) break;
    if (is_collector(param)) body = collect_body(c, given, signature, type_of(c, inside, param->type), what);
  }
  Diag *unknown = report_unknown_arguments(c, given, signature, what);
  for (size_t k = 0; k < signature->params.len; k++) {
    const Parameter *param = &signature->params.at[k];
    bool fits = !map_get(&c->lost, place_key(c, param->name.span));
    const Type *type = fits ? type_of(c, inside, param->type) : &TYPE_ANY;
    if (body && is_collector(param)) {
      scope_bind_value(c, inside, param->name, body)->used = true;
      members[count++] = (ValueMember){param->name.text, body, param->name.span};
      continue;
    }
    CallArgument *argument = argument_for(c, given, signature, k);
    const Value *value = argument ? given_value(c, argument, param, type) : value_missing(given->span);
    if (argument && !argument->expr)
      value = fit(c, value, type, str_fmt(c->arena, "`%.*s`", STR_ARG(param->name.text)));
    bool poisoned_argument = is_poison(value);
    if (!poisoned_argument && value->kind == VALUE_MISSING && param->value) {
      value = eval_as(c, inside, param->value, type, str_fmt(c->arena, "`%.*s`", STR_ARG(param->name.text)));
    } else if (!poisoned_argument && value->maybe && param->value && value->kind != VALUE_MISSING) {
      const Value *other = eval_as(c, inside, param->value, type, S("the default"));
      value = value_binary(c->arena, OP_DEFAULT, value, other, type, value->span);
    } else if (!poisoned_argument && value->kind == VALUE_MISSING && !param->optional &&
               (unknown || given->lost || is_lost(c, param->name.text))) {
      bool told = !unknown || str_has(unknown->help, str_fmt(c->arena, "`%.*s`", STR_ARG(param->name.text)));
      if (!told)
        diag_help(c->diags, unknown, "%.*s; it needs `%.*s`", STR_ARG(unknown->help), STR_ARG(param->name.text));
      value = poison(c, given->span); // it was told with what is no parameter
    } else if (!poisoned_argument && value->kind == VALUE_MISSING && !param->optional) {
      report_missing(c, &missing, param, type, given->span, what);
      value = poison(c, given->span);
    } else if (!poisoned_argument && value->maybe && !param->optional) {
      value = require_present(c, value);
    }
    scope_bind_value(c, inside, param->name, value)->used = true;
    members[count++] = (ValueMember){param->name.text, value, param->name.span};
  }
  return value_object(c->arena, members, count, given->span);
}
