// Calls: of functions, steps, methods, flows, and AWS actions; the last three make states.
#include "base/embed.h"
#include "check/internal.h"
#include "data/json.h"
#include "facts/facts.h"

// ---------------------------------------------------------------- services and actions

Entity *service_named(Checker *c, Str name) {
  FactsService service;
  bool known = facts_service(name, &service);
  for (size_t i = 0; !known && i < facts_integrations(); i++) known = str_eq(facts_integration_at(i).service, name);
  if (!known) return NULL;
  Entity *entity = entity_new(c, ENTITY_SERVICE, (Word){name, NO_SPAN}, NULL, NULL);
  entity->service = name;
  entity->progress = 2;
  return entity;
}

Entity *action_named(Checker *c, Entity *service, Str name, Nearest *nearest) {
  FactsIntegration integration;
  FactsService sdk;
  FactsOperation operation;
  bool has_sdk = facts_service(service->service, &sdk);
  if (facts_integration(service->service, name, &integration) || (has_sdk && facts_operation(sdk, name, &operation))) {
    Entity *entity = entity_new(c, ENTITY_ACTION, (Word){name, NO_SPAN}, NULL, NULL);
    entity->name = str_fmt(c->arena, "%.*s.%.*s", STR_ARG(service->service), STR_ARG(name));
    entity->service = service->service;
    entity->action = name;
    entity->progress = 2;
    return entity;
  }
  for (size_t i = 0; i < facts_integrations(); i++) {
    FactsIntegration other = facts_integration_at(i);
    if (str_eq(other.service, service->service)) nearest_offer(nearest, other.action);
  }
  for (size_t i = 0; has_sdk && i < facts_operations(sdk); i++)
    nearest_offer(nearest, facts_operation_at(sdk, i).action);
  return NULL;
}

// ---------------------------------------------------------------- arguments

Arguments arguments_of(Checker *c, Scope *scope, const FieldList *fields, Span span) {
  Arguments arguments = {.span = span};
  for (size_t i = 0; i < fields->len; i++) {
    const Field *field = &fields->at[i];
    if (field->spread) {
      const Value *value = eval(c, scope, field->value);
      for (size_t k = 0; value->kind == VALUE_OBJECT && k < value->count; k++) {
        CallArgument argument = {.name = {value->members[k].name, value->span}, .value = value->members[k].value};
        VEC_PUSH(c->arena, &arguments.given, argument);
      }
      continue;
    }
    CallArgument argument = {.name = field->name, .expr = field->value, .scope = scope};
    if (!field->name.text.len && field->value->kind == EXPR_NAME) argument.bare = field->value->name;
    VEC_PUSH(c->arena, &arguments.given, argument);
  }
  return arguments;
}

void arguments_add(Checker *c, Arguments *arguments, Str name, const Value *value) {
  VEC_PUSH(c->arena, &arguments->given, (CallArgument){.name = {name, arguments->span}, .value = value});
}

const Value *argument_value(Checker *c, CallArgument *argument, const Type *wanted) {
  if (argument->value) return argument->value;
  Str what = argument->name.text.len ? str_fmt(c->arena, "`%.*s`", STR_ARG(argument->name.text)) : S("the argument");
  argument->value = eval_as(c, argument->scope, argument->expr, wanted, what);
  return argument->value;
}

const Value *arguments_object(Checker *c, Arguments *arguments) {
  ValueMember *members = NEW_N(c->arena, ValueMember, arguments->given.len + 1);
  size_t count = 0;
  for (size_t i = 0; i < arguments->given.len; i++) {
    CallArgument *argument = &arguments->given.at[i];
    const Value *value = argument_value(c, argument, &TYPE_ANY);
    if (arguments->given.len == 1 && !argument->name.text.len) return value;
    if (!argument->name.text.len && argument->bare.text.len) argument->name = argument->bare;
    if (!argument->name.text.len) {
      diag(c->diags, DIAG_ERROR, "E0203", value->span, "this argument needs a name");
      continue;
    }
    if (value->kind != VALUE_MISSING || is_poison(value)) {
      members[count++] = (ValueMember){argument->name.text, value, argument->name.span};
    } else if (argument->expr && argument->expr->kind != EXPR_NULL) {
      VEC_PUSH(c->arena, &arguments->left_out, *argument);
    }
  }
  return value_object(c->arena, members, count, arguments->span);
}

