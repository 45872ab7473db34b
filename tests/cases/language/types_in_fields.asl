{
  "Comment": "Flow main of types_in_fields.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Work",
  "States": {
    "Work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "part": "{% $states.context.Execution.Input.part %}",
          "deep": {
            "list": [
              1,
              2
            ]
          }
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
        "Work": "{% $states.result.Payload %}"
      },
      "Next": "Check.First"
    },
    "Check.First": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "part": "inner"
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
        "Check": {
          "state": "{% $states.result.Payload.state %}"
        }
      },
      "Next": "If Work.items?"
    },
    "If Work.items?": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Work.items != null %}",
          "Next": "Return"
        }
      ],
      "Default": "Return (2)"
    },
    "Return": {
      "Type": "Succeed",
      "Output": "{% { \"first\": ($Work.items[0].id != null ? $Work.items[0].id), \"state\": $Work.state, \"tag\": $Work.tags.k != null ? $Work.tags.k : \"none\" } %}"
    },
    "Return (2)": {
      "Type": "Succeed",
      "Output": {
        "check": "{% $Check.state %}"
      }
    }
  }
}
