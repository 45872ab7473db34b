// $formatInteger, $parseInteger and the integers in dates: decimal digits of any script, letters, Roman numerals,
// words.
#include "base/utf8.h"
#include "jsonata/natives.h"
#include "jsonata/pictures.h"
#include <math.h>
#include <stdlib.h>

// The zeros of the decimal digit families of the Basic Multilingual Plane.
static const uint32_t zeros[] = {
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
};

static const Str small_words[] = {
    STR_INIT("Zero"),    STR_INIT("One"),     STR_INIT("Two"),       STR_INIT("Three"),    STR_INIT("Four"),
    STR_INIT("Five"),    STR_INIT("Six"),     STR_INIT("Seven"),     STR_INIT("Eight"),    STR_INIT("Nine"),
    STR_INIT("Ten"),     STR_INIT("Eleven"),  STR_INIT("Twelve"),    STR_INIT("Thirteen"), STR_INIT("Fourteen"),
    STR_INIT("Fifteen"), STR_INIT("Sixteen"), STR_INIT("Seventeen"), STR_INIT("Eighteen"), STR_INIT("Nineteen"),
};
static const Str small_ordinals[] = {
    STR_INIT("Zeroth"),    STR_INIT("First"),       STR_INIT("Second"),     STR_INIT("Third"),
    STR_INIT("Fourth"),    STR_INIT("Fifth"),       STR_INIT("Sixth"),      STR_INIT("Seventh"),
    STR_INIT("Eighth"),    STR_INIT("Ninth"),       STR_INIT("Tenth"),      STR_INIT("Eleventh"),
    STR_INIT("Twelfth"),   STR_INIT("Thirteenth"),  STR_INIT("Fourteenth"), STR_INIT("Fifteenth"),
    STR_INIT("Sixteenth"), STR_INIT("Seventeenth"), STR_INIT("Eighteenth"), STR_INIT("Nineteenth"),
};
static const Str tens_words[] = {
    STR_INIT("Twenty"), STR_INIT("Thirty"),  STR_INIT("Forty"),  STR_INIT("Fifty"),
    STR_INIT("Sixty"),  STR_INIT("Seventy"), STR_INIT("Eighty"), STR_INIT("Ninety"),
};
static const Str magnitude_words[] = {STR_INIT("Thousand"), STR_INIT("Million"), STR_INIT("Billion"),
                                      STR_INIT("Trillion")};
static const struct {
  int value;
  const char *text;
} roman[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
             {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};

// --- Reading a picture

static bool digit_zero(uint32_t point, uint32_t *zero) {
  for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) {
    if (point < zeros[i] || point > zeros[i] + 9) continue;
    *zero = zeros[i];
    return true;
  }
  return false;
}

static int gcd(int a, int b) {
  return b ? gcd(b, a % b) : a;
}

// Separators are regular when they are one character at every multiple of one interval.
static int regular_interval(const IntegerPicture *picture) {
  int interval = 0;
  for (int i = 0; i < picture->separator_count; i++) {
    if (picture->separators[i].character != picture->separators[0].character) return 0;
    interval = gcd(interval, picture->separators[i].position);
  }
  for (int i = 1; i <= picture->separator_count; i++) {
    bool present = false;
    for (int k = 0; k < picture->separator_count; k++) present |= picture->separators[k].position == i * interval;
    if (!present) return 0;
  }
  return interval;
}

static void decimal_picture(Engine *engine, IntegerPicture *picture, Str text) {
  int position = 0;
  for (size_t end = text.len; end > 0;) { // from the right
    size_t at = end - 1, len;
    while (at > 0 && ((unsigned char)text.at[at] & 0xC0) == 0x80) at--;
    uint32_t point = jsonata_text_point(text, at, &len), zero;
    end = at;
    if (digit_zero(point, &zero)) {
      if (picture->mandatory && zero != picture->zero) FAIL(engine, "D3131");
      picture->zero = zero;
      picture->mandatory++;
      position++;
    } else if (point == '#') {
      picture->optional++;
      position++;
    } else if (picture->separator_count < SEPARATORS_MOST) {
      picture->separators[picture->separator_count].position = position;
      picture->separators[picture->separator_count++].character = point;
    }
  }
  picture->form = picture->mandatory ? INTEGER_DECIMAL : INTEGER_SEQUENCE;
  picture->token = text;
  picture->interval = regular_interval(picture);
}

