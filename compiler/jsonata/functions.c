// The table of built-in functions: name, signature, how many arguments higher-order functions give it, dialects.
#include "jsonata/natives.h"

enum { FULL = 1 << JSONATA_FULL, STATES = 1 << JSONATA_STEP_FUNCTIONS, BOTH = FULL | STATES };

static const Builtin builtins[] = {
    {STR_INIT("abs"), "<n-:n>", native_abs, 1, BOTH},
    {STR_INIT("append"), "<xx:a>", native_append, 2, BOTH},
    {STR_INIT("assert"), "<bs?:x>", native_assert, 2, BOTH},
    {STR_INIT("average"), "<a<n>:n>", native_average, 1, BOTH},
    {STR_INIT("base64decode"), "<s-:s>", native_base64decode, 1, BOTH},
    {STR_INIT("base64encode"), "<s-:s>", native_base64encode, 1, BOTH},
    {STR_INIT("boolean"), "<x-:b>", native_boolean, 1, BOTH},
    {STR_INIT("ceil"), "<n-:n>", native_ceil, 1, BOTH},
    {STR_INIT("clone"), "<(oa)-:o>", native_clone, 1, BOTH},
    {STR_INIT("contains"), "<s-(sf):b>", native_contains, 2, BOTH},
    {STR_INIT("count"), "<a:n>", native_count, 1, BOTH},
    {STR_INIT("decodeUrl"), "<s-:s>", native_decode_url, 1, BOTH},
    {STR_INIT("decodeUrlComponent"), "<s-:s>", native_decode_url_component, 1, BOTH},
    {STR_INIT("distinct"), "<x:x>", native_distinct, 1, BOTH},
    {STR_INIT("each"), "<o-f:a>", native_each, 2, BOTH},
    {STR_INIT("encodeUrl"), "<s-:s>", native_encode_url, 1, BOTH},
    {STR_INIT("encodeUrlComponent"), "<s-:s>", native_encode_url_component, 1, BOTH},
    {STR_INIT("error"), "<s?:x>", native_error, 1, BOTH},
    {STR_INIT("eval"), "<sx?:x>", native_eval, 2, FULL},
    {STR_INIT("exists"), "<x:b>", native_exists, 1, BOTH},
    {STR_INIT("filter"), "<af>", native_filter, 2, BOTH},
    {STR_INIT("floor"), "<n-:n>", native_floor, 1, BOTH},
    {STR_INIT("formatBase"), "<n-n?:s>", native_format_base, 2, BOTH},
    {STR_INIT("formatInteger"), "<n-s:s>", native_format_integer, 2, BOTH},
    {STR_INIT("formatNumber"), "<n-so?:s>", native_format_number, 3, BOTH},
    {STR_INIT("fromMillis"), "<n-s?s?:s>", native_from_millis, 3, BOTH},
    {STR_INIT("hash"), "<s-s?:s>", native_hash, 2, STATES},
    {STR_INIT("join"), "<a<s>s?:s>", native_join, 2, BOTH},
    {STR_INIT("keys"), "<x-:a<s>>", native_keys, 1, BOTH},
    {STR_INIT("length"), "<s-:n>", native_length, 1, BOTH},
    {STR_INIT("lookup"), "<x-s:x>", native_lookup, 2, BOTH},
    {STR_INIT("lowercase"), "<s-:s>", native_lowercase, 1, BOTH},
    {STR_INIT("map"), "<af>", native_map, 2, BOTH},
    {STR_INIT("match"), "<s-f<s:o>n?:a<o>>", native_match, 3, BOTH},
    {STR_INIT("max"), "<a<n>:n>", native_max, 1, BOTH},
    {STR_INIT("merge"), "<a<o>:o>", native_merge, 1, BOTH},
    {STR_INIT("millis"), "<:n>", native_millis, 0, BOTH},
    {STR_INIT("min"), "<a<n>:n>", native_min, 1, BOTH},
    {STR_INIT("not"), "<x-:b>", native_negation, 1, BOTH},
    {STR_INIT("now"), "<s?s?:s>", native_now, 2, BOTH},
    {STR_INIT("number"), "<(nsb)-:n>", native_number, 1, BOTH},
    {STR_INIT("pad"), "<s-ns?:s>", native_pad, 3, BOTH},
    {STR_INIT("parse"), "<s-:x>", native_parse, 1, STATES},
    {STR_INIT("parseInteger"), "<s-s:n>", native_parse_integer, 2, BOTH},
    {STR_INIT("partition"), "<an:a>", native_partition, 2, STATES},
    {STR_INIT("power"), "<n-n:n>", native_power, 2, BOTH},
    {STR_INIT("random"), "<:n>", native_random, 0, FULL},
    {STR_INIT("random"), "<n?:n>", native_random_seeded, 1, STATES},
    {STR_INIT("range"), "<nnn:a>", native_range, 3, STATES},
    {STR_INIT("reduce"), "<afj?:j>", native_reduce, 3, BOTH},
    {STR_INIT("replace"), "<s-(sf)(sf)n?:s>", native_replace, 4, BOTH},
    {STR_INIT("reverse"), "<a:a>", native_reverse, 1, BOTH},
    {STR_INIT("round"), "<n-n?:n>", native_round, 2, BOTH},
    {STR_INIT("shuffle"), "<a:a>", native_shuffle, 1, BOTH},
    {STR_INIT("sift"), "<o-f?:o>", native_sift, 2, BOTH},
    {STR_INIT("single"), "<af?>", native_single, 2, BOTH},
    {STR_INIT("sort"), "<af?:a>", native_sort, 2, BOTH},
    {STR_INIT("split"), "<s-(sf)n?:a<s>>", native_split, 3, BOTH},
    {STR_INIT("spread"), "<x-:a<o>>", native_spread, 1, BOTH},
    {STR_INIT("sqrt"), "<n-:n>", native_sqrt, 1, BOTH},
    {STR_INIT("string"), "<x-b?:s>", native_string, 1, BOTH},
    {STR_INIT("substring"), "<s-nn?:s>", native_substring, 3, BOTH},
    {STR_INIT("substringAfter"), "<s-s:s>", native_substring_after, 2, BOTH},
    {STR_INIT("substringBefore"), "<s-s:s>", native_substring_before, 2, BOTH},
    {STR_INIT("sum"), "<a<n>:n>", native_sum, 1, BOTH},
    {STR_INIT("toMillis"), "<s-s?:n>", native_to_millis, 2, BOTH},
    {STR_INIT("trim"), "<s-:s>", native_trim, 1, BOTH},
    {STR_INIT("type"), "<x:s>", native_type, 1, BOTH},
    {STR_INIT("uppercase"), "<s-:s>", native_uppercase, 1, BOTH},
    {STR_INIT("uuid"), "<:s>", native_uuid, 0, STATES},
    {STR_INIT("zip"), "<a+>", native_zip, 0, BOTH},
};
enum { BUILTINS = sizeof builtins / sizeof *builtins };

const Builtin *builtin_find(Str name, JsonataDialect dialect) {
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

const Builtin *builtin_at(size_t index) {
  return index < BUILTINS ? &builtins[index] : NULL;
}

size_t builtin_index(const Builtin *builtin) {
  return (size_t)(builtin - builtins);
}

Value builtin_value(Arena *arena, const Builtin *builtin) {
  Function *function = NEW(arena, Function);
  function->head.kind = KIND_FUNCTION;
  function->kind = FUNCTION_NATIVE;
  function->arity = builtin->arity;
  function->native = builtin;
  return &function->head;
}

bool jsonata_has_function(Str name, JsonataDialect dialect) {
  return builtin_find(name, dialect) != NULL;
}

Str jsonata_nearest_function(Str name, JsonataDialect dialect) {
  Nearest nearest = nearest_to(name);
  for (size_t i = 0; i < BUILTINS; i++) {
    if (builtins[i].dialects & (1u << dialect)) nearest_offer(&nearest, builtins[i].name);
  }
  return nearest_best(&nearest);
}
