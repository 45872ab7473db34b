def handler(event, context):
    return {"champion": 0.7, "challenger": 0.8, "requests": 100}
