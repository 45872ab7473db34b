"""Postprocessing: says what was trained."""


def handler(event, context):
    name = event["config"]["name"]
    print("Postprocessing", name, "of", event["dataset_date"])
    return {"pipeline": name, "model": event.get("model"), "done": True}
