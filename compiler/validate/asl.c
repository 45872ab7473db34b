// Amazon States Language definitions: the order of the passes.
#include "validate/asl.h"

// Reads the definition; where it is none as it stands, what it is once its placeholders are filled in.
static const Json *read_definition(Asl *asl) {
  JsonError error;
  const Json *json = json_read(asl->arena, asl->text, JSON_KEEP_DUPLICATES, &error);
  if (json) return json;
  Str filled;
  bool directives;
  if (template_fill(asl->arena, asl->text, &filled, &directives)) {
    json = json_read(asl->arena, filled, JSON_KEEP_DUPLICATES, &error);
    if (json) asl->text = filled;
    if (json) return json;
  }
  Span span = {asl->file, error.at, error.at + 1};
  if (directives) {
    Diag *made =
        asl_report(asl, "V1004", span, NULL, "what this template becomes depends on its directives: not checked");
    diag_help(asl->diags, made, "build the structure with jsonencode() and fill in values only");
    return NULL;
  }
  Str rest = str_trim(asl->text);
  if (!rest.len)
    asl_report(asl, "V1003", span, NULL, "the file is empty: a definition is a JSON object");
  else
    asl_report(asl, "V1001", span, NULL, "not JSON: %s", error.what);
  return NULL;
}

// Reports members whose key stands twice in an object: all but the last are lost without a word.
static void check_duplicates(Asl *asl, const Json *value) {
  if (value->kind == JSON_ARRAY) {
    for (uint32_t i = 0; i < value->count; i++) {
      if (value->items[i]->kind >= JSON_ARRAY) check_duplicates(asl, value->items[i]);
    }
    return;
  }
  for (uint32_t i = 0; i < value->count; i++) {
    const JsonMember *member = &value->members[i], *later = value->index ? json_member(value, member->key) : member;
    for (uint32_t k = i + 1; !value->index && k < value->count && later == member; k++) {
      if (str_eq(value->members[k].key, member->key)) later = &value->members[k];
    }
    if (later != member) {
      Diag *made = asl_report(asl, "V1002", asl_key_span(asl, later), NULL, "`%.*s` stands here a second time",
                              STR_ARG(member->key));
      diag_note(asl->diags, made, asl_key_span(asl, member), "the first one, which is lost");
    }
    if (member->value->kind >= JSON_ARRAY) check_duplicates(asl, member->value);
  }
}

void validate_asl(Diags *diags, Sources *sources, uint32_t file, const ValidateOptions *options) {
  Arena scratch = {0};
  Asl asl = {.arena = &scratch, .diags = diags, .sources = sources, .file = file, .options = options};
  asl.tasks.arena = asl.raised.arena = asl.passed.arena = &scratch;
  asl.text = source_file(sources, file)->text;
  const Json *json = read_definition(&asl);
  if (json && json->kind != JSON_OBJECT) {
    asl_report(&asl, "V1003", asl_span(&asl, json), NULL, "a definition is a JSON object");
  } else if (json) {
    check_duplicates(&asl, json);
    asl.language = LANGUAGE_PATH;
    const Json *language = json_get(json, S("QueryLanguage"));
    if (json_is(language, JSON_STRING) && str_eq(json_str(language), S("JSONata"))) asl.language = LANGUAGE_JSONATA;
    asl_check_scope(&asl, json, NULL, S(""), 0);
    asl_check_graph(&asl);
    asl_check_once(&asl);
    asl_check_variables(&asl);
    asl_check_flow(&asl);
  }
  arena_free(&scratch);
}
