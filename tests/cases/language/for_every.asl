{
  "Comment": "Flow main of for_every.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set round_value",
  "States": {
    "Set round_value": {
      "Type": "Pass",
      "Assign": {
        "round_value": 1
      },
      "Next": "For round"
    },
    "For round": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $round_value = 1 and true %}",
          "Next": "Ask"
        },
        {
          "Condition": "{% $round_value <= 5 %}",
          "Next": "Wait for round"
        }
      ],
      "Default": "Done"
    },
    "Wait for round": {
      "Type": "Wait",
      "Seconds": 600,
      "Next": "Ask"
    },
    "Ask": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "x": "{% $states.context.Execution.Input.x %}",
          "round": "{% $round_value %}"
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
        "Ask": "{% $states.result.Payload %}"
      },
      "Next": "If Ask.done"
    },
    "If Ask.done": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% ($type($Ask) = \"object\" ? $Ask.done) = true %}",
          "Next": "Done"
        }
      ],
      "Assign": {
        "round_value": "{% $round_value + 1 %}"
      },
      "Default": "For round"
    },
    "Done": {
      "Type": "Succeed",
      "Output": {}
    }
  }
}