IntegerPicture jsonata_integer_picture(Engine *engine, Str text) {
  static const struct {
    Str text;
    IntegerForm form;
    LetterCase letters;
  } forms[] = {
      {STR_INIT("A"), INTEGER_LETTERS, CASE_UPPER}, {STR_INIT("a"), INTEGER_LETTERS, CASE_LOWER},
      {STR_INIT("I"), INTEGER_ROMAN, CASE_UPPER},   {STR_INIT("i"), INTEGER_ROMAN, CASE_LOWER},
      {STR_INIT("W"), INTEGER_WORDS, CASE_UPPER},   {STR_INIT("w"), INTEGER_WORDS, CASE_LOWER},
      {STR_INIT("Ww"), INTEGER_WORDS, CASE_TITLE},
  };
  IntegerPicture picture = {.zero = '0'};
  size_t semicolon = text.len;
  while (semicolon > 0 && text.at[semicolon - 1] != ';') semicolon--;
  if (semicolon > 0) {
    picture.ordinal = semicolon < text.len && text.at[semicolon] == 'o';
    text.len = semicolon - 1;
  }
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    if (!str_eq(text, forms[i].text)) continue;
    picture.form = forms[i].form;
    picture.letters = forms[i].letters;
    return picture;
  }
  decimal_picture(engine, &picture, text);
  return picture;
}

// --- Writing

static void put_ordinal(Buf *out, bool ordinal) {
  if (ordinal) buf_str(out, S("th"));
}

static void put_words(Buf *out, double number, bool follows, bool ordinal) {
  if (number <= 19) {
    if (follows) buf_str(out, S(" and "));
    buf_str(out, ordinal ? small_ordinals[(int)number] : small_words[(int)number]);
  } else if (number < 100) {
    int rest = (int)fmod(number, 10);
    Str tens = tens_words[(int)(number / 10) - 2];
    if (follows) buf_str(out, S(" and "));
    if (rest == 0 && ordinal) {
      buf_str(out, str_slice(tens, 0, tens.len - 1));
      buf_str(out, S("ieth"));
      return;
    }
    buf_str(out, tens);
    if (rest) buf_char(out, '-'), put_words(out, rest, false, ordinal);
  } else {
    int magnitude = number < 1000 ? 0 : (int)floor(log10(number) / 3);
    if (magnitude > 4) magnitude = 4;
    double factor = magnitude ? pow(1000, magnitude) : 100;
    double high = floor(number / factor), rest = number - high * factor;
    if (follows) buf_str(out, S(", "));
    put_words(out, high, false, false);
    buf_char(out, ' ');
    buf_str(out, magnitude ? magnitude_words[magnitude - 1] : S("Hundred"));
    if (rest > 0)
      put_words(out, rest, true, ordinal);
    else
      put_ordinal(out, ordinal);
  }
}

static void put_letters(Buf *out, double value, char first) {
  char letters[80];
  size_t n = sizeof letters;
  while (value > 0 && n > 0) {
    letters[--n] = (char)(first + (int)fmod(value - 1, 26));
    value = floor((value - 1) / 26);
  }
  buf_bytes(out, letters + n, sizeof letters - n);
}

static void put_roman(Engine *engine, Buf *out, double value, bool upper) {
  if (value > 1e6) FAIL(engine, "D2015");
  for (size_t i = 0; i < sizeof roman / sizeof *roman; i++) {
    for (; value >= roman[i].value; value -= roman[i].value) {
      for (const char *c = roman[i].text; *c; c++) buf_char(out, upper ? (char)(*c - 32) : *c);
    }
  }
}

// The separator that stands left of `right` digits, or 0.
static uint32_t separator_at(const IntegerPicture *picture, int right) {
  if (picture->interval) return right % picture->interval ? 0 : picture->separators[0].character;
  for (int i = 0; i < picture->separator_count; i++) {
    if (picture->separators[i].position == right) return picture->separators[i].character;
  }
  return 0;
}

