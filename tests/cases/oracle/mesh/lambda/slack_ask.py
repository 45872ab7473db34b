"""Asks a Slack channel for approval of what a state machine waits for.

Gets {"token", "title", "about", "execution", "seconds"}. What is asked is kept in the table REQUESTS until it is too old; the
message's buttons hold only its id, never the task token. The answer comes to slack_answer.py.
"""
import datetime
import json
import os
import secrets
import time
import urllib.request

import boto3

POST_MESSAGE = "https://slack.com/api/chat.postMessage"
TEXT_MOST = 2800  # a section takes 3,000 characters


class SlackError(Exception):
    pass


def escaped(text):
    """Text as Slack's markdown takes it: https://api.slack.com/reference/surfaces/formatting#escaping"""
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def described(about):
    """What the question is about, a line each."""
    if about is None:
        return ""
    if isinstance(about, dict):
        lines = [f"*{escaped(key)}*: {escaped(value if isinstance(value, (str, int, float)) else json.dumps(value))}"
                 for key, value in about.items()]
        return "\n".join(lines)[:TEXT_MOST]
    return escaped(about if isinstance(about, str) else json.dumps(about))[:TEXT_MOST]


def button(text, action, style, request):
    return {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": action, "style": style, "value": request}


def message(channel, event, request, until):
    """The question with its two buttons: https://api.slack.com/reference/block-kit/blocks"""
    day = datetime.datetime.fromtimestamp(until, datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": f"*{escaped(event['title'])[:TEXT_MOST]}*"}}]
    if described(event.get("about")):
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": described(event["about"])}})
    blocks.append({"type": "actions", "elements": [button("Approve", "approve", "primary", request),
                                                   button("Reject", "reject", "danger", request)]})
    note = f"Execution {escaped(event.get('execution', 'unknown'))}; an answer is awaited until {day}."
    blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": note}]})
    return {"channel": channel, "text": event["title"], "blocks": blocks}


def post(token, document):
    """Posts a message; Slack says in the answer's body whether it was taken."""
    request = urllib.request.Request(POST_MESSAGE, data=json.dumps(document).encode(), method="POST", headers={
        "Authorization": f"Bearer {token}", "Content-Type": "application/json; charset=utf-8"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        said = json.loads(answer.read())
    if not said.get("ok"):
        raise SlackError(f"Slack refused the message: {said.get('error', 'no reason given')}")
    return said["ts"]


def handler(event, context):
    app = json.loads(boto3.client("secretsmanager").get_secret_value(SecretId=os.environ["SECRET"])["SecretString"])
    request, until = secrets.token_urlsafe(24), int(time.time()) + int(event["seconds"])
    boto3.resource("dynamodb").Table(os.environ["REQUESTS"]).put_item(
        Item={"id": request, "token": event["token"], "title": event["title"], "expires": until},
        ConditionExpression="attribute_not_exists(id)")
    sent = post(app["bot_token"], message(os.environ["CHANNEL"], event, request, until))
    print(json.dumps({"asked": event["title"], "execution": event.get("execution"), "message": sent}))
    return {"message": sent}
