"""Splits the raw data below --source into training and test data: CSV without a header. A Python shell job of Glue, for what fits
into memory."""
import csv
import io
import sys
import zlib

import boto3
from awsglue.utils import getResolvedOptions

options = getResolvedOptions(sys.argv, ["dataset_date", "env", "source", "train", "test"])
s3 = boto3.client("s3")


def place_of(uri):
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    return bucket, key


parts = {"train": io.StringIO(), "test": io.StringIO()}
bucket, prefix = place_of(options["source"])
for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
    for found in page.get("Contents", []):
        text = s3.get_object(Bucket=bucket, Key=found["Key"])["Body"].read().decode()
        for row in list(csv.reader(io.StringIO(text)))[1:]:
            line = ",".join(row)  # a row goes where its contents say, in every run
            parts["test" if zlib.crc32(line.encode()) % 4 == 0 else "train"].write(line + "\n")
for name, part in parts.items():
    bucket, prefix = place_of(options[name])
    s3.put_object(Bucket=bucket, Key=f"{prefix}{name}.csv", Body=part.getvalue().encode())
    print(options["env"], options["dataset_date"], "wrote", len(part.getvalue()), "bytes to", options[name])
