// The classifier: decides from its neighbours and the brackets around it what each word, brace, comma and newline is.
// It knows nothing of the grammar's rules but where statements, fields and values begin.
#include "syntax/keywords.h"
#include "mlops_parse.h"

enum { MOST_OPERATORS = 1000 };

// What is open around the token under way.
typedef struct Frame {
  FrameKind kind;
  int head;           // what began the statement (a keyword, DECLARE or WORD); 0: nothing yet
  bool start;         // a statement, field or arm begins here
  bool behind_arrow;  // of an arm, an event or a header
  bool type;          // a type stands here
  bool fresh;         // a value begins here although one stands before
  int names;          // words to come that are names, whatever they are
  int matches;        // `match`es whose brace is still to come
  uint32_t operators; // that a value here may be nested in
  uint32_t outer_operators;
} Frame;

typedef struct Classifier {
  Tokens *t;
  uint32_t at;  // index in raw
  int previous; // the kind that was put out last
  VEC(Frame) frames;
} Classifier;

static Frame *frame_of(Classifier *c) {
  return &c->frames.at[c->frames.len - 1];
}

static bool holds_statements(FrameKind kind) {
  return kind == FRAME_FILE || kind == FRAME_BLOCK || kind == FRAME_CASES;
}

static void put(Classifier *c, int kind, uint32_t raw) {
  Tokens *t = c->t;
  VEC_PUSH(t->arena, &t->out, (OutToken){(uint16_t)kind, raw});
  c->previous = kind;
}

// ---------------------------------------------------------------- where lines go on

static bool behind_value(Classifier *c) {
  return token_ends_value(c->previous) && !frame_of(c)->fresh;
}

static bool goes_on_before(Classifier *c) {
  const Token *token = token_at(c->t, c->at);
  if (token_closes(token->kind) || token->kind == TOKEN_END || token_joins(token->kind)) return true;
  const Frame *frame = frame_of(c);
  bool statements = holds_statements(frame->kind);
  if (statements && token->kind == TOKEN_OBJECT) return true; // no statement begins so
  if (token->kind != TOKEN_WORD || !(statements || frame->head == TOKEN_K_ON)) return false;
  Str word = token_text(c->t, c->at);
  if (str_eq(word, S("with")) && frame->head != TOKEN_K_EACH) return false;
  return keyword_continues(word, token_next(c->t, c->at));
}

// ---------------------------------------------------------------- separators

static bool separates(FrameKind kind) {
  return kind <= FRAME_CASES;
}

static void begin_item(Frame *frame) {
  frame->start = true;
  frame->head = 0;
  frame->behind_arrow = frame->fresh = false;
  frame->names = frame->matches = 0;
  frame->operators = frame->outer_operators;
  frame->type = frame->kind == FRAME_TYPE || frame->kind == FRAME_TYPE_LIST;
}

// Whether a line that begins with this token can only be a statement.
static bool must_begin(const Classifier *c, uint32_t first) {
  if (token_at(c->t, first)->kind != TOKEN_WORD) return false;
  if (token_at(c->t, first + 1)->kind == TOKEN_ASSIGN) return true;
  int next = token_next(c->t, first);
  if (next != NEXT_WORD && next != NEXT_STRING) return false;
  const Keyword *keyword = keyword_of_statement(token_text(c->t, first), next);
  return keyword && keyword->kind != TOKEN_K_MATCH;
}

static void newline(Classifier *c) {
  Frame *frame = frame_of(c);
  if (!separates(frame->kind) || frame->start || goes_on_before(c)) return;
  // The value that the line before lacks is not to be found in a statement.
  if (token_joins_behind(c->previous) && !(holds_statements(frame->kind) && must_begin(c, c->at))) return;
  put(c, TOKEN_SEPARATOR, c->at);
  begin_item(frame);
}

// Whether a comma separates the items of this brace, as a newline does.
static bool comma_separates(const Frame *frame) {
  switch (frame->kind) {
  case FRAME_OBJECT:
  case FRAME_TYPE: return true;
  case FRAME_BODY: return frame->head != TOKEN_K_ON;
  case FRAME_ARMS: return frame->behind_arrow;
  default: return false;
  }
}

