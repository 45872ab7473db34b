"""Serves the model in SageMaker's scikit-learn container, which calls model_fn once, then input_fn, predict_fn, output_fn a request.

Requests are CSV rows, or JSON: a list of rows, or {"instances": rows}. Where REQUEST_LOG names an s3:// place, REQUEST_SAMPLE percent of the
requests are kept there with their answers, in folders by hour: data capture, which serverless endpoints do not have. That a
request cannot be kept is told in the log and never fails it.
"""
import csv
import datetime
import io
import json
import os
import random
import uuid
from pathlib import Path

COLUMNS_MOST = 1000


def model_fn(model_dir):
    import joblib

    model = joblib.load(Path(model_dir, "model.joblib"))
    model.metadata = json.loads(Path(model_dir, "metadata.json").read_text(encoding="utf-8"))
    return model


def numbers(rows):
    if not isinstance(rows, list) or not rows or not all(isinstance(row, list) and 0 < len(row) <= COLUMNS_MOST for row in rows):
        raise ValueError("a request is one or more rows of numbers")
    return [[float(value) for value in row] for row in rows]


def input_fn(body, content_type):
    text = body.decode("utf-8") if isinstance(body, (bytes, bytearray)) else body
    kind = content_type.split(";")[0].strip().lower()
    if kind == "text/csv":
        return numbers([row for row in csv.reader(io.StringIO(text)) if row])
    if kind == "application/json":
        held = json.loads(text)
        return numbers(held["instances"] if isinstance(held, dict) else held)
    raise ValueError(f"{content_type} is neither text/csv nor application/json")


def keep(rows, answers):
    """Writes a request and its answer to S3, when chance has it."""
    place = os.environ.get("REQUEST_LOG")
    if not place or random.random() * 100 >= float(os.environ.get("REQUEST_SAMPLE", "100")):
        return
    import boto3

    now = datetime.datetime.now(datetime.timezone.utc)
    bucket, _, prefix = place[len("s3://"):].partition("/")
    record = {"time": now.isoformat(timespec="milliseconds"), "inputs": rows, "outputs": answers}
    try:
        boto3.client("s3").put_object(Bucket=bucket, Key=f"{prefix.rstrip('/')}/{now:%Y/%m/%d/%H}/{uuid.uuid4()}.jsonl",
                                      Body=json.dumps(record) + "\n", ContentType="application/x-ndjson")
    except Exception as error:  # whatever it is, the answer goes out
        print(f"a request was not kept: {type(error).__name__}: {error}")


def predict_fn(rows, model):
    wanted = len(model.metadata["features"])
    if any(len(row) != wanted for row in rows):
        raise ValueError(f"a row has {wanted} values: {', '.join(model.metadata['features'])}")
    answers = [float(chances[1]) for chances in model.predict_proba(rows)]
    keep(rows, answers)
    return answers


def output_fn(answers, accept):
    kind = accept.split(";")[0].strip().lower()
    if kind == "text/csv":
        return "\n".join(map(str, answers)) + "\n"
    if kind in ("application/json", "*/*"):
        return json.dumps({"predictions": answers})
    raise ValueError(f"{accept} is neither text/csv nor application/json")
