"""The Python of the pipeline, without AWS: python3 -m unittest discover tests"""
import json
import types
import unittest
from unittest import mock

from stand_in import ClientError, loaded

CONTEXT = types.SimpleNamespace(get_remaining_time_in_millis=lambda: 60_000)


class Data(unittest.TestCase):
    def test_a_run_writes_train_test_and_baseline(self):
        with loaded("src/data/prepare.py") as (prepare, calls):
            answer = prepare.handler({"run_id": "1", "to": "s3://b/runs/1", "baseline": "s3://b/baseline.csv", "rows": 100}, CONTEXT)
        self.assertEqual([parameters["Key"] for _, parameters in calls],
                         ["runs/1/train/train.csv", "runs/1/test/test.csv", "baseline.csv"])
        self.assertEqual(answer["train"], "s3://b/runs/1/train/")
        self.assertEqual(calls[0][1]["Body"].splitlines()[0], "left," + ",".join(prepare.FEATURES))


class Serving(unittest.TestCase):
    model = types.SimpleNamespace(metadata={"features": ["a", "b"]}, predict_proba=lambda rows: [(0.25, 0.75) for _ in rows])
    log = {"REQUEST_LOG": "s3://b/log/", "REQUEST_SAMPLE": "50"}

    def ask(self, chance, **log):
        with loaded("src/training/inference.py", environment=log) as (inference, calls), mock.patch("random.random", return_value=chance):
            rows = inference.input_fn("1,2\n3,4\n", "text/csv")
            return inference.output_fn(inference.predict_fn(rows, self.model), "application/json"), calls

    def test_each_row_gets_a_prediction(self):
        answer, calls = self.ask(0.1)
        self.assertEqual((json.loads(answer), calls), ({"predictions": [0.75, 0.75]}, []))

    def test_the_sampled_share_of_requests_is_kept(self):
        _, calls = self.ask(0.49, **self.log)
        self.assertEqual(json.loads(calls[0][1]["Body"])["inputs"], [[1, 2], [3, 4]])
        self.assertEqual(self.ask(0.51, **self.log)[1], [])


class Endpoint(unittest.TestCase):
    def smoke(self, *answers):
        found = [{"EndpointStatus": "Creating"}, {"EndpointStatus": "InService"}]
        with loaded("src/test_endpoint.py", {"describe_endpoint": found, "invoke_endpoint": list(answers)}, {"DATA": "b"}) as (smoke, calls):
            return smoke.handler({"endpoint": "e"}, CONTEXT), calls

    def test_a_healthy_endpoint_is_reported(self):
        report, calls = self.smoke(*[{"Body": b'{"predictions": [0.1, 0.2, 0.3]}'}] * 2)
        self.assertTrue(report["healthy"])
        self.assertEqual(calls[-1][0], "put_object")

    def test_an_unhealthy_one_fails(self):
        with self.assertRaisesRegex(RuntimeError, "not healthy"):
            self.smoke(ClientError("ModelError"))


class Drift(unittest.TestCase):
    def look(self, shift):
        baseline = "x\n" + "".join(f"{i % 50}\n" for i in range(500))
        requests = json.dumps({"inputs": [[i % 50 + shift] for i in range(100)], "outputs": []})
        answers = {"get_object": [{"Body": baseline.encode()}, {"Body": requests.encode()}],
                   "list_objects_v2": [{"Contents": [{"Key": "log/a.jsonl"}]}, {}]}
        world = {"ENDPOINT": "e", "REQUESTS": "s3://b/log", "BASELINE": "s3://b/x.csv", "REPORTS": "s3://b/drift/",
                 "NAMESPACE": "n", "WINDOW_HOURS": "1"}
        with loaded("src/monitoring/drift.py", answers, world) as (drift, calls):
            return drift.handler({}, CONTEXT), calls

    def test_the_same_features_are_stable(self):
        report, calls = self.look(0)
        self.assertEqual(report["status"], "stable")
        self.assertEqual([name for name, _ in calls[-2:]], ["put_object", "put_metric_data"])

    def test_other_features_are_drift(self):
        self.assertEqual(self.look(25)[0]["status"], "drift")


if __name__ == "__main__":
    unittest.main()