static void comma(Classifier *c) {
  Frame *frame = frame_of(c);
  bool statements = holds_statements(frame->kind);
  if (token_closes(token_at(c->t, c->at + 1)->kind) && !statements && !frame->start && !token_opens(c->previous) &&
      c->previous != TOKEN_COMMA) {
    return; // behind the last item
  }
  if (frame->head == TOKEN_K_MOCK && token_is_word(c->t, c->at + 1, S("then")) && token_next(c->t, c->at + 1)) {
    put(c, TOKEN_K_THEN, c->at++);
    frame->fresh = true;
    return;
  }
  bool separator = comma_separates(frame) && !frame->start;
  put(c, separator ? TOKEN_SEPARATOR : TOKEN_COMMA, c->at);
  if (separator || !separates(frame->kind)) begin_item(frame);
}

// ---------------------------------------------------------------- words

// Behind a header's name: `flow f (`, `lambda l (`, `on e (`.
static bool parameters_stand_here(const Classifier *c, const Frame *frame) {
  if (!separates(frame->kind) || frame->behind_arrow) return false;
  switch (frame->head) {
  case TOKEN_DECLARE:
  case TOKEN_K_FLOW:
  case TOKEN_K_STEP:
  case TOKEN_K_KIND:
  case TOKEN_K_EVENT:
  case TOKEN_K_ON: return true;
  case TOKEN_K_LET: return token_is_word(c->t, c->at - 2, S("let")); // straight behind its name
  case TOKEN_K_MEMBER: return token_is_word(c->t, c->at - 2, S("member"));
  default: return false;
  }
}

// A name with hyphens before a colon: one field's name.
static bool hyphenated(Classifier *c) {
  Token *first = &c->t->raw.at[c->at];
  uint32_t last = c->at;
  while (token_at(c->t, last + 1)->kind == TOKEN_MINUS &&
         token_at(c->t, last + 1)->start == token_at(c->t, last)->end &&
         (token_at(c->t, last + 2)->kind == TOKEN_WORD || token_at(c->t, last + 2)->kind == TOKEN_NUMBER) &&
         token_at(c->t, last + 2)->start == token_at(c->t, last + 1)->end) {
    last += 2;
  }
  if (last == c->at || token_at(c->t, last + 1)->kind != TOKEN_COLON) return false;
  first->end = token_at(c->t, last)->end;
  put(c, TOKEN_WORD, c->at);
  c->at = last;
  return true;
}

static bool begins_declaration(const Classifier *c) {
  int next = token_next(c->t, c->at);
  if (next == NEXT_WORD) return true;
  return next == NEXT_STRING && token_at(c->t, c->at + 1)->kind == TOKEN_STRING &&
         token_at(c->t, c->at + 2)->kind != TOKEN_ASSIGN;
}

static void put_keyword(Classifier *c, const Keyword *keyword) {
  Frame *frame = frame_of(c);
  frame->names = keyword->names;
  frame->matches += keyword->kind == TOKEN_K_MATCH;
  put(c, keyword->kind, c->at);
}

static void statement_word(Classifier *c, Frame *frame) {
  const Keyword *keyword = keyword_of_statement(token_text(c->t, c->at), token_next(c->t, c->at));
  if (keyword) {
    frame->head = keyword->kind;
    put_keyword(c, keyword);
  } else if (begins_declaration(c)) {
    frame->head = TOKEN_DECLARE;
    frame->names = token_next(c->t, c->at) == NEXT_WORD;
    put(c, TOKEN_DECLARE, c->at);
  } else {
    const Keyword *value = keyword_of_value(token_text(c->t, c->at), token_next(c->t, c->at));
    frame->head = TOKEN_WORD;
    value ? put_keyword(c, value) : put(c, TOKEN_WORD, c->at);
  }
}

