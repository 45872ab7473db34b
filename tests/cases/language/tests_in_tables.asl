{
  "Comment": "Flow main of tests_in_tables.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "If x == \"Y\"",
  "States": {
    "If x == \"Y\"": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% ($states.context.Execution.Input.x != null ? $states.context.Execution.Input.x : \"N\") = \"Y\" %}",
          "Next": "First"
        }
      ],
      "Default": "If y == \"Y\""
    },
    "First": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${first_arn}",
        "Payload": "{% { \"name\": ($states.context.Execution.Input.fit.name != null ? $states.context.Execution.Input.fit.name), \"retries\": ($states.context.Execution.Input.fit.retries != null ? $states.context.Execution.Input.fit.retries), \"data\": ($states.context.Execution.Input.fit.data != null ? $states.context.Execution.Input.fit.data) } %}"
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
      "Next": "If y == \"Y\""
    },
    "If y == \"Y\"": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% ($states.context.Execution.Input.y != null ? $states.context.Execution.Input.y : \"N\") = \"Y\" %}",
          "Next": "Second"
        }
      ],
      "Default": "Done"
    },
    "Second": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${second_arn}",
        "Payload": {
          "y": "{% $states.context.Execution.Input.y != null ? $states.context.Execution.Input.y : \"N\" %}"
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
