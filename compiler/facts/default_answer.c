#include "facts/default_answer.h"
#include "facts/answer_text.h"
#include "facts/iam.h"
#include "facts/policy_parts.h"
#include <math.h>

enum { MOST_LEVELS = 7 };

typedef struct Answering {
  Arena *arena;
  const FactsTask *task;
  const Json *arguments;
  FactsPlace place;
  FactsShape input;
  VEC(PolicyRow) rows; // of default-answers.tsv that speak of the call
  uint64_t next;       // for ids
} Answering;

static const Json *value_of(Answering *answering, FactsShape shape, Str member, Str path, unsigned level);

// --- What the table says

static Str id(Answering *answering) {
  return answer_uuid(answering->arena, answering->place.seed, answering->next++);
}

static const Json *argument_at(const Answering *answering, Str path) {
  const Json *at = answering->arguments;
  while (path.len && at) at = json_get(at, str_cut(path, '.', &path));
  return at;
}

static Str execution_arn(Arena *arena, Str machine) {
  Str kind = S(":stateMachine:");
  size_t at = str_find(machine, kind, 0);
  if (at == machine.len) return machine;
  return str_fmt(arena, "%.*s:execution:%.*s", STR_ARG(str_slice(machine, 0, at)),
                 STR_ARG(str_slice(machine, at + kind.len, machine.len)));
}

// The text of "{Path|filter}"; false: the argument is not given.
static bool placeholder(Answering *answering, Buf *out, Str inside) {
  Str filter;
  Str path = str_cut(inside, '|', &filter);
  const Json *value = argument_at(answering, path);
  bool given = json_is(value, JSON_STRING);
  if (str_eq(path, S("@id")) || (!given && str_eq(filter, S("id")))) {
    buf_str(out, id(answering));
    return true;
  }
  bool region = str_eq(path, S("@region"));
  if (region || str_eq(path, S("@account"))) {
    buf_str(out, region ? answering->place.region : answering->place.account);
    return true;
  }
  if (!given) return false;
  Str text = json_str(value);
  if (str_eq(filter, S("execution"))) text = execution_arn(answering->arena, text);
  buf_str(out, text);
  if (str_eq(filter, S("folder")) && !str_ends(text, S("/"))) buf_char(out, '/');
  return true;
}

// An argument as it was given; as JSON text where a text is wanted.
static const Json *whole_argument(Answering *answering, FactsShape shape, Str path) {
  const Json *value = argument_at(answering, path);
  bool as_text = value && facts_shape_kind(shape) == FACTS_STRING && value->kind != JSON_STRING;
  return as_text ? json_string(answering->arena, json_text(answering->arena, value, JSON_COMPACT)) : value;
}

static const Json *from_template(Answering *answering, FactsShape shape, Str template) {
  Str whole = str_slice(template, 1, template.len ? template.len - 1 : 0);
  if (str_starts(template, S("{")) && str_find(template, S("}"), 0) == template.len - 1 && whole.len &&
      !str_has(whole, S("|")) && whole.at[0] != '@')
    return whole_argument(answering, shape, whole);
  FactsShapeKind kind = facts_shape_kind(shape);
  JsonError error;
  if (kind != FACTS_STRING && kind != FACTS_BLOB) {
    Str json = str_starts(template, S("=")) ? str_slice(template, 1, template.len) : template;
    return json_read(answering->arena, json, 0, &error);
  }
  if (str_starts(template, S("="))) return json_string(answering->arena, str_slice(template, 1, template.len));
  Buf out = {.arena = answering->arena};
  while (template.len) {
    size_t open = str_find(template, S("{"), 0), close = str_find(template, S("}"), open);
    buf_str(&out, str_slice(template, 0, open));
    if (open < template.len && !placeholder(answering, &out, str_slice(template, open + 1, close))) return NULL;
    template = str_slice(template, close + 1, template.len);
  }
  return json_string(answering->arena, buf_text(&out));
}

static const Json *from_table(Answering *answering, FactsShape shape, Str path) {
  for (size_t i = 0; i < answering->rows.len; i++)
    if (str_eq(answering->rows.at[i].column[1], path))
      return from_template(answering, shape, answering->rows.at[i].column[2]);
  return NULL;
}

static void read_table(Answering *answering, Str name) {
  PolicyRow row;
  for (Str rest = {0}; policy_row(S("facts/default-answers.tsv"), &rest, &row);)
    if (str_eq(row.column[0], name)) VEC_PUSH(answering->arena, &answering->rows, row);
}

// --- ARNs

static FactsIamActions actions_of(const FactsTask *task) {
  if (task->kind == FACTS_TASK_OPTIMIZED)
    return facts_iam_of_operation(task->integration.api_service, task->integration.api_action);
  return facts_iam_of_operation(facts_service_name(task->sdk_service), task->operation.action);
}

