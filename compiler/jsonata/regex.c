// Regular expressions: ECMAScript's syntax, run by PCRE2 with bounded effort; and the protocol by which a program's own
// function can stand in for one (an object with match, start, end, groups, next).
#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/utf8.h"
#include "jsonata/engine.h"
#include <pcre2.h>

struct Regex {
  pcre2_code *code;
  Str source;
};

enum { EFFORT_MOST = 2000000, DEPTH_MOST = 20000, HEAP_MOST_KIB = 65536 };

static void *take(size_t size, void *arena) {
  return arena_raw(arena, size);
}

static void give(void *memory, void *arena) {
  (void)memory, (void)arena; // goes with the arena
}

// PCRE2 gives meaning to escapes that ECMAScript reads as the letter itself, and to "[:" in a class.
static Str to_pcre(Arena *arena, Str pattern) {
  Buf out = {.arena = arena};
  bool class = false;
  for (size_t i = 0; i < pattern.len; i++) {
    char c = pattern.at[i];
    if (c != '\\' || i + 1 == pattern.len) {
      if (class && c == '[') buf_char(&out, '\\');
      if (c == '[' || c == ']') class = c == '[';
      buf_char(&out, c);
      continue;
    }
    char next = pattern.at[++i];
    if (next == 'v') {
      buf_str(&out, S("\\x0b"));
      continue;
    }
    bool letter = ascii_is_letter(next);
    if (!letter || strchr("dDwWsSbBfnrt0xuck", next)) buf_char(&out, '\\');
    buf_char(&out, next);
  }
  return buf_text(&out);
}

Regex *jsonata_regex_compile(Arena *arena, Str pattern, Str flags, Str *why) {
  uint32_t options = PCRE2_UTF | PCRE2_ALT_BSUX | PCRE2_DOLLAR_ENDONLY | PCRE2_ALLOW_EMPTY_CLASS |
                     PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C;
  if (flags.len && memchr(flags.at, 'i', flags.len)) options |= PCRE2_CASELESS;
  if (flags.len && memchr(flags.at, 'm', flags.len)) options |= PCRE2_MULTILINE;
  *why = pattern;
  if (str_has(pattern, S("(*"))) return NULL; // PCRE2's verbs
  pcre2_general_context *memory = pcre2_general_context_create(take, give, arena);
  pcre2_compile_context *context = pcre2_compile_context_create(memory);
  pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
  pcre2_set_parens_nest_limit(context, 200);
  pcre2_set_compile_extra_options(context, PCRE2_EXTRA_BAD_ESCAPE_IS_LITERAL | PCRE2_EXTRA_ALT_BSUX);
  Str text = to_pcre(arena, pattern);
  int error;
  PCRE2_SIZE offset;
  pcre2_code *code = pcre2_compile((PCRE2_SPTR)text.at, text.len, options, &error, &offset, context);
  if (!code) return NULL;
  Regex *regex = NEW(arena, Regex);
  *regex = (Regex){code, pattern};
  return regex;
}

static void prepare(Engine *engine) {
  pcre2_general_context *memory = pcre2_general_context_create(take, give, engine->arena);
  engine->match_context = pcre2_match_context_create(memory);
  pcre2_set_match_limit(engine->match_context, EFFORT_MOST);
  pcre2_set_depth_limit(engine->match_context, DEPTH_MOST);
  pcre2_set_heap_limit(engine->match_context, HEAP_MOST_KIB);
}

// PCRE2 wants sound UTF-8: what is none (a lone surrogate) becomes as many bytes that are.
static Str sound(Engine *engine, Str text) {
  if (utf8_check(text) == text.len) return text;
  char *copy = engine_raw(engine, text.len);
  memcpy(copy, text.at, text.len);
  for (size_t i = 0, len; i < text.len; i += len) {
    bool bad = false;
    utf8_decode(text, i, &len, &bad);
    if (bad) copy[i] = '?';
  }
  return (Str){copy, text.len};
}