// `match (x) { … }` and `match (x) > 1 { … }` are matches, `match(x)` and `match(x) ?? { … }` calls: the braces of a
// match stand behind a complete value of the same line.
static bool is_call_of_match(const Classifier *c) {
  const Token *token = token_at(c->t, c->at + 1);
  if (token->kind != TOKEN_PAREN) return false;
  for (int before = token->kind;;) {
    bool opens = token->kind == TOKEN_PAREN || token->kind == TOKEN_BRACKET;
    before = opens ? TOKEN_PAREN_CLOSE : token->kind;
    if (opens && !token->match) return true; // never closed
    token = opens ? token_at(c->t, token->match + 1) : token + 1;
    if (token->kind == TOKEN_OBJECT) return !token_ends_value(before);
    bool ends = token->newlines || token->kind == TOKEN_COMMA || token->kind == TOKEN_END || token_closes(token->kind);
    if (ends) return true;
  }
}

// The keyword that a word inside a statement is, or NULL.
static const Keyword *keyword_inside(Classifier *c, Frame *frame) {
  Str word = token_text(c->t, c->at);
  int next = token_next(c->t, c->at);
  static const Keyword none = {STR_INIT("none"), TOKEN_K_NONE, 0, 0}, to = {STR_INIT("to"), TOKEN_K_TO, 0, 0},
                       until = {STR_INIT("until"), TOKEN_K_UNTIL, 0, 0}, branch = {STR_INIT("if"), TOKEN_K_IF, 0, 0};
  if (c->previous == TOKEN_K_CATCH) return NULL;
  if (c->previous == TOKEN_K_RETRY && str_eq(word, none.word)) return &none;
  if (c->previous == TOKEN_K_UP && str_eq(word, to.word)) return &to;
  if (c->previous == TOKEN_K_WAIT && str_eq(word, until.word) && next != NEXT_NOTHING) return &until;
  if (c->previous == TOKEN_K_ELSE && str_eq(word, branch.word)) return &branch;
  if (c->previous == TOKEN_K_RETRY) {
    const Keyword *clause = keyword_behind_value(word, next);
    if (clause) return clause;
  }
  if (frame->fresh && frame->head == TOKEN_K_MOCK) {
    const Keyword *answer = keyword_of_answer(word, next);
    if (answer) return answer;
  }
  if (c->previous == TOKEN_K_EXPECT) {
    const Keyword *expect = keyword_of_expect(word, next);
    if (expect) return expect;
  }
  if (c->previous == TOKEN_ASSIGN && frame->head == TOKEN_WORD && separates(frame->kind)) {
    const Keyword *step = keyword_of_step(word, next);
    if (step) return frame->head = step->kind, step;
  }
  if (behind_value(c)) return keyword_behind_value(word, next);
  const Keyword *value = keyword_of_value(word, next);
  return value && value->kind == TOKEN_K_MATCH && is_call_of_match(c) ? NULL : value;
}

// `expect not visited A`: two words, one token.
static bool not_visited(Classifier *c) {
  if (c->previous != TOKEN_K_EXPECT || !token_is_word(c->t, c->at, S("not")) ||
      !token_is_word(c->t, c->at + 1, S("visited"))) {
    return false;
  }
  put(c, TOKEN_K_NOT_VISITED, c->at++);
  return true;
}

// A word at the start of a statement, field or arm; false: it begins a value there.
static bool starting_word(Classifier *c, Frame *frame) {
  bool named = token_at(c->t, c->at + 1)->kind == TOKEN_COLON;
  switch (frame->kind) {
  case FRAME_FILE:
  case FRAME_BLOCK: statement_word(c, frame); return true;
  case FRAME_CASES:
  case FRAME_ARMS:
    if (frame->behind_arrow && frame->kind == FRAME_CASES) return statement_word(c, frame), true;
    if (!token_is_word(c->t, c->at, S("else")) || token_at(c->t, c->at + 1)->kind != TOKEN_ARROW) return false;
    put(c, TOKEN_K_ELSE, c->at);
    return true;
  case FRAME_BODY:
    if (token_is_word(c->t, c->at, S("on")) && token_next(c->t, c->at) == NEXT_WORD)
      return statement_word(c, frame), true;
    // fall through
  case FRAME_OBJECT:
  case FRAME_TYPE:
    if (!hyphenated(c)) put(c, TOKEN_WORD, c->at);
    return true;
  case FRAME_ARGUMENTS:
  case FRAME_PARAMETERS:
    if (named || frame->kind == FRAME_PARAMETERS) put(c, TOKEN_WORD, c->at);
    return named || frame->kind == FRAME_PARAMETERS;
  default: return false;
  }
}

