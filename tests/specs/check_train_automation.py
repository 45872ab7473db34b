"""What the train-automation pipeline does when it is built, run and pushed."""
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path


def check_handlers_really_run(mlopsc, root):
    result = mlopsc("run", "specs/train-automation", "--exec", "--input", '{"source": "manual", "run": "test"}', "--history")
    answer = json.loads(result.stdout)
    assert answer["status"] == "SUCCEEDED", result.stdout + result.stderr
    outputs = [event["taskSucceededEventDetails"]["output"] for event in answer["events"] if event["type"] == "TaskSucceeded"]
    assert '"rows":1000' in outputs[0] and '"accuracy":0.97' in outputs[1], outputs


def check_handlers_say_what_they_do(mlopsc, root):
    for name, event, wanted in (("validate", {"source": "manual", "commit": "none"}, "Validating data..."),
                                ("log_metrics", {"commit": "none", "rows": 5}, "Logging metrics...")):
        program = f"import {name}; {name}.handler({event!r}, None)"
        result = subprocess.run(["python3", "-B", "-c", program], cwd=root / "generated/train-automation/lambda", capture_output=True, text=True)
        assert result.stdout.splitlines() == [wanted], result.stdout + result.stderr


def check_a_push_passes_exactly_that_json(mlopsc, root):
    """The job's script, run by a shell, with a command aws that keeps what it was called with."""
    ci = (root / "generated/train-automation/.gitlab-ci.yml").read_text()
    script = re.search(r"^train-model:.*?script:\n  - \|\n(.*)", ci, re.S | re.M)[1]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "aws").write_text('#!/bin/sh\nfor a in "$@"; do printf "%s\\n" "$a"; done\n')
        os.chmod(Path(folder, "aws"), 0o755)
        world = {"PATH": f"{folder}:{os.environ['PATH']}", "CI_PIPELINE_ID": "42", "CI_COMMIT_SHORT_SHA": "a1b2c3d4",
                 "AWS_ENDPOINT_URL": "http://localstack:4566"}
        result = subprocess.run(["sh", "-ec", script], env=world, capture_output=True, text=True)
    assert result.stdout.splitlines() == [
        "stepfunctions", "start-execution", "--endpoint-url", "http://localstack:4566", "--state-machine-arn",
        "arn:aws:states:us-east-1:000000000000:stateMachine:ml-train-pipeline", "--name", "train-42",
        "--input", '{"source":"gitlab-ci","commit":"a1b2c3d4"}'], result.stdout + result.stderr


def check_without_its_target_it_is_for_aws(mlopsc, root):
    with tempfile.TemporaryDirectory() as folder:
        spec = Path(folder, "spec")
        shutil.copytree(root / "specs/train-automation", spec)
        file = spec / "train-automation.mlops"
        file.write_text(re.sub(r"\n  target: .*", "", file.read_text()))
        result = mlopsc("build", spec, "-o", Path(folder, "out"))
        assert result.returncode == 0, result.stderr
        text = "".join(one.read_text() for one in Path(folder, "out").rglob("*") if one.is_file())
        for word in ("localstack", "4566", "000000000000", "access_key ", "--endpoint-url"):
            assert word not in text, word


def check_credentials_are_named_and_stand_nowhere(mlopsc, root):
    folder = root / "generated/train-automation"
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION")
    readme = (folder / "README.md").read_text()
    assert all(f"`{name}`" in readme for name in names), readme
    for file in folder.rglob("*"):
        if file.is_file() and file != folder / "README.md":
            assert not any(name in file.read_text() for name in names), file
