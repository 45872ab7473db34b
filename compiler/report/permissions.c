#include "report/permissions.h"
#include "data/json.h"
#include "model/make.h"

typedef struct Report {
  Arena *arena;
  const Model *model;
  Sources *sources;
  const Resource *resource;
  VEC(const Value *) statements; // of the resource
} Report;

// A statement of a policy: an object that says what is allowed.
static bool is_statement(const Value *value) {
  return value->kind == VALUE_OBJECT && value_member(value, S("Effect")) &&
         (value_member(value, S("Action")) || value_member(value, S("NotAction")));
}

static void find_statements(Report *r, const Value *value) {
  if (!value) return;
  if (value->kind == VALUE_STRING && str_starts(value->text, S("{")) && str_has(value->text, S("\"Statement\""))) {
    JsonError error;
    const Json *json = json_read(r->arena, value->text, 0, &error); // a policy that is constant is JSON text by now
    if (json) value = value_of_json(r->arena, json, value->span);
  }
  if (is_statement(value)) {
    VEC_PUSH(r->arena, &r->statements, value);
    return;
  }
  bool has_items = value->kind != VALUE_OBJECT && value->items;
  for (size_t i = 0; has_items && i < value->count; i++) find_statements(r, value->items[i]);
  for (size_t i = 0; value->kind == VALUE_OBJECT && i < value->count; i++) find_statements(r, value->members[i].value);
}

// --- Reasons

static bool is_written(const Report *r, Span span) {
  return span_known(span) && !str_starts(source_file(r->sources, span.file)->path, S("<")); // else the library's
}

typedef void (*EachReason)(void *with, Span span, Str what);

static void each_reason(const Report *r, const Value *statement, EachReason then, void *with) {
  size_t count = 0;
  for (size_t i = 0; i < r->model->reasons.len; i++) {
    const PolicyReason *reason = &r->model->reasons.at[i];
    if (reason->statement != statement) continue;
    // What the library says outside of any kind has no place of its own: the thing that is given it has.
    then(with, is_written(r, reason->span) ? reason->span : r->resource->span, reason->what);
    count++;
  }
  if (count) return;
  if (is_written(r, statement->span))
    then(with, statement->span, S("stated here"));
  else
    then(with, r->resource->span, S("its kind needs it"));
}

// --- Text

static void write_value(Buf *out, const Value *value) {
  switch (value->kind) {
  case VALUE_STRING:
  case VALUE_TERRAFORM: buf_str(out, value->text); break;
  case VALUE_TEMPLATE:
    for (size_t i = 0; i < value->count; i++) {
      bool text = value->items[i]->kind == VALUE_STRING;
      if (!text) buf_str(out, S("${"));
      write_value(out, value->items[i]);
      if (!text) buf_str(out, S("}"));
    }
    break;
  case VALUE_MEMBER:
    write_value(out, value->items[0]);
    buf_fmt(out, ".%.*s", STR_ARG(value->text));
    break;
  case VALUE_LIST:
    for (size_t i = 0; i < value->count; i++) {
      if (i) buf_str(out, S(", "));
      write_value(out, value->items[i]);
    }
    break;
  case VALUE_OBJECT:
    for (size_t i = 0; i < value->count; i++) {
      buf_fmt(out, "%s%.*s ", i ? ", " : "", STR_ARG(value->members[i].name));
      write_value(out, value->members[i].value);
    }
    break;
  default: buf_str(out, value_text(out->arena, value)); break;
  }
}

typedef struct TextReason {
  Buf *out;
  const Report *report;
} TextReason;

static void text_reason(void *with, Span span, Str what) {
  const TextReason *t = with;
  if (!span_known(span)) {
    buf_fmt(t->out, "    because %.*s\n", STR_ARG(what));
    return;
  }
  LineColumn at = source_line_column(t->report->sources, span.file, span.start);
  Str path = source_file(t->report->sources, span.file)->path;
  buf_fmt(t->out, "    %.*s:%u:%u: %.*s\n", STR_ARG(path), at.line, at.column, STR_ARG(what));
}

