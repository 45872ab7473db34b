// Numbers: conversion, rounding, aggregation, random ones.
#include "base/sys.h"
#include "jsonata/natives.h"
#include <math.h>
#include <stdlib.h>

static bool digits_from(Str text, size_t *at, int base) {
  size_t from = *at;
  for (; *at < text.len; (*at)++) {
    char c = text.at[*at];
    int digit = ascii_is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'z' ? (c | 32) - 'a' + 10 : 99;
    if (digit >= base) break;
  }
  return *at > from;
}

// -?digits(.digits)?([eE][-+]?digits)?, with leading zeros if one likes.
static bool decimal(Engine *engine, Str text, double *number) {
  size_t at = text.len && text.at[0] == '-';
  if (!digits_from(text, &at, 10)) return false;
  if (at < text.len && text.at[at] == '.' && (at++, !digits_from(text, &at, 10))) return false;
  if (at < text.len && (text.at[at] == 'e' || text.at[at] == 'E')) {
    at++;
    if (at < text.len && (text.at[at] == '-' || text.at[at] == '+')) at++;
    if (!digits_from(text, &at, 10)) return false;
  }
  *number = strtod(str_z(engine->arena, text), NULL);
  return at == text.len && isfinite(*number);
}

// 0x…, 0o…, 0b….
static bool radix_number(Str text, double *number) {
  if (text.len < 3 || text.at[0] != '0') return false;
  char letter = (char)(text.at[1] | 32);
  int base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
  size_t at = 2;
  if (!base || !digits_from(text, &at, base) || at != text.len) return false;
  *number = 0;
  for (size_t i = 2; i < text.len; i++) {
    char c = text.at[i];
    *number = *number * base + (c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
  }
  return true;
}

NATIVE(number) {
  Value value = ARGUMENT(0);
  if (!value || value->kind == JSON_NUMBER) return value;
  if (json_is_bool(value)) return jsonata_new_number(engine, value->kind == JSON_TRUE);
  double number = 0;
  bool fits = is_string(value) && (decimal(engine, json_str(value), &number) || radix_number(json_str(value), &number));
  if (!fits) FAIL(engine, "D3030", .value = value, .index = 1);
  return jsonata_new_number(engine, number);
}

NATIVE(abs) {
  return ARGUMENT(0) ? jsonata_new_number(engine, fabs(ARGUMENT(0)->number)) : NULL;
}

NATIVE(floor) {
  return ARGUMENT(0) ? jsonata_new_number(engine, floor(ARGUMENT(0)->number)) : NULL;
}

NATIVE(ceil) {
  return ARGUMENT(0) ? jsonata_new_number(engine, ceil(ARGUMENT(0)->number)) : NULL;
}

// number × 10^places, exactly as its decimal text says.
static double shifted(double number, int places) {
  char text[48];
  size_t len = json_number_print(number, text);
  text[len] = 0;
  char *e = strchr(text, 'e');
  int exponent = e ? atoi(e + 1) : 0;
  if (e) *e = 0;
  Arena scratch = {0};
  double result = strtod(str_fmt(&scratch, "%se%d", text, exponent + places).at, NULL);
  arena_free(&scratch);
  return result;
}

double jsonata_round_half_even(double number, int places) {
  double value = places ? shifted(number, places) : number;
  if (!isfinite(value)) return number;
  double whole = floor(value), rest = value - whole;
  double result = rest > 0.5 ? whole + 1 : rest < 0.5 ? whole : fmod(whole, 2) == 0 ? whole : whole + 1;
  if (places) result = shifted(result, -places);
  return result == 0 ? 0 : result;
}

NATIVE(round) {
  Value value = ARGUMENT(0), places = ARGUMENT(1);
  if (!value) return NULL;
  double wanted = places ? trunc(places->number) : 0;
  int most = wanted > 400 ? 400 : wanted < -400 ? -400 : (int)wanted;
  return jsonata_new_number(engine, jsonata_round_half_even(value->number, most));
}

NATIVE(sqrt) {
  Value value = ARGUMENT(0);
  if (!value) return NULL;
  if (value->number < 0) FAIL(engine, "D3060", .value = value, .index = 1);
  return jsonata_new_number(engine, sqrt(value->number));
}

NATIVE(power) {
  Value value = ARGUMENT(0), exponent = ARGUMENT(1);
  if (!value) return NULL;
  double result = exponent ? pow(value->number, exponent->number) : (double)NAN;
  if (!isfinite(result)) FAIL(engine, "D3061", .value = value, .second = exponent, .index = 1);
  return jsonata_new_number(engine, result);
}

// --- Random: SplitMix64, from the run's own state so that a seed repeats everything

uint64_t jsonata_random_next(uint64_t *state) {
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

uint64_t jsonata_random_bits(Engine *engine) {
  if (engine->run->random) return jsonata_random_next(engine->run->random);
  if (!engine->random_ready) sys_random(&engine->own_random, sizeof engine->own_random);
  engine->random_ready = true;
  return jsonata_random_next(&engine->own_random);
}

double jsonata_random_unit(uint64_t bits) {
  return (double)(bits >> 11) * 0x1p-53;
}

NATIVE(random) {
  (void)arguments, (void)count;
  return jsonata_new_number(engine, jsonata_random_unit(jsonata_random_bits(engine)));
}

NATIVE(format_base) {
  Value value = ARGUMENT(0), radix = ARGUMENT(1);
  if (!value) return NULL;
  double number = jsonata_round_half_even(value->number, 0),
         base = radix ? jsonata_round_half_even(radix->number, 0) : 10;
  if (!(base >= 2 && base <= 36)) FAIL(engine, "D3100", .value = jsonata_new_number(engine, base));
  char text[32], digits[1100];
  size_t n = sizeof digits;
  if (base == 10 || !isfinite(number)) {
    return jsonata_copy_string(engine, (Str){text, json_number_print(number, text)});
  }
  double rest = fabs(number);
  do {
    digits[--n] = "0123456789abcdefghijklmnopqrstuvwxyz"[(int)fmod(rest, base)];
    rest = floor(rest / base);
  } while (rest > 0 && n > 1);
  if (number < 0) digits[--n] = '-';
  return jsonata_copy_string(engine, (Str){digits + n, sizeof digits - n});
}

// --- Aggregation

static double total(Value numbers) {
  double sum = 0;
  for (uint32_t i = 0; i < numbers->count; i++) sum += numbers->items[i]->number;
  return sum;
}

NATIVE(sum) {
  return ARGUMENT(0) ? jsonata_new_number(engine, total(ARGUMENT(0))) : NULL;
}

NATIVE(average) {
  Value numbers = ARGUMENT(0);
  return numbers && numbers->count ? jsonata_new_number(engine, total(numbers) / numbers->count) : NULL;
}

static Value extreme(Value numbers, double sign) {
  if (!numbers || numbers->count == 0) return NULL;
  Value best = numbers->items[0];
  for (uint32_t i = 1; i < numbers->count; i++) {
    if (sign * numbers->items[i]->number > sign * best->number) best = numbers->items[i];
  }
  return best;
}

NATIVE(max) {
  (void)engine;
  return extreme(ARGUMENT(0), 1);
}

NATIVE(min) {
  (void)engine;
  return extreme(ARGUMENT(0), -1);
}
