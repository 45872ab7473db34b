// DynamoDB's numbers: up to 38 significant digits, magnitudes from 1E-130 to 9.99…E+125, written as text.
#pragma once
#include "base/str.h"

typedef struct DynamoNumber {
  char digits[38]; // without zeros at both ends
  int count;       // of digits; 0: the number zero
  long point;      // value = 0.DIGITS × 10^point
  bool negative;
} DynamoNumber;

// Reads a number. Returns NULL, or what is wrong (a static sentence fragment).
const char *dynamo_number_read(Str text, DynamoNumber *number);
// The bytes it takes in an item.
size_t dynamo_number_size(const DynamoNumber *number);
// A text that is the same for equal numbers.
Str dynamo_number_text(Arena *arena, const DynamoNumber *number);
