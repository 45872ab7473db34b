// The table of built-in functions: name, signature, how many arguments higher-order functions give it, dialects.
#include "jsonata/natives.h"

enum { FULL = 1 << JSONATA_FULL, STATES = 1 << JSONATA_STEP_FUNCTIONS, BOTH = FULL | STATES };

static const Builtin builtins[] = {
    {STR_INIT("abs"), "<n-:n>", jsonata_native_abs, 1, BOTH},
    {STR_INIT("append"), "<xx:a>", jsonata_native_append, 2, BOTH},
    {STR_INIT("assert"), "<bs?:x>", jsonata_native_assert, 2, BOTH},
    {STR_INIT("average"), "<a<n>:n>", jsonata_native_average, 1, BOTH},
    {STR_INIT("base64decode"), "<s-:s>", jsonata_native_base64decode, 1, BOTH},
    {STR_INIT("base64encode"), "<s-:s>", jsonata_native_base64encode, 1, BOTH},
    {STR_INIT("boolean"), "<x-:b>", jsonata_native_boolean, 1, BOTH},
    {STR_INIT("ceil"), "<n-:n>", jsonata_native_ceil, 1, BOTH},
    {STR_INIT("clone"), "<(oa)-:o>", jsonata_native_clone, 1, BOTH},
    {STR_INIT("contains"), "<s-(sf):b>", jsonata_native_contains, 2, BOTH},
    {STR_INIT("count"), "<a:n>", jsonata_native_count, 1, BOTH},
    {STR_INIT("decodeUrl"), "<s-:s>", jsonata_native_decode_url, 1, BOTH},
    {STR_INIT("decodeUrlComponent"), "<s-:s>", jsonata_native_decode_url_component, 1, BOTH},
    {STR_INIT("distinct"), "<x:x>", jsonata_native_distinct, 1, BOTH},
    {STR_INIT("each"), "<o-f:a>", jsonata_native_each, 2, BOTH},
    {STR_INIT("encodeUrl"), "<s-:s>", jsonata_native_encode_url, 1, BOTH},
    {STR_INIT("encodeUrlComponent"), "<s-:s>", jsonata_native_encode_url_component, 1, BOTH},
    {STR_INIT("error"), "<s?:x>", jsonata_native_error, 1, BOTH},
    {STR_INIT("eval"), "<sx?:x>", jsonata_native_eval, 2, FULL},
    {STR_INIT("exists"), "<x:b>", jsonata_native_exists, 1, BOTH},
    {STR_INIT("filter"), "<af>", jsonata_native_filter, 2, BOTH},
    {STR_INIT("floor"), "<n-:n>", jsonata_native_floor, 1, BOTH},
    {STR_INIT("formatBase"), "<n-n?:s>", jsonata_native_format_base, 2, BOTH},
    {STR_INIT("formatInteger"), "<n-s:s>", jsonata_native_format_integer, 2, BOTH},
    {STR_INIT("formatNumber"), "<n-so?:s>", jsonata_native_format_number, 3, BOTH},
    {STR_INIT("fromMillis"), "<n-s?s?:s>", jsonata_native_from_millis, 3, BOTH},
    {STR_INIT("hash"), "<s-s?:s>", jsonata_native_hash, 2, STATES},
    {STR_INIT("join"), "<a<s>s?:s>", jsonata_native_join, 2, BOTH},
    {STR_INIT("keys"), "<x-:a<s>>", jsonata_native_keys, 1, BOTH},
    {STR_INIT("length"), "<s-:n>", jsonata_native_length, 1, BOTH},
    {STR_INIT("lookup"), "<x-s:x>", jsonata_native_lookup, 2, BOTH},
    {STR_INIT("lowercase"), "<s-:s>", jsonata_native_lowercase, 1, BOTH},
    {STR_INIT("map"), "<af>", jsonata_native_map, 2, BOTH},
    {STR_INIT("match"), "<s-f<s:o>n?:a<o>>", jsonata_native_match, 3, BOTH},
    {STR_INIT("max"), "<a<n>:n>", jsonata_native_max, 1, BOTH},
    {STR_INIT("merge"), "<a<o>:o>", jsonata_native_merge, 1, BOTH},
    {STR_INIT("millis"), "<:n>", jsonata_native_millis, 0, BOTH},
    {STR_INIT("min"), "<a<n>:n>", jsonata_native_min, 1, BOTH},
    {STR_INIT("not"), "<x-:b>", jsonata_native_negation, 1, BOTH},
    {STR_INIT("now"), "<s?s?:s>", jsonata_native_now, 2, BOTH},
    {STR_INIT("number"), "<(nsb)-:n>", jsonata_native_number, 1, BOTH},
    {STR_INIT("pad"), "<s-ns?:s>", jsonata_native_pad, 3, BOTH},
    {STR_INIT("parse"), "<s-:x>", jsonata_native_parse, 1, STATES},
    {STR_INIT("parseInteger"), "<s-s:n>", jsonata_native_parse_integer, 2, BOTH},
    {STR_INIT("partition"), "<an:a>", jsonata_native_partition, 2, STATES},
    {STR_INIT("power"), "<n-n:n>", jsonata_native_power, 2, BOTH},
    {STR_INIT("random"), "<:n>", jsonata_native_random, 0, FULL},
    {STR_INIT("random"), "<n?:n>", jsonata_native_random_seeded, 1, STATES},
    {STR_INIT("range"), "<nnn:a>", jsonata_native_range, 3, STATES},
    {STR_INIT("reduce"), "<afj?:j>", jsonata_native_reduce, 3, BOTH},
    {STR_INIT("replace"), "<s-(sf)(sf)n?:s>", jsonata_native_replace, 4, BOTH},
    {STR_INIT("reverse"), "<a:a>", jsonata_native_reverse, 1, BOTH},
    {STR_INIT("round"), "<n-n?:n>", jsonata_native_round, 2, BOTH},
    {STR_INIT("shuffle"), "<a:a>", jsonata_native_shuffle, 1, BOTH},
    {STR_INIT("sift"), "<o-f?:o>", jsonata_native_sift, 2, BOTH},
    {STR_INIT("single"), "<af?>", jsonata_native_single, 2, BOTH},
    {STR_INIT("sort"), "<af?:a>", jsonata_native_sort, 2, BOTH},
    {STR_INIT("split"), "<s-(sf)n?:a<s>>", jsonata_native_split, 3, BOTH},
    {STR_INIT("spread"), "<x-:a<o>>", jsonata_native_spread, 1, BOTH},
    {STR_INIT("sqrt"), "<n-:n>", jsonata_native_sqrt, 1, BOTH},
    {STR_INIT("string"), "<x-b?:s>", jsonata_native_string, 1, BOTH},
    {STR_INIT("substring"), "<s-nn?:s>", jsonata_native_substring, 3, BOTH},
    {STR_INIT("substringAfter"), "<s-s:s>", jsonata_native_substring_after, 2, BOTH},
    {STR_INIT("substringBefore"), "<s-s:s>", jsonata_native_substring_before, 2, BOTH},
    {STR_INIT("sum"), "<a<n>:n>", jsonata_native_sum, 1, BOTH},
    {STR_INIT("toMillis"), "<s-s?:n>", jsonata_native_to_millis, 2, BOTH},
    {STR_INIT("trim"), "<s-:s>", jsonata_native_trim, 1, BOTH},
    {STR_INIT("type"), "<x:s>", jsonata_native_type, 1, BOTH},
    {STR_INIT("uppercase"), "<s-:s>", jsonata_native_uppercase, 1, BOTH},
    {STR_INIT("uuid"), "<:s>", jsonata_native_uuid, 0, STATES},
    {STR_INIT("zip"), "<a+>", jsonata_native_zip, 0, BOTH},
};
enum { BUILTINS = sizeof builtins / sizeof *builtins };

