// $now, $millis, $fromMillis, $toMillis: writing and reading dates by picture or as ISO 8601.
#include "jsonata/natives.h"
#include "jsonata/pictures.h"
#include <math.h>
#include <stdlib.h>

static const double MILLIS_MOST = 8.64e15; // ECMAScript's last instant

// --- Writing

typedef struct Zone {
  double hours, minutes;
} Zone;

// "+0530" as hours and minutes.
static Zone read_zone(Engine *engine, Value text) {
  double offset = text ? (double)strtol(str_z(engine->arena, json_str(text)), NULL, 10) : 0;
  return (Zone){floor(offset / 100), fmod(offset, 100)};
}

static void put_name(Engine *engine, Buf *out, const DatePart *part, double value) {
  Str name;
  if (part->component == 'M' || part->component == 'x')
    name = jsonata_month_names[(int)value - 1];
  else if (part->component == 'F')
    name = jsonata_day_names[(int)value];
  else
    FAIL(engine, "D3133", .value = jsonata_copy_string(engine, (Str){&part->component, 1}));
  size_t len = part->width_most >= 0 && (size_t)part->width_most < name.len ? (size_t)part->width_most : name.len;
  for (size_t i = 0; i < len; i++) {
    char c = name.at[i];
    bool upper = ascii_is_upper(c);
    if (part->letters == CASE_UPPER && !upper) c = (char)(c ^ 0x20);
    if (part->letters == CASE_LOWER && upper) c = (char)(c ^ 0x20);
    buf_char(out, c);
  }
}

static void put_zone(Engine *engine, Buf *out, const DatePart *part, Zone zone) {
  double offset = zone.hours * 100 + zone.minutes;
  int digits = part->integer.mandatory;
  if (offset == 0 && part->traditional) {
    buf_char(out, 'Z');
    return;
  }
  if (part->component == 'z') buf_str(out, S("GMT"));
  if (offset >= 0) buf_char(out, '+');
  if (part->integer.interval || digits == 3 || digits == 4) {
    jsonata_put_integer(engine, out, offset, &part->integer);
  } else if (digits == 1 || digits == 2) {
    IntegerPicture two = jsonata_integer_picture(engine, S("00"));
    jsonata_put_integer(engine, out, zone.hours, &part->integer);
    if (zone.minutes == 0) return;
    buf_char(out, ':');
    jsonata_put_integer(engine, out, zone.minutes, &two);
  } else {
    FAIL(engine, "D3134");
  }
}

static void put_part(Engine *engine, Buf *out, const DatePart *part, double millis, Zone zone) {
  double value = jsonata_date_component(millis, part->component);
  switch (part->component) {
  case 0: buf_str(out, part->literal); return;
  case 'Z':
  case 'z': put_zone(engine, out, part, zone); return;
  case 'P':
    buf_str(out, part->named && part->letters == CASE_UPPER ? (value > 0 ? S("PM") : S("AM"))
                                                            : (value > 0 ? S("pm") : S("am")));
    return;
  case 'C':
  case 'E': buf_str(out, S("ISO")); return;
  default:
    if (part->component == 'Y' && part->year_digits >= 0) value = fmod(value, pow(10, part->year_digits));
    if (part->named)
      put_name(engine, out, part, value);
    else if (part->has_integer)
      jsonata_put_integer(engine, out, value, &part->integer);
  }
}

static Value format_date(Engine *engine, double millis, Value picture_text, Value zone_text) {
  static const Str iso = STR_INIT("[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]");
  Zone zone = read_zone(engine, zone_text);
  millis = trunc(millis + (60 * zone.hours + zone.minutes) * 60000);
  if (!(fabs(millis) <= MILLIS_MOST)) FAIL(engine, "D1001", .value = jsonata_new_number(engine, millis));
  DatePicture picture = jsonata_date_picture(engine, picture_text ? json_str(picture_text) : iso);
  Buf out = {.arena = engine->arena};
  for (size_t i = 0; i < picture.parts.len; i++) put_part(engine, &out, &picture.parts.at[i], millis, zone);
  return jsonata_finish_string(engine, &out);
}

NATIVE(from_millis) {
  Value millis = ARGUMENT(0);
  return millis ? format_date(engine, millis->number, ARGUMENT(1), ARGUMENT(2)) : NULL;
}

NATIVE(now) {
  return format_date(engine, engine->run->now_ms, ARGUMENT(0), ARGUMENT(1));
}

NATIVE(millis) {
  (void)arguments, (void)count;
  return jsonata_new_number(engine, floor(engine->run->now_ms));
}

// --- Reading by picture

static void put_quoted(Buf *out, Str text) {
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] && strchr(".*+?^${}()|[]\\/", text.at[i])) buf_char(out, '\\');
    buf_char(out, text.at[i]);
  }
}

static void put_zone_pattern(Buf *out, const DatePart *part) {
  if (part->component == 'z') buf_str(out, S("GMT"));
  buf_str(out, S("[-+][0-9]+"));
  if (!part->integer.interval) return;
  Buf separator = {.arena = out->arena};
  jsonata_put_point(&separator, part->integer.separators[0].character);
  put_quoted(out, buf_text(&separator));
  buf_str(out, S("[0-9]+"));
}

