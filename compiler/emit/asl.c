// A flow's graph as a definition in the States Language (https://states-language.net/spec.html), QueryLanguage JSONata.
#include "base/sys.h"
#include "data/json.h"
#include "emit/emit.h"
#include "emit/jsonata_text.h"
#include "facts/terraform_schema.h"
#include "model/make.h"

enum { DEFINITION_MOST = 1048576 }; // bytes: Step Functions quotas, "Maximum request size"

typedef struct Writer {
  Arena *arena;
  JsonataText text;
} Writer;

// ---------------------------------------------------------------- values

// Text of the spec, with the bytes that would look like a mark written twice.
static Str plain_text(Writer *w, Str text) {
  if (!text.len || !memchr(text.at, MARK_BEGIN, text.len)) return text;
  Buf out = {.arena = w->arena};
  for (size_t i = 0; i < text.len; i++) {
    if (text.at[i] == MARK_BEGIN) buf_char(&out, MARK_BEGIN);
    buf_char(&out, text.at[i]);
  }
  return buf_text(&out);
}

static const Json *expression(Writer *w, const Value *value) {
  Buf out = {.arena = w->arena};
  buf_str(&out, S("{% "));
  jsonata_text_write(&w->text, &out, value);
  buf_str(&out, S(" %}"));
  return json_string(w->arena, buf_text(&out));
}

static bool looks_like_expression(Str text) {
  return str_starts(text, S("{%")) || str_ends(text, S("%}"));
}

// A value that a person gives at deploy time could look like an expression; what AWS names cannot.
static bool is_given(const Value *value) {
  if (value->kind == VALUE_TERRAFORM)
    return !str_starts(value->text, S("aws_")) && !str_starts(value->text, S("data.aws_"));
  return value->kind != VALUE_STRING;
}

// Whether an attribute (aws_x.name.attribute, perhaps behind `data.`) is one that the provider gives as a list, map, ….
static bool is_structured(const Value *value) {
  Str rest = value->text, attribute;
  if (value->kind != VALUE_TERRAFORM) return false;
  bool data = str_starts(rest, S("data."));
  if (data) rest = str_slice(rest, 5, rest.len);
  Str type = str_cut(rest, '.', &rest);
  str_cut(rest, '.', &attribute);
  FactsTfBlock block;
  FactsTfAttribute known;
  if (!facts_tf_find(data ? FACTS_TF_DATA : FACTS_TF_RESOURCE, type, &block)) return false;
  return facts_tf_find_attribute(block, attribute, &known) && facts_tf_type_kind(known.type) != FACTS_TF_STRING;
}

static const Json *deploy_text(Writer *w, const Value *value) {
  bool text = value->type->tag == T_STRING || value->type->tag == T_ANY || value->type->tag == T_DATE;
  text = text && !is_structured(value);
  const Value *first = value->kind == VALUE_TEMPLATE ? value->items[0] : value;
  bool single = value->kind == VALUE_TERRAFORM || value->kind == VALUE_TEMPLATE;
  if (!text || !single || is_given(first) || (first->kind == VALUE_STRING && str_starts(first->text, S("{")))) {
    return expression(w, value);
  }
  Buf out = {.arena = w->arena};
  size_t count = value->kind == VALUE_TEMPLATE ? value->count : 1;
  for (size_t i = 0; i < count; i++) {
    const Value *part = value->kind == VALUE_TEMPLATE ? value->items[i] : value;
    if (part->kind == VALUE_STRING)
      buf_str(&out, plain_text(w, part->text));
    else
      jsonata_text_mark(&w->text, &out, part, false);
  }
  return json_string(w->arena, buf_text(&out));
}

static bool has_maybe(const Value *value) {
  for (size_t i = 0; i < value->count; i++) {
    const Value *part = value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i];
    if (part->maybe && part->kind != VALUE_MISSING) return true;
  }
  return false;
}

