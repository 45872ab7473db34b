// mlopsc test: runs the `test` blocks of specs.
#include "base/sys.h"
#include "check/check.h"
#include "cli/cli.h"
#include "cli/specs.h"
#include "dry/test.h"

typedef struct Session {
  Args *args;
  Arena *arena;
  Sources sources;
  Diags diags;
  size_t passed, failed, made_up;
  Buf junit;
  VEC(Str) untested; // flows and steps that no test visited
} Session;

static void escape_xml(Buf *out, Str text) {
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    if (c == '<')
      buf_str(out, S("&lt;"));
    else if (c == '>')
      buf_str(out, S("&gt;"));
    else if (c == '&')
      buf_str(out, S("&amp;"));
    else if (c == '"')
      buf_str(out, S("&quot;"));
    else if ((unsigned char)c < 0x20 && c != '\n' && c != '\t')
      buf_char(out, '?');
    else
      buf_char(out, c);
  }
}

static void report_junit(Session *s, const TestReport *report, Str spec) {
  Buf *out = &s->junit;
  buf_str(out, S("    <testcase classname=\""));
  escape_xml(out, spec);
  buf_str(out, S("\" name=\""));
  escape_xml(out, report->test->name);
  buf_fmt(out, "\" time=\"%.6f\"", report->seconds);
  buf_str(out, report->failures.len ? S(">\n") : S("/>\n"));
  for (size_t i = 0; i < report->failures.len; i++) {
    buf_str(out, S("      <failure message=\""));
    escape_xml(out, report->failures.at[i].text);
    buf_str(out, S("\"/>\n"));
  }
  if (report->failures.len) buf_str(out, S("    </testcase>\n"));
}

static void report_test(Session *s, const TestReport *report) {
  bool colour = use_colour(1);
  Buf out = {.arena = s->arena};
  bool good = report->failures.len == 0;
  const char *mark = good ? (colour ? "\033[32mok\033[0m  " : "ok  ") : (colour ? "\033[31mFAIL\033[0m" : "FAIL");
  buf_fmt(&out, "%s %.*s\n", mark, STR_ARG(report->test->name));
  sys_out(1, buf_text(&out));
  for (size_t i = 0; i < report->failures.len; i++) {
    const TestFailure *failure = &report->failures.at[i];
    diag(&s->diags, DIAG_ERROR, "E0710", failure->span, "%.*s", STR_ARG(failure->text));
  }
}

static void walk(const Graph *graph, void (*see)(void *with, const State *state), void *with) {
  for (size_t i = 0; i < graph->states.len; i++) {
    const State *state = graph->states.at[i];
    see(with, state);
    if (state->body) walk(state->body, see, with);
    for (size_t k = 0; k < state->branches.len; k++) walk(state->branches.at[k], see, with);
  }
}

typedef struct Coverage {
  Session *session;
  const Map *entered;
  Str flow;
  size_t states, seen;
} Coverage;

static void see_state(void *with, const State *state) {
  Coverage *c = with;
  c->states++;
  if (map_get(c->entered, str_fmt(c->session->arena, "%.*s/%.*s", STR_ARG(c->flow), STR_ARG(state->name))))
    c->seen++;
  else
    VEC_PUSH(c->session->arena, &c->session->untested,
             str_fmt(c->session->arena, "  %.*s: %.*s\n", STR_ARG(c->flow), STR_ARG(state->name)));
}

static void report_coverage(Session *s, const Model *model, const Map *entered) {
  Coverage c = {.session = s, .entered = entered};
  for (size_t i = 0; i < model->flows.len; i++) {
    c.flow = model->flows.at[i]->name;
    walk(&model->flows.at[i]->graph, see_state, &c);
  }
  Buf out = {.arena = s->arena};
  buf_fmt(&out, "%zu of %zu states entered%s\n", c.seen, c.states, s->untested.len ? "; never entered:" : "");
  for (size_t i = 0; i < s->untested.len; i++) buf_str(&out, s->untested.at[i]);
  sys_out(1, buf_text(&out));
}

static void run_spec(Session *s, Str path) {
  uint32_t file = source_add(&s->sources, path, read_or_exit(s->arena, path));
  const Model *model = check_pipeline(s->arena, &s->sources, file, &s->diags);
  if (!model) return;
  Map definitions = {.arena = s->arena}, entered = {.arena = s->arena};
  for (size_t i = 0; i < model->tests.len; i++) {
    TestReport report;
    test_run(s->arena, model, &model->tests.at[i], &definitions, &s->diags, &report);
    report_test(s, &report);
    report_junit(s, &report, path);
    s->made_up += report.trace.made_up;
    if (report.failures.len)
      s->failed++;
    else
      s->passed++;
    for (size_t k = 0; k < report.trace.entered.len; k++) {
      Str name = report.test->flow->name, state = report.trace.entered.at[k];
      map_set(&entered, str_fmt(s->arena, "%.*s/%.*s", STR_ARG(name), STR_ARG(state)), s);
    }
  }
  if (args_flag(s->args, "--coverage")) report_coverage(s, model, &entered);
}

static int run(Args *args) {
  SpecList specs = {0};
  int status = find_specs(args, &specs);
  if (status != EXIT_GOOD) return status;
  Session session = {.args = args, .arena = args->arena};
  session.sources.arena = session.diags.arena = session.junit.arena = args->arena;
  for (size_t i = 0; i < specs.list.len; i++) run_spec(&session, specs.list.at[i].path);
  Buf out = {.arena = args->arena};
  diags_write_text(&out, &session.diags, &session.sources, use_colour(2));
  sys_out(2, buf_text(&out));
  out.len = 0;
  buf_fmt(&out, "%zu passed, %zu failed", session.passed, session.failed);
  if (session.made_up) buf_fmt(&out, " (%zu answers that no mock gave were made up)", session.made_up);
  buf_char(&out, '\n');
  sys_out(1, buf_text(&out));
  Str path, why;
  if (args_value(args, "--junit", &path)) {
    Str text = str_fmt(args->arena,
                       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"mlopsc test\" "
                       "tests=\"%zu\" failures=\"%zu\">\n%.*s  </testsuite>\n</testsuites>\n",
                       session.passed + session.failed, session.failed, STR_ARG(buf_text(&session.junit)));
    if (!sys_write(args->arena, path, text, false, &why)) fatal("cannot write %.*s", STR_ARG(why));
  }
  return diags_failed(&session.diags) ? EXIT_FINDINGS : EXIT_GOOD;
}

static const Option options[] = {
    {"--junit", "FILE", "write the results as JUnit XML too"},
    {"--coverage", NULL, "say which states no test entered"},
    {0},
};
const Command command_test = {
    "test",  "run the tests of pipeline specs", "[SPEC…] [--junit FILE] [--coverage]",
    options, "mlopsc test train.mlops",         run,
};
