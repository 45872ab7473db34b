def handler(event, context):
    return {"us": "s3://us/m", "ap": "s3://ap/m", "image": "i", "endpoint": "e", "status": "InService", "latency": 20, "errors": 0}
