{
  "Comment": "Flow main of flow_catch_of_names.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Work",
  "States": {
    "Work": {
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
            "Refused",
            "Lambda.AWSLambdaException"
          ],
          "Assign": {
            "e": "{% $states.errorOutput %}"
          },
          "Next": "told"
        }
      ],
      "Assign": {
        "Work": "{% $states.result.Payload %}"
      },
      "Next": "If Work.bad"
    },
    "If Work.bad": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% ($type($Work) = \"object\" ? $Work.bad) = true %}",
          "Assign": {
            "e": {
              "Error": "Refused",
              "Cause": "it is bad"
            }
          },
          "Next": "told"
        }
      ],
      "Default": "Return"
    },
    "Return": {
      "Type": "Succeed",
      "Output": {
        "ok": true
      }
    },
    "told": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sns:publish",
      "Arguments": {
        "TopicArn": "${told_arn}",
        "Message": "{% \"refused: \" & $e.Cause %}"
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "SNS.ThrottledException",
            "SNS.InternalErrorException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Output": {
        "ok": false
      },
      "End": true
    }
  }
}
