#include "base/map.h"
#include "run/mocks.h"
#include "run/sdk_answer.h"
#include "run/value.h"
#include <stdlib.h>

enum { TIMES_MOST = 1000000000 };

Mocks *mocks_new(Arena *arena, uint64_t seed) {
  Mocks *mocks = NEW(arena, Mocks);
  *mocks = (Mocks){.arena = arena, .states = {.arena = arena}, .random = seed};
  return mocks;
}

void mocks_add(Mocks *mocks, Str state, Mock mock) {
  MockList *list = map_get(&mocks->states, state);
  if (!list) {
    list = NEW(mocks->arena, MockList);
    map_set(&mocks->states, state, list);
  }
  VEC_PUSH(mocks->arena, &list->mocks, mock);
}

// --- Reading

static const Json *text_or_null(const Json *value) {
  return json_is(value, JSON_STRING) ? value : NULL;
}

// A cause may be written as JSON; the service has it as text.
static const Json *cause_of(Arena *arena, const Json *value) {
  if (!value || value->kind == JSON_NULL) return NULL;
  return value->kind == JSON_STRING ? value : json_string(arena, value_text(arena, value));
}

static bool read_entry(Mocks *mocks, Str state, const Json *entry, Str *why) {
  static const char *const known[] = {"return", "error", "cause", "submitted", "delay",
                                      "times",  "never", "hang",  "call"};
  if (!json_is(entry, JSON_OBJECT)) {
    *why = str_fmt(mocks->arena, "an answer of '%.*s' is no object", STR_ARG(state));
    return false;
  }
  for (uint32_t i = 0; i < entry->count; i++) {
    size_t k = 0;
    while (k < sizeof known / sizeof *known && !str_eq(entry->members[i].key, str_of(known[k]))) k++;
    if (k == sizeof known / sizeof *known) {
      *why = str_fmt(mocks->arena, "an answer of '%.*s' has a member '%.*s', which means nothing", STR_ARG(state),
                     STR_ARG(entry->members[i].key));
      return false;
    }
  }
  const Json *delay = json_get(entry, S("delay")), *times = json_get(entry, S("times"));
  Mock mock = {.iteration = json_get(json_get(entry, S("call")), S("iteration"))};
  mock.answer.value = json_get(entry, S("return"));
  mock.answer.error = text_or_null(json_get(entry, S("error")));
  mock.answer.cause = cause_of(mocks->arena, json_get(entry, S("cause")));
  mock.answer.submitted = json_get(entry, S("submitted"));
  mock.answer.delay = json_is(delay, JSON_NUMBER) && delay->number > 0 ? delay->number : 0;
  mock.answer.never = json_is(json_get(entry, S("never")), JSON_TRUE) || json_is(json_get(entry, S("hang")), JSON_TRUE);
  if (json_is(times, JSON_NUMBER) && times->number >= 1) {
    mock.times = times->number < TIMES_MOST ? (uint32_t)times->number : TIMES_MOST;
  }
  if (!mock.answer.value && !mock.answer.never && !json_get(entry, S("error")) && !json_get(entry, S("cause"))) {
    *why = str_fmt(mocks->arena, "an answer of '%.*s' has neither return nor error nor never", STR_ARG(state));
    return false;
  }
  mocks_add(mocks, state, mock);
  return true;
}

static bool read_short(Mocks *mocks, const Json *file, Str *why) {
  for (uint32_t i = 0; i < file->count; i++) {
    Str state = file->members[i].key;
    const Json *list = file->members[i].value;
    if (json_is(list, JSON_OBJECT)) {
      if (!read_entry(mocks, state, list, why)) return false;
      continue;
    }
    if (!json_is(list, JSON_ARRAY) || !list->count) {
      *why = str_fmt(mocks->arena, "'%.*s' holds no list of answers", STR_ARG(state));
      return false;
    }
    for (uint32_t k = 0; k < list->count; k++) {
      if (!read_entry(mocks, state, list->items[k], why)) return false;
    }
  }
  return true;
}

// "0" or "1-3": how many calls a response of a mock configuration is for.
static uint32_t range_length(Str range) {
  Str last, first = str_cut(range, '-', &last);
  if (!last.len) return 1;
  Arena arena = {0};
  long from = strtol(str_z(&arena, first), NULL, 10), to = strtol(str_z(&arena, last), NULL, 10);
  arena_free(&arena);
  return to >= from && to - from < 1000000 ? (uint32_t)(to - from + 1) : 1;
}

