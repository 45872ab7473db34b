{
  "Comment": "Flow main of worked_out_once.mlops",
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
      "Assign": {
        "id": "{% $uuid() %}"
      },
      "Next": "Set long"
    },
    "Set long": {
      "Type": "Pass",
      "Assign": {
        "long": "{% $id & \"-\" & $id %}",
        "T_name": "{% \"n-\" & $substring($uuid(), 0, 8) %}"
      },
      "Next": "T.One"
    },
    "T.One": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "name": "{% $T_name %}"
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
        "T_One": "{% $states.result.Payload %}"
      },
      "Next": "T.Two"
    },
    "T.Two": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "name": "{% $T_name %}"
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
        "T": {
          "name": "{% $T_name %}",
          "one": "{% $type($T_One) = \"object\" ? $T_One.name %}",
          "two": "{% $type($states.result.Payload) = \"object\" ? $states.result.Payload.name %}"
        },
        "x": "{% \"p-\" & $substring($uuid(), 0, 8) %}"
      },
      "Next": "Set pair"
    },
    "Set pair": {
      "Type": "Pass",
      "Assign": {
        "pair": [
          "{% $x %}",
          "{% $x %}"
        ],
        "at": "{% $now() %}"
      },
      "Next": "Return"
    },
    "Return": {
      "Type": "Succeed",
      "Output": {
        "id": "{% $id %}",
        "long": "{% $long %}",
        "name": "{% $T.name %}",
        "pair": "{% $pair %}",
        "at": "{% $at %}",
        "again": "{% $at %}"
      }
    }
  }
}
