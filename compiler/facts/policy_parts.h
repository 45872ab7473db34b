// The parts of policy.c: what is known of arguments, resources from ARN formats, rows of the tables.
#pragma once
#include "facts/policy.h"

// --- Arguments (policy_argument.c)

typedef enum { ARGUMENT_ABSENT, ARGUMENT_UNKNOWN, ARGUMENT_PREFIX, ARGUMENT_WHOLE } ArgumentState;

typedef struct Argument {
  ArgumentState state;
  Str text;
} Argument;

// What is known of the argument at `path` ("Input.S3Uri", "Entries[].EventBusName"; a list counts when it has one
// item).
Argument policy_argument(const FactsPolicyRequest *request, const Json *arguments, Str path);
// Whether a text is an ARN or a template that gives one ("${aws_sns_topic.done.arn}").
bool policy_is_arn(Str text);

// --- Rows of tab-separated tables (policy_table.c)

enum { POLICY_COLUMNS = 7 };
typedef struct PolicyRow {
  Str column[POLICY_COLUMNS]; // missing ones are empty
} PolicyRow;

// The next row of an embedded table; `rest` is zeroed before the first. False: there is none.
bool policy_row(Str table, Str *rest, PolicyRow *row);

// --- Resources (policy_resource.c)

typedef struct Resources {
  Arena *arena;
  VEC(Str) list;
} Resources;

// Adds a resource unless it is there.
void policy_add_resource(Resources *resources, Str resource);
// The resources that a call's own `action` works on, from the reference and what is known of the arguments.
void policy_own_resources(Resources *resources, const FactsPolicyRequest *request, const FactsCall *call,
                          FactsIamAction action);
// The resource that a template of policies.tsv stands for; empty: none, as the argument is another kind of thing.
Str policy_template(Arena *arena, const FactsPolicyRequest *request, const FactsCall *call, Str text);