static bool read_response(Mocks *mocks, Str state, const Json *responses, Str *why) {
  if (!json_is(responses, JSON_OBJECT) || !responses->count) {
    *why = str_fmt(mocks->arena, "the mocked response of '%.*s' is not there", STR_ARG(state));
    return false;
  }
  for (uint32_t i = 0; i < responses->count; i++) {
    const Json *response = responses->members[i].value, *thrown = json_get(response, S("Throw"));
    Mock mock = {.times = range_length(responses->members[i].key), .api = true};
    mock.answer.value = json_get(response, S("Return"));
    mock.answer.error = text_or_null(json_get(thrown, S("Error")));
    mock.answer.cause = cause_of(mocks->arena, json_get(thrown, S("Cause")));
    if (!mock.answer.value && !thrown) {
      *why = str_fmt(mocks->arena, "a mocked response of '%.*s' has neither Return nor Throw", STR_ARG(state));
      return false;
    }
    mocks_add(mocks, state, mock);
  }
  return true;
}

static bool read_config(Mocks *mocks, const Json *file, Str machine, Str test_case, Str *why) {
  const Json *machines = json_get(file, S("StateMachines")), *responses = json_get(file, S("MockedResponses"));
  const Json *own = json_get(machines, machine);
  if (!own && json_is(machines, JSON_OBJECT) && machines->count == 1) own = machines->members[0].value;
  const Json *cases = json_get(own, S("TestCases")), *states = json_get(cases, test_case);
  if (!json_is(states, JSON_OBJECT)) {
    Nearest nearest = nearest_to(test_case);
    for (uint32_t i = 0; json_is(cases, JSON_OBJECT) && i < cases->count; i++) {
      nearest_offer(&nearest, cases->members[i].key);
    }
    Str best = nearest_best(&nearest);
    *why = str_fmt(mocks->arena, "there is no test case '%.*s'%s%.*s%s", STR_ARG(test_case),
                   best.len ? "; did you mean '" : "", STR_ARG(best), best.len ? "'?" : "");
    return false;
  }
  for (uint32_t i = 0; i < states->count; i++) {
    const Json *name = states->members[i].value;
    const Json *response = json_is(name, JSON_STRING) ? json_get(responses, json_str(name)) : NULL;
    if (!read_response(mocks, states->members[i].key, response, why)) return false;
  }
  return true;
}

bool mocks_read(Mocks *mocks, const Json *file, Str machine, Str test_case, Str *why) {
  if (!json_is(file, JSON_OBJECT)) return *why = S("a mocks file is a JSON object"), false;
  return test_case.len ? read_config(mocks, file, machine, test_case, why) : read_short(mocks, file, why);
}

// --- Answering

static bool for_iteration(const Mock *mock, const RunCall *call) {
  const Json *path = mock->iteration;
  if (!json_is(path, JSON_ARRAY)) return true;
  if (path->count != call->iteration_count) return false;
  for (uint32_t i = 0; i < path->count; i++) {
    if (!json_is(path->items[i], JSON_NUMBER) || path->items[i]->number != call->iteration[i]) return false;
  }
  return true;
}

static bool is_left(const Mock *mock) {
  return mock->used < (mock->times ? mock->times : 1);
}

// The next answer for such a call: first one that is for this iteration, else any that is left, else the last again.
static Mock *pick(MockList *list, const RunCall *call) {
  for (int strict = 1; strict >= 0; strict--) {
    for (size_t i = 0; i < list->mocks.len; i++) {
      Mock *mock = &list->mocks.at[i];
      if (is_left(mock) && (!strict || for_iteration(mock, call))) return mock;
    }
  }
  return &list->mocks.at[list->mocks.len - 1];
}

bool mocks_answer(void *with, Arena *arena, const RunCall *call, RunAnswer *answer, Str *why) {
  Mocks *mocks = with;
  (void)why;
  MockList *list = map_get(&mocks->states, call->state->name);
  if (!list) return false;
  Mock *mock = pick(list, call);
  mock->used++;
  *answer = mock->answer;
  const TaskResource *r = &call->state->resource;
  if (mock->api && answer->value) answer->value = sdk_answer(arena, call, answer->value, &mocks->random);
  if (!answer->submitted && r->kind == TASK_SERVICE && r->pattern != PATTERN_REQUEST) {
    answer->submitted = sdk_submitted(arena, call, &mocks->random);
  }
  return true;
}