static void text_statement(Buf *out, const Report *r, const Value *statement) {
  Str effect = value_member(statement, S("Effect"))->text;
  buf_fmt(out, "  %.*s ", STR_ARG(effect));
  static const struct {
    const char *name, *word;
  } parts[] = {{"Action", ""},
               {"NotAction", "all but "},
               {"Principal", "\n    to "},
               {"Resource", "\n    on "},
               {"Condition", "\n    if "}};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    const Value *part = value_member(statement, str_of(parts[i].name));
    if (!part) continue;
    buf_str(out, str_of(parts[i].word));
    write_value(out, part);
  }
  buf_char(out, '\n');
  TextReason with = {out, r};
  each_reason(r, statement, text_reason, &with);
}

// --- JSON

static const Json *json_texts(Arena *arena, const Value *value) {
  JsonBuild list = {.arena = arena};
  bool many = value && value->kind == VALUE_LIST;
  for (size_t i = 0; value && i < (many ? value->count : 1); i++) {
    const Value *item = many ? value->items[i] : value;
    Buf text = {.arena = arena};
    write_value(&text, item);
    json_add(&list, json_string(arena, buf_text(&text)));
  }
  return json_made_array(&list);
}

typedef struct JsonReason {
  JsonBuild list;
  const Report *report;
} JsonReason;

static void json_reason(void *with, Span span, Str what) {
  JsonReason *j = with;
  Arena *arena = j->report->arena;
  JsonBuild reason = {.arena = arena};
  if (span_known(span)) {
    LineColumn at = source_line_column(j->report->sources, span.file, span.start);
    json_put(&reason, S("path"), json_string(arena, source_file(j->report->sources, span.file)->path));
    json_put(&reason, S("line"), json_number(arena, at.line));
    json_put(&reason, S("column"), json_number(arena, at.column));
  }
  json_put(&reason, S("what"), json_string(arena, what));
  json_add(&j->list, json_made_object(&reason));
}

static const Json *json_statement(const Report *r, Str policy, const Value *statement) {
  JsonBuild made = {.arena = r->arena};
  const Value *sid = value_member(statement, S("Sid"));
  json_put(&made, S("policy"), json_string(r->arena, policy));
  if (sid && sid->kind == VALUE_STRING) json_put(&made, S("sid"), json_string(r->arena, sid->text));
  json_put(&made, S("effect"), json_string(r->arena, value_member(statement, S("Effect"))->text));
  json_put(&made, S("actions"), json_texts(r->arena, value_member(statement, S("Action"))));
  json_put(&made, S("resources"), json_texts(r->arena, value_member(statement, S("Resource"))));
  static const struct { const char *member, *name; } texts[] = {{"Principal", "principal"}, {"Condition", "condition"}};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    const Value *part = value_member(statement, str_of(texts[i].member));
    Buf text = {.arena = r->arena};
    if (part) write_value(&text, part);
    if (part) json_put(&made, str_of(texts[i].name), json_string(r->arena, buf_text(&text)));
  }
  JsonReason reasons = {.list = {.arena = r->arena}, .report = r};
  each_reason(r, statement, json_reason, &reasons);
  json_put(&made, S("reasons"), json_made_array(&reasons.list));
  return json_made_object(&made);
}

void permissions_write(Buf *out, const Model *model, Sources *sources, bool json) {
  Report r = {.arena = out->arena, .model = model, .sources = sources};
  JsonBuild all = {.arena = out->arena};
  for (size_t i = 0; i < model->resources.len; i++) {
    r.resource = &model->resources.at[i];
    r.statements.len = 0;
    find_statements(&r, r.resource->body);
    if (!r.statements.len) continue;
    Str policy = str_fmt(r.arena, "%s%.*s.%.*s", r.resource->data ? "data." : "", STR_ARG(r.resource->type),
                         STR_ARG(r.resource->name));
    if (!json) buf_fmt(out, "%.*s\n", STR_ARG(policy));
    for (size_t k = 0; k < r.statements.len; k++) {
      const Value *statement = r.statements.at[k];
      if (json)
        json_add(&all, json_statement(&r, policy, statement));
      else
        text_statement(out, &r, statement);
    }
  }
  if (!json) return;
  json_write(out, json_made_array(&all), JSON_INDENT);
  buf_char(out, '\n');
}
