#include "base/digest.h"

typedef struct Blocks {
  const unsigned char *at; // whole blocks of the message
  size_t count;
  unsigned char tail[256]; // the rest, the padding and the length: one or two blocks
  size_t tail_count;
} Blocks;

static uint32_t load32(const unsigned char *at, bool big) {
  return big ? (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3]
             : (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
}

static uint64_t load64(const unsigned char *at) {
  return (uint64_t)load32(at, true) << 32 | load32(at + 4, true);
}

static uint32_t rotl(uint32_t x, unsigned n) {
  return x << n | x >> (32 - n);
}
static uint32_t rotr(uint32_t x, unsigned n) {
  return x >> n | x << (32 - n);
}
static uint64_t rotr64(uint64_t x, unsigned n) {
  return x >> n | x << (64 - n);
}

// Cuts a message into blocks of `size` bytes with the padding of the MD4 family (RFC 1321 3.1, FIPS 180-4 5.1).
static void pad(Blocks *blocks, Str text, size_t size, bool big) {
  blocks->at = (const unsigned char *)text.at;
  blocks->count = text.len / size;
  size_t rest = text.len % size, length = size / 8;
  memset(blocks->tail, 0, sizeof blocks->tail);
  if (rest) memcpy(blocks->tail, text.at + text.len - rest, rest);
  blocks->tail[rest] = 0x80;
  blocks->tail_count = rest + 1 + length > size ? 2 : 1;
  uint64_t bits = (uint64_t)text.len * 8;
  unsigned char *end = blocks->tail + blocks->tail_count * size;
  for (int i = 0; i < 8; i++) {
    if (big)
      end[-1 - i] = (unsigned char)(bits >> (8 * i));
    else
      end[-8 + i] = (unsigned char)(bits >> (8 * i));
  }
}

static const unsigned char *block_at(const Blocks *blocks, size_t i, size_t size) {
  return i < blocks->count ? blocks->at + i * size : blocks->tail + (i - blocks->count) * size;
}

static const uint32_t md5_table[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

static void md5_block(uint32_t h[5], const unsigned char *at) {
  static const unsigned char turns[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
  uint32_t a = h[0], b = h[1], c = h[2], d = h[3];
  for (unsigned i = 0; i < 64; i++) {
    uint32_t f = i < 16 ? (b & c) | (~b & d) : i < 32 ? (d & b) | (~d & c) : i < 48 ? b ^ c ^ d : c ^ (b | ~d);
    unsigned g = i < 16 ? i : i < 32 ? (5 * i + 1) & 15 : i < 48 ? (3 * i + 5) & 15 : (7 * i) & 15;
    uint32_t sum = a + f + md5_table[i] + load32(at + 4 * g, false);
    a = d, d = c, c = b;
    b += rotl(sum, turns[i / 16][i % 4]);
  }
  h[0] += a, h[1] += b, h[2] += c, h[3] += d;
}

static void sha1_block(uint32_t h[5], const unsigned char *at) {
  uint32_t w[80];
  for (int i = 0; i < 16; i++) w[i] = load32(at + 4 * i, true);
  for (int i = 16; i < 80; i++) w[i] = rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
  for (int i = 0; i < 80; i++) {
    uint32_t f = i < 20 ? (b & c) | (~b & d) : i >= 40 && i < 60 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
    uint32_t k = i < 20 ? 0x5a827999 : i < 40 ? 0x6ed9eba1 : i < 60 ? 0x8f1bbcdc : 0xca62c1d6;
    uint32_t sum = rotl(a, 5) + f + e + k + w[i];
    e = d, d = c, c = rotl(b, 30), b = a, a = sum;
  }
  h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
}

// The constants of SHA-512; the upper halves of the first 64 are those of SHA-256 (FIPS 180-4 4.2.2, 4.2.3).
static const uint64_t sha2_table[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
    0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
    0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
    0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
    0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
    0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
    0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817};

static void sha256_block(uint32_t h[8], const unsigned char *at) {
  uint32_t w[64], v[8];
  for (int i = 0; i < 16; i++) w[i] = load32(at + 4 * i, true);
  for (int i = 16; i < 64; i++) {
    uint32_t s0 = rotr(w[i - 15], 7) ^ rotr(w[i - 15], 18) ^ w[i - 15] >> 3;
    uint32_t s1 = rotr(w[i - 2], 17) ^ rotr(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  memcpy(v, h, sizeof v);
  for (int i = 0; i < 64; i++) {
    uint32_t s1 = rotr(v[4], 6) ^ rotr(v[4], 11) ^ rotr(v[4], 25), choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
    uint32_t t1 = v[7] + s1 + choice + (uint32_t)(sha2_table[i] >> 32) + w[i];
    uint32_t s0 = rotr(v[0], 2) ^ rotr(v[0], 13) ^ rotr(v[0], 22);
    uint32_t t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
    memmove(v + 1, v, 7 * sizeof *v);
    v[4] += t1, v[0] = t1 + t2;
  }
  for (int i = 0; i < 8; i++) h[i] += v[i];
}

static void sha512_block(uint64_t h[8], const unsigned char *at) {
  uint64_t w[80], v[8];
  for (int i = 0; i < 16; i++) w[i] = load64(at + 8 * i);
  for (int i = 16; i < 80; i++) {
    uint64_t s0 = rotr64(w[i - 15], 1) ^ rotr64(w[i - 15], 8) ^ w[i - 15] >> 7;
    uint64_t s1 = rotr64(w[i - 2], 19) ^ rotr64(w[i - 2], 61) ^ w[i - 2] >> 6;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  memcpy(v, h, sizeof v);
  for (int i = 0; i < 80; i++) {
    uint64_t s1 = rotr64(v[4], 14) ^ rotr64(v[4], 18) ^ rotr64(v[4], 41), choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
    uint64_t t1 = v[7] + s1 + choice + sha2_table[i] + w[i];
    uint64_t s0 = rotr64(v[0], 28) ^ rotr64(v[0], 34) ^ rotr64(v[0], 39);
    uint64_t t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
    memmove(v + 1, v, 7 * sizeof *v);
    v[4] += t1, v[0] = t1 + t2;
  }
  for (int i = 0; i < 8; i++) h[i] += v[i];
}

static void words32(unsigned char *out, const uint32_t *h, int count, bool big) {
  for (int i = 0; i < count * 4; i++) out[i] = (unsigned char)(h[i / 4] >> (big ? 24 - 8 * (i % 4) : 8 * (i % 4)));
}

static size_t digest32(Str text, const uint32_t *start, int words, bool big,
                       void (*block)(uint32_t *, const unsigned char *), unsigned char *out) {
  uint32_t h[8];
  memcpy(h, start, (size_t)words * sizeof *h);
  Blocks blocks;
  pad(&blocks, text, 64, big);
  for (size_t i = 0; i < blocks.count + blocks.tail_count; i++) block(h, block_at(&blocks, i, 64));
  words32(out, h, words, big);
  return (size_t)words * 4;
}

static size_t digest64(Str text, const uint64_t *start, size_t size, unsigned char *out) {
  uint64_t h[8];
  memcpy(h, start, sizeof h);
  Blocks blocks;
  pad(&blocks, text, 128, true);
  for (size_t i = 0; i < blocks.count + blocks.tail_count; i++) sha512_block(h, block_at(&blocks, i, 128));
  for (size_t i = 0; i < size; i++) out[i] = (unsigned char)(h[i / 8] >> (56 - 8 * (i % 8)));
  return size;
}

size_t digest(Str algorithm, Str text, unsigned char out[DIGEST_MOST]) {
  static const uint32_t md5[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  static const uint32_t sha256[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                     0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  static const uint64_t sha384[8] = {0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
                                     0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4};
  static const uint64_t sha512[8] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
                                     0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
  if (str_eq(algorithm, S("MD5"))) return digest32(text, md5, 4, false, md5_block, out);
  if (str_eq(algorithm, S("SHA-1"))) return digest32(text, md5, 5, true, sha1_block, out);
  if (str_eq(algorithm, S("SHA-256"))) return digest32(text, sha256, 8, true, sha256_block, out);
  if (str_eq(algorithm, S("SHA-384"))) return digest64(text, sha384, 48, out);
  if (str_eq(algorithm, S("SHA-512"))) return digest64(text, sha512, 64, out);
  return 0;
}

void buf_hex(Buf *out, const unsigned char *bytes, size_t count) {
  static const char hex[] = "0123456789abcdef";
  for (size_t i = 0; i < count; i++) buf_char(out, hex[bytes[i] >> 4]), buf_char(out, hex[bytes[i] & 15]);
}

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void buf_base64(Buf *out, Str bytes) {
  for (size_t i = 0; i < bytes.len; i += 3) {
    uint32_t three = 0;
    for (size_t k = 0; k < 3; k++) three = three << 8 | (i + k < bytes.len ? (unsigned char)bytes.at[i + k] : 0);
    for (size_t k = 0; k < 4; k++) buf_char(out, i + k > bytes.len ? '=' : base64[three >> (18 - 6 * k) & 63]);
  }
}

bool buf_unbase64(Buf *out, Str text) {
  if (text.len % 4) return false;
  size_t padding = text.len && text.at[text.len - 1] == '=' ? 1u + (text.at[text.len - 2] == '=') : 0;
  for (size_t i = 0; i < text.len; i += 4) {
    uint32_t three = 0;
    for (size_t k = 0; k < 4; k++) {
      char c = text.at[i + k];
      const char *hit = c ? strchr(base64, c) : NULL;
      bool pad_here = i + k >= text.len - padding;
      if (!hit && !pad_here) return false;
      three = three << 6 | (pad_here ? 0 : (uint32_t)(hit - base64));
    }
    size_t bytes = i + 4 == text.len ? 3 - padding : 3;
    for (size_t k = 0; k < bytes; k++) buf_char(out, (char)(three >> (16 - 8 * k) & 255));
  }
  return true;
}
