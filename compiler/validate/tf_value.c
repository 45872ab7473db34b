// What a provider says of values when it validates or plans, beyond its schema: facts/terraform-values.tsv holds the
// rules.
#include "data/json.h"
#include "facts/terraform_value.h"
#include "validate/tf.h"
#include "validate/tf_constant.h"

typedef struct Ruling {
  TfModule *module;
  const HclBody *body; // of the resource
  Str type;
  FactsTfRule rule;
  bool sure; // see tf_find_schema
} Ruling;

static Diag *refuse(const Ruling *r, const char *code, Span at, Str message) {
  if (r->sure) return tf_error(r->module, code, at, "%.*s", STR_ARG(message));
  return tf_warning(r->module, code, at,
                    "%.*s, as far as the tables know (they hold another version than is asked for)", STR_ARG(message));
}

// --- Values that are known before a plan

static const HclExpr *bare(const HclExpr *expr) {
  while (expr && expr->kind == HCL_PAREN) expr = expr->items[0];
  return expr;
}

const HclExpr *tf_resolved(const TfModule *module, const HclExpr *expr) {
  enum { HOPS_MOST = 20 };
  for (int hops = 0; (expr = bare(expr)) && hops < HOPS_MOST; hops++) {
    bool local = expr->kind == HCL_ACCESS && expr->count == 1 && expr->items[0]->kind == HCL_NAME &&
                 str_eq(expr->items[0]->text, S("local")) && expr->steps[0].kind == HCL_STEP_NAME;
    const TfDeclaration *declared = local ? tf_declaration(module, TF_LOCAL, expr->steps[0].name) : NULL;
    if (!declared) return expr;
    expr = declared->value;
  }
  return expr;
}

// The text of a constant: a string, a number, a truth.
static bool constant_text(const Ruling *r, const HclExpr *expr, Str *text) {
  expr = tf_resolved(r->module, expr);
  if (!expr) return false;
  if (hcl_plain_string(expr, text)) return true;
  if (expr->kind == HCL_CALL || expr->kind == HCL_TEMPLATE || expr->kind == HCL_BINARY || expr->kind == HCL_CONDITIONAL)
    return tf_constant_text(r->module->arena, tf_constant(r->module, expr), text);
  *text = expr->text;
  if (expr->kind == HCL_BOOL) *text = expr->truth ? S("true") : S("false");
  bool negative = expr->kind == HCL_UNARY && expr->operation == HCL_NEGATE && expr->items[0]->kind == HCL_NUMBER;
  if (negative) *text = str_fmt(r->module->arena, "-%.*s", STR_ARG(expr->items[0]->text));
  return expr->kind == HCL_NUMBER || expr->kind == HCL_BOOL || negative;
}

typedef enum { UNSET, PERHAPS, SET } Presence;

// Whether an argument has a value: what comes from outside may be null.
static Presence presence(const Ruling *r, Str name) {
  const HclAttribute *attribute = hcl_attribute(r->body, name);
  if (!attribute) {
    for (size_t i = 0; i < r->body->items.len; i++) {
      const HclBlock *block = r->body->items.at[i].block;
      if (!block) continue;
      if (str_eq(block->type, name)) return SET;
      bool dynamic = str_eq(block->type, S("dynamic")) && block->label_count == 1;
      if (dynamic && str_eq(block->labels[0].text, name)) return PERHAPS;
    }
    return UNSET;
  }
  const HclExpr *value = tf_resolved(r->module, attribute->value);
  switch (value->kind) {
  case HCL_NULL: return UNSET;
  case HCL_TUPLE: return value->count ? SET : UNSET;
  case HCL_STRING: return value->text.len ? SET : PERHAPS;
  case HCL_NUMBER:
  case HCL_TEMPLATE: return SET;
  case HCL_ACCESS: // an attribute of a resource of this module
    return value->items[0]->kind == HCL_NAME && str_has(value->items[0]->text, S("_")) ? SET : PERHAPS;
  default: return PERHAPS;
  }
}

// `ARGUMENT=TEXT` or `ARGUMENT!=TEXT`, for sure.
static bool holds(const Ruling *r) {
  Str rest, name = str_cut(r->rule.when, '=', &rest), text = S("");
  if (!r->rule.when.len) return true;
  bool negated = str_ends(name, S("!"));
  if (negated) name.len--;
  const HclAttribute *attribute = hcl_attribute(r->body, name);
  if (attribute && !constant_text(r, attribute->value, &text)) return false;
  return str_eq(text, rest) != negated;
}

// --- One value

