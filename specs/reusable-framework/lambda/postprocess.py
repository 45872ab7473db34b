"""Postprocessing: says what was trained."""


def handler(event, context):
    print("Postprocessing", event.get("name"))
    return {"pipeline": event.get("name"), "done": True}
