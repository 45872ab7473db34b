// Digests against the vectors of RFC 1321 and FIPS 180-4, Base64 against RFC 4648.
#include "base/digest.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void check(const char *algorithm, Str text, const char *want) {
  Arena arena = {0};
  unsigned char bytes[DIGEST_MOST];
  Buf hex = {.arena = &arena};
  buf_hex(&hex, bytes, digest(str_of(algorithm), text, bytes));
  assert_string_equal(str_z(&arena, buf_text(&hex)), want);
  arena_free(&arena);
}

static void test_digests(void **state) {
  (void)state;
  check("MD5", S(""), "d41d8cd98f00b204e9800998ecf8427e");
  check("MD5", S("abc"), "900150983cd24fb0d6963f7d28e17f72");
  check("MD5", S("12345678901234567890123456789012345678901234567890123456789012345678901234567890"),
        "57edf4a22be3c955ac49da2e2107b67a");
  check("SHA-1", S("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
  check("SHA-256", S("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  check("SHA-256", S("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  check("SHA-384", S("abc"),
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
  check("SHA-512", S("abc"),
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
        "454d4423643ce80e2a9ac94fa54ca49f");
  check("CRC32", S("abc"), "");
}

static void test_base64(void **state) {
  (void)state;
  Arena arena = {0};
  const char *pairs[][2] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    Buf there = {.arena = &arena}, back = {.arena = &arena};
    buf_base64(&there, str_of(pairs[i][0]));
    assert_true(str_eq(buf_text(&there), str_of(pairs[i][1])));
    assert_true(buf_unbase64(&back, buf_text(&there)));
    assert_true(str_eq(buf_text(&back), str_of(pairs[i][0])));
  }
  Buf out = {.arena = &arena};
  assert_false(buf_unbase64(&out, S("Zg=")));
  assert_false(buf_unbase64(&out, S("Z$==")));
  arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_digests), cmocka_unit_test(test_base64)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
