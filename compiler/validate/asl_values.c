// Values of fields: kinds, numbers, timestamps, fixed words, fixed objects.
#include "validate/asl.h"
#include <math.h>

enum { SECONDS_MOST = 99999999, LABEL_MOST = 40 };

// "a string", "a number or a string"
static Str kinds_text(Arena *arena, unsigned kinds) {
  static const struct {
    unsigned bits;
    const char *name;
  } names[] = {{1 << JSON_NULL, "null"},       {1 << JSON_FALSE | 1 << JSON_TRUE, "true or false"},
               {1 << JSON_NUMBER, "a number"}, {1 << JSON_STRING, "a string"},
               {1 << JSON_ARRAY, "an array"},  {1 << JSON_OBJECT, "an object"}};
  Buf out = {.arena = arena};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (kinds & names[i].bits) buf_fmt(&out, "%s%s", out.len ? " or " : "", names[i].name);
  }
  return buf_text(&out);
}

static const char *kind_text(uint8_t kind) {
  static const char *const names[] = {"null", "false", "true", "a number", "a string", "an array", "an object"};
  return names[kind];
}

bool asl_check_kind(Asl *asl, const Json *value, unsigned kinds, const Crumb *at) {
  if (kinds & 1u << value->kind) return true;
  if (value->kind == JSON_STRING && template_is_open(json_str(value))) return false;
  Str wanted = kinds_text(asl->arena, kinds);
  asl_report(asl, "V1013", asl_span(asl, value), at, "this must be %.*s, not %s", STR_ARG(wanted),
             kind_text(value->kind));
  return false;
}

const Json *asl_require(Asl *asl, const Json *object, Str name, const Crumb *at) {
  const Json *value = json_get(object, name);
  if (!value && json_is(object, JSON_OBJECT)) {
    asl_report(asl, "V1010", (Span){asl->file, object->at, object->at + 1}, at, "`%.*s` is missing", STR_ARG(name));
  }
  return value;
}

void asl_check_exclusive(Asl *asl, const Json *object, Str a, Str b, const Crumb *at) {
  const JsonMember *first = json_member(object, a), *second = json_member(object, b);
  if (!first || !second) return;
  if (first->at > second->at) {
    const JsonMember *swap = first;
    first = second, second = swap;
  }
  asl_report(asl, "V1015", asl_key_span(asl, second), at, "`%.*s` and `%.*s` exclude each other", STR_ARG(first->key),
             STR_ARG(second->key));
}

void asl_check_word(Asl *asl, const Json *value, const char *const *words, const Crumb *at) {
  if (!asl_check_kind(asl, value, 1 << JSON_STRING, at)) return;
  Str text = json_str(value);
  Buf list = {.arena = asl->arena};
  for (size_t i = 0; words[i]; i++) {
    if (str_eq(text, str_of(words[i]))) return;
  }
  if (template_is_open(text)) return;
  for (size_t i = 0; words[i]; i++) buf_fmt(&list, "%s%s", i ? ", " : "", words[i]);
  asl_report(asl, "V1014", asl_span(asl, value), at, "`%.*s` is not known here; it is one of %.*s", STR_ARG(text),
             STR_ARG(buf_text(&list)));
}

void asl_check_object(Asl *asl, State *state, const Json *object, const ObjectField *fields, size_t count,
                      const Crumb *at) {
  if (!asl_check_kind(asl, object, 1 << JSON_OBJECT, at)) return;
  for (uint32_t i = 0; i < object->count; i++) {
    const JsonMember *member = &object->members[i];
    const ObjectField *field = NULL;
    for (size_t k = 0; k < count && !field; k++) {
      if (str_eq(fields[k].name, member->key)) field = &fields[k];
    }
    Crumb here = crumb_key(at, member->key);
    if (field && (field->languages & state->language)) {
      field->check(asl, state, member->value, &here);
      continue;
    }
    if (field) {
      asl_report(asl, "V1012", asl_key_span(asl, member), at, "`%.*s` does not exist in %s", STR_ARG(member->key),
                 state->language == LANGUAGE_JSONATA ? "JSONata" : "JSONPath");
      continue;
    }
    Nearest nearest = nearest_to(member->key);
    for (size_t k = 0; k < count; k++) nearest_offer(&nearest, fields[k].name);
    Diag *made =
        asl_report(asl, "V1011", asl_key_span(asl, member), at, "there is no field `%.*s` here", STR_ARG(member->key));
    Str best = nearest_best(&nearest);
    if (best.len) diag_help(asl->diags, made, "did you mean `%.*s`?", STR_ARG(best));
  }
}

bool asl_check_jsonata_text(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (!state || state->language != LANGUAGE_JSONATA || !json_is(value, JSON_STRING)) return false;
  if (!str_starts(json_str(value), S("{%"))) return false;
  asl_check_jsonata(asl, state, value, IN_STATE, at);
  return true;
}

