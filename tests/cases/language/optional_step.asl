{
  "Comment": "Flow main of optional_step.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "If x == \"a\"",
  "States": {
    "If x == \"a\"": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $states.context.Execution.Input.x = \"a\" %}",
          "Next": "A"
        }
      ],
      "Assign": {
        "A": null
      },
      "Default": "Return"
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
      "Assign": {
        "A": "{% $states.result.Payload %}"
      },
      "Next": "Return"
    },
    "Return": {
      "Type": "Succeed",
      "Output": {
        "a": "{% $A != null ? $A : \"none\" %}",
        "there": "{% $A != null %}"
      }
    }
  }
}