// "training-job" is "TrainingJob".
static bool names_type(Str stem, Str type) {
  size_t at = 0;
  for (size_t i = 0; i < type.len; i++) {
    if (type.at[i] == '-') continue;
    if (at == stem.len || ascii_lower(stem.at[at]) != ascii_lower(type.at[i])) return false;
    at++;
  }
  return at == stem.len;
}

static void write_variable(Answering *answering, Buf *out, Str variable) {
  const FactsPlace *place = &answering->place;
  const Json *argument = argument_at(answering, variable);
  if (str_eq(variable, S("Partition")))
    buf_str(out, place->partition);
  else if (str_eq(variable, S("Region")))
    buf_str(out, place->region);
  else if (str_eq(variable, S("Account")))
    buf_str(out, place->account);
  else if (json_is(argument, JSON_STRING))
    buf_str(out, json_str(argument));
  else
    buf_str(out, id(answering));
}

static Str fill_arn(Answering *answering, Str format) {
  Buf out = {.arena = answering->arena};
  while (format.len) {
    size_t open = str_find(format, S("${"), 0), close = str_find(format, S("}"), open);
    buf_str(&out, str_slice(format, 0, open));
    if (open < format.len) write_variable(answering, &out, str_slice(format, open + 2, close));
    format = str_slice(format, close + 1, format.len);
  }
  return buf_text(&out);
}

// The ARN that the member `name` ("TrainingJobArn") of an answer holds.
static Str arn_of(Answering *answering, Str name) {
  Str stem = str_slice(name, 0, name.len - 3), prefix = {0}, rest;
  FactsIamActions actions = actions_of(answering->task);
  for (size_t i = 0; i < actions.count; i++) {
    FactsIamAction action = facts_iam_of_operation_at(actions, i);
    prefix = str_cut(action.name, ':', &rest);
    for (size_t j = 0; j < facts_iam_resources(action); j++) {
      FactsIamResource resource = facts_iam_resource(action, j);
      if (stem.len ? !names_type(stem, resource.name) : !resource.required) continue;
      Str arn = fill_arn(answering, resource.arn);
      // SageMaker's ARNs have the names in lower case.
      return str_eq(prefix, S("sagemaker")) ? answer_lower(answering->arena, arn) : arn;
    }
  }
  const FactsPlace *place = &answering->place;
  if (!prefix.len) prefix = answering->task->service;
  Str kind = stem.len ? answer_kebab(answering->arena, stem) : S("resource");
  if (str_ends(stem, S("Role")))
    return str_fmt(answering->arena, "arn:%.*s:iam::%.*s:role/example", STR_ARG(place->partition),
                   STR_ARG(place->account));
  return str_fmt(answering->arena, "arn:%.*s:%.*s:%.*s:%.*s:%.*s/%.*s", STR_ARG(place->partition), STR_ARG(prefix),
                 STR_ARG(place->region), STR_ARG(place->account), STR_ARG(kind), STR_ARG(id(answering)));
}

// --- Scalars

static Str text_of(Answering *answering, FactsShape shape, Str member) {
  bool is_id = str_ends(member, S("Id")), is_arn = str_ends(member, S("Arn"));
  Str candidates[] = {
      is_arn  ? arn_of(answering, member)
      : is_id ? id(answering)
              : answer_text(answering->arena, member),
      id(answering),
      S("example"),
      S("1"),
  };
  return answer_fit(answering->arena, shape, candidates, sizeof candidates / sizeof *candidates);
}

static double number_of(FactsShape shape, Str member) {
  double value = str_ends(member, S("StatusCode"))                               ? 200
                 : str_ends(member, S("ExitCode")) || str_has(member, S("Fail")) ? 0
                                                                                 : 1;
  FactsLimits limits = facts_shape_limits(shape);
  if (limits.has_max && value > limits.max) value = limits.max;
  if (limits.has_min && value < limits.min) value = limits.min;
  return value;
}

// Optimized integrations give milliseconds, SDK integrations text.
static const Json *timestamp(const Answering *answering) {
  double now = answering->place.now;
  if (answering->task->kind == FACTS_TASK_OPTIMIZED) return json_number(answering->arena, floor(now * 1000));
  return json_string(answering->arena, answer_time(answering->arena, now));
}

// --- Containers

// Members of which a good answer has none: what tells of failures and of further pages, and bytes.
static bool is_left_out(FactsMember member) {
  static const Str parts[] = {STR_INIT("Failure"),       STR_INIT("Error"),      STR_INIT("Exception"),
                              STR_INIT("NextToken"),     STR_INIT("NextMarker"), STR_INIT("ContinuationToken"),
                              STR_INIT("LastEvaluated"), STR_INIT("Cause")};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (str_has(member.name, parts[i])) return true;
  return facts_shape_kind(member.shape) == FACTS_BLOB;
}

