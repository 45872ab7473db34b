// AWS CodeBuild build specifications. Codes V5xxx.
#include "base/embed.h"
#include "validate/shape.h"
#include "validate/validate.h"
#include "validate/yaml_rules.h"

enum { IDENTIFIER_MOST = 128 };

// --- Single values

static void check_identifier(ShapeCheck *check, const Yaml *node, Str name) {
  bool good = node->text.len > 0 && node->text.len <= IDENTIFIER_MOST;
  for (size_t i = 0; i < node->text.len && good; i++) {
    char c = node->text.at[i];
    good = ascii_is_word(c);
  }
  if (!good)
    shape_complain(check, "V5004", node->span, "`%.*s` takes up to 128 letters, digits and underscores, not \"%.*s\"",
                   STR_ARG(name), STR_ARG(node->text));
}

// ABORT, CONTINUE, RETRY, RETRY-count, RETRY-regex, RETRY-count-regex.
static void check_on_failure(ShapeCheck *check, const Yaml *node, Str name) {
  Str text = node->text;
  if (str_eq(text, S("ABORT")) || str_eq(text, S("CONTINUE")) || str_eq(text, S("RETRY"))) return;
  if (str_starts(text, S("RETRY-")) && text.len > 6) return;
  Diag *d = shape_complain(check, "V5004", node->span, "`%.*s` takes ABORT, CONTINUE or RETRY, not \"%.*s\"",
                           STR_ARG(name), STR_ARG(text));
  diag_help(check->diags, d, "RETRY may have a count and a pattern behind it: RETRY-2-/timeout/");
}

static void check_version(ShapeCheck *check, const Yaml *node, Str name) {
  (void)name;
  if (str_eq(node->text, S("0.2"))) return;
  if (str_eq(node->text, S("0.1"))) {
    diag(check->diags, DIAG_NOTE, "V5010", node->span,
         "version 0.1 runs every command in a shell of its own: variables and cd do not last; 0.2 runs all in one");
    return;
  }
  shape_complain(check, "V5004", node->span, "`version` is 0.2 (or 0.1), not %.*s", STR_ARG(node->text));
}

// The reference gives formats in capitals; the service takes them in any case.
static void check_report_format(ShapeCheck *check, const Yaml *node, Str name) {
  static const Str formats[] = {STR_INIT("CUCUMBERJSON"), STR_INIT("JUNITXML"),     STR_INIT("NUNITXML"),
                                STR_INIT("NUNIT3XML"),    STR_INIT("TESTNGXML"),    STR_INIT("VISUALSTUDIOTRX"),
                                STR_INIT("CLOVERXML"),    STR_INIT("COBERTURAXML"), STR_INIT("JACOCOXML"),
                                STR_INIT("SIMPLECOV")};
  Nearest near = nearest_to(node->text);
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
    bool same = formats[i].len == node->text.len;
    for (size_t k = 0; k < formats[i].len && same; k++)
      same = node->text.at[k] == formats[i].at[k] || node->text.at[k] == formats[i].at[k] + 32;
    if (same) return;
    nearest_offer(&near, formats[i]);
  }
  Diag *d = shape_complain(check, "V5004", node->span, "`%.*s`: \"%.*s\" is no report format", STR_ARG(name),
                           STR_ARG(node->text));
  if (nearest_best(&near).len)
    diag_help(check->diags, d, "did you mean %.*s?", STR_ARG(nearest_best(&near)));
  else
    diag_help(check->diags, d, "JUNITXML, CUCUMBERJSON, VISUALSTUDIOTRX, COBERTURAXML, JACOCOXML, …");
}

// --- The batch

typedef struct Task {
  Str name;
  const Yaml *node, *depends;
  uint8_t visit;
} Task;

static void add_task(Diags *diags, Map *tasks, const Yaml *node) {
  const Yaml *name = yaml_get(node, S("identifier"));
  if (!yaml_is_scalar(name)) return;
  Task *task = NEW(diags->arena, Task);
  *task = (Task){.name = name->text, .node = name, .depends = yaml_get(node, S("depend-on"))};
  Task *before = map_get(tasks, task->name);
  if (!before) {
    map_set(tasks, task->name, task);
    return;
  }
  Diag *d = diag(diags, DIAG_ERROR, "V5011", name->span, "two builds have the identifier `%.*s`", STR_ARG(task->name));
  diag_note(diags, d, before->node->span, "the first");
}

