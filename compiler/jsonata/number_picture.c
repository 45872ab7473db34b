// $formatNumber: decimal format pictures (XPath Functions and Operators 3.1, §4.7), with the reference's own readings
// of the corners of that specification.
#include "jsonata/natives.h"
#include <math.h>
#include <stdio.h>

typedef VEC(uint32_t) Points;

// The characters that mean something, from the third argument or by default.
typedef struct Symbols {
  uint32_t decimal, grouping, exponent, percent, per_mille, zero, digit, pattern;
  Str minus;
} Symbols;

typedef struct Range {
  const uint32_t *at;
  int len;
} Range;

typedef struct SubPicture {
  Range whole, prefix, suffix, active, mantissa, exponent, integer, fraction;
  bool has_exponent;
  // §4.7.4
  int grouping[64], grouping_count, interval;
  int fraction_grouping[64], fraction_grouping_count;
  int integer_least, scaling, fraction_least, fraction_most, exponent_least;
} SubPicture;

static bool is_digit(const Symbols *symbols, uint32_t point) {
  return point >= symbols->zero && point <= symbols->zero + 9;
}

static bool is_active(const Symbols *symbols, uint32_t point) {
  return is_digit(symbols, point) || point == symbols->decimal || point == symbols->exponent ||
         point == symbols->grouping || point == symbols->digit || point == symbols->pattern;
}

static int find(Range range, uint32_t point, int from) {
  for (int i = from < 0 ? 0 : from; i < range.len; i++) {
    if (range.at[i] == point) return i;
  }
  return -1;
}

static int find_last(Range range, uint32_t point) {
  int i = range.len - 1;
  while (i >= 0 && range.at[i] != point) i--;
  return i;
}

static Range part(Range range, int from, int to) {
  if (to > range.len) to = range.len;
  if (from > to) from = to;
  return (Range){range.at + from, to - from};
}

static int count_digits(const Symbols *symbols, Range range, bool optional_too) {
  int count = 0;
  for (int i = 0; i < range.len; i++) {
    count += is_digit(symbols, range.at[i]) || (optional_too && range.at[i] == symbols->digit);
  }
  return count;
}

static Symbols read_symbols(Value options) {
  Symbols symbols = {'.', ',', 'e', '%', 0x2030, '0', '#', ';', S("-")};
  const struct {
    Str name;
    uint32_t *symbol;
  } names[] = {
      {S("decimal-separator"), &symbols.decimal},
      {S("grouping-separator"), &symbols.grouping},
      {S("exponent-separator"), &symbols.exponent},
      {S("percent"), &symbols.percent},
      {S("per-mille"), &symbols.per_mille},
      {S("zero-digit"), &symbols.zero},
      {S("digit"), &symbols.digit},
      {S("pattern-separator"), &symbols.pattern},
  };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    Value value = json_get(options, names[i].name);
    size_t len;
    if (is_string(value) && value->count) *names[i].symbol = jsonata_text_point(json_str(value), 0, &len);
  }
  Value minus = json_get(options, S("minus-sign"));
  if (is_string(minus)) symbols.minus = json_str(minus);
  return symbols;
}

// --- Reading a picture

static void split_parts(const Symbols *symbols, SubPicture *sub) {
  Range whole = sub->whole;
  int first = 0, last = whole.len - 1;
  while (first < whole.len && (!is_active(symbols, whole.at[first]) || whole.at[first] == symbols->exponent)) first++;
  while (last >= 0 && (!is_active(symbols, whole.at[last]) || whole.at[last] == symbols->exponent)) last--;
  sub->prefix = part(whole, 0, first < whole.len ? first : 0);
  sub->suffix = part(whole, last >= 0 ? last + 1 : whole.len, whole.len);
  sub->active = part(whole, sub->prefix.len, whole.len - sub->suffix.len);
  int exponent = find(whole, symbols->exponent, sub->prefix.len);
  sub->has_exponent = exponent >= 0 && exponent <= whole.len - sub->suffix.len;
  sub->mantissa = sub->has_exponent ? part(sub->active, 0, exponent) : sub->active;
  sub->exponent = sub->has_exponent ? part(sub->active, exponent + 1, sub->active.len) : (Range){0};
  int decimal = find(sub->mantissa, symbols->decimal, 0);
  sub->integer = decimal < 0 ? sub->mantissa : part(sub->mantissa, 0, decimal);
  sub->fraction = decimal < 0 ? sub->suffix : part(sub->mantissa, decimal + 1, sub->mantissa.len);
}

static bool repeats(Range range, uint32_t point) {
  return find(range, point, 0) != find_last(range, point);
}

static bool has_passive(const Symbols *symbols, Range active) {
  for (int i = 0; i < active.len; i++) {
    if (!is_active(symbols, active.at[i])) return true;
  }
  return false;
}