static void put_decimal(Buf *out, double value, const IntegerPicture *picture) {
  char text[32];
  int len = (int)json_number_print(value, text), padding = picture->mandatory - len;
  if (padding < 0) padding = 0;
  if (padding > 10000) padding = 10000;
  for (int i = 0, all = padding + len; i < all; i++) {
    char digit = i < padding ? '0' : text[i - padding];
    uint32_t separator = i ? separator_at(picture, all - i) : 0;
    if (separator) buf_utf8(out, separator);
    buf_utf8(out, ascii_is_digit(digit) ? (uint32_t)(digit - '0') + picture->zero : (uint32_t)digit);
  }
  if (!picture->ordinal) return;
  bool teens = len + padding > 1 && (len > 1 ? text[len - 2] : '0') == '1';
  char last = text[len - 1];
  buf_str(out, teens ? S("th") : last == '1' ? S("st") : last == '2' ? S("nd") : last == '3' ? S("rd") : S("th"));
}

void jsonata_put_integer(Engine *engine, Buf *out, double value, const IntegerPicture *picture) {
  if (value < 0) buf_char(out, '-');
  value = fabs(value);
  if (!isfinite(value)) FAIL(engine, "D1001", .value = jsonata_new_number(engine, value));
  switch (picture->form) {
  case INTEGER_DECIMAL: put_decimal(out, value, picture); return;
  case INTEGER_LETTERS: put_letters(out, value, picture->letters == CASE_UPPER ? 'A' : 'a'); return;
  case INTEGER_ROMAN: put_roman(engine, out, value, picture->letters == CASE_UPPER); return;
  case INTEGER_WORDS: {
    size_t from = out->len;
    put_words(out, value, false, picture->ordinal);
    for (size_t i = from; i < out->len && picture->letters != CASE_TITLE; i++) {
      char c = out->at[i];
      bool changes = picture->letters == CASE_UPPER ? ascii_is_lower(c) : ascii_is_upper(c);
      if (changes) out->at[i] = (char)(c ^ 0x20);
    }
    return;
  }
  case INTEGER_SEQUENCE: FAIL(engine, "D3130", .value = jsonata_new_string(engine, picture->token));
  }
}

NATIVE(format_integer) {
  Value value = ARGUMENT(0), text = ARGUMENT(1);
  if (!value) return NULL;
  IntegerPicture picture = jsonata_integer_picture(engine, text ? json_str(text) : (Str){0});
  Buf out = {.arena = engine->arena};
  jsonata_put_integer(engine, &out, floor(value->number), &picture);
  return jsonata_finish_string(engine, &out);
}

// --- Reading

static bool same_word(Str word, Str name) {
  if (word.len != name.len) return false;
  for (size_t i = 0; i < word.len; i++) {
    if ((word.at[i] | 32) != (name.at[i] | 32)) return false;
  }
  return true;
}

static bool ordinal_word(Str word, Str name, Str end, size_t cut) {
  if (word.len < end.len || !same_word(str_slice(word, word.len - end.len, word.len), end)) return false;
  return same_word(str_slice(word, 0, word.len - end.len), str_slice(name, 0, name.len - cut));
}

// NaN: no number's word.
static double word_value(Str word) {
  for (int i = 0; i < 20; i++) {
    if (same_word(word, small_words[i]) || same_word(word, small_ordinals[i])) return i;
  }
  for (int i = 0; i < 8; i++) {
    if (same_word(word, tens_words[i]) || ordinal_word(word, tens_words[i], S("ieth"), 1)) return 20 + 10 * i;
  }
  if (same_word(word, S("Hundred")) || same_word(word, S("Hundredth"))) return 100;
  for (int i = 0; i < 4; i++) {
    if (same_word(word, magnitude_words[i]) || ordinal_word(word, magnitude_words[i], S("th"), 0)) {
      return pow(1000, i + 1);
    }
  }
  return (double)NAN;
}

// "twelve thousand, four hundred and two": words below a hundred are added, the others multiply what was read last.
static double words_value(Str text) {
  double done = 0, segment = 0;
  for (size_t i = 0; i < text.len;) {
    size_t from = i;
    while (i < text.len && !strchr(" ,-\t\n\r\\", text.at[i])) i++;
    Str word = str_slice(text, from, i);
    while (i < text.len && strchr(" ,-\t\n\r\\", text.at[i])) i++;
    if (word.len == 0 || same_word(word, S("and"))) continue;
    double value = word_value(word);
    if (isnan(value)) return value;
    if (value >= 100) {
      segment *= value;
      continue;
    }
    if (segment >= 1000) done += segment, segment = 0;
    segment += value;
  }
  return done + segment;
}