static void put_pattern(Engine *engine, Buf *out, const DatePart *part) {
  buf_char(out, '(');
  if (!part->component)
    put_quoted(out, part->literal);
  else if (part->component == 'Z' || part->component == 'z')
    put_zone_pattern(out, part);
  else if (part->component == 'f')
    buf_str(out, S("[0-9]+"));
  else if (part->has_integer)
    jsonata_put_integer_pattern(engine, out, &part->integer);
  else if (strchr("MxFP", part->component))
    buf_str(out, S("[a-zA-Z]+"));
  else
    FAIL(engine, "D3133", .value = jsonata_copy_string(engine, (Str){&part->component, 1}));
  buf_char(out, ')');
}

static double name_value(const DatePart *part, Str text) {
  if (part->component == 'P') {
    return str_eq(text, S("pm")) || str_eq(text, S("PM"))   ? 1
           : str_eq(text, S("am")) || str_eq(text, S("AM")) ? 0
                                                            : (double)NAN;
  }
  bool months = part->component != 'F';
  for (int i = months ? 0 : 1; i < (months ? 12 : 8); i++) {
    Str name = months ? jsonata_month_names[i] : jsonata_day_names[i];
    if (part->width_most > 0) name = str_slice(name, 0, (size_t)part->width_most);
    if (str_eq(name, text)) return months ? i + 1 : i;
  }
  return (double)NAN;
}

// Minutes east of Greenwich.
static double zone_value(const DatePart *part, Str text) {
  if (part->component == 'z') text = str_slice(text, 3, text.len);
  bool negative = text.len && text.at[0] == '-';
  Str digits = str_slice(text, 1, text.len);
  double hours = 0, minutes = 0;
  size_t split = digits.len <= 2 ? digits.len : 2;
  if (part->integer.interval) split = 0;
  while (part->integer.interval && split < digits.len && ascii_is_digit(digits.at[split])) split++;
  for (size_t i = 0; i < digits.len; i++) {
    if (!ascii_is_digit(digits.at[i])) continue;
    double *target = i < split ? &hours : &minutes;
    *target = *target * 10 + (digits.at[i] - '0');
  }
  return (negative ? -hours : hours) * 60 + minutes;
}

static double part_value(Engine *engine, const DatePart *part, Str text) {
  if (part->component == 'Z' || part->component == 'z') return zone_value(part, text);
  if (part->component == 'f' && engine->program->dialect == JSONATA_FULL) { // before version 2.1 these are milliseconds
    double thousandths = 0;
    for (size_t i = 0; i < 3; i++) thousandths = thousandths * 10 + (i < text.len ? text.at[i] - '0' : 0);
    return thousandths;
  }
  return part->has_integer ? jsonata_integer_value(engine, text, &part->integer) : name_value(part, text);
}

// Components by letter; NaN: not given.
typedef struct Parsed {
  double values[128];
} Parsed;

// Whether the components given are among `wanted` and at least one of them.
static bool is_kind(const Parsed *parsed, const char *all, const char *wanted) {
  bool any = false;
  for (const char *c = all; *c; c++) {
    double value = parsed->values[(int)*c];
    bool given = !isnan(value) && value != 0;
    if (given && !strchr(wanted, *c)) return false;
    any |= given;
  }
  return any;
}

// What is left of the first component given is taken from now, what is right of the last one is zero; gaps are errors.
static void complete(Engine *engine, Parsed *parsed, const char *components) {
  bool started = false, ended = false;
  for (const char *c = components; *c; c++) {
    double *value = &parsed->values[(int)*c];
    if (!isnan(*value)) {
      if (ended) FAIL(engine, "D3136");
      started = true;
    } else if (started) {
      *value = strchr("MDd", *c) ? 1 : 0;
      ended = true;
    } else {
      *value = jsonata_date_component(engine->run->now_ms, *c);
    }
  }
}

static Value assemble(Engine *engine, Parsed *parsed) {
  bool month_day = is_kind(parsed, "YXMxWwdD", "YMD"), year_day = !month_day && is_kind(parsed, "YXMxWwdD", "Yd");
  bool weeks = is_kind(parsed, "YXMxWwdD", "Xxw") || is_kind(parsed, "YXMxWwdD", "XW");
  bool month_weeks = is_kind(parsed, "YXMxWwdD", "Xxw");
  bool clock24 = is_kind(parsed, "PHhmsf", "Hmsf"), clock12 = !clock24 && is_kind(parsed, "PHhmsf", "Phmsf");
  const char *dates = year_day ? "YD" : month_weeks ? "XxwF" : weeks ? "XWF" : "YMD";
  Arena *arena = engine->arena;
  complete(engine, parsed, str_fmt(arena, "%s%s", dates, clock12 ? "Phmsf" : "Hmsf").at);
  if (weeks && !month_day && !year_day) FAIL(engine, "D3136");
  double *v = parsed->values;
  double year = v['Y'], month = v['M'] > 0 ? v['M'] - 1 : 0, day = v['D'], hour = v['H'];
  if (year_day) month = 0, day = v['d'];
  if (clock12) hour = (v['h'] == 12 ? 0 : v['h']) + (v['P'] == 1 ? 12 : 0);
  double millis = jsonata_millis_of(year, month, day, hour, v['m'], v['s'], v['f']);
  double zone = !isnan(v['Z']) ? v['Z'] : v['z'];
  if (!isnan(zone)) millis -= zone * 60000;
  return isnan(millis) ? NULL : jsonata_new_number(engine, millis);
}