bool asl_check_integer(Asl *asl, State *state, const Json *value, double least, double most, const Crumb *at) {
  if (asl_check_jsonata_text(asl, state, value, at)) return false;
  if (!asl_check_kind(asl, value, 1 << JSON_NUMBER, at)) return false;
  if (value->number != floor(value->number)) {
    asl_report(asl, "V1014", asl_span(asl, value), at, "this must be a whole number");
    return false;
  }
  if (value->number >= least && value->number <= most) return true;
  asl_report(asl, "V1014", asl_span(asl, value), at, "this must be %s %.0f",
             value->number < least ? "at least" : "at most", value->number < least ? least : most);
  return false;
}

void asl_check_text(Asl *asl, State *state, const Json *value, const Crumb *at) {
  (void)state;
  asl_check_kind(asl, value, 1 << JSON_STRING, at);
}

void asl_check_nothing(Asl *asl, State *state, const Json *value, const Crumb *at) {
  (void)asl, (void)state, (void)value, (void)at;
}

void asl_check_query_language(Asl *asl, State *state, const Json *value, const Crumb *at) {
  static const char *const words[] = {"JSONPath", "JSONata", NULL};
  (void)state;
  asl_check_word(asl, value, words, at);
}

void asl_check_end(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (!asl_check_kind(asl, value, 1 << JSON_TRUE | 1 << JSON_FALSE, at)) return;
  state->terminal = value->kind == JSON_TRUE;
}

void asl_check_seconds(Asl *asl, State *state, const Json *value, const Crumb *at) {
  asl_check_integer(asl, state, value, 0, SECONDS_MOST, at);
}

void asl_check_duration(Asl *asl, State *state, const Json *value, const Crumb *at) {
  asl_check_integer(asl, state, value, 1, SECONDS_MOST, at);
}

void asl_check_count(Asl *asl, State *state, const Json *value, const Crumb *at) {
  asl_check_integer(asl, state, value, 0, 1e15, at);
}

void asl_check_percentage(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (asl_check_jsonata_text(asl, state, value, at) || !asl_check_kind(asl, value, 1 << JSON_NUMBER, at)) return;
  if (value->number < 0 || value->number > 100)
    asl_report(asl, "V1014", asl_span(asl, value), at, "a percentage is between 0 and 100");
}

void asl_check_error_text(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (!asl_check_jsonata_text(asl, state, value, at)) asl_check_kind(asl, value, 1 << JSON_STRING, at);
}

void asl_check_label(Asl *asl, State *state, const Json *value, const Crumb *at) {
  (void)state;
  if (!asl_check_kind(asl, value, 1 << JSON_STRING, at)) return;
  Str text = json_str(value);
  bool bad = text.len == 0 || text.len > LABEL_MOST;
  for (size_t i = 0; i < text.len; i++)
    bad |= (unsigned char)text.at[i] <= ' ' || strchr("?*<>{}[]:;,\\|^~$#%&`\"/", text.at[i]);
  if (bad && !template_is_open(text))
    asl_report(asl, "V1014", asl_span(asl, value), at,
               "a label has 1 to 40 characters, without white space, wildcards, brackets and special characters");
}

// The number made of `count` digits at `at`, or -1.
static int digits(Str text, size_t at, size_t count) {
  int number = 0;
  for (size_t i = at; i < at + count; i++) {
    if (i >= text.len || !ascii_is_digit(text.at[i])) return -1;
    number = number * 10 + (text.at[i] - '0');
  }
  return number;
}

static int days_of(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap);
}

// RFC 3339 with an uppercase T and Z (States Language, "Timestamps").
static bool is_timestamp(Str text) {
  int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (text.len < 20 || text.at[4] != '-' || text.at[7] != '-' || text.at[10] != 'T') return false;
  if (text.at[13] != ':' || text.at[16] != ':') return false;
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > days_of(year, month)) return false;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return false;
  size_t i = 19;
  if (text.at[i] == '.') {
    size_t from = ++i;
    while (digits(text, i, 1) >= 0) i++;
    if (i == from) return false;
  }
  if (i + 1 == text.len) return text.at[i] == 'Z';
  int off_hour = digits(text, i + 1, 2), off_minute = digits(text, i + 4, 2);
  return text.len == i + 6 && (text.at[i] == '+' || text.at[i] == '-') && text.at[i + 3] == ':' && off_hour >= 0 &&
         off_hour < 24 && off_minute >= 0 && off_minute < 60;
}

void asl_check_timestamp(Asl *asl, State *state, const Json *value, const Crumb *at) {
  if (asl_check_jsonata_text(asl, state, value, at) || !asl_check_kind(asl, value, 1 << JSON_STRING, at)) return;
  if (is_timestamp(json_str(value)) || template_is_open(json_str(value))) return;
  Diag *made = asl_report(asl, "V1014", asl_span(asl, value), at, "`%.*s` is not a timestamp as RFC 3339 has it",
                          STR_ARG(json_str(value)));
  diag_help(asl->diags, made, "write it like 2026-01-31T09:30:00Z");
}
