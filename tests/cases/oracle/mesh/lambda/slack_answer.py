"""Takes an answer from Slack, behind an API, and hands it to the state machine that waits.

Each request must be signed by Slack with the app's signing secret and be younger than five minutes. A question is answered once, before
it is too old, in the channel that was asked, by one of APPROVERS where there are any. Approve is the task's success, {"user", "name", "at"};
Reject is its failure with the error "Rejected".
"""
import base64
import datetime
import hashlib
import hmac
import json
import os
import time
import urllib.parse
import urllib.request

import boto3
from botocore.exceptions import ClientError

SKEW_MOST = 300           # seconds: https://api.slack.com/authentication/verifying-requests-from-slack
SECRET_FOR = 300          # seconds that the secret is kept in memory
OVER = ("TaskTimedOut", "TaskDoesNotExist", "InvalidToken")
_kept = {"at": 0.0, "app": None}


def app_secret():
    if _kept["app"] is None or time.time() - _kept["at"] > SECRET_FOR:
        text = boto3.client("secretsmanager").get_secret_value(SecretId=os.environ["SECRET"])["SecretString"]
        _kept.update(at=time.time(), app=json.loads(text))
    return _kept["app"]


def is_signed(headers, body, secret, now):
    """Whether Slack sent the body, just now: v0=HMAC-SHA256 of "v0:TIME:BODY"."""
    stamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    if not stamp.isdigit() or abs(now - int(stamp)) > SKEW_MOST:
        return False
    wanted = "v0=" + hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted.encode(), signature.encode())


def answer(status, text=""):
    return {"statusCode": status, "headers": {"Content-Type": "text/plain"}, "body": text}


def tell(payload, text, replace):
    """Says in the channel what came of it: in place of the question, or to the person alone."""
    url = payload.get("response_url", "")
    if urllib.parse.urlsplit(url).scheme != "https" or urllib.parse.urlsplit(url).hostname != "hooks.slack.com":
        return
    document = {"replace_original": True, "text": text} if replace else {
        "replace_original": False, "response_type": "ephemeral", "text": text}
    request = urllib.request.Request(url, data=json.dumps(document).encode(), headers={"Content-Type": "application/json"})
    try:
        urllib.request.urlopen(request, timeout=2).close()
    except OSError as fault:  # the answer counts all the same
        print(json.dumps({"not told": str(fault)}))


def take(table, request, user, now):
    """Takes the question out: its row, or None where it was answered before, is too old or never was."""
    try:
        return table.update_item(
            Key={"id": request}, ReturnValues="ALL_NEW",
            ConditionExpression="attribute_exists(id) AND attribute_not_exists(answered_by) AND #expires > :now",
            UpdateExpression="SET answered_by = :user, answered_at = :now", ExpressionAttributeNames={"#expires": "expires"},
            ExpressionAttributeValues={":user": user, ":now": now})["Attributes"]
    except ClientError as fault:
        if fault.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        return None


def hand_over(states, row, action, who):
    """Ends the task; False: the execution no longer waits."""
    try:
        if action == "approve":
            states.send_task_success(taskToken=row["token"], output=json.dumps(who))
        else:
            states.send_task_failure(taskToken=row["token"], error="Rejected", cause=f"{row['title']}: rejected by {who['name']}")
    except ClientError as fault:
        if fault.response["Error"]["Code"] not in OVER:
            raise
        return False
    return True


def decide(payload, action, request, now):
    user = payload["user"]
    who = {"user": user["id"], "name": user.get("username") or user.get("name") or user["id"],
           "at": datetime.datetime.fromtimestamp(now, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")}
    approvers = [one for one in os.environ.get("APPROVERS", "").split(",") if one]
    if approvers and user["id"] not in approvers:
        return tell(payload, "You may not answer this; ask one of the approvers.", False)
    table = boto3.resource("dynamodb").Table(os.environ["REQUESTS"])
    row = take(table, request, user["id"], now)
    if row is None:
        return tell(payload, "This was answered before, or it is too old.", False)
    try:
        waits = hand_over(boto3.client("stepfunctions"), row, action, who)
    except Exception:  # it may be tried again
        table.update_item(Key={"id": request}, UpdateExpression="REMOVE answered_by, answered_at")
        raise
    said = "approved" if action == "approve" else "rejected"
    print(json.dumps({said: row["title"], "by": who["user"], "waits": waits}))
    return tell(payload, f"{row['title']}: {said} by <@{who['user']}>." if waits else f"{row['title']}: the execution no longer waits.", True)


def handler(event, context):
    body = (event.get("body") or "").encode()
    if event.get("isBase64Encoded"):
        body = base64.b64decode(body)
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    now = int(time.time())
    if not is_signed(headers, body, app_secret()["signing_secret"], now):
        return answer(401, "not signed by Slack")
    try:
        payload = json.loads(urllib.parse.parse_qs(body.decode())["payload"][0])
        chosen = payload["actions"][0]
        action, request, channel = chosen["action_id"], chosen["value"], payload["channel"]["id"]
        payload["user"]["id"]
    except (KeyError, IndexError, ValueError, TypeError):
        return answer(400, "not an answer")
    if action not in ("approve", "reject") or channel != os.environ["CHANNEL"]:
        return answer(400, "not an answer to what was asked")
    decide(payload, action, request, now)
    return answer(200)