static CallArgument *argument_for(Checker *c, Arguments *given, const Stmt *signature, size_t k) {
  const Parameter *param = &signature->params.at[k];
  CallArgument *found = NULL;
  size_t position = 0;
  for (size_t i = 0; i < given->given.len; i++) {
    CallArgument *argument = &given->given.at[i];
    bool match = argument->name.text.len ? str_eq(argument->name.text, param->name.text) : position++ == k;
    if (!match) continue;
    if (found) {
      Span span = !argument->name.text.len && argument->expr ? argument->expr->span : argument->name.span;
      diag(c->diags, DIAG_ERROR, "E0203", span, "`%.*s` is given twice", STR_ARG(param->name.text));
    }
    found = argument;
  }
  return found;
}

// f(x) means x: x where x is a parameter of f. Only arguments without a name have a position.
static void name_bare_arguments(Arguments *given, const Stmt *signature) {
  size_t position = 0;
  for (size_t i = 0; i < given->given.len; i++) {
    CallArgument *argument = &given->given.at[i];
    bool in_place =
        position < signature->params.len && str_eq(signature->params.at[position].name.text, argument->bare.text);
    for (size_t k = 0; !in_place && !argument->name.text.len && argument->bare.text.len && k < signature->params.len;
         k++) {
      if (str_eq(signature->params.at[k].name.text, argument->bare.text)) argument->name = argument->bare;
    }
    if (!argument->name.text.len) position++;
  }
}

static bool is_collector(const Parameter *param) {
  return str_eq(param->name.text, S("body"));
}

// A parameter named `body` takes, as one object, all fields that no other parameter names.
static const Value *collect_body(Checker *c, Arguments *given, const Stmt *signature, const Type *type, Str what) {
  Arguments rest = {.span = given->span};
  size_t kept = 0;
  for (size_t i = 0; i < given->given.len; i++) {
    bool named = false;
    for (size_t k = 0; k < signature->params.len && !named; k++) {
      named = !is_collector(&signature->params.at[k]) &&
              str_eq(signature->params.at[k].name.text, given->given.at[i].name.text);
    }
    if (named)
      given->given.at[kept++] = given->given.at[i];
    else
      VEC_PUSH(c->arena, &rest.given, given->given.at[i]);
  }
  given->given.len = kept;
  bool whole = rest.given.len == 1 && !rest.given.at[0].name.text.len; // one value is the whole
  if (whole) return fit(c, argument_value(c, &rest.given.at[0], type), type, what);
  ValueMember *members = NEW_N(c->arena, ValueMember, rest.given.len + 1);
  size_t count = 0;
  for (size_t i = 0; i < rest.given.len; i++) {
    CallArgument *argument = &rest.given.at[i];
    const Value *value = argument_value(c, argument, &TYPE_ANY);
    if (is_poison(value)) return value;
    if (!argument->name.text.len) argument->name = argument->bare;
    if (!argument->name.text.len) {
      diag(c->diags, DIAG_ERROR, "E0203", value->span, "this argument needs a name");
      return poison(c, value->span);
    }
    if (value->kind != VALUE_MISSING)
      members[count++] = (ValueMember){rest.given.at[i].name.text, value, rest.given.at[i].name.span};
  }
  return fit(c, value_object(c->arena, members, count, given->span), type, what);
}

