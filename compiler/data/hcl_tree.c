// What the grammar's actions build.
#include "data/hcl_read.h"
#include "data/hcl_write.h"
#include "base/utf8.h"

// --- Bodies

void hcl_read_whole(HclReader *r, HclExpr *expr) {
  r->whole = expr;
}

static HclBody *current(HclReader *r) {
  return r->bodies.at[r->bodies.len - 1];
}

// The lines of a comment without `#`, `//` and the blank behind them.
static Str comment_text(HclReader *r) {
  Str raw = str_slice(r->text, r->item_comment.start, r->item_comment.end);
  Buf out = {.arena = r->arena};
  while (raw.len) {
    Str line = str_trim(str_cut(raw, '\n', &raw));
    size_t skip = 0;
    while (skip < line.len && (line.at[skip] == '#' || line.at[skip] == '/')) skip++;
    if (skip < line.len && line.at[skip] == ' ') skip++;
    if (out.len) buf_char(&out, '\n');
    buf_str(&out, str_slice(line, skip, line.len));
  }
  r->item_comment = NO_SPAN;
  return buf_text(&out);
}

void hcl_read_attribute(HclReader *r, Str name, Span at, HclExpr *value) {
  HclAttribute *attribute = NEW(r->arena, HclAttribute);
  *attribute = (HclAttribute){.name = name, .name_span = at, .value = value, .comment = comment_text(r)};
  HclAttribute *first = map_set(&r->names.at[r->names.len - 1], name, attribute);
  if (first) {
    Diag *d = hcl_fault(r, "V2007", at, "argument `%.*s` is set twice", STR_ARG(name));
    diag_note(r->diags, d, first->name_span, "first set here");
  }
  VEC_PUSH(r->arena, &current(r)->items, (HclItem){.attribute = attribute});
}

HclBlock *hcl_read_block(HclReader *r, Str type, Span at) {
  HclBlock *block = NEW(r->arena, HclBlock);
  *block = (HclBlock){.type = type, .type_span = at, .comment = comment_text(r)};
  return block;
}

HclBlock *hcl_read_label(HclReader *r, HclBlock *block, Str label, Span at) {
  size_t count = block->label_count, size = sizeof(HclLabel);
  if ((count & (count - 1)) == 0)
    block->labels = arena_grow(r->arena, block->labels, count * size, (count ? count * 2 : 1) * size);
  block->labels[block->label_count++] = (HclLabel){label, at};
  return block;
}

HclBlock *hcl_read_quoted_label(HclReader *r, HclBlock *block, Span at) {
  Str raw = str_slice(r->text, at.start + 1, at.end - 1);
  return hcl_read_label(r, block, hcl_read_unescape(r, raw, at.start + 1), at);
}

void hcl_read_open(HclReader *r, HclBlock *block, Span brace) {
  block->body = hcl_body(r->arena);
  block->body->span = brace;
  VEC_PUSH(r->arena, &current(r)->items, (HclItem){.block = block});
  VEC_PUSH(r->arena, &r->bodies, block->body);
  VEC_PUSH(r->arena, &r->names, (Map){.arena = r->arena});
}

void hcl_read_close(HclReader *r, Span brace) {
  current(r)->span.end = brace.end;
  r->bodies.len--;
  r->names.len--;
  r->open.len--;
}

// --- Expressions

static HclExpr *node(HclReader *r, HclKind kind, Span at) {
  HclExpr *expr = NEW(r->arena, HclExpr);
  expr->kind = (uint8_t)kind;
  expr->span = at;
  return expr;
}

// Notes that `child` stands below `expr`; walkers rely on the bound.
static HclExpr *above(HclReader *r, HclExpr *expr, const HclExpr *child) {
  if (child->depth >= expr->depth) expr->depth = (uint16_t)(child->depth + 1);
  if (expr->depth > HCL_DEPTH_MOST && !r->stopped) hcl_fault_depth(r, expr->span);
  return expr;
}

static HclExpr *over_items(HclReader *r, HclExpr *expr, size_t count, HclExpr *const *items) {
  for (size_t i = 0; i < count; i++) {
    hcl_list_add(r->arena, expr, items[i]);
    above(r, expr, items[i]);
  }
  return expr;
}

