"""Puts an approved version of a model into service: makes the endpoint, or moves it to the new model as its settings say.

As a Lambda function it gets {"package": "<ARN of the version>"}. By hand it does the same, with the settings of that function:

    python3 deploy/main.py --function NAME --model_package_arn ARN [--wait]

The settings stand in the function's environment as DEPLOYMENT, a JSON object: endpoint, role, variant, environment, tags; instance
and count, or serverless; capture; update, the DeploymentConfig that says how traffic is shifted and which alarms send it back.
"""
import argparse
import json
import os
import re
import sys
import time
import uuid

import boto3
from botocore.exceptions import ClientError

PACKAGE = re.compile(r"arn:[a-z-]+:sagemaker:[a-z0-9-]+:\d{12}:model-package/([A-Za-z0-9-]+)(?:/(\d+))?")
NAME_MOST = 63
POLL_SECONDS = 30
WAIT_SECONDS = 2 * 60 * 60  # an update may take an hour, and the machines time to start


class Refused(Exception):
    """It is not to be deployed, however often it is tried."""


class Busy(Exception):
    """The endpoint is being changed; a later try may go well."""


def approved(sagemaker, package):
    """The description of the version, which must be approved."""
    if not PACKAGE.fullmatch(package):
        raise Refused(f"{package!r} is no version of a model: its ARN is wanted")
    version = sagemaker.describe_model_package(ModelPackageName=package)
    if version.get("ModelApprovalStatus") != "Approved":
        raise Refused(f"{package} is not approved: it is {version.get('ModelApprovalStatus', 'without a status')}")
    return version


def existing(sagemaker, endpoint):
    """The endpoint's description, or None when there is none."""
    try:
        return sagemaker.describe_endpoint(EndpointName=endpoint)
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationException" and "Could not find" in error.response["Error"]["Message"]:
            return None
        raise


def served(sagemaker, description):
    """The version that the endpoint serves, or is on its way to, or None."""
    config = sagemaker.describe_endpoint_config(EndpointConfigName=description["EndpointConfigName"])
    model = sagemaker.describe_model(ModelName=config["ProductionVariants"][0]["ModelName"])
    containers = model.get("Containers") or [model.get("PrimaryContainer", {})]
    return containers[0].get("ModelPackageName")


def new_name(endpoint, package):
    """A name for a model and its configuration: the endpoint's, the version's, and something new."""
    tail = f"-{PACKAGE.fullmatch(package).group(2) or 'v'}-{uuid.uuid4().hex[:8]}"
    return endpoint[: NAME_MOST - len(tail)].rstrip("-") + tail


def prepare(sagemaker, settings, package):
    """Makes the model and the configuration; gives their name."""
    name, tags = new_name(settings["endpoint"], package), settings.get("tags", [])
    container = {"ModelPackageName": package}
    if settings.get("environment"):
        container["Environment"] = settings["environment"]
    variant = {"VariantName": settings["variant"], "ModelName": name, "InitialVariantWeight": 1}
    if settings.get("serverless"):
        variant["ServerlessConfig"] = settings["serverless"]
    else:
        variant.update(InstanceType=settings["instance"], InitialInstanceCount=settings["count"])
    capture = {"DataCaptureConfig": settings["capture"]} if settings.get("capture") else {}
    sagemaker.create_model(ModelName=name, ExecutionRoleArn=settings["role"], Containers=[container], Tags=tags)
    sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant], Tags=tags, **capture)
    return name


def deploy(package, settings, sagemaker):
    """Starts to put the version into service; says what was done: created, updated, or nothing as it serves already."""
    approved(sagemaker, package)
    endpoint, update = settings["endpoint"], settings.get("update")
    now = existing(sagemaker, endpoint)
    status = now and now["EndpointStatus"]
    if status in ("InService", "Updating") and served(sagemaker, now) == package:
        return {"endpoint": endpoint, "package": package, "action": "nothing", "config": now["EndpointConfigName"]}
    if status not in (None, "InService", "Failed"):
        raise Busy(f"{endpoint} is {status}; {package} has to wait")
    if status == "Failed":  # such an endpoint can only be deleted
        sagemaker.delete_endpoint(EndpointName=endpoint)
        sagemaker.get_waiter("endpoint_deleted").wait(EndpointName=endpoint)
    name = prepare(sagemaker, settings, package)
    if status == "InService":
        more = {"DeploymentConfig": update} if update else {}
        sagemaker.update_endpoint(EndpointName=endpoint, EndpointConfigName=name, **more)
    else:
        sagemaker.create_endpoint(EndpointName=endpoint, EndpointConfigName=name, Tags=settings.get("tags", []))
    return {"endpoint": endpoint, "package": package, "action": "updated" if status == "InService" else "created", "config": name}


def wait(sagemaker, endpoint, config):
    """Waits until the endpoint serves the configuration; raises when it went back or failed."""
    for _ in range(WAIT_SECONDS // POLL_SECONDS):
        now = sagemaker.describe_endpoint(EndpointName=endpoint)
        if now["EndpointStatus"] == "InService":
            if now["EndpointConfigName"] != config:
                raise RuntimeError(f"{endpoint} went back to {now['EndpointConfigName']}: {now.get('FailureReason', 'no reason given')}")
            return
        if now["EndpointStatus"] in ("Failed", "UpdateRollbackFailed"):
            raise RuntimeError(f"{endpoint} is {now['EndpointStatus']}: {now.get('FailureReason', 'no reason given')}")
        time.sleep(POLL_SECONDS)
    raise TimeoutError(f"{endpoint} is not in service after {WAIT_SECONDS // 60} minutes")


def handler(event, context):
    result = deploy(event["package"], json.loads(os.environ["DEPLOYMENT"]), boto3.client("sagemaker"))
    print(json.dumps(result))
    return result


def settings_of(function, region):
    """The settings that the function has."""
    configuration = boto3.client("lambda", region_name=region).get_function_configuration(FunctionName=function)
    return json.loads(configuration["Environment"]["Variables"]["DEPLOYMENT"])


def main(arguments):
    parser = argparse.ArgumentParser(description="Puts an approved version of a model into service.")
    parser.add_argument("--model_package_arn", required=True, help="the version, as the model registry names it")
    parser.add_argument("--function", required=True, help="the deploy function, whose settings are used")
    parser.add_argument("--wait", action="store_true", help="wait until the endpoint serves it")
    options = parser.parse_args(arguments)
    if not PACKAGE.fullmatch(options.model_package_arn):
        parser.error(f"{options.model_package_arn!r} is no version of a model: arn:aws:sagemaker:REGION:ACCOUNT:model-package/GROUP/VERSION is wanted")
    region = options.model_package_arn.split(":")[3]
    sagemaker = boto3.client("sagemaker", region_name=region)
    try:
        result = deploy(options.model_package_arn, settings_of(options.function, region), sagemaker)
        print(json.dumps(result))
        if options.wait:
            wait(sagemaker, result["endpoint"], result["config"])
    except (Refused, Busy, RuntimeError, TimeoutError) as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