static Value parse_date(Engine *engine, Value text, Str picture_text) {
  DatePicture picture = jsonata_date_picture(engine, picture_text);
  Buf pattern = {.arena = engine->arena};
  buf_char(&pattern, '^');
  for (size_t i = 0; i < picture.parts.len; i++) put_pattern(engine, &pattern, &picture.parts.at[i]);
  buf_char(&pattern, '$');
  Str why;
  Regex *regex =
      picture.parts.len <= MATCH_GROUPS ? jsonata_regex_compile(engine->arena, buf_text(&pattern), S("i"), &why) : NULL;
  Match match;
  if (!regex || !jsonata_match_regex(engine, regex, json_str(text), &match)) return NULL;
  Parsed parsed;
  for (size_t i = 0; i < 128; i++) parsed.values[i] = (double)NAN;
  bool any = false;
  for (size_t i = 0; i < picture.parts.len; i++) {
    const DatePart *part = &picture.parts.at[i];
    if (!part->component) continue;
    any = true;
    parsed.values[(int)part->component & 127] = part_value(engine, part, match.groups[i]);
  }
  return any ? assemble(engine, &parsed) : NULL;
}

// --- Reading ISO 8601

typedef struct Scanner {
  Str text;
  size_t at;
  bool bad;
} Scanner;

static double take_digits(Scanner *s, int count) {
  double value = 0;
  for (int i = 0; i < count; i++, s->at++) {
    char c = s->at < s->text.len ? s->text.at[s->at] : 0;
    if (!ascii_is_digit(c)) {
      s->bad = true;
      return 0;
    }
    value = value * 10 + (c - '0');
  }
  return value;
}

static bool accept(Scanner *s, char c) {
  if (s->at >= s->text.len || s->text.at[s->at] != c) return false;
  s->at++;
  return true;
}

static double take_fraction(Scanner *s) {
  double value = 0, unit = 100;
  size_t from = s->at;
  for (; s->at < s->text.len && s->text.at[s->at] >= '0' && s->text.at[s->at] <= '9'; s->at++) {
    value += floor(unit) * (s->text.at[s->at] - '0');
    unit = floor(unit) / 10;
  }
  s->bad |= s->at == from;
  return value;
}

// Minutes to subtract.
static double take_zone(Scanner *s) {
  if (accept(s, 'Z') || s->at == s->text.len) return 0;
  double sign = accept(s, '-') ? -1 : 1;
  if (sign > 0 && !accept(s, '+')) s->bad = true;
  double hours = take_digits(s, 2);
  accept(s, ':');
  double minutes = take_digits(s, 2);
  s->bad |= hours > 29 || minutes > 59;
  return sign * (hours * 60 + minutes);
}

// yyyy[-mm][-dd][Thh:mm:ss][.f…][Z|±hh[:]mm]
static bool parse_iso(Str text, double *millis) {
  Scanner s = {.text = text};
  double year = take_digits(&s, 4), month = 1, day = 1, hour = 0, minute = 0, second = 0, fraction = 0;
  if (s.at < text.len && text.at[s.at] == '-') {
    size_t dash = s.at++;
    month = take_digits(&s, 2);
    if (s.at < text.len && ascii_is_digit(text.at[s.at]))
      s.at = dash, month = 1; // it was a zone
    else if (accept(&s, '-'))
      day = take_digits(&s, 2);
  }
  if (accept(&s, 'T')) {
    hour = take_digits(&s, 2);
    s.bad |= !accept(&s, ':');
    minute = take_digits(&s, 2);
    s.bad |= !accept(&s, ':');
    second = take_digits(&s, 2);
    if (accept(&s, '.')) fraction = take_fraction(&s);
  }
  double zone = take_zone(&s);
  bool in_range = month >= 1 && month <= 12 && day >= 1 && day <= 31 && minute <= 59 && second <= 59 &&
                  (hour <= 23 || (hour == 24 && minute + second + fraction == 0));
  if (s.bad || s.at != text.len || !in_range) return false;
  // four digits mean that very year
  *millis = jsonata_millis_of(year + 400, month - 1, day, hour, minute, second, fraction) - zone * 60000 -
            146097.0 * 86400000;
  return true;
}

NATIVE(to_millis) {
  Value text = ARGUMENT(0), picture = ARGUMENT(1);
  double millis;
  if (!text) return NULL;
  if (picture) return parse_date(engine, text, json_str(picture));
  if (!parse_iso(json_str(text), &millis)) FAIL(engine, "D3110", .value = text);
  return jsonata_new_number(engine, millis);
}
