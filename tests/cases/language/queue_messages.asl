{
  "Comment": "Flow backfill of queue_messages.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "score",
  "States": {
    "score": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${score_arn}",
        "Payload": {
          "day": "{% $substring($states.context.Execution.Input.day, 0, 10) %}",
          "count": "{% $states.context.Execution.Input.count != null ? $states.context.Execution.Input.count : 2 %}"
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
      "Output": "{% $states.result.Payload %}",
      "End": true
    }
  }
}