// A value where JSON stands: objects and lists as such, what is known later as an expression.
static const Json *json_of(Writer *w, const Value *value) {
  switch (value->kind) {
  case VALUE_MISSING: return &JSON_THE_NULL;
  case VALUE_BOOL: return json_bool(value->truth);
  case VALUE_NUMBER: return json_number_text(w->arena, value_plain(w->arena, value));
  case VALUE_STRING:
    return looks_like_expression(value->text) ? expression(w, value)
                                              : json_string(w->arena, plain_text(w, value->text));
  case VALUE_LIST:
  case VALUE_OBJECT: {
    if (has_maybe(value)) return expression(w, value);
    JsonBuild build = {.arena = w->arena};
    for (size_t i = 0; i < value->count; i++) {
      if (value->kind == VALUE_LIST)
        json_add(&build, json_of(w, value->items[i]));
      else
        json_put(&build, plain_text(w, value->members[i].name), json_of(w, value->members[i].value));
    }
    return value->kind == VALUE_LIST ? json_made_array(&build) : json_made_object(&build);
  }
  default: return value->time == TIME_DEPLOY ? deploy_text(w, value) : expression(w, value);
  }
}

static void put(JsonBuild *build, const char *name, const Json *value) {
  json_put(build, str_of(name), value);
}

static void put_text(JsonBuild *build, const char *name, Str text) {
  put(build, name, json_string(build->arena, text));
}

static void put_value(Writer *w, JsonBuild *build, const char *name, const Value *value) {
  if (value) put(build, name, json_of(w, value));
}

static const Json *strings(Writer *w, const Str *list, size_t count) {
  JsonBuild build = {.arena = w->arena};
  for (size_t i = 0; i < count; i++) json_add(&build, json_string(w->arena, list[i]));
  return json_made_array(&build);
}

static void put_assign(Writer *w, JsonBuild *build, const Assignments *assign) {
  JsonBuild members = {.arena = w->arena};
  for (size_t i = 0; i < assign->len; i++) json_put(&members, assign->at[i].name, json_of(w, assign->at[i].value));
  if (assign->len) put(build, "Assign", json_made_object(&members));
}

// ---------------------------------------------------------------- states

static void put_graph(Writer *w, JsonBuild *build, const Graph *graph);

static void put_next(JsonBuild *build, const State *next) {
  if (next)
    put_text(build, "Next", next->name);
  else
    put(build, "End", &JSON_THE_TRUE);
}

static void put_retries(Writer *w, JsonBuild *build, const State *state) {
  JsonBuild list = {.arena = w->arena};
  for (size_t i = 0; i < state->retries.len; i++) {
    const Retry *retry = &state->retries.at[i];
    JsonBuild row = {.arena = w->arena};
    put(&row, "ErrorEquals", strings(w, retry->errors, retry->error_count));
    if (retry->interval > 0) put(&row, "IntervalSeconds", json_number(w->arena, retry->interval));
    if (retry->attempts >= 0) put(&row, "MaxAttempts", json_number(w->arena, retry->attempts));
    if (retry->backoff > 0) put(&row, "BackoffRate", json_number(w->arena, retry->backoff));
    if (retry->most > 0) put(&row, "MaxDelaySeconds", json_number(w->arena, retry->most));
    if (retry->jitter) put_text(&row, "JitterStrategy", S("FULL"));
    json_add(&list, json_made_object(&row));
  }
  if (state->retries.len) put(build, "Retry", json_made_array(&list));
}

static void put_catches(Writer *w, JsonBuild *build, const State *state) {
  JsonBuild list = {.arena = w->arena};
  for (size_t i = 0; i < state->catches.len; i++) {
    const Catch *row = &state->catches.at[i];
    JsonBuild made = {.arena = w->arena};
    put(&made, "ErrorEquals", strings(w, row->errors, row->error_count));
    put_assign(w, &made, &row->assign);
    put_text(&made, "Next", row->next->name);
    json_add(&list, json_made_object(&made));
  }
  if (state->catches.len) put(build, "Catch", json_made_array(&list));
}

static void put_task(Writer *w, JsonBuild *build, const State *state) {
  put_text(build, "Resource", state->resource);
  put_value(w, build, "Arguments", state->arguments);
  if (state->credentials) {
    JsonBuild role = {.arena = w->arena};
    put_value(w, &role, "RoleArn", state->credentials);
    put(build, "Credentials", json_made_object(&role));
  }
  put_value(w, build, "TimeoutSeconds", state->timeout);
  put_value(w, build, "HeartbeatSeconds", state->heartbeat);
}

