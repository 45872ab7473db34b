// gzip: what compressed files hold (RFC 1951, RFC 1952).
#pragma once
#include "base/arena.h"
#include "base/str.h"

// Whether the bytes begin as a gzip file does.
bool gzip_is(Str packed);
// Unpacks a gzip file (all its members) into `arena`. False: it is damaged, or holds more than `most` bytes. The
// checksums are not looked at.
bool gzip_read(Arena *arena, Str packed, size_t most, Str *text);