static Str last_name(Str path) {
  size_t dot = path.len;
  while (dot > 0 && path.at[dot - 1] != '.') dot--;
  return str_slice(path, dot, path.len);
}

static Str quoted(const Ruling *r, Str text) {
  return str_fmt(r->module->arena, "`%.*s%s`", STR_ARG(str_slice(text, 0, 60)), text.len > 60 ? "…" : "");
}

static void check_value(const Ruling *r, const HclExpr *expr, Str text) {
  FactsTfMisfit why;
  if (facts_tf_fits(r->module->arena, &r->rule, text, &why)) return;
  Str message =
      str_fmt(r->module->arena, "`%.*s` cannot be %.*s", STR_ARG(last_name(r->rule.path)), STR_ARG(quoted(r, text)));
  Diag *d = why.sure ? refuse(r, "V2134", expr->span, message)
                     : tf_warning(r->module, "V2134", expr->span, "%.*s, as far as the tables know", STR_ARG(message));
  if (why.nearest.len)
    tf_help(r->module, d, "did you mean `%.*s`?", STR_ARG(why.nearest));
  else if (why.wants.len)
    tf_help(r->module, d, "it %.*s", STR_ARG(why.wants));
}

static void check_json(const Ruling *r, const HclExpr *expr, Str text) {
  JsonError error;
  if (!text.len || json_read(r->module->arena, text, 0, &error)) return;
  Span at = expr->span;
  const SourceFile *file = source_file(r->module->sources, at.file);
  // In a heredoc the text stands as it is read, but for indentation that is taken off.
  size_t start = expr->heredoc ? str_find(file->text, text, at.start) : file->text.len;
  if (start < at.end) at.start = (uint32_t)start + error.at, at.end = at.start + 1;
  Diag *d = refuse(r, "V2136", at,
                   str_fmt(r->module->arena, "`%.*s` is not JSON: %s", STR_ARG(last_name(r->rule.path)), error.what));
  tf_help(r->module, d, "write it with jsonencode({ … })");
}

// --- Values at a path

typedef void (*Visit)(const Ruling *r, const HclExpr *expr, void *with);

static void visit_value(const Ruling *r, const HclExpr *value, Visit visit, void *with) {
  const HclExpr *expr = tf_resolved(r->module, value);
  if (expr->kind != HCL_TUPLE) {
    visit(r, value, with);
    return;
  }
  for (uint32_t i = 0; i < expr->count; i++) visit(r, expr->items[i], with);
}

static void visit_path(const Ruling *r, const HclBody *body, Str path, Visit visit, void *with) {
  Str rest, name = str_cut(path, '.', &rest);
  const HclAttribute *attribute = hcl_attribute(body, name);
  if (!rest.len && attribute) visit_value(r, attribute->value, visit, with);
  for (size_t i = 0; rest.len && i < body->items.len; i++) {
    const HclBlock *block = body->items.at[i].block;
    if (!block) continue;
    bool dynamic = str_eq(block->type, S("dynamic")) && block->label_count == 1 && str_eq(block->labels[0].text, name);
    if (dynamic)
      visit_path(r, block->body, str_fmt(r->module->arena, "content.%.*s", STR_ARG(rest)), visit, with);
    else if (str_eq(block->type, name))
      visit_path(r, block->body, rest, visit, with);
  }
}

static void apply(const Ruling *r, const HclExpr *expr, void *with) {
  Str text;
  (void)with;
  if (str_eq(r->rule.rule, S("document"))) {
    const HclAttribute *type = hcl_attribute(r->body, S("type"));
    bool express = type && constant_text(r, type->value, &text) && str_eq(text, S("EXPRESS"));
    tf_check_document(r->module, expr, r->rule.value, express);
    return;
  }
  if (!constant_text(r, expr, &text)) return;
  if (str_eq(r->rule.rule, S("json")))
    check_json(r, bare(expr), text);
  else
    check_value(r, bare(expr), text);
}

// --- Several arguments

static Span whole(const Ruling *r) {
  return (Span){r->body->span.file, r->body->span.start, r->body->span.start + 1};
}

static Str listed(const Ruling *r) {
  Buf out = {.arena = r->module->arena};
  for (Str rest = r->rule.value; rest.len;) {
    Str one = str_cut(rest, '|', &rest);
    buf_fmt(&out, "%s`%.*s`", out.len ? ", " : "", STR_ARG(one));
  }
  return buf_text(&out);
}

