#include "jsonata/jsonata.h"

struct Jsonata {
  Str source;
};

const Jsonata *jsonata_compile(Arena *arena, Str source, JsonataDialect dialect, JsonataError *error) {
  (void)dialect, (void)error;
  Jsonata *expression = NEW(arena, Jsonata);
  expression->source = source;
  return expression;
}

bool jsonata_run(const Jsonata *expression, JsonataRun *run, const Json **result, JsonataError *error) {
  (void)expression, (void)run;
  *result = NULL;
  *error = (JsonataError){.code = "D0000", .message = S("the engine is being built")};
  return false;
}

const JsonataUse *jsonata_uses(const Jsonata *expression, Arena *arena, size_t *count) {
  (void)expression, (void)arena;
  *count = 0;
  return NULL;
}

bool jsonata_has_function(Str name, JsonataDialect dialect) {
  (void)name, (void)dialect;
  return true;
}

Str jsonata_nearest_function(Str name, JsonataDialect dialect) {
  (void)name, (void)dialect;
  return (Str){0};
}
