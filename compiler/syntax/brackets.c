// The bracket pass: pairs every bracket with its partner, and notes what each token stands in. Brackets that do not
// pair are mended first (mend.c).
#include "syntax/brackets.h"
#include "mlops_parse.h"

enum { DEEPEST = 200 };

bool token_opens(int kind) {
  return kind == TOKEN_OBJECT || kind == TOKEN_PAREN || kind == TOKEN_BRACKET || kind == TOKEN_TEXT_HEAD ||
         kind == TOKEN_TEXT_MIDDLE || kind == TOKEN_BLOCK || kind == TOKEN_BODY || kind == TOKEN_TYPE_OPEN ||
         kind == TOKEN_ARMS || kind == TOKEN_CASES;
}

bool token_closes(int kind) {
  return kind == TOKEN_CLOSE || kind == TOKEN_PAREN_CLOSE || kind == TOKEN_BRACKET_CLOSE || kind == TOKEN_TEXT_TAIL ||
         kind == TOKEN_TEXT_MIDDLE;
}

static const BracketKind bracket_kinds[] = {
    {TOKEN_OBJECT, TOKEN_CLOSE, "{", "}"},           {TOKEN_PAREN, TOKEN_PAREN_CLOSE, "(", ")"},
    {TOKEN_BRACKET, TOKEN_BRACKET_CLOSE, "[", "]"},  {TOKEN_TEXT_HEAD, TOKEN_TEXT_TAIL, "${", "}"},
    {TOKEN_TEXT_MIDDLE, TOKEN_TEXT_TAIL, "${", "}"},
};

const BracketKind *bracket_kind(int open) {
  for (size_t i = 0; i < sizeof bracket_kinds / sizeof bracket_kinds[0]; i++) {
    if (bracket_kinds[i].open == open) return &bracket_kinds[i];
  }
  return NULL;
}

bool brackets_pair(int open, int close) {
  return bracket_kind(open)->close == (close == TOKEN_TEXT_MIDDLE ? TOKEN_TEXT_TAIL : close);
}

typedef enum { PAIRED, UNPAIRED, TOO_DEEP } Outcome;

static Outcome pair_all(Tokens *t) {
  uint32_t open[DEEPEST], depth = 0;
  for (uint32_t i = 0; i < t->raw.len; i++) {
    Token *token = &t->raw.at[i];
    token->inside = depth ? open[depth - 1] : NO_TOKEN;
    if (token_closes(token->kind)) {
      if (!depth || !brackets_pair(t->raw.at[open[depth - 1]].kind, token->kind)) return UNPAIRED;
      token->match = open[--depth];
      t->raw.at[token->match].match = i;
    }
    if (!token_opens(token->kind)) continue;
    if (depth == DEEPEST) {
      diag(t->diags, DIAG_ERROR, "E0012", token_span(t, i), "brackets are nested more than %d deep here", DEEPEST);
      return TOO_DEEP;
    }
    open[depth++] = i;
  }
  return depth ? UNPAIRED : PAIRED;
}

bool tokens_pair(Tokens *t) {
  Outcome outcome = pair_all(t);
  if (outcome == UNPAIRED) {
    tokens_mend(t);
    outcome = pair_all(t);
  }
  return outcome == PAIRED;
}