static void word(Classifier *c) {
  Frame *frame = frame_of(c);
  bool start = frame->start;
  frame->start = false;
  if (start && starting_word(c, frame)) return;
  if (c->previous == TOKEN_DOT) {
    put(c, TOKEN_WORD, c->at);
  } else if (frame->names > 0) {
    frame->names--;
    put(c, TOKEN_WORD, c->at);
  } else if (frame->head == TOKEN_K_ON && !frame->behind_arrow) {
    put(c, token_is_word(c->t, c->at, S("in")) ? TOKEN_K_IN : TOKEN_WORD, c->at);
  } else if (not_visited(c)) {
    return;
  } else if (frame->type && !behind_value(c)) {
    const Keyword *literal = keyword_of_value(token_text(c->t, c->at), 0);
    put(c, literal ? literal->kind : TOKEN_WORD, c->at);
  } else {
    const Keyword *keyword = keyword_inside(c, frame);
    keyword ? put_keyword(c, keyword) : put(c, TOKEN_WORD, c->at);
  }
  frame->fresh = false;
}

// ---------------------------------------------------------------- brackets

// What the braces behind a complete value or a header hold.
static FrameKind braces_behind(Frame *frame) {
  if (frame->matches > 0) {
    bool statement = frame->head == TOKEN_K_MATCH && frame->matches == 1 && separates(frame->kind);
    frame->matches--;
    return statement ? FRAME_CASES : FRAME_ARMS;
  }
  if (frame->kind == FRAME_BODY) return frame->head ? FRAME_OBJECT : FRAME_BODY;
  if (!holds_statements(frame->kind)) return FRAME_OBJECT;
  switch (frame->head) {
  case TOKEN_DECLARE:
  case TOKEN_K_RESOURCE:
  case TOKEN_K_DATA: return FRAME_BODY;
  case TOKEN_K_KIND:
  case TOKEN_K_STEP:
  case TOKEN_K_FLOW:
  case TOKEN_K_EVENT:
  case TOKEN_K_TEST:
  case TOKEN_K_IF:
  case TOKEN_K_FOR:
  case TOKEN_K_EACH:
  case TOKEN_K_PARALLEL:
  case TOKEN_K_BRANCH:
  case TOKEN_K_TRY: return FRAME_BLOCK;
  default: return FRAME_OBJECT;
  }
}

static FrameKind braces(Classifier *c, Frame *frame) {
  if (frame->type && !token_ends_value(c->previous)) return FRAME_TYPE;
  switch (c->previous) {
  case TOKEN_K_PARALLEL: return FRAME_BLOCK;
  case TOKEN_ARROW: return frame->kind == FRAME_CASES ? FRAME_BLOCK : FRAME_OBJECT;
  case TOKEN_K_KIND:
  case TOKEN_K_STEP:
  case TOKEN_K_FLOW:
  case TOKEN_K_RESOURCE:
  case TOKEN_K_DATA:
  case TOKEN_K_TEST:
  case TOKEN_K_BRANCH:
  case TOKEN_K_IF:
  case TOKEN_K_MATCH: // their name or value is missing
  case TOKEN_K_TRY:
  case TOKEN_K_ELSE:
  case TOKEN_K_CATCH: return braces_behind(frame);
  default: return behind_value(c) ? braces_behind(frame) : FRAME_OBJECT;
  }
}

