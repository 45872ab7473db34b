#include "syntax/places.h"
#include "syntax/keywords.h"

// The places a statement can stand in.
enum { IN_FILE = 1, IN_KIND = 2, IN_FLOW = 4, IN_TEST = 8, IN_PARALLEL = 16, IN_BODY = 32, IN_TESTS = 64 };

typedef struct PlaceName {
  int place;
  const char *text;
} PlaceName;

static const PlaceName place_names[] = {
    {IN_FILE, "a file"},         {IN_KIND, "a kind"},        {IN_FLOW, "a flow or step"},    {IN_TEST, "a test"},
    {IN_PARALLEL, "`parallel`"}, {IN_BODY, "a declaration"}, {IN_TESTS, "a `for` of tests"},
};

typedef struct Place {
  const char *name;
  int allowed; // where it may stand
  int inside;  // where its body stands; 0: where it stands itself
} Place;

static const Place places[] = {
    [STMT_USE] = {"use", IN_FILE, 0},
    [STMT_DECLARE] = {NULL, IN_FILE | IN_KIND, IN_BODY},
    [STMT_PARAM] = {"param", IN_FILE | IN_KIND, 0},
    [STMT_OUTPUT] = {"output", IN_FILE, 0},
    [STMT_TYPE] = {"type", IN_FILE | IN_KIND, 0},
    [STMT_KIND] = {"kind", IN_FILE | IN_KIND, IN_KIND},
    [STMT_STEP] = {"step", IN_FILE | IN_KIND, IN_FLOW},
    [STMT_FLOW] = {"flow", IN_FILE | IN_KIND, IN_FLOW},
    [STMT_RESOURCE] = {"resource", IN_FILE | IN_KIND, 0},
    [STMT_DATA] = {"data", IN_FILE | IN_KIND, 0},
    [STMT_FILE] = {"file", IN_FILE | IN_KIND, 0},
    [STMT_TERRAFORM] = {"terraform", IN_FILE | IN_KIND, 0},
    [STMT_TEST] = {"test", IN_FILE | IN_TESTS, IN_TEST},
    [STMT_ON] = {"on", IN_FILE | IN_KIND | IN_BODY, 0},
    [STMT_MEMBER] = {"member", IN_KIND, 0},
    [STMT_GRANT] = {"grant", IN_KIND, 0},
    [STMT_ADD] = {"add", IN_KIND, 0},
    [STMT_EVENT] = {"event", IN_FILE | IN_KIND, IN_KIND},
    [STMT_REQUIRE] = {"require", IN_FILE | IN_KIND | IN_FLOW, 0},
    [STMT_COMMAND] = {"command", IN_KIND, 0},
    [STMT_README] = {"readme", IN_FILE | IN_KIND, 0},
    [STMT_LET] = {"let", IN_FILE | IN_KIND | IN_FLOW | IN_TEST | IN_TESTS, 0},
    [STMT_SET] = {"set", IN_FLOW, 0},
    [STMT_CALL] = {"a call", IN_FLOW, 0},
    [STMT_IF] = {"if", IN_KIND | IN_FLOW | IN_TEST, 0},
    [STMT_MATCH] = {"match", IN_KIND | IN_FLOW, 0},
    [STMT_FOR] = {"for", IN_FILE | IN_KIND | IN_FLOW | IN_TEST | IN_TESTS, 0},
    [STMT_EACH] = {"each", IN_FLOW, IN_FLOW},
    [STMT_PARALLEL] = {"parallel", IN_FLOW, IN_PARALLEL},
    [STMT_BRANCH] = {"branch", IN_PARALLEL, IN_FLOW},
    [STMT_WAIT] = {"wait", IN_FLOW, 0},
    [STMT_TRY] = {"try", IN_FLOW, 0},
    [STMT_FAIL] = {"fail", IN_FLOW, 0},
    [STMT_RETURN] = {"return", IN_FLOW, 0},
    [STMT_BREAK] = {"break", IN_FLOW, 0},
    [STMT_RUN] = {"run", IN_TEST, 0},
    [STMT_MOCK] = {"mock", IN_TEST, 0},
    [STMT_EXPECT] = {"expect", IN_TEST, 0},
};

static const char *place_name(int place) {
  for (size_t i = 0; i < sizeof place_names / sizeof place_names[0]; i++) {
    if (place_names[i].place == place) return place_names[i].text;
  }
  return "";
}

// "a file or a kind".
static Str places_text(Parse *p, int allowed) {
  Buf out = {.arena = p->arena};
  for (size_t i = 0; i < sizeof place_names / sizeof place_names[0]; i++) {
    if (!(allowed & place_names[i].place)) continue;
    buf_fmt(&out, "%s%s", out.len ? " or " : "", place_names[i].text);
  }
  return buf_text(&out);
}

static Str statement_name(Parse *p, const Stmt *s) {
  if (s->kind == STMT_DECLARE) return str_fmt(p->arena, "`%.*s %.*s`", STR_ARG(s->word.text), STR_ARG(s->name.text));
  if (s->kind == STMT_CALL) return S("a call");
  return str_fmt(p->arena, "`%s`", places[s->kind].name);
}

// ---------------------------------------------------------------- comments of declarations

static Str comment_text(const Tokens *t, const Comment *comment) {
  Str text = str_slice(t->text, comment->start + 1, comment->end);
  return str_starts(text, S(" ")) ? str_slice(text, 1, text.len) : text;
}

