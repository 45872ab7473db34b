#include "base/buf.h"
#include "base/utf8.h"
#include <stdio.h>

char *buf_reserve(Buf *buf, size_t more) {
  if (buf->room - buf->len < more) {
    size_t room = buf->room ? buf->room * 2 : 256;
    while (room - buf->len < more) room *= 2;
    buf->at = arena_grow(buf->arena, buf->at, buf->len, room);
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
  va_list args;
  va_start(args, format);
  buf_str(buf, str_vfmt(buf->arena, format, args));
  va_end(args);
}

void buf_utf8(Buf *buf, uint32_t code_point) {
  char bytes[4];
  buf_bytes(buf, bytes, utf8_encode(code_point, bytes));
}
