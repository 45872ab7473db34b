// Clauses of calls: time-outs, heartbeats, retries.
#include "base/embed.h"
#include "check/flow.h"
#include "facts/facts.h"

// The outermost clause of a kind that any enclosing call gives; its scope in *scope. `taken` is its flag in a frame.
// What a step says of the call itself does not hold for an answer that is awaited.
const Expr *clause(FlowBuild *f, size_t offset, size_t taken, Scope **scope) {
  const Expr *found = NULL;
  bool holds = f->mode != CALL_AWAIT;
  for (ClauseFrame *frame = f->frames; frame; frame = frame->outer) {
    const Expr *expr = *(Expr *const *)((const char *)frame->clauses + offset);
    holds = holds || frame->awaits;
    if (!expr) continue;
    if (holds) found = expr, *scope = frame->scope;
    *(bool *)((char *)frame + taken) = true;
  }
  return found;
}

static void not_taken(Checker *c, Span span, const char *clause, const char *why) {
  Diag *d = diag(c->diags, DIAG_ERROR, "E0325", span, "nothing here takes `%s`", clause);
  diag_help(c->diags, d, "%s", why);
}

void clauses_taken(Checker *c, const ClauseFrame *frame) {
  const Clauses *given = frame->clauses;
  if (given->timeout && !frame->timeout) not_taken(c, given->timeout->span, "timeout", "it limits a call");
  if (given->heartbeat && !frame->heartbeat)
    not_taken(c, given->heartbeat->span, "heartbeat", "only who is waited for by `await` sends heartbeats");
  if (given->role && !frame->role) not_taken(c, given->role->span, "as", "it is the role of a call");
  if (given->needs && !frame->needs)
    not_taken(c, given->needs->span, "needs", "it is what a call's role may do besides");
  if (given->name && !frame->name)
    not_taken(c, given->name->span, "name", "it names the execution of a flow that is called or started");
}

static bool is_none(const Expr *expr) {
  return expr->kind == EXPR_NAME && str_eq(expr->name.text, S("none"));
}

const Value *duration_clause(FlowBuild *f, const Expr *expr, Scope *scope, Str what, double otherwise) {
  if (!expr) return otherwise > 0 ? value_number(f->c->arena, otherwise, UNIT_SECONDS, NO_SPAN) : NULL;
  if (is_none(expr)) return NULL;
  const Value *value = require_present(f->c, eval_as(f->c, scope, expr, &TYPE_DURATION, what));
  if (is_poison(value)) return NULL;
  if (value->kind == VALUE_NUMBER && (value->number < 1 || value->number > 99999999)) {
    diag(f->c->diags, DIAG_ERROR, "E0801", value->span, "%.*s is from 1 second to 99999999 seconds", STR_ARG(what));
    return NULL;
  }
  return settle(f, value, NULL);
}

static double constant_number(Checker *c, Scope *scope, const Expr *expr, double otherwise, const Type *type,
                              const char *what) {
  if (!expr) return otherwise;
  const Value *value = eval_as(c, scope, expr, type, str_of(what));
  if (is_poison(value) || !require_time(c, value, TIME_COMPILE, what)) return otherwise;
  return value->number;
}

void check_error_word(Checker *c, Str name, Span span) {
  if (str_find(name, S("*"), 0) == name.len) return;
  Diag *d = diag(c->diags, DIAG_ERROR, "E0321", span, "`%.*s`: names of errors are whole, so it catches nothing",
                 STR_ARG(name));
  diag_help(c->diags, d, "name each error; `States.TaskFailed` is every error of a call but time-outs");
}

static void check_error_name(FlowBuild *f, const State *state, Str name, Span span) {
  check_error_word(f->c, name, span);
  FactsTask task = facts_task(state->resource);
  Str nearest;
  FactsErrorAnswer answer = facts_task_raises(&task, name, f->c->arena, &nearest);
  if (answer == FACTS_ERROR_SPELLING) {
    Diag *d = diag(f->c->diags, DIAG_ERROR, "E0321", span, "this call never raises `%.*s`", STR_ARG(name));
    diag_help(f->c->diags, d, "it is spelt `%.*s`", STR_ARG(nearest));
  } else if (answer == FACTS_ERROR_CANNOT) {
    diag(f->c->diags, DIAG_ERROR, "E0321", span, "this call never raises `%.*s`", STR_ARG(name));
  } else if (nearest.len) {
    Diag *d = diag(f->c->diags, DIAG_WARNING, "E0321", span, "the tables do not know that this call raises `%.*s`",
                   STR_ARG(name));
    diag_help(f->c->diags, d, "did you mean `%.*s`?", STR_ARG(nearest));
  }
}

