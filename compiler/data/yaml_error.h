// What a YAML parser's complaint means to the person who wrote the file. Private to the reader.
#pragma once
#include "source/source.h"

typedef struct YamlTrouble {
  const char *problem, *context; // libyaml's words
  uint32_t at;                   // where it noticed
  uint32_t from;                 // where what it was reading began
} YamlTrouble;

// Reports the trouble in our words: the place that is to be mended, and how (tabs, indentation, colons, quotes).
void yaml_explain_trouble(Diags *diags, const char *code, uint32_t file, Str text, const YamlTrouble *trouble);
