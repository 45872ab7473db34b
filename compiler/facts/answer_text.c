#include "facts/answer_text.h"
#include "base/buf.h"
#include "facts/pattern.h"

// splitmix64: a well mixed number for every index.
static uint64_t mixed(uint64_t seed, uint64_t index) {
  uint64_t x = seed + (index + 1) * 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

Str answer_uuid(Arena *arena, uint64_t seed, uint64_t index) {
  uint64_t high = mixed(seed, 2 * index), low = mixed(seed, 2 * index + 1);
  return str_fmt(arena, "%08x-%04x-4%03x-%04x-%012llx", (unsigned)(high >> 32), (unsigned)(high >> 16 & 0xffff),
                 (unsigned)(high & 0xfff), (unsigned)(low >> 48 & 0x3fff) | 0x8000u,
                 (unsigned long long)(low & 0xffffffffffffu));
}

Str answer_kebab(Arena *arena, Str name) {
  Buf out = {.arena = arena};
  for (size_t i = 0; i < name.len; i++) {
    bool starts = ascii_is_upper(name.at[i]) && i > 0 && !ascii_is_upper(name.at[i - 1]);
    if (starts) buf_char(&out, '-');
    buf_char(&out, ascii_lower(name.at[i]));
  }
  return buf_text(&out);
}

Str answer_lower(Arena *arena, Str text) {
  Buf out = {.arena = arena};
  for (size_t i = 0; i < text.len; i++) buf_char(&out, ascii_lower(text.at[i]));
  return buf_text(&out);
}

Str answer_singular(Str name) {
  if (str_ends(name, S("ies")) || str_ends(name, S("ses")) || !str_ends(name, S("s"))) return name;
  return str_slice(name, 0, name.len - 1);
}

Str answer_text(Arena *arena, Str member) {
  if (str_has(member, S("S3")) && (str_ends(member, S("Uri")) || str_ends(member, S("Path"))))
    return S("s3://example-bucket/example");
  if (str_ends(member, S("Url")) || str_ends(member, S("Uri")) || str_ends(member, S("Endpoint")))
    return S("https://example.com/");
  if (str_ends(member, S("Version"))) return S("1");
  return member.len ? answer_kebab(arena, member) : S("example");
}

// Days since 1970 as year, month and day: eras of 400 years that begin in March, so that leap days come last.
static void civil(int64_t days, int64_t *year, int *month, int *day) {
  days += 719468;
  int64_t era = (days >= 0 ? days : days - 146096) / 146097, of_era = days - era * 146097;
  int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t of_year = of_era - (365 * years + years / 4 - years / 100), march = (5 * of_year + 2) / 153;
  *day = (int)(of_year - (153 * march + 2) / 5 + 1);
  *month = (int)(march < 10 ? march + 3 : march - 9);
  *year = years + era * 400 + (*month <= 2);
}

Str answer_time(Arena *arena, double seconds) {
  int64_t whole = (int64_t)seconds, days = whole / 86400, rest = whole % 86400, year;
  if (rest < 0) days--, rest += 86400;
  int month, day;
  civil(days, &year, &month, &day);
  return str_fmt(arena, "%04lld-%02d-%02dT%02d:%02d:%02dZ", (long long)year, month, day, (int)(rest / 3600),
                 (int)(rest / 60 % 60), (int)(rest % 60));
}

// What states of finished jobs and working things are called, the most telling first.
static const Str good_states[] = {
    STR_INIT("Completed"), STR_INIT("Succeeded"),     STR_INIT("InService"), STR_INIT("Active"),
    STR_INIT("Available"), STR_INIT("Complete"),      STR_INIT("Success"),   STR_INIT("Ready"),
    STR_INIT("Enabled"),   STR_INIT("NoIssuesFound"), STR_INIT("Ok"),
};

// "COMPLETE" of "CREATE_COMPLETE".
static Str last_word(Str text) {
  size_t at = text.len;
  while (at > 0 && text.at[at - 1] != '_') at--;
  return str_slice(text, at, text.len);
}

static Str good_enum(FactsShape shape) {
  for (size_t i = 0; i < sizeof good_states / sizeof *good_states; i++)
    for (size_t j = 0; j < facts_shape_enums(shape); j++)
      if (str_eq_ignoring_case(facts_shape_enum(shape, j), good_states[i])) return facts_shape_enum(shape, j);
  for (size_t i = 0; i < sizeof good_states / sizeof *good_states; i++)
    for (size_t j = 0; j < facts_shape_enums(shape); j++)
      if (str_eq_ignoring_case(last_word(facts_shape_enum(shape, j)), good_states[i]))
        return facts_shape_enum(shape, j);
  return facts_shape_enum(shape, 0);
}

Str answer_fit(Arena *arena, FactsShape shape, const Str *candidates, size_t count) {
  enum { LONGEST = 4096 };
  if (facts_shape_enums(shape)) return good_enum(shape);
  FactsLimits limits = facts_shape_limits(shape);
  Str first = {0};
  for (size_t i = 0; i < count; i++) {
    Buf text = {.arena = arena};
    size_t most = limits.has_max && limits.max <= LONGEST ? (size_t)limits.max : LONGEST;
    size_t least = limits.has_min && limits.min <= LONGEST ? (size_t)limits.min : 0;
    buf_str(&text, str_slice(candidates[i], 0, most));
    if (text.len < least) buf_repeat(&text, '0', least - text.len);
    if (i == 0) first = str_dup(arena, buf_text(&text));
    if (!limits.pattern.len || facts_matches(arena, limits.pattern, buf_text(&text))) return buf_text(&text);
  }
  return first;
}
