"""What the showcase does beyond its flows."""
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def check_the_repositorys_own_tests_pass(mlopsc, root):
    result = subprocess.run([sys.executable, "-B", "-m", "unittest", "discover", "tests"], capture_output=True, text=True, timeout=60,
                            cwd=root / "generated" / "showcase")
    assert result.returncode == 0 and "OK" in result.stderr, result.stderr


def check_a_run_without_mocks_ends_with_the_endpoint(mlopsc, root):
    result = mlopsc("run", root / "specs" / "showcase", "--flow", "train", "--input", '{"run_id": "42"}', "--history")
    run = json.loads(result.stdout)
    assert run["status"] == "SUCCEEDED" and run["output"]["endpoint"] == "mlops-showcase-predictor", result.stdout[:500]
    entered = [event["stateEnteredEventDetails"]["name"] for event in run["events"] if "stateEnteredEventDetails" in event]
    order = ["Data", "Train.Job", "Register.Package", "Deploy.Model", "Deploy.Config", "Deploy.Create", "Deploy.Status", "Smoke"]
    assert [name for name in entered if name in order] == order, entered


# What stands for AWS where the handlers really run: every call is answered, the endpoint predicts.
BOTO3 = '''
import io
ANSWERS = {"describe_endpoint": {"EndpointStatus": "InService"}, "invoke_endpoint": b'{"predictions": [0.9, 0.1, 0.4]}'}

class Client:
    def __getattr__(self, operation):
        answer = ANSWERS.get(operation, {})
        return lambda **parameters: {"Body": io.BytesIO(answer)} if isinstance(answer, bytes) else answer

def client(service):
    return Client()
'''


