// Growing things: byte buffers for output, and arrays of anything.
#pragma once
#include "base/str.h"

// An output buffer in an arena. Zero-initialise with its arena: Buf out = {.arena = arena}.
typedef struct Buf {
  char *at;
  size_t len, room;
  Arena *arena;
} Buf;

// At least `more` free bytes behind what was written; what is put there counts once it is added to buf->len.
char *buf_reserve(Buf *buf, size_t more);
// Each appends, growing the buffer in its arena; without memory the process says so and exits 2.
void buf_bytes(Buf *buf, const char *at, size_t len);
static inline void buf_char(Buf *buf, char c) {
  if (buf->len == buf->room) buf_reserve(buf, 1);
  buf->at[buf->len++] = c;
}
void buf_repeat(Buf *buf, char c, size_t times);
void buf_fmt(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
// Appends the UTF-8 bytes of a code point (U+FFFD for what is none).
void buf_utf8(Buf *buf, uint32_t code_point);
static inline void buf_str(Buf *buf, Str s) {
  buf_bytes(buf, s.at, s.len);
}
// What was written so far (lives in the arena; further writes may move it).
static inline Str buf_text(const Buf *buf) {
  return (Str){buf->at, buf->len};
}

// A growing array: VEC(T) names, vec; VEC_PUSH(arena, vec, value) appends; vec.at[i], vec.len.
#define VEC(T)                                                                                                         \
  struct {                                                                                                             \
    T *at;                                                                                                             \
    size_t len, room;                                                                                                  \
  }
#define VEC_PUSH(arena, vec, ...)                                                                                      \
  do {                                                                                                                 \
    if ((vec)->len == (vec)->room) {                                                                                   \
      size_t room_ = (vec)->room ? (vec)->room * 2 : 8;                                                                \
      (vec)->at = arena_grow((arena), (vec)->at, (vec)->len * sizeof *(vec)->at, room_ * sizeof *(vec)->at);           \
      (vec)->room = room_;                                                                                             \
    }                                                                                                                  \
    (vec)->at[(vec)->len++] = (__VA_ARGS__);                                                                           \
  } while (0)
