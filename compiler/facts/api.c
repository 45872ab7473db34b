#include "facts/api.h"
#include "facts/api_layout.h"

enum { FLAG_UNION = 1, FLAG_OPEN = 2, FLAG_MIN = 4, FLAG_MAX = 8 };
enum {
  SHAPE_MEMBERS = 2,
  SHAPE_MIN = 1,
  SHAPE_MAX = 3,
  SHAPE_PATTERN = 5,
  SHAPE_ENUMS = 6,
  SHAPE_KEY = 5,
  SHAPE_ELEMENT
};
enum { SERVICE_NAME, SERVICE_ERRORS, SERVICE_IAM, SERVICE_COUNT, SERVICE_OPERATIONS };
enum { OPERATION_ACTION, OPERATION_NAME, OPERATION_INPUT, OPERATION_OUTPUT, OPERATION_ERRORS };

// --- Shapes

static unsigned flags_of(FactsShape shape) {
  return facts_word(shape.at, 0) >> 8;
}

FactsShape facts_shape_any(void) {
  FactsAt header = api_header();
  return api_shape(header, facts_word(header, API_ANY));
}

FactsShapeKind facts_shape_kind(FactsShape shape) {
  return (FactsShapeKind)(facts_word(shape.at, 0) & 0xff);
}

const char *facts_shape_kind_name(FactsShapeKind kind) {
  static const char *const names[] = {
      "any value", "structure", "list",   "map",     "string",    "integer",
      "long",      "float",     "double", "boolean", "timestamp", "blob",
  };
  return names[kind];
}

size_t facts_shape_members(FactsShape shape) {
  return facts_shape_kind(shape) == FACTS_STRUCTURE ? facts_word(shape.at, 1) : 0;
}

FactsMember facts_shape_member(FactsShape shape, size_t index) {
  uint32_t name = facts_word(shape.at, SHAPE_MEMBERS + 2 * index);
  return (FactsMember){
      .name = facts_string(shape.at, facts_packed_at(name)),
      .shape = api_shape(shape.at, facts_word(shape.at, SHAPE_MEMBERS + 2 * index + 1)),
      .required = facts_packed_bits(name) & 1,
      .capitals = facts_packed_bits(name) >> 1,
  };
}

bool facts_shape_find(FactsShape shape, Str name, FactsMember *member) {
  size_t count = facts_shape_members(shape);
  size_t i = facts_search(facts_go(shape.at, shape.at.at + 4 * SHAPE_MEMBERS), count, 2, true, name);
  if (i == count) return false;
  *member = facts_shape_member(shape, i);
  return true;
}

bool facts_shape_is_union(FactsShape shape) {
  return facts_shape_kind(shape) == FACTS_STRUCTURE && (flags_of(shape) & FLAG_UNION);
}

bool facts_shape_is_open(FactsShape shape) {
  return facts_shape_kind(shape) == FACTS_ANY || (flags_of(shape) & FLAG_OPEN);
}

FactsShape facts_shape_element(FactsShape shape) {
  return api_shape(shape.at, facts_word(shape.at, SHAPE_ELEMENT));
}

FactsShape facts_shape_key(FactsShape shape) {
  return api_shape(shape.at, facts_word(shape.at, SHAPE_KEY));
}

// Scalars have a pattern and enumerated values; structures, lists, maps and any values have not.
static bool is_scalar(FactsShape shape) {
  return facts_shape_kind(shape) >= FACTS_STRING;
}

size_t facts_shape_enums(FactsShape shape) {
  return is_scalar(shape) ? api_texts(shape.at, facts_word(shape.at, SHAPE_ENUMS)) : 0;
}

Str facts_shape_enum(FactsShape shape, size_t index) {
  return api_text(shape.at, facts_word(shape.at, SHAPE_ENUMS), index);
}

static double read_double(FactsAt place, size_t index) {
  uint64_t bits = facts_word(place, index) | (uint64_t)facts_word(place, index + 1) << 32;
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

FactsLimits facts_shape_limits(FactsShape shape) {
  FactsLimits limits = {0};
  if (facts_shape_kind(shape) <= FACTS_STRUCTURE) return limits;
  limits.has_min = (flags_of(shape) & FLAG_MIN) != 0;
  limits.has_max = (flags_of(shape) & FLAG_MAX) != 0;
  limits.min = read_double(shape.at, SHAPE_MIN);
  limits.max = read_double(shape.at, SHAPE_MAX);
  uint32_t pattern = is_scalar(shape) ? facts_word(shape.at, SHAPE_PATTERN) : 0;
  if (pattern) limits.pattern = facts_string(shape.at, pattern);
  return limits;
}

// --- Services and operations

static FactsAt services(size_t *count) {
  FactsAt header = api_header();
  *count = facts_word(header, API_SERVICE_COUNT);
  return facts_go(header, facts_word(header, API_SERVICES));
}

bool facts_service(Str name, FactsService *service) {
  size_t count;
  FactsAt index = services(&count);
  size_t i = facts_search(index, count, 2, false, name);
  if (i == count) return false;
  *service = (FactsService){facts_go(index, facts_word(index, 2 * i + 1))};
  return true;
}

size_t facts_services(void) {
  size_t count;
  services(&count);
  return count;
}

FactsService facts_service_at(size_t index) {
  size_t count;
  FactsAt entries = services(&count);
  return (FactsService){facts_go(entries, facts_word(entries, 2 * index + 1))};
}

static Str service_text(FactsService service, size_t word) {
  return facts_string(service.at, facts_word(service.at, word));
}

Str facts_service_name(FactsService service) {
  return service_text(service, SERVICE_NAME);
}

Str facts_service_errors_prefix(FactsService service) {
  return service_text(service, SERVICE_ERRORS);
}

static FactsAt operations_of(FactsService service) {
  return facts_go(service.at, service.at.at + 4 * SERVICE_OPERATIONS);
}

size_t facts_operations(FactsService service) {
  return facts_word(service.at, SERVICE_COUNT);
}

FactsOperation facts_operation_at(FactsService service, size_t index) {
  FactsAt at = facts_go(service.at, facts_word(operations_of(service), 2 * index + 1));
  return (FactsOperation){
      .at = at,
      .action = facts_string(at, facts_word(at, OPERATION_ACTION)),
      .name = facts_string(at, facts_word(at, OPERATION_NAME)),
      .input = api_shape(at, facts_word(at, OPERATION_INPUT)),
      .output = api_shape(at, facts_word(at, OPERATION_OUTPUT)),
  };
}

bool facts_operation(FactsService service, Str action, FactsOperation *operation) {
  size_t count = facts_operations(service);
  size_t i = facts_search(operations_of(service), count, 2, false, action);
  if (i == count) return false;
  *operation = facts_operation_at(service, i);
  return true;
}

size_t facts_operation_errors(FactsOperation operation) {
  return api_texts(operation.at, facts_word(operation.at, OPERATION_ERRORS));
}

Str facts_operation_error(FactsOperation operation, size_t index) {
  return api_text(operation.at, facts_word(operation.at, OPERATION_ERRORS), index);
}

Str facts_api_version(void) {
  FactsAt header = api_header();
  return facts_string(header, facts_word(header, API_VERSION));
}
