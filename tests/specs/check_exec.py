"""What `mlopsc run --exec` does with handlers: they really run, and reach nothing."""
import json
import os
import subprocess
import tempfile
from pathlib import Path

SPECS = ("train-automation", "reusable-framework", "slack-approval", "showcase", "codepipeline")
# What a real SDK would use: it must never be asked for.
BAIT = {"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "eu-west-1"}


def check_all_five_run_without_mocks(mlopsc, root):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "boto3.py").write_text("raise SystemExit('the real SDK is loaded')\n")
        for name in SPECS:
            flow = ("--flow", "train") if name == "showcase" else ()
            result = mlopsc("run", f"specs/{name}", "--exec", "--history", *flow, env={**os.environ, **BAIT, "PYTHONPATH": folder})
            run = json.loads(result.stdout)
            assert run["status"] == "SUCCEEDED" and len(run["events"]) > 5, (name, result.stdout[-500:], result.stderr)
            assert "credentials" not in result.stdout + result.stderr, result.stderr
            if name in ("slack-approval", "showcase"):
                assert "nobody here knows: what it gives is made up" in result.stderr, result.stderr
                assert "the handler of `Data`" not in result.stderr, result.stderr  # it needs nothing that is not known


def ran(handler, *options, **world):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "lambda").mkdir()
        Path(folder, "lambda", "work.py").write_text(handler)
        Path(folder, "objects", "lake").mkdir(parents=True)
        Path(folder, "objects", "lake", "in.json").write_text('{"rows": 7}')
        for name, text in world.items():
            Path(folder, f"{name}.py").write_text(text)
        Path(folder, "t.mlops").write_text("""pipeline "t" { region: "eu-west-1" }
lambda work { source: "lambda/work.py", returns: { rows: number } }
flow main() {
  Work = work({})
  return { rows: Work.rows }
}
""")
        result = subprocess.run([os.environ["MLOPSC"], "run", "t.mlops", "--exec", *options], capture_output=True, text=True, cwd=folder,
                                env={**os.environ, **BAIT, "PYTHONPATH": folder}, timeout=60)
        return result, json.loads(result.stdout) if result.stdout else {}


HANDLER = "import boto3, json, os\ndef handler(event, context):\n"


def check_calls_are_checked_and_answered(mlopsc, root):
    result, run = ran(HANDLER + """
    found = boto3.client("sagemaker").describe_endpoint(EndpointName="live")
    assert found["EndpointStatus"] == "InService" and found["CreationTime"].year > 2000, found
    assert found["EndpointArn"].startswith("arn:aws:sagemaker:eu-west-1:"), found
    boto3.client("s3").put_object(Bucket="lake", Key="out", Body="x,y")
    assert boto3.client("s3").get_object(Bucket="lake", Key="out")["Body"].read() == b"x,y"
    boto3.resource("dynamodb").Table("runs").put_item(Item={"id": "1"})
    boto3.client("lambda").get_waiter("function_active_v2").wait(FunctionName="f")
    pages = list(boto3.client("sagemaker").get_paginator("list_models").paginate())
    assert len(pages) == 1 and "AWS_ACCESS_KEY_ID" not in os.environ
    return {"rows": len(pages)}
""")
    assert run.get("output") == {"rows": 1}, result.stdout + result.stderr
    assert "5 answers that nobody gave were made up" in result.stderr, result.stderr


def check_faults_of_a_handler_are_its_own(mlopsc, root):
    for line, error in (('boto3.client("sagemaker").describe_endpoint(Name="live")', "ParamValidationError"),
                        ('boto3.client("sagemaker").describe_endpont(EndpointName="live")', "AttributeError"),
                        ('boto3.resource("dynamodb").Table("runs").put_item(Item={"x": 0.5})', "TypeError"),
                        ('boto3.client("sagemaker").describe_endpoint(EndpointName="live")["Nothing"]', "KeyError")):
        result, run = ran(HANDLER + f"    {line}\n")
        assert run["status"] == "FAILED" and run["error"] == error, (line, result.stdout, result.stderr)


def check_what_nobody_knows_ends_a_handler(mlopsc, root):
    for line in ('boto3.client("s3").get_object(Bucket="lake", Key="in.json")', 'import urllib.request; urllib.request.urlopen("https://example.com")',
                 'boto3.client("secretsmanager").get_secret_value(SecretId="app")', 'json.loads(boto3.client("lambda").invoke(FunctionName="f")["Payload"].read())',
                 'boto3.client("kms").decrypt(CiphertextBlob=b"x")["Plaintext"].decode()', 'boto3.resource("dynamodb").Table("runs").scan()'):
        code = HANDLER + f"    try:\n        {line}\n    except Exception:\n        raise SystemExit('caught')\n    return {{'rows': 5}}\n"
        result, run = ran(code)
        assert run.get("status") == "SUCCEEDED" and "(lambda/work.py:4), which nobody here knows" in result.stderr, (line, result.stderr, result.stdout)
        result, run = ran(code, "--strict-mocks")
        assert result.returncode == 1 and "which nobody here knows" in result.stderr, (line, result.stderr)


def check_a_folder_stands_for_s3(mlopsc, root):
    result, run = ran(HANDLER + '    return json.load(boto3.client("s3").get_object(Bucket="lake", Key="in.json")["Body"])\n', "--s3", "objects")
    assert run.get("output") == {"rows": 7}, result.stdout + result.stderr


def check_the_real_sdk_is_used_when_it_is_asked_for(mlopsc, root):
    sdk = "class client:\n    def __init__(self, name): pass\n    def list_models(self): return {'Models': [1, 2]}\n"
    handler = HANDLER + "    assert os.environ['AWS_ACCESS_KEY_ID']\n    return {'rows': len(boto3.client('sagemaker').list_models()['Models'])}\n"
    result, run = ran(handler, "--aws", boto3=sdk)
    assert run.get("output") == {"rows": 2}, result.stdout + result.stderr
    result, run = ran(handler.replace("    assert os.environ['AWS_ACCESS_KEY_ID']\n", ""), boto3=sdk)
    assert run.get("output") == {"rows": 1}, result.stdout + result.stderr
