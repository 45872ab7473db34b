// Picture strings of XPath Functions and Operators 3.1: integers (§4.6.1) and dates (§9.8.4).
#pragma once
#include "jsonata/engine.h"

typedef enum { INTEGER_DECIMAL, INTEGER_LETTERS, INTEGER_ROMAN, INTEGER_WORDS, INTEGER_SEQUENCE } IntegerForm;
typedef enum { CASE_LOWER, CASE_UPPER, CASE_TITLE } LetterCase;

enum { SEPARATORS_MOST = 32 };

typedef struct IntegerPicture {
  IntegerForm form;
  LetterCase letters;
  bool ordinal;
  Str token;     // of a sequence this implementation does not have
  uint32_t zero; // the digit family's zero
  int mandatory, optional;
  struct {
    int position; // digits to its right
    uint32_t character;
  } separators[SEPARATORS_MOST]; // from the right
  int separator_count;
  int interval;    // regular grouping: one separator every so many digits; 0: not regular
  int parse_width; // exactly so many digits when parsing; 0: any number
} IntegerPicture;

IntegerPicture jsonata_integer_picture(Engine *engine, Str picture);
void jsonata_put_integer(Engine *engine, Buf *out, double value, const IntegerPicture *picture);
// The regular expression that such an integer matches.
void jsonata_put_integer_pattern(Engine *engine, Buf *out, const IntegerPicture *picture);
// NaN: the text is none.
double jsonata_integer_value(Engine *engine, Str text, const IntegerPicture *picture);

// One piece of a date picture: literal text or a component.
typedef struct DatePart {
  Str literal;    // of a literal
  char component; // 0: literal
  bool named;     // by name, not by number
  LetterCase letters;
  bool traditional; // the second presentation modifier t
  int width_most;   // -1: no limit
  int year_digits;  // of Y: how many digits are shown; -1: all
  bool has_integer;
  IntegerPicture integer;
} DatePart;

typedef struct DatePicture {
  VEC(DatePart) parts;
} DatePicture;

DatePicture jsonata_date_picture(Engine *engine, Str picture);

// calendar.c: UTC, proleptic Gregorian, milliseconds since 1970.
typedef struct Date {
  double year;
  int month, day; // from 0, from 1
  int hour, minute, second, millisecond;
  int weekday; // Monday is 1
} Date;
// ECMAScript's Date.UTC: overflowing fields carry over, years 0 to 99 are 1900 to 1999.
double jsonata_millis_of(double year, double month, double day, double hour, double minute, double second,
                         double millis);
// The numeric value of a component (Y M D d F W w X x H h m s f; P is 0 or 1).
double jsonata_date_component(double millis, char component);

extern const Str jsonata_month_names[12], jsonata_day_names[8];
