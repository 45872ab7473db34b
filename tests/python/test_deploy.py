"""The function that puts an approved model into service, and the same by hand."""
import json
import re
from unittest import mock

from aws import Refused
from scaffold import ScaffoldTest

ACCOUNT = "arn:aws:sagemaker:us-east-1:123456789012"
PACKAGE, OLD = f"{ACCOUNT}:model-package/iris/7", f"{ACCOUNT}:model-package/iris/6"
UPDATE = {"BlueGreenUpdatePolicy": {
    "TrafficRoutingConfiguration": {"Type": "LINEAR", "WaitIntervalInSeconds": 300, "LinearStepSize": {"Type": "CAPACITY_PERCENT", "Value": 20}},
    "TerminationWaitInSeconds": 300, "MaximumExecutionTimeoutInSeconds": 3600},
    "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "predictor-failing"}]}}
SETTINGS = {"endpoint": "predictor", "role": "arn:aws:iam::123456789012:role/predictor", "variant": "main", "environment": {"LEVEL": "info"},
            "tags": [{"Key": "pipeline", "Value": "demo"}], "instance": "ml.c5.xlarge", "count": 1, "update": UPDATE}
NAME = re.compile(r"predictor-7-[0-9a-f]{8}")


class DeployTest(ScaffoldTest):
    source = "deploy/main.py"
    environment = {"DEPLOYMENT": json.dumps(SETTINGS)}

    def expect_version(self, status="Approved"):
        self.aws.expect("sagemaker.describe_model_package", {"ModelApprovalStatus": status}, ModelPackageName=PACKAGE)

    def expect_endpoint(self, status=None, config="predictor-6-old"):
        answer = {"EndpointName": "predictor", "EndpointStatus": status, "EndpointConfigName": config}
        self.aws.expect("sagemaker.describe_endpoint",
                        answer if status else Refused("ValidationException", "Could not find endpoint \"predictor\"."), EndpointName="predictor")

    def expect_served(self, package):
        self.aws.expect("sagemaker.describe_endpoint_config", {"ProductionVariants": [{"VariantName": "main", "ModelName": "m"}]})
        self.aws.expect("sagemaker.describe_model", {"Containers": [{"ModelPackageName": package}]}, ModelName="m")

    def expect_prepared(self):
        self.aws.expect("sagemaker.create_model", {"ModelArn": f"{ACCOUNT}:model/x"}, ExecutionRoleArn=SETTINGS["role"], Tags=SETTINGS["tags"],
                        Containers=[{"ModelPackageName": PACKAGE, "Environment": {"LEVEL": "info"}}])
        self.aws.expect("sagemaker.create_endpoint_config", {"EndpointConfigArn": f"{ACCOUNT}:endpoint-config/x"})

    def deploy(self):
        return self.call({"package": PACKAGE})

    # --- What is done

    def test_without_an_endpoint_it_is_made(self):
        self.expect_version()
        self.expect_endpoint()
        self.expect_prepared()
        self.aws.expect("sagemaker.create_endpoint", {"EndpointArn": f"{ACCOUNT}:endpoint/predictor"}, EndpointName="predictor")
        result = self.deploy()
        self.assertEqual(result["action"], "created")
        self.assertRegex(result["config"], NAME)
        config = self.aws.called("sagemaker.create_endpoint_config")[0]
        self.assertEqual(config["ProductionVariants"], [{"VariantName": "main", "ModelName": result["config"], "InitialVariantWeight": 1,
                                                          "InstanceType": "ml.c5.xlarge", "InitialInstanceCount": 1}])
        self.assertEqual(self.aws.called("sagemaker.create_endpoint")[0]["EndpointConfigName"], result["config"])

    def test_an_endpoint_moves_blue_green(self):
        self.expect_version()
        self.expect_endpoint("InService")
        self.expect_served(OLD)
        self.expect_prepared()
        self.aws.expect("sagemaker.update_endpoint", {"EndpointArn": f"{ACCOUNT}:endpoint/predictor"}, EndpointName="predictor",
                        DeploymentConfig=UPDATE)
        self.assertEqual(self.deploy()["action"], "updated")

    def test_the_same_event_twice_is_one_deployment(self):
        for status in ("InService", "Updating"):
            with self.subTest(status=status):
                self.expect_version()
                self.expect_endpoint(status)
                self.expect_served(PACKAGE)
                self.assertEqual(self.deploy()["action"], "nothing")

    def test_while_another_model_is_on_its_way_it_waits_its_turn(self):
        self.expect_version()
        self.expect_endpoint("Updating")
        self.expect_served(OLD)
        with self.assertRaisesRegex(self.module.Busy, "predictor is Updating"):
            self.deploy()

    def test_an_endpoint_that_failed_is_made_anew(self):
        self.expect_version()
        self.expect_endpoint("Failed")
        self.aws.expect("sagemaker.delete_endpoint", EndpointName="predictor")
        self.expect_endpoint()  # the waiter's look
        self.expect_prepared()
        self.aws.expect("sagemaker.create_endpoint", {"EndpointArn": f"{ACCOUNT}:endpoint/predictor"})
        self.assertEqual(self.deploy()["action"], "created")

    def test_settings_of_a_serverless_endpoint(self):
        settings = {key: SETTINGS[key] for key in ("endpoint", "role", "variant")}
        settings.update(serverless={"MemorySizeInMB": 2048, "MaxConcurrency": 1})
        self.expect_version()
        self.expect_endpoint("InService")
        self.expect_served(OLD)
        self.aws.expect("sagemaker.create_model", {"ModelArn": f"{ACCOUNT}:model/x"}, Containers=[{"ModelPackageName": PACKAGE}])
        self.aws.expect("sagemaker.create_endpoint_config", {"EndpointConfigArn": f"{ACCOUNT}:endpoint-config/x"})
        self.aws.expect("sagemaker.update_endpoint", {"EndpointArn": f"{ACCOUNT}:endpoint/predictor"})
        with mock.patch.dict("os.environ", {"DEPLOYMENT": json.dumps(settings)}):
            self.deploy()
        variant = self.aws.called("sagemaker.create_endpoint_config")[0]["ProductionVariants"][0]
        self.assertEqual(variant["ServerlessConfig"], settings["serverless"])
        self.assertNotIn("InstanceType", variant)
        self.assertNotIn("DeploymentConfig", self.aws.called("sagemaker.update_endpoint")[0].arguments)

    # --- What is refused

    def test_only_approved_versions_are_deployed(self):
        self.expect_version("PendingManualApproval")
        with self.assertRaisesRegex(self.module.Refused, "is not approved: it is PendingManualApproval"):
            self.deploy()

    def test_only_versions_are_deployed(self):
        with self.assertRaisesRegex(self.module.Refused, "no version of a model"):
            self.call({"package": "iris"})

    def test_other_refusals_are_not_taken_for_a_missing_endpoint(self):
        self.expect_version()
        self.aws.expect("sagemaker.describe_endpoint", Refused("AccessDeniedException"))
        with self.assertRaisesRegex(Exception, "AccessDeniedException"):
            self.deploy()

    # --- By hand

    def by_hand(self, *more):
        return self.module.main(["--function", "demo-deploy", "--model_package_arn", PACKAGE, *more])

    def expect_settings(self):
        self.aws.expect("lambda.get_function_configuration", {"Environment": {"Variables": {"DEPLOYMENT": json.dumps(SETTINGS)}}},
                        FunctionName="demo-deploy")

    def expect_update(self):
        self.expect_settings()
        self.expect_version()
        self.expect_endpoint("InService")
        self.expect_served(OLD)
        self.expect_prepared()
        self.aws.expect("sagemaker.update_endpoint", {"EndpointArn": f"{ACCOUNT}:endpoint/predictor"}, DeploymentConfig=UPDATE)

    def test_by_hand_the_functions_settings_are_used(self):
        self.expect_update()
        self.assertEqual(self.by_hand(), 0)
        self.assertEqual(json.loads(self.printed.getvalue())["action"], "updated")

    def test_it_waits_until_the_new_model_serves(self):
        self.expect_update()
        self.expect_endpoint("Updating")
        self.aws.expect("sagemaker.describe_endpoint", lambda call: {
            "EndpointStatus": "InService", "EndpointConfigName": self.aws.called("sagemaker.update_endpoint")[0]["EndpointConfigName"]})
        self.assertEqual(self.by_hand("--wait"), 0)
        self.assertEqual(self.slept, [30])

    def test_an_update_that_went_back_is_a_failure(self):
        self.expect_update()
        self.expect_endpoint("InService", "predictor-6-old")
        with mock.patch("sys.stderr") as errors:
            self.assertEqual(self.by_hand("--wait"), 1)
        self.assertIn("went back to predictor-6-old", "".join(call.args[0] for call in errors.write.call_args_list))

    def test_what_is_not_approved_is_refused_by_hand_too(self):
        self.expect_settings()
        self.expect_version("Rejected")
        with mock.patch("sys.stderr") as errors:
            self.assertEqual(self.by_hand(), 1)
        self.assertIn("not approved", "".join(call.args[0] for call in errors.write.call_args_list))
