#include "emit/jsonata_text.h"
#include "data/json.h"
#include "model/functions.h"
#include "model/make.h"

// Binding strengths of JSONata's operators.
enum { LOOSEST, CONDITION = 20, OR = 25, AND = 30, COMPARE = 40, ADD = 50, MULTIPLY = 60, PATH = 75 };

static void write(JsonataText *t, Buf *out, const Value *value, int outer);

// ---------------------------------------------------------------- template variables

static Str variable_stem(Arena *arena, const Value *value) {
  Buf name = {.arena = arena};
  Str text = value->kind == VALUE_TERRAFORM ? value->text : S("value");
  // "aws_lambda_function.validate.arn" is "validate_arn", "var.bucket" is "bucket".
  Str rest, first = str_cut(text, '.', &rest);
  if (rest.len && (str_eq(first, S("var")) || str_starts(first, S("aws_")))) text = rest;
  for (size_t i = 0; i < text.len && name.len < 60; i++) buf_char(&name, ascii_is_alnum(text.at[i]) ? text.at[i] : '_');
  while (name.len && name.at[name.len - 1] == '_') name.len--;
  return name.len && !ascii_is_digit(name.at[0]) ? buf_text(&name) : S("value");
}

static bool same_value(const Value *a, const Value *b) {
  if (a == b) return true;
  if (a->kind != b->kind || a->count != b->count || a->op != b->op || a->binary != b->binary) return false;
  if (a->kind == VALUE_TERRAFORM || a->kind == VALUE_CALL || a->kind == VALUE_MEMBER || a->kind == VALUE_LOCAL) {
    if (!str_eq(a->text, b->text)) return false;
  }
  if (a->kind <= VALUE_STRING) return a->kind == VALUE_MISSING || value_same(a, b);
  for (size_t i = 0; i < a->count; i++) {
    const Value *x = a->kind == VALUE_OBJECT ? a->members[i].value : a->items[i];
    const Value *y = b->kind == VALUE_OBJECT ? b->members[i].value : b->items[i];
    if (!same_value(x, y) || (a->kind == VALUE_OBJECT && !str_eq(a->members[i].name, b->members[i].name))) return false;
  }
  return true;
}

static Str variable_for(JsonataText *t, const Value *value, bool literal) {
  for (size_t i = 0; i < t->flow->variables.len; i++) {
    const TemplateVariable *v = &t->flow->variables.at[i];
    if (v->literal == literal && same_value(v->value, value)) return v->name;
  }
  Str stem = variable_stem(t->arena, value);
  if (literal) stem = str_fmt(t->arena, "%.*s_json", STR_ARG(stem));
  Str name = stem;
  for (int n = 2;; n++) {
    bool taken = false;
    for (size_t i = 0; i < t->flow->variables.len && !taken; i++) taken = str_eq(t->flow->variables.at[i].name, name);
    if (!taken) break;
    name = str_fmt(t->arena, "%.*s_%d", STR_ARG(stem), n);
  }
  TemplateVariable variable = {.name = name, .value = value, .literal = literal};
  VEC_PUSH(t->arena, &t->flow->variables, variable);
  return name;
}

void jsonata_text_mark(JsonataText *t, Buf *out, const Value *value, bool literal) {
  buf_char(out, MARK_BEGIN);
  buf_char(out, MARK_NAME);
  buf_str(out, variable_for(t, value, literal));
  buf_char(out, MARK_END);
}

// ---------------------------------------------------------------- leaves

static void write_string(Buf *out, Str text) {
  json_write_string(out, text, 0); // JSONata's string literals know JSON's escapes
}

static bool is_plain_name(Str name) {
  if (!name.len || ascii_is_digit(name.at[0])) return false;
  for (size_t i = 0; i < name.len; i++) {
    if (!ascii_is_word(name.at[i])) return false;
  }
  static const char *const words[] = {"and", "or", "in", "true", "false", "null", "function"};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    if (str_eq(name, str_of(words[i]))) return false;
  }
  return true;
}

static bool is_printable(Str name) {
  for (size_t i = 0; i < name.len; i++) {
    if ((unsigned char)name.at[i] < 0x20) return false;
  }
  return true;
}

