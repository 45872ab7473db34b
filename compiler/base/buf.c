#include "base/buf.h"
#include "base/utf8.h"
#include <stdio.h>

char *buf_reserve(Buf *buf, size_t more) {
  if (buf->room - buf->len < more) {
    size_t room = buf->room ? buf->room * 2 : 64;
    while (room - buf->len < more) room *= 2;
    buf->at = arena_grow(buf->arena, buf->at, buf->room, room);
    buf->room = room;
  }
  return buf->at + buf->len;
}

void buf_bytes(Buf *buf, const char *at, size_t len) {
  if (len == 0) return;
  memcpy(buf_reserve(buf, len), at, len);
  buf->len += len;
}

void buf_repeat(Buf *buf, char c, size_t times) {
  if (times == 0) return;
  memset(buf_reserve(buf, times), c, times);
  buf->len += times;
}

void buf_fmt(Buf *buf, const char *format, ...) {
  enum { LEAST = 64 };
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  char *at = buf_reserve(buf, LEAST);
  int made = vsnprintf(at, buf->room - buf->len, format, args);
  size_t len = made > 0 ? (size_t)made : 0;
  if (len >= buf->room - buf->len) vsnprintf(buf_reserve(buf, len + 1), len + 1, format, again);
  buf->len += len;
  va_end(again);
  va_end(args);
}

void buf_utf8(Buf *buf, uint32_t code_point) {
  char bytes[4];
  buf_bytes(buf, bytes, utf8_encode(code_point, bytes));
}
