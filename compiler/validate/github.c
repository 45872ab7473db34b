// The GitHub Actions validator: reads the workflow, checks its shape, jobs and expressions.
#include "base/embed.h"
#include "validate/github.h"
#include "validate/yaml_rules.h"

enum { LINES_MOST = 6 }; // with errors that are shown of one workflow

const Yaml *github_get(const Yaml *node, Str key) {
  for (size_t i = 0; yaml_is(node, YAML_MAPPING) && i < node->pairs.len; i++) {
    if (str_eq_ignoring_case(yaml_str(node->pairs.at[i].key), key)) return node->pairs.at[i].value;
  }
  return NULL;
}

// GitHub reads YAML 1.2 without merge keys.
static void check_merge_keys(Github *g, const Yaml *node) {
  for (size_t i = 0; node->kind == YAML_SEQUENCE && i < node->items.len; i++) check_merge_keys(g, node->items.at[i]);
  for (size_t i = 0; node->kind == YAML_MAPPING && i < node->pairs.len; i++) {
    const YamlPair *pair = &node->pairs.at[i];
    if (yaml_is_scalar(pair->key) && str_eq(pair->key->text, S("<<"))) {
      Diag *d = diag(g->diags, DIAG_ERROR, "V4006", pair->key->span, "GitHub does not know the merge key <<");
      diag_help(g->diags, d, "write the members out, or use an alias for the whole value");
    }
    check_merge_keys(g, pair->value);
  }
}

static void check_anchors(Github *g, const YamlStream *stream) {
  for (size_t i = 0; i < stream->anchors.len; i++) {
    const YamlAnchor *anchor = stream->anchors.at[i];
    if (!anchor->used)
      diag(g->diags, DIAG_ERROR, "V4031", anchor->span, "nothing uses the anchor &%.*s", STR_ARG(anchor->node->anchor));
  }
}

static void check_workflow(Github *g, const YamlStream *stream) {
  ShapeCheck check = {.diags = g->diags,
                      .set = &g->shapes,
                      .codes = {"V4002", "V4003", "V4005", "V4003", "V4007"},
                      .hooks = github_hooks,
                      .level = DIAG_ERROR,
                      .other_rule = S("<<")};
  DuplicateRule duplicates = {DIAG_ERROR, "V4004", true, "GitHub refuses it; keys do not know upper from lower case"};
  Span at = g->root->pairs.len ? g->root->pairs.at[0].key->span : (Span){g->file, 0, 0};
  yaml_check_duplicates(g->diags, g->root, &duplicates);
  check_merge_keys(g, g->root);
  check_anchors(g, stream);
  shape_check(&check, S("workflow"), g->root, (Str){0}, at);
  github_collect_jobs(g);
  github_check_jobs(g, &check);
  github_check_runners(g);
  github_check_expressions(g);
}

// Drops the errors behind the first few lines that have any: like the service, which stops after ten.
static void bound_errors(Github *g, size_t before) {
  Diags *diags = g->diags;
  uint32_t lines[LINES_MOST] = {0}, last = 0;
  size_t line_count = 0, kept = before, dropped = 0;
  if (before >= diags->list.len) return;
  Diags own = *diags;
  own.list.at += before;
  own.list.len -= before;
  diags_sort(&own);
  memcpy(diags->counts, own.counts, sizeof own.counts);
  for (size_t i = 0; i < own.list.len; i++) {
    Diag *d = own.list.at[i];
    uint32_t line = source_line_column(g->sources, g->file, d->span.start).line;
    bool known = false;
    for (size_t k = 0; k < line_count; k++) known = known || lines[k] == line;
    if (d->level == DIAG_ERROR && !known && line_count == LINES_MOST) {
      dropped++;
      diags->counts[DIAG_ERROR]--;
      continue;
    }
    if (d->level == DIAG_ERROR && !known) lines[line_count++] = line;
    if (d->level == DIAG_ERROR) last = (uint32_t)kept;
    diags->list.at[kept++] = d;
  }
  diags->list.len = kept;
  if (dropped)
    diag_note(diags, diags->list.at[last], NO_SPAN, "%zu more error%s further down: mend these first", dropped,
              dropped == 1 ? "" : "s");
}

void validate_github(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options) {
  (void)options;
  YamlOptions how = {.version = YAML_1_2, .merge = false, .syntax_code = "V4001"};
  YamlStream stream;
  if (!yaml_read(diags, sources, file, &how, &stream)) return;
  Github g = {.arena = diags->arena, .diags = diags, .sources = sources, .file = file};
  g.unsecure = str_has(source_file(sources, file)->text, S("ACTIONS_ALLOW_UNSECURE_COMMANDS"));
  if (stream.dangling)
    diag(diags, DIAG_ERROR, "V4030", (Span){file, 0, 0}, "GitHub cannot load this workflow: an alias names nothing");
  g.root = stream.documents.len ? stream.documents.at[0] : NULL;
  if (!yaml_is(g.root, YAML_MAPPING)) {
    diag(diags, DIAG_ERROR, "V4003", g.root ? g.root->span : (Span){file, 0, 0},
         "a workflow is a map with on and jobs");
    return;
  }
  Str shapes = {0};
  embed_find(S("shapes/github.shape"), &shapes);
  g.shapes = shape_read(g.arena, shapes);
  size_t before = diags->list.len;
  check_workflow(&g, &stream);
  bound_errors(&g, before);
}
