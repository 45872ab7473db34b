// What a plain scalar is: null, bool, number, time or string, in YAML 1.1 (https://yaml.org/type/) and in the core
// schema of YAML 1.2 (10.3.2).
#include "data/yaml.h"

static bool is_one_of(Str text, const Str *words, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (str_eq(text, words[i])) return true;
  }
  return false;
}

// The lower-case form of text that is all lower case, all upper case or capitalised; else (and when long) empty.
static Str folded(Str text, char room[8]) {
  if (text.len == 0 || text.len > 5) return (Str){0};
  bool upper = true, lower = true;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    bool is_upper = ascii_is_upper(c), is_lower = ascii_is_lower(c);
    if (!is_upper && !is_lower) return (Str){0};
    if (i && !is_upper) upper = false;
    if (i && !is_lower) lower = false;
    room[i] = is_upper ? (char)(c + 32) : c;
  }
  bool starts_lower = text.at[0] >= 'a';
  return (starts_lower && lower) || (!starts_lower && (upper || lower)) ? (Str){room, text.len} : (Str){0};
}

static bool is_null(Str text) {
  static const Str words[] = {STR_INIT(""), STR_INIT("~"), STR_INIT("null"), STR_INIT("Null"), STR_INIT("NULL")};
  return is_one_of(text, words, sizeof words / sizeof *words);
}

static bool is_bool(Str text, YamlVersion version) {
  static const Str words[] = {STR_INIT("true"), STR_INIT("false"), STR_INIT("yes"),
                              STR_INIT("no"),   STR_INIT("on"),    STR_INIT("off")};
  char room[8];
  Str word = folded(text, room);
  return word.len && is_one_of(word, words, version == YAML_1_2 ? 2 : sizeof words / sizeof *words);
}

// The end of a run of digits of `base` (1.1: underscores too) at or after `i`.
static size_t run(Str text, size_t i, int base, bool underscores) {
  for (; i < text.len; i++) {
    char c = text.at[i];
    int digit = ascii_is_digit(c)      ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : 99;
    if (digit >= base && !(underscores && c == '_')) break;
  }
  return i;
}

static bool is_int(Str text, YamlVersion version) {
  size_t i = text.len && (text.at[0] == '-' || text.at[0] == '+');
  bool old = version == YAML_1_1;
  if (i == text.len) return false;
  if (text.at[i] == '0' && i + 2 < text.len) {
    char c = text.at[i + 1];
    int base = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' && old ? 2 : 0;
    if (base && (old || i == 0)) return run(text, i + 2, base, old) == text.len;
  }
  return ascii_is_digit(text.at[i]) && run(text, i, 10, old) == text.len;
}

// 190:20:30 and 190:20:30.15 (YAML 1.1).
static bool is_sexagesimal(Str text) {
  size_t i = text.len && (text.at[0] == '-' || text.at[0] == '+'), from = i;
  i = run(text, i, 10, true);
  if (i == from || i == text.len || text.at[i] != ':') return false;
  while (i < text.len && text.at[i] == ':') {
    size_t part = i + 1;
    i = run(text, part, 10, false);
    if (i == part || i - part > 2 || (i - part == 2 && text.at[part] > '5')) return false;
  }
  if (i < text.len && text.at[i] == '.') i = run(text, i + 1, 10, true);
  return i == text.len;
}

static bool is_float(Str text, YamlVersion version) {
  static const Str words[] = {STR_INIT(".inf"), STR_INIT(".Inf"), STR_INIT(".INF"),
                              STR_INIT(".nan"), STR_INIT(".NaN"), STR_INIT(".NAN")};
  size_t i = text.len && (text.at[0] == '-' || text.at[0] == '+');
  bool old = version == YAML_1_1;
  Str bare = str_slice(text, i, text.len);
  if (is_one_of(bare, words, i ? 3 : sizeof words / sizeof *words)) return true;
  size_t whole = run(text, i, 10, old), digits = whole - i;
  i = whole;
  if (i < text.len && text.at[i] == '.') {
    size_t end = run(text, i + 1, 10, old);
    digits += end - i - 1;
    i = end;
  }
  if (digits == 0 || (bare.len && bare.at[0] == '_')) return false;
  if (i < text.len && (text.at[i] == 'e' || text.at[i] == 'E')) {
    i++;
    if (i < text.len && (text.at[i] == '-' || text.at[i] == '+')) i++;
    size_t end = run(text, i, 10, false);
    if (end == i) return false;
    i = end;
  }
  return i == text.len;
}

// 2024-01-31, and with a time behind it: 2024-01-31T10:00:00Z, 2024-1-3 10:00:00 +2.
static bool is_time(Str text) {
  size_t parts[3], at = 0;
  for (int part = 0; part < 3; part++) {
    size_t end = run(text, at, 10, false);
    parts[part] = end - at;
    if (part < 2 && (end == text.len || text.at[end] != '-')) return false;
    at = part < 2 ? end + 1 : end;
  }
  if (parts[0] != 4 || !parts[1] || parts[1] > 2 || !parts[2] || parts[2] > 2) return false;
  if (at == text.len) return true;
  if (!strchr("Tt \t", text.at[at])) return false;
  while (at < text.len && strchr("Tt \t", text.at[at])) at++;
  size_t hour = run(text, at, 10, false);
  if (hour == at || hour == text.len || text.at[hour] != ':') return false;
  for (; hour < text.len; hour++) {
    if (!ascii_is_digit(text.at[hour]) && !strchr(":. Z+-\t", text.at[hour])) return false;
  }
  return true;
}

YamlKind yaml_resolve(Str text, YamlVersion version) {
  if (is_null(text)) return YAML_NULL;
  char c = text.at[0];
  if (strchr("tTfFyYnNoO", c)) return is_bool(text, version) ? YAML_BOOL : YAML_STRING;
  if (!ascii_is_digit(c) && !strchr("+-.", c)) return YAML_STRING;
  if (is_int(text, version)) return YAML_INT;
  if (is_float(text, version)) return YAML_FLOAT;
  if (version == YAML_1_1 && is_sexagesimal(text)) return YAML_INT;
  if (version == YAML_1_1 && is_time(text)) return YAML_TIME;
  return YAML_STRING;
}

bool yaml_truth(const Yaml *node) {
  return yaml_is(node, YAML_BOOL) && strchr("tTyYoO", node->text.at[0]) && !str_eq(node->text, S("off")) &&
         !str_eq(node->text, S("Off")) && !str_eq(node->text, S("OFF"));
}
