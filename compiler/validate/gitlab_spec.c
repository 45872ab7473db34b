// The inputs that a file's header declares, and the interpolations `$[[ inputs.NAME ]]` and `$[[ matrix.NAME ]]`.
#include "facts/pattern.h"
#include "validate/gitlab.h"
#include "validate/yaml_rules.h"

static bool has_type(const Yaml *value, Str type) {
  if (str_eq(type, S("number"))) return value->kind == YAML_INT || value->kind == YAML_FLOAT;
  if (str_eq(type, S("boolean"))) return value->kind == YAML_BOOL;
  if (str_eq(type, S("array"))) return value->kind == YAML_SEQUENCE;
  return value->kind == YAML_STRING || value->kind == YAML_TIME;
}

static bool is_option(const Yaml *options, const Yaml *value) {
  for (size_t i = 0; i < options->items.len; i++) {
    if (yaml_is_scalar(options->items.at[i]) && str_eq(options->items.at[i]->text, value->text)) return true;
  }
  return false;
}

// Whether a text has what the pattern looks for, anywhere in it.
static bool has_pattern(Arena *arena, Str pattern, Str text) {
  return facts_matches(arena, str_fmt(arena, "(?s:.*)(?:%.*s)(?s:.*)", STR_ARG(pattern)), text);
}

const char *gitlab_input_misfit(Arena *arena, const Yaml *input, const Yaml *value) {
  const Yaml *type = yaml_get(input, S("type")), *options = yaml_get(input, S("options"));
  const Yaml *regex = yaml_get(input, S("regex"));
  Str wanted = yaml_is(type, YAML_STRING) ? type->text : S("string");
  bool interpolated = value->kind == YAML_STRING && str_has(value->text, S("$"));
  if (!interpolated && type && !has_type(value, wanted))
    return str_z(arena, str_fmt(arena, "is no %.*s", STR_ARG(wanted)));
  if (!interpolated && yaml_is(options, YAML_SEQUENCE) && yaml_is_scalar(value) && !is_option(options, value))
    return "is not among its options";
  bool text = yaml_is(regex, YAML_STRING) && yaml_is(value, YAML_STRING) && !interpolated;
  return text && !has_pattern(arena, regex->text, value->text) ? "does not match its pattern" : NULL;
}

void gitlab_check_input(ShapeCheck *check, const Yaml *node, Str name) {
  const Yaml *value = yaml_get(node, S("default"));
  if (!value || value->kind == YAML_NULL) return;
  const char *why = gitlab_input_misfit(check->diags->arena, node, value);
  if (why) shape_complain(check, "V3030", value->span, "the default of `%.*s` %s", STR_ARG(name), why);
}

// --- Interpolations

typedef struct Use {
  Gitlab *g;
  const Yaml *inputs; // what the header declares, or NULL
  const Yaml *node;   // the scalar looked at
} Use;

static bool is_name(char c) {
  return ascii_is_word(c) || c == '-';
}

static void check_use(const Use *use, Str inside) {
  inside = str_trim(inside);
  if (!str_starts(inside, S("inputs."))) return;
  size_t end = 7;
  while (end < inside.len && is_name(inside.at[end])) end++;
  Str name = str_slice(inside, 7, end);
  if (yaml_pair(use->inputs, name)) return;
  Nearest near = nearest_to(name);
  for (size_t i = 0; worth_a_guess(use->g->diags) && yaml_is(use->inputs, YAML_MAPPING) && i < use->inputs->pairs.len;
       i++)
    nearest_offer(&near, yaml_str(use->inputs->pairs.at[i].key));
  Diag *d =
      diag(use->g->diags, DIAG_ERROR, "V3031", use->node->span, "the header declares no input `%.*s`", STR_ARG(name));
  if (nearest_best(&near).len)
    diag_help(use->g->diags, d, "did you mean `%.*s`?", STR_ARG(nearest_best(&near)));
  else
    diag_help(use->g->diags, d, "declare it under spec: inputs:");
}

static void check_text(Use *use, const Yaml *node) {
  use->node = node;
  for (size_t i = 0; (i = str_find(node->text, S("$[["), i)) < node->text.len;) {
    size_t end = str_find(node->text, S("]]"), i);
    check_use(use, str_slice(node->text, i + 3, end));
    i = end;
  }
}

static void check_uses(Use *use, const Yaml *node) {
  if (yaml_is_scalar(node)) check_text(use, node);
  for (size_t i = 0; node->kind == YAML_SEQUENCE && i < node->items.len; i++) check_uses(use, node->items.at[i]);
  for (size_t i = 0; node->kind == YAML_MAPPING && i < node->pairs.len; i++) {
    check_uses(use, node->pairs.at[i].key);
    check_uses(use, node->pairs.at[i].value);
  }
}

void gitlab_check_spec(Gitlab *g) {
  if (!g->spec || yaml_get(g->spec, S("include"))) return;
  Use use = {.g = g, .inputs = yaml_get(g->spec, S("inputs"))};
  check_uses(&use, g->root);
}
