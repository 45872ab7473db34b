"""The data, the training and the serving of the model, up to the scikit-learn that the container brings: here is a stand-in for it."""
import csv
import io
import json
import pickle
import sys
import tempfile
import types
from pathlib import Path
from unittest import mock

from aws import Refused
from scaffold import ScaffoldTest


class Forest:
    """Learns the mean of the first feature of each label and tells which one is nearer."""

    def __init__(self, n_estimators, max_depth, random_state):
        self.options = (n_estimators, max_depth, random_state)

    def fit(self, features, labels):
        self.means = [sum(f[0] for f, l in zip(features, labels) if l == label) / max(1, labels.count(label)) for label in (0, 1)]

    def predict(self, features):
        return [int(chance[1] > 0.5) for chance in self.predict_proba(features)]

    def predict_proba(self, features):
        no, yes = self.means
        return [(0.1, 0.9) if abs(row[0] - yes) < abs(row[0] - no) else (0.9, 0.1) for row in features]


def stand_ins():
    ensemble = types.SimpleNamespace(RandomForestClassifier=Forest)
    joblib = types.SimpleNamespace(dump=lambda model, path: Path(path).write_bytes(pickle.dumps(model)),
                                   load=lambda path: pickle.loads(Path(path).read_bytes()))
    return mock.patch.dict(sys.modules, {"sklearn": types.SimpleNamespace(ensemble=ensemble), "sklearn.ensemble": ensemble,
                                         "joblib": joblib})


class PrepareTest(ScaffoldTest):
    source = "prepare.py"

    def prepared(self, **event):
        self.aws.always("s3.put_object")
        self.aws.calls.clear()
        answer = self.call({"to": f"s3://lake/runs/{event['run_id']}/", "baseline": "s3://lake/baseline.csv", **event})
        calls = self.aws.called("s3.put_object")
        self.assertEqual({call["Bucket"] for call in calls}, {"lake"})
        return answer, {call["Key"]: list(csv.reader(io.StringIO(call["Body"]))) for call in calls}

    def test_data_is_split_and_the_features_alone_are_the_baseline(self):
        answer, files = self.prepared(run_id=7, rows=100)
        self.assertEqual(answer["train"], "s3://lake/runs/7/train/")
        self.assertEqual(answer["test"], "s3://lake/runs/7/test/")
        train, test, baseline = files["runs/7/train/train.csv"], files["runs/7/test/test.csv"], files["baseline.csv"]
        self.assertEqual((len(train), len(test)), (81, 21))
        self.assertEqual([row[1:] for row in train], baseline)
        self.assertEqual({row[0] for row in train[1:] + test[1:]}, {"0", "1"})

    def test_a_baseline_is_written_where_one_is_wanted(self):
        _, files = self.prepared(run_id=7, rows=100, baseline=None)
        self.assertEqual(len(files), 2)

    def test_a_run_always_gets_the_same_data(self):
        self.assertEqual(self.prepared(run_id="a", rows=50), self.prepared(run_id="a", rows=50))
        self.assertNotEqual(self.prepared(run_id="a", rows=50)[1]["baseline.csv"], self.prepared(run_id="b", rows=50)[1]["baseline.csv"])

    def test_some_leave_and_most_stay(self):
        answer, _ = self.prepared(run_id="1")
        self.assertTrue(0.1 < answer["left"] / answer["rows"] < 0.5, answer)

    def test_too_few_rows_are_refused(self):
        with self.assertRaises(ValueError):
            self.call({"run_id": "1", "to": "s3://lake/", "rows": 3})


