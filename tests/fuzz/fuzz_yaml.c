// The first byte chooses: g, h, b validate the rest as a GitLab pipeline, a GitHub workflow, a buildspec: they end, and
// what they find lies in the text. w writes the rest as a YAML string and reads it back, in YAML 1.1 and 1.2.
#include "base/utf8.h"
#include "data/yaml.h"
#include "validate/validate.h"
#include <stdlib.h>

static void check(bool truth) {
  if (!truth) abort();
}

typedef void Validator(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options);

static void validate(Arena *arena, Validator *validator, Str text) {
  Sources sources = {.arena = arena};
  Diags diags = {.arena = arena};
  ValidateOptions options = {0};
  uint32_t file = source_add(&sources, S("fuzz.yml"), text);
  validator(&diags, &sources, file, &options);
  for (size_t i = 0; i < diags.list.len; i++) {
    Span at = diags.list.at[i]->span;
    check(at.file == file && at.start <= at.end && at.end <= text.len);
  }
  Buf out = {.arena = arena};
  diags_write_text(&out, &diags, &sources, false);
}

static void read_back(Arena *arena, Str printed, Str text, YamlVersion version) {
  Sources sources = {.arena = arena};
  Diags diags = {.arena = arena};
  YamlOptions options = {.version = version, .merge = true, .syntax_code = "V0"};
  YamlStream stream;
  uint32_t file = source_add(&sources, S("printed.yml"), printed);
  check(yaml_read(&diags, &sources, file, &options, &stream) && stream.documents.len == 1);
  const Yaml *key = stream.documents.at[0]->pairs.at[0].key, *value = yaml_get(stream.documents.at[0], text);
  check(key->kind == YAML_STRING && str_eq(key->text, text));
  check(yaml_is(value, YAML_SEQUENCE) && value->items.len == 1);
  check(value->items.at[0]->kind == YAML_STRING && str_eq(value->items.at[0]->text, text));
}

static void write(Arena *arena, Str text) {
  if (utf8_check(text) < text.len || memchr(text.at, 0, text.len)) return;
  Yaml *root = yaml_map(arena), *list = yaml_put(arena, root, text, yaml_seq(arena));
  yaml_add(arena, list, yaml_text(arena, text));
  Str printed = yaml_print(arena, root, S("header"));
  read_back(arena, printed, text, YAML_1_1);
  read_back(arena, printed, text, YAML_1_2);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  Arena arena = {.limit = (size_t)1 << 30};
  Str text = {(const char *)bytes + 1, size ? size - 1 : 0};
  switch (size ? bytes[0] : 0) {
  case 'g': validate(&arena, validate_gitlab_ci, text); break;
  case 'h': validate(&arena, validate_github, text); break;
  case 'b': validate(&arena, validate_buildspec, text); break;
  case 'w': write(&arena, text); break;
  default: break;
  }
  arena_free(&arena);
  return 0;
}
