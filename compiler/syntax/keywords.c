#include "syntax/keywords.h"
#include "mlops_parse.h"

enum {
  WORD = NEXT_WORD,
  STRING = NEXT_STRING,
  BRACE = NEXT_BRACE,
  NOTHING = NEXT_NOTHING,
  PLAIN = NEXT_WORD | NEXT_STRING | NEXT_VALUE, // a value that is not in parentheses
  VALUE = PLAIN | NEXT_PAREN,
  ANYTHING = VALUE | BRACE | NOTHING,
  MISSING = NEXT_NOTHING, // what should stand behind it is missing: then that is the fault
  EVERYWHERE = 0x100      // whatever stands behind it
};

static const Keyword of_statement[] = {
    {STR_INIT("use"), TOKEN_K_USE, WORD | STRING | MISSING, 0},
    {STR_INIT("param"), TOKEN_K_PARAM, WORD | MISSING, 1},
    {STR_INIT("output"), TOKEN_K_OUTPUT, WORD | MISSING, 1},
    {STR_INIT("type"), TOKEN_K_TYPE, WORD | MISSING, 1},
    {STR_INIT("kind"), TOKEN_K_KIND, WORD | STRING | BRACE | MISSING, 1},
    {STR_INIT("step"), TOKEN_K_STEP, WORD | STRING | BRACE | MISSING, 1},
    {STR_INIT("flow"), TOKEN_K_FLOW, WORD | STRING | BRACE | MISSING, 1},
    {STR_INIT("resource"), TOKEN_K_RESOURCE, WORD | STRING | BRACE | MISSING, 2},
    {STR_INIT("data"), TOKEN_K_DATA, WORD | STRING | BRACE | MISSING, 2},
    {STR_INIT("file"), TOKEN_K_FILE, WORD | STRING | BRACE | MISSING, 0},
    {STR_INIT("terraform"), TOKEN_K_TERRAFORM, WORD | STRING | BRACE, 0},
    {STR_INIT("test"), TOKEN_K_TEST, WORD | STRING | BRACE | MISSING, 0},
    {STR_INIT("on"), TOKEN_K_ON, WORD | NEXT_ARROW, 0},
    {STR_INIT("member"), TOKEN_K_MEMBER, WORD | STRING | MISSING, 1},
    {STR_INIT("grant"), TOKEN_K_GRANT, WORD | MISSING, 1},
    {STR_INIT("add"), TOKEN_K_ADD, WORD | MISSING, 1},
    {STR_INIT("event"), TOKEN_K_EVENT, WORD | MISSING, 1},
    {STR_INIT("require"), TOKEN_K_REQUIRE, VALUE | MISSING, 0},
    {STR_INIT("command"), TOKEN_K_COMMAND, WORD | MISSING, 1},
    {STR_INIT("readme"), TOKEN_K_README, STRING | MISSING, 0},
    {STR_INIT("let"), TOKEN_K_LET, WORD | MISSING, 1},
    {STR_INIT("set"), TOKEN_K_SET, WORD | MISSING, 1},
    {STR_INIT("if"), TOKEN_K_IF, VALUE | BRACE | MISSING, 0},
    {STR_INIT("match"), TOKEN_K_MATCH, VALUE | BRACE, 0},
    {STR_INIT("for"), TOKEN_K_FOR, WORD | MISSING, 1},
    {STR_INIT("each"), TOKEN_K_EACH, WORD | MISSING, 1},
    {STR_INIT("parallel"), TOKEN_K_PARALLEL, BRACE | MISSING, 0},
    {STR_INIT("branch"), TOKEN_K_BRANCH, WORD | BRACE | MISSING, 1},
    {STR_INIT("wait"), TOKEN_K_WAIT, VALUE | MISSING, 0},
    {STR_INIT("try"), TOKEN_K_TRY, BRACE | MISSING, 0},
    {STR_INIT("fail"), TOKEN_K_FAIL, VALUE | MISSING, 0},
    {STR_INIT("return"), TOKEN_K_RETURN, ANYTHING, 0},
    {STR_INIT("break"), TOKEN_K_BREAK, NOTHING, 0},
    {STR_INIT("start"), TOKEN_K_START, WORD, 0},
    {STR_INIT("await"), TOKEN_K_AWAIT, WORD, 0},
    {STR_INIT("run"), TOKEN_K_RUN, WORD | MISSING, 0},
    {STR_INIT("mock"), TOKEN_K_MOCK, WORD | STRING | MISSING, 0},
    {STR_INIT("expect"), TOKEN_K_EXPECT, VALUE | BRACE | MISSING, 0},
};

static const Keyword of_step[] = {
    {STR_INIT("each"), TOKEN_K_EACH, WORD, 1},
    {STR_INIT("parallel"), TOKEN_K_PARALLEL, BRACE, 0},
    {STR_INIT("start"), TOKEN_K_START, WORD, 0},
    {STR_INIT("await"), TOKEN_K_AWAIT, WORD, 0},
};

static const Keyword of_value[] = {
    {STR_INIT("null"), TOKEN_K_NULL, EVERYWHERE, 0},   {STR_INIT("true"), TOKEN_K_TRUE, EVERYWHERE, 0},
    {STR_INIT("false"), TOKEN_K_FALSE, EVERYWHERE, 0}, {STR_INIT("not"), TOKEN_K_NOT, VALUE | BRACE, 0},
    {STR_INIT("match"), TOKEN_K_MATCH, VALUE, 0},      {STR_INIT("asl"), TOKEN_K_ASL, BRACE, 0},
    {STR_INIT("jsonata"), TOKEN_K_JSONATA, STRING, 0},
};

