def handler(event, context):
    return {"examples": 500, "uri": "s3://b/k/", "id": "1", "score": 1, "answer": "", "mean": 0.9, "worst": []}
