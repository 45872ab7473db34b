// Arenas: all memory of a compilation (or of one pass) lives in an arena and goes at once.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct ArenaBlock ArenaBlock;

// An arena is a chain of blocks. Zero-initialise it, allocate from it, free it; nothing is freed piecemeal.
typedef struct Arena {
  ArenaBlock *block; // the block being filled
  char *next, *end;  // its free part
  size_t total;      // bytes obtained from the system
  size_t limit;      // most bytes it may obtain; 0: no limit
} Arena;

// A place in an arena to go back to.
typedef struct ArenaMark {
  ArenaBlock *block;
  char *next;
} ArenaMark;

// `size` zeroed bytes aligned to 16. Never returns NULL: without memory the process says so and exits 2.
void *arena_alloc(Arena *arena, size_t size);

// As arena_alloc, but the bytes are not zeroed.
void *arena_raw(Arena *arena, size_t size);

// `old` (of `old_size` bytes, from this arena) grown to `size`; extends in place when it was the last allocation.
// The new bytes are not zeroed.
void *arena_grow(Arena *arena, void *old, size_t old_size, size_t size);

// Gives all memory back. The arena is empty and usable again.
void arena_free(Arena *arena);

// Empties the arena but keeps the newest of its blocks for what comes.
void arena_clear(Arena *arena);

// The present place; arena_reset(arena, mark) releases what was allocated since.
ArenaMark arena_mark(const Arena *arena);
void arena_reset(Arena *arena, ArenaMark mark);

// The bytes [from, to) of a block.
typedef struct ArenaSpan {
  const char *from, *to;
} ArenaSpan;
// Fills in the blocks of the arena sorted by address, at most `room`; returns how many it has. For collectors, which
// must know whose a pointer is.
size_t arena_spans(const Arena *arena, ArenaSpan *spans, size_t room);

#define NEW(arena, T) ((T *)arena_alloc((arena), sizeof(T)))
#define NEW_N(arena, T, n) ((T *)arena_alloc((arena), sizeof(T) * (size_t)(n)))

// The world's failure (memory, I/O): says what could not be done and exits 2.
_Noreturn void fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));
