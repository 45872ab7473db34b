#include "facts/terraform_value.h"
#include "base/embed.h"
#include "facts/api.h"
#include "facts/pattern.h"
#include <assert.h>
#include <stdlib.h>

enum { SHORT_LIST = 60 }; // longer lists of an API grow all the time: what they lack is nothing to refuse

// The table from the first row on whose type is `type` or behind it.
static Str first_row(Str type) {
  Str table;
  bool found = embed_find(S("facts/terraform-values.tsv"), &table);
  assert(found);
  (void)found;
  size_t low = 0, high = table.len;
  while (low < high) { // both are the beginnings of lines
    size_t line = (low + high) / 2, end = str_find(table, S("\n"), line);
    while (line > low && table.at[line - 1] != '\n') line--;
    Str rest, key = str_cut(str_slice(table, line, end), '\t', &rest);
    if (str_starts(key, S("#")) || str_cmp(key, type) < 0)
      low = end + 1;
    else
      high = line;
  }
  return low < table.len ? str_slice(table, low, table.len) : S("\n");
}

bool facts_tf_rule(Str type, Str *rest, FactsTfRule *rule) {
  if (!rest->at) *rest = first_row(type);
  Str line = str_cut(*rest, '\n', rest);
  rule->type = str_cut(line, '\t', &line);
  if (!str_eq(rule->type, type)) return false;
  rule->path = str_cut(line, '\t', &line);
  rule->rule = str_cut(line, '\t', &line);
  rule->value = str_cut(line, '\t', &line);
  rule->when = line;
  return true;
}

// --- One value

// SERVICE.ACTION.MEMBER.MEMBER, `[]` for the element of a list.
static bool api_shape(Str path, FactsShape *shape) {
  FactsService service;
  FactsOperation operation;
  Str rest, name = str_cut(path, '.', &rest), action = str_cut(rest, '.', &rest);
  if (!facts_service(name, &service) || !facts_operation(service, action, &operation)) return false;
  *shape = operation.input;
  while (rest.len) {
    Str member = str_cut(rest, '.', &rest);
    bool list = str_ends(member, S("[]"));
    FactsMember found;
    if (!facts_shape_find(*shape, str_slice(member, 0, member.len - (list ? 2 : 0)), &found)) return false;
    *shape = list ? facts_shape_element(found.shape) : found.shape;
  }
  return true;
}

static bool number_of(Str text, double *number) {
  char buffer[40], *end;
  if (!text.len || text.len >= sizeof buffer) return false;
  memcpy(buffer, text.at, text.len);
  buffer[text.len] = 0;
  *number = strtod(buffer, &end);
  return *end == 0;
}

static bool within(Str bounds, double number) {
  size_t dots = str_find(bounds, S(".."), 0);
  double bound;
  if (number_of(str_slice(bounds, 0, dots), &bound) && number < bound) return false;
  return !number_of(str_slice(bounds, dots + 2, bounds.len), &bound) || number <= bound;
}

// Whether a text is one of a list; a list that grows is sure only of slips of the pen.
static bool listed(Arena *arena, const Str *names, size_t count, bool grows, Str text, FactsTfMisfit *why) {
  for (size_t i = 0; i < count; i++) {
    if (str_eq(names[i], text)) return true;
  }
  Nearest nearest = nearest_to(text);
  Buf all = {.arena = arena};
  for (size_t i = 0; i < count; i++) {
    nearest_offer(&nearest, names[i]);
    if (names[i].len && count <= SHORT_LIST) buf_fmt(&all, "%s%.*s", all.len ? ", " : "is one of ", STR_ARG(names[i]));
  }
  double number;
  Str best = number_of(text, &number) ? (Str){0} : nearest_best(&nearest); // numbers are not near by their digits
  bool slip = best.len && count <= SHORT_LIST && !str_same_letters(best, text);
  *why = (FactsTfMisfit){.wants = buf_text(&all), .nearest = best, .sure = !grows || slip};
  return false;
}

static bool fits_words(Arena *arena, const FactsTfRule *rule, Str text, FactsTfMisfit *why) {
  enum { WORDS_MOST = 64 };
  Str words[WORDS_MOST];
  size_t count = 0;
  Str rest = rule->value;
  do words[count++] = str_cut(rest, '|', &rest);
  while (rest.len && count < WORDS_MOST);
  return listed(arena, words, count, false, text, why);
}

static bool fits_api(Arena *arena, const FactsTfRule *rule, Str text, FactsTfMisfit *why) {
  FactsShape shape;
  size_t count = api_shape(rule->value, &shape) ? facts_shape_enums(shape) : 0;
  if (!count) return true;
  Str *names = NEW_N(arena, Str, count);
  for (size_t i = 0; i < count; i++) names[i] = facts_shape_enum(shape, i);
  return listed(arena, names, count, true, text, why);
}

static bool fits_range(Arena *arena, const FactsTfRule *rule, Str text, FactsTfMisfit *why) {
  double number;
  bool length = str_eq(rule->rule, S("length"));
  if (length)
    number = (double)text.len;
  else if (!number_of(text, &number))
    return true; // a number is wanted, which the schema says
  if (within(rule->value, number)) return true;
  size_t dots = str_find(rule->value, S(".."), 0);
  Str least = str_slice(rule->value, 0, dots), most = str_slice(rule->value, dots + 2, rule->value.len);
  why->wants = str_fmt(arena, "%s %.*s%s%.*s", length ? "has a length of" : "is a number of", STR_ARG(least),
                       most.len ? " to " : " or more", STR_ARG(most));
  return false;
}

static bool fits_pattern(Arena *arena, const FactsTfRule *rule, Str text, FactsTfMisfit *why) {
  why->wants = str_fmt(arena, "has the form %.*s", STR_ARG(rule->value));
  return facts_matches(arena, rule->value, text);
}

static bool fits_arn(Arena *arena, const FactsTfRule *rule, Str text, FactsTfMisfit *why) {
  (void)arena, (void)rule;
  size_t colons = 0;
  for (size_t i = 0; i < text.len; i++) colons += text.at[i] == ':';
  why->wants = S("is an ARN, like arn:aws:iam::123456789012:role/NAME");
  return !text.len || (str_starts(text, S("arn:")) && colons >= 5);
}

bool facts_tf_fits(Arena *arena, const FactsTfRule *rule, Str text, FactsTfMisfit *why) {
  static const struct {
    const char *name;
    bool (*fits)(Arena *arena, const FactsTfRule *rule, Str text, FactsTfMisfit *why);
  } rules[] = {{"one-of", fits_words}, {"api", fits_api},         {"range", fits_range},
               {"length", fits_range}, {"matches", fits_pattern}, {"arn", fits_arn}};
  *why = (FactsTfMisfit){.sure = true};
  for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
    if (str_eq(rule->rule, str_of(rules[i].name))) return rules[i].fits(arena, rule, text, why);
  }
  return true;
}

bool facts_region_fits(Arena *arena, Str region, FactsTfMisfit *why) {
  enum { REGIONS_MOST = 60 };
  Str table, names[REGIONS_MOST];
  size_t count = 0;
  if (!embed_find(S("facts/regions.tsv"), &table)) return true;
  while (table.len && count < REGIONS_MOST) {
    Str line = str_cut(table, '\n', &table);
    if (line.len && line.at[0] != '#') names[count++] = str_cut(line, '\t', &line);
  }
  return listed(arena, names, count, true, region, why);
}
