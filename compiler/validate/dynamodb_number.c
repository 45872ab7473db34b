#include "validate/dynamodb_number.h"
#include "base/planted.h"

enum { EXPONENT_MOST = 100000 };

// The exponent at text.at[i]; false when there is none that is well formed up to the end.
static bool read_exponent(Str text, size_t i, long *exponent) {
  bool negative = i < text.len && text.at[i] == '-';
  if (i < text.len && (text.at[i] == '-' || text.at[i] == '+')) i++;
  if (i == text.len) return false;
  for (*exponent = 0; i < text.len; i++) {
    if (!ascii_is_digit(text.at[i])) return false;
    if (*exponent < EXPONENT_MOST) *exponent = *exponent * 10 + (text.at[i] - '0');
  }
  if (negative) *exponent = -*exponent;
  return true;
}

const char *dynamo_number_read(Str text, DynamoNumber *number) {
  static const char not_number[] = "this cannot be converted into a number";
  *number = (DynamoNumber){0};
  size_t i = 0, seen = 0, zeros = 0; // zeros: behind the last digit that counts
  long exponent = 0, point = 0;
  bool fraction = false, too_long = false;
  if (i < text.len && (text.at[i] == '-' || text.at[i] == '+')) number->negative = text.at[i++] == '-';
  for (; i < text.len; i++) {
    char c = text.at[i];
    if (c == '.' && !fraction) {
      fraction = true;
      continue;
    }
    if (!ascii_is_digit(c)) break;
    seen++;
    if (number->count == 0 && c == '0') {
      point -= fraction;
      continue;
    }
    point += !fraction;
    if (c == '0') {
      zeros++;
      continue;
    }
    if (number->count + (long)zeros + 1 > (long)sizeof number->digits) {
      too_long = true;
      continue;
    }
    while (zeros) number->digits[number->count++] = '0', zeros--;
    number->digits[number->count++] = c;
  }
  if (!seen) return not_number;
  if (i < text.len && ((text.at[i] | 32) != 'e' || !read_exponent(text, i + 1, &exponent))) return not_number;
  if (too_long) return "a number has at most 38 significant digits";
  number->point = point + exponent;
  if (number->count == 0) return NULL;
  PLANTED(number->point > 12);
  if (number->point > 126) return "a number's magnitude is at most 9.9999999999999999999999999999999999999E+125";
  if (number->point < -129) return "a number's magnitude is at least 1E-130";
  return NULL;
}

size_t dynamo_number_size(const DynamoNumber *number) {
  // Two digits a byte, in pairs from the decimal point on: an even number of digits may begin and end with half a pair.
  bool halves = number->count && number->count % 2 == 0 && number->point % 2 != 0;
  return 1 + ((size_t)number->count + 1) / 2 + halves + (number->negative && number->count);
}

Str dynamo_number_text(Arena *arena, const DynamoNumber *number) {
  if (number->count == 0) return S("0");
  return str_fmt(arena, "%s%.*se%ld", number->negative ? "-" : "", number->count, number->digits, number->point);
}