static bool may_be_name(Str name) {
  return !memchr(name.at, '`', name.len) && is_printable(name);
}

static void write_member_name(Buf *out, Str name) {
  if (is_plain_name(name))
    buf_str(out, name);
  else if (name.len && may_be_name(name))
    buf_fmt(out, "`%.*s`", STR_ARG(name));
  else
    write_string(out, name);
}

static void open(Buf *out, bool needed) {
  if (needed) buf_char(out, '(');
}

static void close(Buf *out, bool needed) {
  if (needed) buf_char(out, ')');
}

// ---------------------------------------------------------------- paths

static bool is_certain(const Value *base) {
  switch (base->type->tag) {
  case T_OBJECT:
  case T_MAP:
  case T_SHAPE: return true;
  default: return base->kind == VALUE_INPUT || (base->kind == VALUE_JSONATA && !base->entity);
  }
}

static void write_path(JsonataText *t, Buf *out, const Value *value) {
  if (value->kind != VALUE_MEMBER) {
    write(t, out, value, PATH);
    return;
  }
  write_path(t, out, value->items[0]);
  buf_char(out, '.');
  write_member_name(out, value->text);
}

// Whether it is an object is not known of every base: a list must not be mapped over.
static size_t write_guards(JsonataText *t, Buf *out, const Value *value) {
  if (value->kind != VALUE_MEMBER) return 0;
  const Value *base = value->items[0];
  size_t before = write_guards(t, out, base);
  if (is_certain(base)) return before;
  if (before) buf_str(out, S(" and "));
  buf_str(out, S("$type("));
  write_path(t, out, base);
  buf_str(out, S(") = \"object\""));
  return before + 1;
}

static void write_member(JsonataText *t, Buf *out, const Value *value, int outer) {
  Buf guards = {.arena = t->arena};
  size_t count = write_guards(t, &guards, value);
  if (count == 0) {
    write_path(t, out, value);
    return;
  }
  open(out, outer > LOOSEST);
  buf_str(out, buf_text(&guards));
  buf_str(out, S(" ? "));
  write_path(t, out, value);
  close(out, outer > LOOSEST);
}

// ---------------------------------------------------------------- lists and objects

static bool may_be_list(const Value *value) {
  return value->type->tag == T_LIST || value->type->tag == T_ANY || value->type->tag == T_UNION;
}

// An item of a list: JSONata would take a list apart there.
static void write_item(JsonataText *t, Buf *out, const Value *item) {
  if (item->kind == VALUE_LIST || !may_be_list(item)) {
    write(t, out, item, LOOSEST);
  } else if (item->type->tag == T_LIST) {
    buf_char(out, '[');
    write(t, out, item, LOOSEST);
    buf_char(out, ']');
  } else {
    buf_str(out, S("($type("));
    write(t, out, item, LOOSEST);
    buf_str(out, S(") = \"array\" ? [["));
    write(t, out, item, LOOSEST);
    buf_str(out, S("]] : "));
    write(t, out, item, CONDITION + 1);
    buf_char(out, ')');
  }
}

static void write_list(JsonataText *t, Buf *out, const Value *value) {
  buf_char(out, '[');
  for (size_t i = 0; i < value->count; i++) {
    if (i) buf_str(out, S(", "));
    write_item(t, out, value->items[i]);
  }
  buf_char(out, ']');
}

static void write_object(JsonataText *t, Buf *out, const Value *value) {
  buf_str(out, value->count ? S("{ ") : S("{"));
  for (size_t i = 0; i < value->count; i++) {
    const Value *member = value->members[i].value;
    if (i) buf_str(out, S(", "));
    write_string(out, value->members[i].name);
    buf_str(out, S(": "));
    if (member->maybe && member->kind != VALUE_MISSING) { // left out where it is missing
      buf_char(out, '(');
      write(t, out, member, COMPARE + 1);
      buf_str(out, S(" != null ? "));
      write(t, out, member, CONDITION + 1);
      buf_char(out, ')');
    } else {
      write(t, out, member, LOOSEST);
    }
  }
  buf_str(out, value->count ? S(" }") : S("}"));
}

