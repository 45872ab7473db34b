#include "source/source.h"
#include "base/utf8.h"
#include <stdlib.h>

uint32_t source_add(Sources *sources, Str path, Str text) {
  if (sources->files.len == 0) VEC_PUSH(sources->arena, &sources->files, (SourceFile){0});
  VEC_PUSH(sources->arena, &sources->files, (SourceFile){.path = path, .text = text});
  return (uint32_t)sources->files.len - 1;
}

uint32_t source_add_part(Sources *sources, Str path, Str text) {
  uint32_t file = source_add(sources, path, text);
  sources->files.at[file].part = true;
  return file;
}

const SourceFile *source_file(const Sources *sources, uint32_t file) {
  return &sources->files.at[file];
}

static SourceFile *with_lines(Sources *sources, uint32_t number) {
  SourceFile *file = &sources->files.at[number];
  if (file->lines) return file;
  size_t count = 1;
  for (size_t i = 0; i < file->text.len; i++) count += file->text.at[i] == '\n';
  file->lines = NEW_N(sources->arena, uint32_t, count);
  file->line_count = 1;
  for (size_t i = 0; i < file->text.len; i++) {
    if (file->text.at[i] == '\n') file->lines[file->line_count++] = (uint32_t)i + 1;
  }
  return file;
}

LineColumn source_line_column(Sources *sources, uint32_t number, uint32_t offset) {
  SourceFile *file = with_lines(sources, number);
  if (offset > file->text.len) offset = (uint32_t)file->text.len;
  size_t low = 0, high = file->line_count;
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (file->lines[middle] <= offset)
      low = middle;
    else
      high = middle;
  }
  Str before = str_slice(file->text, file->lines[low], offset);
  return (LineColumn){(uint32_t)low + 1, (uint32_t)utf8_count(before) + 1};
}

Str source_line(Sources *sources, uint32_t number, uint32_t line) {
  SourceFile *file = with_lines(sources, number);
  if (line == 0 || line > file->line_count) return (Str){0};
  Str rest = str_slice(file->text, file->lines[line - 1], file->text.len);
  Str text = str_cut(rest, '\n', &rest);
  return str_ends(text, S("\r")) ? str_slice(text, 0, text.len - 1) : text;
}
