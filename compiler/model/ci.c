#include "model/ci.h"

CiSystem ci_system(Str name) {
  static const char *const names[CI_SYSTEMS] = {[CI_GITLAB] = "gitlab", [CI_GITHUB] = "github"};
  int system = 0;
  while (system < CI_SYSTEMS && !str_eq(name, str_of(names[system]))) system++;
  return (CiSystem)system;
}

static const Type text_or_names = {.tag = T_UNION, .items = (const Type *[]){&TYPE_STRING, &TYPE_RECORD}, .count = 2};

const CiField ci_fields[] = {
    {"role", {true, true}, &TYPE_STRING},
    {"oidc", {true, true}, &TYPE_RECORD},
    {"wait", {true, true}, &TYPE_DURATION},
    {"terraform_version", {true, true}, &TYPE_STRING},
    {"terraform_image", {true, false}, &TYPE_STRING},
    {"image", {true, false}, &TYPE_STRING},
    {"job", {true, false}, &text_or_names},
    {"stage", {true, false}, &TYPE_STRING},
    {"stages", {true, false}, &TYPE_RECORD},
    {"tags", {true, false}, &TYPE_STRINGS},
    {"runner", {false, true}, &TYPE_STRING},
    {0},
};

const CiField *ci_field_named(CiSystem system, Str name) {
  for (const CiField *row = ci_fields; row->name; row++) {
    if (row->in[system] && str_eq(name, str_of(row->name))) return row;
  }
  return NULL;
}

// GitLab: $CI_PIPELINE_SOURCE.
const CiEvent ci_events[] = {
    {"push", {"push", "push"}, "push"},
    {"pull_request", {"merge_request_event", "pull_request"}, "pull-request"},
    {"merge_request", {"merge_request_event", "pull_request"}, "pull-request"},
    {"manual", {"web", "workflow_dispatch"}, "manual"},
    {"tag", {"push", "push"}, "tag"},
    {"schedule", {"schedule", "schedule"}, "schedule"},
    {"trigger", {"trigger", NULL}, NULL},
    {"release", {NULL, "release"}, "release"},
    {0},
};

const CiEvent *ci_event_named(CiSystem system, Str name) {
  for (const CiEvent *row = ci_events; row->name; row++) {
    if (row->on[system] && str_eq(name, str_of(row->name))) return row;
  }
  return NULL;
}

const CiVariable ci_variables[] = {
    {"sha", {"$CI_COMMIT_SHA", "$GITHUB_SHA"}, {"$CI_COMMIT_SHA", "github.sha"}, true},
    {"short_sha", {"$CI_COMMIT_SHORT_SHA", "${GITHUB_SHA:0:8}"}, {"$CI_COMMIT_SHORT_SHA", "github.sha"}, true},
    {"pipeline_id", {"$CI_PIPELINE_ID", "$GITHUB_RUN_ID"}, {"$CI_PIPELINE_ID", "github.run_id"}, true},
    {"run_id", {"$CI_PIPELINE_ID", "$GITHUB_RUN_ID"}, {"$CI_PIPELINE_ID", "github.run_id"}, true},
    {"run_number", {"$CI_PIPELINE_IID", "$GITHUB_RUN_NUMBER"}, {"$CI_PIPELINE_IID", "github.run_number"}, true},
    {"attempt", {"$CI_JOB_ID", "$GITHUB_RUN_ATTEMPT"}, {"$CI_JOB_ID", "github.run_attempt"}, true},
    {"branch", {"$CI_COMMIT_REF_NAME", "$GITHUB_REF_NAME"}, {"$CI_COMMIT_REF_NAME", "github.ref_name"}, false},
    {"ref", {"$CI_COMMIT_REF_NAME", "$GITHUB_REF"}, {"$CI_COMMIT_REF_NAME", "github.ref"}, false},
    {"tag", {"$CI_COMMIT_TAG", "$GITHUB_REF_NAME"}, {"$CI_COMMIT_TAG", "github.ref_name"}, false},
    {"actor", {"$GITLAB_USER_LOGIN", "$GITHUB_ACTOR"}, {"$GITLAB_USER_LOGIN", "github.actor"}, false},
    {"repository", {"$CI_PROJECT_PATH", "$GITHUB_REPOSITORY"}, {"$CI_PROJECT_PATH", "github.repository"}, false},
    {"event", {"$CI_PIPELINE_SOURCE", "$GITHUB_EVENT_NAME"}, {"$CI_PIPELINE_SOURCE", "github.event_name"}, false},
    {"message",
     {"$CI_COMMIT_MESSAGE", "$COMMIT_MESSAGE"},
     {"$CI_COMMIT_MESSAGE", "github.event.head_commit.message"},
     false},
    {0},
};

const CiVariable *ci_variable(Str name) {
  for (const CiVariable *row = ci_variables; row->name; row++) {
    if (str_eq(name, str_of(row->name))) return row;
  }
  return NULL;
}

bool ci_verb(Str name) {
  return str_eq(name, S("plan")) || str_eq(name, S("apply")) || str_eq(name, S("summary"));
}
