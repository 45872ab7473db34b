// What continuous integration reads: GitLab's code quality report, GitHub's workflow commands, JUnit XML.
#include "data/json.h"
#include "report/findings.h"

static LineColumn place_of(Sources *sources, const Diag *d) {
  return span_known(d->span) ? source_line_column(sources, d->span.file, d->span.start) : (LineColumn){1, 1};
}

static Str path_of(Arena *arena, const Sources *sources, const Diag *d) {
  return span_known(d->span) ? findings_path(arena, source_file(sources, d->span.file)->path) : S(".");
}

void findings_gitlab(Buf *out, Diags *diags, Sources *sources) {
  static const char *const severities[] = {"major", "minor", "info"};
  Arena *arena = diags->arena;
  Map seen = {.arena = arena};
  JsonBuild list = {.arena = arena};
  for (size_t i = 0; i < diags->list.len; i++) {
    const Diag *d = diags->list.at[i];
    JsonBuild row = {.arena = arena}, location = {.arena = arena}, lines = {.arena = arena};
    json_put(&lines, S("begin"), json_number(arena, place_of(sources, d).line));
    json_put(&location, S("path"), json_string(arena, path_of(arena, sources, d)));
    json_put(&location, S("lines"), json_made_object(&lines));
    json_put(&row, S("description"), json_string(arena, d->message));
    json_put(&row, S("check_name"), json_string(arena, str_of(d->code)));
    json_put(&row, S("fingerprint"), json_string(arena, findings_fingerprint(arena, sources, d, &seen)));
    json_put(&row, S("severity"), json_string(arena, str_of(severities[d->level])));
    json_put(&row, S("location"), json_made_object(&location));
    json_add(&list, json_made_object(&row));
  }
  json_write(out, json_made_array(&list), JSON_INDENT);
  buf_char(out, '\n');
}

// Escapes as the runner wants it: % and line ends everywhere, ':' and ',' in properties too.
static void write_escaped(Buf *out, Str text, bool property) {
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    if (c == '%' || c == '\n' || c == '\r' || (property && (c == ':' || c == ',')))
      buf_fmt(out, "%%%02X", (unsigned)c);
    else
      buf_char(out, c);
  }
}

void findings_github(Buf *out, Diags *diags, Sources *sources) {
  static const char *const commands[] = {"error", "warning", "notice"};
  for (size_t i = 0; i < diags->list.len; i++) {
    const Diag *d = diags->list.at[i];
    LineColumn at = place_of(sources, d);
    buf_fmt(out, "::%s file=", commands[d->level]);
    write_escaped(out, path_of(diags->arena, sources, d), true);
    buf_fmt(out, ",line=%u,col=%u,title=%s::", at.line, at.column, d->code);
    write_escaped(out, d->message, false);
    if (d->help.len) buf_str(out, S("%0A")), write_escaped(out, d->help, false);
    buf_char(out, '\n');
  }
}

static void write_xml(Buf *out, Str text) {
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.at[i];
    switch (c) {
    case '&': buf_str(out, S("&amp;")); break;
    case '<': buf_str(out, S("&lt;")); break;
    case '>': buf_str(out, S("&gt;")); break;
    case '"': buf_str(out, S("&quot;")); break;
    case '\n': buf_str(out, S("&#10;")); break;
    default: buf_char(out, c < 0x20 && c != '\t' ? ' ' : (char)c);
    }
  }
}

// The findings on one file (0: on none) of a level range, as text lines.
static size_t write_findings(Buf *out, const Diags *diags, Sources *sources, uint32_t file, bool errors) {
  size_t count = 0;
  for (size_t i = 0; i < diags->list.len; i++) {
    const Diag *d = diags->list.at[i];
    if (d->span.file != file || (d->level == DIAG_ERROR) != errors) continue;
    LineColumn at = place_of(sources, d);
    count++;
    if (!out) continue;
    Str line = str_fmt(diags->arena, "%u:%u: %s[%s]: %.*s\n", at.line, at.column, diag_level_name(d->level), d->code,
                       STR_ARG(d->message));
    write_xml(out, line);
  }
  return count;
}

static void write_case(Buf *out, const Diags *diags, Sources *sources, uint32_t file) {
  size_t errors = write_findings(NULL, diags, sources, file, true),
         others = write_findings(NULL, diags, sources, file, false);
  buf_str(out, S("    <testcase classname=\"mlopsc\" name=\""));
  write_xml(out, file ? findings_path(diags->arena, source_file(sources, file)->path) : S("all files"));
  if (!errors && !others) {
    buf_str(out, S("\"/>\n"));
    return;
  }
  buf_str(out, S("\">\n"));
  if (errors) {
    buf_fmt(out, "      <failure type=\"error\" message=\"%zu error%s\">", errors, errors == 1 ? "" : "s");
    write_findings(out, diags, sources, file, true);
    buf_str(out, S("</failure>\n"));
  }
  if (others) {
    buf_str(out, S("      <system-out>"));
    write_findings(out, diags, sources, file, false);
    buf_str(out, S("</system-out>\n"));
  }
  buf_str(out, S("    </testcase>\n"));
}

void findings_junit(Buf *out, Diags *diags, Sources *sources) {
  size_t files = sources->files.len ? sources->files.len - 1 : 0, failed = 0, whole = 0,
         loose = write_findings(NULL, diags, sources, 0, true) + write_findings(NULL, diags, sources, 0, false);
  for (uint32_t file = loose ? 0 : 1; file <= files; file++)
    failed += write_findings(NULL, diags, sources, file, true) > 0;
  for (uint32_t file = 1; file <= files; file++) whole += !source_file(sources, file)->part;
  buf_str(out, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"));
  buf_fmt(out, "  <testsuite name=\"mlopsc\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"0\">\n",
          whole + (loose > 0), failed);
  for (uint32_t file = loose ? 0 : 1; file <= files; file++) {
    if (!file || !source_file(sources, file)->part) write_case(out, diags, sources, file);
  }
  buf_str(out, S("  </testsuite>\n</testsuites>\n"));
}