class TrainTest(ScaffoldTest):
    source = "training/train.py"

    def setUp(self):
        super().setUp()
        self.folder = Path(tempfile.mkdtemp())
        self.enter(stand_ins())

    def write(self, channel, *rows, name="a.csv"):
        (self.folder / channel).mkdir(exist_ok=True)
        (self.folder / channel / name).write_text("left,age,calls\n" + "".join(f"{row}\n" for row in rows))
        return str(self.folder / channel)

    def train(self, *words):
        train = self.write("train", "0,50,1", "0,55,0", "1,20,5")
        self.module.main(["--train", train, "--model-dir", str(self.folder / "model"), *words])
        return json.loads((self.folder / "model" / "metadata.json").read_text())

    def test_the_artifact_holds_the_model_what_it_is_and_the_code_that_serves_it(self):
        metadata = self.train("--trees", "5")
        self.assertEqual(metadata["features"], ["age", "calls"])
        self.assertEqual((metadata["rows"], metadata["train_accuracy"]), (3, 1.0))
        self.assertEqual(sorted(p.relative_to(self.folder / "model").as_posix() for p in (self.folder / "model").rglob("*")),
                         ["code", "code/inference.py", "metadata.json", "model.joblib"])
        self.assertEqual(pickle.loads((self.folder / "model" / "model.joblib").read_bytes()).options, (5, 8, 0))

    def test_metrics_are_printed_for_the_service_to_find(self):
        metadata = self.train("--test", self.write("test", "0,52,1", "1,51,3"))
        self.assertEqual(metadata["test_accuracy"], 0.5)
        self.assertIn("train_accuracy: 1.0000\ntest_accuracy: 0.5000\n", self.printed.getvalue())

    def test_several_files_are_one_data_set(self):
        self.write("train", "1,22,4", name="b.csv")
        self.assertEqual(self.train()["rows"], 4)

    def test_other_columns_and_no_data_are_refused(self):
        self.write("train", "0,50,1")
        (self.folder / "train" / "b.csv").write_text("left,calls\n0,1\n")
        with self.assertRaisesRegex(ValueError, "other columns"):
            self.module.main(["--train", str(self.folder / "train")])
        (self.folder / "none").mkdir()
        with self.assertRaisesRegex(ValueError, "no data"):
            self.module.main(["--train", str(self.folder / "none")])


class InferenceTest(ScaffoldTest):
    source = "training/inference.py"
    environment = {"REQUEST_LOG": "s3://lake/requests/churn/main/", "REQUEST_SAMPLE": "100"}

    def setUp(self):
        super().setUp()
        self.enter(stand_ins())
        folder = Path(tempfile.mkdtemp())
        forest = Forest(1, 1, 0)
        forest.means = [50, 20]
        (folder / "model.joblib").write_bytes(pickle.dumps(forest))
        (folder / "metadata.json").write_text(json.dumps({"features": ["age", "calls"]}))
        self.model = self.module.model_fn(str(folder))

    def answer(self, body, content_type="application/json", accept="application/json"):
        return self.module.output_fn(self.module.predict_fn(self.module.input_fn(body, content_type), self.model), accept)

    def test_rows_come_as_json_or_csv_and_so_do_answers(self):
        self.aws.always("s3.put_object")
        wanted = {"predictions": [0.9, 0.1]}
        self.assertEqual(json.loads(self.answer('{"instances": [[21, 5], [49, 0]]}')), wanted)
        self.assertEqual(json.loads(self.answer(b"[[21, 5], [49, 0]]")), wanted)
        self.assertEqual(json.loads(self.answer("21,5\n49,0\n", "text/csv; charset=utf-8", "*/*")), wanted)
        self.assertEqual(self.answer("21,5\n", "text/csv", "text/csv"), "0.9\n")

    def test_what_is_no_request_is_refused(self):
        for body, kind in (("21,x", "text/csv"), ("", "text/csv"), ("{}", "application/json"), ("[1, 2]", "application/json"),
                           ("[[]]", "application/json"), ("{", "application/json"), ("x", "image/png"), ("[[1, 2, 3]]", "application/json")):
            with self.assertRaises((ValueError, KeyError), msg=body):
                self.answer(body, kind)
        with self.assertRaises(ValueError):
            self.module.output_fn([0.5], "image/png")

    def test_requests_are_kept_with_their_answers_by_hour(self):
        self.aws.expect("s3.put_object", Bucket="lake", ContentType="application/x-ndjson")
        self.answer("[[21, 5]]")
        (call,) = self.aws.called("s3.put_object")
        self.assertRegex(call["Key"], r"^requests/churn/main/\d{4}/\d\d/\d\d/\d\d/[0-9a-f-]{36}\.jsonl$")
        record = json.loads(call["Body"])
        self.assertEqual((record["inputs"], record["outputs"]), ([[21.0, 5.0]], [0.9]))

    def test_a_share_of_them_is_kept(self):
        self.aws.always("s3.put_object")
        with mock.patch.dict("os.environ", {"REQUEST_SAMPLE": "25"}), mock.patch("random.random", side_effect=[0.1, 0.24, 0.26, 0.9]):
            for _ in range(4):
                self.answer("[[21, 5]]")
        self.assertEqual(len(self.aws.called("s3.put_object")), 2)

    def test_no_place_keeps_nothing(self):
        with mock.patch.dict("os.environ"):
            del self.module.os.environ["REQUEST_LOG"]
            self.answer("[[21, 5]]")
        self.assertEqual(self.aws.calls, [])

    def test_what_cannot_be_kept_fails_no_request(self):
        self.aws.expect("s3.put_object", Refused("AccessDenied"))
        self.assertIn("predictions", self.answer("[[21, 5]]"))
        self.assertIn("a request was not kept", self.printed.getvalue())
