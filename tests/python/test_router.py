"""The routing Lambda: records of several senders become executions of the pipeline's item."""
import datetime
import json

from aws import Refused
from scaffold import ScaffoldTest, item

MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:train"
ITEM = {
    "name": "demo-dev-domain-cal-house-price",
    "preprocessing": {"job_type": "sagemaker-processing", "job_name": "proc-job", "disk": 30, "share": 1},
    "training": {"job_name": "training-job", "hyperparameters": {"job_name": "stays in step"}},
    "tuning": {"job_name": "a-tuning-job-with-a-name-that-is-too-long"},
    "models": [{"job_name": "m" * 80}],
}


class RouterTest(ScaffoldTest):
    source = "router.py"
    environment = {"TABLE": "pipelines", "STATE_MACHINE": MACHINE}

    def body(self, **more):
        return {"consumption_pipeline_name": ITEM["name"], "dataset_date": "2026-01-31T08:00:00Z", **more}

    def expect_start(self, wanted=ITEM):
        self.aws.expect("dynamodb.get_item", {"Item": item(wanted)}, TableName="pipelines", Key=item({"name": wanted["name"]}))
        self.aws.expect("stepfunctions.start_execution", lambda call: {"executionArn": f"{MACHINE}:{call['name']}"},
                        stateMachineArn=MACHINE)

    def started(self, index=0):
        call = self.aws.called("stepfunctions.start_execution")[index]
        return call["name"], json.loads(call["input"])

    # --- Who sends

    def test_a_record_of_eventbridge_has_its_body_as_an_object(self):
        self.expect_start()
        answer = self.call({"Records": [{"body": self.body(event_source="event-bridge"), "eventSource": "event-bridge"}]})
        name, document = self.started()
        self.assertEqual(answer, {"executions": [f"{MACHINE}:{name}"]})
        self.assertEqual(document["event_source"], "event-bridge")
        self.assertEqual(document["dataset_date"], "2026-01-31")
        self.assertEqual(document["config"]["name"], ITEM["name"])
        self.assertIs(document["named"], True)

    def test_a_record_of_sqs_has_its_body_as_text(self):
        self.expect_start()
        self.call({"Records": [{"messageId": "1", "body": json.dumps(self.body()), "eventSource": "aws:sqs"}]})
        self.assertEqual(self.started()[1]["dataset_date"], "2026-01-31")

    def test_a_person_may_send_the_body_alone(self):
        self.expect_start()
        self.call(self.body())
        self.assertEqual(self.started()[1]["event_source"], "manual")

    def test_a_person_may_send_a_body_as_text_or_object(self):
        for body in (self.body(), json.dumps(self.body())):
            self.expect_start()
            self.call({"body": body})
        self.assertEqual(len(self.aws.called("stepfunctions.start_execution")), 2)

    def test_each_record_starts_an_execution(self):
        self.expect_start()
        self.expect_start()
        answer = self.call({"Records": [{"body": self.body()}, {"body": json.dumps(self.body())}]})
        self.assertEqual(len(set(answer["executions"])), 2)

    # --- Dates

    def test_dates_become_days(self):
        for given in ("2026-01-31T08:00:00Z", "2026-01-31", "20260131", "2026-01-31T23:59:59.123+02:00"):
            self.assertEqual(self.module.day_of(given), "2026-01-31", given)

    def test_no_date_is_today(self):
        today = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
        self.assertEqual(self.module.day_of(None), today)
        self.assertEqual(self.module.day_of(""), today)

    def test_what_is_no_date_is_refused(self):
        for given in ("yesterday", "2026-13-01", "2026-02-30", "31.01.2026"):
            with self.assertRaises(ValueError, msg=given):
                self.module.day_of(given)

    # --- Names

    def test_names_of_jobs_get_day_and_token_and_fit(self):
        self.expect_start()
        self.call(self.body())
        name, document = self.started()
        config = document["config"]
        self.assertRegex(config["preprocessing"]["job_name"], r"^proc-job-20260131-[0-9a-f]{8}$")
        self.assertRegex(config["training"]["job_name"], r"^training-job-20260131-[0-9a-f]{8}$")
        self.assertRegex(config["tuning"]["job_name"], r"^[A-Za-z0-9](-*[A-Za-z0-9]){0,31}$")
        self.assertEqual(len(config["tuning"]["job_name"]), 32)
        self.assertEqual(len(config["models"][0]["job_name"]), 62)
        self.assertLessEqual(len(name), 80)
        self.assertRegex(name, r"^demo-dev-domain-cal-house-price-20260131-[0-9a-f]{8}$")

    def test_names_are_new_each_time(self):
        self.expect_start()
        self.expect_start()
        self.call({"Records": [{"body": self.body()}, {"body": self.body()}]})
        first, second = self.started(0), self.started(1)
        self.assertNotEqual(first[0], second[0])
        self.assertNotEqual(first[1]["config"]["training"]["job_name"], second[1]["config"]["training"]["job_name"])

    def test_an_execution_has_a_name_of_at_most_80_characters(self):
        long = {**ITEM, "name": "x" * 200}
        self.expect_start(long)
        self.call(self.body(consumption_pipeline_name="x" * 200))
        self.assertEqual(len(self.started()[0]), 80)

    def test_names_that_say_what_is_called_stay(self):
        for kind in ("lambda", "glue-python", "glue-spark"):
            stays = {**ITEM, "preprocessing": {"job_type": kind, "job_name": "the-function"}}
            self.expect_start(stays)
            self.call(self.body())
            document = json.loads(self.aws.calls[-1]["input"])
            self.assertEqual(document["config"]["preprocessing"]["job_name"], "the-function")

    # --- Values

    def test_numbers_and_sets_are_those_of_json(self):
        from decimal import Decimal
        wanted = {**ITEM, "share": Decimal("0.5"), "zones": {"a"}}
        self.expect_start(wanted)
        self.call(self.body())
        config = self.started()[1]["config"]
        self.assertEqual((config["preprocessing"]["disk"], config["share"], config["zones"]), (30, 0.5, ["a"]))

    # --- What goes wrong

    def test_a_request_without_a_pipeline_is_refused(self):
        with self.assertRaisesRegex(ValueError, "consumption_pipeline_name"):
            self.call({"Records": [{"body": {}}]})

    def test_an_unknown_pipeline_is_refused(self):
        self.aws.expect("dynamodb.get_item", {})
        with self.assertRaisesRegex(LookupError, "no item"):
            self.call(self.body())

    def test_an_execution_that_is_refused_fails_the_call(self):
        self.aws.expect("dynamodb.get_item", {"Item": item(ITEM)})
        self.aws.expect("stepfunctions.start_execution", Refused("ExecutionLimitExceeded"))
        with self.assertRaises(Exception) as caught:
            self.call(self.body())
        self.assertEqual(caught.exception.response["Error"]["Code"], "ExecutionLimitExceeded")
