{
  "Comment": "Flow main of narrowing.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "If not config.training?",
  "States": {
    "If not config.training?": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $not($states.context.Execution.Input.config.training != null) %}",
          "Next": "NoTraining"
        }
      ],
      "Default": "A"
    },
    "NoTraining": {
      "Type": "Fail",
      "Error": "NoTraining",
      "Cause": "there is none"
    },
    "A": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "job": "{% $states.context.Execution.Input.config.training.job %}",
          "n": "{% $states.context.Execution.Input.config.training.n != null ? $states.context.Execution.Input.config.training.n : 1 %}"
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
    }
  }
}
