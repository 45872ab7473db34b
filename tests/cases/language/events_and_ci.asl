{
  "Comment": "Flow main of events_and_ci.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Work",
  "States": {
    "Work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "key": "{% $states.context.Execution.Input.key %}",
          "day": "{% $states.context.Execution.Input.day != null ? $states.context.Execution.Input.day : \"none\" %}",
          "run": "{% $states.context.Execution.Input.run != null ? $states.context.Execution.Input.run : \"none\" %}"
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
