"""Approves a version of a model, or rejects it: the registry tells of it, and what waits for approvals goes on.

    python3 train/approve.py --model_package_arn ARN [--reject] [--note "why"]
"""
import argparse
import re
import sys

import boto3

PACKAGE = re.compile(r"arn:[a-z-]+:sagemaker:[a-z0-9-]+:\d{12}:model-package/[A-Za-z0-9-]+/\d+")


def main(arguments):
    parser = argparse.ArgumentParser(description="Approves a version of a model, or rejects it.")
    parser.add_argument("--model_package_arn", required=True, help="the version, as the model registry names it")
    parser.add_argument("--reject", action="store_true", help="reject it instead")
    parser.add_argument("--note", help="why; it stays with the version")
    options = parser.parse_args(arguments)
    package, wanted = options.model_package_arn, "Rejected" if options.reject else "Approved"
    if not PACKAGE.fullmatch(package):
        parser.error(f"{package!r} is no version of a model: arn:aws:sagemaker:REGION:ACCOUNT:model-package/GROUP/VERSION is wanted")
    sagemaker = boto3.client("sagemaker", region_name=package.split(":")[3])
    status = sagemaker.describe_model_package(ModelPackageName=package)["ModelApprovalStatus"]
    if status == wanted:
        print(f"{package} is {wanted} already")
        return 0
    note = {"ApprovalDescription": options.note} if options.note else {}
    sagemaker.update_model_package(ModelPackageArn=package, ModelApprovalStatus=wanted, **note)
    print(f"{package}: {status} -> {wanted}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