// Whether something in the graph from its state `from` on may raise an error; *nearest gets what is spelt like it.
static bool may_raise(Checker *c, const Graph *graph, size_t from, Str name, Str *nearest) {
  for (size_t i = from; i < graph->states.len; i++) {
    const State *state = graph->states.at[i];
    if (state->kind == STATE_RAW) return true;
    if (state->kind == STATE_FAIL && (state->error->kind != VALUE_STRING || str_eq(state->error->text, name)))
      return true;
    if (state->kind == STATE_TASK) {
      FactsTask task = facts_task(state->resource);
      Str near;
      FactsErrorAnswer answer = facts_task_raises(&task, name, c->arena, &near);
      if (answer == FACTS_ERROR_CAN || (answer == FACTS_ERROR_MAYBE && !near.len)) return true;
      if (near.len) *nearest = near;
    }
    if (state->body && may_raise(c, state->body, 0, name, nearest)) return true;
    for (size_t k = 0; k < state->branches.len; k++)
      if (may_raise(c, state->branches.at[k], 0, name, nearest)) return true;
  }
  return false;
}

void check_caught(FlowBuild *f, size_t from, Str name, Span span) {
  Str nearest = {0};
  if (str_starts(name, S("States.")) || may_raise(f->c, f->graph, from, name, &nearest)) return;
  DiagLevel level = nearest.len ? DIAG_WARNING : DIAG_ERROR;
  Diag *d = diag(f->c->diags, level, "E0321", span,
                 nearest.len ? "the tables do not know that a call in this `try` raises `%.*s`"
                             : "nothing in this `try` raises `%.*s`",
                 STR_ARG(name));
  if (nearest.len) diag_help(f->c->diags, d, "did you mean `%.*s`?", STR_ARG(nearest));
}

void add_needs(FlowBuild *f, State *state) {
  Checker *c = f->c;
  for (ClauseFrame *frame = f->frames; frame; frame = frame->outer) {
    if (!frame->clauses->needs) continue;
    frame->needs = true;
    size_t reasons = c->model->reasons.len;
    const Value *value = eval(c, frame->scope, frame->clauses->needs);
    for (size_t i = reasons; i < c->model->reasons.len; i++) { // why: this call, where a person wrote it
      PolicyReason *reason = &c->model->reasons.at[i];
      reason->what = str_fmt(c->arena, "%.*s: %.*s", STR_ARG(state->step), STR_ARG(reason->what));
      if (in_library(c, reason->span)) reason->span = span_known(f->origin) ? f->origin : state->span;
    }
    if (is_poison(value) || !require_time(c, value, TIME_DEPLOY, "what a call needs")) continue;
    bool list = value->kind == VALUE_LIST;
    for (size_t i = 0; list && i < value->count; i++) {
      list = value->items[i]->kind == VALUE_OBJECT && value_member(value->items[i], S("Action"));
      if (list) VEC_PUSH(c->arena, &state->needs, value->items[i]);
    }
    if (list) continue;
    Diag *d = diag(c->diags, DIAG_ERROR, "E0328", value->span, "`needs` takes policy statements");
    diag_help(c->diags, d, "say what is used: `needs grants(data, \"read\")`");
  }
}