// Matches from byte `from` on; the subject is sound.
static bool match_at(Engine *engine, const Regex *regex, Str subject, size_t from, Match *match) {
  if (!engine->match_context) prepare(engine);
  if (engine->match_regex != regex) { // as many groups as it has
    pcre2_general_context *memory = pcre2_general_context_create(take, give, engine->arena);
    engine->match_data = pcre2_match_data_create_from_pattern(regex->code, memory);
    engine->match_regex = regex;
  }
  const char *text = subject.at ? subject.at : "";
  int found = pcre2_match(regex->code, (PCRE2_SPTR)text, subject.len, from, PCRE2_NO_UTF_CHECK, engine->match_data,
                          engine->match_context);
  engine_tick(engine);
  if (found == PCRE2_ERROR_NOMATCH) return false;
  if (found < 0) FAIL(engine, "D1012");
  const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(engine->match_data);
  uint32_t pairs = pcre2_get_ovector_count(engine->match_data);
  match->regex = regex;
  match->subject = subject;
  match->start = ends[0];
  match->end = ends[1] < ends[0] ? ends[0] : ends[1];
  match->text = str_slice(subject, match->start, match->end);
  match->group_count = pairs - 1;
  for (uint32_t i = 1; i < pairs && i <= MATCH_GROUPS; i++) {
    bool took_part = (int)i < found && ends[2 * i] != PCRE2_UNSET;
    match->groups[i - 1] = took_part ? (Str){text + ends[2 * i], ends[2 * i + 1] - ends[2 * i]} : (Str){0};
  }
  if (match->group_count > MATCH_GROUPS) match->group_count = MATCH_GROUPS;
  return true;
}

bool jsonata_match_regex(Engine *engine, const Regex *regex, Str text, Match *match) {
  *match = (Match){0};
  return match_at(engine, regex, sound(engine, text), 0, match);
}

// --- A program's own matcher

static bool read_answer(Engine *engine, Value answer, Match *match) {
  match->answer = answer;
  if (!answer) return false;
  Value start = json_get(answer, S("start")), end = json_get(answer, S("end")), text = json_get(answer, S("match"));
  match->groups_value = json_get(answer, S("groups"));
  match->next = json_get(answer, S("next"));
  bool fits = json_is(start, JSON_NUMBER) || is_array(match->groups_value) || is_function(match->next);
  if (!fits || !is_string(text)) FAIL(engine, "T1010");
  match->text = json_str(text);
  double from = json_is(start, JSON_NUMBER) ? start->number : 0;
  double to = json_is(end, JSON_NUMBER) ? end->number : from;
  size_t length = jsonata_text_length(match->subject);
  match->start = jsonata_text_offset(match->subject, from >= 0 ? (from < (double)length ? (size_t)from : length) : 0);
  match->end = jsonata_text_offset(match->subject, to >= 0 ? (to < (double)length ? (size_t)to : length) : 0);
  return true;
}

bool jsonata_match_first(Engine *engine, Value matcher, Value text, Match *match) {
  const Function *function = (const Function *)(const void *)matcher;
  *match = (Match){.subject = json_str(text)};
  if (function->kind == FUNCTION_REGEX) {
    match->subject = sound(engine, match->subject);
    return match_at(engine, function->node->regex, match->subject, 0, match);
  }
  return read_answer(engine, jsonata_apply(engine, matcher, &text, 1, &JSON_THE_NULL, engine->frame), match);
}

bool jsonata_match_next(Engine *engine, Match *match) {
  if (!match->regex) {
    if (!is_function(match->next)) return false;
    Value next = match->next;
    return read_answer(engine, jsonata_apply(engine, next, NULL, 0, &JSON_THE_NULL, engine->frame), match);
  }
  if (match->end >= match->subject.len) return false;
  if (!match_at(engine, match->regex, match->subject, match->end, match)) return false;
  if (match->text.len == 0) FAIL(engine, "D1004", .value = jsonata_new_string(engine, match->regex->source));
  return true;
}

