// The APIs of AWS as Step Functions calls them: services, operations, and the shapes of what goes in and comes out.
// Read in place from api.bin; nothing allocates, everything returned lives as long as the program.
//
// Names are spelt as Step Functions spells them: services in one lower-case word ("cloudwatchlogs"), actions in
// camelCase
// ("createTrainingJob", "describeDBInstances"), members in PascalCase ("DbInstanceIdentifier"), errors as
// "SageMaker.ResourceInUseException".
#pragma once
#include "facts/table.h"

// --- Shapes

typedef enum {
  FACTS_ANY, // any JSON value: documents, and payloads that Step Functions takes as JSON
  FACTS_STRUCTURE,
  FACTS_LIST,
  FACTS_MAP,
  FACTS_STRING,
  FACTS_INTEGER,
  FACTS_LONG,
  FACTS_FLOAT,
  FACTS_DOUBLE,
  FACTS_BOOLEAN,
  FACTS_TIMESTAMP,
  FACTS_BLOB,
} FactsShapeKind;

typedef struct FactsShape {
  FactsAt at;
} FactsShape;

typedef struct FactsMember {
  Str name;
  FactsShape shape;
  bool required;
  unsigned capitals; // how many the API's own spelling begins with: 0 of stateMachineArn, 2 of DBName (here DbName)
} FactsMember;

// What a value must keep to: length of a string or blob, number of items of a list or map, range of a number.
typedef struct FactsLimits {
  bool has_min, has_max;
  double min, max;
  Str pattern; // a regular expression over the whole string, or empty
} FactsLimits;

FactsShapeKind facts_shape_kind(FactsShape shape);
// "structure", "string", …
const char *facts_shape_kind_name(FactsShapeKind kind);
// The members of a structure, sorted by name.
size_t facts_shape_members(FactsShape shape);
FactsMember facts_shape_member(FactsShape shape, size_t index);
bool facts_shape_find(FactsShape shape, Str name, FactsMember *member);
// Whether exactly one member of the structure may be set.
bool facts_shape_is_union(FactsShape shape);
// Whether a structure may have members that the tables do not list.
bool facts_shape_is_open(FactsShape shape);
// The element of a list or the value of a map; the key of a map.
FactsShape facts_shape_element(FactsShape shape);
FactsShape facts_shape_key(FactsShape shape);
// The values of an enumerated string, in the API's order; 0: any text.
size_t facts_shape_enums(FactsShape shape);
Str facts_shape_enum(FactsShape shape, size_t index);
FactsLimits facts_shape_limits(FactsShape shape);

// The shape of any value.
FactsShape facts_shape_any(void);

// --- Services and operations

typedef struct FactsService {
  FactsAt at;
} FactsService;

// A service by its name in arn:aws:states:::aws-sdk:NAME:ACTION; false: the tables do not know it.
bool facts_service(Str name, FactsService *service);
// All of them, sorted by name: for did-you-mean and completion.
size_t facts_services(void);
FactsService facts_service_at(size_t index);
Str facts_service_name(FactsService service);
// What its errors begin with in an SDK integration, without the dot: "SageMaker", "DynamoDb", "Ec2".
Str facts_service_errors_prefix(FactsService service);

typedef struct FactsOperation {
  FactsAt at;
  Str action;       // "createTrainingJob"
  Str name;         // as the API spells it: "CreateTrainingJob"
  FactsShape input; // a structure, maybe without members
  FactsShape output;
} FactsOperation;

// An operation by its camelCase name; false: the tables do not know it.
bool facts_operation(FactsService service, Str action, FactsOperation *operation);
size_t facts_operations(FactsService service);
FactsOperation facts_operation_at(FactsService service, size_t index);
// The errors its model declares, without prefix ("ResourceInUseException"); 0 may also mean that none are known.
size_t facts_operation_errors(FactsOperation operation);
Str facts_operation_error(FactsOperation operation, size_t index);

// What the tables were distilled from, a line a package: "aws-sdk 2.1693.0".
Str facts_api_version(void);