// Whether an argument and a member of the answer that have one name are one thing. What is any value is not: a function
// does not give back what it is given.
static bool is_same(FactsShape asked, FactsShape answered) {
  FactsShapeKind kind = facts_shape_kind(asked);
  if (kind == FACTS_ANY || kind != facts_shape_kind(answered)) return false;
  return kind >= FACTS_STRING || asked.at.at == answered.at.at;
}

static Str join(Arena *arena, Str path, Str member) {
  return path.len ? str_fmt(arena, "%.*s.%.*s", STR_ARG(path), STR_ARG(member)) : member;
}

static const Json *structure_of(Answering *answering, FactsShape shape, Str path, unsigned level) {
  JsonBuild build = {.arena = answering->arena};
  size_t count = facts_shape_members(shape);
  if (facts_shape_is_union(shape)) count = count ? 1 : 0;
  for (size_t i = 0; i < count; i++) {
    FactsMember member = facts_shape_member(shape, i), asked;
    Str here = join(answering->arena, path, member.name);
    const Json *value = from_table(answering, member.shape, here);
    bool is_input = facts_shape_find(answering->input, member.name, &asked) && is_same(asked.shape, member.shape);
    if (!value && is_input) value = json_get(answering->arguments, member.name);
    bool wanted = member.required || (!is_left_out(member) && !(is_input && level == 0));
    if (!value && wanted) value = value_of(answering, member.shape, member.name, here, level + 1);
    if (value && value->kind != JSON_NULL) json_put(&build, member.name, value);
  }
  return json_made_object(&build);
}

// How many items an answer has: one, or the fewest that there must be.
static size_t items_of(FactsShape shape, size_t usual) {
  enum { MOST_ITEMS = 16 };
  FactsLimits limits = facts_shape_limits(shape);
  if (limits.has_max && limits.max < (double)usual) usual = (size_t)limits.max;
  if (!limits.has_min || limits.min <= (double)usual) return usual;
  return limits.min < MOST_ITEMS ? (size_t)limits.min : MOST_ITEMS;
}

static const Json *list_of(Answering *answering, FactsShape shape, Str member, Str path, unsigned level) {
  JsonBuild build = {.arena = answering->arena};
  for (size_t i = items_of(shape, 1); i > 0; i--) {
    const Json *item = value_of(answering, facts_shape_element(shape), answer_singular(member), path, level + 1);
    if (!item) return NULL;
    json_add(&build, item);
  }
  return json_made_array(&build);
}

// Empty, unless it must not be: its keys mean something that nobody told.
static const Json *map_of(Answering *answering, FactsShape shape, Str member, Str path, unsigned level) {
  JsonBuild build = {.arena = answering->arena};
  if (!items_of(shape, 0)) return json_made_object(&build);
  const Json *value = value_of(answering, facts_shape_element(shape), member, path, level + 1);
  json_put(&build, text_of(answering, facts_shape_key(shape), S("Key")), value);
  return value ? json_made_object(&build) : NULL;
}

// A value of `shape` for the member of that name, or NULL where it nests too deep to go on.
static const Json *value_of(Answering *answering, FactsShape shape, Str member, Str path, unsigned level) {
  Arena *arena = answering->arena;
  FactsShapeKind kind = facts_shape_kind(shape);
  if (level > MOST_LEVELS && kind < FACTS_STRING) return NULL;
  switch (kind) {
  case FACTS_STRUCTURE: return structure_of(answering, shape, path, level);
  case FACTS_LIST: return list_of(answering, shape, member, path, level);
  case FACTS_MAP: return map_of(answering, shape, member, path, level);
  case FACTS_ANY: return json_object(arena, NULL, 0);
  case FACTS_STRING: return json_string(arena, text_of(answering, shape, member));
  case FACTS_BLOB: return json_string(arena, (Str){"", 0});
  case FACTS_BOOLEAN: return json_bool(false);
  case FACTS_TIMESTAMP: return timestamp(answering);
  case FACTS_INTEGER:
  case FACTS_LONG:
  case FACTS_FLOAT:
  case FACTS_DOUBLE: return json_number(arena, number_of(shape, member));
  }
  return NULL;
}

const Json *facts_default_answer(Arena *arena, const FactsTask *task, const Json *arguments, const FactsPlace *place) {
  FactsShape output = facts_task_output(task);
  if (facts_shape_kind(output) == FACTS_ANY) return json_object(arena, NULL, 0);
  Answering answering = {.arena = arena, .task = task, .arguments = arguments, .place = *place};
  answering.input = facts_task_input(task);
  read_table(&answering, str_fmt(arena, "%.*s:%.*s", STR_ARG(task->service), STR_ARG(task->action)));
  if (!place->partition.len) answering.place.partition = S("aws");
  if (!place->region.len) answering.place.region = S("us-east-1");
  if (place->now <= 0) answering.place.now = 1767225600; // 2026-01-01
  if (!place->account.len) answering.place.account = S("123456789012");
  return value_of(&answering, output, (Str){0}, (Str){0}, 0);
}
