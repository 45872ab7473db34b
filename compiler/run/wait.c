// Wait: Seconds, SecondsPath, Timestamp, TimestampPath.
#include "run/engine.h"
#include "run/instant.h"
#include "run/value.h"
#include "base/planted.h"

// How far ahead of now an instant may lie.
static const double ahead_most = 2147483647.0;

static const Json *found(Evaluation *e, const Field *field) {
  if (field->kind != FIELD_PATH) return field_get(e, field);
  const Json *root, *value = evaluation_path(e, &field->path, &root);
  if (value) return value;
  return evaluation_fail(e, S("States.Runtime"), "The %.*s parameter does not reference an input value: %.*s",
                         STR_ARG(field->name), STR_ARG(field->path.source));
}

static bool seconds_of(Evaluation *e, const State *s, double *seconds) {
  const Field *field = &s->seconds;
  const Json *value = s->jsonata ? template_make_kind(e, field->value, JSON_NUMBER) : found(e, field);
  if (!value) return false;
  Str text = value->kind == JSON_STRING ? json_str(value) : value_text(e->arena, value);
  if (!value_whole(value)) {
    if (s->jsonata) {
      evaluation_fail(e, S("States.QueryEvaluationError"), "The %.*s field cannot be parsed as a long value: %.*s",
                      STR_ARG(field->name), STR_ARG(text));
      e->failure.evaluation = e->failure.entered = true;
      e->failure.location = field->name;
    } else {
      evaluation_fail(e, S("States.Runtime"), "The %.*s parameter cannot be parsed as a long value: %.*s == %.*s",
                      STR_ARG(field->name), STR_ARG(field->path.source), STR_ARG(text));
    }
    return false;
  }
  *seconds = value->number;
  PLANTED(*seconds > 1e6);
  if (*seconds >= 0) return true;
  evaluation_fail(e, s->jsonata ? S("States.QueryEvaluationError") : S("States.Runtime"),
                  s->jsonata ? "The %.*s field references a negative value: %.*s%.*s"
                             : "The %.*s parameter references a negative value: %.*s == %.*s",
                  STR_ARG(field->name), STR_ARG(field->path.source), STR_ARG(text));
  if (s->jsonata) e->failure.evaluation = e->failure.entered = true, e->failure.location = field->name;
  return false;
}

static bool instant_of(Evaluation *e, const State *s, double *instant) {
  const Field *field = &s->timestamp;
  const Json *value = s->jsonata ? template_make_kind(e, field->value, JSON_STRING) : found(e, field);
  if (!value) return false;
  Str text = value->kind == JSON_STRING ? json_str(value) : value_text(e->arena, value);
  if (value->kind == JSON_STRING && instant_read(text, instant)) return true;
  if (s->jsonata) {
    evaluation_fail(e, S("States.QueryEvaluationError"),
                    "The %.*s field cannot be parsed as an ISO-8601 extended offset date-time format string: %.*s",
                    STR_ARG(field->name), STR_ARG(text));
    e->failure.evaluation = e->failure.entered = true;
    e->failure.location = field->name;
  } else {
    evaluation_fail(e, S("States.Runtime"),
                    "The %.*s parameter does not reference a valid ISO-8601 extended offset date-time format string: "
                    "%.*s == %.*s",
                    STR_ARG(field->name), STR_ARG(field->path.source), STR_ARG(text));
  }
  return false;
}

void wait_attempt(Engine *g, Thread *t) {
  const State *s = t->state;
  const Json *input = effective_input(g, t);
  if (!input) return;
  Evaluation e = evaluation_of(t, input);
  double until;
  bool good = s->seconds.kind != FIELD_NONE ? seconds_of(&e, s, &until) : instant_of(&e, s, &until);
  if (good && s->seconds.kind != FIELD_NONE) until += g->now;
  if (good && until - g->now > ahead_most) {
    evaluation_fail(&e, S("States.Runtime"), "Wait state delay is too long.");
    good = false;
  }
  if (!good) {
    fail(g, t, e.failure);
    return;
  }
  t->stamp++;
  queue_add(g, t, until, DUE_WAKE);
}
