// Documents inside of Terraform: state machines, items and buildspecs that stand in a heredoc or in jsonencode({ … })
// are checked as what they are, and what is wrong is told where it stands.
#include "data/json.h"
#include "validate/tf.h"

// From here on the document is written as `span` of the Terraform file.
typedef struct Written {
  size_t offset;
  Span span;
} Written;

typedef struct Document {
  TfModule *module;
  Buf text;
  VEC(Written) written;
  bool shifted; // the text is a piece of the file as it stands, which begins at `start`
  uint32_t start;
} Document;

// --- jsonencode({ … })

static void mark(Document *d, Span span) {
  VEC_PUSH(d->module->arena, &d->written, ((Written){d->text.len, span}));
}

// What only a plan knows stands as a placeholder, as in a template.
static void render_unknown(Document *d) {
  buf_str(&d->text, S("${value}"));
}

static void render_template(Document *d, const HclExpr *expr) {
  Buf text = {.arena = d->module->arena};
  for (uint32_t i = 0; i < expr->count; i++)
    buf_str(&text, expr->items[i]->kind == HCL_STRING ? expr->items[i]->text : S("${value}"));
  json_write_string(&d->text, buf_text(&text), JSON_COMPACT);
}

static void render(Document *d, const HclExpr *given);

static void render_members(Document *d, const HclExpr *expr) {
  buf_char(&d->text, '{');
  for (uint32_t i = 0; i < expr->count; i++) {
    const HclMember *member = &expr->members[i];
    Str key;
    if (i) buf_char(&d->text, ',');
    mark(d, member->key->span);
    if (!hcl_plain_string(member->key, &key)) key = str_fmt(d->module->arena, "${key%u}", i);
    json_write_string(&d->text, key, JSON_COMPACT);
    buf_char(&d->text, ':');
    render(d, member->value);
  }
  buf_char(&d->text, '}');
}

static void render(Document *d, const HclExpr *given) {
  const HclExpr *expr = tf_resolved(d->module, given);
  mark(d, expr->span);
  switch (expr->kind) {
  case HCL_NULL: buf_str(&d->text, S("null")); break;
  case HCL_BOOL: buf_str(&d->text, expr->truth ? S("true") : S("false")); break;
  case HCL_NUMBER: buf_str(&d->text, expr->text); break;
  case HCL_STRING: json_write_string(&d->text, expr->text, JSON_COMPACT); break;
  case HCL_TEMPLATE: render_template(d, expr); break;
  case HCL_OBJECT: render_members(d, expr); break;
  case HCL_TUPLE:
    buf_char(&d->text, '[');
    for (uint32_t i = 0; i < expr->count; i++) {
      if (i) buf_char(&d->text, ',');
      render(d, expr->items[i]);
    }
    buf_char(&d->text, ']');
    break;
  case HCL_UNARY:
    if (expr->operation == HCL_NEGATE && expr->items[0]->kind == HCL_NUMBER)
      buf_fmt(&d->text, "-%.*s", STR_ARG(expr->items[0]->text));
    else
      render_unknown(d);
    break;
  default: render_unknown(d); break;
  }
}

// --- Reading the document

// The lines of a heredoc as they stand in the file.
static bool read_heredoc(Document *d, const HclExpr *expr) {
  Str file = source_file(d->module->sources, expr->span.file)->text;
  size_t from = str_find(file, S("\n"), expr->span.start) + 1, to = expr->span.end;
  while (to > from && file.at[to - 1] != '\n') to--; // the closing mark's line
  if (from >= to) return false;
  buf_str(&d->text, str_slice(file, from, to));
  d->shifted = true;
  d->start = (uint32_t)from;
  return true;
}

static bool read_document(Document *d, const HclExpr *given) {
  const HclExpr *expr = tf_resolved(d->module, given);
  bool text = expr->kind == HCL_STRING || expr->kind == HCL_TEMPLATE;
  if (text && expr->heredoc) return read_heredoc(d, expr);
  bool encoded = expr->kind == HCL_CALL && str_eq(expr->text, S("jsonencode")) && expr->count == 1;
  if (!encoded || tf_resolved(d->module, expr->items[0])->kind != HCL_OBJECT) return false;
  render(d, expr->items[0]);
  return true;
}

// --- Findings

static Span place_of(const Document *d, Span found, uint32_t from, uint32_t file) {
  if (found.file != from) return found;
  if (d->shifted) return (Span){file, found.start + d->start, found.end + d->start};
  size_t low = 0, high = d->written.len; // the last one that begins at or before the finding
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (d->written.at[middle].offset <= found.start)
      low = middle;
    else
      high = middle;
  }
  return d->written.len ? d->written.at[low].span : (Span){file, 0, 0};
}

void tf_check_document(TfModule *module, const HclExpr *expr, Str kind, bool express) {
  const FileKind *row = file_kind_named(kind);
  Document d = {.module = module, .text = {.arena = module->arena}};
  if (!row || !row->check || !read_document(&d, expr)) return;
  Diags found = {.arena = module->arena};
  ValidateOptions options = {.express = express};
  uint32_t file = expr->span.file;
  uint32_t inside = source_add(module->sources, source_file(module->sources, file)->path, buf_text(&d.text));
  row->check(&found, module->sources, inside, &options);
  for (size_t i = 0; i < found.list.len; i++) {
    Diag *finding = found.list.at[i];
    finding->span = place_of(&d, finding->span, inside, file);
    for (size_t k = 0; k < finding->notes.len; k++) {
      if (span_known(finding->notes.at[k].span))
        finding->notes.at[k].span = place_of(&d, finding->notes.at[k].span, inside, file);
    }
    VEC_PUSH(module->diags->arena, &module->diags->list, finding);
    module->diags->counts[finding->level]++;
  }
}
