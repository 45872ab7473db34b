#include "run/steps.h"
#include "base/sys.h"

enum { WIDTH = 100 };

// "2d 3h", "1.5s", "0s"
static Str lasting(Arena *arena, double seconds) {
  if (seconds < 60) return str_fmt(arena, "%.3gs", seconds);
  static const struct {
    double size;
    const char *unit;
  } units[] = {{86400, "d"}, {3600, "h"}, {60, "m"}, {1, "s"}};
  Buf out = {.arena = arena};
  for (int i = 0, shown = 0; i < 4 && shown < 2; i++) {
    double count = (double)(int64_t)(seconds / units[i].size);
    seconds -= count * units[i].size;
    if (count > 0) buf_fmt(&out, "%s%.0f%s", shown++ ? " " : "", count, units[i].unit);
  }
  return buf_text(&out);
}

static Str shortened(Str text) {
  return text.len <= WIDTH ? text : (Str){text.at, WIDTH};
}

static double left(StepPrinter *p, const RunEvent *e) {
  for (size_t i = p->open.len; i > 0; i--) {
    if (p->open.at[i - 1].state != e->state) continue;
    double entered = p->open.at[i - 1].entered;
    memmove(p->open.at + i - 1, p->open.at + i, (p->open.len - i) * sizeof *p->open.at);
    p->open.len--;
    return e->time - entered;
  }
  return 0;
}

static void line(StepPrinter *p, const RunEvent *e, const char *mark, double seconds, Str text) {
  buf_repeat(&p->lines, ' ', 2 * (size_t)e->depth);
  buf_fmt(&p->lines, "%s %.*s", mark, STR_ARG(e->state->name));
  Str time = lasting(p->arena, seconds);
  buf_fmt(&p->lines, "  (%s, %.*s)  %.*s%s\n", state_kind_names[e->state->kind], STR_ARG(time),
          STR_ARG(shortened(text)), text.len > WIDTH ? "…" : "");
}

void steps_event(StepPrinter *p, const RunEvent *e) {
  p->lines.arena = p->arena;
  switch (e->kind) {
  case EVENT_STATE_ENTERED: VEC_PUSH(p->arena, &p->open, (Step){e->state, e->depth, e->time}); return;
  case EVENT_STATE_EXITED: line(p, e, "✓", left(p, e), e->text); return;
  case EVENT_TASK_FAILED:
  case EVENT_TASK_TIMED_OUT:
  case EVENT_LAMBDA_FAILED:
  case EVENT_LAMBDA_TIMED_OUT:
  case EVENT_ACTIVITY_FAILED:
  case EVENT_ACTIVITY_TIMED_OUT:
  case EVENT_EVALUATION_FAILED: line(p, e, "✗", 0, e->error ? json_str(e->error) : S("failed")); return;
  default: return;
  }
}

void steps_finish(StepPrinter *p, const RunResult *r) {
  Buf out = {.arena = p->arena};
  const char *red = p->colour ? "\x1b[31m" : "", *green = p->colour ? "\x1b[32m" : "",
             *plain = p->colour ? "\x1b[0m" : "";
  Str time = lasting(p->arena, r->elapsed);
  if (r->status != RUN_SUCCEEDED) {
    Str name = r->state ? r->state->name : S("the execution"),
        error = r->error ? json_str(r->error) : S("no error name");
    buf_fmt(&out, "%s%s%s in '%.*s': %.*s\n", red, run_status_names[r->status], plain, STR_ARG(name), STR_ARG(error));
    if (r->cause) buf_fmt(&out, "  %.*s\n", STR_ARG(json_str(r->cause)));
    buf_char(&out, '\n');
  }
  buf_str(&out, buf_text(&p->lines));
  if (r->status == RUN_SUCCEEDED) {
    buf_fmt(&out, "\n%s%s%s after %.*s of virtual time\n", green, run_status_names[r->status], plain, STR_ARG(time));
    json_write(&out, r->output, JSON_INDENT);
    buf_char(&out, '\n');
  }
  sys_out(1, buf_text(&out));
}
