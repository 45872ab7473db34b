"""Serves the model in a Lambda container: called directly, or by HTTPS through the function's address.

{"instances": [{"months": 3, "monthly": 80, "calls": 4}, …]} gives {"predictions": [0.93, …]}; {"check": true} tells whether it serves.
"""
import base64
import json
import math
from pathlib import Path

MODEL = json.loads((Path(__file__).resolve().parent / "model.json").read_text(encoding="utf-8"))
INSTANCES_MOST = 1000


class BadRequest(Exception):
    pass


def predict(instance):
    if not isinstance(instance, dict):
        raise BadRequest("an instance is an object")
    z = MODEL["intercept"]
    for name, weight, mean, spread in zip(MODEL["features"], MODEL["weights"], MODEL["means"], MODEL["spreads"]):
        value = instance.get(name)
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
            raise BadRequest(f"`{name}` is to be a number")
        z += weight * (value - mean) / spread
    return round(1 / (1 + math.exp(-max(-60.0, min(60.0, z)))), 6)


def answer_to(request):
    if not isinstance(request, dict):
        raise BadRequest("the request is to be an object")
    if request.get("check"):
        predict(dict(zip(MODEL["features"], MODEL["means"])))
        return {"ok": True, "model": {"name": MODEL["name"], "metrics": MODEL["metrics"]}}
    instances = request.get("instances")
    if not isinstance(instances, list) or not 0 < len(instances) <= INSTANCES_MOST:
        raise BadRequest(f"`instances` is to be a list of 1 to {INSTANCES_MOST} objects")
    return {"predictions": [predict(one) for one in instances]}


def handler(event, context):
    if not (isinstance(event, dict) and "requestContext" in event):
        return answer_to(event)
    body = event.get("body") or ""
    try:
        text = base64.b64decode(body).decode() if event.get("isBase64Encoded") else body
        status, document = 200, answer_to(json.loads(text))
    except (BadRequest, ValueError) as fault:
        status, document = 400, {"error": str(fault)}
    return {"statusCode": status, "headers": {"Content-Type": "application/json"}, "body": json.dumps(document)}
