{
  "Comment": "Flow main of bare_arguments.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Named.Work",
  "States": {
    "Named.Work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "series": "x"
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
        "Named": {
          "text": "{% \"x \" & $states.context.Execution.Input.limit & \" \" & $states.context.Execution.Input.mode %}"
        }
      },
      "Next": "Mixed.Work"
    },
    "Mixed.Work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "series": "{% $states.context.Execution.Input.series %}"
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
        "Mixed": {
          "text": "{% $states.context.Execution.Input.series & \" \" & $states.context.Execution.Input.limit & \" fast\" %}"
        }
      },
      "Next": "Plain.Work"
    },
    "Plain.Work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "series": "{% $states.context.Execution.Input.series %}"
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
        "Plain": {
          "text": "{% $states.context.Execution.Input.series & \" 3 fast\" %}"
        }
      },
      "Next": "Tell"
    },
    "Tell": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sns:publish",
      "Arguments": {
        "TopicArn": "${told_arn}",
        "Message": "{% $states.context.Execution.Input.mode %}"
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
        "named": "{% $Named.text %}",
        "mixed": "{% $Mixed.text %}",
        "plain": "{% $Plain.text %}"
      },
      "End": true
    }
  }
}