const Builtin *jsonata_builtin_find(Str name, JsonataDialect dialect) {
  size_t low = 0, high = BUILTINS;
  while (low < high) { // the first one that is not below the name
    size_t middle = (low + high) / 2;
    if (str_cmp(builtins[middle].name, name) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < BUILTINS && str_eq(builtins[low].name, name); low++) {
    if (builtins[low].dialects & (1u << dialect)) return &builtins[low];
  }
  return NULL;
}

Value jsonata_builtin_value(Arena *arena, const Builtin *builtin) {
  const char *code;
  uint32_t offset;
  Function *function = NEW(arena, Function);
  function->head.kind = KIND_FUNCTION;
  function->kind = FUNCTION_NATIVE;
  function->arity = builtin->arity;
  function->native = builtin;
  function->signature = jsonata_signature_parse(arena, str_of(builtin->signature), &code, &offset);
  return &function->head;
}

bool jsonata_has_function(Str name, JsonataDialect dialect) {
  return jsonata_builtin_find(name, dialect) != NULL;
}

Str jsonata_nearest_function(Str name, JsonataDialect dialect) {
  Nearest nearest = nearest_to(name);
  for (size_t i = 0; i < BUILTINS; i++) {
    if (builtins[i].dialects & (1u << dialect)) nearest_offer(&nearest, builtins[i].name);
  }
  return nearest_best(&nearest);
}
