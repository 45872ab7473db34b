#include "report/explain.h"
#include "base/embed.h"

// The line at *at, without its end; moves *at behind it.
static Str next_line(Str text, size_t *at) {
  size_t end = str_find(text, S("\n"), *at);
  Str line = str_slice(text, *at, end);
  *at = end < text.len ? end + 1 : text.len;
  return line;
}

// CODE LEVEL TITLE
static bool is_heading(Str line) {
  if (line.len < 7 || line.at[0] < 'A' || line.at[0] > 'Z' || line.at[5] != ' ') return false;
  for (size_t i = 1; i < 5; i++) {
    if (!ascii_is_digit(line.at[i])) return false;
  }
  return true;
}

static void read_section(Str text, size_t *at, Str heading, Explanation *found) {
  *found = (Explanation){0};
  Str rest;
  found->code = str_cut(heading, ' ', &rest);
  found->level = str_cut(rest, ' ', &found->title);
  Str *part = &found->text;
  while (*at < text.len) {
    size_t from = *at;
    Str line = next_line(text, at);
    if (is_heading(line)) {
      *at = from;
      break;
    }
    if (str_eq(line, S("wrong:")) || str_eq(line, S("right:"))) {
      part = line.at[0] == 'w' ? &found->wrong : &found->right;
      continue;
    }
    if (!part->at) part->at = line.at;
    if (str_trim(line).len) part->len = (size_t)(line.at + line.len - part->at);
  }
}

bool explain_next(size_t *file, size_t *at, Explanation *found) {
  size_t count;
  const EmbeddedFile *files = embed_list(&count);
  for (; *file < count; ++*file, *at = 0) {
    if (!str_starts(files[*file].name, S("explain/"))) continue;
    Str text = {files[*file].start, (size_t)(files[*file].end - files[*file].start)};
    while (*at < text.len) {
      Str line = next_line(text, at);
      if (!is_heading(line)) continue;
      read_section(text, at, line, found);
      return true;
    }
  }
  return false;
}

bool explain_find(Str code, Explanation *found) {
  for (size_t file = 0, at = 0; explain_next(&file, &at, found);) {
    if (str_eq(found->code, code)) return true;
  }
  return false;
}

Str explain_nearest(Str code) {
  Nearest nearest = nearest_to(code);
  Explanation section;
  for (size_t file = 0, at = 0; explain_next(&file, &at, &section);) nearest_offer(&nearest, section.code);
  return nearest_best(&nearest);
}
