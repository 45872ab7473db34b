{
  "Comment": "Flow main of fail_in_try.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "If x == \"bad\"",
  "States": {
    "If x == \"bad\"": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $states.context.Execution.Input.x = \"bad\" %}",
          "Assign": {
            "e": {
              "Error": "Refused",
              "Cause": "{% \"because \" & $states.context.Execution.Input.x %}"
            }
          },
          "Next": "Return"
        }
      ],
      "Default": "A"
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
      "Catch": [
        {
          "ErrorEquals": [
            "States.ALL"
          ],
          "Assign": {
            "e": "{% $states.errorOutput %}"
          },
          "Next": "Return"
        }
      ],
      "Output": {
        "ok": true
      },
      "End": true
    },
    "Return": {
      "Type": "Succeed",
      "Output": {
        "e": "{% $e.Error %}",
        "why": "{% $e.Cause %}"
      }
    }
  }
}