// Returns the name of a parameter that a misspelt one was meant to be, or an empty text.
static Str report_unknown_arguments(Checker *c, Arguments *given, const Stmt *signature, Str what) {
  size_t position = 0;
  Str meant = {0};
  for (size_t i = 0; i < given->given.len; i++) {
    CallArgument *argument = &given->given.at[i];
    bool known = !argument->name.text.len && position++ < signature->params.len;
    for (size_t k = 0; !known && k < signature->params.len; k++) {
      known = argument->name.text.len && str_eq(signature->params.at[k].name.text, argument->name.text);
    }
    if (known) continue;
    if (!argument->name.text.len) {
      diag(c->diags, DIAG_ERROR, "E0206", argument->expr ? argument->expr->span : given->span,
           "%.*s takes %zu argument%s", STR_ARG(what), signature->params.len, signature->params.len == 1 ? "" : "s");
      continue;
    }
    Nearest nearest = nearest_to(argument->name.text);
    for (size_t k = 0; k < signature->params.len; k++) nearest_offer(&nearest, signature->params.at[k].name.text);
    Str best = nearest_best(&nearest);
    Diag *d = diag(c->diags, DIAG_ERROR, "E0204", argument->name.span, "%.*s has no `%.*s`", STR_ARG(what),
                   STR_ARG(argument->name.text));
    if (best.len) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(best));
    if (best.len) meant = best;
  }
  return meant;
}

const Value *bind_parameters(Checker *c, Scope *inside, const Stmt *signature, Arguments *given, Str what) {
  ValueMember *members = NEW_N(c->arena, ValueMember, signature->params.len + 1);
  size_t count = 0;
  const Value *body = NULL;
  name_bare_arguments(given, signature);
  for (size_t k = 0; k < signature->params.len; k++) {
    const Parameter *param = &signature->params.at[k];
    bool given_whole = false;
    for (size_t i = 0; i < given->given.len; i++)
      given_whole = given_whole || str_eq(given->given.at[i].name.text, S("body"));
    if (given_whole) break;
    if (is_collector(param)) body = collect_body(c, given, signature, type_of(c, inside, param->type), what);
  }
  Str meant = report_unknown_arguments(c, given, signature, what);
  for (size_t k = 0; k < signature->params.len; k++) {
    const Parameter *param = &signature->params.at[k];
    const Type *type = type_of(c, inside, param->type);
    if (body && is_collector(param)) {
      scope_bind_value(c, inside, param->name, body)->used = true;
      members[count++] = (ValueMember){param->name.text, body, param->name.span};
      continue;
    }
    CallArgument *argument = argument_for(c, given, signature, k);
    const Value *value = argument ? argument_value(c, argument, type) : value_missing(given->span);
    if (argument && !argument->expr)
      value = fit(c, value, type, str_fmt(c->arena, "`%.*s`", STR_ARG(param->name.text)));
    bool poisoned_argument = is_poison(value);
    if (!poisoned_argument && value->kind == VALUE_MISSING && param->value) {
      value = eval_as(c, inside, param->value, type, str_fmt(c->arena, "`%.*s`", STR_ARG(param->name.text)));
    } else if (!poisoned_argument && value->maybe && param->value && value->kind != VALUE_MISSING) {
      const Value *other = eval_as(c, inside, param->value, type, S("the default"));
      value = value_binary(c->arena, OP_DEFAULT, value, other, type, value->span);
    } else if (!poisoned_argument && value->kind == VALUE_MISSING && !param->optional &&
               str_eq(param->name.text, meant)) {
      value = poison(c, given->span); // it was told with the misspelt one
    } else if (!poisoned_argument && value->kind == VALUE_MISSING && !param->optional) {
      Diag *d = diag(c->diags, DIAG_ERROR, "E0205", given->span, "%.*s needs `%.*s` (%.*s)", STR_ARG(what),
                     STR_ARG(param->name.text), STR_ARG(type_text(c->arena, type)));
      if (param->doc.len) diag_help(c->diags, d, "%.*s", STR_ARG(param->doc));
      value = poison(c, given->span);
    } else if (!poisoned_argument && value->maybe && !param->optional) {
      value = require_present(c, value);
    }
    scope_bind_value(c, inside, param->name, value)->used = true;
    members[count++] = (ValueMember){param->name.text, value, param->name.span};
  }
  return value_object(c->arena, members, count, given->span);
}

// ---------------------------------------------------------------- clauses