// Grouping separators at the wrong places.
static const char *grouping_fault(const Symbols *symbols, const SubPicture *sub) {
  Range whole = sub->whole;
  const char *fault = NULL;
  int decimal = find(whole, symbols->decimal, 0);
  if (decimal >= 0) {
    bool before = decimal > 0 && whole.at[decimal - 1] == symbols->grouping;
    bool after = decimal + 1 < whole.len && whole.at[decimal + 1] == symbols->grouping;
    if (before || after) fault = "D3087";
  } else if (sub->integer.len && sub->integer.at[sub->integer.len - 1] == symbols->grouping) {
    fault = "D3088";
  }
  for (int i = 0; i + 1 < whole.len; i++) {
    if (whole.at[i] == symbols->grouping && whole.at[i + 1] == symbols->grouping) fault = "D3089";
  }
  return fault;
}

// Of several faults the last one is told, as the reference does.
static const char *picture_fault(const Symbols *symbols, const SubPicture *sub) {
  Range whole = sub->whole;
  const char *fault = NULL;
  bool percent = find(whole, symbols->percent, 0) >= 0, per_mille = find(whole, symbols->per_mille, 0) >= 0;
  if (repeats(whole, symbols->decimal)) fault = "D3081";
  if (repeats(whole, symbols->percent)) fault = "D3082";
  if (repeats(whole, symbols->per_mille)) fault = "D3083";
  if (percent && per_mille) fault = "D3084";
  if (count_digits(symbols, sub->mantissa, true) == 0) fault = "D3085";
  if (has_passive(symbols, sub->active)) fault = "D3086";
  const char *grouping = grouping_fault(symbols, sub);
  if (grouping) fault = grouping;
  int optional = find(sub->integer, symbols->digit, 0);
  if (optional >= 0 && count_digits(symbols, part(sub->integer, 0, optional), false)) fault = "D3090";
  optional = find_last(sub->fraction, symbols->digit);
  if (optional >= 0 && count_digits(symbols, part(sub->fraction, optional, sub->fraction.len), false)) fault = "D3091";
  if (sub->has_exponent && sub->exponent.len && (percent || per_mille)) fault = "D3092";
  if (sub->has_exponent && count_digits(symbols, sub->exponent, false) != sub->exponent.len) fault = "D3093";
  if (sub->has_exponent && sub->exponent.len == 0) fault = "D3093";
  return fault;
}

static int gcd(int a, int b) {
  return b ? gcd(b, a % b) : a;
}

// One interval whose multiples are exactly the positions, or 0.
static int regular(const int *positions, int count) {
  int factor = 0;
  for (int i = 0; i < count; i++) factor = gcd(factor, positions[i]);
  for (int i = 1; i <= count; i++) {
    bool present = false;
    for (int k = 0; k < count; k++) present |= positions[k] == i * factor;
    if (!present) return 0;
  }
  return factor;
}

static void analyse_grouping(const Symbols *symbols, SubPicture *sub) {
  Range integer = sub->integer, fraction = sub->fraction;
  for (int at = find(integer, symbols->grouping, 0); at >= 0 && sub->grouping_count < 64;) {
    sub->grouping[sub->grouping_count++] = count_digits(symbols, part(integer, at, integer.len), true);
    at = find(integer, symbols->grouping, at + 1);
  }
  sub->interval = regular(sub->grouping, sub->grouping_count);
  for (int at = find(fraction, symbols->grouping, 0); at >= 0 && sub->fraction_grouping_count < 64;) {
    sub->fraction_grouping[sub->fraction_grouping_count++] = count_digits(symbols, part(fraction, 0, at), true);
    at = find(integer, symbols->grouping, at + 1);
  }
}

static void analyse(const Symbols *symbols, SubPicture *sub) {
  analyse_grouping(symbols, sub);
  sub->scaling = sub->integer_least = count_digits(symbols, sub->integer, false);
  sub->fraction_least = count_digits(symbols, sub->fraction, false);
  sub->fraction_most = count_digits(symbols, sub->fraction, true);
  if (sub->integer_least == 0 && sub->fraction_most == 0) {
    if (sub->has_exponent)
      sub->fraction_least = sub->fraction_most = 1;
    else
      sub->integer_least = 1;
  }
  if (sub->has_exponent && sub->integer_least == 0 && find(sub->integer, symbols->digit, 0) >= 0) {
    sub->integer_least = 1;
  }
  if (sub->integer_least == 0 && sub->fraction_least == 0) sub->fraction_least = 1;
  sub->exponent_least = sub->has_exponent ? count_digits(symbols, sub->exponent, false) : 0;
}

// --- Writing

static void add(Engine *engine, Points *points, uint32_t point) {
  VEC_PUSH(engine->arena, points, point);
}

static void insert(Engine *engine, Points *points, int64_t at, uint32_t point) {
  if (at < 0 || at > (int64_t)points->len) return;
  add(engine, points, 0);
  memmove(points->at + at + 1, points->at + at, (points->len - 1 - (size_t)at) * sizeof *points->at);
  points->at[at] = point;
}

