#include "run/exec.h"
#include "base/embed.h"
#include "base/sys.h"
#include "run/sdk_answer.h"
#include "run/value.h"

// "arn:aws:lambda:us-east-1:111111111111:function:NAME:ALIAS", "NAME" or "NAME:ALIAS" to NAME.
static Str function_name(Str text) {
  size_t at = str_find(text, S(":function:"), 0);
  Str rest = at < text.len ? str_slice(text, at + 10, text.len) : text;
  return str_cut(rest, ':', &(Str){0});
}

// The function that a call is for, or an empty name; *event is the JSON text it gets.
static Str function_of(Arena *arena, const RunCall *call, Str *event) {
  const TaskResource *r = &call->state->resource;
  if (r->kind == TASK_LAMBDA) {
    *event = value_text(arena, call->arguments);
    return function_name(r->arn);
  }
  const Json *name = json_get(call->arguments, S("FunctionName")), *payload = json_get(call->arguments, S("Payload"));
  if (r->kind != TASK_SERVICE || !str_has(r->service, S("lambda")) || !str_starts(r->action, S("invoke"))) return S("");
  // A text is the request's body as it is; without a payload the handler gets an empty object.
  *event = !payload || payload->kind == JSON_NULL ? S("{}")
           : payload->kind == JSON_STRING         ? json_str(payload)
                                                  : value_text(arena, payload);
  return json_is(name, JSON_STRING) ? function_name(json_str(name)) : S("");
}

// The region and account of a machine; those of a test account where it has no ARN.
static Str place_of(Str arn, Str *account) {
  Str rest = arn;
  for (int i = 0; rest.len && i < 3; i++) str_cut(rest, ':', &rest);
  Str region = str_cut(rest, ':', &rest);
  *account = rest.len ? str_cut(rest, ':', &rest) : S("123456789012");
  return region.len ? region : S("us-east-1");
}

static bool run_handler(const Handlers *h, Arena *arena, const Handler *handler, Str event, const Json **result,
                        Str *why) {
  Str script, output, errors;
  bool timed_out;
  embed_find(S("run/handler.py"), &script);
  Str offline, program = h->real ? S("") : sys_program(arena);
  embed_find(S("run/offline.py"), &offline);
  Str account, region = place_of(h->machine_arn, &account);
  char *argv[] = {"python3",
                  "-c",
                  str_z(arena, str_fmt(arena, "%.*s%.*s", STR_ARG(offline), STR_ARG(script))),
                  str_z(arena, handler->path),
                  str_z(arena, handler->name),
                  str_z(arena, handler->arn),
                  str_z(arena, program),
                  str_z(arena, region),
                  str_z(arena, account),
                  str_z(arena, h->s3),
                  h->strict ? "strict" : "",
                  NULL};
  int status = sys_run(arena, argv, S(""), handler->environment, event, h->seconds > 0 ? h->seconds : 60, &output,
                       &errors, &timed_out);
  JsonError error;
  *result = status == 0 ? json_read(arena, output, 0, &error) : NULL;
  if (*result) return true;
  *why = timed_out    ? str_fmt(arena, "%.*s took too long", STR_ARG(handler->path))
         : status < 0 ? S("python3 cannot be started")
                      : str_fmt(arena, "%.*s cannot be run: %.*s", STR_ARG(handler->path), STR_ARG(str_trim(errors)));
  return false;
}

// lambda:invoke with the name of a function that the account does not have.
static bool not_found(const Handlers *h, Arena *arena, Str name, RunAnswer *answer, uint64_t *random) {
  Str account, region = place_of(h->machine_arn, &account);
  Str id = random_uuid(random, arena);
  answer->error = json_string(arena, S("Lambda.ResourceNotFoundException"));
  answer->cause = json_string(
      arena, str_fmt(arena,
                     "Function not found: arn:aws:lambda:%.*s:%.*s:function:%.*s:$LATEST (Service: AWSLambda; Status "
                     "Code: 404; Error Code: ResourceNotFoundException; Request ID: %.*s; Proxy: null)",
                     STR_ARG(region), STR_ARG(account), STR_ARG(name), STR_ARG(id)));
  return true;
}

bool handlers_answer(void *with, Arena *arena, const RunCall *call, RunAnswer *answer, Str *why) {
  Handlers *h = with;
  Str event, name = function_of(arena, call, &event);
  if (!name.len) return false;
  Handler handler = {.path = path_join(arena, h->folder, str_fmt(arena, "%.*s.py", STR_ARG(name))),
                     .name = S("handler")};
  bool found = h->find && h->find(h->with, name, &handler);
  if (!found && sys_kind(handler.path) != SYS_FILE) {
    if (call->state->resource.kind == TASK_SERVICE) return not_found(h, arena, name, answer, &h->random);
    *why = str_fmt(arena, "'%.*s' calls the function %.*s, but there is no %.*s", STR_ARG(call->state->name),
                   STR_ARG(name), STR_ARG(handler.path));
    return false;
  }
  const Json *result;
  if (!run_handler(h, arena, &handler, event, &result, why)) return false;
  const Json *made_up = json_get(result, S("made_up")), *unknown = json_get(result, S("unknown"));
  if (json_is(made_up, JSON_NUMBER)) h->made_up += (size_t)made_up->number;
  h->unknown = json_is(unknown, JSON_STRING) ? json_str(unknown) : (Str){0};
  if (h->unknown.len) return false;
  const Json *slept = json_get(result, S("slept")), *payload = json_get(result, S("payload"));
  answer->delay = json_is(slept, JSON_NUMBER) ? slept->number : 0;
  answer->error = json_get(result, S("error"));
  answer->cause = json_get(result, S("cause"));
  if (!payload) return true;
  JsonError error;
  const Json *value = json_read(arena, json_str(payload), 0, &error);
  if (!value) value = payload;
  bool lambda = call->state->resource.kind == TASK_LAMBDA || call->state->resource.pattern == PATTERN_TOKEN;
  answer->value = lambda ? value : sdk_lambda_answer(arena, value, payload->count, call->now, &h->random);
  return true;
}
