// The results of a distributed Map: what is told of its child executions, and ResultWriter.
#include "run/engine.h"
#include "run/instant.h"
#include "run/value.h"
#include <stdlib.h>

static const Json *date(Arena *a, double seconds) {
  Buf out = {.arena = a};
  instant_write(&out, seconds);
  return json_string(a, buf_text(&out));
}

// The machine that the children are executions of: MACHINE/LABEL.
static const Json *machine_arn(Arena *a, const Fork *fork) {
  Str run = fork->map_run, label;
  size_t at = str_find(run, S(":mapRun:"), 0);
  label = str_cut(str_slice(run, at + 8, run.len), ':', &(Str){0});
  return json_string(a, str_fmt(a, "%.*s:stateMachine:%.*s", STR_ARG(str_slice(run, 0, at)), STR_ARG(label)));
}

static void put_text(JsonBuild *build, Str name, Str details, const Json *value) {
  JsonBuild included = {.arena = build->arena};
  json_put(&included, S("Included"), json_bool(true));
  json_put(build, name, json_string(build->arena, value_text(build->arena, value)));
  json_put(build, details, json_made_object(&included));
}

const Json *map_record(Engine *g, const Thread *child, const Json *output, const Failure *failure) {
  Arena *a = &g->heap;
  const Execution *x = child->execution;
  JsonBuild build = {.arena = a};
  if (failure && failure->cause) json_put(&build, S("Cause"), failure->cause);
  if (failure && failure->error) json_put(&build, S("Error"), failure->error);
  json_put(&build, S("ExecutionArn"), json_string(a, x->arn));
  put_text(&build, S("Input"), S("InputDetails"), x->input);
  json_put(&build, S("Name"), json_string(a, x->name));
  if (output) put_text(&build, S("Output"), S("OutputDetails"), output);
  json_put(&build, S("RedriveCount"), json_number(a, 0));
  json_put(&build, S("RedriveStatus"), json_string(a, failure ? S("REDRIVABLE_BY_MAP_RUN") : S("NOT_REDRIVABLE")));
  if (!failure) {
    json_put(&build, S("RedriveStatusReason"), json_string(a, S("Execution is SUCCEEDED and cannot be redriven")));
  }
  json_put(&build, S("StartDate"), date(a, x->started));
  json_put(&build, S("StateMachineArn"), machine_arn(a, child->parent));
  json_put(&build, S("Status"), json_string(a, failure ? S("FAILED") : S("SUCCEEDED")));
  json_put(&build, S("StopDate"), date(a, g->now));
  return json_made_object(&build);
}

// The results of the children that failed, or of those that did not, or of all.
typedef enum { OF_ALL, OF_SUCCEEDED, OF_FAILED } Which;

static const Json *collected(Engine *g, const Fork *fork, Which which) {
  bool flatten = fork->owner->state->map->transformation == TRANSFORMATION_FLATTEN;
  JsonBuild build = {.arena = &g->heap};
  size_t next = 0; // of the failures, which are in order
  for (uint32_t i = 0; i < fork->count; i++) {
    bool failed = next < fork->failures.len && fork->failures.at[next] == i;
    next += failed;
    if (which != OF_ALL && failed != (which == OF_FAILED)) continue;
    const Json *result = fork->results[i];
    if (!flatten || failed || result->kind != JSON_ARRAY) {
      json_add(&build, result);
      continue;
    }
    for (uint32_t k = 0; k < result->count; k++) json_add(&build, result->items[k]);
  }
  return json_made_array(&build);
}

// --- ResultWriter

typedef struct Writing {
  Engine *g;
  const Fork *fork;
  Str bucket, folder; // the folder's name ends in a slash
} Writing;

static Str body_of(const Writing *w, const Json *results) {
  Arena *a = &w->g->heap;
  if (!w->fork->owner->state->map->lines) return value_text(a, results);
  Buf out = {.arena = a};
  for (uint32_t i = 0; i < results->count; i++) {
    json_write(&out, results->items[i], JSON_COMPACT);
    buf_char(&out, '\n');
  }
  return buf_text(&out);
}

static bool put_object(const Writing *w, Str key, Str body) {
  const RunWorld *world = &w->g->options->world;
  return !world->write || world->write(world->with, &w->g->heap, w->bucket, key, body);
}

// Writes the results of a kind, if there are any, and lists the file.
static bool put_results(const Writing *w, const char *status, Which which, JsonBuild *files) {
  Arena *a = &w->g->heap;
  const Json *results = collected(w->g, w->fork, which);
  JsonBuild list = {.arena = a}, file = {.arena = a};
  bool good = true;
  if (results->count) {
    Str body = body_of(w, results);
    Str key = str_fmt(a, "%.*s%s_0.json%s", STR_ARG(w->folder), status, w->fork->owner->state->map->lines ? "l" : "");
    json_put(&file, S("Key"), json_string(a, key));
    json_put(&file, S("Size"), json_number(a, (double)body.len));
    json_add(&list, json_made_object(&file));
    good = put_object(w, key, body);
  }
  json_put(files, str_of(status), json_made_array(&list));
  return good;
}

// The files of the results and the manifest that names them. The result says where the manifest is.
static const Json *write_results(Writing *w) {
  Arena *a = &w->g->heap;
  JsonBuild files = {.arena = a}, manifest = {.arena = a}, details = {.arena = a}, build = {.arena = a};
  const Json *run = json_string(a, w->fork->map_run), *bucket = json_string(a, w->bucket);
  if (!put_results(w, "FAILED", OF_FAILED, &files)) return NULL;
  json_put(&files, S("PENDING"), json_array(a, NULL, 0));
  if (!put_results(w, "SUCCEEDED", OF_SUCCEEDED, &files)) return NULL;
  json_put(&manifest, S("DestinationBucket"), bucket);
  json_put(&manifest, S("MapRunArn"), run);
  json_put(&manifest, S("ResultFiles"), json_made_object(&files));
  Str key = str_fmt(a, "%.*smanifest.json", STR_ARG(w->folder));
  if (!put_object(w, key, value_text(a, json_made_object(&manifest)))) return NULL;
  json_put(&details, S("Bucket"), bucket);
  json_put(&details, S("Key"), json_string(a, key));
  json_put(&build, S("MapRunArn"), run);
  json_put(&build, S("ResultWriterDetails"), json_made_object(&details));
  return json_made_object(&build);
}

static int by_index(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

const Json *map_results(Engine *g, Fork *fork, Failure *failure) {
  if (fork->failures.len) qsort(fork->failures.at, fork->failures.len, sizeof *fork->failures.at, by_index);
  const Json *bucket = json_get(fork->writer, S("Bucket")), *prefix = json_get(fork->writer, S("Prefix"));
  if (!fork->owner->state->map->writes || !json_is(bucket, JSON_STRING)) return collected(g, fork, OF_ALL);
  Str uuid = str_slice(fork->map_run, fork->map_run.len - 36, fork->map_run.len);
  Str folder = json_is(prefix, JSON_STRING) ? json_str(prefix) : S("");
  const char *slash = folder.len && !str_ends(folder, S("/")) ? "/" : "";
  Writing w = {.g = g, .fork = fork, .bucket = json_str(bucket)};
  w.folder = str_fmt(&g->heap, "%.*s%s%.*s/", STR_ARG(folder), slash, STR_ARG(uuid));
  const Json *result = write_results(&w);
  if (result) return result;
  *failure = failure_of(&g->heap, S("States.ResultWriterFailed"), "The results cannot be written to the bucket %.*s",
                        STR_ARG(w.bucket));
  failure->bare = true;
  return NULL;
}
