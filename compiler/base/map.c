#include "base/map.h"

static size_t slot_of(const Map *map, Str key) {
  size_t slot = str_hash(key) & map->mask;
  while (map->slots[slot] && !str_eq(map->entries[map->slots[slot] - 1].key, key)) slot = (slot + 1) & map->mask;
  return slot;
}

void *map_get(const Map *map, Str key) {
  if (map->len == 0) return NULL;
  size_t slot = slot_of(map, key);
  return map->slots[slot] ? map->entries[map->slots[slot] - 1].value : NULL;
}

static void grow(Map *map) {
  size_t room = map->room ? map->room * 2 : 8;
  map->entries = arena_grow(map->arena, map->entries, map->len * sizeof(MapEntry), room * sizeof(MapEntry));
  map->room = room;
  map->mask = room * 2 - 1;
  map->slots = NEW_N(map->arena, uint32_t, room * 2);
  for (size_t i = 0; i < map->len; i++) map->slots[slot_of(map, map->entries[i].key)] = (uint32_t)i + 1;
}

void *map_set(Map *map, Str key, void *value) {
  if (map->len == map->room) grow(map);
  size_t slot = slot_of(map, key);
  if (map->slots[slot]) {
    MapEntry *entry = &map->entries[map->slots[slot] - 1];
    void *before = entry->value;
    entry->value = value;
    return before;
  }
  map->entries[map->len] = (MapEntry){key, value};
  map->slots[slot] = (uint32_t)++map->len;
  return NULL;
}