static double roman_value(Str text) {
  double total = 0;
  int most = 1;
  for (size_t i = text.len; i > 0; i--) {
    int value = 0;
    for (size_t k = 0; k < sizeof roman / sizeof *roman; k++) {
      if (!roman[k].text[1] && roman[k].text[0] == (text.at[i - 1] | 32)) value = roman[k].value;
    }
    if (value == 0) return (double)NAN;
    total += value < most ? -value : value;
    if (value > most) most = value;
  }
  return total;
}

static double letters_value(Str text, char first) {
  double total = 0;
  for (size_t i = 0; i < text.len; i++) total = total * 26 + (text.at[i] - first + 1);
  return total;
}

static bool is_separator(const IntegerPicture *picture, uint32_t point) {
  if (picture->interval && point == ',') return true;
  for (int i = 0; i < picture->separator_count; i++) {
    if (picture->separators[i].character == point) return true;
  }
  return false;
}

static double decimal_value(Str text, const IntegerPicture *picture) {
  if (picture->ordinal) text.len = text.len > 2 ? text.len - 2 : 0;
  double total = 0;
  bool any = false, negative = false;
  for (size_t i = 0, len; i < text.len; i += len) {
    uint32_t point = jsonata_text_point(text, i, &len);
    if (i == 0 && (point == '-' || point == '+')) {
      negative = point == '-';
    } else if (point >= picture->zero && point <= picture->zero + 9) {
      total = total * 10 + (point - picture->zero);
      any = true;
    } else if (!is_separator(picture, point)) {
      break;
    }
  }
  return !any ? (double)NAN : negative ? -total : total;
}

double jsonata_integer_value(Engine *engine, Str text, const IntegerPicture *picture) {
  switch (picture->form) {
  case INTEGER_LETTERS: return letters_value(text, picture->letters == CASE_UPPER ? 'A' : 'a');
  case INTEGER_ROMAN: return roman_value(text);
  case INTEGER_WORDS: return words_value(text);
  case INTEGER_DECIMAL: return decimal_value(text, picture);
  case INTEGER_SEQUENCE: break;
  }
  FAIL(engine, "D3130", .value = jsonata_new_string(engine, picture->token));
}

static void put_alternatives(Buf *out, const Str *words, size_t count, size_t cut, Str end) {
  for (size_t i = 0; i < count; i++) {
    buf_str(out, str_slice(words[i], 0, words[i].len - cut));
    buf_str(out, end);
    buf_char(out, '|');
  }
}

static void put_words_pattern(Buf *out) {
  buf_str(out, S("(?:"));
  put_alternatives(out, small_words, 20, 0, S(""));
  put_alternatives(out, small_ordinals, 20, 0, S(""));
  put_alternatives(out, tens_words, 8, 0, S(""));
  put_alternatives(out, tens_words, 8, 1, S("ieth"));
  put_alternatives(out, magnitude_words, 4, 0, S("(?:th)?"));
  buf_str(out, S("Hundred(?:th)?|and|[-, ])+"));
}

void jsonata_put_integer_pattern(Engine *engine, Buf *out, const IntegerPicture *picture) {
  bool upper = picture->letters == CASE_UPPER;
  switch (picture->form) {
  case INTEGER_LETTERS: buf_str(out, upper ? S("[A-Z]+") : S("[a-z]+")); return;
  case INTEGER_ROMAN: buf_str(out, S("[mdclxviMDCLXVI]+")); return;
  case INTEGER_WORDS: put_words_pattern(out); return;
  case INTEGER_DECIMAL:
    buf_str(out, S("[0-9]"));
    if (picture->parse_width)
      buf_fmt(out, "{%d}", picture->parse_width > 1000 ? 1000 : picture->parse_width);
    else
      buf_char(out, '+');
    if (picture->ordinal) buf_str(out, S("(?:th|st|nd|rd)"));
    return;
  case INTEGER_SEQUENCE: FAIL(engine, "D3130", .value = jsonata_new_string(engine, picture->token));
  }
}

NATIVE(parse_integer) {
  Value text = ARGUMENT(0), picture_text = ARGUMENT(1);
  if (!text) return NULL;
  IntegerPicture picture = jsonata_integer_picture(engine, picture_text ? json_str(picture_text) : (Str){0});
  double value = jsonata_integer_value(engine, json_str(text), &picture);
  return jsonata_new_number(engine, value); // not a number where the text is none
}
