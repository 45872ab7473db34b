#include "base/inflate.h"
#include "base/buf.h"

enum { CODE_LENGTH_MOST = 15, LITERALS = 288, DISTANCES = 30 };

typedef struct Inflater {
  const unsigned char *at, *end;
  uint32_t bits; // not used yet, the next one lowest
  int count;
  bool damaged;
  size_t most, start; // where this member's text begins
  Buf *out;
} Inflater;

// A Huffman code as RFC 1951 describes it: how many codes there are of each length, and the symbols in their order.
typedef struct Code {
  uint16_t counts[CODE_LENGTH_MOST + 1], symbols[LITERALS];
} Code;

static uint32_t bits(Inflater *z, int count) {
  while (z->count < count) {
    if (z->at == z->end) return z->damaged = true, 0;
    z->bits |= (uint32_t)*z->at++ << z->count;
    z->count += 8;
  }
  uint32_t value = z->bits & ((1u << count) - 1);
  z->bits >>= count;
  z->count -= count;
  return value;
}

static void code_make(Code *code, const uint8_t *lengths, int count) {
  uint16_t places[CODE_LENGTH_MOST + 2] = {0};
  *code = (Code){0};
  for (int i = 0; i < count; i++) code->counts[lengths[i]]++;
  code->counts[0] = 0;
  for (int i = 1; i <= CODE_LENGTH_MOST; i++) places[i + 1] = (uint16_t)(places[i] + code->counts[i]);
  for (int i = 0; i < count; i++) {
    if (lengths[i]) code->symbols[places[lengths[i]]++] = (uint16_t)i;
  }
}

static int symbol(Inflater *z, const Code *code) {
  int value = 0, first = 0, index = 0;
  for (int length = 1; length <= CODE_LENGTH_MOST && !z->damaged; length++) {
    value |= (int)bits(z, 1);
    int count = code->counts[length];
    if (value - first < count) return code->symbols[index + value - first];
    index += count;
    first = (first + count) << 1;
    value <<= 1;
  }
  z->damaged = true;
  return 0;
}

static void copy_back(Inflater *z, size_t distance, size_t length) {
  if (distance > z->out->len - z->start || z->out->len + length > z->most) {
    z->damaged = true;
    return;
  }
  char *to = buf_reserve(z->out, length);
  for (size_t i = 0; i < length; i++) to[i] = *(to + i - distance);
  z->out->len += length;
}