// Whether what stands in the braces of a declaration begins as no field does: then its first word is misspelt.
static bool holds_statements_of_fault(const Classifier *c, uint32_t first, bool of_calls) {
  if (token_at(c->t, first)->kind != TOKEN_WORD) return false;
  if (token_at(c->t, first + 1)->kind == TOKEN_ASSIGN) return of_calls;
  Str word = token_text(c->t, first);
  int next = token_next(c->t, first);
  bool plain = next == NEXT_WORD || next == NEXT_STRING;
  return plain && keyword_of_statement(word, next) && !str_eq(word, S("on"));
}

// Braces where no object belongs, over several lines that begin as statements do, are a block whose header is faulty.
static bool is_block_of_fault(const Classifier *c, const Frame *frame, FrameKind kind) {
  if (kind == FRAME_BODY && frame->head == TOKEN_DECLARE) {
    bool of_calls = frame->kind == FRAME_BLOCK || c->previous == TOKEN_PAREN_CLOSE;
    return holds_statements_of_fault(c, c->at + 1, of_calls);
  }
  if (kind != FRAME_OBJECT || !holds_statements(frame->kind) || !token_at(c->t, c->at + 1)->newlines) return false;
  switch (c->previous) {
  case TOKEN_COLON:
  case TOKEN_ASSIGN:
  case TOKEN_COMMA:
  case TOKEN_K_RETURN:
  case TOKEN_K_ASL: return false;
  default: return must_begin(c, c->at + 1);
  }
}

static FrameKind parentheses(Classifier *c, Frame *frame) {
  if (parameters_stand_here(c, frame) && token_ends_value(c->previous)) return FRAME_PARAMETERS;
  if (frame->type) return FRAME_TYPE_LIST;
  return behind_value(c) || c->previous == TOKEN_K_WITH ? FRAME_ARGUMENTS : FRAME_GROUP;
}

static FrameKind opened_by(Classifier *c, Frame *frame, int kind) {
  switch (kind) {
  case TOKEN_OBJECT: return braces(c, frame);
  case TOKEN_PAREN: return parentheses(c, frame);
  case TOKEN_BRACKET: return frame->type ? FRAME_TYPE_LIST : behind_value(c) ? FRAME_INDEX : FRAME_LIST;
  default: return FRAME_TEXT;
  }
}

static int token_of(FrameKind kind, int written) {
  switch (kind) {
  case FRAME_BLOCK: return TOKEN_BLOCK;
  case FRAME_BODY: return TOKEN_BODY;
  case FRAME_TYPE: return TOKEN_TYPE_OPEN;
  case FRAME_ARMS: return TOKEN_ARMS;
  case FRAME_CASES: return TOKEN_CASES;
  default: return written;
  }
}

static void open(Classifier *c) {
  Token *token = &c->t->raw.at[c->at];
  Frame *frame = frame_of(c);
  FrameKind kind = opened_by(c, frame, token->kind);
  if (is_block_of_fault(c, frame, kind)) kind = FRAME_BLOCK;
  if (kind == FRAME_BLOCK || kind == FRAME_BODY) frame->type = false;
  frame->operators += kind == FRAME_INDEX || kind == FRAME_ARGUMENTS || kind == FRAME_GROUP;
  frame->start = frame->fresh = false;
  if (!frame->head) frame->head = kind == FRAME_BODY && frame->kind == FRAME_BODY ? 0 : TOKEN_PAREN;
  Frame inner = {.kind = kind, .outer_operators = frame->operators};
  begin_item(&inner);
  token->frame = (uint8_t)kind;
  put(c, token_of(kind, token->kind), c->at);
  VEC_PUSH(c->t->arena, &c->frames, inner);
}

static void close(Classifier *c) {
  int kind = c->t->raw.at[c->at].kind;
  c->frames.len--;
  if (kind == TOKEN_TEXT_MIDDLE) {
    open(c);
  } else {
    put(c, kind, c->at);
  }
}

// ---------------------------------------------------------------- punctuation

