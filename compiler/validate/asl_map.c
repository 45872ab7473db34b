// What a distributed Map reads, batches and writes: ItemReader, ItemBatcher, ResultWriter.
#include "validate/asl.h"

static void check_input_type(Asl *asl, State *state, const Json *value, const Crumb *at) {
  static const char *const words[] = {"CSV", "JSON", "JSONL", "MANIFEST", "PARQUET", NULL};
  (void)state;
  asl_check_word(asl, value, words, at);
}

static void check_header_location(Asl *asl, State *state, const Json *value, const Crumb *at) {
  static const char *const words[] = {"FIRST_ROW", "GIVEN", NULL};
  (void)state;
  asl_check_word(asl, value, words, at);
}

static void check_headers(Asl *asl, State *state, const Json *value, const Crumb *at) {
  (void)state;
  if (!asl_check_kind(asl, value, 1 << JSON_ARRAY, at)) return;
  for (uint32_t i = 0; i < value->count; i++) {
    Crumb here = crumb_index(at, i);
    asl_check_kind(asl, value->items[i], 1 << JSON_STRING, &here);
  }
}

static void check_delimiter(Asl *asl, State *state, const Json *value, const Crumb *at) {
  static const char *const words[] = {"COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB", NULL};
  (void)state;
  asl_check_word(asl, value, words, at);
}

static void check_read_transformation(Asl *asl, State *state, const Json *value, const Crumb *at) {
  static const char *const words[] = {"NONE", "LOAD_AND_FLATTEN", NULL};
  (void)state;
  asl_check_word(asl, value, words, at);
}

static void check_manifest_type(Asl *asl, State *state, const Json *value, const Crumb *at) {
  static const char *const words[] = {"ATHENA_DATA", "S3_INVENTORY", NULL};
  (void)state;
  asl_check_word(asl, value, words, at);
}

static void check_positive(Asl *asl, State *state, const Json *value, const Crumb *at) {
  asl_check_integer(asl, state, value, 1, 1e9, at);
}

static const ObjectField reader_config_fields[] = {
    {STR_INIT("InputType"), 3, check_input_type},
    {STR_INIT("Transformation"), 3, check_read_transformation},
    {STR_INIT("CSVHeaderLocation"), 3, check_header_location},
    {STR_INIT("CSVHeaders"), 3, check_headers},
    {STR_INIT("CSVDelimiter"), 3, check_delimiter},
    {STR_INIT("ManifestType"), 3, check_manifest_type},
    {STR_INIT("ItemsPointer"), 3, asl_check_text},
    {STR_INIT("MaxItems"), 3, asl_check_count},
    {STR_INIT("MaxItemsPath"), LANGUAGE_PATH, asl_check_reference_path},
};

static void check_reader_config(Asl *asl, State *state, const Json *value, const Crumb *at) {
  asl_check_object(asl, state, value, reader_config_fields, sizeof reader_config_fields / sizeof *reader_config_fields,
                   at);
  asl_check_exclusive(asl, value, S("MaxItems"), S("MaxItemsPath"), at);
  const Json *location = json_get(value, S("CSVHeaderLocation"));
  bool given = json_is(location, JSON_STRING) && str_eq(json_str(location), S("GIVEN"));
  if (given && !json_get(value, S("CSVHeaders"))) asl_require(asl, value, S("CSVHeaders"), at);
}

// Arguments and Parameters of readers and writers are templates that see the state's input, not a result.
static void check_arguments(Asl *asl, State *state, const Json *value, const Crumb *at) {
  asl_check_template(asl, state, value, at);
}

static const ObjectField reader_fields[] = {
    {STR_INIT("Resource"), 3, asl_check_text},
    {STR_INIT("ReaderConfig"), 3, check_reader_config},
    {STR_INIT("Parameters"), LANGUAGE_PATH, check_arguments},
    {STR_INIT("Arguments"), LANGUAGE_JSONATA, check_arguments},
};

// Readers and writers know a handful of integrations.
static void check_access(Asl *asl, const Json *object, const char *const *actions, const Crumb *at) {
  const Json *resource = json_get(object, S("Resource"));
  if (!json_is(resource, JSON_STRING) || template_is_open(json_str(resource))) return;
  for (size_t i = 0; actions[i]; i++) {
    if (str_ends(json_str(resource), str_of(actions[i])) && str_starts(json_str(resource), S("arn:aws"))) return;
  }
  Crumb here = crumb_key(at, S("Resource"));
  Diag *made = asl_report(asl, "V1071", asl_span(asl, resource), &here, "`%.*s` is no integration for this",
                          STR_ARG(json_str(resource)));
  diag_help(asl->diags, made, "use arn:aws:states%s", actions[0]);
}