// The lines of comment straight above a statement, as one text.
static Str doc_of(Parse *p, const Stmt *s) {
  const Tokens *t = p->tokens;
  const Token *token = &t->raw.at[token_from(t, s->span.start)];
  uint32_t first = token->comment;
  uint8_t newlines = token->newlines;
  while (first > 0 && newlines == 1) {
    const Comment *comment = &t->comments.at[first - 1];
    bool own_line = comment->newlines > 0 || comment->start == 0;
    bool before_others = token == t->raw.at || token[-1].comment < first;
    if (!own_line || !before_others) break;
    newlines = comment->newlines;
    first--;
  }
  Buf out = {.arena = p->arena};
  for (uint32_t i = first; i < token->comment; i++) {
    if (out.len) buf_char(&out, '\n');
    buf_str(&out, comment_text(t, &t->comments.at[i]));
  }
  return buf_text(&out);
}

// ---------------------------------------------------------------- the walk

// What to write instead of a word that begins a statement as none does; empty: that is not known.
static Str instead_of(Parse *p, Str word) {
  Str habit = habit_help("statement", word);
  if (habit.len) return habit;
  Nearest nearest = nearest_to(word);
  keywords_nearest(&nearest);
  Str best = nearest_best(&nearest);
  return best.len && !str_eq(best, word) ? str_fmt(p->arena, "did you mean `%.*s`?", STR_ARG(best)) : (Str){0};
}

static void report(Parse *p, const Stmt *s, int here) {
  const Token *first = &p->tokens->raw.at[token_from(p->tokens, s->span.start)];
  Diag *d = diag(p->diags, DIAG_ERROR, "E0015", (Span){s->span.file, first->start, first->end},
                 "%.*s cannot stand in %s", STR_ARG(statement_name(p, s)), place_name(here));
  if (s->name.text.len) map_set(p->lost, s->name.text, p->lost);
  Str instead = s->kind == STMT_DECLARE ? instead_of(p, s->word.text) : (Str){0};
  bool step = here == IN_FLOW && s->kind == STMT_DECLARE && s->has_params && !habit_help("statement", s->word.text).len;
  if (step)
    diag_help(p->diags, d, "a step is written `%.*s = %.*s(…)`", STR_ARG(s->word.text), STR_ARG(s->name.text));
  else if (instead.len)
    diag_help(p->diags, d, "%.*s", STR_ARG(instead));
  else if (here == IN_PARALLEL)
    diag_help(p->diags, d, "what runs in parallel stands in branches: `branch name { … }`");
  else
    diag_help(p->diags, d, "it stands in %.*s", STR_ARG(places_text(p, places[s->kind].allowed)));
}

static void check_list(Parse *p, Stmt *first, int here);

static void check_one(Parse *p, Stmt *s, int here) {
  const Place *place = &places[s->kind];
  if (!(place->allowed & here)) {
    report(p, s, here);
    return;
  }
  if (s->kind == STMT_DECLARE && s->other) {
    Str instead = instead_of(p, s->word.text);
    Diag *d = diag(p->diags, DIAG_ERROR, "E0014", instead.len ? s->word.span : s->other->span,
                   instead.len ? "nothing begins with `%.*s`" : "a field of `%.*s` expected, not a statement",
                   STR_ARG(instead.len ? s->word.text : s->name.text));
    if (!instead.len) instead = S("a field is written `name: value`, a constant `let name = value`");
    diag_help(p->diags, d, "%.*s", STR_ARG(instead));
    s->kind = STMT_ERROR;
    map_set(p->lost, s->name.text, p->lost);
    return;
  }
  if (s->kind == STMT_LET && s->has_params && !(here & (IN_FILE | IN_KIND))) {
    Diag *d = diag(p->diags, DIAG_ERROR, "E0015", s->name.span, "a function cannot stand in %s", place_name(here));
    diag_help(p->diags, d, "declare `let %.*s(…) = …` in the file, or write a step", STR_ARG(s->name.text));
    return;
  }
  if (here & (IN_FILE | IN_KIND)) s->doc = doc_of(p, s);
  if (s->kind == STMT_FOR && here != IN_FLOW && (s->second || s->other)) {
    Diag *d =
        diag(p->diags, DIAG_ERROR, "E0015", s->span, "a `for` in %s has neither `every` nor `else`", place_name(here));
    diag_help(p->diags, d, "it is unrolled while the spec is compiled; in a flow it runs");
    return;
  }
  int inside = place->inside ? place->inside : here;
  if (s->kind == STMT_FOR && here == IN_FILE) inside = IN_TESTS;
  check_list(p, s->body, inside);
  check_list(p, s->other, inside);
  for (const Stmt *m = s->more; m; m = m->more) check_list(p, m->other, inside);
  for (size_t i = 0; i < s->arms.len; i++) check_list(p, s->arms.at[i].body, inside);
}

static void check_list(Parse *p, Stmt *first, int here) {
  bool lost = false; // behind a header that could not be read, what it held may stand by itself
  for (Stmt *s = first; s; s = s->next) {
    bool of_it = lost && here == IN_FILE && !(places[s->kind].allowed & here);
    if (s->kind != STMT_ERROR && !of_it) check_one(p, s, here);
    lost = s->kind == STMT_ERROR || of_it;
  }
}

void places_check(Parse *p, Stmt *items) {
  check_list(p, items, IN_FILE);
}
