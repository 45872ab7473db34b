"""The check of an API that CloudWatch Synthetics runs."""
import io
import json
import os
import sys
import types
import urllib.error
from unittest import mock

from scaffold import ScaffoldTest

URL = "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/live/predict"


class Response(io.BytesIO):
    def __init__(self, status, text):
        super().__init__(text.encode())
        self.status = status


class CanaryTest(ScaffoldTest):
    source = "canary.py"
    environment = {"URL": URL, "METHOD": "POST", "BODY": '{"x":[1,2]}', "EXPECTED": "200", "AUTH": "none"}

    def check(self, answer, **environment):
        with mock.patch.dict(os.environ, environment), \
             mock.patch("urllib.request.urlopen", side_effect=[answer]) as opened:
            result = self.call({})
        self.request = opened.call_args.args[0]
        return result

    def test_a_good_answer_is_good(self):
        self.assertEqual(self.check(Response(200, "{}")), "the API answers")
        self.assertEqual((self.request.full_url, self.request.method, self.request.data), (URL, "POST", b'{"x":[1,2]}'))
        self.assertEqual(self.request.headers["Content-type"], "application/json")
        self.assertEqual(json.loads(self.printed.getvalue())["status"], 200)

    def test_a_refusal_fails_the_run_and_says_why(self):
        refused = urllib.error.HTTPError(URL, 502, "Bad Gateway", {}, io.BytesIO(b'{"message": "no model"}'))
        with self.assertRaisesRegex(RuntimeError, 'answered 502, not 200: {"message": "no model"}'):
            self.check(refused)

    def test_another_good_status_is_bad(self):
        with self.assertRaisesRegex(RuntimeError, "answered 202, not 200"):
            self.check(Response(202, ""))

    def test_silence_fails_the_run(self):
        with self.assertRaises(urllib.error.URLError):
            self.check(urllib.error.URLError("timed out"))

    def test_a_refusal_may_be_what_is_expected(self):
        self.check(urllib.error.HTTPError(URL, 403, "Forbidden", {}, io.BytesIO(b"")), EXPECTED="403")

    def test_get_has_no_body(self):
        self.check(Response(200, ""), METHOD="GET")
        self.assertIsNone(self.request.data)
        self.assertNotIn("Content-type", self.request.headers)

    def test_only_https_is_called(self):
        with self.assertRaisesRegex(ValueError, "only https"):
            self.check(Response(200, ""), URL="http://example.com/")

    def test_a_request_is_signed_where_the_route_asks_for_it(self):
        class Request:
            def __init__(self, method, url, headers, data):
                self.method, self.url, self.headers, self.data = method, url, dict(headers), data

        class Signature:
            def __init__(self, credentials, service, region):
                self.made_with = (credentials, service, region)

            def add_auth(self, request):
                request.headers["Authorization"] = "signed " + " ".join(map(str, self.made_with))

        session = mock.Mock()
        session.return_value.get_credentials.return_value = "role"
        stand_ins = {"botocore.auth": types.SimpleNamespace(SigV4Auth=Signature),
                     "botocore.awsrequest": types.SimpleNamespace(AWSRequest=Request)}
        with mock.patch.dict(sys.modules, stand_ins), mock.patch("boto3.Session", session, create=True):
            self.check(Response(200, ""), AUTH="iam")
        self.assertEqual(self.request.headers["Authorization"], "signed role execute-api us-east-1")
