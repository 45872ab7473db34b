{
  "Comment": "Flow main of rollback-on-own-metrics.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Work",
  "States": {
    "Work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "x": "{% $states.context.Execution.Input.x %}",
          "endpoint": "shop-live"
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
