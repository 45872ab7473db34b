import json


def handler(event, context):
    return {"job": json.dumps(event)}
