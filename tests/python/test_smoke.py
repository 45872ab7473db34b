"""The test of an endpoint that stands."""
import json
from unittest import mock

from aws import Refused
from scaffold import Context, ScaffoldTest

GOOD = {"Body": json.dumps({"predictions": [0.9, 0.1, 0.4]}).encode()}


class SmokeTest(ScaffoldTest):
    source = "smoke.py"
    environment = {"PREDICTOR": "churn", "DATA": "lake"}

    def described(self, *statuses, **more):
        for status in statuses:
            self.aws.expect("sagemaker.describe_endpoint", {"EndpointStatus": status, "EndpointConfigName": "churn-1", **more})

    def report(self):
        (call,) = self.aws.called("s3.put_object")
        self.assertRegex(call["Key"], r"^smoke/\d{4}/\d\d/\d\d/\d{6}\.json$")
        return json.loads(call["Body"])

    def test_a_healthy_endpoint_is_reported(self):
        self.described("InService")
        self.aws.always("sagemaker-runtime.invoke_endpoint", GOOD)
        self.aws.expect("s3.put_object", Bucket="lake")
        answer = self.call({})
        self.assertTrue(answer["healthy"])
        self.assertEqual(self.report()["checks"]["one_prediction_a_row"]["predictions"], [0.9, 0.1, 0.4])
        self.assertEqual(self.aws.called("sagemaker-runtime.invoke_endpoint")[0]["EndpointName"], "churn")
        self.assertTrue(answer["report"].startswith("s3://lake/smoke/"))

    def test_another_endpoint_may_be_named(self):
        self.aws.expect("sagemaker.describe_endpoint", {"EndpointStatus": "InService"}, EndpointName="other")
        self.aws.always("sagemaker-runtime.invoke_endpoint", GOOD)
        self.aws.always("s3.put_object")
        self.assertEqual(self.call({"endpoint": "other"})["endpoint"], "other")

    def test_it_waits_until_the_endpoint_is_in_service(self):
        self.described("Creating", "Updating", "InService")
        self.aws.always("sagemaker-runtime.invoke_endpoint", GOOD)
        self.aws.always("s3.put_object")
        self.call({})
        self.assertEqual(self.slept, [10, 10])

    def test_a_failed_endpoint_fails_at_once(self):
        self.described("Failed", FailureReason="no such image")
        with self.assertRaisesRegex(RuntimeError, "churn is Failed: no such image"):
            self.call({})

    def test_it_gives_up_before_its_own_time_is_over(self):
        self.described("Creating")
        context = Context()
        context.get_remaining_time_in_millis = lambda: 20_000
        with self.assertRaisesRegex(TimeoutError, "still Creating"):
            self.module.handler({}, context)

    def unhealthy(self, answers, failed):
        self.described("InService")
        for answer in answers:
            self.aws.expect("sagemaker-runtime.invoke_endpoint", answer)
        self.aws.expect("s3.put_object")
        with self.assertRaisesRegex(RuntimeError, f"not healthy: {failed}; the report is s3://lake/smoke/"):
            self.call({})
        self.assertFalse(self.report()["healthy"])

    def test_an_error_is_reported(self):
        self.unhealthy([Refused("ModelError", "500")], "answers")

    def test_an_answer_that_is_none_is_reported(self):
        self.unhealthy([{"Body": b"<html>"}], "answers")

    def test_a_slow_answer_is_reported_but_the_first_may_be(self):
        with mock.patch("time.monotonic", side_effect=[0, 30, 30, 30.5]):
            self.test_a_healthy_endpoint_is_reported()
        self.aws.calls.clear()
        with mock.patch("time.monotonic", side_effect=[0, 1, 1, 7]):
            self.unhealthy([GOOD, GOOD], "quick")

    def test_a_prediction_too_few_is_reported(self):
        self.unhealthy([{"Body": b'{"predictions": [0.5]}'}] * 2, "one_prediction_a_row")

    def test_answers_that_change_are_reported(self):
        self.unhealthy([GOOD, {"Body": b'{"predictions": [0.1, 0.1, 0.4]}'}], "same_again")