static void write_each(JsonataText *t, Buf *out, const Value *value) {
  const Value *list = value->items[0], *body = value->items[1], *condition = value->items[2];
  bool all = condition->kind == VALUE_BOOL && condition->truth;
  bool lists = body->type->tag == T_LIST; // $map would take a list of one list apart
  // `[$list]` is the list itself, `[[1]]` a list in a list: what is written as a list needs no brackets to be one.
  bool written = body->kind == VALUE_LIST;
  buf_str(out, lists ? S("$reduce(") : S("[$map("));
  if (!all) buf_str(out, lists ? S("[$filter(") : S("$filter(")); // $reduce of nothing would be nothing
  write(t, out, list, LOOSEST);
  if (!all) {
    buf_fmt(out, ", function($%.*s) { ", STR_ARG(value->text));
    write(t, out, condition, LOOSEST);
    buf_str(out, lists ? S(" })]") : S(" })"));
  }
  if (lists)
    buf_fmt(out, ", function($all_, $%.*s) { $append($all_, %s", STR_ARG(value->text), written ? "[" : "[[");
  else
    buf_fmt(out, ", function($%.*s) { ", STR_ARG(value->text));
  write(t, out, body, LOOSEST);
  buf_str(out, lists ? str_of(written ? "]) }, [])" : "]]) }, [])") : S(" })]"));
}

// ---------------------------------------------------------------- operations

// A condition that is true or false and nothing else.
static void write_condition(JsonataText *t, Buf *out, const Value *value, int outer) {
  bool sure = value->kind == VALUE_BOOL || (value->kind == VALUE_OPERATION && value->op != VALUE_ASSERT);
  sure = sure || (value->kind == VALUE_CALL && value->type->tag == T_BOOL);
  if (sure) {
    write(t, out, value, outer);
    return;
  }
  open(out, outer >= COMPARE);
  write(t, out, value, COMPARE + 1);
  buf_str(out, S(" = true"));
  close(out, outer >= COMPARE);
}

static void write_infix(JsonataText *t, Buf *out, const Value *value, const char *op, int strength, int outer) {
  open(out, outer >= strength);
  write(t, out, value->items[0], strength - 1);
  buf_fmt(out, " %s ", op);
  write(t, out, value->items[1], strength);
  close(out, outer >= strength);
}

static void write_logic(JsonataText *t, Buf *out, const Value *value, const char *op, int strength, int outer) {
  open(out, outer >= strength);
  write_condition(t, out, value->items[0], strength - 1);
  buf_fmt(out, " %s ", op);
  write_condition(t, out, value->items[1], strength);
  close(out, outer >= strength);
}

static void write_default(JsonataText *t, Buf *out, const Value *value, int outer) {
  open(out, outer > LOOSEST);
  write(t, out, value->items[0], COMPARE + 1);
  buf_str(out, S(" != null ? "));
  write(t, out, value->items[0], CONDITION + 1);
  buf_str(out, S(" : "));
  write(t, out, value->items[1], CONDITION);
  close(out, outer > LOOSEST);
}

static void write_equal(JsonataText *t, Buf *out, const Value *value, int outer) {
  const Value *a = value->items[0], *b = value->items[1];
  bool both =
      a->maybe && b->maybe && a->kind != VALUE_MISSING && b->kind != VALUE_MISSING; // null = null is no equality
  bool never = (a->kind == VALUE_MISSING) || (b->kind == VALUE_MISSING);
  if (never) {
    buf_str(out, S("false"));
    return;
  }
  if (both) {
    open(out, outer >= AND);
    write(t, out, a, COMPARE + 1);
    buf_str(out, S(" != null and "));
    write_infix(t, out, value, "=", COMPARE, AND);
    close(out, outer >= AND);
    return;
  }
  write_infix(t, out, value, "=", COMPARE, outer);
}

