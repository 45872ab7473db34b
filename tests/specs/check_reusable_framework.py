"""What is true of the reusable framework beside the runs of its flow."""
import json
import re
import shutil
import tarfile
import tempfile
from pathlib import Path

SPEC = "specs/reusable-framework"
OUT = Path("generated/reusable-framework")


def check_another_item_is_no_other_terraform(mlopsc, root):
    """Other values of an item change its file, and no other."""
    with tempfile.TemporaryDirectory() as folder:
        spec, out = Path(folder, "spec"), Path(folder, "out")
        shutil.copytree(root / SPEC, spec)
        file = spec / "items.mlops"
        text = file.read_text()
        file.write_text(text.replace('"ml.m5.4xlarge"', '"ml.c5.4xlarge"').replace('"glue-spark"', '"glue-python"')
                        .replace('postprocessing_job: "Y"', 'postprocessing_job: "N"').replace('num_round: "400"', 'num_round: "500"'))
        result = mlopsc("build", spec, "-o", out)
        assert result.returncode == 0, result.stderr
        changed = {str(one.relative_to(out)) for one in out.rglob("*") if one.is_file() and one.read_bytes() != (root / OUT / one.relative_to(out)).read_bytes()}
        assert changed == {"dynamodb_items/fraud.json", ".mlopsc.json"}, changed


def check_another_model_is_another_item(mlopsc, root):
    """A further item adds its file and its rows in the table's Terraform; no state machine, role or function changes."""
    with tempfile.TemporaryDirectory() as folder:
        spec, out = Path(folder, "spec"), Path(folder, "out")
        shutil.copytree(root / SPEC, spec)
        file = spec / "items.mlops"
        text = file.read_text()
        item = text[text.index("item churn in pipelines"):text.index("# Prepared by a Spark job")]
        file.write_text(text + "\n" + item.replace("item churn", "item another").replace("customer-churn", "another-model"))
        result = mlopsc("build", spec, "-o", out)
        assert result.returncode == 0, result.stderr
        old, new = root / OUT, out
        changed = {str(one.relative_to(out)) for one in out.rglob("*") if one.is_file() and
                   (not (old / one.relative_to(new)).exists() or one.read_bytes() != (old / one.relative_to(new)).read_bytes())}
        assert changed == {"dynamodb_items/another.json", "terraform/table.tf", ".mlopsc.json"}, changed
        assert (new / "terraform/table.tf").read_text().startswith((old / "terraform/table.tf").read_text())


def check_items_are_written_as_they_are_loaded(mlopsc, root):
    for file in sorted((root / OUT / "dynamodb_items").glob("*.json")):
        item = json.loads(file.read_text())
        assert item["name"]["S"].startswith("demo-dev-domain-"), file
        assert {"job_type", "job_name"} <= set(item["preprocessing"]["M"]), file
        switches = [name for name in item if item[name].get("S") in ("Y", "N")]
        assert len(switches) == 7, (file, switches)


def check_handlers_really_run(mlopsc, root):
    for name in ("cal-house-price", "customer-churn", "card-fraud"):
        result = mlopsc("run", SPEC, "--exec", "--input", json.dumps({"config": f"demo-dev-domain-{name}", "dataset_date": "2026-01-31"}))
        assert json.loads(result.stdout) == {"status": "SUCCEEDED", "output": {}}, result.stdout + result.stderr


def check_the_source_archive_holds_the_script(mlopsc, root):
    with tarfile.open(root / SPEC / "sagemaker-artifacts/sourcedir.tar.gz") as archive:
        assert archive.getnames() == ["script.py"]
        assert archive.extractfile("script.py").read() == (root / SPEC / "training/script.py").read_bytes(), "run training/pack.sh"


def check_the_router_is_the_library_s(mlopsc, root):
    assert (root / SPEC / "lambda/router.py").read_bytes() == (root / "templates/scaffold/router.py").read_bytes()


def check_events_become_records(mlopsc, root):
    wanted = ('{"Records":[{"body":{"consumption_pipeline_name":"demo-dev-domain-cal-house-price","dataset_date":<time>,'
              '"event_source":"event-bridge"},"eventSource":"event-bridge"}]}')
    for file in ("bucket.tf", "schedule.tf"):
        text = (root / OUT / "terraform" / file).read_text()
        assert json.loads(re.search(r"input_template = (\".*\")", text)[1]) == wanted, text
