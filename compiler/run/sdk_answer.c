#include "run/sdk_answer.h"
#include "base/digest.h"
#include "facts/default_answer.h"
#include "run/evaluate.h"
#include "run/value.h"
#include <math.h>
#include <stdio.h>

// How a service's HTTP answers look.
typedef enum { HTTP_NONE, HTTP_JSON, HTTP_DYNAMODB, HTTP_XML } HttpStyle;

static const struct {
  const char *service;
  HttpStyle style;
} styles[] = {
    {"dynamodb", HTTP_DYNAMODB},
    {"sns", HTTP_XML},
    {"sqs", HTTP_JSON},
    {"states", HTTP_JSON},
};

// A publication's answer in XML: two UUIDs in a fixed frame.
enum { SNS_ANSWER_LENGTH = 294 };

typedef struct Headers {
  Arena *arena;
  JsonBuild all, flat;
} Headers;

static void header(Headers *h, Str name, Str text) {
  const Json *value = json_string(h->arena, text);
  const Json **items = arena_raw(h->arena, sizeof *items);
  items[0] = value;
  json_put(&h->all, name, json_array(h->arena, items, 1));
  json_put(&h->flat, name, value);
}

// Seconds since 1970 as HTTP writes them: "Tue, 15 Nov 1994 08:12:31 GMT".
static Str http_date(Arena *arena, double now) {
  static const char *const days[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
  static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  int64_t whole = (int64_t)floor(now), day = whole / 86400, rest = whole % 86400;
  int64_t z = day + 719468, era = z / 146097, of_era = z - era * 146097;
  int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;
  int64_t month = m < 10 ? m + 3 : m - 9, year = y + era * 400 + (month <= 2);
  return str_fmt(arena, "%s, %02d %s %d %02d:%02d:%02d GMT", days[day % 7], (int)(of_year - (153 * m + 2) / 5 + 1),
                 months[month - 1], (int)year, (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}

// Appends SdkHttpMetadata and SdkResponseMetadata.
static void put_metadata(JsonBuild *build, Headers *h, Str request_id) {
  JsonBuild http = {.arena = h->arena}, response = {.arena = h->arena};
  json_put(&http, S("AllHttpHeaders"), json_made_object(&h->all));
  json_put(&http, S("HttpHeaders"), json_made_object(&h->flat));
  json_put(&http, S("HttpStatusCode"), json_number(h->arena, 200));
  json_put(&response, S("RequestId"), json_string(h->arena, request_id));
  json_put(build, S("SdkHttpMetadata"), json_made_object(&http));
  json_put(build, S("SdkResponseMetadata"), json_made_object(&response));
}

static Headers headers_new(Arena *arena) {
  return (Headers){.arena = arena, .all.arena = arena, .flat.arena = arena};
}

const Json *sdk_lambda_answer(Arena *arena, const Json *payload, size_t length, double now, uint64_t *random) {
  Headers h = headers_new(arena);
  Str id = random_uuid(random, arena);
  header(&h, S("X-Amz-Executed-Version"), S("$LATEST"));
  header(&h, S("x-amzn-Remapped-Content-Length"), S("0"));
  header(&h, S("Connection"), S("keep-alive"));
  header(&h, S("x-amzn-RequestId"), id);
  header(&h, S("Content-Length"), str_fmt(arena, "%zu", length));
  header(&h, S("Date"), http_date(arena, now));
  header(&h, S("X-Amzn-Trace-Id"),
         str_fmt(arena, "root=1-%08llx-%012llx", (unsigned long long)now,
                 (unsigned long long)(evaluation_random(random) & 0xffffffffffff)));
  header(&h, S("Content-Type"), S("application/json"));
  JsonBuild build = {.arena = arena};
  json_put(&build, S("ExecutedVersion"), json_string(arena, S("$LATEST")));
  json_put(&build, S("Payload"), payload);
  put_metadata(&build, &h, id);
  json_put(&build, S("StatusCode"), json_number(arena, 200));
  return json_made_object(&build);
}

static HttpStyle style_of(Str service) {
  for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
    if (str_eq(service, str_of(styles[i].service))) return styles[i].style;
  }
  return HTTP_NONE;
}

static void put_http(JsonBuild *build, const RunCall *call, HttpStyle style, size_t length, uint64_t *random) {
  if (style == HTTP_NONE) return;
  Arena *arena = build->arena;
  Headers h = headers_new(arena);
  Str id = random_uuid(random, arena);
  bool dynamodb = style == HTTP_DYNAMODB;
  if (dynamodb) header(&h, S("Server"), S("Server"));
  header(&h, dynamodb ? S("Connection") : S("connection"), S("keep-alive"));
  header(&h, S("x-amzn-RequestId"), id);
  if (dynamodb) header(&h, S("x-amz-crc32"), str_fmt(arena, "%u", (unsigned)evaluation_random(random)));
  header(&h, S("Content-Length"), str_fmt(arena, "%zu", length));
  header(&h, S("Date"), http_date(arena, call->now));
  header(&h, S("Content-Type"), style == HTTP_XML ? S("text/xml") : S("application/x-amz-json-1.0"));
  put_metadata(build, &h, id);
}

// The length of JSON as Python's runtime writes it: with a blank behind every comma and colon.
static size_t spaced_length(const Json *value) {
  size_t length = 2, count = value->count;
  switch (value->kind) {
  case JSON_ARRAY:
    for (uint32_t i = 0; i < count; i++) length += spaced_length(value->items[i]);
    return length + (count ? 2 * (count - 1) : 0);
  case JSON_OBJECT:
    for (uint32_t i = 0; i < count; i++) {
      Json key = {.kind = JSON_STRING, .count = (uint32_t)value->members[i].key.len, .text = value->members[i].key.at};
      length += spaced_length(&key) + 2 + spaced_length(value->members[i].value);
    }
    return length + (count ? 2 * (count - 1) : 0);
  default: {
    Arena arena = {0};
    length = value_text(&arena, value).len;
    arena_free(&arena);
    return length;
  }
  }
}

// The members of an answer that Step Functions itself adds to an execution's description.
static void put_redrive(JsonBuild *build, const Json *answer) {
  const Json *status = json_get(answer, S("Status"));
  if (!json_is(status, JSON_STRING) || json_get(answer, S("RedriveStatus"))) return;
  bool succeeded = str_eq(json_str(status), S("SUCCEEDED"));
  json_put(build, S("RedriveCount"), json_number(build->arena, 0));
  json_put(build, S("RedriveStatus"), json_string(build->arena, succeeded ? S("NOT_REDRIVABLE") : S("REDRIVABLE")));
  if (succeeded) {
    json_put(build, S("RedriveStatusReason"),
             json_string(build->arena, S("Execution is SUCCEEDED and cannot be redriven")));
  }
}

const Json *sdk_answer(Arena *arena, const RunCall *call, const Json *answer, uint64_t *random) {
  const TaskResource *r = &call->state->resource;
  const Json *payload = json_get(answer, S("Payload"));
  if (r->kind == TASK_LAMBDA) return payload ? payload : answer;
  if (r->kind == TASK_ACTIVITY || r->pattern == PATTERN_TOKEN || answer->kind != JSON_OBJECT) return answer;
  if (str_eq(r->service, S("lambda")) && payload && !json_get(answer, S("SdkHttpMetadata"))) {
    return sdk_lambda_answer(arena, payload, spaced_length(payload), call->now, random);
  }
  JsonBuild build = {.arena = arena};
  for (uint32_t i = 0; i < answer->count; i++) json_put(&build, answer->members[i].key, answer->members[i].value);
  if (r->pattern == PATTERN_SYNC) {
    if (str_eq(r->service, S("states"))) put_redrive(&build, answer);
    return json_made_object(&build);
  }
  HttpStyle style = json_get(answer, S("SdkHttpMetadata")) ? HTTP_NONE : style_of(r->service);
  size_t length = style == HTTP_XML ? SNS_ANSWER_LENGTH : value_text(arena, answer).len;
  // A message's digest and id always have the same length, whatever a mock calls them.
  bool message = str_eq(r->service, S("sqs")) && json_get(answer, S("MD5OfMessageBody"));
  if (message) length = sizeof "{\"MD5OfMessageBody\":\"\",\"MessageId\":\"\"}" - 1 + 32 + 36;
  put_http(&build, call, style, length, random);
  return json_made_object(&build);
}

// The ARN that an execution gets which is started with such arguments.
static Str execution_arn(Arena *arena, const Json *arguments, uint64_t *random) {
  const Json *machine = json_get(arguments, S("StateMachineArn")), *name = json_get(arguments, S("Name"));
  Str arn = json_is(machine, JSON_STRING) ? json_str(machine) : S("");
  Str own = json_is(name, JSON_STRING) ? json_str(name) : random_uuid(random, arena);
  size_t at = str_find(arn, S(":stateMachine:"), 0);
  Str rest = at < arn.len ? str_slice(arn, at + 14, arn.len) : S("");
  return str_fmt(arena, "%.*s:execution:%.*s:%.*s", STR_ARG(str_slice(arn, 0, at)), STR_ARG(rest), STR_ARG(own));
}

// What the API that is called answers at once, before the work that is waited for: its shape, made up.
static const Json *request_answer(Arena *arena, const RunCall *call, uint64_t *random) {
  Str arn = call->state->resource.arn;
  FactsTask task = facts_task(str_slice(arn, 0, str_find(arn, S("."), 0)));
  if (task.kind != FACTS_TASK_OPTIMIZED && task.kind != FACTS_TASK_SDK) return NULL;
  if (facts_shape_kind(facts_task_output(&task)) == FACTS_ANY) return NULL;
  FactsPlace place = {.now = call->now, .seed = evaluation_random(random)};
  return facts_default_answer(arena, &task, call->arguments, &place);
}

const Json *sdk_submitted(Arena *arena, const RunCall *call, uint64_t *random) {
  const TaskResource *r = &call->state->resource;
  JsonBuild build = {.arena = arena};
  size_t length = 2;
  if (str_eq(r->service, S("states"))) {
    Str arn = execution_arn(arena, call->arguments, random);
    json_put(&build, S("ExecutionArn"), json_string(arena, arn));
    json_put(&build, S("StartDate"), json_number(arena, call->now));
    length = sizeof "{\"executionArn\":\"\",\"startDate\":1.745486528077E9}" - 1 + arn.len;
  } else if (str_eq(r->service, S("sqs"))) {
    const Json *body = json_get(call->arguments, S("MessageBody"));
    Str text = !body ? S("") : body->kind == JSON_STRING ? json_str(body) : value_text(arena, body);
    unsigned char bytes[DIGEST_MOST];
    Buf hex = {.arena = arena};
    buf_hex(&hex, bytes, digest(S("MD5"), text, bytes));
    json_put(&build, S("MD5OfMessageBody"), json_string(arena, buf_text(&hex)));
    json_put(&build, S("MessageId"), json_string(arena, random_uuid(random, arena)));
    length = value_text(arena, json_made_object(&build)).len;
  } else if (str_eq(r->service, S("sns"))) {
    json_put(&build, S("MessageId"), json_string(arena, random_uuid(random, arena)));
    length = SNS_ANSWER_LENGTH;
  }
  if (str_eq(r->service, S("lambda"))) return sdk_lambda_answer(arena, &JSON_THE_NULL, 4, call->now, random);
  if (style_of(r->service) == HTTP_NONE) {
    const Json *answer = request_answer(arena, call, random);
    if (answer) return answer;
  }
  put_http(&build, call, style_of(r->service), length, random);
  return json_made_object(&build);
}
