#define PCRE2_CODE_UNIT_WIDTH 8
#include "facts/pattern.h"
#include <pcre2.h>

bool facts_matches(Arena *arena, Str pattern, Str text) {
  enum { MOST_STEPS = 100000 };
  Str whole = str_fmt(arena, "^(?:%.*s)$", STR_ARG(pattern));
  int error;
  PCRE2_SIZE at;
  uint32_t options = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALT_BSUX;
  pcre2_code *code = pcre2_compile((PCRE2_SPTR)whole.at, whole.len, options, &error, &at, NULL);
  if (!code) return true;
  pcre2_match_data *data = pcre2_match_data_create(1, NULL);
  pcre2_match_context *context = pcre2_match_context_create(NULL);
  pcre2_set_match_limit(context, MOST_STEPS);
  int result = pcre2_match(code, (PCRE2_SPTR)text.at, text.len, 0, 0, data, context);
  pcre2_match_context_free(context);
  pcre2_match_data_free(data);
  pcre2_code_free(code);
  return result != PCRE2_ERROR_NOMATCH;
}