HclExpr *hcl_read_number(HclReader *r, Str text, Span at) {
  HclExpr *expr = node(r, HCL_NUMBER, at);
  expr->text = text;
  size_t dots = 0;
  for (size_t i = 0; i < text.len; i++) dots += text.at[i] == '.';
  bool exponent_first = false;
  for (size_t i = 0, e = 0; i < text.len; i++) {
    if ((text.at[i] | 32) == 'e')
      exponent_first |= e++ > 0;
    else if (text.at[i] == '.')
      exponent_first |= e > 0;
  }
  if (dots > 1 || exponent_first) hcl_fault(r, "V2011", at, "`%.*s` is not a number", STR_ARG(text));
  return expr;
}

HclExpr *hcl_read_name(HclReader *r, Str text, Span at) {
  bool yes = str_eq(text, S("true"));
  HclExpr *expr = node(r, HCL_NAME, at);
  expr->text = text;
  if (yes || str_eq(text, S("false"))) expr->kind = HCL_BOOL, expr->truth = yes;
  if (str_eq(text, S("null"))) expr->kind = HCL_NULL;
  return expr;
}

HclExpr *hcl_read_paren(HclReader *r, HclExpr *inner, Span at) {
  return over_items(r, node(r, HCL_PAREN, at), 1, &inner);
}

HclExpr *hcl_read_unary(HclReader *r, HclOperator operation, HclExpr *operand, Span at) {
  HclExpr *expr = over_items(r, node(r, HCL_UNARY, at), 1, &operand);
  expr->operation = (uint8_t)operation;
  return expr;
}

HclExpr *hcl_read_binary(HclReader *r, HclOperator operation, HclExpr *left, HclExpr *right) {
  HclExpr *expr = node(r, HCL_BINARY, span_join(left->span, right->span));
  expr->operation = (uint8_t)operation;
  return over_items(r, expr, HCL_ITEMS(left, right));
}

HclExpr *hcl_read_conditional(HclReader *r, HclExpr *condition, HclExpr *then, HclExpr *otherwise) {
  HclExpr *expr = node(r, HCL_CONDITIONAL, span_join(condition->span, otherwise->span));
  return over_items(r, expr, HCL_ITEMS(condition, then, otherwise));
}

// `a.*.b.*`: the first star already stands for all names and old-style indices behind it.
static void check_nested_splat(HclReader *r, const HclExpr *on, Span at) {
  for (size_t i = on->count; i-- > 0;) {
    HclStepKind kind = on->steps[i].kind;
    bool bracketed = kind == HCL_STEP_INDEX && on->steps[i].index->span.end != on->steps[i].span.end;
    if (kind == HCL_STEP_SPLAT || bracketed) return;
    if (kind != HCL_STEP_SPLAT_NAMES) continue;
    Diag *d = hcl_fault(r, "V2001", at, "`.*` cannot stand inside another `.*`");
    diag_help(r->diags, d, "write both as [*]");
    return;
  }
}

HclExpr *hcl_read_access(HclReader *r, HclExpr *on, HclStep step, Span at) {
  step.span = at;
  HclExpr *expr = on;
  if (on->kind == HCL_ACCESS && step.kind == HCL_STEP_SPLAT_NAMES) check_nested_splat(r, on, at);
  if (on->kind != HCL_ACCESS) expr = over_items(r, node(r, HCL_ACCESS, on->span), 1, &on), expr->count = 0;
  size_t count = expr->count, size = sizeof(HclStep);
  if ((count & (count - 1)) == 0)
    expr->steps = arena_grow(r->arena, expr->steps, count * size, (count ? count * 2 : 1) * size);
  expr->steps[expr->count++] = step;
  expr->span.end = at.end;
  return step.index ? above(r, expr, step.index) : expr;
}

HclStep hcl_read_legacy_index(HclReader *r, Str digits, Span at) {
  Span number = hcl_span(r, at.end - (uint32_t)digits.len, at.end);
  if (memchr(digits.at, '.', digits.len)) {
    Diag *d = hcl_fault(r, "V2011", number, "`.%.*s` cannot index twice", STR_ARG(digits));
    diag_help(r->diags, d, "write the indices in brackets: [0][1]");
  }
  HclExpr *index = node(r, HCL_NUMBER, number);
  index->text = digits;
  return (HclStep){.kind = HCL_STEP_INDEX, .index = index};
}

