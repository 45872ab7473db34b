"""What slack-approval does when it runs, and what its generated files say that no test of a flow can."""
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

# What stands for AWS, the registry and Slack where the handlers really run: the script of each call that is answered.
BOTO3 = r'''
import io, json, os, urllib.request
ANSWERS = {
    "assume_role": {"Credentials": {"AccessKeyId": "A", "SecretAccessKey": "S", "SessionToken": "T"}},
    "get_alias": {"FunctionVersion": "6"}, "publish_version": {"Version": "7"},
    "get_function_configuration": {"LastUpdateStatus": "Successful", "State": "Active", "CodeSha256": "f00"},
    "invoke": {"Payload": io.BytesIO(b'{"ok": true, "model": {"name": "churn"}}')},
}

def urlopen(request, timeout=None):
    assert request.full_url.startswith("http://"), request.full_url
    return io.BytesIO(json.dumps({"model_versions": [], "model_version": {"version": "3"}}).encode())

urllib.request.urlopen = urlopen

class Client:
    def __getattr__(self, operation):
        def call(**parameters):
            with open(os.environ["CALLS"], "a") as file:
                file.write(json.dumps([operation, parameters], default=str) + "\n")
            return ANSWERS.get(operation, {})
        return call

def client(service, **options):
    return Client()
'''


def entered(run):
    return [event["stateEnteredEventDetails"]["name"] for event in run["events"] if "stateEnteredEventDetails" in event]


def check_a_run_without_mocks_ships(mlopsc, root):
    run = json.loads(mlopsc("run", root / "specs" / "slack-approval", "--history").stdout)
    assert run["status"] == "SUCCEEDED", run
    assert entered(run) == ["Build", "Stage", "Approve.Ask", "Prod"], entered(run)


def check_handlers_really_run(mlopsc, root):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "boto3.py").write_text(BOTO3)
        mocks, calls = Path(folder, "mocks.json"), Path(folder, "calls")
        mocks.write_text(json.dumps({"Approve.Ask": [{"return": {"user": "U1"}}]}))
        result = mlopsc("run", root / "specs" / "slack-approval", "--exec", "--aws", "--mocks", mocks, "--input", '{"commit": "a1b2c3d"}', env={
            **os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1", "CALLS": str(calls)})
        run = json.loads(result.stdout)
        assert run["status"] == "SUCCEEDED" and run["output"] == {"version": "7", "approved_by": "U1"}, result.stdout + result.stderr
        made = [json.loads(line) for line in calls.read_text().splitlines()]
    roles = [parameters["RoleArn"] for name, parameters in made if name == "assume_role"]
    assert len(set(roles)) == 2 and all(role.endswith(":role/mlops-release-deploy-access") for role in roles), roles
    moved = [parameters for name, parameters in made if name == "update_alias"]
    assert moved == [{"FunctionName": "mlops-release-inference", "Name": "live", "FunctionVersion": "7"}] * 2, moved


def check_the_registry_starts_with_its_database(mlopsc, root):
    """The container's command, run by a shell, with commands pip and mlflow that tell what they were called with."""
    text = (root / "specs" / "slack-approval" / "slack-approval.mlops").read_text()
    script = re.search(r'command: \["sh", "-c", """\n(.*?)"""\]', text, re.S)[1]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("pip", "mlflow"):
            Path(folder, name).write_text(f'#!/bin/sh\necho "{name} $@"; echo "$MLFLOW_BACKEND_STORE_URI"\n')
            os.chmod(Path(folder, name), 0o755)
        os.symlink("/usr/bin/env", Path(folder, "env"))
        Path(folder, "python").write_text('#!/bin/sh\nexec python3 "$@"\n')
        os.chmod(Path(folder, "python"), 0o755)
        world = {"PATH": f"{folder}:{os.environ['PATH']}", "BUCKET": "artifacts", "DATABASE_USER": "keeper", "DATABASE_PASSWORD": "a:b/c@d#e\"f",
                 "DATABASE_HOST": "db", "DATABASE_PORT": "3306", "DATABASE_NAME": "main"}
        result = subprocess.run(["sh", "-c", script], env=world, capture_output=True, text=True)
    lines = result.stdout.splitlines()
    assert lines[-2:] == ["mlflow server --host 0.0.0.0 --port 5000 --artifacts-destination s3://artifacts/mlflow",
                          "mysql+pymysql://keeper:a%3Ab%2Fc%40d%23e%22f@db:3306/main"], result.stdout + result.stderr


def check_other_accounts_get_what_they_need_and_no_more(mlopsc, root):
    folder = root / "generated" / "slack-approval" / "terraform"
    access = (folder / "access.tf").read_text()
    assert '"*"' not in access and "iam:" not in access, access
    assert access.count("provider = aws.stage") == 2 and access.count("provider = aws.prod") == 2, access
    image = (folder / "image.tf").read_text()
    assert "lambda:eu-west-1:${var.prod_account}:function:*" in image and "iam::${var.prod_account}:root" in image, image


def check_what_is_kept_is_private_and_encrypted(mlopsc, root):
    folder = root / "generated" / "slack-approval" / "terraform"
    database, service = (folder / "database.tf").read_text(), (folder / "service.tf").read_text()
    for word in ("storage_encrypted                   = true", "deletion_protection                 = true",
                 "manage_master_user_password         = true"):
        assert word in database, word
    assert "publicly_accessible        = false" in database and "internal                   = true" in service
    assert "assign_public_ip = false" in service and "0.0.0.0/0" not in re.sub(r'(?s)resource "aws_vpc_security_group_egress_rule".*?\n}', "", service)
    text = "".join(file.read_text() for file in folder.glob("*.tf"))
    assert "xoxb-" not in re.sub(r"description.*", "", text)


def check_the_spec_is_a_tenth_of_what_it_generates(mlopsc, root):
    spec = (root / "specs" / "slack-approval" / "slack-approval.mlops").read_text().count("\n")
    files = [file for file in (root / "generated" / "slack-approval").rglob("*") if file.is_file() and "seed_code" not in file.parts]
    made = sum(file.read_text().count("\n") for file in files)
    assert spec * 10 <= made, (spec, made)
