// The loader of Retry, Catch, Choices, resources and Map states.
#include "run/load_parts.h"

static bool load_errors(Loader *l, const Json *of, const Str **errors, uint32_t *count) {
  const Json *list;
  if (!load_member(l, of, S("ErrorEquals"), JSON_ARRAY, &list)) return false;
  if (!list || !list->count) return load_fault(l, "R0101", of, "ErrorEquals must name errors");
  Str *names = NEW_N(l->arena, Str, list->count);
  for (uint32_t i = 0; i < list->count; i++) {
    if (list->items[i]->kind != JSON_STRING) return load_fault(l, "R0101", list->items[i], "an error name is a string");
    names[i] = json_str(list->items[i]);
  }
  *errors = names;
  *count = list->count;
  return true;
}

static bool load_number(Loader *l, const Json *of, Str key, double otherwise, double *number) {
  const Json *value;
  if (!load_member(l, of, key, JSON_NUMBER, &value)) return false;
  *number = value ? value->number : otherwise;
  return true;
}

bool load_retry(Loader *l, State *s) {
  const Json *list;
  if (!load_member(l, s->source, S("Retry"), JSON_ARRAY, &list)) return false;
  if (!list || !list->count) return true;
  Retrier *made = NEW_N(l->arena, Retrier, list->count);
  for (uint32_t i = 0; i < list->count; i++) {
    const Json *of = list->items[i], *jitter;
    double attempts;
    if (!load_errors(l, of, &made[i].errors, &made[i].error_count)) return false;
    if (!load_number(l, of, S("IntervalSeconds"), 1, &made[i].interval)) return false;
    if (!load_number(l, of, S("BackoffRate"), 2, &made[i].backoff)) return false;
    if (!load_number(l, of, S("MaxDelaySeconds"), 0, &made[i].max_delay)) return false;
    if (!load_number(l, of, S("MaxAttempts"), 3, &attempts)) return false;
    if (!load_member(l, of, S("JitterStrategy"), JSON_STRING, &jitter)) return false;
    made[i].attempts = attempts < 0 ? 0 : attempts > 99999999 ? 99999999 : (uint32_t)attempts;
    made[i].jitter = jitter && str_eq(json_str(jitter), S("FULL"));
  }
  s->retriers = made;
  s->retrier_count = list->count;
  return true;
}

bool load_catch(Loader *l, State *s) {
  const Json *list;
  if (!load_member(l, s->source, S("Catch"), JSON_ARRAY, &list)) return false;
  if (!list || !list->count) return true;
  Catcher *made = NEW_N(l->arena, Catcher, list->count);
  for (uint32_t i = 0; i < list->count; i++) {
    const Json *of = list->items[i], *next;
    if (!load_errors(l, of, &made[i].errors, &made[i].error_count)) return false;
    if (!load_member(l, of, S("Next"), JSON_STRING, &next)) return false;
    if (!next) return load_fault(l, "R0101", of, "a catcher wants Next");
    if (!load_next(l, s, next, &made[i].next)) return false;
    if (!load_data_path(l, of, S("ResultPath"), &made[i].result_path)) return false;
    Str within = str_fmt(l->arena, "Catch[%u]", i);
    if (!load_assign(l, of, within, s->jsonata, &made[i].assign)) return false;
    if (s->jsonata && !load_template_within(l, of, within, S("Output"), true, &made[i].output)) return false;
  }
  s->catchers = made;
  s->catcher_count = list->count;
  return true;
}

static bool load_rule(Loader *l, State *s, const Json *of, uint32_t index, ChoiceRule *made) {
  const Json *next;
  if (!load_member(l, of, S("Next"), JSON_STRING, &next)) return false;
  if (!next) return load_fault(l, "R0101", of, "a choice wants Next");
  if (!load_next(l, s, next, &made->next)) return false;
  Str within = str_fmt(l->arena, "Choices[%u]", index);
  if (!load_assign(l, of, within, s->jsonata, &made->assign)) return false;
  if (!s->jsonata) {
    Str why;
    made->rule = rule_compile(l->arena, of, &why);
    return made->rule || load_fault(l, "R0103", of, "Choices: %.*s", STR_ARG(why));
  }
  if (!json_get(of, S("Condition"))) return load_fault(l, "R0101", of, "a choice wants a Condition");
  return load_template_within(l, of, within, S("Condition"), true, &made->condition) &&
         load_template_within(l, of, within, S("Output"), true, &made->output);
}

bool load_choices(Loader *l, State *s) {
  const Json *list, *otherwise;
  if (!load_member(l, s->source, S("Choices"), JSON_ARRAY, &list)) return false;
  if (!load_member(l, s->source, S("Default"), JSON_STRING, &otherwise)) return false;
  if (!list || !list->count) return load_fault(l, "R0101", s->source, "a Choice state wants Choices");
  ChoiceRule *made = NEW_N(l->arena, ChoiceRule, list->count);
  for (uint32_t i = 0; i < list->count; i++) {
    if (!load_rule(l, s, list->items[i], i, &made[i])) return false;
  }
  s->rules = made;
  s->rule_count = list->count;
  return !otherwise || load_next(l, s, otherwise, &s->otherwise);
}