// The outermost clause of a kind that any enclosing call gives; its scope in *scope. `taken` is its flag in a frame.
// What a step says of the call itself does not hold for an answer that is awaited.
static const Expr *clause(FlowBuild *f, size_t offset, size_t taken, Scope **scope) {
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
#define CLAUSE(f, name, scope) clause(f, offsetof(Clauses, name), offsetof(ClauseFrame, name), scope)

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
  if (given->name && !frame->name)
    not_taken(c, given->name->span, "name", "it names the execution of a flow that is called or started");
}

static bool is_none(const Expr *expr) {
  return expr->kind == EXPR_NAME && str_eq(expr->name.text, S("none"));
}

static const Value *duration_clause(FlowBuild *f, const Expr *expr, Scope *scope, Str what, double otherwise) {
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

static void add_retries(FlowBuild *f, State *state) {
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

// ---------------------------------------------------------------- checking arguments against the API's shapes

typedef struct Checking {
  FlowBuild *f;
  VEC(const Value *) values; // by the offsets put into the JSON tree
  Str action;
  const Arguments *arguments;
  bool any_maybe, present_only; // present_only: the tree is without what may be missing
} Checking;

static const Json *as_json(Checking *k, const Value *value) {
  Arena *arena = k->f->c->arena;
  Json *json = NEW(arena, Json);
  uint32_t at = (uint32_t)k->values.len;
  VEC_PUSH(arena, &k->values, value);
  switch (value->kind) {
  case VALUE_BOOL: *json = *json_bool(value->truth); break;
  case VALUE_NUMBER: *json = *json_number(arena, value->number); break;
  case VALUE_STRING: *json = *json_string(arena, value->text); break;
  case VALUE_LIST: {
    JsonBuild build = {.arena = arena};
    for (size_t i = 0; i < value->count; i++) json_add(&build, as_json(k, value->items[i]));
    *json = *json_made_array(&build);
    break;
  }
  case VALUE_OBJECT: {
    JsonBuild build = {.arena = arena};
    for (size_t i = 0; i < value->count; i++) {
      bool maybe = value->members[i].value->maybe;
      k->any_maybe = k->any_maybe || maybe;
      if (maybe && k->present_only) continue;
      uint32_t key = (uint32_t)k->values.len;
      Value *name = (Value *)(uintptr_t)value_string(arena, value->members[i].name, value->members[i].span);
      VEC_PUSH(arena, &k->values, name);
      VEC_PUSH(arena, &build.members, (JsonMember){value->members[i].name, as_json(k, value->members[i].value), key});
    }
    *json = *json_made_object(&build);
    break;
  }
  case VALUE_MISSING: *json = is_poison(value) ? *json_string(arena, S("")) : JSON_THE_NULL; break;
  default: *json = *json_string(arena, S("")); break; // what it is, leaf_of says
  }
  json->at = at;
  return json;
}

static FactsLeaf leaf_of(void *with, Str path, const Json *json, JsonKind *kind) {
  (void)path;
  Checking *k = with;
  if (json->at >= k->values.len) return FACTS_LEAF_CONSTANT;
  const Value *value = k->values.at[json->at];
  if (value->kind == VALUE_LIST || value->kind == VALUE_OBJECT) return FACTS_LEAF_CONSTANT;
  if (value->time == TIME_COMPILE && !is_poison(value)) return FACTS_LEAF_CONSTANT;
  switch (value->type->tag) {
  case T_STRING:
  case T_DATE: *kind = JSON_STRING; return FACTS_LEAF_TYPED;
  case T_NUMBER: *kind = JSON_NUMBER; return FACTS_LEAF_TYPED;
  case T_BOOL: *kind = JSON_TRUE; return FACTS_LEAF_TYPED;
  case T_LIST: *kind = JSON_ARRAY; return FACTS_LEAF_TYPED;
  case T_OBJECT:
  case T_MAP: *kind = JSON_OBJECT; return FACTS_LEAF_TYPED;
  default: return FACTS_LEAF_UNKNOWN;
  }
}

// Whether a needed argument is given by what is never set on the way here; says so.
static bool never_set(Checking *k, Str member) {
  Checker *c = k->f->c;
  for (size_t i = 0; i < k->arguments->left_out.len; i++) {
    const CallArgument *argument = &k->arguments->left_out.at[i];
    if (!str_eq(argument->name.text, member)) continue;
    const Expr *root = argument->expr;
    while (root->kind == EXPR_MEMBER || root->kind == EXPR_INDEX) root = root->left;
    Binding *binding = root->kind == EXPR_NAME ? scope_find(argument->scope, root->name.text, NULL) : NULL;
    Diag *d = diag(c->diags, DIAG_ERROR, "E0312", argument->expr->span, "`%.*s` is never set on the way here",
                   STR_ARG(source_of(c, argument->expr->span)));
    if (binding && binding->variable) diag_note(c->diags, d, binding->variable->span, "it is set only there");
    diag_help(c->diags, d, "`%.*s` must be given; use what is set on this way, too", STR_ARG(member));
    return true;
  }
  return false;
}

static void report_finding(void *with, const FactsFinding *finding) {
  Checking *k = with;
  Checker *c = k->f->c;
  if (k->present_only) {
    bool of_object = finding->fault == FACTS_MISSING_MEMBER && finding->value && finding->value->at < k->values.len;
    const Value *value = of_object ? value_member(k->values.at[finding->value->at], finding->member) : NULL;
    if (value) require_present(c, value);
    return;
  }
  if (finding->fault == FACTS_MISSING_MEMBER && finding->value && finding->value->at == 0 &&
      never_set(k, finding->member))
    return;
  bool key = finding->fault == FACTS_UNKNOWN_MEMBER && finding->key_at < k->values.len;
  uint32_t at = key ? finding->key_at : finding->value ? finding->value->at : 0;
  Span span = at < k->values.len ? k->values.at[at]->span : k->values.at[0]->span;
  static const char *const codes[] = {"E0221", "E0222", "E0223", "E0224", "E0225", "E0226", "E0227", "E0228"};
  Diag *d = diag(c->diags, DIAG_ERROR, codes[finding->fault], span, "%.*s: %.*s", STR_ARG(k->action),
                 STR_ARG(finding->message));
  if (finding->nearest.len) diag_help(c->diags, d, "did you mean `%.*s`?", STR_ARG(finding->nearest));
}

// Twice where something may be missing: once with all that is given, once to see what the API cannot do without.
static void check_arguments(FlowBuild *f, const FactsTask *task, Str action, const Arguments *given,
                            const Value *arguments) {
  if (arguments->kind != VALUE_OBJECT) return;
  Checking k = {.f = f, .action = action, .arguments = given};
  for (int pass = 0; pass < 2 && (pass == 0 || k.any_maybe); pass++) {
    k.present_only = pass == 1;
    k.values.len = 0;
    const Json *json = as_json(&k, arguments);
    FactsCheck check = {.arena = f->c->arena, .with = &k, .found = report_finding, .leaf = leaf_of};
    facts_check_arguments(&check, facts_task_input(task), json);
  }
}

// Values that nothing describes are what the API takes where they are handed to it.
static void seen_as_arguments(Checker *c, const Value *value, FactsShape shape) {
  FactsShapeKind kind = facts_shape_kind(shape);
  FactsMember member;
  for (size_t i = 0; value->kind == VALUE_OBJECT && i < value->count; i++) {
    const ValueMember *given = &value->members[i];
    if (kind == FACTS_STRUCTURE && facts_shape_find(shape, given->name, &member))
      seen_as_arguments(c, given->value, member.shape);
    else if (kind == FACTS_MAP)
      seen_as_arguments(c, given->value, facts_shape_element(shape));
  }
  for (size_t i = 0; value->kind == VALUE_LIST && kind == FACTS_LIST && i < value->count; i++)
    seen_as_arguments(c, value->items[i], facts_shape_element(shape));
  if (!value->type->seen || kind == FACTS_STRUCTURE || kind == FACTS_MAP || kind == FACTS_LIST) return;
  type_seen_as(value->type, type_of_shape(c, shape));
  if (kind != FACTS_STRING || value->type->seen->text) return;
  FactsShape *kept = NEW(c->arena, FactsShape);
  *kept = shape;
  value->type->seen->text = kept;
}

// ---------------------------------------------------------------- tasks

static bool may_call(Checker *c, Scope *scope, Str what, Span span) {
  FlowBuild *f = scope->flow;
  if (c->calling.len) what = c->calling;
  if (!f) {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0403", span, "`%.*s` runs %s; it cannot be called here", STR_ARG(what),
                   time_name(TIME_RUN));
    diag_help(c->diags, d, "call it in a flow");
    return false;
  }
  if (f->guarded) {
    Diag *d = diag(c->diags, DIAG_ERROR, "E0404", span, "a call cannot stand where it may not be evaluated");
    diag_help(c->diags, d, "make it a step of its own: `Name = %.*s(…)`, inside an `if` where it depends on one",
              STR_ARG(what));
    return false;
  }
  return true;
}

static Str own_name(FlowBuild *f, Str callee) {
  if (f->label.len) return f->label;
  return f->step.len ? f->step : callee;
}

// The value "what this state gave", valid in the state's own Assign and Output; see settle.
static const Value *result_value(Checker *c, State *state, const Type *type, Span span) {
  Value *value = (Value *)(uintptr_t)value_leaf(c->arena, VALUE_JSONATA, TIME_RUN, S("$states.result"), type, span);
  value->entity = state;
  return value;
}

static State *add_task(FlowBuild *f, Str callee, Str resource, Span span, double default_timeout) {
  State *state = flow_add_state(f, STATE_TASK, own_name(f, callee), span);
  state->step = f->step.len ? f->step : callee;
  state->resource = resource;
  Scope *scope = NULL;
  const Expr *timeout = CLAUSE(f, timeout, &scope);
  state->timeout = duration_clause(f, timeout, scope, S("a timeout"), default_timeout);
  const Expr *heartbeat = f->mode == CALL_AWAIT ? CLAUSE(f, heartbeat, &scope) : NULL;
  state->heartbeat = duration_clause(f, heartbeat, scope, S("a heartbeat"), 0);
  const Expr *role = CLAUSE(f, role, &scope);
  if (role) call_as(f, state, scope, role);
  return state;
}

static FactsPattern pattern_for(FlowBuild *f, unsigned patterns, Str name, Span span) {
  if (f->mode == CALL_AWAIT) {
    if (patterns & 1u << FACTS_WAIT_FOR_TOKEN) return FACTS_WAIT_FOR_TOKEN;
    Diag *d =
        diag(f->c->diags, DIAG_ERROR, "E0502", span, "`%.*s` cannot be awaited: it takes no task token", STR_ARG(name));
    diag_help(f->c->diags, d, "await a call that hands `task.token` to who answers: a lambda, a queue, a topic, …");
  }
  if (f->mode == CALL_START) return FACTS_REQUEST;
  if (patterns & 1u << FACTS_SYNC2) return FACTS_SYNC2;
  return patterns & 1u << FACTS_SYNC ? FACTS_SYNC : FACTS_REQUEST;
}

// Seconds that a call may take when its spec says nothing, by pattern.
static const double default_timeouts[] = {
    [FACTS_REQUEST] = 300, [FACTS_SYNC] = 86400, [FACTS_SYNC2] = 86400, [FACTS_WAIT_FOR_TOKEN] = 604800};

const Value *call_action(Checker *c, Scope *scope, Entity *action, const Arguments *given, Span span) {
  FlowBuild *f = scope->flow;
  if (!may_call(c, scope, action->name, span)) return poison(c, span);
  Arguments arguments = *given;
  const Value *value = arguments_object(c, &arguments);
  if (is_poison(value)) return value;
  FactsIntegration integration;
  bool optimized = facts_integration(action->service, action->action, &integration);
  FactsPattern pattern =
      pattern_for(f, optimized ? integration.patterns : 1u << FACTS_WAIT_FOR_TOKEN | 1, action->name, span);
  Str suffix = facts_pattern_suffix(pattern);
  Str resource =
      str_fmt(c->arena, "arn:aws:states:::%s%.*s:%.*s%.*s", optimized ? "" : "aws-sdk:", STR_ARG(action->service),
              STR_ARG(action->action), STR_ARG(suffix));
  FactsTask task = facts_task(resource);
  value = settle(f, value, NULL);
  State *state = add_task(f, action->name, resource, span, default_timeouts[pattern]);
  state->service = action->service;
  state->action = action->action;
  state->pattern = suffix.len ? str_slice(suffix, 1, suffix.len) : suffix;
  state->arguments = value;
  call_there(f, state, scope->place, span);
  check_arguments(f, &task, action->name, &arguments, value);
  seen_as_arguments(c, value, facts_task_input(&task));
  add_retries(f, state);
  f->mode = CALL_PLAIN;
  return result_value(c, state, type_of_shape(c, facts_task_output(&task)), span);
}

const Value *call_flow(Checker *c, Scope *scope, Entity *entity, const Arguments *given, Span span) {
  FlowBuild *f = scope->flow;
  if (!may_call(c, scope, entity->name, span)) return poison(c, span);
  entity_resolve(c, entity, span);
  Arguments arguments = *given;
  Scope *inside = scope_new(c, SCOPE_STEP, entity->scope);
  const Value *input = flow_input(c, inside, entity, &arguments);
  if (is_poison(input)) return input;
  bool plain = f->mode == CALL_PLAIN;
  Scope *named_in = NULL;
  const Expr *named = CLAUSE(f, name, &named_in);
  const Value *arn = map_get(&entity->members, S("arn"));
  const Value *mine =
      value_leaf(c->arena, VALUE_JSONATA, TIME_RUN, S("$states.context.Execution.Id"), &TYPE_STRING, span);
  ValueMember *members = NEW_N(c->arena, ValueMember, 3);
  members[0] = (ValueMember){S("StateMachineArn"), arn, span};
  const Value *with[] = {
      input,
      value_object(c->arena, (ValueMember[]){{S("AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID"), mine, span}}, 1, span)};
  ValueMember *link = NEW_N(c->arena, ValueMember, 1);
  link[0] = with[1]->members[0];
  with[1] = value_object(c->arena, link, 1, span);
  if (input->kind == VALUE_OBJECT) {
    ValueMember *all = NEW_N(c->arena, ValueMember, input->count + 1);
    memcpy(all, input->members, input->count * sizeof *all);
    all[input->count] = link[0];
    members[1] = (ValueMember){S("Input"), value_object(c->arena, all, input->count + 1, span), span};
  } else {
    Value *merged = value_node(c->arena, VALUE_CALL, with, 2, &TYPE_RECORD, span);
    merged->text = S("merge");
    members[1] = (ValueMember){S("Input"), merged, span};
  }
  const Value *name = named ? eval_as(c, named_in, named, &TYPE_STRING, S("an execution's name")) : NULL;
  if (name && !is_poison(name)) members[2] = (ValueMember){S("Name"), require_present(c, name), named->span};
  const Value *value = settle(f, value_object(c->arena, members, members[2].value ? 3 : 2, span), NULL);
  Str resource =
      plain ? S("arn:aws:states:::states:startExecution.sync:2") : S("arn:aws:states:::states:startExecution");
  State *state =
      add_task(f, entity->name, resource, span, plain ? default_timeouts[FACTS_SYNC] : default_timeouts[FACTS_REQUEST]);
  state->service = S("states");
  state->action = S("startExecution");
  state->pattern = plain ? S("sync:2") : S("");
  state->arguments = value;
  add_retries(f, state);
  f->mode = CALL_PLAIN;
  const Value *result = result_value(c, state, &TYPE_ANY, span);
  if (!plain) return result;
  Value *output = value_node(c->arena, VALUE_MEMBER, &result, 1, entity->type ? entity->type : &TYPE_ANY, span);
  output->text = S("Output");
  return output;
}

// ---------------------------------------------------------------- any call

// A function stands for its value, with its parameters bound.
static const Value *call_function(Checker *c, Scope *caller, Entity *entity, Arguments *arguments) {
  Scope *inside = scope_new(c, SCOPE_STEP, entity->scope);
  inside->flow = caller->flow;
  inside->depth = caller->depth;
  bind_parameters(c, inside, entity->stmt, arguments, str_fmt(c->arena, "`%.*s`", STR_ARG(entity->name)));
  if (inside->flow) inside->flow->guarded++;
  const Value *value = eval(c, inside, entity->stmt->value);
  if (inside->flow) inside->flow->guarded--;
  return is_poison(value) ? value : value_at(c->arena, value, arguments->span);
}

static Entity *callee_of(Checker *c, const Value *callee, CallMode mode, Span span) {
  Entity *entity = value_entity(callee);
  if (entity && entity->kind == ENTITY_INSTANCE) {
    entity_resolve(c, entity, span);
    Entity *method = mode == CALL_START ? map_get(&entity->methods, S("start")) : NULL;
    if (!method) method = map_get(&entity->methods, S("call"));
    if (method) return method;
    Diag *d = diag(c->diags, DIAG_ERROR, "E0503", span, "`%.*s` cannot be called", STR_ARG(entity->name));
    help_with_places(c, d, entity, S("(…)"));
    if (entity->methods.len)
      diag_help(c->diags, d, "it has `%.*s.%.*s(…)`", STR_ARG(entity->name), STR_ARG(entity->methods.entries[0].key));
    return NULL;
  }
  bool callable = entity && (entity->kind == ENTITY_STEP || entity->kind == ENTITY_FLOW ||
                             entity->kind == ENTITY_ACTION || entity->kind == ENTITY_FUNCTION);
  if (callable) return entity;
  if (!is_poison(callee)) diag(c->diags, DIAG_ERROR, "E0503", span, "this cannot be called");
  return NULL;
}

static const Value *expand_call(Checker *c, Scope *scope, const Expr *expr) {
  const Expr *left = expr->left;
  Binding *binding = left->kind == EXPR_NAME ? scope_find(scope, left->name.text, NULL) : NULL;
  bool is_kind =
      binding && binding->entity && binding->entity->kind == ENTITY_KIND; // scaffold(…) beside `kind scaffold`
  if (left->kind == EXPR_NAME && (!binding || !binding->entity || is_kind)) {
    const Value *value = eval_function(c, scope, expr);
    if (value) return value;
  }
  Entity *shared = left->kind == EXPR_NAME && !binding ? map_get(&c->functions, left->name.text) : NULL;
  Entity *entity =
      shared ? shared : callee_of(c, eval(c, scope, left), scope->flow ? scope->flow->mode : CALL_PLAIN, left->span);
  if (!entity) return poison(c, expr->span);
  Arguments arguments = arguments_of(c, scope, &expr->fields, expr->span);
  if (entity->kind == ENTITY_FUNCTION) return call_function(c, scope, entity, &arguments);
  FlowBuild *f = scope->flow;
  Str step = f ? f->step : (Str){0};
  if (f && !step.len && entity->kind == ENTITY_STEP) f->step = callee_name(c, left, entity);
  const Value *value = entity->kind == ENTITY_STEP   ? step_expand(c, scope, entity, &arguments, expr->span)
                       : entity->kind == ENTITY_FLOW ? call_flow(c, scope, entity, &arguments, expr->span)
                                                     : call_action(c, scope, entity, &arguments, expr->span);
  if (f) f->step = step;
  return value;
}

Str callee_name(Checker *c, const Expr *callee, Entity *entity) {
  if (callee->kind == EXPR_NAME) return callee->name.text;
  if (callee->kind == EXPR_MEMBER && callee->left->kind == EXPR_NAME) {
    return str_fmt(c->arena, "%.*s.%.*s", STR_ARG(callee->left->name.text), STR_ARG(callee->name.text));
  }
  return entity->name;
}

const Value *eval_call(Checker *c, Scope *scope, const Expr *expr) {
  Str calling = c->calling;
  if (!calling.len && !in_library(c, expr->span)) c->calling = source_of(c, expr->left->span);
  const Value *value = expand_call(c, scope, expr);
  c->calling = calling;
  return value;
}