static void put_choice(Writer *w, JsonBuild *build, const State *state) {
  JsonBuild rules = {.arena = w->arena};
  for (size_t i = 0; i < state->rules.len; i++) {
    const ChoiceRule *rule = &state->rules.at[i];
    JsonBuild made = {.arena = w->arena};
    const Value *condition = rule->condition;
    bool sure = condition->kind == VALUE_OPERATION && condition->op != VALUE_ASSERT;
    sure = sure || (condition->kind == VALUE_CALL && condition->type->tag == T_BOOL) || condition->kind == VALUE_BOOL;
    if (!sure && condition->time == TIME_RUN) { // total: what is not true is false
      const Value *truth = value_bool(w->arena, true, condition->span);
      condition = value_binary(w->arena, OP_EQUAL, condition, truth, &TYPE_BOOL, condition->span);
    }
    put(&made, "Condition", condition->kind == VALUE_BOOL ? json_bool(condition->truth) : expression(w, condition));
    put_assign(w, &made, &rule->assign);
    put_text(&made, "Next", rule->next->name);
    json_add(&rules, json_made_object(&made));
  }
  put(build, "Choices", json_made_array(&rules));
  put_assign(w, build, &state->otherwise_assign);
  put_text(build, "Default", state->otherwise->name);
}

static const Json *percent(Writer *w, const Value *share) {
  if (share->kind == VALUE_NUMBER) {
    double hundred = share->unit == UNIT_PERCENT ? share->number * 100 : share->number;
    return json_number(w->arena, hundred);
  }
  return json_of(w, share);
}

static void put_map(Writer *w, JsonBuild *build, const State *state) {
  put_value(w, build, "Items", state->list);
  put_value(w, build, "ItemReader", state->reader);
  if (state->batch) {
    JsonBuild batcher = {.arena = w->arena};
    put_value(w, &batcher, "MaxItemsPerBatch", state->batch);
    if (state->item_selector && state->item_selector->count) put_value(w, &batcher, "BatchInput", state->item_selector);
    put(build, "ItemBatcher", json_made_object(&batcher));
  } else {
    put_value(w, build, "ItemSelector", state->item_selector);
  }
  JsonBuild processor = {.arena = w->arena}, config = {.arena = w->arena};
  put_text(&config, "Mode", state->distributed ? S("DISTRIBUTED") : S("INLINE"));
  if (state->distributed) put_text(&config, "ExecutionType", S("STANDARD"));
  put(&processor, "ProcessorConfig", json_made_object(&config));
  put_graph(w, &processor, state->body);
  put(build, "ItemProcessor", json_made_object(&processor));
  put_value(w, build, "MaxConcurrency", state->concurrency);
  if (state->tolerate_share) put(build, "ToleratedFailurePercentage", percent(w, state->tolerate_share));
  put_value(w, build, "ToleratedFailureCount", state->tolerate_count);
  put_value(w, build, "ResultWriter", state->writer);
  if (state->map_label.len) put_text(build, "Label", state->map_label);
}

// Expressions of a raw state stand as they are, however deep.
static const Json *raw_json(Writer *w, const Value *value) {
  JsonBuild build = {.arena = w->arena};
  if (value->kind == VALUE_STRING) return json_string(w->arena, plain_text(w, value->text));
  if (value->kind == VALUE_LIST) {
    for (size_t i = 0; i < value->count; i++) json_add(&build, raw_json(w, value->items[i]));
    return json_made_array(&build);
  }
  if (value->kind != VALUE_OBJECT) return json_of(w, value);
  for (size_t i = 0; i < value->count; i++) {
    if (value->members[i].value->maybe || value->members[i].value->kind == VALUE_MISSING) return json_of(w, value);
    json_put(&build, value->members[i].name, raw_json(w, value->members[i].value));
  }
  return json_made_object(&build);
}

static void put_raw(Writer *w, JsonBuild *build, const State *state) {
  for (size_t i = 0; i < state->arguments->count; i++) {
    const ValueMember *member = &state->arguments->members[i];
    bool own = str_eq(member->name, S("Next")) || str_eq(member->name, S("End")) || str_eq(member->name, S("Assign"));
    if (!own) json_put(build, member->name, raw_json(w, member->value));
  }
}

