// $match, $contains, $replace, $split: with strings, regular expressions, or a program's own matchers.
#include "jsonata/natives.h"
#include <math.h>
#include <stdlib.h>

// Whether the `done`-th result is still wanted.
static bool wanted(Value limit, size_t done) {
  return !limit || (double)done < limit->number;
}

NATIVE(contains) {
  Value text = ARGUMENT(0), what = ARGUMENT(1);
  if (!text || !what) return NULL;
  if (is_string(what)) return json_bool(str_has(json_str(text), json_str(what)));
  Match match;
  return json_bool(jsonata_match_first(engine, what, text, &match));
}

static Value match_object(Engine *engine, const Match *match) {
  JsonMember *members = engine_raw(engine, 3 * sizeof *members);
  Value groups = jsonata_match_groups(engine, match);
  double index = jsonata_units_before(match->subject, match->start);
  size_t count = 0;
  members[count++] = (JsonMember){S("match"), jsonata_new_string(engine, match->text), JSON_NOWHERE};
  members[count++] = (JsonMember){S("index"), jsonata_new_number(engine, index), JSON_NOWHERE};
  if (groups) members[count++] = (JsonMember){S("groups"), groups, JSON_NOWHERE};
  return jsonata_new_object(engine, members, count);
}

NATIVE(match) {
  Value text = ARGUMENT(0), matcher = ARGUMENT(1), limit = ARGUMENT(2);
  if (!text) return NULL;
  if (limit && limit->number < 0) FAIL(engine, "D3040", .value = limit);
  size_t base = engine->top;
  Match match;
  if (wanted(limit, 0) && jsonata_match_first(engine, matcher, text, &match)) {
    bool more = true; // the next one is looked for before the limit is
    for (; more && wanted(limit, engine->top - base); more = jsonata_match_next(engine, &match)) {
      stack_push(engine, match_object(engine, &match));
    }
  }
  return jsonata_stack_array(engine, base, SEQUENCE);
}

// --- $replace

// The number of a group behind a "$": as many digits as the groups' count has, fewer if that is no group.
static bool group_number(Str text, size_t at, uint32_t groups, uint32_t *number, size_t *digits) {
  size_t most = 1;
  for (uint32_t rest = groups; rest >= 10; rest /= 10) most++;
  uint32_t value = 0;
  size_t n = 0;
  for (; n < most && at + n < text.len && ascii_is_digit(text.at[at + n]); n++) {
    value = value * 10 + (uint32_t)(text.at[at + n] - '0');
  }
  if (n == 0) return false;
  if (most > 1 && value > groups && n == most) value /= 10, n--;
  *number = value;
  *digits = n;
  return true;
}

// Appends the replacement with $0, $1, … filled in.
static void put_replacement(Buf *out, Str text, const Match *match) {
  for (size_t i = 0; i < text.len;) {
    size_t dollar = str_find(text, S("$"), i), digits = 0;
    buf_str(out, str_slice(text, i, dollar));
    if (dollar >= text.len) return;
    i = dollar + 1;
    char next = i < text.len ? text.at[i] : 0;
    uint32_t number;
    if (next == '$' || next == '0') {
      buf_str(out, next == '$' ? S("$") : match->text);
      i++;
    } else if (group_number(text, i, match->group_count, &number, &digits)) {
      if (number >= 1 && number <= match->group_count) buf_str(out, match->groups[number - 1]);
      i += digits;
    } else {
      buf_char(out, '$');
    }
  }
}

static Value replace_text(Engine *engine, Str text, Str what, Value with, Value limit) {
  Buf out = {.arena = engine->arena};
  size_t at = 0, done = 0;
  for (size_t hit; wanted(limit, done) && (hit = str_find(text, what, at)) < text.len; done++) {
    engine_tick(engine);
    buf_str(&out, str_slice(text, at, hit));
    jsonata_put_text(engine, &out, with);
    at = hit + what.len;
  }
  buf_str(&out, str_slice(text, at, text.len));
  return jsonata_finish_string(engine, &out);
}

static void put_replaced(Engine *engine, Buf *out, Value with, const Match *match, Value answer) {
  if (is_string(with) && match->regex) {
    put_replacement(out, json_str(with), match);
    return;
  }
  Value replaced = is_string(with) ? with : jsonata_apply(engine, with, &answer, 1, &JSON_THE_NULL, engine->frame);
  if (!is_string(replaced)) FAIL(engine, "D3012", .value = replaced);
  buf_str(out, json_str(replaced));
}

NATIVE(replace) {
  Value text = ARGUMENT(0), what = ARGUMENT(1), with = ARGUMENT(2), limit = ARGUMENT(3);
  if (!text) return NULL;
  if (is_string(what) && what->count == 0) FAIL(engine, "D3010", .value = what);
  if (limit && limit->number < 0) FAIL(engine, "D3011", .value = limit);
  if (!what || !with || !wanted(limit, 0)) return text;
  if (is_string(what)) return replace_text(engine, json_str(text), json_str(what), with, limit);
  Match match;
  if (!jsonata_match_first(engine, what, text, &match)) return text;
  Buf out = {.arena = engine->arena};
  size_t at = 0, done = 0;
  bool more = true; // the next one is looked for before the limit is
  for (; more && wanted(limit, done); done++, more = jsonata_match_next(engine, &match)) {
    buf_str(&out, str_slice(match.subject, at, match.start));
    put_replaced(engine, &out, with, &match, is_string(with) ? NULL : jsonata_match_answer(engine, &match));
    at = match.start + match.text.len;
  }
  buf_str(&out, str_slice(match.subject, at, match.subject.len));
  return jsonata_finish_string(engine, &out);
}

// --- $split

static void push_text(Engine *engine, Str text) {
  stack_push(engine, jsonata_new_string(engine, text));
}

static void split_text(Engine *engine, Str text, Str at, double most) {
  size_t base = engine->top;
  if (at.len == 0) {
    for (size_t i = 0, len; i < text.len && (double)(engine->top - base) < most; i += len) {
      jsonata_text_point(text, i, &len);
      push_text(engine, str_slice(text, i, i + len));
    }
    return;
  }
  for (size_t from = 0; (double)(engine->top - base) < most;) {
    engine_tick(engine);
    size_t hit = str_find(text, at, from);
    push_text(engine, str_slice(text, from, hit));
    if (hit >= text.len) return;
    from = hit + at.len;
  }
}

static void split_matches(Engine *engine, Value text, Value matcher, Value limit) {
  size_t base = engine->top, from = 0;
  Match match;
  if (!jsonata_match_first(engine, matcher, text, &match)) {
    stack_push(engine, text);
    return;
  }
  bool more = true;
  while (more && wanted(limit, engine->top - base)) {
    push_text(engine, str_slice(match.subject, from, match.start));
    from = match.end;
    more = jsonata_match_next(engine, &match);
  }
  if (wanted(limit, engine->top - base)) push_text(engine, str_slice(match.subject, from, match.subject.len));
}

NATIVE(split) {
  Value text = ARGUMENT(0), at = ARGUMENT(1), limit = ARGUMENT(2);
  if (!text) return NULL;
  if (limit && limit->number < 0) FAIL(engine, "D3020", .value = limit);
  size_t base = engine->top;
  if (!at) {
    stack_push(engine, text);
  } else if (is_string(at)) {
    split_text(engine, json_str(text), json_str(at), limit ? floor(limit->number) : HUGE_VAL);
  } else if (wanted(limit, 0)) {
    split_matches(engine, text, at, limit);
  }
  return jsonata_stack_array(engine, base, 0);
}
