#include "base/arena.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 1024 * 1024, ALIGN = 16 };

struct ArenaBlock {
  ArenaBlock *before;
  size_t size; // of the whole block, this header included
};

_Noreturn void fatal(const char *format, ...) {
  va_list args;
  va_start(args, format);
  fputs("mlopsc: ", stderr);
  vfprintf(stderr, format, args);
  fputc('\n', stderr);
  va_end(args);
  exit(2);
}

static size_t rounded(size_t size) {
  if (size > SIZE_MAX / 2) fatal("out of memory (%zu bytes asked)", size);
  return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

static void add_block(Arena *arena, size_t size) {
  size_t whole = arena->block ? arena->block->size * 2 : FIRST_BLOCK;
  if (whole > LARGEST_BLOCK) whole = LARGEST_BLOCK;
  size_t header = rounded(sizeof(ArenaBlock));
  if (whole < size + header) whole = size + header;
  if (arena->limit && arena->total + whole > arena->limit) fatal("memory limit of %zu bytes reached", arena->limit);
  ArenaBlock *block = malloc(whole);
  if (!block) fatal("out of memory (%zu bytes asked)", whole);
  block->before = arena->block;
  block->size = whole;
  arena->block = block;
  arena->next = (char *)block + header;
  arena->end = (char *)block + whole;
  arena->total += whole;
}

void *arena_raw(Arena *arena, size_t size) {
  size = rounded(size);
  if (!arena->block || (size_t)(arena->end - arena->next) < size) add_block(arena, size);
  void *at = arena->next;
  arena->next += size;
  return at;
}

void *arena_alloc(Arena *arena, size_t size) {
  void *at = arena_raw(arena, size);
  return size ? memset(at, 0, size) : at;
}

void *arena_grow(Arena *arena, void *old, size_t old_size, size_t size) {
  size_t was = rounded(old_size), now = rounded(size);
  if (old && (char *)old + was == arena->next && (size_t)(arena->end - (char *)old) >= now) {
    arena->next = (char *)old + now;
    return old;
  }
  void *at = arena_raw(arena, size);
  if (old_size) memcpy(at, old, old_size);
  return at;
}

static void drop_to(Arena *arena, ArenaBlock *keep) {
  while (arena->block != keep) {
    ArenaBlock *before = arena->block->before;
    arena->total -= arena->block->size;
    free(arena->block);
    arena->block = before;
  }
}

void arena_free(Arena *arena) {
  drop_to(arena, NULL);
  arena->next = arena->end = NULL;
}

void arena_clear(Arena *arena) {
  ArenaBlock *kept = arena->block;
  if (!kept) return;
  arena->block = kept->before;
  drop_to(arena, NULL);
  kept->before = NULL;
  arena->block = kept;
  arena->next = (char *)kept + rounded(sizeof(ArenaBlock));
  arena->end = (char *)kept + kept->size;
}

ArenaMark arena_mark(const Arena *arena) {
  return (ArenaMark){arena->block, arena->next};
}

void arena_reset(Arena *arena, ArenaMark mark) {
  drop_to(arena, mark.block);
  arena->next = mark.next;
  arena->end = mark.block ? (char *)mark.block + mark.block->size : NULL;
}

static int by_address(const void *a, const void *b) {
  const ArenaSpan *x = a, *y = b;
  return (x->from > y->from) - (x->from < y->from);
}

size_t arena_spans(const Arena *arena, ArenaSpan *spans, size_t room) {
  size_t count = 0;
  for (const ArenaBlock *block = arena->block; block; block = block->before, count++) {
    if (count < room) spans[count] = (ArenaSpan){(const char *)block, (const char *)block + block->size};
  }
  qsort(spans, count < room ? count : room, sizeof *spans, by_address);
  return count;
}
