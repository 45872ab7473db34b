// What tokens are to those beside them.
#include "syntax/keywords.h"
#include "mlops_parse.h"

const Token *token_at(const Tokens *t, uint32_t index) {
  size_t last = t->raw.len - 1;
  return &t->raw.at[index < last ? index : last];
}

int token_next(const Tokens *t, uint32_t index) {
  const Token *next = token_at(t, index + 1);
  if (next->newlines || next->kind == TOKEN_END || token_closes(next->kind)) return NEXT_NOTHING;
  switch (next->kind) {
  case TOKEN_WORD: return NEXT_WORD;
  case TOKEN_STRING:
  case TOKEN_TEXT_HEAD: return NEXT_STRING;
  case TOKEN_PAREN: return NEXT_PAREN;
  case TOKEN_OBJECT: return NEXT_BRACE;
  case TOKEN_NUMBER:
  case TOKEN_BRACKET:
  case TOKEN_MINUS: return NEXT_VALUE;
  case TOKEN_ARROW: return NEXT_ARROW;
  case TOKEN_ASSERT: // `!x`, for `not x`
    return next->start > token_at(t, index)->end && token_at(t, index + 2)->start == next->end ? NEXT_VALUE : 0;
  default: return 0;
  }
}

bool token_is_word(const Tokens *t, uint32_t index, Str word) {
  return token_at(t, index)->kind == TOKEN_WORD && str_eq(token_text(t, index), word);
}

bool token_ends_value(int kind) {
  switch (kind) {
  case TOKEN_WORD:
  case TOKEN_NUMBER:
  case TOKEN_STRING:
  case TOKEN_TEXT_TAIL:
  case TOKEN_PAREN_CLOSE:
  case TOKEN_BRACKET_CLOSE:
  case TOKEN_CLOSE:
  case TOKEN_TEST:
  case TOKEN_ASSERT:
  case TOKEN_K_NULL:
  case TOKEN_K_TRUE:
  case TOKEN_K_FALSE:
  case TOKEN_K_NEVER:
  case TOKEN_K_NONE:
  case TOKEN_K_JITTER: return true;
  default: return false;
  }
}

bool token_joins(int kind) {
  switch (kind) {
  case TOKEN_DOT:
  case TOKEN_BAR:
  case TOKEN_PLUS:
  case TOKEN_TIMES:
  case TOKEN_DIVIDE:
  case TOKEN_DEFAULT:
  case TOKEN_EQUAL:
  case TOKEN_UNEQUAL:
  case TOKEN_LESS:
  case TOKEN_LESS_EQUAL:
  case TOKEN_GREATER:
  case TOKEN_GREATER_EQUAL:
  case TOKEN_COMMA:
  case TOKEN_ASSIGN:
  case TOKEN_ARROW: return true;
  default: return false;
  }
}

bool token_joins_behind(int kind) {
  switch (kind) {
  case TOKEN_MINUS:
  case TOKEN_COLON:
  case TOKEN_SPREAD:
  case TOKEN_RANGE:
  case TOKEN_K_AND:
  case TOKEN_K_OR:
  case TOKEN_K_NOT:
  case TOKEN_K_THEN: return true;
  default: return token_joins(kind) || token_opens(kind);
  }
}
