// Any bytes: the parser of specs ends, its findings lie in the text, and what it accepts the formatter formats to a
// fixed point that holds the same tokens.
#include "syntax/syntax.h"
#include "syntax/tokens.h"
#include <stdlib.h>

static void check(bool truth) {
  if (!truth) abort();
}

static Tokens tokens_of(Arena *arena, Sources *sources, Diags *diags, uint32_t file) {
  Tokens tokens = {.arena = arena, .sources = sources, .diags = diags, .file = file};
  check(tokens_read(&tokens));
  return tokens;
}

static void check_same(const Tokens *a, const Tokens *b) {
  check(a->out.len == b->out.len);
  check(a->comments.len == b->comments.len);
  for (size_t i = 0; i < a->out.len; i++) {
    check(a->out.at[i].kind == b->out.at[i].kind);
    // A separator is a comma or what begins the next line.
    bool item = i + 1 < a->out.len && a->out.at[i].raw != a->out.at[i + 1].raw;
    bool same = str_eq(token_text(a, a->out.at[i].raw), token_text(b, b->out.at[i].raw));
    check(same || !item || str_eq(token_text(a, a->out.at[i].raw), S(",")) ||
          b->out.at[i].raw == b->out.at[i + 1].raw || str_eq(token_text(b, b->out.at[i].raw), S(",")));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  Arena arena = {.limit = (size_t)1 << 30};
  Sources sources = {.arena = &arena};
  Diags diags = {.arena = &arena};
  Str once, twice;
  uint32_t file = source_add(&sources, S("fuzz.mlops"), (Str){(const char *)bytes, size});
  check(syntax_parse(&arena, &sources, file, &diags) != NULL);
  for (size_t i = 0; i < diags.list.len; i++) {
    Span at = diags.list.at[i]->span;
    check(at.file == file && at.start <= at.end && at.end <= size);
  }
  bool good = !diags_failed(&diags);
  check(good == syntax_format(&arena, &sources, file, &diags, &once));
  if (good) {
    uint32_t formatted = source_add(&sources, S("once.mlops"), once);
    check(syntax_format(&arena, &sources, formatted, &diags, &twice));
    check(str_eq(once, twice));
    Tokens a = tokens_of(&arena, &sources, &diags, file), b = tokens_of(&arena, &sources, &diags, formatted);
    check_same(&a, &b);
  }
  arena_free(&arena);
  return 0;
}