static void inflate_block(Inflater *z, const Code *literals, const Code *distances) {
  static const uint16_t bases[] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                   31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
  static const uint8_t extra[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                  2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
  static const uint16_t far[] = {1,    2,    3,    4,    5,    7,    9,    13,    17,    25,
                                 33,   49,   65,   97,   129,  193,  257,  385,   513,   769,
                                 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
  while (!z->damaged) {
    int s = symbol(z, literals);
    if (s < 257) {
      if (s == 256) return;
      if (z->out->len >= z->most) z->damaged = true;
      if (!z->damaged) buf_char(z->out, (char)s);
      continue;
    }
    s -= 257;
    if (s >= 29) {
      z->damaged = true;
      return;
    }
    size_t length = bases[s] + bits(z, extra[s]);
    int d = symbol(z, distances);
    if (d >= DISTANCES) {
      z->damaged = true;
      return;
    }
    size_t distance = far[d] + bits(z, d < 4 ? 0 : d / 2 - 1);
    if (!z->damaged) copy_back(z, distance, length);
  }
}

static void fixed_block(Inflater *z) {
  uint8_t lengths[LITERALS];
  Code literals, distances;
  for (int i = 0; i < LITERALS; i++) lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
  code_make(&literals, lengths, LITERALS);
  for (int i = 0; i < DISTANCES; i++) lengths[i] = 5;
  code_make(&distances, lengths, DISTANCES);
  inflate_block(z, &literals, &distances);
}

static void dynamic_block(Inflater *z) {
  static const uint8_t order[] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
  uint8_t lengths[LITERALS + 32] = {0};
  Code code, literals, distances;
  int literal_count = (int)bits(z, 5) + 257, distance_count = (int)bits(z, 5) + 1, count = (int)bits(z, 4) + 4;
  for (int i = 0; i < count; i++) lengths[order[i]] = (uint8_t)bits(z, 3);
  if (literal_count > 286 || distance_count > DISTANCES) z->damaged = true;
  code_make(&code, lengths, 19);
  int total = literal_count + distance_count, i = 0;
  memset(lengths, 0, sizeof lengths);
  while (i < total && !z->damaged) {
    int s = symbol(z, &code), times = 1;
    uint8_t length = (uint8_t)s;
    if (s == 16) {
      if (i == 0) z->damaged = true;
      length = i ? lengths[i - 1] : 0;
      times = 3 + (int)bits(z, 2);
    } else if (s > 16) {
      length = 0;
      times = s == 17 ? 3 + (int)bits(z, 3) : 11 + (int)bits(z, 7);
    }
    if (i + times > total) z->damaged = true;
    while (times-- && !z->damaged) lengths[i++] = length;
  }
  if (z->damaged) return;
  code_make(&literals, lengths, literal_count);
  code_make(&distances, lengths + literal_count, distance_count);
  inflate_block(z, &literals, &distances);
}

static void stored_block(Inflater *z) {
  z->bits = 0, z->count = 0;
  if (z->end - z->at < 4) {
    z->damaged = true;
    return;
  }
  size_t length = z->at[0] | (size_t)z->at[1] << 8;
  z->at += 4;
  if ((size_t)(z->end - z->at) < length || z->out->len + length > z->most) {
    z->damaged = true;
    return;
  }
  buf_bytes(z->out, (const char *)z->at, length);
  z->at += length;
}

static void inflate(Inflater *z) {
  bool last = false;
  while (!last && !z->damaged) {
    last = bits(z, 1);
    switch (bits(z, 2)) {
    case 0: stored_block(z); break;
    case 1: fixed_block(z); break;
    case 2: dynamic_block(z); break;
    default: z->damaged = true;
    }
  }
  // What was read ahead of a member's end is whole bytes.
  z->at -= z->count / 8;
  z->bits = 0, z->count = 0;
}

// The header of a member: flags say which of its parts are there.
static void skip_header(Inflater *z) {
  enum { HAS_CHECK = 2, HAS_EXTRA = 4, HAS_NAME = 8, HAS_COMMENT = 16 };
  if (z->end - z->at < 10 || z->at[2] != 8) {
    z->damaged = true;
    return;
  }
  unsigned flags = z->at[3];
  size_t skip = 10;
  z->at += skip;
  if (flags & HAS_EXTRA) {
    size_t room = (size_t)(z->end - z->at), length = room < 2 ? room : 2u + z->at[0] + ((size_t)z->at[1] << 8);
    z->at += length < room ? length : room;
  }
  for (int text = HAS_NAME; text <= HAS_COMMENT; text *= 2) {
    if (!(flags & (unsigned)text)) continue;
    while (z->at < z->end && *z->at) z->at++;
    z->at += z->at < z->end;
  }
  if (flags & HAS_CHECK) z->at += z->end - z->at < 2 ? z->end - z->at : 2;
}

bool gzip_is(Str packed) {
  return packed.len >= 2 && (unsigned char)packed.at[0] == 0x1f && (unsigned char)packed.at[1] == 0x8b;
}

bool gzip_read(Arena *arena, Str packed, size_t most, Str *text) {
  Buf out = {.arena = arena};
  Inflater z = {.at = (const unsigned char *)packed.at, .most = most, .out = &out};
  z.end = z.at + packed.len;
  do {
    z.start = out.len;
    skip_header(&z);
    if (!z.damaged) inflate(&z);
    if (z.end - z.at < 8) z.damaged = true;
    if (!z.damaged) z.at += 8; // checksum and length
  } while (!z.damaged && z.at < z.end && gzip_is((Str){(const char *)z.at, (size_t)(z.end - z.at)}));
  *text = buf_text(&out);
  return !z.damaged;
}
