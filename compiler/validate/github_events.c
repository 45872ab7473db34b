// The hooks of events: schedules and inputs.
#include "base/embed.h"
#include "validate/github.h"

enum {
  INPUTS_MOST = 25,
  MINUTES_LEAST = 5 // between two runs of a schedule
};

// --- cron

typedef struct Field {
  const char *name;
  int least, most;
  const char *words; // three letters each, from `least` on
} Field;

static const Field fields[5] = {{"minute", 0, 59, ""},
                                {"hour", 0, 23, ""},
                                {"day of the month", 1, 31, ""},
                                {"month", 1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"},
                                {"day of the week", 0, 7, "SUNMONTUEWEDTHUFRISAT"}};

// A number or a word at the start of *text, which it is cut from; -1: neither.
static int take_value(const Field *field, Str *text) {
  size_t i = 0;
  int value = 0;
  while (i < text->len && ascii_is_digit(text->at[i]) && value < 1000) value = value * 10 + text->at[i++] - '0';
  if (i) {
    *text = str_slice(*text, i, text->len);
    return value;
  }
  for (int k = 0; text->len >= 3 && field->words[k * 3]; k++) {
    if (!str_eq_ignoring_case(str_slice(*text, 0, 3), (Str){field->words + (ptrdiff_t)k * 3, 3})) continue;
    *text = str_slice(*text, 3, text->len);
    return field->least + k;
  }
  return -1;
}

// Sets the bits that one part of a field (*, 5, 1-5, */15, 1-5/2) stands for. False: it is none.
static bool read_part(const Field *field, Str part, uint64_t *bits) {
  int from = field->least, to = field->most, step = 1;
  bool star = part.len && part.at[0] == '*';
  if (star) {
    part = str_slice(part, 1, part.len);
  } else {
    from = to = take_value(field, &part);
    if (part.len && part.at[0] == '-') {
      part = str_slice(part, 1, part.len);
      to = take_value(field, &part);
    }
  }
  if (part.len && part.at[0] == '/') {
    part = str_slice(part, 1, part.len);
    step = take_value(&fields[0], &part);
    if (!star && from == to) to = field->most;
  }
  if (part.len || from < field->least || to > field->most || from > to || step < 1) return false;
  for (int i = from; i <= to; i += step) *bits |= 1ull << i;
  return true;
}

static bool read_field(const Field *field, Str text, uint64_t *bits) {
  if (!text.len) return false;
  while (text.len) {
    if (!read_part(field, str_cut(text, ',', &text), bits)) return false;
  }
  return true;
}

// The least number of minutes between two runs within an hour, or around its end.
static int shortest_gap(uint64_t minutes) {
  int first = -1, last = -1, gap = 60;
  for (int i = 0; i < 60; i++) {
    if (!(minutes >> i & 1)) continue;
    if (last >= 0 && i - last < gap) gap = i - last;
    if (first < 0) first = i;
    last = i;
  }
  return gap;
}

void github_check_cron(ShapeCheck *check, const Yaml *node, Str name) {
  uint64_t bits[5] = {0};
  size_t count = 0;
  Str rest = str_trim(node->text);
  while (rest.len) {
    Str field = str_cut(rest, ' ', &rest);
    rest = str_trim(rest);
    if (count < 5 && !read_field(&fields[count], field, &bits[count])) {
      shape_complain(check, "V4016", node->span, "`%.*s`: \"%.*s\" is no %s", STR_ARG(name), STR_ARG(field),
                     fields[count].name);
      return;
    }
    count++;
  }
  if (count != 5) {
    Diag *d = shape_complain(check, "V4016", node->span, "`%.*s` has five fields, not %zu", STR_ARG(name), count);
    diag_help(check->diags, d, "minute, hour, day of the month, month, day of the week");
  } else if (shortest_gap(bits[0]) < MINUTES_LEAST) {
    shape_complain(check, "V4016", node->span, "`%.*s`: every %d minute%s is too often: five minutes is the least",
                   STR_ARG(name), shortest_gap(bits[0]), shortest_gap(bits[0]) == 1 ? "" : "s");
  }
}

void github_check_timezone(ShapeCheck *check, const Yaml *node, Str name) {
  Str zones = {0};
  embed_find(S("shapes/timezones.txt"), &zones);
  Nearest near = nearest_to(node->text);
  while (zones.len) {
    Str zone = str_cut(zones, '\n', &zones);
    if (str_eq(zone, node->text)) return;
    nearest_offer(&near, zone);
  }
  Diag *d = shape_complain(check, "V4016", node->span, "`%.*s`: \"%.*s\" is no time zone of the IANA database",
                           STR_ARG(name), STR_ARG(node->text));
  if (nearest_best(&near).len) diag_help(check->diags, d, "did you mean %.*s?", STR_ARG(nearest_best(&near)));
}

// --- Inputs

static bool has_type(const Yaml *value, Str type) {
  double number;
  if (str_has(value->text, S("${{"))) return true;
  if (str_eq(type, S("boolean"))) return value->kind == YAML_BOOL;
  if (str_eq(type, S("number")))
    return value->kind <= YAML_FLOAT ? value->kind != YAML_BOOL : json_number_parse(value->text, &number);
  return true;
}

static void check_default(ShapeCheck *check, const Yaml *value, Str type, Str name) {
  if (!yaml_is_scalar(value) || value->kind == YAML_NULL || has_type(value, type)) return;
  Diag *d =
      shape_complain(check, "V4017", value->span, "the default of `%.*s` is no %.*s", STR_ARG(name), STR_ARG(type));
  if (str_eq(type, S("boolean")) && value->kind == YAML_STRING)
    diag_help(check->diags, d, "write true or false, without quotes");
}

static bool contains(const Yaml *list, Str text) {
  for (size_t i = 0; i < list->items.len; i++) {
    if (str_eq(yaml_str(list->items.at[i]), text)) return true;
  }
  return false;
}

static void check_options(ShapeCheck *check, const Yaml *node, const Yaml *options, Str name) {
  const Yaml *value = yaml_get(node, S("default"));
  for (size_t i = 0; i < options->items.len; i++) {
    Yaml before = *options;
    before.items.len = i;
    if (yaml_is_scalar(options->items.at[i]) && contains(&before, options->items.at[i]->text))
      shape_complain(check, "V4017", options->items.at[i]->span, "the options of `%.*s` hold \"%.*s\" twice",
                     STR_ARG(name), STR_ARG(options->items.at[i]->text));
  }
  if (yaml_is_scalar(value) && value->text.len && !contains(options, value->text))
    shape_complain(check, "V4017", value->span, "the default of `%.*s` is not among its options", STR_ARG(name));
}

void github_check_dispatch_input(ShapeCheck *check, const Yaml *node, Str name) {
  const Yaml *given = yaml_get(node, S("type")), *options = yaml_get(node, S("options"));
  Str type = yaml_is(given, YAML_STRING) ? given->text : S("string");
  bool choice = str_eq(type, S("choice"));
  check_default(check, yaml_get(node, S("default")), type, name);
  if (choice && !options)
    shape_complain(check, "V4017", check->at, "`%.*s` is a choice and needs options", STR_ARG(name));
  else if (!choice && options)
    shape_complain(check, "V4017", yaml_pair(node, S("options"))->key->span,
                   "`%.*s` has options, but its type is %.*s, not choice", STR_ARG(name), STR_ARG(type));
  if (choice && yaml_is(options, YAML_SEQUENCE)) check_options(check, node, options, name);
}

void github_check_call_input(ShapeCheck *check, const Yaml *node, Str name) {
  const Yaml *given = yaml_get(node, S("type")), *value = yaml_get(node, S("default"));
  const Yaml *required = yaml_get(node, S("required"));
  check_default(check, value, yaml_str(given), name);
  if (value && yaml_truth(required))
    shape_complain(check, "V4017", yaml_pair(node, S("default"))->key->span,
                   "`%.*s` is required, so its default is never used", STR_ARG(name));
}

void github_check_input_count(ShapeCheck *check, const Yaml *node, Str name) {
  if (node->pairs.len > INPUTS_MOST)
    shape_complain(check, "V4017", check->at, "`%.*s`: at most 25 inputs, not %zu", STR_ARG(name), node->pairs.len);
}