// `!x`, as others write `not x`: told, and read so.
static bool negates(Classifier *c) {
  if (token_at(c->t, c->at)->kind != TOKEN_ASSERT || behind_value(c)) return false;
  Diag *d = diag(c->t->diags, DIAG_ERROR, "E0004", token_span(c->t, c->at), "`!` means nothing before a value");
  diag_help(c->t->diags, d, "`not x` negates; `x!` asserts that x is there");
  frame_of(c)->start = false;
  put(c, TOKEN_K_NOT, c->at);
  return true;
}

// What an operator changes for what follows.
static void punctuation(Classifier *c) {
  Frame *frame = frame_of(c);
  int kind = token_at(c->t, c->at)->kind;
  bool arm = frame->kind == FRAME_ARMS || frame->kind == FRAME_CASES;
  frame->start = frame->fresh = false;
  put(c, kind, c->at);
  switch (kind) {
  case TOKEN_ARROW:
    frame->type = !arm && frame->head != TOKEN_K_ON && holds_statements(frame->kind);
    frame->behind_arrow = true;
    frame->start = frame->kind == FRAME_CASES;
    if (frame->start) frame->operators = frame->outer_operators;
    break;
  case TOKEN_COLON:
    if (frame->kind == FRAME_PARAMETERS || (separates(frame->kind) && frame->head == TOKEN_K_PARAM)) frame->type = true;
    if (frame->head == TOKEN_K_MOCK) frame->fresh = true;
    if (frame->kind == FRAME_BODY) frame->head = frame->head ? frame->head : TOKEN_COLON;
    break;
  case TOKEN_ASSIGN: frame->type = frame->head == TOKEN_K_TYPE; break;
  default: break;
  }
}

static void literal(Classifier *c) {
  Frame *frame = frame_of(c);
  bool delay = c->previous == TOKEN_K_AFTER;
  frame->start = false;
  frame->names = 0;
  put(c, token_at(c->t, c->at)->kind, c->at);
  frame->fresh = delay && frame->head == TOKEN_K_MOCK;
  if (!frame->head && frame->kind != FRAME_BODY) frame->head = TOKEN_PAREN;
}

// ---------------------------------------------------------------- the whole

static void classify_one(Classifier *c) {
  const Token *token = token_at(c->t, c->at);
  if (token->newlines) newline(c);
  switch (token->kind) {
  case TOKEN_WORD: word(c); return;
  case TOKEN_NUMBER:
  case TOKEN_STRING: literal(c); return;
  case TOKEN_COMMA: comma(c); return;
  default: break;
  }
  if (token_closes(token->kind)) {
    close(c);
  } else if (token_opens(token->kind)) {
    open(c);
  } else if (!negates(c)) {
    punctuation(c);
  }
}

// Operators nest their operands; so do clauses and `else if`. All count, so that no tree gets deep.
static bool shallow(Classifier *c) {
  static const uint16_t counted[] = {TOKEN_PLUS,  TOKEN_MINUS, TOKEN_TIMES,   TOKEN_DIVIDE,  TOKEN_DEFAULT,
                                     TOKEN_DOT,   TOKEN_TEST,  TOKEN_ASSERT,  TOKEN_K_AND,   TOKEN_K_OR,
                                     TOKEN_K_NOT, TOKEN_K_IF,  TOKEN_K_RETRY, TOKEN_K_MATCH, TOKEN_EQUAL};
  Frame *frame = frame_of(c);
  for (size_t i = 0; i < sizeof counted / sizeof counted[0]; i++) frame->operators += counted[i] == c->previous;
  if (frame->operators <= MOST_OPERATORS) return true;
  diag(c->t->diags, DIAG_ERROR, "E0013", token_span(c->t, c->at), "more than %d operators in one value or statement",
       MOST_OPERATORS);
  return false;
}

bool tokens_classify(Tokens *t) {
  Classifier c = {.t = t, .previous = TOKEN_SEPARATOR};
  Frame file = {.kind = FRAME_FILE};
  begin_item(&file);
  VEC_PUSH(t->arena, &c.frames, file);
  for (; c.at < t->raw.len - 1; c.at++) {
    classify_one(&c);
    if (!shallow(&c)) return false;
  }
  put(&c, TOKEN_END, (uint32_t)t->raw.len - 1);
  return true;
}