def check_handlers_really_run(mlopsc, root):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "boto3.py").write_text(BOTO3)
        (Path(folder) / "botocore").mkdir()
        (Path(folder) / "botocore" / "exceptions.py").write_text("class ClientError(Exception):\n    pass\n")
        result = mlopsc("run", root / "specs" / "showcase", "--flow", "train", "--input", '{"run_id": "42"}', "--exec", "--aws", "--history",
                        env={**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1", "DATA": "lake"})
    run = json.loads(result.stdout)
    assert run["status"] == "SUCCEEDED", result.stdout[-500:] + result.stderr
    done = {event["stateExitedEventDetails"]["name"]: event["stateExitedEventDetails"].get("output") for event in run["events"]
            if "stateExitedEventDetails" in event}
    assert '"rows":2000' in str(run).replace(" ", "").replace("\\", ""), "the data was not made"
    assert '"healthy":true' in str(run).replace(" ", "").replace("\\", ""), "the endpoint was not tested"
    assert "Smoke" in done


# Actions that AWS knows for all resources only.
FOR_ALL = {"sagemaker:ListEndpoints", "sagemaker:ListEndpointConfigs", "sagemaker:ListModels", "cloudwatch:PutMetricData",
           "ecr:GetAuthorizationToken", "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeLogGroups",
           "logs:DescribeResourcePolicies", "logs:GetLogDelivery", "logs:ListLogDeliveries", "logs:PutResourcePolicy",
           "logs:UpdateLogDelivery", "xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords",
           "xray:PutTraceSegments"}


def check_no_policy_is_broader_than_aws_makes_it(mlopsc, root):
    texts = [path.read_text() for path in (root / "generated" / "showcase" / "terraform").rglob("*.tf")]
    # Terraform itself, which plans and applies, needs whole services.
    policies = [text for file in texts for text in re.findall(r'resource "aws_iam_role_policy" .*?\n}\n', file, re.S)
                if not re.match(r'resource "aws_iam_role_policy" "github_roles_(reads|writes)"', text)]
    assert len(policies) >= 7, "where are the policies?"
    for policy in policies:
        for actions, resource in re.findall(r"Action\s+= (\[.*?\]|\"[^\"]+\")\s+Resource\s+= (\[.*?\]|[^\n]+)", policy, re.S):
            found = set(re.findall(r'"([a-z0-9-]+:\S+?)"', actions))
            assert not any("*" in action for action in found), actions
            if resource.strip() == '"*"':
                assert found <= FOR_ALL, f"{found - FOR_ALL} on *"
            assert not re.search(r"(training-job|model|model-package|endpoint|endpoint-config)/\*", resource), resource


def jobs_of(root, workflow):
    """The jobs of a workflow and what each says, in order."""
    text = (root / "generated" / "showcase" / ".github" / "workflows" / f"{workflow}.yml").read_text()
    parts = re.split(r"^  (\w+):\n", text.partition("\njobs:\n")[2], flags=re.M)
    return text, dict(zip(parts[1::2], parts[2::2]))


def check_a_push_does_all_in_order_and_a_pull_request_only_plans(mlopsc, root):
    text, jobs = jobs_of(root, "push")
    assert list(jobs) == ["lint", "apply", "train", "smoke", "drift", "summary"], list(jobs)
    assert re.search(r"push:\s+branches:\s+- main", text), text[:200]
    for before, job in zip(jobs, list(jobs)[1:]):
        assert f"needs: {before}" in jobs[job], job
    assert "terraform -chdir=terraform apply" in jobs["apply"] and "mlops-showcase-train" in jobs["train"]
    assert "terraform -chdir=terraform output" in jobs["summary"] and "state list" in jobs["summary"]
    text, jobs = jobs_of(root, "pull-request")
    assert list(jobs) == ["lint", "plan"] and "terraform -chdir=terraform apply" not in text


def check_a_person_may_name_an_address_and_skip_the_infrastructure(mlopsc, root):
    text, jobs = jobs_of(root, "manual")
    assert "workflow_dispatch" in text and re.search(r"alert_email:\s+type: string", text)
    assert re.search(r"skip_infrastructure:\s+type: boolean\s+required: false\s+default: false", text)
    assert "if: ${{ !(inputs.skip_infrastructure) }}" in jobs["apply"] and "TF_VAR_alert_email: ${{ inputs.alert_email }}" in jobs["apply"]
    assert "!failure()" in jobs["train"], "a skipped apply would skip the training"


def check_no_key_is_stored_and_roles_trust_the_repository_and_branch(mlopsc, root):
    for workflow in ("push", "pull-request", "manual"):
        text, jobs = jobs_of(root, workflow)
        assert "secrets." not in text and "AWS_ACCESS_KEY" not in text
        for name, job in jobs.items():
            assert ("id-token: write" in job) == ("role-to-assume" in job), name
    texts = "\n".join(path.read_text() for path in (root / "generated" / "showcase" / "terraform").rglob("*.tf"))
    roles = dict(re.findall(r'resource "aws_iam_role" "github_roles_(\w+)" \{(.*?)\n\}\n', texts, re.S))
    assert set(roles) == {"plan", "apply", "run"}, set(roles)
    for name, role in roles.items():
        subjects = set(re.findall(r'"repo:[^"]+"', role))
        wanted = {'"repo:acme/mlops-showcase:ref:refs/heads/main"'} | ({'"repo:acme/mlops-showcase:pull_request"'} if name == "plan" else set())
        assert subjects == wanted and "sts.amazonaws.com" in role, (name, subjects)


def check_everything_is_tagged(mlopsc, root):
    texts = "\n".join(path.read_text() for path in (root / "generated" / "showcase" / "terraform").rglob("*.tf"))
    assert re.search(r'default_tags \{\s+tags = \{\s+pipeline\s+= "mlops-showcase"\s+cost_center = "mlops-demo"', texts)
    machine = json.loads((root / "generated" / "showcase" / "terraform" / "statemachines" / "train.asl.json").read_text())
    for name in ("Train.Job", "Deploy.Model", "Deploy.Config", "Deploy.Create"):
        assert {"Key": "cost_center", "Value": "mlops-demo"} in machine["States"][name]["Arguments"]["Tags"], name


def check_the_spec_is_a_tenth_of_what_it_generates(mlopsc, root):
    spec = len((root / "specs" / "showcase" / "showcase.mlops").read_text().splitlines())
    copied = {"src", "tests"}
    generated = sum(len(path.read_text().splitlines()) for path in (root / "generated" / "showcase").rglob("*")
                    if path.is_file() and path.relative_to(root / "generated" / "showcase").parts[0] not in copied)
    assert spec * 10 <= generated, f"{spec} lines make {generated}"


def check_alarms_and_the_dashboard_watch_what_they_should(mlopsc, root):
    texts = "\n".join(path.read_text() for path in (root / "generated" / "showcase" / "terraform").rglob("*.tf"))
    alarms = dict(re.findall(r'resource "aws_cloudwatch_metric_alarm" "(\w+)" \{(.*?)\n\}\n', texts, re.S))
    assert re.search(r"threshold\s+= var.latency_threshold_ms", alarms["latency"])
    assert "(m1 / 1000)" in alarms["latency"] and '"ModelLatency"' in alarms["latency"], "latency is measured in microseconds"
    assert "(m1 + m2) / m3" in alarms["errors"] and re.search(r"threshold\s+= 0.05", alarms["errors"])
    for name, alarm in alarms.items():
        assert "alerts" in alarm, f"{name} tells nobody"
    board = re.search(r'resource "aws_cloudwatch_dashboard" "health" \{(.*?)\n\}\n', texts, re.S)[1]
    for metric in ("Invocations", "ModelLatency", "Invocation4XXErrors", "Invocation5XXErrors", "MemoryUtilization",
                   "ServerlessConcurrentExecutionsUtilization", "Score"):
        assert f'"{metric}"' in board, metric
    assert re.search(r'count\s+= var.alert_email != "" \? 1 : 0', texts), "the address is optional"


def check_make_runs_the_tests(mlopsc, root):
    result = subprocess.run(["make", "-n", "test-endpoint", "monitor", "validate-terraform", "test", "clean-up"], capture_output=True,
                            text=True, timeout=60, cwd=root / "generated" / "showcase")
    assert result.returncode == 0, result.stderr
    for words in ("mlops-showcase-smoke", "mlops-showcase-drift", "terraform validate", "unittest discover tests", "mlops-showcase-clean-up",
                  "terraform -chdir=terraform destroy"):
        assert words in result.stdout.replace("-chdir=terraform validate", "validate"), words
