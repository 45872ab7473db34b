{
  "Comment": "Flow main of nested_errors.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "All",
  "States": {
    "All": {
      "Type": "Map",
      "Items": "{% $states.context.Execution.Input.parts %}",
      "ItemProcessor": {
        "ProcessorConfig": {
          "Mode": "INLINE"
        },
        "StartAt": "One",
        "States": {
          "One": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Arguments": {
              "FunctionName": "${work_arn}",
              "Payload": {
                "part": "{% $states.input %}"
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
                  "Known"
                ],
                "Assign": {
                  "known": "{% $states.errorOutput %}"
                },
                "Next": "Return"
              }
            ],
            "Assign": {
              "One": "{% $states.result.Payload %}",
              "part": "{% $states.input %}"
            },
            "Next": "If One.bad == true"
          },
          "Return": {
            "Type": "Succeed",
            "Output": {
              "failed": "{% $known.Cause %}"
            }
          },
          "If One.bad == true": {
            "Type": "Choice",
            "Choices": [
              {
                "Condition": "{% ($type($One) = \"object\" ? $One.bad) = true %}",
                "Next": "Bad"
              }
            ],
            "Default": "Return (2)"
          },
          "Bad": {
            "Type": "Fail",
            "Error": "Bad",
            "Cause": "{% \"the part \" & $part & \" is bad\" %}"
          },
          "Return (2)": {
            "Type": "Succeed",
            "Output": {
              "failed": "no"
            }
          }
        }
      },
      "Catch": [
        {
          "ErrorEquals": [
            "Bad"
          ],
          "Assign": {
            "bad": "{% $states.errorOutput %}"
          },
          "Next": "Return (3)"
        }
      ],
      "Output": {
        "all": "{% $states.result %}",
        "why": "none"
      },
      "End": true
    },
    "Return (3)": {
      "Type": "Succeed",
      "Output": {
        "all": [],
        "why": "{% $bad.Cause %}"
      }
    }
  }
}