Value jsonata_match_groups(Engine *engine, const Match *match) {
  if (!match->regex) return match->groups_value;
  const Json **items;
  Value groups = jsonata_new_array(engine, match->group_count, 0, &items);
  for (uint32_t i = 0; i < match->group_count; i++) {
    items[i] = match->groups[i].at ? jsonata_new_string(engine, match->groups[i]) : &JSON_THE_NULL;
  }
  return groups;
}

// What a regular expression answers when a program calls it.
Value jsonata_match_answer(Engine *engine, const Match *match) {
  if (!match->regex) return match->answer;
  Function *next = jsonata_new_function(engine, FUNCTION_NEXT_MATCH, 0);
  next->match.text = match->subject;
  next->match.from = match->end;
  next->match.regex = match->regex;
  JsonMember *members = engine_raw(engine, 5 * sizeof *members);
  double start = jsonata_units_before(match->subject, match->start),
         end = jsonata_units_before(match->subject, match->end);
  members[0] = (JsonMember){S("match"), jsonata_new_string(engine, match->text), JSON_NOWHERE};
  members[1] = (JsonMember){S("start"), jsonata_new_number(engine, start), JSON_NOWHERE};
  members[2] = (JsonMember){S("end"), jsonata_new_number(engine, end), JSON_NOWHERE};
  members[3] = (JsonMember){S("groups"), jsonata_match_groups(engine, match), JSON_NOWHERE};
  members[4] = (JsonMember){S("next"), &next->head, JSON_NOWHERE};
  return jsonata_new_object(engine, members, 5);
}

Value jsonata_regex_apply(Engine *engine, const Function *function, const Value *arguments, size_t count) {
  Match match = {0};
  if (function->kind == FUNCTION_NEXT_MATCH) {
    match = (Match){.subject = function->match.text, .end = function->match.from, .regex = function->match.regex};
    return jsonata_match_next(engine, &match) ? jsonata_match_answer(engine, &match) : NULL;
  }
  Value text = argument(arguments, count, 0), from = argument(arguments, count, 1);
  if (!text || is_array(text) || text->kind == JSON_OBJECT || is_function(text)) return NULL;
  // As in JavaScript a number or a boolean is matched by its text.
  if (!is_string(text)) text = json_string(engine->arena, json_text(engine->arena, text, JSON_COMPACT));
  size_t start =
      json_is(from, JSON_NUMBER) && from->number > 0 ? jsonata_text_offset(json_str(text), (size_t)from->number) : 0;
  bool found = match_at(engine, function->node->regex, sound(engine, json_str(text)), start, &match);
  return found ? jsonata_match_answer(engine, &match) : NULL;
}

// The one common letter whose capital form is two letters.
static Str with_double_s(Engine *engine, Str text) {
  const Str sharp = S("ß");
  if (!str_has(text, sharp)) return text;
  Buf out = {.arena = engine->arena};
  for (size_t i = 0; i < text.len;) {
    size_t hit = str_find(text, sharp, i);
    buf_str(&out, str_slice(text, i, hit));
    if (hit < text.len) buf_str(&out, S("SS"));
    i = hit + sharp.len;
  }
  return buf_text(&out);
}

Str jsonata_change_case(Engine *engine, Str text, bool upper) {
  text = sound(engine, text);
  if (upper) text = with_double_s(engine, text);
  pcre2_general_context *memory = pcre2_general_context_create(take, give, engine->arena);
  pcre2_compile_context *context = pcre2_compile_context_create(memory);
  int error;
  PCRE2_SIZE offset, len = text.len * 2 + 16;
  pcre2_code *all = pcre2_compile((PCRE2_SPTR) ".+", 2, PCRE2_UTF | PCRE2_DOTALL, &error, &offset, context);
  pcre2_match_data *data = pcre2_match_data_create(1, memory);
  char *out = engine_raw(engine, len);
  int done = pcre2_substitute(all, (PCRE2_SPTR)text.at, text.len, 0, PCRE2_SUBSTITUTE_EXTENDED | PCRE2_NO_UTF_CHECK,
                              data, NULL, (PCRE2_SPTR)(upper ? "\\U$0" : "\\L$0"), 4, (PCRE2_UCHAR *)out, &len);
  return done < 0 ? text : (Str){out, len};
}