static Span place_of(const Ruling *r, Str name) {
  const HclAttribute *attribute = hcl_attribute(r->body, name);
  if (attribute) return attribute->name_span;
  for (size_t i = 0; i < r->body->items.len; i++) {
    const HclBlock *block = r->body->items.at[i].block;
    if (block && str_eq(block->type, name)) return block->type_span;
  }
  return whole(r);
}

static void check_together(const Ruling *r) {
  Arena *arena = r->module->arena;
  size_t set = 0, perhaps = 0;
  Str first = S(""), second = S(""), missing = S("");
  for (Str rest = r->rule.value; rest.len;) {
    Str name = str_cut(rest, '|', &rest);
    Presence there = presence(r, name);
    perhaps += there == PERHAPS;
    if (there == UNSET && !missing.len) missing = name;
    if (there != SET) continue;
    set++;
    if (set == 1) first = name;
    if (set == 2) second = name;
  }
  Str rule = r->rule.rule;
  bool exactly = str_eq(rule, S("exactly-one")), needs = str_eq(rule, S("needs"));
  if ((exactly || str_eq(rule, S("conflicts"))) && set > 1) {
    Diag *d = refuse(r, "V2135", place_of(r, second),
                     str_fmt(arena, "`%.*s` excludes `%.*s`", STR_ARG(first), STR_ARG(second)));
    diag_note(r->module->diags, d, place_of(r, first), "`%.*s` is set here", STR_ARG(first));
  } else if ((exactly || str_eq(rule, S("at-least-one"))) && set + perhaps == 0) {
    refuse(r, "V2135", whole(r), str_fmt(arena, "`%.*s` wants one of %.*s", STR_ARG(r->type), STR_ARG(listed(r))));
  } else if (needs && missing.len) {
    refuse(r, "V2135", whole(r),
           str_fmt(arena, "`%.*s` wants %.*s where %.*s", STR_ARG(r->type), STR_ARG(listed(r)), STR_ARG(r->rule.when)));
  } else if (str_eq(rule, S("together")) && set && missing.len) {
    refuse(r, "V2135", place_of(r, first),
           str_fmt(arena, "`%.*s` wants `%.*s` beside it", STR_ARG(first), STR_ARG(missing)));
  }
}

typedef struct TextSet {
  Map places; // text -> its expression
  bool unknown;
} TextSet;

static void gather(const Ruling *r, const HclExpr *expr, void *with) {
  TextSet *set = with;
  Str text;
  if (constant_text(r, expr, &text))
    map_set(&set->places, text, (void *)(uintptr_t)expr);
  else
    set->unknown = true;
}

static void check_same_set(const Ruling *r) {
  Arena *arena = r->module->arena;
  TextSet one = {.places = {.arena = arena}}, other = {.places = {.arena = arena}};
  visit_path(r, r->body, r->rule.path, gather, &one);
  for (Str rest = r->rule.value; rest.len;) visit_path(r, r->body, str_cut(rest, '|', &rest), gather, &other);
  if (one.unknown || other.unknown || !other.places.len) return;
  Str block = str_slice(r->rule.path, 0, str_find(r->rule.path, S("."), 0));
  for (size_t i = 0; i < one.places.len; i++) {
    Str text = one.places.entries[i].key;
    const HclExpr *at = one.places.entries[i].value;
    if (map_get(&other.places, text)) continue;
    refuse(r, "V2135", at->span,
           str_fmt(arena, "%.*s `%.*s` is used by no key and no index", STR_ARG(block), STR_ARG(text)));
  }
  for (size_t i = 0; i < other.places.len; i++) {
    Str text = other.places.entries[i].key;
    const HclExpr *at = other.places.entries[i].value;
    if (map_get(&one.places, text)) continue;
    refuse(r, "V2135", at->span, str_fmt(arena, "no block `%.*s` declares `%.*s`", STR_ARG(block), STR_ARG(text)));
  }
}

void tf_check_rules(TfModule *module, const TfDeclaration *declaration, bool sure) {
  const char *prefix = declaration->kind == TF_DATA ? "data." : "";
  Str type = str_fmt(module->arena, "%s%.*s", prefix, STR_ARG(declaration->type)), rest = {0};
  Ruling r = {.module = module, .body = declaration->block->body, .type = declaration->type, .sure = sure};
  while (facts_tf_rule(type, &rest, &r.rule)) {
    if (!holds(&r)) continue;
    if (!r.rule.path.len) check_together(&r);
    if (str_eq(r.rule.rule, S("same-set"))) check_same_set(&r);
    if (r.rule.path.len) visit_path(&r, r.body, r.rule.path, apply, NULL);
  }
}
