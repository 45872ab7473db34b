#include "validate/learnt.h"
#include "data/json.h"

static Str file_key(const uint32_t *file) {
  return (Str){(const char *)file, sizeof *file};
}

const HclBody *learnt_tree(const Learnt *learnt, uint32_t file) {
  return map_get(&learnt->trees, file_key(&file));
}

void learnt_keep(Learnt *learnt, uint32_t file, const HclBody *body) {
  uint32_t *key = NEW(learnt->arena, uint32_t);
  *key = file;
  map_set(&learnt->trees, file_key(key), (void *)(uintptr_t)body);
}

// --- jsonencode({ … }) as JSON

typedef struct Writer {
  Arena *arena;
  Inside *inside;
  Buf text;
  Resolver *resolve;
  const void *with;
} Writer;

static void mark(Writer *w, Span span) {
  VEC_PUSH(w->arena, &w->inside->written, ((Written){w->text.len, 0, span}));
}

static void end_mark(Writer *w, size_t number) {
  Written *written = &w->inside->written.at[number];
  written->length = w->text.len - written->offset;
}

// What only a plan knows stands as a placeholder, as in a template.
static void write_unknown(Writer *w) {
  buf_str(&w->text, S("${value}"));
}

static void write_template(Writer *w, const HclExpr *expr) {
  Buf text = {.arena = w->arena};
  for (uint32_t i = 0; i < expr->count; i++)
    buf_str(&text, expr->items[i]->kind == HCL_STRING ? expr->items[i]->text : S("${value}"));
  json_write_string(&w->text, buf_text(&text), JSON_COMPACT);
}

static void write_value(Writer *w, const HclExpr *given);

static void write_members(Writer *w, const HclExpr *expr) {
  buf_char(&w->text, '{');
  for (uint32_t i = 0; i < expr->count; i++) {
    const HclMember *member = &expr->members[i];
    Str key;
    if (i) buf_char(&w->text, ',');
    mark(w, member->key->span);
    if (!hcl_plain_string(member->key, &key)) key = str_fmt(w->arena, "${key%u}", i);
    json_write_string(&w->text, key, JSON_COMPACT);
    buf_char(&w->text, ':');
    write_value(w, member->value);
  }
  buf_char(&w->text, '}');
}

static void write_value(Writer *w, const HclExpr *given) {
  const HclExpr *expr = w->resolve(w->with, given);
  size_t number = w->inside->written.len;
  mark(w, expr->span);
  switch (expr->kind) {
  case HCL_NULL: buf_str(&w->text, S("null")); break;
  case HCL_BOOL: buf_str(&w->text, expr->truth ? S("true") : S("false")); break;
  case HCL_NUMBER: buf_str(&w->text, expr->text); break;
  case HCL_STRING:
    json_write_string(&w->text, expr->text, JSON_COMPACT);
    end_mark(w, number);
    break;
  case HCL_TEMPLATE: write_template(w, expr); break;
  case HCL_OBJECT: write_members(w, expr); break;
  case HCL_TUPLE:
    buf_char(&w->text, '[');
    for (uint32_t i = 0; i < expr->count; i++) {
      if (i) buf_char(&w->text, ',');
      write_value(w, expr->items[i]);
    }
    buf_char(&w->text, ']');
    break;
  case HCL_UNARY:
    if (expr->operation == HCL_NEGATE && expr->items[0]->kind == HCL_NUMBER)
      buf_fmt(&w->text, "-%.*s", STR_ARG(expr->items[0]->text));
    else
      write_unknown(w);
    break;
  default: write_unknown(w); break;
  }
}

// --- Reading

// The lines of a heredoc as they stand in the file.
static bool read_heredoc(Inside *inside, const Sources *sources, const HclExpr *expr, Str *text) {
  Str file = source_file(sources, expr->span.file)->text;
  size_t from = str_find(file, S("\n"), expr->span.start) + 1, to = expr->span.end;
  while (to > from && file.at[to - 1] != '\n') to--; // the closing mark's line
  if (from >= to) return false;
  *text = str_slice(file, from, to);
  inside->shifted = true;
  inside->start = (uint32_t)from;
  return true;
}

