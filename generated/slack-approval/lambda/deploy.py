"""Releases a container image to an inference function, in this account or another.

Gets {"account", "image", "commit"}. The function (FUNCTION, or INFERENCE) gets the image; the new version is published, tried, and entered in the
model registry (MLFLOW: its URL, where there is one); then the alias (ALIAS, live unless said) is moved to it. Whatever fails, the alias stays
where it was, and callers keep the version they have. In another account the role ACCESS_ROLE is taken on.
"""
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request

import boto3

WAIT_MOST = 240  # seconds for a new image


class DeployFailed(Exception):
    pass


class RegistryFailed(Exception):
    pass


def clients(account, own):
    """The function's client in the account."""
    if account == own:
        return boto3.client("lambda")
    role = f"arn:{os.environ.get('PARTITION', 'aws')}:iam::{account}:role/{os.environ['ACCESS_ROLE']}"
    taken = boto3.client("sts").assume_role(RoleArn=role, RoleSessionName="deploy")["Credentials"]
    return boto3.client("lambda", aws_access_key_id=taken["AccessKeyId"], aws_secret_access_key=taken["SecretAccessKey"],
                        aws_session_token=taken["SessionToken"])


def wait_until(functions, name, field, good, **which):
    """Waits for a state of the function's configuration."""
    deadline = time.monotonic() + WAIT_MOST
    while True:
        configuration = functions.get_function_configuration(FunctionName=name, **which)
        state = configuration.get(field)
        if state == good:
            return configuration
        if state == "Failed":
            reason = configuration.get(f"{field}Reason") or configuration.get("StateReason") or "no reason given"
            raise DeployFailed(f"{name}: {reason}")
        if time.monotonic() > deadline:
            raise DeployFailed(f"{name} is still {state} after {WAIT_MOST} seconds")
        time.sleep(3)


def try_out(functions, name, version):
    """Asks the new version whether it can serve: the handler answers {"check": true} with {"ok": true, "model": …}."""
    answer = functions.invoke(FunctionName=name, Qualifier=version, Payload=json.dumps({"check": True}).encode())
    said = answer["Payload"].read().decode()
    if answer.get("FunctionError"):
        raise DeployFailed(f"{name} version {version} fails: {said[:500]}")
    document = json.loads(said)
    if not isinstance(document, dict) or not document.get("ok"):
        raise DeployFailed(f"{name} version {version} does not serve: {said[:500]}")
    return document.get("model", {})


def registry(path, document=None, **query):
    """A call of MLflow's REST API: https://mlflow.org/docs/latest/rest-api.html"""
    url = f"{os.environ['MLFLOW'].rstrip('/')}/api/2.0/mlflow/{path}"
    if query:
        url += "?" + urllib.parse.urlencode(query)
    data = json.dumps(document).encode() if document is not None else None
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as fault:
        said = fault.read().decode(errors="replace")
        if "RESOURCE_ALREADY_EXISTS" in said:
            return {}
        raise RegistryFailed(f"{path}: {fault.code} {said[:300]}") from fault
    except OSError as fault:
        raise RegistryFailed(f"{path}: {fault}") from fault


def register(name, image, commit, account):
    """The registry's version of the commit's model, made on its first deployment, with an alias for the account."""
    registry("registered-models/create", {"name": name})
    found = registry("model-versions/search", filter=f"name='{name}'", max_results=200).get("model_versions", [])
    same = [one for one in found if {"key": "commit", "value": commit} in one.get("tags", [])]
    version = same[0] if same else registry("model-versions/create", {
        "name": name, "source": f"docker://{image}", "tags": [{"key": "commit", "value": commit}]})["model_version"]
    registry("registered-models/alias", {"name": name, "alias": f"account-{account}", "version": version["version"]})
    return str(version["version"])


def handler(event, context):
    name, alias = os.environ.get("FUNCTION") or os.environ["INFERENCE"], os.environ.get("ALIAS", "live")
    account, image, commit = event["account"], event["image"], event["commit"]
    functions = clients(account, context.invoked_function_arn.split(":")[4])
    previous = functions.get_alias(FunctionName=name, Name=alias)["FunctionVersion"]
    functions.update_function_code(FunctionName=name, ImageUri=image)
    code = wait_until(functions, name, "LastUpdateStatus", "Successful")
    version = functions.publish_version(FunctionName=name, CodeSha256=code["CodeSha256"], Description=f"commit {commit}"[:256])["Version"]
    wait_until(functions, name, "State", "Active", Qualifier=version)
    model = {**try_out(functions, name, version), "image": image, "commit": commit}
    if os.environ.get("MLFLOW"):
        model["registered"] = register(name, image, commit, account)
    functions.update_alias(FunctionName=name, Name=alias, FunctionVersion=version)
    print(json.dumps({"deployed": name, "account": account, "version": version, "previous": previous, "commit": commit}))
    return {"version": version, "previous": previous, "account": account, "model": model}
