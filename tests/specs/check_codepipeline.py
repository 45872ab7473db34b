"""What the codepipeline system does when it is built, pushed to and asked."""
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

MACHINE = "arn:aws:states:ap-southeast-1:123456789012:stateMachine:ml-infra-pipelines"
IMAGE = "123456789012.dkr.ecr.ap-southeast-1.amazonaws.com/ml-infra-pipelines-training"
# Stands for aws and docker: keeps its arguments, and fails where the world says so.
COMMAND = """#!/bin/sh
call=$(basename "$0"); for a in "$@"; do call=$call$(printf '\\037')$a; done
printf '%s\\n' "$call" >>"$CALLS" # in one write: both ends of a pipe call at a time
if echo "$1 $2" | grep -Eq "^($FAILS)"; then exit 1; fi
[ "$2" != get-login-password ] || echo secret
"""


def commands(root, path):
    """The commands of a buildspec, in order, by a reader of the few forms that stand there."""
    found, block = [], None
    for line in (root / "generated/codepipeline" / path).read_text().splitlines():
        if block is not None and line.startswith("      "):
            block.append(line[6:])
            continue
        if block is not None:
            found.append("\n".join(block))
            block = None
        item = re.match(r"    - (.*)", line)
        if item and item[1] == "|-":
            block = []
        elif item:
            found.append(json.loads(item[1]) if item[1].startswith('"') else item[1])
    return found + (["\n".join(block)] if block else [])


def built(root, path="train/buildspec.yml", fails="ecr describe-images", **world):
    """What aws and docker are called with when the commands of a buildspec run, each only where the one before went well."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("aws", "docker"):
            Path(folder, name).write_text(COMMAND)
            os.chmod(Path(folder, name), 0o755)
        calls = Path(folder, "calls")
        calls.touch()
        world = {"PATH": f"{folder}:{os.environ['PATH']}", "CALLS": str(calls), "FAILS": fails, "IMAGE": IMAGE, "TRAINING_RUN": MACHINE,
                 "DOCKERFILE": "train/Dockerfile", "CONTEXT": "train", "CODEBUILD_RESOLVED_SOURCE_VERSION": "a1b2c3d4",
                 "CODEBUILD_BUILD_ID": "ml-infra-pipelines-train:0f1e2d3c", **world}
        script = "\n".join(f"{one} || exit 1" for one in commands(root, path))
        result = subprocess.run(["bash", "-c", script], env=world, capture_output=True, text=True)
        return result.returncode, [line.split("\x1f") for line in calls.read_text().splitlines()]


def check_a_push_builds_pushes_and_starts_a_training(mlopsc, root):
    status, calls = built(root, COMMIT="c0ffee")
    image = f"{IMAGE}:c0ffee"
    assert status == 0, calls
    assert calls[:2] in ([["aws", "ecr", "get-login-password"], calls[1]], [calls[0], ["aws", "ecr", "get-login-password"]]), calls
    assert ["docker", "login", "--username", "AWS", "--password-stdin", IMAGE.split("/")[0]] in calls, calls
    assert calls[2:] == [
        ["aws", "ecr", "describe-images", "--repository-name", "ml-infra-pipelines-training", "--image-ids", "imageTag=c0ffee"],
        ["docker", "build", "--file", "train/Dockerfile", "--tag", image, "train"],
        ["docker", "push", image], ["docker", "tag", image, f"{IMAGE}:latest"], ["docker", "push", f"{IMAGE}:latest"],
        ["aws", "stepfunctions", "start-execution", "--state-machine-arn", MACHINE, "--name", "0f1e2d3c",
         "--input", f'{{"image": "{image}", "commit": "c0ffee"}}']], calls


def check_by_hand_the_head_of_the_branch_is_built(mlopsc, root):
    status, calls = built(root)
    assert status == 0 and ["docker", "push", f"{IMAGE}:a1b2c3d4"] in calls, calls


def check_what_is_there_is_not_built_again(mlopsc, root):
    status, calls = built(root, fails="nothing")
    assert status == 0 and not [call for call in calls if call[:2] == ["docker", "build"]], calls
    assert calls[-1][1] == "stepfunctions", calls


def check_a_build_that_fails_starts_nothing(mlopsc, root):
    for fails in ("ecr describe|build --file", "ecr describe|push ", "login "):
        status, calls = built(root, fails=fails)
        assert status != 0 and not [call for call in calls if call[1] == "stepfunctions"], (fails, calls)


def check_it_runs_without_mocks(mlopsc, root):
    for more in ((), ("--exec",)):
        result = mlopsc("run", "specs/codepipeline", "--history", *more)
        answer = json.loads(result.stdout)
        assert answer["status"] == "SUCCEEDED", result.stdout + result.stderr
        names = [event["stateEnteredEventDetails"]["name"] for event in answer["events"] if "stateEnteredEventDetails" in event]
        assert names == ["Train.Job", "Register.Package"], names
        assert ":model-package/ml-infra-iris-predictor/" in answer["output"]["package"], answer["output"]


def module(root, path):
    folder = (root / "generated/codepipeline" / path).parent
    sys.path[:0] = [str(folder), str(root / "tests/python")]
    try:
        spec = importlib.util.spec_from_file_location("checked", root / "generated/codepipeline" / path)
        loaded = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(loaded)
        return loaded
    finally:
        del sys.path[:2]


def check_the_sample_data_is_what_training_reads(mlopsc, root):
    features, labels = module(root, "train/train.py").read(root / "generated/codepipeline/dataset/sample/training")
    assert len(features) == 150 and set(labels) == {"setosa", "versicolor", "virginica"} and {len(row) for row in features} == {4}
    machine = (root / "generated/codepipeline/terraform/machine.tf").read_text()
    assert "s3://${aws_s3_bucket.store.id}/dataset/sample/training/iris.csv" in machine


def check_the_canary_sends_what_the_function_takes(mlopsc, root):
    terraform = (root / "generated/codepipeline/terraform/canary.tf").read_text()
    body = json.loads(re.search(r"BODY += (\".*\")", terraform)[1])
    os.environ.setdefault("AWS_DEFAULT_REGION", "ap-southeast-1")
    assert module(root, "inference/main.py").rows_of({"body": body}) == [[5.1, 3.5, 1.4, 0.2]], body


def check_nobody_may_do_everything(mlopsc, root):
    terraform = "".join(file.read_text() for file in (root / "generated/codepipeline/terraform").glob("*.tf"))
    allowed = re.sub(r'Effect += "Deny"\s+Action += "s3:\*"', "", terraform)  # buckets refuse all that comes without TLS
    actions = re.findall(r"Action += (\[.*?\]|\".*?\")", allowed, re.S)
    wide = [one for action in actions for one in re.findall(r"\"([^\"]+)\"", action) if one.endswith(":*") and one != "kms:*"]
    assert not wide, wide  # kms:* is what a key's own policy gives to its account
    assert "*:*" not in terraform
