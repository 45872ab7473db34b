{
  "Comment": "Flow main of units_known_at_deploy.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Work",
  "States": {
    "Work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "x": "{% $states.context.Execution.Input.x %}",
          "minutes": "{% ${value_json} %}",
          "twice": "{% ${value_json_2} %}"
        }
      },
      "TimeoutSeconds": "{% ${value_json_3} %}",
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
        "minutes": "{% ${value_json} %}"
      },
      "End": true
    }
  }
}
