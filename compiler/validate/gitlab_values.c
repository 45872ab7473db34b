// The hooks of the shapes: what single values must look like.
#include "validate/gitlab.h"

static void complain(ShapeCheck *check, const char *code, const Yaml *node, Str name, const char *what,
                     const char *help) {
  Diag *d = shape_complain(check, code, node->span, "`%.*s`: %s", STR_ARG(name), what);
  if (help) diag_help(check->diags, d, "%s", help);
}

static void check_condition(ShapeCheck *check, const Yaml *node, Str name) {
  size_t at;
  const char *what;
  if (gitlab_condition(node->text, &at, &what)) return;
  Span span = node->span;
  if (node->style == YAML_PLAIN && at < node->text.len && !str_has(node->text, S("\n")) &&
      span.end - span.start == node->text.len)
    span = (Span){span.file, span.start + (uint32_t)at, span.end};
  shape_complain(check, "V3006", span, "`%.*s` is no condition: %s", STR_ARG(name), what);
}

static void check_coverage(ShapeCheck *check, const Yaml *node, Str name) {
  Str text = node->text;
  while (text.len && strchr("ismU", text.at[text.len - 1])) text.len--; // flags
  if (text.len >= 3 && text.at[0] == '/' && text.at[text.len - 1] == '/') return;
  complain(check, "V3004", node, name, "a regular expression stands between slashes", "write '/…/'");
}

static void check_cache_key(ShapeCheck *check, const Yaml *node, Str name) {
  bool dots = true;
  for (size_t i = 0; i < node->text.len; i++) dots = dots && node->text.at[i] == '.';
  if (dots || str_has(node->text, S("/")))
    complain(check, "V3004", node, name, "a cache key may not hold a slash nor consist of dots alone",
             "use $CI_COMMIT_REF_SLUG and the like for names that may hold slashes");
}

static void check_project(ShapeCheck *check, const Yaml *node, Str name) {
  Str text = node->text;
  if (str_has(text, S("$"))) return;
  size_t slash = str_find(text, S("/"), 0);
  if (slash > 0 && slash + 1 < text.len && text.at[text.len - 1] != '/' && !str_has(text, S(" "))) return;
  complain(check, "V3004", node, name, "a project is named by its whole path", "write group/project");
}

static void check_variable(ShapeCheck *check, const Yaml *node, Str name) {
  if (!str_has(node->text, S("$")))
    complain(check, "V3004", node, name, "neither one of the words it takes nor a variable", NULL);
}

// "3 hours 30 minutes", "1h30m", "2 weeks and 1 day", "never", "90": numbers with units, as GitLab's parser reads them.
static void check_duration(ShapeCheck *check, const Yaml *node, Str name) {
  static const Str units[] = {
      STR_INIT("s"),     STR_INIT("sec"), STR_INIT("secs"),  STR_INIT("second"), STR_INIT("seconds"),
      STR_INIT("m"),     STR_INIT("min"), STR_INIT("mins"),  STR_INIT("minute"), STR_INIT("minutes"),
      STR_INIT("h"),     STR_INIT("hr"),  STR_INIT("hrs"),   STR_INIT("hour"),   STR_INIT("hours"),
      STR_INIT("d"),     STR_INIT("dy"),  STR_INIT("day"),   STR_INIT("days"),   STR_INIT("w"),
      STR_INIT("wk"),    STR_INIT("wks"), STR_INIT("week"),  STR_INIT("weeks"),  STR_INIT("mo"),
      STR_INIT("mon"),   STR_INIT("mos"), STR_INIT("month"), STR_INIT("months"), STR_INIT("y"),
      STR_INIT("yr"),    STR_INIT("yrs"), STR_INIT("year"),  STR_INIT("years"),  STR_INIT("and"),
      STR_INIT("never"), STR_INIT("a"),   STR_INIT("an")};
  Str text = node->text;
  if (str_has(text, S("$"))) return;
  bool good = text.len > 0;
  for (size_t i = 0; i < text.len && good;) {
    size_t from = i;
    char lower[8];
    while (i < text.len && ((text.at[i] | 32) >= 'a' && (text.at[i] | 32) <= 'z')) {
      if (i - from < sizeof lower) lower[i - from] = (char)(text.at[i] | 32);
      i++;
    }
    if (i == from) {
      i++;
      continue;
    }
    bool known = false;
    for (size_t k = 0; k < sizeof units / sizeof *units && i - from <= sizeof lower; k++)
      known = known || str_eq(units[k], (Str){lower, i - from});
    good = known;
  }
  if (!good) complain(check, "V3004", node, name, "not a duration", "write 30 minutes, 1h 30m, 2 weeks, …");
}

// GitLab includes only files whose names end in .yml or .yaml.
static void check_yaml_file(ShapeCheck *check, const Yaml *node, Str name) {
  Str text = node->text;
  if (str_ends(text, S(".yml")) || str_ends(text, S(".yaml")) || str_has(text, S("$")) || str_has(text, S("*"))) return;
  complain(check, "V3004", node, name, "only files that end in .yml or .yaml can be included", NULL);
}

static void check_url(ShapeCheck *check, const Yaml *node, Str name) {
  if (str_starts(node->text, S("http://")) || str_starts(node->text, S("https://")) || str_has(node->text, S("$")))
    return;
  complain(check, "V3004", node, name, "a remote file is named by its URL", "write https://…");
}

// The value of a variable with options is one of them.
static void check_variable_options(ShapeCheck *check, const Yaml *node, Str name) {
  const Yaml *value = yaml_get(node, S("value")), *options = yaml_get(node, S("options"));
  if (!yaml_is_scalar(value) || !yaml_is(options, YAML_SEQUENCE)) return;
  for (size_t i = 0; i < options->items.len; i++) {
    if (str_eq(yaml_str(options->items.at[i]), value->text)) return;
  }
  complain(check, "V3004", value, name, "its value is not among its options", NULL);
}

const ShapeHook gitlab_hooks[] = {{"condition", check_condition},
                                  {"coverage", check_coverage},
                                  {"cache_key", check_cache_key},
                                  {"project", check_project},
                                  {"variable", check_variable},
                                  {"duration", check_duration},
                                  {"input", gitlab_check_input},
                                  {"yaml_file", check_yaml_file},
                                  {"url", check_url},
                                  {"variable_options", check_variable_options},
                                  {0}};
