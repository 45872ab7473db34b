// Circles among what Terraform is to make: where each of several resources is named in another one, none can be the
// first. They are shown by the declarations of the spec that name each other.
#include "check/flow.h"

// The numbers of the resources that one names.
typedef struct Uses {
  size_t *at;
  size_t len, room;
} Uses;

typedef struct Circles {
  Checker *c;
  Map numbers; // address -> its number + 1
  Uses *uses;  // of each resource
  size_t from; // the resource whose values are read
  bool *told;
} Circles;

static bool in_reference(char ch) {
  return ascii_is_word(ch) || ch == '.' || ch == '-';
}

// The address that a reference begins with: "aws_s3_bucket.data" of "aws_s3_bucket.data.arn"; empty: it is none.
static Str address_of(Str reference) {
  size_t dots = str_starts(reference, S("data.")) ? 2 : 1, end = 0;
  while (end < reference.len && (reference.at[end] != '.' || dots-- > 0)) end++;
  return str_slice(reference, 0, end);
}

static void see_text(Circles *w, Str text) {
  for (size_t i = 0, to; i < text.len; i = to + 1) {
    for (to = i; to < text.len && in_reference(text.at[to]);) to++;
    size_t number = (size_t)(uintptr_t)map_get(&w->numbers, address_of(str_slice(text, i, to)));
    Uses *uses = &w->uses[w->from];
    bool known = !number;
    for (size_t k = 0; k < uses->len && !known; k++) known = uses->at[k] == number - 1;
    if (!known) VEC_PUSH(w->c->arena, uses, number - 1);
  }
}

static void see_value(void *with, const Value **at) {
  Circles *w = with;
  const Value *value = *at;
  if (value->kind == VALUE_TERRAFORM) see_text(w, value->text);
  bool definition = value->kind == VALUE_CALL && str_eq(value->text, S("definition")),
       contents = value->kind == VALUE_CALL && str_eq(value->text, S("contents"));
  for (size_t i = 0; definition && i < w->c->model->flows.len; i++) {
    Flow *flow = w->c->model->flows.at[i];
    if (str_eq(flow->name, value->items[0]->text)) visit_graph(&flow->graph, see_value, w);
  }
  for (size_t i = 0; contents && i < w->c->files.len; i++) {
    if (str_eq(w->c->files.at[i]->path, value->items[0]->text)) see_value(w, &w->c->files.at[i]->content);
  }
  for (size_t i = 0; i < value->count; i++) {
    const Value *part = value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i];
    if (part) see_value(w, &part);
  }
}

// ---------------------------------------------------------------- the report

// The declaration of the spec that a resource comes from.
static const Stmt *declaration_of(const Checker *c, Span place) {
  for (size_t i = 0; i < c->used.len; i++) {
    for (const Stmt *stmt = c->used.at[i]; stmt; stmt = stmt->next) {
      bool around = stmt->span.file == place.file && stmt->span.start <= place.start && place.end <= stmt->span.end;
      if (around) return stmt;
    }
  }
  return NULL;
}

// Where a declaration names another one; its own name where it does so by way of the library.
static Span naming(const Checker *c, const Stmt *stmt, Str name) {
  Str text = source_file(c->sources, stmt->span.file)->text;
  for (uint32_t i = stmt->span.start, to; i < stmt->span.end; i = to + (to == i)) {
    for (to = i; to < stmt->span.end && ascii_is_word(text.at[to]);) to++;
    bool own = i >= stmt->name.span.start && i < stmt->name.span.end;
    if (to > i && !own && str_eq(str_slice(text, i, to), name)) return (Span){stmt->span.file, i, to};
  }
  return stmt->name.span;
}