static void write_operation(JsonataText *t, Buf *out, const Value *value, int outer) {
  const Value *a = value->items[0];
  switch ((ValueOp)value->op) {
  case VALUE_NOT:
    buf_str(out, S("$not("));
    write_condition(t, out, a, LOOSEST);
    buf_char(out, ')');
    return;
  case VALUE_NEGATE:
    buf_str(out, S("-("));
    write(t, out, a, LOOSEST);
    buf_char(out, ')');
    return;
  case VALUE_TEST:
    open(out, outer >= COMPARE);
    write(t, out, a, COMPARE + 1);
    buf_str(out, S(" != null"));
    close(out, outer >= COMPARE);
    return;
  case VALUE_ASSERT: {
    open(out, outer > LOOSEST);
    write(t, out, a, COMPARE + 1);
    buf_str(out, S(" != null ? "));
    write(t, out, a, CONDITION + 1);
    buf_str(out, S(" : $error("));
    Str name = a->kind == VALUE_MEMBER || a->kind == VALUE_VARIABLE ? a->text : S("a value");
    write_string(out, str_fmt(t->arena, "%.*s is missing", STR_ARG(name)));
    buf_char(out, ')');
    close(out, outer > LOOSEST);
    return;
  }
  default: break;
  }
  switch (value->binary) {
  case OP_ADD: write_infix(t, out, value, "+", ADD, outer); return;
  case OP_SUBTRACT: write_infix(t, out, value, "-", ADD, outer); return;
  case OP_MULTIPLY: write_infix(t, out, value, "*", MULTIPLY, outer); return;
  case OP_DIVIDE: write_infix(t, out, value, "/", MULTIPLY, outer); return;
  case OP_LESS: write_infix(t, out, value, "<", COMPARE, outer); return;
  case OP_LESS_EQUAL: write_infix(t, out, value, "<=", COMPARE, outer); return;
  case OP_GREATER: write_infix(t, out, value, ">", COMPARE, outer); return;
  case OP_GREATER_EQUAL: write_infix(t, out, value, ">=", COMPARE, outer); return;
  case OP_EQUAL: write_equal(t, out, value, outer); return;
  case OP_UNEQUAL:
    buf_str(out, S("$not("));
    write_equal(t, out, value, LOOSEST);
    buf_char(out, ')');
    return;
  case OP_AND: write_logic(t, out, value, "and", AND, outer); return;
  case OP_OR: write_logic(t, out, value, "or", OR, outer); return;
  case OP_DEFAULT: write_default(t, out, value, outer); return;
  }
}

static void write_format(JsonataText *t, Buf *out, const char *format, const Value *value) {
  for (const char *at = format; *at; at++) {
    if (at[0] == '$' && at[1] == '*') {
      for (size_t i = 0; i < value->count; i++) {
        if (i) buf_str(out, S(", "));
        write(t, out, value->items[i], LOOSEST);
      }
      at++;
    } else if (at[0] == '$' && ascii_is_digit(at[1])) {
      size_t i = (size_t)(at[1] - '1');
      if (i < value->count) write(t, out, value->items[i], LOOSEST + 1);
      at++;
    } else {
      buf_char(out, *at);
    }
  }
}

static void write_call(JsonataText *t, Buf *out, const Value *value, int outer) {
  const Value *a = value->count ? value->items[0] : NULL;
  bool text = a && (a->type->tag == T_STRING || a->type->tag == T_DATE);
  bool list = a && a->type->tag == T_LIST;
  const Function *function = function_named(value->text);
  const char *format = function ? function->jsonata : NULL;
  if (str_eq(value->text, S("length")))
    format = text ? "$length($1)" : list ? "$count($1)" : "($type($1) = \"string\" ? $length($1) : $count($1))";
  if (str_eq(value->text, S("contains")) && list) format = "($2 in $1)";
  if (str_eq(value->text, S("is_string"))) format = "$type($1) = \"string\"";
  if (str_eq(value->text, S("date")) && value->maybe && a->maybe) format = "($1 != null ? $substring($1, 0, 10))";
  if (!format) format = "null";
  bool infix = strchr(format, '=') != NULL && format[0] != '(';
  open(out, infix && outer >= COMPARE);
  write_format(t, out, format, value);
  close(out, infix && outer >= COMPARE);
}

