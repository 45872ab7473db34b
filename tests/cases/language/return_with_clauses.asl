{
  "Comment": "Flow main of return_with_clauses.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "First",
  "States": {
    "First": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "part": "{% $states.context.Execution.Input.part %}"
        }
      },
      "TimeoutSeconds": 20,
      "Retry": [
        {
          "ErrorEquals": [
            "Busy"
          ],
          "IntervalSeconds": 1,
          "MaxAttempts": 9
        }
      ],
      "Next": "Second"
    },
    "Second": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "part": "{% $states.context.Execution.Input.part %}"
        }
      },
      "TimeoutSeconds": 30,
      "Next": "Third"
    },
    "Third": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "part": "{% $states.context.Execution.Input.part %}"
        }
      },
      "TimeoutSeconds": 660,
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
      "Next": "Answer"
    },
    "Answer": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "part": "{% $states.context.Execution.Input.part %}",
          "token": "{% $states.context.Task.Token %}"
        }
      },
      "TimeoutSeconds": 604800,
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
      "Next": "work"
    },
    "work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "part": "{% $states.context.Execution.Input.part %}"
        }
      },
      "TimeoutSeconds": 660,
      "Output": "{% $states.result.Payload %}",
      "End": true
    }
  }
}
