def handler(event, context):
    return {"moved": 3}