static void write_slice(JsonataText *t, Buf *out, const Value *value) {
  const Value *list = value->items[0], *from = value->items[1], *to = value->items[2];
  if (list->type->tag == T_STRING) {
    buf_str(out, S("$substring("));
    write(t, out, list, LOOSEST);
    buf_str(out, S(", "));
    write(t, out, from, LOOSEST);
    if (to->kind != VALUE_MISSING) {
      buf_str(out, S(", "));
      write(t, out, to, ADD);
      buf_str(out, S(" - "));
      write(t, out, from, ADD + 1);
    }
    buf_char(out, ')');
    return;
  }
  buf_str(out, S("[$filter("));
  write(t, out, list, LOOSEST);
  buf_str(out, S(", function($v_, $i_) { $i_ >= "));
  write(t, out, from, COMPARE + 1);
  if (to->kind != VALUE_MISSING) {
    buf_str(out, S(" and $i_ < "));
    write(t, out, to, COMPARE + 1);
  }
  buf_str(out, S(" })]"));
}

static void write_raw(JsonataText *t, Buf *out, const Value *value) {
  bool bound = false;
  for (size_t i = 0; i < value->count; i++) {
    if (value->items[i]->kind != VALUE_CALL) continue;
    buf_fmt(out, "%s$%.*s := ", bound ? "; " : "(", STR_ARG(value->items[i]->text));
    write(t, out, value->items[i]->items[0], LOOSEST);
    bound = true;
  }
  buf_str(out, bound ? S("; ") : S("("));
  buf_str(out, value->text);
  buf_char(out, ')');
}

static void write(JsonataText *t, Buf *out, const Value *value, int outer) {
  bool constant = value->kind <= VALUE_STRING;
  if (!constant && value->time > TIME_COMPILE && value->time < TIME_RUN) {
    jsonata_text_mark(t, out, value, true);
    return;
  }
  switch (value->kind) {
  case VALUE_BOOL:
  case VALUE_NUMBER: buf_str(out, value_plain(t->arena, value)); return;
  case VALUE_STRING: write_string(out, value->text); return;
  case VALUE_LIST: write_list(t, out, value); return;
  case VALUE_OBJECT: write_object(t, out, value); return;
  case VALUE_TEMPLATE:
    open(out, outer >= ADD);
    for (size_t i = 0; i < value->count; i++) {
      if (i) buf_str(out, S(" & "));
      write(t, out, value->items[i], ADD);
    }
    close(out, outer >= ADD);
    return;
  case VALUE_OPERATION: write_operation(t, out, value, outer); return;
  case VALUE_CHOICE:
    open(out, outer > LOOSEST);
    write_condition(t, out, value->items[0], CONDITION + 1);
    buf_str(out, S(" ? "));
    write(t, out, value->items[1], CONDITION + 1);
    if (value->items[2]->kind != VALUE_MISSING) {
      buf_str(out, S(" : "));
      write(t, out, value->items[2], CONDITION);
    }
    close(out, outer > LOOSEST);
    return;
  case VALUE_CALL: write_call(t, out, value, outer); return;
  case VALUE_MEMBER: write_member(t, out, value, outer); return;
  case VALUE_INDEX:
    write(t, out, value->items[0], PATH);
    buf_char(out, '[');
    write(t, out, value->items[1], LOOSEST);
    buf_char(out, ']');
    return;
  case VALUE_SLICE: write_slice(t, out, value); return;
  case VALUE_EACH: write_each(t, out, value); return;
  case VALUE_LOCAL:
  case VALUE_VARIABLE: buf_fmt(out, "$%.*s", STR_ARG(value->text)); return;
  case VALUE_INPUT: buf_str(out, S("$states.context.Execution.Input")); return;
  case VALUE_JSONATA: buf_str(out, value->text); return;
  case VALUE_RAW: write_raw(t, out, value); return;
  default: buf_str(out, S("null")); return;
  }
}

void jsonata_text_write(JsonataText *t, Buf *out, const Value *value) {
  write(t, out, value, LOOSEST);
}
