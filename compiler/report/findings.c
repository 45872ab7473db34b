#include "report/findings.h"
#include "base/sys.h"
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

static void write_text(Buf *out, Diags *diags, Sources *sources) {
  diags_write_text(out, diags, sources, false);
}

static const struct Format {
  Str name;
  void (*write)(Buf *out, Diags *diags, Sources *sources);
} formats[] = {
    {STR_INIT("text"), write_text},        {STR_INIT("json"), write_json},        {STR_INIT("sarif"), findings_sarif},
    {STR_INIT("gitlab"), findings_gitlab}, {STR_INIT("github"), findings_github}, {STR_INIT("junit"), findings_junit},
};

bool findings_write(Buf *out, Diags *diags, Sources *sources, Str format, bool colour) {
  diags_sort(diags);
  if (colour && str_eq(format, S("text"))) {
    diags_write_text(out, diags, sources, true);
    return true;
  }
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
    if (!str_eq(format, formats[i].name)) continue;
    formats[i].write(out, diags, sources);
    return true;
  }
  return false;
}

Str findings_path(Arena *arena, Str path) {
  Str clean = path_clean(arena, path), folder = sys_current_folder(arena);
  if (clean.len > folder.len && str_starts(clean, folder) && clean.at[folder.len] == '/')
    return str_slice(clean, folder.len + 1, clean.len);
  return clean;
}

Str findings_fingerprint(Arena *arena, Sources *sources, const Diag *d, Map *seen) {
  Str path = S(""), line = S("");
  if (span_known(d->span)) {
    path = findings_path(arena, source_file(sources, d->span.file)->path);
    line = str_trim(source_line(sources, d->span.file, source_line_column(sources, d->span.file, d->span.start).line));
  }
  Str what = str_fmt(arena, "%s\n%.*s\n%.*s\n%.*s", d->code, STR_ARG(path), STR_ARG(d->message), STR_ARG(line));
  uintptr_t before = (uintptr_t)map_get(seen, what);
  map_set(seen, what, (void *)(before + 1));
  if (before) what = str_fmt(arena, "%.*s\n%zu", STR_ARG(what), (size_t)before);
  uint64_t first = str_hash(what), second = str_hash(str_fmt(arena, "%.*s\n", STR_ARG(what)));
  return str_fmt(arena, "%016llx%016llx", (unsigned long long)first, (unsigned long long)second);
}
