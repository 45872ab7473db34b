{
  "Comment": "Flow main of objects_of_pairs.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Work",
  "States": {
    "Work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "routes": {
            "/items": {
              "get": "list",
              "post": "add"
            },
            "/items/{id}": {
              "delete": "drop"
            }
          },
          "first": {
            "/items": 1
          }
        }
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "Lambda.ServiceException",
            "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
            "Lambda.TooManyRequestsException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Output": {},
      "End": true
    }
  }
}
