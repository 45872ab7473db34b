// How api.bin is laid out (distill/api.mjs writes it): for api.c and integration.c alone.
//
//   header:      services count, integrations count, shapes, any, version
//   services:    (name service)…                 service: name errors-prefix iam-prefix count (action operation)…
//   operation:   action name input output errors
//   integrations:(name integration)…             integration: see integration.c
//   shapes:      record…                         referred to by index, as they may contain themselves
//   structure:   kind+flags count (name+required+capitals shape)…
//   others:      kind+flags min max (doubles) [pattern enums | key element]
//   errors, enums: 0, or a record: count text…
#pragma once
#include "facts/api.h"

enum {
  API_SERVICES,
  API_SERVICE_COUNT,
  API_INTEGRATIONS,
  API_INTEGRATION_COUNT,
  API_SHAPES,
  API_ANY,
  API_VERSION,
};

static inline FactsAt api_header(void) {
  return facts_table(S("facts/api.bin"), "MLA1");
}

// The shape number `index` of the table that `place` is in.
static inline FactsShape api_shape(FactsAt place, uint32_t index) {
  FactsAt shapes = facts_go(place, facts_word(facts_go(place, 4), API_SHAPES));
  return (FactsShape){facts_go(place, facts_word(shapes, index))};
}

// Lists of texts: how many, and one of them.
static inline size_t api_texts(FactsAt place, uint32_t list) {
  return list ? facts_word(facts_go(place, list), 0) : 0;
}
static inline Str api_text(FactsAt place, uint32_t list, size_t index) {
  return facts_string(place, facts_word(facts_go(place, list), 1 + index));
}
