{
  "Comment": "Flow main of several-catches.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "First",
  "States": {
    "First": {
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
            "TooBig",
            "TooOld"
          ],
          "Assign": {
            "e": "{% $states.errorOutput %}",
            "First": null,
            "Late": null,
            "Other": null
          },
          "Next": "Mend"
        },
        {
          "ErrorEquals": [
            "States.Timeout"
          ],
          "Assign": {
            "First": null,
            "Mend": null,
            "Other": null
          },
          "Next": "Late"
        },
        {
          "ErrorEquals": [
            "States.ALL"
          ],
          "Assign": {
            "e": "{% $states.errorOutput %}",
            "First": null,
            "Mend": null,
            "Late": null
          },
          "Next": "Other"
        }
      ],
      "Assign": {
        "First": "{% $states.result.Payload %}",
        "Mend": null,
        "Late": null,
        "Other": null
      },
      "Next": "Last"
    },
    "Mend": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "error": "{% $type($e) = \"object\" ? $e.Error %}"
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
            "TooBig"
          ],
          "Next": "Outer"
        },
        {
          "ErrorEquals": [
            "States.ALL"
          ],
          "Assign": {
            "e": "{% $states.errorOutput %}"
          },
          "Next": "Failed"
        }
      ],
      "Assign": {
        "Mend": "{% $states.result.Payload %}"
      },
      "Next": "Last"
    },
    "Late": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "late": true
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
            "TooBig"
          ],
          "Next": "Outer"
        },
        {
          "ErrorEquals": [
            "States.ALL"
          ],
          "Assign": {
            "e": "{% $states.errorOutput %}"
          },
          "Next": "Failed"
        }
      ],
      "Assign": {
        "Late": "{% $states.result.Payload %}"
      },
      "Next": "Last"
    },
    "Other": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "error": "{% $type($e) = \"object\" ? $e.Error %}"
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
            "TooBig"
          ],
          "Next": "Outer"
        },
        {
          "ErrorEquals": [
            "States.ALL"
          ],
          "Assign": {
            "e": "{% $states.errorOutput %}"
          },
          "Next": "Failed"
        }
      ],
      "Assign": {
        "Other": "{% $states.result.Payload %}"
      },
      "Next": "Last"
    },
    "Last": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": "{% { \"first\": ($First != null ? $First), \"mend\": ($Mend != null ? $Mend), \"late\": ($Late != null ? $Late), \"other\": ($Other != null ? $Other) } %}"
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
            "TooBig"
          ],
          "Next": "Outer"
        },
        {
          "ErrorEquals": [
            "States.ALL"
          ],
          "Assign": {
            "e": "{% $states.errorOutput %}"
          },
          "Next": "Failed"
        }
      ],
      "Output": {
        "first": "{% $First != null %}",
        "mend": "{% $Mend != null %}",
        "late": "{% $Late != null %}",
        "other": "{% $Other != null %}"
      },
      "End": true
    },
    "Outer": {
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
      "Output": {},
      "End": true
    },
    "Failed": {
      "Type": "Fail",
      "Error": "Failed",
      "Cause": "{% $type($e) = \"object\" ? $e.Cause %}"
    }
  }
}
