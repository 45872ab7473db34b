"""Builds an image while Terraform applies: starts the CodeBuild project and waits for its end.

The event is {"project": "…", "tag": "…"}. It fails, and with it the apply, when the build does; what is built already is
not built again, so applying once more goes on from there.
"""
import time

import boto3
from botocore.exceptions import ClientError

POLL_SECONDS = 10
ROLE_SECONDS = 60       # how long a new role may take until CodeBuild can take it on
MARGIN_MILLIS = 30_000  # what is left to say that there is not enough time


def start(builds, project, tag):
    variables = [{"name": "IMAGE_TAG", "value": tag, "type": "PLAINTEXT"}]
    for _ in range(ROLE_SECONDS // POLL_SECONDS):
        try:
            return builds.start_build(projectName=project, environmentVariablesOverride=variables)["build"]["id"]
        except ClientError as error:
            if "AssumeRole" not in str(error):
                raise
            time.sleep(POLL_SECONDS)
    return builds.start_build(projectName=project, environmentVariablesOverride=variables)["build"]["id"]


def handler(event, context):
    builds = boto3.client("codebuild")
    build_id = start(builds, event["project"], event["tag"])
    while context.get_remaining_time_in_millis() > MARGIN_MILLIS:
        build = builds.batch_get_builds(ids=[build_id])["builds"][0]
        if build["buildStatus"] == "SUCCEEDED":
            return {"build": build_id, "tag": event["tag"]}
        if build["buildStatus"] != "IN_PROGRESS":
            where = build.get("logs", {}).get("deepLink", "the project's log group")
            raise RuntimeError(f"build {build_id} ended as {build['buildStatus']}; its log: {where}")
        time.sleep(POLL_SECONDS)
    raise TimeoutError(f"build {build_id} is still running; apply again when it has ended")
