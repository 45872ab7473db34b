"""Puts the first commit into a new CodeCommit repository while Terraform applies.

The event is {"repository": "…", "branch": "…", "files": {"path": "<base64>", …}}. A branch that is there already is left
as it is. It answers with the commit that the branch begins with: {"commit": "…"}.
"""
import base64

import boto3
from botocore.exceptions import ClientError

FILES_MOST = 100  # of one commit: https://docs.aws.amazon.com/codecommit/latest/userguide/limits.html


def head(repositories, repository, branch):
    """The branch's commit, or None when there is no such branch."""
    try:
        return repositories.get_branch(repositoryName=repository, branchName=branch)["branch"]["commitId"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "BranchDoesNotExistException":
            return None
        raise


def handler(event, context):
    repositories = boto3.client("codecommit")
    repository, branch = event["repository"], event["branch"]
    commit = head(repositories, repository, branch)
    if commit:
        return {"commit": commit, "seeded": False}
    files = sorted(event["files"].items())
    if not files:
        raise ValueError("there is nothing to seed the repository with")
    for start in range(0, len(files), FILES_MOST):
        changes = []
        for path, content in files[start:start + FILES_MOST]:
            data = base64.b64decode(content)
            mode = "EXECUTABLE" if data.startswith(b"#!") else "NORMAL"
            changes.append({"filePath": path, "fileMode": mode, "fileContent": data})
        behind = {"parentCommitId": commit} if commit else {}
        commit = repositories.create_commit(repositoryName=repository, branchName=branch, authorName="Terraform",
                                            commitMessage="Seed code", putFiles=changes, **behind)["commitId"]
    return {"commit": commit, "seeded": True}
