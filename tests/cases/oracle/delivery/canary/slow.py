"""Calls a route as its users do; CloudWatch Synthetics counts the run as failed when this raises.

What is called stands in the environment: URL, METHOD, BODY (JSON), EXPECTED (the status of a good answer) and AUTH ("iam": the
request is signed with the canary's role).
"""
import json
import os
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

SECONDS = 30  # for one answer


def signed_headers(method, url, headers, body):
    """The headers of the request with its signature (Signature Version 4)."""
    import boto3
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest

    request = AWSRequest(method=method, url=url, headers=headers, data=body)
    SigV4Auth(boto3.Session().get_credentials(), "execute-api", os.environ["AWS_REGION"]).add_auth(request)
    return dict(request.headers)


def answer(method, url, headers, body):
    """Status and text of the answer; those of the service's refusals, too."""
    request = urllib.request.Request(url, data=body, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as response:
            return response.status, response.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")


def handler(event, context):
    method, url, expected = os.environ["METHOD"], os.environ["URL"], int(os.environ["EXPECTED"])
    if urlsplit(url).scheme != "https":
        raise ValueError(f"{url} is not called: only https is")
    body = os.environ["BODY"].encode() if method in ("POST", "PUT", "PATCH") else None
    headers = {"Content-Type": "application/json"} if body is not None else {}
    if os.environ["AUTH"] == "iam":
        headers = signed_headers(method, url, headers, body)
    begin = time.monotonic()
    status, text = answer(method, url, headers, body)
    print(json.dumps({"method": method, "url": url, "status": status, "seconds": round(time.monotonic() - begin, 3)}))
    if status != expected:
        raise RuntimeError(f"{method} {url} answered {status}, not {expected}: {text[:500]}")
    return "the API answers"
