#include "facts/policy_parts.h"
#include "base/embed.h"
#include <assert.h>

bool policy_row(Str table, Str *rest, PolicyRow *row) {
  if (!rest->at) {
    bool found = embed_find(table, rest);
    assert(found);
    (void)found;
  }
  while (rest->len) {
    Str line = str_cut(*rest, '\n', rest);
    if (!line.len || line.at[0] == '#') continue;
    *row = (PolicyRow){0};
    for (size_t i = 0; i < POLICY_COLUMNS; i++) row->column[i] = str_cut(line, '\t', &line);
    return true;
  }
  return false;
}