Str hcl_read_qualified(HclReader *r, Str space, Str name) {
  return str_fmt(r->arena, "%.*s::%.*s", STR_ARG(space), STR_ARG(name));
}

HclExpr *hcl_read_item(HclReader *r, HclExpr *list, HclExpr *item) {
  if (!list) list = node(r, HCL_TUPLE, item->span);
  return over_items(r, list, 1, &item);
}

HclExpr *hcl_read_tuple(HclReader *r, HclExpr *list, Span at) {
  if (!list) return node(r, HCL_TUPLE, at);
  list->span = at;
  return list;
}

HclExpr *hcl_read_call(HclReader *r, Str name, HclExpr *list, bool spread, Span at) {
  HclExpr *expr = hcl_read_tuple(r, list, at);
  expr->kind = HCL_CALL;
  expr->text = name;
  expr->spread = spread;
  return expr;
}

HclExpr *hcl_read_member(HclReader *r, HclExpr *object, HclMember member) {
  if (!object) object = node(r, HCL_OBJECT, member.key->span);
  HclExpr *key = member.key;
  bool word = key->kind == HCL_NAME || key->kind == HCL_BOOL || key->kind == HCL_NULL;
  if (word) key->kind = HCL_STRING;
  member.bare = word;
  size_t count = object->count, size = sizeof(HclMember);
  if ((count & (count - 1)) == 0)
    object->members = arena_grow(r->arena, object->members, count * size, (count ? count * 2 : 1) * size);
  object->members[object->count++] = member;
  return above(r, above(r, object, key), member.value);
}

HclExpr *hcl_read_object(HclReader *r, HclExpr *object, Span at) {
  if (!object) return node(r, HCL_OBJECT, at);
  object->span = at;
  return object;
}

HclLoop *hcl_read_loop(HclReader *r, Str key, Str item, HclExpr *in) {
  HclLoop *loop = NEW(r->arena, HclLoop);
  *loop = (HclLoop){.key = key, .item = item, .in = in};
  return loop;
}

HclLoop *hcl_read_loop_end(HclReader *r, bool group, HclExpr *condition) {
  HclLoop *end = NEW(r->arena, HclLoop);
  *end = (HclLoop){.group = group, .condition = condition};
  return end;
}

HclExpr *hcl_read_for(HclReader *r, HclLoop *loop, HclExpr *result_key, HclExpr *result, const HclLoop *end, Span at) {
  HclExpr *expr = node(r, HCL_FOR, at);
  loop->result = result;
  loop->result_key = result_key;
  loop->object = result_key != NULL;
  loop->group = end && end->group;
  loop->condition = end ? end->condition : NULL;
  expr->loop = loop;
  if (loop->group && !loop->object) hcl_fault(r, "V2013", at, "`...` groups the members of {for …}; a list has none");
  if (result_key) above(r, expr, result_key);
  if (loop->condition) above(r, expr, loop->condition);
  return above(r, above(r, expr, loop->in), result);
}

// --- Looking

bool hcl_is_block(const HclBlock *block, const char *type, size_t labels) {
  return block && block->label_count == labels && str_eq(block->type, str_of(type));
}

const HclAttribute *hcl_attribute(const HclBody *body, Str name) {
  const HclAttribute *found = NULL;
  for (size_t i = 0; i < body->items.len; i++) {
    const HclAttribute *attribute = body->items.at[i].attribute;
    if (attribute && str_eq(attribute->name, name)) found = attribute;
  }
  return found;
}

bool hcl_plain_string(const HclExpr *expr, Str *text) {
  while (expr && expr->kind == HCL_PAREN) expr = expr->items[0];
  if (!expr || expr->kind != HCL_STRING) return false;
  *text = expr->text;
  return true;
}

bool hcl_is_name(Str name) {
  for (size_t i = 0; i < name.len; i++) {
    char c = name.at[i];
    bool letter = ascii_is_letter(c) || c == '_';
    bool inner = ascii_is_digit(c) || c == '-';
    if (!letter && !(inner && i > 0)) return false;
  }
  return name.len > 0;
}
