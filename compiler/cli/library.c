#include "cli/library.h"
#include "base/embed.h"
#include "syntax/syntax.h"

typedef struct Reader {
  Arena *arena;
  Sources sources;
} Reader;

static Str source_text(Reader *r, Span span) {
  return span_known(span) ? str_slice(source_file(&r->sources, span.file)->text, span.start, span.end) : (Str){0};
}

static void put_text(Reader *r, JsonBuild *build, const char *key, Str text) {
  if (text.len) json_put(build, str_of(key), json_string(r->arena, text));
}

static const Json *parameters(Reader *r, const Stmt *stmt) {
  JsonBuild list = {.arena = r->arena};
  for (size_t i = 0; i < stmt->params.len; i++) {
    const Parameter *param = &stmt->params.at[i];
    JsonBuild one = {.arena = r->arena};
    put_text(r, &one, "name", param->name.text);
    json_put(&one, S("type"), json_string(r->arena, param->type ? source_text(r, param->type->span) : S("any")));
    json_put(&one, S("optional"), json_bool(param->optional || param->value));
    if (param->value) put_text(r, &one, "default", source_text(r, param->value->span));
    put_text(r, &one, "doc", param->doc);
    json_add(&list, json_made_object(&one));
  }
  return json_made_array(&list);
}

static bool has_name(const JsonBuild *names, Str name) {
  for (size_t i = 0; i < names->items.len; i++) {
    if (str_eq(json_str(names->items.at[i]), name)) return true;
  }
  return false;
}

// What a kind has of a sort of statements, also behind an `if`, in a `for` or an arm.
static void collect(Reader *r, const Stmt *body, StmtKind kind, JsonBuild *names) {
  for (const Stmt *stmt = body; stmt; stmt = stmt->next) {
    // Names that are worked out are none, and some stand in several arms.
    if (stmt->kind == kind && stmt->name.text.len && !has_name(names, stmt->name.text))
      json_add(names, json_string(r->arena, stmt->name.text));
    if (stmt->kind == STMT_IF || stmt->kind == STMT_FOR) {
      collect(r, stmt->body, kind, names);
      collect(r, stmt->other, kind, names);
    }
    for (size_t i = 0; stmt->kind == STMT_MATCH && i < stmt->arms.len; i++)
      collect(r, stmt->arms.at[i].body, kind, names);
  }
}

static const Json *described(Reader *r, Str in, const Stmt *stmt, const char *is) {
  JsonBuild one = {.arena = r->arena};
  put_text(r, &one, "name", stmt->name.text);
  put_text(r, &one, "is", str_of(is));
  put_text(r, &one, "in", in);
  put_text(r, &one, "doc", stmt->doc);
  json_put(&one, S("parameters"), parameters(r, stmt));
  if (stmt->kind == STMT_STEP) return json_made_object(&one);
  static const struct {
    const char *key;
    StmtKind kind;
  } parts[] = {{"members", STMT_MEMBER}, {"grants", STMT_GRANT}};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
    JsonBuild names = {.arena = r->arena};
    collect(r, stmt->body, parts[i].kind, &names);
    json_put(&one, str_of(parts[i].key), json_made_array(&names));
  }
  JsonBuild inside = {.arena = r->arena};
  for (const Stmt *inner = stmt->body; inner; inner = inner->next) {
    const char *what = inner->kind == STMT_STEP    ? "step"
                       : inner->kind == STMT_EVENT ? "event"
                       : inner->kind == STMT_KIND  ? "kind"
                                                   : NULL;
    if (what) json_add(&inside, described(r, in, inner, what));
  }
  json_put(&one, S("inside"), json_made_array(&inside));
  return json_made_object(&one);
}

const Json *library_json(Arena *arena) {
  Reader r = {.arena = arena, .sources = {.arena = arena}};
  JsonBuild all = {.arena = arena};
  size_t count;
  const EmbeddedFile *files = embed_list(&count);
  for (size_t i = 0; i < count; i++) {
    Str name = files[i].name;
    if (!str_starts(name, S("std/")) || !str_ends(name, S(".mlops"))) continue;
    Diags diags = {.arena = arena};
    uint32_t file = source_add(&r.sources, name, (Str){files[i].start, (size_t)(files[i].end - files[i].start)});
    Str in = str_slice(name, 4, name.len - 6);
    for (const Stmt *stmt = syntax_parse(arena, &r.sources, file, &diags)->items; stmt; stmt = stmt->next) {
      bool is_event = stmt->kind == STMT_KIND && str_has(source_text(&r, stmt->span), S("\n  for t in targets"));
      if (stmt->kind == STMT_KIND) json_add(&all, described(&r, in, stmt, is_event ? "event" : "kind"));
      if (stmt->kind == STMT_STEP) json_add(&all, described(&r, in, stmt, "step"));
    }
  }
  return json_made_array(&all);
}

