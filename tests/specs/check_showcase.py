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
        result = mlopsc("run", root / "specs" / "showcase", "--flow", "train", "--input", '{"run_id": "42"}', "--exec", "--history",
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
    texts = [path.read_text() for path in (root / "generated" / "showcase" / "terraform").rglob("*.tf")
             if path.name != "oidc.tf"]  # Terraform itself, which plans and applies, needs whole services
    policies = [text for file in texts for text in re.findall(r'resource "aws_iam_role_policy" .*?\n}\n', file, re.S)]
    assert len(policies) >= 7, "where are the policies?"
    for policy in policies:
        for actions, resource in re.findall(r"Action\s+= (\[.*?\]|\"[^\"]+\")\s+Resource\s+= (\[.*?\]|[^\n]+)", policy, re.S):
            found = set(re.findall(r'"([a-z0-9-]+:\S+?)"', actions))
            assert not any("*" in action for action in found), actions
            if resource.strip() == '"*"':
                assert found <= FOR_ALL, f"{found - FOR_ALL} on *"
            assert not re.search(r"(training-job|model|model-package|endpoint|endpoint-config)/\*", resource), resource
