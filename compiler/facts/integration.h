// The optimized integrations of Step Functions (arn:aws:states:::SERVICE:ACTION[.PATTERN]): what they take and return
// under each pattern and what they can raise. Read in place from api.bin.
#pragma once
#include "facts/api.h"

// How a task calls: the suffix of its resource.
typedef enum {
  FACTS_REQUEST,        // no suffix: answers at once
  FACTS_SYNC,           // .sync: waits for the job
  FACTS_SYNC2,          // .sync:2: the same, the answer as JSON
  FACTS_WAIT_FOR_TOKEN, // .waitForTaskToken
} FactsPattern;

// "" | ".sync" | ".sync:2" | ".waitForTaskToken"
Str facts_pattern_suffix(FactsPattern pattern);

typedef struct FactsIntegration {
  FactsAt at;
  Str service, action; // as in the resource: "sagemaker", "createTrainingJob"
  unsigned patterns;   // bit 1 << FactsPattern for each that it supports
  Str errors_prefix;   // "SageMaker", "DynamoDB", "ECS", "States"
  Str catch_all;       // the error for what has no name of its own, without prefix: "AmazonSageMakerException"
  Str api_service;     // the SDK service and operation behind it ("sagemaker", "createTrainingJob"); empty: none
  Str api_action;
  FactsShape input;
} FactsIntegration;

// The optimized integration of that name; false: there is none (an SDK integration may exist).
bool facts_integration(Str service, Str action, FactsIntegration *integration);
size_t facts_integrations(void);
FactsIntegration facts_integration_at(size_t index);

// A task's resource, taken apart. `resource` is what ASL has: "arn:aws:states:::sagemaker:createTrainingJob.sync",
// "arn:aws:states:::aws-sdk:s3:getObject", "arn:aws:lambda:…:function:f", "arn:aws:states:…:activity:a".
typedef enum {
  FACTS_TASK_UNKNOWN,   // none of these: a template, or no ARN
  FACTS_TASK_OPTIMIZED, // `integration` is set
  FACTS_TASK_SDK,       // `sdk_service` and `operation` are set
  FACTS_TASK_LAMBDA,    // a function's ARN: the state's input is the payload
  FACTS_TASK_ACTIVITY,
  // An integration's ARN that the tables do not know:
  FACTS_TASK_NO_SERVICE, // no such service
  FACTS_TASK_NO_ACTION,  // the service has no such action
  FACTS_TASK_NO_PATTERN, // the action does not support the suffix
} FactsTaskKind;

typedef struct FactsTask {
  FactsTaskKind kind;
  FactsPattern pattern;
  Str resource;                 // as written
  bool is_sdk;                  // the resource begins with arn:PARTITION:states:::aws-sdk:
  Str service, action, suffix;  // as written
  FactsIntegration integration; // of FACTS_TASK_OPTIMIZED and FACTS_TASK_NO_PATTERN
  FactsService sdk_service;     // of FACTS_TASK_SDK
  FactsOperation operation;
  Str nearest; // of FACTS_TASK_NO_…: the name that may have been meant, or empty
} FactsTask;

FactsTask facts_task(Str resource);

// What the task takes and gives; FACTS_ANY where that is not known.
FactsShape facts_task_input(const FactsTask *task);
FactsShape facts_task_output(const FactsTask *task);

// The errors that the API behind it declares, without prefix.
size_t facts_integration_errors(FactsIntegration integration);
Str facts_integration_error(FactsIntegration integration, size_t index);

// Whether a task can raise the error `name` ("SageMaker.ResourceInUseException", "Lambda.TooManyRequestsException").
typedef enum {
  FACTS_ERROR_CAN,      // it can, or it is one that any task may raise (States.Timeout, States.TaskFailed, …)
  FACTS_ERROR_MAYBE,    // the tables do not tell (a Lambda function's own error, a name without a dot)
  FACTS_ERROR_SPELLING, // it cannot; *nearest is what it can (Ecs.… for ECS.…)
  FACTS_ERROR_CANNOT,   // it cannot: another service's error
} FactsErrorAnswer;
FactsErrorAnswer facts_task_raises(const FactsTask *task, Str name, Arena *arena, Str *nearest);
