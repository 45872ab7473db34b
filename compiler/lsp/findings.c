// Findings and places in the protocol's terms.
#include "base/utf8.h"
#include "check/check.h"
#include "lsp/lsp.h"

static const Json *position(Arena *arena, Sources *sources, uint32_t file, uint32_t offset) {
  LineColumn at = source_line_column(sources, file, offset);
  Str line = source_line(sources, file, at.line);
  uint32_t column = 0;
  size_t length = 0;
  for (size_t i = 0, k = 1; k < at.column && i < line.len; i += length, k++) {
    column += utf8_decode(line, i, &length, NULL) > 0xffff ? 2 : 1;
  }
  JsonBuild made = {.arena = arena};
  json_put(&made, S("line"), json_number(arena, at.line - 1));
  json_put(&made, S("character"), json_number(arena, column));
  return json_made_object(&made);
}

const Json *lsp_range(Arena *arena, Sources *sources, Span span) {
  JsonBuild made = {.arena = arena};
  json_put(&made, S("start"), position(arena, sources, span.file, span.start));
  json_put(&made, S("end"), position(arena, sources, span.file, span.end));
  return json_made_object(&made);
}

static bool holds_pipeline(Arena *arena, Sources *sources, uint32_t file) {
  Diags unheard = {.arena = arena};
  for (const Stmt *s = syntax_parse(arena, sources, file, &unheard)->items; s; s = s->next) {
    if (s->kind == STMT_DECLARE && str_eq(s->word.text, S("pipeline"))) return true;
  }
  return false;
}

static Str text_of(Arena *arena, const Diag *d) {
  Buf out = {.arena = arena};
  buf_str(&out, d->message);
  for (size_t i = 0; i < d->notes.len; i++) buf_fmt(&out, "\nnote: %.*s", STR_ARG(d->notes.at[i].text));
  if (d->help.len) buf_fmt(&out, "\nhelp: %.*s", STR_ARG(d->help));
  return buf_text(&out);
}

static const Json *diagnostic(Arena *arena, Sources *sources, uint32_t file, const Diag *d) {
  // A finding in a file that this one uses is told at the top.
  Span span = d->span.file == file ? d->span : (Span){file, 0, 0};
  JsonBuild made = {.arena = arena};
  json_put(&made, S("range"), lsp_range(arena, sources, span));
  json_put(&made, S("severity"), json_number(arena, d->level + 1)); // error 1, warning 2, information 3
  json_put(&made, S("code"), json_string(arena, str_of(d->code)));
  json_put(&made, S("source"), json_string(arena, S("mlopsc")));
  json_put(&made, S("message"), json_string(arena, text_of(arena, d)));
  return json_made_object(&made);
}

const Json *lsp_diagnostics(Arena *arena, Str path, Str text) {
  Sources sources = {.arena = arena};
  Diags diags = {.arena = arena};
  uint32_t file = source_add(&sources, path, text);
  if (holds_pipeline(arena, &sources, file))
    check_pipeline(arena, &sources, file, &diags);
  else
    syntax_parse(arena, &sources, file, &diags);
  diags_sort(&diags);
  JsonBuild all = {.arena = arena};
  for (size_t i = 0; i < diags.list.len; i++) json_add(&all, diagnostic(arena, &sources, file, diags.list.at[i]));
  return json_made_array(&all);
}
