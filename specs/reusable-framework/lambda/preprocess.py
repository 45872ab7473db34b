"""Checks that the data of a day is there before anything is trained on it: for models whose data needs no more."""
import boto3


def handler(event, context):
    stage = event["config"]["preprocessing"]
    found = {}
    for name in ("output_train_data_path", "output_test_data_path"):
        bucket, _, prefix = stage[name].removeprefix("s3://").partition("/")
        answer = boto3.client("s3").list_objects_v2(Bucket=bucket, Prefix=prefix, MaxKeys=10)
        found[name] = answer["KeyCount"]
        if not answer["KeyCount"]:
            raise FileNotFoundError(f"{stage[name]} is empty for {event['dataset_date']}")
    return found
