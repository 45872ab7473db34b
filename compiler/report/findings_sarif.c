// SARIF 2.1.0 (OASIS), as code scanning services read it.
#include "data/json.h"
#include "report/explain.h"
#include "report/findings.h"

static const Json *text_of(Arena *arena, Str text) {
  JsonBuild made = {.arena = arena};
  json_put(&made, S("text"), json_string(arena, text));
  return json_made_object(&made);
}

// Bytes that a URI reference does not take are written %XX.
static Str uri_of(Arena *arena, Str path) {
  Buf out = {.arena = arena};
  for (size_t i = 0; i < path.len; i++) {
    char c = path.at[i];
    if (ascii_is_alnum(c) || (c && strchr("-._~/", c)))
      buf_char(&out, c);
    else
      buf_fmt(&out, "%%%02X", (unsigned char)c);
  }
  return buf_text(&out);
}

static const Json *location(Arena *arena, Sources *sources, Span span) {
  LineColumn from = source_line_column(sources, span.file, span.start),
             to = source_line_column(sources, span.file, span.end);
  JsonBuild artifact = {.arena = arena}, region = {.arena = arena}, physical = {.arena = arena},
            made = {.arena = arena};
  Str path = findings_path(arena, source_file(sources, span.file)->path);
  json_put(&artifact, S("uri"), json_string(arena, uri_of(arena, path)));
  json_put(&region, S("startLine"), json_number(arena, from.line));
  json_put(&region, S("startColumn"), json_number(arena, from.column));
  json_put(&region, S("endLine"), json_number(arena, to.line));
  json_put(&region, S("endColumn"), json_number(arena, to.column));
  json_put(&physical, S("artifactLocation"), json_made_object(&artifact));
  json_put(&physical, S("region"), json_made_object(&region));
  json_put(&made, S("physicalLocation"), json_made_object(&physical));
  return json_made_object(&made);
}

static const Json *related(Arena *arena, Sources *sources, const DiagNote *note) {
  const Json *place = location(arena, sources, note->span);
  JsonBuild made = {.arena = arena};
  json_put(&made, S("physicalLocation"), json_get(place, S("physicalLocation")));
  json_put(&made, S("message"), text_of(arena, note->text));
  return json_made_object(&made);
}

static const Json *rule_of(Arena *arena, const char *code) {
  JsonBuild made = {.arena = arena};
  Explanation section;
  json_put(&made, S("id"), json_string(arena, str_of(code)));
  if (!explain_find(str_of(code), &section)) return json_made_object(&made);
  json_put(&made, S("shortDescription"), text_of(arena, section.title));
  if (section.text.len) json_put(&made, S("fullDescription"), text_of(arena, str_trim(section.text)));
  return json_made_object(&made);
}

static const Json *result_of(Arena *arena, Sources *sources, const Diag *d, size_t rule, Map *seen) {
  JsonBuild made = {.arena = arena}, places = {.arena = arena}, others = {.arena = arena}, prints = {.arena = arena};
  Str message = d->help.len ? str_fmt(arena, "%.*s\n%.*s", STR_ARG(d->message), STR_ARG(d->help)) : d->message;
  json_put(&made, S("ruleId"), json_string(arena, str_of(d->code)));
  json_put(&made, S("ruleIndex"), json_number(arena, (double)rule));
  json_put(&made, S("level"), json_string(arena, str_of(diag_level_name(d->level))));
  json_put(&made, S("message"), text_of(arena, message));
  if (span_known(d->span)) json_add(&places, location(arena, sources, d->span));
  json_put(&made, S("locations"), json_made_array(&places));
  for (size_t i = 0; i < d->notes.len; i++) {
    if (span_known(d->notes.at[i].span)) json_add(&others, related(arena, sources, &d->notes.at[i]));
  }
  if (others.items.len) json_put(&made, S("relatedLocations"), json_made_array(&others));
  json_put(&prints, S("mlopsc/v1"), json_string(arena, findings_fingerprint(arena, sources, d, seen)));
  json_put(&made, S("partialFingerprints"), json_made_object(&prints));
  return json_made_object(&made);
}

void findings_sarif(Buf *out, Diags *diags, Sources *sources) {
  Arena *arena = diags->arena;
  Map numbers = {.arena = arena}, seen = {.arena = arena};
  JsonBuild rules = {.arena = arena}, results = {.arena = arena};
  for (size_t i = 0; i < diags->list.len; i++) {
    const Diag *d = diags->list.at[i];
    if (!map_get(&numbers, str_of(d->code))) {
      map_set(&numbers, str_of(d->code), (void *)(uintptr_t)(rules.items.len + 1));
      json_add(&rules, rule_of(arena, d->code));
    }
    json_add(&results, result_of(arena, sources, d, (uintptr_t)map_get(&numbers, str_of(d->code)) - 1, &seen));
  }
  JsonBuild driver = {.arena = arena}, tool = {.arena = arena}, run = {.arena = arena}, runs = {.arena = arena},
            log = {.arena = arena};
  json_put(&driver, S("name"), json_string(arena, S("mlopsc")));
  json_put(&driver, S("rules"), json_made_array(&rules));
  json_put(&tool, S("driver"), json_made_object(&driver));
  json_put(&run, S("tool"), json_made_object(&tool));
  json_put(&run, S("columnKind"), json_string(arena, S("unicodeCodePoints")));
  json_put(&run, S("results"), json_made_array(&results));
  json_add(&runs, json_made_object(&run));
  json_put(&log, S("$schema"), json_string(arena, S("https://json.schemastore.org/sarif-2.1.0.json")));
  json_put(&log, S("version"), json_string(arena, S("2.1.0")));
  json_put(&log, S("runs"), json_made_array(&runs));
  json_write(out, json_made_object(&log), JSON_INDENT);
  buf_char(out, '\n');
}
