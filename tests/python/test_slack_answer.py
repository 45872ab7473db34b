"""The callback behind the API: who is believed, that an answer counts once, and what the state machine is told."""
import base64
import hashlib
import hmac
import io
import json
import urllib.parse
from unittest import mock

from aws import Refused
from scaffold import ScaffoldTest, item

NOW = 1767225600
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:slack"
ROW = {"id": "q1", "token": "task-token", "title": "Ship abc?", "expires": NOW + 60, "answered_by": "U1", "answered_at": NOW}


class SlackAnswerTest(ScaffoldTest):
    source = "slack_answer.py"
    environment = {"SECRET": SECRET, "CHANNEL": "C1", "REQUESTS": "requests", "APPROVERS": ""}

    def setUp(self):
        super().setUp()
        self.told = []
        self.enter(mock.patch("urllib.request.urlopen", self.open))
        self.enter(mock.patch("time.time", lambda: NOW))

    def open(self, request, timeout=None):
        self.told.append((request.full_url, json.loads(request.data)))
        return io.BytesIO(b"ok")

    def payload(self, **more):
        return {"type": "block_actions", "user": {"id": "U1", "username": "ann"}, "channel": {"id": "C1"},
                "response_url": "https://hooks.slack.com/actions/1", "actions": [{"action_id": "approve", "value": "q1"}], **more}

    def request(self, payload, secret="shh", stamp=NOW, encoded=False):
        body = urllib.parse.urlencode({"payload": payload if isinstance(payload, str) else json.dumps(payload)})
        signature = "v0=" + hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        return {"headers": {"X-Slack-Request-Timestamp": str(stamp), "X-Slack-Signature": signature}, "isBase64Encoded": encoded,
                "body": base64.b64encode(body.encode()).decode() if encoded else body}

    def send(self, request):
        self.aws.expect("secretsmanager.get_secret_value", {"SecretString": json.dumps({"signing_secret": "shh"})}, SecretId=SECRET)
        return self.call(request)

    def expect_taken(self, answer=None):
        self.aws.expect("dynamodb.update_item", answer or {"Attributes": item(ROW)}, TableName="requests", Key={"id": {"S": "q1"}})

    # The script expects in order, so the secret's call comes first.
    def answered(self, request, *expected):
        self.aws.expect("secretsmanager.get_secret_value", {"SecretString": json.dumps({"signing_secret": "shh"})}, SecretId=SECRET)
        for expect in expected:
            expect()
        return self.call(request)

    # --- Who is believed

    def test_a_wrong_signature_changes_nothing(self):
        self.assertEqual(self.send(self.request(self.payload(), secret="guessed"))["statusCode"], 401)

    def test_no_signature_changes_nothing(self):
        self.assertEqual(self.send({"headers": None, "body": None})["statusCode"], 401)

    def test_an_old_request_is_refused_though_it_is_signed(self):
        self.assertEqual(self.send(self.request(self.payload(), stamp=NOW - 301))["statusCode"], 401)

    def test_a_request_of_the_future_is_refused(self):
        self.assertEqual(self.send(self.request(self.payload(), stamp=NOW + 301))["statusCode"], 401)

    def test_a_timestamp_that_is_no_number_is_refused(self):
        request = self.request(self.payload())
        request["headers"]["X-Slack-Request-Timestamp"] = "now"
        self.assertEqual(self.send(request)["statusCode"], 401)

    def test_what_is_no_answer_is_refused(self):
        for payload in ("{", "[]", "{}", json.dumps(self.payload(actions=[])), json.dumps(self.payload(user={}))):
            self.module._kept["app"] = {"signing_secret": "shh"}
            self.module._kept["at"] = NOW
            self.assertEqual(self.call(self.request(payload))["statusCode"], 400, payload)

    def test_another_channel_or_button_is_refused(self):
        for payload in (self.payload(channel={"id": "C2"}), self.payload(actions=[{"action_id": "delete", "value": "q1"}])):
            self.module._kept.update(app={"signing_secret": "shh"}, at=NOW)
            self.assertEqual(self.call(self.request(payload))["statusCode"], 400)

    def test_only_approvers_may_answer(self):
        with mock.patch.dict("os.environ", {"APPROVERS": "U2,U3"}):
            self.assertEqual(self.send(self.request(self.payload()))["statusCode"], 200)
        self.assertEqual(self.told[0][1]["response_type"], "ephemeral")

    # --- What comes of it

    def test_approval_is_the_tasks_success(self):
        said = self.answered(self.request(self.payload()), self.expect_taken,
                             lambda: self.aws.expect("stepfunctions.send_task_success", {}, taskToken="task-token"))
        self.assertEqual(said["statusCode"], 200)
        output = json.loads(self.aws.called("stepfunctions.send_task_success")[0]["output"])
        self.assertEqual(output, {"user": "U1", "name": "ann", "at": "2026-01-01T00:00:00Z"})
        self.assertEqual(self.told, [("https://hooks.slack.com/actions/1", {"replace_original": True, "text": "Ship abc?: approved by <@U1>."})])

    def test_rejection_is_the_tasks_failure(self):
        payload = self.payload(actions=[{"action_id": "reject", "value": "q1"}])
        self.answered(self.request(payload, encoded=True), self.expect_taken, lambda: self.aws.expect(
            "stepfunctions.send_task_failure", {}, taskToken="task-token", error="Rejected", cause="Ship abc?: rejected by ann"))

    def test_the_question_is_taken_once_and_in_time(self):
        self.answered(self.request(self.payload()), lambda: self.expect_taken(Refused("ConditionalCheckFailedException")))
        call = self.aws.called("dynamodb.update_item")[0]
        self.assertIn("attribute_not_exists(answered_by)", call["ConditionExpression"])
        self.assertIn("#expires > :now", call["ConditionExpression"])
        self.assertEqual(call["ExpressionAttributeValues"][":now"], {"N": str(NOW)})
        self.assertIn("answered before", self.told[0][1]["text"])

    def test_an_execution_that_no_longer_waits_is_told(self):
        for code in ("TaskTimedOut", "TaskDoesNotExist", "InvalidToken"):
            self.module._kept["app"] = None
            self.answered(self.request(self.payload()), self.expect_taken,
                          lambda code=code: self.aws.expect("stepfunctions.send_task_success", Refused(code)))
            self.assertIn("no longer waits", self.told[-1][1]["text"])

    def test_a_failure_on_the_way_gives_the_question_back(self):
        with self.assertRaises(Exception):
            self.answered(self.request(self.payload()), self.expect_taken,
                          lambda: self.aws.expect("stepfunctions.send_task_success", Refused("KmsThrottlingException")),
                          lambda: self.aws.expect("dynamodb.update_item", {}, UpdateExpression="REMOVE answered_by, answered_at"))

    def test_nothing_is_told_to_other_hosts(self):
        for url in ("http://hooks.slack.com/1", "https://hooks.slack.com.evil.example/1", "file:///etc/passwd", ""):
            self.module.tell({"response_url": url}, "x", True)
        self.assertEqual(self.told, [])

    def test_an_answer_counts_though_the_channel_cannot_be_told(self):
        with mock.patch("urllib.request.urlopen", side_effect=OSError("no route")):
            said = self.answered(self.request(self.payload()), self.expect_taken,
                                 lambda: self.aws.expect("stepfunctions.send_task_success", {}))
        self.assertEqual(said["statusCode"], 200)
