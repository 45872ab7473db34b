#include "report/findings.h"
#include "data/json.h"

static void write_json(Buf *out, Diags *diags, Sources *sources) {
  Arena *arena = diags->arena;
  JsonBuild list = {.arena = arena};
  for (size_t i = 0; i < diags->list.len; i++) {
    const Diag *d = diags->list.at[i];
    bool known = span_known(d->span);
    LineColumn at = known ? source_line_column(sources, d->span.file, d->span.start) : (LineColumn){1, 1};
    JsonBuild row = {.arena = arena};
    json_put(&row, S("path"), json_string(arena, known ? source_file(sources, d->span.file)->path : S("")));
    json_put(&row, S("line"), json_number(arena, at.line));
    json_put(&row, S("column"), json_number(arena, at.column));
    json_put(&row, S("severity"), json_string(arena, str_of(diag_level_name(d->level))));
    json_put(&row, S("code"), json_string(arena, str_of(d->code)));
    json_put(&row, S("message"), json_string(arena, d->message));
    if (d->cite.len) json_put(&row, S("cite"), json_string(arena, d->cite));
    if (d->help.len) json_put(&row, S("help"), json_string(arena, d->help));
    json_add(&list, json_made_object(&row));
  }
  json_write(out, json_made_array(&list), JSON_INDENT);
  buf_char(out, '\n');
}

bool findings_write(Buf *out, Diags *diags, Sources *sources, Str format, bool colour) {
  diags_sort(diags);
  if (str_eq(format, S("text")))
    diags_write_text(out, diags, sources, colour);
  else if (str_eq(format, S("json")))
    write_json(out, diags, sources);
  else
    return false;
  return true;
}
