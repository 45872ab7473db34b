"""The function that builds an image while Terraform applies."""
from unittest import mock

from aws import Refused
from scaffold import Context, ScaffoldTest

BUILD = "demo-serving:1a2b3c"


def state(status, **more):
    return {"builds": [{"id": BUILD, "buildStatus": status, **more}]}


class BuildImageTest(ScaffoldTest):
    source = "build_image.py"

    def expect_start(self):
        self.aws.expect("codebuild.start_build", {"build": {"id": BUILD}}, projectName="demo-serving",
                        environmentVariablesOverride=[{"name": "IMAGE_TAG", "value": "0f1e2d", "type": "PLAINTEXT"}])

    def build(self):
        return self.call({"project": "demo-serving", "tag": "0f1e2d"})

    def test_it_waits_for_the_end(self):
        self.expect_start()
        for status in ("IN_PROGRESS", "IN_PROGRESS", "SUCCEEDED"):
            self.aws.expect("codebuild.batch_get_builds", state(status), ids=[BUILD])
        self.assertEqual(self.build(), {"build": BUILD, "tag": "0f1e2d"})
        self.assertEqual(self.slept, [10, 10])

    def test_a_build_that_fails_fails_the_apply_and_says_where_its_log_is(self):
        self.expect_start()
        self.aws.expect("codebuild.batch_get_builds", state("FAILED", logs={"deepLink": "https://console/log"}))
        with self.assertRaisesRegex(RuntimeError, "demo-serving:1a2b3c ended as FAILED; its log: https://console/log"):
            self.build()

    def test_a_new_role_is_waited_for(self):
        self.aws.expect("codebuild.start_build", Refused("InvalidInputException", "not authorized to perform: sts:AssumeRole"))
        self.expect_start()
        self.aws.expect("codebuild.batch_get_builds", state("SUCCEEDED"))
        self.build()
        self.assertEqual(self.slept, [10])

    def test_other_refusals_are_not_waited_for(self):
        self.aws.expect("codebuild.start_build", Refused("ResourceNotFoundException"))
        with self.assertRaisesRegex(Exception, "ResourceNotFoundException"):
            self.build()
        self.assertEqual(self.slept, [])

    def test_it_says_so_when_its_time_is_over(self):
        self.expect_start()
        with mock.patch.object(Context, "get_remaining_time_in_millis", staticmethod(lambda: 20_000)):
            with self.assertRaisesRegex(TimeoutError, "still running; apply again"):
                self.build()
