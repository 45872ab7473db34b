// IAM policies from calls: exact actions, resources as narrow as the service authorization reference and the known
// names permit, what .sync needs besides, PassRole limited to role and service. Statements come as data; who emits
// Terraform prints them.
#pragma once
#include "data/json.h"
#include "facts/iam.h"
#include "facts/integration.h"

// How much of an argument is known when the policy is written.
typedef enum {
  FACTS_KNOWN_NOT,
  FACTS_KNOWN_WHOLE,  // *text is it (a literal or a template of the caller's, such as "${aws_sqs_queue.jobs.arn}")
  FACTS_KNOWN_PREFIX, // it begins with *text
} FactsKnown;

// A call that a principal makes.
typedef struct FactsCall {
  FactsTask task;
  const Json *arguments; // as far as they are known; may be NULL
  Str step;              // who makes it, for the statement's comment: "Train"
  const Str *roles;      // roles that it hands on without naming them (an ECS task definition's)
  size_t role_count;
} FactsCall;

typedef struct FactsPolicyRequest {
  const FactsCall *calls;
  size_t call_count;
  Str partition, region, account; // texts or templates to stand in ARNs
  // What is known of an argument; NULL: JSON strings are known whole, all else is not.
  FactsKnown (*known)(void *with, const Json *value, Str *text);
  // Another member of the resource of which the template `text` gives one: the "arn" of a queue of which the URL is
  // known, the "name" of a machine of which the ARN is. Empty: not known. NULL: "${type.name.url}" becomes
  // "${type.name.arn}".
  Str (*member)(void *with, Str text, Str member);
  void *with;
  Str state_machine; // its name; may be empty
  bool logs;         // it writes logs
  bool xray;         // … and traces
  bool distributed;  // … and has a distributed map (a call that reads or writes its items says so too)
} FactsPolicyRequest;

typedef struct FactsCondition {
  Str operator, key; // "StringEquals", "iam:PassedToService"
  Str *values;
  size_t count;
} FactsCondition;

typedef struct FactsStatement {
  Str sid; // "TrainCreateTrainingJob": letters and digits, unique within the policy
  Str *actions;
  size_t action_count; // sorted
  Str *resources;
  size_t resource_count; // sorted; "*" only where the reference has no resource type
  FactsCondition *conditions;
  size_t condition_count;
  Str *steps;
  size_t step_count; // the steps that need it, in order of first need; empty: the state machine itself
  Str why;           // "the call itself, watches and stops the job"
} FactsStatement;

typedef struct FactsPolicy {
  FactsStatement *statements;
  size_t count;
  const Str *unknown; // calls whose IAM actions the tables do not know: "service:action"
  size_t unknown_count;
} FactsPolicy;

// The policy for `request`, in the arena.
FactsPolicy facts_policy(Arena *arena, const FactsPolicyRequest *request);
