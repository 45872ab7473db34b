// The calendar: proleptic Gregorian, UTC, in milliseconds since 1970; ISO weeks of years and months.
#include "jsonata/pictures.h"
#include <math.h>

static const double DAY = 86400000;

const Str jsonata_month_names[12] = {
    STR_INIT("January"),   STR_INIT("February"), STR_INIT("March"),    STR_INIT("April"),
    STR_INIT("May"),       STR_INIT("June"),     STR_INIT("July"),     STR_INIT("August"),
    STR_INIT("September"), STR_INIT("October"),  STR_INIT("November"), STR_INIT("December"),
};
const Str jsonata_day_names[8] = {
    STR_INIT(""),         STR_INIT("Monday"), STR_INIT("Tuesday"),  STR_INIT("Wednesday"),
    STR_INIT("Thursday"), STR_INIT("Friday"), STR_INIT("Saturday"), STR_INIT("Sunday"),
};

// Days from 1970-01-01 to the first of a month (from 0), counted in 400-year cycles that begin on 1 March.
static double days_before(double year, int month) {
  if (month < 2) year -= 1;
  double era = floor(year / 400), year_of_era = year - era * 400;
  int shifted = month < 2 ? month + 10 : month - 2;
  double day_of_year = floor((153.0 * shifted + 2) / 5);
  return era * 146097 + year_of_era * 365 + floor(year_of_era / 4) - floor(year_of_era / 100) + day_of_year - 719468;
}

static Date jsonata_date_of(double millis) {
  double days = floor(millis / DAY), rest = millis - days * DAY;
  double z = days + 719468, era = floor(z / 146097), doe = z - era * 146097;
  double yoe = floor((doe - floor(doe / 1460) + floor(doe / 36524) - floor(doe / 146096)) / 365);
  double doy = doe - (365 * yoe + floor(yoe / 4) - floor(yoe / 100));
  int shifted = (int)floor((5 * doy + 2) / 153);
  Date date = {.year = yoe + era * 400};
  date.day = (int)(doy - floor((153.0 * shifted + 2) / 5)) + 1;
  date.month = shifted < 10 ? shifted + 2 : shifted - 10;
  date.year += date.month < 2;
  date.hour = (int)(rest / 3600000);
  date.minute = (int)fmod(rest / 60000, 60);
  date.second = (int)fmod(rest / 1000, 60);
  date.millisecond = (int)fmod(rest, 1000);
  double weekday = fmod(days + 3, 7); // 1970-01-01 was a Thursday
  date.weekday = (int)(weekday < 0 ? weekday + 7 : weekday) + 1;
  return date;
}

double jsonata_millis_of(double year, double month, double day, double hour, double minute, double second,
                         double millis) {
  if (year >= 0 && year <= 99) year += 1900;
  year += floor(month / 12);
  int month_of_year = (int)(month - floor(month / 12) * 12);
  double days = days_before(year, month_of_year) + day - 1;
  return ((days * 24 + hour) * 60 + minute) * 60000 + second * 1000 + millis;
}

// The Monday of the first week: the one that holds the first Thursday of the year or month.
static double first_week(double year, int month) {
  double first = jsonata_millis_of(year, month, 1, 0, 0, 0, 0);
  int weekday = jsonata_date_of(first).weekday;
  return weekday > 4 ? first + (8 - weekday) * DAY : first - (weekday - 1) * DAY;
}

typedef struct Period {
  double year;
  int month;
} Period;

static Period moved(Period period, int months) {
  double month = period.month + months;
  return (Period){period.year + floor(month / 12), (int)(month - floor(month / 12) * 12)};
}

// The number of the week within the year (step 12) or month (step 1) that it belongs to.
static double week_number(const Date *date, Period period, int step, int most) {
  double today = jsonata_millis_of(date->year, date->month, date->day, 0, 0, 0, 0);
  double week = (today - first_week(period.year, period.month)) / (7 * DAY) + 1;
  if (week > most) {
    Period next = moved(period, step);
    if (today >= first_week(next.year, next.month)) week = 1;
  } else if (week < 1) {
    Period before = moved(period, -step);
    week = (today - first_week(before.year, before.month)) / (7 * DAY) + 1;
  }
  return floor(week);
}

// The year or month that the week belongs to.
static Period week_period(double millis, Period period, int step) {
  Period next = moved(period, step);
  if (millis < first_week(period.year, period.month)) return moved(period, -step);
  return millis >= first_week(next.year, next.month) ? next : period;
}

double jsonata_date_component(double millis, char component) {
  Date date = jsonata_date_of(millis);
  Period year = {date.year, 0}, month = {date.year, date.month};
  switch (component) {
  case 'Y': return date.year;
  case 'M': return date.month + 1;
  case 'D': return date.day;
  case 'd':
    return (jsonata_millis_of(date.year, date.month, date.day, 0, 0, 0, 0) -
            jsonata_millis_of(date.year, 0, 1, 0, 0, 0, 0)) /
               DAY +
           1;
  case 'F': return date.weekday;
  case 'W': return week_number(&date, year, 12, 52);
  case 'w': return week_number(&date, month, 1, 4);
  case 'X': return week_period(millis, year, 12).year;
  case 'x': return week_period(millis, month, 1).month + 1;
  case 'H': return date.hour;
  case 'h': return date.hour % 12 ? date.hour % 12 : 12;
  case 'P': return date.hour >= 12;
  case 'm': return date.minute;
  case 's': return date.second;
  case 'f': return date.millisecond;
  default: return 0;
  }
}
