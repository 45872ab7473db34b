// A hash map from strings to pointers that remembers the order of insertion.
#pragma once
#include "base/str.h"

typedef struct MapEntry {
  Str key;
  void *value;
} MapEntry;

// Zero-initialise with its arena: Map map = {.arena = arena}. Walk it by entries[0..len).
typedef struct Map {
  MapEntry *entries;
  uint32_t *slots; // entry index + 1; 0 is free
  size_t len, room, mask;
  Arena *arena;
} Map;

// The value of `key`, or NULL. The map may be zeroed.
void *map_get(const Map *map, Str key);
// Sets `key` (the Str is kept, not copied) to `value`; returns the value it had before, or NULL.
void *map_set(Map *map, Str key, void *value);
