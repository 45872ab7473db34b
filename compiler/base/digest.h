// Digests (MD5, SHA-1, SHA-2) and Base64.
#pragma once
#include "base/buf.h"

enum { DIGEST_MOST = 64 }; // bytes of the longest digest

// The digest of `text` by the algorithm named as AWS spells it ("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512") into
// `out`; returns its length in bytes, or 0 when there is no such algorithm.
size_t digest(Str algorithm, Str text, unsigned char out[DIGEST_MOST]);

// Appends bytes as lower-case hexadecimal digits.
void buf_hex(Buf *out, const unsigned char *bytes, size_t count);
// Appends the Base64 form (RFC 4648, padded).
void buf_base64(Buf *out, Str bytes);
// Appends what a Base64 text stands for. False: it is none (padding must be right, white space is not allowed).
bool buf_unbase64(Buf *out, Str text);