static bool find_circle(Diags *diags, Map *tasks, Task *task, int depth) {
  enum { FRESH, OPEN, DONE };
  if (task->visit == DONE || depth > 1000) return false;
  task->visit = OPEN;
  bool found = false;
  for (size_t i = 0; yaml_is(task->depends, YAML_SEQUENCE) && i < task->depends->items.len && !found; i++) {
    const Yaml *name = task->depends->items.at[i];
    Task *other = map_get(tasks, yaml_str(name));
    if (other && other->visit == OPEN) {
      diag(diags, DIAG_ERROR, "V5013", name->span, "depend-on goes round in a circle: `%.*s` waits for `%.*s`",
           STR_ARG(task->name), STR_ARG(other->name));
      found = true;
    } else if (other) {
      found = find_circle(diags, tasks, other, depth + 1);
    }
  }
  task->visit = DONE;
  return found;
}

static void check_dependencies(Diags *diags, Map *tasks, const Task *task) {
  for (size_t i = 0; yaml_is(task->depends, YAML_SEQUENCE) && i < task->depends->items.len; i++) {
    const Yaml *name = task->depends->items.at[i];
    if (!yaml_is_scalar(name) || map_get(tasks, name->text)) continue;
    Nearest near = nearest_to(name->text);
    for (size_t k = 0; worth_a_guess(diags) && k < tasks->len; k++) nearest_offer(&near, tasks->entries[k].key);
    Diag *d = diag(diags, DIAG_ERROR, "V5012", name->span, "depend-on: no build has the identifier `%.*s`",
                   STR_ARG(name->text));
    if (nearest_best(&near).len) diag_help(diags, d, "did you mean `%.*s`?", STR_ARG(nearest_best(&near)));
  }
}

static void check_batch(Diags *diags, const Yaml *batch) {
  static const Str lists[] = {STR_INIT("build-list"), STR_INIT("build-graph")};
  Map tasks = {.arena = diags->arena};
  for (size_t i = 0; i < 2; i++) {
    const Yaml *list = yaml_get(batch, lists[i]);
    for (size_t k = 0; yaml_is(list, YAML_SEQUENCE) && k < list->items.len; k++)
      add_task(diags, &tasks, list->items.at[k]);
  }
  for (size_t i = 0; i < tasks.len; i++) check_dependencies(diags, &tasks, tasks.entries[i].value);
  for (size_t i = 0; i < tasks.len; i++) {
    if (find_circle(diags, &tasks, tasks.entries[i].value, 0)) return;
  }
}

// --- The file

static const ShapeHook hooks[] = {{"identifier", check_identifier},
                                  {"on_failure", check_on_failure},
                                  {"version", check_version},
                                  {"report_format", check_report_format},
                                  {0}};

void validate_buildspec(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options) {
  (void)options;
  YamlOptions how = {.version = YAML_1_1, .merge = true, .syntax_code = "V5001"};
  YamlStream stream;
  if (!yaml_read(diags, sources, file, &how, &stream)) return;
  const Yaml *root = stream.documents.len ? stream.documents.at[0] : NULL;
  if (!yaml_is(root, YAML_MAPPING)) {
    diag(diags, DIAG_ERROR, "V5003", root ? root->span : (Span){file, 0, 0},
         "a buildspec is a map: version, phases, …");
    return;
  }
  Str text = {0};
  embed_find(S("shapes/buildspec.shape"), &text);
  ShapeSet shapes = shape_read(diags->arena, text);
  ShapeCheck check = {.diags = diags,
                      .set = &shapes,
                      .codes = {"V5002", "V5003", "V5005", "V5004", "V5006"},
                      .hooks = hooks,
                      .level = DIAG_ERROR};
  DuplicateRule duplicates = {DIAG_ERROR, "V5007", false, "the service refuses the file or drops the first"};
  yaml_check_duplicates(diags, root, &duplicates);
  shape_check(&check, S("buildspec"), root, (Str){0}, root->pairs.len ? root->pairs.at[0].key->span : root->span);
  check_batch(diags, yaml_get(root, S("batch")));
}
