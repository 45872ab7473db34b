#include "base/utf8.h"

uint32_t utf8_decode(Str s, size_t i, size_t *len, bool *bad) {
  unsigned char first = (unsigned char)s.at[i];
  *len = 1;
  if (first < 0x80) return first;
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  size_t need = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first >= 0xC2 && first <= 0xF4 && i + need <= s.len) {
    uint32_t code_point = first & (0xFFu >> (need + 1));
    size_t k = 1;
    for (; k < need; k++) {
      unsigned char next = (unsigned char)s.at[i + k];
      if ((next & 0xC0) != 0x80) break;
      code_point = code_point << 6 | (next & 0x3F);
    }
    bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (k == need && code_point >= least[need] && code_point <= 0x10FFFF && !surrogate) {
      *len = need;
      return code_point;
    }
  }
  if (bad) *bad = true;
  return 0xFFFD;
}

size_t utf8_encode(uint32_t code_point, char bytes[4]) {
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = 0xFFFD;
  if (code_point < 0x80) {
    bytes[0] = (char)code_point;
    return 1;
  }
  size_t len = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
  static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  for (size_t k = len - 1; k > 0; k--) bytes[k] = (char)(0x80 | (code_point & 0x3F)), code_point >>= 6;
  bytes[0] = (char)(lead[len] | code_point);
  return len;
}

size_t utf8_check(Str s) {
  for (size_t i = 0, len; i < s.len; i += len) {
    uint64_t eight;
    while (i + 8 <= s.len && (memcpy(&eight, s.at + i, 8), (eight & 0x8080808080808080u) == 0)) i += 8;
    if (i == s.len) break;
    bool bad = false;
    utf8_decode(s, i, &len, &bad);
    if (bad) return i;
  }
  return s.len;
}

size_t utf8_count(Str s) {
  size_t count = 0;
  for (size_t i = 0, len; i < s.len; i += len, count++) utf8_decode(s, i, &len, NULL);
  return count;
}
