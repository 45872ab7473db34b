#include "validate/template.h"

enum { FILL = 0x7f }; // what stands where something will be substituted; never in a definition that people write

bool template_is_open(Str text) {
  if (text.len && text.at[0] == FILL) return true;
  for (size_t i = 0; i + 1 < text.len; i++) {
    if ((text.at[i] == '$' || text.at[i] == '%') && text.at[i + 1] == '{') return true;
  }
  return false;
}

// The offset behind the brace that closes the placeholder opened at `at` ("${" or "%{"); 0 when it is never closed.
static size_t placeholder_end(Str text, size_t at) {
  size_t depth = 0;
  bool quoted = false;
  for (size_t i = at + 1; i < text.len; i++) {
    char c = text.at[i];
    if (quoted && c == '\\') {
      i++;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == '{') {
      depth++;
    } else if (!quoted && c == '}' && --depth == 0) {
      return i + 1;
    }
  }
  return 0;
}

bool template_fill(Arena *arena, Str text, Str *filled, bool *directives) {
  char *out = arena_raw(arena, text.len + 1);
  memcpy(out, text.at, text.len);
  bool found = false, quoted = false;
  *directives = false;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    bool opens = (c == '$' || c == '%') && i + 1 < text.len && text.at[i + 1] == '{';
    size_t end = opens ? placeholder_end(text, i) : 0;
    if (end) {
      if (quoted)
        for (size_t k = i + 2; k + 1 < end; k++) out[k] = strchr("\"\\\n\r\t", out[k]) ? FILL : out[k];
      else if (c == '%')
        memset(out + i, ' ', end - i), *directives = true;
      else
        memset(out + i, FILL, end - i), out[i] = out[end - 1] = '"';
      found = true;
      i = end - 1;
    } else if (quoted && c == '\\') {
      i++;
    } else if (c == '"') {
      quoted = !quoted;
    }
  }
  *filled = (Str){out, text.len};
  return found;
}