// arn:PARTITION:SERVICE:REGION:ACCOUNT:REST
static Str arn_part(Str arn, int part) {
  Str rest = arn, piece = {0};
  for (int i = 0; i <= part; i++) {
    if (i == 5 && part == 5) return rest;
    piece = str_cut(rest, ':', &rest);
  }
  return piece;
}

bool load_resource(Loader *l, State *s) {
  const Json *value;
  if (!load_member(l, s->source, S("Resource"), JSON_STRING, &value)) return false;
  if (!value) return load_fault(l, "R0101", s->source, "a Task state wants a Resource");
  TaskResource *r = &s->resource;
  r->arn = json_str(value);
  Str service = arn_part(r->arn, 2), rest = arn_part(r->arn, 5);
  if (str_eq(service, S("lambda")) && str_starts(rest, S("function:"))) return r->kind = TASK_LAMBDA, true;
  if (str_eq(service, S("states")) && str_starts(rest, S("activity:"))) return r->kind = TASK_ACTIVITY, true;
  if (!str_eq(service, S("states"))) {
    return load_fault(l, "R0202", value, "a task on '%.*s' is not simulated", STR_ARG(r->arn));
  }
  r->kind = TASK_SERVICE;
  r->service = str_cut(rest, ':', &r->action);
  if (str_eq(r->service, S("aws-sdk"))) {
    Str api = str_cut(r->action, ':', &r->action);
    r->service = str_slice(rest, 0, r->service.len + 1 + api.len);
  }
  if (!r->service.len || !r->action.len) {
    return load_fault(l, "R0202", value, "'%.*s' names no integration", STR_ARG(r->arn));
  }
  if (str_has(r->action, S(".sync"))) r->pattern = PATTERN_SYNC;
  if (str_ends(r->action, S(".waitForTaskToken"))) r->pattern = PATTERN_TOKEN;
  return true;
}

// Which of the names a member holds; *index stays where the member is missing.
static bool load_word(Loader *l, const Json *of, Str key, const char *const *names, int count, const char *code,
                      int *index) {
  const Json *value;
  if (!load_member(l, of, key, JSON_STRING, &value)) return false;
  if (!value) return true;
  for (int i = 0; i < count; i++) {
    if (str_eq(json_str(value), str_of(names[i]))) return *index = i, true;
  }
  return load_fault(l, code, value, "%.*s %.*s is not simulated", STR_ARG(key), STR_ARG(json_str(value)));
}

static bool load_csv(Loader *l, const Json *config, ItemReader *reader) {
  static const char *const places[] = {"FIRST_ROW", "GIVEN"}, *const delimiters[] = {"COMMA", "PIPE", "SEMICOLON",
                                                                                     "SPACE", "TAB"};
  int place = 0, delimiter = 0;
  if (!load_word(l, config, S("CSVHeaderLocation"), places, 2, "R0206", &place)) return false;
  if (!load_word(l, config, S("CSVDelimiter"), delimiters, 5, "R0206", &delimiter)) return false;
  reader->headers_given = place == 1;
  reader->delimiter = ",|; \t"[delimiter];
  return load_member(l, config, S("CSVHeaders"), JSON_ARRAY, &reader->headers);
}

static bool load_reader_config(Loader *l, const Json *of, bool jsonata, bool list, ItemReader *reader) {
  static const char *const types[] = {"JSON", "JSONL", "CSV", "MANIFEST"},
                           *const transformations[] = {"NONE", "LOAD_AND_FLATTEN"},
                           *const manifests[] = {"", "S3_INVENTORY", "ATHENA_DATA"};
  const Json *config, *pointer;
  int type = READ_JSON, transformation = 0, manifest = 0;
  if (!load_member(l, of, S("ReaderConfig"), JSON_OBJECT, &config)) return false;
  if (!load_word(l, config, S("InputType"), types, 4, "R0206", &type)) return false;
  if (!load_word(l, config, S("Transformation"), transformations, 2, "R0206", &transformation)) return false;
  if (!load_word(l, config, S("ManifestType"), manifests, 3, "R0206", &manifest)) return false;
  if (!load_csv(l, config, reader) || !load_member(l, config, S("ItemsPointer"), JSON_STRING, &pointer)) return false;
  if (config && !load_field(l, config, "MaxItems", jsonata, &reader->max_items)) return false;
  if (pointer) reader->pointer = json_str(pointer);
  bool manifests_files = type == 3;
  reader->kind = manifests_files ? READ_CSV : (ReadKind)type;
  reader->from = list                               ? (transformation ? FROM_LISTED_OBJECTS : FROM_LIST)
                 : manifest == 2                    ? FROM_ATHENA
                 : manifest == 1 || manifests_files ? FROM_INVENTORY
                                                    : FROM_OBJECT;
  return true;
}

