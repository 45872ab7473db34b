"""The Slack sender: what is asked, what is kept, what Slack's refusal does."""
import io
import json
from unittest import mock

from scaffold import ScaffoldTest

SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:slack"
APP = {"bot_token": "xoxb-1", "signing_secret": "shh"}


class SlackAskTest(ScaffoldTest):
    source = "slack_ask.py"
    environment = {"SECRET": SECRET, "CHANNEL": "C1", "REQUESTS": "requests"}

    def setUp(self):
        super().setUp()
        self.posted, self.said = [], {"ok": True, "ts": "1.2"}
        self.enter(mock.patch("urllib.request.urlopen", self.open))
        self.enter(mock.patch("time.time", lambda: 1767225600))  # 2026-01-01T00:00:00Z

    def open(self, request, timeout=None):
        self.posted.append((request, json.loads(request.data)))
        return io.BytesIO(json.dumps(self.said).encode())

    def ask(self, **more):
        self.aws.expect("secretsmanager.get_secret_value", {"SecretString": json.dumps(APP)}, SecretId=SECRET)
        self.aws.expect("dynamodb.put_item", {}, TableName="requests", ConditionExpression="attribute_not_exists(id)")
        return self.call({"token": "T" * 900, "title": "Ship <a&b>?", "about": {"version": "7", "image": {"tag": "x"}},
                          "execution": "run-1", "seconds": 3600, **more})

    def test_it_posts_to_the_channel_with_the_apps_token(self):
        self.assertEqual(self.ask(), {"message": "1.2"})
        request, document = self.posted[0]
        self.assertEqual(request.full_url, "https://slack.com/api/chat.postMessage")
        self.assertEqual(request.get_header("Authorization"), "Bearer xoxb-1")
        self.assertEqual(document["channel"], "C1")

    def test_the_token_is_kept_and_does_not_leave(self):
        self.ask()
        row = self.aws.called("dynamodb.put_item")[0]["Item"]
        self.assertEqual(row["token"], {"S": "T" * 900})
        self.assertEqual(row["expires"], {"N": str(1767225600 + 3600)})
        document = json.dumps(self.posted[0][1])
        self.assertNotIn("T" * 900, document)
        self.assertIn(row["id"]["S"], document)

    def test_both_buttons_hold_the_request(self):
        self.ask()
        row = self.aws.called("dynamodb.put_item")[0]["Item"]
        buttons = [b for b in self.posted[0][1]["blocks"] if b["type"] == "actions"][0]["elements"]
        self.assertEqual([(b["action_id"], b["value"]) for b in buttons], [("approve", row["id"]["S"]), ("reject", row["id"]["S"])])

    def test_text_is_escaped_and_the_deadline_told(self):
        self.ask()
        texts = json.dumps(self.posted[0][1]["blocks"])
        self.assertIn("Ship &lt;a&amp;b&gt;?", texts)
        self.assertIn("*version*: 7", texts)
        self.assertIn("2026-01-01 01:00 UTC", texts)

    def test_about_may_be_missing_or_text(self):
        self.ask(about=None)
        self.assertEqual(len(self.posted[0][1]["blocks"]), 3)
        self.assertEqual(self.module.described("a < b"), "a &lt; b")

    def test_each_question_is_another(self):
        self.ask(), self.ask()
        first, second = (call["Item"]["id"] for call in self.aws.called("dynamodb.put_item"))
        self.assertNotEqual(first, second)

    def test_a_refusal_by_slack_fails_the_task(self):
        self.said = {"ok": False, "error": "channel_not_found"}
        with self.assertRaisesRegex(self.module.SlackError, "channel_not_found"):
            self.ask()
