"""Tests an endpoint: waits until it is in service, asks it, and reports how it answered.

The event is {"endpoint": "…"}, without one the endpoint that the function uses. The report goes to s3://DATA/smoke/, a file a
run, and is returned; an endpoint that does not answer as it should fails the function.
"""
import datetime
import json
import os
import time

import boto3
from botocore.exceptions import ClientError

SAMPLES = [[3.0, 95.5, 6, 3, 12.0], [60.0, 45.0, 0, 0, 55.5], [24.5, 70.25, 2, 1, 38.0]]
POLL_SECONDS = 10
MARGIN_MILLIS = 30_000  # what is left of the function's time to ask and report
SLOW_MILLIS = 5000


def wait_until_in_service(sagemaker, endpoint, context):
    """The endpoint's description; it fails when the endpoint did."""
    while True:
        found = sagemaker.describe_endpoint(EndpointName=endpoint)
        status = found["EndpointStatus"]
        if status == "InService":
            return found
        if status in ("Failed", "OutOfService", "UpdateRollbackFailed", "Deleting"):
            raise RuntimeError(f"{endpoint} is {status}: {found.get('FailureReason', 'no reason was given')}")
        if context.get_remaining_time_in_millis() < MARGIN_MILLIS:
            raise TimeoutError(f"{endpoint} is still {status}")
        time.sleep(POLL_SECONDS)


def ask(runtime, endpoint, rows):
    """What the endpoint answers, and after how many milliseconds."""
    began = time.monotonic()
    answer = runtime.invoke_endpoint(EndpointName=endpoint, ContentType="application/json", Accept="application/json",
                                     Body=json.dumps({"instances": rows}))
    held = json.loads(answer["Body"].read())
    return held["predictions"], round((time.monotonic() - began) * 1000)


def examine(runtime, endpoint):
    """The checks and what came of each: {name: {ok, …}}. The first request may start the endpoint, the second may not be slow."""
    checks = {}
    try:
        predictions, first = ask(runtime, endpoint, SAMPLES)
        again, second = ask(runtime, endpoint, SAMPLES)
    except (ClientError, KeyError, ValueError) as error:
        return {"answers": {"ok": False, "error": f"{type(error).__name__}: {error}"}}
    checks["answers"] = {"ok": True, "first_millis": first}
    checks["one_prediction_a_row"] = {"ok": len(predictions) == len(SAMPLES), "predictions": predictions}
    checks["same_again"] = {"ok": predictions == again}
    checks["quick"] = {"ok": second < SLOW_MILLIS, "millis": second}
    return checks


def handler(event, context):
    endpoint = event.get("endpoint") or os.environ["PREDICTOR"]
    described = wait_until_in_service(boto3.client("sagemaker"), endpoint, context)
    checks = examine(boto3.client("sagemaker-runtime"), endpoint)
    now = datetime.datetime.now(datetime.timezone.utc)
    healthy = all(check["ok"] for check in checks.values())
    report = {"time": now.isoformat(timespec="seconds"), "endpoint": endpoint, "config": described.get("EndpointConfigName"),
              "healthy": healthy, "checks": checks}
    key = f"smoke/{now:%Y/%m/%d/%H%M%S}.json"
    boto3.client("s3").put_object(Bucket=os.environ["DATA"], Key=key, Body=json.dumps(report, indent=2), ContentType="application/json")
    print(json.dumps(report))
    if not healthy:
        failed = ", ".join(name for name, check in checks.items() if not check["ok"])
        raise RuntimeError(f"{endpoint} is not healthy: {failed}; the report is s3://{os.environ['DATA']}/{key}")
    return {**report, "report": f"s3://{os.environ['DATA']}/{key}"}
