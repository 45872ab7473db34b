"""What the showcase does beyond its flows."""
import json
import subprocess
import sys


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
