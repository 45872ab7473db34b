"""Answers an API's requests with what a SageMaker endpoint says, and keeps both in S3.

A request is {"instances": [[number, …], …]}, its answer {"id": "…", "predictions": […]}. ENDPOINT names the endpoint; RECORDS is the s3:// place
of what is kept, in folders by day, and may be left out. That a request cannot be kept is told in the log and never fails it.
"""
import base64
import csv
import datetime
import io
import json
import math
import os
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

ROWS_MOST, COLUMNS_MOST = 1000, 1000
SECONDS = 25  # an API waits 29 s

runtime = boto3.client("sagemaker-runtime", config=Config(read_timeout=SECONDS, retries={"max_attempts": 1}))
store = boto3.client("s3")


class BadRequest(Exception):
    pass


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def rows_of(event):
    """The rows of the request, checked."""
    text = event.get("body") or ""
    try:
        if event.get("isBase64Encoded"):
            text = base64.b64decode(text, validate=True).decode("utf-8")
        document = json.loads(text)
    except ValueError as error:
        raise BadRequest(f"the body is no JSON: {error}") from error
    rows = document.get("instances") if isinstance(document, dict) else None
    if not isinstance(rows, list) or not 0 < len(rows) <= ROWS_MOST:
        raise BadRequest(f"`instances` is a list of 1 to {ROWS_MOST} rows")
    if not all(isinstance(row, list) and 0 < len(row) <= COLUMNS_MOST and all(map(is_number, row)) for row in rows):
        raise BadRequest("a row is a list of numbers")
    if len({len(row) for row in rows}) > 1:
        raise BadRequest("all rows have the same number of values")
    return rows


def predictions_of(text, content_type):
    """What the model says, a value (a number where it is one) or a list of them for each row."""
    if "json" in content_type:
        document = json.loads(text)
        return document["predictions"] if isinstance(document, dict) else document

    def value(field):
        try:
            return float(field)
        except ValueError:
            return field
    rows = [[value(field) for field in row] for row in csv.reader(io.StringIO(text)) if row]
    return [row[0] if len(row) == 1 else row for row in rows]


def invoke(rows):
    body = "".join(",".join(map(repr, row)) + "\n" for row in rows)
    answer = runtime.invoke_endpoint(EndpointName=os.environ["ENDPOINT"], ContentType="text/csv", Accept="text/csv", Body=body.encode())
    return predictions_of(answer["Body"].read().decode("utf-8"), answer.get("ContentType", "text/csv"))


def keep(record):
    place = os.environ.get("RECORDS")
    if not place:
        return
    bucket, _, prefix = place[len("s3://"):].partition("/")
    day = record["time"][:10].replace("-", "/")
    key = "/".join(part for part in (prefix.strip("/"), day, f"{record['id']}.json") if part)
    try:
        store.put_object(Bucket=bucket, Key=key, Body=json.dumps(record).encode(), ContentType="application/json")
    except (BotoCoreError, ClientError) as error:
        print(json.dumps({"id": record["id"], "not_kept": str(error)}))


def response(status, document):
    return {"statusCode": status, "headers": {"Content-Type": "application/json"}, "body": json.dumps(document)}


def handler(event, context):
    request_id = uuid.uuid4().hex
    try:
        rows = rows_of(event)
    except BadRequest as error:
        return response(400, {"id": request_id, "message": str(error)})
    try:
        predictions = invoke(rows)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        print(json.dumps({"id": request_id, "error": str(error)}))
        if code in ("ValidationError", "ServiceUnavailable", "ThrottlingException"):  # no such endpoint yet, or it is busy
            return response(503, {"id": request_id, "message": "no model is in service"})
        return response(502, {"id": request_id, "message": "the model failed"})
    except BotoCoreError as error:  # it did not answer in time
        print(json.dumps({"id": request_id, "error": str(error)}))
        return response(504, {"id": request_id, "message": "the model did not answer in time"})
    now = datetime.datetime.now(datetime.timezone.utc)
    keep({"id": request_id, "time": now.isoformat(timespec="milliseconds"), "instances": rows, "predictions": predictions})
    return response(200, {"id": request_id, "predictions": predictions})
