"""Starting a training job by hand."""
import json
from unittest import mock

from scaffold import ScaffoldTest

MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:train"
EXECUTION = "arn:aws:states:us-east-1:123456789012:execution:train:by-hand"


class RunJobTest(ScaffoldTest):
    source = "run_job.py"

    def run_with(self, *more):
        self.aws.expect("stepfunctions.start_execution", {"executionArn": EXECUTION}, stateMachineArn=MACHINE)
        status = self.module.main(["--state_machine", MACHINE, *more])
        self.started = self.aws.called("stepfunctions.start_execution")[0]
        return status

    def state(self, status, **more):
        self.aws.expect("stepfunctions.describe_execution", {"status": status, **more}, executionArn=EXECUTION)

    def test_what_is_not_said_is_left_to_the_flow(self):
        self.assertEqual(self.run_with(), 0)
        self.assertEqual(json.loads(self.started["input"]), {})
        self.assertRegex(self.started["name"], r"^by-hand-\d{8}-\d{6}-[0-9a-f]{6}$")
        self.assertEqual(self.printed.getvalue().strip(), EXECUTION)

    def test_data_group_and_instance_are_handed_over(self):
        self.run_with("--data", "s3://b/iris.csv", "--model_package_group", "iris", "--instance", "ml.m5.xlarge")
        self.assertEqual(json.loads(self.started["input"]), {"data": "s3://b/iris.csv", "model_package_group": "iris", "instance": "ml.m5.xlarge"})

    def test_it_waits_and_shows_what_came_out(self):
        self.aws.always("stepfunctions.start_execution", {"executionArn": EXECUTION})
        self.state("RUNNING")
        self.state("SUCCEEDED", output='{"package": "arn"}')
        self.assertEqual(self.module.main(["--state_machine", MACHINE, "--wait"]), 0)
        self.assertIn('{"package": "arn"}', self.printed.getvalue())
        self.assertEqual(self.slept, [30])

    def test_a_training_that_fails_is_a_failure(self):
        self.aws.always("stepfunctions.start_execution", {"executionArn": EXECUTION})
        self.state("FAILED", error="SageMaker.Failed", cause="no data")
        self.assertEqual(self.module.main(["--state_machine", MACHINE, "--wait"]), 1)
        self.assertIn("FAILED: SageMaker.Failed no data", self.printed.getvalue())

    def test_it_is_started_where_its_machine_is(self):
        machine = MACHINE.replace("us-east-1", "ap-southeast-1")
        self.aws.always("stepfunctions.start_execution", {"executionArn": EXECUTION})
        self.module.main(["--state_machine", machine])
        self.assertEqual(self.aws.called("stepfunctions.start_execution")[0].client["region_name"], "ap-southeast-1")
        with mock.patch("sys.stderr"), self.assertRaises(SystemExit):
            self.module.main(["--state_machine", "train"])

    def test_data_lies_in_s3(self):
        with mock.patch("sys.stderr"), self.assertRaises(SystemExit):
            self.module.main(["--state_machine", MACHINE, "--data", "./iris.csv"])