static const Keyword behind_value[] = {
    {STR_INIT("and"), TOKEN_K_AND, EVERYWHERE, 0},         {STR_INIT("or"), TOKEN_K_OR, EVERYWHERE, 0},
    {STR_INIT("in"), TOKEN_K_IN, EVERYWHERE, 0},           {STR_INIT("on"), TOKEN_K_ON, EVERYWHERE, 0},
    {STR_INIT("if"), TOKEN_K_IF, EVERYWHERE, 0},           {STR_INIT("else"), TOKEN_K_ELSE, EVERYWHERE, 0},
    {STR_INIT("for"), TOKEN_K_FOR, EVERYWHERE, 1},         {STR_INIT("catch"), TOKEN_K_CATCH, EVERYWHERE, 0},
    {STR_INIT("retry"), TOKEN_K_RETRY, EVERYWHERE, 0},     {STR_INIT("every"), TOKEN_K_EVERY, EVERYWHERE, 0},
    {STR_INIT("times"), TOKEN_K_TIMES, EVERYWHERE, 0},     {STR_INIT("backoff"), TOKEN_K_BACKOFF, EVERYWHERE, 0},
    {STR_INIT("up"), TOKEN_K_UP, EVERYWHERE, 0},           {STR_INIT("jitter"), TOKEN_K_JITTER, EVERYWHERE, 0},
    {STR_INIT("timeout"), TOKEN_K_TIMEOUT, EVERYWHERE, 0}, {STR_INIT("heartbeat"), TOKEN_K_HEARTBEAT, EVERYWHERE, 0},
    {STR_INIT("as"), TOKEN_K_AS, EVERYWHERE, 0},           {STR_INIT("name"), TOKEN_K_NAME, EVERYWHERE, 0},
    {STR_INIT("needs"), TOKEN_K_NEEDS, EVERYWHERE, 0},     {STR_INIT("with"), TOKEN_K_WITH, EVERYWHERE, 0},
    {STR_INIT("once"), TOKEN_K_ONCE, EVERYWHERE, 0},       {STR_INIT("twice"), TOKEN_K_TWICE, EVERYWHERE, 0},
};

static const Keyword of_answer[] = {
    {STR_INIT("after"), TOKEN_K_AFTER, VALUE | BRACE, 0},
    {STR_INIT("fails"), TOKEN_K_FAILS, VALUE | MISSING, 0},
    {STR_INIT("never"), TOKEN_K_NEVER, EVERYWHERE, 0},
};

static const Keyword of_expect[] = {
    {STR_INIT("succeeded"), TOKEN_K_SUCCEEDED, NOTHING, 0}, {STR_INIT("failed"), TOKEN_K_FAILED, NOTHING | PLAIN, 0},
    {STR_INIT("timed_out"), TOKEN_K_TIMED_OUT, NOTHING, 0}, {STR_INIT("aborted"), TOKEN_K_ABORTED, NOTHING, 0},
    {STR_INIT("path"), TOKEN_K_PATH, ANYTHING, 0},          {STR_INIT("visited"), TOKEN_K_VISITED, ANYTHING, 0},
    {STR_INIT("argument"), TOKEN_K_ARGUMENT, ANYTHING, 0},
};

static const Keyword continuing[] = {
    {STR_INIT("else"), 0, WORD | BRACE | NOTHING, 0},
    {STR_INIT("catch"), 0, WORD | STRING | BRACE | NOTHING, 0},
    {STR_INIT("with"), 0, NEXT_PAREN, 0},
    {STR_INIT("retry"), 0, PLAIN | NOTHING, 0},
    {STR_INIT("timeout"), 0, PLAIN, 0},
    {STR_INIT("heartbeat"), 0, PLAIN, 0},
    {STR_INIT("every"), 0, PLAIN, 0},
    {STR_INIT("as"), 0, PLAIN, 0},
    {STR_INIT("name"), 0, PLAIN, 0},
};

static const Keyword *find(const Keyword *rows, size_t count, Str word, int next) {
  for (size_t i = 0; i < count; i++) {
    if (str_eq(rows[i].word, word)) return (rows[i].next & (next | EVERYWHERE)) ? &rows[i] : NULL;
  }
  return NULL;
}
#define FIND(rows) find(rows, sizeof rows / sizeof rows[0], word, next)

const Keyword *keyword_of_statement(Str word, int next) {
  return FIND(of_statement);
}
void keywords_nearest(Nearest *nearest) {
  for (size_t i = 0; i < sizeof of_statement / sizeof of_statement[0]; i++)
    nearest_offer(nearest, of_statement[i].word);
}
const Keyword *keyword_of_step(Str word, int next) {
  return FIND(of_step);
}
const Keyword *keyword_of_value(Str word, int next) {
  return FIND(of_value);
}
const Keyword *keyword_behind_value(Str word, int next) {
  return FIND(behind_value);
}
const Keyword *keyword_of_answer(Str word, int next) {
  return FIND(of_answer);
}
const Keyword *keyword_of_expect(Str word, int next) {
  return FIND(of_expect);
}
bool keyword_continues(Str word, int next) {
  return FIND(continuing) != NULL;
}
