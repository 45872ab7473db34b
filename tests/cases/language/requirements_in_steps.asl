{
  "Comment": "Flow main of requirements_in_steps.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Fixed.Work",
  "States": {
    "Fixed.Work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "part": 1,
          "of": 2
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
        "Fixed": {
          "share": 0.5
        }
      },
      "Next": "Require of?"
    },
    "Require of?": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $states.context.Execution.Input.of != null %}",
          "Next": "Require part <= of"
        }
      ],
      "Default": "RequirementFailed"
    },
    "RequirementFailed": {
      "Type": "Fail",
      "Error": "RequirementFailed",
      "Cause": "say of how much"
    },
    "Require part <= of": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $states.context.Execution.Input.part <= $states.context.Execution.Input.of %}",
          "Next": "Given.Work"
        }
      ],
      "Default": "RequirementFailed (2)"
    },
    "RequirementFailed (2)": {
      "Type": "Fail",
      "Error": "RequirementFailed",
      "Cause": "{% $states.context.Execution.Input.part & \" of \" & $states.context.Execution.Input.of & \" is too much\" %}"
    },
    "Given.Work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "part": "{% $states.context.Execution.Input.part %}",
          "of": "{% $states.context.Execution.Input.of %}"
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
      "Output": {
        "fixed": "{% $Fixed.share %}",
        "given": "{% { \"share\": $states.context.Execution.Input.part / $states.context.Execution.Input.of }.share %}"
      },
      "End": true
    }
  }
}
