{
  "Comment": "Flow main of start_and_wait.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "work",
  "States": {
    "work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "InvocationType": "Event",
        "Payload": {
          "x": "{% $states.context.Execution.Input.x %}"
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
      "Next": "Wait 90s"
    },
    "Wait 90s": {
      "Type": "Wait",
      "Seconds": 90,
      "Next": "Wait until \"2026-01-02T00:00:00Z\""
    },
    "Wait until \"2026-01-02T00:00:00Z\"": {
      "Type": "Wait",
      "Timestamp": "2026-01-02T00:00:00Z",
      "Output": {
        "x": "{% $states.context.Execution.Input.x %}"
      },
      "End": true
    }
  }
}
