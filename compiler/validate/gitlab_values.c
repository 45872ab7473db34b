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

typedef struct Unit {
  Str names; // with blanks around each
  double seconds;
} Unit;

static const Unit units[] = {
    {STR_INIT(" s sec secs second seconds "), 1},  {STR_INIT(" m min mins minute minutes "), 60},
    {STR_INIT(" h hr hrs hour hours "), 3600},     {STR_INIT(" d dy day days "), 86400},
    {STR_INIT(" w wk wks week weeks "), 604800},   {STR_INIT(" mo mon mos month months "), 2592000},
    {STR_INIT(" y yr yrs year years "), 31536000}, {STR_INIT(" and never a an "), 0},
};

// Takes the word that *text begins with, and its unit; NULL: there is none of that name.
static const Unit *take_unit(Str *text) {
  char padded[12] = " ";
  size_t len = 0;
  while (len < text->len && (text->at[len] | 32) >= 'a' && (text->at[len] | 32) <= 'z') {
    if (len + 2 < sizeof padded) padded[len + 1] = (char)(text->at[len] | 32);
    len++;
  }
  *text = str_slice(*text, len, text->len);
  if (len + 2 > sizeof padded) return NULL;
  padded[len + 1] = ' ';
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    if (str_has(units[i].names, (Str){padded, len + 2})) return &units[i];
  }
  return NULL;
}

// Takes the number that *text begins with.
static double take_number(Str *text) {
  double number = 0, place = 0;
  size_t i = 0;
  for (; i < text->len && ((text->at[i] >= '0' && text->at[i] <= '9') || (text->at[i] == '.' && place == 0)); i++) {
    if (text->at[i] == '.') {
      place = 1;
    } else if (place > 0) {
      number += (text->at[i] - '0') * (place /= 10);
    } else {
      number = number * 10 + (text->at[i] - '0');
    }
  }
  *text = str_slice(*text, i, text->len);
  return number;
}

// "3 hours 30 minutes", "1h30m", "2 weeks and 1 day", "never", "90": numbers with units, as GitLab's parser reads them.
// False: it is none. *seconds is its length, as far as it can be told.
static bool read_duration(Str text, double *seconds) {
  double number = 0;
  bool any = text.len > 0;
  *seconds = 0;
  while (text.len) {
    char c = text.at[0];
    if (c >= '0' && c <= '9') {
      number = take_number(&text);
    } else if ((c | 32) >= 'a' && (c | 32) <= 'z') {
      const Unit *unit = take_unit(&text);
      if (!unit) return false;
      *seconds += number * unit->seconds;
      number = unit->seconds > 0 ? 0 : number;
    } else {
      text = str_slice(text, 1, text.len);
    }
  }
  *seconds += number;
  return any;
}

static void check_duration(ShapeCheck *check, const Yaml *node, Str name) {
  static const struct {
    Str name;
    double most;
    const char *what;
  } limits[] = {{STR_INIT("start_in"), 604800, "longer than a week, the most GitLab takes"},
                {STR_INIT("timeout"), 31 * 86400, "longer than a month, the most GitLab takes"}};
  if (str_has(node->text, S("$"))) return;
  double seconds;
  if (!read_duration(node->text, &seconds)) {
    complain(check, "V3004", node, name, "not a duration", "write 30 minutes, 1h 30m, 2 weeks, …");
    return;
  }
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
    if (str_eq(name, limits[i].name) && seconds > limits[i].most && !str_has(node->text, S(":")))
      complain(check, "V3004", node, name, limits[i].what, NULL);
  }
}

// Environments are named with letters, digits, blanks and a few signs; what is computed from inputs is not known yet.
static void check_environment_name(ShapeCheck *check, const Yaml *node, Str name) {
  Str text = node->text;
  if (str_has(text, S("$["))) return;
  bool good = !str_starts(text, S("/")) && !str_ends(text, S("/"));
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    good = good && (((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || (c && strchr("-_/${}. ", c)));
  }
  if (!good)
    complain(check, "V3004", node, name, "not a name of an environment",
             "its name holds letters, digits, blanks and - _ / $ { } . alone, and no slash at either end");
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
                                  {"environment_name", check_environment_name},
                                  {"input", gitlab_check_input},
                                  {"yaml_file", check_yaml_file},
                                  {"url", check_url},
                                  {"variable_options", check_variable_options},
                                  {0}};
