"""What stands for boto3 refuses what the real one and the services refuse."""
import unittest

import aws
import boto3
import facts
from aws import Refused
from botocore.exceptions import (ClientError, NoRegionError, OperationNotPageableError, ParamValidationError, UnknownServiceError,
                                 WaiterError)
from scaffold import ScaffoldTest


class StandInTest(ScaffoldTest):
    def refused(self, service, method, wanted, **arguments):
        with self.assertRaises(ParamValidationError):
            getattr(boto3.client(service), method)(**arguments)
        self.assertIn(wanted, "\n".join(self.aws.faults))
        self.aws.faults.clear()

    def test_names(self):
        self.assertEqual(facts.snake_case("CreateHyperParameterTuningJob"), "create_hyper_parameter_tuning_job")
        self.assertEqual(facts.snake_case("ListObjectsV2"), "list_objects_v2")
        self.assertEqual(facts.snake_case("DescribeDBInstances"), "describe_db_instances")
        self.assertEqual(facts.snake_case("DescribeVpcEndpointServices"), "describe_vpc_endpoint_services")

    def test_what_is_not_there_is_refused(self):
        with self.assertRaises(UnknownServiceError):
            boto3.client("sagemakr")
        with self.assertRaises(AttributeError):
            boto3.client("sagemaker").create_endpoints
        with self.assertRaises(AttributeError):
            boto3.client("sagemaker").exceptions.NoSuchThing
        with self.assertRaises(TypeError):
            boto3.client("s3", regionname="eu-west-1")
        with self.assertRaises(ValueError):
            boto3.client("sagemaker").get_waiter("endpoint_is_up")
        with self.assertRaises(OperationNotPageableError):
            boto3.client("sagemaker").get_paginator("create_endpoint")
        import os
        for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
            del os.environ[name]
        with self.assertRaises(NoRegionError):
            boto3.client("sagemaker")

    def test_parameters_are_checked(self):
        good = {"EndpointName": "e", "EndpointConfigName": "c"}
        self.refused("sagemaker", "create_endpoint", "EndpointConfigName is missing", EndpointName="e")
        self.refused("sagemaker", "create_endpoint", "Name is not known", **good, Name="x")
        self.refused("sagemaker", "create_endpoint", "a string is wanted", **{**good, "EndpointName": 1})
        self.refused("sagemaker", "create_endpoint", "does not match", **{**good, "EndpointName": "a_b"})
        self.refused("sagemaker", "create_endpoint", "at most 63", **{**good, "EndpointName": "a" * 64})
        self.refused("stepfunctions", "start_execution", "StateMachineArn is not known", stateMachineArn="m", StateMachineArn="m")
        self.refused("stepfunctions", "start_execution", "a string is wanted", stateMachineArn="m", input={"a": 1})
        self.refused("dynamodb", "get_item", "Bool is not known", TableName="t", Key={"a": {"Bool": True}})
        self.refused("lambda", "invoke", "allowed are", FunctionName="f", InvocationType="Async")
        self.refused("sagemaker", "update_endpoint_weights_and_capacities", "number of items", EndpointName="e",
                     DesiredWeightsAndCapacities=[])

    def test_answers_are_checked_and_completed(self):
        self.aws.expect("stepfunctions.start_execution", {"executionArn": "arn"})
        answer = boto3.client("stepfunctions").start_execution(stateMachineArn="m")
        self.assertEqual(answer["startDate"].year, 2026)
        self.aws.expect("stepfunctions.start_execution", {"arn": "arn"})
        with self.assertRaisesRegex(AssertionError, "arn is not known"):
            boto3.client("stepfunctions").start_execution(stateMachineArn="m")

    def test_calls_that_nobody_expects_fail(self):
        with self.assertRaises(AssertionError):
            boto3.client("sts").get_caller_identity()
        self.aws.faults.clear()
        self.aws.expect("s3.get_object", {"Body": b"x"}, Bucket="b")
        boto3.client("s3").get_object(Bucket="c", Key="k")
        self.assertIn("'b' was expected", self.aws.faults.pop())
        self.aws.expect("s3.get_object")
        self.assertEqual(self.aws.complaints(), ["s3.get_object was expected and not called"])
        boto3.client("s3").get_object(Bucket="b", Key="k")

    def test_errors_have_their_classes(self):
        client = boto3.client("sagemaker")
        self.aws.expect("sagemaker.create_endpoint", Refused("ResourceLimitExceeded", "no more"))
        with self.assertRaises(client.exceptions.ResourceLimitExceeded) as caught:
            client.create_endpoint(EndpointName="e", EndpointConfigName="c")
        self.assertIsInstance(caught.exception, ClientError)
        self.assertIn("(ResourceLimitExceeded) when calling the CreateEndpoint operation: no more", str(caught.exception))
        self.aws.expect("sagemaker.create_endpoint", Refused("NoSuchKeyEver"))
        with self.assertRaises(ClientError):
            client.create_endpoint(EndpointName="e", EndpointConfigName="c")
        self.assertIn("cannot raise NoSuchKeyEver", self.aws.faults.pop())

    def test_waiters_follow_the_service(self):
        client = boto3.client("sagemaker")
        status = [{"EndpointStatus": one, "EndpointName": "e", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/e"}
                  for one in ("Creating", "InService", "Failed")]
        self.aws.expect("sagemaker.describe_endpoint", status[0])
        self.aws.expect("sagemaker.describe_endpoint", status[1])
        client.get_waiter("endpoint_in_service").wait(EndpointName="e")
        self.aws.expect("sagemaker.describe_endpoint", status[2])
        with self.assertRaises(WaiterError):
            client.get_waiter("endpoint_in_service").wait(EndpointName="e")

    def test_pages_follow_their_tokens(self):
        self.aws.expect("s3.list_objects_v2", {"Contents": [{"Key": "a"}], "NextContinuationToken": "t"}, Bucket="b")
        self.aws.expect("s3.list_objects_v2", {"Contents": [{"Key": "c"}]}, ContinuationToken="t")
        pages = boto3.client("s3").get_paginator("list_objects_v2").paginate(Bucket="b")
        self.assertEqual([one["Key"] for page in pages for one in page["Contents"]], ["a", "c"])

    def test_tables_speak_plain_values(self):
        table = boto3.resource("dynamodb").Table("t")
        self.aws.expect("dynamodb.put_item", Item={"a": {"S": "x"}, "n": {"N": "5"}, "m": {"M": {"b": {"BOOL": True}}}})
        table.put_item(Item={"a": "x", "n": 5, "m": {"b": True}})
        with self.assertRaises(TypeError):
            table.put_item(Item={"a": 0.5})

    def test_clients_remember_what_they_were_made_with(self):
        self.aws.always("sts.get_caller_identity", {"Account": "123456789012"})
        boto3.Session(aws_access_key_id="k", region_name="eu-west-1").client("sts").get_caller_identity()
        self.assertEqual(self.aws.calls[0].client, {"aws_access_key_id": "k", "region_name": "eu-west-1"})


if __name__ == "__main__":
    unittest.main()
