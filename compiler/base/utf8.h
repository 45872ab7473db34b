// UTF-8, strict (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF).
#pragma once
#include "base/str.h"

// Decodes the code point at s.at[i]; writes its length (1 to 4) to *len. A bad byte gives U+FFFD and length 1 and, if
// `bad` is not NULL, sets *bad.
uint32_t utf8_decode(Str s, size_t i, size_t *len, bool *bad);
// Writes the bytes of a code point (U+FFFD for surrogates and above U+10FFFF) and returns how many (1 to 4).
size_t utf8_encode(uint32_t code_point, char bytes[4]);
// The offset of the first byte that is not UTF-8, or s.len.
size_t utf8_check(Str s);
// The number of code points (bad bytes count one each).
size_t utf8_count(Str s);