// The digits of |value| with `places` decimals, the decimal separator always there, no zeros at the ends.
static Points digits_of(Engine *engine, const Symbols *symbols, double value, int places, bool trimmed, int *decimal) {
  char text[512];
  int len = snprintf(text, sizeof text, "%.*f", places > 100 ? 100 : places, fabs(value)), from = 0;
  char *dot = strchr(text, '.');
  int whole = dot ? (int)(dot - text) : len, end = len;
  if (!dot) text[end++] = '.';
  while (trimmed && from < whole && text[from] == '0') from++;
  while (trimmed && end > whole + 1 && text[end - 1] == '0') end--;
  Points points = {0};
  for (int i = from; i < end; i++) {
    add(engine, &points, text[i] == '.' ? symbols->decimal : symbols->zero + (uint32_t)(text[i] - '0'));
  }
  *decimal = whole - from;
  return points;
}

static int group(Engine *engine, const Symbols *symbols, const SubPicture *sub, Points *points, int decimal) {
  if (sub->interval > 0) {
    int groups = (decimal - 1) / sub->interval;
    for (int i = 1; i <= groups; i++) insert(engine, points, decimal - i * sub->interval, symbols->grouping);
    decimal += groups > 0 ? groups : 0;
  } else {
    for (int i = 0; i < sub->grouping_count; i++) {
      if (sub->grouping[i] > decimal) continue;
      insert(engine, points, decimal - sub->grouping[i], symbols->grouping);
      decimal++;
    }
  }
  for (int i = 0; i < sub->fraction_grouping_count; i++) {
    insert(engine, points, (int64_t)sub->fraction_grouping[i] + decimal + 1, symbols->grouping);
  }
  return decimal;
}

// Scales the number to the mantissa the picture shows; returns the exponent.
static int scale(double *number, int digits) {
  int exponent = 0;
  double most = pow(10, digits), least = pow(10, digits - 1);
  if (*number == 0 || !isfinite(*number)) return 0;
  while (fabs(*number) < least) *number *= 10, exponent--;
  while (fabs(*number) > most) *number /= 10, exponent++;
  return exponent;
}

static void put_points(Buf *out, const uint32_t *points, size_t count) {
  for (size_t i = 0; i < count; i++) jsonata_put_point(out, points[i]);
}

static void put_exponent(Engine *engine, Buf *out, const Symbols *symbols, int exponent, int least) {
  int decimal;
  Points digits = digits_of(engine, symbols, exponent, 0, false, &decimal);
  jsonata_put_point(out, symbols->exponent);
  if (exponent < 0) buf_str(out, symbols->minus);
  for (int i = decimal; i < least; i++) jsonata_put_point(out, symbols->zero);
  put_points(out, digits.at, (size_t)decimal);
}

static void put_formatted(Engine *engine, Buf *out, const Symbols *symbols, const SubPicture *sub, double number) {
  if (find(sub->whole, symbols->percent, 0) >= 0)
    number *= 100;
  else if (find(sub->whole, symbols->per_mille, 0) >= 0)
    number *= 1000;
  int exponent = sub->exponent_least ? scale(&number, sub->scaling) : 0, decimal;
  number = jsonata_round_half_even(number, sub->fraction_most);
  Points points = digits_of(engine, symbols, number, sub->fraction_most, true, &decimal);
  for (; decimal < sub->integer_least; decimal++) insert(engine, &points, 0, symbols->zero);
  while ((int)points.len - decimal - 1 < sub->fraction_least) add(engine, &points, symbols->zero);
  decimal = group(engine, symbols, sub, &points, decimal);
  if (find(sub->whole, symbols->decimal, 0) < 0 || decimal == (int)points.len - 1) points.len--;
  put_points(out, sub->prefix.at, (size_t)sub->prefix.len);
  put_points(out, points.at, points.len);
  if (sub->exponent_least) put_exponent(engine, out, symbols, exponent, sub->exponent_least);
  put_points(out, sub->suffix.at, (size_t)sub->suffix.len);
}

NATIVE(format_number) {
  Value value = ARGUMENT(0), picture = ARGUMENT(1);
  if (!value) return NULL;
  Symbols symbols = read_symbols(ARGUMENT(2));
  static const uint32_t nothing[1];
  Points points = {0};
  Str text = picture ? json_str(picture) : (Str){0};
  for (size_t i = 0, len; i < text.len; i += len) add(engine, &points, jsonata_text_point(text, i, &len));
  if (text.len > 4096) FAIL(engine, "D2015");
  if (!isfinite(value->number)) FAIL(engine, "D1001", .value = value);
  SubPicture subs[2] = {{.whole = {points.at ? points.at : nothing, 0}}};
  int separators = 0;
  for (size_t i = 0; i < points.len; i++) {
    if (points.at[i] != symbols.pattern) {
      subs[separators].whole.len++;
      continue;
    }
    if (++separators > 1) FAIL(engine, "D3080");
    subs[1].whole = (Range){points.at + i + 1, 0};
  }
  for (int i = 0; i <= separators; i++) {
    split_parts(&symbols, &subs[i]);
    const char *fault = picture_fault(&symbols, &subs[i]);
    if (fault) FAIL(engine, fault);
    analyse(&symbols, &subs[i]);
  }
  Buf out = {.arena = engine->arena};
  bool negative = value->number < 0;
  if (negative && separators == 0) buf_str(&out, symbols.minus);
  put_formatted(engine, &out, &symbols, &subs[negative && separators == 1], value->number);
  return jsonata_finish_string(engine, &out);
}
