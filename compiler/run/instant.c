#include "run/instant.h"
#include <math.h>

// Days from 1970-01-01 to a day of the proleptic Gregorian calendar.
static int64_t days_from_civil(int64_t year, int month, int day) {
  year -= month <= 2;
  int64_t era = (year >= 0 ? year : year - 399) / 400;
  int64_t of_era = year - era * 400;
  int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int month_days(int year, int month) {
  static const char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

// `count` digits at s[*i].
static bool number(Str s, size_t *i, int count, int *value) {
  *value = 0;
  for (int k = 0; k < count; k++, (*i)++) {
    if (*i >= s.len || !ascii_is_digit(s.at[*i])) return false;
    *value = *value * 10 + (s.at[*i] - '0');
  }
  return true;
}

static bool mark(Str s, size_t *i, char c) {
  return *i < s.len && s.at[*i] == c && ++*i;
}

static bool read_offset(Str s, size_t *i, int *minutes) {
  *minutes = 0;
  if (mark(s, i, 'Z')) return true;
  if (*i >= s.len || (s.at[*i] != '+' && s.at[*i] != '-')) return false;
  int sign = s.at[(*i)++] == '-' ? -1 : 1, hours, rest;
  if (!number(s, i, 2, &hours) || !mark(s, i, ':') || !number(s, i, 2, &rest) || hours > 18 || rest > 59) return false;
  *minutes = sign * (hours * 60 + rest);
  return true;
}

bool instant_read(Str s, double *seconds) {
  int year, month, day, hour, minute, second = 0, offset;
  size_t i = 0;
  if (!number(s, &i, 4, &year) || !mark(s, &i, '-') || !number(s, &i, 2, &month) || !mark(s, &i, '-')) return false;
  if (!number(s, &i, 2, &day) || !mark(s, &i, 'T') || !number(s, &i, 2, &hour) || !mark(s, &i, ':')) return false;
  if (!number(s, &i, 2, &minute) || !mark(s, &i, ':') || !number(s, &i, 2, &second)) return false;
  double fraction = 0, place = 0.1;
  if (mark(s, &i, '.')) {
    size_t from = i;
    for (; i < s.len && ascii_is_digit(s.at[i]); i++, place /= 10) fraction += (s.at[i] - '0') * place;
    if (i == from) return false;
  }
  if (!read_offset(s, &i, &offset) || i != s.len) return false;
  if (month < 1 || month > 12 || day < 1 || day > month_days(year, month)) return false;
  if (hour > 23 || minute > 59 || second > 59) return false;
  int64_t whole = days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset * 60;
  *seconds = (double)whole + fraction;
  return true;
}

void instant_write(Buf *out, double seconds) {
  int64_t ms = (int64_t)floor(seconds * 1000 + 0.5);
  int64_t days = ms / 86400000 - (ms % 86400000 < 0);
  int64_t rest = ms - days * 86400000;
  int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
  int64_t of_era = z - era * 146097;
  int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t m = (5 * of_year + 2) / 153, day = of_year - (153 * m + 2) / 5 + 1, month = m < 10 ? m + 3 : m - 9;
  int64_t year = year_of_era + era * 400 + (month <= 2);
  buf_fmt(out, "%04lld-%02lld-%02lldT%02lld:%02lld:%02lld.%03lldZ", (long long)year, (long long)month, (long long)day,
          (long long)(rest / 3600000), (long long)(rest / 60000 % 60), (long long)(rest / 1000 % 60),
          (long long)(rest % 1000));
}
