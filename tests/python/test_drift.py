"""The drift monitor: requests of several formats against a baseline."""
import base64
import json
import random

from aws import Refused
from scaffold import ScaffoldTest

NAMES = ["age", "plan"]


def baseline(rows=400, seed=1):
    chance = random.Random(seed)
    return [[f"{chance.gauss(40, 10):.2f}", chance.choice(["basic", "basic", "gold"])] for _ in range(rows)]


def as_csv(rows):
    return "".join(",".join(map(str, row)) + "\n" for row in rows)


class DriftTest(ScaffoldTest):
    source = "drift.py"
    environment = {"ENDPOINT": "churn", "REQUESTS": "s3://lake/requests/churn/main", "BASELINE": "s3://lake/baseline.csv",
                   "REPORTS": "s3://lake/drift/", "NAMESPACE": "Drift", "WINDOW_HOURS": "2", "THRESHOLD": "0.2"}

    def serve(self, lines, hour=0):
        """The baseline, and one file of requests that lies `hour` hours back."""
        self.folders = []

        def listed(call):
            self.folders.append(call["Prefix"])
            return {"Contents": [{"Key": call["Prefix"] + "a.jsonl"}]} if len(self.folders) == hour + 1 else {}

        def got(call):
            text = as_csv([NAMES, *baseline()]) if call["Key"] == "baseline.csv" else "\n".join(lines)
            return {"Body": text.encode()}

        self.aws.always("s3.list_objects_v2", listed)
        self.aws.always("s3.get_object", got)
        self.aws.always("s3.put_object")
        self.aws.always("cloudwatch.put_metric_data")
        return self.call({})

    def report(self):
        return json.loads(self.aws.called("s3.put_object")[0]["Body"])

    def test_the_same_population_is_stable(self):
        answer = self.serve([json.dumps({"inputs": baseline(300, seed=2), "outputs": []})])
        self.assertEqual(answer["status"], "stable")
        self.assertLess(answer["score"], 0.1)
        report = self.report()
        self.assertEqual(set(report["features"]), set(NAMES))
        self.assertLess(report["features"]["age"]["ks"], 0.15)
        self.assertNotIn("ks", report["features"]["plan"])

    def test_another_population_is_drift(self):
        rows = [[float(age) + 25, plan] for age, plan in baseline(300, seed=2)]
        answer = self.serve([json.dumps({"inputs": rows, "outputs": []})])
        self.assertEqual((answer["status"], answer["worst"]), ("drift", "age"))
        self.assertGreater(self.report()["features"]["age"]["ks"], 0.5)

    def test_names_that_were_never_seen_are_drift(self):
        rows = [[age, "platinum"] for age, _ in baseline(100, seed=2)]
        self.assertEqual(self.serve([json.dumps({"inputs": rows, "outputs": []})])["worst"], "plan")

    def test_the_score_is_a_metric_of_the_endpoint(self):
        answer = self.serve([json.dumps({"inputs": baseline(100, seed=2), "outputs": []})])
        (call,) = self.aws.called("cloudwatch.put_metric_data")
        (datum,) = call["MetricData"]
        self.assertEqual((call["Namespace"], datum["MetricName"], datum["Value"]), ("Drift", "Score", answer["score"]))
        self.assertEqual(datum["Dimensions"], [{"Name": "Endpoint", "Value": "churn"}])

    def test_each_run_adds_a_report(self):
        answer = self.serve([json.dumps({"inputs": baseline(100, seed=2), "outputs": []})])
        (call,) = self.aws.called("s3.put_object")
        self.assertEqual(call["Bucket"], "lake")
        self.assertRegex(call["Key"], r"^drift/\d{4}/\d\d/\d\d/\d{6}\.json$")
        self.assertEqual(answer["report"], f"s3://lake/{call['Key']}")

    def test_before_the_first_training_there_is_nothing_to_say(self):
        self.aws.expect("s3.get_object", Refused("NoSuchKey"), Key="baseline.csv")
        self.assertEqual(self.call({})["status"], "no baseline")

    def test_few_requests_give_no_score(self):
        answer = self.serve([json.dumps({"inputs": baseline(5, seed=2), "outputs": []})])
        self.assertEqual(answer["status"], "too few requests")
        self.assertEqual(self.aws.called("cloudwatch.put_metric_data"), [])

    def test_no_requests_at_all(self):
        self.assertEqual(self.serve([], hour=99)["requests"], 0)

    def test_the_window_is_read_hour_by_hour(self):
        self.serve([json.dumps({"inputs": baseline(100, seed=2), "outputs": []})], hour=2)
        self.assertEqual(len(set(self.folders)), 3)
        self.assertRegex(self.folders[0], r"^requests/churn/main/\d{4}/\d\d/\d\d/\d\d/$")

    def test_more_requests_than_tell_anything_are_not_read(self):
        self.module.REQUESTS_MOST = 150
        self.aws.always("s3.list_objects_v2", lambda call: {"Contents": [{"Key": f"{call['Prefix']}{i}"} for i in range(3)]})
        line = json.dumps({"inputs": baseline(60, seed=2), "outputs": []})
        self.aws.always("s3.get_object", lambda call: {"Body": (as_csv([NAMES, *baseline()]) if call["Key"] == "baseline.csv" else line).encode()})
        self.aws.always("s3.put_object")
        self.aws.always("cloudwatch.put_metric_data")
        self.assertEqual(self.call({})["requests"], 150)
        self.assertEqual(len(self.aws.called("s3.list_objects_v2")), 1)

    def test_rows_of_another_length_are_counted_and_left_out(self):
        rows = baseline(100, seed=2) + [[1, 2, 3]]
        answer = self.serve([json.dumps({"inputs": rows, "outputs": []})])
        self.assertEqual((answer["requests"], answer["of_other_length"]), (101, 1))

    def test_data_capture_is_read_too(self):
        rows = baseline(40, seed=2)
        lines = [
            {"captureData": {"endpointInput": {"data": as_csv(rows), "encoding": "CSV"}}},
            {"captureData": {"endpointInput": {"data": base64.b64encode(as_csv(rows).encode()).decode(), "encoding": "BASE64"}}},
            {"captureData": {"endpointInput": {"data": json.dumps({"instances": rows}), "encoding": "JSON"}}},
            {"captureData": {"endpointInput": {"data": json.dumps(rows), "encoding": "JSON"}}},
        ]
        self.assertEqual(self.serve([json.dumps(line) for line in lines])["requests"], 160)

    def test_the_numbers_are_those_of_the_books(self):
        # psi of (0.5, 0.5) against (0.8, 0.2): 0.3 ln 1.6 - 0.3 ln 0.4
        self.assertAlmostEqual(self.module.psi([0.5, 0.5], [0.8, 0.2]), 0.41588831, places=7)
        self.assertEqual(self.module.psi([0.5, 0.5], [0.5, 0.5]), 0)
        self.assertAlmostEqual(self.module.ks([1, 2, 3, 4], [3, 4, 5, 6]), 0.5)
        self.assertEqual(self.module.ks([1, 2], [1, 2]), 0)
