{
  "Comment": "Flow daily of dates_of_flows.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "A",
  "States": {
    "A": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": "{% { \"day\": $substring($states.context.Execution.Input.day, 0, 10), \"until\": (($states.context.Execution.Input.until != null ? $substring($states.context.Execution.Input.until, 0, 10)) != null ? ($states.context.Execution.Input.until != null ? $substring($states.context.Execution.Input.until, 0, 10))), \"since\": $substring(($states.context.Execution.Input.since != null ? $states.context.Execution.Input.since : \"2026-01-01\"), 0, 10), \"name\": \"n-\" & $substring($states.context.Execution.Input.day, 0, 10) } %}"
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
      "Next": "If until?"
    },
    "If until?": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% ($states.context.Execution.Input.until != null ? $substring($states.context.Execution.Input.until, 0, 10)) != null %}",
          "Next": "B"
        }
      ],
      "Default": "Done"
    },
    "B": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "until": "{% \"u-\" & $substring($states.context.Execution.Input.until, 0, 10) %}"
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
    },
    "Done": {
      "Type": "Succeed",
      "Output": {}
    }
  }
}