const Inside *inside_read(Learnt *learnt, Sources *sources, const HclExpr *given, const FileKind *kind,
                          Resolver *resolve, const void *with) {
  const HclExpr *expr = resolve(with, given);
  Inside *inside = NEW(learnt->arena, Inside);
  *inside = (Inside){.kind = kind, .whole = given->span};
  Writer w = {learnt->arena, inside, {.arena = learnt->arena}, resolve, with};
  Str text;
  bool plain = expr->kind == HCL_STRING || expr->kind == HCL_TEMPLATE;
  bool encoded = expr->kind == HCL_CALL && str_eq(expr->text, S("jsonencode")) && expr->count == 1;
  if (plain && expr->heredoc) {
    if (!read_heredoc(inside, sources, expr, &text)) return NULL;
  } else if (encoded && resolve(with, expr->items[0])->kind == HCL_OBJECT) {
    write_value(&w, expr->items[0]);
    text = buf_text(&w.text);
  } else {
    return NULL;
  }
  inside->file = source_add_part(sources, source_file(sources, given->span.file)->path, text);
  VEC_PUSH(learnt->arena, &learnt->inside, inside);
  return inside;
}

// A template is read as a heredoc: neither has quotes or backslashes that mean something.
const HclExpr *inside_template(Learnt *learnt, Diags *diags, Sources *sources, uint32_t file) {
  const SourceFile *source = source_file(sources, file);
  Str mark = S("TEMPLATE");
  while (str_has(source->text, mark)) mark = str_fmt(learnt->arena, "%.*s_", STR_ARG(mark));
  Str text = str_fmt(learnt->arena, "<<%.*s\n%.*s\n%.*s\n", STR_ARG(mark), STR_ARG(source->text), STR_ARG(mark));
  Inside *inside = NEW(learnt->arena, Inside);
  *inside = (Inside){.whole = {file, 0, (uint32_t)source->text.len}, .shifted = true, .skip = (uint32_t)mark.len + 3};
  inside->file = source_add_part(sources, source->path, text);
  VEC_PUSH(learnt->arena, &learnt->inside, inside);
  return hcl_read_expr(learnt->arena, diags, sources, inside->file);
}

const Inside *inside_of(const Learnt *learnt, const HclExpr *given) {
  for (size_t i = 0; given && i < learnt->inside.len; i++) {
    const Inside *one = learnt->inside.at[i];
    if (one->whole.file == given->span.file && one->whole.start == given->span.start &&
        one->whole.end == given->span.end)
      return one;
  }
  return NULL;
}

// --- Places

static Span place_in(const Inside *inside, Span found) {
  uint32_t file = inside->whole.file;
  if (inside->shifted) {
    uint32_t from = found.start > inside->skip ? found.start - inside->skip : 0;
    uint32_t to = found.end > inside->skip ? found.end - inside->skip : 0, most = inside->whole.end;
    if (inside->skip) return (Span){file, from < most ? from : most, to < most ? to : most};
    return (Span){file, from + inside->start, to + inside->start};
  }
  size_t low = 0, high = inside->written.len; // the last one that begins at or before the finding
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (inside->written.at[middle].offset <= found.start)
      low = middle;
    else
      high = middle;
  }
  if (!inside->written.len) return inside->whole;
  const Written *written = &inside->written.at[low];
  // A text that is written as it stands in the file: the place in it is known, too.
  uint32_t length = written->span.end - written->span.start;
  if (written->length != length || found.end > written->offset + length) return written->span;
  uint32_t shift = (uint32_t)written->offset;
  return (Span){file, written->span.start + (found.start - shift), written->span.start + (found.end - shift)};
}

void inside_place(const Learnt *learnt, Diags *diags, size_t from) {
  if (!learnt->inside.len) return;
  uint32_t first = learnt->inside.at[0]->file, last = first;
  for (size_t i = 0; i < learnt->inside.len; i++)
    last = learnt->inside.at[i]->file > last ? learnt->inside.at[i]->file : last;
  const Inside **by_file = NEW_N(learnt->arena, const Inside *, last - first + 1);
  for (size_t i = 0; i < learnt->inside.len; i++) by_file[learnt->inside.at[i]->file - first] = learnt->inside.at[i];
#define PLACE(span)                                                                                                    \
  do {                                                                                                                 \
    const Inside *of = (span).file >= first && (span).file <= last ? by_file[(span).file - first] : NULL;              \
    if (of) (span) = place_in(of, (span));                                                                             \
  } while (0)
  for (size_t i = from; i < diags->list.len; i++) {
    Diag *finding = diags->list.at[i];
    PLACE(finding->span);
    for (size_t k = 0; k < finding->notes.len; k++) PLACE(finding->notes.at[k].span);
  }
#undef PLACE
}