// ---------------------------------------------------------------- for people

static Str text_of(const Json *object, const char *key) {
  const Json *value = json_get(object, str_of(key));
  return value ? json_str(value) : (Str){0};
}

static void write_parameters(Buf *out, const Json *of, const char *indent) {
  const Json *list = json_get(of, S("parameters"));
  size_t width = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    size_t len = text_of(list->items[i], "name").len;
    width = len > width ? len : width;
  }
  for (uint32_t i = 0; i < list->count; i++) {
    const Json *param = list->items[i];
    Str name = text_of(param, "name"), otherwise = text_of(param, "default"), doc = text_of(param, "doc");
    bool optional = json_get(param, S("optional"))->kind == JSON_TRUE;
    buf_fmt(out, "%s%.*s%s%*s  %.*s", indent, STR_ARG(name), optional ? " " : "!", (int)(width - name.len), "",
            STR_ARG(text_of(param, "type")));
    if (otherwise.len) buf_fmt(out, " = %.*s", STR_ARG(otherwise));
    if (doc.len) buf_fmt(out, "    %.*s", STR_ARG(doc));
    buf_char(out, '\n');
  }
}

static void write_names(Buf *out, const Json *of, const char *key) {
  const Json *list = json_get(of, str_of(key));
  if (!list || !list->count) return;
  buf_fmt(out, "\n%s:", key);
  for (uint32_t i = 0; i < list->count; i++) buf_fmt(out, "%s %.*s", i ? "," : "", STR_ARG(json_str(list->items[i])));
  buf_char(out, '\n');
}

static void write_one(Buf *out, const Json *one) {
  buf_fmt(out, "%.*s %.*s: %.*s\n\n", STR_ARG(text_of(one, "is")), STR_ARG(text_of(one, "name")),
          STR_ARG(text_of(one, "doc")));
  write_parameters(out, one, "  ");
  write_names(out, one, "members");
  write_names(out, one, "grants");
  const Json *inside = json_get(one, S("inside"));
  for (uint32_t i = 0; inside && i < inside->count; i++) {
    const Json *inner = inside->items[i];
    buf_fmt(out, "\n%.*s %.*s", STR_ARG(text_of(inner, "is")), STR_ARG(text_of(inner, "name")));
    if (text_of(inner, "doc").len) buf_fmt(out, ": %.*s", STR_ARG(text_of(inner, "doc")));
    buf_char(out, '\n');
    write_parameters(out, inner, "  ");
  }
}

bool library_explain(Arena *arena, Str name, Buf *out, Str *nearest) {
  const Json *all = library_json(arena);
  Nearest near = nearest_to(name);
  for (uint32_t i = 0; i < all->count; i++) {
    const Json *one = all->items[i];
    bool step = str_eq(text_of(one, "is"), S("step"));
    Str full = step ? str_fmt(arena, "%.*s.%.*s", STR_ARG(text_of(one, "in")), STR_ARG(text_of(one, "name")))
                    : text_of(one, "name");
    if (str_eq(full, name)) {
      write_one(out, one);
      return true;
    }
    nearest_offer(&near, full);
  }
  *nearest = nearest_best(&near);
  return false;
}

// Up to where its first sentence ends, in one line.
static Str first_sentence(Arena *arena, Str doc) {
  Buf out = {.arena = arena};
  for (size_t i = 0; i < doc.len; i++) {
    bool line_ends = doc.at[i] == '\n';
    if (i && doc.at[i - 1] == '.' && (line_ends || doc.at[i] == ' ')) break;
    buf_char(&out, line_ends ? ' ' : doc.at[i]);
  }
  return buf_text(&out);
}

void library_list(Arena *arena, Buf *out) {
  const Json *all = library_json(arena);
  for (uint32_t i = 0; i < all->count; i++) {
    const Json *one = all->items[i];
    Str name = text_of(one, "name");
    if (str_eq(text_of(one, "is"), S("step")))
      name = str_fmt(arena, "%.*s.%.*s", STR_ARG(text_of(one, "in")), STR_ARG(name));
    Str first = first_sentence(arena, text_of(one, "doc"));
    buf_fmt(out, "%-5.*s  %-24.*s  %.*s\n", STR_ARG(text_of(one, "is")), STR_ARG(name), STR_ARG(first));
  }
}
