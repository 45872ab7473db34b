// Words of other languages, and what is written here instead: rows of templates/habits.txt.
#include "base/embed.h"
#include "source/source.h"

Str habit_help(const char *group, Str word) {
  Str rows, rest;
  if (!word.len || !embed_find(S("habits.txt"), &rows)) return (Str){0};
  while (rows.len) {
    Str row = str_cut(rows, '\n', &rows);
    if (!str_eq(str_cut(row, ' ', &rest), str_of(group))) continue;
    if (str_eq(str_cut(rest, ':', &rest), word)) return str_trim(rest);
  }
  return (Str){0};
}