static const Json *state_json(Writer *w, const State *state) {
  static const char *const types[] = {"Task", "Pass", "Choice", "Wait", "Map", "Parallel", "Fail", "Succeed"};
  JsonBuild build = {.arena = w->arena};
  if (state->kind != STATE_RAW) put_text(&build, "Type", str_of(types[state->kind]));
  switch (state->kind) {
  case STATE_TASK: put_task(w, &build, state); break;
  case STATE_CHOICE: put_choice(w, &build, state); return json_made_object(&build);
  case STATE_WAIT:
    put_value(w, &build, "Seconds", state->seconds);
    put_value(w, &build, "Timestamp", state->until);
    break;
  case STATE_MAP: put_map(w, &build, state); break;
  case STATE_PARALLEL: {
    JsonBuild branches = {.arena = w->arena};
    for (size_t i = 0; i < state->branches.len; i++) {
      JsonBuild branch = {.arena = w->arena};
      put_graph(w, &branch, state->branches.at[i]);
      json_add(&branches, json_made_object(&branch));
    }
    put(&build, "Branches", json_made_array(&branches));
    break;
  }
  case STATE_FAIL:
    put_value(w, &build, "Error", state->error);
    put_value(w, &build, "Cause", state->cause);
    return json_made_object(&build);
  case STATE_SUCCEED: put_value(w, &build, "Output", state->output); return json_made_object(&build);
  case STATE_RAW: put_raw(w, &build, state); break;
  default: break;
  }
  put_retries(w, &build, state);
  put_catches(w, &build, state);
  put_assign(w, &build, &state->assign);
  bool own_output = state->kind == STATE_RAW && value_member(state->arguments, S("Output"));
  if (!own_output) put_value(w, &build, "Output", state->output);
  put_next(&build, state->next);
  return json_made_object(&build);
}

static void put_graph(Writer *w, JsonBuild *build, const Graph *graph) {
  put_text(build, "StartAt", graph->start->name);
  JsonBuild states = {.arena = w->arena};
  for (size_t i = 0; i < graph->states.len; i++) {
    json_put(&states, plain_text(w, graph->states.at[i]->name), state_json(w, graph->states.at[i]));
  }
  put(build, "States", json_made_object(&states));
}

// ---------------------------------------------------------------- the template

// Escapes what Terraform's templates would take as theirs and turns marks into ${name}. Works on JSON text, where the
// bytes of a mark stand as \u0001, \u0003 and \u0002.
static Str as_template(Arena *arena, Str json) {
  Buf out = {.arena = arena};
  for (size_t i = 0; i < json.len; i++) {
    char c = json.at[i], next = i + 1 < json.len ? json.at[i + 1] : 0;
    if ((c == '$' || c == '%') && next == '{') {
      buf_char(&out, c);
      buf_char(&out, c);
      continue;
    }
    if (c != '\\') {
      buf_char(&out, c);
      continue;
    }
    Str rest = str_slice(json, i, json.len);
    if (str_starts(rest, S("\\u0001\\u0001"))) {
      buf_str(&out, S("\\u0001"));
      i += 11;
    } else if (str_starts(rest, S("\\u0001\\u0003"))) {
      size_t end = str_find(json, S("\\u0002"), i);
      buf_fmt(&out, "${%.*s}", STR_ARG(str_slice(json, i + 12, end)));
      i = end + 5;
    } else {
      buf_char(&out, c);
      buf_char(&out, next);
      i++;
    }
  }
  return buf_text(&out);
}

Str emit_definition(Arena *arena, const Model *model, Flow *flow, Diags *diags) {
  Writer w = {.arena = arena, .text = {arena, flow}};
  JsonBuild build = {.arena = arena};
  Str comment = str_fmt(arena, "Flow %.*s of %.*s", STR_ARG(flow->name), STR_ARG(path_name(model->spec)));
  if (flow->doc.len) comment = str_fmt(arena, "%.*s: %.*s", STR_ARG(comment), STR_ARG(flow->doc));
  flow->variables.len = 0;
  put_text(&build, "Comment", plain_text(&w, comment));
  put_text(&build, "QueryLanguage", S("JSONata"));
  put_value(&w, &build, "TimeoutSeconds", flow->timeout);
  put_graph(&w, &build, &flow->graph);
  Str text = json_text(arena, json_made_object(&build), JSON_INDENT);
  if (text.len > DEFINITION_MOST) {
    diag(diags, DIAG_ERROR, "E0804", flow->span,
         "the definition of `%.*s` has %zu bytes; Step Functions takes 1,048,576", STR_ARG(flow->name), text.len);
  }
  return str_fmt(arena, "%.*s\n", STR_ARG(as_template(arena, text)));
}
