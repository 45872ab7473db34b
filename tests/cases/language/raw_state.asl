{
  "Comment": "Flow main of raw_state.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Twice",
  "States": {
    "Twice": {
      "Type": "Pass",
      "Output": {
        "y": "{% $states.context.Execution.Input.x & '!' %}",
        "all": [
          {
            "x": "{% $states.context.Execution.Input.x %}",
            "two": "{% 1 + 1 %}"
          }
        ]
      },
      "Next": "A"
    },
    "A": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
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
      "Next": "Last"
    },
    "Last": {
      "Type": "Pass",
      "Output": {
        "by": "{% $states.context.Execution.Input.x %}",
        "deep": {
          "list": [
            "{% 2 * 2 %}"
          ]
        }
      },
      "End": true
    }
  }
}
