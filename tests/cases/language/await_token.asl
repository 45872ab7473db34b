{
  "Comment": "Flow main of await_token.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Answer",
  "States": {
    "Answer": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "token": "{% $states.context.Task.Token %}",
          "x": "{% $states.context.Execution.Input.x %}"
        }
      },
      "TimeoutSeconds": 259200,
      "HeartbeatSeconds": 86400,
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
      "Output": {
        "by": "{% $type($states.result) = \"object\" ? $states.result.user %}"
      },
      "End": true
    }
  }
}
