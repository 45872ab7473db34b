"""Starts the workflow for the pipeline that an event names.

The event holds records, each with a body (text or object) of EventBridge, SQS or a person:
{"consumption_pipeline_name": "…", "dataset_date": "2026-01-31T08:00:00Z", "event_source": "…"}.
The pipeline's item is read from the table TABLE; its job names get the date and something new behind them, cut to what the
services take; then the state machine STATE_MACHINE is started with the item.
"""
import datetime
import json
import os
import re
import uuid
from decimal import Decimal

import boto3

JOB_NAME_MOST = 62      # SageMaker's jobs
TUNING_NAME_MOST = 32   # hyperparameter tuning jobs
EXECUTION_NAME_MOST = 80


def day_of(text):
    """The YYYY-MM-DD of an instant or a date; today when there is none."""
    if not text:
        return datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    match = re.match(r"(\d{4})-?(\d{2})-?(\d{2})", str(text))
    if not match:
        raise ValueError(f"dataset_date is no date: {text!r}")
    return datetime.date(*map(int, match.groups())).isoformat()


def unique_name(name, day, token, most):
    """The name with date and token behind it, at most `most` characters, as SageMaker takes names."""
    tail = f"-{day.replace('-', '')}-{token}"
    clean = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-") or "job"
    return clean[: most - len(tail)].rstrip("-") + tail


def with_unique_names(item, day, token):
    """A copy of the item in which every `job_name` is new; the ones of tuning jobs are shorter."""
    def walk(value, most):
        if isinstance(value, dict):
            return {key: unique_name(inner, day, token, most) if key == "job_name" and isinstance(inner, str) and named(value)
                    else walk(inner, TUNING_NAME_MOST if key == "tuning" else most) for key, inner in value.items()}
        if isinstance(value, list):
            return [walk(inner, most) for inner in value]
        return value

    # The name of a function or a Glue job says which one is called and stays.
    def named(stage):
        return stage.get("job_type") not in ("lambda", "glue-python", "glue-spark")

    return walk(item, JOB_NAME_MOST)


def plain(value):
    """DynamoDB's numbers and sets as JSON has them."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, set)):
        return [plain(inner) for inner in value]
    return value


def requests_of(event):
    """The bodies of the event's records; an event without records is one itself, or a body."""
    for record in event.get("Records", [event]):
        body = record.get("body", record)
        yield json.loads(body) if isinstance(body, str) else body


def start(request, table, states):
    name = request.get("consumption_pipeline_name")
    if not name:
        raise ValueError("the request names no consumption_pipeline_name")
    item = table.get_item(Key={"name": name}).get("Item")
    if item is None:
        raise LookupError(f"the table has no item {name!r}")
    day, token = day_of(request.get("dataset_date")), uuid.uuid4().hex[:8]
    execution = unique_name(name, day, token, EXECUTION_NAME_MOST)
    document = {"config": with_unique_names(plain(item), day, token), "dataset_date": day,
                "event_source": request.get("event_source", "manual"), "named": True}
    answer = states.start_execution(stateMachineArn=os.environ["STATE_MACHINE"], name=execution, input=json.dumps(document))
    print(json.dumps({"started": execution, "pipeline": name, "day": day}))
    return answer["executionArn"]


def handler(event, context):
    table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
    states = boto3.client("stepfunctions")
    return {"executions": [start(request, table, states) for request in requests_of(event)]}
