"""The deploy function: an image goes live in another account, or the one before stays."""
import datetime
import io
import json
import urllib.error
from unittest import mock

from scaffold import Context, ScaffoldTest

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/serving:abc"
CREDENTIALS = {"AccessKeyId": "A" * 16, "SecretAccessKey": "secret", "SessionToken": "session", "Expiration": datetime.datetime(2026, 1, 1)}
EVENT = {"account": "210987654321", "image": IMAGE, "commit": "abc"}


class DeployImageTest(ScaffoldTest):
    source = "deploy_image.py"
    environment = {"INFERENCE": "inference", "ACCESS_ROLE": "deploy-access"}

    def setUp(self):
        super().setUp()
        self.http, self.asked = {}, []
        self.enter(mock.patch("urllib.request.urlopen", self.open))

    def open(self, request, timeout=None):
        path = request.full_url.split("/2.0/mlflow/")[1]
        self.asked.append((path, json.loads(request.data) if request.data else None))
        said = self.http[path.split("?")[0]]
        if isinstance(said, Exception):
            raise said
        return io.BytesIO(json.dumps(said).encode())

    def expect_release(self, last="Successful", said=None, error=None, move=True):
        self.aws.expect("sts.assume_role", {"Credentials": CREDENTIALS}, RoleArn="arn:aws:iam::210987654321:role/deploy-access")
        self.aws.expect("lambda.get_alias", {"FunctionVersion": "6"}, FunctionName="inference", Name="live")
        self.aws.expect("lambda.update_function_code", {}, FunctionName="inference", ImageUri=IMAGE)
        self.aws.expect("lambda.get_function_configuration", {"LastUpdateStatus": "InProgress"})
        self.aws.expect("lambda.get_function_configuration",
                        {"LastUpdateStatus": last, "LastUpdateStatusReason": "no such image", "CodeSha256": "f00"})
        if last != "Successful":
            return
        self.aws.expect("lambda.publish_version", {"Version": "7"}, CodeSha256="f00", Description="commit abc")
        self.aws.expect("lambda.get_function_configuration", {"State": "Active"}, Qualifier="7")
        payload = json.dumps({"ok": True, "model": {"name": "churn"}} if said is None else said).encode()
        self.aws.expect("lambda.invoke", {"Payload": payload, **({"FunctionError": error} if error else {})}, Qualifier="7")
        if move:
            self.aws.expect("lambda.update_alias", {}, FunctionName="inference", Name="live", FunctionVersion="7")

    def test_the_image_goes_live_in_the_other_account(self):
        self.expect_release()
        self.assertEqual(self.call(EVENT), {
            "version": "7", "previous": "6", "account": "210987654321", "model": {"name": "churn", "image": IMAGE, "commit": "abc"}})
        taken = self.aws.called("lambda.update_function_code")[0].client
        self.assertEqual(taken["aws_session_token"], "session")
        self.assertEqual(self.slept, [3])

    def test_in_its_own_account_no_role_is_taken_on(self):
        self.expect_release()
        self.aws._expected.pop(0)
        own = Context.invoked_function_arn.split(":")[4]
        self.assertEqual(self.call({**EVENT, "account": own})["version"], "7")

    def test_an_image_that_cannot_be_pulled_changes_nothing(self):
        self.expect_release(last="Failed")
        with self.assertRaisesRegex(self.module.DeployFailed, "no such image"):
            self.call(EVENT)

    def test_a_version_that_fails_is_not_taken_live(self):
        self.expect_release(said={"errorMessage": "no model"}, error="Unhandled", move=False)
        with self.assertRaisesRegex(self.module.DeployFailed, "no model"):
            self.call(EVENT)

    def test_a_version_that_does_not_serve_is_not_taken_live(self):
        self.expect_release(said={"ok": False}, move=False)
        with self.assertRaisesRegex(self.module.DeployFailed, "does not serve"):
            self.call(EVENT)

    def test_what_never_gets_ready_is_given_up(self):
        clock = iter(range(0, 10000, 100))
        self.aws.always("lambda.get_function_configuration", {"LastUpdateStatus": "InProgress"})
        with mock.patch("time.monotonic", lambda: next(clock)), self.assertRaisesRegex(self.module.DeployFailed, "still InProgress"):
            self.module.wait_until(self.module.boto3.client("lambda"), "f", "LastUpdateStatus", "Successful")

    # --- The model registry

    def with_registry(self, found=()):
        self.enter(mock.patch.dict("os.environ", {"MLFLOW": "http://mlflow/"}))
        self.http = {"registered-models/create": urllib.error.HTTPError(
                         "u", 400, "bad", {}, io.BytesIO(b'{"error_code": "RESOURCE_ALREADY_EXISTS"}')),
                     "model-versions/search": {"model_versions": list(found)},
                     "model-versions/create": {"model_version": {"version": "3"}}, "registered-models/alias": {}}

    def test_the_commits_model_is_registered_on_its_first_deployment(self):
        self.with_registry()
        self.expect_release()
        self.assertEqual(self.call(EVENT)["model"]["registered"], "3")
        created = dict(self.asked)["model-versions/create"]
        self.assertEqual(created, {"name": "inference", "source": f"docker://{IMAGE}", "tags": [{"key": "commit", "value": "abc"}]})
        self.assertEqual(self.asked[-1], ("registered-models/alias", {"name": "inference", "alias": "account-210987654321", "version": "3"}))

    def test_the_second_deployment_of_a_commit_is_the_same_version(self):
        self.with_registry([{"version": "1", "tags": [{"key": "commit", "value": "zzz"}]},
                            {"version": "2", "tags": [{"key": "commit", "value": "abc"}]}])
        self.expect_release()
        self.assertEqual(self.call(EVENT)["model"]["registered"], "2")
        self.assertNotIn("model-versions/create", dict(self.asked))

    def test_a_model_that_cannot_be_registered_is_not_taken_live(self):
        for fault in (OSError("no route"), urllib.error.HTTPError("u", 500, "bad", {}, io.BytesIO(b"oops"))):
            self.with_registry()
            self.http["model-versions/create"] = fault
            self.expect_release(move=False)
            with self.assertRaises(self.module.RegistryFailed):
                self.call(EVENT)