void asl_check_item_reader(Asl *asl, State *state, const Json *value, const Crumb *at) {
  static const char *const actions[] = {":::s3:getObject", ":::s3:listObjectsV2", NULL};
  asl_check_object(asl, state, value, reader_fields, sizeof reader_fields / sizeof *reader_fields, at);
  asl_require(asl, value, S("Resource"), at);
  check_access(asl, value, actions, at);
}

static const ObjectField batcher_fields[] = {
    {STR_INIT("MaxItemsPerBatch"), 3, check_positive},
    {STR_INIT("MaxItemsPerBatchPath"), LANGUAGE_PATH, asl_check_reference_path},
    {STR_INIT("MaxInputBytesPerBatch"), 3, check_positive},
    {STR_INIT("MaxInputBytesPerBatchPath"), LANGUAGE_PATH, asl_check_reference_path},
    {STR_INIT("BatchInput"), 3, check_arguments},
};

void asl_check_item_batcher(Asl *asl, State *state, const Json *value, const Crumb *at) {
  asl_check_object(asl, state, value, batcher_fields, sizeof batcher_fields / sizeof *batcher_fields, at);
  asl_check_exclusive(asl, value, S("MaxItemsPerBatch"), S("MaxItemsPerBatchPath"), at);
  asl_check_exclusive(asl, value, S("MaxInputBytesPerBatch"), S("MaxInputBytesPerBatchPath"), at);
  if (!json_is(value, JSON_OBJECT)) return;
  for (uint32_t i = 0; i < value->count; i++) {
    if (str_starts(value->members[i].key, S("Max"))) return;
  }
  asl_report(asl, "V1088", asl_span(asl, value), at,
             "ItemBatcher says neither how many items a batch has nor how large it is");
}

void asl_check_mode(Asl *asl, const State *state) {
  static const Str fields[] = {STR_INIT("ItemReader"), STR_INIT("ItemBatcher"), STR_INIT("ResultWriter")};
  bool known = json_is(json_get(state->json, S("ItemProcessor")), JSON_OBJECT);
  if (state->type != STATE_MAP || !known || !state->inner || state->inner->distributed) return;
  const Json *config = json_get(json_get(state->json, S("ItemProcessor")), S("ProcessorConfig"));
  const Json *mode = json_get(config, S("Mode"));
  if (mode && (!json_is(mode, JSON_STRING) || template_is_open(json_str(mode)))) return;
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    const Json *value = json_get(state->json, fields[i]);
    if (!value) continue;
    Diag *made =
        asl_report(asl, "V1088", asl_span(asl, value), NULL, "%.*s is for distributed Maps only", STR_ARG(fields[i]));
    diag_help(asl->diags, made,
              "\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\"} makes it one");
  }
}

static void check_write_transformation(Asl *asl, State *state, const Json *value, const Crumb *at) {
  static const char *const words[] = {"NONE", "COMPACT", "FLATTEN", NULL};
  (void)state;
  asl_check_word(asl, value, words, at);
}

static void check_output_type(Asl *asl, State *state, const Json *value, const Crumb *at) {
  static const char *const words[] = {"JSON", "JSONL", NULL};
  (void)state;
  asl_check_word(asl, value, words, at);
}

static const ObjectField writer_config_fields[] = {
    {STR_INIT("Transformation"), 3, check_write_transformation},
    {STR_INIT("OutputType"), 3, check_output_type},
};

static void check_writer_config(Asl *asl, State *state, const Json *value, const Crumb *at) {
  asl_check_object(asl, state, value, writer_config_fields, sizeof writer_config_fields / sizeof *writer_config_fields,
                   at);
}

static const ObjectField writer_fields[] = {
    {STR_INIT("Resource"), 3, asl_check_text},
    {STR_INIT("WriterConfig"), 3, check_writer_config},
    {STR_INIT("Parameters"), LANGUAGE_PATH, check_arguments},
    {STR_INIT("Arguments"), LANGUAGE_JSONATA, check_arguments},
};

void asl_check_result_writer(Asl *asl, State *state, const Json *value, const Crumb *at) {
  static const char *const actions[] = {":::s3:putObject", NULL};
  asl_check_object(asl, state, value, writer_fields, sizeof writer_fields / sizeof *writer_fields, at);
  check_access(asl, value, actions, at);
}
