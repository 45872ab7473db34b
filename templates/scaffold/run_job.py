"""Starts a training job by hand: an execution of the training flow, which registers the model that comes out.

    python3 train/run_job.py --state_machine ARN [--data s3://…] [--model_package_group NAME] [--instance ml.m5.large] [--wait]

What is not said is as the flow has it.
"""
import argparse
import datetime
import json
import re
import sys
import time
import uuid

import boto3

MACHINE = re.compile(r"arn:[a-z-]+:states:[a-z0-9-]+:\d{12}:stateMachine:[A-Za-z0-9_-]+")
POLL_SECONDS = 30
OPTIONS = {
    "data": "where the training data lies: s3://BUCKET/PREFIX",
    "model_package_group": "the group that the model is registered in",
    "instance": "the instance type of the training job",
    "image": "the image that trains: its URI in ECR",
}


def start(states, machine, document):
    """Starts an execution; gives its ARN."""
    name = f"by-hand-{datetime.datetime.now(datetime.timezone.utc):%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}"
    return states.start_execution(stateMachineArn=machine, name=name, input=json.dumps(document))["executionArn"]


def wait(states, execution):
    """Waits for the end; gives the execution's description."""
    while True:
        now = states.describe_execution(executionArn=execution)
        if now["status"] not in ("RUNNING", "PENDING_REDRIVE"):
            return now
        time.sleep(POLL_SECONDS)


def main(arguments):
    parser = argparse.ArgumentParser(description="Starts a training job by hand.")
    parser.add_argument("--state_machine", required=True, help="the ARN of the training flow's state machine")
    for name, about in OPTIONS.items():
        parser.add_argument(f"--{name}", help=about)
    parser.add_argument("--wait", action="store_true", help="wait until the model is registered")
    options = parser.parse_args(arguments)
    if not MACHINE.fullmatch(options.state_machine):
        parser.error(f"--state_machine is {options.state_machine!r}; arn:aws:states:REGION:ACCOUNT:stateMachine:NAME is wanted")
    if options.data and not options.data.startswith("s3://"):
        parser.error(f"--data is {options.data!r}; s3://BUCKET/PREFIX is wanted")
    document = {name: getattr(options, name) for name in OPTIONS if getattr(options, name)}
    states = boto3.client("stepfunctions", region_name=options.state_machine.split(":")[3])
    execution = start(states, options.state_machine, document)
    print(execution)
    if not options.wait:
        return 0
    end = wait(states, execution)
    print(end.get("output", "") if end["status"] == "SUCCEEDED" else f"{end['status']}: {end.get('error', '')} {end.get('cause', '')}")
    return 0 if end["status"] == "SUCCEEDED" else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