static bool load_reader(Loader *l, const Json *of, bool jsonata, ItemReader *reader) {
  const Json *resource;
  reader->present = true;
  if (!load_member(l, of, S("Resource"), JSON_STRING, &resource)) return false;
  if (!resource) return load_fault(l, "R0101", of, "an ItemReader wants a Resource");
  bool list = str_ends(json_str(resource), S(":s3:listObjectsV2"));
  if (!list && !str_ends(json_str(resource), S(":s3:getObject"))) {
    return load_fault(l, "R0206", resource, "an ItemReader on %.*s is not simulated", STR_ARG(json_str(resource)));
  }
  Str arguments = jsonata ? S("Arguments") : S("Parameters");
  if (!load_template_within(l, of, S("ItemReader"), arguments, jsonata, &reader->arguments)) return false;
  return load_reader_config(l, of, jsonata, list, reader);
}

static bool load_batcher(Loader *l, const Json *of, bool jsonata, MapConfig *map) {
  map->batches = true;
  return load_field(l, of, "MaxItemsPerBatch", jsonata, &map->batch_items) &&
         load_field(l, of, "MaxInputBytesPerBatch", jsonata, &map->batch_bytes) &&
         load_template_within(l, of, S("ItemBatcher"), S("BatchInput"), jsonata, &map->batch_input);
}

static bool load_writer(Loader *l, const Json *of, bool jsonata, MapConfig *map) {
  static const char *const transformations[] = {"NONE", "COMPACT", "FLATTEN"}, *const types[] = {"JSON", "JSONL"};
  const Json *config;
  map->writes = of && json_get(of, S("Resource"));
  int transformation = map->writes ? TRANSFORMATION_NONE : TRANSFORMATION_COMPACT, type = 0;
  Str arguments = jsonata ? S("Arguments") : S("Parameters");
  if (of && !load_template_within(l, of, S("ResultWriter"), arguments, jsonata, &map->writer_arguments)) return false;
  if (!load_member(l, of, S("WriterConfig"), JSON_OBJECT, &config)) return false;
  if (!load_word(l, config, S("Transformation"), transformations, 3, "R0206", &transformation)) return false;
  if (!load_word(l, config, S("OutputType"), types, 2, "R0206", &type)) return false;
  map->transformation = (Transformation)transformation;
  map->lines = type == 1;
  return true;
}

static bool load_processor(Loader *l, State *s, MapConfig *map) {
  const Json *processor = json_get(s->source, S("ItemProcessor")), *config, *mode, *type;
  if (!processor) processor = json_get(s->source, S("Iterator"));
  if (!processor) return load_fault(l, "R0101", s->source, "a Map state wants an ItemProcessor");
  map->processor = load_machine(l, processor);
  if (!map->processor || !load_member(l, processor, S("ProcessorConfig"), JSON_OBJECT, &config)) return false;
  if (!load_member(l, config, S("Mode"), JSON_STRING, &mode)) return false;
  if (!load_member(l, config, S("ExecutionType"), JSON_STRING, &type)) return false;
  map->distributed = mode && str_eq(json_str(mode), S("DISTRIBUTED"));
  map->express = type && str_eq(json_str(type), S("EXPRESS"));
  return true;
}

bool load_map(Loader *l, State *s) {
  MapConfig *map = NEW(l->arena, MapConfig);
  s->map = map;
  const Json *source = s->source, *label, *reader, *batcher, *writer;
  bool q = s->jsonata;
  if (!load_processor(l, s, map) || !load_member(l, source, S("Label"), JSON_STRING, &label)) return false;
  if (label) map->label = json_str(label);
  if (!load_field(l, source, "Items", q, &map->items)) return false;
  if (!load_field(l, source, "MaxConcurrency", q, &map->max_concurrency)) return false;
  if (!load_field(l, source, "ToleratedFailureCount", q, &map->tolerated_count)) return false;
  if (!load_field(l, source, "ToleratedFailurePercentage", q, &map->tolerated_percentage)) return false;
  if (!load_template(l, source, S("ItemSelector"), q, &map->item_selector)) return false;
  if (!map->item_selector && !q) map->item_selector = s->parameters;
  s->parameters = NULL;
  if (!load_member(l, source, S("ItemReader"), JSON_OBJECT, &reader)) return false;
  if (!load_member(l, source, S("ItemBatcher"), JSON_OBJECT, &batcher)) return false;
  if (!load_member(l, source, S("ResultWriter"), JSON_OBJECT, &writer)) return false;
  if (reader && !load_reader(l, reader, q, &map->reader)) return false;
  if (batcher && !load_batcher(l, batcher, q, map)) return false;
  return load_writer(l, writer, q, map);
}