static void add_retry(FlowBuild *f, State *state, Scope *scope, const RetryClause *clause_) {
  Checker *c = f->c;
  Retry retry = {.attempts = -1, .jitter = clause_->jitter};
  retry.errors = NEW_N(c->arena, Str, clause_->errors.len + 1);
  for (size_t i = 0; i < clause_->errors.len; i++) {
    const Value *name = eval_as(c, scope, clause_->errors.at[i], &TYPE_STRING, S("an error's name"));
    if (!value_is_string(name, &retry.errors[retry.error_count])) {
      if (!is_poison(name)) require_time(c, name, TIME_COMPILE, "an error's name");
      continue;
    }
    check_error_name(f, state, retry.errors[retry.error_count], name->span);
    retry.error_count++;
  }
  if (retry.error_count == 0) retry.errors[retry.error_count++] = S("States.ALL");
  size_t errors = c->diags->counts[DIAG_ERROR];
  retry.interval = constant_number(c, scope, clause_->every, 0, &TYPE_DURATION, "a retry's interval");
  retry.backoff = constant_number(c, scope, clause_->backoff, 0, &TYPE_NUMBER, "a retry's backoff");
  retry.most = constant_number(c, scope, clause_->most, 0, &TYPE_DURATION, "a retry's longest delay");
  retry.attempts = (int)constant_number(c, scope, clause_->times, -1, &TYPE_NUMBER, "a retry's number of attempts");
  bool known = c->diags->counts[DIAG_ERROR] == errors;
  if (known && clause_->backoff && retry.backoff < 1) {
    diag(c->diags, DIAG_ERROR, "E0802", clause_->backoff->span, "a backoff is at least 1");
  }
  if (known && clause_->every && (retry.interval < 1 || retry.interval > 99999999)) {
    diag(c->diags, DIAG_ERROR, "E0802", clause_->every->span, "a retry's interval is at least 1 second");
  }
  VEC_PUSH(c->arena, &state->retries, retry);
}

// The errors of a call that pass by themselves, from the table, spelt as this integration spells them (an optimized one
// says SQS, the SDK's says Sqs); false: none are known.
static bool transient_errors(Checker *c, const State *state, Retry *retry) {
  FactsTask task = facts_task(state->resource);
  Str text;
  if (!embed_find(S("facts/transient_errors.tsv"), &text)) return false;
  while (text.len) {
    Str line = str_cut(text, '\n', &text), rest;
    Str row_service = str_cut(line, '\t', &rest), row_action = str_cut(rest, '\t', &rest);
    if (!str_eq(row_service, state->service)) continue;
    if (!str_eq(row_action, S("*")) && !str_eq(row_action, state->action)) continue;
    retry->errors = NEW_N(c->arena, Str, rest.len / 2 + 1);
    while (rest.len) {
      Str name = str_cut(rest, ' ', &rest), nearest;
      bool respelt = facts_task_raises(&task, name, c->arena, &nearest) == FACTS_ERROR_SPELLING;
      retry->errors[retry->error_count++] = respelt ? nearest : name;
    }
    return true;
  }
  return false;
}

void container_clauses(Checker *c, Scope *scope, const Stmt *stmt, State *state) {
  ClauseFrame frame = {.clauses = &stmt->clauses, .scope = scope};
  for (size_t i = 0; i < stmt->clauses.retries.len; i++) {
    if (!stmt->clauses.retries.at[i].none) add_retry(scope->flow, state, scope, &stmt->clauses.retries.at[i]);
  }
  clauses_taken(c, &frame);
}

void add_retries(FlowBuild *f, State *state) {
  ClauseFrame *with = NULL;
  for (ClauseFrame *frame = f->frames; frame; frame = frame->outer) {
    if (frame->clauses->retries.len) with = frame;
    frame->retries = true;
  }
  for (size_t i = 0; with && i < with->clauses->retries.len; i++) {
    const RetryClause *retry = &with->clauses->retries.at[i];
    if (retry->none) return;
    if (retry->errors.len)
      add_retry(f, state, with->scope, retry);
    else {
      add_retry(f, state, with->scope, retry);
      Retry *last = &state->retries.at[state->retries.len - 1], known = {0};
      if (transient_errors(f->c, state, &known)) { last->errors = known.errors, last->error_count = known.error_count; }
    }
  }
  if (with) return;
  Retry retry = {.interval = 2, .attempts = 6, .backoff = 2, .jitter = true};
  if (transient_errors(f->c, state, &retry)) VEC_PUSH(f->c->arena, &state->retries, retry);
}