// `way` are the resources of a circle, the first again at its end.
static void report(Circles *w, const size_t *way, size_t count) {
  Checker *c = w->c;
  VEC(const Stmt *) stmts = {0}; // those that come from one declaration count once
  for (size_t i = 0; i < count; i++) {
    const Stmt *stmt = declaration_of(c, c->resources.at[way[i]]->span);
    w->told[way[i]] = true;
    if (stmt && (!stmts.len || stmts.at[stmts.len - 1] != stmt)) VEC_PUSH(c->arena, &stmts, stmt);
  }
  if (!stmts.len) return;
  if (stmts.len == 1) VEC_PUSH(c->arena, &stmts, stmts.at[0]);
  Buf text = {.arena = c->arena};
  for (size_t i = 0; i < stmts.len; i++) buf_fmt(&text, "%s`%.*s`", i ? " → " : "", STR_ARG(stmts.at[i]->name.text));
  Str second = stmts.at[1]->name.text;
  Diag *d = diag(c->diags, DIAG_ERROR, "E0104", naming(c, stmts.at[0], second),
                 "these need each other, so none can be made first: %.*s", STR_ARG(buf_text(&text)));
  for (size_t i = 1; i + 1 < stmts.len; i++) {
    const Stmt *from = stmts.at[i], *to = stmts.at[i + 1];
    diag_note(c->diags, d, naming(c, from, to->name.text), "`%.*s` needs `%.*s`", STR_ARG(from->name.text),
              STR_ARG(to->name.text));
  }
  diag_help(c->diags, d, "take one of these out: hand the value over when it runs, or let a `param` say it");
}

// The shortest circle through a resource: its length in *count, 0 where there is none.
static const size_t *circle_through(Circles *w, size_t start, size_t *count) {
  Checker *c = w->c;
  size_t total = c->resources.len, *before = NEW_N(c->arena, size_t, total), *queue = NEW_N(c->arena, size_t, total);
  bool *seen = NEW_N(c->arena, bool, total);
  size_t head = 0, tail = 0;
  queue[tail++] = start;
  while (head < tail) {
    size_t at = queue[head++];
    for (size_t i = 0; i < w->uses[at].len; i++) {
      size_t used = w->uses[at].at[i];
      if (used == start) {
        size_t *way = NEW_N(c->arena, size_t, total + 1), length = 1;
        for (size_t k = at; k != start; k = before[k]) length++;
        way[0] = way[length] = start;
        for (size_t k = at, n = length - 1; k != start; k = before[k]) way[n--] = k;
        *count = length + 1;
        return way;
      }
      if (seen[used]) continue;
      seen[used] = true;
      before[used] = at;
      queue[tail++] = used;
    }
  }
  *count = 0;
  return NULL;
}

// Takes out, one after the other, resources that need nothing more: what is left takes part in a circle or needs one.
static bool *left_over(Circles *w) {
  Checker *c = w->c;
  size_t total = c->resources.len, *open = NEW_N(c->arena, size_t, total), *ready = NEW_N(c->arena, size_t, total);
  bool *left = NEW_N(c->arena, bool, total);
  Uses *users = NEW_N(c->arena, Uses, total);
  size_t count = 0;
  for (size_t i = 0; i < total; i++) {
    open[i] = w->uses[i].len;
    left[i] = open[i] > 0;
    if (!open[i]) ready[count++] = i;
    for (size_t k = 0; k < w->uses[i].len; k++) VEC_PUSH(c->arena, &users[w->uses[i].at[k]], i);
  }
  for (size_t i = 0; i < count; i++) {
    for (size_t k = 0; k < users[ready[i]].len; k++) {
      size_t user = users[ready[i]].at[k];
      if (--open[user]) continue;
      left[user] = false;
      ready[count++] = user;
    }
  }
  return left;
}

void check_circles(Checker *c) {
  size_t total = c->resources.len;
  Circles w = {.c = c,
               .numbers = {.arena = c->arena},
               .uses = NEW_N(c->arena, Uses, total + 1),
               .told = NEW_N(c->arena, bool, total + 1)};
  for (size_t i = 0; i < total; i++) {
    const Resource *r = c->resources.at[i];
    Str address = str_fmt(c->arena, "%s%.*s.%.*s", r->data ? "data." : "", STR_ARG(r->type), STR_ARG(r->name));
    map_set(&w.numbers, address, (void *)(uintptr_t)(i + 1));
  }
  for (w.from = 0; w.from < total; w.from++) {
    if (c->resources.at[w.from]->body) see_value(&w, &c->resources.at[w.from]->body);
  }
  const bool *left = left_over(&w);
  for (size_t i = 0; i < total; i++) {
    size_t count = 0;
    const size_t *way = left[i] && !w.told[i] ? circle_through(&w, i, &count) : NULL;
    bool told = false;
    for (size_t k = 0; k < count; k++) told = told || w.told[way[k]];
    if (way && !told) report(&w, way, count);
  }
}
